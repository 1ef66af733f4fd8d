/*
 * terms - see terms.h.  What depends on a text (type, style, root, contract symbol) is decided once for each entry
 * of the column's dictionary, so a row costs a look-up.
 */
#include "app/terms.h"

#include "base/time.h"
#include "market/expiry.h"
#include "market/symbol.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct reading {
    struct oc_terms *t;
    struct oc_batch *b;
    struct oc_err *err;
    struct oc_symcol contract, root, symbol, type, style, settle, calendar;
    struct oc_daycol expiry;
    const struct oc_symbol *parsed;         /* per entry of contract's dictionary; root_len 0: unreadable */
    const struct oc_root **by_root;         /* per entry of the dictionary of root, else of symbol */
    const struct oc_root **by_contract;
    uint64_t *marked;                       /* rows known to be malformed, by the first nmarked entries of b->bad */
    size_t nmarked;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a block"); }

static const char *entry(const struct oc_dict *d, size_t i, size_t *n)
{
    *n = d->off[i + 1] - d->off[i];
    return d->bytes + d->off[i];
}

static bool has(const struct oc_symcol *c, size_t r) { return c->index && oc_bit(c->valid, r); }

static int bind(struct reading *q)
{
    struct text { struct oc_symcol contract, root, symbol, type, style, settle, calendar; struct oc_daycol expiry; } x;
    static const struct oc_bindcol cols[] = {
        { "contract_symbol", OC_SYM, OC_OPTIONAL, offsetof(struct text, contract) },
        { "root", OC_SYM, OC_OPTIONAL, offsetof(struct text, root) },
        { "symbol", OC_SYM, OC_OPTIONAL, offsetof(struct text, symbol) },
        { "type", OC_SYM, OC_OPTIONAL, offsetof(struct text, type) },
        { "style", OC_SYM, OC_OPTIONAL, offsetof(struct text, style) },
        { "settle", OC_SYM, OC_OPTIONAL, offsetof(struct text, settle) },
        { "calendar", OC_SYM, OC_OPTIONAL, offsetof(struct text, calendar) },
        { "expiry", OC_DATE, OC_OPTIONAL, offsetof(struct text, expiry) },
        { 0 }
    };

    if (oc_bind(q->b, cols, &x, q->err))
        return -1;
    q->contract = x.contract;
    q->root = x.root;
    q->symbol = x.symbol;
    q->type = x.type;
    q->style = x.style;
    q->settle = x.settle;
    q->calendar = x.calendar;
    q->expiry = x.expiry;
    return 0;
}

/* Contract symbols and roots, once for each distinct text. */
static int look_up(struct reading *q)
{
    const struct oc_dict *c = q->contract.dict, *r = q->root.index ? q->root.dict : q->symbol.dict;

    if (q->contract.index) {
        struct oc_symbol *s = oc_arena_zero(&q->b->arena, c->n + 1, sizeof *s);
        q->by_contract = oc_arena_zero(&q->b->arena, c->n + 1, sizeof *q->by_contract);
        if (!s || !q->by_contract)
            return no_memory(q->err);
        for (uint32_t i = 0; i < c->n; i++) {
            size_t n;
            const char *p = entry(c, i, &n);
            if (oc_symbol_parse(p, n, &s[i]))
                s[i].root_len = 0;
            else
                q->by_contract[i] = oc_root_find(q->t->roots, s[i].root, s[i].root_len);
            if (s[i].root_len && !q->by_contract[i])
                q->by_contract[i] = oc_root_other();
        }
        q->parsed = s;
    }
    if (q->root.index || q->symbol.index) {
        q->by_root = oc_arena_zero(&q->b->arena, r->n + 1, sizeof *q->by_root);
        if (!q->by_root)
            return no_memory(q->err);
        for (uint32_t i = 0; i < r->n; i++) {
            size_t n;
            const char *p = entry(r, i, &n);
            q->by_root[i] = oc_root_find(q->t->roots, p, n);
            if (!q->by_root[i])
                q->by_root[i] = oc_root_other();
        }
    }
    return 0;
}

