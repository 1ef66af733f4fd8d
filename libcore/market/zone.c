/*
 * zone - TZif files as one table of transitions: see zone.h.
 *
 * TZif header, 44 bytes, all numbers big-endian (RFC 8536, 3.1):
 *     0   4  "TZif"                20  4  isutcnt      32  4  timecnt
 *     4   1  version NUL 2 3 4     24  4  isstdcnt     36  4  typecnt
 *     5  15  unused                28  4  leapcnt      40  4  charcnt
 * data block, with times of 4 bytes in the first block and 8 in the second (version 2 and up):
 *     timecnt times, timecnt type numbers, typecnt x (offset 4, isdst 1, abbreviation index 1), charcnt characters,
 *     leapcnt x (time, correction 4), isstdcnt + isutcnt flags; then, behind the second block, "\n" rule "\n"
 */
#include "market/zone.h"

#include "base/buf.h"
#include "base/readfile.h"
#include "base/time.h"
#include "market/tzrule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LAST_YEAR 2262          /* int64 ns ends in April of it */
#define FIRST_SECOND (-INT64_C(9223372037))
#define MAX_FILE (64 * 1024)    /* the largest file of tzdata has 4 KiB */
#define MAX_OFFSET 93600        /* 26 h, the limit that RFC 8536 recommends */

struct type { int32_t offset; char abbr[12]; };

struct oc_zone {
    char name[64], version[32];
    size_t count;               /* transitions, from FIRST_SECOND on, strictly ascending */
    int64_t *at;                /* s since 1970 */
    uint16_t *is;               /* the type that holds from at[i] to at[i + 1] */
    struct type types[258];     /* the file's, and standard and daylight of the rule */
    size_t type_count;
};

/* ---- reading a file ------------------------------------------------------------------------------------------- */

struct block { uint32_t isut, isstd, leap, time, type, chars; size_t width; const uint8_t *data; size_t size; };

static uint32_t be32(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }

