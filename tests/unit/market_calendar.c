/*
 * calendar, expiry: every fact of the holiday and session lists in ../shared/data, the holidays by their rules, known days,
 * arithmetic against a plain walk, instants of expiry, files that contradict themselves.
 */
#include "market/calendar.h"
#include "market/expiry.h"
#include "base/time.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define SHARED "../shared/data/"
#define DAY(y, m, d) oc_time_days(y, m, d)

static const char *date_text(int32_t date)
{
    static char text[4][OC_TIME_PRINT_MAX];
    static int k;
    char *t = text[k++ % 4];

    t[oc_time_print_date(t, date)] = '\0';
    return t;
}

static const char *show(int64_t ns)
{
    static char text[4][OC_TIME_PRINT_MAX + 1];
    static int k;
    char *t = text[k++ % 4];

    t[oc_time_print(t, ns)] = '\0';
    return t;
}

static int64_t at(const char *text)
{
    struct oc_stamp s = { 0 };

    CHECK(oc_time_parse(text, strlen(text), &s) == strlen(text), "bad time in the test: %s", text);
    return s.ns;
}

static struct oc_calendar *open_calendar(const char *name)
{
    struct oc_calendar *c = NULL;
    struct oc_err err = { 0 };

    CHECK(oc_calendar_open(name, &c, &err) == 0, "%s: %s:%llu: %s", name, err.file, (unsigned long long)err.line, err.text);
    if (!c)
        exit(1);
    return c;
}

/* A file, unpacked if it is zstd; NULL without it.  To be freed. */
static char *slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    static char raw[1 << 20];

    if (!f)
        return NULL;
    const size_t n = fread(raw, 1, sizeof raw, f);
    fclose(f);
    const unsigned long long full = ZSTD_getFrameContentSize(raw, n);
    const bool packed = full < 16u << 20;
    char *text = calloc(1, (packed ? (size_t)full : n) + 1);
    if (!text || (packed ? ZSTD_isError(ZSTD_decompress(text, (size_t)full, raw, n)) : !memcpy(text, raw, n)))
        exit(1);
    return text;
}

/* ---- the lists of others -------------------------------------------------------------------------------------- */

static void holiday_list(const struct oc_calendar *c)
{
    const char *name = "XNYS is closed on exactly the days of nyse_holidays, 1928 to 2021";
    char *text = slurp(SHARED "nyse_holidays/nyse_all_full_day_holidays_since_1928.csv");
    static bool closed[60000];
    int y, m, d, used, count = 0;

    if (!text) {
        test_skip(name, "no " SHARED "nyse_holidays");
        return;
    }
    test_begin(name);
    const int32_t first = DAY(1928, 1, 1), last = DAY(2021, 7, 5);
    for (const char *p = text; sscanf(p, "%d/%d/%d%n", &m, &d, &y, &used) == 3; count++) {
        closed[DAY(y, m, d) - first] = true;
        p += used;
    }
    CHECK(count == 1117, "%d dates read", count);
    for (int32_t day = first; day <= last; day++) {
        const int32_t weekdays = day < DAY(1952, 9, 29) ? 6 : 5;
        const bool want = oc_time_weekday(day) < weekdays && !closed[day - first];
        CHECK(oc_calendar_is_session(c, day) == want, "%s: session %d", date_text(day), !want);
    }
    free(text);
    test_end();
}

