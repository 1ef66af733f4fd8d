/* early exercise by simulation: published values from below and from above, exact ones, delta, what is refused, same bits */
#include "sim/lsm.h"

#include "math/exp.h"
#include "math/isa.h"
#include "pricing/black.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DATES = 200 };

struct setting {
    struct oc_claim claim;
    struct oc_walk walk[5];
    size_t assets;
    double corr[25];
    double date[DATES];
    struct oc_mc_how how;
};

static bool full(void) { return getenv("OC_FULL") != NULL; }

/* dates evenly spaced, the last at expiry; the process by name, its first parameter par. */
static void set(struct setting *s, const char *process, double side, double spot, double strike, double years, double rate,
                double yield, double par, size_t dates)
{
    struct oc_err err;

    *s = (struct setting){ .assets = 1 };
    for (size_t d = 0; d < dates; d++)
        s->date[d] = d + 1 == dates ? years : years * (double)(d + 1) / (double)dates;
    s->claim = (struct oc_claim){ .pay = OC_PAY_VANILLA, .side = side, .strike = strike, .years = years, .rate = rate,
                                  .exercises = dates, .exercise = s->date };
    s->walk[0] = (struct oc_walk){ .spot = spot, .drift = rate - yield, .seed = 7 };
    CHECK(oc_process_find(process, &s->walk[0].process, &err) == 0, "%s: %s", process, err.text);
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        s->walk[0].par[i] = NAN;
    s->walk[0].par[0] = par;
    s->how = (struct oc_mc_how){ .paths = 65536, .variance = OC_VR_AUTO, .seed = 7, .threads = 1, .fit_paths = 65536,
                                 .basis = 7, .want = { [OC_PRICE] = true } };
}

static int run(const struct setting *s, struct oc_mc_value *v, struct oc_err *err)
{
    struct oc_lsm *m;
    const uint64_t blocks = oc_blocks_of(s->how.paths);
    const double *corr = s->assets > 1 ? s->corr : NULL;

    if (oc_lsm_open(&s->claim, s->assets, s->walk, corr, &s->how, &m, err))
        return -1;
    double *const f = calloc(blocks, oc_lsm_figures(m) * sizeof *f);
    const int rc = oc_lsm_blocks(m, s->how.paths, 0, blocks, f, err) || oc_lsm_value(m, s->how.paths, blocks, f, v, err) ? -1
        : 0;
    free(f);
    oc_lsm_close(m);
    return rc;
}

static struct oc_mc_value value(const struct setting *s)
{
    struct oc_mc_value v = { .upper = NAN };
    struct oc_err err = { 0 };

    CHECK(run(s, &v, &err) == 0, "%s", err.text);
    return v;
}

/*
 * Longstaff and Schwartz (2001), table 1, finite differences: put struck at 40, rate 6 %, 50 dates a year.  The tolerances
 * are those of the collection of references; at T = 2 and volatility 0.4 the table drifts towards continuous exercise. 
 * `exact`: the same Bermudan by repeated convolution with the Gaussian on 8,000 points, where done, to 1e-5.
 */
static const struct { double spot, years, vol, table, tolerance, exact; } table1[] = {
    { 36, 1, 0.2, 4.478, 0.002, 4.477811 }, { 36, 2, 0.2, 4.840, 0.002, NAN }, { 38, 1, 0.2, 3.250, 0.002, NAN },
    { 38, 2, 0.2, 3.745, 0.002, 3.744759 }, { 38, 1, 0.4, 6.148, 0.002, NAN }, { 38, 2, 0.4, 7.670, 0.006, 7.668027 },
    { 40, 1, 0.2, 2.314, 0.002, NAN }, { 40, 2, 0.2, 2.885, 0.002, NAN }, { 40, 1, 0.4, 5.312, 0.002, NAN },
    { 42, 2, 0.2, 2.212, 0.002, NAN }, { 44, 1, 0.2, 1.110, 0.002, NAN }, { 44, 2, 0.4, 5.647, 0.006, 5.641236 },
};

