/* time, timescan: against the C library's gmtime as an independent calendar, round trips, refusals. */
#include "base/time.h"
#include "base/timescan.h"
#include "test.h"

#include <string.h>
#include <time.h>

static void days(void)
{
    int64_t count = 0;
    int32_t weekday = 0;                                /* 0001-01-01 was a Monday */

    test_begin("every date from year 1 to 9999: civil, days, weekday, print, parse");
    for (int32_t y = 1; y <= 9999; y++)
        for (int32_t m = 1; m <= 12; m++)
            for (int32_t d = 1; d <= oc_time_month_days(y, m); d++, count++, weekday = (weekday + 1) % 7) {
                const int32_t n = oc_time_days(y, m, d);
                const struct oc_civil c = oc_time_civil(n);
                char text[OC_TIME_PRINT_MAX];
                int32_t back = 0;
                CHECK(n == OC_TIME_DATE_MIN + count, "%d-%d-%d: day %d", y, m, d, n);
                CHECK(c.year == y && c.month == m && c.day == d, "day %d: %d-%d-%d", n, c.year, c.month, c.day);
                CHECK(oc_time_weekday(n) == weekday, "%d-%d-%d: weekday %d", y, m, d, oc_time_weekday(n));
                CHECK(oc_time_print_date(text, n) == 10 && oc_time_parse_date(text, 10, &back) == 10 && back == n,
                      "%d-%d-%d: '%.10s' reads %d", y, m, d, text, back);
            }
    CHECK(count == OC_TIME_DATE_MAX - OC_TIME_DATE_MIN + 1, "%lld days", (long long)count);
    test_end();
}

static void against_libc(void)
{
    test_begin("instants of every day 1678 to 2262 agree with gmtime and timegm");
    for (int32_t d = oc_time_days(1678, 1, 1); d < oc_time_days(2262, 4, 11); d++) {
        const int64_t s = (int64_t)d * 86400 + (d * 7919 % 86400 + 86400) % 86400;
        const time_t t = (time_t)s;
        struct tm tm;
        char want[64], got[OC_TIME_PRINT_MAX];
        struct oc_stamp back;
        gmtime_r(&t, &tm);
        strftime(want, sizeof want, "%Y-%m-%dT%H:%M:%SZ", &tm);
        const size_t n = oc_time_print(got, s * OC_TIME_SECOND);
        CHECK(n == 20 && memcmp(want, got, 20) == 0, "%.*s, libc %s", (int)n, got, want);
        CHECK(oc_time_parse(got, n, &back) == 20 && back.ns == s * OC_TIME_SECOND && back.absolute, "%s", want);
        CHECK(oc_time_date(s * OC_TIME_SECOND) == d, "date of %s: %d", want, oc_time_date(s * OC_TIME_SECOND));
    }
    test_end();
}

static void random_ns(void)
{
    uint64_t x = 88172645463325252u;

    test_begin("a million instants of any fraction come back");
    for (int i = 0; i < 1000000; i++) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        int64_t ns = (int64_t)x;
        if (i % 3)                                       /* fractions with zeros at the end */
            for (int k = 0; k < i % 10; k++)
                ns = ns / 10 - (ns < 0 && ns % 10), ns *= i % 3 == 1 ? 10 : 1;
        char text[OC_TIME_PRINT_MAX];
        struct oc_stamp s;
        const size_t n = oc_time_print(text, ns);
        CHECK(oc_time_parse(text, n, &s) == n && s.ns == ns && s.absolute, "%lld: %.*s", (long long)ns, (int)n, text);
        CHECK(text[n - 2] != '0' || !memchr(text, '.', n), "%.*s: zero at the end", (int)n, text);
    }
    test_end();
}

