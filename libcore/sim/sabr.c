/*
 * sabr - dF = alpha (F + shift)^beta dB,  d alpha = nu alpha dW, rho the correlation of B and W; S(t) = F(t) e^(drift t).
 *
 * F is the price with its growth taken off, so that alpha belongs to the forward as seen from the start.  G = F + shift is
 * absorbed at 0 where 0 < beta < 1; at beta = 0 F is normal and goes anywhere; at beta = 1 G is lognormal and stays above 0.
 *
 * A step.  alpha is exact.  Given alpha at both ends, the integral of alpha^2 over the step is taken by Simpson's rule over
 * its conditional mean, and the integral of alpha against W is (alpha' - alpha) / nu exactly.  With g = G^(beta - 1) where the
 * step begins, the part of B that goes with W moves G to m = G exp(g rho (alpha' - alpha) / nu - g^2 rho^2 V / 2), and the
 * part that does not is drawn with mean m and variance q m^2, q = g(m)^2 (1 - rho^2) V: lognormal while q < 1, and beyond,
 * near 0, as 0 with probability (q - 1) / (q + 1), else exponential (as Andersen's QE draws a variance), which has the mass
 * at 0 that absorption needs.  beta = 0: F moves by its normal increment, exactly.
 *
 *   state   x = S - S(0), alpha, G.  beta = 1 and rho > 0 is refused: F is no martingale there
 *   error   beta = 1, 0: exact given the integral of alpha^2, whose error is of order dt^2; 0 < beta < 1: first order in dt;
 *           steps of nu^2 dt <= 0.05 and alpha^2 G^(2 beta - 2) dt <= 0.05 keep prices within 1e-3 of the spot, see
 *           tests/unit/sim_sabr.c
 *   source  Hagan, Kumar, Lesniewski, Woodward (2002); Chen, Oosterlee, van der Weide (2012) on conditioning; Andersen (2008) on
 *           the quadratic-exponential draw; Jourdain (2004) on the martingale
 */
#include "math/exp.h"
#include "math/log.h"
#include "math/norm.h"
#include "sim/lanes.h"

enum { ALPHA, BETA, NU, RHO, SHIFT, DRIFT };
enum { X, A, G };                           /* columns of the state */

static const struct oc_param param[] = {
    { "alpha", 0.0, INFINITY, "()", NAN, false, "price^(1 - beta)/sqrt(year)", "volatility at the start" },
    { "beta", 0.0, 1.0, "[]", NAN, false, "", "exponent of the forward" },
    { "nu volvol", 0.0, INFINITY, "[)", NAN, false, "1/sqrt(year)", "volatility of the volatility" },
    { "rho", -1.0, 1.0, "[]", NAN, false, "", "correlation of the forward and its volatility" },
    { "shift", 0.0, INFINITY, "[)", 0.0, false, "price", "the forward may fall to minus this" },
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" },
    { 0 }
};

static int setup(struct oc_walk *w, struct oc_err *err)
{
    w->nstate = 3;
    if (w->par[BETA] == 1.0 && w->par[RHO] > 0.0 && w->par[NU] > 0.0)
        return oc_fail(err, OC_USAGE, "sabr: with beta = 1 and rho = %g above 0 the forward is no martingale", w->par[RHO]);
    return 0;
}

enum { DT, ROOT, HALF, MEET, GROWTH, ACROSS };      /* constants of a step */

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double nu = w->par[NU], rho = w->par[RHO];

    c[DT] = dt;
    c[ROOT] = nu * sqrt(dt);
    c[HALF] = 0.5 * nu * nu * dt;
    c[MEET] = 4.0 * oc_exp(0.5 * nu * nu * dt);     /* Simpson's middle: E[alpha^2 half-way | ends] = alpha alpha' e^(nu^2 dt / 2) */
    c[GROWTH] = oc_exp(oc_lanes_drift(w, DRIFT) * (t + dt));
    c[ACROSS] = sqrt(1.0 - rho * rho);
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, 0.0, state[X]);
    oc_lanes_fill(n, w->par[ALPHA], state[A]);
    oc_lanes_fill(n, w->spot + w->par[SHIFT], state[G]);
}

