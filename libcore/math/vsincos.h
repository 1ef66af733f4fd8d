/*
 * vsincos - sine and cosine in lanes, to be inlined into kernels.
 *
 *   v_sincos(x, &c)     sin x, and cos x in c; any x, NaN for infinity and NaN; <= 1 ulp each
 *
 * Method: k = round(x 2/pi), r = x - k pi/2 with pi/2 in three parts, the first two of 33 bits, so that the products are exact
 * up to |k| = 2^20; r is a sum of two doubles.  Lanes with |x| > 10^6, or so near to a multiple of pi/2 that this loses
 * digits, are reduced exactly with 1280 bits of 2/pi (Payne and Hanek, 1983).  Then polynomials in r^2 on |r| <= pi/4,
 * interpolated at Chebyshev nodes in 60 digits, errors 1.8e-17 and 1e-18; measured in tests/unit/math_sincos.c.
 */
#ifndef OC_MATH_VSINCOS_H
#define OC_MATH_VSINCOS_H

#include "math/vec.h"

static const double vsincos_s[] = {     /* (sin r - r) / r^3 */
    -0x1.5555555555555p-3, 0x1.1111111110bb1p-7, -0x1.a01a019e8357dp-13, 0x1.71de37961e4c6p-19, -0x1.ae600a926c89ap-26,
    0x1.5e0af186af739p-33
};
static const double vsincos_c[] = {     /* (cos r - 1 + r^2/2) / r^4 */
    0x1.5555555555555p-5, -0x1.6c16c16c16966p-10, 0x1.a01a019f4e867p-16, -0x1.27e4fa17a41b4p-22, 0x1.1eeb68b109173p-29,
    -0x1.907d7aebd5e3dp-37
};

/* 2/pi, 64 bits a word, behind one word of zeros */
static const uint64_t vsincos_2_pi[] = {
    0, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
    0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
    0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d
};

/* 2^k as a double, -1022 <= k <= 1023 */
V_FN double vsincos_pow2(int k)
{
    const uint64_t bits = (uint64_t)(k + 1023) << 52;
    double y;

    memcpy(&y, &bits, sizeof y);
    return y;
}

/* f + g of the 256-bit fraction p (most significant word first); 0 < p */
V_FN double vsincos_fraction(const uint64_t *p, double *g)
{
    int zeros = 0;

    while (zeros < 2 && p[zeros] == 0)      /* no double comes as near as 2^-64 to a multiple of pi/2 */
        zeros++;
    const int s = __builtin_clzll(p[zeros] | 1);
    const uint64_t a = s ? p[zeros] << s | p[zeros + 1] >> (64 - s) : p[zeros];
    const uint64_t b = s && zeros < 2 ? p[zeros + 1] << s | p[zeros + 2] >> (64 - s) : p[zeros + 1] << s;

    *g = (double)((a & 0x7ff) << 42 | b >> 22) * vsincos_pow2(-106 - 64 * zeros - s);
    return (double)(a >> 11) * vsincos_pow2(-53 - 64 * zeros - s);
}

