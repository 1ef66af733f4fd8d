/* mctrades - see mctrades.h: read the log, draw it again, say what came of it. */
#include "app/mctrades.h"

#include "app/plantext.h"
#include "app/slurp.h"
#include "app/statrows.h"
#include "app/tradelog.h"
#include "base/datadir.h"
#include "base/readfile.h"
#include "math/norm.h"
#include "risk/perf.h"
#include "risk/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_PATHS = 10000 };

static const double levels[] = { 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99 };
enum { LEVELS = sizeof levels / sizeof *levels };

struct trades {
    const struct oc_mc_trades *t;
    struct oc_tradelog log;
    struct oc_tradelog_sums sums;
    struct oc_rules rules;
    struct oc_resample how;
    struct oc_statrows out;
    uint64_t paths;
    double *figures;            /* OC_BLOCK * OC_PATH_FIGURES a block: paths one behind the other */
    double *sorted;             /* work */
    double z;
    char run[OC_PLANTEXT_RUN];
    char fail[OC_BREACHES][32];
};

/* ---- rules -------------------------------------------------------------------------------------------------------- */

bool oc_mc_trades_is_file(const char *rules) { return strpbrk(rules, "/.") != NULL; }

static int read_rule_file(struct trades *w, const char *name, struct oc_err *err)
{
    char shipped[4096], inside[300];
    const char *path = shipped;
    struct oc_buf text = { 0 };
    int rc = 0;

    if (oc_mc_trades_is_file(name))
        path = name;
    else if (snprintf(inside, sizeof inside, "rules/%s.rules", name) >= (int)sizeof inside
             || oc_datadir_find(inside, shipped, sizeof shipped, err))
        return oc_fail(err, OC_USAGE, "--rules: no rules '%s' ship with the tools; a file's name has a / or a .", name);
    rc = path == name ? oc_slurp(path, w->t->words->io, 1 << 16, &text, err) : oc_readfile(path, 1 << 16, &text, err);
    if (rc == 0)
        rc = oc_rules_read(&w->rules, path, text.p ? text.p : "", text.n, err);
    oc_buf_free(&text);
    return rc;
}

static int read_rules(struct trades *w, struct oc_err *err)
{
    if (w->t->rules && read_rule_file(w, w->t->rules, err))
        return -1;
    for (size_t i = 0; i < w->t->rule.n; i++) {
        char text[256];
        const char *word = w->t->rule.word[i], *eq = strchr(word, '=');
        if (!eq || strlen(word) >= sizeof text)
            return oc_fail(err, OC_USAGE, "--rule: '%s' is not NAME=VALUE", word);
        memcpy(text, word, strlen(word) + 1);
        text[eq - word] = '\0';
        if (oc_rules_set(&w->rules, text, eq + 1, err))
            return oc_while(err, "--rule");
    }
    return oc_rules_check(&w->rules, err);
}

/* ---- the id of the run -------------------------------------------------------------------------------------------- */

static void rules_text(const struct oc_rules *r, struct oc_buf *out)
{
    oc_buf_printf(out, "\nrules trailing=%d eod=%d notional=%d trades=%u days=%u-%u", r->trailing, r->eod,
                  r->risk_by_notional, (unsigned)r->min_trades, (unsigned)r->min_days, (unsigned)r->max_days);
    oc_plantext_number(out, "target", r->profit_target);
    oc_plantext_number(out, "drawdown", r->max_drawdown);
    oc_plantext_number(out, "daily", r->max_daily_loss);
    oc_plantext_number(out, "risk", r->max_risk);
    oc_plantext_number(out, "consistency", r->consistency);
}

/* From the log as it was read, and all that says what is drawn from it and told of it. */
static int name_run(struct trades *w, struct oc_err *err)
{
    struct oc_buf text = { 0 };

    oc_buf_printf(&text, "oc-mc trades 1\nhow=%d trades=%llu seed=%llu paths=%llu", (int)w->how.how,
                  (unsigned long long)w->how.trades, (unsigned long long)w->how.seed, (unsigned long long)w->paths);
    oc_plantext_number(&text, "block", w->how.block);
    oc_plantext_number(&text, "ruin", w->how.ruin);
    oc_plantext_number(&text, "confidence", w->t->words->confidence);
    if (w->how.rules)
        rules_text(w->how.rules, &text);
    oc_buf_puts(&text, "\nlog");
    oc_plantext_number(&text, "years", w->log.years);
    for (size_t i = 0; i < w->log.n; i++) {
        oc_plantext_integer(&text, "day", w->log.day[i]);
        oc_plantext_number(&text, "ret", w->log.ret[i]);
        if (w->how.rules)
            oc_plantext_number(&text, "risk", w->log.risk[i]);
    }
    return oc_plantext_run(&text, w->run, err);
}

