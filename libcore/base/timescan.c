/* timescan - a small strptime of our own, so that neither the locale nor the C library decides: see timescan.h. */
#include "base/timescan.h"

#include <string.h>

struct scan {
    const char *p;
    size_t n, i;                /* the text, and how far it is read */
    int year, month, day;       /* -1: not given */
    int hour, minute, second;
    int half;                   /* 0 AM, 1 PM, -1 not given */
    int weekday;                /* 0 Monday, -1 not given */
    bool twelve, has_offset, has_epoch;
    int32_t offset;             /* s */
    int64_t frac;               /* ns */
    int64_t epoch;              /* s */
    const char *zone;
    size_t zone_len;
};

static const char *const months[12] = { "january", "february", "march", "april", "may", "june", "july", "august",
                                        "september", "october", "november", "december" };
static const char *const weekdays[7] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool is_digit(const struct scan *s) { return s->i < s->n && s->p[s->i] >= '0' && s->p[s->i] <= '9'; }

static bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

/* From least to most digits; false if fewer are there. */
static bool number(struct scan *s, int least, int most, int *out)
{
    int k = 0, x = 0;

    for (; k < most && is_digit(s); k++)
        x = x * 10 + (s->p[s->i++] - '0');
    *out = x;
    return k >= least;
}

/* A word of the table, whole or its first three letters, not followed by another letter. */
static bool word(struct scan *s, const char *const *table, int count, int *out)
{
    size_t k = 0;

    while (s->i + k < s->n && is_letter(s->p[s->i + k]))
        k++;
    for (int w = 0; w < count; w++) {
        const size_t len = strlen(table[w]);
        size_t same = 0;
        while (same < k && same < len && lower(s->p[s->i + same]) == table[w][same])
            same++;
        if (same == k && (k == 3 || k == len)) {
            s->i += k;
            *out = w;
            return true;
        }
    }
    return false;
}

static bool scan_fraction(struct scan *s)
{
    int k = 0;

    s->frac = 0;
    for (; is_digit(s); k++)
        if (k < 9)
            s->frac = s->frac * 10 + (s->p[s->i++] - '0');
        else
            return false;
    for (int z = k; z < 9; z++)
        s->frac *= 10;
    return k > 0;
}

static bool scan_offset(struct scan *s)
{
    int h, m = 0;

    if (s->i >= s->n)
        return false;
    const char sign = s->p[s->i++];
    s->has_offset = true;
    s->offset = 0;
    if (lower(sign) == 'z')
        return true;
    if ((sign != '+' && sign != '-') || !number(s, 2, 2, &h))
        return false;
    const bool colon = s->i < s->n && s->p[s->i] == ':';
    s->i += colon;
    if ((colon || is_digit(s)) && !number(s, 2, 2, &m))
        return false;
    s->offset = (sign == '-' ? -1 : 1) * (h * 3600 + m * 60);
    return h < 24 && m < 60;
}

static bool scan_zone(struct scan *s)
{
    const size_t from = s->i;

    while (s->i < s->n && (is_letter(s->p[s->i]) || is_digit(s) || (s->p[s->i] && strchr("/_+-:", s->p[s->i]))))
        s->i++;
    s->zone = s->p + from;
    s->zone_len = s->i - from;
    return s->zone_len > 0;
}

static bool scan_epoch(struct scan *s)
{
    const bool minus = s->i < s->n && s->p[s->i] == '-';
    int k = 0;

    s->i += minus;
    for (s->epoch = 0; k < 12 && is_digit(s); k++)
        s->epoch = s->epoch * 10 + (s->p[s->i++] - '0');
    s->epoch = minus ? -s->epoch : s->epoch;
    s->has_epoch = true;
    return k > 0;
}

static bool half(struct scan *s)
{
    if (s->i + 2 > s->n || lower(s->p[s->i + 1]) != 'm' || (lower(s->p[s->i]) != 'a' && lower(s->p[s->i]) != 'p'))
        return false;
    s->half = lower(s->p[s->i]) == 'p';
    s->i += 2;
    return true;
}

static bool year2(struct scan *s)
{
    if (!number(s, 2, 2, &s->year))
        return false;
    s->year += s->year >= 69 ? 1900 : 2000;
    return true;
}

static bool month_name(struct scan *s)
{
    const bool ok = word(s, months, 12, &s->month);

    s->month += 1;
    return ok;
}

