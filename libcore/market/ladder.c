/* ladder - strikes: see ladder.h.   */
#include "market/ladder.h"

#include <math.h>

static const struct { double half, step; } usual[] = {      /* half way to it from the one before */
    { 0, 0.01 }, { 0.03, 0.05 }, { 0.075, 0.10 }, { 0.175, 0.25 }, { 0.375, 0.5 }, { 0.75, 1 }, { 1.75, 2.5 },
    { 3.75, 5 }, { 7.5, 10 }, { 17.5, 25 }, { 37.5, 50 }, { 75, 100 }, { 125, 150 }, { 175, 200 }, { 225, 250 }
};

static size_t nearest(double x)
{
    size_t i = sizeof usual / sizeof *usual - 1;

    while (i && !(x >= usual[i].half))
        i--;
    return i;
}

double oc_ladder_snap(double x) { return usual[nearest(x)].step; }

/* Which multiple of the step is nearest to the spot, half up. */
static double anchor_of(struct oc_step_size s, double spot) { return floor(spot * s.scale / s.units + 0.5); }

int oc_ladder_auto(const struct oc_ladder *l, double spot, double vol, double years, double *step, struct oc_err *err)
{
    if (l->size == 0)
        return oc_fail(err, OC_USAGE, "an automatic ladder of one strike has no interval: --chain-size of 1 or more, or "
                       "--strikes INTERVAL");
    if (!(vol > 0 && years > 0 && spot > 0 && vol * sqrt(years) * spot < 1e300))
        return oc_fail(err, OC_USAGE, "an automatic ladder needs spot, volatility and time above 0, not %g, %g and %g", spot,
                       vol, years);
    size_t i = nearest(2 * 4.0 * vol * sqrt(years) * spot / (2.0 * l->size));
    /* the lowest strike is above 0 */
    while (i && !(anchor_of(oc_ticks_decimal(usual[i].step), spot) > l->size))
        i--;
    *step = usual[i].step;
    return 0;
}

/* Anchor and size strikes on each side, those above 0. */
static int even(double step, unsigned size, double spot, double *strikes, size_t *n, struct oc_err *err)
{
    const struct oc_step_size s = oc_ticks_decimal(step);
    const double anchor = anchor_of(s, spot);

    /* neighbours are far apart against rounding, and whole numbers of 1 / scale are exact */
    if (!(anchor + size < 0x1p40 && (anchor + size) * s.units < 0x1p53))
        return oc_fail(err, OC_USAGE, "strikes every %g are too fine at a price of %g", step, spot);
    *n = 0;
    for (double i = anchor - size < 1 ? 1 : anchor - size; i <= anchor + size; i++)
        strikes[(*n)++] = oc_ticks_multiple(s, i);
    return *n ? 0 : oc_fail(err, OC_USAGE, "strikes every %g, %u on each side of %g: none is above 0", step, size, spot);
}

/* The listed strike nearest to the spot, half up; then those below, turned round, and those above. */
static int listed(const struct oc_ladder *l, double spot, double years, double *strikes, size_t *n, struct oc_err *err)
{
    const struct oc_listing *rule = &l->listing;
    const double days = years * 365;
    size_t below = 0;

    if (!(spot < 0x1p40 * oc_ticks_multiple(rule->least, 1)))
        return oc_fail(err, OC_USAGE, "the listing rule '%s' is too fine at a price of %g", rule->name, spot);
    const double up = oc_listing_next(rule, spot, days, spot, true), down = oc_listing_next(rule, spot, days, up, false);
    double k = up - spot <= spot - down ? up : down;
    for (double d = k; below < l->size && (d = oc_listing_next(rule, spot, days, d, false)) > 0; below++)
        strikes[below] = d;
    for (size_t i = 0; i < below / 2; i++) {
        const double t = strikes[i];
        strikes[i] = strikes[below - 1 - i];
        strikes[below - 1 - i] = t;
    }
    *n = below;
    if (k > 0)
        strikes[(*n)++] = k;
    for (unsigned i = 0; i < l->size; i++)
        strikes[(*n)++] = k = oc_listing_next(rule, spot, days, k, true);
    return *n ? 0 : oc_fail(err, OC_USAGE, "the listing rule '%s' has no strike above 0 at a price of %g", rule->name, spot);
}

int oc_ladder_strikes(const struct oc_ladder *l, double spot, double vol, double years, double *strikes, size_t *n,
                      struct oc_err *err)
{
    double step = l->step;

    if (!(spot > 0 && spot < 1e300))
        return oc_fail(err, OC_USAGE, "strikes are listed round a spot above 0, not %g", spot);
    if (l->size > OC_LADDER_SIZE_MAX)
        return oc_fail(err, OC_USAGE, "%u strikes on each side are more than %d", l->size, OC_LADDER_SIZE_MAX);
    if (l->how == OC_LADDER_LISTED)
        return listed(l, spot, years, strikes, n, err);
    if (l->how == OC_LADDER_AUTO && oc_ladder_auto(l, spot, vol, years, &step, err))
        return -1;
    if (!(step > 0 && step < 1e300))
        return oc_fail(err, OC_USAGE, "an interval between strikes is above 0, not %g", step);
    return even(step, l->size, spot, strikes, n, err);
}
