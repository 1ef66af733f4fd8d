/*
 * chainrows - the rows of a chain: see chain.h and chainrows.h.
 *
 * An expiry at a time, 256 strikes at a time, so that all columns of a block stay in the first caches: log-moneyness,
 * volatilities, prices and Greeks by Black's formula for calls and puts beside each other, then bids and asks, then sizes.
 */
#include "model/chainrows.h"

#include "math/isa.h"
#include "model/depth.h"
#include "model/quote.h"
#include "pricing/black.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

OC_K_DECLARE(void, oc_chainrows_money_k, (size_t n, const double *strike, double base, double *k));
OC_K_DECLARE(int, oc_chainrows_level_k, (size_t n, double level, double *vol));

enum { STRIKES = 256, ROWS = 2 * STRIKES };

/* ---- volatility ------------------------------------------------------------------------------------------ */

/*
 * log(K / base): the forward, or the spot for models by spot.  A smile that sticks to the strike is looked up where it lay
 * when the walk began, at the spot of then.
 */
static void moneyness(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_slice *e, size_t n,
                      const double *strike, double *k)
{
    const double moved = s->stick == OC_STICKY_STRIKE ? at->ref_spot / at->spot : 1;
    const double base = (s->smile.model->by_spot && !at->vol ? at->spot : e->forward) * moved;

    OC_K_PICK(oc_chainrows_money_k)(n, strike, base, k);
}

static int no_volatility(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_slice *e,
                         size_t n,
                         const double *strike, const double *vol, struct oc_err *err)
{
    size_t i = 0;

    while (i + 1 < n && vol[i] > 0 && isfinite(vol[i]))
        i++;
    return oc_fail(err, OC_DATA, "%s has no volatility at strike %g in %g years: it gives %g", at->vol ? "the model"
                   : s->smile.model->name, strike[i], e->years, vol[i]);
}

int oc_chainrows_vol(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_slice *e, size_t n,
                     const double *strike, double *vol, struct oc_err *err)
{
    double k[STRIKES];

    for (size_t i = 0; i < n; i += STRIKES) {
        const size_t m = n - i < STRIKES ? n - i : STRIKES;
        moneyness(s, at, e, m, strike + i, k);
        if (at->vol) {
            if (at->vol(at->ctx, e->years, e->forward, m, k, vol + i, err))
                return -1;
        } else {
            oc_smile_vol(&s->smile, e->years, e->forward, m, k, vol + i);
        }
        if (OC_K_PICK(oc_chainrows_level_k)(m, at->vol ? 1 : at->level, vol + i))
            return no_volatility(s, at, e, m, strike + i, vol + i, err);
    }
    return 0;
}

/* ---- columns --------------------------------------------------------------------------------------------- */

static bool forward_form(const struct oc_chain_spec *s) { return s->by_forward || s->ndividend > 0; }

/* One piece of memory for all columns, each 64 bytes aligned. */
static int reserve(const struct oc_chain_spec *s, struct oc_chain_rows *r, size_t n, struct oc_err *err)
{
    double **column[] = { &r->side, &r->strike, &r->years, &r->iv, &r->forward, &r->rate, &r->bid, &r->ask, &r->mid,
                          &r->bid_size, &r->ask_size, &r->volume, &r->open_interest };
    enum { ALWAYS = 9, ALL = sizeof column / sizeof *column };
    size_t count = s->sizes ? ALL : ALWAYS;

    r->n = n;
    if (n <= r->cap)
        return 0;
    const size_t cap = (n + 63) & ~(size_t)63;
    for (int j = 0; j < OC_QUANTITIES; j++)
        count += j == OC_PRICE || s->want[j];
    if (cap > SIZE_MAX / 16 / (count + 1))
        return oc_fail(err, OC_MEMORY, "no memory for a chain of %zu rows", n);
    free(r->slab);
    r->cap = 0;
    r->slab = aligned_alloc(64, cap * (count * sizeof(double) + sizeof *r->expiry) + cap);
    if (!r->slab)
        return oc_fail(err, OC_MEMORY, "no memory for a chain of %zu rows", n);
    double *p = r->slab;
    for (int j = 0; j < ALL; j++) {
        *column[j] = j < ALWAYS || s->sizes ? p : NULL;
        p += *column[j] ? cap : 0;
    }
    for (int j = 0; j < OC_QUANTITIES; j++) {
        r->value[j] = j == OC_PRICE || s->want[j] ? p : NULL;
        p += r->value[j] ? cap : 0;
    }
    r->expiry = (uint32_t *)p;
    r->status = (unsigned char *)(r->expiry + cap);
    r->cap = cap;
    return 0;
}

