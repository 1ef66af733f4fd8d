/*
 * svi - raw SVI of one expiry: w(k) = a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2)), and when it has no butterfly
 * arbitrage.
 *
 * svi_jw and svi_natural are turned into it.
 * Source: Gatheral, Jacquier, "Arbitrage-free SVI volatility surfaces" (2014), section 3.
 */
#ifndef OC_MODEL_SVI_H
#define OC_MODEL_SVI_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct oc_svi { double a, b, rho, m, sigma; };

/* sqrt(w / years) at k[n]. */
void oc_svi_vol(const struct oc_svi *s, double years, size_t n, const double *k, double *vol);
/*
 * Durrleman's function g(k) at one point: the density of log S is g times something positive, so a slice is free of
 * butterflies where g >= 0 everywhere and the wings are no steeper than 2.
 */
double oc_svi_durrleman(const struct oc_svi *s, double k);
/*
 * oc_svi_check - w is above 0 everywhere and, where strict, there is no butterfly.
 *   method  Lee's bound b (1 + |rho|) <= 2, and g on 4,001 points m + sigma sinh(u), |u| <= 14; a scan, not a proof: what is
 *           narrower than the points is not seen
 *   error   OC_USAGE with the place
 */
int oc_svi_check(const char *model, const struct oc_svi *s, bool strict, struct oc_err *err);

#endif
