/* baradjust - see baradjust.h */
#include "app/baradjust.h"

#include "base/time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct event {
    int64_t at;             /* first instant of the ex-date */
    int32_t date;
    double split;           /* new shares for an old one; 1 none */
    double amount, cash;    /* of a dividend whose factor needs a close; 1 - its part of the price, when that is known */
    double close;           /* the last price before; NaN: there is none */
    struct oc_barfactor all;        /* of this event and all after it */
};

struct oc_baradjust_events { char *symbol; size_t length, n, cap; struct event *v; };

struct oc_baradjust {
    const struct oc_barclock *clock;
    size_t n, cap;
    struct oc_baradjust_events *v;
    bool needs_close;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for dividends"); }

void oc_baradjust_free(struct oc_baradjust *a)
{
    for (size_t i = 0; a && i < a->n; i++) {
        free(a->v[i].symbol);
        free(a->v[i].v);
    }
    if (a)
        free(a->v);
    free(a);
}

const struct oc_baradjust_events *oc_baradjust_of(const struct oc_baradjust *a, const char *symbol, size_t n)
{
    for (size_t i = 0; a && i < a->n; i++)
        if (a->v[i].length == n && memcmp(a->v[i].symbol, symbol, n) == 0)
            return &a->v[i];
    return NULL;
}

static struct oc_baradjust_events *events_of(struct oc_baradjust *a, const char *symbol, size_t n, struct oc_err *err)
{
    struct oc_baradjust_events *e = (struct oc_baradjust_events *)oc_baradjust_of(a, symbol, n);

