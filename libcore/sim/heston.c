/*
 * heston - a price whose variance is a square-root process; see qe.h for the scheme and its errors.
 *
 * v0 and theta are variances; `volatility` may be given in place of v0 and is its root.  2 kappa theta >= xi^2 (Feller) is
 * not asked for: the scheme holds with a variance that reaches 0.  xi is refused below 1e-4, where rho / xi would cost
 * digits: take geometric_brownian there; kappa below 1e-6 and theta below 1e-8 likewise, where nothing reverts.
 *   source  Heston (1993)
 */
#include "sim/hestonpar.h"
#include "sim/lanes.h"

static const struct oc_param param[] = { OC_HESTON_ROWS, { 0 } };

static int setup(struct oc_walk *w, struct oc_err *err)
{
    return oc_hestonpar_check(w, err);
}

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    (void)t;
    oc_hestonpar_interval(w, 0.0, dt, c);
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, 0.0, state[0]);
    oc_lanes_fill(n, oc_hestonpar_v0(w), state[1]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    (void)w, (void)place, (void)u;
    oc_hestonpar_step(c, n, z, state);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)w, (void)jumps, (void)regime;
    oc_hestonpar_vol(n, state, vol);
}

const struct oc_process oc_process_heston = {
    .name = "heston", .aliases = "", .title = "stochastic variance: Heston", .param = param, .risk_neutral = true,
    .steady = true,
    .residual = 1 + OC_HESTON_RHO, .normals = 2, .nconst = OC_QE_CONST, .states = 2,
    .setup = setup, .fits = oc_hestonpar_fits, .interval = interval, .begin = begin,
    .step = step, .show = show,
};