static void table_1(void)
{
    struct setting s;

    test_begin("sim_lsm table 1 of Longstaff and Schwartz, between both bounds");
    for (size_t i = 0; i < sizeof table1 / sizeof *table1; i++) {
        set(&s, "geometric_brownian", -1, table1[i].spot, 40, table1[i].years, 0.06, 0, table1[i].vol,
            (size_t)(50 * table1[i].years));
        s.how.fit_paths = 131072;
        s.how.basis = 8;
        s.how.dual_paths = full() ? 2048 : 64;
        s.how.dual_inner = full() ? 512 : 64;
        const struct oc_mc_value v = value(&s);
        const double low = v.value[OC_PRICE], error = v.error[OC_PRICE], high = v.upper;
        CHECK(fabs(low - table1[i].table) < table1[i].tolerance + 4 * error,
              "S %g T %g vol %g: %.4f +- %.4f, the table has %.3f", table1[i].spot, table1[i].years, table1[i].vol, low,
              error, table1[i].table);
        CHECK(error < 0.0016 && v.upper_error < 0.01, "standard errors %.5f, %.5f: the control does not work", error,
              v.upper_error);
        CHECK(high > table1[i].table - table1[i].tolerance - 4 * v.upper_error && high < table1[i].table + 0.04,
              "S %g T %g vol %g: upper bound %.4f +- %.4f, the table has %.3f", table1[i].spot, table1[i].years,
                  table1[i].vol, high, v.upper_error, table1[i].table);
        if (isnan(table1[i].exact))
            continue;
        CHECK(low - 4 * error < table1[i].exact && table1[i].exact < high + 4 * v.upper_error,
              "S %g T %g vol %g: exact %.5f is not within %.4f +- %.4f and %.4f +- %.4f", table1[i].spot, table1[i].years,
              table1[i].vol, table1[i].exact, low, error, high, v.upper_error);
    }
    test_end();
}

/*
 * Glasserman (2004), p. 462; Andersen and Broadie (2004), table 2: 13.90 for two assets at 100; the last one 0.7 cent high.
 */
static void max_call(void)
{
    struct setting s;
    static const struct { size_t assets; double value, tolerance; } row[] = { { 2, 13.902, 0.01 }, { 3, 18.69, 0.03 } };

    test_begin("sim_lsm the largest of several assets");
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        set(&s, "geometric_brownian", 1, 100, 100, 3, 0.05, 0.1, 0.2, 9);
        s.claim.pay = OC_PAY_BEST;
        s.assets = row[k].assets;
        for (size_t a = 0; a < s.assets; a++) {
            s.walk[a] = s.walk[0];
            s.corr[a * s.assets + a] = 1;
        }
        s.how.paths = full() ? 4 << 20 : 262144;
        s.how.fit_paths = full() ? 1 << 20 : 131072;
        s.how.basis = 6;
        s.how.dual_paths = full() ? 4096 : 512;
        s.how.dual_inner = full() ? 2048 : 256;
        const struct oc_mc_value v = value(&s);
        CHECK(v.value[OC_PRICE] < row[k].value + row[k].tolerance + 4 * v.error[OC_PRICE]
              && v.value[OC_PRICE] > row[k].value * 0.995 - 4 * v.error[OC_PRICE],
                  "%zu assets: %.4f +- %.4f, published %.3f", row[k].assets, v.value[OC_PRICE], v.error[OC_PRICE],
                  row[k].value);
        CHECK(v.error[OC_PRICE] < 0.005 * row[k].value && v.upper_error < 0.005 * row[k].value,
              "%zu assets: errors %.4f, %.4f", row[k].assets, v.error[OC_PRICE], v.upper_error);
        CHECK(v.upper > row[k].value - row[k].tolerance - 4 * v.upper_error
              && v.upper < row[k].value * 1.01 + 4 * v.upper_error, "%zu assets: upper bound %.4f +- %.4f, published %.3f",
              row[k].assets, v.upper, v.upper_error, row[k].value);
    }
    test_end();
}

/* Two assets that are one: their basket, the best and the worst of them are the single put of table 1. */
static void same_asset(void)
{
    static const enum oc_payoff pay[] = { OC_PAY_BASKET, OC_PAY_BEST, OC_PAY_WORST };
    static const double weight[2] = { 0.3, 0.7 };
    struct setting s;

    test_begin("sim_lsm two assets that are one");
    for (size_t k = 0; k < sizeof pay / sizeof *pay; k++) {
        set(&s, "geometric_brownian", -1, 36, 40, 1, 0.06, 0, 0.2, 50);
        s.claim.pay = pay[k];
        s.claim.weight = pay[k] == OC_PAY_BASKET ? weight : NULL;
        s.assets = 2;
        s.walk[1] = s.walk[0];
        for (size_t i = 0; i < 4; i++)
            s.corr[i] = 1;
        s.how.variance = OC_VR_ANTITHETIC;
        s.how.basis = 5;
        s.how.dual_paths = 32;
        s.how.dual_inner = 128;
        const struct oc_mc_value v = value(&s);
        CHECK(fabs(v.value[OC_PRICE] - 4.4778) < 0.004 + 4 * v.error[OC_PRICE], "pay-off %d: %.4f +- %.4f, not 4.4778",
              (int)pay[k], v.value[OC_PRICE], v.error[OC_PRICE]);
        CHECK(v.error[OC_PRICE] < 0.01 && v.upper_error < 0.04, "pay-off %d: errors %.4f, %.4f", (int)pay[k],
              v.error[OC_PRICE], v.upper_error);
        /* Noise of the inner walks lifts the bound, by less than 0.2 with so few. */
        CHECK(v.upper > 4.4778 - 4 * v.upper_error && v.upper < 4.4778 + 0.2 + 4 * v.upper_error,
              "pay-off %d: at most %.4f +- %.4f", (int)pay[k], v.upper, v.upper_error);
    }
    test_end();
}