/* ---- rows --------------------------------------------------------------------------------------------------------- */

static int row(struct trades *w, const char *source, const char *stat, double value, struct oc_stat extra, struct oc_err *err)
{
    extra.run = strcmp(source, "observed") ? w->run : NULL;     /* what happened is no simulation */
    extra.stat = stat;
    extra.source = source;
    extra.value = value;
    return oc_statrows_add(&w->out, &extra, err);
}

static int observed(struct trades *w, const char *stat, double value, struct oc_err *err)
{
    return row(w, "observed", stat, value, (struct oc_stat)OC_STAT_NONE, err);
}

/* "prob_fail_RULE"; lives as long as w: rows borrow their texts. */
static const char *fail_name(struct trades *w, enum oc_breach breach)
{
    snprintf(w->fail[breach], sizeof w->fail[breach], "prob_fail_%s", oc_rules_name(breach));
    return w->fail[breach];
}

/* What really happened: the log once, as it is. */
static int tell_observed(struct trades *w, struct oc_err *err)
{
    struct oc_perf p = OC_PERF_START;
    const struct oc_tradelog *log = &w->log;
    struct oc_account a;
    enum oc_verdict v = OC_GOES_ON;

    for (size_t i = 0; i < log->n; i++)
        oc_perf_add(&p, log->ret[i]);
    if (observed(w, "trades", (double)log->n, err) || observed(w, "win_rate", (double)w->sums.wins / (double)log->n, err)
        || observed(w, "pnl_net", w->sums.net, err) || observed(w, "max_drawdown_abs", w->sums.max_drawdown, err)
        || observed(w, "final_return", p.balance - 1, err) || observed(w, "max_drawdown", p.max_drawdown, err)
        || observed(w, "longest_losing_run", (double)p.longest_losing, err)
        || observed(w, "sharpe", oc_perf_sharpe(&p, log->years), err)
        || observed(w, "sortino", oc_perf_sortino(&p, log->years), err)
        || observed(w, "calmar", oc_perf_calmar(&p, log->years), err))
        return -1;
    if (!w->how.rules)
        return 0;
    oc_rules_start(&a);
    for (size_t i = 0; i < log->n && v == OC_GOES_ON; i++)
        v = oc_rules_trade(&w->rules, &a, log->ret[i], log->day[i], log->risk[i]);
    v = v == OC_GOES_ON ? oc_rules_end(&w->rules, &a) : v;
    if (observed(w, "pass", v == OC_PASSED, err))
        return -1;
    return v == OC_FAILED ? observed(w, fail_name(w, a.failed) + strlen("prob_"), 1, err) : 0;
}

static const double *path(const struct trades *w, uint64_t i)
{
    return w->figures + i * OC_PATH_FIGURES;
}

static enum oc_verdict verdict(const double *f) { return (enum oc_verdict)((int)f[OC_PATH_OUTCOME] % 8); }
static enum oc_breach breach(const double *f) { return (enum oc_breach)((int)f[OC_PATH_OUTCOME] / 8); }

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* Figure k of the paths that have it (passed: of those alone), sorted; how many. */
static size_t gather(struct trades *w, int k, bool passed)
{
    size_t n = 0;

    for (uint64_t i = 0; i < w->paths; i++) {
        const double *f = path(w, i);
        if (!isnan(f[k]) && (!passed || verdict(f) == OC_PASSED))
            w->sorted[n++] = f[k];
    }
    qsort(w->sorted, n, sizeof *w->sorted, ascending);
    return n;
}