static const struct { const char *text; size_t used; int64_t ns; enum oc_time_parts parts; bool absolute; } good[] = {
    { "1970-01-01T00:00:00Z", 20, 0, OC_TIME_HAS_SECOND, true },
    { "1969-12-31T23:59:59.5Z", 22, -500000000, OC_TIME_HAS_SECOND, true },
    { "2024-01-02T14:30:00Z", 20, 1704205800 * OC_TIME_SECOND, OC_TIME_HAS_SECOND, true },
    { "2024-01-02t14:30:00z", 20, 1704205800 * OC_TIME_SECOND, OC_TIME_HAS_SECOND, true },
    { "2024-01-02 14:30:00", 19, 1704205800 * OC_TIME_SECOND, OC_TIME_HAS_SECOND, false },
    { "2024-01-02 14:30:00 UTC", 19, 1704205800 * OC_TIME_SECOND, OC_TIME_HAS_SECOND, false },
    { "2024-01-02T09:30:00-05:00", 25, 1704205800 * OC_TIME_SECOND, OC_TIME_HAS_SECOND, true },
    { "2024-01-02T20:00+05:30", 22, 1704205800 * OC_TIME_SECOND, OC_TIME_HAS_MINUTE, true },
    { "2024-01-02 20:00:00.000001+0530", 31, 1704205800 * OC_TIME_SECOND + 1000, OC_TIME_HAS_SECOND, true },
    { "2024-01-02 14:30:00+00", 22, 1704205800 * OC_TIME_SECOND, OC_TIME_HAS_SECOND, true },
    { "2026-11-20T21:00Z", 17, 1795208400 * OC_TIME_SECOND, OC_TIME_HAS_MINUTE, true },
    { "2026-11-20", 10, 1795132800 * OC_TIME_SECOND, OC_TIME_HAS_DATE, false },
    { "2026-11-20,5000", 10, 1795132800 * OC_TIME_SECOND, OC_TIME_HAS_DATE, false },
    { "2026-11-20 x", 10, 1795132800 * OC_TIME_SECOND, OC_TIME_HAS_DATE, false },
    { "2000-02-29T23:59:59.999999999Z", 30, 951868799 * OC_TIME_SECOND + 999999999, OC_TIME_HAS_SECOND, true },
    { "2262-04-11T23:47:16.854775807Z", 30, INT64_MAX, OC_TIME_HAS_SECOND, true },
    { "1677-09-21T00:12:43.145224193Z", 30, -INT64_MAX, OC_TIME_HAS_SECOND, true },
    { "2262-04-12T00:47:16.854775807+01:00", 35, INT64_MAX, OC_TIME_HAS_SECOND, true },
};

static const struct { const char *text, *why; } bad[] = {
    { "", "form" }, { "2024-1-02T00:00:00Z", "form" }, { "2024/01/02", "form" }, { "20240102", "form" },
    { "0000-01-01", "0000" }, { "2024-00-10", "month" }, { "2024-13-10T00:00:00Z", "month" },
    { "2024-02-30", "no such day" }, { "2023-02-29T00:00:00Z", "no such day" }, { "1900-02-29T00:00:00Z", "no such day" },
    { "2024-04-31T10:00Z", "no such day" }, { "2024-01-00", "no such day" },
    { "2024-01-02T24:00:00Z", "hour" }, { "2024-01-02T14:60:00Z", "minute" }, { "2024-01-02T14:30:60Z", "leap second" },
    { "2024-01-02T14:30:61Z", "second" }, { "2024-01-02T14:3", "minute" }, { "2024-01-02T", "time of day" },
    { "2024-01-02T14:30:00.Z", "fraction" }, { "2024-01-02T14:30:00.1234567890Z", "fraction" },
    { "2024-01-02T14:30:00+24:00", "offset" }, { "2024-01-02T14:30:00+05:60", "offset" },
    { "2024-01-02T14:30:00+5", "offset" }, { "2024-01-021", "time of day" }, { "2024-01-02T14:30:000Z", "too many digits" },
    { "2262-04-11T23:47:16.854775808Z", "outside" }, { "1677-09-21T00:12:43.145224192Z", "outside" },
    { "2262-04-12T00:00:00Z", "outside" }, { "9999-12-31T00:00:00Z", "outside" }, { "1500-01-01", "outside" },
    { "2262-04-11T23:47:16.854775807-00:01", "outside" }, { "2024-01-02T14:30:00.5+05:0", "offset" },
    { "\xb2\xb0\xb2\xb4-01-02T14:30:00Z", "form" }, { "2024-01-02T14:3\xb0:00Z", "minute" },
};

