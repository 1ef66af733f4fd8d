/*
 * record_cell - values of cells: what is read, what is missing, what is refused and why; and the loops over columns
 * against the functions for one value.
 */
#include "base/time.h"
#include "record/batch.h"
#include "record/cell.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct oc_reading plain(void) { return (struct oc_reading){ .na = oc_cell_na, .nna = OC_CELL_NNA }; }

static void numbers(void)
{
    static const struct { const char *s; int rc; double v; const char *why; } cases[] = {
        { "12.5", 1, 12.5, "" }, { " 12.5\t", 1, 12.5, "" }, { "", 0, 0, "" }, { "  ", 0, 0, "" }, { "NA", 0, 0, "" },
        { " N/A ", 0, 0, "" }, { "-", 0, 0, "" }, { "--", 0, 0, "" }, { "NaN", 0, 0, "" }, { "null", 0, 0, "" },
        { "NAN", -1, 0, "not a number" }, { "1e400", -1, 0, "out of range" }, { "x", -1, 0, "not a number" },
        { "1,5", -1, 0, "not a number" }, { "1 2", -1, 0, "not a number" }, { "0x1p3", -1, 0, "not a number" },
        { "inf", -1, 0, "not a number" }, { "$5", -1, 0, "not a number" }, { "-0.5e1", 1, -5, "" },
    };
    const struct oc_reading r = plain(), none = { 0 };

    test_begin("cell: numbers");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double v = 99;
        const char *why = "";
        const int rc = oc_cell_f64(&r, cases[i].s, strlen(cases[i].s), &v, &why);
        CHECK(rc == cases[i].rc && (rc != 1 || v == cases[i].v) && strstr(why, cases[i].why), "'%s': %d %g %s", cases[i].s,
              rc, v, why);
    }
    double v;
    const char *why = "";
    CHECK(oc_cell_f64(&none, "NA", 2, &v, &why) == -1, "NA is missing without --na");
    CHECK(oc_cell_scaled(&r, " 16.8 ", 6, "0.01", &v, &why) == 1 && v == 0.168, "16.8 * 0.01 = %.17g", v);
    CHECK(oc_cell_scaled(&r, "NA", 2, "0.01", &v, &why) == 0, "NA * 0.01");
    CHECK(oc_cell_scaled(&r, "1e400", 5, "1", &v, &why) == -1 && strstr(why, "range"), "1e400 * 1");
    test_end();
}

static void integers(void)
{
    static const struct { const char *s; int rc; int64_t v; const char *why; } cases[] = {
        { "12", 1, 12, "" }, { "-3", 1, -3, "" }, { "12.0", 1, 12, "" }, { "12.", 1, 12, "" }, { "", 0, 0, "" },
        { "NA", 0, 0, "" }, { "12.5", -1, 0, "whole" }, { "1e3", -1, 0, "whole" }, { "x", -1, 0, "not a number" },
        { "9223372036854775808", -1, 0, "range" }, { ".0", -1, 0, "whole" }, { "-.0", -1, 0, "whole" },
    };
    const struct oc_reading r = plain();

    test_begin("cell: whole numbers");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t v = 99;
        const char *why = "";
        const int rc = oc_cell_i64(&r, cases[i].s, strlen(cases[i].s), &v, &why);
        CHECK(rc == cases[i].rc && (rc != 1 || v == cases[i].v) && strstr(why, cases[i].why), "'%s': %d %lld %s",
              cases[i].s, rc, (long long)v, why);
    }
    test_end();
}

/* A zone five hours behind, with a gap at noon. */
static int local(const void *zone, int64_t t, int64_t *utc, const char **why)
{
    (void)zone;
    if (t / OC_TIME_SECOND % 86400 == 43200) {
        *why = "is in a gap";
        return -1;
    }
    *utc = t + 5 * 3600 * OC_TIME_SECOND;
    return 0;
}

static int at_close(const void *ctx, int32_t date, int64_t *utc, const char **why)
{
    (void)ctx;
    (void)why;
    *utc = (int64_t)date * OC_TIME_DAY + 21 * 3600 * OC_TIME_SECOND;
    return 0;
}

