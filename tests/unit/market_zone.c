/* zone: published changes of clocks, folds and gaps, the C library as a second reader, damaged files. */
#include "market/zone.h"
#include "market/tzrule.h"
#include "base/time.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DIR "/usr/share/zoneinfo"

static int64_t at(const char *text)
{
    struct oc_stamp s = { 0 };

    CHECK(oc_time_parse(text, strlen(text), &s) == strlen(text), "bad time in the test: %s", text);
    return s.ns;
}

static const char *show(int64_t ns)
{
    static char text[4][OC_TIME_PRINT_MAX + 1];
    static int k;
    char *t = text[k++ % 4];

    t[oc_time_print(t, ns)] = '\0';
    return t;
}

/* The last second before a change and the first after it, with the offsets [s] on either side. */
static const struct { const char *zone, *change; int32_t before, after; } changes[] = {
    { "America/New_York", "2006-04-02T07:00:00Z", -18000, -14400 },     /* the old rule: first Sunday of April */
    { "America/New_York", "2006-10-29T06:00:00Z", -14400, -18000 },
    { "America/New_York", "2007-03-11T07:00:00Z", -18000, -14400 },     /* Energy Policy Act of 2005 */
    { "America/New_York", "2007-11-04T06:00:00Z", -14400, -18000 },
    { "America/New_York", "2040-03-11T07:00:00Z", -18000, -14400 },     /* by the rule of the footer */
    { "America/New_York", "2261-11-03T06:00:00Z", -14400, -18000 },
    { "America/New_York", "1883-11-18T17:00:00Z", -17762, -18000 },     /* railway time */
    { "America/Chicago", "2024-11-03T07:00:00Z", -18000, -21600 },
    { "Europe/London", "1971-10-31T02:00:00Z", 3600, 0 },               /* end of British Standard Time */
    { "Europe/Dublin", "2024-03-31T01:00:00Z", 0, 3600 },               /* winter time is the exception there */
    { "Europe/Dublin", "2024-10-27T01:00:00Z", 3600, 0 },
    { "Australia/Lord_Howe", "2024-04-06T15:00:00Z", 39600, 37800 },    /* half an hour */
    { "Australia/Lord_Howe", "2024-10-05T15:30:00Z", 37800, 39600 },
    { "Africa/Casablanca", "2024-03-10T02:00:00Z", 3600, 0 },           /* Ramadan */
    { "Africa/Casablanca", "2024-04-14T02:00:00Z", 0, 3600 },
    { "Pacific/Apia", "2011-12-30T10:00:00Z", -36000, 50400 },          /* 30 December was left out */
    { "Asia/Kathmandu", "1985-12-31T18:30:00Z", 19800, 20700 },
};

static void published(void)
{
    test_begin("published changes of clocks");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct oc_zone *z = NULL;
        struct oc_err err = { 0 };
        const int64_t t = at(changes[i].change);
        CHECK(oc_zone_open(changes[i].zone, &z, &err) == 0, "%s", err.text);
        if (!z)
            continue;
        CHECK(oc_zone_offset(z, t - 1, NULL) == changes[i].before && oc_zone_offset(z, t, NULL) == changes[i].after,
              "%s %s: %d then %d", changes[i].zone, changes[i].change, oc_zone_offset(z, t - 1, NULL),
              oc_zone_offset(z, t, NULL));
        oc_zone_free(z);
    }
    test_end();
}

