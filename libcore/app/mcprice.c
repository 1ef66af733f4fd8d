/*
 * mcprice - see mcprice.h.
 *
 * Rows are taken in order, one at a time; the threads work on the blocks of one.  The item of a row, by which shards
 * find its figures again, is its number among those that are simulated.  All rows have the same random numbers.
 */
#include "app/mcprice.h"

#include "app/mcbasket.h"
#include "app/mcclaim.h"
#include "app/mcpricehow.h"
#include "app/mcpricewalk.h"
#include "app/price.h"
#include "math/student.h"
#include "sim/mc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct run {
    const struct oc_mc_price *p;
    struct oc_mc_how how;
    struct oc_price market;             /* terms and the market's options */
    struct oc_mcpricewalk by;
    struct oc_mcbasket basket;
    uint64_t item;                      /* number among the rows that are simulated */
};

/* ---- columns ----------------------------------------------------------------------------------------------- */

struct columns {
    double *price, *error, *low, *high, *upper, *upper_error;
    double *greek[OC_QUANTITIES], *greek_error[OC_QUANTITIES];
    double *par[OC_PARAM_MAX], *par_error[OC_PARAM_MAX];
    int64_t *paths;
    uint64_t *valid;
};

static double *column(struct oc_batch *b, const char *name, struct oc_err *err)
{
    double *v = NULL;

    if (oc_add_f64(b, name, &v, err))
        return NULL;
    for (size_t r = 0; r < b->rows; r++)
        v[r] = NAN;
    return v;
}

static bool pair(struct oc_batch *b, const char *name, double **v, double **error, struct oc_err *err)
{
    char *const second = oc_arena_alloc(&b->arena, strlen(name) + 8), *const first = oc_arena_alloc(&b->arena,
                                                                                                    strlen(name) + 1);

    if (!second || !first)
        return oc_fail(err, OC_MEMORY, "no memory for a column") == 0;
    sprintf(first, "%s", name);
    sprintf(second, "%s_stderr", name);
    return (*v = column(b, first, err)) && (*error = column(b, second, err));
}

/* Parameters that are given, or have a default, or come from the rows. */
static bool has_par(const struct run *w, size_t i)
{
    const struct oc_param *const p = &w->by.process->param[i];
    const bool volatility = i == (size_t)oc_param_find(w->by.process->param, "volatility", 10) && w->by.process->exact;

    if (i == (size_t)oc_param_find(w->by.process->param, "drift", 5))
        return false;
    return !isnan(p->initial) || volatility || (w->by.modelled && !isnan(w->by.walks.walk[0].par[i]));
}

static int add_columns(const struct run *w, struct oc_batch *b, struct columns *c, struct oc_err *err)
{
    char name[80];

    if (!(c->price = column(b, "price", err)) || !(c->error = column(b, "stderr", err))
        || !(c->low = column(b, "ci_low", err)) || !(c->high = column(b, "ci_high", err))
        || oc_add_i64(b, "paths", OC_I64, &c->paths, &c->valid, err))
        return -1;
    for (size_t r = 0; r < b->rows; r++) {
        c->paths[r] = 0;
        oc_bit_clear(c->valid, r);
    }
    if (w->p->upper && !pair(b, "upper_bound", &c->upper, &c->upper_error, err))
        return -1;
    for (int q = OC_PRICE + 1; q < OC_QUANTITIES; q++) {
        const char *told;
        oc_price_unit(w->market.market_units, q, &told);
        if (w->how.want[q] && !pair(b, told, &c->greek[q], &c->greek_error[q], err))
            return -1;
    }
    for (size_t i = 0; w->how.want_par && i < oc_param_count(w->by.process->param); i++) {
        const char *const names = w->by.process->param[i].names;
        if (!has_par(w, i))
            continue;
        snprintf(name, sizeof name, "dprice_par_%.*s", (int)strcspn(names, " "), names);
        if (!pair(b, name, &c->par[i], &c->par_error[i], err))
            return -1;
    }
    return oc_add_status(b, err);
}

