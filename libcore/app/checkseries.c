/* checkseries - see checkseries.h. */
#include "app/checkseries.h"

#include "app/window.h"
#include "math/log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ENOUGH = 8, AGREE = 10, DECIDED = OC_WINDOW };
static const double FLOOR = 0.01, CEILING = 1.5, SIGMA = 1.4826;

struct windows {
    struct oc_window ret, dt, volume;
    int64_t first;                  /* ts of the first row of this level */
    int32_t taken;                  /* rows of this level so far, DECIDED at most */
    bool told;                      /* of these rows that are far away and agree, `level` was told */
};

struct oc_series {
    bool priced;
    int32_t agreeing;               /* outliers in a row that agree with each other */
    int64_t since;                  /* stale: ts at which the quote became what it is */
    double quote[4];
    double log_price, price, spread;        /* of the last good row */
    double grain;                   /* the smallest change so far; 0: none */
    int64_t ts;                     /* of the last good row */
    double level;                   /* of the agreeing outliers */
    bool doubtful;                  /* time alone allowed the last good row: these are of the one before */
    double log_before, price_before, spread_before;
    int64_t ts_before;
    struct windows *w;
};

static int no_memory(struct oc_checking *k) { return k->rc = oc_fail(k->err, OC_MEMORY, "no memory for %u instruments",
                                                            k->instruments); }

/* What an instrument is before its first row. */
static const struct oc_series blank = { .quote[0] = NAN };

static int reserve(struct oc_checking *k, struct oc_checkseries *c)
{
    if (k->instruments <= c->n)
        return 0;
    const uint32_t n = oc_checking_room(k->instruments, c->n);
    struct oc_series *s = realloc(c->s, (size_t)n * sizeof *s);
    if (!s)
        return no_memory(k);
    for (uint32_t i = c->n; i < n; i++)
        s[i] = blank;
    c->s = s;
    c->n = n;
    return 0;
}

/* Instants of the newest rows take 8 bytes, so what is only ordered needs no more. */
static int reserve_newest(struct oc_checking *k, struct oc_checkseries *c)
{
    if (k->instruments <= c->nnewest)
        return 0;
    const uint32_t n = oc_checking_room(k->instruments, c->nnewest);
    int64_t *newest = realloc(c->newest, (size_t)n * sizeof *newest);
    if (!newest)
        return no_memory(k);
    for (uint32_t i = c->nnewest; i < n; i++)
        newest[i] = INT64_MIN;
    c->newest = newest;
    c->nnewest = n;
    return 0;
}

void oc_checkseries_forget(struct oc_checkseries *c, uint32_t id)
{
    if (id < c->nnewest)
        c->newest[id] = INT64_MIN;
    if (id < c->n) {
        free(c->s[id].w);
        c->s[id] = blank;
    }
}

/* ---- order --------------------------------------------------------------------------------------------------- */

void oc_checkseries_order(struct oc_checking *k, struct oc_checkseries *c)
{
    const struct oc_intcol *ts = &k->c.ts;
    const double limit = oc_checking_limit(k, OC_CHECK_order);

    if (!ts->v || reserve_newest(k, c))
        return;
    oc_checking_seen(k, OC_CHECK_order, k->n);
    for (size_t i = 0; i < k->n; i++) {
        int64_t *newest = &c->newest[k->instrument[i]];
        const int64_t t = c->descending ? -ts->v[i] : ts->v[i];
        if (!oc_bit(ts->valid, i) || !oc_checking_good(k, i))
            continue;
        const double behind = t < *newest ? ((double)*newest - (double)t) / 1e9 : 0;
        if (behind > limit)
            oc_check_hit(k, OC_CHECK_order, i, "ts", behind, limit, "%.9g s %s the newest row of this instrument", behind,
                         c->descending ? "after" : "before");
        *newest = t > *newest ? t : *newest;
    }
}

/* ---- prices -------------------------------------------------------------------------------------------------- */

/* The price of each row by which it is judged, the highest and the lowest, and the spread; NaN where there is none. */
struct judged { const double *price, *high, *low; double *log_price, *log_high, *log_low; };

static double *logs(struct oc_checking *k, const double *v)
{
    double *l = oc_arena_alloc(&k->b->arena, (k->n + 1) * sizeof *l);

    if (l)
        oc_log_v(k->n, v, l);
    else
        no_memory(k);
    return l;
}

