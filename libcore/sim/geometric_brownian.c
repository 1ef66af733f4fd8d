/*
 * geometric_brownian - d log S = (drift - volatility^2 / 2) dt + volatility dW.
 *
 * Exact in law over steps of any length.
 *   source  Black, Scholes (1973)
 */
#include "sim/lanes.h"

enum { VOLATILITY, DRIFT };

static const struct oc_param param[] = {
    { "volatility vol sigma", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)",
      "standard deviation of the logarithm over a year" },
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" },
    { 0 }
};

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double s = w->par[VOLATILITY];

    (void)t;
    c[0] = (oc_lanes_drift(w, DRIFT) - 0.5 * s * s) * dt;
    c[1] = s * sqrt(dt);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    (void)w, (void)place, (void)u;
    oc_lanes_add(n, c[0], c[1], z[0], state[0]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)state, (void)jumps, (void)regime;
    if (vol)
        oc_lanes_fill(n, w->par[VOLATILITY], vol);
}

const struct oc_process oc_process_geometric_brownian = {
    .name = "geometric_brownian", .aliases = "gbm", .title = "geometric Brownian motion", .param = param,
    .risk_neutral = true,
    .steady = true, .exact = true, .normals = 1, .nconst = 2, .interval = interval, .step = step,
    .show = show,
};
