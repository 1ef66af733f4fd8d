/*
 * vnorm - the standard normal law in lanes, to be inlined into kernels.
 *
 *   v_mills(x)          Q(x) / phi(x) for x >= 0, infinity gives 0; negative x: anything; <= 4 ulp
 *   v_mills_mid(x)      the same without the branch for 0 <= x <= 39
 *   v_norm_pdf(x)       phi(x), any x, subnormal results too; <= 2 ulp
 *   v_norm_cdf(x)       P(X < x), any x, full relative accuracy, subnormal results too; <= 4 ulp
 *   v_norm_sf(x)        Q(x) = P(X > x), the same
 *   v_norm_both(x,&d)   the cdf, and the density in d
 *   v_norm_fast(x,&d)   the same, a few operations less; <= 8 ulp (cdf)
 *
 * Method: Q(x) = phi(x) R(x), R the Mills ratio, for x >= 0; the other side by 1 - Q.  R(x) (A x + B) lies within 10 % of
 * 1 for all x >= 0, and is written 1 + P(x) / D(x) = (D + P) / D with the computed D in both places: then rounding
 * errors in P and D count for a tenth only.  Coefficients of P and D: rational interpolation at 21 nodes (Chebyshev nodes t
 * mapped by x = 3.6 (1 + t) / (1 - t) onto [0, 39.05]) in 90 digits, error 4.1e-17 of R.  The exponential takes x^2 as a
 * sum of two doubles.  Measured in tests/unit/math_norm.c.
 */
#ifndef OC_MATH_VNORM_H
#define OC_MATH_VNORM_H

#include "math/vec.h"
#include "math/vexp.h"

#define VNORM_END 39.0          /* phi and Q are 0 in double from 38.6 on */
#define VNORM_FAR 37.0          /* Q is a normal number up to 37.5 */
/* A and B, chosen so that their products with sqrt(2 pi) are doubles to within 2^-64. */
#define VNORM_A 0x1.d70a3d70a3fc6p-1
#define VNORM_B 0x1.7851eb851ed6dp-1
#define VNORM_A2 0x1.272e383cdfc67p+1
#define VNORM_B2 0x1.d7a5ad5622c64p+0
#define VNORM_1_SQRT2PI 0x1.9884533d43651p-2

static const double vnorm_p[] = {
    -0x1.42d2954ee9cdfp-4, 0x1.daa435bc20076p-3, 0x1.4bc0d09d8430ep-2, 0x1.8c494e1e68df9p-3, 0x1.15f81befc1edfp-4,
    0x1.e1c11d1eea891p-7, 0x1.c44133dd737dcp-10, 0x1.a9183df931973p-21, -0x1.232f2f44d4d6ap-15, -0x1.6761706e68808p-18,
    -0x1.5139f11b0829fp-22
};
static const double vnorm_d[] = {
    0x1.0000000000000p+0, 0x1.2e8cb7040c85bp+1, 0x1.4c85587d46fa9p+1, 0x1.c0bf53a5f7939p+0, 0x1.9d0c1f35bf6abp-1,
    0x1.0ffd1d6365b47p-2, 0x1.04c3f1f57b52fp-4, 0x1.69a114f92826dp-7, 0x1.5dffd1ae554f7p-10, 0x1.b00c7618c9e3ep-14,
    0x1.0775445d0a268p-18
};

/* N and D of R(x) (A x + B) = N / D, 0 <= x <= 39.05 */
V_FN vd vnorm_ratio(vd x, vd *n)
{
    const vd x2 = x * x, d = v_poly2(x, x2, vnorm_d, 11);

    *n = d + v_poly2(x, x2, vnorm_p, 11);
    return d;
}

V_FN vd v_mills_mid(vd x)
{
    vd n;
    const vd d = vnorm_ratio(x, &n);

    return n / (d * v_fma(v_set(VNORM_A), x, v_set(VNORM_B)));
}

V_FN vd v_mills(vd x)
{
    const vm far = v_gt(x, v_set(VNORM_END));
    const vd y = v_mills_mid(v_min(v_set(VNORM_END), x));

    if (__builtin_expect(m_any(far), 0)) {
        /* The continued fraction 1/(x + 1/(x + 2/(x + ... 6/x))) in z = 1/x^2; error 7!/x^14, below 3e-19. */
        const vd one = v_set(1.0), z = one / (x * x);
        const vd n = v_fma(v_fma(v_fma(v_set(48.0), z, v_set(87.0)), z, v_set(20.0)), z, one);
        const vd d = v_fma(v_fma(v_fma(v_set(105.0), z, v_set(105.0)), z, v_set(21.0)), z, one);
        return v_sel(far, n / (d * x), y);
    }
    return y;
}

