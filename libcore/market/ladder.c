/* ladder - strikes: see ladder.h.   */
#include "market/ladder.h"

#include <math.h>

double oc_ladder_snap(double x)
{
    static const double usual[] = { 0.01, 0.05, 0.10, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 150, 200, 250 };
    double best = usual[0];

    for (size_t i = 1; i < sizeof usual / sizeof *usual; i++)
        if (fabs(usual[i] - x) <= fabs(best - x))
            best = usual[i];
    return best;
}

int oc_ladder_auto(const struct oc_ladder *l, double spot, double vol, double years, double *step, struct oc_err *err)
{
    if (l->size == 0)
        return oc_fail(err, OC_USAGE, "an automatic ladder of one strike has no interval: --chain-size of 1 or more, or "
                       "--strikes INTERVAL");
    if (!(vol > 0 && years > 0 && spot > 0 && vol * sqrt(years) * spot < 1e300))
        return oc_fail(err, OC_USAGE, "an automatic ladder needs spot, volatility and time above 0, not %g, %g and %g", spot,
                       vol, years);
    *step = oc_ladder_snap(2 * 4.0 * vol * sqrt(years) * spot / (2.0 * l->size));
    return 0;
}

/* Anchor and size strikes on each side, those above 0. */
static int even(double step, unsigned size, double spot, double *strikes, size_t *n, struct oc_err *err)
{
    const struct oc_step_size s = oc_ticks_decimal(step);
    const double anchor = floor(spot * s.scale / s.units + 0.5);

    if (!(anchor + size < 0x1p53 / s.units) || oc_ticks_multiple(s, anchor + size) == oc_ticks_multiple(s, anchor + size - 1))
        return oc_fail(err, OC_USAGE, "strikes every %g are too fine at a price of %g", step, spot);
    *n = 0;
    for (double i = anchor - size < 1 ? 1 : anchor - size; i <= anchor + size; i++)
        strikes[(*n)++] = oc_ticks_multiple(s, i);
    return *n ? 0 : oc_fail(err, OC_USAGE, "strikes every %g, %u on each side of %g: none is above 0", step, size, spot);
}

static int same(struct oc_step_size a, struct oc_step_size b) { return a.units == b.units && a.scale == b.scale; }

/* The next strike above: on the step of the place it is in; from one step to another it may take several tries. */
static double next_up(const struct oc_listing *l, double spot, double days, double strike)
{
    struct oc_step_size s = oc_listing_step(l, spot, days, strike);
    double k = oc_ticks_multiple(s, oc_ticks_index(s, strike) + 1);

    for (struct oc_step_size t; !same(t = oc_listing_step(l, spot, days, k), s); s = t) {
        const double i = oc_ticks_index(t, k);
        k = oc_ticks_multiple(t, i) == k ? k : oc_ticks_multiple(t, i + 1);
    }
    return k;
}

/* The next strike below, or one <= 0. */
static double next_down(const struct oc_listing *l, double spot, double days, double strike)
{
    struct oc_step_size s = oc_listing_step(l, spot, days, strike);
    const double i = oc_ticks_index(s, strike);
    double k = oc_ticks_multiple(s, i) == strike ? oc_ticks_multiple(s, i - 1) : oc_ticks_multiple(s, i);

    for (struct oc_step_size t; k > 0 && !same(t = oc_listing_step(l, spot, days, k), s); s = t)
        k = oc_ticks_multiple(t, oc_ticks_index(t, k));
    return k;
}

static int listed(const struct oc_ladder *l, double spot, double years, double *strikes, size_t *n, struct oc_err *err)
{
    const struct oc_listing *rule = &l->listing;
    const double days = years * 365;
    const struct oc_step_size s = oc_listing_step(rule, spot, days, spot);
    double k = oc_ticks_multiple(s, floor(spot * s.scale / s.units + 0.5));
    size_t below = 0, count = 0;

    /* from the anchor down into the lower part, turned round, then up */
    if (!(k < 0x1p40 * s.units / s.scale))
        return oc_fail(err, OC_USAGE, "the listing rule '%s' is too fine at a price of %g", rule->name, spot);
    for (double d = next_down(rule, spot, days, k); below < l->size && d > 0; d = next_down(rule, spot, days, d))
        strikes[below++] = d;
    for (size_t i = 0; i < below / 2; i++) {
        const double t = strikes[i];
        strikes[i] = strikes[below - 1 - i];
        strikes[below - 1 - i] = t;
    }
    count = below;
    if (k > 0)
        strikes[count++] = k;
    for (unsigned i = 0; i < l->size; i++)
        strikes[count++] = k = next_up(rule, spot, days, k);
    *n = count;
    return count ? 0 : oc_fail(err, OC_USAGE, "the listing rule '%s' has no strike above 0 at a price of %g", rule->name, spot);
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
