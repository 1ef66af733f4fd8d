/* checksession - see checksession.h. */
#include "app/checksession.h"

#include "base/time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 336, WORDS = SLOTS / 64 + 1, FARTHEST = 28, ENOUGH = 10, DAYS = 3 };
_Static_assert(SLOTS + 2 * FARTHEST <= 64 * OC_CHECKSESSION_WORDS - 64, "a shifted week reads one word more");
#define HALF_HOUR (1800 * OC_TIME_SECOND)
#define MINUTE (60 * OC_TIME_SECOND)
#define WEEK (7 * OC_TIME_DAY)

int32_t oc_checksession_date(const struct oc_calendar *cal, int64_t ts)
{
    return !cal || ts % OC_TIME_DAY == 0 ? oc_time_date(ts) : oc_time_date(oc_zone_local(oc_calendar_zone(cal), ts));
}

/* ---- parts --------------------------------------------------------------------------------------------------- */

/*
 * A regular session is known to its ends; all else to the end of the minute.  A snapshot taken at the close is of the
 * session.
 */
static void look(struct oc_checksession *c, const struct oc_calendar *cal, int64_t ts)
{
    struct oc_session s;

    c->part = oc_calendar_part(cal, ts, &s);
    if (c->part == OC_PART_CLOSED && oc_calendar_part(cal, ts - 1, &s) != OC_PART_CLOSED) {
        c->part = oc_calendar_part(cal, ts - 1, &s);
        c->from = ts;
        c->to = ts + 1;
        return;
    }
    const int64_t rest = (ts % MINUTE + MINUTE) % MINUTE;
    c->from = c->part == OC_PART_REGULAR ? s.open : ts - rest;
    c->to = c->part == OC_PART_REGULAR ? s.close : ts - rest + MINUTE;
    c->holiday = c->part == OC_PART_CLOSED
                 && !oc_calendar_is_session(cal, oc_time_date(oc_zone_local(oc_calendar_zone(cal), ts)));
}

static void tell_part(struct oc_checking *k, const struct oc_checksession *c, size_t i)
{
    static const struct { enum oc_check_id id; const char *text; } parts[] = {
        [OC_PART_CLOSED] = { OC_CHECK_session_closed, "outside all parts of the day's session" },
        [OC_PART_PRE] = { OC_CHECK_session_pre, "before the regular session" },
        [OC_PART_AFTER] = { OC_CHECK_session_after, "behind the regular session" },
    };
    const enum oc_check_id id = c->holiday ? OC_CHECK_session_holiday : parts[c->part].id;

    if (oc_checking_on(k, id))
        oc_check_hit(k, id, i, "ts", NAN, NAN, "%s", c->holiday ? "no session on this day" : parts[c->part].text);
}

static bool by_date(const struct oc_checking *k, size_t i) { return k->step && k->step[i] >= OC_TIME_DAY; }

static void dates(struct oc_checking *k)
{
    for (size_t i = 0; i < k->n; i++)
        if (by_date(k, i) && oc_bit(k->c.ts.valid, i) && oc_checking_good(k, i)
            && !oc_calendar_is_session(k->calendar, oc_checksession_date(k->calendar, k->c.ts.v[i])))
            oc_check_hit(k, OC_CHECK_session_holiday, i, "ts", NAN, NAN, "no session on this day");
}

void oc_checksession_parts(struct oc_checking *k, struct oc_checksession *c)
{
    const struct oc_intcol *ts = &k->c.ts;

    if (!k->calendar || !ts->v)
        return;
    for (enum oc_check_id id = OC_CHECK_session_pre; id <= OC_CHECK_session_holiday; id++)
        oc_checking_seen(k, id, k->n);
    if (oc_checking_on(k, OC_CHECK_session_holiday))
        dates(k);
    for (size_t i = 0; i < k->n; i++) {
        if (!oc_bit(ts->valid, i) || !oc_checking_good(k, i) || by_date(k, i))
            continue;
        const int64_t t = oc_checking_start(k, i);
        if (t < c->from || t >= c->to)
            look(c, k->calendar, t);
        if (c->part != OC_PART_REGULAR)
            tell_part(k, c, i);
    }
}

