/* mcpaths - see mcpaths.h */
#include "app/mcpaths.h"

#include "app/plantext.h"
#include "app/stepclock.h"
#include "base/num.h"
#include "base/time.h"
#include "sim/blocks.h"
#include "sim/paths.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = 8192,                /* rows that a block of output is made for */
    PATH_ROWS = 1 << 24,        /* rows of one path */
    MEMORY = 1 << 28            /* figures of a shard or a merge */
};
/* Figures of a row; -1: none (only the spot may be below 0, and it is always there). */
enum { SPOT, VOLATILITY, JUMPS, REGIME, FIGURES };

struct plan {
    struct oc_mc_paths *p;
    struct oc_walks walks;
    struct oc_paths paths;
    uint64_t path_from, path_to, step_from, step_to;
    size_t rows;                /* of one path */
    uint64_t per;               /* paths of a block of output */
    int64_t step_ns;            /* 0: dt is in years */
    struct oc_dict *symbols, *run;
    bool jumps, regime;
    const double *figures;      /* of all blocks, where they were read from shards; NULL: walk */
};

/* ---- what the options say ------------------------------------------------------------------------------------ */

/* A..B, A < B <= most */
static int range(const char *option, const char *text, uint64_t most, uint64_t *from, uint64_t *to, struct oc_err *err)
{
    const char *dots = text ? strstr(text, "..") : NULL;
    int64_t a, b;

    *from = 0;
    *to = most;
    if (!text)
        return 0;
    if (!dots || oc_num_i64(text, (size_t)(dots - text), &a) || oc_num_i64(dots + 2, strlen(dots + 2), &b) || a < 0
        || b <= a)
        return oc_fail(err, OC_USAGE, "--%s: '%s' is not A..B with 0 <= A < B", option, text);
    if ((uint64_t)b > most)
        return oc_fail(err, OC_USAGE, "--%s: %s ends beyond the last, which is %llu", option, text,
                       (unsigned long long)most - 1);
    *from = (uint64_t)a;
    *to = (uint64_t)b;
    return 0;
}

/* Years a step: --dt, else what the model or its file says, else the time between the prices that are replayed. */
static int step_of(struct plan *q, double dt, struct oc_err *err)
{
    const struct oc_walk *w = q->walks.walk;

    for (size_t i = 0; isnan(dt) && i < q->walks.n; i++)
        if (w[i].data.nprice && (i == 0 || w[i].data.price_dt == w[0].data.price_dt))
            dt = w[i].data.price_dt;
    if (isnan(dt))
        return oc_fail(err, OC_USAGE, "how long is a step? --dt STEP says it, or dt of the model");
    q->paths.dt = dt;
    for (size_t i = 0; i < q->walks.n; i++)
        q->walks.walk[i].dt = dt;
    return 0;
}

static double either(double option, double said) { return isnan(option) ? said : option; }

static int market(struct plan *q, size_t i, struct oc_err *err)
{
    const struct oc_mc_words *words = q->p->words;
    const struct oc_walk_market *m = &q->walks.market[i];
    struct oc_walk *w = &q->walks.walk[i];
    const double rate = either(words->rate, m->rate), yield = either(words->dividend_yield, m->dividend_yield);
    const int drift = oc_param_find(w->process->param, "drift", 5);
    const bool own = !w->process->risk_neutral || (drift >= 0 && !isnan(w->par[drift]));

    w->spot = q->walks.n > 1 ? m->spot : either(words->spot, m->spot);
    if (isnan(w->spot) && w->data.nprice)
        w->spot = w->data.price[0];
    if (isnan(w->spot))
        return oc_fail(err, OC_USAGE,
                       q->walks.n > 1 ? "the spot of %s is missing: several underlyings have theirs in --params, as records "
                                        "of role market"
                                      : "the spot of %s is missing (--spot)",
                       q->walks.symbol[i]);
    if (!own && isnan(rate))
        return oc_fail(err, OC_USAGE, "the drift of %s is missing: --rate and --dividend-yield, or drift of the model",
                       q->walks.symbol[i]);
    if (!own && isnan(yield))
        return oc_fail(err, OC_USAGE, "the dividend yield of %s is missing (--dividend-yield, 0 where there is none)",
                       q->walks.symbol[i]);
    w->drift = own && (isnan(rate) || isnan(yield)) ? 0 : rate - yield;
    w->steps = q->p->steps;
    w->seed = words->io->seed;
    return oc_walk_open(w, err);
}

