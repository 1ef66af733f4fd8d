/*
 * lsm - the value of a right to exercise early, by least squares on simulated paths, from below and from above.
 *
 * The rule   At each exercise date the worth of going on is regressed on functions of the state (lsmfit.h), backwards in
 *            time, over fit_paths paths of their own; only paths in the money count.  The rule is: exercise where the
 *            pay-off is above 0 and not less than that regression.
 * Below      `paths` fresh paths stop by the rule.  The mean of what they pay, discounted, is the value: any rule gives less
 *            than the best one, so it is low by what the rule misses.  Where the European value is known, that is the
 *            value of the rule to wait, which is followed where the other one is worse; worse by a twentieth, there is no
 *            value (OC_ROW_NO_CONVERGENCE).
 * Above      dual_paths further paths carry a martingale made of the rule's own values, each from dual_inner walks that
 *            start at the path's state; the mean of the largest difference of pay-off and martingale is added (Andersen
 *            and Broadie).  It is high by what the rule misses and by the noise of the inner walks.
 * An American right is valued as a Bermudan one of the claim's dates, and is to be labelled so.
 *
 *   claims     vanilla, basket, best, worst; one or several assets; any risk-neutral process
 *   state      the price (or weighted sum, best, worst), the prices behind it in order of size, and volatilities where they
 *              move: at most OC_LSMFIT_FEATURES numbers
 *   control    one asset: for geometric_brownian the European option's value where the path stops (Rasmussen 2005), else the
 *              price there over its drift; coefficient from all paths' products
 *   delta      central difference by OC_LSM_BUMP of the price, same paths, the rule held fixed; one asset whose returns do
 *              not depend on its price; other Greeks are refused
 *   random     fit paths have the addresses 2^62 .., dual paths 2^63 .., inner walks 3 2^62 ..; value paths 0 ..; so the fit
 *              is the same in every shard, which repeats it
 *   memory     fit_paths x dates x state numbers x 8 bytes while opening, at most OC_LSM_MEMORY, else OC_LIMIT; the value
 *              streams and needs none
 *   source     Longstaff and Schwartz, Rev. Financ. Stud. 14 (2001); Andersen and Broadie, Manag. Sci. 50 (2004); Rasmussen,
 *              J. Comput. Finance 9 (2005); Broadie and Cao, Quant. Finance 8 (2008) for dates out of the money
 */
#ifndef OC_SIM_LSM_H
#define OC_SIM_LSM_H

#include "sim/blocks.h"
#include "sim/claim.h"

#define OC_LSM_MEMORY ((size_t)2 << 30)     /* bytes */

#define OC_LSM_BUMP 0.005                   /* of the price */

enum {
    OC_LSM_FIT_PATHS = 32768,       /* where fit_paths is 0 */
    OC_LSM_BASIS = 5,               /* where basis is 0: polynomials of degree 4 */
    OC_LSM_INNER = 256,             /* where dual_inner is 0 */
    OC_LSM_DUAL_BLOCK = 128,        /* dual paths that go with a block of value paths */
    OC_LSM_ASSETS = 32
};

struct oc_lsm;                      /* constant once opened, shared by threads */

/*
 * As oc_mc_open.  claim->exercises > 0, ascending, the last at claim->years; 0 as the first date is a right to exercise now.
 * how->variance: antithetic and control count, the others are refused.
 */
int oc_lsm_open(const struct oc_claim *claim, size_t assets, const struct oc_walk *walks, const double *corr,
                const struct oc_mc_how *how, struct oc_lsm **out, struct oc_err *err);
void oc_lsm_close(struct oc_lsm *m);
size_t oc_lsm_figures(const struct oc_lsm *m);      /* doubles a block */
/* Figures of blocks from .. to - 1 of `paths` paths. OC_USAGE where dual paths do not fit beside so few. */
int oc_lsm_blocks(const struct oc_lsm *m, uint64_t paths, uint64_t from, uint64_t to, double *figures, struct oc_err *err);
int oc_lsm_value(const struct oc_lsm *m, uint64_t paths, uint64_t blocks, const double *figures, struct oc_mc_value *out,
                 struct oc_err *err);

#endif
