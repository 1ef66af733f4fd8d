/* depth - see depth.h: seeds and keys; the figures are made in depth.k.c. */
#include "model/depth.h"

#include "math/isa.h"
#include "math/philox.h"
#include "model/depth_block.h"

#include <math.h>

OC_K_DECLARE(void, oc_depth_k, (const struct depth_block *b, size_t n, const double *side, const double *strike,
                                const double *log_money, const double *vol, const double *bid, double *const out[4]));

enum { STREAM = 0xd0c0 };       /* a stream that no walk has: OC_STREAM(asset, purpose) is small */

/* The seed of one expiry, so that a row's address has room for its strike and the step. */
static uint64_t expiry_seed(const struct oc_depth_at *at)
{
    const uint32_t counter[4] = { (uint32_t)at->date, (uint32_t)at->settle, 0, (uint32_t)STREAM << 16 | 4 };
    uint32_t word[4];

    oc_philox(at->seed, counter, word);
    return word[0] | (uint64_t)word[1] << 32;
}

void oc_depth_fill(const struct oc_depth_at *at, size_t n, const double *side, const double *strike, const double *log_money,
                   const double *vol, const double *bid, double *bid_size, double *ask_size, double *volume,
                   double *open_interest)
{
    const uint64_t seed = expiry_seed(at);
    struct depth_block b = { .step = (uint32_t)at->step, .root = sqrt(at->years), .decay = 1 + at->years };

    b.high = (uint32_t)STREAM << 16 | (uint32_t)(at->step >> 32 & 0xfff) << 4;
    b.own = (uint32_t)STREAM << 16 | 2;
    for (uint32_t i = 0; i < 10; i++) {
        b.k0[i] = (uint32_t)seed + i * UINT32_C(0x9e3779b9);
        b.k1[i] = (uint32_t)(seed >> 32) + i * UINT32_C(0xbb67ae85);
    }
    OC_K_PICK(oc_depth_k)(&b, n, side, strike, log_money, vol, bid,
                          (double *const[4]){ bid_size, ask_size, volume, open_interest });
}