/* The name of a contract is not the name of an underlying: rows that have one as `symbol` are refused. */
static int refuse_contracts(struct reading *q)
{
    const struct oc_dict *d = q->symbol.dict;
    bool *contract = q->symbol.index ? oc_arena_zero(&q->b->arena, d->n + 1, sizeof *contract) : NULL;
    bool any = false;
    struct oc_symbol parsed;
    size_t n;

    if (!q->symbol.index)
        return 0;
    if (!contract)
        return no_memory(q->err);
    for (uint32_t i = 0; i < d->n; i++) {
        const char *s = entry(d, i, &n);
        contract[i] = !oc_symbol_parse(s, n, &parsed);
        any |= contract[i];
    }
    for (size_t r = 0; any && r < q->b->rows; r++) {
        if (!has(&q->symbol, r) || !contract[q->symbol.index[r]])
            continue;
        const char *s = entry(d, (size_t)q->symbol.index[r], &n);
        if (oc_bad_row(q->b, r, oc_col(q->b, "symbol"), q->err, "symbol: '%.*s' names a contract, which belongs in "
                       "contract_symbol (--map contract_symbol=NAME)", (int)(n < 40 ? n : 40), s))
            return -1;
    }
    return 0;
}

/* The contract symbol of a row, or NULL; an unreadable one is noted. */
static const struct oc_symbol *contract_of(struct reading *q, size_t r)
{
    if (!has(&q->contract, r))
        return NULL;
    const struct oc_symbol *s = &q->parsed[q->contract.index[r]];
    return s->root_len ? s : NULL;
}

/* What the table says of the row's root: its own column, else the contract symbol's, else the underlying's. */
static const struct oc_root *root_of(const struct reading *q, size_t r)
{
    if (has(&q->root, r))
        return q->by_root[q->root.index[r]];
    if (has(&q->contract, r) && q->by_contract[q->contract.index[r]])
        return q->by_contract[q->contract.index[r]];
    if (!q->root.index && has(&q->symbol, r))
        return q->by_root[q->symbol.index[r]];
    return NULL;
}

/* Is the row known to be malformed?  What was noted since the last question is marked first. */
static bool noted(struct reading *q, size_t r)
{
    for (; q->nmarked < q->b->nbad; q->nmarked++)
        oc_bit_set(q->marked, q->b->bad[q->nmarked].row);
    return oc_bit(q->marked, r);
}

/* ---- side, strike, style --------------------------------------------------------------------------------- */

static double side_of(const char *s, size_t n)
{
    static const struct { const char *word; double side; } words[] = {
        { "c", 1 }, { "call", 1 }, { "ce", 1 }, { "p", -1 }, { "put", -1 }, { "pe", -1 },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == n && strncasecmp(words[i].word, s, n) == 0)
            return words[i].side;
    return NAN;
}

static int read_side(struct reading *q, double *side)
{
    const struct oc_dict *d = q->type.dict;
    double *of = q->type.index ? oc_arena_alloc(&q->b->arena, (d->n + 1) * sizeof *of) : NULL;
    const struct oc_col *c = oc_col(q->b, "type");

    if (!q->type.index && !q->contract.index && !q->t->products)
        return oc_fail(q->err, OC_COLUMN, "the input has neither a column 'type' nor 'contract_symbol'");
    if (q->type.index && !of)
        return no_memory(q->err);
    for (uint32_t i = 0; of && i < d->n; i++) {
        size_t n;
        const char *s = entry(d, i, &n);
        of[i] = side_of(s, n);
    }
    for (size_t r = 0; r < q->b->rows; r++) {
        const struct oc_symbol *s = contract_of(q, r);
        const double told = s ? s->type == 'C' ? 1 : -1 : NAN;
        side[r] = has(&q->type, r) ? of[q->type.index[r]] : told;
        int rc = 0;
        if (has(&q->type, r) && isnan(side[r])) {
            size_t n;
            const char *text = entry(d, (size_t)q->type.index[r], &n);
            rc = oc_bad_row(q->b, r, c, q->err, "type: '%.*s' is neither call nor put", (int)(n < 40 ? n : 40), text);
        } else if (isnan(side[r]) && !q->t->products && !noted(q, r)) {
            rc = oc_bad_row(q->b, r, c, q->err, "type: missing");
        } else if (s && told != side[r]) {
            rc = oc_bad_row(q->b, r, c, q->err, "type: contradicts contract_symbol");
        }
        if (rc)
            return -1;
    }
    return 0;
}

