/* payoff - see payoff.h.  One table row a pay-off: what a fixing does to the room, and what the end makes of it. */
#include "sim/payoff.h"

#include "math/exp.h"
#include "math/log.h"
#include "math/philox.h"
#include "sim/lanes.h"
#include "sim/payoff_bridge.h"
#include "sim/payoff_k.h"

#include <math.h>
#include <string.h>

#define K(name) OC_K_PICK(oc_payoff_##name##_k)

/* ---- the underlying ---------------------------------------------------------------------------------------- */

/* Prices of asset a now. */
static void price(const struct oc_laid_claim *p, const struct oc_payoff_room *r, const struct oc_paths_at *at, size_t a,
                  double *s)
{
    if (p->walk && (p->walk[a].process->arithmetic || p->walk[a].process->level)) {
        oc_walk_spot(&p->walk[a], at->n, at->x[a], s);
        return;
    }
    if (r->adjust)
        K(linear)(at->n, r->adjust[at->step * p->assets + a], 1.0, at->x[a], s);
    oc_exp_v(at->n, r->adjust ? s : at->x[a], s);
    K(linear)(at->n, 0.0, p->spot[a], s, s);
}

/* What the claim is written on: the price, or the weighted sum, the best, the worst of several. */
static void underlying(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at)
{
    const struct oc_claim *c = &p->claim;

    price(p, r, at, 0, r->s);
    if (c->weight)
        K(linear)(at->n, 0.0, c->weight[0], r->s, r->s);
    for (size_t a = 1; a < p->assets; a++) {
        price(p, r, at, a, r->tmp[0]);
        if (c->pay == OC_PAY_BASKET)
            K(axpy)(at->n, c->weight ? c->weight[a] : 1.0, r->tmp[0], r->s);
        else
            K(best)(at->n, c->pay == OC_PAY_BEST ? 1.0 : -1.0, r->tmp[0], r->s);
    }
}

/* W of geometric Brownian motion, its first normal and the score of the volatility. */
static void brownian(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at)
{
    const size_t n = at->n;
    double *const w = r->tmp[0], *const dw = r->tmp[1];

    if (at->step == 0) {
        memset(r->w, 0, sizeof r->w);
        memset(r->score, 0, sizeof r->score);
        return;
    }
    const double dt = p->t[at->step] - p->t[at->step - 1];
    K(linear)(n, -p->m * at->t / p->vol, 1 / p->vol, at->x[0], w);
    memcpy(dw, w, n * sizeof *w);
    K(axpy)(n, -1.0, r->w, dw);
    memcpy(r->w, w, n * sizeof *w);
    if (at->step == 1)
        K(linear)(n, 0.0, 1 / sqrt(dt), dw, r->first_z);
    K(axpy)(n, -1.0, dw, r->score);
    K(linear)(n, 0.0, 1 / (dt * p->vol), dw, w);
    K(dot)(n, w, dw, r->score);
    K(linear)(n, -1 / p->vol, 1.0, r->score, r->score);
}

/* ---- fixings ----------------------------------------------------------------------------------------------- */

typedef void fix_fn(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at);
typedef void end_fn(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value);

static void fix_none(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at)
{
    (void)p, (void)r, (void)at;
}

static void fix_asian(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at)
{
    if (p->claim.geometric && p->walk) {
        K(linear)(at->n, 0.0, 1 / p->spot[0], r->s, r->tmp[2]);
        oc_log_v(at->n, r->tmp[2], r->tmp[2]);
        K(add)(at->n, r->tmp[2], r->sum_x);
    } else if (p->claim.geometric || p->logs) {
        if (r->adjust)
            K(linear)(at->n, r->adjust[at->step], 1.0, at->x[0], r->tmp[2]);
        K(add)(at->n, r->adjust ? r->tmp[2] : at->x[0], r->sum_x);
    }
    if (!p->claim.geometric)
        K(add)(at->n, r->s, r->sum);
    if (!p->sensitive)
        return;
    if (p->claim.geometric) {
        K(add)(at->n, r->w, r->sum_w);
        return;
    }
    K(axpy)(at->n, at->t, r->s, r->sum_t);
    K(dot)(at->n, r->s, r->w, r->sum_w);
}

/* A call fixed and a put floating look at the maximum. */
static double extremum_sign(const struct oc_claim *c)
{
    return (c->pay == OC_PAY_LOOKBACK_FIXED) == (c->side > 0) ? 1 : -1;
}

static void fix_lookback(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at)
{
    const double sign = extremum_sign(&p->claim);

    if (p->claim.continuous)
        return;
    if (p->sensitive || p->gradient)
        K(best3)(at->n, sign, at->t, r->s, r->w, r->best, r->best_t, r->best_w);
    else
        K(best)(at->n, sign, r->s, r->best);
}

