/* barmeta - see barmeta.h */
#include "app/barmeta.h"

#include "base/wide.h"
#include "math/log.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum figure {
    SPREAD_MIN,
    SPREAD_P25,
    SPREAD_P50,
    SPREAD_P75,
    SPREAD_P90,
    SPREAD_P95,
    SPREAD_P99,
    SPREAD_MAX,
    SPREAD_BPS,
    QUOTED,
    LOCKED,
    CROSSED,
    EFFECTIVE,
    INSIDE,
    OUTSIDE,
    BUY_TRADES,
    SELL_TRADES,
    ODD_LOT,
    LIQUIDITY,
    VPIN,
    LAMBDA,
    AMIHUD,
    REALIZED,
    VARIANCE,
    BIPOWER,
    JUMP,
    EFFICIENCY,
    REGIME
};

const struct oc_barmetacol oc_barmeta_cols[] = { [SPREAD_MIN] = { "spread_min", 2, 'f' },
                                                 [SPREAD_P25] = { "spread_p25", 2, 'f' },
                                                 [SPREAD_P50] = { "spread_p50", 2, 'f' },
                                                 [SPREAD_P75] = { "spread_p75", 2, 'f' },
                                                 [SPREAD_P90] = { "spread_p90", 2, 'f' },
                                                 [SPREAD_P95] = { "spread_p95", 2, 'f' },
                                                 [SPREAD_P99] = { "spread_p99", 2, 'f' },
                                                 [SPREAD_MAX] = { "spread_max", 2, 'f' },
                                                 [SPREAD_BPS] = { "spread_bps", 2, 'f' },
                                                 [QUOTED] = { "quoted_ticks", 2, 'i' },
                                                 [LOCKED] = { "locked_ticks", 2, 'i' },
                                                 [CROSSED] = { "crossed_ticks", 2, 'i' },
                                                 [EFFECTIVE] = { "effective_spread", 2, 'f' },
                                                 [INSIDE] = { "inside_share", 2, 'f' },
                                                 [OUTSIDE] = { "outside_share", 2, 'f' },
                                                 [BUY_TRADES] = { "buy_trades", 2, 'i' },
                                                 [SELL_TRADES] = { "sell_trades", 2, 'i' },
                                                 [ODD_LOT] = { "odd_lot_share", 2, 'f' },
                                                 [LIQUIDITY] = { "liquidity", 2, 'f' },
                                                 [VPIN] = { "vpin", 3, 'f' },
                                                 [LAMBDA] = { "kyle_lambda", 3, 'f' },
                                                 [AMIHUD] = { "amihud", 3, 'f' },
                                                 [REALIZED] = { "realized_spread", 3, 'f' },
                                                 [VARIANCE] = { "realized_variance", 3, 'f' },
                                                 [BIPOWER] = { "bipower_variation", 3, 'f' },
                                                 [JUMP] = { "jump_share", 3, 'f' },
                                                 [EFFICIENCY] = { "efficiency", 3, 'f' },
                                                 [REGIME] = { "market_regime", 3, 's' },
                                                 { 0 } };

const char *const oc_barmeta_regime[] = { "range", "trend", "jump", NULL };

struct spread { __int128 width; int64_t count; };

/* What is added up over a bar, all zero at its beginning. */
struct sums {
    int64_t ticks, quoted, locked, crossed, buys, sells;
    double bps;
    int64_t nbps;
    double effective, weight, inside, outside, odd, volume;
    double n, x, y, xx, xy;     /* change of price (y) on signed size (x): means, and sums about them (Welford) */
    double origin;              /* the first size, from which x counts: sizes far above their differences lose nothing */
    double variance, bipower, path, y_all, realized, matured;    /* path: sum of |change|; y_all: of change */
};

struct oc_barmeta {
    struct sums s;
    double last_move;                   /* |return| of the tick before, in this bar; NaN none */
    double vpin;
    bool has_close;
    double close;                       /* of the bar before */
    struct spread *at;                  /* in order */
    size_t n, cap;
};

struct oc_barmeta *oc_barmeta_new(void)
{
    struct oc_barmeta *m = calloc(1, sizeof *m);

    if (m)
        m->vpin = m->last_move = NAN;
    return m;
}

void oc_barmeta_free(struct oc_barmeta *m)
{
    if (m)
        free(m->at);
    free(m);
}

