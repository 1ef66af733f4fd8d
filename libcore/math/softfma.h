/*
 * softfma - fma in + - * only, for vec.h's baseline.  Not to be included elsewhere.
 *
 * Method: exact product by Veltkamp-Dekker splitting, exact sums by Knuth's TwoSum, and the small part rounded to odd
 * so that the last addition rounds once (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved
 * algorithms using rounding to odd", 2008).  It is exact if neither splitting nor product over- or underflow; lanes
 * outside of that range are computed by fma() of the C library, which is correctly rounded too, only slow.
 */
#include "math/vec.h"       /* which includes this file in its middle */
#ifndef OC_MATH_SOFTFMA_H
#define OC_MATH_SOFTFMA_H

#ifdef __FP_FAST_FMA
V_FN vd v_fma(vd a, vd b, vd c) { return (vd){ __builtin_fma(a[0], b[0], c[0]), __builtin_fma(a[1], b[1], c[1]) }; }
#else

/* a + b = s + e exactly. */
V_FN vd softfma_sum(vd a, vd b, vd *e)
{
    const vd s = a + b, t = s - a;

    *e = (a - (s - t)) + (b - t);
    return s;
}

/* p + e = a b exactly, p = a * b rounded. */
V_FN vd softfma_error(vd a, vd b, vd p)
{
    const vd split = v_set(0x1p27 + 1.0);
    const vd sa = split * a, sb = split * b;
    const vd ah = sa - (sa - a), bh = sb - (sb - b);
    const vd al = a - ah, bl = b - bh;

    return ((ah * bh - p) + ah * bl + al * bh) + al * bl;
}

/* a + b rounded to odd: an inexact sum whose last bit is even moves one step towards the rest. */
V_FN vd softfma_odd(vd a, vd b)
{
    vd e;
    const vd s = softfma_sum(a, b, &e);
    const vi same = ~(v_bits(s) ^ v_bits(e));                   /* sign bit set where rest and sum agree */
    const vi step = i_shl(i_shr(same, 63), 1) - i_set(1);       /* +1 away from zero, -1 towards it */
    const vi even = (v_bits(s) & i_set(1)) - i_set(1);          /* all ones where the last bit is 0 */
    const vi rest = (vi)(e != v_set(0.0));

    return v_unbits(i_add(v_bits(s), step & even & rest));
}

/* Out of line: some 60 instructions that kernels need dozens of times. */
__attribute__((noinline, unused)) static vd v_fma(vd a, vd b, vd c)
{
    const vd p = a * b, zero = v_set(0.0);
    const vm low = m_and(v_lt(v_abs(p), v_set(0x1p-960)), m_not(m_or(v_eq(a, zero), v_eq(b, zero))));
    const vm high = m_and(m_and(v_lt(v_abs(a), v_set(0x1p995)), v_lt(v_abs(b), v_set(0x1p995))),
        m_and(v_lt(v_abs(c), v_set(0x1p1020)), v_lt(v_abs(p), v_set(0x1p1020))));

    if (!m_all(m_and(high, m_not(low))))        /* NaN and infinity come here too */
        return (vd){ __builtin_fma(a[0], b[0], c[0]), __builtin_fma(a[1], b[1], c[1]) };
    vd tl, vl;
    const vd ul = softfma_error(a, b, p);
    const vd th = softfma_sum(c, ul, &tl);
    const vd vh = softfma_sum(p, th, &vl);
    const vd r = vh + softfma_odd(tl, vl);
    /* An exact zero: p is exact then, and p + c has the sign that IEEE wants. */
    return v_sel(v_eq(r, zero), p + c, r);
}
#endif

#endif