static int64_t be_time(const uint8_t *p, size_t width)
{
    if (width == 4)
        return (int32_t)be32(p);
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

/* The header at p and the size of the data behind it; -1 if they do not fit into n bytes. */
static int header(const uint8_t *p, size_t n, size_t width, struct block *b)
{
    if (n < 44 || memcmp(p, "TZif", 4) != 0)
        return -1;
    *b = (struct block){ be32(p + 20), be32(p + 24), be32(p + 28), be32(p + 32), be32(p + 36), be32(p + 40),
                         width, p + 44, 0 };
    /* counts are bounded before they are multiplied */
    if (b->isut > 256 || b->isstd > 256 || b->leap > MAX_FILE || b->time > MAX_FILE || b->type > 256 || b->chars > MAX_FILE)
        return -1;
    b->size = b->time * (width + 1) + b->type * (size_t)6 + b->chars + b->leap * (width + 4) + b->isstd + b->isut;
    return b->size <= n - 44 ? 0 : -1;
}

static int push(struct oc_zone *z, int64_t at, size_t type)
{
    if (z->count && at <= z->at[z->count - 1]) {    /* never at once: the later rule holds */
        z->is[z->count - 1] = (uint16_t)type;
        return 0;
    }
    if (z->count && z->is[z->count - 1] == type)
        return 0;
    if (z->count % 64 == 0) {
        int64_t *at2 = realloc(z->at, (z->count + 64) * sizeof *at2);
        z->at = at2 ? at2 : z->at;
        uint16_t *is2 = at2 ? realloc(z->is, (z->count + 64) * sizeof *is2) : NULL;
        z->is = is2 ? is2 : z->is;
        if (!is2)
            return -1;
    }
    z->at[z->count] = at;
    z->is[z->count++] = (uint16_t)type;
    return 0;
}

static const char *read_types(struct oc_zone *z, const struct block *b)
{
    const uint8_t *t = b->data + b->time * (b->width + 1), *chars = t + b->type * (size_t)6;

    if (b->type == 0 || b->chars == 0)
        return "it has no local time types";
    for (uint32_t i = 0; i < b->type; i++, t += 6) {
        const int32_t off = (int32_t)be32(t);
        const uint8_t *end = t[5] < b->chars ? memchr(chars + t[5], 0, b->chars - t[5]) : NULL;
        if (off < -MAX_OFFSET || off > MAX_OFFSET || t[4] > 1 || !end)
            return "a local time type is damaged";
        z->types[i].offset = off;
        snprintf(z->types[i].abbr, sizeof z->types[i].abbr, "%s", (const char *)chars + t[5]);
    }
    z->type_count = b->type;
    return NULL;
}

/* The file's own transitions; *last is the time of the last one. */
static const char *read_transitions(struct oc_zone *z, const struct block *b, int64_t *last)
{
    const uint8_t *types = b->data + b->time * b->width;

    if (push(z, FIRST_SECOND, 0))
        return "out of memory";
    for (uint32_t i = 0; i < b->time; i++) {
        const int64_t at = be_time(b->data + i * b->width, b->width);
        if ((i > 0 && at <= *last) || types[i] >= b->type)
            return "its transitions are damaged";
        *last = at;
        if (push(z, at < FIRST_SECOND ? FIRST_SECOND : at, types[i]))
            return "out of memory";
    }
    return NULL;
}

static size_t add_type(struct oc_zone *z, int32_t offset, const char *abbr)
{
    struct type *t = &z->types[z->type_count];

    t->offset = offset;
    snprintf(t->abbr, sizeof t->abbr, "%s", abbr);
    return z->type_count++;
}

/* What the rule of the footer says after the last transition of the file. */
static const char *extend(struct oc_zone *z, const char *p, size_t n, bool any, int64_t last)
{
    struct oc_tzrule rule;

    if (n == 0)                 /* RFC 8536: unspecified then; the last type goes on */
        return NULL;
    if (oc_tzrule_parse(p, n, &rule))
        return "its rule for the future is damaged";
    const size_t standard = add_type(z, rule.offset[0], rule.abbr[0]);
    if (!rule.has_dst)
        return push(z, any ? last : FIRST_SECOND, standard) ? "out of memory" : NULL;
    const size_t daylight = add_type(z, rule.offset[1], rule.abbr[1]);
    /* a last transition beyond int64 ns leaves nothing for the rule */
    const int64_t first = !any || last < FIRST_SECOND ? FIRST_SECOND : last > -FIRST_SECOND ? -FIRST_SECOND : last;
    for (int32_t y = oc_time_civil((int32_t)(first / 86400)).year - 1; y <= LAST_YEAR; y++) {
        const int64_t s = oc_tzrule_change(&rule, y, 0), d = oc_tzrule_change(&rule, y, 1);
        const bool s_first = s < d;
        for (int k = 0; k < 2; k++) {
            const bool to_standard = (k == 0) == s_first;
            const int64_t at = to_standard ? s : d;
            if (at > first && push(z, at, to_standard ? standard : daylight))
                return "out of memory";
        }
    }
    return NULL;
}

static const char *read_file(struct oc_zone *z, const uint8_t *p, size_t n)
{
    struct block b;
    int64_t last = 0;
    const char *rule = "", *why;
    size_t rule_len = 0;

    if (header(p, n, 4, &b))
        return "it is not a TZif file, or cut";
    const char version = (char)p[4];
    if (version != '\0' && (version < '2' || version > '4'))
        return "its version is not known";
    if (version != '\0') {
        const uint8_t *second = b.data + b.size;
        if (header(second, n - (size_t)(second - p), 8, &b) || (char)second[4] != version)
            return "its second part is not there, or cut";
        const char *foot = (const char *)b.data + b.size;
        const size_t left = n - (size_t)((const uint8_t *)foot - p);
        if (left < 2 || foot[0] != '\n' || foot[left - 1] != '\n' || memchr(foot + 1, '\n', left - 2))
            return "its footer is not there, or cut";
        rule = foot + 1;
        rule_len = left - 2;
    } else if (b.data + b.size != p + n) {
        return "it has bytes behind its end";
    }
    if (b.leap)
        return "it counts leap seconds, which instants here do not; use the zone without 'right/'";
    if ((b.isut && b.isut != b.type) || (b.isstd && b.isstd != b.type))
        return "its flags are damaged";
    if ((why = read_types(z, &b)) || (why = read_transitions(z, &b, &last)))
        return why;
    return extend(z, rule, rule_len, b.time > 0, last);
}

static struct oc_zone *new_zone(const char *name, struct oc_err *err)
{
    struct oc_zone *z = calloc(1, sizeof *z);

    if (!z)
        oc_fail(err, OC_MEMORY, "out of memory for the time zone %s", name);
    else
        snprintf(z->name, sizeof z->name, "%s", name);
    return z;
}

int oc_zone_read(const char *name, const void *bytes, size_t n, struct oc_zone **zone, struct oc_err *err)
{
    struct oc_zone *z = new_zone(name, err);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    if (!z)
        return -1;
    const char *why = read_file(z, bytes, n);
    if (why) {
        oc_zone_free(z);
        return oc_fail(err, OC_FORMAT, "time zone %s: the file cannot be used: %s", name, why);
    }
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ ((const uint8_t *)bytes)[i]) * UINT64_C(0x100000001b3);
    snprintf(z->version, sizeof z->version, "fnv1a:%016llx", (unsigned long long)hash);
    *zone = z;
    return 0;
}

