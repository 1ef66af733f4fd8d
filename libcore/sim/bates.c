/*
 * bates - heston with the jumps of merton: the two are independent, and the drift is that of the expected price.
 *
 *   source  Bates (1996)
 */
#include "sim/hestonpar.h"
#include "sim/jumps.h"
#include "sim/lanes.h"

#include "math/exp.h"

enum { INTENSITY = OC_HESTON_DRIFT + 1, MEAN, DEVIATION };

static const struct oc_param param[] = {
    OC_HESTON_ROWS,
    OC_JUMPS_ROWS,
    { 0 }
};

static int setup(struct oc_walk *w, struct oc_err *err)
{
    return oc_hestonpar_check(w, err);
}

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double *const p = w->par;

    (void)t;
    oc_hestonpar_interval(w, p[INTENSITY] * oc_expm1(p[MEAN] + 0.5 * p[DEVIATION] * p[DEVIATION]), dt, c);
    c[OC_QE_CONST] = p[INTENSITY] * dt;
    c[OC_QE_CONST + 1] = oc_exp(-p[INTENSITY] * dt);
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, 0.0, state[0]);
    oc_lanes_fill(n, oc_hestonpar_v0(w), state[1]);
    oc_lanes_fill(n, 0.0, state[2]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    const size_t any = oc_jumps_count(n, c[OC_QE_CONST], c[OC_QE_CONST + 1], u[0], state[2]);

    oc_hestonpar_step(c, n, z, state);
    oc_jumps_normal(w, place, n, any, state[2], w->par[MEAN], w->par[DEVIATION], state[0]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)w, (void)regime;
    oc_hestonpar_vol(n, state, vol);
    for (size_t j = 0; jumps && j < n; j++)
        jumps[j] = state[2][j];
}

const struct oc_process oc_process_bates = {
    .name = "bates", .aliases = "", .title = "Heston's variance with Merton's jumps", .param = param, .risk_neutral = true,
    .steady = true, .residual = 1 + OC_HESTON_RHO, .normals = 2, .uniforms = 1, .nconst = OC_QE_CONST + 2, .states = 3,
    .setup = setup, .fits = oc_hestonpar_fits,
    .interval = interval,
    .begin = begin,
    .step = step, .show = show,
};
