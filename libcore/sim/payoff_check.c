/* payoff_check - what is no claim: see payoff.h */
#include "sim/payoff.h"

#include <math.h>

static bool is_out(const struct oc_claim *c)
{
    return c->knock == OC_DOWN_OUT || c->knock == OC_UP_OUT || c->knock == OC_KNOCK_OUT;
}

static int check_numbers(const struct oc_claim *c, struct oc_err *err)
{
    if (!(c->years > 0) || !isfinite(c->years))
        return oc_fail(err, OC_USAGE, "a claim pays at a time after now, not after %g years", c->years);
    if (!isfinite(c->rate))
        return oc_fail(err, OC_USAGE, "a claim needs a rate to be discounted with");
    if (c->side != 1 && c->side != -1)
        return oc_fail(err, OC_USAGE, "a claim is a call (1) or a put (-1), not %g", c->side);
    for (size_t i = 0; i < c->fixings; i++)
        if (!(c->fixing[i] >= (i ? c->fixing[i - 1] : 0)) || c->fixing[i] > c->years
            || (i && c->fixing[i] == c->fixing[i - 1]))
            return oc_fail(err, OC_USAGE, "fixing %zu at %g years is not after the one before and up to the payment at %g",
                           i + 1, c->fixing[i], c->years);
    return 0;
}

static int check_barrier(const struct oc_claim *c, struct oc_err *err)
{
    const bool two = c->knock == OC_KNOCK_OUT || c->knock == OC_KNOCK_IN;

    if (c->knock == OC_KNOCK_NONE || two != (c->pay == OC_PAY_DOUBLE_BARRIER))
        return oc_fail(err, OC_USAGE, "%s: barrier_type does not go with it", oc_payoff_name(c->pay));
    if (!(c->barrier > 0) || (two && !(c->barrier2 > c->barrier)))
        return oc_fail(err, OC_USAGE, "%s: a barrier is a price above 0%s", oc_payoff_name(c->pay),
                       two ? ", and the second is above the first" : "");
    if (isnan(c->strike) && isnan(c->cash))
        return oc_fail(err, OC_USAGE, "%s: it has neither strike nor cash", oc_payoff_name(c->pay));
    if (!c->continuous && c->fixings == 0)
        return oc_fail(err, OC_USAGE, "%s: it is watched neither continuously nor at fixings", oc_payoff_name(c->pay));
    const double rebate = isnan(c->rebate) ? 0 : c->rebate;
    if (two && c->continuous && rebate != 0 && is_out(c) && !c->rebate_at_expiry && c->rate != 0)
        return oc_fail(err, OC_USAGE,
                       "%s: a rebate when hit has no exact law between two continuous barriers; pay_at=expiry has",
                       oc_payoff_name(c->pay));
    return 0;
}

static int check_kind(const struct oc_claim *c, size_t assets, struct oc_err *err)
{
    const bool many = c->pay == OC_PAY_BASKET || c->pay == OC_PAY_BEST || c->pay == OC_PAY_WORST;
    const bool strikeless = c->pay == OC_PAY_LOOKBACK_FLOAT || c->pay == OC_PAY_CLIQUET || c->pay == OC_PAY_FORWARD_START
                            || c->pay == OC_PAY_BARRIER || c->pay == OC_PAY_DOUBLE_BARRIER;

    if (assets != 1 && !many)
        return oc_fail(err, OC_USAGE, "%s: it is written on one asset, not on %zu", oc_payoff_name(c->pay), assets);
    if (!strikeless && !(isfinite(c->strike)))
        return oc_fail(err, OC_USAGE, "%s: it needs a strike", oc_payoff_name(c->pay));
    if (c->pay == OC_PAY_DIGITAL_CASH && !isfinite(c->cash))
        return oc_fail(err, OC_USAGE, "%s: it needs the cash that it pays", oc_payoff_name(c->pay));
    if ((c->pay == OC_PAY_FORWARD_START || c->pay == OC_PAY_CLIQUET) && !(c->moneyness > 0))
        return oc_fail(err, OC_USAGE, "%s: it needs a moneyness above 0", oc_payoff_name(c->pay));
    if (c->pay == OC_PAY_FORWARD_START && c->fixings != 1)
        return oc_fail(err, OC_USAGE, "forward_start: its start is one fixing");
    if ((c->pay == OC_PAY_ASIAN || c->pay == OC_PAY_CLIQUET) && c->fixings == 0)
        return oc_fail(err, OC_USAGE, "%s: it needs fixings", oc_payoff_name(c->pay));
    if (c->pay == OC_PAY_ASIAN && !(c->fixings_done >= 0))
        return oc_fail(err, OC_USAGE, "asian: fixings_done is a count");
    if (c->pay == OC_PAY_ASIAN && c->fixings_done > 0 && !(c->average_so_far > 0))
        return oc_fail(err, OC_USAGE, "asian: fixings are done, and no average of them is given");
    if ((c->pay == OC_PAY_LOOKBACK_FIXED || c->pay == OC_PAY_LOOKBACK_FLOAT) && !c->continuous && c->fixings == 0)
        return oc_fail(err, OC_USAGE, "%s: it is watched neither continuously nor at fixings", oc_payoff_name(c->pay));
    return 0;
}

int oc_payoff_check(const struct oc_claim *c, size_t assets, struct oc_err *err)
{
    if (check_numbers(c, err) || check_kind(c, assets, err))
        return -1;
    return c->pay == OC_PAY_BARRIER || c->pay == OC_PAY_DOUBLE_BARRIER ? check_barrier(c, err) : 0;
}
