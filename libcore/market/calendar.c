/*
 * calendar - sessions by date: see calendar.h.
 *
 * Each day of the range has one byte, the number of its kind (0: closed); kinds hold the local times.  Bits of 64 days with
 * a running count answer "how many sessions" and "the k-th session" without a walk.
 *
 * A file is lines of words; # begins a comment:
 *     oc-calendar 1                            first of all
 *     id, version, title, zone, covers FIRST LAST
 *     hours FROM DAYS OPEN CLOSE [AM PM]       from that date to the end, DAYS mon-fri, sat, ...; OPEN "none" ends them
 *     extended FROM PRE AFTER EARLY            from that date to the end: when trading around the session begins and ends, on a
 *                                              day of early closing at EARLY
 *     closed YEAR MM-DD...                     must have been sessions by the hours above
 *     early YEAR CLOSE [PM] MM-DD...
 * A time is HH:MM from 00:00 to 24:00, with -1 behind it on the day before.
 */
#include "market/calendar.h"

#include "base/buf.h"
#include "base/datadir.h"
#include "base/readfile.h"
#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KINDS 64
#define EXTENDED 8
#define MAX_WORDS 40
#define MAX_FILE (1024 * 1024)

struct kind { int16_t open, close, am, pm; bool early; };      /* minutes from the date's midnight */
struct extended { int32_t from; int16_t pre, after, early; };

struct oc_calendar {
    char id[24], version[24], title[96];
    struct oc_zone *zone;
    int32_t first, days;        /* the range: first date, number of dates */
    struct kind kinds[KINDS];
    int kind_count;
    struct extended extended[EXTENDED];     /* in order of date */
    int extended_count;
    uint8_t *kind;              /* of each day */
    uint64_t *bits;             /* a session: bit of the day */
    int32_t *before;            /* sessions before the word of bits, and in all at the end */
    int32_t words;
    bool dated;                 /* closed or early was seen: no more hours */
};

/* ---- reading -------------------------------------------------------------------------------------------------- */

struct line { const char *word[MAX_WORDS]; int count; char text[1024]; };

/* Cut the line into words; -1 if it is too long or has too many. */
static int split(struct line *l, const char *p, size_t n)
{
    l->count = 0;
    if (n >= sizeof l->text)
        return -1;
    memcpy(l->text, p, n);
    l->text[n] = '\0';
    l->text[strcspn(l->text, "#")] = '\0';
    char *save = NULL;
    for (char *w = strtok_r(l->text, " \t\r", &save); w; w = strtok_r(NULL, " \t\r", &save)) {
        if (l->count == MAX_WORDS)
            return -1;
        l->word[l->count++] = w;
    }
    return 0;
}

static int two(const char *p)
{
    return p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9' ? (p[0] - '0') * 10 + p[1] - '0' : -1;
}

static int read_time(const char *w, int16_t *minutes)
{
    const size_t n = strlen(w);
    const int h = n >= 5 ? two(w) : -1, m = n >= 5 ? two(w + 3) : -1;
    const bool before = n == 7 && strcmp(w + 5, "-1") == 0;

    if (h < 0 || m < 0 || m > 59 || w[2] != ':' || h * 60 + m > 1440 || (n != 5 && !before))
        return -1;
    *minutes = (int16_t)(h * 60 + m - (before ? 1440 : 0));
    return 0;
}

static int read_date(const char *w, int32_t *date) { return oc_time_parse_date(w, strlen(w), date) && !w[10] ? 0 : -1; }

/* The number of "mon" ... "sun" at the beginning of w, or -1. */
static int weekday(const char *w)
{
    static const char names[] = "montuewedthufrisatsun";

    for (int d = 0; d < 7; d++)
        if (strncmp(w, names + 3 * d, 3) == 0)
            return d;
    return -1;
}

/* "mon-fri", "sat": a bit for each weekday, Monday first. */
static int read_days(const char *w, unsigned *mask)
{
    const size_t n = strlen(w);

    if (n != 3 && !(n == 7 && w[3] == '-'))
        return -1;
    const int a = weekday(w), b = n == 3 ? a : weekday(w + 4);
    if (a < 0 || b < a)
        return -1;
    *mask = (2u << b) - (1u << a);
    return 0;
}