static const struct { const char *zone, *local; enum oc_zone_hit hit; const char *earlier, *later; } clocks[] = {
    { "America/New_York", "2022-06-10T16:00:00Z", OC_ZONE_ONE, "2022-06-10T20:00:00Z", "2022-06-10T20:00:00Z" },
    { "America/New_York", "2024-11-03T01:30:00.25Z", OC_ZONE_FOLD, "2024-11-03T05:30:00.25Z", "2024-11-03T06:30:00.25Z" },
    { "America/New_York", "2024-11-03T02:00:00Z", OC_ZONE_ONE, "2024-11-03T07:00:00Z", "2024-11-03T07:00:00Z" },
    { "America/New_York", "2024-11-03T00:59:59.999999999Z", OC_ZONE_ONE, "2024-11-03T04:59:59.999999999Z",
      "2024-11-03T04:59:59.999999999Z" },
    { "America/New_York", "2024-03-10T02:30:00Z", OC_ZONE_GAP, "2024-03-10T07:00:00Z", "2024-03-10T07:00:00Z" },
    { "America/New_York", "2024-03-10T03:00:00Z", OC_ZONE_ONE, "2024-03-10T07:00:00Z", "2024-03-10T07:00:00Z" },
    { "Australia/Lord_Howe", "2024-04-07T01:45:00Z", OC_ZONE_FOLD, "2024-04-06T14:45:00Z", "2024-04-06T15:15:00Z" },
    { "Australia/Lord_Howe", "2024-10-06T02:15:00Z", OC_ZONE_GAP, "2024-10-05T15:30:00Z", "2024-10-05T15:30:00Z" },
    { "Europe/Dublin", "2024-10-27T01:30:00Z", OC_ZONE_FOLD, "2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z" },
    { "Africa/Casablanca", "2024-03-10T02:30:00Z", OC_ZONE_FOLD, "2024-03-10T01:30:00Z", "2024-03-10T02:30:00Z" },
    { "Africa/Casablanca", "2024-04-14T02:30:00Z", OC_ZONE_GAP, "2024-04-14T02:00:00Z", "2024-04-14T02:00:00Z" },
    { "Pacific/Apia", "2011-12-30T12:00:00Z", OC_ZONE_GAP, "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z" },
    { "UTC", "2024-03-10T02:30:00Z", OC_ZONE_ONE, "2024-03-10T02:30:00Z", "2024-03-10T02:30:00Z" },
    { "GMT-5", "2024-03-10T02:30:00Z", OC_ZONE_ONE, "2024-03-10T07:30:00Z", "2024-03-10T07:30:00Z" },
    { "+05:30", "2024-03-10T02:30:00Z", OC_ZONE_ONE, "2024-03-09T21:00:00Z", "2024-03-09T21:00:00Z" },
};

static void wall_clocks(void)
{
    int64_t ns;

    test_begin("wall clocks: one instant, two, or none");
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
        for (int late = 0; late < 2; late++) {
            struct oc_zone *z = NULL;
            struct oc_err err = { 0 };
            CHECK(oc_zone_open(clocks[i].zone, &z, &err) == 0, "%s", err.text);
            if (!z)
                continue;
            ns = 0;
            const enum oc_zone_hit hit = oc_zone_instant(z, at(clocks[i].local), late ? OC_ZONE_LATER : OC_ZONE_EARLIER, &ns);
            CHECK(hit == clocks[i].hit && ns == at(late ? clocks[i].later : clocks[i].earlier), "%s %s: hit %d, %s",
                  clocks[i].zone, clocks[i].local, hit, show(ns));
            if (hit != OC_ZONE_GAP)
                CHECK(oc_zone_local(z, ns) == at(clocks[i].local), "%s %s: local %s", clocks[i].zone, clocks[i].local,
                      show(oc_zone_local(z, ns)));
            oc_zone_free(z);
        }
    test_end();
}

