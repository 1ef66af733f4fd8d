/*
 * essvi - one slice of SSVI: w(k) = theta / 2 (1 + rho phi k + sqrt((phi k + rho)^2 + 1 - rho^2)), psi = theta phi.
 *
 * ssvi is this with psi from theta by a power law.  Sources: Gatheral, Jacquier, "Arbitrage-free SVI volatility surfaces"
 * (2014), section 4; Hendriks, Martini, "The extended SSVI volatility surface" (2019); Corbetta, Cohort, Laachir, Martini,
 * "Robust calibration and arbitrage-free interpolation of SSVI slices" (2019).
 */
#ifndef OC_MODEL_ESSVI_H
#define OC_MODEL_ESSVI_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct oc_essvi { double theta, rho, psi; };

void oc_essvi_vol(const struct oc_essvi *s, double years, size_t n, const double *k, double *vol);
/*
 * Where strict, no butterfly by the sufficient conditions psi (1 + |rho|) < 4 and psi^2 (1 + |rho|) <= 4 theta
 * (theorem 4.2).  OC_USAGE.
 */
int oc_essvi_check(const char *model, const struct oc_essvi *s, bool strict, struct oc_err *err);
/*
 * Between two slices theta, psi and rho psi are linear in time.  Before the first slice (a NULL) theta and psi shrink in
 * proportion to time, which is constant volatility; beyond the last (b NULL) theta grows and psi stays.
 */
struct oc_essvi oc_essvi_between(const struct oc_essvi *a, double a_years, const struct oc_essvi *b, double b_years,
                                 double years);

#endif
