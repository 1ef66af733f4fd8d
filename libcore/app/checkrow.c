/*
 * checkrow - see checkrow.h.  Each check is a loop over one or two columns whose condition is false for NaN, so that a
 * missing value is nobody's fault but `required`'s.
 */
#include "app/checkrow.h"

#include "base/time.h"
#include "record/kind.h"
#include "record/show.h"

#include <math.h>
#include <string.h>

void oc_checkrow_unreadable(struct oc_checking *k, bool keep)
{
    struct oc_batch *b = k->b;

    oc_checking_seen(k, OC_CHECK_unreadable, k->n);
    for (size_t i = 0; i < b->nbad; i++) {
        struct oc_bad *bad = &b->bad[i];
        oc_bit_set(k->failed, bad->row);
        bad->drop = !keep;
        struct oc_finding f = oc_checking_finding(k, bad->row);
        snprintf(f.message, sizeof f.message, "%s", bad->reason);
        f.column = bad->col != UINT32_MAX && b->col[bad->col].def ? b->col[bad->col].def->name : NULL;
        oc_check_note(k->checks, OC_CHECK_unreadable, bad->row, &f, k->err);
    }
}

/* ---- required ------------------------------------------------------------------------------------------------ */

/* The columns of one item of a kind's needs, "bid|ask|last", that the stream has. */
static size_t alternatives(const struct oc_batch *b, const char *item, size_t len, struct oc_col *out[8])
{
    size_t n = 0;

    for (size_t i = 0; i < len && n < 8;) {
        const size_t m = strcspn(item + i, "| ");
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)m, item + i);
        struct oc_col *c = oc_col(b, name);
        if (c && c->flags & OC_COL_LOADED)
            out[n++] = c;
        i += m + 1;
    }
    return n;
}

static void need(struct oc_checking *k, const char *item, size_t len)
{
    struct oc_col *c[8];
    const size_t n = alternatives(k->b, item, len, c);

    for (size_t i = 0; n && i < k->n; i++) {
        bool there = false;
        for (size_t j = 0; j < n && !there; j++)
            there = !oc_show_missing(c[j], i);
        if (!there && oc_checking_good(k, i))
            oc_check_hit(k, OC_CHECK_required, i, c[0]->def ? c[0]->def->name : NULL, NAN, NAN, "%.*s is empty",
                         (int)len, item);
    }
}

void oc_checkrow_required(struct oc_checking *k)
{
    const struct oc_kind *kind = k->b->schema ? k->b->schema->kind : NULL;

    oc_checking_seen(k, OC_CHECK_required, k->n);
    for (const char *p = kind ? kind->needs : ""; *p;) {
        const size_t n = strcspn(p, " ");
        need(k, p, n);
        p += n + (p[n] == ' ');
    }
}

/* ---- ranges -------------------------------------------------------------------------------------------------- */

/* Prices: above 0, or from 0 on where zero says something, and not above the limit. */
static void prices(struct oc_checking *k, const double *v, const char *column, bool zero)
{
    const double limit = oc_checking_limit(k, OC_CHECK_price);

    for (size_t i = 0; v && i < k->n; i++)
        if (__builtin_expect((zero ? v[i] < 0 : v[i] <= 0) || v[i] > limit, 0))
            oc_check_hit(k, OC_CHECK_price, i, column, v[i], v[i] > limit ? limit : 0, "%s %.10g is %s %.10g", column, v[i],
                         v[i] > limit ? "above" : zero ? "below" : "not above", v[i] > limit ? limit : 0);
}

static void all_prices(struct oc_checking *k)
{
    const struct oc_checkcols *c = &k->c;
    const bool option = strcmp(k->kind, "quote") == 0;

    oc_checking_seen(k, OC_CHECK_price, k->n);
    prices(k, c->price, "price", strcmp(k->kind, "contract") == 0);
    prices(k, c->bid, "bid", option);
    prices(k, c->ask, "ask", option);
    prices(k, c->open, "open", false);
    prices(k, c->high, "high", false);
    prices(k, c->low, "low", false);
    prices(k, c->close, "close", false);
    prices(k, c->last, "last", true);
    prices(k, c->mark, "mark", true);
    prices(k, c->spot, "spot", false);
    prices(k, c->stop, "stop", false);
    prices(k, c->target, "target", false);
}

static void below_zero(struct oc_checking *k, const double *v, const char *column)
{
    for (size_t i = 0; v && i < k->n; i++)
        if (__builtin_expect(v[i] < 0, 0))
            oc_check_hit(k, OC_CHECK_size, i, column, v[i], 0, "%s %.10g is below 0", column, v[i]);
}

