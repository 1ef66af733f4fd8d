/*
 * group - several vectors side by side, for kernels whose dependency chains are long.
 *
 * A price needs a chain of some hundred operations.  Written for one vector after the other, the chains starve the
 * processor's scheduler; written step by step for U vectors at once (EACH), they overlap.  U does not change a bit.
 *
 *   vg                  U vectors, that is U * W rows; a kernel may set GROUP_VECTORS (1 to 4) before the include
 *   EACH                for every vector u of the group
 *   g_ld g_st           load, store U * W doubles
 *   g_poly(x, c, n)     c[0] + ... + c[n-1] x^(n-1) by Horner
 *   g_poly2(x, c, n)    the same from even and odd halves, n even
 *   g_exp(x)            e^x; 0 below -745.14, subnormal results, infinity above 709.79; <= 1.1 ulp
 *   v_exp_one(x)        the same of one vector, the same bits
 *   g_logratio(a, b)    log(a / b) for normal positive a, b; neither overflow nor cancellation in a / b; <= 2 ulp
 */
#ifndef OC_PRICING_GROUP_H
#define OC_PRICING_GROUP_H

#include "math/vec.h"

#if defined(OC_ISA_base) || defined(__SANITIZE_ADDRESS__)
enum { U = 1 };         /* software fma or a sanitizer: the code would grow out of the caches and of patience */
#elif defined(GROUP_VECTORS)
enum { U = GROUP_VECTORS };
#else
enum { U = 4 };
#endif

enum { GROUP = U * W };

typedef struct { vd v[U]; } vg;

#define EACH _Pragma("GCC unroll 4") for (int u = 0; u < U; u++)

V_FN vg g_ld(const double *p)
{
    vg a;

    EACH a.v[u] = v_ld(p + u * W);
    return a;
}

V_FN void g_st(double *p, vg a)
{
    EACH v_st(p + u * W, a.v[u]);
}

V_FN vg g_poly(vg x, const double *c, int n)
{
    vg p;

    EACH p.v[u] = v_set(c[n - 1]);
#pragma GCC unroll 32
    for (int j = n - 2; j >= 0; j--)
        EACH p.v[u] = v_fma(p.v[u], x.v[u], v_set(c[j]));
    return p;
}

V_FN vg g_poly2(vg x, const double *c, int n)
{
    vg r;

    vg x2, p, q;

    EACH x2.v[u] = x.v[u] * x.v[u];
    EACH p.v[u] = v_set(c[n - 1]);
    EACH q.v[u] = v_set(c[n - 2]);
#pragma GCC unroll 16
    for (int j = n - 3; j >= 1; j -= 2) {
        EACH p.v[u] = v_fma(p.v[u], x2.v[u], v_set(c[j]));
        EACH q.v[u] = v_fma(q.v[u], x2.v[u], v_set(c[j - 1]));
    }
    EACH r.v[u] = v_fma(p.v[u], x.v[u], q.v[u]);
    return r;
}

#define G_INV_LN2 0x1.71547652b82fep0
#define G_LN2_HI 0x1.62e42fefa3800p-1       /* 42 bits: a product with an integer below 2^11 is exact */
#define G_LN2_LO 0x1.ef35793c76730p-45
#define G_EXP_MAX 708.39                    /* up to this size of x, e^x is finite and a normal number */

/* (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2, interpolated at Chebyshev nodes in 60 digits, error 1.7e-17. */
static const double group_exp[] = {
    0x1.0000000000001p-1, 0x1.5555555555556p-3, 0x1.5555555553d63p-5, 0x1.11111111109b3p-7, 0x1.6c16c1788bd90p-10,
    0x1.a01a01a7c41d5p-13, 0x1.a019b90d2ae7ap-16, 0x1.71de0dae63bb3p-19, 0x1.289185613a3d6p-22, 0x1.af38a9b0ec855p-26
};

/* e^x for lanes out of the normal range: the power of two in two steps, the second of which rounds. */
V_FN vd g_exp_far_(vd x)
{
    const vd c = v_min(v_max(x, v_set(-750.0)), v_set(711.0));
    const vd t = v_fma(c, v_set(G_INV_LN2), v_set(V_MAGIC)), k = t - v_set(V_MAGIC);
    const vd r = v_fnma(k, v_set(G_LN2_LO), v_fnma(k, v_set(G_LN2_HI), c)), r2 = r * r;
    const vd y = v_set(1.0) + v_fma(r2, v_poly2(r, r2, group_exp, 10), r);
    const vi e = i_sub(v_bits(t), i_set(V_MAGIC_BITS)), half = i_sar(e, 1);

    return v_sel(v_isnan(x), x, y * v_pow2(half) * v_pow2(i_sub(e, half)));
}

