/* app_stepclock - the simulated clock against instants worked out by hand; New York closes at 21:00Z, in summer 20:00Z */
#include "app/stepclock.h"
#include "base/time.h"
#include "test.h"

#include <string.h>

static int64_t at(const char *text)
{
    struct oc_stamp s = { 0 };

    CHECK(oc_time_parse(text, strlen(text), &s) == strlen(text), "%s is no instant", text);
    return s.ns;
}

/* From `start`, the instants that follow, by commas. */
static void walk(const struct oc_calendar *cal, enum oc_clock how, const char *step, const char *start, const char *want)
{
    struct oc_stepclock c = { .how = how, .calendar = cal };
    struct oc_err err = { 0 };
    int64_t ts = at(start), next;
    char got[OC_TIME_PRINT_MAX];

    CHECK(oc_stepclock_read(step, &c.step_ns, &err) == 0, "%s: %s", step, err.text);
    CHECK(oc_stepclock_open(&c, ts, &err) == 0, "%s: %s", step, err.text);
    for (const char *p = want; *p; p += p[0] == ',') {
        const size_t n = strcspn(p, ",");
        CHECK(oc_stepclock_next(&c, ts, &next, &err) == 0, "%s after %s: %s", step, start, err.text);
        const size_t len = oc_time_print(got, next);
        CHECK(len == n && memcmp(got, p, n) == 0, "%s from %s: %.*s, not %.*s", step, start, (int)len, got, (int)n, p);
        CHECK(next > ts, "the clock stands");
        ts = next;
        p += n;
    }
}

static void instants(const struct oc_calendar *cal)
{
    test_begin("app_stepclock calendar");
    walk(cal, OC_CLOCK_CALENDAR, "1d", "2026-11-20T21:00:00Z", "2026-11-21T21:00:00Z,2026-11-22T21:00:00Z");
    walk(cal, OC_CLOCK_CALENDAR, "90m", "2026-11-20T21:00:00Z", "2026-11-20T22:30:00Z,2026-11-21T00:00:00Z");
    walk(cal, OC_CLOCK_CALENDAR, "2w", "2026-11-20T21:00:00Z", "2026-12-04T21:00:00Z");
    test_end();

    test_begin("app_stepclock sessions, days");
    /* a weekend; Thanksgiving (26th) and the half day after it, which closes at 13:00 */
    walk(cal, OC_CLOCK_SESSIONS, "1d", "2026-11-20T21:00:00Z",
         "2026-11-23T21:00:00Z,2026-11-24T21:00:00Z,2026-11-25T21:00:00Z,"
         "2026-11-27T18:00:00Z,2026-11-30T21:00:00Z");
    /* an hour before the close stays an hour before the close; 5 hours before is before the half day's opening at 14:30Z */
    walk(cal, OC_CLOCK_SESSIONS, "1d", "2026-11-24T20:00:00Z",
         "2026-11-25T20:00:00Z,2026-11-27T17:00:00Z,2026-11-30T20:00:00Z");
    walk(cal, OC_CLOCK_SESSIONS, "1d", "2026-11-25T16:00:00Z", "2026-11-27T14:30:00Z,2026-11-30T16:00:00Z");
    /* from a Saturday: the closes; across the change to summer time on 2026-03-08 */
    walk(cal, OC_CLOCK_SESSIONS, "1d", "2026-11-21T12:00:00Z", "2026-11-23T21:00:00Z");
    walk(cal, OC_CLOCK_SESSIONS, "1d", "2026-03-06T21:00:00Z", "2026-03-09T20:00:00Z");
    walk(cal, OC_CLOCK_SESSIONS, "2d", "2026-11-20T21:00:00Z", "2026-11-24T21:00:00Z,2026-11-27T18:00:00Z");
    test_end();

    test_begin("app_stepclock sessions, within");
    walk(cal, OC_CLOCK_SESSIONS, "1h", "2026-11-20T19:30:00Z",
         "2026-11-20T20:30:00Z,2026-11-23T15:00:00Z,2026-11-23T16:00:00Z");
    walk(cal, OC_CLOCK_SESSIONS, "30m", "2026-11-20T20:30:00Z", "2026-11-20T21:00:00Z,2026-11-23T15:00:00Z");
    walk(cal, OC_CLOCK_SESSIONS, "30m", "2026-11-27T17:30:00Z", "2026-11-27T18:00:00Z,2026-11-30T15:00:00Z");
    walk(cal, OC_CLOCK_SESSIONS, "20h", "2026-11-20T14:30:00Z", "2026-11-25T15:00:00Z");
    test_end();
}

static void refused(const struct oc_calendar *cal)
{
    static const char *const bad[] = {
        "", "d", "1", "0d", "-1d", "1.5d", "1y", "1d ", "99999999999999999999d", "999999999w"
    };
    struct oc_stepclock c = { .how = OC_CLOCK_SESSIONS, .calendar = cal };
    struct oc_err err = { 0 };
    int64_t ns;

    test_begin("app_stepclock refused");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_stepclock_read(bad[i], &ns, &err) == -1 && err.code == OC_USAGE, "'%s' is taken", bad[i]);
    c.step_ns = 36 * 3600 * OC_TIME_SECOND;
    CHECK(oc_stepclock_open(&c, 0, &err) == -1, "36 hours of sessions are taken");
    c = (struct oc_stepclock){ .how = OC_CLOCK_SESSIONS, .step_ns = OC_TIME_DAY };
    CHECK(oc_stepclock_open(&c, 0, &err) == -1, "sessions of no calendar are taken");
    c = (struct oc_stepclock){ .how = OC_CLOCK_CALENDAR, .step_ns = OC_TIME_DAY };
    CHECK(oc_stepclock_next(&c, INT64_MAX - 5, &ns, &err) == -1 && err.code == OC_DATA, "the clock runs over");
    c = (struct oc_stepclock){ .how = OC_CLOCK_SESSIONS, .step_ns = OC_TIME_DAY, .calendar = cal };
    CHECK(oc_stepclock_next(&c, at("2199-01-01T00:00:00Z"), &ns, &err) == -1, "a session is known outside the calendar");
    test_end();
}

int main(void)
{
    struct oc_calendar *cal = NULL;
    struct oc_err err = { 0 };

    if (oc_calendar_open("XNYS", &cal, &err)) {
        printf("not ok app_stepclock: %s\n", err.text);
        return 1;
    }
    instants(cal);
    refused(cal);
    oc_calendar_free(cal);
    return test_done();
}
