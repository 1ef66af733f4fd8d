/* early exercise on given paths: the worked example of the paper, exact regressions, dependent functions, same bits */
#include "sim/lsmfit.h"

#include "math/exp.h"
#include "math/isa.h"
#include "test.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { PATHS = 8, DATES = 3, MANY = 1000 };

/* Longstaff and Schwartz (2001), section 1: stock price paths, times 1, 2 and 3. */
static const double paper[DATES][PATHS] = {
    { 1.09, 1.16, 1.22, 0.93, 1.11, 0.76, 0.92, 0.88 },
    { 1.08, 1.26, 1.07, 0.97, 1.56, 0.77, 0.84, 1.22 },
    { 1.34, 1.54, 1.03, 0.92, 1.52, 0.90, 1.01, 1.34 },
};

static double state[2 * DATES * MANY], cash[MANY];
static double discount[DATES] = { 1, 1, 1 };

static double mean(size_t n, const double *x)
{
    double s = 0;

    for (size_t i = 0; i < n; i++)
        s += x[i];
    return s / (double)n;
}

/* The rule's worth of going on at one point, through the public decision: found by bisection on the strike of a call. */
static double worth(const struct oc_lsmfit_basis *b, const struct oc_lsmfit_rule *rule, double x, double y)
{
    const double *const feature[] = { &x, &y };
    const double alive = 1;
    double low = -1000, high = x, take, got;

    for (int k = 0; k < 200; k++) {
        const double strike = low + (high - low) / 2;
        oc_lsmfit_decide(&(struct oc_lsmfit_date){ b, rule, 1, strike, 1 }, 1, feature, &alive, &take, &got);
        if (take > 0)
            low = strike;
        else
            high = strike;
    }
    return x - low;
}

/* American put struck at 1.10, 6 %: 0.1144, the European one 0.0564; who stops when is the paper's last table. */
static void paper_example(void)
{
    struct oc_err err;
    struct oc_lsmfit_basis b;
    struct oc_lsmfit_rule rule[DATES];
    const double one = oc_exp(-0.06);
    const double disc[DATES] = { one, one * one, one * one * one };
    const double paid[PATHS] = { 0, 0, 0.07 * disc[2], 0.17 * disc[0], 0, 0.34 * disc[0], 0.18 * disc[0], 0.22 * disc[0] };
    const struct oc_lsmfit_given g = { .paths = PATHS, .dates = DATES, .state = paper[0], .side = -1, .strike = 1.10,
                                       .discount = disc, .basis = &b };
    double european = 0;

    test_begin("sim_lsmfit the paper's eight paths");
    CHECK(oc_lsmfit_basis(&b, 1, 3, &err) == 0 && b.terms == 3, "basis");
    oc_lsmfit_induct(&g, rule, cash);
    for (int j = 0; j < PATHS; j++) {
        european += fmax(1.10 - paper[2][j], 0) * disc[2] / PATHS;
        CHECK(fabs(cash[j] - paid[j]) < 1e-15, "path %d gets %.6f, not %.6f", j + 1, cash[j], paid[j]);
    }
    CHECK(fabs(mean(PATHS, cash) - 0.1144) < 0.00005, "American %.6f, the paper has 0.1144", mean(PATHS, cash));
    CHECK(fabs(european - 0.0564) < 0.00005, "European %.6f, the paper has 0.0564", european);
    /*
     * Its first regression: E[Y | X] = -1.070 + 2.983 X - 1.813 X^2, of cash one period later; printed with three decimals.
     */
    for (double x = 0.8; x < 1.1; x += 0.05) {
        const double told = -1.070 + 2.983 * x - 1.813 * x * x, have = worth(&b, &rule[1], x, 0) / disc[1];
        CHECK(fabs(have - told) < 0.0016, "date 2, X %.2f: going on is worth %.5f, the paper's %.5f", x, have, told);
    }
    /* Its second: 2.038 - 3.335 X + 1.356 X^2. */
    for (double x = 0.8; x < 1.1; x += 0.05) {
        const double told = 2.038 - 3.335 * x + 1.356 * x * x, have = worth(&b, &rule[0], x, 0) / disc[0];
        CHECK(fabs(have - told) < 0.0016, "date 1, X %.2f: going on is worth %.5f, the paper's %.5f", x, have, told);
    }
    test_end();
}

