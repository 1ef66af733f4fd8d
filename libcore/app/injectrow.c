/* injectrow - faults of one record: a cell that is changed, or a record that is put in.  See inject.h. */
#include "app/inject.h"

#include "base/time.h"
#include "math/exp.h"
#include "math/log.h"

#include <math.h>
#include <string.h>

static const double PAST = 1.5;         /* of the limit */

static bool set(struct oc_planting *p, const char *name, double *v, double x)
{
    p->column = name;
    p->value = x;
    v[p->row] = x;
    return true;
}

static bool has(const double *v, size_t i) { return v && !isnan(v[i]); }

/* ---- cells that lack, ranges ------------------------------------------------------------------------------------ */

/* Every column of one item of what the kind needs: the last one, of quotes the strike's, of which a missing type is none. */
static bool required(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_batch *b = p->k->b;
    const char *s = b->schema && b->schema->kind ? b->schema->kind->needs : "", *at = strrchr(s, ' '),
        *strike = strstr(s, "strike");
    char name[64];

    (void)id;
    at = strike ? strike : at ? at + 1 : s;
    for (const char *q = at; *q && *q != ' '; q += *q == '|') {
        const size_t n = strcspn(q, "| ");
        snprintf(name, sizeof name, "%.*s", (int)n, q);
        struct oc_col *c = oc_col(b, name);
        if (c && oc_batch_missing(b, c, p->row, p->k->err))
            p->k->rc = -1;
        if (c)
            p->column = c->def ? c->def->name : NULL;
        q += n;
    }
    p->value = NAN;
    return p->column != NULL;
}

static bool price(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;
    const size_t i = p->row;

    (void)id;
    if (has(c->price, i) && c->price[i] > 0)
        return set(p, "price", c->price, -c->price[i]);
    if (has(c->close, i) && c->close[i] > 0)
        return set(p, "close", c->close, -c->close[i]);
    if (has(c->bid, i) && c->bid[i] > 0)
        return set(p, "bid", c->bid, -c->bid[i]);
    return has(c->spot, i) && c->spot[i] > 0 && set(p, "spot", c->spot, -c->spot[i]);
}

static bool size(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;
    const struct { const char *name; double *v; } of[] = { { "size", c->size }, { "volume", c->volume },
                                                           { "bid_size", c->bid_size },
                                                           { "ask_size", c->ask_size },
                                                            { "open_interest", c->open_interest } };

    (void)id;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (has(of[i].v, p->row))
            return set(p, of[i].name, of[i].v, -1 - of[i].v[p->row]);
    return false;
}

static bool zero_size(struct oc_planting *p, enum oc_check_id id)
{
    (void)id;
    return has(p->c->size, p->row) && (!p->c->price || has(p->c->price, p->row)) && set(p, "size", p->c->size, 0);
}

static bool quantity(struct oc_planting *p, enum oc_check_id id)
{
    (void)id;
    return has(p->c->quantity, p->row) && set(p, "quantity", p->c->quantity, -p->c->quantity[p->row]);
}

static bool iv(struct oc_planting *p, enum oc_check_id id)
{
    double *v = has(p->c->iv, p->row) ? p->c->iv : p->c->vendor_iv;
    const double x = id == OC_CHECK_iv ? PAST * oc_inject_limit(p, id) : oc_inject_limit(p, id) / (2 * PAST);

    return has(v, p->row) && x > 0 && set(p, v == p->c->iv ? "iv" : "vendor_iv", v, x);
}

static bool strike(struct oc_planting *p, enum oc_check_id id)
{
    (void)id;
    return has(p->c->strike, p->row) && set(p, "strike", p->c->strike, -p->c->strike[p->row]);
}

static bool expired(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;

    if (!c->expiry.v || !c->ts.v || !oc_bit(c->expiry.valid, p->row))
        return false;
    p->column = "expiry";
    p->value = ceil(PAST * oc_inject_limit(p, id)) + 1;
    c->expiry.v[p->row] = oc_time_date(c->ts.v[p->row]) - (int32_t)p->value;
    return true;
}

static bool bar(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;
    const size_t i = p->row;

    if (!has(c->high, i) || !has(c->low, i) || !(c->low[i] > 0))
        return false;
    return id == OC_CHECK_ohlc ? set(p, "low", c->low, 1.01 * c->high[i])
                               : set(p, "high", c->high, PAST * oc_inject_limit(p, id) * c->low[i]);
}

