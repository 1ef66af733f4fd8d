/*
 * num_short - the tight half of num.c: decimals of up to 16 characters, inline for the loops over cells of a column.
 *
 * Sixteen characters are looked at together: digits with at most one point become an integer and the place of the
 * point; one division gives the double, rounded once (15 digits and a power of ten up to 1e15 are exact doubles).
 */
#ifndef OC_BASE_NUM_SHORT_H
#define OC_BASE_NUM_SHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Eight values 0..9, first at the lowest byte, to a number: pairs, fours, all eight. */
static inline uint64_t oc_num_eight(uint64_t v)
{
    const uint64_t mask = UINT64_C(0x000000ff000000ff);

    v = v * 10 + (v >> 8);
    return ((v & mask) * UINT64_C(0x000f424000000064) + ((v >> 16) & mask) * UINT64_C(0x0000271000000001)) >> 32;
}

#ifdef __SSE2__
#include <emmintrin.h>

/* [n]: the last n of 16 bytes */
static const unsigned char oc_num_tail_mask[32] = { [16] = 255, 255, 255, 255, 255, 255, 255, 255,
                                             255, 255, 255, 255, 255, 255, 255, 255 };

/* [p]: bytes behind the point at p, and those before it; without a point (16) all are behind */
#define F 255
static const unsigned char oc_num_behind[17][16] __attribute__((aligned(16))) = {
    { 0, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F }, { 0, 0, F, F, F, F, F, F, F, F, F, F, F, F, F, F },
    { 0, 0, 0, F, F, F, F, F, F, F, F, F, F, F, F, F }, { 0, 0, 0, 0, F, F, F, F, F, F, F, F, F, F, F, F },
    { 0, 0, 0, 0, 0, F, F, F, F, F, F, F, F, F, F, F }, { 0, 0, 0, 0, 0, 0, F, F, F, F, F, F, F, F, F, F },
    { 0, 0, 0, 0, 0, 0, 0, F, F, F, F, F, F, F, F, F }, { 0, 0, 0, 0, 0, 0, 0, 0, F, F, F, F, F, F, F, F },
    { 0, 0, 0, 0, 0, 0, 0, 0, 0, F, F, F, F, F, F, F }, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, F, F, F, F, F, F },
    { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, F, F, F, F, F }, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, F, F, F, F },
    { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, F, F, F }, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, F, F },
    { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, F }, { 0 },
    { F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F },
};
#undef F
/* [p]: 10 to the number of digits behind the point at p */
static const double oc_num_scale[17] = { 1e15, 1e14, 1e13, 1e12, 1e11, 1e10, 1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1, 1 };

/*
 * The last n of the 16 bytes as digits with at most one point: 1 and their integer, the point's place in *p (16: none);
 * 0: something else.  1 <= n <= 16.
 */
static inline int oc_num_sixteen(__m128i text, size_t n, uint64_t *digits, unsigned *p)
{
    const __m128i mask = _mm_loadu_si128((const __m128i *)(oc_num_tail_mask + n));
    __m128i x = _mm_and_si128(_mm_xor_si128(text, _mm_set1_epi8('0')), mask);
    const unsigned odd = (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(_mm_add_epi8(x, _mm_set1_epi8(-128)),
                                                                    _mm_set1_epi8(9 - 128)));
    const __m128i dot = _mm_cmpeq_epi8(x, _mm_set1_epi8('.' ^ '0'));
    const unsigned point = (unsigned)_mm_movemask_epi8(dot);

    if (odd != point || (odd & (odd - 1)))
        return 0;
    *p = (unsigned)__builtin_ctz(odd | 1U << 16);
    /* the point becomes 0, and what is before it moves up by one byte over it; without a point nothing does */
    const __m128i rear = _mm_load_si128((const __m128i *)oc_num_behind[*p]);
    x = _mm_andnot_si128(dot, x);
    x = _mm_or_si128(_mm_and_si128(x, rear), _mm_slli_si128(_mm_andnot_si128(rear, x), 1));
    const uint64_t lo = (uint64_t)_mm_cvtsi128_si64(x), hi = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(x, x));
    *digits = oc_num_eight(lo) * 100000000 + oc_num_eight(hi);
    return 1;
}

/* s, n without the sign; at most 16 characters */
static inline int oc_num_short_f64(__m128i text, size_t n, bool minus, double *v)
{
    uint64_t digits;
    unsigned p;

    if (!oc_num_sixteen(text, n, &digits, &p) || (p < 16 && n < 2))
        return 0;
    /* an integer of 16 digits rounds here, a fraction has 15 at most: one rounding either way */
    const double x = (double)(int64_t)digits / oc_num_scale[p];
    *v = minus ? -x : x;
    return 1;
}

/*
 * oc_num_f64_padded for the common cell: 1 and the value, or 0, which says nothing yet.  16 bytes before the end of the
 * text may be read.
 */
static inline int oc_num_quick_f64(const char *s, size_t n, double *v)
{
    const bool minus = *s == '-';           /* n may be 0: the byte is there all the same */
    const size_t m = n - minus;

    return m - 1 < 16 && oc_num_short_f64(_mm_loadu_si128((const __m128i *)(s + n - 16)), m, minus, v);
}

#else /* no SSE2: the general way does it all */

static inline int oc_num_quick_f64(const char *s, size_t n, double *v)
{
    (void)s, (void)n, (void)v;
    return 0;
}

#endif
#endif
