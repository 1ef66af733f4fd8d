/*
 * historical - the prices of a file, one a step, as they were.
 *
 * Every path is the same.  The volatility shown after k steps is the standard deviation of the k log returns up to there, by
 * the year of price_dt: nothing later is known to it.  It is missing (NaN) as long as it cannot be told: at the first two
 * instants, and until the returns differ.
 *
 *   spot        the first price of the file; another one is refused, or with rescale = 1 all prices are multiplied by their
 *               ratio
 *   steps       prices - 1 at most; a walk with an open end has no price (NaN) beyond the last
 *   period      the step of the simulation is that of the file as far as calendars let it: a daily file (1/252 years) goes
 *               with steps of a calendar day, not with weeks
 */
#include "math/log.h"
#include "sim/lanes.h"
#include "sim/period.h"

#include <stdlib.h>

enum { RESCALE };
enum { PRICE, AT };                         /* columns of the state: the price itself, and its place in the file */

static const struct oc_param param[] = {
    { "rescale", 0.0, 1.0, "[]", 0.0, false, "", "1: multiply the prices so that they begin at the spot" },
    { 0 }
};

/*
 * Welford's sums, so that the estimate at k is a function of the prices up to k alone.  Equal returns differ by their
 * rounding, 1e-16 of a price ratio near 1: a deviation below 1e-12 a step is no volatility.
 */
static void volatility(const struct oc_simdata *d, double *vol)
{
    double mean = 0.0, sum = 0.0;

    vol[0] = NAN;
    for (size_t k = 1; k < d->nprice; k++) {
        const double r = oc_log(d->price[k] / d->price[k - 1]), off = r - mean;
        mean += off / (double)k;
        sum += off * (r - mean);
        const double variance = k > 1 ? sum / (double)(k - 1) : 0.0;
        vol[k] = variance > 1e-24 ? sqrt(variance / d->price_dt) : NAN;
    }
}

static int setup(struct oc_walk *w, struct oc_err *err)
{
    const struct oc_simdata *d = &w->data;

    if (d->nprice < 3)
        return oc_fail(err, OC_USAGE, "historical: %zu prices are too few for a volatility, which needs 3", d->nprice);
    if (w->steps > d->nprice - 1)
        return oc_fail(err, OC_USAGE, "historical: %zu prices make %zu steps, not %llu", d->nprice, d->nprice - 1,
                       (unsigned long long)w->steps);
    if (w->par[RESCALE] != 0.0 && w->par[RESCALE] != 1.0)
        return oc_fail(err, OC_USAGE, "historical: rescale is %g, neither 0 nor 1", w->par[RESCALE]);
    if (w->par[RESCALE] == 0.0 && w->spot != d->price[0])
        return oc_fail(err, OC_USAGE,
                       "historical: the spot is %.17g, but the prices begin at %.17g; rescale=1 multiplies them", w->spot,
                       d->price[0]);
    if (oc_period_check(w, err))
        return -1;
    double *vol = malloc(d->nprice * sizeof *vol);
    w->own = vol;
    if (!vol)
        return oc_fail(err, OC_MEMORY, "no memory for %zu volatilities", d->nprice);
    volatility(d, vol);
    return 0;
}

static void teardown(struct oc_walk *w) { free(w->own); }

/* The price at a place of the file; the place is a whole number held as a double. */
static double price_at(const struct oc_walk *w, double at)
{
    if (!(at >= 0.0) || at >= (double)w->data.nprice)
        return NAN;
    const double p = w->data.price[(size_t)at];
    return w->par[RESCALE] == 1.0 ? w->spot * (p / w->data.price[0]) : p;
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, price_at(w, 0.0), state[PRICE]);
    oc_lanes_fill(n, 0.0, state[AT]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    (void)c, (void)place, (void)z, (void)u;
    for (size_t j = 0; j < n; j++) {
        state[AT][j] += 1.0;
        state[PRICE][j] = price_at(w, state[AT][j]);
    }
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    const double *const of = w->own;

    (void)jumps, (void)regime;
    for (size_t j = 0; vol && j < n; j++)
        vol[j] = state[AT][j] < (double)w->data.nprice ? of[(size_t)state[AT][j]] : NAN;
}

const struct oc_process oc_process_historical = {
    .name = "historical", .aliases = "", .title = "the prices of a file, replayed", .param = param, .data = "price",
    .level = true, .steady = true, .discrete = true, .states = 2, .setup = setup,
    .teardown = teardown, .begin = begin, .step = step,
    .show = show,
};
