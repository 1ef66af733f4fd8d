/* checkgap - see checkgap.h.  Sessions are asked for only where a distance is not the interval. */
#include "app/checkgap.h"

#include "app/checksession.h"
#include "base/time.h"
#include "record/symtab.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SECOND OC_TIME_SECOND
#define MINUTE (60 * SECOND)

struct oc_gapstate {
    int64_t last;                   /* instant of the row before */
    int64_t run_from;               /* of the first bar of a run of distances above the interval */
    int64_t step;                   /* the interval that they contradict */
    int32_t run;                    /* bars in it */
    bool any;
};

int64_t oc_checkgap_interval(const char *s, size_t n)
{
    static const struct { char unit; int64_t ns; } units[] = {
        { 's', SECOND }, { 'm', MINUTE }, { 'h', 60 * MINUTE }, { 'd', OC_TIME_DAY }, { 'w', 7 * OC_TIME_DAY },
    };
    int64_t v = 0;
    size_t i = 0;

    for (; i < n && i < 6 && s[i] >= '0' && s[i] <= '9'; i++)
        v = v * 10 + (s[i] - '0');
    for (size_t u = 0; i && i + 1 == n && u < sizeof units / sizeof *units; u++)
        if (units[u].unit == s[i])
            return v * units[u].ns;
    return 0;
}

/* ---- open time ----------------------------------------------------------------------------------------------- */

/*
 * Slots are numbered from 0; runs are stretches of slots, one behind the other, in which the market is open: the first ends
 * at first_end, the last begins at last_begin.
 */
struct open {
    int64_t ns, slots, sessions;
    bool holiday, weekend, early;
    int runs;
    int64_t begin, first_end, last_begin, end;
};

static void add_run(struct open *o, int64_t k0, int64_t k1)
{
    if (!o->runs || k0 > o->end) {
        o->begin = o->runs ? o->begin : k0;
        o->last_begin = k0;
        o->runs++;
    }
    o->end = k1 > o->end ? k1 : o->end;
    o->first_end = o->runs == 1 ? o->end : o->first_end;
}

/*
 * What the session of a date adds of [from, to): nanoseconds, and bars whose stretch [t, t + step) overlaps it, where t is
 * from + k step.
 */
static void add_session(struct open *o, const struct oc_calendar *cal, bool extended, const struct oc_session *s,
                        int64_t from, int64_t to, int64_t step)
{
    int64_t open = s->open, close = s->close, pre, after;

    if (extended && oc_calendar_extended(cal, s, &pre, &after)) {
        open = pre < open ? pre : open;
        close = after > close ? after : close;
    }
    const int64_t a = from > open ? from : open, b = to < close ? to : close;
    if (a < b)
        o->ns += b - a;
    if (step) {         /* from + k step > open - step and < close, in [from, to) */
        int64_t k0 = open - step < from ? 0 : (open - step - from) / step + 1;
        const int64_t end = to < close ? to : close;
        int64_t k1 = end <= from ? 0 : (end - from + step - 1) / step;
        if (k1 > k0) {
            o->slots += k1 - k0;
            add_run(o, k0, k1);
        }
    }
}

/* [from, to) against the calendar; dates of a decade are a few thousand sessions. */
static struct open opened(const struct oc_calendar *cal, bool extended, int64_t from, int64_t to, int64_t step)
{
    const struct oc_zone *zone = oc_calendar_zone(cal);
    const int32_t first = oc_time_date(oc_zone_local(zone, from)), last = oc_time_date(oc_zone_local(zone, to)) + 1;
    struct open o = { 0 };
    struct oc_session s;
    struct oc_err none;

    for (int32_t d = first; d <= last; d++) {
        if (!oc_calendar_is_session(cal, d)) {
            const int32_t w = oc_time_weekday(d);
            o.weekend |= d < last && w >= 5;
            o.holiday |= d < last && w < 5;
            continue;
        }
        if (oc_calendar_session(cal, d, &s, &none))
            continue;
        o.early |= s.early && s.close <= to && s.close + 12 * 60 * MINUTE > from;
        o.sessions += s.open >= from && s.close <= to;
        add_session(&o, cal, extended, &s, from, to, step);
    }
    return o;
}

/* Sessions by date between two bars of days, both excluded. */
static struct open dated(const struct oc_calendar *cal, int64_t before, int64_t ts, int64_t step)
{
    const int32_t a = oc_checksession_date(cal, before), b = oc_checksession_date(cal, ts);
    struct open o = { 0 };

