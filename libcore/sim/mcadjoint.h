/*
 * mcadjoint - derivatives by reverse sweep: from the pay-off's gradient back through the steps of the walk, all at once.
 *
 * One sweep gives the derivatives by the spot, the drift and every parameter, whatever their number.
 * The walk keeps its states while it goes; its normals are drawn a second time.  There is a reverse step for
 *   geometric_brownian      volatility
 *   heston                  v0 (or volatility), kappa, theta, xi, rho: through the quadratic-exponential step and its
 *                           martingale correction.  The step's two branches do not meet where it changes from one to
 *                           the other; a derivative along the path does not see that jump, which leaves a bias that
 *                           falls with the step; not at rho = 1 or -1 and v0 = 0, where a path has no derivative
 * and pay-offs with a gradient (payoff.h).  From these: delta, rho, phi, vega (geometric_brownian) and
 * derivatives by parameters.
 *   source  Giles and Glasserman, "Smoking adjoints: fast Monte Carlo Greeks", Risk (January 2006)
 */
#ifndef OC_SIM_MCADJOINT_H
#define OC_SIM_MCADJOINT_H

#include "sim/mcpriv.h"

/* Is there a reverse step for the job's walk and a gradient of its claim? */
bool oc_mcadjoint_has(const struct oc_mc *m);
/* Quantity or parameter (quantity -1) that the sweep gives. */
bool oc_mcadjoint_gives(const struct oc_mc *m, int quantity, size_t par);

struct oc_mcadjoint;                    /* of one thread */
struct oc_mcadjoint *oc_mcadjoint_open(const struct oc_mc *m, struct oc_err *err);
void oc_mcadjoint_close(struct oc_mcadjoint *a);

/* The walk at `at`: keep it. */
void oc_mcadjoint_keep(struct oc_mcadjoint *a, const struct oc_paths_at *at);
/* The sweep, when the walk has come to its end: p are the paths that it was of, r the claim's room after oc_payoff_value. */
void oc_mcadjoint_sweep(struct oc_mcadjoint *a, const struct oc_paths *p, const struct oc_payoff_room *r, uint64_t first,
                        size_t n);
/* Column: derivative by quantity, or by parameter par where that is -1; value: of the claim, discounted. */
void oc_mcadjoint_column(const struct oc_mcadjoint *a, int quantity, size_t par, size_t n, const double *value, double *out);

#endif
