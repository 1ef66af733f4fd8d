/* the Monte Carlo engine against closed forms and its own identities */
#include "mc_help.h"

#include "math/isa.h"
#include "pricing/pricer.h"

/* Black-Scholes-Merton by the pricer. */
static double bsm(int quantity, double side, double s, double k, double t, double r, double q, double vol)
{
    const struct oc_pricer *p;
    struct oc_err err;
    unsigned char status;
    double v = NAN;
    struct oc_results out = { .status = &status };
    const struct oc_quotes in = { .n = 1, .side = &side, .spot = &s, .strike = &k, .years = &t, .rate = &r,
                                  .dividend_yield = &q,
                                  .vol = &vol };

    if (oc_pricer_find("bsm", &p, &err))
        return NAN;
    out.value[quantity] = &v;
    p->price(&in, &out);
    return v;
}

static void european(void)
{
    const struct oc_walk w = a_gbm(100, 0.05 - 0.02, 0.3);
    struct oc_err err;

    test_begin("mc european");
    for (int i = 0; i < 8; i++) {
        const double side = i & 1 ? -1 : 1, strike = i & 2 ? 120 : 95;
        const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = side, .strike = strike, .years = 0.75,
                                    .rate = 0.05 };
        struct oc_mc_how how = a_how(200000);
        how.variance = i & 4 ? OC_VR_AUTO : 0;
        const struct oc_mc_value v = value_of(&c, 1, &w, NULL, &how, &err);
        CHECK(err.code == OC_OK, "%s", err.text);
        NEAR(v, OC_PRICE, bsm(OC_PRICE, side, 100, strike, 0.75, 0.05, 0.02, 0.3), 0, "european");
        CHECK(v.error[OC_PRICE] < 0.06 && v.error[OC_PRICE] > 1e-4 && v.paths == 200000, "stderr %g", v.error[OC_PRICE]);
    }
    test_end();
}

static struct oc_mc_value simple(const struct oc_claim *c, const struct oc_walk *w, const struct oc_mc_how *how,
                                 const char *name)
{
    struct oc_err err;
    const struct oc_mc_value v = value_of(c, 1, w, NULL, how, &err);

    CHECK(err.code == OC_OK, "%s: %s", name, err.text);
    return v;
}

/* Published values, to their printed digits. */
static void published(void)
{
    struct oc_mc_how how = a_how(1 << 18);

    test_begin("mc published");
    how.from = OC_DRAWS_SOBOL;
    /* Haug (1998) p. 72: continuous barriers, rebate 3 */
    static const struct { enum oc_knock knock; double side, k, h, vol, value; } barrier[] = {
        { OC_DOWN_OUT, 1, 90, 95, .25, 9.0246 },  { OC_DOWN_OUT, 1, 90, 100, .25, 3 },       { OC_UP_OUT, 1, 100, 105,
        .25, 2.358 },
        { OC_UP_OUT, 1, 110, 105, .25, 2.3453 },  { OC_DOWN_IN, 1, 100, 95, .25, 4.0109 },   { OC_DOWN_IN, 1, 100, 100,
        .25, 7.8494 },
        { OC_UP_IN, 1, 90, 105, .25, 14.1112 },   { OC_UP_IN, 1, 110, 105, .3, 5.835 },      { OC_DOWN_OUT, -1, 110, 95,
        .25, 2.6252 },
        { OC_UP_OUT, -1, 110, 105, .25, 7.5187 }, { OC_DOWN_IN, -1, 110, 95, .25, 11.9752 }, { OC_UP_IN, -1, 90, 105,
        .25, 1.4653 },
    };
    for (size_t i = 0; i < sizeof barrier / sizeof *barrier; i++) {
        const struct oc_walk w = a_gbm(100, 0.08 - 0.04, barrier[i].vol);
        struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_BARRIER, .side = barrier[i].side, .strike = barrier[i].k, .years = 0.5,
                              .rate = 0.08, .knock = barrier[i].knock, .continuous = true };
        char name[40];
        c.barrier = barrier[i].h;
        c.rebate = 3;
        snprintf(name, sizeof name, "barrier %zu", i);
        const struct oc_mc_value v = simple(&c, &w, &how, name);
        NEAR(v, OC_PRICE, barrier[i].value, 6e-5, name);
    }
    /* Haug (1998) p. 61: floating lookback seasoned; Broadie, Glasserman, Kou (1999) */
    static const struct { double s, extremum, t, r, q, value; } look[] = {
        { 120, 100, .5, .1, .06, 25.3533 }, { 100, 100, .2, .05, 0, 10.719 }, { 110, 100, .2, .05, 0, 14.4597 },
    };
    for (size_t i = 0; i < sizeof look / sizeof *look; i++) {
        const struct oc_walk w = a_gbm(look[i].s, look[i].r - look[i].q, 0.3);
        struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_LOOKBACK_FLOAT, .side = 1, .strike = NAN, .years = look[i].t,
                              .rate = look[i].r,
                              .continuous = true };
        c.extremum = look[i].extremum;
        const struct oc_mc_value v = simple(&c, &w, &how, "lookback");
        NEAR(v, OC_PRICE, look[i].value, 1e-4, "lookback");
    }
    /* Krekel, de Kok, Korn, Man (2004), digits of Choi (2018) */
    static const struct { double rho, k, value;
    } basket[] = {
        { .1, 100, 21.6920965 }, { .3, 100, 25.0292992 }, { .5, 100, 28.0073695 },
        { .8, 100, 32.0412265 }, { .5, 70, 41.5221 },
    };
    for (size_t i = 0; i < sizeof basket / sizeof *basket; i++) {
        const double weight[4] = { .25, .25, .25, .25 };
        struct oc_walk w[4];
        double corr[16];
        for (int a = 0; a < 16; a++)
            corr[a] = a % 5 ? basket[i].rho : 1;
        for (int a = 0; a < 4; a++)
            w[a] = a_gbm(100, 0, 0.4);
        const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_BASKET, .side = 1, .strike = basket[i].k, .years = 5, .rate = 0,
                                    .weight = weight };
        struct oc_err err;
        const struct oc_mc_value v = value_of(&c, 4, w, corr, &how, &err);
        CHECK(err.code == OC_OK, "basket: %s", err.text);
        how.from = OC_DRAWS_BOX_MULLER;
        const struct oc_mc_value pseudo = value_of(&c, 4, w, corr, &how, &err);
        how.from = OC_DRAWS_SOBOL;
        NEAR(pseudo, OC_PRICE, basket[i].value, 1e-4, "basket, pseudo-random");
        NEAR(v, OC_PRICE, basket[i].value, 1e-4, "basket");
        CHECK(v.error[OC_PRICE] < 0.003, "basket: error %g", v.error[OC_PRICE]);
    }
    test_end();
}

