/*
 * sabr - dF = alpha (F + shift)^beta dB,  d alpha = nu alpha dW, rho the correlation of B and W; S(t) = F(t) e^(drift t).
 *
 * F is the price with its growth taken off, so that alpha belongs to the forward as seen from the start.  G = F + shift is
 * absorbed at 0 where 0 < beta < 1; at beta = 0 F is normal and goes anywhere; at beta = 1 G is lognormal and stays above 0.
 *
 * A step.  alpha is exact.  Given alpha at both ends, the integral V of alpha^2 over the step is taken by Simpson's rule
 * over its conditional mean, and the integral of alpha against W is (alpha' - alpha) / nu exactly.  beta = 0: F moves by its
 * normal increment.  beta > 0, with g = G^(beta - 1) where the step begins:
 *   far from 0    the part of B that goes with W moves G to m = G exp(g rho (alpha' - alpha) / nu - g^2 rho^2 V / 2), the
 *                 part that does not is lognormal with mean m and variance q m^2, q = g(m)^2 (1 - rho^2) V
 *   near 0        that is, q = g^2 alpha^2 dt > NEAR: G is absorbed with the probability p that CEV with the alpha of the
 *                 beginning has for the step, Q(1 / (2 - 2 beta), 1 / (2 (1 - beta)^2 q)); else lognormal, so that the mean
 *                 is G and the variance q G^2
 *
 *   state   x = S - S(0), alpha, G.  beta = 1 and rho > 0 is refused: F is no martingale there
 *   error   beta = 1, 0: exact given V, whose error is of order dt^2; 0 < beta < 1: first order in dt, by g.  Measured by
 *           tests/unit/sim_smile.c: the mean is right (rho = 0) or right to 1e-3 of the spot, the mass at 0 is short of
 *           CEV's by 0.01 where alpha^2 G^(2 beta - 2) dt is 1/64, by 0.003 at 1/256, by 0.001 at 1/1024;
 *           options of a year at 0.6 to 1.4 of the spot, volatility 0.35 and nu 0.6, move by at most 5e-4 of the spot
 *           between steps of 1/32 and 1/128
 *   source  Hagan, Kumar, Lesniewski, Woodward (2002); Chen, Oosterlee, van der Weide (2012) on conditioning and the mass at
 *           0; Andersen (2008) on draws by moments; Jourdain (2004) on the martingale
 */
#include "math/exp.h"
#include "math/log.h"
#include "math/norm.h"
#include "sim/lanes.h"

#include <stdlib.h>
#include <string.h>

#define NEAR 0.08           /* below, CEV's mass at 0 after a step is 1e-11 at beta = 1/2, 1e-5 at 1/4, 4e-4 near 0 */
#define SMALL 0x1p-10        /* nu sqrt(dt) below which e^x - 1 is not taken from e^x: along keeps 13 digits above */
#define NONE 1e-200          /* nu below which along is its limit: alpha stays, and nu sqrt(dt) may underflow */
#define LOST 1e12                           /* beyond, G is 0: what it still had is no part of any price */
enum { MASS = 2048 };                       /* intervals of its table */
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

/* 0 < beta < 1: Q(a, s^2) at s = i / scale, a = 1 / (2 - 2 beta). */
struct own { double scale, q[MASS + 1]; };

/*
 * The integral of s^(2a - 1) e^(-s^2), from its far end, by Simpson's rule over each interval; divided by the whole, so that
 * no gamma function is needed.  Beyond sqrt(a) + 7 nothing is left (1e-20).
 */
static void mass(double beta, struct own *o)
{
    const double a = 0.5 / (1.0 - beta), end = sqrt(a) + 7.0, h = end / MASS, top = sqrt(a);
    const double peak = (2.0 * a - 1.0) * oc_log(top) - top * top;      /* keeps the power from overflowing */
    double right = 0.0;

    o->scale = 1.0 / h;
    o->q[MASS] = 0.0;
    for (size_t i = MASS; i-- > 0;) {
        double f[2];
        for (int k = 0; k < 2; k++) {
            const double s = h * ((double)i + 0.5 * k);
            f[k] = s > 0.0 ? oc_exp((2.0 * a - 1.0) * oc_log(s) - s * s - peak) : 0.0;
        }
        o->q[i] = o->q[i + 1] + h / 6.0 * (f[0] + 4.0 * f[1] + right);
        right = f[0];
    }
    for (size_t i = 1; i <= MASS; i++)
        o->q[i] /= o->q[0];
    o->q[0] = 1.0;
}

static void teardown(struct oc_walk *w) { free(w->own); }

static int setup(struct oc_walk *w, struct oc_err *err)
{
    if (w->par[BETA] == 1.0 && w->par[RHO] > 0.0 && w->par[NU] > 0.0)
        return oc_fail(err, OC_USAGE, "sabr: with beta = 1 and rho = %g above 0 the forward is no martingale", w->par[RHO]);
    if (w->par[BETA] == 0.0 || w->par[BETA] == 1.0)
        return 0;                                   /* nothing is absorbed */
    struct own *const o = w->own = malloc(sizeof *o);
    if (!o)
        return oc_fail(err, OC_MEMORY, "no memory for sabr");
    mass(w->par[BETA], o);
    return 0;
}

