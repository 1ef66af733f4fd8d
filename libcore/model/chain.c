/*
 * chain - see chain.h.  The listing and what a chain needs as a whole; rows are computed in chainrows.c.
 *
 * Memory of pinned ladders, flat so that a session can store it: for each expiry date, settle, step of an automatic
 * ladder (else NaN), number of strikes, strikes ascending.
 */
#include "model/chain.h"

#include "market/years.h"
#include "math/exp.h"
#include "model/chainrows.h"
#include "pricing/black.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PIN_HEAD = 4 };

int oc_chain_check(const struct oc_chain_spec *s, struct oc_err *err)
{
    const double part[4] = { s->spread.spread, s->spread.proportional, s->spread.moneyness, s->spread.tenor };
    static const char *const name[4] = { "spread", "proportional", "moneyness", "tenor" };

    for (int i = 0; i < 4; i++)
        if (!(part[i] >= 0 && part[i] < 1e9))
            return oc_fail(err, OC_USAGE, "--spread: its part '%s' is %g, not a number from 0 up", name[i], part[i]);
    if (s->spread.proportional >= 2)
        return oc_fail(err, OC_USAGE, "--spread: proportional is %g of the price; from 2 on no bid is left",
                       s->spread.proportional);
    if (s->schedule.n == 0 || s->ticks.n == 0 || !s->smile.model)
        return oc_fail(err, OC_INTERNAL, "a chain without schedule, ticks or smile");
    if (!s->curve && !isfinite(s->rate))
        return oc_fail(err, OC_USAGE, "the rate is missing: --rate or --curve supplies it");
    if (!isfinite(s->dividend_yield))
        return oc_fail(err, OC_USAGE, "the dividend yield is missing: --dividend-yield supplies it (0 where there is none)");
    for (size_t i = 0; i < s->ndividend; i++)
        if (!(s->dividend[i].amount >= 0 && isfinite(s->dividend[i].amount)))
            return oc_fail(err, OC_USAGE, "a cash dividend is %g, not an amount from 0 up", s->dividend[i].amount);
    return 0;
}

/* ---- memory ---------------------------------------------------------------------------------------------- */

static int grow(void *array, size_t *cap, size_t need, size_t size, struct oc_err *err)
{
    void *old;

    if (need <= *cap)
        return 0;
    const size_t n = need > 2 * *cap ? need : 2 * *cap;
    memcpy(&old, array, sizeof old);
    void *p = n <= SIZE_MAX / size ? realloc(old, n * size) : NULL;
    if (!p)
        return oc_fail(err, OC_MEMORY, "no memory for a chain");
    memcpy(array, &p, sizeof p);
    *cap = n;
    return 0;
}

void oc_chain_free(struct oc_chain_rows *rows)
{
    if (!rows)
        return;
    free(rows->slab);
    free(rows->slice);
    free(rows->ladder);
    free(rows->pinned);
    *rows = (struct oc_chain_rows){ 0 };
}

/* ---- forward --------------------------------------------------------------------------------------------- */

static double years_between(int64_t from, int64_t to)
{
    struct oc_err err;
    double years = NAN;

    oc_years_column(OC_YEARS_ACT365, NULL, 1, &from, &to, &years, &err);
    return years;
}

static double rate_at(const struct oc_chain_spec *s, int64_t ts, double years)
{
    return s->curve ? oc_curve_forward(s->curve, years_between(s->curve_from, ts), years) : s->rate;
}

/* Rate and forward of an expiry: what is paid until then has left the spot. */
static int price_forward(const struct oc_chain_spec *s, const struct oc_chain_at *at, struct oc_chain_slice *e,
                         struct oc_err *err)
{
    double paid = 0;