static void fix_start(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at)
{
    (void)p;
    memcpy(r->start, r->s, at->n * sizeof *r->s);
    memcpy(r->start_w, r->w, at->n * sizeof *r->w);
}

static double or_else(double x, double other) { return isnan(x) ? other : x; }

static void fix_cliquet(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at)
{
    const struct oc_claim *c = &p->claim;

    if (at->step > 0)
        K(return)(at->n, c->side, c->moneyness, or_else(c->local_floor, 0), or_else(c->local_cap, INFINITY), r->s, r->start,
                  r->sum);
}

static bool is_double(const struct oc_claim *c) { return c->pay == OC_PAY_DOUBLE_BARRIER; }
static bool is_lower(const struct oc_claim *c) { return c->knock == OC_DOWN_OUT || c->knock == OC_DOWN_IN; }
static bool is_out(const struct oc_claim *c)
{
    return c->knock == OC_DOWN_OUT || c->knock == OC_UP_OUT || c->knock == OC_KNOCK_OUT;
}

/* Discount of a rebate that falls due at time t. */
static double rebate_discount(const struct oc_claim *c, double t)
{
    return oc_exp(-c->rate * (c->rebate_at_expiry ? c->years : t));
}

static void fix_barrier(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at)
{
    const struct oc_claim *c = &p->claim;
    const double k = rebate_discount(c, at->t);

    if (c->continuous && at->step > 0)
        return;                     /* the bridge has seen to it */
    if (is_double(c)) {
        K(hit)(at->n, 1.0, c->barrier, k, r->s, r->alive, r->paid);
        K(hit)(at->n, -1.0, c->barrier2, k, r->s, r->alive, r->paid);
    } else {
        K(hit)(at->n, is_lower(c) ? 1.0 : -1.0, c->barrier, k, r->s, r->alive, r->paid);
    }
}

/* ---- the end ----------------------------------------------------------------------------------------------- */

static double discount(const struct oc_laid_claim *p) { return oc_exp(-p->claim.rate * p->claim.years); }

/* side where side (a - b) > 0, times k: the derivative of k max(side (a - b), 0) by a */
static void slope(size_t n, double side, double k, const double *a, const double *b, double strike, double *out)
{
    for (size_t j = 0; j < n; j++)
        out[j] = side * (a[j] - (b ? b[j] : strike)) > 0 ? k * side : 0;
}

/* grad = g a, grad_t = g b, grad_w = g c for columns that hold sums over fixings; b NULL: a t */
static void gradient(struct oc_payoff_room *r, size_t n, const double *g, const double *a, const double *b, double t,
                     const double *c)
{
    for (size_t j = 0; j < n; j++) {
        r->grad[j] = g[j] * a[j];
        r->grad_t[j] = g[j] * (b ? b[j] : a[j] * t);
        r->grad_w[j] = g[j] * c[j];
    }
}

static void end_vanilla(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value)
{
    const struct oc_claim *c = &p->claim;

    K(vanilla)(n, c->side, c->strike, discount(p), r->s, value);
    if (p->gradient) {
        oc_lanes_fill(n, 0, r->by_fixing);
        slope(n, c->side, discount(p), r->s, NULL, c->strike, r->by_end);
    }
    if (!p->sensitive)
        return;
    slope(n, c->side, discount(p), r->s, NULL, c->strike, r->tmp[0]);
    memset(r->tmp[1], 0, sizeof r->tmp[1]);
    K(dot)(n, r->s, r->w, r->tmp[1]);
    gradient(r, n, r->tmp[0], r->s, NULL, c->years, r->tmp[1]);
}

static void end_digital(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value)
{
    const struct oc_claim *c = &p->claim;
    const bool asset = c->pay == OC_PAY_DIGITAL_ASSET;

    K(digital)(n, c->side, c->strike, discount(p) * (asset ? 1 : c->cash), asset, r->s, value);
}

static void end_forward_start(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value)
{
    const struct oc_claim *c = &p->claim;
    const double d = discount(p);

    K(linear)(n, 0.0, c->moneyness, r->start, r->tmp[0]);       /* the strike */
    K(spread)(n, c->side, d, r->s, r->tmp[0], value);
    if (p->gradient) {
        slope(n, c->side, d, r->s, r->tmp[0], 0, r->by_end);
        K(linear)(n, 0.0, -c->moneyness, r->by_end, r->by_fixing);
    }
    if (!p->sensitive)
        return;
    slope(n, c->side, d, r->s, r->tmp[0], 0, r->tmp[1]);
    for (size_t j = 0; j < n; j++) {
        r->grad[j] = r->tmp[1][j] * (r->s[j] - r->tmp[0][j]);
        r->grad_t[j] = r->tmp[1][j] * (r->s[j] * c->years - r->tmp[0][j] * c->fixing[0]);
        r->grad_w[j] = r->tmp[1][j] * (r->s[j] * r->w[j] - r->tmp[0][j] * r->start_w[j]);
    }
}

