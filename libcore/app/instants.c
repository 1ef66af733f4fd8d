/*
 * instants - see instants.h.  A local time that occurs twice is read as the earlier instant, as the exchanges
 * do; one that does not occur (the hour that spring leaves out) is refused.
 */
#include "app/instants.h"

#include "base/time.h"

#include <stdio.h>
#include <string.h>

static int local(const void *zone, int64_t ns, int64_t *utc, const char **why)
{
    switch (oc_zone_instant(zone, ns, OC_ZONE_EARLIER, utc)) {
    case OC_ZONE_ONE:
    case OC_ZONE_FOLD: return 0;
    case OC_ZONE_GAP: *why = "does not exist: clocks were put forward over it"; return -1;
    case OC_ZONE_RANGE: *why = "is outside the years 1677 to 2262"; return -1;
    }
    return -1;
}

static int at_session(const void *ctx, int32_t date, int64_t *utc, const char **why)
{
    const struct oc_instants *in = ctx;
    struct oc_session s;
    struct oc_err err;

    if (oc_calendar_session(in->calendar, date, &s, &err)) {
        *why = "is no session of the calendar";
        return -1;
    }
    *utc = in->at == -1 ? s.open : s.close;
    return 0;
}

static int at_clock(const void *ctx, int32_t date, int64_t *utc, const char **why)
{
    const struct oc_instants *in = ctx;
    int64_t midnight;

    if (oc_time_midnight(date, &midnight)) {
        *why = "is outside the years 1677 to 2262";
        return -1;
    }
    return local(in->at_zone, midnight + (int64_t)in->at * 60 * OC_TIME_SECOND, utc, why);
}

/* Which data a text was read by, for the metadata. */
static void note(struct oc_instants *in, struct oc_io *io, const char *what, const char *id, const char *version)
{
    const size_t n = strlen(in->notes);

    snprintf(in->notes + n, sizeof in->notes - n, "%s%s=%s%s%s", n ? " " : "", what, id, *version ? "/" : "", version);
    io->notes = in->notes;
}

static int open_at(struct oc_instants *in, struct oc_io *io, const char *calendar, struct oc_err *err)
{
    const char *s = io->at, *zone = strchr(s, '@');
    int h = 0, m = 0, n = 0;

    io->reading.at_ctx = in;
    if (strcmp(s, "open") == 0 || strcmp(s, "close") == 0) {
        if (!calendar)
            return oc_fail(err, OC_USAGE, "--at %s needs --calendar", s);
        in->at = *s == 'o' ? -1 : -2;
        io->reading.at = at_session;
        return 0;
    }
    if (!zone || sscanf(s, "%2d:%2d%n", &h, &m, &n) != 2 || s + n != zone || h < 0 || h > 23 || m < 0 || m > 59)
        return oc_fail(err, OC_USAGE, "--at: '%s' is neither open, close nor HH:MM@ZONE", s);
    in->at = 60 * h + m;
    io->reading.at = at_clock;
    if (oc_zone_open(zone + 1, &in->at_zone, err))
        return oc_while(err, "--at");
    note(in, io, "at", oc_zone_name(in->at_zone), oc_zone_version(in->at_zone));
    return 0;
}

static int read_ts(struct oc_instants *in, const struct oc_io *io, struct oc_err *err)
{
    struct oc_stamp t;
    const char *why = "has no offset: write Z or +HH:MM behind it, or give --tz";
    const size_t n = strlen(io->ts);

    if (n == 0 || oc_time_parse(io->ts, n, &t) != n)       /* 0 is also: no time */
        return oc_fail(err, OC_USAGE, "--ts: '%s': %s", io->ts, oc_time_why(io->ts, n));
    if (t.parts == OC_TIME_HAS_DATE)
        return oc_fail(err, OC_USAGE, "--ts: '%s' is a date; an instant is needed", io->ts);
    in->ts = t.ns;
    if (!t.absolute && (!in->zone || local(in->zone, t.ns, &in->ts, &why)))
        return oc_fail(err, OC_USAGE, "--ts: '%s' %s", io->ts, why);
    in->has_ts = true;
    return 0;
}

int oc_instants_open(struct oc_instants *in, struct oc_io *io, const char *calendar, struct oc_err *err)
{
    if (io->tz) {
        if (oc_zone_open(io->tz, &in->zone, err))
            return oc_while(err, "--tz");
        io->reading.local = local;
        io->reading.zone = in->zone;
        note(in, io, "tz", oc_zone_name(in->zone), oc_zone_version(in->zone));
    }
    if (calendar) {
        if (oc_calendar_open(calendar, &in->calendar, err))
            return oc_while(err, "--calendar");
        note(in, io, "calendar", calendar, oc_calendar_version(in->calendar));
    }
    if (io->at && open_at(in, io, calendar, err))
        return -1;
    return io->ts ? read_ts(in, io, err) : 0;
}

void oc_instants_close(struct oc_instants *in)
{
    oc_zone_free(in->zone);
    oc_zone_free(in->at_zone);
    oc_calendar_free(in->calendar);
    *in = (struct oc_instants){ 0 };
}