static void against_libc(void)
{
    static const char *const zones[] = { "America/New_York", "America/Chicago", "Europe/London", "Europe/Dublin",
        "Europe/Berlin", "Asia/Tokyo", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca",
        "Pacific/Chatham", "America/St_Johns", "Asia/Tehran", "Antarctica/Troll", "America/Godthab", "Asia/Gaza" };
    uint64_t x = 12345;

    test_begin("offsets and abbreviations agree with the C library's localtime");
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        struct oc_zone *z = NULL;
        struct oc_err err = { 0 };
        CHECK(oc_zone_open(zones[i], &z, &err) == 0, "%s", err.text);
        if (!z)
            continue;
        setenv("TZ", zones[i], 1);
        tzset();
        for (int k = 0; k < 5000; k++) {
            x = x * 6364136223846793005u + 1442695040888963407u;
            const time_t t = (time_t)(x >> 33) * 4 - 2200000000;        /* 1900 to 2170 */
            struct tm tm;
            const char *abbr = "";
            localtime_r(&t, &tm);
            const int32_t off = oc_zone_offset(z, (int64_t)t * OC_TIME_SECOND, &abbr);
            CHECK(off == tm.tm_gmtoff && strcmp(abbr, tm.tm_zone) == 0, "%s %s: %d %s, libc %ld %s", zones[i],
                  show((int64_t)t * OC_TIME_SECOND), off, abbr, tm.tm_gmtoff, tm.tm_zone);
        }
        oc_zone_free(z);
    }
    setenv("TZ", "UTC", 1);
    tzset();
    test_end();
}

static const struct { const char *rule; int32_t year; const char *dst, *standard; } rules[] = {
    { "EST5EDT,M3.2.0,M11.1.0", 2024, "2024-03-10T07:00:00Z", "2024-11-03T06:00:00Z" },
    { "IST-1GMT0,M10.5.0,M3.5.0/1", 2024, "2024-10-27T01:00:00Z", "2024-03-31T01:00:00Z" },
    { "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2024, "2024-10-05T15:30:00Z", "2024-04-06T15:00:00Z" },
    { "EET-2EEST,M3.4.4/50,M10.4.4/50", 2024, "2024-03-30T00:00:00Z", "2024-10-25T23:00:00Z" },
    { "AAA0BBB,J60/0,J366", 2024, NULL, NULL },
    { "AAA0BBB,J60/0,59/-1", 2024, "2024-03-01T00:00:00Z", "2024-02-28T22:00:00Z" },
    { "AAA0BBB,J60/0,59/-1", 2023, "2023-03-01T00:00:00Z", "2023-02-28T22:00:00Z" },
    { "EST5EDT", 2024, NULL, NULL }, { "EST5EDT,M3.2.0", 2024, NULL, NULL }, { "ES5", 2024, NULL, NULL },
    { "EST5EDT,M13.2.0,M11.1.0", 2024, NULL, NULL }, { "EST5EDT,M3.2.0,M11.1.0x", 2024, NULL, NULL },
    { "EST25", 2024, NULL, NULL }, { "<-03", 2024, NULL, NULL }, { "", 2024, NULL, NULL },
};

static void posix_rules(void)
{
    test_begin("rules of footers");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct oc_tzrule r;
        const int rc = oc_tzrule_parse(rules[i].rule, strlen(rules[i].rule), &r);
        CHECK((rc == 0) == (rules[i].dst != NULL), "%s: %d", rules[i].rule, rc);
        if (rc || !rules[i].dst)
            continue;
        const int64_t d = oc_tzrule_change(&r, rules[i].year, 1), s = oc_tzrule_change(&r, rules[i].year, 0);
        CHECK(d * OC_TIME_SECOND == at(rules[i].dst) && s * OC_TIME_SECOND == at(rules[i].standard), "%s: %s %s",
              rules[i].rule, show(d * OC_TIME_SECOND), show(s * OC_TIME_SECOND));
    }
    test_end();
}

/* Conversions of a zone that came from damaged bytes must stay within what the header promises. */
static void exercise(const struct oc_zone *z, uint64_t seed)
{
    for (int i = 0; i < 20; i++) {
        int64_t ns = 0;
        seed = seed * 6364136223846793005u + 1;
        const int64_t t = i == 0 ? INT64_MIN + 1 : i == 1 ? INT64_MAX : (int64_t)seed;
        const char *abbr;
        const int32_t off = oc_zone_offset(z, t, &abbr);
        CHECK(off >= -93600 && off <= 93600 && strlen(abbr) < 12, "offset %d", off);
        (void)oc_zone_local(z, t);
        const enum oc_zone_hit hit = oc_zone_instant(z, t, OC_ZONE_EARLIER, &ns);
        if (hit == OC_ZONE_ONE || hit == OC_ZONE_FOLD)
            CHECK(oc_zone_local(z, ns) == t, "%lld: back %lld", (long long)t, (long long)oc_zone_local(z, ns));
    }
}