/* ---- weeks --------------------------------------------------------------------------------------------------- */

struct oc_weeks {
    int64_t start;                  /* local Monday 00:00 of the week under way, counted as if UTC */
    int64_t from, to;               /* rows between these lie in a half hour that is marked already */
    uint64_t bits[WORDS];
    uint64_t born;                  /* its place among all instruments that there were */
    int32_t symbol;                 /* in the table of symbols */
    bool any, mixed, follows;       /* follows: every shift was the zone's offset, or nothing */
    int8_t shift;                   /* of the first shifted week, half hours */
    uint32_t judged, shifted;
    int32_t first, last;            /* shifted weeks, their Mondays by date */
};

static bool marked(const uint64_t *bits, int i) { return bits[i >> 6] >> (i & 63) & 1; }

/*
 * The half hours of a local week and FARTHEST around it in which the calendar is open, in regular hours and with those
 * around them.  Instruments go from week to week together, so the last answer is kept.
 */
static void openings(struct oc_checksession *c, const struct oc_calendar *cal, int64_t start)
{
    struct oc_session s;

    if (c->opened && c->start == start)
        return;
    memset(c->regular, 0, sizeof c->regular);
    memset(c->extended, 0, sizeof c->extended);
    for (int i = 0; i < SLOTS + 2 * FARTHEST; i++) {
        const int64_t local = start + (i - FARTHEST) * HALF_HOUR;
        int64_t ns;
        oc_zone_instant(oc_calendar_zone(cal), local + HALF_HOUR / 2, OC_ZONE_EARLIER, &ns);
        const enum oc_calendar_part part = oc_calendar_part(cal, ns, &s);
        c->regular[i >> 6] |= (uint64_t)(part == OC_PART_REGULAR) << (i & 63);
        c->extended[i >> 6] |= (uint64_t)(part != OC_PART_CLOSED) << (i & 63);
    }
    c->start = start;
    c->opened = true;
}

/* The 64 bits from place i on. */
static uint64_t bits_from(const uint64_t *bits, int i)
{
    const int w = i >> 6, s = i & 63;

    return s ? bits[w] >> s | bits[w + 1] << (64 - s) : bits[w];
}

/* Half hours from the first mark to the last that disagree when the rows lie `shift` half hours too late. */
static int disagreement(const uint64_t *bits, const uint64_t *open, int first, int last, int shift)
{
    int n = 0;

    for (int w = first >> 6; w <= last >> 6; w++) {
        uint64_t x = bits[w] ^ bits_from(open, 64 * w - shift + FARTHEST);
        if (w == first >> 6)
            x &= ~UINT64_C(0) << (first & 63);
        if (w == last >> 6)
            x &= ~UINT64_C(0) >> (63 - (last & 63));
        n += __builtin_popcountll(x);
    }
    return n;
}

/* Is the calendar open at all in the week? */
static bool any_open(const uint64_t *open)
{
    for (int i = 0; i < SLOTS; i++)
        if (marked(open, i + FARTHEST))
            return true;
    return false;
}

/* The shift that fits best, how well it does, and how well none does. */
struct fit { int shift, least, none; };

static struct fit fit_week(const uint64_t *bits, const uint64_t *open, int first, int last)
{
    const int none = disagreement(bits, open, first, last, 0);
    struct fit f = { 0, none, none };

    for (int a = 1; a <= FARTHEST; a++)
        for (int sign = -1; sign <= 1; sign += 2) {
            const int d = disagreement(bits, open, first, last, sign * a);
            if (d < f.least) {
                f.least = d;
                f.shift = sign * a;
            }
        }
    return f;
}

static void count_week(struct oc_weeks *w, const struct oc_calendar *cal, int shift)
{
    const int32_t date = oc_time_date(w->start);
    const int32_t offset = oc_zone_offset(oc_calendar_zone(cal), w->start, NULL) / 1800;

    w->follows = (!w->shifted || w->follows) && shift == offset;
    w->mixed |= w->shifted && shift != w->shift;
    if (!w->shifted++) {
        w->shift = (int8_t)shift;
        w->first = date;
    }
    w->last = date;
}

