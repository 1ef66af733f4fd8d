/*
 * vec - lanes of doubles and 64-bit integers for the kernels (*.k.c), the same operations on three instruction sets.
 *
 * The Makefile compiles each *.k.c with -DOC_ISA_avx512, -DOC_ISA_avx2 and -DOC_ISA_base.  All that differs is
 * in this header and the bits of every result are the same, because every operation is exact or correctly rounded
 * IEEE 754 in round-to-nearest: + - * / sqrt fma, integer operations, comparisons and selections.  A kernel must
 * keep to these, must not let a result depend on W or on the neighbours of a lane, and must not call libm.
 * Which NaN comes out (sign, payload) is not promised; a NaN stays a NaN.
 *
 *   OC_K(f)             f_avx512, f_avx2 or f_base
 *   W                   lanes: 8, 4, 2
 *   vd vi vm            doubles, int64 lanes, mask.  Operators work on whole vectors: vd + - * / and unary -,
 *                       vi + - & | ^ ~.  Do not use == < on vectors (their type differs); use v_lt ...
 *   v_set(x)            all lanes x                      i_set(k)        all lanes k
 *   v_ld(p) v_st(p,a)   load, store W (any alignment)    i_ld(p) i_st(p,a)
 *   v_ldn(p,n,x)        n lanes from memory, 0 <= n <= W, the others x (memory behind is not touched)
 *   v_stn(p,n,a)        store the first n lanes
 *   v_fma(a,b,c)        a*b + c                          v_fms(a,b,c)    a*b - c
 *   v_fnma(a,b,c)       c - a*b                          v_sqrt(a)
 *   v_abs v_copysign(magnitude, sign)
 *   v_min(a,b)          a < b ? a : b (so NaN in either gives b)          v_max(a,b)   a > b ? a : b
 *   v_lt v_le v_gt v_ge v_eq    masks, false for NaN     v_isnan(a)      a != a
 *   i_add(a,b) i_sub    + and - modulo 2^64, for bit patterns; the operators must not overflow
 *   i_eq(a,b) i_gt(a,b) masks of signed comparison
 *   m_and m_or m_not m_andnot(a,b) = a & ~b   m_any(m) m_all(m) = 0 or 1
 *   v_sel(m,a,b)        m ? a : b lane by lane           i_sel(m,a,b)
 *   i_shl i_shr i_sar   shift all lanes by the same count (left, right with zeros, right with sign)
 *   i_mulu32(a,b)       product of the low halves of the lanes as unsigned numbers of 32 bits; the high halves do not matter
 *   i_xor3(a,b,c)       a ^ b ^ c
 *   i_reverse(a)        the 64 bits of each lane in reversed order
 *   i_above(a,x)        negative where |a| > x or a is NaN, for a constant x > 0; combine several with | and ask with
 *   i_anyneg(k)         1 if some lane is negative: cheaper than several comparisons of doubles, which share fma's ports
 *   v_bits(a) v_unbits(k)  the same 64 bits as integers, as doubles
 *   v_from_i(k)         double of an integer, exact for |k| < 2^51
 *   v_round(a)          nearest integer (ties to even) as a double, |a| < 2^51
 *   v_to_i(a)           the same as an integer lane
 *   v_poly(x, c, n)     c[0] + c[1] x + ... + c[n-1] x^(n-1) by Horner, n a constant
 *   v_poly2(x, x2, c, n)   the same from even and odd halves (two chains, shorter latency; other roundings)
 *   v_table(c)          c itself, for a table of many coefficients in a loop: where an operand may be one number of memory
 *                       for all lanes (AVX-512), they stay there rather than be spread, spilled and fetched as whole vectors
 *   vi of counts, e.g. exponents: see v_pow2(k) = 2^k for -1022 <= k <= 1023
 */
#ifndef OC_MATH_VEC_H
#define OC_MATH_VEC_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Where a plain .c file or a header test includes this, the baseline, which compiles everywhere. */
#if !defined(OC_ISA_avx512) && !defined(OC_ISA_avx2) && !defined(OC_ISA_base)
#define OC_ISA_base
#endif

#define V_FN static inline __attribute__((always_inline, unused))