    for (int32_t d = a + 1; d < b; d++)
        if (!oc_calendar_is_session(cal, d)) {
            o.weekend |= oc_time_weekday(d) >= 5;
            o.holiday |= oc_time_weekday(d) < 5;
        }
    o.slots = step == OC_TIME_DAY ? oc_calendar_count(cal, a + 1, b) : (ts - before) / step - 1;
    o.ns = o.slots * step;
    return o;
}

static const char *severity(int64_t ns, int64_t slots, int64_t step)
{
    if (slots <= 0)
        return "low";
    if (step >= OC_TIME_DAY)
        return slots < 5 ? "high" : "critical";
    return ns < 15 * MINUTE ? "low" : ns < 60 * MINUTE ? "medium" : ns < 390 * MINUTE ? "high" : "critical";
}

static const char *class_of(const struct open *o, bool halted)
{
    if (o->slots > 0)
        return halted ? "halt" : "unknown";
    return o->holiday ? "holiday" : o->weekend ? "weekend" : o->early ? "early_close" : "session_break";
}

/* ---- gaps ---------------------------------------------------------------------------------------------------- */

static int gap_add(struct oc_checking *k, struct oc_checkgap *g, const struct oc_gap *gap)
{
    if (g->ngap == g->capgap) {
        const size_t cap = g->capgap ? 2 * g->capgap : 64;
        struct oc_gap *more = realloc(g->gap, cap * sizeof *more);
        if (!more)
            return k->rc = oc_fail(k->err, OC_MEMORY, "no memory for gaps");
        g->gap = more;
        g->capgap = cap;
    }
    g->gap[g->ngap++] = *gap;
    return 0;
}

static void tell_gap(struct oc_checking *k, struct oc_checkgap *g, size_t i, int64_t start, int64_t end,
                     const struct open *o, int64_t step)
{
    struct oc_finding f = oc_checking_finding(k, i);
    /* as long as the halt, and what the first trade behind it takes */
    const bool halted = g->halt_until && g->halt_until[i] > start && end <= g->halt_until[i] + 5 * MINUTE;
    struct oc_gap gap = { .class = class_of(o, halted), .severity = severity(o->ns, o->slots, step), .start = start,
                          .end = end, .expected = o->slots };

    snprintf(gap.symbol, sizeof gap.symbol, "%s", f.symbol);
    if (k->c.interval.index) {
        const struct oc_symcol *c = &k->c.interval;
        const uint32_t *off = c->dict->off + c->index[i];
        snprintf(gap.interval, sizeof gap.interval, "%.*s", (int)(off[1] - off[0]), c->dict->bytes + off[0]);
    } else {
        snprintf(gap.interval, sizeof gap.interval, "%.6gs", (double)step / 1e9);
    }
    if (g->side)
        (void)gap_add(k, g, &gap);
    if (o->slots <= 0 || !oc_checking_on(k, OC_CHECK_gap))
        return;
    f.ts = start;
    f.end_ts = end;
    f.value = (double)o->slots;
    f.column = "ts";
    snprintf(f.message, sizeof f.message, "%lld expected, none there: %s, %s", (long long)o->slots, gap.class, gap.severity);
    oc_check_note(k->checks, OC_CHECK_gap, i, &f, k->err);
}

static void run_end(struct oc_checks *checks, const struct oc_checking *k, struct oc_gapstate *s, size_t i,
                    struct oc_err *err)
{
    const struct oc_checkitem *it = &checks->item[OC_CHECK_interval];

    if (s->run > it->limit && it->on) {
        struct oc_finding f = k ? oc_checking_finding(k, i) : oc_checking_blank();
        f.value = s->run;
        f.limit = it->limit;
        f.column = "interval";
        f.ts = s->run_from;
        f.end_ts = s->last;
        f.line = 0;
        snprintf(f.message, sizeof f.message, "%d bars in a row, each further than %.9g s from the one before", s->run,
                 (double)s->step / 1e9);
        oc_check_note(checks, OC_CHECK_interval, i, &f, err);
    }
    s->run = 0;
}

/*
 * Does a stretch of n slots have one closure, with open time that lacks before it, behind it or both?  Then where it begins
 * and ends.  A session that lacks whole has a closure on either side: that is one gap.
 */
