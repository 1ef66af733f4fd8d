/* checkbreaker - see checkbreaker.h.  Sums over 30 numbers are made anew for each row, in the order of their places. */
#include "app/checkbreaker.h"

#include "app/checkout.h"
#include "base/time.h"
#include "math/log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PAST = 30, LEVELS = 3 };
enum measure { PRICE, VOLATILITY, VOLUME, SPREAD, MEASURES };

static const struct { enum oc_check_id id; double level[LEVELS]; const char *column; } measures[MEASURES] = {
    { OC_CHECK_breaker_price, { 0.07, 0.13, 0.20 }, "price" },
    { OC_CHECK_breaker_volatility, { 0.05, 0.08, 0.12 }, "price" },
    { OC_CHECK_breaker_volume, { 3, 5, 10 }, "volume" },
    { OC_CHECK_breaker_spread, { 3, 5, 10 }, "ask" },
};
static const char *const bands[LEVELS] = { "warning", "danger", "violation" };
static const int64_t minutes[LEVELS] = { 15, 30, 60 };

struct past { int n, at; double v[PAST]; };

struct oc_breaker {
    int32_t date;                   /* session of the last row */
    double before, last, log_last;  /* close of the session before, NAN: none; price of the last row */
    struct past *ret, *volume, *spread;     /* made at the first number where their check is on */
    int level[MEASURES];            /* called: 1 to 3, 0 none */
    int64_t until[MEASURES];
};

static void push(struct oc_checking *k, struct past **of, double x)
{
    if (!*of && !(*of = calloc(1, sizeof **of))) {
        k->rc = oc_fail(k->err, OC_MEMORY, "no memory for %u instruments", k->instruments);
        return;
    }
    struct past *p = *of;
    p->v[p->at] = x;
    p->at = (p->at + 1) % PAST;
    p->n += p->n < PAST;
}

static bool full(const struct past *p) { return p && p->n == PAST; }

static double mean(const struct past *p)
{
    double s = 0;

    for (int i = 0; i < PAST; i++)
        s += p->v[i];
    return s / PAST;
}

static double deviation(const struct past *p)
{
    const double m = mean(p);
    double s = 0;

    for (int i = 0; i < PAST; i++)
        s += (p->v[i] - m) * (p->v[i] - m);
    return sqrt(s / (PAST - 1));
}

static struct oc_breaker *breaker_of(struct oc_checking *k, struct oc_checkbreaker *c, uint32_t id)
{
    if (id >= c->n) {
        const uint32_t n = oc_checking_room(k->instruments, c->n);
        struct oc_breaker **s = realloc(c->s, (size_t)n * sizeof *s);
        int64_t *until = s ? realloc(c->halt_until, (size_t)n * sizeof *until) : NULL;
        c->s = s ? s : c->s;
        if (!until)
            return NULL;
        memset(s + c->n, 0, (size_t)(n - c->n) * sizeof *s);
        for (uint32_t i = c->n; i < n; i++)
            until[i] = INT64_MIN;
        c->halt_until = until;
        c->n = n;
    }
    if (!c->s[id] && (c->s[id] = calloc(1, sizeof **c->s))) {
        c->s[id]->before = c->s[id]->last = NAN;
        for (int m = 0; m < MEASURES; m++)
            c->s[id]->until[m] = INT64_MIN;
    }
    return c->s[id];
}

/* The trading date of an instant: of the session that it lies in or around, else its own. */
static int32_t date_of(struct oc_checkbreaker *c, const struct oc_calendar *cal, int64_t ts)
{
    struct oc_session s;

    if (ts >= c->from && ts < c->to)
        return c->date;
    c->from = ts - (ts % OC_TIME_DAY + OC_TIME_DAY) % OC_TIME_DAY;
    c->to = c->from + OC_TIME_DAY;
    c->date = oc_time_date(ts);
    if (!cal)
        return c->date;
    const enum oc_calendar_part part = oc_calendar_part(cal, ts, &s);
    c->date = part != OC_PART_CLOSED ? s.date : oc_time_date(oc_zone_local(oc_calendar_zone(cal), ts));
    c->from = part == OC_PART_REGULAR ? s.open : ts;
    c->to = part == OC_PART_REGULAR ? s.close : ts + 1;
    return c->date;
}

