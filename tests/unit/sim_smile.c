/*
 * local_vol and sabr: closed laws (displaced lognormal, CEV with absorption, normal and lognormal SABR), martingales,
 * refusals.
 *
 * Tolerances are 4 standard errors and, where the step is not exact, the error that the file's header states.
 */
#include "math/norm.h"
#include "sim/paths.h"
#include "test.h"
#include "walk_help.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIGURES = 8 };

/* Figures of a path at its end, from the spot and the state. */
struct job {
    const struct oc_walk *w;
    uint64_t steps, n;
    void (*fn)(double spot, double *const state[], size_t j, double *figure);
    double s[FIGURES], ss[FIGURES];
};

static double mean(const struct job *q, int i) { return q->s[i] / (double)q->n; }
static double error(const struct job *q, int i)
{
    const double m = mean(q, i);
    return sqrt((q->ss[i] / (double)q->n - m * m) / (double)q->n);
}

/* Is figure i what it should be, within 4 standard errors and `more`? */
static void is(const struct job *q, int i, const char *what, double want, double more)
{
    CHECK(fabs(mean(q, i) - want) <= 4 * error(q, i) + more, "%s: %.6g (%.2g), not %.6g", what, mean(q, i), error(q, i),
          want);
}

static int see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct job *q = ctx;
    double spot[OC_LANES], f[FIGURES];

    (void)err;
    if (at->step < q->steps)
        return 0;
    oc_walk_spot(q->w, at->n, at->x[0], spot);
    for (size_t j = 0; j < at->n; j++) {
        memset(f, 0, sizeof f);
        q->fn(spot[j], at->state[0], j, f);
        for (int i = 0; i < FIGURES; i++) {
            q->s[i] += f[i];
            q->ss[i] += f[i] * f[i];
        }
        q->n++;
    }
    return 0;
}

static struct oc_walk walk_of(const char *name, double spot, double drift)
{
    struct oc_err err;
    struct oc_walk w = { .spot = spot, .drift = drift, .seed = 7 };

    CHECK(oc_process_find(name, &w.process, &err) == 0, "%s", err.text);
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        w.par[i] = NAN;
    return w;
}

static void run(struct job *q, struct oc_walk *w, uint64_t steps, double years,
                void (*fn)(double, double *const[], size_t, double *))
{
    const uint64_t paths = getenv("OC_FULL") ? 4000000 : 100000;

    *q = (struct job){ .w = w, .steps = steps, .fn = fn };
    walk_over(w, (struct oc_paths){ .steps = steps, .dt = years / (double)steps, .draws = { .seed = 3 } }, paths, see, q);
}

static double black(double f, double k, double sd)
{
    const double d = log(f / k) / sd + sd / 2;

    return f * oc_norm_cdf(d) - k * oc_norm_cdf(d - sd);
}

/* ---- local_vol -------------------------------------------------------------------------------------------- */

static void calls(double spot, double *const state[], size_t j, double *f)
{
    f[0] = spot;
    f[1] = fmax(spot - 80, 0);
    f[2] = fmax(spot - 100, 0);
    f[3] = fmax(spot - 130, 0);
    f[4] = state[0][j];
    f[5] = state[0][j] * state[0][j];
}

static void local_vol(void)
{
    enum { NK = 141 };
    static double t = 1, k[NK], vol[NK];
    struct oc_walk w = walk_of("local_vol", 100, 0);
    static struct job q;

    /* dS = 0.15 (S + 60) dW has s(S) = 0.15 (1 + 60 / S) and Black's prices of S + 60 */
    for (int i = 0; i < NK; i++) {
        k[i] = 30 * exp(0.02 * i);
        vol[i] = 0.15 * (1 + 60 / k[i]);
    }
    w.data = (struct oc_simdata){ .nt = 1, .nk = NK, .t = &t, .k = k, .vol = vol };
    test_begin("local_vol: displaced lognormal prices");
    run(&q, &w, 64, 1, calls);
    is(&q, 0, "martingale", 100, 0);
    /* weak order 1: measured at 8, 16, 32 steps the prices are off by about 0.3 dt of the volatility's slope; 0.02 at 64 */
    is(&q, 1, "call at 80", black(160, 140, 0.15), 0.02);
    is(&q, 2, "call at 100", black(160, 160, 0.15), 0.02);
    is(&q, 3, "call at 130", black(160, 190, 0.15), 0.02);
    test_end();
}