static double *evenly(size_t n, double first, double last)
{
    double *const t = malloc(n * sizeof *t);

    for (size_t i = 0; i < n; i++)
        t[i] = i + 1 == n ? last : first + (last - first) * (double)i / (double)(n - 1);
    return t;
}

/* 50 dates, knocked out below (Broadie, Glasserman, Kou 1997, table 4.1); fixings of Levy (1997). */
static void discrete(void)
{
    struct oc_mc_how how = a_how(1 << 17);
    static const struct { double h, value; } bgk[] = { { 86, 6.306 }, { 90, 6.098 }, { 95, 4.907 } };
    static const struct { double first; size_t n; double value; } levy[] = {
        { 0, 4, 1.5852442983 }, { 0, 12, 1.6980019214 }, { 1 / 12.0, 2, 1.8496053697 }, { 1 / 12.0, 12, 2.1105094397 },
        { 1 / 12.0, 52, 2.147489651 },
    };

    test_begin("mc discrete");
    how.from = OC_DRAWS_SOBOL;
    how.order = OC_ORDER_BRIDGE;
    for (size_t i = 0; i < 3; i++) {
        const struct oc_walk w = a_gbm(100, 0.1, 0.3);
        double *const t = evenly(50, 0.2 / 50, 0.2);
        struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_BARRIER, .side = 1, .strike = 100, .years = 0.2, .rate = 0.1,
                              .knock = OC_DOWN_OUT, .fixings = 50, .fixing = t };
        c.barrier = bgk[i].h;
        const struct oc_mc_value v = simple(&c, &w, &how, "bgk");
        NEAR(v, OC_PRICE, bgk[i].value, 6e-4, "bgk");
        free(t);
    }
    for (size_t i = 0; i < 5; i++) {
        const struct oc_walk w = a_gbm(90, 0.025 - 0.06, 0.13);
        double *const t = evenly(levy[i].n, levy[i].first, levy[i].first + 11 / 12.0);
        const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_ASIAN, .side = -1, .strike = 87,
                                    .years = levy[i].first + 11 / 12.0,
                                    .rate = 0.025, .fixings = levy[i].n, .fixing = t };
        const struct oc_mc_value v = simple(&c, &w, &how, "levy");
        NEAR(v, OC_PRICE, levy[i].value, 0.003, "levy");
        CHECK(v.error[OC_PRICE] < 1e-4 * v.value[OC_PRICE], "asian: error %g", v.error[OC_PRICE]);
        free(t);
    }
    test_end();
}

/* Every way to draw and to reduce variance gives the same value. */
static void ways(void)
{
    const struct oc_walk w = a_gbm(100, 0.03, 0.25);
    double *const t = evenly(12, 1 / 12.0, 1);
    const struct oc_claim asian = { NO_CLAIM, .pay = OC_PAY_ASIAN, .side = 1, .strike = 105, .years = 1, .rate = 0.03,
                                    .fixings = 12,
                                    .fixing = t };
    const struct oc_claim plain = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = 160, .years = 1, .rate = 0.03 };
    static const struct { const char *name; unsigned variance; enum oc_draws_from from;
    } way[] = {
        { "none", 0, OC_DRAWS_BOX_MULLER },
        { "inversion", 0, OC_DRAWS_INVERSION },
        { "antithetic", OC_VR_ANTITHETIC, OC_DRAWS_BOX_MULLER },
        { "control", OC_VR_CONTROL, OC_DRAWS_BOX_MULLER },
        { "both", OC_VR_CONTROL | OC_VR_ANTITHETIC, OC_DRAWS_INVERSION },
        { "moments", OC_VR_MOMENTS, OC_DRAWS_BOX_MULLER },
        { "importance", OC_VR_IMPORTANCE, OC_DRAWS_BOX_MULLER },
        { "importance, control", OC_VR_IMPORTANCE | OC_VR_CONTROL, OC_DRAWS_BOX_MULLER },
        { "sobol", 0, OC_DRAWS_SOBOL },
        { "sobol, importance", OC_VR_IMPORTANCE, OC_DRAWS_SOBOL },
        { "moments, antithetic", OC_VR_MOMENTS | OC_VR_ANTITHETIC, OC_DRAWS_BOX_MULLER },
    };
    struct oc_mc_how how = a_how(1 << 18);
    double error[2][16];

    test_begin("mc ways");
    how.from = OC_DRAWS_SOBOL;
    const struct oc_mc_value best = simple(&asian, &w, &how, "best");
    const double black = bsm(OC_PRICE, 1, 100, 160, 1, 0.03, 0, 0.25);
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        how.variance = way[i].variance;
        how.from = way[i].from;
        const struct oc_mc_value a = simple(&asian, &w, &how, way[i].name), b = simple(&plain, &w, &how, way[i].name);
        NEAR(a, OC_PRICE, best.value[OC_PRICE], 4 * best.error[OC_PRICE], way[i].name);
        NEAR(b, OC_PRICE, black, 1e-12, way[i].name);
        error[0][i] = a.error[OC_PRICE];
        error[1][i] = b.error[OC_PRICE];
    }
    CHECK(error[0][2] < 0.9 * error[0][0], "antithetic: %g, not less than %g", error[0][2], error[0][0]);
    CHECK(error[1][6] < 0.15 * error[1][0], "importance: %g, %g without", error[1][6], error[1][0]);
    CHECK(error[0][3] < 0.005 * error[0][0], "Curran's control: %g, %g without", error[0][3], error[0][0]);
    CHECK(error[0][8] < 0.2 * error[0][0], "sobol: %g, %g without", error[0][8], error[0][0]);
    free(t);
    test_end();
}

