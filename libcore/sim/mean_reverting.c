/*
 * mean_reverting - dS = speed (mean - S) dt + volatility mean dW: Ornstein and Uhlenbeck's process in the price.
 *
 * It reverts from above as from below.  The deviation is volatility times the mean, whatever the price.  The walk's drift
 * does not enter, so it is not a price of something that can be held.  Exact over steps of any length, but for absorption:
 * it is found at the ends of steps only.
 *   source  Uhlenbeck, Ornstein (1930)
 */
#include "sim/lanes.h"

#include "math/exp.h"

enum { SPEED, MEAN, VOLATILITY };

static const struct oc_param param[] = {
    { "speed", 0.0, INFINITY, "()", NAN, false, "1/year", "part of the distance to the mean that is lost, a year" },
    { "mean", 0.0, INFINITY, "()", NAN, false, "price", "price that it reverts to" },
    { "volatility vol sigma", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)",
      "deviation over a short time, a year / mean" },
    { 0 }
};

static double sigma(const struct oc_walk *w) { return w->par[VOLATILITY] * w->par[MEAN]; }

/* x' = (mean - spot) (1 - e) + e x + s z, s^2 = sigma^2 (1 - e^2) / (2 speed), e = exp(-speed dt) */
static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double k = w->par[SPEED];

    (void)t;
    c[0] = -oc_expm1(-k * dt) * (w->par[MEAN] - w->spot);
    c[1] = oc_exp(-k * dt);
    c[2] = sigma(w) * sqrt(-oc_expm1(-2.0 * k * dt) / (2.0 * k));
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    (void)place, (void)u;
    oc_lanes_price(n, w->spot, c[0], c[1], c[2], z[0], state[0]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)jumps, (void)regime;
    if (vol)
        oc_lanes_price_vol(n, w->spot, sigma(w), state[0], vol);
}

const struct oc_process oc_process_mean_reverting = {
    .name = "mean_reverting", .aliases = "ou", .title = "Ornstein-Uhlenbeck in the price", .param = param,
    .arithmetic = true,
    .steady = true, .exact = true, .normals = 1, .nconst = 3, .interval = interval, .step = step,
    .show = show,
};
