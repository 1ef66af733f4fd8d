/* bvn - see bvn.h.  Notation as in Genz (2004); L(h, k, r) = P(X > h, Y > k). */
#include "math/bvn.h"

#include "math/atan.h"
#include "math/exp.h"
#include "math/norm.h"
#include "math/sincos.h"

#include <stddef.h>

#define BVN_2PI 0x1.921fb54442d18p+2
#define BVN_SQRT_2PI 0x1.40d931ff62706p+1
#define BVN_SPLIT 0.925         /* of |r|, between the two forms */
#define BVN_END 40.0            /* Q is 0 from here on in double, as at infinity */
#define BVN_NOTHING (-100.0)    /* terms with a smaller exponent are below 4e-44 */

/* Gauss-Legendre: nodes x > 0 (each stands for -x too) and weights on [-1, 1], from mpmath in 50 digits. */
struct node {
    double x, w;
};
static const struct node nodes6[] = {
    { 0x1.dd6ca4e80a01ep-1, 0x1.5edf601e2dbf8p-3 }, { 0x1.528a09655c95ep-1, 0x1.716b7b5794c1cp-2 },
    { 0x1.e8b12d03675c5p-3, 0x1.df24d499545e8p-2 }
};
static const struct node nodes12[] = {
    { 0x1.f68f1d8e42e81p-1, 0x1.8275d9dea6d8fp-5 }, { 0x1.cee874ffb88b4p-1, 0x1.b60602bce6181p-4 },
    { 0x1.8a30aeed88f36p-1, 0x1.47d7258f22d8fp-3 }, { 0x1.2cb4f05c077f9p-1, 0x1.a0163e6b1ab72p-3 },
    { 0x1.78a8d20a8b19dp-2, 0x1.de3155c256ab5p-3 }, { 0x1.007a5f8f630e4p-3, 0x1.fe40ce6d4f025p-3 }
};
static const struct node nodes20[] = {
    { 0x1.fc7b5a0c71ce0p-1, 0x1.209680274e8afp-6 }, { 0x1.ed8dba7bd769fp-1, 0x1.4c9b5ea53b67fp-5 },
    { 0x1.d31064173fd92p-1, 0x1.00b467df7e475p-4 }, { 0x1.ada0bd5efd6e7p-1, 0x1.5519fe196e24ap-4 },
    { 0x1.7e1f37346a54ep-1, 0x1.a1817a317a821p-4 }, { 0x1.45a8d3fa710dbp-1, 0x1.e41ff31573b48p-4 },
    { 0x1.05905c13f7ff7p-1, 0x1.0db2c5db26dffp-3 }, { 0x1.7eaccf15652c4p-2, 0x1.230348f34a535p-3 },
    { 0x1.d281636928bc0p-3, 0x1.31819b52c5992p-3 }, { 0x1.3973df98b86b0p-4, 0x1.38d6c490a3370p-3 }
};

/* Integrand of Plackett's integral at the angle t, 0 <= |t| <= asin |r|. */
static double plackett(double h, double k, double t)
{
    double c;
    const double s = oc_sincos(t, &c);

    return oc_exp((s * (h * k) - 0.5 * (h * h + k * k)) / (c * c));
}

/* L for |r| < 0.925: Q(h) Q(k) and the integral over the angle from 0 to asin r. */
static double moderate(double h, double k, double r)
{
    const double a = r < 0.0 ? -r : r, half = 0.5 * oc_atan_asin(r);
    const struct node *node = nodes20;
    size_t n = sizeof nodes20 / sizeof nodes20[0];
    double sum = 0.0;

    if (a < 0.3) {
        node = nodes6;
        n = sizeof nodes6 / sizeof nodes6[0];
    } else if (a < 0.75) {
        node = nodes12;
        n = sizeof nodes12 / sizeof nodes12[0];
    }
    for (size_t i = 0; i < n; i++)
        sum += node[i].w * (plackett(h, k, half * (1.0 - node[i].x)) + plackett(h, k, half * (1.0 + node[i].x)));
    return sum * half / BVN_2PI + oc_norm_sf(h) * oc_norm_sf(k);
}

/* The integral of the strong form over (0, a), less its expansion at 0, which strong() adds in closed form. */
static double strong_rest(double a, double bs, double hk, double c, double d)
{
    const double half = 0.5 * a;
    double sum = 0.0;

    for (size_t i = 0; i < sizeof nodes20 / sizeof nodes20[0]; i++)
        for (int side = -1; side <= 1; side += 2) {
            const double x = half * (1.0 + side * nodes20[i].x), xs = x * x, rs = __builtin_sqrt(1.0 - xs);
            const double e = -0.5 * (bs / xs + hk);
            if (e > BVN_NOTHING) {
                const double expansion = 1.0 + c * xs * (1.0 + d * xs);
                sum += nodes20[i].w * oc_exp(e) * (oc_exp(-0.5 * hk * xs / ((1.0 + rs) * (1.0 + rs))) / rs - expansion);
            }
        }
    return half * sum;
}

/* L for 0.925 <= |r| <= 1: what is missing from, or added to, the value at r = 1 or -1. */
static double strong(double h, double k, double r)
{
    double sum = 0.0;

    if (r < 0.0)
        k = -k;
    if (r > -1.0 && r < 1.0) {
        const double as = (1.0 - r) * (1.0 + r), a = __builtin_sqrt(as), b = h > k ? h - k : k - h, bs = b * b, hk = h * k;
        const double c = (4.0 - hk) / 8.0, d = (12.0 - hk) / 16.0, e = -0.5 * (bs / as + hk);
        if (e > BVN_NOTHING)
            sum = a * oc_exp(e) * (1.0 - c * (bs - as) * (1.0 - d * bs / 5.0) / 3.0 + c * d * as * as / 5.0);
        if (hk > 2.0 * BVN_NOTHING)
            sum -= oc_exp(-0.5 * hk) * BVN_SQRT_2PI * oc_norm_cdf(-b / a) * b * (1.0 - c * bs * (1.0 - d * bs / 5.0) / 3.0);
        sum = -(sum + strong_rest(a, bs, hk, c, d)) / BVN_2PI;
    }
    if (r > 0.0)
        return sum + oc_norm_sf(h > k ? h : k);
    if (k <= h)
        return -sum;
    /* Q(h) - Q(k), from the smaller tails */
    return (h < 0.0 ? oc_norm_cdf(k) - oc_norm_cdf(h) : oc_norm_sf(h) - oc_norm_sf(k)) - sum;
}

double oc_bvn_sf(double h, double k, double r)
{
    if (!(r >= -1.0 && r <= 1.0) || h != h || k != k)
        return __builtin_nan("");
    if (h >= BVN_END || k >= BVN_END)
        return 0.0;
    if (h <= -BVN_END)
        return oc_norm_sf(k);
    if (k <= -BVN_END)
        return oc_norm_sf(h);
    const double p = r > -BVN_SPLIT && r < BVN_SPLIT ? moderate(h, k, r) : strong(h, k, r);
    return p < 0.0 ? 0.0 : p > 1.0 ? 1.0 : p;       /* rounding may lead a last place out of [0, 1] */
}

double oc_bvn_cdf(double h, double k, double r)
{
    return oc_bvn_sf(-h, -k, r);
}
