/*
 * mccontrol - control variates: pay-offs of the same paths whose expectation is known in closed form.
 *
 *   forward     e^(-rate years) S(T), or its weighted sum: any risk-neutral process
 *   average     asian: the average itself, any risk-neutral process
 *   curran      asian, basket under geometric Brownian motion: average less strike where the geometric one is above the
 *               strike; the arithmetic one is then above it too, so what is left to simulate pays on few paths, and
 *               little.  Not of baskets with Sobol points, whose few dimensions its jump spoils
 *   shadow      one barrier watched at fixings, geometric Brownian motion: the same knocked out between them too, its
 *               barrier moved away by 0.5826 vol sqrt(dt) so that both are hit about as often
 *   vanilla     a European option of the same strike: geometric Brownian motion, one asset, for what is not one itself
 *   geometric   asian: the option on the geometric average of the same fixings; basket: on the weighted geometric mean; both
 *               under geometric Brownian motion, weights > 0
 * Coefficients come from the sums of products over all blocks (regression), so shards merge to the same bits; using the same
 * paths for coefficient and mean leaves a bias of the order 1 / paths, far below the standard error.
 *   source  Kemna and Vorst, J. Bank. Finance 14 (1990); Curran, Manag. Sci. 40 (1994); Glasserman (2003), 4.1;
 *           Broadie, Glasserman, Kou, Math. Finance 7 (1997) for the barrier
 */
#ifndef OC_SIM_MCCONTROL_H
#define OC_SIM_MCCONTROL_H

#include "sim/mcpriv.h"

/* Choose the job's controls and compute their means. */
void oc_mccontrol_choose(struct oc_mc *m);
/*
 * Control i of n paths, from the room of view 0 after oc_payoff_value (tmp[0] and on are overwritten), and from that of the
 * shadow where there is one.
 */
void oc_mccontrol_value(const struct oc_mc *m, size_t i, const struct oc_paths_at *at, struct oc_payoff_room *r,
                        struct oc_payoff_room *shadow, double *out);

/* max(side (S - strike), 0) unless the barrier was hit at any time: spot > barrier, or below it with upper. Undiscounted. */
double oc_mccontrol_knockout(double side, double spot, double strike, double barrier, bool upper, double years, double drift,
                             double vol);

/* Expected e^(-rate years) max(side (G - strike), 0) where log G is normal with that mean and variance. */
double oc_mccontrol_lognormal(double side, double strike, double mean, double variance, double discount);

/* The largest variance of a logarithm at the payment, volatility^2 years, of the underlyings that are lognormal. */
double oc_mccontrol_spread(const struct oc_mc *m);

#endif
