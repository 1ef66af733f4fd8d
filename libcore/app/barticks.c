/*
 * barticks - trades and quotes to runs of ticks: see barinput.h.
 *
 * Who began a trade.  Its `side`, where there is one; else Lee and Ready, "Inferring Trade Direction from Intraday Data",
 * Journal of Finance 46 (1991): above the middle of the quote that stands it was bought, below sold; at the middle, or
 * without a quote, the direction of the last change of price says it.  The quote is that of the row, else the last one of
 * the symbol; the five seconds of delay of 1991 are not applied.  A quote whose bid is 0, whose ask is 0, or whose bid is
 * above its ask says nothing.  Before the first change of price a trade has no direction and is in neither sum.
 */
#include "app/barinput.h"

#include <math.h>
#include <string.h>

static const struct oc_bindcol wanted[] = {
    { "ts", OC_TIME, OC_REQUIRED, offsetof(struct oc_barinput, ts) },
    { "symbol", OC_SYM, OC_REQUIRED, offsetof(struct oc_barinput, symbol) },
    { "run", OC_SYM, OC_OPTIONAL, offsetof(struct oc_barinput, whose.run) },
    { "path", OC_I64, OC_OPTIONAL, offsetof(struct oc_barinput, whose.path) },
    { "price", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, price) },
    { "size", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, size) },
    { "bid", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, bid) },
    { "ask", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, ask) },
    { "event", OC_SYM, OC_OPTIONAL, offsetof(struct oc_barinput, event) },
    { "side", OC_SYM, OC_OPTIONAL, offsetof(struct oc_barinput, side) },
    { 0 }
};

int oc_barticks_bind(struct oc_barinput *x, struct oc_err *err) { return oc_bind(x->in, wanted, x, err); }

static bool is(const struct oc_symcol *c, size_t row, const char *word)
{
    const size_t n = strlen(word);

    if (!c->index || !oc_bit(c->valid, row))
        return false;
    const uint32_t i = (uint32_t)c->index[row], from = c->dict->off[i];
    return c->dict->off[i + 1] - from == n && memcmp(c->dict->bytes + from, word, n) == 0;
}

/* Is there a word at all? */
static bool said(const struct oc_symcol *c, size_t row) { return c->index && oc_bit(c->valid, row) && !is(c, row, ""); }

/* ---- rows to units ------------------------------------------------------------------------------------------ */

static int refuse_value(struct oc_barinput *x, size_t row, const char *name, double v, struct oc_err *err)
{
    return oc_bad_row(x->in, row, oc_col(x->in, name), err,
                      "%s: %g cannot be added up exactly: %d decimals, and 31 digits in all, are "
                      "the limit",
                      name, v, OC_DECIMAL_PLACES);
}

/*
 * Price, or both quotes, with `spare` decimals to divide by.  0 done, 1 the symbol needs finer units (they are set), 2 the
 * row is bad, -1.
 */
static int price_units(struct oc_barinput *x, struct oc_barsymbol *s, size_t row, const char *name, double v, int spare,
                       __int128 *units, struct oc_err *err)
{
    int places = s->price_places - spare;
    const int rc = places < 0 ? 1 : oc_barinput_units(v, &places, units);

    if (rc == 0 && spare)
        *units *= 10;
    if (rc < 0)
        return refuse_value(x, row, name, v, err) ? -1 : 2;
    if (rc > 0)
        return oc_barsymbol_places(s, &x->bars->specs, (places < 0 ? 0 : places) + spare, 0, err) ? -1 : 1;
    return 0;
}

/* -1 where the row does not say it. */
static int size_units(struct oc_barinput *x, struct oc_barsymbol *s, size_t row, __int128 *units, struct oc_err *err)
{
    const double v = x->size[row];
    int places = s->size_places;

    if (isnan(v) && !x->bars->needs_size) {
        *units = -1;
        return 0;
    }
    if (!(v >= 0))
        return oc_barinput_bad(
            oc_bad_row(x->in, row, oc_col(x->in, "size"), err,
                       isnan(v) ? "size: is empty, and bars of volume or money need it" : "size: %g is below 0", v));
    const int rc = oc_barinput_units(v, &places, units);
    if (rc < 0)
        return refuse_value(x, row, "size", v, err) ? -1 : 2;
    return rc == 0 ? 0 : oc_barsymbol_places(s, &x->bars->specs, 0, places, err) ? -1 : 1;
}

