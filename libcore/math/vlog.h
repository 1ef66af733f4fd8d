/*
 * vlog - natural logarithm in lanes, to be inlined into kernels.
 *
 *   v_log(x)        any x: -infinity for 0, NaN below 0 and for NaN, subnormals too; <= 1.1 ulp
 *   v_log_mid(x)    the same without the branch for normal positive finite x; others: anything
 *   v_log1p(x)      log(1 + x), -infinity for -1, NaN below; <= 1.5 ulp, keeps the sign of zero
 *
 * Method: x = 2^k m, sqrt(1/2) <= m < sqrt(2), f = m - 1, s = f / (2 + f); then log m = 2 s + s R, R = s^2 P(s^2), and since
 * 2 s = f - s f it is computed as f - s (f - R), which keeps the exact f in front and loses nothing near 1 (as in
 * FreeBSD's e_log.c; Ng, 1993).  P of degree 6 interpolates (log m - 2 s) / s^3 at Chebyshev nodes in 60 digits, error
 * 4.3e-18; measured in tests/unit/math_log.c.
 */
#ifndef OC_MATH_VLOG_H
#define OC_MATH_VLOG_H

#include "math/vec.h"
#include "math/vexp.h"

#define VLOG_SQRTH INT64_C(0x3fe6a09e667f3bcd)      /* bits of sqrt(1/2) */
#define VLOG_TINY 0x1p-1022                         /* smallest normal number */

static const double vlog_p[] = {
    0x1.5555555555558p-1, 0x1.99999999952d7p-2, 0x1.2492492df281ap-2, 0x1.c71c62e3f11e6p-3, 0x1.7462b51cb66b1p-3,
    0x1.39fe51a7c18f9p-3, 0x1.2b5900de53b32p-3
};

/* k and m of a normal positive x; returns f = m - 1. */
V_FN vd vlog_split(vd x, vi *k)
{
    const vi e = i_sar(i_sub(v_bits(x), i_set(VLOG_SQRTH)), 52);

    *k = e;
    return v_unbits(i_sub(v_bits(x), i_shl(e, 52))) - v_set(1.0);
}

/* k ln 2 + log(1 + f) + c, c small against f's last place */
V_FN vd vlog_core(vd f, vd k, vd c)
{
    const vd s = f / (f + v_set(2.0)), z = s * s;
    const vd R = z * v_poly2(z, z * z, vlog_p, 7);
    const vd lo = v_fnma(k, v_set(V_LN2_LO), v_fms(s, f - R, c));

    return v_fma(k, v_set(V_LN2_HI), f - lo);
}

V_FN vd v_log_mid(vd x)
{
    vi k;
    const vd f = vlog_split(x, &k);

    return vlog_core(f, v_from_i(k), v_set(0.0));
}

/* What log is where the common path does not hold; y elsewhere. */
V_FN vd vlog_special(vd x, vd y)
{
    const vd zero = v_set(0.0), inf = v_set(__builtin_inf());
    vi k;
    const vd f = vlog_split(x * v_set(0x1p54), &k);
    const vd sub = vlog_core(f, v_from_i(k - i_set(54)), zero);

    y = v_sel(m_and(v_gt(x, zero), v_lt(x, v_set(VLOG_TINY))), sub, y);
    y = v_sel(v_eq(x, zero), -inf, y);
    y = v_sel(v_eq(x, inf), inf, y);
    return v_sel(v_ge(x, zero), y, v_set(__builtin_nan("")));
}

V_FN vd v_log(vd x)
{
    const vd y = v_log_mid(x);

    if (__builtin_expect(!m_all(m_and(v_ge(x, v_set(VLOG_TINY)), v_lt(x, v_set(__builtin_inf())))), 0))
        return vlog_special(x, y);
    return y;
}

V_FN vd v_log1p(vd x)
{
    /* u + d = 1 + x exactly; log(u + d) = log u + d/u up to (d/u)^2.  Where k = 0, f = u - 1 + its share of d. */
    const vd one = v_set(1.0), inf = v_set(__builtin_inf());
    const vd u = one + x, t = u - one, d = (one - (u - t)) + (x - t);
    vi k;
    const vd f = vlog_split(u, &k);
    const vd y = vlog_core(f, v_from_i(k), d / u);
    const vd small = v_abs(x);
    /* Below 2^-27 the two terms of the series are enough, and exact for subnormal x. */
    const vd r = v_sel(v_lt(small, v_set(0x1p-27)), v_fma(v_set(-0.5) * x, x, x), y);

    if (__builtin_expect(!m_all(m_and(v_gt(x, v_set(-1.0)), v_lt(x, inf))), 0)) {
        const vd e = v_sel(v_eq(x, inf), inf, v_sel(v_gt(x, v_set(-1.0)), r, v_set(__builtin_nan(""))));
        return v_sel(v_eq(x, v_set(-1.0)), -inf, e);
    }
    return v_sel(v_eq(x, v_set(0.0)), x, r);
}

#endif
