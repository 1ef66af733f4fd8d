/*
 * vexp - exponential in lanes, to be inlined into kernels.
 *
 *   v_exp(x)        any x: 0 below -745.14, subnormal results, infinity above 709.79, NaN for NaN; <= 1.1 ulp
 *   v_exp_mid(x)    the same without the branch for -708.39 <= x <= 709.78; outside: anything
 *   v_exp_sum(h,l)  e^(h+l) for |l| <= 2^-40 |h| + 2^-60; for squares and products whose error matters; range as v_exp
 *   v_expm1(x)      e^x - 1, any x, <= 2 ulp, keeps the sign of zero
 *
 * Method: k = round(x / ln 2), r = x - k ln 2 with ln 2 in two parts (k times the first is exact), then
 * e^r = 1 + (r + r^2 p(r)) with p of degree 9 on |r| <= 0.3466, interpolated at Chebyshev nodes in 60 digits,
 * error 1.7e-17; measured in tests/unit/math_exp.c.
 */
#ifndef OC_MATH_VEXP_H
#define OC_MATH_VEXP_H

#include "math/vec.h"

#define V_LN2_HI 0x1.62e42fefa3800p-1       /* 42 bits: a product with an integer below 2^11 is exact */
#define V_LN2_LO 0x1.ef35793c76730p-45

static const double vexp_p[] = {
    0x1.0000000000001p-1, 0x1.5555555555556p-3, 0x1.5555555553d63p-5, 0x1.11111111109b3p-7, 0x1.6c16c1788bd90p-10,
    0x1.a01a01a7c41d5p-13, 0x1.a019b90d2ae7ap-16, 0x1.71de0dae63bb3p-19, 0x1.289185613a3d6p-22, 0x1.af38a9b0ec855p-26
};

/* round(x / ln 2) in the low bits of the sum with V_MAGIC. */
V_FN vd vexp_k(vd x) { return v_fma(x, v_set(0x1.71547652b82fep0), v_set(V_MAGIC)); }

/* e^r - 1 for |r| <= 0.3466 */
V_FN vd vexp_small(vd r)
{
    const vd r2 = r * r;

    return v_fma(r2, v_poly2(r, r2, vexp_p, 10), r);
}

/* e^r for |r| <= 0.3466; 1 + r is kept as an exact sum, so that two roundings count: that of r and the last. */
V_FN vd vexp_whole(vd r)
{
    const vd one = v_set(1.0), r2 = r * r, h = one + r, l = r - (h - one);

    return h + v_fma(r2, v_poly2(r, r2, vexp_p, 10), l);
}

/* 2^k y where kt holds k and 2^k y is a normal number: add k to the exponent. */
V_FN vd vexp_scale(vd y, vd kt) { return v_unbits(i_add(v_bits(y), i_shl(v_bits(kt), 52))); }

/* 2^k y for -2044 <= k <= 2046, in two steps, the second of which rounds. */
V_FN vd vexp_scale_far(vd y, vd kt)
{
    const vi k = i_sub(v_bits(kt), i_set(V_MAGIC_BITS)), h = i_sar(k, 1);

    return y * v_pow2(h) * v_pow2(i_sub(k, h));
}

/* Negative lanes: vexp_scale does not do, |x| > 708 or NaN. */
V_FN vi vexp_far(vd x) { return i_above(x, 708.0); }

/* x, but no farther than the results 0 and infinity need; NaN stays. */
V_FN vd vexp_clamp(vd x) { return v_min(v_set(711.0), v_max(v_set(-750.0), x)); }

/* y and kt, of which e^x is 2^k y */
V_FN vd vexp_core(vd x, vd *kt)
{
    const vd t = vexp_k(x), k = t - v_set(V_MAGIC);

    *kt = t;
    return vexp_whole(v_fnma(k, v_set(V_LN2_LO), v_fnma(k, v_set(V_LN2_HI), x)));
}

V_FN vd v_exp_mid(vd x)
{
    vd kt;
    const vd y = vexp_core(x, &kt);

    return vexp_scale(y, kt);
}

V_FN vd v_exp(vd x)
{
    vd kt;

    if (__builtin_expect(i_anyneg(vexp_far(x)), 0)) {
        const vd y = vexp_core(vexp_clamp(x), &kt);
        return vexp_scale_far(y, kt);
    }
    return v_exp_mid(x);
}

/* r and kt, of which e^(h+l) is 2^k e^r */
V_FN vd vexp_rest_sum(vd h, vd l, vd *kt)
{
    const vd t = vexp_k(h), k = t - v_set(V_MAGIC);

    *kt = t;
    return v_fnma(k, v_set(V_LN2_HI), h) + v_fnma(k, v_set(V_LN2_LO), l);
}

V_FN vd v_exp_sum(vd h, vd l)
{
    vd kt;

    if (__builtin_expect(i_anyneg(vexp_far(h)), 0)) {
        const vd c = vexp_clamp(h);
        const vd y = vexp_whole(vexp_rest_sum(c, v_sel(v_eq(c, h), l, v_set(0.0)), &kt));
        return vexp_scale_far(y, kt);
    }
    const vd y = vexp_whole(vexp_rest_sum(h, l, &kt));
    return vexp_scale(y, kt);
}

V_FN vd v_expm1(vd x)
{
    /* 2^k - 1 + 2^k r is summed exactly (hi + lo), so that only the small rest rounds before the last addition. */
    const vd y = v_min(v_set(709.0), v_max(v_set(-40.0), x));
    const vd t = vexp_k(y), k = t - v_set(V_MAGIC);
    const vd r0 = v_fnma(k, v_set(V_LN2_HI), y), r = v_fnma(k, v_set(V_LN2_LO), r0);
    const vd rl = v_fnma(k, v_set(V_LN2_LO), r0 - r), r2 = r * r;
    const vd q = v_fma(r2, v_poly2(r, r2, vexp_p, 10), rl);
    const vd f = v_pow2(i_sub(v_bits(t), i_set(V_MAGIC_BITS))), a = f - v_set(1.0);
    const vd fr = f * r, hi = a + fr, lo = fr - (hi - a);
    const vd e = v_sel(v_eq(x, v_set(0.0)), x, hi + v_fma(f, q, lo));

    if (__builtin_expect(m_any(v_gt(x, v_set(709.0))), 0))
        return v_sel(v_gt(x, v_set(709.0)), v_exp(x), e);
    return e;
}

#endif