/* e^(-x^2/2) = 2^k (1 + s) for a = |x|, cut at VNORM_END; k in kt */
V_FN vd vnorm_exp(vd a, vd *kt)
{
    const vd h = a * a, l = v_fms(a, a, h), half = v_set(-0.5);

    return vexp_small(vexp_rest_sum(half * h, half * l, kt));
}

/* Numerator (over sqrt(2 pi)) and denominator of the plain rational for the fast form, all positive; error 9.5e-17 on [0, 40]. */
static const double vnorm_fast_n[] = {
    0x1.fffffffffffffp-2, 0x1.8d99d09f4ba9bp-1, 0x1.31649f8c26234p-1, 0x1.2a0873f36ecdfp-2, 0x1.934c2c0aa71e4p-4,
    0x1.86ccba4bc0627p-6, 0x1.0f281605308e0p-8, 0x1.04b6dc72b4be9p-11, 0x1.3d9f492c2d8b4p-15, 0x1.7b0851c7626f8p-20
};
static const double vnorm_fast_d[] = {
    0x1.0000000000000p+0, 0x1.2cedfd1ef6ad2p+1, 0x1.48cdbbc29840fp+1, 0x1.b8de22f69edb7p+0, 0x1.92e20d15a1429p-1,
    0x1.0727aeb8eae19p-2, 0x1.f3f2aeb9e419dp-5, 0x1.56f4529c3bfb8p-7, 0x1.47af4b7931d8dp-10, 0x1.8e1495847a195p-14,
    0x1.db0bfa4d483b9p-19
};

enum vnorm_form { VNORM_FULL, VNORM_FAST };

/*
 * Q(a) and phi(a) for a = |x| <= 39.  Inlined with constant form and far; far says that a may be above VNORM_FAR or NaN,
 * where results may be subnormal.
 */
V_FN vd vnorm_tail(vd a, enum vnorm_form form, int far, vd *density)
{
    const vd c = v_set(VNORM_1_SQRT2PI);
    vd kt, n, d;
    const vd s = vnorm_exp(a, &kt);

    if (form == VNORM_FAST) {
        const vd a2 = a * a;
        n = v_poly2(a, a2, vnorm_fast_n, 10);
        d = v_poly2(a, a2, vnorm_fast_d, 11);
    } else {
        d = vnorm_ratio(a, &n);
        d = d * v_fma(v_set(VNORM_A2), a, v_set(VNORM_B2));
    }
    const vd q = v_fma(n, s, n) / d, p = v_fma(c, s, c);
    *density = far ? vexp_scale_far(p, kt) : vexp_scale(p, kt);
    return far ? vexp_scale_far(q, kt) : vexp_scale(q, kt);
}

/* P(X < x) and phi(x) */
V_FN vd vnorm_both(vd x, enum vnorm_form form, vd *density)
{
    const vd a = v_abs(x), one = v_set(1.0);
    const vm left = v_lt(x, v_set(0.0));

    if (__builtin_expect(!m_all(v_le(a, v_set(VNORM_FAR))), 0)) {
        const vd q = vnorm_tail(v_min(v_set(VNORM_END), a), form, 1, density);
        return v_sel(left, q, one - q);
    }
    const vd q = vnorm_tail(a, form, 0, density);
    return v_sel(left, q, one - q);
}

V_FN vd v_norm_both(vd x, vd *density) { return vnorm_both(x, VNORM_FULL, density); }
V_FN vd v_norm_fast(vd x, vd *density) { return vnorm_both(x, VNORM_FAST, density); }

V_FN vd v_norm_pdf(vd x)
{
    vd density;

    vnorm_both(x, VNORM_FULL, &density);
    return density;
}

V_FN vd v_norm_cdf(vd x)
{
    vd density;

    return vnorm_both(x, VNORM_FULL, &density);
}

V_FN vd v_norm_sf(vd x) { return v_norm_cdf(-x); }

#endif
