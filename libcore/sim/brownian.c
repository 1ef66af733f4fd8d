/*
 * brownian - dS = S(0) (drift dt + volatility dW): a price that moves by amounts, not by fractions.
 *
 * Drift and volatility are relative to the price at the start, so the numbers mean about what they mean in
 * geometric_brownian: E S(t) = S(0) (1 + drift t), deviation S(0) volatility sqrt(t).  Exact over steps of any length, but
 * for absorption: it is found at the ends of steps only.
 */
#include "sim/lanes.h"

enum { VOLATILITY, DRIFT };

static const struct oc_param param[] = {
    { "volatility vol sigma", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)",
      "deviation over a year / price at the start" },
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year",
      "mean change over a year / price at the start; else rate - yield" },
    { 0 }
};

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    (void)t;
    c[0] = w->spot * oc_lanes_drift(w, DRIFT) * dt;
    c[1] = w->spot * w->par[VOLATILITY] * sqrt(dt);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    (void)place, (void)u;
    oc_lanes_price(n, w->spot, c[0], 1.0, c[1], z[0], state[0]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)jumps, (void)regime;
    if (vol)
        oc_lanes_price_vol(n, w->spot, w->spot * w->par[VOLATILITY], state[0], vol);
}

const struct oc_process oc_process_brownian = {
    .name = "brownian", .aliases = "", .title = "arithmetic Brownian motion", .param = param, .arithmetic = true,
    .steady = true, .exact = true, .normals = 1, .nconst = 2, .interval = interval, .step = step,
    .show = show,
};