/* ts of the last step must be an instant. */
static int check_ts(const struct plan *q, struct oc_err *err)
{
    const struct oc_instants *in = q->p->words->instants;
    const double end = (double)q->p->steps * q->paths.dt * 31536e12;

    if (in->has_ts && !(end < 9.2e18 - (double)(in->ts > 0 ? in->ts : 0)))
        return oc_fail(err, OC_USAGE, "--ts and %llu steps end beyond the year 2262", (unsigned long long)q->p->steps);
    return 0;
}

static int64_t ts_of(const struct plan *q, uint64_t step)
{
    const int64_t start = q->p->words->instants->ts;

    if (q->step_ns)
        return start + (int64_t)step * q->step_ns;
    return start + (int64_t)floor((double)step * q->paths.dt * 31536e12 + 0.5);
}

static int sizes(struct plan *q, struct oc_err *err)
{
    const struct oc_mc_words *words = q->p->words;

    if (!words->paths || words->paths > INT64_MAX / 2)
        return oc_fail(err, OC_USAGE, "--paths N is missing: how many paths are wanted");
    if (!q->p->steps || q->p->steps > INT64_MAX / 2)
        return oc_fail(err, OC_USAGE, "--steps N is missing: how many steps a path has");
    if (range("path-range", q->p->path_range, words->paths, &q->path_from, &q->path_to, err)
        || range("step-range", q->p->step_range, q->p->steps + 1, &q->step_from, &q->step_to, err))
        return -1;
    if (q->step_to - q->step_from > PATH_ROWS / q->walks.n)
        return oc_fail(err, OC_LIMIT, "a path of %llu rows is more than %d: --step-range takes a part",
                       (unsigned long long)(q->step_to - q->step_from) * q->walks.n, PATH_ROWS);
    q->rows = (size_t)(q->step_to - q->step_from) * q->walks.n;
    q->per = ROWS / q->rows < 1 ? 1 : ROWS / q->rows > OC_LANES ? OC_LANES : ROWS / q->rows;
    return 0;
}

static int symbols(struct plan *q, struct oc_err *err)
{
    uint32_t off[OC_ASSETS_MAX + 1] = { 0 };
    char text[OC_ASSETS_MAX * 32];

    for (size_t i = 0; i < q->walks.n; i++) {
        const size_t n = strlen(q->walks.symbol[i]);
        if (n == 0)
            return oc_fail(err, OC_USAGE, "the underlying has no name: --model %s:...@SYMBOL",
                           q->walks.walk[i].process->name);
        memcpy(text + off[i], q->walks.symbol[i], n);
        off[i + 1] = off[i] + (uint32_t)n;
    }
    return (q->symbols = oc_dict_new((uint32_t)q->walks.n, off, text, err)) ? 0 : -1;
}

/*
 * The id of the run: from all that a row's figures depend on.  Not from --paths, --steps and the ranges: they say which rows
 * are written, and a row is the same in a longer run.
 */
