/* svi - see svi.h. */
#include "model/svi.h"

#include "math/exp.h"
#include "math/isa.h"
#include "model/smile.h"

#include <math.h>

OC_K_DECLARE(void, oc_svi_k, (const struct oc_svi *s, double years, size_t n, const double *k, double *vol));

static const struct oc_param param[] = {
    { "a", -1000, 1000, "[]", NAN, false, "", "level of total variance" },
    { "b", 0, 1000, "[]", NAN, false, "", "slope of the wings" },
    { "rho", -1, 1, "()", NAN, false, "", "rotation" },
    { "m", -1000, 1000, "[]", NAN, false, "", "shift along log-moneyness" },
    { "sigma", 0, 1000, "(]", NAN, false, "", "curvature at the vertex" },
    { 0 }
};

void oc_svi_vol(const struct oc_svi *s, double years, size_t n, const double *k, double *vol)
{
    OC_K_PICK(oc_svi_k)(s, years, n, k, vol);
}

double oc_svi_durrleman(const struct oc_svi *s, double k)
{
    const double x = k - s->m, r = sqrt(x * x + s->sigma * s->sigma);
    const double w = s->a + s->b * (s->rho * x + r);
    const double slope = s->b * (s->rho + x / r), bend = s->b * s->sigma * s->sigma / (r * r * r);
    const double t = 1 - k * slope / (2 * w);

    return t * t - slope * slope / 4 * (1 / w + 0.25) + bend / 2;
}

int oc_svi_check(const char *model, const struct oc_svi *s, bool strict, struct oc_err *err)
{
    enum { HALF = 2000 };
    const double least = s->a + s->b * s->sigma * sqrt(1 - s->rho * s->rho), steep = s->b * (1 + fabs(s->rho));

    if (!(least > 0))
        return oc_fail(err, OC_USAGE, "%s: the least total variance is %g, not above 0", model, least);
    if (!strict)
        return 0;
    if (steep > 2)
        return oc_fail(err, OC_USAGE, "%s: arbitrage in the wings: their slope b (1 + |rho|) is %g, above 2 "
                       "(--allow-arbitrage takes it)", model, steep);
    for (int i = -HALF; i <= HALF; i++) {
        const double e = oc_exp(14.0 * i / HALF), k = s->m + s->sigma * (e - 1 / e) / 2, g = oc_svi_durrleman(s, k);
        /* g ends at 1/4 - steep^2/16, which may be 0 */
        if (g < -1e-10)
            return oc_fail(err, OC_USAGE, "%s: butterfly arbitrage: Durrleman's g is %g where log(K/F) is %g "
                           "(--allow-arbitrage takes it)", model, g, k);
    }
    return 0;
}

static struct oc_svi raw(const struct oc_slice *s) { return (struct oc_svi){ s->p[0], s->p[1], s->p[2], s->p[3], s->p[4] }; }

static int check(const struct oc_slice *s, bool strict, struct oc_err *err)
{
    const struct oc_svi r = raw(s);

    return oc_svi_check("svi", &r, strict, err);
}

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    const struct oc_svi r = raw(s);

    (void)forward;
    oc_svi_vol(&r, s->years, n, k, out);
}

const struct oc_smile_model oc_smile_svi = {
    .name = "svi", .title = "SVI, raw parameters of each expiry", .param = param, .check = check, .vol = vol,
};
