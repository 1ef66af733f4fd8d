/*
 * payoff - what each of 256 paths pays, watched while they walk: columns in, discounted amounts out.
 *
 * A claim is laid on a grid of times (sim/mcgrid.h marks its observations); the room holds what a path remembers:
 * running sums, extrema, the probability to have survived.  Nothing is kept of a path but that.
 *
 *   barrier      H is hit where the spot is at or beyond it.  Discrete: at the fixings.  Continuous: between two times of
 *                the grid the logarithm is a Brownian bridge with the volatility that the process shows at the first, so a
 *                path carries its probability to survive instead of a yes or no; exact for geometric Brownian motion
 *   rebate       an out option pays it when hit or at expiry, an in option at expiry if it was never hit.  When hit and
 *                continuous: the instant is drawn from the law of the bridge's first passage, which is inverse Gaussian
 *   extremum     continuous: drawn from the law of the bridge's extremum, the spot at the start counts; discrete:
 *                fixings only
 *   asian        average of what was fixed before and of the fixings; fixed strike
 *   lookback     fixed: extremum against the strike (call maximum, put minimum); floating: call S - min, put max - S
 *   cliquet      N clip(sum over periods of clip(side (S_i / S_(i-1) - moneyness))), the first period begins at the start;
 *                N = cash, or the spot where that is NaN, times the share; no local floor given: 0, for each period is
 *                an option; paid at expiry
 *   forward start   strike = moneyness times the spot at the first fixing
 * Draws beside the walk's: stream OC_STREAM(0, OC_FOR_OTHER), number 4 step + k.
 *   source  Glasserman, "Monte Carlo Methods in Financial Engineering" (2003), 6.4; Michael, Schucany, Haas,
 *           "Generating random variates using transformations with multiple roots" (1976)
 */
#ifndef OC_SIM_PAYOFF_H
#define OC_SIM_PAYOFF_H

#include "sim/claim.h"
#include "sim/paths.h"

enum oc_mark { OC_MARK_FIXING = 1, OC_MARK_PAY = 2 };

/* A claim on a grid; constant. */
struct oc_laid_claim {
    struct oc_claim claim;              /* arrays borrowed */
    size_t assets;
    const double *spot;                 /* [assets] */
    const struct oc_walk *walk;         /* [assets]; arithmetic ones turn their state into prices; NULL: none is */
    uint64_t steps;
    const double *t;                    /* [steps + 1] years */
    const unsigned char *mark;          /* [steps + 1] enum oc_mark */
    uint64_t seed;                      /* copied into the room by who makes it */
    bool antithetic;
    /* geometric Brownian motion: x = m t + vol W; vol = 0 where the process is another */
    double m, vol;
    bool sensitive;                     /* keep what derivatives need; geometric Brownian motion with one asset */
    bool gradient;                      /* leave by_fixing and by_end: any process, one asset */
    bool logs;                          /* asian: keep the sum of logarithms too */
};

/* What n <= OC_LANES paths remember; of one thread. */
struct oc_payoff_room {
    double s[OC_LANES];                 /* the underlying now */
    double sum[OC_LANES], sum_t[OC_LANES], sum_w[OC_LANES];     /* asian: of S, S t, S W; geometric: -, -, W */
    double sum_x[OC_LANES];             /* of logarithms */
    double start[OC_LANES], start_w[OC_LANES];
    double alive[OC_LANES], paid[OC_LANES];     /* probability; discounted probability of having been hit */
    double best[OC_LANES], best_t[OC_LANES], best_w[OC_LANES];
    double x[OC_LANES], vol[OC_LANES];  /* at the time before */
    double w[OC_LANES];                 /* W now */
    double first_z[OC_LANES];           /* the first step's normal */
    double score[OC_LANES];             /* sum of (z^2 - 1) / vol - z sqrt(dt) */
    /* with .gradient: d value / d S at each fixing (geometric: by log S; lookback: at that of best_t), at the payment */
    double by_fixing[OC_LANES], by_end[OC_LANES];
    double grad[OC_LANES], grad_t[OC_LANES], grad_w[OC_LANES];  /* sums over fixings of g S, g S t, g S W, discounted */
    double tmp[4][OC_LANES];
    uint64_t seed;                      /* of draws beside the walk's */
    const double *adjust;               /* [(steps + 1) * assets]: added to the logarithms (moment matching); NULL: none */
};

/* -1 with OC_USAGE where the claim makes no sense (a strike is missing, a barrier is none). */
int oc_payoff_check(const struct oc_claim *c, size_t assets, struct oc_err *err);
/* One time of the walk, from step 0 on; vol[n]: volatility shown (read where oc_payoff_watches; else NULL). */
void oc_payoff_see(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at, const double *vol);
/* After the last: value[n], discounted.  With .sensitive also grad, grad_t, grad_w where the pay-off is Lipschitz. */
void oc_payoff_value(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value);

/* Watched between the times of the grid. */
bool oc_payoff_watches(const struct oc_claim *c);
/* Continuous in the path, so that a difference or a pathwise derivative of it has a bounded variance. */
bool oc_payoff_smooth(const struct oc_claim *c);
/* .sensitive gives its gradient. */
bool oc_payoff_gradient(const struct oc_claim *c, size_t assets);
const char *oc_payoff_name(enum oc_payoff pay);

#endif