/* The average, seasoned, into tmp[0]. */
static void average(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n)
{
    const struct oc_claim *c = &p->claim;
    const double count = c->fixings_done + (double)c->fixings, done = c->fixings_done;

    if (!c->geometric) {
        K(linear)(n, done > 0 ? c->average_so_far * (done / count) : 0, 1 / count, r->sum, r->tmp[0]);
        return;
    }
    const double past = done > 0 ? done * oc_log(c->average_so_far) : 0;
    K(linear)(n, (past + (double)c->fixings * oc_log(p->spot[0])) / count, 1 / count, r->sum_x, r->tmp[0]);
    oc_exp_v(n, r->tmp[0], r->tmp[0]);
}

static void end_asian(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value)
{
    const struct oc_claim *c = &p->claim;
    const double count = c->fixings_done + (double)c->fixings;

    average(p, r, n);
    K(vanilla)(n, c->side, c->strike, discount(p), r->tmp[0], value);
    if (p->gradient) {
        oc_lanes_fill(n, 0, r->by_end);
        slope(n, c->side, discount(p) / count, r->tmp[0], NULL, c->strike, r->by_fixing);
        for (size_t j = 0; c->geometric && j < n; j++)
            r->by_fixing[j] *= r->tmp[0][j];
    }
    if (!p->sensitive)
        return;
    slope(n, c->side, discount(p) / count, r->tmp[0], NULL, c->strike, r->tmp[1]);
    if (!c->geometric) {
        gradient(r, n, r->tmp[1], r->sum, r->sum_t, 0, r->sum_w);
        return;
    }
    double times = 0;
    for (size_t i = 0; i < c->fixings; i++)
        times += c->fixing[i];
    for (size_t j = 0; j < n; j++) {
        const double g = r->tmp[1][j] * r->tmp[0][j];
        r->grad[j] = g * (double)c->fixings;
        r->grad_t[j] = g * times;
        r->grad_w[j] = g * r->sum_w[j];
    }
}

static void end_lookback(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value)
{
    const struct oc_claim *c = &p->claim;
    const double d = discount(p), sign = extremum_sign(c);
    double *const best = r->tmp[0];

    if (c->continuous) {            /* an extremum of logarithms */
        oc_exp_v(n, r->best, best);
        K(linear)(n, 0.0, p->spot[0], best, best);
    } else {
        memcpy(best, r->best, n * sizeof *best);
    }
    if (!isnan(c->extremum))        /* of before: it has no derivative */
        for (size_t j = 0; j < n; j++)
            if (!(sign * (best[j] - c->extremum) > 0)) {
                best[j] = c->extremum;
                r->best_w[j] = r->best_t[j] = NAN;
            }
    if (c->pay == OC_PAY_LOOKBACK_FIXED)
        K(vanilla)(n, c->side, c->strike, d, best, value);
    else
        K(spread)(n, c->side, d, r->s, best, value);
    for (size_t j = 0; p->gradient && j < n; j++) {
        const double g = value[j] > 0 ? d * c->side : 0;
        r->by_fixing[j] = c->pay == OC_PAY_LOOKBACK_FIXED ? g : -g;
        r->by_end[j] = c->pay == OC_PAY_LOOKBACK_FIXED ? 0 : g;
    }
    if (!p->sensitive)
        return;
    for (size_t j = 0; j < n; j++) {
        const double moves = isnan(r->best_t[j]) ? 0 : best[j], t = moves != 0 ? r->best_t[j] : 0;
        const double w = moves != 0 ? r->best_w[j] : 0;
        const bool fixed = c->pay == OC_PAY_LOOKBACK_FIXED;
        const double g = value[j] > 0 ? d * c->side : 0, b = fixed ? g : -g, s = fixed ? 0 : g * r->s[j];
        r->grad[j] = b * moves + s;
        r->grad_t[j] = b * moves * t + s * c->years;
        r->grad_w[j] = b * moves * w + s * r->w[j];
    }
}

static void end_cliquet(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value)
{
    const struct oc_claim *c = &p->claim;

    const double notional = or_else(c->cash, p->spot[0]) * (c->share != 0 ? c->share : 1);
    K(clip)(n, discount(p) * notional, or_else(c->floor, -INFINITY), or_else(c->cap, INFINITY), r->sum, value);
}

