/*
 * arbitrage - see arbitrage.h.
 *
 * Every check is a bound on a bid (or on a sum of sides) by the best of what can be bought: a running minimum along the
 * strikes for vertical and box, the lower convex hull of the asks for butterfly and calendar.  The hull is what makes
 * butterfly complete: the cheapest mix of two strikes around K that pays at least what the option at K pays lies on it.
 */
#include "model/arbitrage.h"

#include <math.h>
#include <stdlib.h>

static const char *const names[OC_ARBITRAGE_KINDS] = { "vertical", "butterfly", "box", "parity", "calendar" };

const char *oc_arbitrage_name(enum oc_arbitrage_kind kind) { return names[kind]; }

struct scan {
    size_t n;
    const struct oc_arbitrage_slice *slice;
    unsigned kinds;
    double min_edge;
    int (*found)(void *ctx, const struct oc_arbitrage_find *find, struct oc_err *err);
    void *ctx;
    struct oc_err *err;
    size_t **hull, *count;      /* [2 slice + side]: strikes of the hull of asks, ascending; how many */
};

static const struct oc_arbitrage_quote *side_of(const struct oc_arbitrage_slice *s, int put, size_t i)
{
    return put ? &s->strike[i].put : &s->strike[i].call;
}

/* Tell a find if its edge is one.  size: of the prices that were added up. */
static int tell(struct scan *c, struct oc_arbitrage_find *f, double size)
{
    if (!(f->edge > c->min_edge + 1e-12 * size))
        return 0;
    for (size_t i = 0; i < f->n; i++)       /* a part of a mix that is nothing is no leg */
        if (f->leg[i].quantity == 0.0) {
            f->leg[i] = f->leg[f->n - 1];
            f->n--;
        }
    return c->found(c->ctx, f, c->err);
}

static struct oc_arbitrage_leg buy(const struct oc_arbitrage_quote *q, double quantity)
{
    return (struct oc_arbitrage_leg){ quantity, q->ask, q->row };
}

static struct oc_arbitrage_leg sell(const struct oc_arbitrage_quote *q, double quantity)
{
    return (struct oc_arbitrage_leg){ -quantity, q->bid, q->row };
}

/* ---- vertical --------------------------------------------------------------------------------------------- */

/*
 * Along the strikes in the direction in which prices fall (calls up, puts down): an option sold at its bid against the
 * cheapest ask before it, whose pay-off is never less; and, against the direction, against the cheapest ask plus the most
 * that the strikes can be apart.  slope is the discount for the second pass, 0 for the first.
 */
static int vertical_pass(struct scan *c, size_t k, int put, bool up, double slope)
{
    const struct oc_arbitrage_slice *s = &c->slice[k];
    size_t best = SIZE_MAX;
    double least = HUGE_VAL;

    for (size_t j = 0; j < s->n; j++) {
        const size_t i = up ? j : s->n - 1 - j;
        const struct oc_arbitrage_quote *q = side_of(s, put, i);
        const double at = (put ? -slope : slope) * s->strike[i].strike;
        if (best != SIZE_MAX && q->bid + at > least) {
            struct oc_arbitrage_find f = { .kind = OC_ARBITRAGE_VERTICAL, .slice = k, .later = k, .n = 2,
                                           .edge = q->bid + at - least,
                                           .leg = { sell(q, 1), buy(side_of(s, put, best), 1) } };
            if (tell(c, &f, fabs(q->bid) + fabs(at) + fabs(least)))
                return -1;
        }
        if (q->ask + at < least) {
            least = q->ask + at;
            best = i;
        }
    }
    return 0;
}

static int vertical(struct scan *c, size_t k, int put)
{
    const struct oc_arbitrage_slice *s = &c->slice[k];
    const double discount = s->american ? 1.0 : s->discount;

    if (vertical_pass(c, k, put, !put, 0.0))
        return -1;
    return isnan(discount) ? 0 : vertical_pass(c, k, put, put, discount);
}

/* ---- hulls ------------------------------------------------------------------------------------------------ */

/* The lower convex hull of the asks of a side; h has room for all strikes. */
static size_t make_hull(const struct oc_arbitrage_slice *s, int put, size_t *h)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (isnan(side_of(s, put, i)->ask))
            continue;
        while (n > 1) {
            const struct oc_arbitrage_strike *a = &s->strike[h[n - 2]], *b = &s->strike[h[n - 1]], *d = &s->strike[i];
            const double pa = side_of(s, put, h[n - 2])->ask, pb = side_of(s, put, h[n - 1])->ask;
            const double left = (pb - pa) * (d->strike - b->strike);
            const double right = (side_of(s, put, i)->ask - pb) * (b->strike - a->strike);
            if (left < right)
                break;
            n--;
        }
        h[n++] = i;
    }
    return n;
}

