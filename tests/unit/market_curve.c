/* curve: published examples, closed forms, round trips through par rates, refusals. */
#include "market/curve.h"
#include "test.h"

#include <math.h>
#include <string.h>

static struct oc_curve *build(const struct oc_curve_point *p, size_t n)
{
    struct oc_curve *c = NULL;
    struct oc_err err = { 0 };

    CHECK(oc_curve_build(p, n, &c, &err) == 0, "%s", err.text);
    return c;
}

static double zero(const struct oc_curve *c, double t)
{
    double r = -1;

    oc_curve_zero(c, 1, &t, &r);
    return r;
}

static double discount(const struct oc_curve *c, double t)
{
    double d = -1;

    oc_curve_discount(c, 1, &t, &d);
    return d;
}

static void interpolation(void)
{
    static const struct oc_curve_point p[] = { { 2, 0.04, OC_CURVE_ZERO, 0 }, { 1, 0.03, OC_CURVE_ZERO, 0 },
                                               { 5, 0.75, OC_CURVE_DISCOUNT, 0 } };
    struct oc_curve *c = build(p, 3);

    test_begin("zero rates and discounts: at the points, between, before, beyond");
    if (c) {
        /* -ln D: 0.03 at 1, 0.08 at 2, so 0.055 between; errors are a few ulp of the arithmetic, no more */
        const double r5 = -log(0.75) / 5;
        CHECK(fabs(zero(c, 1) - 0.03) < 1e-17 && fabs(zero(c, 2) - 0.04) < 2e-17 && fabs(zero(c, 5) - r5) < 3e-17, "at the points");
        CHECK(fabs(zero(c, 1.5) - 0.055 / 1.5) < 2e-17, "between: %.17g", zero(c, 1.5));
        CHECK(zero(c, 0.01) == 0.03 && zero(c, 0) == 0.03 && zero(c, -3) == 0.03, "before: %.17g", zero(c, 0.01));
        CHECK(fabs(zero(c, 50) - r5) < 3e-17, "beyond: %.17g", zero(c, 50));
        CHECK(fabs(discount(c, 5) - 0.75) < 3e-16 && discount(c, 0) == 1 && fabs(discount(c, 1.5) - exp(-0.055)) < 3e-16, "factors");
        /* the forward rate is constant between two points */
        const double f1 = log(discount(c, 2.5) / discount(c, 3)) / 0.5, f2 = log(discount(c, 4) / discount(c, 4.5)) / 0.5;
        CHECK(fabs(f1 - f2) < 2e-15, "forwards %.17g and %.17g", f1, f2);
        /* from 1 to 2 it is 0.08 - 0.03, from 0.5 to 1.5 the 0.055 less 0.015; from now on the zero rate itself */
        CHECK(fabs(oc_curve_forward(c, 1, 1) - 0.05) < 3e-17 && fabs(oc_curve_forward(c, 0.5, 1) - 0.04) < 3e-17
              && oc_curve_forward(c, 0, 1.5) == zero(c, 1.5) && oc_curve_forward(c, -1, 2) == zero(c, 2)
              && oc_curve_forward(c, 2, 0) == zero(c, 0), "%.17g %.17g", oc_curve_forward(c, 1, 1), oc_curve_forward(c, 0.5, 1));
        /* its points, ascending, by -ln D */
        static const double years[] = { 1, 2, 5 };
        const double depth[] = { 0.03, 0.08, -log(0.75) };
        double y = 0, d = 0;
        for (size_t i = 0; i < 3; i++)
            CHECK(oc_curve_node(c, i, &y, &d) && y == years[i] && fabs(d - depth[i]) < 1e-16, "point %zu: %g, %.17g", i, y, d);
        CHECK(!oc_curve_node(c, 3, &y, &d), "a fourth point");
    }
    oc_curve_free(c);
    test_end();
}

static void par(void)
{
    /* Hull, Options, Futures and Other Derivatives, table of Treasury zero rates: its two-year par yield is 6.87 % */
    static const struct oc_curve_point hull[] = { { 0.5, 0.050, OC_CURVE_ZERO, 0 }, { 1, 0.058, OC_CURVE_ZERO, 0 },
        { 1.5, 0.064, OC_CURVE_ZERO, 0 }, { 2, 0.068, OC_CURVE_ZERO, 0 } };
    struct oc_curve_point p[60];
    struct oc_curve *c = build(hull, 4);

    test_begin("par rates: a textbook's, the flat curve's closed form, bills");
    CHECK(c && fabs(oc_curve_par(c, 2, 2) - 0.0687) < 0.00005, "%.6f", c ? oc_curve_par(c, 2, 2) : 0);
    for (int i = 0; i < 4 && c; i++)
        p[i] = (struct oc_curve_point){ hull[i].years, oc_curve_par(c, hull[i].years, 2), OC_CURVE_PAR, 2 };
    struct oc_curve *back = c ? build(p, 4) : NULL;
    for (int i = 0; i < 4 && back; i++)
        CHECK(fabs(zero(back, hull[i].years) - hull[i].value) < 1e-15, "%g: %.17g", hull[i].years, zero(back, hull[i].years));
    oc_curve_free(c);
    oc_curve_free(back);
    /* 5 % at every half year: the factor is 1.025^-2T */
    for (int i = 0; i < 60; i++)
        p[i] = (struct oc_curve_point){ 0.5 * (i + 1), 0.05, OC_CURVE_PAR, 2 };
    c = build(p, 60);
    for (int i = 1; i <= 60 && c; i++)
        CHECK(fabs(discount(c, 0.5 * i) * pow(1.025, i) - 1) < 1e-14, "%g: %.17g", 0.5 * i, discount(c, 0.5 * i));
    oc_curve_free(c);
    /* a bill of three months pays simple interest */
    p[0] = (struct oc_curve_point){ 0.25, 0.048, OC_CURVE_PAR, 2 };
    c = build(p, 1);
    CHECK(c && fabs(discount(c, 0.25) - 1 / 1.012) < 3e-16, "%.17g", c ? discount(c, 0.25) : 0);
    oc_curve_free(c);
    test_end();
}

