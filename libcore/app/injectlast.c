/*
 * injectlast - faults that last: a quote that stands still, a new level, a stretch without records, a shifted week.  See
 * inject.h.  Their state lies in the instrument's place; records of it get no other fault meanwhile.
 */
#include "app/inject.h"

#include "base/time.h"
#include "math/exp.h"
#include "math/log.h"

#include <math.h>
#include <string.h>

enum { AGREE = 10, MARKS = 12, DAYS = 3, WEEKS = 4 };
#define HALF_HOUR (1800 * OC_TIME_SECOND)
#define WEEK (7 * OC_TIME_DAY)

static double or_zero(const double *v, size_t i) { return v && !isnan(v[i]) ? v[i] : 0; }

static void quote_of(const struct oc_injectcols *c, size_t i, double q[4])
{
    q[0] = c->bid ? c->bid[i] : NAN;
    q[1] = c->ask ? c->ask[i] : NAN;
    q[2] = or_zero(c->bid_size, i);
    q[3] = or_zero(c->ask_size, i);
}

static bool differs(const double a[4], const double b[4])
{
    return a[0] != b[0] || a[1] != b[1] || a[2] != b[2] || a[3] != b[3];
}

/* ---- stale ------------------------------------------------------------------------------------------------------- */

static bool stale(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectplace *s = p->place;
    double q[4];

    (void)id;
    quote_of(p->c, p->row, q);
    if (!p->c->ts.v || isnan(q[0]) || isnan(q[1]) || !differs(q, s->quote))
        return false;
    memcpy(s->quote, q, sizeof q);
    s->since = p->c->ts.v[p->row];
    s->busy = OC_INJECT_STALE;
    return true;
}

static void repeat(struct oc_injectcols *c, size_t i, const double q[4])
{
    c->bid[i] = q[0];
    c->ask[i] = q[1];
    if (c->bid_size && !isnan(c->bid_size[i]))
        c->bid_size[i] = q[2];
    if (c->ask_size && !isnan(c->ask_size[i]))
        c->ask_size[i] = q[3];
}

static int go_stale(struct oc_planting *p)
{
    struct oc_injectplace *s = p->place;
    const double age = fabs((double)p->c->ts.v[p->row] - (double)s->since) / 1e9, limit = oc_inject_limit(p, OC_CHECK_stale);
    double q[4];

    quote_of(p->c, p->row, q);
    if (age > 1.5 * limit && p->place->dropped && differs(q, s->quote)) {
        s->busy = OC_INJECT_FREE;
        s->dropped = 0;
        return 0;
    }
    if (isnan(q[0]) || isnan(q[1]))
        return 0;
    repeat(p->c, p->row, s->quote);
    if (!(age > limit))
        return 0;
    s->dropped = 1;                     /* a row of it was told */
    return oc_inject_label(p->in, p->k, OC_CHECK_stale, p->row, 0, "bid", age, INT64_MIN);
}

/* ---- a new level ------------------------------------------------------------------------------------------------- */

static double log_of(const struct oc_planting *p, int which)
{
    const struct oc_injectcols *c = p->c;
    const size_t i = p->row;

    if (c->close)
        return oc_log(which > 0 ? c->high[i] : which < 0 ? c->low[i] : c->close[i]);
    return oc_log(c->price && !isnan(c->price[i]) ? c->price[i] : 0.5 * (c->bid[i] + c->ask[i]));
}

static void scale(struct oc_planting *p, double x)
{
    struct oc_injectcols *c = p->c;
    double *of[] = { c->open, c->high, c->low, c->close, c->vwap, c->price, c->bid, c->ask };

    for (size_t j = 0; x != 0 && j < sizeof of / sizeof *of; j++)
        if (of[j])
            of[j][p->row] = oc_inject_tick(p, of[j][p->row] * oc_exp(x));
}

/* What the check allows at this record, the last good one being the one before the jump. */
static double allowed(const struct oc_planting *p)
{
    const struct oc_checkjudged *j = &p->place->judged;
    const double t = fabs((double)p->c->ts.v[p->row] - (double)p->place->judged_ts);
    const double s = t > j->usual ? sqrt(t / j->usual) : 1, a = j->deviation * (2 + s) / 3 + j->least;

    return a < 1.5 ? a : 1.5;
}

static int go_jump(struct oc_planting *p)
{
    struct oc_injectplace *s = p->place;
    const double up = log_of(p, 1) - s->judged.base, down = s->judged.base - log_of(p, -1), dev = up > down ? up : down;

    s->agreeing++;
    if (dev > allowed(p) && s->agreeing <= AGREE)
        return oc_inject_label(p->in, p->k, OC_CHECK_outlier, p->row, 0, p->c->close ? "close" : "price", dev, INT64_MIN);
    s->busy = OC_INJECT_FREE;
    p->in->item[OC_CHECK_jump].planted++;
    return oc_inject_label(p->in, p->k, OC_CHECK_jump, p->row, 0, p->c->close ? "close" : "price", dev, INT64_MIN);
}

