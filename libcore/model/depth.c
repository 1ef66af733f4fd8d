/* depth - see depth.h.  A call of Philox gives four words; one belongs to the step, one to the contract alone. */
#include "model/depth.h"

#include "math/exp.h"
#include "math/log.h"
#include "math/philox.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 128, STREAM = 0xd0c0 };      /* a stream that no walk has: OC_STREAM(asset, purpose) is small */

static double uniform(uint32_t word) { return ((double)word + 0.5) * 0x1p-32; }

/* Figures of one row before the logarithm: bid size, ask size, volume, open interest. */
static void draw(uint64_t seed, uint64_t step, uint32_t high, double strike, double u[4])
{
    uint64_t bits;
    uint32_t word[4];

    memcpy(&bits, &strike, sizeof bits);
    uint32_t counter[4] = { (uint32_t)bits, (uint32_t)(bits >> 32), (uint32_t)step, high | (uint32_t)(step >> 32 & 0xfff) << 4 };
    oc_philox(seed, counter, word);
    for (int j = 0; j < 3; j++)
        u[j] = uniform(word[j]);
    counter[2] = 0;
    counter[3] = high | 2;
    oc_philox(seed, counter, word);
    u[3] = uniform(word[3]);
}

/* The seed of one expiry, so that a row's address has room for its strike and the step. */
static uint64_t expiry_seed(const struct oc_depth_at *at)
{
    const uint32_t counter[4] = { (uint32_t)at->date, (uint32_t)at->settle, 0, (uint32_t)STREAM << 16 | 4 };
    uint32_t word[4];

    oc_philox(at->seed, counter, word);
    return word[0] | (uint64_t)word[1] << 32;
}

static void block(const struct oc_depth_at *at, uint64_t seed, size_t n, const double *side, const double *strike,
                  const double *log_money, const double *vol, const double *bid, double *const out[4])
{
    static const double scale[4] = { 60, 60, 2000, 10000 }, least[4] = { 1, 1, 0, 0 };
    const double root = sqrt(at->years);
    double u[4][BLOCK], shape[BLOCK];

    for (size_t i = 0; i < n; i++) {
        double one[4];
        draw(seed, at->step, (uint32_t)STREAM << 16 | (side[i] > 0), strike[i], one);
        for (int j = 0; j < 4; j++)
            u[j][i] = one[j];
        shape[i] = -fabs(log_money[i]) / (vol[i] * root);
    }
    oc_exp_v(n, shape, shape);
    for (int j = 0; j < 4; j++) {
        oc_log_v(n, u[j], u[j]);
        for (size_t i = 0; i < n; i++)
            out[j][i] = floor(-scale[j] * (shape[i] / (1 + at->years)) * u[j][i]) + least[j];
    }
    for (size_t i = 0; i < n; i++)
        out[0][i] = bid[i] > 0 ? out[0][i] : 0;
}

void oc_depth_fill(const struct oc_depth_at *at, size_t n, const double *side, const double *strike, const double *log_money,
                   const double *vol, const double *bid, double *bid_size, double *ask_size, double *volume, double *open_interest)
{
    const uint64_t seed = expiry_seed(at);

    for (size_t i = 0; i < n; i += BLOCK)
        block(at, seed, n - i < BLOCK ? n - i : BLOCK, side + i, strike + i, log_money + i, vol + i, bid + i,
              (double *const[4]){ bid_size + i, ask_size + i, volume + i, open_interest + i });
}