static void session_list(const struct oc_calendar *c)
{
    const char *name = "XNYS opens and closes as in exchange_calendars, 1990 to 2023";
    char *text = slurp(SHARED "exchange_calendars/xnys.csv.zst");
    struct oc_session s = { 0 };
    struct oc_err err = { 0 };
    int count = 0, half_days = 0;

    if (!text) {
        test_skip(name, "no " SHARED "exchange_calendars");
        return;
    }
    test_begin(name);
    int32_t before = DAY(1990, 1, 1);
    for (char *p = strchr(text, '\n') + 1; *p; p = strchr(p, '\n') + 1, count++) {
        struct oc_stamp label, open, close;
        char *comma = strchr(p, ','), *comma2 = strchr(comma + 1, ',');
        CHECK(oc_time_parse(p, 20, &label) && oc_time_parse(comma + 1, 20, &open) && oc_time_parse(comma2 + 1, 20, &close),
              "row %d cannot be read", count);
        const int32_t date = oc_time_date(label.ns);
        CHECK(oc_calendar_session(c, date, &s, &err) == 0 && s.open == open.ns && s.close == close.ns, "%s: %s to %s %s",
              date_text(date), show(s.open), show(s.close), err.text);
        for (int32_t d = before + 1; d < date; d++)
            CHECK(!oc_calendar_is_session(c, d), "%s is a session", date_text(d));
        half_days += s.early;
        before = date;
    }
    CHECK(count == 8324 && half_days == 69, "%d sessions, %d half days", count, half_days);
    free(text);
    test_end();
}

static void currency_list(const struct oc_calendar *c)
{
    const char *name = "FX_24_5 has the sessions of exchange_calendars, 2018";
    char *text = slurp(SHARED "exchange_calendars/24-5.csv");

    if (!text) {
        test_skip(name, "no " SHARED "exchange_calendars");
        return;
    }
    test_begin(name);
    int count = 0;
    for (char *p = strchr(text, '\n') + 1; *p; p = strchr(p, '\n') + 1, count++) {
        int32_t date = 0;
        CHECK(oc_time_parse_date(p, 10, &date) && oc_calendar_is_session(c, date), "%.10s is no session", p);
    }
    CHECK(count == oc_calendar_count(c, DAY(2018, 1, 1), DAY(2019, 1, 1)), "%d in the list", count);
    free(text);
    test_end();
}

/* ---- the rules ------------------------------------------------------------------------------------------------ */

static int32_t nth_weekday(int y, int m, int weekday, int n)
{
    const int32_t first = DAY(y, m, 1);

    return first + (weekday - oc_time_weekday(first) + 7) % 7 + 7 * (n - 1);
}

/* Easter Sunday by the epact (the church's own reckoning, Clavius 1603), not by the formula the file was made with. */
static int32_t easter(int y)
{
    const int golden = y % 19 + 1, century = y / 100 + 1;
    const int x = 3 * century / 4 - 12, z = (8 * century + 5) / 25 - 5;
    int epact = ((11 * golden + 20 + z - x) % 30 + 30) % 30;
    if ((epact == 25 && golden > 11) || epact == 24)
        epact++;
    int n = 44 - epact;                     /* March day of the full moon */
    n += n < 21 ? 30 : 0;
    const int32_t moon = DAY(y, 3, 1) + n - 1;
    return moon + 7 - (oc_time_weekday(moon) + 1) % 7;
}

static bool is_observed(int32_t day, int y, int m, int d)
{
    const int32_t date = DAY(y, m, d), w = oc_time_weekday(date);

    return day == date + (w == 6) - (w == 5);
}

static bool by_rule_closed(int32_t day)
{
    const int y = oc_time_civil(day).year;
    const int32_t jan1 = DAY(y, 1, 1);

    return oc_time_weekday(day) > 4 || day == jan1 || (day == jan1 + 1 && oc_time_weekday(jan1) == 6)
        || day == nth_weekday(y, 1, 0, 3) || day == nth_weekday(y, 2, 0, 3) || day == easter(y) - 2
        || day == nth_weekday(y, 6, 0, 1) - 7 || (y >= 2022 && is_observed(day, y, 6, 19)) || is_observed(day, y, 7, 4)
        || day == nth_weekday(y, 9, 0, 1) || day == nth_weekday(y, 11, 3, 4) || is_observed(day, y, 12, 25);
}

