/* ingesttime - see ingesttime.h. */
#include "app/ingesttime.h"

#include "base/num.h"
#include "base/time.h"
#include "base/timescan.h"
#include "market/zone.h"
#include "record/cell.h"

#include <string.h>

static const char no_layout[] = "is in none of the layouts of the preset";
static const char in_gap[] = "does not exist: clocks were put forward over it";
static const char outside[] = "is outside the years 1677 to 2262";

/* Foreign month names and the like, replaced before a time is read.  Returns the new length. */
static size_t translate(const struct oc_preset *p, const char *s, size_t n, char *out, size_t cap)
{
    size_t k = 0;

    while (n && k + 1 < cap) {
        size_t used = 0;
        for (size_t i = 0; i < p->foreign.n && !used; i++) {
            const size_t m = strlen(p->foreign.word[i]), e = strlen(p->english.word[i]);
            if (m <= n && memcmp(s, p->foreign.word[i], m) == 0 && k + e < cap) {
                memcpy(out + k, p->english.word[i], e);
                k += e;
                used = m;
            }
        }
        if (!used) {
            out[k++] = *s;
            used = 1;
        }
        s += used;
        n -= used;
    }
    return k;
}

static int in_zone(const struct oc_zone *z, int64_t local, int64_t *ns, const char **why)
{
    const enum oc_zone_hit hit = oc_zone_instant(z, local, OC_ZONE_EARLIER, ns);

    if (hit == OC_ZONE_ONE || hit == OC_ZONE_FOLD)
        return 0;
    *why = hit == OC_ZONE_GAP ? in_gap : outside;
    return -1;
}

static int by_word(const struct oc_scanned *t, int64_t *ns, const char **why)
{
    char name[64];
    struct oc_zone *z = NULL;
    struct oc_err err;

    if (oc_zone_word(t->zone, t->zone_len, name, sizeof name) || oc_zone_open(name, &z, &err)) {
        *why = "names a time zone that is not known";
        return -1;
    }
    const int rc = in_zone(z, t->stamp.ns, ns, why);
    oc_zone_free(z);
    return rc;
}

static int by_place(const struct oc_ingest *g, int64_t local, int64_t *ns, const char **why)
{
    if (g->reading->local)
        return g->reading->local(g->reading->zone, local, ns, why);
    if (g->zone)
        return in_zone(g->zone, local, ns, why);
    *why = "is a local time: --tz says where";
    return -1;
}

/* Midnight of the Monday, or of the first of the month. */
static void first_of(const struct oc_preset_column *c, int64_t *local)
{
    const int32_t days = oc_time_date(*local);

    if (c->first == 'w')
        oc_time_midnight(days - oc_time_weekday(days), local);
    if (c->first == 'm')
        oc_time_midnight(days + 1 - oc_time_civil(days).day, local);
}

/* The time of day at which a date stands, in ns; a time that the text has itself is not replaced. */
static int stand_at(const struct oc_ingest *g, const struct oc_preset_column *c, int64_t *local, const char **why)
{
    struct oc_session s;
    struct oc_err err;

    if (c->at < 0)
        return 0;
    const int64_t midnight = *local;
    if (oc_time_date(midnight) * (__int128)OC_TIME_DAY != midnight) {
        *why = "has a time of day, and the preset puts dates at one";
        return -1;
    }
    const bool early = c->early != c->at && g->calendar && oc_calendar_session(g->calendar, oc_time_date(midnight), &s, &err) == 0
                       && s.early;
    *local = midnight + (early ? c->early : c->at) * 60 * OC_TIME_SECOND;
    return 0;
}

static int64_t unit_of(const char *word)
{
    return strcmp(word, "s") == 0 ? OC_TIME_SECOND : strcmp(word, "ms") == 0 ? 1000000 : strcmp(word, "us") == 0 ? 1000
           : strcmp(word, "ns") == 0 ? 1 : 0;
}

/* A decimal number of units, exactly, in ns. */
static int epoch(int64_t unit, const char *s, size_t n, int64_t *ns, const char **why)
{
    const struct oc_reading r = { .ts_unit = unit };

    return oc_cell_time(&r, s, n, ns, why) == 1 ? 0 : -1;
}

/* Digits with one point at most and a sign at most: what an epoch may look like. */
static bool is_count(const char *s, size_t n)
{
    size_t points = 0, i = n && *s == '-';

    for (; i < n; i++) {
        points += s[i] == '.';
        if (s[i] != '.' && (unsigned char)(s[i] - '0') > 9)
            return false;
    }
    return n > (n && *s == '-') && points < 2;
}

