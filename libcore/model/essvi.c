/* essvi - see essvi.h. */
#include "model/essvi.h"

#include "math/isa.h"
#include "model/smile.h"

#include <math.h>

OC_K_DECLARE(void, oc_essvi_k, (const struct oc_essvi *s, double years, size_t n, const double *k, double *vol));

static const struct oc_param param[] = {
    { "theta", 0, 1000000, "(]", NAN, false, "", "total variance at the money" },
    { "rho", -1, 1, "()", NAN, false, "", "skew" },
    { "psi", 0, 1000, "(]", NAN, false, "", "theta phi: slope of the wings" },
    { 0 }
};

void oc_essvi_vol(const struct oc_essvi *s, double years, size_t n, const double *k, double *vol)
{
    OC_K_PICK(oc_essvi_k)(s, years, n, k, vol);
}

int oc_essvi_check(const char *model, const struct oc_essvi *s, bool strict, struct oc_err *err)
{
    const double wing = s->psi * (1 + fabs(s->rho));

    if (!strict)
        return 0;
    if (!(wing < 4))
        return oc_fail(err, OC_USAGE, "%s: arbitrage in the wings: theta phi (1 + |rho|) is %g, not below 4 "
                       "(--allow-arbitrage takes it)", model, wing);
    if (!(s->psi * wing <= 4 * s->theta * (1 + 1e-12)))
        return oc_fail(err, OC_USAGE, "%s: butterfly arbitrage is not excluded: theta phi^2 (1 + |rho|) is %g, above 4 "
                       "(--allow-arbitrage takes it)", model, s->psi * wing / s->theta);
    return 0;
}

struct oc_essvi oc_essvi_between(const struct oc_essvi *a, double a_years, const struct oc_essvi *b, double b_years,
                                 double years)
{
    if (!a)
        return (struct oc_essvi){ b->theta * (years / b_years), b->rho, b->psi * (years / b_years) };
    if (!b)
        return (struct oc_essvi){ a->theta * (years / a_years), a->rho, a->psi };
    const double share = (years - a_years) / (b_years - a_years), psi = a->psi + share * (b->psi - a->psi);
    const double skew = a->rho * a->psi + share * (b->rho * b->psi - a->rho * a->psi);
    return (struct oc_essvi){ a->theta + share * (b->theta - a->theta), skew / psi, psi };
}

static struct oc_essvi own(const struct oc_slice *s) { return (struct oc_essvi){ s->p[0], s->p[1], s->p[2] }; }

static int check(const struct oc_slice *s, bool strict, struct oc_err *err)
{
    const struct oc_essvi e = own(s);

    return oc_essvi_check("essvi", &e, strict, err);
}

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    const struct oc_essvi e = own(s);

    (void)forward;
    oc_essvi_vol(&e, s->years, n, k, out);
}

static void between(const struct oc_slice *a, const struct oc_slice *b, double years, struct oc_slice *out)
{
    const struct oc_essvi x = a ? own(a) : own(b), y = b ? own(b) : x;
    const struct oc_essvi e = oc_essvi_between(a ? &x : NULL, a ? a->years : 0, b ? &y : NULL, b ? b->years : 0, years);

    *out = (struct oc_slice){ .years = years, .p = { e.theta, e.rho, e.psi } };
}

const struct oc_smile_model oc_smile_essvi = {
    .name = "essvi", .title = "SSVI with skew and wings of each expiry", .param = param, .check = check, .vol = vol,
    .between = between,
};