static void sizes(struct oc_checking *k)
{
    const struct oc_checkcols *c = &k->c;

    oc_checking_seen(k, OC_CHECK_size, k->n);
    below_zero(k, c->size, "size");
    below_zero(k, c->bid_size, "bid_size");
    below_zero(k, c->ask_size, "ask_size");
    below_zero(k, c->volume, "volume");
    below_zero(k, c->open_interest, "open_interest");
    below_zero(k, c->dollar_volume, "dollar_volume");
    below_zero(k, c->buy_volume, "buy_volume");
    below_zero(k, c->sell_volume, "sell_volume");
    for (size_t i = 0; c->trades.v && i < k->n; i++)
        if (c->trades.v[i] < 0)
            oc_check_hit(k, OC_CHECK_size, i, "trades", (double)c->trades.v[i], 0, "trades %lld is below 0",
                         (long long)c->trades.v[i]);
}

static void zero_size(struct oc_checking *k)
{
    const struct oc_checkcols *c = &k->c;

    oc_checking_seen(k, OC_CHECK_zero_size, k->n);
    for (size_t i = 0; c->size && i < k->n; i++)
        if (c->size[i] == 0 && (!c->price || !isnan(c->price[i])))
            oc_check_hit(k, OC_CHECK_zero_size, i, "size", 0, NAN, "a trade of size 0");
}

static void quantity(struct oc_checking *k)
{
    oc_checking_seen(k, OC_CHECK_quantity, k->n);
    for (size_t i = 0; k->c.quantity && i < k->n; i++)
        if (k->c.quantity[i] <= 0)
            oc_check_hit(k, OC_CHECK_quantity, i, "quantity", k->c.quantity[i], 0, "quantity %.10g is not above 0",
                         k->c.quantity[i]);
}

static void volatility(struct oc_checking *k, const double *v, const char *column)
{
    const double limit = oc_checking_limit(k, OC_CHECK_iv), low = oc_checking_limit(k, OC_CHECK_iv_placeholder);
    const bool range = oc_checking_on(k, OC_CHECK_iv), place = oc_checking_on(k, OC_CHECK_iv_placeholder);

    for (size_t i = 0; v && i < k->n; i++) {
        if (range && (v[i] < 0 || v[i] > limit))
            oc_check_hit(k, OC_CHECK_iv, i, column, v[i], v[i] < 0 ? 0 : limit, "%s %.10g is %s %.10g%s", column, v[i],
                         v[i] < 0 ? "below" : "above", v[i] < 0 ? 0 : limit, v[i] > limit ? ": in percent?" : "");
        else if (place && v[i] > 0 && v[i] < low)
            oc_check_hit(k, OC_CHECK_iv_placeholder, i, column, v[i], low, "%s %.10g stands for none", column, v[i]);
    }
}

static void strike(struct oc_checking *k)
{
    const double *v = k->c.strike, limit = oc_checking_limit(k, OC_CHECK_strike);

    oc_checking_seen(k, OC_CHECK_strike, k->n);
    for (size_t i = 0; v && i < k->n; i++)
        if (v[i] <= 0 || v[i] > limit)
            oc_check_hit(k, OC_CHECK_strike, i, "strike", v[i], v[i] <= 0 ? 0 : limit, "strike %.10g is %s %.10g", v[i],
                         v[i] <= 0 ? "not above" : "above", v[i] <= 0 ? 0 : limit);
}

static void outside(struct oc_checking *k, const double *v, const char *column)
{
    const double *high = k->c.high, *low = k->c.low;

    for (size_t i = 0; v && i < k->n; i++)
        if (__builtin_expect((v[i] > high[i] || v[i] < low[i]) && low[i] <= high[i], 0))
            oc_check_hit(k, OC_CHECK_ohlc, i, column, v[i], v[i] > high[i] ? high[i] : low[i], "%s %.10g is %s %.10g",
                         column, v[i], v[i] > high[i] ? "above high" : "below low", v[i] > high[i] ? high[i] : low[i]);
}

