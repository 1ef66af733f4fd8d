/*
 * kou - geometric Brownian motion with jumps whose logarithm is double exponential.
 *
 * A jump goes up with probability p_up, by a logarithm of mean 1 / eta_up (eta_up > 1, else its expectation is infinite),
 * else down by one of mean 1 / eta_down.  The drift is that of the expected price, jumps included.  Exact over steps of any
 * length.
 *   source  Kou (2002)
 */
#include "sim/jumps.h"
#include "sim/lanes.h"

#include "math/exp.h"
#include "math/log.h"

enum { VOLATILITY, INTENSITY, UP, ETA_UP, ETA_DOWN, DRIFT };

static const struct oc_param param[] = {
    { "volatility vol sigma", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)", "volatility between jumps" },
    { "intensity lambda lam", 0.0, 1e3, "[]", NAN, false, "1/year", "mean number of jumps a year" },
    { "p_up", 0.0, 1.0, "[]", NAN, false, "", "probability that a jump goes up" },
    { "eta_up", 1.0, INFINITY, "()", NAN, false, "", "1 / mean logarithm of a jump up" },
    { "eta_down", 0.0, INFINITY, "()", NAN, false, "", "1 / mean logarithm of a jump down" },
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" },
    { 0 }
};

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double *const p = w->par, s = p[VOLATILITY];
    const double growth = p[INTENSITY] * (p[UP] / (p[ETA_UP] - 1.0) - (1.0 - p[UP]) / (p[ETA_DOWN] + 1.0));

    (void)t;
    c[0] = (oc_lanes_drift(w, DRIFT) - 0.5 * s * s - growth) * dt;
    c[1] = s * sqrt(dt);
    c[2] = p[INTENSITY] * dt;
    c[3] = oc_exp(-c[2]);
}

/* The logarithm of one jump from one uniform, by inversion of its distribution function. */
static double jump(const double *p, double u)
{
    return u < p[UP] ? -oc_log(u / p[UP]) / p[ETA_UP] : oc_log((1.0 - u) / (1.0 - p[UP])) / p[ETA_DOWN];
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    const size_t any = oc_jumps_count(n, c[2], c[3], u[0], state[1]);

    oc_lanes_add(n, c[0], c[1], z[0], state[0]);
    for (size_t j = 0; any && j < n; j++)
        for (uint64_t k = 0; k < (uint64_t)state[1][j]; k++)
            state[0][j] += jump(w->par, oc_jumps_uniform(w, place->path + j, place->step, k));
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)regime;
    if (vol)
        oc_lanes_fill(n, w->par[VOLATILITY], vol);
    for (size_t j = 0; jumps && j < n; j++)
        jumps[j] = state[1][j];
}

const struct oc_process oc_process_kou = {
    .name = "kou", .aliases = "", .title = "jumps of double exponential size", .param = param, .risk_neutral = true,
    .steady = true, .exact = true, .normals = 1, .uniforms = 1, .nconst = 4, .states = 2, .interval = interval,
    .step = step,
    .show = show,
};