static bool field(struct scan *s, char c)
{
    switch (c) {
    case 'Y': return number(s, 4, 4, &s->year);
    case 'y': return year2(s);
    case 'm': return number(s, 1, 2, &s->month);
    case 'e':
    case 'd': return number(s, 1, 2, &s->day);
    case 'I': s->twelve = true; /* fall through */
    case 'H': return number(s, 1, 2, &s->hour);
    case 'M': return number(s, 1, 2, &s->minute);
    case 'S': return number(s, 1, 2, &s->second);
    case 'f': return scan_fraction(s);
    case 'p': return half(s);
    case 'a':
    case 'A': return word(s, weekdays, 7, &s->weekday);
    case 'b':
    case 'B': return month_name(s);
    case 's': return scan_epoch(s);
    case 'z': return scan_offset(s);
    case 'Z': return scan_zone(s);
    default: return s->i < s->n && s->p[s->i++] == c;   /* %% */
    }
}

/* The hour in 0..23, or -1. */
static int hour24(const struct scan *s)
{
    if (!s->twelve)
        return s->half < 0 && s->hour <= 23 ? s->hour : -1;
    return s->half >= 0 && s->hour >= 1 && s->hour <= 12 ? s->hour % 12 + 12 * s->half : -1;
}

/* The instant of the fields. */
static bool finish(const struct scan *s, struct oc_scanned *out)
{
    const int hour = s->hour < 0 ? 0 : hour24(s), minute = s->minute < 0 ? 0 : s->minute;
    const int second = s->second < 0 ? 0 : s->second;
    struct oc_stamp *t = &out->stamp;
    int64_t seconds = s->epoch;

    if (!s->has_epoch) {
        if (!oc_time_valid(s->year, s->month, s->day) || hour < 0 || minute > 59 || second > 59)
            return false;
        const int32_t days = oc_time_days(s->year, s->month, s->day);
        if (s->weekday >= 0 && s->weekday != oc_time_weekday(days))
            return false;
        seconds = (int64_t)days * 86400 + hour * 3600 + minute * 60 + second - s->offset;
    }
    const __int128 ns = (__int128)seconds * OC_TIME_SECOND + s->frac;
    if (ns > INT64_MAX || ns <= INT64_MIN)
        return false;
    t->ns = (int64_t)ns;
    t->absolute = s->has_offset || s->has_epoch;
    t->parts = s->has_epoch || s->second >= 0 ? OC_TIME_HAS_SECOND : s->minute >= 0 ? OC_TIME_HAS_MINUTE : OC_TIME_HAS_DATE;
    out->zone = s->zone;
    out->zone_len = s->zone_len;
    out->date = s->has_epoch ? oc_time_date(t->ns) : oc_time_days(s->year, s->month, s->day);
    return true;
}

size_t oc_timescan_read(const char *fmt, const char *p, size_t n, struct oc_scanned *out)
{
    struct scan s = { .p = p, .n = n, .year = -1, .month = -1, .day = -1, .hour = -1, .minute = -1, .second = -1,
                      .half = -1, .weekday = -1 };

    for (const char *f = fmt; *f; f++) {
        if (*f == '%') {
            const size_t digits = f[1] >= '1' && f[1] <= '9' ? (size_t)(*++f - '0') : 0, from = s.i;
            if (!*++f || !field(&s, *f) || (digits && s.i - from != digits))
                return 0;
        } else if (*f == ' ') {
            if (s.i >= n || p[s.i] != ' ')
                return 0;
            while (s.i < n && p[s.i] == ' ')
                s.i++;
        } else if (s.i >= n || lower(p[s.i++]) != lower(*f)) {
            return 0;
        }
    }
    return finish(&s, out) ? s.i : 0;
}

const char *oc_timescan_check(const char *fmt)
{
    bool has[128] = { false };

    for (const char *f = fmt; *f; f++) {
        if (*f != '%')
            continue;
        if (*++f >= '1' && *f <= '9' && *++f != 'f')
            return "digits behind % are those of a fraction, %6f";
        if (!*f || !strchr("YymdeHIMSfpaAbBszZ%", *f))
            return "an unknown letter behind %";
        has[(unsigned char)*f] = true;
    }
    if (!has['s'] && !((has['Y'] || has['y']) && (has['m'] || has['b'] || has['B']) && (has['d'] || has['e'])))
        return "it has no full date (%Y %m %d) and no %s";
    if (has['I'] != has['p'])
        return "%I and %p need each other";
    if ((has['M'] && !has['H'] && !has['I']) || (has['S'] && !has['M']) || (has['f'] && !has['S'] && !has['s']))
        return "a part of the time of day lacks the part above it";
    if ((has['H'] || has['I']) && !has['M'])
        return "hours need minutes";
    return NULL;
}