static void bars(struct oc_checking *k)
{
    const struct oc_checkcols *c = &k->c;
    const double limit = oc_checking_limit(k, OC_CHECK_range);

    if (!c->high || !c->low)
        return;
    if (oc_checking_on(k, OC_CHECK_ohlc)) {
        oc_checking_seen(k, OC_CHECK_ohlc, k->n);
        for (size_t i = 0; i < k->n; i++)
            if (c->low[i] > c->high[i])
                oc_check_hit(k, OC_CHECK_ohlc, i, "low", c->low[i], c->high[i], "low %.10g is above high %.10g",
                             c->low[i], c->high[i]);
        outside(k, c->open, "open");
        outside(k, c->close, "close");
        outside(k, c->vwap, "vwap");
    }
    if (!oc_checking_on(k, OC_CHECK_range))
        return;
    oc_checking_seen(k, OC_CHECK_range, k->n);
    for (size_t i = 0; i < k->n; i++)
        if (c->low[i] > 0 && c->high[i] > limit * c->low[i])
            oc_check_hit(k, OC_CHECK_range, i, "high", c->high[i] / c->low[i], limit,
                         "high %.10g is %.4g times low %.10g", c->high[i], c->high[i] / c->low[i], c->low[i]);
}

/* Multiples of the tick: within a millionth of it, which is what decimals in binary and float32 sources leave. */
static void on_grid(struct oc_checking *k, const double *v, const char *column)
{
    const double tick = oc_checking_limit(k, OC_CHECK_grid);

    for (size_t i = 0; v && i < k->n; i++) {
        const double q = v[i] / tick, off = fabs(q - rint(q));
        if (off > 1e-6 && off > fabs(q) * 1e-7)
            oc_check_hit(k, OC_CHECK_grid, i, column, v[i], tick, "%s %.10g is no multiple of %.10g", column, v[i], tick);
    }
}

static void grid(struct oc_checking *k)
{
    const struct oc_checkcols *c = &k->c;

    if (!(oc_checking_limit(k, OC_CHECK_grid) > 0))
        return;
    oc_checking_seen(k, OC_CHECK_grid, k->n);
    on_grid(k, c->price, "price");
    on_grid(k, c->bid, "bid");
    on_grid(k, c->ask, "ask");
    on_grid(k, c->open, "open");
    on_grid(k, c->high, "high");
    on_grid(k, c->low, "low");
    on_grid(k, c->close, "close");
}

void oc_checkrow_ranges(struct oc_checking *k)
{
    if (oc_checking_on(k, OC_CHECK_price))
        all_prices(k);
    if (oc_checking_on(k, OC_CHECK_size))
        sizes(k);
    if (oc_checking_on(k, OC_CHECK_zero_size))
        zero_size(k);
    if (oc_checking_on(k, OC_CHECK_quantity))
        quantity(k);
    if (k->c.iv || k->c.vendor_iv) {
        oc_checking_seen(k, OC_CHECK_iv, k->n);
        oc_checking_seen(k, OC_CHECK_iv_placeholder, k->n);
        volatility(k, k->c.iv, "iv");
        volatility(k, k->c.vendor_iv, "vendor_iv");
    }
    if (oc_checking_on(k, OC_CHECK_strike) && k->c.strike)
        strike(k);
    bars(k);
    if (oc_checking_on(k, OC_CHECK_grid))
        grid(k);
}

/* ---- two sides ----------------------------------------------------------------------------------------------- */

void oc_checkrow_sides(struct oc_checking *k)
{
    const double *bid = k->c.bid, *ask = k->c.ask;
    const enum oc_check_id ids[] = { OC_CHECK_crossed, OC_CHECK_locked, OC_CHECK_spread, OC_CHECK_wide, OC_CHECK_unquoted,
                                     OC_CHECK_one_sided };
    bool on[sizeof ids / sizeof *ids];
    const double deep = oc_checking_limit(k, OC_CHECK_crossed), spread = oc_checking_limit(k, OC_CHECK_spread),
                 wide = oc_checking_limit(k, OC_CHECK_wide);

    if (!bid || !ask)
        return;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        on[i] = oc_checking_on(k, ids[i]);
        oc_checking_seen(k, ids[i], on[i] ? k->n : 0);
    }
    for (size_t i = 0; i < k->n; i++) {
        const double b = bid[i], a = ask[i], mid = 0.5 * (a + b);
        if (on[5] && isnan(a) != isnan(b))
            oc_check_hit(k, OC_CHECK_one_sided, i, isnan(a) ? "ask" : "bid", isnan(a) ? b : a, NAN, "no %s",
                         isnan(a) ? "ask" : "bid");
        else if (on[0] && b > a && b - a > deep * mid)
            oc_check_hit(k, OC_CHECK_crossed, i, "bid", (b - a) / mid, deep, "bid %.10g is above ask %.10g", b, a);
        else if (a == b && on[1] && b > 0)
            oc_check_hit(k, OC_CHECK_locked, i, "bid", b, NAN, "bid and ask are %.10g", b);
        else if (a == 0 && b == 0 && on[4])
            oc_check_hit(k, OC_CHECK_unquoted, i, "bid", 0, NAN, "bid and ask are 0");
        else if (on[2] && b > 0 && a - b > spread * b)
            oc_check_hit(k, OC_CHECK_spread, i, "ask", (a - b) / b, spread, "ask %.10g - bid %.10g is %.4g of bid", a, b,
                         (a - b) / b);
        else if (on[3] && b > 0 && a - b > wide * mid)
            oc_check_hit(k, OC_CHECK_wide, i, "ask", (a - b) / mid, wide, "ask %.10g - bid %.10g is %.4g of mid", a, b,
                         (a - b) / mid);
    }
}