/* As price_units. */
static int read_tick(struct oc_barinput *x, struct oc_barsymbol *s, size_t row, struct oc_bartick *t, struct oc_err *err)
{
    const struct oc_bars *b = x->bars;
    const int spare = b->price == OC_BARPRICE_MID;
    int rc = 0;

    *t = (struct oc_bartick){ .row = (uint32_t)row };
    if (said(&x->event, row) && !is(&x->event, row, "trade") && !is(&x->event, row, "quote") && !is(&x->event, row, "both"))
        return oc_barinput_bad(
            oc_bad_row(x->in, row, oc_col(x->in, "event"), err, "event: is neither trade, quote nor both"));
    if (said(&x->side, row) && !is(&x->side, row, "B") && !is(&x->side, row, "S"))
        return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, "side"), err, "side: is neither B nor S"));
    t->quote = x->bid && x->ask && !isnan(x->bid[row]) && !isnan(x->ask[row]);
    t->trade = b->price == OC_BARPRICE_TRADE && x->price && !isnan(x->price[row]) && !is(&x->event, row, "quote");
    if (!t->trade && !t->quote && (b->price == OC_BARPRICE_TRADE ? !(x->bid && (!isnan(x->bid[row]) || !isnan(x->ask[row])))
                                                                 : !(x->price && !isnan(x->price[row]))))
        return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, b->price ? "bid" : "price"), err, "%s",
                                          b->price ? "bid and ask: one is empty" : "price: is empty, and bid and ask too"));
    if (t->quote)
        rc = price_units(x, s, row, "bid", x->bid[row], spare, &t->bid, err);
    if (rc == 0 && t->quote)
        rc = price_units(x, s, row, "ask", x->ask[row], spare, &t->ask, err);
    if (rc || !t->trade)
        return rc;
    rc = price_units(x, s, row, "price", x->price[row], spare, &t->price, err);
    if (rc == 0 && x->size)
        rc = size_units(x, s, row, &t->size, err);
    if (rc == 0 && x->side.index)
        t->side = (int8_t)(is(&x->side, row, "B") - is(&x->side, row, "S"));
    return rc;
}

/* All usable rows; *kept of them.  Begins anew where a value asks for finer units: that many times at most in all. */
int oc_barticks_read(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, struct oc_bartick *t,
                     size_t *kept, struct oc_err *err)
{
    int64_t before = s->any ? s->last_ts : INT64_MIN;

    *kept = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t r = row[i];
        if (!oc_bit(x->ts.valid, r) || (x->bad && oc_bit(x->bad, r)))
            continue;
        if (x->ts.v[r] < before) {
            if (oc_barinput_backwards(x, r, x->ts.v[r], before, err))
                return -1;
            continue;
        }
        int rc = oc_barinput_covered(x, r, x->ts.v[r], err);
        if (rc == 0)
            rc = read_tick(x, s, r, &t[*kept], err);
        if (rc < 0)
            return -1;
        if (rc == 1)
            return oc_barticks_read(x, s, row, n, t, kept, err);
        if (rc == 2)
            continue;
        before = x->ts.v[r];
        (*kept)++;
    }
    return 0;
}

/* ---- ticks to a run ----------------------------------------------------------------------------------------- */

void oc_barticks_quote(struct oc_barsymbol *s, const struct oc_bartick *t)
{
    s->sided = t->bid != 0 && t->ask != 0;
    s->quoted = s->sided && t->ask >= t->bid;
    s->bid = t->bid;
    s->ask = t->ask;
}

