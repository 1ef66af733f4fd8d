/*
 * sabr - the lognormal volatility of the SABR model by Hagan, Kumar, Lesniewski, Woodward, "Managing smile risk" (2002),
 * (2.17a).
 *
 * An expansion for short expiries and strikes near the forward: at low strikes and long times it is off by up to several
 * points of volatility, may leave the bounds of arbitrage, and has no volatility at all where its last
 * factor is not above 0.
 */
#include "math/exp.h"
#include "math/log.h"
#include "model/smile.h"

#include <math.h>

enum { ALPHA, BETA, NU, RHO, SHIFT, BLOCK = 256 };

static const struct oc_param param[] = {
    { "alpha", 0, 1e9, "(]", NAN, false, "price^(1-beta)/sqrt(year)", "initial volatility" },
    { "beta", 0, 1, "[]", NAN, false, "", "exponent: 1 lognormal, 0 normal" },
    { "nu volvol", 0, 1000, "[]", NAN, false, "1/sqrt(year)", "volatility of alpha" },
    { "rho", -1, 1, "()", NAN, false, "", "correlation of forward and alpha" },
    { "shift", 0, 0, "[]", 0, false, "price", "0: volatilities of a chain are lognormal in the forward itself" },
    { 0 }
};

/*
 * z / x(z) from x = log((sqrt(1 - 2 rho z + z^2) + z - rho) / (1 - rho)).  x(-z; rho) = -x(z; -rho), so z is taken above 0,
 * and the argument less 1 is written without cancellation: z ((z - 2 rho) / (root + 1) + 1) / (1 - rho).
 */
static double ratio(double z, double rho)
{
    const double y = fabs(z), r = z < 0 ? -rho : rho, q = y * (y - 2 * r);

    if (y < 1e-12)
        return 1 - rho * z / 2;
    return y / oc_log1p(y * ((y - 2 * r) / (sqrt(1 + q) + 1) + 1) / (1 - r));
}

static void block(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    const double *p = s->p, b = 1 - p[BETA], log_forward = oc_log(forward);
    double mean[BLOCK];

    for (size_t i = 0; i < n; i++)
        mean[i] = b * (log_forward + k[i] / 2);
    oc_exp_v(n, mean, mean);                            /* (F K)^((1 - beta) / 2) */
    for (size_t i = 0; i < n; i++) {
        const double f = mean[i], x = b * k[i], x2 = x * x;
        const double time = b * b / 24 * p[ALPHA] * p[ALPHA] / (f * f) + p[RHO] * p[BETA] * p[NU] * p[ALPHA] / (4 * f)
                            + (2 - 3 * p[RHO] * p[RHO]) / 24 * p[NU] * p[NU];
        const double z = -p[NU] / p[ALPHA] * f * k[i];
        out[i] = p[ALPHA] / (f * (1 + x2 / 24 + x2 * x2 / 1920)) * ratio(z, p[RHO]) * (1 + time * s->years);
    }
}

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    for (size_t at = 0; at < n; at += BLOCK)
        block(s, forward, n - at < BLOCK ? n - at : BLOCK, k + at, out + at);
}

const struct oc_smile_model oc_smile_sabr = {
    .name = "sabr", .title = "SABR by Hagan's lognormal expansion (2002)", .param = param, .any_time = true, .vol = vol,
};