static int read_strike(struct reading *q, double *strike)
{
    struct oc_col *c = oc_col(q->b, "strike");

    if (!c && !q->contract.index && !q->t->products)
        return oc_fail(q->err, OC_COLUMN, "the input has neither a column 'strike' nor 'contract_symbol'");
    if (c && oc_load(q->b, c, q->err))
        return -1;
    for (size_t r = 0; r < q->b->rows; r++) {
        const struct oc_symbol *s = contract_of(q, r);
        strike[r] = c ? c->f64[r] : NAN;
        if (isnan(strike[r]) && s)
            strike[r] = s->strike;
        if (isnan(strike[r]) && !q->t->products && !noted(q, r) && oc_bad_row(q->b, r, c, q->err, "strike: missing"))
            return -1;
        if (s && !isnan(strike[r]) && strike[r] != s->strike
            && oc_bad_row(q->b, r, c, q->err, "strike: %.10g contradicts contract_symbol", strike[r]))
            return -1;
    }
    return 0;
}

/* Row, else the root table for rows that have a symbol, else E. */
static int read_style(struct reading *q, char *style)
{
    const struct oc_dict *d = q->style.dict;

    for (size_t r = 0; r < q->b->rows; r++) {
        const struct oc_root *root = root_of(q, r);
        style[r] = root ? root->style : 'E';
        if (!has(&q->style, r))
            continue;
        size_t n;
        const char *s = entry(d, (size_t)q->style.index[r], &n);
        style[r] = n == 1 ? (char)(*s & ~0x20) : '?';
        if (style[r] != 'E' && style[r] != 'A' && style[r] != 'B'
            && oc_bad_row(q->b, r, oc_col(q->b, "style"), q->err, "style: '%.*s' is none of E, A, B",
                          (int)(n < 40 ? n : 40), s))
            return -1;
    }
    return 0;
}

/* ---- time to expiry -------------------------------------------------------------------------------------- */

static const struct oc_calendar *calendar_of(struct oc_terms *t, const char *id, struct oc_err *err)
{
    struct oc_calendar *c = NULL;

    pthread_mutex_lock(&t->lock);
    for (size_t i = 0; i < t->nopen && !c; i++)
        if (strcmp(oc_calendar_id(t->open[i]), id) == 0)
            c = t->open[i];
    if (!c && t->nopen == OC_TERMS_CALENDARS)
        oc_fail(err, OC_LIMIT, "more than %d calendars in one input", OC_TERMS_CALENDARS);
    else if (!c && oc_calendar_open(id, &c, err) == 0)
        t->open[t->nopen++] = c;
    pthread_mutex_unlock(&t->lock);
    return c;
}

/*
 * One look-up cache for each calendar that the batch meets, and what the row before gave: the rows of a chain come in
 * runs of one calendar, one expiry and one instant.
 */
struct caches {
    size_t n;
    struct oc_expiry_cache *cache[OC_TERMS_CALENDARS];
    const char *id;                     /* of the row before, when it is no row's own text */
    struct oc_expiry_cache *of_id;
    struct { int64_t from, end; const struct oc_expiry_cache *cache; double years; bool known; } last;
};

static struct oc_expiry_cache *cache_of(struct reading *q, struct caches *all, const char *id)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(oc_calendar_id(all->cache[i]->cal), id) == 0)
            return all->cache[i];
    const struct oc_calendar *cal = calendar_of(q->t, id, q->err);
    struct oc_expiry_cache *c = cal ? oc_arena_zero(&q->b->arena, 1, sizeof *c) : NULL;
    if (!c) {
        if (cal)
            no_memory(q->err);
        return NULL;
    }
    c->cal = cal;
    return all->cache[all->n++] = c;
}

