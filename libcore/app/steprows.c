/*
 * steprows - see steprows.h.  A chain's columns are copied as they are; what is one value a chain or an expiry is filled in,
 * and texts are dictionaries made once for the whole run.
 */
#include "app/steprows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct oc_steptext {
    struct oc_dict *run, *symbol, *root, *type, *style, *settle;
    size_t nsettle;
    int32_t settle_of[OC_RULE_MAX];     /* text i of the dictionary settle */
};

/* ---- dictionaries ---------------------------------------------------------------------------------------- */

static struct oc_dict *dict(size_t n, const char *const *text, struct oc_err *err)
{
    uint32_t off[OC_RULE_MAX + 1] = { 0 };
    char bytes[64 * OC_RULE_MAX];
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t len = strnlen(text[i], 63);
        memcpy(bytes + at, text[i], len);
        at += len;
        off[i + 1] = (uint32_t)at;
    }
    return oc_dict_new((uint32_t)n, off, bytes, err);
}

static struct oc_dict *one(const char *text, struct oc_err *err) { return dict(1, &text, err); }

static size_t settle_index(const struct oc_steptext *t, int32_t settle)
{
    size_t i = 0;

    while (i < t->nsettle && t->settle_of[i] != settle)
        i++;
    return i;
}

static struct oc_dict *settles(const struct oc_schedule *s, struct oc_steptext *t, struct oc_err *err)
{
    char text[OC_RULE_MAX][8];
    const char *word[OC_RULE_MAX];

    for (size_t i = 0; i < s->n; i++) {
        const int32_t settle = s->rule[i].settle;
        if (settle_index(t, settle) < t->nsettle)
            continue;
        if (settle == OC_EXPIRY_PM || settle == OC_EXPIRY_AM)
            snprintf(text[t->nsettle], sizeof text[0], "%s", settle == OC_EXPIRY_PM ? "PM" : "AM");
        else
            snprintf(text[t->nsettle], sizeof text[0], "%02u:%02u", (unsigned)settle / 60 % 100, (unsigned)settle % 60);
        word[t->nsettle] = text[t->nsettle];
        t->settle_of[t->nsettle++] = settle;
    }
    return dict(t->nsettle, word, err);
}

int oc_steprows_open(struct oc_stepper *s, struct oc_err *err)
{
    struct oc_steptext *t = s->text = calloc(1, sizeof *t);

    if (!t)
        return oc_fail(err, OC_MEMORY, "no memory for a chain's texts");
    t->run = one(s->run, err);
    t->symbol = one(s->chain.symbol, err);
    t->root = s->chain.root[0] ? one(s->chain.root, err) : NULL;
    t->type = dict(2, (const char *const[]){ "C", "P" }, err);
    t->style = one("E", err);
    t->settle = settles(&s->chain.chain.schedule, t, err);
    return t->run && t->symbol && (t->root || !s->chain.root[0]) && t->type && t->style && t->settle ? 0 : -1;
}