/*
 * No answer: what a simulation of finite paths came to is no number, or its error is none to go by.  The paths stay told.
 */
static int put_none(struct oc_batch *b, const struct columns *c, size_t r, const struct oc_mc_value *v, struct oc_err *err)
{
    c->paths[r] = (int64_t)v->paths;
    oc_bit_set(c->valid, r);
    return oc_status_add(b, r, "price", oc_row_name(v->status ? v->status : OC_ROW_OUT_OF_DOMAIN), err);
}

static int put(const struct run *w, struct oc_batch *b, const struct columns *c, size_t r, const struct oc_mc_value *v,
               const struct oc_process *process, struct oc_err *err)
{
    const double wide = oc_student_wide(w->p->words->confidence, v->freedom) * v->error[OC_PRICE];

    if (v->status || !isfinite(v->value[OC_PRICE]) || !isfinite(v->error[OC_PRICE]))
        return put_none(b, c, r, v, err);
    c->price[r] = v->value[OC_PRICE];
    c->error[r] = v->error[OC_PRICE];
    c->low[r] = c->price[r] - wide;
    c->high[r] = c->price[r] + wide;
    c->paths[r] = (int64_t)v->paths;
    oc_bit_set(c->valid, r);
    if (c->upper) {
        c->upper[r] = v->upper;
        c->upper_error[r] = v->upper_error;
    }
    for (int q = OC_PRICE + 1; q < OC_QUANTITIES; q++) {
        const char *name;
        const double unit = oc_price_unit(w->market.market_units, q, &name);
        if (!c->greek[q])
            continue;
        c->greek[q][r] = v->value[q] / unit;
        c->greek_error[q][r] = v->error[q] / unit;
        if (isnan(v->value[q]) && oc_status_add(b, r, name, oc_row_name(OC_ROW_UNSUPPORTED), err))
            return -1;
    }
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        if (c->par[i] && process == w->by.process) {
            c->par[i][r] = v->par[i];
            c->par_error[i][r] = v->par_error[i];
        }
    return 0;
}

/* ---- a row ------------------------------------------------------------------------------------------------- */

static int blocks_of(void *ctx, uint64_t paths, uint64_t from, uint64_t to, double *out, struct oc_err *err)
{
    return oc_mc_blocks(ctx, paths, from, to, out, err);
}

/* 1: *v is there; 0: this is a shard; -1. */
static int evaluate(struct run *w, struct oc_mc *m, struct oc_mc_value *v, struct oc_err *err)
{
    const uint64_t paths = w->how.paths, blocks = oc_blocks_of(paths);

    if (!paths)
        return oc_mc_run(m, v, err) ? -1 : 1;
    const size_t k = oc_mc_figures(m);
    double *const figures = blocks > SIZE_MAX / sizeof *figures / (k + 1) ? NULL : malloc(blocks * k * sizeof *figures);
    if (!figures)
        return oc_fail(err, OC_MEMORY, "no memory for the figures of %llu blocks", (unsigned long long)blocks);
    int rc = oc_figures_get(w->p->words->figures, w->item++, paths, k, blocks_of, m, figures, err);
    if (rc == 1 && oc_mc_value(m, paths, blocks, figures, v, err))
        rc = -1;
    free(figures);
    return rc;
}

/* Correlations: the row's, else those of the models by their symbols. */
static int correlations(const struct run *w, const struct oc_mcclaim *c, const size_t *index, double *out,
                        struct oc_err *err)
{
    for (size_t i = 0; i < c->assets; i++)
        for (size_t j = 0; j < c->assets; j++) {
            const size_t at = i * c->assets + j;
            if (i == j || c->corr) {
                out[at] = i == j ? 1 : c->corr[at];
            } else if (!w->by.modelled && c->symbol[0]) {
                out[at] = w->basket.corr[i * OC_MCCLAIM_ASSETS + j];
            } else if (w->by.walks.corr && index[i] != index[j]) {
                out[at] = w->by.walks.corr[index[i] * w->by.walks.n + index[j]];
            } else {
                return oc_fail(err, OC_USAGE,
                               "the assets of a basket need correlations: a column 'corr', or --corr of those that "
                               "--basket or --model names");
            }
        }
    return 0;
}