/* The calendar's id for a row: column, option, root table; NULL where none says. */
static const char *calendar_id(const struct reading *q, size_t r, char *buf, size_t size)
{
    const struct oc_root *root = root_of(q, r);

    if (has(&q->calendar, r)) {
        size_t n;
        const char *s = entry(q->calendar.dict, (size_t)q->calendar.index[r], &n);
        n = n < size ? n : size - 1;
        memcpy(buf, s, n);
        buf[n] = '\0';
        return buf;
    }
    return q->t->calendar ? q->t->calendar : root ? root->calendar : NULL;
}

/* The row's calendar, which dates of some day counts need too.  1: known, 0: nothing says which, -1. */
static int row_calendar(struct reading *q, struct caches *all, size_t r, struct oc_expiry_cache **cache)
{
    char buf[64];
    const char *id = calendar_id(q, r, buf, sizeof buf);

    if (id && id == all->id) {
        *cache = all->of_id;
        return 1;
    }
    *cache = id ? cache_of(q, all, id) : NULL;
    if (id && !*cache && id == buf && q->err->code == OC_USAGE) {
        struct oc_err why = *q->err;
        *q->err = (struct oc_err){ 0 };
        return oc_bad_row(q->b, r, oc_col(q->b, "calendar"), q->err, "calendar: %.90s", why.text);
    }
    all->id = id == buf ? NULL : id;
    all->of_id = *cache;
    return !id ? 0 : *cache ? 1 : -1;
}

/* The hour of expiry.  1: known, 0: malformed and noted, -1. */
static int settle_of(struct reading *q, size_t r, int32_t *settle)
{
    const struct oc_root *root = root_of(q, r);

    *settle = root ? root->settle : OC_EXPIRY_PM;
    if (has(&q->settle, r)) {
        size_t n;
        const char *s = entry(q->settle.dict, (size_t)q->settle.index[r], &n);
        if (oc_expiry_settle(s, n, settle))
            return oc_bad_row(q->b, r, oc_col(q->b, "settle"), q->err, "settle: '%.*s' is none of PM, AM, HH:MM",
                              (int)(n < 40 ? n : 40), s);
    }
    return 1;
}

/* The instant of expiry from the date.  1: known, 0: malformed and noted, -1. */
static int expiry_instant(struct reading *q, struct oc_expiry_cache *cache, size_t r, int32_t date, int64_t *ns)
{
    int32_t settle;
    const int rc = settle_of(q, r, &settle);

    if (rc <= 0)
        return rc;
    if (!cache)
        return noted(q, r) ? 0 : oc_bad_row(q->b, r, oc_col(q->b, "expiry"), q->err, "expiry: no calendar says when "
                                               "the day ends (--calendar, or a column 'calendar', 'root' or 'symbol')");
    struct oc_err why;
    if (oc_expiry_lookup(cache, date, settle, ns, &why))
        return oc_bad_row(q->b, r, oc_col(q->b, "expiry"), q->err, "expiry: %.90s", why.text);
    return 1;
}

/* The row's date of expiry: its column, else its contract symbol.  1, 0 none, -1. */
static int expiry_date(struct reading *q, size_t r, int32_t *date)
{
    const struct oc_symbol *s = contract_of(q, r);
    const bool given = q->expiry.v && oc_bit(q->expiry.valid, r);

    if (given)
        *date = q->expiry.v[r];
    else if (s && s->has_expiry)
        *date = s->expiry;
    else
        return 0;
    if (given && s && s->has_expiry && s->expiry != *date
        && oc_bad_row(q->b, r, oc_col(q->b, "expiry"), q->err, "expiry: contradicts contract_symbol"))
        return -1;
    return 1;
}

struct clocks { const double *years; struct oc_intcol expires_at, ts; };

/* What stays with the batch for dates that are asked for later. */
struct oc_term_reading { struct reading q; struct clocks clocks; struct caches caches; };

