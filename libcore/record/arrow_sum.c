/*
 * arrow_sum - see arrow_sum.h.  One loop on the compiler's vectors, compiled for AVX2 and for the baseline; sums of
 * integers are the same in both, so the choice is by processor only.
 */
#include "record/arrow_sum.h"

#include <string.h>

typedef uint64_t half __attribute__((vector_size(32)));     /* four lanes */
typedef double quad __attribute__((vector_size(32)));

/* n steps; nan: 0, or any bit set when a word, as a double, is NaN (only looked at by doubles). */
static inline __attribute__((always_inline)) uint64_t steps(struct oc_arrow_sum *s, const unsigned char *p, size_t n,
                                                            bool doubles)
{
    half a0, a1, b0, b1, v0, v1, nan = { 0 };

    memcpy(&a0, s->a, 32);
    memcpy(&a1, s->a + 4, 32);
    memcpy(&b0, s->b, 32);
    memcpy(&b1, s->b + 4, 32);
    for (size_t i = 0; i < n; i++) {
        memcpy(&v0, p + 64 * i, 32);
        memcpy(&v1, p + 64 * i + 32, 32);
        a0 += v0;
        a1 += v1;
        b0 += a0;
        b1 += a1;
        if (doubles)
            nan |= (half)((quad)v0 != (quad)v0) | (half)((quad)v1 != (quad)v1);
    }
    memcpy(s->a, &a0, 32);
    memcpy(s->a + 4, &a1, 32);
    memcpy(s->b, &b0, 32);
    memcpy(s->b + 4, &b1, 32);
    return nan[0] | nan[1] | nan[2] | nan[3];
}

#if defined __x86_64__
#define WIDE __attribute__((target("avx2")))
static bool have_wide(void) { return __builtin_cpu_supports("avx2"); }
#else
#define WIDE
static bool have_wide(void) { return false; }
#endif

static void bytes_base(struct oc_arrow_sum *s, const unsigned char *p, size_t n) { steps(s, p, n, false); }
static uint64_t f64_base(struct oc_arrow_sum *s, const unsigned char *p, size_t n) { return steps(s, p, n, true); }
WIDE static void bytes_wide(struct oc_arrow_sum *s, const unsigned char *p, size_t n) { steps(s, p, n, false); }
WIDE static uint64_t f64_wide(struct oc_arrow_sum *s, const unsigned char *p, size_t n)
{
    return steps(s, p, n, true);
}

static void add_steps(struct oc_arrow_sum *s, const unsigned char *p, size_t n)
{
    if (have_wide())
        bytes_wide(s, p, n);
    else
        bytes_base(s, p, n);
    s->steps += n;
}

bool oc_arrow_sum_add_f64(struct oc_arrow_sum *s, const double *p, size_t n)
{
    const unsigned char *bytes = (const unsigned char *)p;
    const size_t whole = n / 8;
    uint64_t nan = have_wide() ? f64_wide(s, bytes, whole) : f64_base(s, bytes, whole);

    s->steps += whole;
    for (size_t i = 8 * whole; i < n; i++)
        nan |= p[i] != p[i];
    oc_arrow_sum_add(s, p + 8 * whole, 8 * (n - 8 * whole));
    return nan != 0;
}

void oc_arrow_sum_add(struct oc_arrow_sum *s, const void *p, size_t n)
{
    const size_t whole = n / 64, rest = n % 64;

    if (whole)
        add_steps(s, p, whole);
    if (rest) {
        unsigned char last[64] = { 0 };
        memcpy(last, (const unsigned char *)p + 64 * whole, rest);
        add_steps(s, last, 1);
    }
}

void oc_arrow_sum_join(struct oc_arrow_sum *s, const struct oc_arrow_sum *piece)
{
    /* in the steps of the piece, every partial sum of it began from s->a */
    for (int i = 0; i < 8; i++) {
        s->b[i] += piece->b[i] + piece->steps * s->a[i];
        s->a[i] += piece->a[i];
    }
    s->steps += piece->steps;
}

uint64_t oc_arrow_sum_final(const struct oc_arrow_sum *s, uint64_t sequence)
{
    /* odd constants: the golden ratio and the square root of 2, as fractions of 2^64 */
    const uint64_t k1 = UINT64_C(0x9e3779b97f4a7c15), k2 = UINT64_C(0x6a09e667f3bcc909);
    uint64_t h = (s->steps + 1) * k1 ^ (sequence + 1) * k2;

    for (int i = 0; i < 8; i++) {
        h = (h ^ s->a[i]) * k1;
        h ^= h >> 29;
        h = (h ^ s->b[i]) * k2;
        h ^= h >> 32;
    }
    return h;
}

void oc_arrow_sum_print(char digits[OC_ARROW_SUM_DIGITS], uint64_t sum)
{
    for (int i = 0; i < OC_ARROW_SUM_DIGITS; i++)
        digits[i] = "0123456789abcdef"[sum >> (60 - 4 * i) & 15];
}

int oc_arrow_sum_parse(const char *text, size_t n, uint64_t *sum)
{
    uint64_t v = 0;

    if (n != OC_ARROW_SUM_DIGITS)
        return -1;
    for (size_t i = 0; i < n; i++) {
        const char c = text[i];
        if (c >= '0' && c <= '9')
            v = v << 4 | (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            v = v << 4 | (uint64_t)(c - 'a' + 10);
        else
            return -1;
    }
    *sum = v;
    return 0;
}
