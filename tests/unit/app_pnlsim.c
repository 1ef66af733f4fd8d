/* a book at a horizon, where the answer is known: one lognormal walk, options revalued at its own volatility */
#include "app/pnlsim.h"

#include "math/exp.h"
#include "math/isa.h"
#include "math/log.h"
#include "math/norm.h"
#include "pricing/black.h"
#include "risk/tail.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PATHS = 100000 };

static const double spot = 100, vol = 0.25, drift = 0.08, rate = 0.03, yield = 0.01, horizon = 0.1;

static const struct oc_leg named = { .id = "leg" };
static double profit[4][PATHS];
static double touched[4], touched_error[4];

static struct oc_bookleg option(double side, double strike, double years, double units)
{
    static double k[2] = { -0.5, 0.5 }, v[2] = { 0.25, 0.25 };

    return (struct oc_bookleg){ .leg = &named, .units = units, .side = side, .strike = strike, .years = years, .rate = rate,
                                .yield = yield, .iv = vol, .nsmile = 2, .k = k, .vol = v };
}

static double black(double side, double s, double strike, double years, double r, double q)
{
    double price;
    unsigned char status;

    oc_black_price(&(struct oc_quotes){ .n = 1, .side = &side, .spot = &s, .strike = &strike, .years = &years, .rate = &r,
                                        .dividend_yield = &q, .vol = &vol },
                   &(struct oc_results){ .value = { [OC_PRICE] = &price }, .status = &status });
    return price;
}

/* Profits by leg and path, and chances of a touch, of a book on one walk. */
static void run(size_t n, const struct oc_bookleg *leg, const char *process, bool by_delta, bool antithetic,
                unsigned threads)
{
    struct oc_err err = { 0 };
    struct oc_walk walk = { .spot = spot, .drift = drift, .seed = 3 };
    struct oc_pnlsim s = { .n = n, .leg = leg, .by_delta = by_delta, .horizon = horizon, .threads = threads };
    const uint64_t blocks = oc_blocks_of(PATHS);

    CHECK(oc_process_find(process, &walk.process, &err) == 0, "%s", err.text);
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        walk.par[i] = NAN;
    if (strcmp(process, "geometric_brownian") == 0)
        walk.par[0] = vol;
    static const struct { const char *name; double value; } par[] = {
        { "v0", 0.0625 }, { "kappa", 2 }, { "theta", 0.05 }, { "xi", 0.6 }, { "rho", -0.5 }
    };
    for (size_t i = 0; i < sizeof par / sizeof *par && strcmp(process, "heston") == 0; i++)
        walk.par[oc_param_find(walk.process->param, par[i].name, strlen(par[i].name))] = par[i].value;
    if (oc_pnlsim_open(&s, 1, &walk, NULL, antithetic, 3, 0, &err)) {
        CHECK(false, "%s", err.text);
        oc_pnlsim_close(&s);
        return;
    }
    const size_t k = oc_pnlsim_figures(&s);
    double *f = calloc(blocks * k, sizeof *f), *t = calloc(k, sizeof *t);
    CHECK(oc_pnlsim_blocks(&s, PATHS, 0, blocks, f, &err) == 0, "%s", err.text);
    oc_blocks_total(blocks, k, f, t);
    for (size_t i = 0; i < n; i++) {
        const double *c = t + n * OC_BLOCK + 3 * i;
        touched[i] = c[1] / c[0];
        touched_error[i] = sqrt((c[2] - c[1] * c[1] / c[0]) / c[0] / c[0]);
        for (size_t j = 0; j < PATHS; j++)
            profit[i][j] = f[j / OC_BLOCK * k + i * OC_BLOCK + j % OC_BLOCK];
    }
    oc_pnlsim_close(&s);
    free(f);
    free(t);
}

/* The price at the horizon whose standard normal is z. */
static double price_at(double z) { return spot * oc_exp((drift - vol * vol / 2) * horizon + vol * sqrt(horizon) * z); }

/*
 * Options that end at the horizon or live on have the mean of a lognormal price that drifts to the horizon as told and at
 * rate - yield from there on.
 */
static void means(void)
{
    struct oc_bookleg leg[4] = { option(1, 105, 0.5, 10), option(-1, 98, 0.1, -5), option(-1, 101, 0.04, 3),
                                 { .leg = &named, .units = 2, .entry = 99 } };
    double error;

    test_begin("app_pnlsim means");
    leg[0].entry = 4;
    for (int pairs = 0; pairs < 2; pairs++) {
        run(4, leg, "geometric_brownian", false, pairs, 1);
        for (int i = 0; i < 3; i++) {
            const double T = leg[i].years, h = T < horizon ? T : horizon, left = T - h;
            const double grown = spot * oc_exp(drift * h + (rate - yield) * left);   /* forward under both drifts */
            const double want = leg[i].units * (black(leg[i].side, grown, leg[i].strike, T, 0, 0) * oc_exp(-rate * left)
                                                - leg[i].entry);
            const double have = oc_tail_mean(PATHS, profit[i], pairs, &error);
            CHECK(fabs(have - want) < 4 * error && error > 0, "leg %d: %.5f +- %.5f, not %.5f", i, have, error, want);
        }
        const double have = oc_tail_mean(PATHS, profit[3], pairs, &error), want = 2 * (spot * oc_exp(drift * horizon) - 99);
        CHECK(fabs(have - want) < 4 * error, "the underlying: %.5f +- %.5f, not %.5f", have, error, want);
    }
    test_end();
}