/* x = k pi/2 + (return value + *lo) for |x| >= 2^-2, k modulo 4 */
__attribute__((noinline, unused)) static double vsincos_exact(double x, double *lo, int64_t *k)
{
    uint64_t bits, p[4], carry = 0;
    double g;

    memcpy(&bits, &x, sizeof bits);
    const int exponent = (int)(bits >> 52 & 0x7ff);
    *lo = 0.0;
    *k = 0;
    if (exponent == 0x7ff)
        return __builtin_nan("");
    /* x = m 2^e.  Bits of 2/pi that give multiples of 4 are left out; 256 bits from there on are multiplied by m. */
    const uint64_t m = (bits & 0xfffffffffffff) | (uint64_t)1 << 52;
    const int e = exponent - 1075, first = e + 62, word = first / 64, s = first % 64;
    for (int i = 3; i >= 0; i--) {
        const uint64_t *const t = vsincos_2_pi + word + i;
        const uint64_t w = s ? t[0] << s | t[1] >> (64 - s) : t[0];
        const unsigned __int128 q = (unsigned __int128)w * m + carry;
        p[i] = (uint64_t)q;
        carry = (uint64_t)(q >> 64);
    }
    int64_t quadrant = (int64_t)(p[0] >> 62);
    for (int i = 0; i < 3; i++)
        p[i] = p[i] << 2 | p[i + 1] >> 62;
    p[3] <<= 2;
    int negative = (int)(p[0] >> 63);
    if (negative) {                         /* to the nearest multiple: 1 - fraction */
        quadrant++;
        for (int i = 0; i < 4; i++)
            p[i] = ~p[i];                   /* one unit of the last of 254 bits does not matter */
    }
    const double f = vsincos_fraction(p, &g);
    const double hi = f * 0x1.921fb54442d18p+0;
    const double rest = __builtin_fma(f, 0x1.921fb54442d18p+0, -hi) + (f * 0x1.1a62633145c07p-54 + g * 0x1.921fb54442d18p+0);
    if (bits >> 63) {
        quadrant = -quadrant;
        negative = !negative;
    }
    *k = quadrant;
    *lo = negative ? -rest : rest;
    return negative ? -hi : hi;
}

/* Redo the lanes where exact != 0. */
V_FN void vsincos_redo(vd x, vm redo, vd *hi, vd *lo, vi *k)
{
    double xs[W], h[W], l[W];
    int64_t j[W], m[W];

    v_st(xs, x);
    v_st(h, *hi);
    v_st(l, *lo);
    i_st(j, *k);
    i_st(m, i_sel(redo, i_set(1), i_set(0)));
    for (int i = 0; i < W; i++)
        if (m[i])
            h[i] = vsincos_exact(xs[i], &l[i], &j[i]);
    *hi = v_ld(h);
    *lo = v_ld(l);
    *k = i_ld(j);
}

V_FN vd v_sincos(vd x, vd *cosine)
{
    const vd one = v_set(1.0), half = v_set(0.5);
    const vd t = v_fma(x, v_set(0x1.45f306dc9c883p-1), v_set(V_MAGIC)), kd = t - v_set(V_MAGIC);
    const vd a = v_fnma(kd, v_set(0x1.921fb54400000p+0), x);
    const vd p2 = v_set(0x1.0b4611a600000p-34);
    const vd b = v_fnma(kd, p2, a), rest = v_fnma(kd, v_set(0x1.3198a2e037073p-69), v_fnma(kd, p2, a - b));
    vd r = b + rest, l = rest - (r - b);
    vi k = v_bits(t);
    /* Below 2^-12 the parts of pi/2 may not be enough; above 10^6 k P1 is not exact. */
    const vm good = m_and(v_le(v_abs(x), v_set(1e6)), m_or(v_ge(v_abs(r), v_set(0x1p-12)), v_eq(kd, v_set(0.0))));
    if (__builtin_expect(!m_all(good), 0))
        vsincos_redo(x, m_not(good), &r, &l, &k);

    const vd z = r * r, z2 = z * z, hz = half * z, w = one - hz;
    const vd s = r + v_fma(z * r, v_poly2(z, z2, vsincos_s, 6), v_fnma(hz, l, l));
    const vd c = w + (((one - w) - hz) + v_fnma(r, l, z2 * v_poly2(z, z2, vsincos_c, 6)));
    const vm swap = i_eq(k & i_set(1), i_set(1));
    const vi ssign = i_shl(k & i_set(2), 62), csign = i_shl(i_add(k, i_set(1)) & i_set(2), 62);
    *cosine = v_unbits(v_bits(v_sel(swap, s, c)) ^ csign);
    return v_sel(v_eq(x, v_set(0.0)), x, v_unbits(v_bits(v_sel(swap, c, s)) ^ ssign));
}

#endif