static double black(const struct setting *s, double years)
{
    const double side = s->claim.side, spot = s->walk[0].spot, strike = s->claim.strike, rate = s->claim.rate;
    const double yield = rate - s->walk[0].drift, vol = s->walk[0].par[0];
    double price;
    unsigned char status;

    oc_black_price(&(struct oc_quotes){ .n = 1, .side = &side, .spot = &spot, .strike = &strike, .years = &years,
                                        .rate = &rate, .dividend_yield = &yield, .vol = &vol },
                                        &(struct oc_results){ .value = { [OC_PRICE] = &price }, .status = &status });
    return price;
}

/*
 * One date is a European option; a call without dividends is never exercised early; a right that is worth most now is used
 * now.
 */
static void limits(void)
{
    struct setting s;

    test_begin("sim_lsm limits that are known");
    set(&s, "geometric_brownian", -1, 36, 40, 1, 0.06, 0.02, 0.3, 1);
    s.how.variance = 0;
    struct oc_mc_value v = value(&s);
    CHECK(fabs(v.value[OC_PRICE] - black(&s, 1)) < 4 * v.error[OC_PRICE] && v.error[OC_PRICE] > 0.01,
          "one date: %.4f +- %.4f, Black %.4f", v.value[OC_PRICE], v.error[OC_PRICE], black(&s, 1));
    s.how.variance = OC_VR_ANTITHETIC;
    const double plain = v.error[OC_PRICE];
    v = value(&s);
    CHECK(fabs(v.value[OC_PRICE] - black(&s, 1)) < 4 * v.error[OC_PRICE] && v.error[OC_PRICE] < 0.7 * plain,
          "pairs: %.4f +- %.4f, Black %.4f", v.value[OC_PRICE], v.error[OC_PRICE], black(&s, 1));
    s.how.variance = OC_VR_CONTROL;
    v = value(&s);
    CHECK(fabs(v.value[OC_PRICE] - black(&s, 1)) < 1e-9, "with its own value as control: %.12f, Black %.12f",
          v.value[OC_PRICE], black(&s, 1));
    set(&s, "geometric_brownian", 1, 100, 100, 1, 0.05, 0, 0.2, 12);
    v = value(&s);
    CHECK(v.value[OC_PRICE] == black(&s, 1) && v.error[OC_PRICE] == 0, "call without dividends: %.12f, Black %.12f",
          v.value[OC_PRICE], black(&s, 1));
    /* little yield: no less than to wait; much: more */
    for (int i = 0; i < 2; i++) {
        set(&s, "geometric_brownian", 1, 100, 100, 1, 0.05, i ? 0.08 : 0.005, 0.3, 50);
        s.how.want[OC_DELTA] = true;
        v = value(&s);
        CHECK(v.value[OC_PRICE] >= black(&s, 1) + (i ? 0.3 : 0), "yield %g: %.4f, without the right %.4f",
              i ? 0.08 : 0.005, v.value[OC_PRICE], black(&s, 1));
        CHECK(v.value[OC_DELTA] > 0.5 && v.value[OC_DELTA] < 0.7, "delta %.4f", v.value[OC_DELTA]);
    }
    /* a rule that is worse than to wait, by far: volatility 3 and a regression of polynomials */
    set(&s, "geometric_brownian", 1, 100, 100, 1, 0.05, 0.05, 3, 50);
    v = value(&s);
    CHECK(v.status == OC_ROW_NO_CONVERGENCE, "a right is worth %.4f, without it %.4f", v.value[OC_PRICE], black(&s, 1));
    set(&s, "geometric_brownian", -1, 100, 100, 1, -0.01, 0.02, 0.2, 12);
    v = value(&s);
    CHECK(v.value[OC_PRICE] == black(&s, 1), "put of a rate below 0: %.12f, Black %.12f", v.value[OC_PRICE], black(&s, 1));
    set(&s, "geometric_brownian", -1, 20, 40, 1, 0.06, 0, 0.2, 10);
    s.date[0] = 0;
    s.how.want[OC_DELTA] = true;
    s.how.dual_paths = 64;
    v = value(&s);
    CHECK(v.value[OC_PRICE] == 20 && v.error[OC_PRICE] == 0 && v.value[OC_DELTA] == -1 && v.upper == 20,
          "deep in the money now: %.4f +- %.4f, delta %.4f, at most %.4f", v.value[OC_PRICE], v.error[OC_PRICE],
              v.value[OC_DELTA], v.upper);
    test_end();
}