static bool by_rule_early(int32_t day)
{
    const int y = oc_time_civil(day).year;
    const int32_t july4 = oc_time_weekday(DAY(y, 7, 4)), christmas = oc_time_weekday(DAY(y, 12, 25));

    return day == nth_weekday(y, 11, 3, 4) + 1 || (day == DAY(y, 7, 3) && july4 >= 1 && july4 <= 4)
        || (day == DAY(y, 12, 24) && christmas >= 1 && christmas <= 4);
}

static void rules(const struct oc_calendar *c)
{
    static const int special[][3] = { { 2001, 9, 11 }, { 2001, 9, 12 }, { 2001, 9, 13 }, { 2001, 9, 14 }, { 2004, 6, 11 },
        { 2007, 1, 2 }, { 2012, 10, 29 }, { 2012, 10, 30 }, { 2018, 12, 5 }, { 2025, 1, 9 } };
    struct oc_session s = { 0 };
    struct oc_err err = { 0 };

    test_begin("XNYS holidays 1998 to 2050 and half days 2013 to 2050 follow the rules");
    for (int32_t day = DAY(1998, 1, 1); day < DAY(2051, 1, 1); day++) {
        bool closed = by_rule_closed(day);
        for (size_t i = 0; i < sizeof special / sizeof *special; i++)
            closed = closed || day == DAY(special[i][0], special[i][1], special[i][2]);
        CHECK(oc_calendar_is_session(c, day) == !closed, "%s: by rule closed %d", date_text(day), closed);
        if (closed || day < DAY(2013, 1, 1))
            continue;
        CHECK(oc_calendar_session(c, day, &s, &err) == 0 && s.early == by_rule_early(day), "%s: early %d", date_text(day), s.early);
        /* 6 h 30 min or 3 h 30 min from 09:30 */
        CHECK(s.close - s.open == (s.early ? 210 : 390) * 60 * OC_TIME_SECOND, "%s: %s to %s", date_text(day), show(s.open),
              show(s.close));
    }
    test_end();
}

/* ---- known days ----------------------------------------------------------------------------------------------- */

static const struct { const char *calendar; int y, m, d; const char *open, *close; } known[] = {
    { "XNYS", 2001, 9, 10, "2001-09-10T13:30:00Z", "2001-09-10T20:00:00Z" },
    { "XNYS", 2001, 9, 17, "2001-09-17T13:30:00Z", "2001-09-17T20:00:00Z" },
    { "XNYS", 1987, 10, 19, "1987-10-19T13:30:00Z", "1987-10-19T20:00:00Z" },
    { "XNYS", 1929, 10, 29, "1929-10-29T15:00:00Z", "1929-10-29T20:00:00Z" },
    { "XNYS", 1952, 5, 24, "1952-05-24T14:00:00Z", "1952-05-24T16:00:00Z" },
    { "XNYS", 2024, 11, 29, "2024-11-29T14:30:00Z", "2024-11-29T18:00:00Z" },
    { "XNYS", 2025, 12, 24, "2025-12-24T14:30:00Z", "2025-12-24T18:00:00Z" },
    { "XNYS", 1997, 12, 26, "1997-12-26T14:30:00Z", "1997-12-26T18:00:00Z" },
    { "XNYS", 2021, 12, 31, "2021-12-31T14:30:00Z", "2021-12-31T21:00:00Z" },
    { "XCBO", 2022, 6, 10, "2022-06-10T13:30:00Z", "2022-06-10T20:15:00Z" },
    { "XCBO", 2022, 11, 25, "2022-11-25T14:30:00Z", "2022-11-25T18:15:00Z" },
    { "CME_GLOBEX", 2024, 3, 11, "2024-03-10T22:00:00Z", "2024-03-11T21:00:00Z" },
    { "FX_24_5", 2024, 3, 11, "2024-03-10T21:00:00Z", "2024-03-11T21:00:00Z" },
    { "CRYPTO_24_7", 2024, 2, 29, "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z" },
    { "XNYS", 2012, 10, 29, NULL, NULL }, { "XNYS", 2012, 10, 30, NULL, NULL }, { "XNYS", 2025, 1, 9, NULL, NULL },
    { "XNYS", 2018, 12, 5, NULL, NULL }, { "XNYS", 2004, 6, 11, NULL, NULL }, { "XNYS", 2007, 1, 2, NULL, NULL },
    { "XNYS", 2022, 6, 20, NULL, NULL }, { "XNYS", 2021, 6, 18, "2021-06-18T13:30:00Z", "2021-06-18T20:00:00Z" },
    { "XNYS", 1998, 1, 19, NULL, NULL }, { "XNYS", 1997, 1, 20, "1997-01-20T14:30:00Z", "1997-01-20T21:00:00Z" },
    { "XCBO", 2025, 1, 9, NULL, NULL }, { "FX_24_5", 2024, 3, 10, NULL, NULL },
};