/*
 * Beyond the range of doubles: a step is 100 years at most, a factor e^700, and the logarithm's deviation such that the mean
 * of e^x has a path near it.
 */
static bool in_domain(const struct oc_mcclaim *c, const struct oc_walk *walks)
{
    const double years = c->claim.years;

    if (!(years <= OC_STEP_YEARS) || !(fabs(c->claim.rate * years) < 700))
        return false;
    for (size_t i = 0; i < c->assets; i++) {
        const int vol = oc_param_find(walks[i].process->param, "volatility", 10);
        if (!(fabs(walks[i].drift * years) < 700) || (vol >= 0 && walks[i].par[vol] * walks[i].par[vol] * years > 1400))
            return false;
    }
    return true;
}

/*
 * What the engine refuses once the options are known to be right is the row's: of a kind that it has no way for, or
 * malformed.  0, -1 where it is neither.
 */
static int refused(struct oc_batch *b, size_t r, struct oc_err *err)
{
    const struct oc_err why = *err;

    if (why.code != OC_DATA && why.code != OC_USAGE && why.code != OC_LIMIT)
        return -1;
    *err = (struct oc_err){ 0 };
    return why.code == OC_DATA ? oc_status_add(b, r, "price", oc_row_name(OC_ROW_UNSUPPORTED), err)
                               : oc_bad_row(b, r, NULL, err, "%.110s", why.text);
}

static int price_row(struct run *w, struct oc_mcclaim_rows *rows, size_t r, const struct columns *cols, struct oc_err *err)
{
    struct oc_batch *const b = rows->in.b;
    enum oc_row status;
    struct oc_mcclaim c;
    size_t index[OC_MCCLAIM_ASSETS] = { 0 };
    int rc = oc_mcclaim_make(rows, r, &c, &status);

    if (rc == 1 && rows->in.inverse_spot && rows->in.inverse_spot[r] != 1) {
        status = OC_ROW_UNSUPPORTED;            /* paid in coin: its pay-off is another one */
        rc = 0;
    }
    if (rc == 0 && status)
        return oc_status_add(b, r, "price", oc_row_name((int)status), err);
    if (rc <= 0)
        return rc;
    struct oc_walk *const walks = oc_arena_alloc(&b->arena, c.assets * sizeof *walks);
    double *const corr = oc_arena_alloc(&b->arena, c.assets * c.assets * sizeof *corr);
    if (!walks || !corr)
        return oc_fail(err, OC_MEMORY, "no memory for %zu walks", c.assets);
    for (size_t i = 0; i < c.assets; i++)
        if ((rc = oc_mcpricewalk_make(&w->by, b, r, &c, i, &walks[i], &index[i], err)) <= 0)
            return rc;
    if (!in_domain(&c, walks))
        return oc_status_add(b, r, "price", oc_row_name(OC_ROW_OUT_OF_DOMAIN), err);
    struct oc_mc *m = NULL;
    struct oc_mc_value v;
    rc = correlations(w, &c, index, corr, err) || oc_mc_open(&c.claim, c.assets, walks, corr, &w->how, &m, err) ? -1 : 1;
    if (rc == 1)
        rc = evaluate(w, m, &v, err);
    oc_mc_close(m);
    if (rc == 1)
        return put(w, b, cols, r, &v, walks[0].process, err);
    return rc < 0 ? refused(b, r, err) : 0;
}

