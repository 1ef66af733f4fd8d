/* chaincols - quote records of a chain: see chaincols.h.  The export of OptionChain-Simulator is in chainocs.c. */
#include "app/chaincols.h"

#include "app/chainocs.h"
#include "app/price.h"
#include "market/symbol.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- dictionaries ---------------------------------------------------------------------------------------- */

static struct oc_dict *dict(size_t n, char (*text)[32], struct oc_err *err)
{
    uint32_t off[OC_RULE_MAX + 1] = { 0 };
    char bytes[32 * OC_RULE_MAX];

    for (size_t i = 0; i < n; i++) {
        const size_t len = strlen(text[i]);
        memcpy(bytes + off[i], text[i], len);
        off[i + 1] = off[i] + (uint32_t)len;
    }
    return oc_dict_new((uint32_t)n, off, bytes, err);
}

static void settle_text(int32_t settle, char *out, size_t size)
{
    if (settle == OC_EXPIRY_PM || settle == OC_EXPIRY_AM)
        snprintf(out, size, "%s", settle == OC_EXPIRY_PM ? "PM" : "AM");
    else
        snprintf(out, size, "%02d:%02d", (int)settle / 60, (int)settle % 60);
}

static size_t settle_index(const struct oc_chaincols *c, int32_t settle)
{
    size_t i = 0;

    while (i < c->nsettle && c->settle_of[i] != settle)
        i++;
    return i;
}

int oc_chaincols_open(struct oc_chaincols *c, const struct oc_chain_plan *plan, struct oc_err *err)
{
    const struct oc_schedule *s = &plan->chain.schedule;
    char settle[OC_RULE_MAX][32], root[OC_RULE_MAX][32], own[2][32] = { "C", "P" };

    c->plan = plan;
    for (size_t i = 0; i < s->n; i++) {
        if (settle_index(c, s->rule[i].settle) < c->nsettle)
            continue;
        settle_text(s->rule[i].settle, settle[c->nsettle], sizeof settle[0]);
        snprintf(root[c->nsettle], sizeof root[0], "%s", oc_chain_plan_root(plan, s->rule[i].settle));
        c->settle_of[c->nsettle++] = s->rule[i].settle;
    }
    c->settle = dict(c->nsettle, settle, err);
    c->root = dict(c->nsettle, root, err);
    c->type = dict(2, own, err);
    strcpy(own[0], "E");
    c->style = dict(1, own, err);
    memcpy(own[0], plan->symbol, sizeof own[0]);
    c->symbol = dict(1, own, err);
    return c->settle && c->root && c->type && c->style && c->symbol ? 0 : -1;
}

void oc_chaincols_close(struct oc_chaincols *c)
{
    oc_dict_drop(c->settle);
    oc_dict_drop(c->root);
    oc_dict_drop(c->type);
    oc_dict_drop(c->style);
    oc_dict_drop(c->symbol);
    *c = (struct oc_chaincols){ 0 };
}

/* ---- columns --------------------------------------------------------------------------------------------- */

struct filling {
    const struct oc_chaincols *c;
    const struct oc_chain_at *at;
    const struct oc_chain_rows *list, *r;   /* r NULL: no rows */
    struct oc_batch *out;
    struct oc_err *err;
};

/* Rows [*from, end) of one expiry, and its slice; false behind the last. */
static bool next_run(const struct filling *f, size_t *from, size_t *end, const struct oc_chain_slice **e)
{
    *from = *end;
    if (!f->r || *from >= f->r->n)
        return false;
    *e = &f->list->slice[f->r->expiry[*from]];
    *end = 2 * ((*e)->first + (*e)->n) - f->r->from;
    if (*end > f->r->n)
        *end = f->r->n;
    return true;
}

static int constant(const struct filling *f, const char *name, double x)
{
    double *v;

    if (oc_add_f64(f->out, name, &v, f->err))
        return -1;
    for (size_t i = 0; i < f->out->rows; i++)
        v[i] = x;
    return 0;
}