/* The number of a kind, new or old; -1 if there are too many. */
static int kind_of(struct oc_calendar *c, const struct kind *k)
{
    for (int i = 1; i < c->kind_count; i++) {
        const struct kind *o = &c->kinds[i];
        if (o->open == k->open && o->close == k->close && o->am == k->am && o->pm == k->pm && o->early == k->early)
            return i;
    }
    if (c->kind_count == KINDS)
        return -1;
    c->kinds[c->kind_count] = *k;
    return c->kind_count++;
}

static const char *read_covers(struct oc_calendar *c, const struct line *l)
{
    int32_t last;

    if (c->kind || l->count != 3 || read_date(l->word[1], &c->first) || read_date(l->word[2], &last))
        return "covers needs a first and a last date, once";
    if (last < c->first || last - c->first > 400 * 366)
        return "the range is empty or above 400 years";
    c->days = last - c->first + 1;
    c->words = (c->days + 63) / 64;
    c->kind = calloc((size_t)c->days, 1);
    c->bits = calloc((size_t)c->words, sizeof *c->bits);
    c->before = calloc((size_t)c->words + 1, sizeof *c->before);
    return c->kind && c->bits && c->before ? NULL : "out of memory";
}

static const char *read_hours(struct oc_calendar *c, const struct line *l)
{
    struct kind k = { 0 };
    int32_t from;
    unsigned mask;
    int number = 0;

    if (!c->kind || c->dated)
        return "hours stand behind covers and before closed and early";
    if ((l->count != 4 && l->count != 5 && l->count != 7) || read_date(l->word[1], &from) || read_days(l->word[2], &mask))
        return "hours needs FROM DAYS OPEN CLOSE [AM PM]";
    if (from < c->first || from >= c->first + c->days)
        return "the date is outside the range";
    if (l->count > 4) {
        if (read_time(l->word[3], &k.open) || read_time(l->word[4], &k.close))
            return "a time is not HH:MM";
        k.am = k.open;
        k.pm = k.close;
        if (l->count == 7 && (read_time(l->word[5], &k.am) || read_time(l->word[6], &k.pm)))
            return "a time is not HH:MM";
        if (k.open >= k.close || k.close - k.open > 1440)
            return "the closing is not after the opening, or a day later";
        number = kind_of(c, &k);
        if (number < 0)
            return "too many different hours";
    } else if (strcmp(l->word[3], "none") != 0) {
        return "the closing is missing";
    }
    for (int32_t d = from - c->first; d < c->days; d++)
        if (mask >> oc_time_weekday(c->first + d) & 1)
            c->kind[d] = (uint8_t)number;
    return NULL;
}

static const char *read_extended(struct oc_calendar *c, const struct line *l)
{
    struct extended e;

    if (!c->kind || l->count != 5 || read_date(l->word[1], &e.from) || read_time(l->word[2], &e.pre)
        || read_time(l->word[3], &e.after) || read_time(l->word[4], &e.early))
        return "extended needs FROM PRE AFTER EARLY, behind covers";
    if (e.pre >= e.early || e.early > e.after || e.after - e.pre > 1440)
        return "trading around the session ends before it begins, or takes more than a day";
    if (c->extended_count && e.from <= c->extended[c->extended_count - 1].from)
        return "extended hours are not in order of their dates";
    if (c->extended_count == EXTENDED)
        return "too many different extended hours";
    c->extended[c->extended_count++] = e;
    return NULL;
}

/* closed YEAR MM-DD... and early YEAR CLOSE [PM] MM-DD... */
static const char *read_dates(struct oc_calendar *c, const struct line *l)
{
    const bool early = l->word[0][0] == 'e';
    int16_t close = 0, pm = 0;
    int i = 2;

    c->dated = true;
    if (!c->kind || l->count < (early ? 4 : 2) || strlen(l->word[1]) != 4 || two(l->word[1]) < 0 || two(l->word[1] + 2) < 0)
        return "it needs a YEAR, and covers before it";
    const int year = two(l->word[1]) * 100 + two(l->word[1] + 2);
    if (early) {
        if (read_time(l->word[i++], &close))
            return "the closing is not HH:MM";
        pm = close;
        if (strchr(l->word[i], ':') && read_time(l->word[i++], &pm))
            return "the settlement is not HH:MM";
    }
    for (; i < l->count; i++) {
        const char *w = l->word[i];
        const int m = strlen(w) == 5 && w[2] == '-' ? two(w) : -1, day = m > 0 ? two(w + 3) : -1;
        if (!oc_time_valid(year, m, day))
            return "a date is not MM-DD";
        const int32_t d = oc_time_days(year, m, day) - c->first;
        if (d < 0 || d >= c->days || !c->kind[d])
            return "a date is no session by the hours, or given twice";
        struct kind k = c->kinds[c->kind[d]];
        if (early && (k.early || close <= k.open || close > k.close))
            return "an early closing is not within the hours, or given twice";
        k = early ? (struct kind){ k.open, close, k.am < close ? k.am : close, pm, true } : k;
        const int number = early ? kind_of(c, &k) : 0;
        if (number < 0)
            return "too many different hours";
        c->kind[d] = (uint8_t)number;
    }
    return NULL;
}

