/*
 * barfiner - bars to runs, for time bars that are coarser: see barinput.h.
 *
 * What a bar does not say is not made up: without dollar_volume the money is vwap times volume where both are there, and
 * not known else; without buy_volume and sell_volume those are left out.
 */
#include "app/barinput.h"

#include "base/time.h"

#include <math.h>
#include <string.h>

static const struct oc_bindcol wanted[] = {
    { "ts", OC_TIME, OC_REQUIRED, offsetof(struct oc_barinput, ts) },
    { "symbol", OC_SYM, OC_OPTIONAL, offsetof(struct oc_barinput, symbol) },
    { "run", OC_SYM, OC_OPTIONAL, offsetof(struct oc_barinput, whose.run) },
    { "path", OC_I64, OC_OPTIONAL, offsetof(struct oc_barinput, whose.path) },
    { "interval", OC_SYM, OC_OPTIONAL, offsetof(struct oc_barinput, interval) },
    { "end_ts", OC_TIME, OC_OPTIONAL, offsetof(struct oc_barinput, end) },
    { "open", OC_F64, OC_REQUIRED, offsetof(struct oc_barinput, open) },
    { "high", OC_F64, OC_REQUIRED, offsetof(struct oc_barinput, high) },
    { "low", OC_F64, OC_REQUIRED, offsetof(struct oc_barinput, low) },
    { "close", OC_F64, OC_REQUIRED, offsetof(struct oc_barinput, close) },
    { "volume", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, volume) },
    { "dollar_volume", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, money) },
    { "vwap", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, vwap) },
    { "buy_volume", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, buy) },
    { "sell_volume", OC_F64, OC_OPTIONAL, offsetof(struct oc_barinput, sell) },
    { "trades", OC_I64, OC_OPTIONAL, offsetof(struct oc_barinput, trades) },
    { 0 }
};

int oc_barfiner_bind(struct oc_barinput *x, struct oc_err *err)
{
    struct oc_col *c = oc_col(x->in, "complete");

    if (oc_bind(x->in, wanted, x, err))
        return -1;
    if (c && c->type == OC_BOOL && oc_load(x->in, c, err))
        return -1;
    x->complete = c && c->type == OC_BOOL ? c : NULL;
    return 0;
}

/* ---- how long it is ----------------------------------------------------------------------------------------- */

/* Can bars of `whole` be made of bars of `part`?  Both as in oc_barspec.step. */
static bool divides(int64_t part, int64_t whole)
{
    if (whole > 0)
        return part > 0 && part <= whole && whole % part == 0;
    return part > 0 || part == whole || (part == 0 && whole < 0);
}

/* The length of a row's bars, checked against what is asked for and what came before.  0, 2 bad row, -1. */
static int length_of(struct oc_barinput *x, struct oc_barsymbol *s, size_t row, struct oc_err *err)
{
    const struct oc_bars *b = x->bars;
    struct oc_barspec spec = { .kind = &oc_barkind_time };
    struct oc_err why;
    char word[32] = "";

    if (x->interval.index && oc_bit(x->interval.valid, row)) {
        const struct oc_dict *d = x->interval.dict;
        const uint32_t i = (uint32_t)x->interval.index[row], n = d->off[i + 1] - d->off[i];
        memcpy(word, d->bytes + d->off[i], n < sizeof word ? n : sizeof word - 1);
    } else if (b->interval) {
        strncpy(word, b->interval, sizeof word - 1);
    }
    if (!*word || oc_barkind_time.read(&spec, word, &why))
        return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, "interval"), err,
                                          *word ? "interval: '%s' is no stretch of time, and only such bars "
                                                  "make longer ones"
                                                : "interval: is empty%s: give --interval",
                                          word));
    if (s->finer == spec.step)
        return 0;
    if (s->finer != INT64_MIN)
        return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, "interval"), err,
                                          "interval: '%s' among bars of another length: choose one with "
                                          "--where",
                                          word));
    for (size_t i = 0; i < b->specs.n; i++)
        if (!divides(spec.step, b->specs.v[i].step))
            return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, "interval"), err,
                                              "interval: bars of %s cannot be made of bars of %s", b->specs.v[i].name,
                                              word));
    s->finer = spec.step;
    return 0;
}