static void texts(void)
{
    test_begin("shapes of RFC 3339, and what is refused, with the reason");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct oc_stamp s = { 0 };
        const size_t n = oc_time_parse(good[i].text, strlen(good[i].text), &s);
        CHECK(n == good[i].used && s.ns == good[i].ns && s.parts == good[i].parts && s.absolute == good[i].absolute,
              "%s: used %zu, ns %lld, parts %d, absolute %d", good[i].text, n, (long long)s.ns, s.parts, s.absolute);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct oc_stamp s = { 0 };
        const size_t len = strlen(bad[i].text), n = oc_time_parse(bad[i].text, len, &s);
        CHECK(n == 0, "%s: accepted, %zu", bad[i].text, n);
        CHECK(strstr(oc_time_why(bad[i].text, len), bad[i].why), "%s: '%s'", bad[i].text, oc_time_why(bad[i].text, len));
    }
    test_end();
}

/* Any one byte of the common shape put to any value: the fast way must agree with a plain reading of it. */
static void bytes(void)
{
    const char *base = "2024-06-15T12:34:56Z";

    test_begin("one byte changed to any value: only true times are read");
    for (int at = 0; at < 20; at++)
        for (int v = 0; v < 256; v++) {
            char t[21];
            int y, mo, d, h, mi, s;
            struct oc_stamp out;
            memcpy(t, base, 21);
            t[at] = (char)v;
            const size_t n = oc_time_parse(t, 20, &out);
            const bool digits = at != 4 && at != 7 && at != 10 && at != 13 && at != 16 && at != 19;
            bool want = digits ? v >= '0' && v <= '9' : v == base[at] || (at == 10 && (v == 't' || v == ' '));
            if (digits && want) {
                sscanf(t, "%4d-%2d-%2dT%2d:%2d:%2d", &y, &mo, &d, &h, &mi, &s);
                want = y >= 1678 && y < 2262 && mo >= 1 && mo <= 12 && d >= 1 && d <= 30 && h < 24 && mi < 60 && s < 60;
                CHECK(!want || (n == 20 && out.ns / OC_TIME_SECOND
                                == oc_time_days(y, mo, d) * INT64_C(86400) + h * 3600 + mi * 60 + s), "%s", t);
            }
            /* other bytes at 10, 16 and 19 end the time early, which the caller sees from the length */
            CHECK((n == 20) == want || (at == 19 && v == 'z' && n == 20), "byte %d = %d: %zu", at, v, n);
        }
    test_end();
}