static bool closure(const struct open *o, int64_t n, int64_t cut[2])
{
    const bool lead = o->runs && o->begin == 0, tail = o->runs && o->end == n;

    if (o->runs == 0 || o->runs > 2 || (o->runs == 2 && !(lead && tail)) || (o->runs == 1 && lead == tail))
        return false;
    cut[0] = lead ? o->first_end : 0;
    cut[1] = tail ? o->last_begin : n;
    return true;
}

/* Two bars of an instrument, at `from` and `to`, that are not an interval apart; row i is the one that shows it. */
static void bar(struct oc_checking *k, struct oc_checkgap *g, struct oc_gapstate *s, size_t i, int64_t from, int64_t to,
                int64_t step)
{
    const int64_t shift = k->end_stamped ? step : 0, d = to - from;
    const bool day = step >= OC_TIME_DAY;

    if (d < step && !(day && d > step - 2 * 60 * MINUTE)) {     /* a day of 23 hours is one */
        if (oc_checking_on(k, OC_CHECK_interval))
            oc_check_hit(k, OC_CHECK_interval, i, "ts", (double)d / 1e9, (double)step / 1e9,
                         "%.9g s from the bar before, of an interval of %.9g s", (double)d / 1e9, (double)step / 1e9);
        return;
    }
    if (day) {
        const struct open o = dated(k->calendar, from, to, step);
        const int32_t dates = oc_checksession_date(k->calendar, to) - oc_checksession_date(k->calendar, from);
        if (o.slots > 0 || dates > step / OC_TIME_DAY)
            tell_gap(k, g, i, from + step, to, &o, step);
        return;
    }
    if (s->run++ == 0) {
        s->run_from = s->last;
        s->step = step;
    }
    const struct open o = opened(k->calendar, g->extended, from + step - shift, to - shift, step);
    int64_t cut[2];
    if (!closure(&o, (d - 1) / step, cut)) {
        tell_gap(k, g, i, from + step, to, &o, step);
        return;
    }
    const int64_t at[4] = { from + step, from + step + cut[0] * step, from + step + cut[1] * step, to };
    for (int part = 0; part < 3; part++)
        if (at[part] < at[part + 1]) {
            const struct open p = opened(k->calendar, g->extended, at[part] - shift, at[part + 1] - shift, step);
            tell_gap(k, g, i, at[part], at[part + 1], &p, step);
        }
}

/* Of ticks, slots are nanoseconds; less than the limit of open time lacks nothing. */
static void tick(struct oc_checking *k, struct oc_checkgap *g, size_t i, int64_t from, int64_t to, int64_t limit)
{
    struct open o = opened(k->calendar, g->extended, from, to, 1);
    int64_t cut[2];

    if (!closure(&o, to - from, cut)) {
        o.slots = o.ns / limit > o.sessions ? o.ns / limit : o.sessions;
        tell_gap(k, g, i, from, to, &o, limit);
        return;
    }
    const int64_t behind = to - from - cut[1];
    const int64_t at[4] = { from, cut[0] >= limit ? from + cut[0] : from, behind >= limit ? from + cut[1] : to, to };
    for (int part = 0; part < 3; part++)
        if (at[part] < at[part + 1]) {
            struct open p = opened(k->calendar, g->extended, at[part], at[part + 1], 1);
            p.slots = part == 1 ? 0 : p.ns / limit;
            tell_gap(k, g, i, at[part], at[part + 1], &p, limit);
        }
}

static int reserve(struct oc_checking *k, struct oc_checkgap *g)
{
    if (k->instruments <= g->n)
        return 0;
    const uint32_t n = oc_checking_room(k->instruments, g->n);
    struct oc_gapstate *s = realloc(g->s, (size_t)n * sizeof *s);
    if (!s)
        return k->rc = oc_fail(k->err, OC_MEMORY, "no memory for %u instruments", k->instruments);
    memset(s + g->n, 0, (size_t)(n - g->n) * sizeof *s);
    g->s = s;
    g->n = n;
    return 0;
}