    e->rate = rate_at(s, at->ts, e->years);
    for (size_t i = 0; i < s->ndividend; i++)
        if (s->dividend[i].ex > at->ts && s->dividend[i].ex <= e->listed.expires_at) {
            const double t = years_between(at->ts, s->dividend[i].ex);
            paid += s->dividend[i].amount * oc_exp(-(rate_at(s, at->ts, t) - s->dividend_yield) * t);
        }
    if (!(at->spot > paid))
        return oc_fail(err, OC_DATA, "the cash dividends before the expiry in %g years are worth %g, and the spot is %g",
                       e->years,
                       paid, at->spot);
    const double growth = oc_exp((e->rate - s->dividend_yield) * e->years);
    e->forward = s->ndividend ? (at->spot - paid) * growth : at->spot * growth;
    return e->forward > 0 && isfinite(e->forward) ? 0
        : oc_fail(err, OC_DATA, "the forward in %g years is %g", e->years, e->forward);
}

/* ---- ladders --------------------------------------------------------------------------------------------- */

/* The remembered ladder of an expiry, or NULL. */
static const double *pin_find(const double *pin, size_t n, const struct oc_listed *e)
{
    for (size_t i = 0; i + PIN_HEAD <= n; i += PIN_HEAD + (size_t)pin[i + 3])
        if (pin[i] == e->date && pin[i + 1] == e->settle)
            return pin + i;
    return NULL;
}

/* Does a ladder of the memory lie within n numbers, its strikes above 0 and ascending, which merging them counts on? */
static bool pin_good(const double *pin, size_t n)
{
    if (n < PIN_HEAD || !(pin[3] >= 0 && pin[3] <= (double)(n - PIN_HEAD)) || pin[3] != floor(pin[3])
        || !(isnan(pin[2]) || (pin[2] > 0 && isfinite(pin[2]))))
        return false;
    for (size_t i = PIN_HEAD; i < PIN_HEAD + (size_t)pin[3]; i++)
        if (!(pin[i] > (i == PIN_HEAD ? 0 : pin[i - 1]) && isfinite(pin[i])))
            return false;
    return true;
}

bool oc_chain_is_pinned(const double *pin, size_t n)
{
    size_t i = 0;

    while (i < n && pin_good(pin + i, n - i))
        i += PIN_HEAD + (size_t)pin[i + 3];
    return i == n;
}

static int pin_check(const double *pin, size_t n, struct oc_err *err)
{
    return oc_chain_is_pinned(pin, n) ? 0 : oc_fail(err, OC_FORMAT, "the memory of pinned strikes is damaged");
}

/* Union of two ascending ladders, each strike once. */
static size_t merge(const double *a, size_t na, const double *b, size_t nb, double *out)
{
    size_t i = 0, j = 0, n = 0;

    while (i < na || j < nb) {
        const double x = j == nb || (i < na && a[i] <= b[j]) ? a[i] : b[j];
        i += i < na && a[i] == x;
        j += j < nb && b[j] == x;
        out[n++] = x;
    }
    return n;
}

/* The step of an automatic ladder, by the volatility at the forward. */
static int auto_step(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_slice *e,
                     const struct oc_ladder *l, double *step, struct oc_err *err)
{
    double vol;

    return oc_chainrows_vol(s, at, e, 1, &e->forward, &vol, err)
           || oc_ladder_auto(l, at->spot, vol, e->years, step, err) ? -1 : 0;
}

/* Strikes of one expiry to the end of out->ladder; `memory` keeps what is pinned. */
static int list_strikes(const struct oc_chain_spec *s, const struct oc_chain_at *at, struct oc_chain_rows *out,
                        struct oc_chain_slice *e, const double *old, size_t nold, struct oc_err *err)
{
    const double *pin = s->pinned ? pin_find(old, nold, &e->listed) : NULL;
    const size_t width = 2 * (size_t)s->ladder.size + 1, npin = pin ? (size_t)pin[3] : 0;
    struct oc_ladder l = s->ladder;
    double *fresh, step = NAN;