static void local_time(void)
{
    static const double t[] = { 0.5, 1, 2 }, k[] = { 90, 110 }, vol[] = { 0.1, 0.1, 0.3, 0.3, 0.3, 0.3 };
    struct oc_walk w = walk_of("local_vol", 100, 0.03);
    static struct job q;

    test_begin("local_vol: volatility that depends on time alone, and the drift");
    w.data = (struct oc_simdata){ .nt = 3, .nk = 2, .t = t, .k = k, .vol = vol };
    run(&q, &w, 40, 2, calls);
    /*
     * 0.1 to 1/2, then linear to 0.3 at 1, 0.3 to 2; the middle's square by the midpoint rule of 10 steps: error (0.4 dt)^2
     * / 12 * 1/2
     */
    const double total = 0.005 + (0.027 - 0.001) / 3 / 0.4 + 0.09;
    is(&q, 0, "martingale", 100 * exp(0.06), 0);
    is(&q, 4, "mean of the logarithm", 0.06 - total / 2, 1e-5);
    is(&q, 5, "square of the logarithm", total + pow(0.06 - total / 2, 2), 2e-5);
    test_end();
}

/* A flat grid is geometric Brownian motion, path by path. */
struct twin { double x[OC_LANES]; uint64_t steps; };

static int see_twin(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct twin *q = ctx;

    (void)err;
    if (at->step == q->steps)
        memcpy(q->x, at->x[0], sizeof q->x);
    return 0;
}

static void flat(void)
{
    static const double t = 1, k = 100, vol = 0.25;
    static struct twin a = { .steps = 12 }, b = { .steps = 12 };
    struct oc_walk local = walk_of("local_vol", 100, 0.02), gbm = walk_of("geometric_brownian", 100, 0.02);
    struct oc_err err = { 0 };

    test_begin("local_vol: one volatility is geometric Brownian motion");
    local.data = (struct oc_simdata){ .nt = 1, .nk = 1, .t = &t, .k = &k, .vol = &vol };
    gbm.par[0] = 0.25;
    for (int i = 0; i < 2; i++) {
        struct oc_walk *w = i ? &gbm : &local;
        struct oc_paths p = { .assets = 1, .walk = w, .steps = 12, .dt = 0.1, .draws = { .seed = 3 } };
        if (oc_walk_open(w, &err) || oc_paths_open(&p, &err)) {
            test_fail("%s", err.text);
            return;
        }
        struct oc_paths_room *r = oc_paths_room(&p, &err);
        CHECK(r && oc_paths_run(&p, r, 512, OC_LANES, see_twin, i ? &b : &a, &err) == 0, "%s", err.text);
        oc_paths_room_free(r);
        oc_paths_close(&p);
        oc_walk_close(w);
    }
    for (int j = 0; j < OC_LANES; j++)
        CHECK(fabs(a.x[j] - b.x[j]) < 1e-14, "path %d: %.17g and %.17g", j, a.x[j], b.x[j]);    /* some ulp of 12 sums */
    test_end();
}

/* ---- sabr ------------------------------------------------------------------------------------------------- */

enum { ALPHA, BETA, NU, RHO, SHIFT };

static struct oc_walk sabr(double spot, double drift, double alpha, double beta, double nu, double rho, double shift)
{
    struct oc_walk w = walk_of("sabr", spot, drift);

    w.par[ALPHA] = alpha;
    w.par[BETA] = beta;
    w.par[NU] = nu;
    w.par[RHO] = rho;
    w.par[SHIFT] = shift;
    return w;
}