static int64_t end_of(const struct oc_barinput *x, const struct oc_barsymbol *s, size_t row)
{
    if (x->end.v && oc_bit(x->end.valid, row))
        return x->end.v[row];
    return s->finer > 0 ? x->ts.v[row] + s->finer : oc_barclock_span(&x->bars->clock, s->finer, x->ts.v[row]).end;
}

/* ---- what it holds ------------------------------------------------------------------------------------------ */

/* -1 in volume, buy, sell, trades: not said. */
struct bar {
    __int128 close, volume, buy, sell;
    struct oc_wide money;
    int64_t trades, end;
    uint32_t row;
    bool complete, paid;
};

/* A sum of the row; *out -1 where it does not say it and may leave it out.  0; 1 the symbol needs finer units, which are
 * set; 2 bad row; -1. */
static int units(struct oc_barinput *x, struct oc_barsymbol *s, size_t row, const char *name, const double *v, bool size,
                 bool may_lack, __int128 *out, struct oc_err *err)
{
    int places = size ? s->size_places : s->price_places;

    *out = -1;
    if (!v || (may_lack && isnan(v[row])))
        return 0;
    const int rc = isnan(v[row]) || (size && v[row] < 0) ? -1 : oc_barinput_units(v[row], &places, out);
    if (rc < 0)
        return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, name), err,
                                          isnan(v[row]) ? "%s: is empty" : "%s: %g cannot be added up exactly", name,
                                          v[row]));
    return rc == 0 ? 0 : oc_barsymbol_places(s, &x->bars->specs, size ? 0 : places, size ? places : 0, err) ? -1 : 1;
}

/* Money as the row says it, in the unit of price times size; or vwap times volume. */
static int money_units(struct oc_barinput *x, struct oc_barsymbol *s, size_t row, struct bar *t, struct oc_err *err)
{
    __int128 v;
    int rc;

    if (x->money && !isnan(x->money[row])) {
        rc = units(x, s, row, "dollar_volume", x->money, false, false, &v, err);
        t->money = oc_wide_from(v);
        if (rc == 0 && oc_wide_scale(&t->money, s->size_places))
            return oc_fail(err, OC_LIMIT, "%s: dollar_volume is too large to be added up exactly", s->name);
        t->paid = true;
        return rc;
    }
    t->paid = t->volume == 0 || (t->volume > 0 && x->vwap && !isnan(x->vwap[row]));
    if (t->volume <= 0 || !t->paid)
        return 0;
    rc = units(x, s, row, "vwap", x->vwap, false, false, &v, err);
    t->money = oc_wide_product(v, t->volume);
    return rc;
}

/* It must lie in one bar of each length that is asked for. */
static int check_end(struct oc_barinput *x, size_t row, int64_t end, struct oc_err *err)
{
    const struct oc_bars *b = x->bars;
    char a[OC_TIME_PRINT_MAX];

    for (size_t i = 0; i < b->specs.n; i++) {
        const struct oc_barspan span = oc_barclock_span(&b->clock, b->specs.v[i].step, x->ts.v[row]);
        if (end <= span.end)
            continue;
        const int n = (int)oc_time_print(a, span.end);
        return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, "ts"), err,
                                          "ts: the bar goes beyond %.*s, where one of %s ends: it cannot be divided", n, a,
                                          b->specs.v[i].name));
    }
    return 0;
}

