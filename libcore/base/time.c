/*
 * time - civil dates, RFC 3339.  See time.h; layouts are in timescan.c.
 *
 * The common shape is read as three overlapping words of 8 bytes: an exclusive or with the pattern turns digits into
 * 0..9 and separators into 0, one carry-free addition finds any byte out of range, and one multiplication by 10
 * joins neighbouring digits.  Anything else goes character by character.
 */
#include "base/time.h"

#include <string.h>

/* ---- civil dates ---------------------------------------------------------------------------------------------- */

/*
 * Years are counted from March, so that the leap day is the last of its year; 400 years are 146,097 days.  The shift
 * by 100 cycles of 400 years keeps everything unsigned.  The inverse divides by multiplication, after Neri and
 * Schneider, "Euclidean affine functions and their application to calendar algorithms" (2023).
 */
#define SHIFT_YEARS 40000u
#define SHIFT_DAYS  (100u * 146097u + 719468u)      /* 719,468 days from 0000-03-01 to 1970-01-01 */

int32_t oc_time_days(int32_t year, int32_t month, int32_t day)
{
    const uint32_t m = (uint32_t)month, early = m <= 2;
    const uint32_t y = (uint32_t)year + SHIFT_YEARS - early;
    const uint32_t century = y / 100;
    const uint32_t from_march = (979 * (m + 12 * early) - 2919) >> 5;       /* days before the month */

    return (int32_t)(y * 1461 / 4 - century + century / 4 + from_march + (uint32_t)day - 1 - SHIFT_DAYS);
}

struct oc_civil oc_time_civil(int32_t days)
{
    const uint32_t n = 4 * ((uint32_t)days + SHIFT_DAYS) + 3;
    const uint32_t century = n / 146097;
    const uint64_t year = UINT64_C(2939745) * (n % 146097 | 3);             /* year of the century, in 2^-32 */
    const uint32_t of_year = (uint32_t)year / 2939745 / 4;
    const uint32_t month = 2141 * of_year + 197913;                         /* in 2^-16, March is 3 */
    const uint32_t late = of_year >= 306;                                   /* January and February */
    struct oc_civil c;

    c.year = (int32_t)(100 * century + (uint32_t)(year >> 32) + late) - (int32_t)SHIFT_YEARS;
    c.month = (int32_t)((month >> 16) - 12 * late);
    c.day = (int32_t)((month & 0xffff) / 2141 + 1);
    return c;
}

