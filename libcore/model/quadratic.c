/*
 * quadratic - OptionChain-Simulator's smile: atm x (1 + skew_slope m + smile_curve m^2), m = log(K / S).
 *
 * The factor is kept between 0.01 and 3: that belongs to this model as its users know it, and gives every strike a
 * volatility.  It is no model free of arbitrage: where the factor is at its ends, or curves strongly, prices may not be
 * convex.
 */
#include "model/smile.h"

#include <math.h>

enum { ATM, SKEW, CURVE };

static const struct oc_param param[] = {
    { "atm volatility", 0, 1000, "(]", NAN, false, "1/sqrt(year)", "volatility of the strike at the spot" },
    { "skew_slope", -1000, 1000, "[]", NAN, false, "", "slope of the factor by log(K / S)" },
    { "smile_curve", -1000, 1000, "[]", NAN, false, "", "curvature of the factor by log(K / S)" },
    { 0 }
};

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    const double atm = s->p[ATM], skew = s->p[SKEW], curve = s->p[CURVE];

    (void)forward;
    for (size_t i = 0; i < n; i++) {
        const double f = 1 + skew * k[i] + curve * (k[i] * k[i]);
        out[i] = atm * (f < 0.01 ? 0.01 : f > 3 ? 3 : f);
    }
}

const struct oc_smile_model oc_smile_quadratic = {
    .name = "quadratic", .title = "atm (1 + skew_slope m + smile_curve m^2), m = log(K/S), factor within [0.01, 3]",
    .param = param, .by_spot = true, .any_time = true, .vol = vol,
};