static int prices_of(struct oc_checking *k, struct judged *j)
{
    const struct oc_checkcols *c = &k->c;
    double *mid = NULL;

    if (c->close && c->high && c->low) {
        *j = (struct judged){ c->close, c->high, c->low, logs(k, c->close), logs(k, c->high), logs(k, c->low) };
        return k->rc;
    }
    j->price = c->price;
    if (c->bid && c->ask) {
        mid = oc_arena_alloc(&k->b->arena, (k->n + 1) * sizeof *mid);
        if (!mid)
            return no_memory(k);
        for (size_t i = 0; i < k->n; i++)
            mid[i] = c->price && !isnan(c->price[i]) ? c->price[i] : 0.5 * (c->bid[i] + c->ask[i]);
        j->price = mid;
    }
    if (j->price)
        j->log_price = logs(k, j->price);
    j->high = j->low = j->price;
    j->log_high = j->log_low = j->log_price;
    return k->rc;
}

/* What is allowed however still the series is. */
static double least_allowed(const struct oc_series *s) { return FLOOR + (0.5 * s->spread + 3 * s->grain) / s->price; }

/* The row's volume by the usual one; 0: not known. */
static double activity(const struct oc_series *s, double volume)
{
    const double usual = s->w->volume.n < ENOUGH ? 0 : oc_window_median(&s->w->volume);

    return usual > 0 && volume > 0 ? volume / usual : 0;
}

/* How far from the last good price a row may be. */
static double allowed(const struct oc_series *s, int64_t ts, double volume, double limit, double median, double *at_once)
{
    const struct oc_window *ret = &s->w->ret;

    *at_once = least_allowed(s);
    if (ret->n < ENOUGH)
        return CEILING;
    const double mad = SIGMA * oc_window_mad(ret, median), coarse = 0.6 * oc_window_mean_distance(ret, median);
    const double d = mad > coarse ? mad : coarse, t = fabs((double)ts - (double)s->ts), usual = oc_window_median(&s->w->dt);
    const double late = t / (usual > 1e6 ? usual : 1e6), busy = activity(s, volume);   /* a millisecond at least */
    const double more = late > busy ? late : busy, scale = more > 1 ? sqrt(more) : 1;
    const double a = limit * d * (scale > 1 ? (2 + scale) / 3 : 1) + least_allowed(s);
    *at_once += limit * d;
    return a < CEILING ? a : CEILING;
}

/* The row behind a doubtful one is back where that came from: that was an outlier, and is forgotten. */
static bool returned(const struct oc_series *s, double log_price)
{
    return s->doubtful && fabs(log_price - s->log_before) < 0.25 * fabs(s->log_price - s->log_before);
}

static void forget_doubtful(struct oc_checking *k, struct oc_series *s, size_t i, double price)
{
    if (oc_checking_on(k, OC_CHECK_jump))
        oc_check_hit(k, OC_CHECK_jump, i, k->c.close ? "close" : k->c.price ? "price" : "bid", price / s->price - 1,
                     oc_checking_limit(k, OC_CHECK_jump), "from %.10g back to %.10g: the row before was an outlier, "
                     "told too late", s->price, price);
    s->log_price = s->log_before;
    s->price = s->price_before;
    s->spread = s->spread_before;
    s->ts = s->ts_before;
    s->doubtful = false;
}

/* The power of ten from 10 to 10000 that the ratio is near to, or its inverse; 0: none. */
static double power_of_ten(double ratio, double near)
{
    const double up = ratio < 1 ? 1 / ratio : ratio;

    for (double p = 10; p <= 10000; p *= 10)
        if (fabs(up / p - 1) <= near)
            return p;
    return 0;
}

static void tell_outlier(struct oc_checking *k, const struct oc_series *s, size_t i, double value, const char *column,
                         double dev, double allow)
{
    const double ten = power_of_ten(value / s->price, oc_checking_limit(k, OC_CHECK_unit));

    if (oc_checking_on(k, OC_CHECK_outlier))
        oc_check_hit(k, OC_CHECK_outlier, i, column, value, s->price,
                     "%s %.10g after %.10g: log ratio %.4g, %.4g allowed", column, value, s->price, dev, allow);
    if (ten != 0 && oc_checking_on(k, OC_CHECK_unit))
        oc_check_hit(k, OC_CHECK_unit, i, column, value / s->price, ten,
                     "%s %.10g is about %s%.0f times the %.10g before: another unit, or an adjustment "
                     "that one of them lacks", column, value, value > s->price ? "" : "1/", ten, s->price);
}

static void take(struct oc_series *s, const struct oc_checking *k, size_t i, double price, double log_price, int64_t ts)
{
    const double *bid = k->c.bid, *ask = k->c.ask;

    const double change = s->priced ? fabs(price - s->price) : 0;
    if (change > 0 && (s->grain == 0 || change < s->grain))
        s->grain = change;
    s->price = price;
    s->log_price = log_price;
    s->ts = ts;
    s->spread = bid && ask && ask[i] > bid[i] ? ask[i] - bid[i] : 0;
    s->agreeing = 0;
    s->priced = true;
    s->w->first = s->w->taken ? s->w->first : ts;
    s->w->taken += s->w->taken < DECIDED;
}

