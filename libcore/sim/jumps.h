/*
 * jumps - how many jumps a step has, and the numbers behind them.
 *
 * The number is Poisson by inversion of one uniform, exact for any mean.  What a jump needs besides is rare and has
 * addresses of its own, apart from the walk's columns.
 */
#ifndef OC_SIM_JUMPS_H
#define OC_SIM_JUMPS_H

#include "sim/process.h"

/*
 * count[j] of n paths from uniforms u, at intensity `mean` a step; none = e^-mean.  Returns how many paths have any.
 * 0 <= mean <= 1e7.
 */
size_t oc_jumps_count(size_t n, double mean, double none, const double *u, double *count);

/*
 * Jumps of normal size: x[j] += count[j] mean + sqrt(count[j]) deviation z, z a rare normal of the path and step.
 * any: what oc_jumps_count returned.
 */
void oc_jumps_normal(const struct oc_walk *w, const struct oc_place *place, size_t n, size_t any, const double *count,
                     double mean,
                     double deviation, double *x);

/* Parameters of normal jumps of the logarithm: intensity, mean, deviation. */
#define OC_JUMPS_ROWS \
    { "intensity lambda lam", 0.0, 1e5, "[]", NAN, false, "1/year", "mean number of jumps a year" }, \
    { "jump_mean mean_log_jump", -10.0, 10.0, "[]", NAN, false, "", "mean of the logarithm of a jump" }, \
    { "jump_volatility jump_sd", 0.0, 5.0, "[]", NAN, false, "", "deviation of the logarithm of a jump" }

enum { OC_JUMPS_NUMBERS = 1 << 17 };
/* Uniform number k < OC_JUMPS_NUMBERS of path and step < 2^32 among the rare ones of a walk. */
double oc_jumps_uniform(const struct oc_walk *w, uint64_t path, uint64_t step, uint64_t k);

#endif
