/* model_smile - smile models against published numbers, against one another, and their conditions of no arbitrage */
#include "model/smile.h"
#include "model/svi.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct oc_smile make(const char *name, size_t n, const struct oc_slice *slice, bool strict)
{
    struct oc_smile s = { .strict = strict };
    struct oc_err err;

    if (oc_smile_find(name, &s.model, &err))
        test_fail("%s", err.text);
    s.n = n;
    s.slice = malloc(n * sizeof *s.slice);
    memcpy(s.slice, slice, n * sizeof *s.slice);
    return s;
}

/* Open or say why not; the smile is closed again where it is refused. */
static int opens(struct oc_smile *s, struct oc_err *err)
{
    if (oc_smile_open(s, err) == 0)
        return 1;
    oc_smile_close(s);
    return 0;
}

static double at(const struct oc_smile *s, double years, double forward, double k)
{
    double v;

    oc_smile_vol(s, years, forward, 1, &k, &v);
    return v;
}

/* ---- SVI ------------------------------------------------------------------------------------------------- */

/* Vogt's example: Gatheral, Jacquier (2014), section 3.1 and example 5.1: butterfly arbitrage near k = 0.8. */
static const struct oc_svi vogt = { -0.0410, 0.1331, 0.3060, 0.3586, 0.4153 };
static const struct oc_slice vogt_raw = { .years = 1, .p = { -0.0410, 0.1331, 0.3060, 0.3586, 0.4153 } };
static const struct oc_slice vogt_jw = { .years = 1, .p = { 0.01742625, -0.1752111, 0.6997381, 1.316798, 0.0116249 } };

static void butterfly(void)
{
    struct oc_err err = { 0 };
    struct oc_smile s = make("svi", 1, &vogt_raw, true);

    test_begin("svi: Vogt's example has a butterfly and is refused, unless it is taken");
    CHECK(!opens(&s, &err) && err.code == OC_USAGE && strstr(err.text, "butterfly"), "%s", err.text);
    CHECK(oc_svi_durrleman(&vogt, 0.8) < 0 && oc_svi_durrleman(&vogt, 0) > 0 && oc_svi_durrleman(&vogt, -1) > 0,
          "g(0.8) is %g",
          oc_svi_durrleman(&vogt, 0.8));
    s = make("svi", 1, &vogt_raw, false);
    CHECK(opens(&s, &err), "%s", err.text);
    oc_smile_close(&s);
    s = make("svi_jw", 1, &vogt_jw, true);
    CHECK(!opens(&s, &err), "the same by jump wings was taken");
    test_end();
    test_begin("svi: the paper's repair of it (c' = p + 2 psi, v_min' = v 4 p c' / (p + c')^2) is free of it");
    struct oc_slice fixed = vogt_jw;
    fixed.p[3] = 0.6997381 + 2 * -0.1752111;
    fixed.p[4] = 0.01742625 * 4 * 0.6997381 * fixed.p[3] / ((0.6997381 + fixed.p[3]) * (0.6997381 + fixed.p[3]));
    CHECK(fabs(fixed.p[3] - 0.3493158) < 2e-7 && fabs(fixed.p[4] - 0.01548182) < 1e-8,
          "the paper, of inputs to 7 digits, prints 0.3493158, 0.01548182");
    s = make("svi_jw", 1, &fixed, true);
    CHECK(opens(&s, &err), "%s", err.text);
    oc_smile_close(&s);
    test_end();
}

