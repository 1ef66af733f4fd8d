/*
 * csvscan - the kernel of csvscan.h.  Each instruction set makes five 64-bit masks of 64 bytes its own way; the rest is
 * common, but for the writing of positions, which AVX-512 does by compressing a vector of 16 indices.
 */
#include "record/csvscan.h"

#include <string.h>

#if defined OC_ISA_avx512
#define OC_K(name) name##_avx512
#elif defined OC_ISA_avx2
#define OC_K(name) name##_avx2
#else
#define OC_K(name) name##_base
#endif

struct masks { uint64_t delim, lf, cr, quote, nul; };

void OC_K(oc_csvscan_kernel)(const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep,
                             struct oc_csvscan *out);
size_t OC_K(oc_csvscan_count)(const char *text, uint32_t from, uint32_t to);

#if defined OC_ISA_avx512
#include <immintrin.h>

static inline struct masks look(const char *p, char delim)
{
    const __m512i v = _mm512_load_si512((const void *)p);

    return (struct masks){
        .delim = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(delim)),
        .lf = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n')),
        .cr = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\r')),
        .quote = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')),
        .nul = _mm512_testn_epi8_mask(v, v),
    };
}

/* No branch on the number of positions; 16 entries are written four times over. */
static inline uint32_t *put(uint32_t *sep, uint64_t mask, uint32_t base)
{
    __m512i at = _mm512_add_epi32(_mm512_set1_epi32((int)base),
                                  _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));

    for (int i = 0; i < 4; i++) {
        const __mmask16 m = (__mmask16)(mask >> (16 * i));
        _mm512_storeu_si512((void *)sep, _mm512_maskz_compress_epi32(m, at));
        sep += __builtin_popcount(m);
        at = _mm512_add_epi32(at, _mm512_set1_epi32(16));
    }
    return sep;
}

#else

/* Eight positions at a time: more than eight are rare, and unused ones are overwritten. */
static inline uint32_t *put(uint32_t *sep, uint64_t mask, uint32_t base)
{
    uint32_t *const end = sep + __builtin_popcountll(mask);

    while (mask) {
        for (int i = 0; i < 8; i++) {
            sep[i] = base + (uint32_t)__builtin_ctzll(mask | UINT64_C(1) << 63);
            mask &= mask - 1;
        }
        sep += 8;
    }
    return end;
}

#if defined OC_ISA_avx2
#include <immintrin.h>

static inline uint64_t equal(__m256i a, __m256i b, char c)
{
    const __m256i k = _mm256_set1_epi8(c);

    return (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, k))
           | (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, k)) << 32;
}

static inline struct masks look(const char *p, char delim)
{
    const __m256i a = _mm256_load_si256((const __m256i *)p), b = _mm256_load_si256((const __m256i *)(p + 32));

    return (struct masks){ .delim = equal(a, b, delim), .lf = equal(a, b, '\n'), .cr = equal(a, b, '\r'),
                           .quote = equal(a, b, '"'), .nul = equal(a, b, '\0') };
}

#elif defined __SSE2__
#include <emmintrin.h>

static inline uint64_t equal(const __m128i v[4], char c)
{
    const __m128i k = _mm_set1_epi8(c);
    uint64_t m = 0;

    for (int i = 0; i < 4; i++)
        m |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v[i], k)) << (16 * i);
    return m;
}

static inline struct masks look(const char *p, char delim)
{
    __m128i v[4];

    for (int i = 0; i < 4; i++)
        v[i] = _mm_load_si128((const __m128i *)(p + 16 * i));
    return (struct masks){ .delim = equal(v, delim), .lf = equal(v, '\n'), .cr = equal(v, '\r'), .quote = equal(v, '"'),
                           .nul = equal(v, '\0') };
}

#else

static inline struct masks look(const char *p, char delim)
{
    struct masks m = { 0 };

    for (int i = 0; i < 64; i++) {
        const uint64_t bit = UINT64_C(1) << i;
        m.delim |= p[i] == delim ? bit : 0;
        m.lf |= p[i] == '\n' ? bit : 0;
        m.cr |= p[i] == '\r' ? bit : 0;
        m.quote |= p[i] == '"' ? bit : 0;
        m.nul |= p[i] == '\0' ? bit : 0;
    }
    return m;
}

#endif
#endif

void OC_K(oc_csvscan_kernel)(const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep,
                             struct oc_csvscan *out)
{
    uint32_t *s = sep;
    size_t lf = 0, cr = 0;
    uint64_t quotes = 0, nuls = 0;

    for (uint32_t at = from; at < to; at += 64) {
        const struct masks m = look(text + at, delim);
        const uint64_t in = to - at >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << (to - at)) - 1;
        lf += (size_t)__builtin_popcountll(m.lf & in);
        cr += (size_t)__builtin_popcountll(m.cr & in);
        quotes |= m.quote & in;
        nuls |= m.nul & in;
        s = put(s, (m.delim | m.lf) & in, at);
    }
    *out = (struct oc_csvscan){ .nsep = (size_t)(s - sep), .nlf = lf, .ncr = cr, .quotes = quotes, .nuls = nuls };
}

size_t OC_K(oc_csvscan_count)(const char *text, uint32_t from, uint32_t to)
{
    size_t n = 0;

    for (uint32_t at = from; at < to; at += 64) {
        const uint64_t in = to - at >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << (to - at)) - 1;
        n += (size_t)__builtin_popcountll(look(text + at, '\n').lf & in);
    }
    return n;
}
