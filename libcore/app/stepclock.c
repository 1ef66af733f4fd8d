/* stepclock - see stepclock.h. */
#include "app/stepclock.h"

#include "base/num.h"
#include "base/time.h"

#include <string.h>

int oc_stepclock_read(const char *text, int64_t *ns, struct oc_err *err)
{
    static const struct { char unit; int64_t ns; } units[] = {
        { 's', OC_TIME_SECOND }, { 'm', 60 * OC_TIME_SECOND }, { 'h', 3600 * OC_TIME_SECOND }, { 'd', OC_TIME_DAY },
        { 'w', 7 * OC_TIME_DAY },
    };
    const size_t n = strlen(text);
    int64_t count = 0;

    for (size_t i = 0; n > 1 && i < sizeof units / sizeof *units; i++)
        if (text[n - 1] == units[i].unit && oc_num_i64(text, n - 1, &count) == OC_NUM_OK && count > 0
            && !__builtin_mul_overflow(count, units[i].ns, ns))
            return 0;
    return oc_fail(err, OC_USAGE, "a step of '%s' is none: a whole number of s, m, h, d or w, such as 1d or 30m", text);
}

/* The session before (k < 0), after (k > 0) or at a date. */
static int session(const struct oc_calendar *cal, int32_t date, int32_t k, struct oc_session *s, struct oc_err *err)
{
    int32_t at;

    return oc_calendar_step(cal, date, k, &at, err) || oc_calendar_session(cal, at, s, err) ? -1 : 0;
}

/* When a session is looked at by steps of days. */
static int64_t look(const struct oc_stepclock *c, const struct oc_session *s)
{
    const int64_t at = s->close - c->to_close;

    return at > s->open ? at : s->open;
}

/* The session `days` after the last one that is looked at no later than ts. */
static int next_day(const struct oc_stepclock *c, int64_t ts, int64_t *next, struct oc_err *err)
{
    /* a local date is at most one day ahead of that of UTC */
    int32_t date = oc_time_date(ts) + 1;
    struct oc_session s;

    if (session(c->calendar, date, 0, &s, err))
        return -1;
    while (look(c, &s) > ts)
        if (session(c->calendar, s.date, -1, &s, err))
            return -1;
    if (session(c->calendar, s.date, (int32_t)(c->step_ns / OC_TIME_DAY), &s, err))
        return -1;
    *next = look(c, &s);
    return 0;
}

/* The first session that opens at or after ts. */
static int opening(const struct oc_calendar *cal, int64_t ts, struct oc_session *s, struct oc_err *err)
{
    if (session(cal, oc_time_date(ts) - 2, 1, s, err))
        return -1;
    while (s->open < ts)
        if (session(cal, s->date, 1, s, err))
            return -1;
    return 0;
}

static int next_within(const struct oc_stepclock *c, int64_t ts, int64_t *next, struct oc_err *err)
{
    int64_t left = c->step_ns;
    struct oc_session s;

    if (!oc_calendar_at(c->calendar, ts, &s) && opening(c->calendar, ts, &s, err))
        return -1;
    for (int64_t at = ts > s.open ? ts : s.open; left > s.close - at; at = s.open) {
        left -= s.close - at;
        if (opening(c->calendar, s.close, &s, err))
            return -1;
    }
    const int64_t from = ts > s.open ? ts : s.open;
    *next = from + left;
    return 0;
}

int oc_stepclock_open(struct oc_stepclock *c, int64_t start, struct oc_err *err)
{
    struct oc_session s;

    c->to_close = 0;
    if (c->step_ns <= 0)
        return oc_fail(err, OC_USAGE, "a step lasts no time: --step 1d says how long");
    if (c->how == OC_CLOCK_CALENDAR)
        return 0;
    if (!c->calendar)
        return oc_fail(err, OC_USAGE, "a clock of sessions needs a calendar: --calendar ID");
    if (c->step_ns >= OC_TIME_DAY && c->step_ns % OC_TIME_DAY)
        return oc_fail(err, OC_USAGE, "a clock of sessions takes steps below a day, or of whole days");
    if (c->step_ns / OC_TIME_DAY > 100000)
        return oc_fail(err, OC_USAGE, "no calendar has so many sessions as are in one step");
    /* an instant at which one session closes and another opens belongs to the one that closes */
    if (oc_calendar_at(c->calendar, start - 1, &s) || oc_calendar_at(c->calendar, start, &s))
        c->to_close = s.close - start;
    return 0;
}

int oc_stepclock_next(const struct oc_stepclock *c, int64_t ts, int64_t *next, struct oc_err *err)
{
    if (c->how == OC_CLOCK_SESSIONS)
        return c->step_ns < OC_TIME_DAY ? next_within(c, ts, next, err) : next_day(c, ts, next, err);
    if (__builtin_add_overflow(ts, c->step_ns, next))
        return oc_fail(err, OC_DATA, "the clock runs past the year 2262");
    return 0;
}
