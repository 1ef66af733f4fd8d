/*
 * hestonpar - the parameters that heston and bates share, in the order of enum oc_hestonpar, first in their tables.
 */
#ifndef OC_SIM_HESTONPAR_H
#define OC_SIM_HESTONPAR_H

#include "sim/process.h"
#include "sim/qe.h"

#include <math.h>

enum oc_hestonpar { OC_HESTON_V0, OC_HESTON_KAPPA, OC_HESTON_THETA, OC_HESTON_XI, OC_HESTON_RHO, OC_HESTON_VOLATILITY,
                    OC_HESTON_DRIFT };

#define OC_HESTON_ROWS \
    { "v0", 0.0, INFINITY, "[)", NAN, true, "1/year", "variance at the start; or give volatility" }, \
    { "kappa", 1e-6, INFINITY, "[)", NAN, false, "1/year", "speed of the variance's reversion" }, \
    { "theta", 1e-8, INFINITY, "[)", NAN, false, "1/year", "variance that it reverts to" }, \
    { "xi sigma vov volvol", 1e-4, INFINITY, "[)", NAN, false, "1/year", "volatility of the variance" }, \
    { "rho", -1.0, 1.0, "[]", NAN, false, "", "correlation of price and variance" }, \
    { "volatility vol", 0.0, INFINITY, "[)", NAN, true, "1/sqrt(year)", "volatility at the start; or give v0" }, \
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" }

/* One of v0 and volatility is given, else OC_USAGE. */
int oc_hestonpar_check(const struct oc_walk *w, struct oc_err *err);
int oc_hestonpar_fits(const struct oc_walk *w, double dt, struct oc_err *err);
double oc_hestonpar_v0(const struct oc_walk *w);
/* Constants of a step into c, a struct oc_qe_step's doubles; `less` a year is taken from the drift. */
void oc_hestonpar_interval(const struct oc_walk *w, double less, double dt, double *c);
/* The step of price state[0] and variance state[1]; the volatility. */
void oc_hestonpar_step(const double *c, size_t n, const double *const z[], double *const state[]);
void oc_hestonpar_vol(size_t n, double *const state[], double *vol);

#endif