static const uint8_t month_days[16] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static bool leap(int32_t y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

int32_t oc_time_month_days(int32_t year, int32_t month) { return month_days[month] + (month == 2 && leap(year)); }

bool oc_time_valid(int32_t year, int32_t month, int32_t day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
        && day <= oc_time_month_days(year, month);
}

int32_t oc_time_weekday(int32_t days) { return (int32_t)(((int64_t)days + 3 + INT64_C(7000000000)) % 7); }

int32_t oc_time_date(int64_t ns)
{
    return (int32_t)(ns / OC_TIME_DAY - (ns % OC_TIME_DAY < 0));
}

int oc_time_midnight(int32_t days, int64_t *ns)
{
    return __builtin_mul_overflow((int64_t)days, OC_TIME_DAY, ns) ? -1 : 0;
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

static uint64_t load8(const char *p)
{
    uint64_t x;

    memcpy(&x, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    return x;
}

/* Non-zero if a byte of x is above its limit, given as 0x7f - limit in add. */
static uint64_t over(uint64_t x, uint64_t add)
{
    return (((x & UINT64_C(0x7f7f7f7f7f7f7f7f)) + add) | x) & UINT64_C(0x8080808080808080);
}

static uint32_t byte(uint64_t x, int i) { return (uint32_t)(x >> (8 * i)) & 0xff; }

struct fields { int32_t days; int32_t hour, minute, second; };

/* The date in w = "YYYY-MM-" and the low two bytes of v = "DD". */
static bool date10(uint64_t w, uint64_t v, int32_t *days)
{
    const uint64_t x = w ^ UINT64_C(0x2d30302d30303030);            /* 0000-00- */
    const uint64_t d = (v & 0xffff) ^ 0x3030;                       /* 00 */
    const uint64_t xx = x * 10 + (x >> 8);                          /* pairs: no byte exceeds 99 */

    if (over(x, UINT64_C(0x7f76767f76767676)) | over(d, 0x7676))
        return false;
    const int32_t y = (int32_t)(byte(xx, 0) * 100 + byte(xx, 2));
    const int32_t m = (int32_t)byte(xx, 5), day = (int32_t)(byte(d, 0) * 10 + byte(d, 1));
    /* days up to 28 exist in every month */
    if (y < 1 || m < 1 || m > 12 || day < 1 || (day > 28 && day > oc_time_month_days(y, m)))
        return false;
    *days = oc_time_days(y, m, day);
    return true;
}

size_t oc_time_parse_date(const char *p, size_t n, int32_t *days)
{
    if (n < 10)
        return 0;
    return date10(load8(p), load8(p + 2) >> 48, days) ? 10 : 0;
}

static int digit(const char *p, size_t n, size_t i)
{
    return i < n && p[i] >= '0' && p[i] <= '9' ? p[i] - '0' : -1;
}

/* Two digits at p[i], at most max; -1 if they are not there. */
static int two(const char *p, size_t n, size_t i, int max)
{
    const int a = digit(p, n, i), b = digit(p, n, i + 1);

    return a < 0 || b < 0 || a * 10 + b > max ? -1 : a * 10 + b;
}

/* The digits behind a point at p[i]: ns, and in *end the place behind them.  False: none, or more than nine. */
static bool fraction(const char *p, size_t n, size_t i, int64_t *ns, size_t *end)
{
    int64_t f = 0;
    size_t k = 0;

    for (int d; (d = digit(p, n, i + k)) >= 0; k++) {
        if (k == 9)
            return false;
        f = f * 10 + d;
    }
    *end = i + k;
    for (size_t z = k; z < 9; z++)
        f *= 10;
    *ns = f;
    return k > 0;
}

/* An offset at p[i]: 1 read, 0 none there, -1 there but wrong. */
static int offset(const char *p, size_t n, size_t i, int32_t *seconds, size_t *end)
{
    *end = i;
    *seconds = 0;
    if (i >= n)
        return 0;
    if ((p[i] | 32) == 'z') {
        *end = i + 1;
        return 1;
    }
    if (p[i] != '+' && p[i] != '-')
        return 0;
    const int h = two(p, n, i + 1, 23);
    if (h < 0)
        return -1;
    *end = i + 3;
    int m = 0;
    const bool colon = *end < n && p[*end] == ':';
    if (colon || digit(p, n, *end) >= 0) {
        m = two(p, n, *end + colon, 59);
        *end += 2 + colon;
    }
    if (m < 0 || digit(p, n, *end) >= 0)
        return -1;
    *seconds = (p[i] == '-' ? -1 : 1) * (h * 3600 + m * 60);
    return 1;
}

/* days, seconds of the day and ns, less an offset, as an instant; false if int64 does not hold it. */
static bool join(int32_t days, int64_t seconds, int64_t frac, int64_t *ns)
{
    int64_t t = (int64_t)days * 86400 + seconds;

    /* step back from zero, so that the intermediate product of the first second does not overflow */
    if (t < 0 && frac > 0) {
        t++;
        frac -= OC_TIME_SECOND;
    }
    return !__builtin_mul_overflow(t, OC_TIME_SECOND, &t) && !__builtin_add_overflow(t, frac, ns) && *ns != INT64_MIN;
}

/* What may stand behind the minutes, from p[i] on: seconds, fraction, offset. */
static size_t tail(const char *p, size_t n, size_t i, const struct fields *f, struct oc_stamp *out)
{
    int64_t frac = 0;
    int32_t off;
    int second = 0;

    if (i < n && p[i] == ':') {
        second = two(p, n, i + 1, 59);
        if (second < 0)
            return 0;
        i += 3;
        out->parts = OC_TIME_HAS_SECOND;
        if (i < n && p[i] == '.' && !fraction(p, n, i + 1, &frac, &i))
            return 0;
    }
    if (digit(p, n, i) >= 0)
        return 0;
    const int has = offset(p, n, i, &off, &i);
    if (has < 0 || !join(f->days, f->hour * 3600 + f->minute * 60 + second - off, frac, &out->ns))
        return 0;
    out->absolute = has > 0;
    return i;
}

static size_t parse_slow(const char *p, size_t n, struct oc_stamp *out)
{
    struct fields f;

    if (!oc_time_parse_date(p, n, &f.days))
        return 0;
    *out = (struct oc_stamp){ .parts = OC_TIME_HAS_DATE };
    if (digit(p, n, 10) >= 0)
        return 0;
    /* a blank is a separator only where a time of day follows */
    const bool t = n > 10 && (p[10] | 32) == 't';
    if (!t && !(n > 10 && p[10] == ' ' && digit(p, n, 11) >= 0))
        return oc_time_midnight(f.days, &out->ns) || out->ns == INT64_MIN ? 0 : 10;
    f.hour = two(p, n, 11, 23);
    f.minute = two(p, n, 14, 59);
    if (f.hour < 0 || f.minute < 0 || p[13] != ':')
        return 0;
    out->parts = OC_TIME_HAS_MINUTE;
    return tail(p, n, 16, &f, out);
}

size_t oc_time_parse(const char *p, size_t n, struct oc_stamp *out)
{
    int32_t days;

    if (n < 19)
        return parse_slow(p, n, out);
    const uint64_t w = load8(p), v = load8(p + 8), u = load8(p + 11);
    const uint32_t sep = byte(v, 2);
    if ((sep | 32) != 't' && sep != ' ')
        return parse_slow(p, n, out);
    const uint64_t x = u ^ UINT64_C(0x30303a30303a3030);            /* 00:00:00 */
    const uint64_t xx = x * 10 + (x >> 8);
    if (over(x, UINT64_C(0x76767f76767f7676)) || !date10(w, v, &days))
        return parse_slow(p, n, out);
    const uint32_t h = byte(xx, 0), m = byte(xx, 3), s = byte(xx, 6);
    if (h > 23 || m > 59 || s > 59)
        return 0;
    const int64_t t = (int64_t)days * 86400 + h * 3600 + m * 60 + s;
    const char next = n > 19 ? p[19] : '\0';
    const bool utc = next == 'Z', plain = next == '\0' || next == ' ' || next == ',' || next == '"';
    *out = (struct oc_stamp){ .parts = OC_TIME_HAS_SECOND, .absolute = utc };
    if (utc || plain)
        return __builtin_mul_overflow(t, OC_TIME_SECOND, &out->ns) ? 0 : 19 + (size_t)utc;
    const struct fields f = { days, (int32_t)h, (int32_t)m, (int32_t)s };
    return tail(p, n, 16, &f, out);
}

/* ---- why not -------------------------------------------------------------------------------------------------- */

static const char *why_date(const char *p, size_t n)
{
    if (n < 10 || two(p, n, 0, 99) < 0 || two(p, n, 2, 99) < 0 || p[4] != '-' || two(p, n, 5, 99) < 0 || p[7] != '-'
        || two(p, n, 8, 99) < 0)
        return "not a time of the form YYYY-MM-DDTHH:MM:SSZ";
    const int m = two(p, n, 5, 99), y = two(p, n, 0, 99) * 100 + two(p, n, 2, 99);
    if (y < 1)
        return "the year 0000 does not exist";
    if (m < 1 || m > 12)
        return "the month is not 01 to 12";
    return "the month has no such day";
}

const char *oc_time_why(const char *p, size_t n)
{
    int32_t days, off;
    int64_t ns;
    size_t i = 16;

    if (!oc_time_parse_date(p, n, &days))
        return why_date(p, n);
    if (n > 10 && digit(p, n, 11) < 0)
        return "the time of day is missing behind the date";
    if (two(p, n, 11, 23) < 0)
        return n > 10 ? "the hour is not 00 to 23" : "outside the years 1677 to 2262";
    if (n < 16 || p[13] != ':' || two(p, n, 14, 59) < 0)
        return "the minute is not :00 to :59";
    if (i < n && p[i] == ':') {
        if (two(p, n, i + 1, 99) == 60)
            return "the second is 60: leap seconds are not counted here";
        if (two(p, n, i + 1, 59) < 0)
            return "the second is not :00 to :59";
        i += 3;
        if (i < n && p[i] == '.' && !fraction(p, n, i + 1, &ns, &i))
            return "the fraction of the second has not 1 to 9 digits";
    }
    if (offset(p, n, i, &off, &i) < 0)
        return "the offset is not +HH:MM";
    if (digit(p, n, i) >= 0)
        return "there are too many digits";
    return "outside the years 1677 to 2262";
}

/* ---- printing ------------------------------------------------------------------------------------------------- */

static const char pairs[201] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

static void put2(char *p, uint32_t x) { memcpy(p, pairs + 2 * x, 2); }

size_t oc_time_print_date(char out[OC_TIME_PRINT_MAX], int32_t days)
{
    const struct oc_civil c = oc_time_civil(days);
    const uint32_t y = (uint32_t)c.year;

    put2(out, y / 100 % 100);
    put2(out + 2, y % 100);
    out[4] = '-';
    put2(out + 5, (uint32_t)c.month);
    out[7] = '-';
    put2(out + 8, (uint32_t)c.day);
    return 10;
}

/* The nine digits of frac at p, without the zeros at their end; frac > 0. */
static size_t print_fraction(char *p, uint32_t frac)
{
    size_t n = 9;

    p[0] = (char)('0' + frac / 100000000);
    frac %= 100000000;
    put2(p + 1, frac / 1000000);
    put2(p + 3, frac / 10000 % 100);
    put2(p + 5, frac / 100 % 100);
    put2(p + 7, frac % 100);
    while (p[n - 1] == '0')
        n--;
    return n;
}

size_t oc_time_print(char out[OC_TIME_PRINT_MAX], int64_t ns)
{
    const int32_t days = oc_time_date(ns);
    /* unsigned: the midnight before the first instant is below the least int64 */
    const uint64_t of_day = (uint64_t)ns - (uint64_t)days * (uint64_t)OC_TIME_DAY;
    const uint32_t s = (uint32_t)(of_day / (uint64_t)OC_TIME_SECOND);
    const uint32_t frac = (uint32_t)(of_day % (uint64_t)OC_TIME_SECOND);
    size_t n = 19;

    oc_time_print_date(out, days);
    out[10] = 'T';
    put2(out + 11, s / 3600);
    out[13] = ':';
    put2(out + 14, s / 60 % 60);
    out[16] = ':';
    put2(out + 17, s % 60);
    if (frac) {
        out[19] = '.';
        n = 20 + print_fraction(out + 20, frac);
    }
    out[n] = 'Z';
    return n + 1;
}