/* Derivatives by every estimator against the closed form. */
static void greeks(void)
{
    const struct oc_walk w = a_gbm(100, 0.05 - 0.02, 0.3);
    const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = -1, .strike = 105, .years = 0.5, .rate = 0.05 };
    static const enum oc_greek_by by[] = { OC_GREEK_AUTO, OC_GREEK_PATHWISE, OC_GREEK_LIKELIHOOD, OC_GREEK_ADJOINT,
                                           OC_GREEK_BUMP };
    /* bias of differences: step^2 / 6 times the third derivative, generously */
    static const double bias[OC_QUANTITIES] = {
        [OC_DELTA] = 1e-4, [OC_GAMMA] = 2e-4, [OC_VEGA] = 0.02, [OC_THETA] = 0.01,      [OC_RHO] = 1e-3,
        [OC_PHI] = 1e-3,   [OC_VANNA] = 0.01, [OC_VOMMA] = 0.2, [OC_DUAL_DELTA] = 1e-4, [OC_DUAL_GAMMA] = 1e-4
    };

    test_begin("mc greeks");
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        struct oc_mc_how how = a_how(1 << 18);
        how.greek_by = by[i];
        for (int q = OC_DELTA; q <= OC_PHI; q++)
            how.want[q] = by[i] != OC_GREEK_ADJOINT || (q != OC_GAMMA && q != OC_THETA);
        if (by[i] == OC_GREEK_BUMP)
            how.want[OC_VANNA] = how.want[OC_VOMMA] = how.want[OC_DUAL_DELTA] = how.want[OC_DUAL_GAMMA] = true;
        const struct oc_mc_value v = simple(&c, &w, &how, "greeks");
        char name[20];
        snprintf(name, sizeof name, "by %d", (int)by[i]);
        for (int q = 0; q < OC_QUANTITIES; q++)
            if (how.want[q]) {
                NEAR(v, q, bsm(q, -1, 100, 105, 0.5, 0.05, 0.02, 0.3), by[i] == OC_GREEK_BUMP ? bias[q] : 1e-9, name);
                CHECK(v.error[q] > 0 && v.error[q] < 0.05 * fabs(v.value[q]), "%s %s: error %g of %g", name,
                      oc_quantity_name(q), v.error[q], v.value[q]);
            }
    }
    test_end();
}

/*
 * Derivatives of path-dependent claims with a gradient: along the path they agree with differences on the same paths to half
 * an error and the differences' bias, step^2 / 6 times the third derivative; by the likelihood ratio, within both errors.
 */
static void path_greeks(void)
{
    const struct oc_walk w = a_gbm(100, 0.05 - 0.02, 0.3);
    double *const t = evenly(6, 0.2, 1);
    struct oc_claim asian = { NO_CLAIM, .pay = OC_PAY_ASIAN, .side = 1, .strike = 100, .years = 1.1, .rate = 0.05,
                              .fixings = 6, .fixing = t };
    struct oc_claim start = { NO_CLAIM, .pay = OC_PAY_FORWARD_START, .side = 1, .strike = NAN, .years = 1.1,
                              .rate = 0.05, .fixings = 1, .fixing = t };
    struct oc_claim look = { NO_CLAIM, .pay = OC_PAY_LOOKBACK_FLOAT, .side = -1, .strike = NAN, .years = 1.1,
                             .rate = 0.05, .fixings = 6, .fixing = t };
    struct oc_claim top = { NO_CLAIM, .pay = OC_PAY_LOOKBACK_FIXED, .side = 1, .strike = 110, .years = 1.1,
                            .rate = 0.05, .fixings = 6, .fixing = t };
    struct oc_claim geometric = asian, seasoned = asian;
    geometric.geometric = true;
    seasoned.average_so_far = 103;
    seasoned.fixings_done = 3;
    start.moneyness = 1.05;
    const struct { const char *name; const struct oc_claim *c; } claim[] = {
        { "asian", &asian }, { "geometric", &geometric }, { "seasoned", &seasoned }, { "forward start", &start },
        { "lookback", &look }, { "maximum", &top },
    };

    test_begin("mc path greeks");
    for (size_t i = 0; i < sizeof claim / sizeof *claim; i++) {
        struct oc_mc_how how = a_how(1 << 17);
        for (int q = OC_DELTA; q <= OC_PHI; q++)
            how.want[q] = true;
        const struct oc_mc_value a = simple(claim[i].c, &w, &how, claim[i].name);
        how.greek_by = OC_GREEK_BUMP;
        const struct oc_mc_value b = simple(claim[i].c, &w, &how, claim[i].name);
        how.greek_by = OC_GREEK_LIKELIHOOD;
        const struct oc_mc_value l = simple(claim[i].c, &w, &how, claim[i].name);
        for (int q = OC_DELTA; q <= OC_PHI; q++) {
            /* a gamma by differences is another estimator, not the same on each path */
            const double noise = q == OC_GAMMA ? 4 * hypot(a.error[q], b.error[q]) : 0.5 * b.error[q];
            CHECK(fabs(a.value[q] - b.value[q]) <= noise + 1e-3 * fabs(b.value[q]),
                  "%s %s: %.6g +- %.2g, by differences %.6g +- %.2g", claim[i].name, oc_quantity_name(q), a.value[q],
                  a.error[q], b.value[q], b.error[q]);
            CHECK(fabs(l.value[q] - a.value[q]) <= 4 * hypot(l.error[q], a.error[q]),
                  "%s %s: likelihood %.6g +- %.2g, along the path %.6g +- %.2g", claim[i].name, oc_quantity_name(q),
                  l.value[q], l.error[q], a.value[q], a.error[q]);
        }
    }
    free(t);
    test_end();
}

