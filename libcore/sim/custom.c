/*
 * custom - a price whose volatility is an Ornstein-Uhlenbeck process of its own.
 *
 *     d log S = (drift - v^2 / 2) dt + |v| dW,    dv = vol_speed (vol_mean - v) dt + vov dW',    v(0) = volatility
 * W and W' are independent.  v moves exactly over steps of any length; it may pass below 0, where its absolute value counts
 * (no clamp, no reflection: the law of v stays the known one).  Within a step the price walks with the v of the step's
 * start: e^(-drift t) S is a martingale exactly, the distribution is of first order in dt.
 *   source  Stein, Stein (1991)
 */
#include "sim/lanes.h"

#include "math/exp.h"

enum { VOLATILITY, VOV, SPEED, MEAN, DRIFT };

static const struct oc_param param[] = {
    { "volatility vol sigma", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)", "volatility at the start" },
    { "vov", 0.0, INFINITY, "[)", NAN, false, "1/year", "deviation of the volatility over a short time, a year" },
    { "vol_speed", 0.0, INFINITY, "()", NAN, false, "1/year", "speed of its reversion" },
    { "vol_mean", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)", "volatility that it reverts to" },
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" },
    { 0 }
};

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double k = w->par[SPEED];

    (void)t;
    c[0] = oc_lanes_drift(w, DRIFT) * dt;
    c[1] = dt;
    c[2] = -oc_expm1(-k * dt) * w->par[MEAN];
    c[3] = oc_exp(-k * dt);
    c[4] = w->par[VOV] * sqrt(-oc_expm1(-2.0 * k * dt) / (2.0 * k));
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, 0.0, state[0]);
    oc_lanes_fill(n, w->par[VOLATILITY], state[1]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    double variance[OC_LANES];

    (void)w, (void)place, (void)u;
    oc_lanes_square(n, c[1], state[1], variance);
    oc_lanes_log(n, c[0], variance, z[0], state[0]);
    oc_lanes_affine(n, c[2], c[3], c[4], z[1], state[1]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)w, (void)jumps, (void)regime;
    for (size_t j = 0; vol && j < n; j++)
        vol[j] = fabs(state[1][j]);
}

const struct oc_process oc_process_custom = {
    .name = "custom", .aliases = "", .title = "Ornstein-Uhlenbeck volatility", .param = param, .risk_neutral = true,
    .steady = true, .normals = 2, .nconst = 5, .states = 2, .interval = interval, .begin = begin, .step = step,
    .show = show,
};