V_FN vm g_exp_is_far_(vd x) { return m_not(v_le(v_abs(x), v_set(G_EXP_MAX))); }

V_FN vg g_exp(vg x)
{
    vg t, k, r, p, y;
    vi far = i_set(0);

    EACH t.v[u] = v_fma(x.v[u], v_set(G_INV_LN2), v_set(V_MAGIC));
    EACH far = far | i_above(x.v[u], G_EXP_MAX);
    EACH k.v[u] = t.v[u] - v_set(V_MAGIC);
    EACH r.v[u] = v_fnma(k.v[u], v_set(G_LN2_HI), x.v[u]);
    EACH r.v[u] = v_fnma(k.v[u], v_set(G_LN2_LO), r.v[u]);
    p = g_poly2(r, group_exp, 10);
    EACH y.v[u] = v_set(1.0) + v_fma(r.v[u] * r.v[u], p.v[u], r.v[u]);
    EACH y.v[u] = v_unbits(i_add(v_bits(y.v[u]), i_shl(v_bits(t.v[u]), 52)));
    if (__builtin_expect(i_anyneg(far), 0))
        EACH y.v[u] = v_sel(g_exp_is_far_(x.v[u]), g_exp_far_(x.v[u]), y.v[u]);
    return y;
}

V_FN vd v_exp_one(vd x)
{
    const vd t = v_fma(x, v_set(G_INV_LN2), v_set(V_MAGIC)), k = t - v_set(V_MAGIC);
    const vd r = v_fnma(k, v_set(G_LN2_LO), v_fnma(k, v_set(G_LN2_HI), x)), r2 = r * r;
    const vd y = v_set(1.0) + v_fma(r2, v_poly2(r, r2, group_exp, 10), r);
    const vm far = g_exp_is_far_(x);

    if (__builtin_expect(m_any(far), 0))
        return v_sel(far, g_exp_far_(x), v_unbits(i_add(v_bits(y), i_shl(v_bits(t), 52))));
    return v_unbits(i_add(v_bits(y), i_shl(v_bits(t), 52)));
}

/*
 * (log((1 + s) / (1 - s)) - 2 s) / s^3 as a polynomial in s^2, |s| <= 0.2006; interpolated at Chebyshev nodes in
 * 60 digits, error 1e-18.
 */
static const double group_log[] = {
    0x1.5555555555555p-1, 0x1.9999999999f54p-2, 0x1.24924923d7af6p-2, 0x1.c71c72e81dc3ep-3,
    0x1.745ca993cf2bcp-3, 0x1.3b2a3b8cfd3cdp-3, 0x1.0e8419306c06cp-3, 0x1.16db6f133bb5dp-3
};

/* The same with an error of 3e-6 of the logarithm, for starting values. */
static const double group_log_coarse[] __attribute__((unused)) = { 0.666606971272207, 0.41182125890022305 };

/*
 * log(a / b) = e ln 2 + log(a / b'), b' = 2^e b, where e is rounded from the difference of the bit patterns (which
 * is 2^52 log2(a / b) within 0.09), so a / b' lies in [2/3, 3/2], a - b' is exact, and a ratio near 1 keeps all digits.
 */
V_FN vd g_log_split(vd a, vd b, vd *k)
{
    const vi e = i_sar(i_add(i_sub(v_bits(a), v_bits(b)), i_set(INT64_C(1) << 51)), 52);

    *k = v_from_i(e);
    return v_unbits(i_add(v_bits(b), i_shl(e, 52)));
}

/* k ln 2 + log((1 + s) / (1 - s)), c of n coefficients, n even */
V_FN vg g_log_join(vg k, vg s, const double *c, int n)
{
    vg z, p, r;

    EACH z.v[u] = s.v[u] * s.v[u];
    p = g_poly2(z, c, n);
    EACH p.v[u] = v_fma(s.v[u] * z.v[u], p.v[u], k.v[u] * v_set(G_LN2_LO));
    EACH r.v[u] = v_fma(k.v[u], v_set(G_LN2_HI), v_fma(s.v[u], v_set(2.0), p.v[u]));
    return r;
}

V_FN vg g_logratio(vg a, vg b)
{
    vg k, s;

    EACH {
        const vd m = g_log_split(a.v[u], b.v[u], &k.v[u]);
        s.v[u] = (a.v[u] - m) / (a.v[u] + m);
    }
    return g_log_join(k, s, group_log, 8);
}

#endif