/* Cash of 10 above 100, in closed form: -10 times a call's derivative by its strike. */
static double digital(double s, double t, double r, double q, double vol)
{
    return -10 * bsm(OC_DUAL_DELTA, 1, s, 100, t, r, q, vol);
}

/* Pay-offs that jump: cash against its closed form; a barrier at fixings: what is knocked out and in is the option. */
static void jump_greeks(void)
{
    const struct oc_walk w = a_gbm(100, 0.05 - 0.02, 0.3);
    double *const t = evenly(6, 0.2, 1);
    struct oc_claim cash = { NO_CLAIM, .pay = OC_PAY_DIGITAL_CASH, .side = 1, .strike = 100, .years = 1.1, .rate = 0.05 };
    struct oc_claim knock = { NO_CLAIM, .pay = OC_PAY_BARRIER, .side = 1, .strike = 100, .years = 1.1, .rate = 0.05,
                              .fixings = 6, .fixing = t };
    const double T = 1.1, r = 0.05, y = 0.02, v = 0.3, h = 1e-4;
    const double exact[OC_QUANTITIES] = {
        [OC_DELTA] = (digital(100 + h, T, r, y, v) - digital(100 - h, T, r, y, v)) / (2 * h),
        [OC_GAMMA] = (digital(100.1, T, r, y, v) - 2 * digital(100, T, r, y, v) + digital(99.9, T, r, y, v)) / 0.01,
        [OC_VEGA] = (digital(100, T, r, y, v + h) - digital(100, T, r, y, v - h)) / (2 * h),
        [OC_THETA] = (digital(100, T - h, r, y, v) - digital(100, T + h, r, y, v)) / (2 * h),
        [OC_RHO] = (digital(100, T, r + h, y, v) - digital(100, T, r - h, y, v)) / (2 * h),
        [OC_PHI] = (digital(100, T, r, y + h, v) - digital(100, T, r, y - h, v)) / (2 * h),
    };
    struct oc_mc_how how = a_how(1 << 17);

    test_begin("mc greeks of jumps");
    for (int q = OC_DELTA; q <= OC_PHI; q++)
        how.want[q] = true;
    cash.cash = 10;
    const struct oc_mc_value c = simple(&cash, &w, &how, "cash");
    knock.knock = OC_UP_OUT;
    knock.barrier = 130;
    const struct oc_mc_value out = simple(&knock, &w, &how, "out");
    knock.knock = OC_UP_IN;
    const struct oc_mc_value in = simple(&knock, &w, &how, "in");
    for (int q = OC_DELTA; q <= OC_PHI; q++) {
        NEAR(c, q, exact[q], 1e-5 * fabs(exact[q]), "cash");       /* of the differences above */
        CHECK(c.error[q] < 0.01 * fabs(exact[q]), "cash %s: error %g of %g", oc_quantity_name(q), c.error[q], exact[q]);
        const double both = bsm(q, 1, 100, 100, T, r, y, v), error = hypot(out.error[q], in.error[q]);
        CHECK(fabs(out.value[q] + in.value[q] - both) <= 4 * error && error < 0.1 * fabs(both),
              "%s: out %g and in %g, +- %.2g, are not %g", oc_quantity_name(q), out.value[q], in.value[q], error, both);
    }
    free(t);
    test_end();
}

/*
 * The reverse sweep against differences.  Geometric Brownian motion: to the differences' bias.  Heston: the scheme's
 * branches do not meet (mcadjoint.h), which costs up to 1 % of the derivatives by kappa and xi at 32 steps a year.
 */
static void adjoint(void)
{
    struct oc_walk w[2] = { a_gbm(100, 0.03, 0.3), a_walk("heston", 100, 0.03) };
    double *const t = evenly(4, 0.25, 1);
    struct oc_claim c[5] = {
        { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = -1, .strike = 105, .years = 1, .rate = 0.05 },
        { NO_CLAIM, .pay = OC_PAY_ASIAN, .side = 1, .strike = 100, .years = 1, .rate = 0.05, .fixings = 4, .fixing = t },
        { NO_CLAIM, .pay = OC_PAY_ASIAN, .side = 1, .strike = 100, .years = 1, .rate = 0.05, .fixings = 4, .fixing = t,
          .geometric = true },
        { NO_CLAIM, .pay = OC_PAY_FORWARD_START, .side = 1, .strike = NAN, .years = 1, .rate = 0.05, .fixings = 1,
          .fixing = t },
        { NO_CLAIM, .pay = OC_PAY_LOOKBACK_FLOAT, .side = 1, .strike = NAN, .years = 1, .rate = 0.05, .fixings = 4,
          .fixing = t },
    };
    static const double par[] = { 0.06, 2, 0.05, 0.5, -0.6 };

    test_begin("mc adjoint");
    c[3].moneyness = 1;
    for (int i = 0; i < 5; i++)
        w[1].par[i] = par[i];
    for (int k = 0; k < 10; k++) {
        struct oc_mc_how how = a_how(1 << 15);
        how.want[OC_DELTA] = how.want[OC_RHO] = how.want[OC_PHI] = how.want_par = true;
        how.max_dt = 1.0 / 32;
        how.variance = k % 3 == 0 ? OC_VR_ANTITHETIC : OC_VR_CONTROL;
        how.from = k % 4 == 3 ? OC_DRAWS_SOBOL : OC_DRAWS_BOX_MULLER;
        if (how.from == OC_DRAWS_SOBOL)
            how.variance = 0;
        how.greek_by = OC_GREEK_ADJOINT;
        const struct oc_mc_value a = simple(&c[k % 5], &w[k / 5], &how, "adjoint");
        how.greek_by = OC_GREEK_BUMP;
        const struct oc_mc_value b = simple(&c[k % 5], &w[k / 5], &how, "bump");
        for (int q = OC_DELTA; q <= OC_PHI; q++)
            if (how.want[q])
                CHECK(fabs(a.value[q] - b.value[q]) <= 0.5 * b.error[q] + 1e-3 * fabs(b.value[q]),
                      "%d %s: %.8g, by differences %.8g +- %.2g", k, oc_quantity_name(q), a.value[q], b.value[q],
                      b.error[q]);
        for (size_t i = 0; i < 5; i++)
            if (!isnan(b.par[i]) || !isnan(a.par[i]))
                CHECK(fabs(a.par[i] - b.par[i]) <= 1.0 * b.par_error[i] + 2e-3 * fabs(b.par[i]),
                      "%d par %zu: %.8g +- %.2g, by differences %.8g +- %.2g", k, i, a.par[i], a.par_error[i], b.par[i],
                      b.par_error[i]);
        CHECK(isfinite(a.par[0]), "no derivative by parameter");
    }
    free(t);
    test_end();
}

