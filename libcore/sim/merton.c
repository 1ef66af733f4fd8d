/*
 * merton - geometric Brownian motion with jumps of lognormal size: log(1 + J) normal, at Poisson times.
 *
 * jump_mean and jump_volatility are mean and deviation of the logarithm of a jump.  The drift is that of the expected price,
 * jumps included: their part, intensity (E e^jump - 1), is taken out.  Exact over steps of any length, with any number of
 * jumps in a step.
 *   source  Merton (1976)
 */
#include "sim/jumps.h"
#include "sim/lanes.h"

#include "math/exp.h"

enum { VOLATILITY, INTENSITY, MEAN, DEVIATION, DRIFT };

static const struct oc_param param[] = {
    { "volatility vol sigma", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)", "volatility between jumps" },
    OC_JUMPS_ROWS,
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" },
    { 0 }
};

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double *const p = w->par, s = p[VOLATILITY];
    const double growth = p[INTENSITY] * oc_expm1(p[MEAN] + 0.5 * p[DEVIATION] * p[DEVIATION]);

    (void)t;
    c[0] = (oc_lanes_drift(w, DRIFT) - 0.5 * s * s - growth) * dt;
    c[1] = s * sqrt(dt);
    c[2] = p[INTENSITY] * dt;
    c[3] = oc_exp(-c[2]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    const size_t any = oc_jumps_count(n, c[2], c[3], u[0], state[1]);

    oc_lanes_add(n, c[0], c[1], z[0], state[0]);
    oc_jumps_normal(w, place, n, any, state[1], w->par[MEAN], w->par[DEVIATION], state[0]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)regime;
    if (vol)
        oc_lanes_fill(n, w->par[VOLATILITY], vol);
    for (size_t j = 0; jumps && j < n; j++)
        jumps[j] = state[1][j];
}

const struct oc_process oc_process_merton = {
    .name = "merton", .aliases = "jump_diffusion", .title = "jumps of lognormal size", .param = param, .risk_neutral = true,
    .steady = true, .exact = true, .normals = 1, .uniforms = 1, .nconst = 4, .states = 2, .interval = interval,
    .step = step,
    .show = show,
};
