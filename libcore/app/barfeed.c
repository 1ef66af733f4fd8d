/* barfeed - see barfeed.h */
#include "app/barfeed.h"

#include "base/num.h"
#include "cli/value.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- sums -------------------------------------------------------------------------------------------------- */

void oc_barfeed_minus(struct oc_barsum *s, const struct oc_barsum *a, const struct oc_barsum *b)
{
    s->dollar = oc_wide_sub(a->dollar, b->dollar);
    s->volume = a->volume - b->volume;
    s->buy = a->buy - b->buy;
    s->sell = a->sell - b->sell;
    s->spread = a->spread - b->spread;
    s->quoted = a->quoted - b->quoted;
    s->trades = a->trades - b->trades;
    s->parts = a->parts - b->parts;
    s->unfinished = a->unfinished - b->unfinished;
    s->unsized = a->unsized - b->unsized;
    s->unpaid = a->unpaid - b->unpaid;
    s->unsided = a->unsided - b->unsided;
    s->uncounted = a->uncounted - b->uncounted;
}

void oc_barfeed_add(struct oc_barsum *s, const struct oc_barsum *b)
{
    s->dollar = oc_wide_add(s->dollar, b->dollar);
    s->volume += b->volume;
    s->buy += b->buy;
    s->sell += b->sell;
    s->trades += b->trades;
    s->unsized += b->unsized;
    s->unpaid += b->unpaid;
}

bool oc_barfeed_equal(const struct oc_barsum *a, const struct oc_barsum *b)
{
    return oc_wide_zero(oc_wide_sub(a->dollar, b->dollar)) && a->volume == b->volume && a->buy == b->buy
           && a->sell == b->sell && a->trades == b->trades && a->unsized == b->unsized && a->unpaid == b->unpaid;
}

/* ---- one bar ----------------------------------------------------------------------------------------------- */

void oc_barfeed_start(const struct oc_barfeed *f, size_t i, int64_t ts)
{
    struct oc_baropen *o = f->open;

    o->open = true;
    o->ts = o->any && ts < o->floor ? o->floor : ts;
    o->o = f->run->open[i];
    o->h = f->run->high[i];
    o->l = f->run->low[i];
    o->c = f->run->close[i];
    o->last = f->run->ts[i];
    o->part = f->run->part[i];
    o->from = f->run->sum[i];
    o->from.parts = f->run->sum[i + 1].parts;       /* the change to this tick's part is no change within the bar */
    if (f->meta)
        oc_barmeta_fresh(f->meta);
}

int oc_barfeed_take(const struct oc_barfeed *f, size_t from, size_t to)
{
    struct oc_baropen *o = f->open;
    const double *high = f->run->high, *low = f->run->low;
    double h = o->h, l = o->l;

    if (from >= to)
        return 0;
    for (size_t i = from; i < to; i++) {
        h = high[i] > h ? high[i] : h;
        l = low[i] < l ? low[i] : l;
    }
    o->h = h;
    o->l = l;
    o->c = f->run->close[to - 1];
    o->last = f->run->ts[to - 1];
    if (f->meta && oc_barmeta_take(f->meta, f->run->fact + from, to - from, f->round_lot))
        return oc_fail(f->err, OC_MEMORY, "no memory for the spreads of a bar");
    return 0;
}

/* A row of the open bar, its sums up to `now`. */
static int add_row(const struct oc_barfeed *f, const struct oc_barsum *now, int64_t end, uint32_t record, bool complete)
{
    struct oc_baropen *o = f->open;
    struct oc_barrow *r = oc_barrows_add(f->rows, f->err);
    struct oc_barsum s;

    if (!r)
        return -1;
    oc_barfeed_minus(&s, now, &o->from);
    oc_barfeed_add(&o->closed, &s);
    const int places = f->price_places, money = places + f->size_places;
    *r = (struct oc_barrow){ .record = record,
                             .symbol = f->symbol,
                             .number = f->number,
                             .part = s.parts > 0 ? OC_BARPART_NONE : o->part,
                             .complete = complete && !s.unfinished,
                             .ts = o->ts,
                             .end = end,
                             .open = o->o,
                             .high = o->h,
                             .low = o->l,
                             .close = o->c,
                             .volume = s.unsized ? NAN : oc_wide_decimal(s.volume, f->size_places),
                             .dollar = s.unpaid ? NAN : oc_wide_ratio(s.dollar, 1, money),
                             .vwap = s.unpaid || s.unsized || !s.volume ? NAN : oc_wide_ratio(s.dollar, s.volume, places),
                             .buy = s.unsided ? NAN : oc_wide_decimal(s.buy, f->size_places),
                             .sell = s.unsided ? NAN : oc_wide_decimal(s.sell, f->size_places),
                             .spread = s.quoted ? oc_wide_ratio(oc_wide_from(s.spread), s.quoted, places) : NAN,
                             .trades = s.uncounted ? -1 : s.trades };
    if (f->meta)
        oc_barmeta_figures(f->meta, r->open, r->close, r->dollar, f->price_places,
                           f->rows->figure + (f->rows->n - 1) * f->rows->nfigure);
    return 0;
}