static void sabr_figures(double spot, double *const state[], size_t j, double *f)
{
    const double g = state[2][j], a = state[1][j];

    f[0] = spot;
    f[1] = g == 0;
    f[2] = g * g;
    f[3] = g > 0 ? log(g) : 0;
    f[4] = a;
    f[5] = a * a;
    f[6] = g * a;
    f[7] = fmax(g - 1, 0);
}

static void lognormal(void)
{
    struct oc_walk w = sabr(100, 0.04, 0.25, 1, 0.8, -0.6, 0);
    static struct job q;
    const double total = 0.0625 * (exp(0.64) - 1) / 0.64;

    test_begin("sabr: beta = 1");
    run(&q, &w, 8, 1, sabr_figures);
    /* Jensen's part of the step: rho^2 times half the variance of V given the ends, below 1e-5 of the spot here */
    is(&q, 0, "martingale", 100 * exp(0.04), 0.02);
    is(&q, 3, "mean of the logarithm", log(100) - total / 2, 1e-5);
    is(&q, 4, "mean of alpha", 0.25, 0);
    is(&q, 5, "mean of alpha^2", 0.0625 * exp(0.64), 0);
    test_end();
}

/* Lewis, Option Valuation under Stochastic Volatility II (2016), table 8.6: calls on 1000 struck at 1000 and 1250. */
static void lewis_figures(double spot, double *const state[], size_t j, double *f)
{
    (void)state, (void)j;
    f[0] = fmax(spot - 1000, 0);
    f[1] = fmax(spot - 1250, 0);
}

static void lewis(void)
{
    struct oc_walk w = sabr(1000, 0, 0.2, 1, 1, -0.75, 0);
    static struct job q;

    test_begin("sabr: published prices, beta = 1");
    run(&q, &w, 32, 1, lewis_figures);
    printf("# %.4f (%.4f), %.4f (%.4f)\n", mean(&q, 0), error(&q, 0), mean(&q, 1), error(&q, 1));
    is(&q, 0, "call at 1000", 77.069, 0.005);
    is(&q, 1, "call at 1250", 4.8787, 0.005);
    test_end();
}

static void normal(void)
{
    struct oc_walk w = sabr(1, 0, 0.4, 0, 0.5, -0.5, 0);
    static struct job q;
    const double total = 0.16 * (exp(0.5) - 1) / 0.25;

    test_begin("sabr: beta = 0");
    run(&q, &w, 4, 2, sabr_figures);
    is(&q, 0, "martingale", 1, 0);
    is(&q, 2, "square", 1 + total, 1e-4);               /* Simpson's rule over half a year: (nu^2 dt)^4 / 2880 */
    is(&q, 6, "with alpha", 0.4 - 0.5 * 0.5 * total, 1e-4);
    test_end();
}

/* nu = 0 is CEV with absorption at 0: P(0) = Q(1 / (2 - 2 beta), F^(2 - 2 beta) / (2 (1 - beta)^2 alpha^2 T)). */
static void cev(void)
{
    static const double beta[] = { 0.3, 0.5, 0.7, 0.5 }, rho[] = { 0, 0, 0, -0.7 };
    static struct job q;

    test_begin("sabr: absorption at 0 as CEV has it");
    for (int i = 0; i < 4; i++) {
        struct oc_walk w = sabr(1, 0, 0.7, beta[i], 0, rho[i], 0);
        const double b = 1 - beta[i], p = gsl_sf_gamma_inc_Q(0.5 / b, 1 / (2 * b * b * 0.49));
        run(&q, &w, 32, 1, sabr_figures);
        printf("# beta %g rho %g: mean %.5f, P(0) %.5f (%.5f), square %.4f\n", beta[i], rho[i], mean(&q, 0), mean(&q, 1), p,
               mean(&q, 2));
        is(&q, 0, "martingale", 1, rho[i] != 0 ? 3e-3 : 0);
        is(&q, 1, "absorbed", p, 0.01);             /* as sabr.c says of alpha^2 dt = 1/64 */
        if (beta[i] == 0.5)
            is(&q, 2, "square", 1.49, rho[i] != 0 ? 1e-2 : 0);
    }
    test_end();
}