/* Mean with its interval, then quantiles with theirs. */
static int tell_figure(struct trades *w, const char *stat, int k, bool passed, struct oc_err *err)
{
    const size_t n = gather(w, k, passed);
    struct oc_stat s = OC_STAT_NONE;
    double sum = 0, square = 0;

    if (!n)
        return 0;
    for (size_t i = 0; i < n; i++)          /* sorted, so in one order whatever the shards were */
        sum += w->sorted[i];
    const double mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        square += (w->sorted[i] - mean) * (w->sorted[i] - mean);
    s.error = n > 1 ? sqrt(square / (double)(n - 1) / (double)n) : NAN;
    s.low = mean - w->z * s.error;
    s.high = mean + w->z * s.error;
    s.confidence = w->t->words->confidence;
    s.paths = (int64_t)n;
    if (row(w, "resampled", stat, mean, s, err))
        return -1;
    for (size_t i = 0; i < LEVELS; i++) {
        s.level = levels[i];
        s.error = NAN;
        const double q = oc_perf_quantile(n, w->sorted, levels[i], w->z, &s.low, &s.high);
        if (row(w, "resampled", stat, q, s, err))
            return -1;
    }
    return 0;
}

/* A ratio of the log itself, with the interval that the resampled ones span. */
static int tell_ratio(struct trades *w, const char *stat, int k, struct oc_err *err)
{
    const size_t n = gather(w, k, false);
    struct oc_stat s = OC_STAT_NONE;
    const double tail = (1 - w->t->words->confidence) / 2;

    if (!n)
        return 0;
    s.low = oc_perf_quantile(n, w->sorted, tail, 0, NULL, NULL);
    s.high = oc_perf_quantile(n, w->sorted, 1 - tail, 0, NULL, NULL);
    s.confidence = w->t->words->confidence;
    s.paths = (int64_t)n;
    s.level = 0.5;
    return row(w, "resampled", stat, oc_perf_quantile(n, w->sorted, 0.5, 0, NULL, NULL), s, err);
}

static int tell_share(struct trades *w, const char *stat, uint64_t k, struct oc_err *err)
{
    struct oc_stat s = OC_STAT_NONE;
    const double n = (double)w->paths, p = (double)k / n;

    oc_perf_wilson(k, w->paths, w->z, &s.low, &s.high);
    s.error = sqrt(p * (1 - p) / n);
    s.confidence = w->t->words->confidence;
    s.paths = (int64_t)w->paths;
    s.count = (int64_t)k;
    return row(w, "resampled", stat, p, s, err);
}

static int tell_rules(struct trades *w, struct oc_err *err)
{
    uint64_t of[3] = { 0 }, by[OC_BREACHES] = { 0 };

    for (uint64_t i = 0; i < w->paths; i++) {
        of[verdict(path(w, i))]++;
        by[breach(path(w, i))]++;
    }
    if (tell_share(w, "prob_pass", of[OC_PASSED], err) || tell_share(w, "prob_fail", of[OC_FAILED], err)
        || tell_share(w, "prob_open", of[OC_GOES_ON], err))
        return -1;
    for (int i = OC_BREACH_MAX_DRAWDOWN; i < OC_BREACHES; i++)
        if (by[i] && tell_share(w, fail_name(w, (enum oc_breach)i), by[i], err))
            return -1;
    return tell_figure(w, "days_to_target", OC_PATH_DAYS, true, err)
           || tell_figure(w, "trades_to_target", OC_PATH_TRADES, true, err) ? -1 : 0;
}

static int tell_resampled(struct trades *w, struct oc_err *err)
{
    uint64_t ruined = 0;

    for (uint64_t i = 0; i < w->paths; i++)
        ruined += path(w, i)[OC_PATH_RUIN] != 0;
    if (tell_figure(w, "final_return", OC_PATH_RETURN, false, err)
        || tell_figure(w, "max_drawdown", OC_PATH_DRAWDOWN, false, err)
        || tell_figure(w, "longest_losing_run", OC_PATH_LOSING, false, err)
        || tell_ratio(w, "sharpe", OC_PATH_SHARPE, err) || tell_ratio(w, "sortino", OC_PATH_SORTINO, err)
        || tell_ratio(w, "calmar", OC_PATH_CALMAR, err)
        || (!isnan(w->t->ruin) && tell_share(w, "prob_ruin", ruined, err)))
        return -1;
    return w->how.rules ? tell_rules(w, err) : 0;
}

/* ---- the run ------------------------------------------------------------------------------------------------------ */

static int one_block(void *ctx, void *room, uint64_t block, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct trades *w = ctx;

    (void)room, (void)block;
    for (size_t i = n * OC_PATH_FIGURES; i < (size_t)OC_BLOCK * OC_PATH_FIGURES; i++)
        figures[i] = 0;
    return oc_resample_paths(&w->how, first, n, figures, err);
}

