/*
 * log_returns - log returns of steps that are correlated with the one before: an autoregression of order 1.
 *
 *     r(k) = expected_return dt + volatility sqrt(dt) e(k),    e(0) = z(0),  e(k) = a e(k-1) + sqrt(1 - a^2) z(k)
 * It is stationary from the first step on: every step's log return has mean expected_return dt and variance volatility^2 dt,
 * and neighbours have correlation `autocorrelation`.  That belongs to the step, not to time: a step is one period.
 * expected_return is the mean of log returns over a year (no volatility^2 / 2 is added); the walk's drift does not enter.
 */
#include "sim/lanes.h"

enum { VOLATILITY, EXPECTED, AUTO };

static const struct oc_param param[] = {
    { "volatility vol sigma", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)",
      "deviation of a step's log return / sqrt(dt)" },
    { "expected_return", -INFINITY, INFINITY, "()", NAN, false, "1/year", "mean log return over a year" },
    { "autocorrelation", -1.0, 1.0, "()", 0.0, false, "", "correlation of a step's log return with the one before" },
    { 0 }
};

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double a = w->par[AUTO];

    (void)t;
    c[0] = w->par[EXPECTED] * dt;
    c[1] = w->par[VOLATILITY] * sqrt(dt);
    c[2] = sqrt((1.0 - a) * (1.0 + a));
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    (void)u;
    if (place->step == 0)
        oc_lanes_affine(n, 0.0, 0.0, 1.0, z[0], state[1]);
    else
        oc_lanes_affine(n, 0.0, w->par[AUTO], c[2], z[0], state[1]);
    oc_lanes_add(n, c[0], c[1], state[1], state[0]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)state, (void)jumps, (void)regime;
    if (vol)
        oc_lanes_fill(n, w->par[VOLATILITY], vol);
}

const struct oc_process oc_process_log_returns = {
    .name = "log_returns", .aliases = "", .title = "autocorrelated log returns", .param = param, .steady = true,
    .discrete = true, .normals = 1, .nconst = 3, .states = 2, .interval = interval, .step = step,
    .show = show,
};