/* What a barrier option pays beside its barrier: an option, a digital one, or cash. */
static void end_barrier(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value)
{
    const struct oc_claim *c = &p->claim;
    const double d = discount(p), rebate = or_else(c->rebate, 0);
    double *const plain = r->tmp[0];

    if (isnan(c->strike))
        oc_lanes_fill(n, d * c->cash, plain);
    else if (!isnan(c->cash))
        K(digital)(n, c->side, c->strike, d * c->cash, 0, r->s, plain);
    else
        K(vanilla)(n, c->side, c->strike, d, r->s, plain);
    for (size_t j = 0; j < n; j++)
        value[j] = is_out(c) ? plain[j] * r->alive[j] + rebate * r->paid[j]
                             : plain[j] * (1 - r->alive[j]) + rebate * d * r->alive[j];
}

/* ---- the table --------------------------------------------------------------------------------------------- */

static const struct row { const char *name; fix_fn *fix; end_fn *end; bool smooth, gradient; } rows[] = {
    [OC_PAY_VANILLA] = { "european", fix_none, end_vanilla, true, true },
    [OC_PAY_DIGITAL_CASH] = { "digital_cash", fix_none, end_digital, false, false },
    [OC_PAY_DIGITAL_ASSET] = { "digital_asset", fix_none, end_digital, false, false },
    [OC_PAY_BARRIER] = { "barrier", fix_barrier, end_barrier, false, false },
    [OC_PAY_DOUBLE_BARRIER] = { "double_barrier", fix_barrier, end_barrier, false, false },
    [OC_PAY_ASIAN] = { "asian", fix_asian, end_asian, true, true },
    [OC_PAY_LOOKBACK_FIXED] = { "lookback_fixed", fix_lookback, end_lookback, true, true },
    [OC_PAY_LOOKBACK_FLOAT] = { "lookback_float", fix_lookback, end_lookback, true, true },
    [OC_PAY_CLIQUET] = { "cliquet", fix_cliquet, end_cliquet, true, false },
    [OC_PAY_BASKET] = { "basket", fix_none, end_vanilla, true, false },
    [OC_PAY_BEST] = { "rainbow_max", fix_none, end_vanilla, true, false },
    [OC_PAY_WORST] = { "rainbow_min", fix_none, end_vanilla, true, false },
    [OC_PAY_FORWARD_START] = { "forward_start", fix_start, end_forward_start, true, true },
};

const char *oc_payoff_name(enum oc_payoff pay) { return rows[pay].name; }

bool oc_payoff_watches(const struct oc_claim *c)
{
    const bool path = c->pay == OC_PAY_BARRIER || c->pay == OC_PAY_DOUBLE_BARRIER || c->pay == OC_PAY_LOOKBACK_FIXED
                      || c->pay == OC_PAY_LOOKBACK_FLOAT;

    return c->continuous && path;
}

bool oc_payoff_smooth(const struct oc_claim *c)
{
    const bool barrier = c->pay == OC_PAY_BARRIER || c->pay == OC_PAY_DOUBLE_BARRIER;

    return rows[c->pay].smooth || (barrier && c->continuous && isnan(c->cash));
}

bool oc_payoff_gradient(const struct oc_claim *c, size_t assets)
{
    const bool at_start = c->fixings > 0 && c->fixing[0] <= 0;

    return assets == 1 && rows[c->pay].gradient && !c->continuous && !at_start && !c->weight;
}

static void begin(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n)
{
    const struct oc_claim *c = &p->claim;
    const double first = c->continuous ? 0 : extremum_sign(c) > 0 ? -INFINITY : INFINITY;

    oc_lanes_fill(n, 0, r->sum);
    oc_lanes_fill(n, 0, r->sum_t);
    oc_lanes_fill(n, 0, r->sum_w);
    oc_lanes_fill(n, 0, r->sum_x);
    oc_lanes_fill(n, p->spot[0], r->start);
    oc_lanes_fill(n, 1, r->alive);
    oc_lanes_fill(n, 0, r->paid);
    oc_lanes_fill(n, first, r->best);
    oc_lanes_fill(n, NAN, r->best_t);
    oc_lanes_fill(n, 0, r->best_w);
}

void oc_payoff_see(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at, const double *vol)
{
    const unsigned mark = p->mark[at->step];
    const bool watched = oc_payoff_watches(&p->claim);

    if (at->step == 0)
        begin(p, r, at->n);
    if (p->sensitive)
        brownian(p, r, at);
    if (watched)
        oc_payoff_bridge(p, r, at, vol);
    if (mark || (watched && at->step == 0))
        underlying(p, r, at);
    if (mark & OC_MARK_FIXING || (watched && at->step == 0))
        rows[p->claim.pay].fix(p, r, at);
}

void oc_payoff_value(const struct oc_laid_claim *p, struct oc_payoff_room *r, size_t n, double *value)
{
    rows[p->claim.pay].end(p, r, n, value);
}
