/* market_schedule - expiries by rule: third Fridays, holidays, rolling, labels, texts that are no schedule */
#include "market/schedule.h"

#include "base/time.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static struct oc_calendar *cal;
static struct oc_listed out[OC_EXPIRY_MAX];
static size_t n;

static int64_t at(const char *text)
{
    struct oc_stamp t;

    oc_time_parse(text, strlen(text), &t);
    return t.ns;
}

/* List; the dates, blank-separated, into a static text. */
static const char *dates(const char *rules, const char *now)
{
    static char text[4096];
    struct oc_schedule s = { .calendar = cal };
    struct oc_err err;

    text[0] = '\0';
    if (oc_schedule_parse(rules, OC_EXPIRY_PM, &s, &err) || oc_schedule_at(&s, at(now), out, &n, &err)) {
        snprintf(text, sizeof text, "error: %s", err.text);
        return text;
    }
    for (size_t i = 0; i < n; i++) {
        char day[OC_TIME_PRINT_MAX];
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.*s", i ? " " : "",
                 (int)oc_time_print_date(day, out[i].date), day);
    }
    return text;
}

#define IS(rules, now, want) do { const char *d_ = dates(rules, now); \
    CHECK(strcmp(d_, want) == 0, "%s at %s:\n#     %s\n#     %s", rules, now, d_, want); } while (0)

static void fridays(void)
{
    test_begin("schedule: third Fridays of 2024 to 2026, by hand; Good Friday 2025 and Juneteenth 2026 roll to Thursday");
    IS("monthly:36", "2024-01-01T00:00:00Z",
       "2024-01-19 2024-02-16 2024-03-15 2024-04-19 2024-05-17 2024-06-21 2024-07-19 2024-08-16 2024-09-20 "
       "2024-10-18 2024-11-15 2024-12-20 2025-01-17 2025-02-21 2025-03-21 2025-04-17 2025-05-16 2025-06-20 "
       "2025-07-18 2025-08-15 2025-09-19 2025-10-17 2025-11-21 2025-12-19 2026-01-16 2026-02-20 2026-03-20 "
       "2026-04-17 2026-05-15 2026-06-18 2026-07-17 2026-08-21 2026-09-18 2026-10-16 2026-11-20 2026-12-18");
    test_end();
    test_begin("schedule: quarterly, quarter ends, LEAPS, last weekdays");
    IS("quarterly:4", "2026-01-02T00:00:00Z", "2026-03-20 2026-06-18 2026-09-18 2026-12-18");
    /* 31 May 2026 is no quarter's end; the last session of 2023's last quarter was Friday 29 December */
    IS("quarter-end:5", "2023-12-01T00:00:00Z", "2023-12-29 2024-03-28 2024-06-28 2024-09-30 2024-12-31");
    IS("leaps:3", "2026-11-20T21:00:00Z", "2027-01-15 2028-01-21 2029-01-19");
    IS("month-last/fri:4", "2026-05-01T00:00:00Z", "2026-05-29 2026-06-26 2026-07-31 2026-08-28");
    /* Christmas is a Friday in 2026 */
    IS("year-last/fri/12:3", "2026-01-01T00:00:00Z", "2026-12-24 2027-12-31 2028-12-29");
    test_end();
}

static void weeks(void)
{
    test_begin("schedule: weeks and days, holidays roll to the session before");
    /* Good Friday 3 April 2026, Independence Day observed on Friday 3 July 2026 */
    IS("weekly:3", "2026-03-23T00:00:00Z", "2026-03-27 2026-04-02 2026-04-10");
    IS("weekly:3", "2026-06-29T00:00:00Z", "2026-07-02 2026-07-10 2026-07-17");
    /* Thursday and the Friday that rolls to it are one expiry, and the count is of expiries */
    IS("weekly/thu+fri:3", "2026-03-30T00:00:00Z", "2026-04-02 2026-04-09 2026-04-10");
    IS("weekly/mon+wed+fri:4", "2026-11-20T22:00:00Z", "2026-11-23 2026-11-25 2026-11-27 2026-11-30");
    IS("daily:4", "2026-11-24T22:00:00Z", "2026-11-25 2026-11-27 2026-11-30 2026-12-01");      /* Thanksgiving is the 26th */
    IS("2026-12-25", "2026-11-20T21:00:00Z", "2026-12-24");
    IS("2026-12-25", "2026-12-24T18:00:00Z", "");           /* it closed at 13:00 in New York: over at that instant */
    test_end();
}