#if defined(OC_ISA_avx512)
/* ---- AVX-512 F, DQ, BW, VL ------------------------------------------------------------------------ */
#include <immintrin.h>
#define OC_K(name) name##_avx512
enum { W = 8 };
typedef __m512d vd;
typedef __m512i vi;
typedef __mmask8 vm;

V_FN vd v_set(double x) { return _mm512_set1_pd(x); }
V_FN vi i_set(int64_t k) { return _mm512_set1_epi64(k); }
V_FN vd v_ld(const double *p) { return _mm512_loadu_pd(p); }
V_FN vi i_ld(const int64_t *p) { return _mm512_loadu_si512(p); }
V_FN void v_st(double *p, vd a) { _mm512_storeu_pd(p, a); }
V_FN void i_st(int64_t *p, vi a) { _mm512_storeu_si512(p, a); }
V_FN vd v_ldn(const double *p, size_t n, double x) { return _mm512_mask_loadu_pd(v_set(x), (vm)((1u << n) - 1u), p); }
V_FN void v_stn(double *p, size_t n, vd a) { _mm512_mask_storeu_pd(p, (vm)((1u << n) - 1u), a); }
V_FN vd v_fma(vd a, vd b, vd c) { return _mm512_fmadd_pd(a, b, c); }
V_FN vd v_fms(vd a, vd b, vd c) { return _mm512_fmsub_pd(a, b, c); }
V_FN vd v_fnma(vd a, vd b, vd c) { return _mm512_fnmadd_pd(a, b, c); }
V_FN vd v_sqrt(vd a) { return _mm512_sqrt_pd(a); }
V_FN vd v_min(vd a, vd b) { return _mm512_min_pd(a, b); }
V_FN vd v_max(vd a, vd b) { return _mm512_max_pd(a, b); }
V_FN vi v_bits(vd a) { return _mm512_castpd_si512(a); }
V_FN vd v_unbits(vi a) { return _mm512_castsi512_pd(a); }
V_FN vm v_lt(vd a, vd b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
V_FN vm v_le(vd a, vd b) { return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ); }
V_FN vm v_eq(vd a, vd b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
V_FN vm v_isnan(vd a) { return _mm512_cmp_pd_mask(a, a, _CMP_UNORD_Q); }
V_FN vm i_eq(vi a, vi b) { return _mm512_cmpeq_epi64_mask(a, b); }
V_FN vm i_gt(vi a, vi b) { return _mm512_cmpgt_epi64_mask(a, b); }
V_FN vm m_and(vm a, vm b) { return (vm)(a & b); }
V_FN vm m_or(vm a, vm b) { return (vm)(a | b); }
V_FN vm m_not(vm a) { return (vm)~a; }
V_FN int m_any(vm m) { return m != 0; }
V_FN int m_all(vm m) { return m == 0xff; }
V_FN vd v_sel(vm m, vd a, vd b) { return _mm512_mask_blend_pd(m, b, a); }
V_FN vi i_sel(vm m, vi a, vi b) { return _mm512_mask_blend_epi64(m, b, a); }
V_FN vi i_shl(vi a, unsigned s) { return _mm512_slli_epi64(a, s); }
V_FN vi i_shr(vi a, unsigned s) { return _mm512_srli_epi64(a, s); }
V_FN vi i_sar(vi a, unsigned s) { return _mm512_srai_epi64(a, s); }
V_FN int i_anyneg(vi a) { return _mm512_movepi64_mask(a) != 0; }
V_FN vi i_mulu32(vi a, vi b) { return _mm512_mul_epu32(a, b); }
V_FN vi i_xor3(vi a, vi b, vi c) { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }
V_FN vi i_reverse(vi a)         /* nibbles by table, then bytes */
{
    const vi low = _mm512_set1_epi8(0x0f);
    const vi to_high = _mm512_broadcast_i32x4(_mm_setr_epi8(0, -128, 64, -64, 32, -96, 96, -32, 16, -112, 80, -48, 48, -80,
                                                            112, -16));
    const vi to_low = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15));
    const vi bytes = _mm512_broadcast_i32x4(_mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
    const vi b = _mm512_shuffle_epi8(to_high, a & low) | _mm512_shuffle_epi8(to_low, i_shr(a, 4) & low);

    return _mm512_shuffle_epi8(b, bytes);
}