/* Central difference of the exact Bermudan (see table1); the rule's shortfall moves it by some 1e-3. */
static void delta(void)
{
    struct setting s;

    test_begin("sim_lsm delta");
    set(&s, "geometric_brownian", -1, 36, 40, 1, 0.06, 0, 0.2, 50);
    s.how.want[OC_DELTA] = true;
    struct oc_mc_value v = value(&s);
    CHECK(fabs(v.value[OC_DELTA] + 0.69585) < 0.002 + 4 * v.error[OC_DELTA] && v.error[OC_DELTA] < 0.002, "%.5f +- %.5f",
          v.value[OC_DELTA], v.error[OC_DELTA]);
    set(&s, "geometric_brownian", -1, 38, 40, 1, 0.06, 0, 0.4, 50);
    s.how.want[OC_DELTA] = true;
    v = value(&s);
    CHECK(fabs(v.value[OC_DELTA] + 0.44630) < 0.002 + 4 * v.error[OC_DELTA] && v.error[OC_DELTA] < 0.002,
          "%.5f +- %.5f", v.value[OC_DELTA], v.error[OC_DELTA]);
    test_end();
}

/* Volatility that moves: the bracket closes, and lies above the European value from the same paths. */
static void heston(void)
{
    struct setting s;

    test_begin("sim_lsm heston");
    set(&s, "heston", -1, 10, 10, 0.25, 0.1, 0, NAN, 10);
    const struct oc_process *p = s.walk[0].process;
    static const struct { const char *name; double value; } par[] = {    /* Ikonen and Toivanen (2004); S 10: 0.5200 */
        { "v0", 0.0625 }, { "kappa", 5 }, { "theta", 0.16 }, { "xi", 0.9 }, { "rho", 0.1 }
    };
    for (size_t i = 0; i < sizeof par / sizeof *par; i++) {
        const int k = oc_param_find(p->param, par[i].name, strlen(par[i].name));
        CHECK(k >= 0, "heston has no %s", par[i].name);
        if (k >= 0)
            s.walk[0].par[k] = par[i].value;
    }
    s.how.max_dt = 1.0 / 160;
    s.how.basis = 5;
    s.how.paths = 262144;
    s.how.variance = OC_VR_ANTITHETIC | OC_VR_AUTO;
    s.how.dual_paths = 256;
    s.how.dual_inner = 512;
    const struct oc_mc_value v = value(&s);
    /* 0.5200 is the American value; ten dates give less, by some half a cent at most. */
    CHECK(v.value[OC_PRICE] < 0.5200 + 4 * v.error[OC_PRICE] && v.value[OC_PRICE] > 0.513, "%.5f +- %.5f, American 0.5200",
          v.value[OC_PRICE], v.error[OC_PRICE]);
    CHECK(v.error[OC_PRICE] < 0.002 && v.upper_error < 0.002, "errors %.5f, %.5f", v.error[OC_PRICE], v.upper_error);
    CHECK(v.upper > v.value[OC_PRICE] - 4 * v.upper_error && v.upper < v.value[OC_PRICE] * 1.01 + 4 * v.upper_error,
          "%.5f to %.5f +- %.5f", v.value[OC_PRICE], v.upper, v.upper_error);
    test_end();
}

static void refuse(const struct setting *s, const char *word)
{
    struct oc_mc_value v;
    struct oc_err err = { 0 };

    CHECK(run(s, &v, &err) == -1 && strstr(err.text, word), "'%s' is not refused: '%s'", word, err.text);
}