void oc_steprows_close(struct oc_stepper *s)
{
    struct oc_steptext *t = s->text;

    if (!t)
        return;
    oc_dict_drop(t->run);
    oc_dict_drop(t->symbol);
    oc_dict_drop(t->root);
    oc_dict_drop(t->type);
    oc_dict_drop(t->style);
    oc_dict_drop(t->settle);
    free(t);
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

    return d ? oc_add_sym(f->out, name, d, &index, NULL, f->err) : 0;     /* all rows have text 0 */
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

/* run, path, step, ts, symbol */
static int add_head(const struct filling *f)
{
    int64_t *path, *step, *ts;
    size_t at = 0;

    if (same(f, "run", f->s->text->run) || oc_add_i64(f->out, "path", OC_I64, &path, NULL, f->err)
        || oc_add_i64(f->out, "step", OC_I64, &step, NULL, f->err) || oc_add_i64(f->out, "ts", OC_TIME, &ts, NULL, f->err))
        return -1;
    for (size_t i = 0; i < f->n; i++) {
        const size_t rows = f->s->factors ? 1 : f->rows[i].n;
        fill_i64(path + at, rows, (int64_t)f->st[i].path);
        fill_i64(step + at, rows, (int64_t)f->st[i].step);
        fill_i64(ts + at, rows, f->st[i].ts);
        at += rows;
    }
    return same(f, "symbol", f->s->text->symbol);
}

/* expiry, expires_at, settle: one value for each slice */
static int add_expiries(const struct filling *f)
{
    const struct oc_steptext *t = f->s->text;
    int32_t *date, *settle;
    int64_t *instant;

    if (oc_add_date(f->out, "expiry", &date, f->err) || oc_add_i64(f->out, "expires_at", OC_TIME, &instant, NULL, f->err)
        || oc_add_sym(f->out, "settle", t->settle, &settle, NULL, f->err))
        return -1;
    for (size_t i = 0, at = 0; i < f->n; i++)
        for (size_t j = 0; j < f->rows[i].nslice; j++) {
            const struct oc_chain_slice *e = &f->rows[i].slice[j];
            const int32_t word = (int32_t)settle_index(t, e->listed.settle);
            for (const size_t end = at + 2 * e->n; at < end; at++) {
                date[at] = e->listed.date;
                instant[at] = e->listed.expires_at;
                settle[at] = word;
            }
        }
    return 0;
}

static int add_types(const struct filling *f)
{
    int32_t *type;

    if (oc_add_sym(f->out, "type", f->s->text->type, &type, NULL, f->err))
        return -1;
    for (size_t i = 0; i < f->out->rows; i++)
        type[i] = i & 1;                /* call, put, call, put ... */
    return same(f, "style", f->s->text->style);
}

/* A column that the chains have; `field` is where struct oc_chain_rows keeps it. */
static int copy(const struct filling *f, const char *name, size_t field)
{
    double *v;

    if (oc_add_f64(f->out, name, &v, f->err))
        return -1;
    for (size_t i = 0; i < f->n; i++) {
        const double *from;
        memcpy(&from, (const char *)&f->rows[i] + field, sizeof from);
        memcpy(v, from, f->rows[i].n * sizeof *v);
        v += f->rows[i].n;
    }
    return 0;
}
#define COPY(f, name) copy(f, #name, offsetof(struct oc_chain_rows, name))

static int add_market(const struct filling *f)
{
    const struct oc_chain_spec *c = &f->s->chain.chain;
    struct oc_step_seen seen;
    double *spot, *yield;

    if (COPY(f, strike) || oc_add_f64(f->out, "spot", &spot, f->err))
        return -1;
    for (size_t i = 0; i < f->n; i++) {
        if (oc_step_see(f->s, &f->st[i], &seen, f->err))
            return -1;
        fill_f64(spot, f->rows[i].n, seen.spot);
        spot += f->rows[i].n;
    }
    if (((c->by_forward || c->ndividend) && COPY(f, forward)) || COPY(f, rate))
        return -1;
    if (oc_add_f64(f->out, "dividend_yield", &yield, f->err))
        return -1;
    fill_f64(yield, f->out->rows, c->dividend_yield);
    return COPY(f, iv);
}

static int add_quotes(const struct filling *f)
{
    const struct oc_chain_spec *c = &f->s->chain.chain;

    if (COPY(f, bid) || COPY(f, ask) || COPY(f, mid))
        return -1;
    if (c->sizes && (COPY(f, bid_size) || COPY(f, ask_size) || COPY(f, volume) || COPY(f, open_interest)))
        return -1;
    for (int q = 0; q < OC_QUANTITIES; q++)
        if ((q == OC_PRICE || c->want[q])
            && copy(f, oc_quantity_name(q), offsetof(struct oc_chain_rows, value) + (size_t)q * sizeof(double *)))
            return -1;
    return 0;
}

static int add_status(const struct filling *f)
{
    if (oc_add_status(f->out, f->err))
        return -1;
    for (size_t i = 0, at = 0; i < f->n; at += f->rows[i].n, i++)
        for (size_t j = 0; j < f->rows[i].n; j++)
            if (f->rows[i].status[j]
                && oc_status_add(f->out, at + j, "price", oc_row_name(f->rows[i].status[j]), f->err))
                return -1;
    return 0;
}

/* ---- factors --------------------------------------------------------------------------------------------- */

static int add_factors(const struct filling *f)
{
    const double yield = f->s->chain.chain.dividend_yield;
    double *spot, *vol, *rates, *yields;
    int64_t *jumps = NULL, *regime = NULL;

    if (oc_add_f64(f->out, "spot", &spot, f->err) || oc_add_f64(f->out, "volatility", &vol, f->err)
        || oc_add_f64(f->out, "rate", &rates, f->err) || oc_add_f64(f->out, "dividend_yield", &yields, f->err)
        || (f->s->has_jumps && oc_add_i64(f->out, "jumps", OC_I64, &jumps, NULL, f->err))
        || (f->s->has_regime && oc_add_i64(f->out, "regime", OC_I64, &regime, NULL, f->err)))
        return -1;
    for (size_t i = 0; i < f->n; i++) {
        struct oc_step_seen seen;
        if (oc_step_see(f->s, &f->st[i], &seen, f->err))
            return -1;
        spot[i] = seen.spot;
        vol[i] = seen.volatility;
        if (jumps)
            jumps[i] = (int64_t)seen.jumps;
        if (regime)
            regime[i] = (int64_t)seen.regime;
    }
    fill_f64(rates, f->n, f->s->drift + yield);
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
    if (add_head(&f))
        return -1;
    if (s->factors)
        return add_factors(&f);
    return same(&f, "root", s->text->root) || add_expiries(&f) || add_types(&f) || add_market(&f) || add_quotes(&f)
           || add_status(&f) ? -1 : 0;
}
