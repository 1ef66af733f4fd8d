/*
 * pnlsim - a book walked to a horizon: the profit of each leg on each path, and whether its strike was touched.
 *
 *   legs that expire before the horizon   settle by their intrinsic value at the price of their expiry, which the path
 *            passes through; what they pay earns no interest
 *   others   are revalued by Black-Scholes-Merton at the horizon, for the time that is left, at the rate and yield of their
 *            row
 *   volatility   by strike: the leg's own; by delta: that of the expiry's quotes at log(strike / price), linear in between,
 *            flat beyond; either times the walk's instantaneous volatility then over the one now
 *   touch    of an option's strike until its expiry or the horizon: between two steps by the Brownian bridge at the step's
 *            volatility where prices move continuously (see continuous() in pnlsim.c), else at the steps, once a day at
 *            least
 */
#ifndef OC_APP_PNLSIM_H
#define OC_APP_PNLSIM_H

#include "app/bookmarket.h"
#include "sim/blocks.h"
#include "sim/mcgrid.h"
#include "sim/paths.h"

#include <stdbool.h>

struct oc_pnlsim {
    size_t n;                           /* legs */
    const struct oc_bookleg *leg;       /* borrowed */
    bool by_delta;
    double horizon;                     /* years, > 0 */
    unsigned threads;
    struct oc_walk *walk;               /* [assets] */
    size_t opened;
    struct oc_paths paths;
    struct oc_mcgrid grid;
    double *years;                      /* [stops] of the grid, owned */
    uint64_t *until;                    /* [n] step at which the leg settles or is revalued */
    bool *bridged;                      /* [assets] */
    double *vol;                        /* [assets] now */
};

/* Figures of a block: OC_BLOCK profits of each leg, leg after leg; then for each leg units, touches, touches squared. */
static inline size_t oc_pnlsim_figures(const struct oc_pnlsim *s) { return s->n * (OC_BLOCK + 3); }

/*
 * s: n, leg, by_delta, horizon, threads are given.  walks: with spot, drift, dt, seed, not opened.  max_dt: longest step, 0:
 * the grid's own.  Close it whatever comes back.
 */
int oc_pnlsim_open(struct oc_pnlsim *s, size_t assets, const struct oc_walk *walks, const double *corr, bool antithetic,
                   uint64_t seed, double max_dt, struct oc_err *err);
void oc_pnlsim_close(struct oc_pnlsim *s);
/* As oc_figures_fn. */
int oc_pnlsim_blocks(void *sim, uint64_t paths, uint64_t from, uint64_t to, double *out, struct oc_err *err);

#endif