static bool volume(struct oc_planting *p, enum oc_check_id id)
{
    const double m = p->k->judged[p->row].volume;

    return has(p->c->volume, p->row) && m > 0 && set(p, "volume", p->c->volume, 2 * oc_inject_limit(p, id) * m);
}

static bool grid(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;
    double *v = has(c->price, p->row) ? c->price : c->high ? c->high : c->ask;
    const double tick = oc_inject_limit(p, id);

    return tick > 0 && has(v, p->row) && set(p, v == c->price ? "price" : v == c->high ? "high" : "ask", v,
                                             v[p->row] + 0.37 * tick);
}

/* ---- two sides ----------------------------------------------------------------------------------------------- */

static bool sides(struct oc_planting *p, enum oc_check_id id)
{
    double *bid = p->c->bid, *ask = p->c->ask;
    const size_t i = p->row;

    if (!has(bid, i) || !has(ask, i) || !(bid[i] > 0 && ask[i] > bid[i]))
        return false;
    const double b = bid[i], a = ask[i], mid = 0.5 * (a + b), limit = oc_inject_limit(p, id);
    double half = 0;
    switch (id) {
    case OC_CHECK_unquoted:
        bid[i] = 0;
        return set(p, "ask", ask, 0);
    case OC_CHECK_one_sided:
        return set(p, "ask", ask, NAN);
    case OC_CHECK_locked:
        return set(p, "ask", ask, b);
    case OC_CHECK_crossed:              /* the two sides change places, and more where the limit asks for it */
        half = 0.5 * PAST * limit * mid;
        bid[i] = half > 0.5 * (a - b) ? mid + half : a;
        return set(p, "ask", ask, half > 0.5 * (a - b) ? mid - half : b);
    case OC_CHECK_spread:
        half = PAST * limit * mid / (2 + PAST * limit);
        break;
    default:                            /* wide: of mid, below 2 by nature */
        half = 0.5 * mid * (1.5 * limit < 1.99 ? 1.5 * limit : 0.5 * (limit + 2));
        if (!(limit < 1.98))
            return false;
    }
    bid[i] = mid - half;
    return set(p, "ask", ask, mid + half);
}

/* ---- instants ------------------------------------------------------------------------------------------------ */

static bool receipt(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;
    const double s = PAST * oc_inject_limit(p, id) + 1;

    if (!c->ts.v || !c->recv_ts.v || !oc_bit(c->ts.valid, p->row) || !oc_bit(c->recv_ts.valid, p->row))
        return false;
    c->recv_ts.v[p->row] = c->ts.v[p->row] + (int64_t)(s * 1e9) * (id == OC_CHECK_late ? 1 : -1);
    p->column = "recv_ts";
    p->value = s;
    return true;
}

/* ---- prices -------------------------------------------------------------------------------------------------- */

/* All prices of the row times e^x. */
static void scale(struct oc_planting *p, double x)
{
    struct oc_injectcols *c = p->c;
    double *of[] = { c->close ? c->open : NULL, c->high, c->low, c->close, c->vwap, c->close ? NULL : c->price };
    const double f = oc_exp(x);
    const size_t i = p->row;

    for (size_t j = 0; j < sizeof of / sizeof *of; j++)
        if (of[j])
            of[j][i] = oc_inject_tick(p, of[j][i] * f);
    if (!c->close && !has(c->price, i)) {
        c->bid[i] = oc_inject_tick(p, c->bid[i] * f);
        c->ask[i] = oc_inject_tick(p, c->ask[i] * f);
    }
}

static const double *judged_price(const struct oc_planting *p, const char **name)
{
    struct oc_injectcols *c = p->c;

    *name = c->close ? "close" : has(c->price, p->row) ? "price" : "bid";
    return c->close ? c->close : has(c->price, p->row) ? c->price : has(c->ask, p->row) ? c->bid : NULL;
}

static bool outlier(struct oc_planting *p, enum oc_check_id id)
{
    const double a = p->k->judged[p->row].allowed;
    const double *v = judged_price(p, &p->column);

    if (!(a > 0) || !v || !has(v, p->row) || !(v[p->row] > 0))
        return false;
    const double x = id == OC_CHECK_unit ? oc_log(10.0) : 2 * a < 1.65 ? 2 * a : 1.65, now = oc_log(v[p->row]);
    const double most = oc_log(oc_inject_limit(p, OC_CHECK_price)) - 0.5;
    /* away from what was expected, unless the price would be above all limits */
    scale(p, now + x > most || (now < p->k->judged[p->row].base + p->place->scale && now - x > -9) ? -x : x);
    p->value = v[p->row];
    return true;
}