static const char *read_word(char *out, size_t size, const struct line *l)
{
    if (l->count != 2 || out[0] || strlen(l->word[1]) >= size)
        return "it needs one word, once";
    memcpy(out, l->word[1], strlen(l->word[1]) + 1);
    return NULL;
}

static const char *read_title(struct oc_calendar *c, const struct line *l)
{
    size_t n = 0;

    for (int i = 1; i < l->count && n < sizeof c->title; i++)
        n += (size_t)snprintf(c->title + n, sizeof c->title - n, "%s%s", i > 1 ? " " : "", l->word[i]);
    return n > 0 && n < sizeof c->title ? NULL : "it needs some words, but not that many";
}

/* One line with words on it; err is filled by a zone that cannot be opened. */
static const char *read_line(struct oc_calendar *c, const struct line *l, bool first, struct oc_err *err)
{
    const char *w = l->word[0];

    if (first)
        return l->count == 2 && strcmp(w, "oc-calendar") == 0 && strcmp(l->word[1], "1") == 0
            ? NULL : "a calendar begins with 'oc-calendar 1'";
    if (strcmp(w, "id") == 0)
        return read_word(c->id, sizeof c->id, l);
    if (strcmp(w, "version") == 0)
        return read_word(c->version, sizeof c->version, l);
    if (strcmp(w, "title") == 0)
        return read_title(c, l);
    if (strcmp(w, "zone") == 0)
        return l->count != 2 || c->zone ? "it needs one zone, once" : oc_zone_open(l->word[1], &c->zone, err) ? err->text : NULL;
    if (strcmp(w, "covers") == 0)
        return read_covers(c, l);
    if (strcmp(w, "hours") == 0)
        return read_hours(c, l);
    if (strcmp(w, "extended") == 0)
        return read_extended(c, l);
    if (strcmp(w, "closed") == 0 || strcmp(w, "early") == 0)
        return read_dates(c, l);
    return "the first word is not known";
}

static const char *finish(struct oc_calendar *c)
{
    if (!c->id[0] || !c->version[0] || !c->zone || !c->kind || c->kind_count < 2)
        return "id, version, zone, covers or hours is missing";
    for (int32_t d = 0; d < c->days; d++)
        c->bits[d / 64] |= (uint64_t)(c->kind[d] != 0) << (d % 64);
    for (int32_t w = 0; w < c->words; w++)
        c->before[w + 1] = c->before[w] + __builtin_popcountll(c->bits[w]);
    return NULL;
}

int oc_calendar_read(const char *path, const char *text, size_t n, struct oc_calendar **cal, struct oc_err *err)
{
    struct oc_calendar *c = calloc(1, sizeof *c);
    struct oc_err zone_err = { 0 };
    const char *why = c ? NULL : "out of memory";
    uint64_t number = 0;
    bool first = true;

    if (c)
        c->kind_count = 1;
    for (size_t i = 0; !why && i < n; number++) {
        const char *end = memchr(text + i, '\n', n - i);
        const size_t len = end ? (size_t)(end - text) - i : n - i;
        struct line l;
        why = memchr(text + i, 0, len) || split(&l, text + i, len) ? "the line is too long, or no text" : NULL;
        if (!why && l.count) {
            why = read_line(c, &l, first, &zone_err);
            first = false;
        }
        i += len + 1;
    }
    if (!why) {
        why = finish(c);
        number = 0;
    }
    if (why) {
        oc_fail(err, OC_FORMAT, "calendar: %s", why);
        oc_calendar_free(c);
        return oc_at(err, path, number, 0);
    }
    *cal = c;
    return 0;
}