int oc_ingesttime_instant(const struct oc_ingest *g, const struct oc_preset_column *c, const char *s, size_t n, int64_t *ns,
                          const char **why)
{
    char text[256];
    struct oc_scanned t;
    size_t got = 0;

    if (g->preset.foreign.n) {
        n = translate(&g->preset, s, n, text, sizeof text);
        s = text;
    }
    for (size_t i = 0; i < c->format.n && (got != n || !n); i++) {
        const int64_t unit = unit_of(c->format.word[i]);
        if (unit && is_count(s, n)) {
            if (epoch(unit, s, n, ns, why) == 0)
                return 0;
            if (i + 1 == c->format.n)
                return -1;              /* `ms us`: what lies outside all years as ms are us */
        }
        got = unit ? 0 : oc_timescan_read(c->format.word[i], s, n, &t);
    }
    if (got != n || !n) {
        *why = no_layout;
        return -1;
    }
    if (t.stamp.absolute && c->first) {
        *why = "is an instant, and the preset asks for a local date";
        return -1;
    }
    first_of(c, &t.stamp.ns);
    if (t.stamp.absolute) {
        *ns = t.stamp.ns;
        return 0;
    }
    if (stand_at(g, c, &t.stamp.ns, why))
        return -1;
    return t.zone ? by_word(&t, ns, why) : by_place(g, t.stamp.ns, ns, why);
}

int oc_ingesttime_date(const struct oc_preset_column *c, const char *s, size_t n, int32_t *days, const char **why)
{
    struct oc_scanned t;
    int64_t ns;

    for (size_t i = 0; i < c->format.n && n; i++) {
        const int64_t unit = unit_of(c->format.word[i]);
        if (unit && is_count(s, n)) {
            if (epoch(unit, s, n, &ns, why))
                return -1;
            *days = oc_time_date(ns);
            return 0;
        }
        if (!unit && oc_timescan_read(c->format.word[i], s, n, &t) == n) {
            *days = t.date;
            return 0;
        }
    }
    *why = no_layout;
    return -1;
}

/* YYYY-MM-DD with anything of a time behind it, or YYYYMMDD. */
static int read_day(const char *s, size_t n, int32_t *days)
{
    char iso[10];

    if (n == 8) {
        memcpy(iso, s, 4);
        iso[4] = iso[7] = '-';
        memcpy(iso + 5, s + 4, 2);
        memcpy(iso + 8, s + 6, 2);
        return oc_time_parse_date(iso, 10, days) == 10 ? 0 : -1;
    }
    return n == 10 && oc_time_parse_date(s, n, days) == 10 ? 0 : -1;
}

int oc_ingesttime_clock(const struct oc_ingest *g, int64_t unit, const char *s, size_t n, const char *day, size_t nday,
                        int64_t *ns, const char **why)
{
    int32_t days;
    int64_t midnight, since;

    if (!nday || read_day(day, nday, &days) || oc_time_midnight(days, &midnight)) {
        *why = "is the time of a day that is not told as YYYY-MM-DD or YYYYMMDD";
        return -1;
    }
    if (!is_count(s, n)) {
        *why = "is not a number of units since midnight";
        return -1;
    }
    if (epoch(unit, s, n, &since, why))
        return -1;
    if (since < 0 || since >= OC_TIME_DAY) {
        *why = "is not within a day";
        return -1;
    }
    return by_place(g, midnight + since, ns, why);
}

/* The date on which an instant falls where the file was made. */
static int local_date(const struct oc_ingest *g, const char *s, size_t n, int32_t *days, const char **why)
{
    struct oc_stamp t;
    const struct oc_zone *z = g->reading->zone ? g->reading->zone : g->zone;

    if (n == 10 && oc_time_parse_date(s, n, days) == 10)
        return 0;
    if (!n || oc_time_parse(s, n, &t) != n || !t.absolute) {
        *why = "are days behind an instant that is not known";
        return -1;
    }
    if (!z) {
        *why = "are days behind a local date: --tz says where";
        return -1;
    }
    *days = oc_time_date(oc_zone_local(z, t.ns));
    return 0;
}