void oc_barmeta_fresh(struct oc_barmeta *m)
{
    m->s = (struct sums){ 0 };
    m->last_move = NAN;
    m->n = 0;
}

void oc_barmeta_closed(struct oc_barmeta *m, double close)
{
    m->has_close = true;
    m->close = close;
}

int oc_barmeta_rescale(struct oc_barmeta *m, int price)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < m->n; i++)
        rc = oc_wide_scale128(&m->at[i].width, price);
    return rc;
}

/* ---- ticks in ------------------------------------------------------------------------------------------------ */

static int count_spread(struct oc_barmeta *m, __int128 width)
{
    size_t low = 0, high = m->n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (m->at[middle].width < width)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < m->n && m->at[low].width == width) {
        m->at[low].count++;
        return 0;
    }
    if (m->n == m->cap) {
        const size_t cap = m->cap ? 2 * m->cap : 16;
        struct spread *p = realloc(m->at, cap * sizeof *p);
        if (!p)
            return -1;
        m->at = p;
        m->cap = cap;
    }
    memmove(m->at + low + 1, m->at + low, (m->n - low) * sizeof *m->at);
    m->at[low] = (struct spread){ width, 1 };
    m->n++;
    return 0;
}

static int take_quote(struct oc_barmeta *m, const struct oc_barfact *t)
{
    struct sums *s = &m->s;

    s->locked += t->locked;
    s->crossed += t->crossed;
    if (!t->sided || t->crossed)
        return 0;
    s->quoted++;
    if (!isnan(t->bps)) {
        s->bps += t->bps;
        s->nbps++;
    }
    if (!isnan(t->size)) {
        s->effective += t->effective * t->size;
        s->weight += t->size;
        s->inside += t->place < 0 ? t->size : 0;
        s->outside += t->place > 0 ? t->size : 0;
    }
    return count_spread(m, t->spread);
}

/* The first tick of a bar has no change within it. */
static void take_move(struct oc_barmeta *m, const struct oc_barfact *t)
{
    struct sums *s = &m->s;

    if (s->ticks == 0 || isnan(t->change))
        return;
    s->path += fabs(t->change);
    s->y_all += t->change;
    if (!isnan(t->size)) {
        s->origin = s->n > 0 ? s->origin : t->sign * t->size;
        const double x = t->sign * t->size - s->origin, off = x - s->x;
        s->n += 1;
        s->x += off / s->n;
        s->y += (t->change - s->y) / s->n;
        s->xx += off * (x - s->x);
        s->xy += off * (t->change - s->y);
    }
    if (isnan(t->ret))
        return;
    s->variance += t->ret * t->ret;
    if (!isnan(m->last_move))
        s->bipower += fabs(t->ret) * m->last_move;
    m->last_move = fabs(t->ret);
}

int oc_barmeta_take(struct oc_barmeta *m, const struct oc_barfact *t, size_t n, double round_lot)
{
    struct sums *s = &m->s;

    for (size_t i = 0; i < n; i++) {
        if (take_quote(m, &t[i]))
            return -1;
        take_move(m, &t[i]);
        s->ticks++;
        s->buys += t[i].sign > 0;
        s->sells += t[i].sign < 0;
        if (!isnan(t[i].size)) {
            s->volume += t[i].size;
            s->odd += t[i].size < round_lot ? t[i].size : 0;
        }
        s->realized += t[i].realized;
        s->matured += t[i].matured;
        m->vpin = t[i].vpin;
    }
    return 0;
}

/* ---- figures out --------------------------------------------------------------------------------------------- */

/* The least spread that at least the share p of the quoted ticks do not exceed. */
static double quantile(const struct oc_barmeta *m, int percent, int places)
{
    int64_t below = 0;

    for (size_t i = 0; i < m->n; i++) {
        below += m->at[i].count;
        if (below * 100 >= m->s.quoted * percent)
            return oc_wide_decimal(m->at[i].width, places);
    }
    return NAN;
}

static double share(double a, double b) { return b > 0 ? a / b : NAN; }