/* A night among the ten rows of a new level would allow for it: where it lies near the close is not the place. */
static bool soon_closed(const struct oc_planting *p, double usual)
{
    struct oc_session s;
    const int64_t t = p->c->ts.v[p->row];

    return p->k->calendar && oc_calendar_part(p->k->calendar, t, &s) == OC_PART_REGULAR
           && (double)(s.close - t) < 40 * usual;
}

static bool jump(struct oc_planting *p, enum oc_check_id id)
{
    const struct oc_checkjudged *j = &p->k->judged[p->row];
    struct oc_injectplace *s = p->place;
    /* down again where that is not below the first level, at which prices are as coarse as they were */
    const double x = s->scale >= 6 * j->allowed ? -6 * j->allowed : 6 * j->allowed;

    (void)id;
    if (soon_closed(p, j->usual) || !(j->allowed > 0) || fabs(x) > 1.2 || fabs(x) < 1.5 * oc_inject_limit(p, OC_CHECK_jump))
        return false;
    s->judged = *j;
    s->judged.base += s->scale;
    s->judged_ts = s->before;
    s->scale += x;
    s->agreeing = 0;
    s->busy = OC_INJECT_JUMP;
    scale(p, x);
    if (go_jump(p))
        p->k->rc = -1;
    return true;
}

/* ---- a stretch without records ----------------------------------------------------------------------------------- */

static bool within(const struct oc_planting *p, int64_t from, int64_t to)
{
    struct oc_session s, t;

    if (!p->k->calendar || oc_calendar_part(p->k->calendar, from, &s) != OC_PART_REGULAR)
        return false;
    return oc_calendar_part(p->k->calendar, to, &t) == OC_PART_REGULAR && s.open == t.open;
}

/* May this record of a bar go?  It is one that should be there. */
static bool expected(const struct oc_planting *p)
{
    const int64_t t = oc_checking_start(p->k, p->row);

    if (p->k->step[p->row] >= OC_TIME_DAY)
        return oc_calendar_is_session(p->k->calendar, oc_time_date(p->c->ts.v[p->row]));
    return within(p, t, t);
}

static bool gap(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectplace *s = p->place;
    const bool bars = strcmp(p->k->kind, "bar") == 0;
    const int64_t t = p->c->ts.v ? p->c->ts.v[p->row] : 0, limit = (int64_t)(oc_inject_limit(p, id) * 1e9);

    if (!p->k->calendar || !p->c->ts.v || s->seen < 2 || p->in->v->series.descending || limit <= 0)
        return false;
    if (bars ? !p->k->step || !p->k->step[p->row] || t - s->before != p->k->step[p->row] || !expected(p)
             : t - s->before > limit || !within(p, s->before, t) || !within(p, t, t + 3 * limit))
        return false;
    s->busy = OC_INJECT_GAP;
    s->since = s->before;
    s->first = t;
    s->until = s->before + limit + limit / 2;
    s->dropped = 1;
    return true;
}

static int go_gap(struct oc_planting *p)
{
    struct oc_injectplace *s = p->place;
    const bool bars = strcmp(p->k->kind, "bar") == 0;
    const int64_t t = p->c->ts.v[p->row];
    const double many = p->in->item[OC_CHECK_gap].size;

    if (bars ? (double)s->dropped < many && expected(p) : t <= s->until) {
        s->dropped++;
        return 1;
    }
    s->busy = OC_INJECT_FREE;
    const double dropped = (double)s->dropped;
    s->dropped = 0;
    p->in->item[OC_CHECK_gap].planted++;
    p->c->ts.v[p->row] = bars ? s->first : s->since;    /* the label is of the stretch */
    const int rc = oc_inject_label(p->in, p->k, OC_CHECK_gap, p->row, 0, "ts", dropped, t);
    p->c->ts.v[p->row] = t;
    return rc;
}

/* ---- a shifted week ---------------------------------------------------------------------------------------------- */

static int marks(const struct oc_injectplace *s, int *days)
{
    int n = 0, last = -1;

    *days = 0;
    for (int i = 0; i < 336; i++)
        if (s->halves[i / 64] >> (i % 64) & 1) {
            n++;
            *days += i / 48 != last;
            last = i / 48;
        }
    return n;
}

/* The week is over: what was shifted is told; where it has too little to be found, as `safe`. */
static int end_week(struct oc_inject *in, struct oc_injectplace *s, struct oc_err *err)
{
    const struct oc_calendar *cal = in->v->instants->calendar;
    int days;

    s->told |= marks(s, &days) >= MARKS && days >= DAYS;
    if (!s->shifted)
        return 0;
    struct oc_finding f = oc_checking_blank();
    f.band = marks(s, &days) < MARKS || days < DAYS ? "safe" : NULL;
    memcpy(f.symbol, s->symbol, sizeof f.symbol);
    memcpy(f.key, s->symbol, sizeof s->symbol);
    oc_zone_instant(oc_calendar_zone(cal), s->week, OC_ZONE_EARLIER, &f.ts);
    oc_zone_instant(oc_calendar_zone(cal), s->week + WEEK, OC_ZONE_EARLIER, &f.end_ts);
    f.column = "ts";
    f.value = 1;
    f.check = OC_CHECK_tz_dst;
    f.severity = in->v->checks.item[OC_CHECK_tz_dst].severity;
    in->item[OC_CHECK_tz_dst].planted++;
    f.line = -1;                        /* of no record */
    return oc_check_pend(&in->label, in->nout, &f, err);
}