/* Capital letters, digits and _: what an id is made of. */
static bool plain(const char *name) { return *name && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(name); }

int oc_calendar_open(const char *name, struct oc_calendar **cal, struct oc_err *err)
{
    struct oc_buf text = { 0 };
    char path[2048], file[64];

    if (strchr(name, '/')) {
        snprintf(path, sizeof path, "%s", name);
    } else {
        if (!plain(name) || strlen(name) > 40)
            return oc_fail(err, OC_USAGE, "'%s' is not the name of a calendar; try XNYS or XCBO", name);
        snprintf(file, sizeof file, "calendars/%s.cal", name);
        if (oc_datadir_find(file, path, sizeof path, err)) {
            struct oc_err none;
            if (oc_datadir_find("calendars/XNYS.cal", path, sizeof path, &none) == 0)     /* so the files are there */
                return oc_fail(err, OC_USAGE, "there is no calendar '%s'; try XNYS or XCBO", name);
            return oc_while(err, "calendar %s", name);
        }
    }
    int rc = oc_readfile(path, MAX_FILE, &text, err);
    if (rc == 0)
        rc = oc_calendar_read(path, text.p ? text.p : "", text.n, cal, err);
    oc_buf_free(&text);
    return rc;
}

void oc_calendar_free(struct oc_calendar *cal)
{
    if (!cal)
        return;
    oc_zone_free(cal->zone);
    free(cal->kind);
    free(cal->bits);
    free(cal->before);
    free(cal);
}

/* ---- questions ------------------------------------------------------------------------------------------------ */

const char *oc_calendar_id(const struct oc_calendar *cal) { return cal->id; }
const char *oc_calendar_version(const struct oc_calendar *cal) { return cal->version; }
const char *oc_calendar_title(const struct oc_calendar *cal) { return cal->title; }
const struct oc_zone *oc_calendar_zone(const struct oc_calendar *cal) { return cal->zone; }

void oc_calendar_covers(const struct oc_calendar *cal, int32_t *first, int32_t *last)
{
    *first = cal->first;
    *last = cal->first + cal->days - 1;
}

/* The place of a date in the range, or -1. */
static int32_t place(const struct oc_calendar *cal, int32_t date)
{
    const int64_t d = (int64_t)date - cal->first;

    return d >= 0 && d < cal->days ? (int32_t)d : -1;
}

bool oc_calendar_is_session(const struct oc_calendar *cal, int32_t date)
{
    const int32_t d = place(cal, date);

    return d >= 0 && cal->kind[d];
}

static int outside(const struct oc_calendar *cal, int32_t date, struct oc_err *err)
{
    char text[OC_TIME_PRINT_MAX] = "?", first[OC_TIME_PRINT_MAX], last[OC_TIME_PRINT_MAX];
    const bool dated = date >= OC_TIME_DATE_MIN && date <= OC_TIME_DATE_MAX;
    const int n = dated ? (int)oc_time_print_date(text, date) : 1;

    oc_time_print_date(first, cal->first);
    oc_time_print_date(last, cal->first + cal->days - 1);
    return oc_fail(err, OC_DATA, "%.*s is outside calendar %s, which covers %.10s to %.10s", n, text, cal->id, first, last);
}

int oc_calendar_instant(const struct oc_calendar *cal, int32_t date, int32_t minutes, int64_t *ns)
{
    const __int128 local = (__int128)date * OC_TIME_DAY + (__int128)minutes * 60 * OC_TIME_SECOND;

    if (local > INT64_MAX || local <= INT64_MIN)
        return -1;
    return oc_zone_instant(cal->zone, (int64_t)local, OC_ZONE_EARLIER, ns) == OC_ZONE_RANGE ? -1 : 0;
}

/* The session at place d, which is one. */
static int session_at(const struct oc_calendar *cal, int32_t d, struct oc_session *out)
{
    const struct kind *k = &cal->kinds[cal->kind[d]];

    out->date = cal->first + d;
    out->early = k->early;
    return oc_calendar_instant(cal, out->date, k->open, &out->open) | oc_calendar_instant(cal, out->date, k->close, &out->close)
        | oc_calendar_instant(cal, out->date, k->am, &out->am) | oc_calendar_instant(cal, out->date, k->pm, &out->pm);
}