/* ---- instants ------------------------------------------------------------------------------------------------ */

/* limit seconds in ns; what is above the range of instants is never reached */
static double ns_of(double seconds) { return seconds * 1e9; }

static void receipt(struct oc_checking *k, int64_t as_of)
{
    const struct oc_intcol *ts = &k->c.ts, *recv = &k->c.recv_ts;
    const double ahead = ns_of(oc_checking_limit(k, OC_CHECK_future)), late = ns_of(oc_checking_limit(k, OC_CHECK_late));
    const bool future = oc_checking_on(k, OC_CHECK_future), age = oc_checking_on(k, OC_CHECK_late);

    if (!recv->v && as_of == INT64_MIN)
        return;
    oc_checking_seen(k, OC_CHECK_future, k->n);
    oc_checking_seen(k, OC_CHECK_late, recv->v ? k->n : 0);
    for (size_t i = 0; i < k->n; i++) {
        if (!oc_bit(ts->valid, i))
            continue;
        const bool has = recv->v && oc_bit(recv->valid, i);
        const double t = (double)ts->v[i], d = has ? t - (double)recv->v[i] : NAN;
        const double e = as_of == INT64_MIN ? NAN : t - (double)as_of;
        if (future && d > ahead)
            oc_check_hit(k, OC_CHECK_future, i, "ts", d / 1e9, ahead / 1e9, "%.4g s after its receipt", d / 1e9);
        else if (future && e > ahead)
            oc_check_hit(k, OC_CHECK_future, i, "ts", e / 1e9, ahead / 1e9, "%.4g s after --as-of", e / 1e9);
        else if (age && -d > late)
            oc_check_hit(k, OC_CHECK_late, i, "ts", -d / 1e9, late / 1e9, "%.4g s before its receipt", -d / 1e9);
    }
}

/* Rows that lie nowhere are judged by no check behind this one, whatever its severity. */
static void sane(struct oc_checking *k)
{
    const struct oc_intcol *ts = &k->c.ts;

    oc_checking_seen(k, OC_CHECK_instant, k->n);
    for (size_t i = 0; i < k->n; i++) {
        if (!oc_bit(ts->valid, i) || oc_checking_sane(ts->v[i]))
            continue;
        if (oc_checking_on(k, OC_CHECK_instant))
            oc_check_hit(k, OC_CHECK_instant, i, "ts", NAN, NAN, "before 1900 or after 2199");
        oc_bit_set(k->failed, i);
    }
}

void oc_checkrow_instants(struct oc_checking *k, int64_t as_of)
{
    const struct oc_checkcols *c = &k->c;
    const double limit = oc_checking_limit(k, OC_CHECK_expired);

    if (!c->ts.v)
        return;
    sane(k);
    if (oc_checking_on(k, OC_CHECK_future) || oc_checking_on(k, OC_CHECK_late))
        receipt(k, as_of);
    if (!c->expiry.v || !oc_checking_on(k, OC_CHECK_expired))
        return;
    oc_checking_seen(k, OC_CHECK_expired, k->n);
    for (size_t i = 0; i < k->n; i++) {
        if (!oc_bit(c->ts.valid, i) || !oc_bit(c->expiry.valid, i))
            continue;
        if (!oc_checking_sane(c->ts.v[i]))
            continue;
        const int32_t past = oc_time_date(c->ts.v[i]) - c->expiry.v[i];
        if (past >= limit)          /* one day may be the UTC date's alone */
            oc_check_hit(k, OC_CHECK_expired, i, "expiry", past, limit, "expired %d days before", past);
    }
}