/* ---- the same bits ----------------------------------------------------------------------------------------- */

static void same(const struct oc_mc_value *a, const struct oc_mc_value *b, const char *what)
{
    CHECK(memcmp(a->value, b->value, sizeof a->value) == 0 && memcmp(a->error, b->error, sizeof a->error) == 0,
          "%s: %.17g +- %.17g, not %.17g +- %.17g", what, a->value[0], a->error[0], b->value[0], b->error[0]);
}

/* In pieces of three blocks, last piece first, by one thread each. */
static struct oc_mc_value in_pieces(const struct oc_claim *c, const struct oc_walk *w, struct oc_mc_how how)
{
    struct oc_err err = { 0 };
    struct oc_mc *m = NULL;
    struct oc_mc_value v = { .value = { NAN } };
    const uint64_t blocks = oc_blocks_of(how.paths);

    how.threads = 1;
    if (oc_mc_open(c, 1, w, NULL, &how, &m, &err) == 0) {
        const size_t k = oc_mc_figures(m);
        double *const f = malloc(blocks * k * sizeof *f);
        for (uint64_t b = (blocks - 1) / 3 * 3; b + 3 > b && b < blocks; b -= 3)
            CHECK(oc_mc_blocks(m, how.paths, b, b + 3 < blocks ? b + 3 : blocks, f + b * k, &err) == 0, "%s", err.text);
        CHECK(oc_mc_value(m, how.paths, blocks, f, &v, &err) == 0, "%s", err.text);
        free(f);
    }
    CHECK(err.code == OC_OK, "%s", err.text);
    oc_mc_close(m);
    return v;
}

static void bits(void)
{
    const struct oc_walk w = a_gbm(100, 0.03, 0.25);
    double *const t = evenly(5, 0.2, 1);
    struct oc_claim c[3] = {
        { NO_CLAIM, .pay = OC_PAY_ASIAN, .side = 1, .strike = 105, .years = 1, .rate = 0.03, .fixings = 5, .fixing = t },
        { NO_CLAIM, .pay = OC_PAY_LOOKBACK_FIXED, .side = 1, .strike = 105, .years = 1, .rate = 0.03, .continuous = true },
        { NO_CLAIM, .pay = OC_PAY_DOUBLE_BARRIER, .side = -1, .strike = 105, .years = 1, .rate = 0.03,
          .knock = OC_KNOCK_OUT, .continuous = true },
    };
    const enum oc_isa was = oc_isa();

    test_begin("mc bits");
    c[2].barrier = 80;
    c[2].barrier2 = 130;
    for (int i = 0; i < 12; i++) {
        struct oc_mc_how how = a_how(i & 1 ? 4096 * 7 : 4096 * 6 + 1024);
        how.from = i % 4 < 2 ? OC_DRAWS_BOX_MULLER : OC_DRAWS_SOBOL;
        how.want[OC_DELTA] = how.want[OC_VEGA] = how.want[OC_GAMMA] = true;
        how.threads = 2;
        const struct oc_mc_value whole = simple(&c[i / 4], &w, &how, "whole"), cut = in_pieces(&c[i / 4], &w, how);
        same(&whole, &cut, "pieces");
        CHECK(isfinite(whole.value[OC_DELTA]) && whole.value[OC_PRICE] > 0, "claim %d: %g", i / 4, whole.value[OC_PRICE]);
        for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++) {
            if (oc_isa_use((enum oc_isa)isa))
                continue;
            how.paths = 4096 + 512;
            const struct oc_mc_value there = simple(&c[i / 4], &w, &how, "isa");
            oc_isa_use(was);
            const struct oc_mc_value here = simple(&c[i / 4], &w, &how, "isa");
            same(&there, &here, oc_isa_name((enum oc_isa)isa));
        }
    }
    free(t);
    test_end();
}

/* Heston with its reverse sweep, and a barrier with its shadow, on each instruction set. */
static void bits_of_kernels(void)
{
    static const double par[] = { 0.06, 2, 0.05, 0.5, -0.6 };
    struct oc_walk w[2] = { a_walk("heston", 100, 0.03), a_gbm(100, 0.03, 0.25) };
    double *const t = evenly(4, 0.25, 1);
    struct oc_claim c[2] = {
        { NO_CLAIM, .pay = OC_PAY_ASIAN, .side = 1, .strike = 100, .years = 1, .rate = 0.05, .fixings = 4, .fixing = t },
        { NO_CLAIM, .pay = OC_PAY_BARRIER, .side = 1, .strike = 100, .years = 1, .rate = 0.05, .fixings = 4, .fixing = t },
    };
    const enum oc_isa was = oc_isa();

    test_begin("mc bits of kernels");
    for (int i = 0; i < 5; i++)
        w[0].par[i] = par[i];
    c[1].knock = OC_UP_IN;
    c[1].barrier = 120;
    c[1].rebate = 2;
    for (int i = 0; i < 2; i++) {
        struct oc_mc_how how = a_how(4096 + 300);
        how.want_par = true;
        const struct oc_mc_value here = simple(&c[i], &w[i], &how, "here");
        for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++) {
            if (oc_isa_use((enum oc_isa)isa))
                continue;
            const struct oc_mc_value there = simple(&c[i], &w[i], &how, "there");
            oc_isa_use(was);
            same(&there, &here, oc_isa_name((enum oc_isa)isa));
            CHECK(memcmp(there.par, here.par, sizeof here.par) == 0 && isfinite(here.par[0]), "%s: %.17g, not %.17g",
                  oc_isa_name((enum oc_isa)isa), there.par[0], here.par[0]);
        }
    }
    free(t);
    test_end();
}

