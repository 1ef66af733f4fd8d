/*
 * garchvar - what garch and gjr share: a conditional variance that moves period by period.
 *
 * Parameters stand in the order of enum oc_garchvar; gamma only where the table has it.  A step is one period of walk->dt:
 * h is the variance of the logarithm over a period, whatever its length in calendar time.
 */
#ifndef OC_SIM_GARCHVAR_H
#define OC_SIM_GARCHVAR_H

#include "sim/process.h"

#include <math.h>

enum oc_garchvar { OC_GARCH_OMEGA, OC_GARCH_ALPHA, OC_GARCH_BETA, OC_GARCH_H0, OC_GARCH_VOLATILITY, OC_GARCH_DRIFT,
                   OC_GARCH_GAMMA };
enum { OC_GARCH_CONST = 5 };

/* All but gamma. */
#define OC_GARCH_ROWS \
    { "omega", 0.0, INFINITY, "()", NAN, true, "per period", "constant part of the variance; or give volatility" }, \
    { "alpha", 0.0, 1.0, "[)", NAN, false, "", "part of the last squared return" }, \
    { "beta", 0.0, 1.0, "[)", NAN, false, "", "part of the last variance" }, \
    { "h0", 0.0, INFINITY, "[)", NAN, true, "per period", "variance of the first period; else the stationary one" }, \
    { "volatility vol sigma", 0.0, INFINITY, "()", NAN, true, "1/sqrt(year)", "stationary volatility; or give omega" }, \
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" }

/* The functions of a process of this family: see process.h.  setup refuses what is not stationary. */
int oc_garchvar_setup(struct oc_walk *w, struct oc_err *err);
void oc_garchvar_interval(const struct oc_walk *w, double t, double dt, double *c);
void oc_garchvar_begin(const struct oc_walk *w, size_t n, double *const state[]);
void oc_garchvar_step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n,
                      const double *const z[],
                      const double *const u[], double *const state[]);
void oc_garchvar_show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime);

#endif
