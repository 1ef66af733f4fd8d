/*
 * injectchain - arbitrage in a chain: one quote moved up, so far that what it can be sold at is past a bound by its edge.
 * The bounds are those of model/arbitrage.h, between neighbours.  See inject.h.
 */
#include "app/inject.h"

#include <math.h>

enum { ENOUGH = 6 };            /* pairs, one of them wild: well below the quarter that the fit of a forward bears */

bool oc_injectchain_is(enum oc_check_id id) { return oc_check_tier(id) == 6; }

struct spot { const struct oc_arbitragegroup *g; size_t slice, i; int put; double edge; };

static const struct oc_arbitrage_slice *slice_of(const struct spot *s) { return &s->g->slice[s->slice]; }

static const struct oc_arbitrage_quote *quote(const struct oc_arbitrage_slice *l, int put, size_t i)
{
    return put ? &l->strike[i].put : &l->strike[i].call;
}

/*
 * Does parity say enough of a European slice that one wild pair does it no harm?  Few pairs (near expiry most bids are 0)
 * leave forward and discount open, and nothing is to be found where they are not known.
 */
static bool well_known(const struct oc_arbitrage_slice *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->n; i++) {
        const struct oc_arbitrage_strike *x = &l->strike[i];
        n += !isnan(x->call.bid) && !isnan(x->call.ask) && !isnan(x->put.bid) && !isnan(x->put.ask);
    }
    return l->american || n >= ENOUGH;
}

/* Each gives the bid that is just no arbitrage; NAN: the neighbours do not say. */

static double vertical(const struct spot *s)
{
    const size_t j = s->put ? s->i + 1 : s->i - 1;

    return j < slice_of(s)->n ? quote(slice_of(s), s->put, j)->ask : NAN;
}

static double butterfly(const struct spot *s)
{
    const struct oc_arbitrage_slice *l = slice_of(s);

    if (s->i == 0 || s->i + 1 >= l->n)
        return NAN;
    const struct oc_arbitrage_strike *a = &l->strike[s->i - 1], *k = a + 1, *b = a + 2;
    const double share = (b->strike - k->strike) / (b->strike - a->strike);
    return share * quote(l, s->put, s->i - 1)->ask + (1 - share) * quote(l, s->put, s->i + 1)->ask;
}

static double box(const struct spot *s)
{
    const struct oc_arbitrage_slice *l = slice_of(s);
    const size_t j = s->i ? s->i - 1 : s->i + 1;

    if (s->put || l->american || j >= l->n || !well_known(l))
        return NAN;
    const struct oc_arbitrage_strike *a = &l->strike[s->i], *b = &l->strike[j];
    return a->put.ask + b->call.ask - b->put.bid + l->discount * (b->strike - a->strike)
           + 2 * s->g->doubt[s->slice] * (l->strike[l->n - 1].strike - l->strike[0].strike);
}

static double parity(const struct spot *s)
{
    const struct oc_arbitrage_slice *l = slice_of(s);
    const struct oc_arbitrage_strike *a = &l->strike[s->i];

    if (s->put || l->american || !well_known(l))
        return NAN;
    return a->put.ask + l->discount * (l->forward - a->strike) + l->discount * oc_checkarbitrage_slack(l, s->i)
           + 2 * s->g->doubt[s->slice] * fabs(l->forward - a->strike);
}

static double calendar(const struct spot *s)
{
    const struct oc_arbitrage_slice *k = slice_of(s), *l = k + 1;
    const double strike = k->strike[s->i].strike, at = k->american ? strike : strike * (l->forward / k->forward);
    size_t j = 0;

    if (s->slice + 1 >= s->g->n || !(l->years > k->years) || !(s->g->kinds >> OC_ARBITRAGE_CALENDAR & 1) || !well_known(k)
        || !well_known(l))
        return NAN;
    while (j < l->n && l->strike[j].strike < at)
        j++;
    if (j < l->n && k->american)
        return l->strike[j].strike == at ? quote(l, s->put, j)->ask : NAN;
    if (j == 0 || j >= l->n)
        return NAN;
    const double share = (l->strike[j].strike - at) / (l->strike[j].strike - l->strike[j - 1].strike);
    const double mix = share * quote(l, s->put, j - 1)->ask + (1 - share) * quote(l, s->put, j)->ask;
    const double ratio = k->discount * k->forward / (l->discount * l->forward);
    const double rel = s->g->doubt[s->slice] / k->discount + s->g->doubt[s->slice + 1] / l->discount;
    return ratio * mix * (1 + 2 * rel) + 4 * (k->slack + l->slack);
}

bool oc_injectchain_plant(struct oc_planting *p, const struct oc_arbitragegroup *g, enum oc_check_id id, double u)
{
    static double (*const bounds[])(const struct spot *) = { vertical, butterfly, box, parity, calendar };
    size_t total = 0;

    for (size_t k = 0; k < g->n; k++)
        total += 2 * g->slice[k].n;
    for (size_t t = 0; t < total; t++) {        /* from a place that the number chooses, around */
        size_t at = ((size_t)(u * (double)total) + t) % total, k = 0;
        while (at >= 2 * g->slice[k].n)
            at -= 2 * g->slice[k++].n;
        const struct spot s = { g, k, at / 2, (int)(at % 2), 0 };
        const struct oc_arbitrage_quote *q = quote(&g->slice[k], s.put, s.i);
        if (isnan(q->bid) || isnan(q->ask) || p->c->bid[q->row] != q->bid || oc_bit(p->k->hit, q->row))
            continue;                           /* not quoted, or in coin */
        const double bound = bounds[id - OC_CHECK_vertical](&s);
        const double edge = 2 * oc_inject_limit(p, id) + 0.05 + 0.01 * q->bid + (q->ask - q->bid);
        const double bid = bound + edge, limit = p->k->checks->item[OC_CHECK_price].limit;
        if (isnan(bound) || !(bid > q->bid) || !(bid + q->ask - q->bid < limit))
            continue;
        p->row = q->row;
        p->c->bid[q->row] = bid;
        p->c->ask[q->row] = bid + (q->ask - q->bid);
        p->column = "bid";
        p->value = edge;
        return true;
    }
    return false;
}
