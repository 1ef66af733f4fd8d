/*
 * telegraph - two volatilities: that of the state down and that of the state up, between which it switches.
 *
 * From down to up at rate lambda_up, from up to down at lambda_down; the volatility is `volatility` times the multiplier of
 * the state, 1 where it is not given.  It begins in the state `start`, 0 for down and 1 for up.  Holding times are
 * exponential and are drawn themselves, so the variance over a step is exact, switches within it included.
 *   source  Di Crescenzo, Pellerey (2002); as a regime of volatility: Naik (1993)
 */
#include "sim/lanes.h"
#include "sim/switch.h"

#include <stdlib.h>

enum { VOLATILITY, UP, DOWN, TIMES_UP, TIMES_DOWN, START, DRIFT };

static const struct oc_param param[] = {
    { "volatility vol sigma", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)", "volatility before the multipliers" },
    { "lambda_up", 0.0, 1e4, "[]", NAN, false, "1/year", "rate of switching from down to up" },
    { "lambda_down", 0.0, 1e4, "[]", NAN, false, "1/year", "rate of switching from up to down" },
    { "vol_multiplier_up", 0.0, INFINITY, "[)", 1.0, false, "", "volatility in the state up / volatility" },
    { "vol_multiplier_down", 0.0, INFINITY, "[)", 1.0, false, "", "volatility in the state down / volatility" },
    { "start", 0.0, 1.0, "[]", 0.0, false, "", "state at the start: 0 down, 1 up" },
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" },
    { 0 }
};

static int setup(struct oc_walk *w, struct oc_err *err)
{
    const double *const p = w->par;
    const double down = p[VOLATILITY] * p[TIMES_DOWN], up = p[VOLATILITY] * p[TIMES_UP], drift = oc_lanes_drift(w, DRIFT);
    struct oc_switch *s;

    if (p[START] != 0.0 && p[START] != 1.0)
        return oc_fail(err, OC_USAGE, "telegraph: start is %g, neither 0 (down) nor 1 (up)", p[START]);
    if (!(s = calloc(1, sizeof *s)))
        return oc_fail(err, OC_MEMORY, "no memory for a walk");
    *s = (struct oc_switch){ .n = 2, .variance = { down * down, up * up }, .drift = { drift, drift },
                             .leave = { p[UP], p[DOWN] }, .rate = { { 0.0, p[UP] }, { p[DOWN], 0.0 } } };
    w->own = s;
    return 0;
}

static void teardown(struct oc_walk *w) { free(w->own); }

static int fits(const struct oc_walk *w, double dt, struct oc_err *err) { return oc_switch_fits(w, w->own, dt, err); }

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    (void)t;
    oc_switch_interval(w->own, dt, c);
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, 0.0, state[0]);
    oc_lanes_fill(n, w->par[START], state[1]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    oc_switch_step(w, w->own, c, place, n, z[0], u[0], state);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)jumps;
    oc_switch_show(w->own, 0.0, n, state, vol, regime);
}

const struct oc_process oc_process_telegraph = {
    .name = "telegraph", .aliases = "", .title = "two volatilities that switch", .param = param, .risk_neutral = true,
    .steady = true, .exact = true, .normals = 1, .uniforms = 1, .nconst = 2, .states = 2,
    .setup = setup, .teardown = teardown, .fits = fits, .interval = interval, .begin = begin, .step = step, .show = show,
};