static void forms(void)
{
    struct oc_err err;
    struct oc_smile raw = make("svi", 1, &vogt_raw, false), jw = make("svi_jw", 1, &vogt_jw, false);

    test_begin("svi: jump wings of the paper give its raw slice; natural form likewise");
    if (!opens(&raw, &err) || !opens(&jw, &err))
        test_fail("%s", err.text);
    else
        for (double k = -1.5; k <= 1.5; k += 0.1)       /* seven digits are printed */
            CHECK(fabs(at(&raw, 1, 1, k) - at(&jw, 1, 1, k)) < 2e-6, "k %g: %g and %g", k, at(&raw, 1, 1, k),
                  at(&jw, 1, 1, k));
    /* omega = 2 b / zeta, zeta = sqrt(1 - rho^2) / sigma, mu = m + rho / zeta, delta = a - omega (1 - rho^2) / 2 */
    const double zeta = sqrt(1 - 0.306 * 0.306) / 0.4153, omega = 2 * 0.1331 / zeta;
    const struct oc_slice natural = { .years = 1, .p = { -0.0410 - omega / 2 * (1 - 0.306 * 0.306), 0.3586 + 0.306 / zeta,
                                                         0.306,
                                                          omega, zeta } };
    struct oc_smile nat = make("svi_natural", 1, &natural, false);
    if (opens(&nat, &err))
        for (double k = -1.5; k <= 1.5; k += 0.1)
            CHECK(fabs(at(&raw, 1, 1, k) - at(&nat, 1, 1, k)) < 1e-14, "natural, k %g", k);
    oc_smile_close(&raw);
    oc_smile_close(&jw);
    oc_smile_close(&nat);
    test_end();
    test_begin("svi_jw: a vertex at the money, and what has no slice");
    /* a 0.02, b 0.1, rho 0.3, m 0, sigma 0.2 by hand: w0 0.04, psi b rho / (2 sqrt w0), p, c b (1 -+ rho) / sqrt w0 */
    const double root = sqrt(0.04);
    struct oc_slice zero = { .years = 1, .p = { 0.04, 0.1 / 2 / root * 0.3, 0.1 * 0.7 / root, 0.1 * 1.3 / root,
                                                 0.02 + 0.02 * sqrt(1 - 0.09) } };
    struct oc_smile s = make("svi_jw", 1, &zero, true);
    if (opens(&s, &err))
        for (double k = -1; k <= 1; k += 0.25) {
            const double want = sqrt(0.02 + 0.1 * (0.3 * k + sqrt(k * k + 0.04)));
            CHECK(fabs(at(&s, 1, 1, k) - want) < 1e-9, "k %g: %.12g, not %.12g", k, at(&s, 1, 1, k), want);
        }
    else
        test_fail("%s", err.text);
    oc_smile_close(&s);
    zero.p[1] = 0.9;
    s = make("svi_jw", 1, &zero, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "psi"), "psi beyond the wing");
    zero.p[1] = 0.075;
    zero.p[4] = 0.05;
    s = make("svi_jw", 1, &zero, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "v_min"), "a least variance above that at the money");
    test_end();
}

/* ---- SSVI ------------------------------------------------------------------------------------------------ */

static void ssvi(void)
{
    const struct oc_slice two[2] = { { .years = 2, .p = { 0.09, -0.7, 1.1, 0.4, NAN } },
                                     { .years = 0.5, .p = { 0.02, -0.7, 1.1, 0.4, NAN } } };
    struct oc_smile s = make("ssvi", 2, two, true);
    struct oc_err err;

    test_begin("ssvi: theta at the money at every expiry, linear between; the power law; wings");
    CHECK(opens(&s, &err), "%s", err.text);
    CHECK(at(&s, 0.5, 1, 0) == sqrt(0.02 / 0.5) && at(&s, 2, 1, 0) == sqrt(0.09 / 2), "w(0) is theta");
    CHECK(fabs(at(&s, 1, 1, 0) - sqrt(0.02 + 0.07 / 3)) < 1e-15, "between: %.17g", at(&s, 1, 1, 0));
    CHECK(fabs(at(&s, 0.1, 1, 0) - 0.2) < 1e-15 && fabs(at(&s, 9, 1, 0) - sqrt(0.045)) < 1e-15,
          "constant volatility outside");
    for (double k = -2; k <= 2; k += 0.25) {
        const double phi = 1.1 / (pow(0.02, 0.4) * pow(1.02, 0.6)), x = phi * k;
        const double want = sqrt(0.02 / 2 * (1 - 0.7 * x + sqrt((x - 0.7) * (x - 0.7) + 1 - 0.49)) / 0.5);
        CHECK(fabs(at(&s, 0.5, 1, k) / want - 1) < 1e-14, "k %g: %.17g, not %.17g", k, at(&s, 0.5, 1, k), want);
    }
    oc_smile_close(&s);
    test_end();
    test_begin("ssvi: what allows arbitrage is refused, unless it is taken");
    struct oc_slice bad = { .years = 1, .p = { 0.04, -0.7, 9, 0.4, NAN } };
    s = make("ssvi", 1, &bad, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "arbitrage"), "eta 9");
    s = make("ssvi", 1, &bad, false);
    CHECK(opens(&s, &err), "%s", err.text);
    oc_smile_close(&s);
    const struct oc_slice fall[2] = { { .years = 1, .p = { 0.04, -0.7, 1, 0.5, NAN } },
                                      { .years = 2, .p = { 0.03, -0.7, 1, 0.5, NAN } } };
    s = make("ssvi", 2, fall, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "calendar"), "%s", err.text);
    const struct oc_slice all = { .years = NAN, .p = { NAN, -0.7, 1.3, 0.5, 0.2 } };
    s = make("ssvi", 1, &all, true);
    CHECK(!opens(&s, &err), "eta (1 + |rho|) above 2 for every expiry");
    const struct oc_slice both = { .years = 1, .p = { 0.04, -0.7, 1, 0.5, 0.2 } };
    s = make("ssvi", 1, &both, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "either"), "theta and atm");
    test_end();
}

