/* barinput - see barinput.h */
#include "app/barinput.h"

#include "base/time.h"

int oc_barinput_units(double v, int *places, __int128 *units)
{
    const __int128 most = (__int128)1 << 105;   /* a million of them, and a million products of two, still have room */
    struct oc_decimal d;
    int64_t m;

    if (*places <= 15 && oc_decimal_quick(v, *places, &m)) {
        *units = m;
        return 0;
    }
    if (oc_decimal_of(v, &d))
        return -1;
    if (d.k > *places) {
        *places = d.k;
        return 1;
    }
    *units = d.m;
    if (oc_wide_scale128(units, *places - d.k))
        return -1;
    return *units > most || *units < -most ? -1 : 0;
}

enum oc_barpart oc_barinput_part(struct oc_bars *b, int64_t ts)
{
    const int64_t minute = ts / (60 * OC_TIME_SECOND);

    if (!b->clock.calendar)
        return OC_BARPART_NONE;
    if (minute != b->minute || ts < 0) {
        b->minute = minute;
        b->minute_part = oc_barclock_part(&b->clock, ts);
    }
    return b->minute_part;
}

int oc_barinput_covered(struct oc_barinput *x, size_t row, int64_t ts, struct oc_err *err)
{
    const struct oc_bars *b = x->bars;
    char first[OC_TIME_PRINT_MAX], last[OC_TIME_PRINT_MAX];
    int32_t from, to;

    if (!b->clock.calendar || (ts >= b->covered_from && ts < b->covered_to))
        return 0;
    oc_calendar_covers(b->clock.calendar, &from, &to);
    oc_time_print_date(first, from);
    oc_time_print_date(last, to);
    return oc_barinput_bad(oc_bad_row(x->in, row, oc_col(x->in, "ts"), err,
                                      "ts: the calendar %s knows the days from %.10s to %.10s alone",
                                      oc_calendar_id(b->clock.calendar), first, last));
}

int oc_barinput_arrays(struct oc_batch *in, size_t n, bool finer, bool facts, struct oc_barfill *a, struct oc_barrun *run,
                       struct oc_err *err)
{
    struct oc_arena *m = &in->arena;

    *a = (struct oc_barfill){ .ts = oc_arena_alloc(m, n * sizeof *a->ts),
                              .close = oc_arena_alloc(m, n * sizeof *a->close),
                              .price = oc_arena_alloc(m, n * sizeof *a->price),
                              .sum = oc_arena_alloc(m, (n + 1) * sizeof *a->sum),
                              .sign = oc_arena_alloc(m, n),
                              .part = oc_arena_alloc(m, n),
                              .record = oc_arena_alloc(m, n * sizeof *a->record) };
    a->open = a->high = a->low = a->close;
    if (finer) {
        a->end = oc_arena_alloc(m, n * sizeof *a->end);
        a->open = oc_arena_alloc(m, n * sizeof *a->open);
        a->high = oc_arena_alloc(m, n * sizeof *a->high);
        a->low = oc_arena_alloc(m, n * sizeof *a->low);
    }
    if (facts)
        a->fact = oc_arena_alloc(m, n * sizeof *a->fact);
    if (!a->ts || !a->close || !a->price || !a->sum || !a->sign || !a->part || !a->record || !a->open || !a->high || !a->low
        || (finer && !a->end) || (facts && !a->fact))
        return oc_fail(err, OC_MEMORY, "no memory for the ticks of a block");
    *run = (struct oc_barrun){ .ts = a->ts,
                               .end = a->end,
                               .open = a->open,
                               .high = a->high,
                               .low = a->low,
                               .close = a->close,
                               .price = a->price,
                               .sum = a->sum,
                               .sign = a->sign,
                               .part = a->part,
                               .record = a->record,
                               .fact = a->fact };
    return 0;
}

int oc_barinput_done(struct oc_barsymbol *s, const struct oc_barrun *run, struct oc_err *err)
{
    const __int128 most = (__int128)1 << 120;

    s->sum = run->sum[run->n];
    if (!oc_wide_fits(s->sum.dollar) || s->sum.volume > most || s->sum.spread > most)
        return oc_fail(err, OC_LIMIT, "%s: the sum of its sizes is too large to be exact", s->name);
    return 0;
}

int oc_barinput_backwards(struct oc_barinput *x, size_t row, int64_t ts, int64_t before, struct oc_err *err)
{
    char a[OC_TIME_PRINT_MAX], b[OC_TIME_PRINT_MAX];
    const int n = (int)oc_time_print(a, ts), m = (int)oc_time_print(b, before);

    return oc_bad_row(x->in, row, oc_col(x->in, "ts"), err, "ts: %.*s is before %.*s: sort by symbol and ts", n, a, m, b);
}