static void known_days(void)
{
    test_begin("known sessions, half days and closings");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct oc_calendar *c = open_calendar(known[i].calendar);
        struct oc_session s = { 0 };
        struct oc_err err = { 0 };
        const int32_t day = DAY(known[i].y, known[i].m, known[i].d);
        const int rc = oc_calendar_session(c, day, &s, &err);
        CHECK((rc == 0) == (known[i].open != NULL), "%s %s: %d %s", known[i].calendar, date_text(day), rc, err.text);
        if (rc == 0 && known[i].open)
            CHECK(s.open == at(known[i].open) && s.close == at(known[i].close), "%s %s: %s to %s", known[i].calendar,
                  date_text(day), show(s.open), show(s.close));
        oc_calendar_free(c);
    }
    test_end();
}

static void cboe(const struct oc_calendar *x, const struct oc_calendar *c)
{
    struct oc_session a = { 0 }, b = { 0 };
    struct oc_err err = { 0 };

    test_begin("XCBO: sessions of XNYS, 15 minutes longer, settled with the stocks");
    for (int32_t day = DAY(1990, 1, 1); day < DAY(2051, 1, 1); day++) {
        CHECK(oc_calendar_is_session(x, day) == oc_calendar_is_session(c, day), "%s: one is open", date_text(day));
        if (!oc_calendar_is_session(x, day))
            continue;
        oc_calendar_session(x, day, &a, &err);
        oc_calendar_session(c, day, &b, &err);
        CHECK(b.close == a.close + 900 * OC_TIME_SECOND && b.pm == a.close && b.am == a.open && b.open == a.open
              && a.pm == a.close && a.am == a.open && a.early == b.early, "%s: XNYS to %s, XCBO to %s, PM %s", date_text(day),
              show(a.close), show(b.close), show(b.pm));
    }
    test_end();
}

static void globex(const struct oc_calendar *nyse)
{
    struct oc_calendar *g = open_calendar("CME_GLOBEX"), *x = open_calendar("CME_GLOBEX_FX");
    struct oc_session s = { 0 }, n = { 0 };
    struct oc_err err = { 0 };
    const int64_t noon = 20 * 3600 * OC_TIME_SECOND, minutes = 60 * OC_TIME_SECOND;     /* from the opening at 17:00-1 */

    test_begin("CME_GLOBEX: closed or short on the stocks' holidays since 2014, short on their half days, and on no other day");
    for (int32_t day = DAY(2014, 1, 1); day < DAY(2051, 1, 1); day++) {
        const bool weekday = oc_time_weekday(day) < 5, stocks = oc_calendar_is_session(nyse, day);
        CHECK(oc_calendar_is_session(g, day) || !stocks, "%s: closed, and stocks trade", date_text(day));
        CHECK(weekday || !oc_calendar_is_session(g, day), "%s: a weekend", date_text(day));
        if (!oc_calendar_is_session(g, day) || oc_calendar_session(g, day, &s, &err))
            continue;
        const int64_t length = s.close - s.open;
        const bool half = stocks && oc_calendar_session(nyse, day, &n, &err) == 0 && n.early;
        CHECK(s.early == (!stocks || half), "%s: early %d, stocks %d", date_text(day), s.early, stocks);
        CHECK(!half || length == noon - 45 * minutes, "%s: %s", date_text(day), show(s.close));
        CHECK(stocks || length == noon - 60 * minutes || length == noon - 285 * minutes || length == noon - 270 * minutes, "%s: %s",
              date_text(day), show(s.close));
        CHECK(s.pm <= s.close && s.am <= s.close, "%s settles behind its end", date_text(day));
        CHECK(day < DAY(2020, 1, 1) || oc_calendar_is_session(x, day), "%s: currencies are closed", date_text(day));
    }
    CHECK(oc_calendar_session(x, DAY(2024, 1, 15), &s, &err) == 0 && !s.early, "currencies trade on Martin Luther King's day");
    oc_calendar_free(g);
    oc_calendar_free(x);
    test_end();
}

