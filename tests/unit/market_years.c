/* years: published day counts, exactness in seconds, sessions of a calendar. */
#include "market/years.h"
#include "base/time.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int64_t at(const char *text)
{
    struct oc_stamp s = { 0 };

    CHECK(oc_time_parse(text, strlen(text), &s) == strlen(text), "bad time in the test: %s", text);
    return s.ns;
}

static double years(enum oc_years_count count, const struct oc_calendar *cal, const char *from, const char *to)
{
    const int64_t a = at(from), b = at(to);
    double y = -999;
    struct oc_err err = { 0 };

    CHECK(oc_years_column(count, cal, 1, &a, &b, &y, &err) == 1, "%s to %s: %s", from, to, err.text);
    return y;
}

/* ISDA, "EMU and market conventions: recent developments" (1999), and ISDA's table of 30/360 day counts (2008). */
static const struct { enum oc_years_count count; const char *from, *to; double want; } published[] = {
    { OC_YEARS_ACTACT, "2003-11-01", "2004-05-01", 61.0 / 365 + 121.0 / 366 },
    { OC_YEARS_ACTACT, "1999-02-01", "1999-07-01", 150.0 / 365 },
    { OC_YEARS_ACTACT, "1999-07-01", "2000-07-01", 184.0 / 365 + 182.0 / 366 },
    { OC_YEARS_ACTACT, "1999-07-30", "2000-01-30", 155.0 / 365 + 29.0 / 366 },
    { OC_YEARS_ACTACT, "1999-11-30", "2000-04-30", 32.0 / 365 + 120.0 / 366 },
    { OC_YEARS_ACTACT, "2000-01-01", "2010-01-01", 10 },
    { OC_YEARS_ACTACT, "2004-05-01", "2003-11-01", -61.0 / 365 - 121.0 / 366 },
    { OC_YEARS_30360, "2007-01-15", "2007-01-30", 15.0 / 360 }, { OC_YEARS_30360, "2007-01-15", "2007-02-15", 30.0 / 360 },
    { OC_YEARS_30360, "2007-09-30", "2008-03-31", 180.0 / 360 }, { OC_YEARS_30360, "2007-09-30", "2007-10-31", 30.0 / 360 },
    { OC_YEARS_30360, "2007-08-31", "2008-02-28", 178.0 / 360 }, { OC_YEARS_30360, "2008-02-29", "2008-03-31", 32.0 / 360 },
    { OC_YEARS_30360, "2007-02-26", "2008-02-29", 363.0 / 360 }, { OC_YEARS_30360, "2007-01-31", "2007-02-28", 28.0 / 360 },
    { OC_YEARS_30360, "2024-01-15T00:00Z", "2024-01-15T12:00Z", 0.5 / 360 },
    { OC_YEARS_ACT360, "2024-01-01", "2025-01-01", 366.0 / 360 },
    { OC_YEARS_ACT36525, "2024-01-01", "2028-01-01", 4 },
    { OC_YEARS_ACT365, "2022-06-10T20:00:00Z", "2022-06-17T13:30:00Z", 581400.0 / 31536000 },
    { OC_YEARS_ACT365, "2022-06-10T20:00:00Z", "2022-06-10T19:59:59Z", -1.0 / 31536000 },
};

static void known(void)
{
    test_begin("published day counts");
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        const double y = years(published[i].count, NULL, published[i].from, published[i].to);
        /* a difference of two parts of a year: each rounded at 1 */
        CHECK(fabs(y - published[i].want) <= 3e-16 * (1 + fabs(published[i].want)), "%s %s to %s: %.17g, not %.17g",
              oc_years_name(published[i].count), published[i].from, published[i].to, y, published[i].want);
    }
    test_end();
}

static void exact(void)
{
    uint64_t x = 3;

    test_begin("act/365 of whole seconds is the quotient, correctly rounded; of all else within 1 ulp");
    for (int i = 0; i < 200000; i++) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        int64_t from = (int64_t)((x >> 20) % 4000000000u) * OC_TIME_SECOND, d = (int64_t)((x >> 13) % 4600000000u);
        int64_t to = from + d * OC_TIME_SECOND;
        double y = -1;
        struct oc_err err = { 0 };
        CHECK(oc_years_column(OC_YEARS_ACT365, NULL, 1, &from, &to, &y, &err) == 1 && y == (double)d / 31536000.0,
              "%lld s: %.17g", (long long)d, y);
        to += (int64_t)(x % 1000000000);
        oc_years_column(OC_YEARS_ACT365, NULL, 1, &from, &to, &y, &err);
        const long double want = (long double)(to - from) / 31536000e9L;
        CHECK(fabsl(y - want) <= fabsl(want) * 0x1p-52L, "%lld ns: %.17g", (long long)(to - from), y);
    }
    const int64_t a = -INT64_MAX, b = INT64_MAX;
    double y = 0;
    struct oc_err err = { 0 };
    oc_years_column(OC_YEARS_ACT365, NULL, 1, &a, &b, &y, &err);
    CHECK(fabs(y - 0x1p64 / 31536000e9) < 1e-12, "the whole range: %.17g", y);
    test_end();
}