/* Until an error is reached, or the time is over: the number of paths that it came to gives the same again. */
static void open_end(void)
{
    const struct oc_walk w = a_gbm(100, 0.03, 0.25);
    const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = 110, .years = 1, .rate = 0.03 };

    test_begin("mc open end");
    for (int i = 0; i < 4; i++) {
        struct oc_mc_how how = a_how(0);
        how.from = i & 1 ? OC_DRAWS_SOBOL : OC_DRAWS_BOX_MULLER;
        if (i & 2)
            how.seconds = 0.03;
        else
            how.target_stderr = 0.01;
        const struct oc_mc_value v = simple(&c, &w, &how, "open end");
        CHECK(i & 2 || v.error[OC_PRICE] <= 0.01, "error %g", v.error[OC_PRICE]);
        CHECK(v.paths >= 8192 && v.paths % 4096 == 0, "%llu paths", (unsigned long long)v.paths);
        how.seconds = how.target_stderr = 0;
        how.paths = v.paths;
        const struct oc_mc_value again = simple(&c, &w, &how, "again");
        same(&v, &again, "again");
    }
    test_end();
}

/* ---- identities -------------------------------------------------------------------------------------------- */

/* Knock in and knock out make the option; on the same paths, so exactly but for rounding. */
static void parities(void)
{
    const char *const process[] = { "geometric_brownian", "heston", "merton", "kou", "bates", "garch", "telegraph", "sabr" };
    double *const t = evenly(63, 1 / 252.0, 63 / 252.0);

    test_begin("mc parities");
    for (size_t i = 0; i < sizeof process / sizeof *process; i++) {
        struct oc_walk w = a_walk(process[i], 100, 0.02);
        if (i == 1 || i == 4) {
            const char *const names[] = { "v0", "kappa", "theta", "xi", "rho" };
            const double v[] = { 0.05, 2, 0.05, 0.4, -0.6 };
            for (int k = 0; k < 5; k++)
                set_par(&w, names[k], v[k]);
        } else if (i == 7) {
            set_par(&w, "alpha", 2), set_par(&w, "beta", 0.5), set_par(&w, "nu", 0.4), set_par(&w, "rho", -0.3);
        } else if (i == 5) {
            set_par(&w, "volatility", 0.25), set_par(&w, "alpha", 0.08), set_par(&w, "beta", 0.9);
        } else {
            set_par(&w, "volatility", 0.25);
        }
        if (i == 2 || i == 4)
            set_par(&w, "intensity", 1), set_par(&w, "jump_mean", -0.05), set_par(&w, "jump_volatility", 0.1);
        if (i == 3)
            set_par(&w, "intensity", 1), set_par(&w, "p_up", 0.4), set_par(&w, "eta_up", 20), set_par(&w, "eta_down", 15);
        if (i == 6)
            set_par(&w, "lambda_up", 5), set_par(&w, "lambda_down", 5), set_par(&w, "vol_multiplier_up", 1.5),
                set_par(&w, "vol_multiplier_down", 0.7);
        struct oc_mc_how how = a_how(8192);
        how.variance = 0;
        for (int side = -1; side <= 1; side += 2)
            for (int two = 0; two < 2; two++)
                for (int continuous = 0; continuous < (i < 2 ? 2 : 1); continuous++) {
                    struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = side, .strike = 100,
                                          .years = 63 / 252.0, .rate = 0.02,
                                          .fixings = 63, .fixing = t, .continuous = continuous };
                    const struct oc_mc_value plain = simple(&c, &w, &how, process[i]);
                    c.pay = two ? OC_PAY_DOUBLE_BARRIER : OC_PAY_BARRIER;
                    c.barrier = 92;
                    c.barrier2 = 112;
                    c.knock = two ? OC_KNOCK_OUT : OC_DOWN_OUT;
                    const struct oc_mc_value out = simple(&c, &w, &how, process[i]);
                    c.knock = two ? OC_KNOCK_IN : OC_DOWN_IN;
                    const struct oc_mc_value in = simple(&c, &w, &how, process[i]);
                    CHECK(out.value[0] > 0 && in.value[0] > 0 && out.value[0] < plain.value[0], "%s: out %g in %g",
                          process[i], out.value[0], in.value[0]);
                    CHECK(fabs(in.value[0] + out.value[0] - plain.value[0]) < 1e-12 * plain.value[0],
                          "%s: %.17g + %.17g is not %.17g", process[i], in.value[0], out.value[0], plain.value[0]);
                }
        /* call less put is the forward: within the error of the forward alone, and exactly with the control */
        how.variance = OC_VR_CONTROL;
        how.paths = 65536;
        struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = 103, .years = 63 / 252.0,
                              .rate = 0.02, .fixings = 63, .fixing = t };
        const struct oc_mc_value call = simple(&c, &w, &how, process[i]);
        c.side = -1;
        const struct oc_mc_value put = simple(&c, &w, &how, process[i]);
        const double forward = 100 - 103 * exp(-0.02 * 63 / 252.0);
        CHECK(fabs(call.value[0] - put.value[0] - forward) < 1e-10, "%s: call - put %.12g, not %.12g", process[i],
              call.value[0] - put.value[0], forward);
    }
    free(t);
    test_end();
}