static const struct { const char *fmt, *text; size_t used; const char *want, *zone; } scans[] = {
    { "%Y%m%d", "20220610", 8, "2022-06-10T00:00:00Z", NULL },
    { "%m/%d/%Y", "7/5/2021", 8, "2021-07-05T00:00:00Z", NULL },
    { "%a %b %d %Y", "Fri Jun 10 2022", 15, "2022-06-10T00:00:00Z", NULL },
    { "%a %b %d %Y", "Sat Jun 10 2022", 0, NULL, NULL },
    { "%a %b %d %Y", "FRIDAY june 10 2022,", 19, "2022-06-10T00:00:00Z", NULL },
    { "%B %d, %Y, %I:%M %p %Z", "June 11, 2022, 8:47 PM EDT", 26, "2022-06-11T20:47:00Z", "EDT" },
    { "%B %d, %Y at %I:%M %p %Z", "September 14, 2023 at 4:31 PM EDT", 33, "2023-09-14T16:31:00Z", "EDT" },
    { "%b %d %Y @ %H:%M %Z", "Jan 24 2011 @ 14:03 ET,", 22, "2011-01-24T14:03:00Z", "ET" },
    { "%d/%m/%Y - %H:%M:%S", "08/07/2024 - 09:51:49", 21, "2024-07-08T09:51:49Z", NULL },
    { "%Y.%m.%d %H:%M:%S.%f", "2017.10.02 01:02:03.250", 23, "2017-10-02T01:02:03.25Z", NULL },
    { "%Y%m%d %H%M%S.%3f", "20171002 010203.250", 19, "2017-10-02T01:02:03.25Z", NULL },
    { "%Y%m%d %H%M%S.%6f", "20171002 010203.250", 0, NULL, NULL },
    { "%Y%m%d %H%M%S.%6f", "20171002 010203.0000250", 0, NULL, NULL },
    { "%m/%d/%y %I:%M %p", "1/2/69 12:00 AM", 15, "1969-01-02T00:00:00Z", NULL },
    { "%m/%d/%y %I:%M %p", "1/2/68 12:00 pm", 15, "2068-01-02T12:00:00Z", NULL },
    { "%s", "1654865100", 10, "2022-06-10T12:45:00Z", NULL },
    { "%s.%f", "1654865100.000001", 17, "2022-06-10T12:45:00.000001Z", NULL },
    { "%Y-%m-%d %H:%M:%S %z", "2022-06-10 08:45:00 -0400", 25, "2022-06-10T12:45:00Z", NULL },
    { "%d%b%y", "27MAR20", 7, "2020-03-27T00:00:00Z", NULL },
    { "%d%b%y", "27MRA20", 0, NULL, NULL },
    { "%Y%m%d", "20220230", 0, NULL, NULL },
    { "%m/%d/%Y", "13/1/2021", 0, NULL, NULL },
    { "%Y-%m-%d %I:%M %p", "2022-06-10 13:00 PM", 0, NULL, NULL },
    { "%Y-%m-%d %H:%M", "2022-06-10 24:00", 0, NULL, NULL },
    { "%Y%m%d", "2022061", 8 - 1, "2022-06-01T00:00:00Z", NULL },
    { "%Y-%m-%d", "2022-06", 0, NULL, NULL },
};

static void layouts(void)
{
    test_begin("layouts of other people's files");
    for (size_t i = 0; i < sizeof scans / sizeof *scans; i++) {
        struct oc_scanned s = { 0 };
        char text[OC_TIME_PRINT_MAX + 1] = "";
        CHECK(oc_timescan_check(scans[i].fmt) == NULL, "%s: %s", scans[i].fmt, oc_timescan_check(scans[i].fmt));
        const size_t n = oc_timescan_read(scans[i].fmt, scans[i].text, strlen(scans[i].text), &s);
        if (n)
            text[oc_time_print(text, s.stamp.ns)] = '\0';
        CHECK(n == scans[i].used, "%s: used %zu (%s)", scans[i].text, n, text);
        CHECK(!scans[i].want || strcmp(text, scans[i].want) == 0, "%s: %s", scans[i].text, text);
        CHECK(scans[i].zone ? s.zone_len == strlen(scans[i].zone) && memcmp(s.zone, scans[i].zone, s.zone_len) == 0
                            : !n || !s.zone, "%s: zone '%.*s'", scans[i].text, (int)s.zone_len, s.zone ? s.zone : "");
    }
    CHECK(oc_timescan_check("%Y-%m") && oc_timescan_check("%Y-%m-%d %I:%M") && oc_timescan_check("%Y%m%d%q")
          && oc_timescan_check("%Y%m%d%") && oc_timescan_check("%Y%4m%d") && oc_timescan_check("%Y%m%d %H:%M:%S.%6")
          && oc_timescan_check("%Y%m%d %H"), "a bad layout was not refused");
    test_end();
}

int main(void)
{
    days();
    against_libc();
    random_ns();
    texts();
    bytes();
    layouts();
    return test_done();
}