int oc_barfeed_finish(const struct oc_barfeed *f, const struct oc_barsum *now, int64_t end, uint32_t record, bool complete)
{
    struct oc_baropen *o = f->open;

    if (end <= o->ts)
        end = o->ts + 1;
    if (add_row(f, now, end, record, complete))
        return -1;
    o->floor = end;
    o->any = true;
    o->open = false;
    if (f->meta)
        oc_barmeta_closed(f->meta, o->c);
    return 0;
}

int oc_barfeed_close(const struct oc_barfeed *f, size_t to, int64_t end, uint32_t record, bool complete)
{
    return oc_barfeed_finish(f, &f->run->sum[to], end, record, complete);
}

int oc_barfeed_flat(const struct oc_barfeed *f, struct oc_barspan span, double price, uint32_t record)
{
    struct oc_barrow *r = oc_barrows_add(f->rows, f->err);

    if (!r)
        return -1;
    *r = (struct oc_barrow){ .record = record, .symbol = f->symbol, .number = f->number,
                             .part = (int8_t)oc_barclock_part(f->clock, span.start), .complete = true, .ts = span.start,
                             .end = span.end, .open = price, .high = price, .low = price, .close = price, .volume = 0,
                             .vwap = NAN, .dollar = 0, .buy = 0, .sell = 0, .spread = NAN, .trades = 0 };
    f->open->floor = span.end;
    return 0;
}

int oc_barfeed_limit(const struct oc_barfeed *f, size_t i, const char *fmt, ...)
{
    char text[100];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    *f->limit_at = i;
    return oc_fail(f->err, OC_LIMIT, "%s", text);
}

int oc_barfeed_by_ticks(const struct oc_barfeed *f, oc_barfeed_find *find, oc_barfeed_fresh *fresh, oc_barfeed_fresh *done)
{
    const struct oc_barrun *run = f->run;

    for (size_t i = 0; i < run->n;) {
        if (!f->open->open) {
            oc_barfeed_start(f, i, run->ts[i]);
            if (fresh)
                fresh(f);
        }
        const size_t to = find(f, i);
        if (to > run->n)
            return oc_barfeed_take(f, i, run->n);
        if (oc_barfeed_take(f, i, to) || oc_barfeed_close(f, to, run->ts[to - 1] + 1, run->record[to - 1], true))
            return -1;
        if (done)
            done(f);
        i = to;
    }
    return 0;
}

/* ---- words ------------------------------------------------------------------------------------------------- */

/* The option is spelt with the hyphen that the name in `interval` does not have. */
static int no_limit(const struct oc_barspec *s, const char *word, const char *what, struct oc_err *err)
{
    char option[sizeof s->name];

    snprintf(option, sizeof option, "%s", s->kind->name);
    for (char *p = option; *p; p++)
        *p = *p == '_' ? '-' : *p;
    return oc_fail(err, OC_USAGE, "--%s: '%s' is not %s", option, word, what);
}

int oc_barfeed_read_count(struct oc_barspec *s, const char *word, struct oc_err *err)
{
    const char *why;
    uint64_t n;

    if (oc_value_u64(word, &n, &why) || n < 1 || n > INT64_MAX)
        return no_limit(s, word, "a whole number of ticks above 0", err);
    s->step = (int64_t)n;
    snprintf(s->name, sizeof s->name, "%s:%lld", s->kind->name, (long long)s->step);
    return 0;
}

int oc_barfeed_read_limit(struct oc_barspec *s, const char *word, struct oc_err *err)
{
    char text[OC_NUM_PRINT_MAX + 1];
    double v = 0;

    const char *why;
    if (oc_value_f64(word, &v, NULL, &why) || !(v > 0) || oc_decimal_of(v, &s->limit) || s->limit.k > 15)
        return no_limit(s, word, "a number above 0 and below 1e18 with at most 15 decimals", err);
    text[oc_num_print_f64(text, v)] = 0;
    snprintf(s->name, sizeof s->name, "%s:%s", s->kind->name, text);
    return 0;
}