/* The whole of it: a martingale at every beta, shifted too; never below minus the shift. */
static void whole(void)
{
    static const double beta[] = { 0.25, 0.5, 0.9 };
    static struct job q;

    test_begin("sabr: the martingale with all its parts");
    for (int i = 0; i < 3; i++) {
        struct oc_walk w = sabr(0.03, 0.02, 0.3 * pow(0.04, 1 - beta[i]), beta[i], 0.5, -0.4, 0.01);
        run(&q, &w, 32, 1, sabr_figures);
        printf("# beta %g: mean %.6f (%.6f), P(0) %.5f\n", beta[i], mean(&q, 0), error(&q, 0), mean(&q, 1));
        is(&q, 0, "martingale", 0.03 * exp(0.02), 1e-3 * 0.04);
    }
    test_end();
}

/* A volatility that hardly moves: what the price has of it goes to that of nu = 0 as nu does, on every path. */
static void still(void)
{
    static const double nu[] = { 1e-300, 1e-150, 1e-14, 1e-10 };
    static struct job q, flat;

    test_begin("sabr: small nu");
    for (int b = 0; b < 3; b++) {
        struct oc_walk w = sabr(1, 0, 0.2, 0.5 * b, 0, -0.4, 0);
        run(&flat, &w, 8, 1, sabr_figures);
        for (int i = 0; i < 4; i++) {
            w = sabr(1, 0, 0.2, 0.5 * b, nu[i], -0.4, 0);
            run(&q, &w, 8, 1, sabr_figures);
            for (int k = 0; k < 8; k++)     /* 20: what a figure changes by a relative change of alpha, with a margin */
                CHECK(fabs(mean(&q, k) - mean(&flat, k)) <= 20 * nu[i] + 1e-13, "beta %g nu %g, figure %d: %.15g, not %.15g",
                      0.5 * b, nu[i], k, mean(&q, k), mean(&flat, k));
        }
    }
    test_end();
}

static void refused(void)
{
    struct oc_err err = { 0 };
    struct oc_walk w = sabr(100, 0, 0.2, 1, 0.5, 0.1, 0);
    static const double t = 1, k[] = { 100, 90 }, vol[] = { 0.2, 0.2 }, bad[] = { 0.2, -0.2 }, up[] = { 90, 100 };

    test_begin("local_vol, sabr: what is refused");
    CHECK(oc_walk_open(&w, &err) && strstr(err.text, "no martingale"), "%s", err.text);
    w = sabr(100, 0, 0.2, 1.1, 0.5, 0, 0);
    CHECK(oc_walk_open(&w, &err) && strstr(err.text, "beta is 1.1"), "%s", err.text);
    w = sabr(100, 0, NAN, 1, 0.5, 0, 0);
    CHECK(oc_walk_open(&w, &err) && strstr(err.text, "alpha is missing"), "%s", err.text);
    w = walk_of("local_vol", 100, 0);
    CHECK(oc_walk_open(&w, &err) && strstr(err.text, "grid"), "%s", err.text);
    w.data = (struct oc_simdata){ .nt = 1, .nk = 2, .t = &t, .k = k, .vol = vol };
    CHECK(oc_walk_open(&w, &err) && strstr(err.text, "ascending"), "%s", err.text);
    w.data.k = up;
    w.data.vol = bad;
    CHECK(oc_walk_open(&w, &err) && strstr(err.text, "-0.2"), "%s", err.text);
    test_end();
}

int main(void)
{
    local_vol();
    local_time();
    flat();
    lognormal();
    lewis();
    normal();
    cev();
    whole();
    still();
    refused();
    return test_done();
}