static int row_years(struct reading *q, const struct clocks *k, struct caches *all, size_t r, double *years)
{
    const struct oc_instants *in = q->t->instants;
    const bool has_ts = k->ts.v && oc_bit(k->ts.valid, r);
    struct oc_expiry_cache *cache = NULL;
    int64_t end = 0;
    int32_t date = 0;

    if (k->years && !isnan(k->years[r])) {
        *years = k->years[r];
        return 0;
    }
    *years = NAN;
    if (row_calendar(q, all, r, &cache) < 0)
        return -1;
    int rc = k->expires_at.v && oc_bit(k->expires_at.valid, r);
    if (rc) {
        end = k->expires_at.v[r];
    } else {
        rc = expiry_date(q, r, &date);
        if (rc > 0)
            rc = expiry_instant(q, cache, r, date, &end);
        else if (rc == 0 && noted(q, r))
            return 0;
        else if (rc == 0)
            return oc_bad_row(q->b, r, oc_col(q->b, "expiry"), q->err,
                              "expiry: missing, and neither years nor expires_at stands for it");
    }
    if (rc <= 0)
        return rc;
    if (!has_ts && !in->has_ts)
        return noted(q, r) ? 0 : oc_bad_row(q->b, r, oc_col(q->b, "ts"), q->err, "ts: missing (--ts INSTANT supplies it)");
    const int64_t from = has_ts ? k->ts.v[r] : in->ts;
    struct oc_err why;
    if (all->last.known && all->last.from == from && all->last.end == end && all->last.cache == cache) {
        *years = all->last.years;
        return 0;
    }
    if (oc_years_column(q->t->day_count, cache ? cache->cal : NULL, 1, &from, &end, years, &why) != 1)
        return oc_bad_row(q->b, r, oc_col(q->b, "expiry"), q->err, "expiry: %.90s", why.text);
    all->last.from = from;
    all->last.end = end;
    all->last.cache = cache;
    all->last.years = *years;
    all->last.known = true;
    return 0;
}

static int read_years(struct reading *q, struct clocks *k, struct caches *all, double *years)
{
    static const struct oc_bindcol cols[] = {
        { "years", OC_F64, OC_OPTIONAL, offsetof(struct clocks, years) },
        { "expires_at", OC_TIME, OC_OPTIONAL, offsetof(struct clocks, expires_at) },
        { "ts", OC_TIME, OC_OPTIONAL, offsetof(struct clocks, ts) },
        { 0 }
    };

    if (oc_bind(q->b, cols, k, q->err))
        return -1;
    if (!k->years && !oc_col(q->b, "expires_at") && !oc_col(q->b, "expiry") && !q->contract.index)
        return oc_fail(q->err, OC_COLUMN, "no column tells the time to expiry: years, expires_at, expiry or "
                       "contract_symbol");
    if (!k->years && !oc_col(q->b, "ts") && !q->t->instants->has_ts)
        return oc_fail(q->err, OC_COLUMN, "the input has no column 'ts': --ts INSTANT supplies it");
    for (size_t r = 0; r < q->b->rows; r++)
        if (row_years(q, k, all, r, &years[r]))
            return -1;
    return 0;
}

int oc_terms_read(struct oc_terms *t, struct oc_batch *b, struct oc_term_rows *out, struct oc_err *err)
{
    struct oc_term_reading *const kept = oc_arena_zero(&b->arena, 1, sizeof *kept);

    if (!kept)
        return no_memory(err);
    struct reading *const q = &kept->q;
    *q = (struct reading){ .t = t, .b = b, .err = err };
    out->reading = kept;
    out->side = oc_arena_alloc(&b->arena, b->rows * sizeof *out->side);
    out->strike = oc_arena_alloc(&b->arena, b->rows * sizeof *out->strike);
    out->years = oc_arena_alloc(&b->arena, b->rows * sizeof *out->years);
    out->style = oc_arena_alloc(&b->arena, b->rows);
    q->marked = oc_arena_zero(&b->arena, oc_bit_words(b->rows) + 1, sizeof *q->marked);
    if (!out->side || !out->strike || !out->years || !out->style || !q->marked)
        return no_memory(err);
    if (bind(q) || look_up(q) || refuse_contracts(q))
        return -1;
    return read_side(q, out->side) || read_strike(q, out->strike) || read_style(q, out->style)
           || read_years(q, &kept->clocks, &kept->caches, out->years) ? -1 : 0;
}

