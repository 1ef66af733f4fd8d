/* steprows - see steprows.h.  The columns of the chains are chaincols'. */
#include "app/steprows.h"

#include "app/chaincols.h"
#include "app/stepplan.h"

#include <stdlib.h>
#include <string.h>

struct oc_steptext {
    struct oc_dict *run;
    struct oc_chaincols cols;           /* dictionaries of a chain's texts */
};

int oc_steprows_open(struct oc_stepper *s, struct oc_err *err)
{
    const uint32_t off[2] = { 0, (uint32_t)strlen(s->run) };
    struct oc_steptext *t = s->text = calloc(1, sizeof *t);

    if (!t)
        return oc_fail(err, OC_MEMORY, "no memory for a chain's texts");
    t->cols.market_units = s->market_units;
    t->run = oc_dict_new(1, off, s->run, err);
    return t->run ? oc_chaincols_open(&t->cols, &s->chain, err) : -1;
}

void oc_steprows_close(struct oc_stepper *s)
{
    if (!s->text)
        return;
    oc_dict_drop(s->text->run);
    oc_chaincols_close(&s->text->cols);
    free(s->text);
    s->text = NULL;
}

/* ---- columns --------------------------------------------------------------------------------------------- */

struct filling {
    const struct oc_stepper *s;
    size_t n;
    const struct oc_step_state *st;
    const struct oc_chain_rows *rows;
    struct oc_batch *out;
    struct oc_err *err;
};

static int same(const struct filling *f, const char *name, struct oc_dict *d)
{
    int32_t *index;

    return oc_add_sym(f->out, name, d, &index, NULL, f->err);       /* all rows have text 0 */
}

static void fill_i64(int64_t *v, size_t n, int64_t x)
{
    for (size_t i = 0; i < n; i++)
        v[i] = x;
}

static void fill_f64(double *v, size_t n, double x)
{
    for (size_t i = 0; i < n; i++)
        v[i] = x;
}

/* run, path, step */
static int add_head(const struct filling *f)
{
    int64_t *path, *step;
    size_t at = 0;

    if (same(f, "run", f->s->text->run) || oc_add_i64(f->out, "path", OC_I64, &path, NULL, f->err)
        || oc_add_i64(f->out, "step", OC_I64, &step, NULL, f->err))
        return -1;
    for (size_t i = 0; i < f->n; i++) {
        const size_t rows = f->s->factors ? 1 : f->rows[i].n;
        fill_i64(path + at, rows, (int64_t)f->st[i].path);
        fill_i64(step + at, rows, (int64_t)f->st[i].step);
        at += rows;
    }
    return 0;
}

static int add_chains(const struct filling *f)
{
    struct oc_chain_view *view = oc_arena_alloc(&f->out->arena, (f->n + 1) * sizeof *view);

    if (!view)
        return oc_fail(f->err, OC_MEMORY, "no memory for a block");
    for (size_t i = 0; i < f->n; i++) {
        struct oc_step_seen seen;
        if (oc_step_see(f->s, &f->st[i], &seen, f->err))
            return -1;
        view[i] = (struct oc_chain_view){ f->st[i].ts, seen.spot, &f->rows[i], &f->rows[i] };
    }
    return oc_chaincols_fill(&f->s->text->cols, f->n, view, f->out, f->err);
}

/* ---- factors --------------------------------------------------------------------------------------------- */

static int add_factors(const struct filling *f)
{
    const double yield = f->s->chain.chain.dividend_yield;
    double *spot, *vol, *rates, *yields;
    int64_t *ts, *jumps = NULL, *regime = NULL;

    if (oc_add_i64(f->out, "ts", OC_TIME, &ts, NULL, f->err) || same(f, "symbol", f->s->text->cols.symbol)
        || oc_add_f64(f->out, "spot", &spot, f->err) || oc_add_f64(f->out, "volatility", &vol, f->err)
        || oc_add_f64(f->out, "rate", &rates, f->err) || oc_add_f64(f->out, "dividend_yield", &yields, f->err)
        || (f->s->has_jumps && oc_add_i64(f->out, "jumps", OC_I64, &jumps, NULL, f->err))
        || (f->s->has_regime && oc_add_i64(f->out, "regime", OC_I64, &regime, NULL, f->err)))
        return -1;
    for (size_t i = 0; i < f->n; i++) {
        struct oc_step_seen seen;
        if (oc_step_see(f->s, &f->st[i], &seen, f->err))
            return -1;
        ts[i] = f->st[i].ts;
        spot[i] = seen.spot;
        rates[i] = oc_stepplan_rate(f->s, oc_stepclock_years(f->s->chain.ts, f->st[i].ts), 1.0 / 365);
        vol[i] = seen.volatility;
        if (jumps)
            jumps[i] = (int64_t)seen.jumps;
        if (regime)
            regime[i] = (int64_t)seen.regime;
    }
    fill_f64(yields, f->n, yield);
    return 0;
}

int oc_step_fill(const struct oc_stepper *s, size_t n, const struct oc_step_state *st, const struct oc_chain_rows *rows,
                 struct oc_batch *out, struct oc_err *err)
{
    const struct filling f = { s, n, st, rows, out, err };

    out->rows = s->factors ? n : 0;
    for (size_t i = 0; i < n && !s->factors; i++)
        out->rows += rows[i].n;
    return add_head(&f) || (s->factors ? add_factors(&f) : add_chains(&f)) ? -1 : 0;
}
