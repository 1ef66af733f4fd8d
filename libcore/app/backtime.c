/* backtime - see backtime.h. */
#include "app/backtime.h"

#include "base/time.h"
#include "market/zone.h"

#include <stdio.h>
#include <string.h>

static const char months[] = "January\0\0\0February\0\0March\0\0\0\0\0April\0\0\0\0\0May\0\0\0\0\0\0\0June\0\0\0\0\0\0July\0\0\0\0\0\0"
                             "August\0\0\0\0September\0October\0\0\0November\0\0December\0";
static const char days_of_week[] = "Monday\0\0\0\0Tuesday\0\0\0Wednesday\0Thursday\0\0Friday\0\0\0\0Saturday\0\0Sunday\0\0\0";

static int64_t unit_of(const char *fmt)
{
    return strcmp(fmt, "s") == 0 ? OC_TIME_SECOND : strcmp(fmt, "ms") == 0 ? 1000000 : strcmp(fmt, "us") == 0 ? 1000
           : strcmp(fmt, "ns") == 0 ? 1 : 0;
}

const char *oc_backtime_check(const char *fmt)
{
    for (const char *p = fmt; !unit_of(fmt) && *p; p++) {
        if (*p != '%')
            continue;
        p += p[1] >= '1' && p[1] <= '9';
        if (!strchr("YymdeHIMSfpaAbBsz%", p[1]) || !p[1])
            return "has a layout that is read and not written";
        p++;
    }
    return NULL;
}

int64_t oc_backtime_clock(const struct oc_ingest *g, int64_t ns, int32_t *days)
{
    const struct oc_zone *z = g->reading->zone ? g->reading->zone : g->zone;
    const int64_t local = z ? oc_zone_local(z, ns) : ns;
    int64_t midnight = 0;

    *days = oc_time_date(local);
    (void)oc_time_midnight(*days, &midnight);
    return local - midnight;
}

void oc_backtime_units(int64_t ns, int64_t unit, struct oc_buf *out)
{
    const bool minus = ns < 0;
    const uint64_t u = minus ? 0 - (uint64_t)ns : (uint64_t)ns, part = u % (uint64_t)unit;
    char digits[32];
    int n = 0, width = 0;

    oc_buf_printf(out, "%s%llu", minus ? "-" : "", (unsigned long long)(u / (uint64_t)unit));
    if (!part)
        return;
    for (int64_t k = unit; k > 1; k /= 10)
        width++;
    n = snprintf(digits, sizeof digits, "%0*llu", width, (unsigned long long)part);
    while (n && digits[n - 1] == '0')
        n--;
    oc_buf_printf(out, ".%.*s", n, digits);
}

/* A fraction of so many digits where they hold it; else of three, six or nine, as many as are needed. */
static void put_fraction(int64_t ns, int digits, struct oc_buf *out)
{
    const int part = (int)(ns % OC_TIME_SECOND);
    int unit = OC_TIME_SECOND;

    for (int i = 0; i < digits; i++)
        unit /= 10;
    if (digits && part % unit == 0)
        oc_buf_printf(out, "%0*d", digits, part / unit);
    else if (part % 1000000 == 0)
        oc_buf_printf(out, "%03d", part / 1000000);
    else if (part % 1000 == 0)
        oc_buf_printf(out, "%06d", part / 1000);
    else
        oc_buf_printf(out, "%09d", part);
}

static void put(const char *fmt, int32_t days, int64_t since, int64_t utc, int32_t offset, struct oc_buf *out)
{
    const struct oc_civil c = oc_time_civil(days);
    const int s = (int)(since / OC_TIME_SECOND), hour = s / 3600, twelve = hour % 12 ? hour % 12 : 12;
    const char *month = months + 10 * (c.month - 1), *day = days_of_week + 10 * oc_time_weekday(days);

    for (const char *p = fmt; *p; p++) {
        if (*p != '%') {
            oc_buf_char(out, *p);
            continue;
        }
        const int digits = p[1] >= '1' && p[1] <= '9' ? *++p - '0' : 0;
        switch (*++p) {
        case 'Y': oc_buf_printf(out, "%04d", c.year); break;
        case 'y': oc_buf_printf(out, "%02d", c.year % 100); break;
        case 'm': oc_buf_printf(out, "%02d", c.month); break;
        case 'd': oc_buf_printf(out, "%02d", c.day); break;
        case 'e': oc_buf_printf(out, "%d", c.day); break;
        case 'H': oc_buf_printf(out, "%02d", hour); break;
        case 'I': oc_buf_printf(out, "%02d", twelve); break;
        case 'M': oc_buf_printf(out, "%02d", s / 60 % 60); break;
        case 'S': oc_buf_printf(out, "%02d", s % 60); break;
        case 'f': put_fraction(since, digits, out); break;
        case 'p': oc_buf_puts(out, hour < 12 ? "AM" : "PM"); break;
        case 'a': oc_buf_printf(out, "%.3s", day); break;
        case 'A': oc_buf_puts(out, day); break;
        case 'b': oc_buf_printf(out, "%.3s", month); break;
        case 'B': oc_buf_puts(out, month); break;
        case 's': oc_buf_printf(out, "%lld", (long long)(utc / OC_TIME_SECOND)); break;
        case 'z': oc_buf_printf(out, "%c%02d:%02d", offset < 0 ? '-' : '+', (offset < 0 ? -offset : offset) / 3600,
                                (offset < 0 ? -offset : offset) / 60 % 60); break;
        default: oc_buf_char(out, *p); break;
        }
    }
}

void oc_backtime_instant(const struct oc_ingest *g, const char *fmt, int64_t ns, struct oc_buf *out)
{
    const struct oc_zone *z = g->reading->zone ? g->reading->zone : g->zone;
    const int64_t unit = unit_of(fmt);
    int32_t days;

    if (unit) {
        oc_backtime_units(ns, unit, out);
        return;
    }
    const int64_t since = oc_backtime_clock(g, ns, &days);
    put(fmt, days, since, ns, z ? oc_zone_offset(z, ns, NULL) : 0, out);
}

void oc_backtime_date(const char *fmt, int32_t days, struct oc_buf *out)
{
    const int64_t unit = unit_of(fmt);
    int64_t ns = 0;

    if (unit && oc_time_midnight(days, &ns) == 0)
        oc_backtime_units(ns, unit, out);
    else
        put(fmt, days, 0, ns, 0, out);
}