static void instants(void)
{
    enum { NOTHING, ZONE = 1, AT = 2, SECONDS = 4, MILLI = 8, NANO = 16 };
    static const struct { const char *s; int options, rc; int64_t v; const char *why; } cases[] = {
        { "2026-11-20T21:00:00Z", 0, 1, INT64_C(1795208400000000000), "" },
        { "2026-11-20 16:00:00.5-05:00", 0, 1, INT64_C(1795208400500000000), "" },
        { " 2026-11-20T21:00:00Z ", 0, 1, INT64_C(1795208400000000000), "" },
        { "2026-11-20T16:00:00", 0, -1, 0, "--tz" }, { "2026-11-20T16:00:00", ZONE, 1, INT64_C(1795208400000000000), "" },
        { "2026-11-20 12:00", ZONE, -1, 0, "gap" }, { "2026-11-20", ZONE, -1, 0, "--at" },
        { "2026-11-20", AT, 1, INT64_C(1795208400000000000), "" }, { "1795208400", 0, -1, 0, "--ts-unit" },
        { "1795208400", SECONDS, 1, INT64_C(1795208400000000000), "" },
        { "1795208400.25", SECONDS, 1, INT64_C(1795208400250000000), "" }, { "-0.5", SECONDS, 1, -500000000, "" },
        { ".5", SECONDS, 1, 500000000, "" }, { "1.", SECONDS, 1, 1000000000, "" },
        { "1795208400250", MILLI, 1, INT64_C(1795208400250000000), "" }, { "1.0000001", MILLI, -1, 0, "finer" },
        { "1.0000000", MILLI, 1, 1000000, "" }, { "1.0", NANO, 1, 1, "" }, { "1.5", NANO, -1, 0, "finer" },
        { "99999999999", SECONDS, -1, 0, "1677" }, { "99999999999999999999", SECONDS, -1, 0, "1677" },
        { "2026-13-20T21:00:00Z", 0, -1, 0, "month" }, { "yesterday", 0, -1, 0, "not a time" }, { "", 0, 0, 0, "" },
        { "NA", 0, 0, 0, "" }, { "2026-11-20T21:00:00Zx", 0, -1, 0, "" }, { "1e9", SECONDS, -1, 0, "not a time" },
        { "21:00", 0, -1, 0, "not a time" },
    };

    test_begin("cell: instants");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int o = cases[i].options;
        struct oc_reading r = plain();
        r.local = o & ZONE ? local : NULL;
        r.at = o & AT ? at_close : NULL;
        r.ts_unit = o & SECONDS ? 1000000000 : o & MILLI ? 1000000 : o & NANO ? 1 : 0;
        int64_t v = 99;
        const char *why = "";
        const int rc = oc_cell_time(&r, cases[i].s, strlen(cases[i].s), &v, &why);
        CHECK(rc == cases[i].rc && (rc != 1 || v == cases[i].v) && strstr(why, cases[i].why) && (rc >= 0 || *why),
              "'%s': %d %lld %s", cases[i].s, rc, (long long)v, why);
    }
    test_end();

    test_begin("cell: dates and flags");
    const struct oc_reading r = plain();
    int32_t d = 0;
    bool f = false;
    const char *why = "";
    CHECK(oc_cell_date(&r, " 2026-11-20", 11, &d, &why) == 1 && d == 20777, "date %d", d);
    CHECK(oc_cell_date(&r, "2026-11-31", 10, &d, &why) == -1 && oc_cell_date(&r, "11/20/2026", 10, &d, &why) == -1
          && oc_cell_date(&r, "2026-11-20T00:00Z", 17, &d, &why) == -1 && strstr(why, "YYYY-MM-DD"), "a bad date is read");
    CHECK(oc_cell_date(&r, "-", 1, &d, &why) == 0, "- is no missing date");
    CHECK(oc_cell_bool(&r, "true", 4, &f, &why) == 1 && f && oc_cell_bool(&r, "0", 1, &f, &why) == 1 && !f
          && oc_cell_bool(&r, " 1", 2, &f, &why) == 1 && f && oc_cell_bool(&r, "false", 5, &f, &why) == 1 && !f, "flags");
    CHECK(oc_cell_bool(&r, "", 0, &f, &why) == 0 && oc_cell_bool(&r, "yes", 3, &f, &why) == -1
          && oc_cell_bool(&r, "NA", 2, &f, &why) == -1, "no flags");
    test_end();
}