/* Two continuous barriers against the series of Kunitomo and Ikeda's kind: reflected densities, in closed form. */
static double double_out(double side, double s, double k, double l, double u, double t, double r, double vol)
{
    const double m = r - 0.5 * vol * vol, w = log(u / l), sd = vol * sqrt(t);
    double sum = 0;
    const int N = 4000;

    /* the density of x_T that stayed within, by images, integrated by Simpson's rule */
    for (int i = 0; i <= N; i++) {
        const double x = log(l / s) + w * i / N, pay = fmax(side * (s * exp(x) - k), 0);
        double p = 0;
        for (int n = -8; n <= 8; n++) {
            const double a = (x - 2 * n * w) / sd, b = (x - 2 * log(u / s) + 2 * n * w) / sd;
            p += exp(-0.5 * a * a) - exp(-0.5 * b * b);
        }
        p *= exp(m * x / (vol * vol) - 0.5 * m * m * t / (vol * vol)) / (sd * sqrt(2 * acos(-1)));
        sum += (i == 0 || i == N ? 1 : i % 2 ? 4 : 2) * pay * p;
    }
    return exp(-r * t) * sum * w / N / 3;
}

static void two_barriers(void)
{
    struct oc_mc_how how = a_how(1 << 17);

    test_begin("mc two barriers");
    how.from = OC_DRAWS_SOBOL;
    static const struct { double side, l, u, t, vol;
    } at[] = {
        { 1, 80, 130, 0.25, 0.25 }, { 1, 90, 110, 0.25, 0.15 }, { -1, 85, 125, 0.5, 0.2 },
        { -1, 70, 140, 1, 0.3 },    { 1, 95, 107, 0.1, 0.2 },
    };
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        const struct oc_walk w = a_gbm(100, 0.05, at[i].vol);
        struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_DOUBLE_BARRIER, .side = at[i].side, .strike = 100,
                              .years = at[i].t, .rate = 0.05,
                              .knock = OC_KNOCK_OUT, .continuous = true };
        c.barrier = at[i].l;
        c.barrier2 = at[i].u;
        const struct oc_mc_value v = simple(&c, &w, &how, "two barriers");
        NEAR(v, OC_PRICE, double_out(at[i].side, 100, 100, at[i].l, at[i].u, at[i].t, 0.05, at[i].vol), 1e-8,
             "two barriers");
        /* cut into steps, the law is the same */
        double *const t = evenly(5, at[i].t / 5, at[i].t);
        c.fixings = 5;
        c.fixing = t;
        const struct oc_mc_value cut = simple(&c, &w, &how, "cut");
        CHECK(fabs(cut.value[0] - v.value[0]) <= 4 * (cut.error[0] + v.error[0]), "cut: %g, not %g", cut.value[0],
              v.value[0]);
        free(t);
    }
    test_end();
}

/* ---- refusals ---------------------------------------------------------------------------------------------- */

static void refused(const struct oc_claim *c, const struct oc_walk *w, struct oc_mc_how how, const char *words)
{
    struct oc_err err;
    const struct oc_mc_value v = value_of(c, 1, w, NULL, &how, &err);

    CHECK((err.code == OC_USAGE || err.code == OC_DATA) && strstr(err.text, words), "expected '%s', got %d '%s' (%g)", words,
          (int)err.code, err.text, v.value[0]);
}

static void refusals(void)
{
    const struct oc_walk gbm = a_gbm(100, 0.03, 0.25), arithmetic = a_walk("brownian", 100, 0.03);
    struct oc_walk jumps = a_gbm(100, 0.03, 0.25), own = gbm;
    struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = 110, .years = 1, .rate = 0.03 }, k = c;
    struct oc_mc_how how = a_how(8192), h = how;
    struct oc_err err;

    test_begin("mc refusals");
    CHECK(oc_process_find("merton", &jumps.process, &err) == 0, "%s", err.text);
    for (int i = 0; i < OC_PARAM_MAX; i++)
        jumps.par[i] = NAN;
    set_par(&jumps, "volatility", 0.2), set_par(&jumps, "intensity", 1), set_par(&jumps, "jump_mean", 0),
        set_par(&jumps, "jump_volatility", 0.1);
    set_par(&own, "drift", 0.2);
    refused(&c, &own, how, "no martingale");
    struct oc_walk arith = arithmetic;
    set_par(&arith, "volatility", 0.2);
    refused(&c, &arith, how, "no martingale");
    k.strike = NAN;
    refused(&k, &gbm, how, "needs a strike");
    k = c;
    k.pay = OC_PAY_BARRIER;
    k.knock = OC_UP_OUT;
    k.barrier = 120;
    refused(&k, &gbm, how, "neither continuously nor at fixings");
    k.continuous = true;
    refused(&k, &jumps, how, "no diffusion");
    h.greek_by = OC_GREEK_PATHWISE;
    h.want[OC_DELTA] = true;
    refused(&k, &gbm, h, "no pathwise");
    h.greek_by = OC_GREEK_LIKELIHOOD;
    refused(&c, &jumps, h, "no likelihood-ratio");
    h = how;
    h.want[OC_SPEED] = true;
    refused(&c, &gbm, h, "speed is not estimated");
    h = how;
    h.from = OC_DRAWS_SOBOL;
    h.replicates = 12;
    refused(&c, &gbm, h, "power of 2");
    h.replicates = 16;
    h.variance = OC_VR_ANTITHETIC;
    refused(&c, &gbm, h, "antithetic");
    h.variance = 0;
    h.paths = 8200;
    refused(&c, &gbm, h, "do not divide");
    h = how;
    h.variance = OC_VR_MOMENTS;
    h.paths = 10000;
    refused(&c, &gbm, h, "multiple of 4096");
    h = how;
    h.paths = 0;
    refused(&c, &gbm, h, "how many paths");
    k = c;
    k.years = 0;
    refused(&k, &gbm, how, "after now");
    test_end();
}