static void essvi(void)
{
    const struct oc_slice two[2] = { { .years = 0.5, .p = { 0.02, -0.7, 0.2 } }, { .years = 1, .p = { 0.05, -0.5, 0.35 } } };
    struct oc_smile s = make("essvi", 2, two, true);
    struct oc_err err;

    test_begin("essvi: theta, psi, rho psi linear between expiries; continuous at them; no calendar arbitrage on the way");
    CHECK(opens(&s, &err), "%s", err.text);
    for (double k = -1.5; k <= 1.5; k += 0.1) {
        double before = 0;
        CHECK(fabs(at(&s, 0.5, 1, k) - at(&s, 0.5 + 1e-12, 1, k)) < 1e-10 && fabs(at(&s, 1, 1, k) - at(&s, 1 + 1e-12, 1,
                                                                                                       k)) < 1e-10
              && fabs(at(&s, 0.5 - 1e-12, 1, k) - at(&s, 0.5, 1, k)) < 1e-10, "a jump at k %g", k);
        for (double t = 0.05; t < 3; t += 0.05) {
            const double w = at(&s, t, 1, k) * at(&s, t, 1, k) * t;
            CHECK(w >= before * (1 - 1e-14), "k %g, %g years: %g after %g", k, t, w, before);
            before = w;
        }
    }
    oc_smile_close(&s);
    test_end();
}

/* ---- SABR ------------------------------------------------------------------------------------------------ */

/* (2.17a) as it stands, by libm in long double. */
static double hagan(double F, double K, double T, double alpha, double beta, double nu, double rho)
{
    const long double L = logl((long double)F / K), fk = powl((long double)F * K, (1.0L - beta) / 2), b = 1.0L - beta;
    const long double z = nu / (long double)alpha * fk * L;
    const long double x = logl((sqrtl(1 - 2 * rho * z + z * z) + z - rho) / (1 - (long double)rho));
    const long double t = b * b / 24 * alpha * alpha / (fk * fk) + 0.25L * rho * beta * nu * alpha / fk
                          + (2 - 3.0L * rho * rho) / 24 * nu * nu;

    const long double bend = 1 + b * b / 24 * L * L + b * b * b * b / 1920 * L * L * L * L;
    return (double)(alpha / (fk * bend) * (z == 0 ? 1 : z / x) * (1 + t * T));
}