/* ---- records more -------------------------------------------------------------------------------------------- */

static bool more(struct oc_planting *p, bool retimed, int64_t ts)
{
    p->more = true;
    p->extra = (struct oc_injectrow){ .row = (uint32_t)p->row, .retimed = retimed, .ts = ts };
    p->column = retimed ? "ts" : NULL;
    p->value = NAN;
    return true;
}

static bool duplicate(struct oc_planting *p, enum oc_check_id id)
{
    (void)id;
    return more(p, false, 0);
}

static bool conflict(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;
    const struct { const char *name; double *v; } of[] = { { "volume", c->volume }, { "size", c->size },
                                                           { "bid_size", c->bid_size },
                                                           { "ask_size", c->ask_size },
                                                            { "open_interest", c->open_interest },
                                                           { "vwap", c->vwap }, { "ask", c->ask }, { "high", c->high } };

    (void)id;
    for (size_t i = 0; p->k->key && i < sizeof of / sizeof *of; i++)
        if (has(of[i].v, p->row)) {
            more(p, false, 0);
            p->extra.column = p->column = of[i].name;
            p->extra.number = p->value = of[i].v[p->row] + (i < 5 ? 1 : of[i].v[p->row] * 1e-3);
            return true;
        }
    return false;
}

static bool order(struct oc_planting *p, enum oc_check_id id)
{
    const struct oc_injectcols *c = p->c;

    if (!c->ts.v || !oc_bit(c->ts.valid, p->row))
        return false;
    const int64_t back = (int64_t)(PAST * oc_inject_limit(p, id) * 1e9) + OC_TIME_SECOND;
    return more(p, true, c->ts.v[p->row] + (p->in->v->series.descending ? back : -back));
}

static bool interval(struct oc_planting *p, enum oc_check_id id)
{
    const int64_t step = p->k->step ? p->k->step[p->row] : 0;

    struct oc_session s;

    (void)id;
    /* not the last of a session: behind that the odd instant would leave another gap to the next */
    return p->k->calendar && step > 1 && step < OC_TIME_DAY
           && oc_calendar_part(p->k->calendar, oc_checking_start(p->k, p->row) + step, &s) == OC_PART_REGULAR
           && more(p, true, p->c->ts.v[p->row] + step / 2);
}

/* An instant between the record before and this one that lies in the part; false: there is none. */
static bool between(const struct oc_planting *p, enum oc_check_id id, int64_t *out)
{
    const struct oc_calendar *cal = p->k->calendar;
    const int64_t from = p->place->before, to = p->c->ts.v[p->row], minute = 60 * OC_TIME_SECOND;
    struct oc_session s = { 0 }, any;
    const bool open = oc_calendar_part(cal, to, &s) == OC_PART_REGULAR;
    const bool was = id == OC_CHECK_session_after && oc_calendar_part(cal, from, &s) == OC_PART_REGULAR;
    const int32_t first = oc_time_date(oc_zone_local(oc_calendar_zone(cal), from)) + 1;
    const int32_t last = oc_time_date(oc_zone_local(oc_calendar_zone(cal), to));

    if (id == OC_CHECK_session_holiday) {
        int32_t d = first;
        while (d < last && oc_calendar_is_session(cal, d))
            d++;
        return d < last && oc_calendar_instant(cal, d, 12 * 60, out) == 0;
    }
    if (id == OC_CHECK_session_after ? !was : !open)
        return false;
    *out = id == OC_CHECK_session_after ? s.close + 10 * minute
                                        : s.open - (id == OC_CHECK_session_pre ? 30 : 6 * 60) * minute;
    const enum oc_calendar_part want = id == OC_CHECK_session_after ? OC_PART_AFTER : id == OC_CHECK_session_pre
        ? OC_PART_PRE

                                                            : OC_PART_CLOSED;
    return *out > from && *out < to && oc_calendar_part(cal, *out, &any) == want
           && (want != OC_PART_CLOSED || oc_calendar_is_session(cal, oc_time_date(oc_zone_local(oc_calendar_zone(cal),
                                                            *out))));
}