static void jump(struct oc_checking *k, const struct oc_series *s, size_t i, double price, bool level)
{
    const double limit = oc_checking_limit(k, OC_CHECK_jump), move = price / s->price - 1;

    if (oc_checking_on(k, OC_CHECK_jump) && (fabs(move) > limit || level))
        oc_check_hit(k, OC_CHECK_jump, i, k->c.close ? "close" : k->c.price ? "price" : "bid", move, limit,
                     "from %.10g to %.10g%s", s->price, price, level ? ": more than ten rows agree with it" : "");
}

static double volume_of(const struct oc_checking *k, size_t i) { return k->c.volume && k->c.close ? k->c.volume[i] : 0; }

/* How this row is judged, for who plants faults. */
static void note_judged(struct oc_checking *k, const struct oc_series *s, size_t i, int64_t ts, double median)
{
    const double least = least_allowed(s), usual = oc_window_median(&s->w->dt);
    struct oc_checkjudged *j = &k->judged[i];
    double at_once;
    const double allow = allowed(s, ts, volume_of(k, i), oc_checking_limit(k, OC_CHECK_outlier), median, &at_once);

    *j = (struct oc_checkjudged){ .base = s->log_price + median, .deviation = at_once - least, .least = least,
                                  .usual = usual > 1e6 ? usual : 1e6, .volume = j->volume, .allowed = allow };
}

/* The column at fault of a row that is far up, or far down. */
static const char *column_of(const struct oc_checking *k, size_t i, bool up)
{
    if (k->c.close)
        return up ? "high" : "low";
    return k->c.price && !isnan(k->c.price[i]) ? "price" : up ? "ask" : "bid";
}

/*
 * A quote with the last good price between its sides, and no wider than `spread` allows, contradicts nothing.  It is not
 * remembered either: its middle says little.
 */
static bool holds(const struct oc_checking *k, const struct oc_series *s, size_t i)
{
    const double *bid = k->c.bid, *ask = k->c.ask;

    return bid && ask && !k->c.close && !(k->c.price && !isnan(k->c.price[i])) && bid[i] <= s->price && s->price <= ask[i]
           && ask[i] - bid[i] <= oc_checking_limit(k, OC_CHECK_spread) * bid[i];
}

/* Few rows stand against nearly as many: nothing says yet which level is right, and the first has left already. */
static void undecided(struct oc_checking *k, struct oc_series *s, size_t i, double price)
{
    struct windows *w = s->w;

    w->told &= s->agreeing > 1;
    if (w->told || w->taken >= DECIDED || s->agreeing < 2 || 2 * s->agreeing < w->taken
        || !oc_checking_on(k, OC_CHECK_level))
        return;
    struct oc_finding f = oc_checking_finding(k, i);
    f.ts = k->c.ts.v[i] < w->first ? s->ts : w->first;
    f.end_ts = k->c.ts.v[i] < w->first ? w->first : s->ts;
    f.column = k->c.close ? "close" : k->c.price && !isnan(k->c.price[i]) ? "price" : "bid";
    f.value = price;
    f.limit = s->price;
    snprintf(f.message, sizeof f.message, "%d rows near %.10g, which went on, and then %d near %.10g, which did not: which "
             "level is right is not decided", w->taken, s->price, s->agreeing, price);
    oc_check_note(k->checks, OC_CHECK_level, i, &f, k->err);
    w->told = true;
}

/* One row with a price. */
static void judge(struct oc_checking *k, struct oc_series *s, const struct judged *j, size_t i, int64_t ts)
{
    if (!s->priced) {
        take(s, k, i, j->price[i], j->log_price[i], ts);
        return;
    }
    const double limit = oc_checking_limit(k, OC_CHECK_outlier);
    const double median = s->w->ret.n < ENOUGH ? 0 : oc_window_median(&s->w->ret);
    double base = s->log_price + median, up = j->log_high[i] - base, down = base - j->log_low[i], at_once = INFINITY;
    if (s->doubtful && (up > down ? up : down) > least_allowed(s) && returned(s, j->log_price[i])) {
        forget_doubtful(k, s, i, j->price[i]);
        base = s->log_price + median;
        up = j->log_high[i] - base;
        down = base - j->log_low[i];
    }
    /* nearly every row is within what is allowed anyway, so the window need not be asked how wide it is */
    const double dev = up > down ? up : down;
    const double allow = dev <= least_allowed(s) && dev <= CEILING ? dev
                         : allowed(s, ts, volume_of(k, i), limit, median, &at_once);
    const bool far = dev > allow;
    if (k->judged)
        note_judged(k, s, i, ts, median);
    if (far && holds(k, s, i))
        return;
    if (far) {
        const double level = j->log_price[i];
        s->agreeing = s->agreeing && fabs(level - s->level) <= allow ? s->agreeing + 1 : 1;
        s->level = level;
        if (s->agreeing <= AGREE) {
            tell_outlier(k, s, i, up > down ? j->high[i] : j->low[i], column_of(k, i, up > down), dev, allow);
            undecided(k, s, i, j->price[i]);
            return;
        }
        s->w->taken = 0;
    }
    jump(k, s, i, j->price[i], far);
    const bool doubtful = !far && dev > at_once;
    if (!far && !doubtful) {
        oc_window_push(&s->w->ret, j->log_price[i] - s->log_price);
        oc_window_push(&s->w->dt, fabs((double)ts - (double)s->ts));
    }
    s->log_before = s->log_price;
    s->price_before = s->price;
    s->spread_before = s->spread;
    s->ts_before = s->ts;
    s->doubtful = doubtful;
    take(s, k, i, j->price[i], j->log_price[i], ts);
}

