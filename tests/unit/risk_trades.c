/*
 * risk_trades - trading rules, performance and resampling against what can be known: hand-made accounts, all orders of a small
 * log, the gambler's ruin, counts of a bootstrap.
 */
#include "math/philox.h"
#include "risk/perf.h"
#include "risk/resample.h"
#include "sim/process.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- rules by hand ------------------------------------------------------------------------------------------------ */

/* The verdict on returns by day; *k: trades until then. */
static enum oc_verdict judge(const struct oc_rules *r, size_t n, const double *ret, const int *day, struct oc_account *a, size_t *k)
{
    enum oc_verdict v = OC_GOES_ON;

    oc_rules_start(a);
    for (*k = 0; *k < n && v == OC_GOES_ON; (*k)++)
        v = oc_rules_trade(r, a, ret[*k], day[*k], NAN);
    return v == OC_GOES_ON ? oc_rules_end(r, a) : v;
}

static void rules(void)
{
    const double ret[] = { 0.10, -0.05, 0.08, -0.09, 0.20 };
    const int day[] = { 1, 1, 2, 2, 3 };
    struct oc_account a;
    size_t k;

    /* balances 1.1, 1.045, 1.1286, 1.027026, 1.2324312; ends of days 1.045, 1.027026, 1.2324312 */
    const struct { const char *what; struct oc_rules r; enum oc_verdict v; enum oc_breach by; size_t k; } cases[] = {
        { "trailing intraday: 1.1286 to 1.027 is 9 %", { .profit_target = NAN, .max_drawdown = 0.0899, .max_daily_loss = NAN,
          .max_risk = NAN, .consistency = NAN, .trailing = true }, OC_FAILED, OC_BREACH_MAX_DRAWDOWN, 4 },
        { "trailing by day: 1.045 to 1.027 is 1.7 %", { .profit_target = NAN, .max_drawdown = 0.0899, .max_daily_loss = NAN,
          .max_risk = NAN, .consistency = NAN, .trailing = true, .eod = true }, OC_PASSED, OC_BREACH_NONE, 5 },
        { "trailing by day at 1.7 %, found on the next trade", { .profit_target = NAN, .max_drawdown = 0.017, .max_daily_loss = NAN,
          .max_risk = NAN, .consistency = NAN, .trailing = true, .eod = true }, OC_FAILED, OC_BREACH_MAX_DRAWDOWN, 5 },
        { "static: never below 1", { .profit_target = NAN, .max_drawdown = 0.0001, .max_daily_loss = NAN, .max_risk = NAN,
          .consistency = NAN }, OC_PASSED, OC_BREACH_NONE, 5 },
        { "daily loss: 1.045 to 1.027 on day 2", { .profit_target = NAN, .max_drawdown = NAN, .max_daily_loss = 0.017,
          .max_risk = NAN, .consistency = NAN }, OC_FAILED, OC_BREACH_MAX_DAILY_LOSS, 4 },
        { "target of 10 % on the first trade", { .profit_target = 0.0999, .max_drawdown = NAN, .max_daily_loss = NAN,
          .max_risk = NAN, .consistency = NAN }, OC_PASSED, OC_BREACH_NONE, 1 },
        { "target with three trades", { .profit_target = 0.0999, .max_drawdown = NAN, .max_daily_loss = NAN, .max_risk = NAN,
          .consistency = NAN, .min_trades = 3 }, OC_PASSED, OC_BREACH_NONE, 3 },
        { "target with three days", { .profit_target = 0.0999, .max_drawdown = NAN, .max_daily_loss = NAN, .max_risk = NAN,
          .consistency = NAN, .min_days = 3 }, OC_PASSED, OC_BREACH_NONE, 5 },
        { "consistency: the last day made more than half", { .profit_target = 0.2, .max_drawdown = NAN, .max_daily_loss = NAN,
          .max_risk = NAN, .consistency = 0.5 }, OC_GOES_ON, OC_BREACH_NONE, 5 },
        { "target not reached", { .profit_target = 0.5, .max_drawdown = NAN, .max_daily_loss = NAN, .max_risk = NAN,
          .consistency = NAN }, OC_GOES_ON, OC_BREACH_NONE, 5 },
        { "two days allowed", { .profit_target = 0.5, .max_drawdown = NAN, .max_daily_loss = NAN, .max_risk = NAN,
          .consistency = NAN, .max_days = 2 }, OC_FAILED, OC_BREACH_MAX_DAYS, 5 },
    };

    test_begin("rules: an account by hand");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const enum oc_verdict v = judge(&cases[i].r, 5, ret, day, &a, &k);
        CHECK(v == cases[i].v && a.failed == cases[i].by && k == cases[i].k, "%s: verdict %d by %s after %zu", cases[i].what, v,
              oc_rules_name(a.failed), k);
    }
    test_end();
}

