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
    size_t n;
    const struct oc_chain_view *view;
    struct oc_batch *out;
    struct oc_err *err;
};

/* Rows [from, end) of the batch: one expiry of one chain.  All 0 before the first. */
struct expiry_run { size_t view, first, from, end; const struct oc_chain_slice *e; };

static bool next_run(const struct filling *f, struct expiry_run *r)
{
    while (r->view < f->n && r->end == r->first + f->view[r->view].rows->n) {
        r->first = r->end;
        r->view++;
    }
    if (r->view == f->n)
        return false;
    const struct oc_chain_view *v = &f->view[r->view];
    r->from = r->end;
    r->e = &v->list->slice[v->rows->expiry[r->from - r->first]];
    const size_t end = 2 * (r->e->first + r->e->n) - v->rows->from;
    r->end = r->first + (end < v->rows->n ? end : v->rows->n);
    return true;
}

/* A figure that all rows of a chain share. */
static int by_view(const struct filling *f, const char *name, size_t field)
{
    double *v, x;

    if (oc_add_f64(f->out, name, &v, f->err))
        return -1;
    for (size_t i = 0; i < f->n; i++) {
        memcpy(&x, (const char *)&f->view[i] + field, sizeof x);
        for (const double *const end = v + f->view[i].rows->n; v < end; v++)
            *v = x;
    }
    return 0;
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

/* A column that the rows have; `field` is where struct oc_chain_rows keeps it. */
static int copy(const struct filling *f, const char *name, size_t field)
{
    const double *from;
    double *v;

    if (oc_add_f64(f->out, name, &v, f->err))
        return -1;
    for (size_t i = 0; i < f->n; v += f->view[i].rows->n, i++) {
        memcpy(&from, (const char *)f->view[i].rows + field, sizeof from);
        if (f->view[i].rows->n)
            memcpy(v, from, f->view[i].rows->n * sizeof *v);
    }
    return 0;
}
#define COPY(f, name) copy(f, #name, offsetof(struct oc_chain_rows, name))

static int same(const struct filling *f, const char *name, struct oc_dict *d)
{
    int32_t *index;

    return oc_add_sym(f->out, name, d, &index, NULL, f->err);       /* all rows have text 0 */
}

/* A text that depends on how an expiry settles. */
static int by_settle(const struct filling *f, const char *name, struct oc_dict *d)
{
    struct expiry_run r = { 0 };
    int32_t *index;

    if (oc_add_sym(f->out, name, d, &index, NULL, f->err))
        return -1;
    while (next_run(f, &r)) {
        const int32_t k = (int32_t)settle_index(f->c, r.e->listed.settle);
        for (size_t i = r.from; i < r.end; i++)
            index[i] = k;
    }
    return 0;
}

static int add_expiries(const struct filling *f)
{
    struct expiry_run r = { 0 };
    int32_t *date;
    int64_t *instant;

    if (oc_add_date(f->out, "expiry", &date, f->err) || oc_add_i64(f->out, "expires_at", OC_TIME, &instant, NULL, f->err))
        return -1;
    while (next_run(f, &r))
        for (size_t i = r.from; i < r.end; i++) {
            date[i] = r.e->listed.date;
            instant[i] = r.e->listed.expires_at;
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

static struct oc_symbol contract(const struct oc_chaincols *c, const struct oc_chain_slice *e)
{
    struct oc_symbol s = { .has_expiry = true, .expiry = e->listed.date };

    s.root_len = (size_t)snprintf(s.root, sizeof s.root, "%s", oc_chain_plan_root(c->plan, e->listed.settle));
    return s;
}

/* The name of a call or a put into out, OC_SYMBOL_MAX bytes; its length. */
static size_t print_name(struct oc_symbol *s, char type, double strike, char *out, struct oc_err *err)
{
    s->type = type;
    s->strike = strike;
    const size_t len = oc_symbol_print(out, s, OC_SYMBOL_OSI);
    if (len == 0)
        oc_fail(err, OC_USAGE, "--contract-symbol: root %s, strike %g has no OSI name", s->root, s->strike);
    return len;
}

int oc_chaincols_check(const struct oc_chaincols *c, const struct oc_chain_rows *list, struct oc_err *err)
{
    char name[OC_SYMBOL_MAX];

    for (size_t i = 0; c->contract_symbol && i < list->nslice; i++) {
        const struct oc_chain_slice *e = &list->slice[i];
        struct oc_symbol s = contract(c, e);
        for (size_t k = e->first; k < e->first + e->n; k++)
            if (print_name(&s, 'C', list->ladder[k], name, err) == 0)
                return -1;
    }
    return 0;
}

/* OSI names, each row its own text of a dictionary made for the block. */
static int add_names(const struct filling *f)
{
    const size_t n = f->out->rows;
    uint32_t *off = oc_arena_alloc(&f->out->arena, (n + 1) * sizeof *off);
    char *bytes = oc_arena_alloc(&f->out->arena, n * OC_SYMBOL_MAX + 1);
    struct expiry_run r = { 0 };
    int32_t *index;

    if (!off || !bytes)
        return oc_fail(f->err, OC_MEMORY, "no memory for a block");
    off[0] = 0;
    while (next_run(f, &r)) {
        const double *strike = f->view[r.view].rows->strike;
        struct oc_symbol s = contract(f->c, r.e);
        for (size_t i = r.from; i < r.end; i++) {
            const size_t len = print_name(&s, "CP"[i & 1], strike[i - r.first], bytes + off[i], f->err);
            if (len == 0)
                return -1;
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
    const struct oc_schedule *s = &f->c->plan->chain.schedule;
    char text[OC_CHAINOCS_LABELS], *bytes;
    size_t total = 0, at = 0;
    int32_t *off;

    for (struct expiry_run r = { 0 }; next_run(f, &r);)
        total += (r.end - r.from) * oc_chainocs_labels(s, r.e->listed.rules, text);
    if (total > INT32_MAX)
        return oc_fail(f->err, OC_LIMIT, "the labels of a block take %zu bytes", total);
    if (oc_add_text(f->out, "labels", total, &off, &bytes, f->err))
        return -1;
    for (struct expiry_run r = { 0 }; next_run(f, &r);) {
        const size_t len = oc_chainocs_labels(s, r.e->listed.rules, text);
        for (size_t i = r.from; i < r.end; i++, at += len) {
            off[i] = (int32_t)at;
            memcpy(bytes + at, text, len);
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
    for (size_t i = 0, at = 0; i < f->n; at += f->view[i].rows->n, i++)
        for (size_t j = 0; j < f->view[i].rows->n; j++) {
            const struct oc_chain_rows *r = f->view[i].rows;
            const double *elasticity = r->value[OC_ELASTICITY];
            const bool none = elasticity && isnan(elasticity[j]);
            if ((r->status[j] || none)
                && oc_status_add(f->out, at + j, r->status[j] ? first : "elasticity",
                                 oc_row_name(r->status[j] ? r->status[j] : OC_ROW_OUT_OF_DOMAIN), f->err))
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
        if (k != OC_PRICE && !want[k])
            continue;
        const double unit = oc_price_unit(f->c->market_units, k, &name);
        if (copy(f, name, offsetof(struct oc_chain_rows, value) + (size_t)k * sizeof(double *)))
            return -1;
        double *const v = oc_col(f->out, name)->f64;
        for (size_t i = 0; unit != 1 && i < f->out->rows; i++)
            v[i] /= unit;
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
    for (size_t i = 0; i < f->n; i++) {
        const int64_t x = f->view[i].ts;
        for (const int64_t *const end = ts + f->view[i].rows->n; ts < end; ts++)
            *ts = x;
    }
    return same(f, "symbol", f->c->symbol) || (f->c->contract_symbol && add_names(f)) || by_settle(f, "root", f->c->root)
           || add_expiries(f) || add_types(f) || COPY(f, strike) ? -1 : 0;
}

static int add_market(const struct filling *f)
{
    const struct oc_chain_spec *s = &f->c->plan->chain;

    return by_view(f, "spot", offsetof(struct oc_chain_view, spot))
           || ((s->by_forward || s->ndividend) && COPY(f, forward)) || COPY(f, rate)
           || constant(f, "dividend_yield", s->dividend_yield) || COPY(f, iv) || COPY(f, bid) || COPY(f, ask) || COPY(f, mid)
           || (s->sizes && (COPY(f, bid_size) || COPY(f, ask_size) || COPY(f, volume) || COPY(f, open_interest))) ? -1 : 0;
}

int oc_chaincols_fill(const struct oc_chaincols *c, size_t n, const struct oc_chain_view *view, struct oc_batch *out,
                      struct oc_err *err)
{
    const struct filling f = { c, n, view, out, err };

    out->rows = 0;
    for (size_t i = 0; i < n; i++)
        out->rows += view[i].rows->n;
    return add_terms(&f) || add_market(&f) || add_values(&f) ? -1 : 0;
}