static int name_run(struct plan *q, struct oc_err *err)
{
    const struct oc_mc_words *words = q->p->words;
    const uint32_t off[2] = { 0, OC_PLANTEXT_RUN - 1 };
    struct oc_buf text = { 0 };
    char run[OC_PLANTEXT_RUN];

    oc_buf_printf(&text, "oc-mc paths 1\nwalks %s\nseed=%llu antithetic=%d", q->walks.canonical,
                  (unsigned long long)words->io->seed, words->antithetic);
    oc_plantext_number(&text, "dt", q->paths.dt);
    if (words->instants->has_ts) {
        oc_plantext_integer(&text, "ts", words->instants->ts);
        oc_plantext_integer(&text, "step_ns", q->step_ns);
    }
    for (size_t i = 0; i < q->walks.n; i++) {
        oc_plantext_number(&text, "spot", q->walks.walk[i].spot);
        oc_plantext_number(&text, "drift", q->walks.walk[i].drift);
    }
    return oc_plantext_run(&text, run, err) || !(q->run = oc_dict_new(1, off, run, err)) ? -1 : 0;
}

/* Which models tell of jumps or a regime: those write them. */
static void look(struct plan *q, double *state)
{
    for (size_t i = 0; i < q->walks.n; i++) {
        struct oc_walk *w = &q->walks.walk[i];
        double vol, jumps = NAN, regime = NAN, **all = malloc(w->nstate * sizeof *all);
        for (size_t k = 0; all && k < w->nstate; k++)
            all[k] = state + k;
        if (all)
            w->process->show(w, 1, all, &vol, &jumps, &regime);
        free(all);
        q->jumps |= !isnan(jumps);
        q->regime |= !isnan(regime);
        state += w->nstate;
    }
}

static int open_walks(struct plan *q, struct oc_err *err)
{
    const struct oc_mc_words *words = q->p->words;
    double dt = NAN;

    if (words->step && oc_mc_duration("dt", words->step, &dt, err))
        return -1;
    struct oc_err none = { 0 };
    if (!words->step || oc_stepclock_read(words->step, &q->step_ns, &none))
        q->step_ns = 0;
    if (oc_walks_read(&q->walks, &words->walk, words->io, &dt, err) || sizes(q, err) || symbols(q, err)
        || step_of(q, dt, err) || check_ts(q, err))
        return -1;
    for (size_t i = 0; i < q->walks.n; i++)
        if (market(q, i, err))
            return -1;
    q->paths.assets = q->walks.n;
    q->paths.walk = q->walks.walk;
    q->paths.corr = q->walks.corr;
    q->paths.draws.seed = words->io->seed;
    q->paths.antithetic = words->antithetic;
    q->paths.steps = q->step_to - 1;
    if (oc_paths_open(&q->paths, err) || name_run(q, err))
        return -1;
    double *state = malloc(oc_paths_state_size(&q->paths) * sizeof *state);
    if (!state)
        return oc_fail(err, OC_MEMORY, "no memory for a state");
    oc_paths_begin(&q->paths, state);
    look(q, state);
    free(state);
    return 0;
}

/* ---- figures of some paths ----------------------------------------------------------------------------------- */

/* Row (j * steps + k) * assets + a of path j of the group. */
struct seeing { const struct plan *q; double *out; };

static int see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct seeing *const s = ctx;
    const struct plan *q = s->q;
    double column[FIGURES][OC_LANES];

    if (at->step < q->step_from)
        return 0;
    for (size_t a = 0; a < q->walks.n; a++) {
        const struct oc_walk *w = &q->walks.walk[a];
        for (size_t j = 0; j < at->n; j++)
            column[JUMPS][j] = column[REGIME][j] = -1;
        oc_walk_spot(w, at->n, at->x[a], column[SPOT]);
        for (size_t j = 0; j < at->n; j++)
            if (!isfinite(column[SPOT][j]))     /* a row must have its spot */
                return oc_fail(err, OC_DATA, "%s leaves what a number can hold at step %llu of path %llu", w->process->name,
                               (unsigned long long)at->step, (unsigned long long)(at->first + j));
        w->process->show(w, at->n, at->state[a], column[VOLATILITY], column[JUMPS], column[REGIME]);
        double *row = s->out + ((size_t)(at->step - q->step_from) * q->walks.n + a) * FIGURES;
        for (size_t j = 0; j < at->n; j++, row += q->rows * FIGURES)
            for (size_t i = 0; i < FIGURES; i++)
                row[i] = i == SPOT || column[i][j] >= 0 ? column[i][j] : -1;
    }
    return 0;
}