/* A loss of exactly the limit, computed from money, is the limit whatever comes before it. */
static void thresholds(void)
{
    const double before[] = { 10000, 10001, 9999.99, 12345.67, 33333.33, 50007.77 };
    struct oc_account a;
    size_t k;

    test_begin("rules: a limit is reached, whatever rounding says");
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        const struct oc_rules r = { .profit_target = NAN, .max_drawdown = 0.03, .max_daily_loss = NAN, .max_risk = NAN,
                                    .consistency = NAN, .trailing = true };
        const double up = before[i] / 10000 - 1, ret[] = { up, -0.03 };
        const int day[] = { 1, 1 };
        CHECK(judge(&r, 2, ret, day, &a, &k) == OC_FAILED, "3 %% of %g", before[i]);
        const struct oc_rules t = { .profit_target = 0.03, .max_drawdown = NAN, .max_daily_loss = NAN, .max_risk = NAN,
                                    .consistency = NAN };
        const double to[] = { up, 1.03 / (1 + up) - 1 };
        CHECK(judge(&t, 2, to, day, &a, &k) == OC_PASSED, "3 %% up by way of %g", before[i]);
    }
    test_end();
}

static void texts(void)
{
    struct oc_rules r = OC_RULES_NONE;
    struct oc_err err = { 0 };
    const char good[] = "# an account\n max_drawdown = 5% # trailing\r\n\ndrawdown_from=trailing\nmin_trades = 30\n";

    test_begin("rules: files");
    CHECK(oc_rules_read(&r, "x.rules", good, sizeof good - 1, &err) == 0, "%s", err.text);
    CHECK(r.max_drawdown == 0.05 && r.trailing && r.min_trades == 30 && isnan(r.profit_target), "%g", r.max_drawdown);
    const char *const bad[] = { "max_drawdwn = 5%\n", "max_drawdown 5%\n", "min_trades = -3\n", "max_drawdown = 5 %%\n",
                                "drawdown_at = noon\n", "max_risk = nan\n", "max_drawdown = \n" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        err = (struct oc_err){ 0 };
        CHECK(oc_rules_read(&r, "x.rules", bad[i], strlen(bad[i]), &err) && err.code == OC_FORMAT && err.line == 1,
              "'%s' was read", bad[i]);
    }
    r.max_drawdown = 1.5;
    CHECK(oc_rules_check(&r, &err) && err.code == OC_USAGE, "a drawdown of 150 %% was taken");
    test_end();
}

/* ---- resampling --------------------------------------------------------------------------------------------------- */

static int64_t days[64];

static struct oc_tradelog log_of(size_t n, double *ret, double *risk)
{
    for (size_t i = 0; i < n; i++) {
        days[i] = (int64_t)i;
        risk[i] = NAN;
    }
    return (struct oc_tradelog){ .n = n, .ret = ret, .risk = risk, .day = days, .years = 1 };
}

static double share(const struct oc_resample *r, uint64_t paths, int figure, double at_least, enum oc_verdict v)
{
    double *f = malloc(paths * OC_PATH_FIGURES * sizeof *f);
    struct oc_err err = { 0 };
    uint64_t k = 0;

    CHECK(f && oc_resample_check(r, &err) == 0 && oc_resample_paths(r, 0, paths, f, &err) == 0, "%s", err.text);
    for (uint64_t i = 0; i < paths; i++) {
        const double *p = f + i * OC_PATH_FIGURES;
        k += figure >= 0 ? p[figure] >= at_least : (int)p[OC_PATH_OUTCOME] % 8 == (int)v;
    }
    free(f);
    return (double)k / (double)paths;
}

static double drawdown(const int *order, const double *ret, size_t n)
{
    struct oc_perf p = OC_PERF_START;

    for (size_t i = 0; i < n; i++)
        oc_perf_add(&p, ret[order[i]]);
    return p.max_drawdown;
}

/* Every order of the n trades: how many have a drawdown of at least `limit`. */
static void count_orders(int *order, size_t k, size_t n, const double *ret, double limit, uint64_t *all, uint64_t *hit)
{
    if (k == n) {
        ++*all;
        *hit += drawdown(order, ret, n) >= limit;
        return;
    }
    for (size_t i = k; i < n; i++) {
        const int t = order[k];
        order[k] = order[i];
        order[i] = t;
        count_orders(order, k + 1, n, ret, limit, all, hit);
        order[i] = order[k];
        order[k] = t;
    }
}

/* 4 standard errors of a share p of n. */
static double four(double p, double n) { return 4 * sqrt(p * (1 - p) / n); }

