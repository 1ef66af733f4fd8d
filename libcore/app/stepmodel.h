/*
 * stepmodel - volatilities of options by the walk's own model in its present state (--stick model).
 *
 * Models with a characteristic function: geometric_brownian, merton, kou, heston, bates (pricing/charfn.h); sabr by Hagan's
 * formula with the present alpha.  Others are refused by name.
 */
#ifndef OC_APP_STEPMODEL_H
#define OC_APP_STEPMODEL_H

#include "app/stepper.h"

/* OC_USAGE where the process has no such volatilities. */
int oc_stepmodel_check(const struct oc_walk *w, struct oc_err *err);

/* For struct oc_chain_at: ctx is a struct oc_stepmodel. */
struct oc_stepmodel { const struct oc_walk *walk; double volatility, spot, scale; };
int oc_stepmodel_vol(void *ctx, double years, double forward, size_t n, const double *k, double *vol, struct oc_err *err);

#endif