static void rolling(void)
{
    test_begin("schedule: an expiry is over at its instant, and the next one is there");
    IS("monthly:2", "2026-11-20T20:59:59Z", "2026-11-20 2026-12-18");
    IS("monthly:2", "2026-11-20T21:00:00Z", "2026-12-18 2027-01-15");
    IS("monthly:2@AM", "2026-11-20T14:29:59Z", "2026-11-20 2026-12-18");
    IS("monthly:2@AM", "2026-11-20T14:30:00Z", "2026-12-18 2027-01-15");
    IS("monthly@24:00", "2026-11-21T04:59:59Z", "2026-11-20");
    IS("monthly@24:00", "2026-11-21T05:00:00Z", "2026-12-18");
    test_end();
}

static void merged(void)
{
    test_begin("schedule: rules that meet make one expiry with all labels; AM and PM are two");
    IS("weekly:5=w,monthly:1=m", "2026-11-20T21:00:00Z", "2026-11-27 2026-12-04 2026-12-11 2026-12-18 2026-12-24");
    CHECK(out[3].rules == 3 && out[0].rules == 1, "rules %d and %d", (int)out[3].rules, (int)out[0].rules);
    IS("monthly:1@AM=a,monthly:1@PM=p,weekly:1@16:00=w", "2026-12-14T00:00:00Z", "2026-12-18 2026-12-18");
    CHECK(out[0].settle == OC_EXPIRY_AM && out[1].settle == OC_EXPIRY_PM && out[1].rules == 6, "settle %d %d rules %d",
          out[0].settle,
          out[1].settle, (int)out[1].rules);
    CHECK(out[1].expires_at - out[0].expires_at == (int64_t)390 * 60 * OC_TIME_SECOND, "six and a half hours apart");
    test_end();
}

static void texts(void)
{
    static const char *const bad[] = {
        "", ",", "weekly,", "weekli", "weekly:0", "weekly:x", "weekly:5000", "weekly/fry", "weekly/", "weekly/fri/3",
            "daily/fri",
        "month-last", "month-last/fri/3", "year-last/fri", "year-last/fri/13", "year-last/12", "monthly@XM", "monthly@25:00",
            "2026-02-30",
        "2026-12-18:2", "weekly=a b", "weekly=", "weekly,weekly:3", "weekly=x,daily=x", "monthly@"
    };
    struct oc_schedule s = { .calendar = cal };
    struct oc_err err;

    test_begin("schedule: texts that are none are refused, naming the rule");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_schedule_parse(bad[i], OC_EXPIRY_PM, &s, &err) == -1 && err.code == OC_USAGE, "'%s' was taken", bad[i]);
    oc_schedule_parse("weekli", OC_EXPIRY_PM, &s, &err);
    CHECK(strstr(err.text, "did you mean 'weekly'"), "%s", err.text);
    CHECK(oc_schedule_parse("weekly/fri+mon:3@AM,year-last/fri/6:2=half_year", OC_EXPIRY_PM, &s, &err) == 0, "%s", err.text);
    CHECK(strcmp(s.rule[0].label, "weekly-fri-mon") == 0 && s.rule[0].weekdays == 34 && s.rule[0].settle == OC_EXPIRY_AM,
          "label %s",
          s.rule[0].label);
    CHECK(strcmp(s.rule[1].label, "half_year") == 0 && s.rule[1].month == 6 && s.rule[1].settle == OC_EXPIRY_PM, "%s",
          s.rule[1].label);
    test_end();
    test_begin("schedule: where the calendar ends it says so");
    CHECK(strncmp(dates("monthly:6", "2050-10-01T00:00:00Z"), "error:", 6) == 0, "%s",
          dates("monthly:6", "2050-10-01T00:00:00Z"));
    CHECK(strncmp(dates("daily:3", "2050-12-31T00:00:00Z"), "error:", 6) == 0, "daily beyond");
    CHECK(strncmp(dates("weekly:1", "1850-01-01T00:00:00Z"), "error:", 6) == 0, "before");
    test_end();
}

int main(void)
{
    struct oc_err err;

    if (oc_calendar_open("XNYS", &cal, &err)) {
        printf("not ok schedule: %s\n", err.text);
        return 1;
    }
    fridays();
    weeks();
    rolling();
    merged();
    texts();
    oc_calendar_free(cal);
    return test_done();
}