/* What is a polynomial of the functions' span is found again, to the conditioning of the normal equations. */
static void exact_fit(void)
{
    struct oc_err err;
    struct oc_lsmfit_basis b;
    struct oc_lsmfit_rule rule[2];
    struct oc_lsmfit_given g = { .paths = MANY, .dates = 2, .state = state, .side = 1, .strike = 0, .discount = discount,
                                 .basis = &b };

    test_begin("sim_lsmfit a polynomial is found again");
    for (unsigned features = 1; features <= 2; features++)
        for (unsigned functions = 4; functions <= OC_LSMFIT_POWERS; functions += features == 1 ? 1 : 20) {
            CHECK(oc_lsmfit_basis(&b, features, functions, &err) == 0, "basis");
            for (size_t j = 0; j < MANY; j++) {
                const double x = 10 + 20 * fmod((double)j * 0.618, 1), y = fmod((double)j * 0.414, 1);
                state[j] = x;
                state[features * MANY + j] = 500 + 0.01 * x * x * x - 0.5 * x * x + (features > 1 ? 3 * y * x - y * y : 0);
                if (features > 1) {
                    state[MANY + j] = y;
                    state[3 * MANY + j] = y;
                }
            }
            oc_lsmfit_induct(&g, rule, cash);
            for (double x = 11; x < 29; x += 3) {
                const double y = 0.3, want = 500 + 0.01 * x * x * x - 0.5 * x * x + (features > 1 ? 3 * y * x - y * y : 0);
                const double have = worth(&b, &rule[0], x, y);
                CHECK(fabs(have - want) < 1e-11 * want, "%u features, %u functions, x %g: %.12f, not %.12f", features,
                      functions, x, have, want);
            }
        }
    test_end();
}

/* Functions that say the same twice, a feature that does not move, a date where nobody is in the money. */
static void poor_data(void)
{
    struct oc_err err;
    struct oc_lsmfit_basis b;
    struct oc_lsmfit_rule rule[2];
    struct oc_lsmfit_given g = { .paths = MANY, .dates = 2, .state = state, .side = 1, .strike = 0, .discount = discount,
                                 .basis = &b };
    double take, got, x = 12, y = 5;
    const double alive = 1, *const feature[] = { &x, &y };

    test_begin("sim_lsmfit poor data");
    CHECK(oc_lsmfit_basis(&b, 2, 4, &err) == 0, "basis");
    for (int how = 0; how < 3; how++) {
        for (size_t j = 0; j < MANY; j++) {
            state[j] = how == 2 ? 10 + (double)(j % 2) : 10 + (double)j / 100;
            state[MANY + j] = how == 0 ? 7 : state[j];
            state[2 * MANY + j] = 2 * state[j];
            state[3 * MANY + j] = 7;
        }
        oc_lsmfit_induct(&g, rule, cash);
        x = 10.5;
        y = how == 0 ? 7 : x;
        const double have = worth(&b, &rule[0], x, y);
        CHECK(fabs(have - 21) < 1e-9, "case %d: %.9f, not 21", how, have);
    }
    g.side = -1;            /* strike 0: no price is below it */
    oc_lsmfit_induct(&g, rule, cash);
    CHECK(rule[0].never && mean(MANY, cash) == 0, "nobody in the money");
    oc_lsmfit_decide(&(struct oc_lsmfit_date){ &b, &rule[0], 1, 0, 1 }, 1, feature, &alive, &take, &got);
    CHECK(take == 0, "a date without a fit is passed over");
    CHECK(oc_lsmfit_basis(&b, 1, 0, &err) && oc_lsmfit_basis(&b, 1, 13, &err) && oc_lsmfit_basis(&b, 0, 3, &err)
          && oc_lsmfit_basis(&b, 7, 3, &err), "what is no basis is refused");
    test_end();
}

static void same_bits(void)
{
    struct oc_err err;
    struct oc_lsmfit_basis b;
    struct oc_lsmfit_rule rule[2][DATES];
    struct oc_lsmfit_given g = { .dates = DATES, .state = state, .side = -1, .strike = 20, .discount = discount,
                                 .basis = &b };
    static double first[MANY];
    const enum oc_isa was = oc_isa();

    test_begin("sim_lsmfit the same bits from each instruction set");
    for (size_t j = 0; j < 2 * DATES * MANY; j++)
        state[j] = 10 + 20 * fmod((double)j * 0.7548776662466927, 1);
    for (size_t n = 1; n <= MANY; n = n * 3 + 1)
        for (unsigned features = 1; features <= 2; features++) {
            CHECK(oc_lsmfit_basis(&b, features, 5, &err) == 0, "basis");
            g.paths = n;
            bool have = false;
            for (int i = OC_ISA_AVX512; i <= OC_ISA_BASE; i++) {
                if (oc_isa_use((enum oc_isa)i))
                    continue;
                oc_lsmfit_induct(&g, rule[have], cash);
                if (!have)
                    memcpy(first, cash, n * sizeof *cash);
                CHECK(memcmp(first, cash, n * sizeof *cash) == 0, "%zu paths, %u features: cash differs in %s", n, features,
                      oc_isa_name((enum oc_isa)i));
                for (size_t d = 0; have && d < DATES; d++)
                    CHECK(memcmp(rule[0][d].coef, rule[1][d].coef, sizeof rule[0][d].coef) == 0, "coefficients differ in %s",
                          oc_isa_name((enum oc_isa)i));
                have = true;
            }
        }
    oc_isa_use(was);
    test_end();
}

int main(void)
{
    paper_example();
    exact_fit();
    poor_data();
    same_bits();
    return test_done();
}