/* A column that the rows have. */
static int copy(const struct filling *f, const char *name, const double *from)
{
    double *v;

    if (oc_add_f64(f->out, name, &v, f->err))
        return -1;
    if (f->out->rows)
        memcpy(v, from, f->out->rows * sizeof *v);
    return 0;
}
#define COPY(f, name) copy(f, #name, (f)->r ? (f)->r->name : NULL)

static int same(const struct filling *f, const char *name, struct oc_dict *d)
{
    int32_t *index;

    return oc_add_sym(f->out, name, d, &index, NULL, f->err);       /* all rows have text 0 */
}

/* A text that depends on how an expiry settles. */
static int by_settle(const struct filling *f, const char *name, struct oc_dict *d)
{
    const struct oc_chain_slice *e;
    int32_t *index;

    if (oc_add_sym(f->out, name, d, &index, NULL, f->err))
        return -1;
    for (size_t from, end = 0; next_run(f, &from, &end, &e);) {
        const int32_t k = (int32_t)settle_index(f->c, e->listed.settle);
        for (size_t i = from; i < end; i++)
            index[i] = k;
    }
    return 0;
}

static int add_expiries(const struct filling *f)
{
    const struct oc_chain_slice *e;
    int32_t *date;
    int64_t *instant;

    if (oc_add_date(f->out, "expiry", &date, f->err) || oc_add_i64(f->out, "expires_at", OC_TIME, &instant, NULL, f->err))
        return -1;
    for (size_t from, end = 0; next_run(f, &from, &end, &e);)
        for (size_t i = from; i < end; i++) {
            date[i] = e->listed.date;
            instant[i] = e->listed.expires_at;
        }
    return by_settle(f, "settle", f->c->settle);
}

static int add_types(const struct filling *f)
{
    int32_t *type;

    if (oc_add_sym(f->out, "type", f->c->type, &type, NULL, f->err))
        return -1;
    for (size_t i = 0; i < f->out->rows; i++)
        type[i] = i & 1;                                            /* call, put, call, put ... */
    return same(f, "style", f->c->style);
}

/* OSI names, each row its own text of a dictionary made for the block. */
static int add_names(const struct filling *f)
{
    const size_t n = f->out->rows;
    uint32_t *off = oc_arena_alloc(&f->out->arena, (n + 1) * sizeof *off);
    char *bytes = oc_arena_alloc(&f->out->arena, n * OC_SYMBOL_MAX + 1);
    const struct oc_chain_slice *e = NULL;
    struct oc_symbol s = { .has_expiry = true };
    int32_t *index;

    if (!off || !bytes)
        return oc_fail(f->err, OC_MEMORY, "no memory for a block");
    off[0] = 0;
    for (size_t from, end = 0; next_run(f, &from, &end, &e);) {
        s.root_len = (size_t)snprintf(s.root, sizeof s.root, "%s", oc_chain_plan_root(f->c->plan, e->listed.settle));
        s.expiry = e->listed.date;
        for (size_t i = from; i < end; i++) {
            s.type = "CP"[i & 1];
            s.strike = f->r->strike[i];
            const size_t len = oc_symbol_print(bytes + off[i], &s, OC_SYMBOL_OSI);
            if (len == 0)
                return oc_fail(f->err, OC_DATA, "contract_symbol: root %s, strike %g has no OSI name", s.root, s.strike);
            off[i + 1] = off[i] + (uint32_t)len;
        }
    }
    struct oc_dict *d = oc_dict_new((uint32_t)n, off, bytes, f->err);
    const int rc = d ? oc_add_sym(f->out, "contract_symbol", d, &index, NULL, f->err) : -1;
    oc_dict_drop(d);
    for (size_t i = 0; rc == 0 && i < n; i++)
        index[i] = (int32_t)i;
    return rc;
}