static void sabr(void)
{
    /*
     * Antonov, Spector, "Advanced analytics for the SABR model" (2012), tables 1 to 5, column Hagan: F 1, T 10, alpha 0.25,
     * nu 0.3
     */
    static const struct { double K, beta, rho, vol; } t[] = {
        { 0.1, 0.3, -0.8, 0.7176 }, { 1, 0.3, -0.8, 0.2427 }, { 2, 0.3, -0.8, 0.1322 }, { 0.1, 0.6, -0.8, 0.5518 },
        { 0.1, 0.9, -0.8, 0.453 }, { 0.5, 0.9, -0.8, 0.2939 }, { 2, 0.9, -0.8, 0.1512 }, { 0.1, 0.3, -0.5, 0.7271 },
        { 0.5, 0.3, -0.5, 0.3878 }, { 1.5, 0.3, -0.5, 0.202 }, { 0.1, 0.6, -0.5, 0.5709 }, { 0.5, 0.6, -0.5, 0.3432 },
        { 1, 0.6, -0.5, 0.2487 }, { 1.5, 0.6, -0.5, 0.2087 }
    };
    struct oc_err err;

    test_begin("sabr: the tables of Antonov and Spector, to the digits that they print");
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const struct oc_slice slice = { .years = NAN, .p = { 0.25, t[i].beta, 0.3, t[i].rho, NAN } };
        struct oc_smile s = make("sabr", 1, &slice, true);
        CHECK(opens(&s, &err), "%s", err.text);
        const double v = at(&s, 10, 1, log(t[i].K));
        CHECK(fabs(v - t[i].vol) < 0.00011, "K %g beta %g rho %g: %g, not %g", t[i].K, t[i].beta, t[i].rho, v, t[i].vol);
        oc_smile_close(&s);
    }
    test_end();
    test_begin("sabr: the formula in long double, near the money and far from it");
    for (double rho = -0.95; rho < 1; rho += 0.475)
        for (double beta = 0; beta <= 1; beta += 0.25)
            for (double nu = 1e-3; nu < 3; nu *= 7) {
                const struct oc_slice slice = { .years = NAN, .p = { 0.3, beta, nu, rho, NAN } };
                struct oc_smile s = make("sabr", 1, &slice, true);
                CHECK(opens(&s, &err), "%s", err.text);
                for (double k = 1e-3; k < 2; k *= 1.9)
                    for (int side = -1; side <= 1; side += 2) {
                        /* the reference cancels as z goes to 0: 1e-19 / 3e-6 of its x */
                        const double v = at(&s, 0.7, 1.7, side * k), w = hagan(1.7, 1.7 * exp(side * k), 0.7, 0.3, beta, nu,
                                                                               rho);
                        CHECK(fabs(v / w - 1) < 1e-12, "k %g beta %g nu %g rho %g: %.17g, not %.17g", side * k, beta, nu,
                              rho, v, w);
                    }
                oc_smile_close(&s);
            }
    test_end();
}

/* ---- all ------------------------------------------------------------------------------------------------- */

static void quadratic(void)
{
    const struct oc_slice slice = { .years = NAN, .p = { 1.5, -0.2, 0.1 } };
    struct oc_smile s = make("quadratic", 1, &slice, true);
    struct oc_err err;

    test_begin("quadratic: the simulator's rule, above 100 % too, factor within 0.01 and 3");
    CHECK(opens(&s, &err), "%s", err.text);
    CHECK(s.model->by_spot && at(&s, 1, 1, 0) == 1.5, "at the money");
    CHECK(fabs(at(&s, 1, 1, log(0.8)) - 1.5 * (1 - 0.2 * log(0.8) + 0.1 * log(0.8) * log(0.8))) < 1e-15, "K = 0.8 S");
    CHECK(at(&s, 1, 1, -10) == 4.5, "the factor's upper end");
    s.slice[0].p[1] = -5;
    CHECK(at(&s, 1, 1, 1) == 1.5 * 0.01, "its lower end");
    oc_smile_close(&s);
    test_end();
}

static void grid(void)
{
    struct oc_slice one = { .years = 0.25, .n = 3 }, two = { .years = 1, .n = 1 };
    struct oc_err err;

    test_begin("grid: its own quotes bit for bit, linear between, constant beyond");
    one.k = malloc(3 * sizeof(double));
    one.v = malloc(3 * sizeof(double));
    two.k = malloc(sizeof(double));
    two.v = malloc(sizeof(double));
    memcpy(one.k, (double[]){ -0.1, 0.03, 0.2 }, 3 * sizeof(double));
    memcpy(one.v, (double[]){ 0.31, 0.23, 0.21 }, 3 * sizeof(double));
    *two.k = 0;
    *two.v = 0.27;
    struct oc_smile s = make("grid", 2, (const struct oc_slice[]){ one, two }, false);
    CHECK(opens(&s, &err), "%s", err.text);
    CHECK(at(&s, 0.25, 1, -0.1) == 0.31 && at(&s, 0.25, 1, 0.03) == 0.23 && at(&s, 0.25, 1, 0.2) == 0.21, "nodes");
    CHECK(at(&s, 0.25, 1, -3) == 0.31 && at(&s, 0.25, 1, 3) == 0.21 && at(&s, 1, 1, 5) == 0.27, "beyond");
    CHECK(fabs(at(&s, 0.25, 1, 0.115) - 0.22) < 1e-15, "half way");
    CHECK(fabs(at(&s, 0.625, 1, 0.03) - sqrt((0.23 * 0.23 * 0.25 + 0.27 * 0.27) / 2 / 0.625)) < 1e-15, "between expiries");
    double k[4] = { 0.115, -3, 0.03, 0.2 }, v[4], one_by_one;
    oc_smile_vol(&s, 0.25, 1, 4, k, v);
    for (int i = 0; i < 4; i++) {
        oc_smile_vol(&s, 0.25, 1, 1, &k[i], &one_by_one);
        CHECK(v[i] == one_by_one, "out of order: %g", v[i]);
    }
    oc_smile_close(&s);
    test_end();
}