void oc_checkgap_rows(struct oc_checking *k, struct oc_checkgap *g)
{
    const struct oc_intcol *ts = &k->c.ts;
    const bool bars = strcmp(k->kind, "bar") == 0;
    const int64_t limit = (int64_t)(oc_checking_limit(k, OC_CHECK_gap) * 1e9);

    if (!k->calendar || !ts->v || limit <= 0 || (bars && !k->step) || reserve(k, g))
        return;
    oc_checking_seen(k, OC_CHECK_gap, k->n);
    oc_checking_seen(k, OC_CHECK_interval, bars ? k->n : 0);
    for (size_t i = 0; i < k->n; i++) {
        struct oc_gapstate *s = &g->s[k->instrument[i]];
        const int64_t t = ts->v[i], step = bars ? k->step[i] : limit;
        if (!oc_bit(ts->valid, i) || !oc_checking_sane(t) || step <= 0)
            continue;
        if (s->any && (g->descending ? t >= s->last : t <= s->last))
            continue;               /* another row of that instant, or one out of order */
        if (s->any) {
            /* newest first: the stretch is the same, seen from its end */
            const int64_t hi = g->descending ? s->last : t, lo = g->descending ? t : s->last;
            if (bars && hi - lo != step)
                bar(k, g, s, i, lo, hi, step);
            else if (bars)
                run_end(k->checks, k, s, i, k->err);
            else if (hi - lo > step)
                tick(k, g, i, lo, hi, step);
        }
        s->last = t;
        s->any = true;
    }
}

/* ---- records ------------------------------------------------------------------------------------------------- */

static int put_sym(struct oc_batch *b, const char *name, const struct oc_checkgap *g, size_t field, bool pointer,
                   const char *all, struct oc_err *err)
{
    struct oc_symtab t = { 0 };
    int32_t *ids = malloc((g->ngap + 1) * sizeof *ids), *index;
    bool failed = !ids || oc_symtab_id(&t, all ? all : "", all ? strlen(all) : 0) < 0;

    for (size_t i = 0; !failed && i < g->ngap; i++) {
        const char *at = (const char *)&g->gap[i] + field, *s = all ? all : at;
        if (pointer)
            memcpy(&s, at, sizeof s);
        ids[i] = oc_symtab_id(&t, s, strlen(s));
        failed = ids[i] < 0;
    }
    struct oc_dict *d = failed ? NULL : oc_symtab_dict(&t, err);
    const int rc = d ? oc_add_sym(b, name, d, &index, NULL, err) : oc_fail(err, OC_MEMORY, "no memory for gap records");
    if (rc == 0)
        memcpy(index, ids, g->ngap * sizeof *index);
    oc_dict_drop(d);
    oc_symtab_free(&t);
    free(ids);
    return rc;
}

int oc_checkgap_write(struct oc_checkgap *g, const char *kind, struct oc_err *err)
{
    struct oc_batch *b = g->side ? oc_side_batch(g->side, g->ngap, err) : NULL;
    int64_t *start, *end, *expected, *found;

    if (!g->side)
        return 0;
    if (!b || put_sym(b, "symbol", g, offsetof(struct oc_gap, symbol), false, NULL, err)
        || oc_add_i64(b, "start_ts", OC_TIME, &start, NULL, err) || oc_add_i64(b, "end_ts", OC_TIME, &end, NULL, err)
        || put_sym(b, "interval", g, offsetof(struct oc_gap, interval), false, NULL, err)
        || put_sym(b, "record_kind", g, 0, false, kind, err) || oc_add_i64(b, "expected", OC_I64, &expected, NULL, err)
        || oc_add_i64(b, "found", OC_I64, &found, NULL, err)
        || put_sym(b, "gap_class", g, offsetof(struct oc_gap, class), true, NULL, err)
        || put_sym(b, "severity", g, offsetof(struct oc_gap, severity), true, NULL, err))
        return -1;
    for (size_t i = 0; i < g->ngap; i++) {
        start[i] = g->gap[i].start;
        end[i] = g->gap[i].end;
        expected[i] = g->gap[i].expected;
        found[i] = 0;
    }
    g->ngap = 0;
    return oc_side_write(g->side, err);
}

int oc_checkgap_end(struct oc_checkgap *g, struct oc_checks *checks, struct oc_err *err)
{
    for (uint32_t i = 0; i < g->n; i++)
        run_end(checks, NULL, &g->s[i], SIZE_MAX, err);
    return err->code == OC_MEMORY ? -1 : 0;
}

void oc_checkgap_forget(struct oc_checkgap *g, uint32_t id)
{
    if (id < g->n)
        g->s[id] = (struct oc_gapstate){ 0 };
}

void oc_checkgap_free(struct oc_checkgap *g)
{
    free(g->s);
    free(g->gap);
    g->s = NULL;
    g->gap = NULL;
}