static int end_whole(struct oc_inject *in, const struct oc_injectplace *s, struct oc_err *err)
{
    const struct oc_calendar *cal = in->v->instants->calendar;
    struct oc_finding f = oc_checking_blank();

    f.band = s->told ? NULL : "safe";
    memcpy(f.symbol, s->symbol, sizeof f.symbol);
    memcpy(f.key, s->symbol, sizeof s->symbol);
    oc_zone_instant(oc_calendar_zone(cal), s->first_week, OC_ZONE_EARLIER, &f.ts);
    oc_zone_instant(oc_calendar_zone(cal), s->week + WEEK, OC_ZONE_EARLIER, &f.end_ts);
    f.column = "ts";
    f.check = OC_CHECK_tz_shift;
    f.severity = in->v->checks.item[OC_CHECK_tz_shift].severity;
    in->item[OC_CHECK_tz_shift].planted++;
    f.line = -1;
    return oc_check_pend(&in->label, in->nout, &f, err);
}

/* The first record of an instrument: is all of it to be shifted? */
static void choose_whole(struct oc_planting *p, int64_t week)
{
    const struct oc_injectitem *it = &p->in->item[OC_CHECK_tz_shift];
    const uint64_t n = p->in->number + p->row;

    p->place->first_week = week;
    p->place->whole = it->asked && oc_inject_uniform(p->in, OC_CHECK_tz_shift, n, 0) < it->rate;
    p->place->as_utc = p->place->whole && oc_inject_uniform(p->in, OC_CHECK_tz_shift, n, 1) < 0.5;
}

int oc_injectlast_week(struct oc_planting *p)
{
    struct oc_injectitem *it = &p->in->item[OC_CHECK_tz_dst];
    struct oc_injectplace *s = p->place;

    if (!(it->asked || p->in->item[OC_CHECK_tz_shift].asked) || !p->k->calendar || !p->c->ts.v
        || !oc_bit(p->c->ts.valid, p->row)
        || (p->k->step && p->k->step[p->row] >= 4 * 3600 * OC_TIME_SECOND))
        return 0;
    const int64_t local = oc_zone_local(oc_calendar_zone(p->k->calendar), p->c->ts.v[p->row]), monday = 4 * OC_TIME_DAY;
    const int64_t in = ((local - monday) % WEEK + WEEK) % WEEK, start = local - in;
    if (s->seen == 1)
        choose_whole(p, start);
    if (s->seen == 1 || start != s->week) {
        if (s->seen > 1 && end_week(p->in, s, p->k->err))
            return -1;
        s->weeks = s->shifted ? 0 : s->weeks + 1;
        s->shifted = !s->whole && s->weeks >= WEEKS && it->due && s->busy == OC_INJECT_FREE;
        it->due -= s->shifted;
        memset(s->halves, 0, sizeof s->halves);
        s->week = start;
        snprintf(s->symbol, sizeof s->symbol, "%s", oc_checking_finding(p->k, p->row).symbol);
    }
    s->halves[in / HALF_HOUR / 64] |= UINT64_C(1) << (in / HALF_HOUR % 64);
    const int64_t by = s->as_utc ? local - p->c->ts.v[p->row] : s->shifted || s->whole ? 3600 * OC_TIME_SECOND : 0;
    p->c->ts.v[p->row] += by;
    if (p->c->recv_ts.v)
        p->c->recv_ts.v[p->row] += by;
    return 0;
}

int oc_injectlast_end(struct oc_inject *in, struct oc_err *err)
{
    for (uint32_t i = 0; i < in->nplace; i++)
        if (in->place[i].seen && (end_week(in, &in->place[i], err) || oc_injectbreaker_end(in, &in->place[i], err)
                                  || (in->place[i].whole && end_whole(in, &in->place[i], err))))
            return -1;
    return 0;
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

int oc_injectlast_go_on(struct oc_planting *p)
{
    scale(p, p->place->scale);
    switch (p->place->busy) {
    case OC_INJECT_STALE:
        return go_stale(p);
    case OC_INJECT_JUMP:
        return go_jump(p);
    case OC_INJECT_GAP:
        return go_gap(p);
    case OC_INJECT_LEAP:
        return oc_injectbreaker_go_on(p);
    default:
        return 0;
    }
}

oc_injectfault *oc_injectlast_fault(enum oc_check_id id)
{
    return id == OC_CHECK_stale ? stale : id == OC_CHECK_jump ? jump : id == OC_CHECK_gap ? gap : NULL;
}
