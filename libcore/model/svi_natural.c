/* svi_natural - SVI by its natural parameters: Gatheral, Jacquier (2014), definition 3.2 and lemma 3.1. */
#include "model/smile.h"
#include "model/svi.h"

#include <math.h>

enum { DELTA, MU, RHO, OMEGA, ZETA };

static const struct oc_param param[] = {
    { "delta", -1000, 1000, "[]", NAN, false, "", "level of total variance" },
    { "mu", -1000, 1000, "[]", NAN, false, "", "shift along log-moneyness" },
    { "rho", -1, 1, "()", NAN, false, "", "skew" },
    { "omega", 0, 1000, "[]", NAN, false, "", "scale of total variance" },
    { "zeta", 0, 1e9, "(]", NAN, false, "", "scale of log-moneyness" },
    { 0 }
};

static struct oc_svi raw(const struct oc_slice *s)
{
    const double *p = s->p, c = 1 - p[RHO] * p[RHO];

    return (struct oc_svi){ p[DELTA] + p[OMEGA] / 2 * c, p[OMEGA] * p[ZETA] / 2, p[RHO], p[MU] - p[RHO] / p[ZETA],
                            sqrt(c) / p[ZETA] };
}

static int check(const struct oc_slice *s, bool strict, struct oc_err *err)
{
    const struct oc_svi r = raw(s);

    return oc_svi_check("svi_natural", &r, strict, err);
}

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    const struct oc_svi r = raw(s);

    (void)forward;
    oc_svi_vol(&r, s->years, n, k, out);
}

const struct oc_smile_model oc_smile_svi_natural = {
    .name = "svi_natural", .title = "SVI, natural parameters of each expiry", .param = param, .check = check, .vol = vol,
};