static void parts(const struct oc_calendar *c)
{
    static const struct { const char *at; enum oc_calendar_part part; } known_part[] = {
        { "2024-07-02T07:59:59.999999999Z", OC_PART_CLOSED }, { "2024-07-02T08:00:00Z", OC_PART_PRE },
        { "2024-07-02T13:29:59.999999999Z", OC_PART_PRE }, { "2024-07-02T13:30:00Z", OC_PART_REGULAR },
        { "2024-07-02T20:00:00Z", OC_PART_AFTER }, { "2024-07-02T23:59:59Z", OC_PART_AFTER },
        { "2024-07-03T00:00:00Z", OC_PART_CLOSED }, { "2024-07-03T17:00:00Z", OC_PART_AFTER },
        { "2024-07-03T20:59:59Z", OC_PART_AFTER }, { "2024-07-03T21:00:00Z", OC_PART_CLOSED },
        { "2024-07-04T15:00:00Z", OC_PART_CLOSED }, { "2024-07-06T15:00:00Z", OC_PART_CLOSED },
        { "2024-01-02T09:00:00Z", OC_PART_PRE }, { "2024-01-02T08:59:59Z", OC_PART_CLOSED },
        { "2005-12-30T12:00:00Z", OC_PART_CLOSED }, { "2006-01-03T12:00:00Z", OC_PART_PRE },
    };
    struct oc_session s;
    int64_t pre, after;

    test_begin("parts of a day: before, in and after the session, half days, summer and winter");
    for (size_t i = 0; i < sizeof known_part / sizeof *known_part; i++)
        CHECK(oc_calendar_part(c, at(known_part[i].at), &s) == known_part[i].part, "%s: %d", known_part[i].at,
              (int)oc_calendar_part(c, at(known_part[i].at), &s));
    struct oc_calendar *fx = open_calendar("FX_24_5");
    CHECK(oc_calendar_part(fx, at("2024-07-02T15:00:00Z"), &s) == OC_PART_REGULAR && !oc_calendar_extended(fx, &s, &pre, &after),
          "a calendar without extended hours");
    oc_calendar_free(fx);
    test_end();
}

/* ---- arithmetic ----------------------------------------------------------------------------------------------- */