int oc_terms_dates(const struct oc_term_rows *rows, size_t r, const char *column, size_t n, const int32_t *date,
                   double *years)
{
    struct reading *const q = &rows->reading->q;
    const struct oc_intcol *const ts = &rows->reading->clocks.ts;
    const bool has_ts = ts->v && oc_bit(ts->valid, r);
    struct oc_expiry_cache *cache = NULL;
    int32_t settle;
    int rc = row_calendar(q, &rows->reading->caches, r, &cache);

    if (rc == 0 && !noted(q, r))
        return oc_bad_row(q->b, r, oc_col(q->b, column), q->err, "%s: no calendar says when a day ends (--calendar, or a "
                          "column 'calendar', 'root' or 'symbol')", column);
    if (rc <= 0 || (rc = settle_of(q, r, &settle)) <= 0)
        return rc;
    if (!has_ts && !q->t->instants->has_ts)
        return oc_bad_row(q->b, r, oc_col(q->b, column), q->err, "%s: dates need a ts (--ts INSTANT supplies it)", column);
    const int64_t from = has_ts ? ts->v[r] : q->t->instants->ts;
    for (size_t i = 0; i < n; i++) {
        struct oc_err why;
        int64_t end;
        if (oc_expiry_lookup(cache, date[i], settle, &end, &why)
            || oc_years_column(q->t->day_count, cache->cal, 1, &from, &end, &years[i], &why) != 1)
            return oc_bad_row(q->b, r, oc_col(q->b, column), q->err, "%s: %.90s", column, why.text);
        if (!oc_calendar_is_session(cache->cal, date[i]))
            return oc_bad_row(q->b, r, oc_col(q->b, column), q->err, "%s: number %zu is no trading day of %s", column, i + 1,
                              oc_calendar_id(cache->cal));
    }
    return 1;
}

void oc_terms_slice(const struct oc_term_rows *rows, size_t r, struct oc_term_slice *out)
{
    struct reading *const q = &rows->reading->q;
    const struct oc_symbol *s = contract_of(q, r);
    const struct oc_root *listed = root_of(q, r);

    *out = (struct oc_term_slice){ 0 };
    if (has(&q->symbol, r))
        out->symbol = entry(q->symbol.dict, (size_t)q->symbol.index[r], &out->nsymbol);
    if (has(&q->root, r)) {
        out->root = entry(q->root.dict, (size_t)q->root.index[r], &out->nroot);
    } else if (s) {
        out->root = s->root;
        out->nroot = s->root_len;
    } else if (listed && listed != oc_root_other()) {
        out->root = out->symbol;
        out->nroot = out->nsymbol;
    }
    out->dated = q->expiry.v && oc_bit(q->expiry.valid, r);
    if (out->dated)
        out->expiry = q->expiry.v[r];
    else if ((out->dated = s && s->has_expiry))
        out->expiry = s->expiry;
    if (out->dated && settle_of(q, r, &out->settle) <= 0)
        out->dated = false;
}

bool oc_terms_ts(const struct oc_term_rows *rows, size_t r, int64_t *ts)
{
    const struct oc_intcol *const own = &rows->reading->clocks.ts;
    const struct oc_instants *const in = rows->reading->q.t->instants;

    if (own->v && oc_bit(own->valid, r))
        *ts = own->v[r];
    else
        *ts = in->ts;
    return (own->v && oc_bit(own->valid, r)) || in->has_ts;
}

void oc_terms_close(struct oc_terms *t)
{
    for (size_t i = 0; i < t->nopen; i++)
        oc_calendar_free(t->open[i]);
    t->nopen = 0;
}