static int read_bar(struct oc_barinput *x, struct oc_barsymbol *s, size_t row, struct bar *t, struct oc_err *err)
{
    int rc = oc_barinput_covered(x, row, x->ts.v[row], err);

    if (rc == 0)
        rc = length_of(x, s, row, err);

    *t = (struct bar){ .row = (uint32_t)row, .complete = true };
    if (rc == 0)
        rc = units(x, s, row, "close", x->close, false, false, &t->close, err);
    if (rc == 0 && (isnan(x->open[row]) || isnan(x->high[row]) || isnan(x->low[row])))
        rc = oc_barinput_bad(oc_bad_row(x->in, row, NULL, err, "open, high or low is empty"));
    if (rc == 0)
        rc = units(x, s, row, "volume", x->volume, true, true, &t->volume, err);
    if (rc == 0)
        rc = units(x, s, row, "buy_volume", x->buy, true, true, &t->buy, err);
    if (rc == 0)
        rc = units(x, s, row, "sell_volume", x->sell, true, true, &t->sell, err);
    if (rc == 0)
        rc = money_units(x, s, row, t, err);
    if (rc)
        return rc;
    t->trades = x->trades.v && oc_bit(x->trades.valid, row) ? x->trades.v[row] : -1;
    t->end = end_of(x, s, row);
    t->complete = !x->complete || !oc_bit(x->complete->valid, row) || oc_bit(x->complete->bits, row);
    if (t->end <= x->ts.v[row])
        return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, "end_ts"), err, "end_ts: is not after ts"));
    return check_end(x, row, t->end, err);
}

static int read_bars(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, struct bar *t,
                     size_t *kept, struct oc_err *err)
{
    int64_t before = s->any ? s->last_ts : INT64_MIN;

    *kept = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t r = row[i];
        if (!oc_bit(x->ts.valid, r) || (x->bad && oc_bit(x->bad, r)))
            continue;
        if (x->ts.v[r] < before) {              /* before the end of the bar before: out of order, or twice */
            if (oc_barinput_backwards(x, r, x->ts.v[r], before, err))
                return -1;
            continue;
        }
        const int rc = read_bar(x, s, r, &t[*kept], err);
        if (rc < 0)
            return -1;
        if (rc == 1)
            return read_bars(x, s, row, n, t, kept, err);
        if (rc == 2)
            continue;
        before = t[(*kept)++].end;
    }
    return 0;
}

static void add_bar(const struct bar *t, struct oc_barsum *sum)
{
    const bool sides = t->buy >= 0 && t->sell >= 0;

    sum->volume += t->volume > 0 ? t->volume : 0;
    sum->unsized += t->volume < 0;
    sum->buy += sides ? t->buy : 0;
    sum->sell += sides ? t->sell : 0;
    sum->unsided += !sides;
    sum->dollar = oc_wide_add(sum->dollar, t->money);
    sum->unpaid += !t->paid;
    sum->trades += t->trades > 0 ? t->trades : 0;
    sum->uncounted += t->trades < 0;
    sum->unfinished += !t->complete;
}

int oc_barfiner_run(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, struct oc_barrun *run,
                    struct oc_err *err)
{
    struct oc_bars *b = x->bars;
    struct bar *t = oc_arena_alloc(&x->in->arena, n * sizeof *t);
    struct oc_barfill a;
    size_t kept, k = 0;

    if (!t || oc_barinput_arrays(x->in, n, true, false, &a, run, err))
        return t ? -1 : oc_fail(err, OC_MEMORY, "no memory for the bars of a block");
    if (read_bars(x, s, row, n, t, &kept, err))
        return -1;
    a.sum[0] = s->sum;
    for (size_t i = 0; i < kept; i++) {
        const size_t r = t[i].row;
        const enum oc_barpart part = oc_barinput_part(b, x->ts.v[r]);
        s->any = true;
        s->last_ts = t[i].end;
        if (!oc_barclock_counts(&b->clock, part)) {
            b->left_out++;
            continue;
        }
        a.sum[k + 1] = a.sum[k];
        add_bar(&t[i], &a.sum[k + 1]);
        a.sum[k + 1].parts += part != (enum oc_barpart)s->part;
        s->part = a.part[k] = (int8_t)part;
        a.ts[k] = x->ts.v[r];
        a.end[k] = t[i].end;
        a.open[k] = x->open[r];
        a.high[k] = x->high[r];
        a.low[k] = x->low[r];
        a.close[k] = x->close[r];
        a.price[k] = t[i].close;
        a.sign[k] = 0;
        a.record[k++] = t[i].row;
    }
    run->n = k;
    return oc_barinput_done(s, run, err);
}