int8_t oc_barticks_sign(const struct oc_bars *b, struct oc_barsymbol *s, const struct oc_bartick *t, __int128 price)
{
    if (s->priced && price != s->price)
        s->direction = price > s->price ? 1 : -1;
    if (b->sign == OC_BARSIGN_SIDE || (b->sign == OC_BARSIGN_AUTO && t->side))
        return t->side;
    if (b->sign != OC_BARSIGN_TICK && s->quoted && t->trade) {
        const __int128 twice = 2 * price, sides = s->bid + s->ask;
        if (twice != sides)
            return twice > sides ? 1 : -1;
    }
    return s->direction;
}

/* The price of the tick; false: it has none. */
bool oc_barticks_price(const struct oc_bars *b, const struct oc_barsymbol *s, const struct oc_bartick *t, __int128 *price)
{
    switch (b->price) {
    case OC_BARPRICE_TRADE: *price = t->price; return t->trade;
    case OC_BARPRICE_MID: *price = (t->bid + t->ask) / 2; break;
    case OC_BARPRICE_BID: *price = t->bid; break;
    case OC_BARPRICE_ASK: *price = t->ask; break;
    }
    return t->quote && s->quoted;
}

static void add_tick(const struct oc_bars *b, struct oc_barsymbol *s, const struct oc_bartick *t, __int128 price,
                     int8_t sign, struct oc_barsum *sum)
{
    if (b->has_size && t->size < 0) {
        sum->unsized++;
        sum->unpaid++;
        sum->unsided++;
    } else if (b->has_size) {
        sum->volume += t->size;
        sum->dollar = oc_wide_add(sum->dollar, oc_wide_product(price, t->size));
        sum->buy += sign > 0 ? t->size : 0;
        sum->sell += sign < 0 ? t->size : 0;
    }
    if (s->quoted) {
        sum->spread += s->ask - s->bid;
        sum->quoted++;
    }
    sum->trades++;
}

int oc_barticks_run(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, struct oc_barrun *run,
                    struct oc_err *err)
{
    struct oc_bars *b = x->bars;
    struct oc_bartick *t = oc_arena_alloc(&x->in->arena, n * sizeof *t);
    struct oc_barfill a;
    size_t kept, k = 0;

    if (!t || oc_barinput_arrays(x->in, n, false, s->facts, &a, run, err))
        return t ? -1 : oc_fail(err, OC_MEMORY, "no memory for the ticks of a block");
    if (oc_barticks_read(x, s, row, n, t, &kept, err))
        return -1;
    a.sum[0] = s->sum;
    for (size_t i = 0; i < kept; i++) {
        const int64_t ts = x->ts.v[t[i].row];
        __int128 price = 0;
        if (s->facts)
            oc_barfacts_mature(s->facts, s, ts);
        if (t[i].quote)
            oc_barticks_quote(s, &t[i]);
        s->any = true;
        s->last_ts = ts;
        if (!oc_barticks_price(b, s, &t[i], &price))
            continue;
        const enum oc_barpart part = oc_barinput_part(b, ts);
        if (!oc_barclock_counts(&b->clock, part)) {
            b->left_out++;
            continue;
        }
        a.sum[k + 1] = a.sum[k];
        a.sign[k] = oc_barticks_sign(b, s, &t[i], price);
        add_tick(b, s, &t[i], price, a.sign[k], &a.sum[k + 1]);
        if (s->facts
            && oc_barfacts_tick(s->facts, s, ts, price, t[i].size, b->has_size && t[i].size >= 0, a.sign[k], &a.fact[k]))
            return oc_fail(err, OC_MEMORY, "no memory for trades within --delay");
        a.sum[k + 1].parts += part != (enum oc_barpart)s->part;
        s->part = a.part[k] = (int8_t)part;
        s->priced = true;
        s->price = a.price[k] = price;
        a.ts[k] = ts;
        a.close[k] = b->price == OC_BARPRICE_TRADE ? x->price[t[i].row] : oc_wide_decimal(price, s->price_places);
        a.record[k++] = t[i].row;
    }
    run->n = k;
    return oc_barinput_done(s, run, err);
}
