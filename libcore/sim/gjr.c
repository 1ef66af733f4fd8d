/*
 * gjr - log returns with a conditional variance: r = drift dt - h / 2 + sqrt(h) z over one period of walk->dt, then
 *
 *     h' = omega + (alpha + gamma [z < 0]) h z^2 + beta h, alpha + beta + gamma / 2 < 1
 * Exact, since the model is one of periods: a step is a period.  The -h / 2 makes e^(-drift t) S a martingale (Duan's
 * locally risk-neutral valuation, premium 0).  omega and h0 are variances of a period; volatility, annual, stands for
 * omega = (1 - persistence) volatility^2 dt; without h0 the walk begins at the stationary variance.
 *   source  Glosten, Jagannathan, Runkle (1993); Duan (1995)
 */
#include "sim/garchvar.h"

static const struct oc_param param[] = {
    OC_GARCH_ROWS,
    { "gamma", -1.0, 2.0, "()", NAN, false, "", "part of the last squared return where it was a fall, besides alpha" },
    { 0 }
};

const struct oc_process oc_process_gjr = {
    .name = "gjr", .aliases = "", .title = "GARCH(1,1) with leverage", .param = param, .risk_neutral = true, .steady = true,
    .discrete = true,
    .normals = 1, .nconst = OC_GARCH_CONST, .states = 2, .setup = oc_garchvar_setup, .interval = oc_garchvar_interval,
    .begin = oc_garchvar_begin, .step = oc_garchvar_step, .show = oc_garchvar_show,
};