static void arithmetic(const struct oc_calendar *c)
{
    struct oc_session s;
    struct oc_err err = { 0 };
    int32_t first, last, got = 0, count = 0;

    test_begin("steps, counts and the session of an instant agree with a walk");
    oc_calendar_covers(c, &first, &last);
    for (int32_t day = first; day <= last; day++) {
        CHECK(oc_calendar_count(c, first, day) == count, "%s: %d sessions before", date_text(day), count);
        count += oc_calendar_is_session(c, day);
    }
    CHECK(oc_calendar_count(c, INT32_MIN, INT32_MAX) == count && oc_calendar_count(c, last, first) < 0, "count of all");
    for (int32_t day = DAY(2000, 1, 1); day < DAY(2010, 1, 1); day++) {
        int32_t next = day + 1, before = day - 1;
        while (!oc_calendar_is_session(c, next))
            next++;
        while (!oc_calendar_is_session(c, before))
            before--;
        CHECK(oc_calendar_step(c, day, 1, &got, &err) == 0 && got == next, "after %s: %s", date_text(day), date_text(got));
        CHECK(oc_calendar_step(c, day, -1, &got, &err) == 0 && got == before, "before %s: %s", date_text(day), date_text(got));
        CHECK(oc_calendar_step(c, day, 0, &got, &err) == 0 && got == (oc_calendar_is_session(c, day) ? day : before), "at %s: %s",
              date_text(day), date_text(got));
        CHECK(oc_calendar_step(c, next, -250, &got, &err) == 0 && oc_calendar_count(c, got, next) == 250, "250 before %s",
              date_text(next));
    }
    CHECK(oc_calendar_step(c, last, 10, &got, &err) == -1 && strstr(err.text, "covers"), "a step beyond the end");
    CHECK(oc_calendar_step(c, first - 1, 1, &got, &err) == -1, "a date before the beginning");
    CHECK(!oc_calendar_is_session(c, INT32_MIN) && !oc_calendar_is_session(c, INT32_MAX), "sessions at the ends of time");
    CHECK(oc_calendar_at(c, at("2024-07-03T16:59:59.999999999Z"), &s) && s.date == DAY(2024, 7, 3) && s.early, "open");
    CHECK(!oc_calendar_at(c, at("2024-07-03T17:00:00Z"), &s) && !oc_calendar_at(c, at("2024-07-03T13:29:59Z"), &s)
          && !oc_calendar_at(c, INT64_MAX, &s) && !oc_calendar_at(c, -INT64_MAX, &s), "closed");
    struct oc_calendar *g = open_calendar("CME_GLOBEX");
    CHECK(oc_calendar_at(g, at("2024-03-10T23:00:00Z"), &s) && s.date == DAY(2024, 3, 11), "Sunday evening is Monday's session");
    CHECK(!oc_calendar_at(g, at("2024-03-10T21:59:59Z"), &s), "Sunday afternoon");
    oc_calendar_free(g);
    test_end();
}

/* ---- expiry --------------------------------------------------------------------------------------------------- */

static const struct { const char *calendar; int y, m, d; const char *settle, *want; } expiries[] = {
    { "XCBO", 2022, 6, 10, "PM", "2022-06-10T20:00:00Z" },      /* SPXW */
    { "XCBO", 2022, 6, 17, "AM", "2022-06-17T13:30:00Z" },      /* SPX, third Friday */
    { "XCBO", 2022, 12, 16, "AM", "2022-12-16T14:30:00Z" },
    { "XCBO", 2022, 11, 25, "PM", "2022-11-25T18:00:00Z" },     /* half day: 13:00, not 13:15 */
    { "XNYS", 2022, 11, 25, "PM", "2022-11-25T18:00:00Z" },
    { "XCBO", 2014, 12, 20, "PM", "2014-12-19T21:00:00Z" },     /* a Saturday of the old monthlies */
    { "XCBO", 2014, 12, 20, "AM", "2014-12-19T14:30:00Z" },
    { "XCBO", 2014, 4, 19, "AM", "2014-04-17T13:30:00Z" },      /* Saturday behind a Good Friday */
    { "XNYS", 2019, 4, 19, "PM", "2019-04-18T20:00:00Z" },      /* a Good Friday */
    { "XCBO", 2022, 6, 10, "15:00", "2022-06-10T19:00:00Z" },
    { "CRYPTO_24_7", 2020, 5, 22, "08:00", "2020-05-22T08:00:00Z" },    /* Deribit */
    { "CRYPTO_24_7", 2020, 5, 22, "PM", "2020-05-23T00:00:00Z" },
    { "CME_GLOBEX", 2024, 3, 15, "AM", "2024-03-15T13:30:00Z" },
    { "FX_24_5", 2024, 3, 15, "10:00", "2024-03-15T14:00:00Z" },
    { "XCBO", 2060, 1, 2, "PM", NULL }, { "XCBO", 1980, 1, 2, "PM", NULL },
};