int oc_calendar_session(const struct oc_calendar *cal, int32_t date, struct oc_session *out, struct oc_err *err)
{
    const int32_t d = place(cal, date);
    char text[OC_TIME_PRINT_MAX];

    if (d < 0)
        return outside(cal, date, err);
    oc_time_print_date(text, date);
    if (!cal->kind[d])
        return oc_fail(err, OC_DATA, "%.10s is no session of %s", text, cal->id);
    if (session_at(cal, d, out))
        return oc_fail(err, OC_DATA, "%.10s is outside the years 1677 to 2262 of an instant", text);
    return 0;
}

/* Sessions before place d, 0 <= d <= days. */
static int32_t rank(const struct oc_calendar *cal, int32_t d)
{
    const int32_t w = d / 64, b = d % 64;

    return cal->before[w] + (b ? __builtin_popcountll(cal->bits[w] << (64 - b)) : 0);
}

/* The place of session number r, from 0. */
static int32_t select_session(const struct oc_calendar *cal, int32_t r)
{
    int32_t lo = 0, hi = cal->words;        /* before[lo] <= r < before[hi] */

    while (hi - lo > 1) {
        const int32_t mid = lo + (hi - lo) / 2;
        if (cal->before[mid] <= r)
            lo = mid;
        else
            hi = mid;
    }
    uint64_t bits = cal->bits[lo];
    for (int32_t k = r - cal->before[lo]; k > 0; k--)
        bits &= bits - 1;
    return lo * 64 + __builtin_ctzll(bits);
}

int oc_calendar_step(const struct oc_calendar *cal, int32_t date, int32_t k, int32_t *out, struct oc_err *err)
{
    const int32_t d = place(cal, date);

    if (d < 0)
        return outside(cal, date, err);
    /* counted from the sessions up to and with the date, or before it */
    const int64_t r = (k >= 0 ? (int64_t)rank(cal, d + 1) - 1 : rank(cal, d)) + k;
    if (r < 0 || r >= cal->before[cal->words])
        return outside(cal, r < 0 ? cal->first - 1 : cal->first + cal->days, err);
    *out = cal->first + select_session(cal, (int32_t)r);
    return 0;
}

int32_t oc_calendar_count(const struct oc_calendar *cal, int32_t from, int32_t to)
{
    int64_t a = (int64_t)from - cal->first, b = (int64_t)to - cal->first;

    a = a < 0 ? 0 : a > cal->days ? cal->days : a;
    b = b < 0 ? 0 : b > cal->days ? cal->days : b;
    return rank(cal, (int32_t)b) - rank(cal, (int32_t)a);
}

bool oc_calendar_at(const struct oc_calendar *cal, int64_t ns, struct oc_session *out)
{
    const int32_t today = oc_time_date(oc_zone_local(cal->zone, ns));

    /* a session may open the day before its name; its closing may be at 24:00 */
    for (int32_t date = today; date <= today + 1; date++) {
        const int32_t d = place(cal, date);
        if (d >= 0 && cal->kind[d] && session_at(cal, d, out) == 0 && out->open <= ns && ns < out->close)
            return true;
    }
    return false;
}

bool oc_calendar_extended(const struct oc_calendar *cal, const struct oc_session *s, int64_t *pre, int64_t *after)
{
    const struct extended *e = NULL;

    for (int i = 0; i < cal->extended_count && cal->extended[i].from <= s->date; i++)
        e = &cal->extended[i];
    if (!e || oc_calendar_instant(cal, s->date, e->pre, pre)
        || oc_calendar_instant(cal, s->date, s->early ? e->early : e->after, after))
        return false;
    /* a calendar whose session is longer has no trading around it there */
    *pre = *pre < s->open ? *pre : s->open;
    *after = *after > s->close ? *after : s->close;
    return true;
}

enum oc_calendar_part oc_calendar_part(const struct oc_calendar *cal, int64_t ns, struct oc_session *out)
{
    int64_t pre, after;

    if (oc_calendar_at(cal, ns, out))
        return OC_PART_REGULAR;
    const int32_t d = place(cal, oc_time_date(oc_zone_local(cal->zone, ns)));
    if (d < 0 || !cal->kind[d] || session_at(cal, d, out) || !oc_calendar_extended(cal, out, &pre, &after))
        return OC_PART_CLOSED;
    return ns >= pre && ns < out->open ? OC_PART_PRE : ns >= out->close && ns < after ? OC_PART_AFTER : OC_PART_CLOSED;
}