/* ---- opening by name ------------------------------------------------------------------------------------------ */

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : -1; }

/* "+5", "-05", "+0530", "+05:30" up to the end of the text, in seconds; -1 if it is not that. */
static int fixed_offset(const char *p, int32_t *seconds)
{
    const char sign = *p;
    int32_t h = 0, m = 0;
    int k = 0;

    p += sign != '\0';
    for (; k < 2 && digit(*p) >= 0; k++)
        h = h * 10 + digit(*p++);
    if ((sign != '+' && sign != '-') || k == 0 || h > 23)
        return -1;
    const bool colon = *p == ':';
    p += colon;
    if (colon || *p) {
        if (k != 2 || digit(p[0]) < 0 || digit(p[1]) < 0)
            return -1;
        m = digit(p[0]) * 10 + digit(p[1]);
        p += 2;
    }
    *seconds = (sign == '-' ? -1 : 1) * (h * 3600 + m * 60);
    return *p || m > 59 ? -1 : 0;
}

/* A name that needs no file: 1 and the zone, 0 if it is not one, -1 without memory. */
static int open_fixed(const char *name, struct oc_zone **zone, struct oc_err *err)
{
    const bool word = strncmp(name, "UTC", 3) == 0 || strncmp(name, "GMT", 3) == 0;
    const char *p = name + (word ? 3 : 0);
    int32_t offset = 0;

    if (strcmp(name, "Z") != 0 && (*p || !word) && fixed_offset(p, &offset))
        return 0;
    struct oc_zone *z = new_zone(name, err);
    if (!z)
        return -1;
    if (push(z, FIRST_SECOND, add_type(z, offset, name))) {
        oc_zone_free(z);
        return oc_fail(err, OC_MEMORY, "out of memory for the time zone %s", name);
    }
    *zone = z;
    return 1;
}