static void permutations(void)
{
    double ret[7] = { 0.1, -0.06, 0.03, -0.11, 0.07, -0.02, 0.04 }, risk[7];
    int order[7] = { 0, 1, 2, 3, 4, 5, 6 };
    const struct oc_tradelog log = log_of(7, ret, risk);
    uint64_t all = 0, hit = 0;
    const double limit = 0.12, paths = 200000;
    const struct oc_resample r = { .log = &log, .how = OC_PERMUTATION, .trades = 7, .ruin = limit, .seed = 3 };

    test_begin("resample: permutations have the drawdowns of all 5,040 orders");
    count_orders(order, 0, 7, ret, limit, &all, &hit);
    const double want = (double)hit / (double)all, got = share(&r, (uint64_t)paths, OC_PATH_DRAWDOWN, limit, 0);
    CHECK(all == 5040 && hit > 500 && fabs(got - want) < four(want, paths), "%g of %llu orders, %g of the paths", want,
          (unsigned long long)all, got);
    test_end();
}

/*
 * Steps of +-1 % of the starting balance cannot be had from compounded returns, but steps of log balance can: +d and
 * -d with equal chance.  From 0 the walk reaches log(1 + target) = a d before -b d with probability b / (a + b).
 */
static void gambler(void)
{
    const double d = 0.01, up = expm1(d), down = expm1(-d);
    double ret[2] = { up, down }, risk[2];
    const struct oc_tradelog log = log_of(2, ret, risk);
    struct oc_rules rules = OC_RULES_NONE;
    const double paths = 40000, want = 5.0 / 15.0;      /* target 10 steps up, limit 5 steps down */
    rules.profit_target = expm1(9.5 * d);               /* half a step aside: rounding cannot decide */
    rules.max_drawdown = -expm1(-4.5 * d);
    const struct oc_resample r = { .log = &log, .rules = &rules, .how = OC_BOOTSTRAP, .trades = 2000, .ruin = NAN, .seed = 9 };

    test_begin("resample: a fair walk passes as the gambler does");
    const double pass = share(&r, (uint64_t)paths, -1, 0, OC_PASSED), fail = share(&r, (uint64_t)paths, -1, 0, OC_FAILED);
    CHECK(fabs(pass - want) < four(want, paths), "passed %g, expected %g", pass, want);
    CHECK(pass + fail == 1, "%g of the paths are open after 2,000 trades", 1 - pass - fail);
    test_end();
}

/* Figures of a path do not depend on where a range is cut, and a block of trades follows the log. */
static void ranges(void)
{
    double ret[64], risk[64], *a, *b;
    struct oc_err err = { 0 };
    enum { PATHS = 300 };

    for (int i = 0; i < 64; i++)
        ret[i] = 0.01 * oc_philox_normal_at(5, 1, 0, (uint64_t)i);
    const struct oc_tradelog log = log_of(64, ret, risk);
    a = malloc(PATHS * OC_PATH_FIGURES * sizeof *a);
    b = malloc(PATHS * OC_PATH_FIGURES * sizeof *b);
    test_begin("resample: the same path in any range");
    for (int how = OC_PERMUTATION; how <= OC_BLOCKS; how++) {
        const struct oc_resample r = { .log = &log, .how = (enum oc_resample_how)how, .block = 8, .trades = 64, .ruin = 0.1, .seed = 4 };
        CHECK(oc_resample_paths(&r, 0, PATHS, a, &err) == 0, "%s", err.text);
        for (size_t from = 0, n; from < PATHS; from += n) {
            n = 1 + from % 97 < PATHS - from ? 1 + from % 97 : PATHS - from;
            CHECK(oc_resample_paths(&r, from, n, b + from * OC_PATH_FIGURES, &err) == 0, "%s", err.text);
        }
        CHECK(memcmp(a, b, PATHS * OC_PATH_FIGURES * sizeof *a) == 0, "method %d", how);
    }
    free(a);
    free(b);
    test_end();
}