static void expiry(void)
{
    static const char *const bad[] = { "", "pmm", "P", "25:00", "24:01", "9:30", "09:60", "0930", "XM", "09-30" };
    int32_t settle = 0;

    test_begin("instants of expiry: AM, PM, half days, Saturdays, holidays");
    for (size_t i = 0; i < sizeof expiries / sizeof *expiries; i++) {
        struct oc_calendar *c = open_calendar(expiries[i].calendar);
        struct oc_expiry_cache cache = { .cal = c };
        struct oc_err err = { 0 };
        int64_t ns = 0, again = 1;
        const int32_t day = DAY(expiries[i].y, expiries[i].m, expiries[i].d);
        CHECK(oc_expiry_settle(expiries[i].settle, strlen(expiries[i].settle), &settle) == 0, "%s", expiries[i].settle);
        const int rc = oc_expiry_instant(c, day, settle, &ns, &err);
        CHECK((rc == 0) == (expiries[i].want != NULL) && (rc || ns == at(expiries[i].want)), "%s %s %s: %s %s",
              expiries[i].calendar, date_text(day), expiries[i].settle, show(ns), err.text);
        for (int k = 0; k < 2; k++)
            CHECK(oc_expiry_lookup(&cache, day, settle, &again, &err) == rc && (rc || again == ns), "lookup %d: %s", k, show(again));
        oc_calendar_free(c);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_expiry_settle(bad[i], strlen(bad[i]), &settle) == -1, "'%s' read as %d", bad[i], settle);
    test_end();
}