#elif defined(OC_ISA_avx2)
/* ---- AVX2 with FMA -------------------------------------------------------------------------------- */
#include <immintrin.h>
#define OC_K(name) name##_avx2
enum { W = 4 };
typedef __m256d vd;
typedef __m256i vi;
typedef __m256d vm;     /* all bits of a lane set or none */

V_FN vd v_set(double x) { return _mm256_set1_pd(x); }
V_FN vi i_set(int64_t k) { return _mm256_set1_epi64x(k); }
V_FN vd v_ld(const double *p) { return _mm256_loadu_pd(p); }
V_FN vi i_ld(const int64_t *p) { return _mm256_loadu_si256((const __m256i *)p); }
V_FN void v_st(double *p, vd a) { _mm256_storeu_pd(p, a); }
V_FN void i_st(int64_t *p, vi a) { _mm256_storeu_si256((__m256i *)p, a); }
V_FN vi i_first_(size_t n) { return _mm256_cmpgt_epi64(i_set((int64_t)n), _mm256_set_epi64x(3, 2, 1, 0)); }
V_FN vd v_ldn(const double *p, size_t n, double x)
{
    const vi m = i_first_(n);

    return _mm256_blendv_pd(v_set(x), _mm256_maskload_pd(p, m), _mm256_castsi256_pd(m));
}
V_FN void v_stn(double *p, size_t n, vd a) { _mm256_maskstore_pd(p, i_first_(n), a); }
V_FN vd v_fma(vd a, vd b, vd c) { return _mm256_fmadd_pd(a, b, c); }
V_FN vd v_fms(vd a, vd b, vd c) { return _mm256_fmsub_pd(a, b, c); }
V_FN vd v_fnma(vd a, vd b, vd c) { return _mm256_fnmadd_pd(a, b, c); }
V_FN vd v_sqrt(vd a) { return _mm256_sqrt_pd(a); }
V_FN vd v_min(vd a, vd b) { return _mm256_min_pd(a, b); }
V_FN vd v_max(vd a, vd b) { return _mm256_max_pd(a, b); }
V_FN vi v_bits(vd a) { return _mm256_castpd_si256(a); }
V_FN vd v_unbits(vi a) { return _mm256_castsi256_pd(a); }
V_FN vm v_lt(vd a, vd b) { return _mm256_cmp_pd(a, b, _CMP_LT_OQ); }
V_FN vm v_le(vd a, vd b) { return _mm256_cmp_pd(a, b, _CMP_LE_OQ); }
V_FN vm v_eq(vd a, vd b) { return _mm256_cmp_pd(a, b, _CMP_EQ_OQ); }
V_FN vm v_isnan(vd a) { return _mm256_cmp_pd(a, a, _CMP_UNORD_Q); }
V_FN vm i_eq(vi a, vi b) { return v_unbits(_mm256_cmpeq_epi64(a, b)); }
V_FN vm i_gt(vi a, vi b) { return v_unbits(_mm256_cmpgt_epi64(a, b)); }
V_FN vm m_and(vm a, vm b) { return _mm256_and_pd(a, b); }
V_FN vm m_or(vm a, vm b) { return _mm256_or_pd(a, b); }
V_FN vm m_not(vm a) { return _mm256_xor_pd(a, v_unbits(i_set(-1))); }
V_FN int m_any(vm m) { return _mm256_movemask_pd(m) != 0; }
V_FN int m_all(vm m) { return _mm256_movemask_pd(m) == 0xf; }
V_FN vd v_sel(vm m, vd a, vd b) { return _mm256_blendv_pd(b, a, m); }
V_FN vi i_sel(vm m, vi a, vi b) { return v_bits(v_sel(m, v_unbits(a), v_unbits(b))); }
V_FN vi i_shl(vi a, unsigned s) { return _mm256_slli_epi64(a, (int)s); }
V_FN vi i_shr(vi a, unsigned s) { return _mm256_srli_epi64(a, (int)s); }
V_FN vi i_sar(vi a, unsigned s)     /* no vpsraq here: shift with a bias that keeps the sign */
{
    const vi bias = i_set((int64_t)((uint64_t)1 << (63 - s)));

    return _mm256_sub_epi64(i_shr(a, s) ^ bias, bias);
}
V_FN int i_anyneg(vi a) { return _mm256_movemask_pd(v_unbits(a)) != 0; }
V_FN vi i_mulu32(vi a, vi b) { return _mm256_mul_epu32(a, b); }
V_FN vi i_xor3(vi a, vi b, vi c) { return a ^ b ^ c; }
V_FN vi i_reverse(vi a)         /* nibbles by table, then bytes */
{
    const vi low = _mm256_set1_epi8(0x0f);
    const vi to_high = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, -128, 64, -64, 32, -96, 96, -32, 16, -112, 80, -48, 48,
                                                                 -80, 112, -16));
    const vi to_low = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15));
    const vi bytes = _mm256_broadcastsi128_si256(_mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
    const vi b = _mm256_shuffle_epi8(to_high, a & low) | _mm256_shuffle_epi8(to_low, i_shr(a, 4) & low);

    return _mm256_shuffle_epi8(b, bytes);
}