enum { DT, ROOT, HALF, MEET, GROWTH, ACROSS };      /* constants of a step */

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    const double nu = w->par[NU], rho = w->par[RHO];

    c[DT] = dt;
    c[ROOT] = nu * sqrt(dt);
    c[HALF] = 0.5 * nu * nu * dt;
    /* Simpson's middle: E[alpha^2 half-way | ends] = alpha alpha' e^(nu^2 dt / 2) */
    c[MEET] = 4.0 * oc_exp(0.5 * nu * nu * dt);
    c[GROWTH] = oc_exp(oc_lanes_drift(w, DRIFT) * (t + dt));
    c[ACROSS] = sqrt(1.0 - rho * rho);
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, 0.0, state[X]);
    oc_lanes_fill(n, w->par[ALPHA], state[A]);
    oc_lanes_fill(n, w->spot + w->par[SHIFT], state[G]);
}

/*
 * alpha to its end; v: the integral of alpha^2; along: that of alpha against W; across: the normal of B beside W.  Where the
 * factor of alpha may be far below 1, 1 + (e^x - 1) would lose it, so one form alone will not do.
 */
static void volatility(const struct oc_walk *w, const double *c, size_t n, const double *const z[], double *alpha, double *v,
                       double *along, double *across)
{
    const double rho = w->par[RHO], nu = w->par[NU], root = sqrt(c[DT]);
    const bool small = c[ROOT] < SMALL;
    double less[OC_LANES];                          /* factor of alpha, less 1 */

    for (size_t j = 0; j < n; j++) {
        along[j] = c[ROOT] * (rho * z[0][j] + c[ACROSS] * z[1][j]) - c[HALF];
        across[j] = c[ACROSS] * z[0][j] - rho * z[1][j];
    }
    (small ? oc_expm1_v : oc_exp_v)(n, along, less);
    for (size_t j = 0; j < n; j++) {
        const double a = alpha[j], b = a * (small ? 1.0 + less[j] : less[j]);
        less[j] -= small ? 0.0 : 1.0;
        v[j] = c[DT] / 6.0 * (a * a + c[MEET] * (a * b) + b * b);
        along[j] = nu > NONE ? a * (less[j] / nu) : a * root * (rho * z[0][j] + c[ACROSS] * z[1][j]);
        alpha[j] = b;
    }
}

/*
 * One draw with mean g and variance q g^2, absorbed as CEV is.  Where the variance leaves nothing for what is above 0, that
 * keeps some.
 */
static double near_zero(const struct oc_walk *w, double g, double q, double z)
{
    const struct own *o = w->own;
    const double at = o->scale / ((1.0 - w->par[BETA]) * sqrt(2.0 * q));
    double p = 0.0;

    if (at < MASS) {
        const size_t i = (size_t)at;
        p = o->q[i] + (at - (double)i) * (o->q[i + 1] - o->q[i]);
    }
    const double above = oc_norm_sf(z);             /* uniform; absorbed where it is large, as small z bring G down */
    if (above >= 1.0 - p)
        return 0.0;
    const double part = (1.0 + q) * (1.0 - p) - 1.0, least = 0.5 * q / (1.0 + q), s2 = oc_log1p(part > least ? part : least);
    const double y = p > 0.0 ? -oc_norm_icdf(above / (1.0 - p)) : z;
    return g / (1.0 - p) * oc_exp(sqrt(s2) * y - 0.5 * s2);
}

/* 0 < beta <= 1: G of n paths moves on.  alpha: at the beginning. */
static void move(const struct oc_walk *w, const double *c, size_t n, const double *alpha, const double *v,
                 const double *along, const double *across, const double *z, double *g)
{
    const double beta = w->par[BETA], rho = w->par[RHO], other = c[ACROSS] * c[ACROSS];
    double log_g[OC_LANES], power[OC_LANES], m[OC_LANES], q[OC_LANES], near[OC_LANES];

    oc_log_v(n, g, log_g);                          /* lanes that were absorbed are left alone below */
    for (size_t j = 0; j < n; j++)
        power[j] = (beta - 1.0) * log_g[j];
    oc_exp_v(n, power, power);
    for (size_t j = 0; j < n; j++) {
        near[j] = beta < 1.0 ? power[j] * power[j] * (alpha[j] * alpha[j] * c[DT]) : 0.0;
        m[j] = power[j] * rho * along[j] - 0.5 * (power[j] * power[j]) * (rho * rho) * v[j];
        power[j] = 2.0 * (beta - 1.0) * (log_g[j] + m[j]);
    }
    oc_exp_v(n, m, m);
    oc_exp_v(n, power, power);
    for (size_t j = 0; j < n; j++)
        q[j] = power[j] * other * v[j];
    if (beta < 1.0)
        oc_log1p_v(n, q, q);                        /* variance of log G that gives the variance q m^2 of G */
    for (size_t j = 0; j < n; j++)
        power[j] = sqrt(q[j]) * across[j] - 0.5 * q[j];
    oc_exp_v(n, power, power);
    for (size_t j = 0; j < n; j++)
        if (g[j] > 0.0)
            g[j] = near[j] <= NEAR ? g[j] * m[j] * power[j] : near[j] < LOST ? near_zero(w, g[j], near[j], z[j]) : 0.0;
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    double v[OC_LANES], along[OC_LANES] = { 0 }, across[OC_LANES], alpha[OC_LANES];

    (void)place, (void)u;
    memcpy(alpha, state[A], n * sizeof *alpha);
    volatility(w, c, n, z, state[A], v, along, across);
    if (w->par[BETA] > 0.0)
        move(w, c, n, alpha, v, along, across, z[0], state[G]);
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
    .arithmetic = true, .risk_neutral = true, .normals = 2, .nconst = 6, .states = 3, .setup = setup, .teardown = teardown,
    .interval = interval, .begin = begin, .step = step, .show = show,
};
