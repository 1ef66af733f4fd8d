/*
 * lanes - what the steps of several processes have in common, column-wise: n <= OC_LANES paths.
 *
 * Vectorised once here, so that a process without a kernel of its own is still fast; the bits do not depend on n or on
 * the instruction set.
 */
#ifndef OC_SIM_LANES_H
#define OC_SIM_LANES_H

#include "sim/process.h"

#include <math.h>
#include <stddef.h>

/* The drift of a walk: the parameter at place i where it is given, else the walk's own. */
static inline double oc_lanes_drift(const struct oc_walk *w, size_t i)
{
    return isnan(w->par[i]) ? w->drift : w->par[i];
}

void oc_lanes_fill(size_t n, double value, double *out);
/* out[j] = spot e^x[j]; out may be x */
void oc_lanes_spot(size_t n, double spot, const double *x, double *out);
/* The places j of u[j] > limit into index [n]; how many.  Cheap where they are rare. */
size_t oc_lanes_above(size_t n, double limit, const double *u, unsigned short *index);
/* x[j] += a + b z[j] */
void oc_lanes_add(size_t n, double a, double b, const double *z, double *x);
/* x[j] += drift - v[j] / 2 + sqrt(v[j]) z[j]: the log of a price over a step with integrated variance v[j] >= 0 */
void oc_lanes_log(size_t n, double drift, const double *v, const double *z, double *x);
/* x[j] = a + c x[j] + b z[j] */
void oc_lanes_affine(size_t n, double a, double c, double b, const double *z, double *x);
/* (a, b)[j] = (c a - s b, s a + c b)[j] */
void oc_lanes_turn(size_t n, double s, double c, double *a, double *b);
/* x[j] += drift + a[j] - v[j] / 2 + sqrt(v[j]) z[j]: oc_lanes_log with a part of the drift that is the path's own */
void oc_lanes_log_own(size_t n, double drift, const double *a, const double *v, const double *z, double *x);
/* out[j] = scale x[j]^2 */
void oc_lanes_square(size_t n, double scale, const double *x, double *out);
/* out[j] = sqrt(x[j]) scale */
void oc_lanes_sqrt(size_t n, double scale, const double *x, double *out);
/*
 * Arithmetic walks.  x[j] = a + c x[j] + b z[j]; where that is not above -spot, or x[j] was -spot before, -spot: a price of
 * 0 is for good.  And their volatility of the logarithm: sigma / (spot + x[j]), NaN where the price is 0.
 */
void oc_lanes_price(size_t n, double spot, double a, double c, double b, const double *z, double *x);
void oc_lanes_price_vol(size_t n, double spot, double sigma, const double *x, double *vol);
/*
 * One period of a conditional variance h [of the period]: x[j] += drift - h / 2 + sqrt(h) z, then
 * h = omega + (alpha + gamma [z < 0]) z^2 h + beta h.
 */
struct oc_lanes_garch { double omega, alpha, beta, gamma; };
void oc_lanes_garch(size_t n, double drift, const struct oc_lanes_garch *g, const double *z, double *x, double *h);

/*
 * Pairs: out[2m] = in[m], out[2m + 1] = one - in[m] (one = 0: the antithetic normal; 1: uniform); n of them from number
 * `odd` on.
 */
void oc_lanes_pairs(size_t n, unsigned odd, double one, const double *in, double *out);
/* z += s, weight -= s z + s^2 / 2 with the z before */
void oc_lanes_shift(size_t n, double s, double *z, double *weight);

#endif