#else
/* ---- any processor: vectors of two by the compiler, fma in software where the hardware has none ---- */
#define OC_K(name) name##_base
enum { W = 2 };
typedef double vd __attribute__((vector_size(16)));
typedef int64_t vi __attribute__((vector_size(16)));
typedef vi vm;          /* -1 or 0 */

V_FN vd v_set(double x) { return (vd){ x, x }; }
V_FN vi i_set(int64_t k) { return (vi){ k, k }; }
V_FN vd v_ld(const double *p) { vd a; memcpy(&a, p, sizeof a); return a; }
V_FN vi i_ld(const int64_t *p) { vi a; memcpy(&a, p, sizeof a); return a; }
V_FN void v_st(double *p, vd a) { memcpy(p, &a, sizeof a); }
V_FN void i_st(int64_t *p, vi a) { memcpy(p, &a, sizeof a); }
V_FN vd v_ldn(const double *p, size_t n, double x) { return (vd){ n > 0 ? p[0] : x, n > 1 ? p[1] : x }; }
V_FN void v_stn(double *p, size_t n, vd a) { for (size_t j = 0; j < n; j++) p[j] = a[j]; }
V_FN vi v_bits(vd a) { return (vi)a; }
V_FN vd v_unbits(vi a) { return (vd)a; }
V_FN vm v_lt(vd a, vd b) { return (vm)(a < b); }
V_FN vm v_le(vd a, vd b) { return (vm)(a <= b); }
V_FN vm v_eq(vd a, vd b) { return (vm)(a == b); }
V_FN vm v_isnan(vd a) { return (vm)(a != a); }
V_FN vm i_eq(vi a, vi b) { return (vm)(a == b); }
V_FN vm i_gt(vi a, vi b) { return (vm)(a > b); }
V_FN vm m_and(vm a, vm b) { return a & b; }
V_FN vm m_or(vm a, vm b) { return a | b; }
V_FN vm m_not(vm a) { return ~a; }
V_FN int m_any(vm m) { return (m[0] | m[1]) != 0; }
V_FN int m_all(vm m) { return (m[0] & m[1]) != 0; }
V_FN vi i_sel(vm m, vi a, vi b) { return (m & a) | (~m & b); }
V_FN vd v_sel(vm m, vd a, vd b) { return (vd)i_sel(m, (vi)a, (vi)b); }
V_FN vd v_min(vd a, vd b) { return v_sel(v_lt(a, b), a, b); }
V_FN vd v_max(vd a, vd b) { return v_sel(v_lt(b, a), a, b); }
typedef uint64_t vu2_ __attribute__((vector_size(16)));
V_FN vi i_shl(vi a, unsigned s) { return (vi)((vu2_)a << (vu2_){ s, s }); }
V_FN vi i_shr(vi a, unsigned s) { return (vi)((vu2_)a >> (vu2_){ s, s }); }
V_FN vi i_sar(vi a, unsigned s) { return a >> (vi){ s, s }; }
V_FN int i_anyneg(vi a) { return (a[0] | a[1]) < 0; }
V_FN vi i_mulu32(vi a, vi b)
{
    const vu2_ low = { 0xffffffff, 0xffffffff };

    return (vi)(((vu2_)a & low) * ((vu2_)b & low));
}
V_FN vi i_xor3(vi a, vi b, vi c) { return a ^ b ^ c; }
V_FN vi i_swap_(vi a, unsigned s, uint64_t m)       /* neighbouring groups of s bits */
{
    const vi mask = i_set((int64_t)m);

    return (i_shr(a, s) & mask) | i_shl(a & mask, s);
}
V_FN vi i_reverse(vi a)
{
    a = i_swap_(a, 1, 0x5555555555555555);
    a = i_swap_(a, 2, 0x3333333333333333);
    a = i_swap_(a, 4, 0x0f0f0f0f0f0f0f0f);
    a = i_swap_(a, 8, 0x00ff00ff00ff00ff);
    a = i_swap_(a, 16, 0x0000ffff0000ffff);
    return i_shr(a, 32) | i_shl(a, 32);
}
V_FN vd v_sqrt(vd a) { return (vd){ __builtin_sqrt(a[0]), __builtin_sqrt(a[1]) }; }