static void liquidity_figures(const struct oc_barmeta *m, int places, double *out)
{
    static const struct {
        enum figure f;
        int percent;
    } level[] = { { SPREAD_P25, 25 }, { SPREAD_P50, 50 }, { SPREAD_P75, 75 },
                  { SPREAD_P90, 90 }, { SPREAD_P95, 95 }, { SPREAD_P99, 99 } };
    const struct sums *s = &m->s;

    for (size_t i = 0; i < sizeof level / sizeof *level; i++)
        out[level[i].f] = quantile(m, level[i].percent, places);
    out[SPREAD_MIN] = m->n ? oc_wide_decimal(m->at[0].width, places) : NAN;
    out[SPREAD_MAX] = m->n ? oc_wide_decimal(m->at[m->n - 1].width, places) : NAN;
    out[SPREAD_BPS] = share(s->bps, (double)s->nbps);
    out[QUOTED] = (double)s->quoted;
    out[LOCKED] = (double)s->locked;
    out[CROSSED] = (double)s->crossed;
    out[EFFECTIVE] = share(s->effective, s->weight);
    out[INSIDE] = share(s->inside, s->weight);
    out[OUTSIDE] = share(s->outside, s->weight);
    out[BUY_TRADES] = (double)s->buys;
    out[SELL_TRADES] = (double)s->sells;
    out[ODD_LOT] = share(s->odd, s->volume);
    out[LIQUIDITY] = s->nbps ? 100 / (1 + out[SPREAD_BPS] / 10) : NAN;
}

void oc_barmeta_figures(const struct oc_barmeta *m, double open, double close, double dollar, int price_places, double *out)
{
    const struct sums *s = &m->s;
    const double before = m->has_close ? m->close : open;

    liquidity_figures(m, price_places, out);
    out[VPIN] = m->vpin;
    out[LAMBDA] = s->n >= 2 && s->xx > 0 ? s->xy / s->xx : NAN;
    out[AMIHUD] = dollar > 0 && close > 0 && before > 0 ? fabs(oc_log(close / before)) / dollar : NAN;
    out[REALIZED] = share(s->realized, s->matured);
    out[VARIANCE] = s->ticks ? s->variance : NAN;
    out[BIPOWER] = s->ticks ? s->bipower * 1.5707963267948966 : NAN;        /* pi / 2 */
    out[JUMP] = !(s->variance > 0) ? NAN : out[BIPOWER] < s->variance ? 1 - out[BIPOWER] / s->variance : 0;
    out[EFFICIENCY] = share(fabs(s->y_all), s->path);
    out[REGIME] = isnan(out[EFFICIENCY]) || isnan(out[JUMP]) ? NAN : out[JUMP] > 0.5 ? 2 : out[EFFICIENCY] > 0.3 ? 1 : 0;
}

/* ---- the state file ------------------------------------------------------------------------------------------ */

void oc_barmeta_keep(struct oc_barkeep *k, struct oc_barmeta *m)
{
    struct sums *s = &m->s;
    int64_t *const whole[] = { &s->ticks, &s->quoted, &s->locked, &s->crossed, &s->buys, &s->sells, &s->nbps };
    double *const number[] = { &s->bps,  &s->effective, &s->weight,   &s->inside,  &s->outside,   &s->odd,      &s->volume,
                               &s->n,    &s->x,         &s->y,        &s->xx,      &s->xy,        &s->variance, &s->bipower,
                               &s->path, &s->y_all,     &s->realized, &s->matured, &s->origin,    &m->last_move, &m->vpin,
                               &m->close };
    int64_t n = (int64_t)m->n;

    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        oc_barkeep_i64(k, "count", whole[i]);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        oc_barkeep_f64(k, "sum", number[i]);
    oc_barkeep_bool(k, "has_close", &m->has_close);
    oc_barkeep_i64(k, "spreads", &n);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        oc_barkeep_doubt(k, "count", *whole[i] < 0 || *whole[i] > INT64_MAX / 200);
    for (int64_t i = 0; i < n && !k->bad; i++) {
        struct spread w = { 0 };
        if (!k->reading)
            w = m->at[i];
        oc_barkeep_i128(k, "width", &w.width);
        oc_barkeep_i64(k, "times", &w.count);
        oc_barkeep_doubt(k, "width", w.width < 0 || w.width >> 122 || w.count < 1 || w.count > INT64_MAX / 200);
        if (k->reading && !k->bad && (count_spread(m, w.width) || m->n != (size_t)i + 1))
            k->bad = true;
        else if (k->reading && !k->bad)
            m->at[i].count = w.count;
    }
}
