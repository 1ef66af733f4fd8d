/* years - day counts: see years.h.  Source: 2006 ISDA Definitions, section 4.16. */
#include "market/years.h"

#include "base/time.h"

#include <stdbool.h>
#include <string.h>

static const struct { const char *name; double year; } counts[] = {
    [OC_YEARS_ACT365]   = { "act/365", 365.0 * 86400e9 },       /* ns in a year: exact, as the odd parts are small */
    [OC_YEARS_ACT360]   = { "act/360", 360.0 * 86400e9 },
    [OC_YEARS_ACT36525] = { "act/365.25", 365.25 * 86400e9 },
    [OC_YEARS_ACTACT]   = { "act/act", 0 },
    [OC_YEARS_30360]    = { "30/360", 0 },
    [OC_YEARS_BUS252]   = { "bus/252", 0 },
};

enum { COUNTS = sizeof counts / sizeof *counts };

static bool same(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if ((*a >= 'A' && *a <= 'Z' ? *a + 32 : *a) != *b)
            return false;
    return *a == *b;
}

int oc_years_find(const char *name, enum oc_years_count *count, struct oc_err *err)
{
    for (int i = 0; i < COUNTS; i++)
        if (same(name, counts[i].name)) {
            *count = (enum oc_years_count)i;
            return 0;
        }
    return oc_fail(err, OC_USAGE, "'%s' is no day count; there are act/365 act/360 act/365.25 act/act 30/360 bus/252", name);
}

const char *oc_years_name(enum oc_years_count count) { return counts[count].name; }

/*
 * Instants a whole number of seconds apart are exact as a double up to 146 years (k seconds are k x 5^9 x 2^9 ns), so that the
 * division is the only rounding.
 */
static double seconds(int64_t from, int64_t to, double year)
{
    int64_t d;

    if (__builtin_sub_overflow(to, from, &d))
        return ((double)to - (double)from) / year;
    return (double)d / year;
}

/* A local date and the part of it that has passed, in days. */
struct moment { int32_t date; double part; };

static struct moment moment(const struct oc_calendar *cal, int64_t ns)
{
    const int64_t local = cal ? oc_zone_local(oc_calendar_zone(cal), ns) : ns;
    const int32_t date = oc_time_date(local);
    const uint64_t of_day = (uint64_t)local - (uint64_t)date * (uint64_t)OC_TIME_DAY;

    return (struct moment){ date, (double)of_day / (double)OC_TIME_DAY };
}

/* The part of its year that has passed. */
static double of_year(struct moment m, int32_t *year)
{
    *year = oc_time_civil(m.date).year;
    const int32_t first = oc_time_days(*year, 1, 1), next = oc_time_days(*year + 1, 1, 1);

    return ((m.date - first) + m.part) / (next - first);
}

static double act_act(struct moment a, struct moment b)
{
    int32_t ya, yb;
    const double pa = of_year(a, &ya), pb = of_year(b, &yb);

    return (yb - ya) + (pb - pa);
}

static double thirty(struct moment a, struct moment b)
{
    const struct oc_civil x = oc_time_civil(a.date), y = oc_time_civil(b.date);
    const int32_t d1 = x.day == 31 ? 30 : x.day, d2 = y.day == 31 && d1 == 30 ? 30 : y.day;
    const int32_t days = 360 * (y.year - x.year) + 30 * (y.month - x.month) + (d2 - d1);

    return (days + (b.part - a.part)) / 360;
}

/* Sessions before an instant, counted from a date, with the part of the one in progress. */
static int sessions(const struct oc_calendar *cal, int32_t since, int64_t ns, double *out, struct oc_err *err)
{
    const int32_t date = moment(cal, ns).date;
    struct oc_session s;
    int32_t step;
    double part = 0;

    if (oc_calendar_step(cal, date, 0, &step, err))        /* refuses what the calendar does not cover */
        return -1;
    /* the session of the next day may have begun (futures), and this day's, which has its name, may be over */
    for (int32_t d = date; d <= date + 1; d++)
        if (oc_calendar_is_session(cal, d)) {
            if (oc_calendar_session(cal, d, &s, err))
                return -1;
            part += ns >= s.close ? 1 : ns <= s.open ? 0 : (double)(ns - s.open) / (double)(s.close - s.open);
        }
    *out = oc_calendar_count(cal, since, date) + part;
    return 0;
}

static int business(const struct oc_calendar *cal, int64_t from, int64_t to, double *years, struct oc_err *err)
{
    const int32_t since = moment(cal, from).date;
    double a, b;

    if (!cal)
        return oc_fail(err, OC_USAGE, "bus/252 needs --calendar");
    if (sessions(cal, since, from, &a, err) || sessions(cal, since, to, &b, err))
        return -1;
    *years = (b - a) / 252;
    return 0;
}

size_t oc_years_column(enum oc_years_count count, const struct oc_calendar *cal, size_t n, const int64_t *from, const int64_t *to,
                       double *years, struct oc_err *err)
{
    if (counts[count].year > 0) {
        for (size_t i = 0; i < n; i++)
            years[i] = seconds(from[i], to[i], counts[count].year);
        return n;
    }
    for (size_t i = 0; i < n; i++) {
        if (count == OC_YEARS_ACTACT)
            years[i] = act_act(moment(cal, from[i]), moment(cal, to[i]));
        else if (count == OC_YEARS_30360)
            years[i] = thirty(moment(cal, from[i]), moment(cal, to[i]));
        else if (business(cal, from[i], to[i], &years[i], err))
            return i;
    }
    return n;
}