static int walk(const struct plan *q, struct oc_paths_room *room, uint64_t first, size_t n, double *out, struct oc_err *err)
{
    for (size_t m; n > 0; n -= m, first += m, out += m * q->rows * FIGURES) {
        struct seeing s = { q, out };
        m = n < OC_LANES ? n : OC_LANES;
        if (oc_paths_run(&q->paths, room, first, m, see, &s, err))
            return -1;
    }
    return 0;
}

/* ---- rows ---------------------------------------------------------------------------------------------------- */

struct job { uint64_t first; size_t n; struct oc_paths_room *room; double *figures; };

static int next_job(void *ctx, uint64_t number, void **slot, struct oc_err *err)
{
    const struct plan *q = ctx;
    struct job *j = *slot;

    if (number >= (q->path_to - q->path_from + q->per - 1) / q->per)
        return 0;
    if (!j && !(j = *slot = calloc(1, sizeof *j)))
        return oc_fail(err, OC_MEMORY, "no memory for a job");
    j->first = q->path_from + number * q->per;
    j->n = (size_t)(q->path_to - j->first < q->per ? q->path_to - j->first : q->per);
    return 1;
}

static void free_job(void *slot)
{
    struct job *j = slot;

    oc_paths_room_free(j->room);
    free(j->figures);
    free(j);
}

static int add_count(struct oc_batch *out, const char *name, const double *figures, size_t which, struct oc_err *err)
{
    int64_t *v;
    uint64_t *valid;

    if (oc_add_i64(out, name, OC_I64, &v, &valid, err))
        return -1;
    for (size_t r = 0; r < out->rows; r++) {
        const double x = figures[r * FIGURES + which];
        v[r] = x >= 0 && x < 0x1p62 ? (int64_t)x : 0;     /* of a shard it may be anything */
        if (x < 0)
            oc_bit_clear(valid, r);
    }
    return 0;
}

static int add_number(struct oc_batch *out, const char *name, const double *figures, size_t which, struct oc_err *err)
{
    double *v;

    if (oc_add_f64(out, name, &v, err))
        return -1;
    for (size_t r = 0; r < out->rows; r++)
        v[r] = which != SPOT && figures[r * FIGURES + which] < 0 ? NAN : figures[r * FIGURES + which];
    return 0;
}

/* run, path, step, ts, symbol */
static int add_head(const struct plan *q, uint64_t first, struct oc_batch *out, struct oc_err *err)
{
    const bool has_ts = q->p->words->instants->has_ts;
    int64_t *path, *step, *ts = NULL;
    int32_t *symbol, *run;

    if (oc_add_sym(out, "run", q->run, &run, NULL, err) || oc_add_i64(out, "path", OC_I64, &path, NULL, err)
        || oc_add_i64(out, "step", OC_I64, &step, NULL, err) || (has_ts && oc_add_i64(out, "ts", OC_TIME, &ts, NULL, err))
        || oc_add_sym(out, "symbol", q->symbols, &symbol, NULL, err))
        return -1;
    for (size_t r = 0; r < out->rows; r++) {
        const uint64_t k = q->step_from + r % q->rows / q->walks.n;
        run[r] = 0;
        path[r] = (int64_t)(first + r / q->rows);
        step[r] = (int64_t)k;
        symbol[r] = (int32_t)(r % q->walks.n);
        if (ts)
            ts[r] = ts_of(q, k);
    }
    return 0;
}