/* Volumes are remembered for the prices too. */
static void volume(struct oc_checking *k, struct oc_series *s, size_t i)
{
    const double v = k->c.volume[i], limit = oc_checking_limit(k, OC_CHECK_volume), m = oc_window_median(&s->w->volume);

    if (oc_checking_on(k, OC_CHECK_volume) && s->w->volume.n >= ENOUGH && m > 0 && v > limit * m)
        oc_check_hit(k, OC_CHECK_volume, i, "volume", v / m, limit, "volume %.10g is %.4g times the median of %d bars",
                     v, v / m, s->w->volume.n);
    if (k->judged && s->w->volume.n >= ENOUGH)
        k->judged[i].volume = m;
    oc_window_push(&s->w->volume, v);
}

static double or_zero(const double *v, size_t i) { return v && !isnan(v[i]) ? v[i] : 0; }

static void stale(struct oc_checking *k, struct oc_series *s, size_t i, int64_t ts)
{
    const struct oc_checkcols *c = &k->c;
    const double q[4] = { c->bid[i], c->ask[i], or_zero(c->bid_size, i), or_zero(c->ask_size, i) };
    const double limit = oc_checking_limit(k, OC_CHECK_stale), age = fabs((double)ts - (double)s->since) / 1e9;

    if (q[0] != s->quote[0] || q[1] != s->quote[1] || q[2] != s->quote[2] || q[3] != s->quote[3]) {
        memcpy(s->quote, q, sizeof q);
        s->since = ts;
    } else if (age > limit) {
        oc_check_hit(k, OC_CHECK_stale, i, "bid", age, limit, "the same quote for %.6g s", age);
    }
}

void oc_checkseries_prices(struct oc_checking *k, struct oc_checkseries *c)
{
    static const enum oc_check_id ids[] = { OC_CHECK_outlier, OC_CHECK_unit, OC_CHECK_jump, OC_CHECK_level };
    const struct oc_intcol *ts = &k->c.ts;
    struct judged j = { 0 };
    const bool follow = oc_checking_on(k, ids[0]) || oc_checking_on(k, ids[1]) || oc_checking_on(k, ids[2]);
    const bool volumes = k->c.volume && ((follow && k->c.close) || oc_checking_on(k, OC_CHECK_volume));
    const bool quotes = oc_checking_on(k, OC_CHECK_stale) && k->c.bid && k->c.ask && ts->v;

    if (!ts->v || (!follow && !volumes && !quotes) || reserve(k, c) || (follow && prices_of(k, &j)))
        return;
    for (size_t i = 0; follow && j.price && i < sizeof ids / sizeof *ids; i++)
        oc_checking_seen(k, ids[i], k->n);
    oc_checking_seen(k, OC_CHECK_volume, volumes && oc_checking_on(k, OC_CHECK_volume) ? k->n : 0);
    oc_checking_seen(k, OC_CHECK_stale, quotes ? k->n : 0);
    for (size_t i = 0; i < k->n; i++) {
        if (!oc_checking_good(k, i) || !oc_bit(ts->valid, i))
            continue;
        struct oc_series *s = &c->s[k->instrument[i]];
        if (quotes && !isnan(k->c.bid[i]) && !isnan(k->c.ask[i]))
            stale(k, s, i, ts->v[i]);
        if (!s->w && (j.price || volumes) && !(s->w = calloc(1, sizeof *s->w))) {
            no_memory(k);
            return;
        }
        if (j.price && j.log_low[i] > -INFINITY && j.log_high[i] < INFINITY)
            judge(k, s, &j, i, ts->v[i]);
        if (volumes && k->c.volume[i] >= 0 && oc_checking_good(k, i))
            volume(k, s, i);
    }
}

void oc_checkseries_free(struct oc_checkseries *c)
{
    for (uint32_t i = 0; i < c->n; i++)
        free(c->s[i].w);
    free(c->s);
    free(c->newest);
    *c = (struct oc_checkseries){ 0 };
}