/* Rows of regular hours alone and of extended hours are both seen: the better of the two fits counts. */
static void judge_week(struct oc_checksession *c, struct oc_weeks *w, const struct oc_calendar *cal, double limit)
{
    int marks = 0, first = SLOTS, last = -1;

    for (int i = 0; i < SLOTS; i++)
        if (marked(w->bits, i)) {
            marks++;
            first = first < i ? first : i;
            last = i;
        }
    int days = 0;
    for (int d = 0; d < 7; d++)
        for (int i = 48 * d, any = 0; i < 48 * d + 48 && !any; i++)
            days += any = marked(w->bits, i);
    if (marks < ENOUGH || days < DAYS)
        return;
    openings(c, cal, w->start);
    if (!any_open(c->regular))
        return;
    /* one half hour more on each side: where activity begins and ends is what tells a shift */
    first -= first > 0;
    last += last < SLOTS - 1;
    struct fit f = fit_week(w->bits, c->regular, first, last);
    const struct fit extended = fit_week(w->bits, c->extended, first, last);
    if (extended.least < f.least)
        f = extended;
    w->judged++;
    if (f.shift != 0 && f.none - f.least > limit && 2 * f.least <= f.none)
        count_week(w, cal, f.shift);
}

static int reserve(struct oc_checking *k, struct oc_checksession *c)
{
    if (k->instruments <= c->n)
        return 0;
    const uint32_t n = oc_checking_room(k->instruments, c->n);
    struct oc_weeks *w = realloc(c->w, (size_t)n * sizeof *w);
    if (!w)
        return k->rc = oc_fail(k->err, OC_MEMORY, "no memory for %u instruments", k->instruments);
    memset(w + c->n, 0, (size_t)(n - c->n) * sizeof *w);
    c->w = w;
    c->n = n;
    return 0;
}

static void mark(struct oc_checking *k, struct oc_checksession *c, struct oc_weeks *w, size_t i, int64_t ts)
{
    const int64_t local = oc_zone_local(oc_calendar_zone(k->calendar), ts), monday = 4 * OC_TIME_DAY;   /* 1970-01-05 */
    const int64_t in = ((local - monday) % WEEK + WEEK) % WEEK, start = local - in;

    if (w->any && start != w->start) {
        judge_week(c, w, k->calendar, oc_checking_limit(k, OC_CHECK_tz_shift));
        memset(w->bits, 0, sizeof w->bits);
    }
    if (!w->any) {
        const struct oc_symcol *sym = &k->c.symbol;
        const bool has = sym->index && oc_bit(sym->valid, i);
        const uint32_t *off = has ? sym->dict->off + sym->index[i] : NULL;
        w->symbol = oc_symtab_id(&c->symbols, has ? sym->dict->bytes + off[0] : "", has ? off[1] - off[0] : 0);
        w->born = c->born++;
        if (w->symbol < 0)
            k->rc = oc_fail(k->err, OC_MEMORY, "no memory for symbols");
    }
    w->any = true;
    w->start = start;
    const int slot = (int)(in / HALF_HOUR);
    w->bits[slot >> 6] |= UINT64_C(1) << (slot & 63);
    w->from = ts - in % HALF_HOUR;          /* offsets change on the half hour */
    w->to = w->from + HALF_HOUR;
}

void oc_checksession_weeks(struct oc_checking *k, struct oc_checksession *c)
{
    const struct oc_intcol *ts = &k->c.ts;

    if (!k->calendar || !ts->v || reserve(k, c))
        return;
    oc_checking_seen(k, OC_CHECK_tz_shift, k->n);
    oc_checking_seen(k, OC_CHECK_tz_dst, k->n);
    for (size_t i = 0; i < k->n; i++) {
        struct oc_weeks *w = &c->w[k->instrument[i]];
        const int64_t t = oc_checking_start(k, i);
        if ((w->any && t >= w->from && t < w->to) || !oc_bit(ts->valid, i) || !oc_checking_good(k, i))
            continue;
        if (!k->step || k->step[i] < 4 * 3600 * OC_TIME_SECOND)
            mark(k, c, w, i, t);
    }
}