/*
 * Derivatives at an end of a parameter's domain: from the inside, and no reverse sweep.  By rho at -1: prices at -1, -0.99
 * and -0.98 by 2^20 Sobol points, 10.42118, 10.42047 and 10.41981, each to 0.0002, so -0.07 +- 0.03.
 */
static void domain_ends(void)
{
    struct oc_walk w = a_walk("heston", 100, 0.05);
    const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = 100, .years = 1, .rate = 0.05 };
    struct oc_mc_how how = a_how(1 << 16);

    test_begin("mc ends of a domain");
    set_par(&w, "v0", 0.04), set_par(&w, "kappa", 2), set_par(&w, "theta", 0.04), set_par(&w, "xi", 0.3);
    set_par(&w, "rho", -1);
    how.want_par = true;
    const int rho = oc_param_find(w.process->param, "rho", 3), v0 = oc_param_find(w.process->param, "v0", 2);
    const struct oc_mc_value a = simple(&c, &w, &how, "rho = -1");
    CHECK(fabs(a.par[rho] + 0.07) <= 4 * a.par_error[rho] + 0.03 && a.par_error[rho] < 1, "by rho at -1: %g +- %g",
          a.par[rho], a.par_error[rho]);
    /* the price is analytic in v0, so its slope at 0 is that from 0 to 1e-3 but for a curvature of the order of 1 % */
    set_par(&w, "rho", -0.5), set_par(&w, "v0", 0);
    const struct oc_mc_value b = simple(&c, &w, &how, "v0 = 0");
    how.want_par = false;
    set_par(&w, "v0", 1e-3);
    const struct oc_mc_value up = simple(&c, &w, &how, "v0 = 0.001");
    const double slope = (up.value[0] - b.value[0]) / 1e-3;
    CHECK(fabs(b.par[v0] - slope) <= 4 * b.par_error[v0] + 0.02 * slope && b.par_error[v0] < 2,
          "by v0 at 0: %g +- %g, not %g", b.par[v0], b.par_error[v0], slope);
    how.want_par = true;
    how.greek_by = OC_GREEK_ADJOINT;
    set_par(&w, "v0", 0);
    refused(&c, &w, how, "no adjoint");
    test_end();
}

/* A bump that Sobol points cannot follow leaves the rest of a lenient job as it is. */
static void bump_refused(void)
{
    struct oc_walk w = a_walk("heston", 100, 0.05);
    const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = 100, .years = 1, .rate = 0.05 };
    struct oc_mc_how how = a_how(1 << 12);

    test_begin("mc a bump that is refused");
    set_par(&w, "v0", 0.04), set_par(&w, "kappa", 2), set_par(&w, "theta", 0.04), set_par(&w, "xi", 0.3);
    set_par(&w, "rho", -0.7);
    how.from = OC_DRAWS_SOBOL;
    how.max_dt = 1.0 / 16;
    const struct oc_mc_value alone = simple(&c, &w, &how, "price");
    how.lenient = true;
    how.want[OC_THETA] = how.want[OC_DELTA] = true;
    const struct oc_mc_value v = simple(&c, &w, &how, "price, delta, theta");
    CHECK(v.value[OC_PRICE] == alone.value[OC_PRICE] && v.error[OC_PRICE] == alone.error[OC_PRICE], "%.17g, alone %.17g",
          v.value[OC_PRICE], alone.value[OC_PRICE]);
    CHECK(isfinite(v.value[OC_DELTA]) && isnan(v.value[OC_THETA]), "delta %g, theta %g", v.value[OC_DELTA],
          v.value[OC_THETA]);
    how.lenient = false;
    refused(&c, &w, how, "Sobol points cannot follow");
    test_end();
}

/* Is the error one to go by? */
static void believed(void)
{
    struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = 100, .years = 1 };
    struct oc_claim k = { NO_CLAIM, .pay = OC_PAY_LOOKBACK_FIXED, .side = 1, .strike = 300, .years = 0.1,
                          .continuous = true };
    struct oc_mc_how how = a_how(1 << 14);
    const struct oc_walk calm = a_gbm(100, 0, 0.2), lively = a_gbm(100, 0, 2.5), wild = a_gbm(100, 0, 10);

    test_begin("mc errors to go by");
    /* as many paths as there are count, not the blocks that are matched */
    how.variance = OC_VR_MOMENTS;
    const struct oc_mc_value v = simple(&c, &lively, &how, "volatility 2.5");
    CHECK(v.status == OC_ROW_OK, "volatility 2.5 with moments: status %d", (int)v.status);
    NEAR(v, OC_PRICE, bsm(OC_PRICE, 1, 100, 100, 1, 0, 0, 2.5), 0, "volatility 2.5");
    CHECK(simple(&c, &wild, &how, "volatility 10").status == OC_ROW_NO_CONVERGENCE,
          "volatility 10 with moments is believed");
    how.variance = OC_VR_AUTO;
    CHECK(simple(&c, &wild, &how, "volatility 10").status == OC_ROW_NO_CONVERGENCE, "volatility 10 is believed");
    /* an extremum that was seen settles what it pays, not that nothing will be paid */
    k.extremum = 110;
    CHECK(simple(&k, &calm, &how, "seen 110").status == OC_ROW_NO_CONVERGENCE, "no path pays, and that is believed");
    k.strike = 100;
    k.extremum = 300;
    const struct oc_mc_value sure = simple(&k, &calm, &how, "seen 300");
    CHECK(sure.status == OC_ROW_OK && sure.value[0] == 200, "seen 300, struck at 100: %g, status %d", sure.value[0],
          (int)sure.status);
    test_end();
}

int main(void)
{
    european();
    published();
    discrete();
    ways();
    greeks();
    path_greeks();
    jump_greeks();
    adjoint();
    bits();
    bits_of_kernels();
    open_end();
    parities();
    two_barriers();
    refusals();
    domain_ends();
    bump_refused();
    believed();
    return test_done();
}