static int blocks(void *ctx, uint64_t paths, uint64_t from, uint64_t to, double *out, struct oc_err *err)
{
    struct trades *w = ctx;
    const struct oc_blocks job = { .fn = one_block, .ctx = w, .figures = (size_t)OC_BLOCK * OC_PATH_FIGURES,
                                   .threads = w->t->words->io->threads };

    return oc_blocks(&job, paths, from, to, out, err);
}

static int settle(struct trades *w, struct oc_err *err)
{
    static const char *const methods[] = { "permutation", "bootstrap", "stationary", "block" };
    const struct oc_mc_trades *t = w->t;
    enum oc_resample_how how = OC_PERMUTATION;

    if (t->ntrades == 0)
        return oc_fail(err, OC_USAGE, "--trades: 0 of them say nothing");

    while (strcmp(methods[how], t->method) != 0)
        how++;
    if (how >= OC_STATIONARY && isnan(t->block))
        return oc_fail(err, OC_USAGE, "--method %s wants --block N, the %slength of a block", t->method,
                       how == OC_STATIONARY ? "mean " : "");
    if (how < OC_STATIONARY && !isnan(t->block))
        return oc_fail(err, OC_USAGE, "--block belongs to --method stationary and block");
    if (!(t->words->confidence > 0 && t->words->confidence < 1))
        return oc_fail(err, OC_USAGE, "--confidence: %g is not between 0 and 1", t->words->confidence);
    if (t->ruin <= 0 || t->ruin > 1)
        return oc_fail(err, OC_USAGE, "--ruin: %g is not within (0, 1]", t->ruin);
    w->z = oc_norm_icdf(1 - (1 - t->words->confidence) / 2);
    w->paths = t->words->paths ? t->words->paths : DEFAULT_PATHS;
    w->how = (struct oc_resample){ .log = &w->log, .rules = oc_rules_any(&w->rules) ? &w->rules : NULL, .how = how,
                                   .block = t->block, .ruin = t->ruin, .seed = t->words->io->seed };
    return 0;
}

static int simulate(struct trades *w, struct oc_err *err)
{
    const uint64_t n = oc_blocks_of(w->paths) * OC_BLOCK;

    if (w->paths > UINT64_C(1) << 32)
        return oc_fail(err, OC_LIMIT, "--paths: all of them are kept, 80 bytes each; %llu are too many",
                       (unsigned long long)w->paths);
    w->figures = malloc(n * OC_PATH_FIGURES * sizeof *w->figures);
    w->sorted = malloc(n * sizeof *w->sorted);
    if (!w->figures || !w->sorted)
        return oc_fail(err, OC_MEMORY, "no memory for %llu paths", (unsigned long long)w->paths);
    const int rc = oc_figures_get(w->t->words->figures, 0, w->paths, (size_t)OC_BLOCK * OC_PATH_FIGURES, blocks, w, w->figures,
                                  err);
    if (rc == 1 && !oc_resample_is_sound(w->paths, w->figures))
        return oc_fail(err, OC_DATA, "the shards hold figures that no path has");
    return rc;
}

int oc_mc_trades(struct oc_mc_trades *t, struct oc_err *err)
{
    struct trades w = { .t = t, .rules = OC_RULES_NONE };
    struct oc_io *io = t->words->io;
    int rc = read_rules(&w, err);

    if (rc == 0)
        rc = settle(&w, err);
    const struct oc_tradelog_in in = { .initial_balance = t->initial_balance, .multiplier = t->words->multiplier,
                                       .rules = w.how.rules, .instants = t->words->instants };
    if (rc == 0 && io->ninput > 1)
        rc = oc_fail(err, OC_USAGE, "one log at a time; oc-cat puts several together");
    if (rc == 0)
        rc = oc_tradelog_read(&in, io, io->ninput ? io->input[0] : NULL, &w.log, &w.sums, err);
    w.how.trades = t->ntrades == UINT64_MAX ? w.log.n : t->ntrades;
    if (rc == 0)
        rc = oc_resample_check(&w.how, err);
    const int whole = rc == 0 ? simulate(&w, err) : -1;
    rc = whole < 0 ? -1 : 0;
    if (whole == 1)
        rc = name_run(&w, err) || tell_observed(&w, err) || tell_resampled(&w, err) || oc_statrows_write(&w.out, io, err)
             ? -1 : 0;
    oc_statrows_free(&w.out);
    oc_tradelog_free(&w.log);
    free(w.figures);
    free(w.sorted);
    return rc;
}
