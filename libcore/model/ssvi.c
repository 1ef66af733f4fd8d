/*
 * ssvi - a surface by total variance at the money and one power law:
 *     phi(theta) = eta / (theta^gamma (1 + theta)^(1 - gamma))
 *
 * With eta (1 + |rho|) <= 2 and 0 < gamma <= 1/2 there is no static arbitrage at any theta (Gatheral, Jacquier 2014, remark
 * 4.4); what is asked for is the theorem's own condition on each slice, and that theta does not fall with time.  theta comes
 * by expiry, or one volatility `atm` stands for all: theta = atm^2 years.
 */
#include "math/exp.h"
#include "math/log.h"
#include "model/essvi.h"
#include "model/smile.h"

#include <math.h>

enum { THETA, RHO, ETA, GAMMA, ATM };

static const struct oc_param param[] = {
    { "theta", 0, 1000000, "(]", NAN, true, "", "total variance at the money, by expiry" },
    { "rho", -1, 1, "()", NAN, false, "", "skew" },
    { "eta", 0, 1000, "(]", NAN, false, "", "curvature" },
    { "gamma", 0, 1, "()", NAN, false, "", "how curvature falls with theta" },
    { "atm", 0, 1000, "(]", NAN, true, "1/sqrt(year)", "volatility at the money, in place of theta" },
    { 0 }
};

static struct oc_essvi own(const struct oc_slice *s)
{
    const double *p = s->p, theta = isnan(p[THETA]) ? p[ATM] * p[ATM] * s->years : p[THETA];
    const double phi = p[ETA] * oc_exp(-p[GAMMA] * oc_log(theta) - (1 - p[GAMMA]) * oc_log1p(theta));

    return (struct oc_essvi){ theta, p[RHO], theta * phi };
}

static int check(const struct oc_slice *s, bool strict, struct oc_err *err)
{
    struct oc_slice one = *s;

    if (isnan(s->p[THETA]) == isnan(s->p[ATM]))
        return oc_fail(err, OC_USAGE, "ssvi: either theta by expiry or atm is needed");
    if (isnan(s->years) && isnan(s->p[ATM]))
        return oc_fail(err, OC_USAGE,
                       "ssvi: theta belongs to an expiry: param records with expiry or years, or atm for all");
    if (isnan(s->years) && !strict)
        return 0;
    if (isnan(s->years)) {
        /* at any theta: the conditions are tightest at 0 (gamma 1/2), and in the wings at infinity */
        const double wide = s->p[ETA] * (1 + fabs(s->p[RHO]));
        if (!(wide <= 2) || s->p[GAMMA] > 0.5)
            return oc_fail(err, OC_USAGE,
                           "ssvi: for every expiry eta (1 + |rho|) is at most 2 and gamma at most 0.5, not %g and "
                           "%g (--allow-arbitrage takes it)", wide, s->p[GAMMA]);
        return 0;
    }
    const struct oc_essvi e = own(&one);
    return oc_essvi_check("ssvi", &e, strict, err);
}

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    const struct oc_essvi e = own(s);

    (void)forward;
    oc_essvi_vol(&e, s->years, n, k, out);
}

/* The power law holds at every theta; where two slices have different ones, the slice between them is none of it. */
static void between(const struct oc_slice *a, const struct oc_slice *b, double years, struct oc_slice *out)
{
    const struct oc_essvi x = own(a ? a : b), y = own(b ? b : a);
    const double at = a ? a->years : b->years, bt = b ? b->years : a->years;

    *out = a ? *a : *b;
    out->years = years;
    out->p[ATM] = NAN;
    if (!a || !b) {
        out->p[THETA] = x.theta * (years / at);
        return;
    }
    const double share = (years - at) / (bt - at);
    out->p[THETA] = x.theta + share * (y.theta - x.theta);
    for (int j = RHO; j <= GAMMA; j++)
        out->p[j] = a->p[j] + share * (b->p[j] - a->p[j]);
}

const struct oc_smile_model oc_smile_ssvi = {
    .name = "ssvi", .title = "SSVI: total variance at the money, a power law for the rest", .param = param, .any_time = true,
    .check = check, .vol = vol, .between = between,
};