/* Letters, digits and _ + - in parts between single slashes: nothing that leaves the directory. */
static bool plain(const char *name)
{
    for (const char *p = name; *p; p++) {
        const bool part = (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || digit(*p) >= 0 || strchr("_+-", *p);
        if (!part && !(*p == '/' && p > name && p[-1] != '/' && p[1]))
            return false;
    }
    return *name && strlen(name) < sizeof ((struct oc_zone *)0)->name;
}

/* The version of tzdata in its directory: "+VERSION", or the first line of tzdata.zi, "# version 2025b". */
static void version_of(const char *dir, char *out, size_t size)
{
    char path[2048], line[64] = "";

    snprintf(path, sizeof path, "%s/+VERSION", dir);
    FILE *f = fopen(path, "re");
    const char *lead = f ? "" : "# version ";
    if (!f) {
        snprintf(path, sizeof path, "%s/tzdata.zi", dir);
        f = fopen(path, "re");
    }
    if (!f)
        return;
    const bool got = fgets(line, sizeof line, f) != NULL;
    fclose(f);
    line[strcspn(line, "\r\n")] = '\0';
    const size_t skip = strlen(lead);
    if (got && strncmp(line, lead, skip) == 0 && line[skip] && strlen(line + skip) < size)
        snprintf(out, size, "%.*s", (int)size - 1, line + skip);
}

int oc_zone_open(const char *name, struct oc_zone **zone, struct oc_err *err)
{
    static const char *const usual[] = { "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo" };
    const char *env = getenv("OC_ZONEINFO");
    struct oc_buf bytes = { 0 };
    char path[2048];

    const int fixed = open_fixed(name, zone, err);
    if (fixed)
        return fixed > 0 ? 0 : -1;
    if (!plain(name))
        return oc_fail(err, OC_USAGE, "'%s' is not the name of a time zone; try America/New_York, UTC or -05:00", name);
    if (!env || !*env)
        env = getenv("TZDIR");
    const char *dir = env && *env ? env : usual[0];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    for (size_t i = 1; i < sizeof usual / sizeof *usual && dir != env && access(path, F_OK) != 0; i++) {
        dir = usual[i];
        snprintf(path, sizeof path, "%s/%s", dir, name);
    }
    if (access(path, F_OK) != 0)
        return oc_fail(err, OC_USAGE, "time zone %s is not known in %s (is the package tzdata there?)", name,
                       dir == env ? env : usual[0]);
    int rc = oc_readfile(path, MAX_FILE, &bytes, err);
    if (rc == 0)
        rc = oc_zone_read(name, bytes.p, bytes.n, zone, err);
    if (rc == 0)
        version_of(dir, (*zone)->version, sizeof (*zone)->version);
    oc_buf_free(&bytes);
    return rc;
}

void oc_zone_free(struct oc_zone *zone)
{
    if (!zone)
        return;
    free(zone->at);
    free(zone->is);
    free(zone);
}

int oc_zone_word(const char *word, size_t n, char *out, size_t size)
{
    static const struct { const char *word, *zone; } words[] = {
        { "EST", "-05:00" }, { "EDT", "-04:00" }, { "CST", "-06:00" }, { "CDT", "-05:00" }, { "MST", "-07:00" },
        { "MDT", "-06:00" }, { "PST", "-08:00" }, { "PDT", "-07:00" }, { "AKST", "-09:00" }, { "AKDT", "-08:00" },
        { "HST", "-10:00" }, { "ET", "America/New_York" }, { "CT", "America/Chicago" }, { "MT", "America/Denver" },
        { "PT", "America/Los_Angeles" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == n && memcmp(word, words[i].word, n) == 0)
            return snprintf(out, size, "%s", words[i].zone) < (int)size ? 0 : -1;
    if (n == 0 || n >= size)
        return -1;
    memcpy(out, word, n);
    out[n] = '\0';
    const bool utc = strncmp(out, "UTC", 3) == 0 || strncmp(out, "GMT", 3) == 0;
    const char *p = out + (utc ? 3 : 0);
    int32_t offset;
    if (strcmp(out, "Z") == 0 || (utc && !*p) || fixed_offset(p, &offset) == 0 || (plain(out) && strchr(out, '/')))
        return 0;
    return -1;
}

/* ---- conversions ---------------------------------------------------------------------------------------------- */

const char *oc_zone_name(const struct oc_zone *zone) { return zone->name; }
const char *oc_zone_version(const struct oc_zone *zone) { return zone->version; }

/* The last transition at or before a second; the first if there is none. */
static size_t find(const struct oc_zone *z, int64_t s)
{
    const int64_t *base = z->at;

    for (size_t n = z->count; n > 1; n -= n / 2)
        base += base[n / 2] <= s ? n / 2 : 0;
    return (size_t)(base - z->at);
}

static int64_t second_of(int64_t ns) { return ns / OC_TIME_SECOND - (ns % OC_TIME_SECOND < 0); }

static int32_t offset_of(const struct oc_zone *z, size_t i) { return z->types[z->is[i]].offset; }

int32_t oc_zone_offset(const struct oc_zone *zone, int64_t ns, const char **abbr)
{
    const struct type *t = &zone->types[zone->is[find(zone, second_of(ns))]];

    if (abbr)
        *abbr = t->abbr;
    return t->offset;
}

int64_t oc_zone_local(const struct oc_zone *zone, int64_t ns)
{
    const int64_t shift = oc_zone_offset(zone, ns, NULL) * OC_TIME_SECOND;
    int64_t local;

    if (__builtin_add_overflow(ns, shift, &local))
        return shift < 0 ? INT64_MIN + 1 : INT64_MAX;
    return local;
}

enum oc_zone_hit oc_zone_instant(const struct oc_zone *zone, int64_t local, enum oc_zone_fold fold, int64_t *ns)
{
    const int64_t s = second_of(local);
    const size_t from = find(zone, s - MAX_OFFSET);
    int64_t at = 0, gap = 0;
    int hits = 0;

    /* each stretch of constant offset that the wall clock can lie in; nearly always there is one */
    for (size_t i = from; i < zone->count && (i == from || zone->at[i] <= s + MAX_OFFSET); i++) {
        const int64_t u = s - offset_of(zone, i);
        if ((i == 0 || u >= zone->at[i]) && (i + 1 == zone->count || u < zone->at[i + 1])) {
            at = hits && fold == OC_ZONE_EARLIER ? at : u;
            hits++;
        } else if (!hits && i > from && u < zone->at[i] && s - offset_of(zone, i - 1) >= zone->at[i]) {
            gap = zone->at[i];
        }
    }
    const __int128 t = hits ? (__int128)local + (__int128)(at - s) * OC_TIME_SECOND : (__int128)gap * OC_TIME_SECOND;
    if (t > INT64_MAX || t <= INT64_MIN)
        return OC_ZONE_RANGE;
    *ns = (int64_t)t;
    return hits == 0 ? OC_ZONE_GAP : hits == 1 ? OC_ZONE_ONE : OC_ZONE_FOLD;
}