int oc_ingesttime_days(const struct oc_ingest *g, const char *s, size_t n, const char *from, size_t nfrom, int32_t *days,
                       const char **why)
{
    const struct oc_reading r = { 0 };
    int64_t count = 0;
    int32_t base;

    if (oc_cell_i64(&r, s, n, &count, why) != 1)
        return -1;
    if (local_date(g, from, nfrom, &base, why))
        return -1;
    if (count < -100000 || count > 1000000 || base + count < OC_TIME_DATE_MIN || base + count > OC_TIME_DATE_MAX) {
        *why = "is no number of days that makes a date";
        return -1;
    }
    *days = base + (int32_t)count;
    return 0;
}

/* ---- layouts of fixed widths ------------------------------------------------------------------------------------- */

/* Digits s[0 .. n) as a number; false where one is none. */
static inline bool digits(const char *s, unsigned n, uint32_t *out)
{
    uint32_t v = 0;

    for (unsigned i = 0; i < n; i++) {
        const unsigned d = (unsigned char)s[i] - (unsigned)'0';
        if (d > 9)
            return false;
        v = 10 * v + d;
    }
    *out = v;
    return true;
}

/* The wall clock in a layout of %Y %m %d %H %M %S, %f at its end, and plain characters. */
static bool fixed_clock(const char *fmt, const char *s, size_t n, struct oc_ingesttime_memo *memo, int64_t *local)
{
    const char *end = s + n;
    uint32_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, fraction = 0;

    for (const char *p = fmt; *p; p++) {
        if (*p != '%') {
            if (s == end || *s++ != *p)
                return false;
            continue;
        }
        const unsigned width = *++p == 'Y' ? 4 : 2;
        uint32_t *to = *p == 'Y' ? &year : *p == 'm' ? &month : *p == 'd' ? &day : *p == 'H' ? &hour : *p == 'M' ? &minute
                       : *p == 'S' ? &second : NULL;
        if (*p == 'f' && !p[1] && s < end && end - s <= 9) {
            if (!digits(s, (unsigned)(end - s), &fraction))
                return false;
            for (ptrdiff_t k = end - s; k < 9; k++)
                fraction *= 10;
            s = end;
            continue;
        }
        if (!to || (size_t)(end - s) < width || !digits(s, width, to))
            return false;
        s += width;
    }
    const uint32_t date = year << 16 | month << 8 | day;
    if (s != end || hour > 23 || minute > 59 || second > 59 || year < 1700 || year > 2200)
        return false;
    if (date != memo->date) {
        if (!oc_time_valid((int32_t)year, (int32_t)month, (int32_t)day))
            return false;
        memo->days = oc_time_days((int32_t)year, (int32_t)month, (int32_t)day);
        memo->date = date;
    }
    *local = memo->days * OC_TIME_DAY + (int64_t)(hour * 3600 + minute * 60 + second) * OC_TIME_SECOND + fraction;
    return true;
}

/* The difference to UTC holds in a quarter of an hour whose two ends have the same: clocks change at its ends alone. */
static bool fixed_offset(const struct oc_ingest *g, int64_t local, struct oc_ingesttime_memo *memo)
{
    const int64_t unit = 900 * OC_TIME_SECOND, quarter = local / unit - (local % unit < 0);
    const char *why;
    int64_t a, b;

    if (memo->known && memo->quarter == quarter)
        return true;
    memo->known = by_place(g, quarter * unit, &a, &why) == 0 && by_place(g, quarter * unit + unit - 1, &b, &why) == 0
                  && b - a == unit - 1;
    memo->quarter = quarter;
    memo->offset = memo->known ? a - quarter * unit : 0;
    return memo->known;
}

bool oc_ingesttime_fixed(const struct oc_ingest *g, const struct oc_preset_column *c, const char *s, size_t n,
                         struct oc_ingesttime_memo *memo, int64_t *ns)
{
    int64_t local;
    uint64_t count = 0;

    if (c->at >= 0 || g->preset.foreign.n || !n)
        return false;
    const int64_t unit = unit_of(c->format.word[0]);
    if (unit) {                         /* up to eighteen digits and nothing else */
        if (n > 18)
            return false;
        for (size_t i = 0; i < n; i++) {
            const unsigned d = (unsigned char)s[i] - (unsigned)'0';
            if (d > 9)
                return false;
            count = 10 * count + d;
        }
        return !__builtin_mul_overflow((int64_t)count, unit, ns);
    }
    if (!fixed_clock(c->format.word[0], s, n, memo, &local) || !fixed_offset(g, local, memo))
        return false;
    *ns = local + memo->offset;
    return true;
}