/*
 * The mix at strike K on a hull of h[0 .. n - 1]: legs of the two ends in leg[0..1], its price.  *at: where to begin to
 * look, moved up; K must not fall from call to call.  NaN: K is outside.
 */
static double mix_at(const struct oc_arbitrage_slice *s, int put, const size_t *h, size_t n, double strike, size_t *at,
                     struct oc_arbitrage_leg leg[2])
{
    while (*at + 1 < n && s->strike[h[*at + 1]].strike < strike)
        ++*at;
    if (*at + 1 >= n || s->strike[h[*at]].strike > strike)
        return NAN;
    const double a = s->strike[h[*at]].strike, b = s->strike[h[*at + 1]].strike, share = (b - strike) / (b - a);
    leg[0] = buy(side_of(s, put, h[*at]), share);
    leg[1] = buy(side_of(s, put, h[*at + 1]), 1.0 - share);
    return share * leg[0].price + (1.0 - share) * leg[1].price;
}

static int butterfly(struct scan *c, size_t k, int put)
{
    const struct oc_arbitrage_slice *s = &c->slice[k];
    const size_t *h = c->hull[2 * k + (size_t)put], n = c->count[2 * k + (size_t)put];
    size_t at = 0;

    for (size_t i = 0; i < s->n; i++) {
        const struct oc_arbitrage_quote *q = side_of(s, put, i);
        struct oc_arbitrage_find f = { .kind = OC_ARBITRAGE_BUTTERFLY, .slice = k, .later = k, .n = 3,
                                       .leg = { sell(q, 1) } };
        if (isnan(q->bid) || q->bid > q->ask)
            continue;
        const double mix = mix_at(s, put, h, n, s->strike[i].strike, &at, &f.leg[1]);
        f.edge = q->bid - mix;
        if (!isnan(mix) && tell(c, &f, q->bid + mix))
            return -1;
    }
    return 0;
}

/* ---- box, parity ------------------------------------------------------------------------------------------ */

/*
 * C - P + D K is the discounted forward, whatever the strike: `dear` what a sale of it brings, `cheap` what it costs.  A
 * sale is tested against the cheapest purchase of all strikes, and told at the strike of the sale.
 */
static int box(struct scan *c, size_t k)
{
    const struct oc_arbitrage_slice *s = &c->slice[k];
    size_t best = SIZE_MAX;
    double cheap = HUGE_VAL;

    if (s->american || isnan(s->discount))
        return 0;
    for (size_t i = 0; i < s->n; i++) {
        const double cost = s->strike[i].call.ask - s->strike[i].put.bid + s->discount * s->strike[i].strike;
        if (cost < cheap) {
            cheap = cost;
            best = i;
        }
    }
    for (size_t i = 0; best != SIZE_MAX && i < s->n; i++) {
        const struct oc_arbitrage_strike *a = &s->strike[i], *b = &s->strike[best];
        const double dear = a->call.bid - a->put.ask + s->discount * a->strike;
        struct oc_arbitrage_find f = { .kind = OC_ARBITRAGE_BOX, .slice = k, .later = k, .edge = dear - cheap, .n = 4,
            .leg = { sell(&a->call, 1), buy(&a->put, 1), buy(&b->call, 1), sell(&b->put, 1) } };
        if (i != best && !isnan(dear) && tell(c, &f, fabs(dear) + fabs(cheap) + s->discount * (a->strike + b->strike)))
            return -1;
    }
    return 0;
}

static int parity(struct scan *c, size_t k)
{
    const struct oc_arbitrage_slice *s = &c->slice[k];

    if (s->american || isnan(s->discount) || isnan(s->forward))
        return 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct oc_arbitrage_strike *a = &s->strike[i];
        const double worth = s->discount * (s->forward - a->strike), size = s->discount * (s->forward + a->strike);
        const struct oc_arbitrage_leg forward = { s->discount, s->forward, OC_ARBITRAGE_FORWARD };
        struct oc_arbitrage_find f = { .kind = OC_ARBITRAGE_PARITY, .slice = k, .later = k, .n = 3 };
        f.edge = a->call.bid - a->put.ask - worth - s->discount * s->slack;
        f.leg[0] = sell(&a->call, 1);
        f.leg[1] = buy(&a->put, 1);
        f.leg[2] = forward;
        if (!isnan(f.edge) && tell(c, &f, size))
            return -1;
        f.edge = worth - (a->call.ask - a->put.bid) - s->discount * s->slack;
        f.n = 3;
        f.leg[0] = buy(&a->call, 1);
        f.leg[1] = sell(&a->put, 1);
        f.leg[2] = forward;
        f.leg[2].quantity = -forward.quantity;
        if (!isnan(f.edge) && tell(c, &f, size))
            return -1;
    }
    return 0;
}

/* ---- calendar --------------------------------------------------------------------------------------------- */

