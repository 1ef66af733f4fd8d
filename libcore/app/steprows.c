/*
 * steprows - see steprows.h.  A chain's columns are copied as they are; what is one value a chain or an expiry is filled in,
 * and texts are dictionaries made once for the whole run.
 */
#include "app/steprows.h"

#include "app/chaincols.h"
#include "app/chainocs.h"
#include "app/price.h"

#include <math.h>
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

static int32_t settle_index(const struct oc_chaincols *c, int32_t settle)
{
    size_t i = 0;

    while (i + 1 < c->nsettle && c->settle_of[i] != settle)
        i++;
    return (int32_t)i;
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
    return same(f, "symbol", f->s->text->cols.symbol);
}

/* root, expiry, expires_at, settle: one value for each slice */
static int add_expiries(const struct filling *f)
{
    const struct oc_chaincols *c = &f->s->text->cols;
    int32_t *date, *settle, *root;
    int64_t *instant;

    if (oc_add_sym(f->out, "root", c->root, &root, NULL, f->err) || oc_add_date(f->out, "expiry", &date, f->err)
        || oc_add_i64(f->out, "expires_at", OC_TIME, &instant, NULL, f->err)
        || oc_add_sym(f->out, "settle", c->settle, &settle, NULL, f->err))
        return -1;
    for (size_t i = 0, at = 0; i < f->n; i++)
        for (size_t j = 0; j < f->rows[i].nslice; j++) {
            const struct oc_chain_slice *e = &f->rows[i].slice[j];
            const int32_t word = settle_index(c, e->listed.settle);
            for (const size_t end = at + 2 * e->n; at < end; at++) {
                date[at] = e->listed.date;
                instant[at] = e->listed.expires_at;
                settle[at] = root[at] = word;
            }
        }
    return 0;
}

static int add_types(const struct filling *f)
{
    int32_t *type;

    if (oc_add_sym(f->out, "type", f->s->text->cols.type, &type, NULL, f->err))
        return -1;
    for (size_t i = 0; i < f->out->rows; i++)
        type[i] = i & 1;                /* call, put, call, put ... */
    return same(f, "style", f->s->text->cols.style);
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
        if (f->rows[i].n)
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
    if (COPY(f, bid) || COPY(f, ask) || COPY(f, mid))
        return -1;
    if (!f->s->chain.chain.sizes)
        return 0;
    return COPY(f, bid_size) || COPY(f, ask_size) || COPY(f, volume) || COPY(f, open_interest) ? -1 : 0;
}

/* Price and Greeks; *first is the first Greek's name, NULL: there is none. */
static int add_values(const struct filling *f, const char **first)
{
    for (int q = 0; q < OC_QUANTITIES; q++) {
        const char *name;
        if (q != OC_PRICE && !f->s->chain.chain.want[q])
            continue;
        const double unit = oc_price_unit(f->s->market_units, q, &name);
        if (copy(f, name, offsetof(struct oc_chain_rows, value) + (size_t)q * sizeof(double *)))
            return -1;
        double *const v = oc_col(f->out, name)->f64;
        for (size_t i = 0; unit != 1 && i < f->out->rows; i++)
            v[i] /= unit;
        if (q != OC_PRICE && !*first)
            *first = name;
    }
    return 0;
}

/* The rules that list an expiry, joined by |. */
static int add_labels(const struct filling *f)
{
    const struct oc_schedule *s = &f->s->chain.chain.schedule;
    char text[OC_CHAINOCS_LABELS], *bytes;
    size_t total = 0, at = 0, row = 0;
    int32_t *off;

    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < f->rows[i].nslice; j++)
            total += 2 * f->rows[i].slice[j].n * oc_chainocs_labels(s, f->rows[i].slice[j].listed.rules, text);
    if (total > INT32_MAX)
        return oc_fail(f->err, OC_LIMIT, "the labels of a block take %zu bytes", total);
    if (oc_add_text(f->out, "labels", total, &off, &bytes, f->err))
        return -1;
    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < f->rows[i].nslice; j++) {
            const struct oc_chain_slice *e = &f->rows[i].slice[j];
            const size_t len = oc_chainocs_labels(s, e->listed.rules, text);
            for (const size_t end = row + 2 * e->n; row < end; row++, at += len) {
                off[row] = (int32_t)at;
                memcpy(bytes + at, text, len);
            }
        }
    off[row] = (int32_t)at;
    return 0;
}

/* Reasons for Greeks that do not exist, under the name of the first. */
static int add_status(const struct filling *f, const char *first)
{
    if (!first)
        return 0;
    if (oc_add_status(f->out, f->err))
        return -1;
    for (size_t i = 0, at = 0; i < f->n; at += f->rows[i].n, i++)
        for (size_t j = 0; j < f->rows[i].n; j++) {
            const struct oc_chain_rows *r = &f->rows[i];
            const double *elasticity = r->value[OC_ELASTICITY];
            const bool none = elasticity && isnan(elasticity[j]);
            if ((r->status[j] || none)
                && oc_status_add(f->out, at + j, r->status[j] ? first : "elasticity",
                                 oc_row_name(r->status[j] ? r->status[j] : OC_ROW_OUT_OF_DOMAIN), f->err))
                return -1;
        }
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
    const char *first = NULL;
    return add_expiries(&f) || add_types(&f) || add_market(&f) || add_quotes(&f) || add_values(&f, &first) || add_labels(&f)
           || add_status(&f, first) ? -1 : 0;
}