static void sessions(void)
{
    struct oc_calendar *c = NULL, *g = NULL;
    struct oc_err err = { 0 };
    const int64_t from = at("2024-01-01T00:00Z"), to = at("2060-01-01T00:00Z");
    double y;

    test_begin("bus/252 counts sessions and the part of the one in progress");
    CHECK(oc_calendar_open("XNYS", &c, &err) == 0 && oc_calendar_open("CME_GLOBEX", &g, &err) == 0, "%s", err.text);
    if (c && g) {
        /* 252 sessions in 2024, 250 in 2023 */
        CHECK(years(OC_YEARS_BUS252, c, "2024-01-01T05:00Z", "2025-01-01T05:00Z") == 1, "2024");
        CHECK(years(OC_YEARS_BUS252, c, "2023-01-01T05:00Z", "2024-01-01T05:00Z") == 250.0 / 252, "2023");
        CHECK(years(OC_YEARS_BUS252, c, "2024-01-02T17:45:00Z", "2024-01-02T21:00:00Z") == 0.5 / 252, "half a session");
        CHECK(years(OC_YEARS_BUS252, c, "2024-01-02T21:00:00Z", "2024-01-02T17:45:00Z") == -0.5 / 252, "backwards");
        CHECK(years(OC_YEARS_BUS252, c, "2024-01-05T22:00:00Z", "2024-01-08T14:00:00Z") == 0, "a weekend");
        CHECK(years(OC_YEARS_BUS252, c, "2024-01-05T22:00:00Z", "2024-01-08T21:00:00Z") == 1.0 / 252, "over a weekend");
        CHECK(years(OC_YEARS_BUS252, g, "2024-01-05T23:00:00Z", "2024-01-08T22:00:00Z") == 1.0 / 252, "from Friday to Monday's end");
        CHECK(years(OC_YEARS_BUS252, g, "2024-01-07T23:00:00Z", "2024-01-08T10:30:00Z") == 0.5 / 252, "half of Monday's, from Sunday");
        CHECK(oc_years_column(OC_YEARS_BUS252, c, 1, &from, &to, &y, &err) == 0 && strstr(err.text, "2060-01-01") == NULL
              && strstr(err.text, "covers"), "beyond the calendar: %s", err.text);
    }
    CHECK(oc_years_column(OC_YEARS_BUS252, NULL, 1, &from, &from, &y, &err) == 0 && strstr(err.text, "--calendar"), "%s", err.text);
    /* dates are those of the zone: 22:00 in New York on 31 January is not 1 February */
    CHECK(c && fabs(years(OC_YEARS_30360, c, "2024-01-31T05:00Z", "2024-02-01T03:00Z") - 22.0 / 24 / 360) < 1e-18, "zone");
    oc_calendar_free(c);
    oc_calendar_free(g);
    test_end();
}

static void names(void)
{
    enum oc_years_count c;
    struct oc_err err = { 0 };

    test_begin("names of day counts");
    for (enum oc_years_count k = OC_YEARS_ACT365; k <= OC_YEARS_BUS252; k++)
        CHECK(oc_years_find(oc_years_name(k), &c, &err) == 0 && c == k, "%s", oc_years_name(k));
    CHECK(oc_years_find("ACT/365", &c, &err) == 0 && c == OC_YEARS_ACT365, "capitals");
    CHECK(oc_years_find("act/364", &c, &err) == -1 && err.code == OC_USAGE && strstr(err.text, "bus/252"), "%s", err.text);
    CHECK(oc_years_find("act/36", &c, &err) == -1 && oc_years_find("act/3650", &c, &err) == -1, "near misses");
    test_end();
}

int main(void)
{
    if (access("libcore/market/data/calendars", R_OK) == 0)     /* whatever the build directory */
        setenv("OC_DATA", "libcore/market/data", 0);
    known();
    exact();
    sessions();
    names();
    return test_done();
}