    if (out->nladder + width + npin > OC_CHAIN_STRIKES_MAX)
        return oc_fail(err, OC_LIMIT, "the chain has more than %d strikes: fewer expiries, or a smaller --chain-size",
                       OC_CHAIN_STRIKES_MAX);
    /* the fresh ladder lies behind the place of the union */
    if (grow(&out->ladder, &out->capladder, out->nladder + 2 * width + npin, sizeof *out->ladder, err))
        return -1;
    fresh = out->ladder + out->nladder + width + npin;
    if (l.how == OC_LADDER_AUTO) {
        step = pin ? pin[2] : NAN;
        if (isnan(step) && auto_step(s, at, e, &l, &step, err))
            return -1;
        l.how = OC_LADDER_STEP;
        l.step = step;
    }
    size_t n;
    if (oc_ladder_strikes(&l, at->spot, NAN, e->years, fresh, &n, err))
        return -1;
    e->first = out->nladder;
    e->n = merge(pin ? pin + PIN_HEAD : NULL, npin, fresh, n, out->ladder + e->first);
    out->nladder += e->n;
    if (!s->pinned)
        return 0;
    if (grow(&out->pinned, &out->cappinned, out->npinned + PIN_HEAD + e->n, sizeof *out->pinned, err))
        return -1;
    double *p = out->pinned + out->npinned;
    p[0] = e->listed.date;
    p[1] = e->listed.settle;
    p[2] = step;
    p[3] = (double)e->n;
    memcpy(p + PIN_HEAD, out->ladder + e->first, e->n * sizeof *p);
    out->npinned += PIN_HEAD + e->n;
    return 0;
}

/* Every expiry's slice; the memory is written anew, without the expiries that are gone. */
static int list_all(const struct oc_chain_spec *s, const struct oc_chain_at *at, struct oc_chain_rows *out,
                    const double *old,
                    size_t nold, struct oc_err *err)
{
    for (size_t i = 0; i < out->nslice; i++) {
        struct oc_chain_slice *e = &out->slice[i];
        e->years = years_between(at->ts, e->listed.expires_at);
        if (price_forward(s, at, e, err) || list_strikes(s, at, out, e, old, nold, err))
            return -1;
    }
    return 0;
}

int oc_chain_list(const struct oc_chain_spec *s, const struct oc_chain_at *at, struct oc_chain_rows *out, struct oc_err *err)
{
    double *old = NULL;
    size_t n = 0, nold = 0, most = 1;
    int rc = -1;

    for (size_t i = 0; i < s->schedule.n; i++)
        most += s->schedule.rule[i].target_count;
    struct oc_listed *listed = malloc((most < OC_EXPIRY_MAX ? most : OC_EXPIRY_MAX) * sizeof *listed);

    if (!listed) {
        oc_fail(err, OC_MEMORY, "no memory for a chain");
        goto out;
    }
    if (oc_schedule_at(&s->schedule, at->ts, listed, &n, err))
        goto out;
    if (n == 0) {
        oc_fail(err, OC_USAGE, "the schedule lists no expiry after the chain's instant");
        goto out;
    }
    if (pin_check(out->pinned, out->npinned, err) || grow(&out->slice, &out->capslice, n, sizeof *out->slice, err))
        goto out;
    if (s->pinned && out->npinned) {
        if (!(old = malloc(out->npinned * sizeof *old))) {
            oc_fail(err, OC_MEMORY, "no memory for a chain");
            goto out;
        }
        memcpy(old, out->pinned, out->npinned * sizeof *old);
        nold = out->npinned;
    }
    out->npinned = out->nladder = 0;
    out->nslice = n;
    for (size_t i = 0; i < n; i++)
        out->slice[i] = (struct oc_chain_slice){ .listed = listed[i] };
    rc = list_all(s, at, out, old, nold, err);
out:
    free(listed);
    free(old);
    return rc;
}

int oc_chain_build(const struct oc_chain_spec *s, const struct oc_chain_at *at, struct oc_chain_rows *out,
                   struct oc_err *err)
{
    return oc_chain_list(s, at, out, err) || oc_chain_part(s, at, out, 0, 2 * out->nladder, out, err) ? -1 : 0;
}

/* ---- arbitrage ------------------------------------------------------------------------------------------- */

enum { PRICED = 512 };

/*
 * Undiscounted puts over the forward at n strikes: the side that is out of the money is priced, parity gives the other.
 * What parity loses is far below the noise that is granted.
 */
