/*
 * cellnum - plain decimals of a column to doubles: the kernel of oc_cell_column_f64.
 *
 * Up to 16 characters of a cell are looked at together, as in base/num_short.h, and give the same bits.  With AVX2 at
 * hand one shuffle takes out the point and three multiply-adds join the digits, a third of the instructions.
 */
#include "record/cellnum.h"

#include "base/num_short.h"

#include <math.h>

#if defined OC_ISA_avx512
#define OC_K(name) name##_avx512
#elif defined OC_ISA_avx2
#define OC_K(name) name##_avx2
#else
#define OC_K(name) name##_base
#endif

size_t OC_K(oc_cellnum_f64)(const char *text, const uint32_t *sep, size_t stride, size_t rows, double *out,
                            uint32_t *left);

#if defined OC_ISA_avx512 || defined OC_ISA_avx2
#include <immintrin.h>

/* [p]: take byte p out and move up what is before it; [16]: nothing.  128 makes a 0. */
static const unsigned char without[17][16] __attribute__((aligned(16))) = {
    { 128, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }, { 128, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
    { 128, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }, { 128, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
    { 128, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }, { 128, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
    { 128, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15 }, { 128, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15 },
    { 128, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15 }, { 128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15 },
    { 128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15 }, { 128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15 },
    { 128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15 }, { 128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15 },
    { 128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15 }, { 128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 },
    { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
};

/* As oc_num_quick_f64. */
static inline int plain(const char *s, size_t n, double *v)
{
    const bool minus = *s == '-';
    const size_t m = n - minus;

    if (m - 1 >= 16)
        return 0;
    __m128i x = _mm_xor_si128(_mm_loadu_si128((const __m128i *)(const void *)(s + n - 16)), _mm_set1_epi8('0'));
    x = _mm_and_si128(x, _mm_loadu_si128((const __m128i *)(const void *)(oc_num_tail_mask + m)));
    const __m128i big = _mm_cmpeq_epi8(_mm_max_epu8(x, _mm_set1_epi8(10)), x);
    const unsigned odd = (unsigned)_mm_movemask_epi8(big);
    const unsigned point = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8('.' ^ '0')));
    if (odd != point || (odd & (odd - 1)) || (odd && m < 2))
        return 0;
    const unsigned p = (unsigned)__builtin_ctz(odd | 1U << 16);
    x = _mm_shuffle_epi8(x, _mm_load_si128((const __m128i *)(const void *)without[p]));
    x = _mm_maddubs_epi16(x, _mm_set1_epi16(0x010a));                   /* pairs: 10 a + b */
    x = _mm_madd_epi16(x, _mm_set1_epi32(0x00010064));                  /* fours: 100 a + b */
    x = _mm_madd_epi16(_mm_packus_epi32(x, x), _mm_set1_epi32(0x00012710));     /* eights: 10000 a + b */
    const uint64_t both = (uint64_t)_mm_cvtsi128_si64(x);
    const uint64_t digits = (both & UINT32_MAX) * 100000000 + (both >> 32);
    const double d = (double)(int64_t)digits / oc_num_scale[p];
    *v = minus ? -d : d;
    return 1;
}
#else
static inline int plain(const char *s, size_t n, double *v) { return oc_num_quick_f64(s, n, v); }
#endif

size_t OC_K(oc_cellnum_f64)(const char *text, const uint32_t *sep, size_t stride, size_t rows, double *out,
                            uint32_t *left)
{
    size_t k = 0;

    for (size_t i = 0; i < rows; i++, sep += stride) {
        const size_t n = sep[1] - sep[0] - 1;
        double v = NAN;
        if (n && !plain(text + sep[0] + 1, n, &v))
            left[k++] = (uint32_t)i;
        out[i] = v;
    }
    return k;
}