#endif

/* ---- the same for all ------------------------------------------------------------------------------ */
typedef uint64_t vu_ __attribute__((vector_size(sizeof(vi))));
V_FN vi i_add(vi a, vi b) { return (vi)((vu_)a + (vu_)b); }
V_FN vi i_sub(vi a, vi b) { return (vi)((vu_)a - (vu_)b); }
V_FN vm v_gt(vd a, vd b) { return v_lt(b, a); }
V_FN vm v_ge(vd a, vd b) { return v_le(b, a); }
V_FN vm m_andnot(vm a, vm b) { return m_and(a, m_not(b)); }
V_FN vd v_abs(vd a) { return v_unbits(v_bits(a) & i_set(INT64_MAX)); }
V_FN vd v_copysign(vd a, vd s) { return v_unbits((v_bits(a) & i_set(INT64_MAX)) | (v_bits(s) & i_set(INT64_MIN))); }

#if defined(OC_ISA_base)
#include "math/softfma.h"
V_FN vd v_fms(vd a, vd b, vd c) { return v_fma(a, b, -c); }
V_FN vd v_fnma(vd a, vd b, vd c) { return v_fma(-a, b, c); }
#endif

V_FN vi i_above(vd a, double x) { return v_bits(v_set(x)) - v_bits(v_abs(a)); }

#define V_MAGIC 0x1.8p52    /* a + V_MAGIC holds the nearest integer of a in its low bits */
#define V_MAGIC_BITS INT64_C(0x4338000000000000)
V_FN vd v_from_i(vi k) { return v_unbits(i_add(k, i_set(V_MAGIC_BITS))) - v_set(V_MAGIC); }
V_FN vd v_round(vd a) { return (a + v_set(V_MAGIC)) - v_set(V_MAGIC); }
V_FN vi v_to_i(vd a) { return i_sub(v_bits(a + v_set(V_MAGIC)), i_set(V_MAGIC_BITS)); }
V_FN vd v_pow2(vi k) { return v_unbits(i_shl(i_add(k, i_set(1023)), 52)); }

V_FN const double *v_table(const double *c)
{
    if (W == 8)
        __asm__("" : "+r"(c));      /* the compiler no longer knows what it points to, so it cannot hoist */
    return c;
}

V_FN vd v_poly(vd x, const double *c, int n)
{
    vd p = v_set(c[n - 1]);

#pragma GCC unroll 32
    for (int j = n - 2; j >= 0; j--)
        p = v_fma(p, x, v_set(c[j]));
    return p;
}

V_FN vd v_poly2(vd x, vd x2, const double *c, int n)
{
    vd p = v_set(c[n - 1]), q = v_set(c[n - 2]);

#pragma GCC unroll 16
    for (int j = n - 3; j >= 1; j -= 2) {
        p = v_fma(p, x2, v_set(c[j]));
        q = v_fma(q, x2, v_set(c[j - 1]));
    }
    if (n & 1) {            /* p belongs to even powers, one short of its last coefficient */
        p = v_fma(p, x2, v_set(c[0]));
        return v_fma(q, x, p);
    }
    return v_fma(p, x, q);
}

#endif