static void damaged(void)
{
    unsigned char bytes[8192], copy[8192];
    FILE *f = fopen(DIR "/Australia/Lord_Howe", "rb");
    uint64_t x = 99;
    int accepted = 0;

    test_begin("cut and damaged files");
    const size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    CHECK(n > 100, "cannot read the zone file");
    if (f)
        fclose(f);
    for (size_t cut = 0; cut < n; cut++) {
        struct oc_zone *z = NULL;
        struct oc_err err = { 0 };
        CHECK(oc_zone_read("cut", bytes, cut, &z, &err) == -1 && err.code == OC_FORMAT, "%zu of %zu bytes accepted", cut, n);
        oc_zone_free(z);
    }
    for (int i = 0; i < (getenv("OC_FULL") ? 2000000 : 20000); i++) {
        struct oc_zone *z = NULL;
        struct oc_err err = { 0 };
        memcpy(copy, bytes, n);
        for (int k = 0; k <= i % 4; k++) {
            x = x * 6364136223846793005u + 1442695040888963407u;
            /* half of the damage goes to the headers */
            const size_t where = (x >> 40) % (k % 2 ? n : 64);
            copy[where] = (unsigned char)(x >> 32);
        }
        if (oc_zone_read("damaged", copy, n, &z, &err) == 0) {
            accepted++;
            exercise(z, x);
            oc_zone_free(z);
        }
    }
    CHECK(accepted > 10, "only %d damaged files were read at all: the loop tests nothing", accepted);
    test_end();
}

static void names(void)
{
    static const char *const bad[] = { "", "../etc/passwd", "/etc/passwd", "America/../UTC", "America//New_York", "Nowhere/City",
        "+25:00", "UTC+5:3", "America/", "Europe/Berlin ", "right/UTC" };
    static const struct { const char *word, *zone; } words[] = { { "EDT", "-04:00" }, { "EST", "-05:00" },
        { "ET", "America/New_York" }, { "GMT-5", "GMT-5" }, { "UTC", "UTC" }, { "Z", "Z" }, { "-0400", "-0400" },
        { "Europe/Berlin", "Europe/Berlin" }, { "XYZ", NULL }, { "", NULL }, { "EDTX", NULL } };
    char zone[64];

    test_begin("names: refused ones, words behind times, version of the data");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct oc_zone *z = NULL;
        struct oc_err err = { 0 };
        CHECK(oc_zone_open(bad[i], &z, &err) == -1 && err.text[0], "'%s' was opened", bad[i]);
        oc_zone_free(z);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const int rc = oc_zone_word(words[i].word, strlen(words[i].word), zone, sizeof zone);
        CHECK((rc == 0) == (words[i].zone != NULL) && (rc || strcmp(zone, words[i].zone) == 0), "%s: %d %s", words[i].word,
              rc, rc ? "" : zone);
        struct oc_zone *z = NULL;
        struct oc_err err = { 0 };
        CHECK(rc || oc_zone_open(zone, &z, &err) == 0, "%s: %s", zone, err.text);
        oc_zone_free(z);
    }
    struct oc_zone *z = NULL;
    struct oc_err err = { 0 };
    CHECK(oc_zone_open("America/New_York", &z, &err) == 0 && strlen(oc_zone_version(z)) >= 5
          && strcmp(oc_zone_name(z), "America/New_York") == 0, "version '%s'", z ? oc_zone_version(z) : err.text);
    oc_zone_free(z);
    test_end();
}

int main(void)
{
    unsetenv("OC_ZONEINFO");
    unsetenv("TZDIR");
    posix_rules();
    if (access(DIR "/America/New_York", R_OK) != 0) {
        test_skip("zones", "no zoneinfo files in " DIR);
        return test_done();
    }
    published();
    wall_clocks();
    against_libc();
    damaged();
    names();
    return test_done();
}