static void refused(void)
{
    struct setting s;

    test_begin("sim_lsm what is refused");
    set(&s, "geometric_brownian", -1, 36, 40, 1, 0.06, 0, 0.2, 10);
    s.claim.pay = OC_PAY_ASIAN;
    refuse(&s, "vanilla, basket");
    set(&s, "geometric_brownian", -1, 36, 40, 1, 0.06, 0, 0.2, 10);
    s.how.fit_paths = (uint64_t)1 << 40;
    refuse(&s, "MiB");
    s.how.fit_paths = 1000;
    s.how.want[OC_VEGA] = true;
    refuse(&s, "vega");
    s.how.want[OC_VEGA] = false;
    s.how.from = OC_DRAWS_SOBOL;
    refuse(&s, "pseudo-random");
    s.how.from = OC_DRAWS_BOX_MULLER;
    s.how.variance = OC_VR_ANTITHETIC;
    s.how.paths = 1001;
    refuse(&s, "odd");
    s.how.paths = 1000;
    s.how.dual_paths = 1000;
    refuse(&s, "28673 paths at least");
    s.how.dual_paths = 0;
    s.how.basis = 13;
    refuse(&s, "basis functions");
    s.how.basis = 3;
    s.date[3] = s.date[5];
    refuse(&s, "ascend");
    set(&s, "geometric_brownian", -1, 36, 40, 1, 0.06, 0, 0.2, 10);
    s.claim.years = 2;
    refuse(&s, "is not the expiry");
    set(&s, "geometric_brownian", -1, 36, 40, 1, 0.06, 0, -0.2, 10);
    refuse(&s, "volatility");
    test_end();
}

/* The figures of a run: by one thread or two, in parts, and by each instruction set. */
static void same_bits(void)
{
    struct setting s;
    struct oc_lsm *m;
    struct oc_err err = { 0 };
    static double one[8 * 32], other[8 * 32];
    const enum oc_isa was = oc_isa();

    test_begin("sim_lsm the same bits for threads, parts, instruction sets");
    set(&s, "geometric_brownian", -1, 36, 40, 1, 0.06, 0, 0.2, 12);
    s.how.paths = 3 * OC_BLOCK + 1000;
    s.how.fit_paths = 5000;
    s.how.dual_paths = 40;
    s.how.dual_inner = 32;
    s.how.want[OC_DELTA] = true;
    const uint64_t blocks = oc_blocks_of(s.how.paths);
    size_t k = 0;
    for (int i = OC_ISA_AVX512; i <= OC_ISA_BASE; i++)
        for (unsigned threads = 1; threads <= 2; threads++) {
            if (oc_isa_use((enum oc_isa)i))
                continue;
            s.how.threads = threads;
            if (oc_lsm_open(&s.claim, 1, s.walk, NULL, &s.how, &m, &err)) {
                CHECK(false, "%s", err.text);
                continue;
            }
            k = oc_lsm_figures(m);
            double *const f = one[0] == 0 ? one : other;
            int rc = oc_lsm_blocks(m, s.how.paths, 3, 4, f + 3 * k, &err);
            rc |= oc_lsm_blocks(m, s.how.paths, 0, 2, f, &err);
            rc |= oc_lsm_blocks(m, s.how.paths, 2, 3, f + 2 * k, &err);
            CHECK(rc == 0, "%s", err.text);
            CHECK(f == one || memcmp(one, other, blocks * k * sizeof *one) == 0, "figures differ in %s with %u threads",
                  oc_isa_name((enum oc_isa)i), threads);
            oc_lsm_close(m);
        }
    oc_isa_use(was);
    test_end();
}

/* The job's seed is that of jumps too, whatever the walk's was; and another one gives other paths. */
static void jumps(void)
{
    struct setting s, other;

    test_begin("lsm seeds of jumps");
    set(&s, "merton", -1, 100, 90, 1, 0.03, 0, 0.1, 4);
    for (size_t i = 0; i < 4; i++) {
        static const char *const name[] = { "volatility", "intensity", "jump_mean", "jump_volatility" };
        static const double par[] = { 0.1, 1, -0.2, 0.2 };
        s.walk[0].par[oc_param_find(s.walk[0].process->param, name[i], strlen(name[i]))] = par[i];
    }
    s.how.paths = s.how.fit_paths = 8192;
    const double price = value(&s).value[OC_PRICE];
    other = s;
    other.claim.exercise = other.date;
    other.walk[0].seed++;
    CHECK(value(&other).value[OC_PRICE] == price, "the walk's own seed moves %.17g", price);
    other.how.seed++;
    CHECK(value(&other).value[OC_PRICE] != price, "the job's seed leaves %.17g", price);
    test_end();
}

int main(void)
{
    table_1();
    max_call();
    same_asset();
    limits();
    delta();
    heston();
    refused();
    same_bits();
    jumps();
    return test_done();
}
