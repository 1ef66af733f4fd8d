/*
 * svi_jw - SVI by what traders read off it (jump wings), which hardly depends on the expiry.
 *
 *   v       variance at the money, a year          psi     skew at the money
 *   p, c    slopes of the left and right wing      v_min   least variance, a year
 * Source: Gatheral, Jacquier (2014), definition 3.3 and lemma 3.2, with w = v years.  Where the vertex is at the money
 * (m = 0) beta is 0 and v_min alone gives sigma; where rho is 0 besides, v = v_min and sigma is not determined.
 */
#include "model/smile.h"
#include "model/svi.h"

#include <math.h>

enum { V, PSI, P, C, V_MIN };

static const struct oc_param param[] = {
    { "v", 0, 1000000, "(]", NAN, false, "1/year", "variance at the money" },
    { "psi", -1000, 1000, "[]", NAN, false, "", "skew at the money" },
    { "p", 0, 1000, "[]", NAN, false, "", "slope of the left wing" },
    { "c", 0, 1000, "[]", NAN, false, "", "slope of the right wing" },
    { "v_min", 0, 1000000, "(]", NAN, false, "1/year", "least variance" },
    { 0 }
};

/* NULL, or why there is no such slice. */
static const char *raw(const double *p, double years, struct oc_svi *r)
{
    const double root = sqrt(p[V] * years), b = root / 2 * (p[C] + p[P]), rho = 1 - p[P] * root / b;
    const double beta = rho - 2 * p[PSI] * root / b, out = sqrt(1 - rho * rho);

    if (!(b > 0 && fabs(rho) < 1))
        return "both wings need a slope above 0";
    if (!(fabs(beta) < 1))
        return "psi lies outside of (-p / 2, c / 2)";
    r->b = b;
    r->rho = rho;
    if (beta == 0) {
        r->m = 0;
        r->sigma = (p[V] - p[V_MIN]) * years / (b * (1 - out));
    } else {
        /* alpha = sign(beta) sqrt(1 / beta^2 - 1) may be 0, sigma then too */
        const double alpha = (beta < 0 ? -1 : 1) * sqrt(1 / (beta * beta) - 1), sign = beta < 0 ? -1 : 1;
        r->m = (p[V] - p[V_MIN]) * years / (b * (sign * sqrt(1 + alpha * alpha) - rho - alpha * out));
        r->sigma = alpha * r->m;
    }
    r->a = p[V_MIN] * years - b * r->sigma * out;
    return r->sigma > 0 && isfinite(r->sigma) ? NULL : "v_min does not lie below v in the way that psi, p and c ask for";
}

static int check(const struct oc_slice *s, bool strict, struct oc_err *err)
{
    struct oc_svi r = { 0 };
    const char *why = raw(s->p, isnan(s->years) ? 1 : s->years, &r);

    if (why)
        return oc_fail(err, OC_USAGE, "svi_jw: %s", why);
    return oc_svi_check("svi_jw", &r, strict, err);
}

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    struct oc_svi r = { .a = NAN };

    (void)forward;
    if (raw(s->p, s->years, &r))
        r.a = NAN;
    oc_svi_vol(&r, s->years, n, k, out);
}

const struct oc_smile_model oc_smile_svi_jw = {
    .name = "svi_jw", .title = "SVI by variance, skew and wings at the money", .param = param, .any_time = true,
    .check = check, .vol = vol,
};