/* alpha to its end; v: the integral of alpha^2; along: that of alpha against W; across: the normal of B beside W. */
static void volatility(const struct oc_walk *w, const double *c, size_t n, const double *const z[], double *alpha, double *v, double *along,
                       double *across)
{
    const double rho = w->par[RHO], nu = w->par[NU], root = sqrt(c[DT]);

    for (size_t j = 0; j < n; j++) {
        along[j] = c[ROOT] * (rho * z[0][j] + c[ACROSS] * z[1][j]) - c[HALF];
        across[j] = c[ACROSS] * z[0][j] - rho * z[1][j];
    }
    oc_exp_v(n, along, v);
    for (size_t j = 0; j < n; j++) {
        const double a = alpha[j], b = a * v[j];
        v[j] = c[DT] / 6.0 * (a * a + c[MEET] * (a * b) + b * b);
        along[j] = nu > 0.0 ? (b - a) / nu : a * root * (rho * z[0][j] + c[ACROSS] * z[1][j]);
        alpha[j] = b;
    }
}

/* One draw with mean m and variance q m^2 that has mass at 0. */
static double near_zero(double m, double q, double z)
{
    const double p = (q - 1.0) / (q + 1.0), above = oc_norm_sf(z);

    return above >= 1.0 - p ? 0.0 : m * 0.5 * (q + 1.0) * oc_log((1.0 - p) / above);
}

/* 0 < beta <= 1: G of n paths moves on. */
static void move(const struct oc_walk *w, const double *c, size_t n, const double *v, const double *along, const double *across, double *g)
{
    const double beta = w->par[BETA], rho = w->par[RHO], other = c[ACROSS] * c[ACROSS];
    double power[OC_LANES], m[OC_LANES], q[OC_LANES], up[OC_LANES];

    oc_log_v(n, g, up);                             /* -infinity where it was absorbed: such lanes are put back below */
    for (size_t j = 0; j < n; j++)
        power[j] = (beta - 1.0) * (g[j] > 0.0 ? up[j] : 0.0);
    oc_exp_v(n, power, power);
    for (size_t j = 0; j < n; j++)
        m[j] = power[j] * rho * along[j] - 0.5 * (power[j] * power[j]) * (rho * rho) * v[j];
    for (size_t j = 0; j < n; j++)
        power[j] = 2.0 * (beta - 1.0) * ((g[j] > 0.0 ? up[j] : 0.0) + m[j]);
    oc_exp_v(n, m, m);
    oc_exp_v(n, power, power);
    for (size_t j = 0; j < n; j++) {
        m[j] *= g[j];
        q[j] = power[j] * other * v[j];
        up[j] = beta == 1.0 ? q[j] : 1.0 + q[j];
    }
    if (beta < 1.0)
        oc_log_v(n, up, up);                        /* variance of log G that gives the variance q m^2 of G */
    for (size_t j = 0; j < n; j++)
        power[j] = sqrt(up[j]) * across[j] - 0.5 * up[j];
    oc_exp_v(n, power, power);
    for (size_t j = 0; j < n; j++)
        if (g[j] > 0.0)
            g[j] = beta == 1.0 || q[j] < 1.0 ? m[j] * power[j] : near_zero(m[j], q[j], across[j]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    double v[OC_LANES], along[OC_LANES], across[OC_LANES];

    (void)place, (void)u;
    if (n == 0)
        return;
    volatility(w, c, n, z, state[A], v, along, across);
    if (w->par[BETA] > 0.0)
        move(w, c, n, v, along, across, state[G]);
    else
        for (size_t j = 0; j < n; j++)
            state[G][j] += w->par[RHO] * along[j] + c[ACROSS] * sqrt(v[j]) * across[j];
    for (size_t j = 0; j < n; j++)
        state[X][j] = (state[G][j] - w->par[SHIFT]) * c[GROWTH] - w->spot;
}

/* alpha G^beta / F: of the logarithm of the price; none where the price is not above 0. */
static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    const double beta = w->par[BETA];

    (void)jumps, (void)regime;
    for (size_t j = 0; vol && j < n; j++) {
        const double f = state[G][j] - w->par[SHIFT];
        vol[j] = f > 0.0 ? state[A][j] * oc_exp(beta * oc_log(state[G][j])) / f : NAN;
    }
}

const struct oc_process oc_process_sabr = {
    .name = "sabr", .aliases = "", .title = "SABR: lognormal volatility of a forward to the power beta", .param = param,
    .arithmetic = true, .risk_neutral = true, .normals = 2, .nconst = 6, .setup = setup, .interval = interval, .begin = begin,
    .step = step, .show = show,
};