static void same_alone(void)
{
    static const struct { const char *name; struct oc_slice slice[2]; } t[] = {
        { "flat", { { .years = 0.3, .p = { 0.2 } }, { .years = 1, .p = { 0.3 } } } },
        { "quadratic", { { .years = 0.3, .p = { 0.2, -0.2, 0.1 } }, { .years = 1, .p = { 0.25, -0.1, 0.1 } } } },
        { "svi", { { .years = 0.3, .p = { 0.01, 0.05, -0.4, 0.05, 0.2 } }, { .years = 1, .p = { 0.04, 0.08, -0.4, 0.05,
                                                                                                0.3 } } } },
        { "essvi", { { .years = 0.3, .p = { 0.01, -0.6, 0.1 } }, { .years = 1, .p = { 0.04, -0.5, 0.2 } } } },
        { "sabr", { { .years = 0.3, .p = { 0.2, 1, 0.5, -0.4, 0 } }, { .years = 1, .p = { 0.21, 1, 0.3, -0.4, 0 } } } },
    };
    struct oc_err err;
    static double k[1000], v[1000];

    test_begin("smiles: a strike has the same bits alone and among others");
    for (int i = 0; i < 1000; i++)
        k[i] = -1.2 + 0.0024 * i;
    for (size_t m = 0; m < sizeof t / sizeof *t; m++) {
        struct oc_smile s = make(t[m].name, 2, t[m].slice, false);
        CHECK(opens(&s, &err), "%s: %s", t[m].name, err.text);
        for (double years = 0.1; years < 2; years *= 1.7) {
            oc_smile_vol(&s, years, 123, 1000, k, v);
            for (int i = 0; i < 1000; i += 37)
                CHECK(at(&s, years, 123, k[i]) == v[i], "%s, %g years, k %g", t[m].name, years, k[i]);
        }
        oc_smile_close(&s);
    }
    test_end();
    test_begin("smiles: names, missing and doubled parameters are told");
    const struct oc_smile_model *model;
    CHECK(oc_smile_find("svy", &model, &err) == -1 && strstr(err.text, "did you mean 'svi'"), "%s", err.text);
    struct oc_smile s = make("flat", 1, &(struct oc_slice){ .years = NAN, .p = { NAN } }, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "atm"), "%s", err.text);
    s = make("flat", 1, &(struct oc_slice){ .years = NAN, .p = { -0.1 } }, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "outside"), "%s", err.text);
    s = make("svi", 1, &(struct oc_slice){ .years = NAN, .p = { 0.01, 0.05, -0.4, 0.05, 0.2 } }, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "expiry"), "%s", err.text);
    s = make("flat", 2, (struct oc_slice[]){ { .years = 1, .p = { 0.1 } }, { .years = 1, .p = { 0.2 } } }, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "two slices"), "%s", err.text);
    s = make("flat", 2, (struct oc_slice[]){ { .years = 1, .p = { 0.3 } }, { .years = 1.1, .p = { 0.2 } } }, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "calendar"), "%s", err.text);
    s = make("sabr", 1, &(struct oc_slice){ .years = 1, .p = { 0.2, 1, 0.3, 0, 0.01 } }, true);
    CHECK(!opens(&s, &err) && strstr(err.text, "shift"), "%s", err.text);
    test_end();
}

int main(void)
{
    butterfly();
    forms();
    ssvi();
    essvi();
    sabr();
    quadratic();
    grid();
    same_alone();
    return test_done();
}