/* What an expiry's blocks have in common, and the work of one block. */
struct work {
    const struct oc_chain_spec *s;
    const struct oc_chain_at *at;
    const struct oc_chain_slice *e;
    uint32_t number;                    /* of the slice */
    double spot[ROWS], yield[ROWS];
    double vol[STRIKES], money[ROWS];
};

static void fill(double *column, size_t n, double x)
{
    for (size_t i = 0; i < n; i++)
        column[i] = x;
}

/* What is listed: two rows a strike. */
static void list_rows(const struct work *w, size_t n, const double *strike, struct oc_chain_rows *r, size_t at)
{
    for (size_t i = 0; i < n; i++) {
        r->side[at + 2 * i] = 1;
        r->side[at + 2 * i + 1] = -1;
        r->strike[at + 2 * i] = r->strike[at + 2 * i + 1] = strike[i];
        r->iv[at + 2 * i] = r->iv[at + 2 * i + 1] = w->vol[i];
    }
    for (size_t i = 0; i < 2 * n; i++)
        r->expiry[at + i] = w->number;
    fill(r->years + at, 2 * n, w->e->years);
    fill(r->forward + at, 2 * n, w->e->forward);
    fill(r->rate + at, 2 * n, w->e->rate);
}

static void price_rows(const struct work *w, size_t n, struct oc_chain_rows *r, size_t at)
{
    const struct oc_quotes q = { .n = n, .side = r->side + at, .spot = w->spot, .strike = r->strike + at,
                                 .years = r->years + at,
                                 .rate = r->rate + at, .dividend_yield = w->yield, .vol = r->iv + at,
                                 .forward = forward_form(w->s) ? r->forward + at : NULL };
    struct oc_results out = { .status = r->status + at };

    for (int j = 0; j < OC_QUANTITIES; j++)
        out.value[j] = r->value[j] ? r->value[j] + at : NULL;
    oc_black_price(&q, &out);
}

static void quote_rows(struct work *w, size_t n, struct oc_chain_rows *r, size_t at)
{
    const struct oc_spread *s = &w->s->spread;
    const struct oc_quote_width width = { s->spread + s->tenor * sqrt(w->e->years), s->proportional, s->moneyness };

    if (s->moneyness > 0)
        OC_K_PICK(oc_chainrows_money_k)(n, r->strike + at, w->at->spot, w->money);
    oc_quote_sides(&w->s->ticks, &width, n, r->value[OC_PRICE] + at, s->moneyness > 0 ? w->money : NULL, r->bid + at,
                   r->ask + at,
                   r->mid + at);
    if (!w->s->sizes)
        return;
    const struct oc_depth_at depth = { w->s->seed, w->at->step, w->e->listed.date, w->e->listed.settle, w->e->years,
                                       w->e->forward };
    OC_K_PICK(oc_chainrows_money_k)(n, r->strike + at, w->e->forward, w->money);
    oc_depth_fill(&depth, n, r->side + at, r->strike + at, w->money, r->iv + at, r->bid + at, r->bid_size + at,
                  r->ask_size + at,
                  r->volume + at, r->open_interest + at);
}

/* Every price is there, and small enough for its ticks. */
static int judge(const struct work *w, size_t n, const struct oc_chain_rows *r, size_t at, struct oc_err *err)
{
    const double most = 0x1p50 * oc_ticks_size(&w->s->ticks, 0);

    for (size_t i = at; i < at + n; i++)
        if (!(r->value[OC_PRICE][i] < most))
            return oc_fail(err, OC_DATA, "strike %g in %g years has no price: volatility %g, forward %g, rate %g (%s)",
                           r->strike[i], w->e->years, r->iv[i], w->e->forward, w->e->rate, oc_row_name(r->status[i]));
    return 0;
}

int oc_chain_part(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_rows *list, size_t from,
                  size_t n, struct oc_chain_rows *out, struct oc_err *err)
{
    struct work w = { .s = s, .at = at };
    const size_t end = (from + n) / 2;
    size_t i = 0, row = 0;

    if (reserve(s, out, n, err))
        return -1;
    out->from = from;
    fill(w.spot, ROWS, at->spot);
    fill(w.yield, ROWS, s->dividend_yield);
    for (size_t k = from / 2; k < end; row = 2 * k - from) {
        while (list->slice[i].first + list->slice[i].n <= k)
            i++;
        w.e = &list->slice[i];
        w.number = (uint32_t)i;
        size_t m = w.e->first + w.e->n - k;
        m = m < end - k ? m : end - k;
        m = m < STRIKES ? m : STRIKES;
        if (oc_chainrows_vol(s, at, w.e, m, list->ladder + k, w.vol, err))
            return -1;
        list_rows(&w, m, list->ladder + k, out, row);
        price_rows(&w, 2 * m, out, row);
        if (judge(&w, 2 * m, out, row, err))
            return -1;
        quote_rows(&w, 2 * m, out, row);
        k += m;
    }
    return 0;
}