/* The rules that list an expiry, joined by |. */
static int add_labels(const struct filling *f)
{
    const struct oc_chain_slice *e;
    size_t total = 0;
    int32_t *off;
    char *bytes, text[OC_CHAINOCS_LABELS];

    for (size_t from, end = 0; next_run(f, &from, &end, &e);)
        total += (end - from) * oc_chainocs_labels(&f->c->plan->chain.schedule, e->listed.rules, text);
    if (total > INT32_MAX)
        return oc_fail(f->err, OC_LIMIT, "the labels of a block take %zu bytes", total);
    if (oc_add_text(f->out, "labels", total, &off, &bytes, f->err))
        return -1;
    size_t at = 0;
    for (size_t from, end = 0; next_run(f, &from, &end, &e);) {
        const size_t len = oc_chainocs_labels(&f->c->plan->chain.schedule, e->listed.rules, text);
        for (size_t i = from; i < end; i++) {
            off[i] = (int32_t)at;
            memcpy(bytes + at, text, len);
            at += len;
        }
    }
    off[f->out->rows] = (int32_t)at;
    return 0;
}

/* Reasons for Greeks that do not exist; first: the Greek that is named. */
static int add_reasons(const struct filling *f, const char *first)
{
    if (oc_add_status(f->out, f->err))
        return -1;
    for (size_t i = 0; i < f->out->rows; i++) {
        const double *elasticity = f->r->value[OC_ELASTICITY];
        const bool none = f->r->status[i] != OC_ROW_OK;
        if (none && oc_status_add(f->out, i, first, oc_row_name(f->r->status[i]), f->err))
            return -1;
        if (!none && elasticity && isnan(elasticity[i])
            && oc_status_add(f->out, i, "elasticity", oc_row_name(OC_ROW_OUT_OF_DOMAIN), f->err))
            return -1;
    }
    return 0;
}

/* Price and Greeks, labels, status. */
static int add_values(const struct filling *f)
{
    const bool *want = f->c->plan->chain.want;
    const char *name = NULL, *first = NULL;

    for (int k = 0; k < OC_QUANTITIES; k++) {
        double *v;
        if (k != OC_PRICE && !want[k])
            continue;
        const double unit = oc_price_unit(f->c->market_units, k, &name);
        if (oc_add_f64(f->out, name, &v, f->err))
            return -1;
        for (size_t i = 0; i < f->out->rows; i++)
            v[i] = unit == 1 ? f->r->value[k][i] : f->r->value[k][i] / unit;
        if (k != OC_PRICE && !first)
            first = name;
    }
    return add_labels(f) || (first && add_reasons(f, first)) ? -1 : 0;
}

static int add_terms(const struct filling *f)
{
    int64_t *ts;

    if (oc_add_i64(f->out, "ts", OC_TIME, &ts, NULL, f->err))
        return -1;
    for (size_t i = 0; i < f->out->rows; i++)
        ts[i] = f->at->ts;
    return same(f, "symbol", f->c->symbol) || (f->c->contract_symbol && add_names(f)) || by_settle(f, "root", f->c->root)
           || add_expiries(f) || add_types(f) || COPY(f, strike) ? -1 : 0;
}

static int add_market(const struct filling *f)
{
    const struct oc_chain_spec *s = &f->c->plan->chain;

    return constant(f, "spot", f->at->spot) || ((s->by_forward || s->ndividend) && COPY(f, forward)) || COPY(f, rate)
           || constant(f, "dividend_yield", s->dividend_yield) || COPY(f, iv) || COPY(f, bid) || COPY(f, ask) || COPY(f, mid)
           || (s->sizes && (COPY(f, bid_size) || COPY(f, ask_size) || COPY(f, volume) || COPY(f, open_interest))) ? -1 : 0;
}

int oc_chaincols_fill(const struct oc_chaincols *c, const struct oc_chain_at *at, const struct oc_chain_rows *list,
                      const struct oc_chain_rows *r, struct oc_batch *out, struct oc_err *err)
{
    const struct filling f = { c, at, list, r, out, err };

    if (c->ocs)
        return oc_chainocs_fill(c, at, list, r, out, err);
    out->rows = r ? r->n : 0;
    return add_terms(&f) || add_market(&f) || add_values(&f) ? -1 : 0;
}
