/*
 * resample - see resample.h.  Paths go in groups: their draws come side by side from the generator, which makes them for
 * eight at the price of one, and each path then walks its own column.
 */
#include "risk/resample.h"

#include "math/philox.h"
#include "risk/perf.h"
#include "sim/process.h"

#include <math.h>
#include <stdlib.h>

enum { GROUP = 64, CHUNK = 64 };        /* paths side by side; trades drawn at a time */

int oc_resample_check(const struct oc_resample *r, struct oc_err *err)
{
    if (!r->log->n || !r->trades)
        return oc_fail(err, OC_DATA, "there is no closed trade to draw from");
    if (r->log->n > UINT32_MAX / 2 || r->trades > UINT32_MAX / 2)
        return oc_fail(err, OC_LIMIT, "%zu trades are too many: up to %u", r->trades > r->log->n ? (size_t)r->trades : r->log->n,
                       UINT32_MAX / 2);
    if (r->how == OC_PERMUTATION && r->trades > r->log->n)
        return oc_fail(err, OC_USAGE, "--trades: a permutation has no more than the %zu of the log", r->log->n);
    if (r->how >= OC_STATIONARY && !(r->block >= 1 && r->block <= (double)r->log->n))
        return oc_fail(err, OC_USAGE, "--block: %g is not between 1 and the %zu trades of the log", r->block, r->log->n);
    if (r->how == OC_BLOCKS && r->block != floor(r->block))
        return oc_fail(err, OC_USAGE, "--block: %g is no whole number of trades", r->block);
    return 0;
}

/* Where one path stands. */
struct walk {
    struct oc_perf perf;
    struct oc_account account;
    enum oc_verdict verdict;
    uint32_t at;                /* index of the trade drawn last */
    uint32_t *left;             /* permutation: those not drawn yet, behind the first k */
};

/* A uniform below 1 in [0, n): n / 2^52 is far below what any number of paths shows. */
static uint32_t pick(double u, size_t n) { return (uint32_t)(u * (double)n); }

/* The trade that stands at place k; u: the numbers of that place in this path's column, ld apart. */
static uint32_t draw(const struct oc_resample *r, struct walk *w, size_t k, const double *u, size_t ld)
{
    const size_t n = r->log->n;
    const uint32_t next = w->at + 1 == n ? 0 : w->at + 1;

    switch (r->how) {
    case OC_BOOTSTRAP: return pick(u[0], n);
    case OC_STATIONARY: return k == 0 || u[0] * r->block < 1 ? pick(u[ld], n) : next;
    case OC_BLOCKS: return k % (size_t)r->block == 0 ? pick(u[0], n) : next;
    case OC_PERMUTATION: break;
    }
    const size_t j = k + pick(u[0], n - k);
    const uint32_t got = w->left[j];
    w->left[j] = w->left[k];
    return w->left[k] = got;
}

/* The day of place k: that of the log, and beyond its end a whole log later. */
static int64_t day_of(const struct oc_tradelog *log, size_t k)
{
    const int64_t span = log->day[log->n - 1] - log->day[0] + 1;

    return log->day[k % log->n] + (int64_t)(k / log->n) * span;
}

static void step(const struct oc_resample *r, struct walk *w, size_t k, const double *u, size_t ld)
{
    w->at = draw(r, w, k, u, ld);
    const double ret = r->log->ret[w->at];
    oc_perf_add(&w->perf, ret);
    if (r->rules && w->verdict == OC_GOES_ON)
        w->verdict = oc_rules_trade(r->rules, &w->account, ret, day_of(r->log, k), r->log->risk[w->at]);
}

static void finish(const struct oc_resample *r, struct walk *w, double *out)
{
    const double years = r->log->years * (double)r->trades / (double)r->log->n;

    if (r->rules && w->verdict == OC_GOES_ON)
        w->verdict = oc_rules_end(r->rules, &w->account);
    out[OC_PATH_RETURN] = w->perf.balance - 1;
    out[OC_PATH_DRAWDOWN] = w->perf.max_drawdown;
    out[OC_PATH_LOSING] = (double)w->perf.longest_losing;
    out[OC_PATH_SHARPE] = oc_perf_sharpe(&w->perf, years);
    out[OC_PATH_SORTINO] = oc_perf_sortino(&w->perf, years);
    out[OC_PATH_CALMAR] = oc_perf_calmar(&w->perf, years);
    out[OC_PATH_OUTCOME] = (double)((int)w->verdict + 8 * (int)w->account.failed);
    out[OC_PATH_DAYS] = (double)w->account.days;
    out[OC_PATH_TRADES] = (double)w->account.trades;
    out[OC_PATH_RUIN] = w->perf.max_drawdown >= r->ruin - OC_RULES_SLACK;
}

static void group(const struct oc_resample *r, uint64_t first, size_t n, struct walk *w, double *u, double *figures)
{
    const size_t each = r->how == OC_STATIONARY ? 2 : 1;

    for (size_t j = 0; j < n; j++) {
        uint32_t *left = w[j].left;
        w[j] = (struct walk){ .perf = OC_PERF_START, .left = left };
        oc_rules_start(&w[j].account);
        for (size_t k = 0; left && k < r->log->n; k++)
            left[k] = (uint32_t)k;
    }
    for (size_t k = 0; k < r->trades; k += CHUNK) {
        const size_t m = r->trades - k < CHUNK ? r->trades - k : CHUNK;
        oc_philox_uniform(r->seed, OC_STREAM(0, OC_FOR_OTHER), first, n, each * k, each * m, u, GROUP);
        for (size_t j = 0; j < n; j++)
            for (size_t i = 0; i < m; i++)
                step(r, &w[j], k + i, u + each * i * GROUP + j, GROUP);
    }
    for (size_t j = 0; j < n; j++)
        finish(r, &w[j], figures + j * OC_PATH_FIGURES);
}

int oc_resample_paths(const struct oc_resample *r, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    struct walk *w = calloc(GROUP, sizeof *w);
    double *u = malloc(2 * CHUNK * GROUP * sizeof *u);
    uint32_t *left = r->how == OC_PERMUTATION ? malloc(GROUP * r->log->n * sizeof *left) : NULL;
    const int rc = w && u && (left || r->how != OC_PERMUTATION) ? 0 : oc_fail(err, OC_MEMORY, "no memory to draw trades");

    for (size_t j = 0; left && w && j < GROUP; j++)
        w[j].left = left + j * r->log->n;
    for (size_t j = 0; rc == 0 && j < n; j += GROUP)
        group(r, first + j, n - j < GROUP ? n - j : GROUP, w, u, figures + j * OC_PATH_FIGURES);
    free(w);
    free(u);
    free(left);
    return rc;
}

bool oc_resample_is_sound(size_t n, const double *figures)
{
    for (size_t i = 0; i < n; i++) {
        const double outcome = figures[i * OC_PATH_FIGURES + OC_PATH_OUTCOME];
        if (!(outcome >= 0 && outcome < 8 * OC_BREACHES) || floor(outcome) != outcome || (int)outcome % 8 > OC_FAILED)
            return false;
    }
    return true;
}
