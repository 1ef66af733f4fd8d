/*
 * jumps - see jumps.h
 *
 * The distribution function is summed upwards from 0, or, where e^-mean is too small, from 12 deviations below the mean,
 * left of which lies less than 1e-31.  Jumps are rare, so but for finding them nothing here is vectorised.
 */
#include "sim/jumps.h"

#include "math/exp.h"
#include "math/log.h"
#include "math/philox.h"
#include "sim/lanes.h"

#include <assert.h>
#include <math.h>

enum { FAR = 500 };         /* means above it begin at their lower end */

/* log of k! for k > 100 (Stirling; the next term is below 1e-16) */
static double log_factorial(double k)
{
    const double half_log_2pi = 0x1.d67f1c864beb5p-1;

    return (k + 0.5) * oc_log(k) - k + half_log_2pi + 1.0 / (12.0 * k) - 1.0 / (360.0 * k * k * k);
}

/* The least k whose distribution function reaches u. */
static double invert(double mean, double none, double u)
{
    double k = 0.0, p = none;

    if (mean > FAR) {
        k = floor(mean - 12.0 * sqrt(mean));
        p = oc_exp(k * oc_log(mean) - mean - log_factorial(k));
    }
    /* Where the sum has rounded to a number below u near 1, the end is where nothing is added any more. */
    for (double sum = p; sum < u && (k < mean || sum + p > sum); sum += p) {
        k += 1.0;
        p *= mean / k;
    }
    return k;
}

size_t oc_jumps_count(size_t n, double mean, double none, const double *u, double *count)
{
    unsigned short place[OC_LANES];
    const size_t above = oc_lanes_above(n, none, u, place);

    oc_lanes_fill(n, 0.0, count);
    for (size_t i = 0; i < above; i++)
        count[place[i]] = invert(mean, none, u[place[i]]);
    return above;
}

void oc_jumps_normal(const struct oc_walk *w, const struct oc_place *place, size_t n, size_t any, const double *count,
                     double mean,
                     double deviation, double *x)
{
    const unsigned stream = OC_STREAM(w->asset, OC_FOR_RARE);
    const uint64_t number = place->step << 16;
    const bool all = any > n / 16;          /* then a column costs less than its single numbers, which are the same */
    double z[OC_LANES];

    if (any == 0)
        return;
    if (all)
        oc_philox_normal(w->seed, stream, place->path, n, number, 1, z, OC_LANES);
    for (size_t j = 0; j < n; j++) {
        if (count[j] == 0.0)
            continue;
        const double y = all ? z[j] : oc_philox_normal_at(w->seed, stream, place->path + j, number);
        x[j] += count[j] * mean + sqrt(count[j]) * deviation * y;
    }
}

double oc_jumps_uniform(const struct oc_walk *w, uint64_t path, uint64_t step, uint64_t k)
{
    assert(k < OC_JUMPS_NUMBERS && step < UINT64_C(1) << 32);
    return oc_philox_uniform_at(w->seed, OC_STREAM(w->asset, OC_FOR_OTHER), path, k << 32 | step);
}