/* Cells one behind the other, as a block holds them. */
static void columns(void)
{
    static const char *const cells[] = { "12.5", "", "NA", "-7", " 3", "x", "2026-11-20T21:00:00Z", "2026-11-20",
                                         "1e400", "\"5\"", "2026-11-20T21:00:00Z", "2026-11-20", "2026-02-30", "9", "9",
                                         "2026-11-20T21:00:00", "123456789012345678901234567890", "-", " ", "1.50" };
    enum { N = sizeof cells / sizeof *cells };
    const struct oc_reading r = plain();
    char text[1024];
    uint32_t sep[N + 1], left[N];
    size_t n = 64, k;
    bool listed[N];
    const char *why = "";

    memset(text, '5', sizeof text);         /* digits all around: they must not be taken for the cell's */
    sep[0] = (uint32_t)n - 1;
    for (size_t i = 0; i < N; i++) {
        memcpy(text + n, cells[i], strlen(cells[i]));
        n += strlen(cells[i]);
        sep[i + 1] = (uint32_t)n++;
    }

#define LISTED() (memset(listed, 0, sizeof listed), (void)0); for (size_t i = 0; i < k; i++) listed[left[i]] = true
    test_begin("cell: columns of doubles");
    double f[N], f1;
    k = oc_cell_column_f64(&r, text, sep, 1, N, f, left);
    LISTED();
    for (size_t i = 0; i < N; i++) {
        const int rc = oc_cell_f64(&r, cells[i], strlen(cells[i]), &f1, &why);
        CHECK(listed[i] ? isnan(f[i]) && (rc < 0 || strchr("N-", cells[i][0])) : rc == 1 ? f[i] == f1 : isnan(f[i]),
              "'%s': %g, listed %d, alone %d %g", cells[i], f[i], listed[i], rc, f1);
    }
    test_end();

    test_begin("cell: columns of whole numbers, instants, dates");
    int64_t v[N], v1 = 0;
    k = oc_cell_column_i64(&r, text, sep, 1, N, v, left);
    LISTED();
    for (size_t i = 0; i < N; i++)
        CHECK(listed[i] ? v[i] == 0 : oc_cell_i64(&r, cells[i], strlen(cells[i]), &v1, &why) == 1 && v[i] == v1,
              "'%s' as whole number", cells[i]);
    CHECK(!listed[3] && !listed[13] && !listed[14], "plain whole numbers go the slow way");
    k = oc_cell_column_time(&r, text, sep, 1, N, v, left);
    LISTED();
    for (size_t i = 0; i < N; i++)
        CHECK(listed[i] ? v[i] == 0 : oc_cell_time(&r, cells[i], strlen(cells[i]), &v1, &why) == 1 && v[i] == v1,
              "'%s' as instant", cells[i]);
    CHECK(!listed[6] && !listed[10] && listed[15], "plain instants");
    int32_t d[N], d1 = 0;
    k = oc_cell_column_date(&r, text, sep, 1, N, d, left);
    LISTED();
    for (size_t i = 0; i < N; i++)
        CHECK(listed[i] ? d[i] == 0 : oc_cell_date(&r, cells[i], strlen(cells[i]), &d1, &why) == 1 && d[i] == d1,
              "'%s' as date", cells[i]);
    CHECK(!listed[7] && !listed[11] && listed[12], "plain dates");
    test_end();
#undef LISTED
}

/* Raw cells of CSV to text. */
static void texts(void)
{
    static const struct { const char *raw, *text; } cases[] = {
        { "", "" }, { "a b", "a b" }, { "\"\"", "" }, { "\"a,b\"", "a,b" }, { "\"say \"\"x\"\"\"", "say \"x\"" },
        { "\"\"\"\"", "\"" }, { "\"\"\"\"\"\"", "\"\"" }, { "\"\"\"a", "\"\"\"a" }, { "\"", "\"" }, { "a\"b", "a\"b" },
    };
    struct oc_buf scratch = { 0 };

    test_begin("cell: quotes of CSV undone");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        bool null = true;
        const char *s = oc_cell_text(OC_CELL_CSV, cases[i].raw, strlen(cases[i].raw), &scratch, &n, &null);
        CHECK(!null && n == strlen(cases[i].text) && memcmp(s, cases[i].text, n) == 0, "%s is %.*s", cases[i].raw, (int)n, s);
    }
    oc_buf_free(&scratch);
    test_end();
}

int main(void)
{
    numbers();
    integers();
    instants();
    columns();
    texts();
    return test_done();
}
