/*
 * injectbreaker - faults that call a halt: a price, a volume, a spread past the first level.  See inject.h.
 *
 * What the check knows of an instrument is known here too, of the records as they are written: the price that ended the
 * session before, and the last thirty volumes and spreads.  A call must be the only one of its stretch: there is room
 * where 61 minutes have passed since any other fault, 31 since one of the same measure (halts last 60, 30 and 15), and
 * for a price where its session has called none.  A price that leaps also leaves two returns among the next thirty: that
 * stretch gets a label `safe`.
 */
#include "app/inject.h"

#include "base/time.h"
#include "math/exp.h"
#include "math/log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PAST = 30, ROWS = PAST + 2 };
enum measure { PRICE, VOLATILITY, VOLUME, SPREAD, MEASURES };
#define MINUTE (60 * OC_TIME_SECOND)

static const double MORE = 1.5;         /* of the limit */

struct past { int n, at; double v[PAST]; };

struct oc_injecthalt {
    int32_t date, called;               /* session of the last record; the last one that called a price */
    double before, last;                /* price that ended the session before; of the last record */
    struct past volume, spread;
    int64_t until[MEASURES];            /* no fault of the measure before */
    enum oc_check_id id;                /* of the stretch under way */
    int left;                           /* records of it */
    char symbol[48];
};

static void push(struct past *p, double x)
{
    p->v[p->at] = x;
    p->at = (p->at + 1) % PAST;
    p->n += p->n < PAST;
}

/* 0 while there are fewer than thirty. */
static double mean(const struct past *p)
{
    double s = 0;

    for (int i = 0; i < p->n; i++)
        s += p->v[i];
    return p->n == PAST ? s / PAST : 0;
}

static double at(const double *v, size_t i) { return v ? v[i] : NAN; }

static double price_of(const struct oc_injectcols *c, size_t i)
{
    const double x = at(c->close ? c->close : c->price, i);

    return isnan(x) ? 0.5 * (at(c->bid, i) + at(c->ask, i)) : x;
}

static struct oc_injecthalt *halt_of(struct oc_planting *p)
{
    struct oc_injecthalt *h = p->place->halt;

    if (h || !(h = calloc(1, sizeof *h)))
        return h;
    h->date = h->called = INT32_MIN;
    h->before = h->last = NAN;
    for (int m = 0; m < MEASURES; m++)
        h->until[m] = INT64_MIN;
    return p->place->halt = h;
}

/* The trading date, as the check has it; *left is what is left of a regular session, else 0. */
static int32_t date_of(const struct oc_calendar *cal, int64_t ts, int64_t *left)
{
    struct oc_session s;
    const enum oc_calendar_part part = cal ? oc_calendar_part(cal, ts, &s) : OC_PART_CLOSED;

    *left = part == OC_PART_REGULAR ? s.close - ts : 0;
    if (!cal)
        return oc_time_date(ts);
    return part != OC_PART_CLOSED ? s.date : oc_time_date(oc_zone_local(oc_calendar_zone(cal), ts));
}

/* ---- faults --------------------------------------------------------------------------------------------------- */

static bool on(const struct oc_planting *p, enum oc_check_id id) { return p->k->checks->item[id].on; }

static bool free_for(const struct oc_planting *p, const struct oc_injecthalt *h, enum measure m)
{
    return h && p->place->seen > p->place->last + ROWS && p->c->ts.v[p->row] > h->until[m];
}

static void scale(struct oc_planting *p, double f)
{
    struct oc_injectcols *c = p->c;
    double *of[] = { c->open, c->high, c->low, c->close, c->vwap, c->price, c->bid, c->ask };

    for (size_t j = 0; j < sizeof of / sizeof *of; j++)
        if (of[j])
            of[j][p->row] = oc_inject_tick(p, of[j][p->row] * f);
}

/* A price that is alone: not the last hour's, which might be the one that ends the session. */
static bool leap(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injecthalt *h = halt_of(p);
    const bool of_price = id == OC_CHECK_breaker_price;
    const double now = price_of(p->c, p->row), x = MORE * oc_inject_limit(p, id);
    int64_t left;

    /* a row that is an outlier too calls nothing, and its return is none */
    if (on(p, OC_CHECK_outlier) || on(p, OC_CHECK_unit) || on(p, OC_CHECK_jump)
        || !free_for(p, h, of_price ? PRICE : VOLATILITY) || !(now > 0))
        return false;
    const int32_t date = date_of(p->k->calendar, p->c->ts.v[p->row], &left);
    const double before = date == h->date ? h->before : h->last;
    if (left < 60 * MINUTE || (of_price && (!(before > 0) || h->called == date)) || (!of_price && h->volume.n < PAST))
        return false;
    const double f = of_price ? before * (1 + x) / now : oc_exp(x * sqrt(PAST));
    if (!(f * now < 0.5 * oc_inject_limit(p, OC_CHECK_price)))
        return false;
    scale(p, f);
    p->column = p->c->close ? "close" : "price";
    p->value = of_price ? x : x * sqrt(PAST);
    h->id = id;
    h->left = ROWS;
    p->place->busy = OC_INJECT_LEAP;
    p->place->since = p->c->ts.v[p->row];
    return true;
}