static void price_puts(const struct oc_chain_slice *e, size_t n, const double *strike, const double *vol, double *put)
{
    double side[PRICED], forward[PRICED], years[PRICED], rate[PRICED] = { 0 };
    unsigned char status[PRICED];

    for (size_t i = 0; i < PRICED; i++) {
        forward[i] = e->forward;
        years[i] = e->years;
    }
    for (size_t at = 0; at < n; at += PRICED) {
        const size_t m = n - at < PRICED ? n - at : PRICED;
        for (size_t i = 0; i < m; i++)
            side[i] = strike[at + i] < e->forward ? -1 : 1;
        const struct oc_quotes q = { .n = m, .side = side, .spot = forward, .strike = strike + at, .years = years,
                                     .rate = rate,
                                     .dividend_yield = rate, .vol = vol + at };
        const struct oc_results out = { .value = { put + at }, .status = status };
        oc_black_price(&q, &out);
        for (size_t i = at; i < at + m; i++)
            put[i] = (strike[i] < e->forward ? put[i] : put[i] - (e->forward - strike[i])) / e->forward;
    }
}

/* Puts rise with the strike, by no more than it, and are convex. */
static int check_slice(const struct oc_chain_slice *e, size_t n, const double *strike, const double *put, struct oc_err *err)
{
    const double F = e->forward;

    for (size_t i = 1; i < n; i++) {
        const double noise = 1e-12 * (1 + strike[i + (i + 1 < n)] / F);
        const double width = (strike[i] - strike[i - 1]) / F, rise = put[i] - put[i - 1];
        if (rise < -noise || rise > width + noise)
            return oc_fail(err, OC_USAGE,
                           "arbitrage: from strike %g to %g in %g years the forward price of a put changes by %g, "
                           "outside of [0, %g] (--allow-arbitrage takes it)", strike[i - 1], strike[i], e->years, rise * F,
                           width * F);
        if (i + 1 == n)
            break;
        const double next = (strike[i + 1] - strike[i]) / F, fly = rise * next - (put[i + 1] - put[i]) * width;
        if (fly > noise * (width + next))
            return oc_fail(err, OC_USAGE, "arbitrage: the butterfly of %g, %g and %g in %g years is worth %g "
                           "(--allow-arbitrage takes it)", strike[i - 1], strike[i], strike[i + 1], e->years,
                           -fly * F / (width < next ? width : next));
    }
    return 0;
}

/* Total variance at the K / F of this expiry's strikes, here and in the next expiry; `late` and `moved` are room. */
static int check_pair(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_slice *a,
                      const double *strike, const double *early, double *late, double *moved, struct oc_err *err)
{
    const struct oc_chain_slice *b = a + 1;

    for (size_t i = 0; i < a->n; i++)
        moved[i] = strike[i] * (b->forward / a->forward);
    if (oc_chainrows_vol(s, at, b, a->n, moved, late, err))
        return -1;
    for (size_t i = 0; i < a->n; i++) {
        const double x = early[i] * early[i] * a->years, y = late[i] * late[i] * b->years;
        if (y < x * (1 - 1e-12))
            return oc_fail(err, OC_USAGE,
                           "calendar arbitrage: where K / F is %g, total variance falls from %g in %g years to "
                           "%g in %g (--allow-arbitrage takes it)", strike[i] / a->forward, x, a->years, y, b->years);
    }
    return 0;
}

int oc_chain_arbitrage(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_rows *list,
                       struct oc_err *err)
{
    size_t most = 1;

    for (size_t i = 0; i < list->nslice; i++)
        most = list->slice[i].n > most ? list->slice[i].n : most;
    double *work = malloc(3 * most * sizeof *work), *vol = work, *put = work + most;
    int rc = work ? 0 : oc_fail(err, OC_MEMORY, "no memory for a chain");

    for (size_t i = 0; rc == 0 && i < list->nslice; i++) {
        const struct oc_chain_slice *e = &list->slice[i];
        const double *strike = list->ladder + e->first;
        rc = oc_chainrows_vol(s, at, e, e->n, strike, vol, err);
        if (rc)
            break;
        price_puts(e, e->n, strike, vol, put);
        rc = check_slice(e, e->n, strike, put, err);
        if (rc == 0 && i + 1 < list->nslice)
            rc = check_pair(s, at, e, strike, vol, put, put + most, err);
    }
    free(work);
    return rc;
}