static int step(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct run *const w = ctx;
    struct oc_mcclaim_rows rows = { .in = { .p = &w->market, .b = b, .err = err }, .exercises_a_year = w->p->exercise_dates,
                                    .basket = w->p->basket ? &w->basket : NULL,
                                    .spot_given = !isnan(w->p->words->spot),
                                    .yield_given = !isnan(w->p->words->dividend_yield) };
    struct columns cols = { 0 };
    struct oc_col *const symbol = oc_col(b, "symbol"), *const model = oc_col(b, "model");

    if (oc_terms_read(&w->market.terms, b, &rows.in.terms, err) || (symbol && oc_load(b, symbol, err))
        || (model && oc_load(b, model, err)))
        return -1;
    rows.in.q = (struct oc_quotes){ .n = b->rows };
    if (oc_pricein_read(&rows.in) || oc_mcclaim_bind(&rows) || add_columns(w, b, &cols, err))
        return -1;
    for (size_t r = 0; r < b->rows; r++)
        if (oc_bit(b->active, r) && price_row(w, &rows, r, &cols, err))
            return -1;
    return 0;
}

/* ---- the command ------------------------------------------------------------------------------------------- */

static int open_market(struct run *w, struct oc_roots **roots, struct oc_err *err)
{
    const struct oc_mc_words *const words = w->p->words;

    w->market = (struct oc_price){ .terms = { .instants = words->instants,
                                              .lock = PTHREAD_MUTEX_INITIALIZER,
                                              .calendar = words->calendar,
                                              .products = true },
                                   .spot = words->spot,
                                   .forward = NAN,
                                   .rate = words->rate,
                                   .dividend_yield = words->dividend_yield,
                                   .volatility = NAN,
                                   .shift = NAN,
                                   .market_units = strcmp(w->p->greek_units, "market") == 0 };
    if (oc_years_find(words->day_count ? words->day_count : "act/365", &w->market.terms.day_count, err)
        || oc_root_open(roots, err))
        return -1;
    w->market.terms.roots = *roots;
    return 0;
}

static int begin(void *ctx, const struct oc_schema *in, struct oc_err *err)
{
    const struct run *const w = ctx;

    return w->by.modelled ? 0 : oc_mcpricewalk_check(&w->by, oc_schema_find(in, "model") >= 0, err);
}

/* A shard keeps its figures and writes no rows: they go into memory and are dropped. */
static int run_rows(struct run *w, struct oc_err *err)
{
    const struct oc_mc_words *const words = w->p->words;
    struct oc_work work = { .kinds = "contract quote", .begin = begin, .step = step, .ordered = true, .partial = true,
                            .ctx = w };
    struct oc_buf nothing = { 0 };

    if (words->figures->mode != OC_FIGURES_SHARD)
        return oc_run(words->io, &work, err);
    struct oc_io quiet = *words->io;
    quiet.output = quiet.stats = quiet.metrics = quiet.provenance = quiet.manifest = NULL;
    quiet.output_format = "csv";
    work.into = &nothing;
    const int rc = oc_run(&quiet, &work, err);
    words->io->side = quiet.side;
    oc_buf_free(&nothing);
    return rc;
}

int oc_mc_price(struct oc_mc_price *p, struct oc_err *err)
{
    struct run *const w = calloc(1, sizeof *w);
    struct oc_roots *roots = NULL;

    if (!w)
        return oc_fail(err, OC_MEMORY, "no memory to begin with");
    w->p = p;
    int rc = oc_mcpricehow_read(p, &w->how, err) || oc_mcpricewalk_read(&w->by, p, &w->how, err)
             || open_market(w, &roots, err) ? -1 : 0;
    if (rc == 0 && p->basket)
        rc = oc_mcbasket_read(&w->basket, p->words->io, p->basket, err);
    if (p->basket && isnan(w->market.spot))
        w->market.spot = 1;                     /* rows of the basket need none; mcclaim tells what others lack */
    if (p->basket && isnan(w->market.dividend_yield))
        w->market.dividend_yield = 0;
    for (size_t i = 0; rc == 0 && p->basket && !w->by.modelled && i < p->words->walk.ncorr; i++)
        rc = oc_mcbasket_corr(&w->basket, p->words->walk.corr[i], err);
    if (rc == 0)
        rc = run_rows(w, err);
    oc_price_close(&w->market);
    oc_walks_free(&w->by.walks);
    oc_root_free(roots);
    free(w);
    return rc;
}