static bool session(struct oc_planting *p, enum oc_check_id id)
{
    int64_t ts;

    if (!p->k->calendar || !p->c->ts.v || p->place->seen < 2 || (p->k->step && p->k->step[p->row] >= OC_TIME_DAY)
        || p->k->end_stamped || p->in->v->series.descending || !between(p, id, &ts))
        return false;
    p->ahead = true;
    more(p, true, ts);
    /* not the quote of the record behind it, which would have stood still since */
    p->extra.column = has(p->c->bid_size, p->row) ? "bid_size" : has(p->c->bid, p->row) ? "bid" : NULL;
    p->extra.number = has(p->c->bid_size, p->row) ? p->c->bid_size[p->row] + 1 : p->extra.column
        ? p->c->bid[p->row] * 0.9999 : 0;
    return true;
}

static bool location(struct oc_planting *p, enum oc_check_id id)
{
    if (!p->in->v->location || !strstr(p->in->v->location, id == OC_CHECK_location_date ? "DATE" : "SYMBOL"))
        return false;
    more(p, id == OC_CHECK_location_date, p->c->ts.v ? p->c->ts.v[p->row] - 2 * OC_TIME_DAY : 0);
    p->extra.renamed = id == OC_CHECK_location_symbol;
    p->column = p->extra.renamed ? "symbol" : "ts";
    return p->extra.renamed ? p->k->c.symbol.index != NULL : p->c->ts.v != NULL;
}

/* ---- signals ------------------------------------------------------------------------------------------------- */

static int side_of(const struct oc_symcol *c, size_t i)
{
    const char first = c->index && oc_bit(c->valid, i) ? c->dict->bytes[c->dict->off[c->index[i]]] | 0x20 : 0;

    return first == 'b' || first == 'l' ? 1 : first == 's' ? -1 : 0;
}

static bool signal(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;
    const size_t i = p->row;
    const double *entries = has(c->open_price, i) ? c->open_price : c->price, *money = has(c->equity, i) ? c->equity
        : c->balance;
    const int side = side_of(&p->k->c.side, i);

    if (!has(c->stop, i) || !has(entries, i) || !(entries[i] > 0) || !side)
        return false;
    const double entry = entries[i], d = fabs(entry - c->stop[i]), limit = oc_inject_limit(p, id);
    switch (id) {
    case OC_CHECK_stop_side:
        return set(p, "stop", c->stop, entry + side * d);
    case OC_CHECK_stop_distance:
        return set(p, "stop", c->stop, entry * (1 - side * PAST * limit));
    case OC_CHECK_target_side:
        return has(c->target, i) && set(p, "target", c->target, entry - side * fabs(c->target[i] - entry));
    case OC_CHECK_reward:
        return has(c->target, i) && set(p, "target", c->target, entry + side * d * limit / PAST);
    default:
        return has(c->quantity, i) && has(money, i) && money[i] > 0 && d > 0
               && set(p, "quantity", c->quantity, PAST * limit * money[i] / d);
    }
}

oc_injectfault *oc_injectrow_fault(enum oc_check_id id)
{
    static oc_injectfault *const faults[OC_CHECKS] = {
        [OC_CHECK_required] = required, [OC_CHECK_price] = price, [OC_CHECK_size] = size, [OC_CHECK_zero_size] = zero_size,
        [OC_CHECK_quantity] = quantity, [OC_CHECK_iv] = iv, [OC_CHECK_iv_placeholder] = iv, [OC_CHECK_strike] = strike,
        [OC_CHECK_expired] = expired, [OC_CHECK_ohlc] = bar, [OC_CHECK_range] = bar, [OC_CHECK_volume] = volume,
        [OC_CHECK_grid] = grid, [OC_CHECK_unquoted] = sides, [OC_CHECK_one_sided] = sides, [OC_CHECK_locked] = sides,
        [OC_CHECK_crossed] = sides, [OC_CHECK_spread] = sides, [OC_CHECK_wide] = sides, [OC_CHECK_future] = receipt,
        [OC_CHECK_late] = receipt, [OC_CHECK_outlier] = outlier, [OC_CHECK_unit] = outlier, [OC_CHECK_duplicate] = duplicate,
        [OC_CHECK_conflict] = conflict, [OC_CHECK_order] = order, [OC_CHECK_interval] = interval,
        [OC_CHECK_session_pre] = session, [OC_CHECK_session_after] = session, [OC_CHECK_session_closed] = session,
        [OC_CHECK_session_holiday] = session, [OC_CHECK_location_symbol] = location, [OC_CHECK_location_date] = location,
        [OC_CHECK_stop_side] = signal, [OC_CHECK_stop_distance] = signal, [OC_CHECK_target_side] = signal,
        [OC_CHECK_reward] = signal, [OC_CHECK_risk] = signal,
    };

    return faults[id];
}