    if (e)
        return e;
    if (a->n == a->cap) {
        const size_t cap = a->cap ? 2 * a->cap : 8;
        struct oc_baradjust_events *p = realloc(a->v, cap * sizeof *p);
        if (!p) {
            no_memory(err);
            return NULL;
        }
        a->v = p;
        a->cap = cap;
    }
    char *name = malloc(n + 1);
    if (!name) {
        no_memory(err);
        return NULL;
    }
    memcpy(name, symbol, n);
    name[n] = 0;
    a->v[a->n] = (struct oc_baradjust_events){ .symbol = name, .length = n };
    return &a->v[a->n++];
}

/* ---- the file ------------------------------------------------------------------------------------------------ */

struct columns { struct oc_symcol symbol, type; struct oc_daycol ex_date; const double *amount, *proportion; };

static const struct oc_bindcol wanted[] = {
    { "symbol", OC_SYM, OC_REQUIRED, offsetof(struct columns, symbol) },
    { "ex_date", OC_DATE, OC_REQUIRED, offsetof(struct columns, ex_date) },
    { "dividend_type", OC_SYM, OC_OPTIONAL, offsetof(struct columns, type) },
    { "amount", OC_F64, OC_OPTIONAL, offsetof(struct columns, amount) },
    { "proportion", OC_F64, OC_OPTIONAL, offsetof(struct columns, proportion) },
    { 0 }
};

static const char *text(const struct oc_symcol *c, size_t row, size_t *n)
{
    if (!c->index || !oc_bit(c->valid, row)) {
        *n = 0;
        return "";
    }
    const uint32_t i = (uint32_t)c->index[row];
    *n = c->dict->off[i + 1] - c->dict->off[i];
    return c->dict->bytes + c->dict->off[i];
}

static bool is(const char *s, size_t n, const char *word) { return strlen(word) == n && memcmp(s, word, n) == 0; }

/* What a row means; NULL, or why it means nothing. */
static const char *read_event(const char *type, size_t n, double amount, double proportion, struct event *e)
{
    *e = (struct event){ .split = 1, .cash = 1, .amount = NAN, .close = NAN };
    if (is(type, n, "split") || is(type, n, "stock")) {
        e->split = is(type, n, "split") ? proportion : 1 + proportion;
        return e->split > 0 ? NULL : "a split needs `proportion`, new shares for an old one, above 0";
    }
    if (n && !is(type, n, "cash") && !is(type, n, "special"))
        return "dividend_type is cash, stock, special or split";
    if (!isnan(proportion)) {
        e->cash = 1 - proportion;
        return e->cash > 0 && e->cash <= 1 ? NULL : "proportion of a cash dividend is a fraction of the price below 1";
    }
    e->amount = amount;
    return amount >= 0 ? NULL : "a dividend needs an amount, not below 0, or a proportion";
}

static int add_event(struct oc_baradjust_events *s, const struct event *e, struct oc_err *err)
{
    size_t i = s->n;

    if (s->n == s->cap) {
        const size_t cap = s->cap ? 2 * s->cap : 8;
        struct event *p = realloc(s->v, cap * sizeof *p);
        if (!p)
            return no_memory(err);
        s->v = p;
        s->cap = cap;
    }
    for (; i && s->v[i - 1].at > e->at; i--)
        s->v[i] = s->v[i - 1];
    s->v[i] = *e;
    s->n++;
    return 0;
}

static int see_dividends(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_baradjust *a = ctx;
    struct columns c = { 0 };

    if (oc_bind(b, wanted, &c, err))
        return -1;
    for (size_t i = 0; i < b->rows; i++) {
        struct event e;
        size_t n, len;
        const char *symbol = text(&c.symbol, i, &n), *type = text(&c.type, i, &len);
        const char *why = read_event(type, len, c.amount ? c.amount[i] : NAN, c.proportion ? c.proportion[i] : NAN, &e);
        if (!n || !oc_bit(c.ex_date.valid, i) || why) {
            if (oc_bad_row(b, i, NULL, err, "%s", why ? why : "symbol or ex_date is empty"))
                return -1;
            continue;
        }
        e.date = c.ex_date.v[i];
        e.at = oc_barclock_day(a->clock, e.date);
        a->needs_close |= !isnan(e.amount);
        struct oc_baradjust_events *s = events_of(a, symbol, n, err);
        if (!s || add_event(s, &e, err))
            return -1;
    }
    return 0;
}

/* ---- closes -------------------------------------------------------------------------------------------------- */

struct prices { struct oc_intcol ts; struct oc_symcol symbol, event; const double *price, *close; };

static const struct oc_bindcol priced[] = {
    { "ts", OC_TIME, OC_REQUIRED, offsetof(struct prices, ts) },
    { "symbol", OC_SYM, OC_OPTIONAL, offsetof(struct prices, symbol) },
    { "event", OC_SYM, OC_OPTIONAL, offsetof(struct prices, event) },
    { "price", OC_F64, OC_OPTIONAL, offsetof(struct prices, price) },
    { "close", OC_F64, OC_OPTIONAL, offsetof(struct prices, close) },
    { 0 }
};

/* The first event after an instant. */
static size_t next_event(const struct oc_baradjust_events *e, int64_t ns)
{
    size_t low = 0, high = e->n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (e->v[middle].at <= ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int see_prices(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_baradjust *a = ctx;
    struct prices p = { 0 };

    if (oc_bind(b, priced, &p, err))
        return -1;
    const double *v = p.close ? p.close : p.price;
    for (size_t i = 0; v && i < b->rows; i++) {
        size_t n, len;
        const char *symbol = text(&p.symbol, i, &n), *event = text(&p.event, i, &len);
        struct oc_baradjust_events *e = (struct oc_baradjust_events *)oc_baradjust_of(a, symbol, n);
        if (!e || isnan(v[i]) || !oc_bit(p.ts.valid, i) || is(event, len, "quote"))
            continue;
        const size_t k = next_event(e, p.ts.v[i]);
        if (k < e->n)
            e->v[k].close = v[i];
    }
    return 0;
}

static int finish_symbol(struct oc_baradjust_events *s, struct oc_err *err)
{
    struct oc_barfactor all = { 1, 1 };

    for (size_t i = 1; i < s->n; i++) {
        struct event *e = &s->v[i], *before = &s->v[i - 1];
        const bool same = e->at == before->at;
        if (same && (e->split != 1) != (before->split != 1) && !isnan(e->split != 1 ? before->amount : e->amount))
            return oc_fail(err, OC_DATA,
                           "%s: a split and a dividend in money on one ex-date: of which shares is the amount?", s->symbol);
        if (isnan(e->close))
            e->close = same || isnan(before->close) ? before->close : before->close / before->split;
    }
    for (size_t i = s->n; i-- > 0;) {
        struct event *e = &s->v[i];
        if (!isnan(e->amount) && !isnan(e->close))
            e->cash = 1 - e->amount / e->close;
        if (!(e->cash > 0))
            return oc_fail(err, OC_DATA, "%s: a dividend of %g at a price of %g before", s->symbol, e->amount, e->close);
        all.cash *= e->cash;
        all.split *= e->split;
        e->all = all;
    }
    return 0;
}

/* The closes must be of the prices that are adjusted: of all trades, which are read here before the run. */
static int check_closes(const struct oc_io *io, bool traded, struct oc_err *err)
{
    if (!traded)
        return oc_fail(err, OC_USAGE, "--adjust: a dividend in money needs the price traded before it, and --price makes "
                       "bars of quotes: give `proportion`");
    if (io->where)
        return oc_fail(err, OC_USAGE, "--adjust: a dividend in money needs the last price before it, which --where may "
                       "leave out: choose rows before (oc-cat --where), or give `proportion`");
    return 0;
}

int oc_baradjust_open(struct oc_io *io, const struct oc_barclock *clock, bool traded, const char *path,
                      struct oc_baradjust **out, struct oc_err *err)
{
    struct oc_baradjust *a = calloc(1, sizeof *a);
    int rc = a ? 0 : no_memory(err);

    *out = a;
    if (rc == 0) {
        a->clock = clock;
        rc = oc_each_beside(io, path, "dividend", true, see_dividends, a, err);
    }
    if (rc == 0 && a->needs_close)
        rc = check_closes(io, traded, err);
    for (size_t i = 0; rc == 0 && a->needs_close && i < (io->ninput ? io->ninput : 1); i++) {
        if (!io->ninput || strcmp(io->input[i], "-") == 0)
            return oc_fail(err, OC_USAGE,
                           "--adjust: a dividend in money needs the price before it, and standard input cannot be read "
                           "twice: name a file, or give `proportion`");
        rc = oc_each_partial(io, io->input[i], "tick bar", see_prices, a, err);
    }
    for (size_t i = 0; rc == 0 && i < a->n; i++)
        rc = finish_symbol(&a->v[i], err);
    return rc;
}

struct oc_barfactor oc_baradjust_at(const struct oc_baradjust_events *e, int64_t ns)
{
    const size_t k = e ? next_event(e, ns) : 0;

    return e && k < e->n ? e->v[k].all : (struct oc_barfactor){ 1, 1 };
}