/* The variance of the sum of n draws is n times the long-run variance that the blocks keep: computed from the log's circular covariances. */
static void stationary_variance(void)
{
    enum { N = 40, PATHS = 100000 };
    double ret[N], risk[N], want = 0, mean = 0, sum = 0, square = 0;
    const double block = 5, p = 1 / block;
    double *f = malloc((size_t)PATHS * OC_PATH_FIGURES * sizeof *f);
    struct oc_err err = { 0 };

    for (int i = 0; i < N; i++)
        ret[i] = 1e-5 * sin(i * 0.7) + 1e-6 * (i % 3);     /* so small that 1 + r compounds like a sum */
    const struct oc_tradelog log = log_of(N, ret, risk);
    const struct oc_resample r = { .log = &log, .how = OC_STATIONARY, .block = block, .trades = N, .ruin = NAN, .seed = 8 };
    for (int i = 0; i < N; i++)
        mean += ret[i] / N;
    for (int lag = 0; lag < N; lag++) {                     /* Politis and Romano (1994), their b_m(i) for the circular scheme */
        double c = 0;
        for (int i = 0; i < N; i++)
            c += (ret[i] - mean) * (ret[(i + lag) % N] - mean) / N;
        want += (lag ? 2 : 1) * (N - lag) * pow(1 - p, lag) * c;
    }
    test_begin("resample: the stationary bootstrap keeps the covariances that its block length says");
    CHECK(oc_resample_paths(&r, 0, PATHS, f, &err) == 0, "%s", err.text);
    for (int i = 0; i < PATHS; i++) {
        const double x = f[(size_t)i * OC_PATH_FIGURES + OC_PATH_RETURN];
        sum += x / PATHS;
        square += x * x / PATHS;
    }
    const double got = square - sum * sum;
    /* the variance of a variance of nearly normal figures is 2 v^2 / n; compounding adds less than 1e-3 of it */
    CHECK(fabs(got / want - 1) < 4 * sqrt(2.0 / PATHS) + 2e-3, "variance %g, expected %g", got, want);
    CHECK(fabs(sum / (N * mean) - 1) < 4 * sqrt(want / PATHS) / (N * mean) + 1e-3, "mean %g, expected %g", sum, N * mean);
    free(f);
    test_end();
}

static void figures(void)
{
    struct oc_perf p = OC_PERF_START;
    const double ret[] = { 0.1, -0.05, 0.02, -0.01, -0.02, 0.03 };
    const double sorted[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
    double low, high;

    test_begin("perf: ratios and intervals by hand");
    for (int i = 0; i < 6; i++)
        oc_perf_add(&p, ret[i]);
    /* mean 0.07/6; deviations squared sum 0.0143 - 6 mean^2; balances 1.1 1.045 1.0659 1.055241 1.03413618 1.0651602654 */
    const double mean = 0.07 / 6, sd = sqrt((0.0143 - 6 * mean * mean) / 5);
    CHECK(fabs(oc_perf_sharpe(&p, 0.5) / (mean / sd * sqrt(12)) - 1) < 1e-12, "sharpe %g", oc_perf_sharpe(&p, 0.5));
    CHECK(fabs(oc_perf_sortino(&p, 0.5) / (mean / sqrt(0.003 / 6) * sqrt(12)) - 1) < 1e-12, "sortino %g",
          oc_perf_sortino(&p, 0.5));
    const double fall = (1.1 - 1.03413618) / 1.1;
    CHECK(fabs(oc_perf_calmar(&p, 0.5) / ((1.0651602654 * 1.0651602654 - 1) / fall) - 1) < 1e-9, "calmar %g",
          oc_perf_calmar(&p, 0.5));
    CHECK(p.longest_losing == 2, "%llu losses in a row", (unsigned long long)p.longest_losing);
    CHECK(oc_perf_quantile(10, sorted, 0.05, 0, NULL, NULL) == 1 && oc_perf_quantile(10, sorted, 0.5, 0, NULL, NULL) == 5
          && oc_perf_quantile(10, sorted, 0.51, 0, NULL, NULL) == 6 && oc_perf_quantile(10, sorted, 1, 0, NULL, NULL) == 10,
          "order statistics");
    oc_perf_wilson(8, 10, 1.959963984540054, &low, &high);       /* Brown, Cai, DasGupta (2001): 0.490, 0.943 */
    CHECK(fabs(low - 0.4901625) < 1e-6 && fabs(high - 0.9433178) < 1e-6, "Wilson %g %g", low, high);
    oc_perf_wilson(0, 10, 1.959963984540054, &low, &high);
    CHECK(low == 0 && fabs(high - 0.2775328) < 1e-6, "Wilson of none %g %g", low, high);
    test_end();
}

/* Figures of a merge are whatever its shards hold: an outcome that there is not would be counted beyond its counters. */
static void soundness(void)
{
    double f[2 * OC_PATH_FIGURES] = { 0 };
    const double good[] = { 0, 1, 2, 8 * OC_BREACH_BLOWN + OC_FAILED }, bad[] = { -1, 3, 0.5, 8 * OC_BREACHES, 1e300, NAN, INFINITY };

    test_begin("outcomes of paths that came from elsewhere");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        f[OC_PATH_FIGURES + OC_PATH_OUTCOME] = good[i];
        CHECK(oc_resample_is_sound(2, f), "%g was refused", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        f[OC_PATH_FIGURES + OC_PATH_OUTCOME] = bad[i];
        CHECK(!oc_resample_is_sound(2, f), "%g was taken", bad[i]);
    }
    test_end();
}

int main(void)
{
    rules();
    thresholds();
    texts();
    figures();
    permutations();
    gambler();
    ranges();
    stationary_variance();
    soundness();
    return test_done();
}