static void column(const struct oc_calendar *c)
{
    enum { N = 5000 };
    static int32_t date[N], settle[N];
    static int64_t ns[N];
    struct oc_expiry_cache cache = { .cal = c };
    struct oc_err err = { 0 };
    uint32_t x = 7;

    test_begin("a column of expiries is what each gives alone");
    for (int i = 0; i < N; i++) {
        x = x * 1664525u + 1013904223u;
        date[i] = DAY(2020, 1, 1) + (int32_t)(x >> 16) % 800;
        settle[i] = x >> 8 & 1 ? OC_EXPIRY_AM : x >> 9 & 1 ? OC_EXPIRY_PM : (int32_t)(x >> 10) % 1441;
    }
    CHECK(oc_expiry_column(&cache, N, date, settle, ns, &err) == N, "%s", err.text);
    for (int i = 0; i < N; i++) {
        int64_t want = 0;
        CHECK(oc_expiry_instant(c, date[i], settle[i], &want, &err) == 0 && want == ns[i], "%s %d: %s, alone %s",
              date_text(date[i]), settle[i], show(ns[i]), show(want));
    }
    date[4000] = DAY(2051, 1, 1);
    CHECK(oc_expiry_column(&cache, N, date, NULL, ns, &err) == 4000 && strstr(err.text, "2051-01-01"), "%s", err.text);
    test_end();
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

#define HEAD "oc-calendar 1\nid T\nversion 1\ntitle t\nzone UTC\ncovers 2024-01-01 2024-12-31\n"

static const struct { const char *text; unsigned line; } broken[] = {
    { "", 0 }, { "id XNYS\n", 1 }, { "oc-calendar 2\n", 1 }, { HEAD, 0 }, { HEAD "hours 2024-01-01 mon-fri 09:30\n", 7 },
    { HEAD "hours 2024-01-01 mon-fri 16:00 09:30\n", 7 }, { HEAD "hours 2024-01-01 fri-mon 09:30 16:00\n", 7 },
    { HEAD "hours 2023-12-31 mon-fri 09:30 16:00\n", 7 }, { HEAD "hours 2024-01-01 mon-fri 9:30 16:00\n", 7 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 24:01\n", 7 }, { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nclosed 2024 01-06\n", 8 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nclosed 2024 01-05 01-05\n", 8 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nclosed 2024 02-30\n", 8 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nclosed 2025 01-02\n", 8 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nearly 2024 17:00 07-03\n", 8 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nearly 2024 13:00 07-03 07-03\n", 8 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nclosed 2024 01-05\nhours 2024-06-01 sat 10:00 12:00\n", 9 },
    { HEAD "zone UTC\n", 7 }, { HEAD "id U\n", 7 }, { HEAD "covers 2024-01-01 2024-12-31\n", 7 }, { HEAD "holiday 2024\n", 7 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nextended 2024-01-01 16:00 04:00 04:00\n", 8 },
    { HEAD "hours 2024-01-01 mon-fri 09:30 16:00\nextended 2024-01-01 04:00 20:00\n", 8 },
    { HEAD "extended 2024-01-01 04:00 20:00 17:00\nextended 2024-01-01 04:00 20:00 17:00\n", 8 },
    { "oc-calendar 1\nzone Nowhere/City\n", 2 }, { "oc-calendar 1\nid T\nhours 2024-01-01 mon-fri 09:30 16:00\n", 3 },
    { "oc-calendar 1\ncovers 1000-01-01 9000-01-01\n", 2 },
};

static void files(void)
{
    struct oc_calendar *c = NULL;
    struct oc_err err = { 0 };

    test_begin("files that contradict themselves are refused with their line; names");
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        c = NULL;
        CHECK(oc_calendar_read("t.cal", broken[i].text, strlen(broken[i].text), &c, &err) == -1 && err.line == broken[i].line
              && err.code == OC_FORMAT, "text %zu: line %llu: %s", i, (unsigned long long)err.line, err.text);
        oc_calendar_free(c);
    }
    const char *good = HEAD "hours 2024-01-01 mon-fri 09:30 16:00 # a comment\n";
    c = NULL;
    CHECK(oc_calendar_read("t.cal", good, strlen(good), &c, &err) == 0, "%s", err.text);
    CHECK(c && strcmp(oc_calendar_id(c), "T") == 0 && strcmp(oc_calendar_version(c), "1") == 0
          && strcmp(oc_calendar_title(c), "t") == 0, "id, version or title");
    oc_calendar_free(c);
    CHECK(oc_calendar_open("NOSUCH", &c, &err) == -1 && strstr(err.text, "NOSUCH"), "%s", err.text);
    CHECK(oc_calendar_open("xnys", &c, &err) == -1 && err.code == OC_USAGE, "%s", err.text);
    CHECK(oc_calendar_open("..", &c, &err) == -1 && err.code == OC_USAGE, "%s", err.text);
    CHECK(oc_calendar_open("/no/such/file", &c, &err) == -1 && err.code == OC_IO, "%s", err.text);
    test_end();
}

int main(void)
{
    if (access("libcore/market/data/calendars", R_OK) == 0)     /* whatever the build directory */
        setenv("OC_DATA", "libcore/market/data", 0);
    test_begin("the calendars open");
    struct oc_calendar *nyse = open_calendar("XNYS"), *xcbo = open_calendar("XCBO"), *fx = open_calendar("FX_24_5");
    test_end();

    holiday_list(nyse);
    session_list(nyse);
    currency_list(fx);
    rules(nyse);
    known_days();
    cboe(nyse, xcbo);
    globex(nyse);
    parts(nyse);
    arithmetic(nyse);
    expiry();
    column(xcbo);
    files();
    oc_calendar_free(nyse);
    oc_calendar_free(xcbo);
    oc_calendar_free(fx);
    return test_done();
}