static void call(struct oc_checking *k, struct oc_checkbreaker *c, struct oc_breaker *s, size_t i, int64_t ts, int m,
                 double value)
{
    const double unit = oc_checking_limit(k, measures[m].id) / measures[m].level[0];
    int level = 0;

    while (level < LEVELS && value >= unit * measures[m].level[level] * (1 - 1e-12))    /* 7 % exactly counts */
        level++;
    if (ts >= s->until[m] && m != PRICE)
        s->level[m] = 0;
    if (level <= s->level[m])
        return;
    s->level[m] = level;
    s->until[m] = ts + minutes[level - 1] * 60 * OC_TIME_SECOND;
    const uint32_t id = k->instrument[i];
    c->halt_until[id] = s->until[m] > c->halt_until[id] ? s->until[m] : c->halt_until[id];
    struct oc_checkitem *it = &k->checks->item[measures[m].id];
    struct oc_finding f = oc_checking_finding(k, i);
    f.check = measures[m].id;
    f.severity = it->severity;
    f.band = bands[level - 1];
    f.end_ts = s->until[m];
    f.value = value;
    f.limit = unit * measures[m].level[level - 1];
    f.column = measures[m].column;
    snprintf(f.message, sizeof f.message, "level %d: halt of %lld minutes", level, (long long)minutes[level - 1]);
    it->hits++;
    if (oc_check_tell(k->checks, c->side, i, &f, k->err))
        k->rc = -1;
}

static double at(const double *v, size_t i) { return v ? v[i] : NAN; }

static void follow(struct oc_checking *k, struct oc_checkbreaker *c, struct oc_breaker *s, size_t i, int64_t ts)
{
    const struct oc_checkcols *col = &k->c;
    const double spread = at(col->ask, i) - at(col->bid, i), volume = at(col->volume ? col->volume : col->size, i);
    double price = at(col->close ? col->close : col->price, i);
    const int32_t date = date_of(c, k->calendar, ts);

    if (isnan(price))
        price = 0.5 * (at(col->bid, i) + at(col->ask, i));
    if (date != s->date) {
        s->before = s->last;
        s->date = date;
        s->level[PRICE] = 0;
    }
    if (oc_checking_on(k, OC_CHECK_breaker_price) && s->before > 0)
        call(k, c, s, i, ts, PRICE, fabs(price / s->before - 1));
    const bool moves_on = oc_checking_on(k, OC_CHECK_breaker_volatility);
    const bool volume_on = oc_checking_on(k, OC_CHECK_breaker_volume);
    const bool spread_on = oc_checking_on(k, OC_CHECK_breaker_spread);
    if (moves_on && price > 0) {
        const double l = oc_log(price);
        if (s->last > 0)
            push(k, &s->ret, l - s->log_last);
        s->log_last = l;
    }
    s->last = price > 0 ? price : s->last;
    if (moves_on && full(s->ret))
        call(k, c, s, i, ts, VOLATILITY, deviation(s->ret));
    if (volume_on && full(s->volume) && mean(s->volume) > 0)
        call(k, c, s, i, ts, VOLUME, volume / mean(s->volume));
    if (spread_on && full(s->spread) && mean(s->spread) > 0)
        call(k, c, s, i, ts, SPREAD, spread / mean(s->spread));
    if (volume_on && volume >= 0)
        push(k, &s->volume, volume);
    if (spread_on && spread >= 0)
        push(k, &s->spread, spread);
}

void oc_checkbreaker_rows(struct oc_checking *k, struct oc_checkbreaker *c)
{
    const struct oc_intcol *ts = &k->c.ts;

    if (!c->on || !ts->v)
        return;
    for (int m = 0; m < MEASURES; m++)
        oc_checking_seen(k, measures[m].id, k->n);
    int64_t *before = oc_arena_alloc(&k->b->arena, (k->n + 1) * sizeof *before);
    if (!before)
        k->rc = oc_fail(k->err, OC_MEMORY, "no memory for halts");
    c->row_halt = before;
    for (size_t i = 0; i < k->n && k->rc == 0; i++) {
        const uint32_t id = k->instrument[i];
        before[i] = id < c->n ? c->halt_until[id] : INT64_MIN;
        if (!oc_bit(ts->valid, i) || !oc_checking_good(k, i))
            continue;
        struct oc_breaker *s = breaker_of(k, c, id);
        if (s)
            follow(k, c, s, i, ts->v[i]);
        else
            k->rc = oc_fail(k->err, OC_MEMORY, "no memory for %u instruments", k->instruments);
    }
}

void oc_checkbreaker_forget(struct oc_checkbreaker *c, uint32_t id)
{
    struct oc_breaker *s = id < c->n ? c->s[id] : NULL;

    if (!s)
        return;
    free(s->ret);
    free(s->volume);
    free(s->spread);
    free(s);
    c->s[id] = NULL;
    c->halt_until[id] = INT64_MIN;
}

void oc_checkbreaker_free(struct oc_checkbreaker *c)
{
    for (uint32_t i = 0; i < c->n; i++)
        oc_checkbreaker_forget(c, i);
    free(c->s);
    free(c->halt_until);
}
