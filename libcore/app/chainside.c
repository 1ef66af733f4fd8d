/* chainside - see chainside.h. */
#include "app/chainside.h"

#include "app/price.h"
#include "app/slurp.h"
#include "market/expiry.h"
#include "market/root.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- dividends ------------------------------------------------------------------------------------------- */

struct dividends { struct oc_chain_plan *p; size_t n, cap; struct oc_cash_dividend *v; };

/* A dictionary cell as a text of its own; "" where there is none. */
static void word_of(const struct oc_col *c, size_t r, char *out, size_t size)
{
    out[0] = '\0';
    if (!c || !oc_bit(c->valid, r))
        return;
    const uint32_t *off = c->dict->off + c->i32[r];
    snprintf(out, size, "%.*s", (int)(off[1] - off[0]), c->dict->bytes + off[0]);
}

/* The opening of the ex-date; a date that is no session begins at its midnight. */
static int opening(const struct oc_calendar *cal, int32_t date, int64_t *ns, struct oc_err *err)
{
    struct oc_session s;

    if (oc_calendar_is_session(cal, date)) {
        if (oc_calendar_session(cal, date, &s, err))
            return -1;
        *ns = s.open;
        return 0;
    }
    return oc_calendar_instant(cal, date, 0, ns) ? oc_fail(err, OC_DATA, "an ex-date is outside the years 1677 to 2262") : 0;
}

static int keep_dividend(struct dividends *d, double amount, int64_t ex, struct oc_err *err)
{
    if (d->n == d->cap) {
        const size_t cap = d->cap ? 2 * d->cap : 64;
        struct oc_cash_dividend *v = realloc(d->v, cap * sizeof *v);
        if (!v)
            return oc_fail(err, OC_MEMORY, "no memory for dividends");
        d->v = v;
        d->cap = cap;
    }
    d->v[d->n++] = (struct oc_cash_dividend){ ex, amount };
    return 0;
}

struct dividend_cols { struct oc_col *symbol, *type, *date, *amount; };

/* A row that is none of the chain's is not looked at; one that is no dividend of cash is noted by its cell. */
static int dividend(struct dividends *d, struct oc_batch *b, const struct dividend_cols *c, size_t r, struct oc_err *err)
{
    const double amount = c->amount ? c->amount->f64[r] : NAN;
    char name[64], kind[64];
    int64_t ex;

    word_of(c->symbol, r, name, sizeof name);
    word_of(c->type, r, kind, sizeof kind);
    if (!*name)
        return oc_bad_row(b, r, c->symbol, err, "symbol: missing");
    if (strcmp(name, d->p->symbol) != 0)
        return 0;
    if (!oc_bit(c->date->valid, r))
        return oc_bad_row(b, r, c->date, err, "ex_date: missing");
    if (*kind && strcmp(kind, "cash") != 0 && strcmp(kind, "special") != 0)
        return oc_bad_row(b, r, c->type, err, "dividend_type: '%s': a chain is made with cash dividends only", kind);
    if (!(amount >= 0 && isfinite(amount)))
        return oc_bad_row(b, r, c->amount, err, "amount: %s: a chain is made with amounts of cash",
                          isnan(amount) ? "missing" : amount < 0 ? "below 0" : "infinite");
    return opening(d->p->calendar, c->date->i32[r], &ex, err) || keep_dividend(d, amount, ex, err) ? -1 : 0;
}

static int dividend_batch(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct dividends *d = ctx;
    int rc = 0;
    const struct dividend_cols c = { oc_load_named(b, "symbol", OC_SYM, &rc, err),
                                     oc_load_named(b, "dividend_type", OC_SYM, &rc, err),
                                     oc_load_named(b, "ex_date", OC_DATE, &rc, err),
                                     oc_load_named(b, "amount", OC_F64, &rc, err) };

    if (rc == 0 && b->rows && !c.date)
        return oc_fail(err, OC_COLUMN, "there is no column ex_date");
    /* a cell that does not read was noted when its column was loaded, and ends the reading */
    for (size_t r = 0; rc == 0 && r < b->rows && b->nbad == 0; r++)
        rc = dividend(d, b, &c, r, err);
    return rc;
}

static int by_ex(const void *a, const void *b)
{
    const int64_t x = ((const struct oc_cash_dividend *)a)->ex, y = ((const struct oc_cash_dividend *)b)->ex;

    return x < y ? -1 : x > y;
}

int oc_chainside_dividends(struct oc_chain_plan *p, const char *path, struct oc_io *io, struct oc_err *err)
{
    struct dividends d = { .p = p };

    if (!path)
        return 0;
    int rc = oc_each_beside(io, path, "dividend", false, dividend_batch, &d, err);
    if (rc == 0 && d.n == 0)
        rc = oc_fail(err, OC_USAGE, "%s has no dividends of %s", path, p->symbol);
    if (d.n)
        qsort(d.v, d.n, sizeof *d.v, by_ex);
    p->dividend = d.v;
    p->chain.dividend = d.v;
    p->chain.ndividend = d.n;
    return rc ? oc_while(err, "--dividends") : 0;
}

/* ---- rates ------------------------------------------------------------------------------------------------ */

int oc_chainside_curve(struct oc_chain_plan *p, const char *path, struct oc_io *io, struct oc_err *err)
{
    struct oc_instants in = { .has_ts = true, .ts = p->ts };
    struct oc_price price = { .terms = { .instants = &in } };

    if (!path)
        return 0;
    const int rc = oc_price_curve(&price, io, path, err);
    p->curve = price.curve;
    p->chain.curve = price.curve;
    p->chain.curve_from = p->ts;
    return rc;
}

/* ---- roots ------------------------------------------------------------------------------------------------ */

/* The root of the symbol that settles so, among the usual names; else the symbol itself. */
static void root_for(const struct oc_roots *roots, const char *symbol, int32_t settle, char *out, size_t size)
{
    static const char *const tails[] = { "", "W", "PM" };
    char name[64];

    snprintf(out, size, "%s", symbol);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        snprintf(name, sizeof name, "%s%s", symbol, tails[i]);
        const struct oc_root *r = oc_root_find(roots, name, strlen(name));
        if (r && strcmp(r->underlying, symbol) == 0 && r->settle == settle) {
            snprintf(out, size, "%s", r->root);
            return;
        }
    }
}

int oc_chainside_roots(struct oc_chain_plan *p, const char *root, const char *calendar, struct oc_err *err)
{
    struct oc_roots *roots = NULL;
    const char *key = root ? root : p->symbol;

    if (root && strlen(root) >= sizeof p->root)
        return oc_fail(err, OC_USAGE, "--root: '%s' is longer than %zu characters", root, sizeof p->root - 1);
    if (oc_root_open(&roots, err))
        return -1;
    const struct oc_root *r = oc_root_find(roots, key, strlen(key));
    if (!calendar)
        calendar = (r ? r : oc_root_other())->calendar;
    if (root)
        strcpy(p->root, root);
    root_for(roots, p->symbol, OC_EXPIRY_AM, p->root_am, sizeof p->root_am);
    root_for(roots, p->symbol, OC_EXPIRY_PM, p->root_pm, sizeof p->root_pm);
    int rc = p->calendar ? 0 : oc_calendar_open(calendar, &p->calendar, err);
    if (rc == 0)
        snprintf(p->notes, sizeof p->notes, "roots=%s calendar=%s/%s", oc_root_version(roots), oc_calendar_id(p->calendar),
                 oc_calendar_version(p->calendar));
    oc_root_free(roots);
    return rc ? oc_while(err, "--calendar") : 0;
}
