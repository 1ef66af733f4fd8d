/* barclock - see barclock.h */
#include "app/barclock.h"

#include "base/time.h"

const char *const oc_barclock_part_name[OC_BARPART_NONE + 1] = { NULL, "pre", "regular", "after", NULL };

static int64_t floor_to(int64_t v, int64_t step)
{
    const int64_t r = v % step;

    return v - (r < 0 ? r + step : r);
}

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

static int64_t local(const struct oc_barclock *c, int64_t ns) { return c->zone ? oc_zone_local(c->zone, ns) : ns; }

/* The instant of a wall clock; at the ends of time the clock itself. */
static int64_t instant(const struct oc_barclock *c, int64_t wall, enum oc_zone_fold fold)
{
    int64_t ns = wall;

    if (c->zone && oc_zone_instant(c->zone, wall, fold, &ns) == OC_ZONE_RANGE)
        return wall;
    return ns;
}

static int64_t midnight(const struct oc_barclock *c, int32_t date)
{
    return instant(c, (int64_t)date * OC_TIME_DAY, OC_ZONE_EARLIER);
}

static bool session(const struct oc_barclock *c, int32_t date, struct oc_session *s)
{
    struct oc_err err;

    return c->calendar && oc_calendar_is_session(c->calendar, date) && oc_calendar_session(c->calendar, date, s, &err) == 0;
}

enum oc_barpart oc_barclock_part(const struct oc_barclock *c, int64_t ns)
{
    struct oc_session s;

    if (!c->calendar)
        return OC_BARPART_NONE;
    switch (oc_calendar_part(c->calendar, ns, &s)) {
    case OC_PART_PRE: return OC_BARPART_PRE;
    case OC_PART_REGULAR: return OC_BARPART_REGULAR;
    case OC_PART_AFTER: return OC_BARPART_AFTER;
    case OC_PART_CLOSED: break;
    }
    return OC_BARPART_CLOSED;
}

bool oc_barclock_counts(const struct oc_barclock *c, enum oc_barpart part)
{
    if (c->hours == OC_BARHOURS_ALL || part == OC_BARPART_NONE)
        return true;
    return part == OC_BARPART_REGULAR || (c->hours == OC_BARHOURS_EXTENDED && part != OC_BARPART_CLOSED);
}

static int64_t offset(const struct oc_barclock *c, int64_t ns) { return local(c, ns) - ns; }

/* The first instant of the clock's offset at `to`, `from` having another: clocks are set once between. */
static int64_t change(const struct oc_barclock *c, int64_t from, int64_t to)
{
    const int64_t after = offset(c, to);

    while (to - from > 1) {
        const int64_t middle = from + (to - from) / 2;
        if (offset(c, middle) == after)
            to = middle;
        else
            from = middle;
    }
    return to;
}

/*
 * By the wall clock.  Up to an hour the steps are of one offset and end where clocks are set: the hour that is repeated in
 * autumn has its bars twice.  Longer ones are between two readings of the clock, of a repeated one the first, so a bar over
 * the change is an hour longer or shorter; a reading may then be one of the bar beside it.
 */
static struct oc_barspan clock_span(const struct oc_barclock *c, int64_t step, int64_t ns)
{
    const int64_t wall = local(c, ns);
    int64_t from = floor_to(wall, step);

    if (step <= 3600 * OC_TIME_SECOND) {
        struct oc_barspan r = { ns - (wall - from), ns - (wall - from) + step };
        if (offset(c, r.start) != offset(c, ns))
            r.start = change(c, r.start, ns);
        if (offset(c, r.end - 1) != offset(c, ns))
            r.end = change(c, ns, r.end - 1);
        return r;
    }
    while (ns >= instant(c, from + step, OC_ZONE_EARLIER) && from < wall + OC_TIME_DAY)
        from += step;
    while (ns < instant(c, from, OC_ZONE_EARLIER))
        from -= step;
    return (struct oc_barspan){ instant(c, from, OC_ZONE_EARLIER), instant(c, from + step, OC_ZONE_EARLIER) };
}

/* ---- days -------------------------------------------------------------------------------------------------- */

int64_t oc_barclock_day(const struct oc_barclock *c, int32_t date)
{
    struct oc_session s;
    const int64_t at = midnight(c, date);

    return session(c, date, &s) ? smaller(s.open, at) : at;
}

/* The date whose day an instant lies in. */
static int32_t day_of(const struct oc_barclock *c, int64_t ns)
{
    int32_t date = oc_time_date(local(c, ns));

    if (ns >= oc_barclock_day(c, date + 1))
        return date + 1;
    return ns < oc_barclock_day(c, date) ? date - 1 : date;
}

static struct oc_barspan day_span(const struct oc_barclock *c, int64_t ns)
{
    struct oc_session s;
    const int32_t date = day_of(c, ns);
    struct oc_barspan r = { oc_barclock_day(c, date), oc_barclock_day(c, date + 1) };

    if (c->hours == OC_BARHOURS_REGULAR && session(c, date, &s) && ns >= s.open && ns < s.close)
        r = (struct oc_barspan){ s.open, s.close };
    return r;
}

static struct oc_barspan week_span(const struct oc_barclock *c, int64_t ns)
{
    const int32_t date = day_of(c, ns), monday = date - oc_time_weekday(date);

    return (struct oc_barspan){ oc_barclock_day(c, monday), oc_barclock_day(c, monday + 7) };
}

/* ---- within a session -------------------------------------------------------------------------------------- */

static struct oc_barspan session_span(const struct oc_barclock *c, int64_t step, int64_t ns)
{
    const int32_t date = oc_time_date(local(c, ns));
    struct oc_barspan r = clock_span(c, step, ns);
    struct oc_session s;

    if (oc_calendar_at(c->calendar, ns, &s)) {
        const int64_t start = s.open + floor_to(ns - s.open, step);
        return (struct oc_barspan){ start, smaller(start + step, s.close) };
    }
    for (int32_t d = date - 1; d <= date + 1; d++)      /* a bar outside ends where a session begins, and the reverse */
        if (session(c, d, &s)) {
            if (s.open > ns)
                r.end = smaller(r.end, s.open);
            if (s.close <= ns)
                r.start = larger(r.start, s.close);
        }
    return r;
}

struct oc_barspan oc_barclock_span(const struct oc_barclock *c, int64_t step, int64_t ns)
{
    if (step == 0)
        return day_span(c, ns);
    if (step < 0)
        return week_span(c, ns);
    return c->calendar && c->by_session ? session_span(c, step, ns) : clock_span(c, step, ns);
}

bool oc_barclock_due(const struct oc_barclock *c, int64_t ns, int64_t *due)
{
    struct oc_session s;
    int32_t first, last;

    *due = ns;
    if (!c->calendar || oc_calendar_at(c->calendar, ns, &s))
        return true;
    oc_calendar_covers(c->calendar, &first, &last);
    for (int32_t d = oc_time_date(local(c, ns)); d <= last; d++)
        if (session(c, d, &s) && s.open >= ns) {
            *due = s.open;
            return true;
        }
    return false;
}