/* Any par curve gives its own par rates back: also with wide gaps, odd maturities and negative rates. */
static void par_back(void)
{
    static const double years[] = { 1.0 / 12, 0.25, 0.5, 1, 2, 3, 4.97, 7.013, 10, 20, 30 };
    static const int32_t frequency[] = { 1, 2, 4, 12 };
    uint64_t x = 11;

    test_begin("par rates come back from the curve that they gave");
    for (int i = 0; i < 2000; i++) {
        enum { N = sizeof years / sizeof *years };
        struct oc_curve_point p[N];
        const int32_t f = frequency[i % 4];
        for (int k = 0; k < N; k++) {
            x = x * 6364136223846793005u + 1442695040888963407u;
            p[k] = (struct oc_curve_point){ years[k], -0.01 + 0.0005 * i / 20 + 0.01 * (double)(x >> 40) / (1 << 24), OC_CURVE_PAR, f };
        }
        struct oc_curve *c = build(p, N);
        for (int k = 0; k < N && c; k++)
            /* 1e-15 of the solver's step, times the bond's terms */
            CHECK(fabs(oc_curve_par(c, years[k], f) - p[k].value) < 2e-14, "run %d, %g years, frequency %d: %.17g, not %.17g", i,
                  years[k], f, oc_curve_par(c, years[k], f), p[k].value);
        oc_curve_free(c);
    }
    test_end();
}

static void refused(void)
{
    static const struct { struct oc_curve_point p; const char *why; } bad[] = {
        { { 0, 0.05, OC_CURVE_ZERO, 0 }, "years" }, { { -1, 0.05, OC_CURVE_ZERO, 0 }, "years" },
        { { NAN, 0.05, OC_CURVE_ZERO, 0 }, "years" }, { { INFINITY, 0.05, OC_CURVE_ZERO, 0 }, "years" },
        { { 1, NAN, OC_CURVE_ZERO, 0 }, "finite" }, { { 1, 0, OC_CURVE_DISCOUNT, 0 }, "above 0" },
        { { 1, -0.5, OC_CURVE_DISCOUNT, 0 }, "above 0" }, { { 1, 0.05, OC_CURVE_PAR, 0 }, "frequency" },
        { { 1, 0.05, OC_CURVE_PAR, 5 }, "frequency" }, { { 1, -1.5, OC_CURVE_PAR, 1 }, "no discount" },
        { { 500, 5, OC_CURVE_ZERO, 0 }, "measure" },
    };
    static const struct oc_curve_point twice[] = { { 1, 0.05, OC_CURVE_ZERO, 0 }, { 2, 0.05, OC_CURVE_ZERO, 0 },
                                                   { 1, 0.06, OC_CURVE_ZERO, 0 } };
    struct oc_curve *c = NULL;
    struct oc_err err = { 0 };

    test_begin("points that make no curve");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_curve_build(&bad[i].p, 1, &c, &err) == -1 && err.code == OC_DATA && strstr(err.text, bad[i].why), "point %zu: %s", i,
              err.text);
    CHECK(oc_curve_build(twice, 3, &c, &err) == -1 && strstr(err.text, "twice"), "%s", err.text);
    CHECK(oc_curve_build(twice, 0, &c, &err) == -1, "no points");
    test_end();
}

static void tenors(void)
{
    static const struct { const char *text; double years; } good[] = { { "3M", 0.25 }, { "10Y", 10 }, { "1W", 7.0 / 365 },
        { "30D", 30.0 / 365 }, { "1.5M", 0.125 }, { "18m", 1.5 }, { "1y", 1 } };
    static const char *const bad[] = { "", "M", "3", "3X", "3MM", "0M", "-3M", "3 M", ".5Y", "1.M", "1.2.3M", "99999999999Y" };
    double y;

    test_begin("tenors");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(oc_curve_tenor(good[i].text, strlen(good[i].text), &y) == 0 && y == good[i].years, "%s: %g", good[i].text, y);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_curve_tenor(bad[i], strlen(bad[i]), &y) == -1, "'%s' read as %g", bad[i], y);
    test_end();
}

int main(void)
{
    interpolation();
    par();
    par_back();
    refused();
    tenors();
    return test_done();
}