static int make(void *ctx, struct oc_batch *b, struct oc_batch *out, struct oc_err *err)
{
    const struct plan *q = ctx;
    struct job *j = b->job;
    const double *figures = NULL;

    out->rows = j ? j->n * q->rows : 0;
    if (j && q->figures) {
        figures = q->figures + j->first * q->rows * FIGURES;
    } else if (j) {
        if (!j->room && !(j->room = oc_paths_room(&q->paths, err)))
            return -1;
        if (!j->figures && !(j->figures = malloc((size_t)q->per * q->rows * FIGURES * sizeof *j->figures)))
            return oc_fail(err, OC_MEMORY, "no memory for %zu rows", out->rows);
        if (walk(q, j->room, j->first, j->n, j->figures, err))
            return -1;
        figures = j->figures;
    }
    if (add_head(q, j ? j->first : 0, out, err) || add_number(out, "spot", figures, SPOT, err)
        || add_number(out, "volatility", figures, VOLATILITY, err)
        || (q->jumps && add_count(out, "jumps", figures, JUMPS, err))
        || (q->regime && add_count(out, "regime", figures, REGIME, err)))
        return -1;
    return 0;
}

/* ---- shards -------------------------------------------------------------------------------------------------- */

static void *open_room(void *ctx, struct oc_err *err) { return oc_paths_room(&((const struct plan *)ctx)->paths, err); }
static void close_room(void *room) { oc_paths_room_free(room); }

static int block(void *ctx, void *room, uint64_t number, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct plan *q = ctx;

    (void)number;
    for (size_t i = n * q->rows * FIGURES; i < OC_BLOCK * q->rows * FIGURES; i++)
        figures[i] = 0;                             /* paths that the last block does not have */
    return walk(q, room, first, n, figures, err);
}

static int blocks(void *ctx, uint64_t paths, uint64_t from, uint64_t to, double *out, struct oc_err *err)
{
    struct plan *q = ctx;
    const struct oc_blocks job = { .open = open_room, .close = close_room, .fn = block, .ctx = q,
                                   .figures = OC_BLOCK * q->rows * FIGURES, .threads = q->p->words->io->threads };

    return oc_blocks(&job, paths, from, to, out, err);
}

/* 1: all figures are in *all (owned by the caller); 0: this was a shard; -1. */
static int by_figures(struct plan *q, double **all, struct oc_err *err)
{
    const uint64_t paths = q->p->words->paths, n = oc_blocks_of(paths);
    const size_t k = OC_BLOCK * q->rows * FIGURES;

    if (q->p->path_range)
        return oc_fail(err, OC_USAGE, "--path-range and --shard both take a part of the paths: give one");
    if (n > MEMORY / k)
        return oc_fail(err, OC_LIMIT,
                       "%llu rows are too many to be cut into shards: --path-range gives parts that need no merge",
                       (unsigned long long)(paths * q->rows));
    if (!(*all = malloc((size_t)n * k * sizeof **all)))
        return oc_fail(err, OC_MEMORY, "no memory for the figures of %llu blocks", (unsigned long long)n);
    return oc_figures_get(q->p->words->figures, 0, paths, k, blocks, q, *all, err);
}

int oc_mc_paths(struct oc_mc_paths *p, struct oc_err *err)
{
    struct plan q = { .p = p };
    double *all = NULL;
    int rc = open_walks(&q, err);

    if (rc == 0 && p->words->figures->mode != OC_FIGURES_WHOLE)
        rc = by_figures(&q, &all, err);
    else if (rc == 0)
        rc = 1;
    q.figures = all;
    if (rc == 1)
        rc = oc_run(
            p->words->io,
            &(struct oc_work){ .job = next_job, .job_free = free_job, .make = make, .make_kind = "factor", .ctx = &q }, err);
    free(all);
    oc_dict_drop(q.symbols);
    oc_dict_drop(q.run);
    oc_paths_close(&q.paths);
    for (size_t i = 0; i < q.walks.n; i++)
        oc_walk_close(&q.walks.walk[i]);
    oc_walks_free(&q.walks);
    return rc;
}