/* A call is worth more the higher the price: its quantiles are its values at the price's, and ES is their mean. */
static void quantiles(void)
{
    struct oc_err err;
    const struct oc_bookleg leg[2] = { option(1, 100, 0.3, 1), option(1, 100, 0.3, -1) };
    static const double level[] = { 0.01, 0.25, 0.5, 0.95 };
    struct oc_tail t;
    double low, high, error;

    test_begin("app_pnlsim quantiles, VaR and ES of a call, long and short");
    for (int pairs = 0; pairs < 2; pairs++) {
        run(2, leg, "geometric_brownian", true, pairs, 2);
        CHECK(oc_tail_open(&t, PATHS, profit[0], pairs, &err) == 0, "%s", err.text);
        for (size_t i = 0; i < sizeof level / sizeof *level; i++) {
            const double want = black(1, price_at(oc_norm_icdf(level[i])), 100, 0.3 - horizon, rate, yield);
            const double have = oc_tail_quantile(&t, level[i], 4, &low, &high);
            CHECK(low <= want && want <= high && high - low < 0.7, "level %g: %.4f in %.4f, %.4f; exact %.4f", level[i],
                  have, low, high, want);
        }
        oc_tail_close(&t);
        /* Short: the loss is the call's value, so ES is the mean of its values over the best prices. */
        double es = 0;
        for (int i = 0; i < 4000; i++)
            es += black(1, price_at(oc_norm_icdf(0.95 + 0.05 * (i + 0.5) / 4000)), 100, 0.3 - horizon, rate, yield) / 4000;
        CHECK(oc_tail_open(&t, PATHS, profit[1], pairs, &err) == 0, "%s", err.text);
        const double have = oc_tail_shortfall(&t, 0.95, &error);
        CHECK(fabs(have - es) < 4 * error && error < 0.1, "ES %.4f +- %.4f, not %.4f", have, error, es);
        oc_tail_close(&t);
    }
    test_end();
}

/* Chance that a Brownian motion with drift reaches b != 0 within the time. */
static double reach(double b, double years)
{
    const double nu = drift - vol * vol / 2, s = vol * sqrt(years), sign = b > 0 ? 1 : -1;

    return oc_norm_cdf((-sign * b + sign * nu * years) / s)
           + oc_exp(2 * nu * b / (vol * vol)) * oc_norm_cdf((-sign * b - sign * nu * years) / s);
}

/* The bridge makes one step as good as many; a leg that expires earlier is watched until then. */
static void touches(void)
{
    const struct oc_bookleg leg[4] = { option(1, 108, 0.5, 1), option(-1, 93, 0.3, 1), option(1, 104, 0.03, 1),
                                       option(1, 100, 1, 1) };

    test_begin("app_pnlsim chances of a touch");
    run(4, leg, "geometric_brownian", false, false, 1);
    for (int i = 0; i < 3; i++) {
        const double want = reach(oc_log(leg[i].strike / spot), leg[i].years < horizon ? leg[i].years : horizon);
        CHECK(fabs(touched[i] - want) < 4 * touched_error[i] && touched_error[i] < 0.002,
              "strike %g: %.5f +- %.5f, not %.5f", leg[i].strike, touched[i], touched_error[i], want);
    }
    CHECK(touched[3] == 1, "a strike at the price is touched: %g", touched[3]);
    test_end();
}

/* With one volatility at all strikes sticking to strikes or to deltas is the same, to the rounding of the interpolation. */
static void sticking(void)
{
    static double before[PATHS];
    const struct oc_bookleg leg[1] = { option(-1, 97, 0.4, 100) };
    double most = 0, error;

    test_begin("app_pnlsim volatility that moves with the walk");
    run(1, leg, "heston", false, false, 1);
    memcpy(before, profit[0], sizeof before);
    run(1, leg, "heston", true, false, 1);
    for (size_t j = 0; j < PATHS; j++)
        most = fmax(most, fabs(profit[0][j] - before[j]));
    CHECK(most < 1e-10, "flat smile: %g apart", most);
    /*
     * Variance falls towards theta in the mean, and the put with it: below what an unmoved volatility makes of these prices.
     */
    run(1, leg, "geometric_brownian", false, false, 1);
    CHECK(oc_tail_mean(PATHS, before, false, &error) < oc_tail_mean(PATHS, profit[0], false, &error),
          "volatility does not move");
    test_end();
}

static void same_bits(void)
{
    static double first[PATHS];
    const struct oc_bookleg leg[2] = { option(-1, 97, 0.05, 1), option(1, 103, 0.4, -2) };
    const enum oc_isa was = oc_isa();
    bool have = false;

    test_begin("app_pnlsim the same bits for threads and instruction sets");
    for (int i = OC_ISA_AVX512; i <= OC_ISA_BASE; i++)
        for (unsigned threads = 1; threads <= 2 && oc_isa_use((enum oc_isa)i) == 0; threads++) {
            run(2, leg, "heston", true, true, threads);
            if (!have)
                memcpy(first, profit[1], sizeof first);
            CHECK(memcmp(first, profit[1], sizeof first) == 0, "%s, %u threads", oc_isa_name((enum oc_isa)i), threads);
            have = true;
            if (i == OC_ISA_BASE)
                break;
        }
    oc_isa_use(was);
    test_end();
}

int main(void)
{
    means();
    quantiles();
    touches();
    sticking();
    same_bits();
    return test_done();
}