static bool volume(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injecthalt *h = halt_of(p);
    double *v = p->c->volume ? p->c->volume : p->c->size;
    const double m = h ? mean(&h->volume) : 0;

    if (!v || isnan(v[p->row]) || !(m > 0) || !free_for(p, h, VOLUME))
        return false;
    p->column = v == p->c->volume ? "volume" : "size";
    p->value = v[p->row] = ceil(MORE * oc_inject_limit(p, id) * m);
    return true;
}

static bool spread(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injecthalt *h = halt_of(p);
    const double bid = at(p->c->bid, p->row), ask = at(p->c->ask, p->row), m = h ? mean(&h->spread) : 0;
    const double want = MORE * oc_inject_limit(p, id) * m, b = oc_inject_tick(p, 0.5 * (bid + ask - want));
    const double a = oc_inject_tick(p, b + want);

    if (!(bid > 0 && ask > bid && m > 0 && b > 0) || !free_for(p, h, SPREAD) || !(a - b > 0.9 * want))
        return false;
    p->c->bid[p->row] = b;
    p->c->ask[p->row] = p->value = a;
    p->column = "ask";
    return true;
}

oc_injectfault *oc_injectbreaker_fault(enum oc_check_id id)
{
    switch (id) {
    case OC_CHECK_breaker_price:
    case OC_CHECK_breaker_volatility:
        return leap;
    case OC_CHECK_breaker_volume:
        return volume;
    case OC_CHECK_breaker_spread:
        return spread;
    default:
        return NULL;
    }
}

/* ---- each record ---------------------------------------------------------------------------------------------- */

static void wait(struct oc_injecthalt *h, enum measure m, int64_t until)
{
    h->until[m] = until > h->until[m] ? until : h->until[m];
}

/* Calls of the record: faults' consequences, and what was there. */
static void follow_calls(const struct oc_planting *p, struct oc_injecthalt *h, int64_t ts, double price, double vol,
                         double width)
{
    const struct { enum measure m; enum oc_check_id id; double x, by; } of[] = {
        { VOLUME, OC_CHECK_breaker_volume, vol, mean(&h->volume) },
        { SPREAD, OC_CHECK_breaker_spread, width, mean(&h->spread) } };

    for (size_t i = 0; i < 2; i++)
        if (of[i].by > 0 && of[i].x >= oc_inject_limit(p, of[i].id) * of[i].by)
            wait(h, of[i].m, ts + (of[i].x < 1.6 * oc_inject_limit(p, of[i].id) * of[i].by ? 31 : 61) * MINUTE);
    if (h->before > 0 && fabs(price / h->before - 1) >= oc_inject_limit(p, OC_CHECK_breaker_price))
        h->called = h->date;
}

void oc_injectbreaker_row(struct oc_planting *p, enum oc_check_id planted)
{
    struct oc_injecthalt *h = halt_of(p);
    const int64_t ts = p->c->ts.v[p->row];
    const double price = price_of(p->c, p->row), vol = at(p->c->volume ? p->c->volume : p->c->size, p->row);
    const double width = at(p->c->ask, p->row) - at(p->c->bid, p->row);
    const bool own = planted != OC_CHECKS && oc_injectbreaker_fault(planted), other = planted != OC_CHECKS && !own;
    int64_t left;

    if (!h) {
        p->k->rc = oc_fail(p->k->err, OC_MEMORY, "no memory for instruments");
        return;
    }
    const int32_t date = date_of(p->k->calendar, ts, &left);
    if (date != h->date) {
        h->before = h->last;
        h->date = date;
    }
    follow_calls(p, h, ts, price, vol, width);
    for (int m = 0; m < MEASURES; m++)
        if (other || p->place->busy != OC_INJECT_FREE)
            wait(h, (enum measure)m, ts + 61 * MINUTE);
    if (price > 0 && !other)
        h->last = price;
    if (vol >= 0 && !other)
        push(&h->volume, vol);
    if (width >= 0 && !other)
        push(&h->spread, width);
    if (!*h->symbol)
        snprintf(h->symbol, sizeof h->symbol, "%s", oc_checking_finding(p->k, p->row).symbol);
}

static int end_leap(struct oc_inject *in, struct oc_injectplace *s, int64_t now, struct oc_err *err)
{
    struct oc_finding f = oc_checking_blank();

    f.check = s->halt->id;
    f.severity = in->v->checks.item[f.check].severity;
    f.band = "safe";
    memcpy(f.symbol, s->halt->symbol, sizeof f.symbol);
    memcpy(f.key, s->halt->symbol, sizeof s->halt->symbol);
    f.ts = s->since;
    f.end_ts = now;
    f.line = -1;                        /* of no record */
    s->busy = OC_INJECT_FREE;
    return oc_check_pend(&in->label, in->nout, &f, err);
}

int oc_injectbreaker_go_on(struct oc_planting *p)
{
    return --p->place->halt->left > 0 ? 0 : end_leap(p->in, p->place, p->c->ts.v[p->row], p->k->err);
}

int oc_injectbreaker_end(struct oc_inject *in, struct oc_injectplace *s, struct oc_err *err)
{
    return s->busy == OC_INJECT_LEAP ? end_leap(in, s, s->before, err) : 0;
}