/* ---- the end ------------------------------------------------------------------------------------------------- */

static void tell_shift(const struct oc_checksession *c, const struct oc_weeks *w, struct oc_checks *checks,
                       const struct oc_calendar *cal, struct oc_err *err)
{
    const bool all = 4 * w->shifted >= 3 * w->judged;       /* holidays and mismatched weeks of the clock hide some */
    const enum oc_check_id id = all ? OC_CHECK_tz_shift : OC_CHECK_tz_dst;
    struct oc_finding f = oc_checking_blank();

    if (!checks->item[id].on)
        return;
    const uint32_t *off = c->symbols.off + w->symbol;
    snprintf(f.symbol, sizeof f.symbol, "%.*s", (int)(off[1] - off[0]), c->symbols.bytes + off[0]);
    snprintf(f.key, sizeof f.key, "%s", f.symbol);
    f.value = 0.5 * w->shift;
    f.column = "ts";
    oc_zone_instant(oc_calendar_zone(cal), w->first * OC_TIME_DAY, OC_ZONE_EARLIER, &f.ts);
    oc_zone_instant(oc_calendar_zone(cal), w->last * OC_TIME_DAY + WEEK, OC_ZONE_EARLIER, &f.end_ts);
    snprintf(f.message, sizeof f.message, "%u of %u weeks fit %s only if the rows are %.1f h %s%s%s", w->shifted, w->judged,
             oc_calendar_id(cal), fabs(0.5 * w->shift), w->shift > 0 ? "too late" : "too early",
             w->mixed && !(all && w->follows) ? ", others by other hours" : "",
             all && w->follows ? ": local time read as UTC" : all ? ": read in another zone"
                 : ": summer time by other dates");
    oc_check_note(checks, id, SIZE_MAX, &f, err);
}

static int by_birth(const void *a, const void *b)
{
    const struct oc_weeks *x = a, *y = b;

    return (x->born > y->born) - (x->born < y->born);
}

/* Those that have something to tell are kept until the end, for they are told in the order of first rows. */
static int keep(struct oc_checksession *c, const struct oc_weeks *w)
{
    if (c->nkept == c->capkept) {
        const size_t cap = c->capkept ? 2 * c->capkept : 16;
        struct oc_weeks *more = realloc(c->kept, cap * sizeof *more);
        if (!more)
            return -1;
        c->kept = more;
        c->capkept = cap;
    }
    c->kept[c->nkept++] = *w;
    return 0;
}

int oc_checksession_forget(struct oc_checksession *c, uint32_t id, const struct oc_checks *checks,
                           const struct oc_calendar *cal, struct oc_err *err)
{
    struct oc_weeks *w = id < c->n ? &c->w[id] : NULL;

    if (!w || !w->any)
        return 0;
    judge_week(c, w, cal, checks->item[OC_CHECK_tz_shift].limit);
    if (w->shifted && keep(c, w))
        return oc_fail(err, OC_MEMORY, "no memory for shifted weeks");
    *w = (struct oc_weeks){ 0 };
    return 0;
}

int oc_checksession_end(struct oc_checksession *c, struct oc_checks *checks, const struct oc_calendar *cal,
                        struct oc_err *err)
{
    for (uint32_t i = 0; cal && i < c->n; i++)
        if (oc_checksession_forget(c, i, checks, cal, err))
            return -1;
    if (c->nkept)
        qsort(c->kept, c->nkept, sizeof *c->kept, by_birth);
    for (size_t i = 0; i < c->nkept; i++)
        tell_shift(c, &c->kept[i], checks, cal, err);
    return err->code == OC_MEMORY ? -1 : 0;
}

void oc_checksession_free(struct oc_checksession *c)
{
    free(c->w);
    free(c->kept);
    oc_symtab_free(&c->symbols);
    *c = (struct oc_checksession){ 0 };
}