/* An American option that lasts longer can be exercised whenever the shorter one can. */
static int calendar_american(struct scan *c, size_t k, size_t later, int put)
{
    const struct oc_arbitrage_slice *s = &c->slice[k], *l = &c->slice[later];

    for (size_t i = 0, j = 0; i < s->n; i++) {
        while (j < l->n && l->strike[j].strike < s->strike[i].strike)
            j++;
        if (j == l->n || l->strike[j].strike != s->strike[i].strike)
            continue;
        const struct oc_arbitrage_quote *q = side_of(s, put, i), *r = side_of(l, put, j);
        struct oc_arbitrage_find f = { .kind = OC_ARBITRAGE_CALENDAR, .slice = k, .later = later, .n = 2,
                                       .edge = q->bid - r->ask, .leg = { sell(q, 1), buy(r, 1) } };
        if (!isnan(f.edge) && tell(c, &f, q->bid + r->ask))
            return -1;
    }
    return 0;
}

/*
 * At the first expiry D1 F1 / (D2 F2) options of the second, at the strike that is as far from its forward, are worth at
 * least what one of the first pays; the mix on the hull is worth at least the option at a strike that is not listed.
 */
static int calendar_european(struct scan *c, size_t k, size_t later, int put)
{
    const struct oc_arbitrage_slice *s = &c->slice[k], *l = &c->slice[later];
    const double ratio = s->discount * s->forward / (l->discount * l->forward), scale = l->forward / s->forward;
    const size_t *h = c->hull[2 * later + (size_t)put], n = c->count[2 * later + (size_t)put];
    size_t at = 0;

    if (isnan(ratio))
        return 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct oc_arbitrage_quote *q = side_of(s, put, i);
        struct oc_arbitrage_find f = { .kind = OC_ARBITRAGE_CALENDAR, .slice = k, .later = later, .n = 3,
                                       .leg = { sell(q, 1) } };
        const double mix = ratio * mix_at(l, put, h, n, s->strike[i].strike * scale, &at, &f.leg[1]);
        f.edge = q->bid - mix;
        f.leg[1].quantity *= ratio;
        f.leg[2].quantity *= ratio;
        if (!isnan(f.edge) && tell(c, &f, q->bid + mix))
            return -1;
    }
    return 0;
}

static int calendar(struct scan *c, size_t k, int put)
{
    for (size_t later = k + 1; later < c->n; later++) {
        if (!(c->slice[later].years > c->slice[k].years) || c->slice[k].american != c->slice[later].american)
            continue;
        if ((c->slice[k].american ? calendar_american : calendar_european)(c, k, later, put))
            return -1;
    }
    return 0;
}

/* ---- all -------------------------------------------------------------------------------------------------- */

static int scan_slice(struct scan *c, size_t k)
{
    int rc = 0;

    for (int put = 0; put < 2 && rc == 0 && c->kinds >> OC_ARBITRAGE_VERTICAL & 1; put++)
        rc = vertical(c, k, put);
    for (int put = 0; put < 2 && rc == 0 && c->kinds >> OC_ARBITRAGE_BUTTERFLY & 1; put++)
        rc = butterfly(c, k, put);
    if (rc == 0 && c->kinds >> OC_ARBITRAGE_BOX & 1)
        rc = box(c, k);
    if (rc == 0 && c->kinds >> OC_ARBITRAGE_PARITY & 1)
        rc = parity(c, k);
    for (int put = 0; put < 2 && rc == 0 && c->kinds >> OC_ARBITRAGE_CALENDAR & 1; put++)
        rc = calendar(c, k, put);
    return rc;
}

int oc_arbitrage_scan(size_t n, const struct oc_arbitrage_slice *slice, unsigned kinds, double min_edge,
                      int (*found)(void *ctx, const struct oc_arbitrage_find *find, struct oc_err *err), void *ctx,
                      struct oc_err *err)
{
    struct scan c = { .n = n, .slice = slice, .kinds = kinds, .min_edge = min_edge, .found = found, .ctx = ctx, .err = err };
    size_t strikes = 0;
    int rc = 0;

    for (size_t k = 0; k < n; k++)
        strikes += slice[k].n;
    void *const room = malloc(2 * (n + 1) * (sizeof *c.hull + sizeof *c.count) + 2 * (strikes + 1) * sizeof **c.hull);
    if (!room)
        return oc_fail(err, OC_MEMORY, "no memory for the %zu strikes of a chain", strikes);
    c.hull = room;
    c.count = (size_t *)(c.hull + 2 * n);
    size_t *next = c.count + 2 * n;
    for (size_t k = 0; k < 2 * n; k++) {
        c.hull[k] = next;
        c.count[k] = make_hull(&slice[k / 2], k % 2, next);
        next += slice[k / 2].n;
    }
    for (size_t k = 0; k < n && rc == 0; k++)
        rc = scan_slice(&c, k);
    free(room);
    return rc;
}
