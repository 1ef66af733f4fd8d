/*
 * num - reading of numbers: see num.h.
 *
 * Text of up to 16 characters without an exponent, that is nearly all of a market file, is taken as one 16-byte word:
 * shifted so that its end is at the word's end, the point squeezed out, and the digits summed pairwise.  That has no
 * branch on the number's shape (a mispredicted one costs more than the rest together).  All else is read digit by
 * digit into a 19-digit integer and a power of ten.
 */
#include "base/num.h"

#include "base/num_short.h"
#include "base/num_big.h"
#include "base/num_pow.h"

#include <stdbool.h>
#include <string.h>

typedef unsigned __int128 u128;

/* 10^0 .. 10^22, all exact */
static const double ten[23] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static const uint64_t max_exact = UINT64_C(1) << 53;
static const uint64_t infinity = UINT64_C(0x7ff) << 52;

/* A decimal as read: digits * 10^exp10, and whether digits behind the 19th (not zero) were left out. */
struct decimal {
    uint64_t digits;
    int exp10;
    bool minus, cut;
    const char *from, *to;      /* the mantissa's text, for the exact way */
    int exp_text;               /* the exponent as written */
};

static double from_bits(uint64_t bits)
{
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

/* ---- 19 digits and a power of ten to the nearest double ---------------------------------------------------- */

/*
 * w * 10^q to the bits of the nearest positive double; infinity's where it overflows.  128 bits of the power always
 * decide for a 64-bit w (Mushtak and Lemire, "Fast number parsing without fallback", 2023), so there is no way out.
 */
static uint64_t nearest(uint64_t w, int q)
{
    if (w == 0 || q < OC_NUM_POW_MIN)
        return 0;
    if (q > 308)
        return infinity;
    const uint64_t *p = oc_num_pow[q - OC_NUM_POW_MIN];
    /* the table is truncated; the reciprocals that decide ties have to be rounded up */
    const u128 pow = ((u128)p[0] << 64 | p[1]) + (q < 0 && q >= -27);
    const int lz = __builtin_clzll(w);
    w <<= lz;
    const u128 first = (u128)w * (uint64_t)(pow >> 64);
    uint64_t hi = (uint64_t)(first >> 64), lo = (uint64_t)first;
    if ((hi & 0x1ff) == 0x1ff) {            /* the low half of the power may carry into the bits that count */
        const uint64_t more = (uint64_t)((u128)w * (uint64_t)pow >> 64);
        lo += more;
        hi += lo < more;
    }
    const int upper = (int)(hi >> 63);
    uint64_t m = hi >> (upper + 9);
    int e = ((217706 * q) >> 16) + 63 + upper - lz + 1023;      /* 217706 / 2^16 = log2(10) */
    if (e <= 0) {                           /* subnormal */
        if (1 - e >= 64)
            return 0;
        m >>= 1 - e;
        return (m + (m & 1)) >> 1;          /* a carry into bit 52 is the smallest normal number, as it should be */
    }
    if (lo <= 1 && q >= -4 && q <= 23 && (m & 3) == 1 && m << (upper + 9) == hi)
        m &= ~UINT64_C(1);                  /* exactly half way: to even */
    m = (m + (m & 1)) >> 1;
    if (m >> 53) {
        m >>= 1;
        e++;
    }
    return e >= 0x7ff ? infinity : (uint64_t)e << 52 | (m & ~(UINT64_C(1) << 52));
}

/* ---- the exact way ----------------------------------------------------------------------------------------- */

/* All significant digits of the text (a tail beyond 768 only says that it is there); returns their power of ten. */
static int exact_digits(const struct decimal *d, struct oc_num_big *big)
{
    int exp10 = d->exp_text, count = 0;
    bool point = false, tail = false;

    oc_num_big_set(big, 0);
    for (const char *p = d->from; p < d->to; p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        if (count < 768) {
            oc_num_big_muladd(big, 10, (uint64_t)(*p - '0'));
            count += count || *p != '0';
            exp10 -= point;
        } else {
            tail |= *p != '0';
            exp10 += !point;
        }
    }
    if (tail) {
        oc_num_big_muladd(big, 10, 1);
        exp10--;
    }
    return exp10;
}

/* `low` or the double above it, by comparing the text with the point half way between the two. */
static uint64_t decide(const struct decimal *d, uint64_t low)
{
    struct oc_num_big text, half;
    int e10 = exact_digits(d, &text);
    const int e = (int)(low >> 52);
    const uint64_t frac = low & ((UINT64_C(1) << 52) - 1);
    const int e2 = (e ? e - 1075 : -1074) - 1;

    oc_num_big_set(&half, 2 * (e ? frac | UINT64_C(1) << 52 : frac) + 1);
    if (e10 > 0)
        oc_num_big_pow10(&text, (unsigned)e10);
    else
        oc_num_big_pow10(&half, (unsigned)-e10);
    if (e2 > 0)
        oc_num_big_shl(&half, (unsigned)e2);
    else
        oc_num_big_shl(&text, (unsigned)-e2);
    const int c = oc_num_big_cmp(&text, &half);
    return low + (c > 0 || (c == 0 && (low & 1)));
}

/* Digits beyond the 19th: the answer lies between those of the cut text and of one unit more. */
static uint64_t nearest_cut(const struct decimal *d)
{
    uint64_t from = nearest(d->digits, d->exp10), to = nearest(d->digits + 1, d->exp10);

    while (from < to) {
        const uint64_t mid = from + (to - from) / 2;
        if (decide(d, mid) == mid)
            to = mid;
        else
            from = mid + 1;
    }
    return from;
}

/* ---- eight digits ------------------------------------------------------------------------------------------ */

/* The next eight characters as a number, if they are there and all are digits. */
static bool next_eight(const char *p, const char *end, uint64_t *out)
{
    const uint64_t zeros = UINT64_C(0x3030303030303030), high = UINT64_C(0xf0f0f0f0f0f0f0f0);
    uint64_t v;

    if (end - p < 8)
        return false;
    memcpy(&v, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    /* 0x30..0x39 keep their high half when 6 is added, and no other byte has it both times */
    if ((v & high) != zeros || ((v + UINT64_C(0x0606060606060606)) & high) != zeros)
        return false;
    *out = oc_num_eight(v - zeros);
    return true;
}

/* ---- digit by digit ---------------------------------------------------------------------------------------- */

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

/* Exponents that no mantissa of a megabyte brings back into range are all the same. */
static bool read_exponent(const char *p, const char *end, int *e)
{
    const bool minus = p < end && *p == '-';
    int v = 0;

    p += p < end && (*p == '-' || *p == '+');
    if (p == end)
        return false;
    for (; p < end; p++) {
        if (!is_digit(*p))
            return false;
        if (v < 100000000)
            v = v * 10 + (*p - '0');
    }
    *e = minus ? -v : v;
    return true;
}

static bool read_decimal(const char *s, size_t n, struct decimal *d)
{
    const char *p = s, *const end = s + n;
    int count = 0, digits = 0;
    bool point = false;

    *d = (struct decimal){ .minus = n && *s == '-' };
    p += n && (*s == '-' || *s == '+');
    d->from = p;
    for (uint64_t chunk;;) {
        while (count <= 11 && next_eight(p, end, &chunk)) {
            d->digits = d->digits * 100000000 + chunk;
            count += d->digits ? 8 : 0;     /* zeros in front of the first count: then fewer digits go the fast way */
            d->exp10 -= point ? 8 : 0;
            digits = 1;
            p += 8;
        }
        if (p < end && *p == '.' && !point) {
            point = true;
            p++;
            continue;
        }
        if (p == end || !is_digit(*p))
            break;
        digits = 1;
        if (count < 19) {
            d->digits = d->digits * 10 + (uint64_t)(*p - '0');
            count += d->digits != 0;
            d->exp10 -= point;
        } else {
            d->cut |= *p != '0';
            d->exp10 += !point;
        }
        p++;
    }
    d->to = p;
    if (!digits)
        return false;
    if (p < end && (*p == 'e' || *p == 'E')) {
        if (!read_exponent(p + 1, end, &d->exp_text))
            return false;
        d->exp10 += d->exp_text;
        p = end;
    }
    return p == end;
}

static int general(const char *s, size_t n, double *v)
{
    struct decimal d;
    double x;

    if (!read_decimal(s, n, &d))
        return OC_NUM_BAD;
    if (!d.cut && d.digits <= max_exact && d.exp10 >= -22 && d.exp10 <= 22) {
        const double w = (double)d.digits;
        x = d.exp10 < 0 ? w / ten[-d.exp10] : w * ten[d.exp10];
    } else {
        const uint64_t bits = d.cut ? nearest_cut(&d) : nearest(d.digits, d.exp10);
        if (bits >= infinity)
            return OC_NUM_RANGE;
        x = from_bits(bits);
    }
    *v = d.minus ? -x : x;
    return OC_NUM_OK;
}

#ifdef __SSE2__
/* The 16 bytes that end with the text, without touching what is before it. */
static inline __m128i load_tail(const char *s, size_t n)
{
    uint64_t lo = 0, hi = 0;

    if (n > 8) {
        memcpy(&lo, s, 8);
        memcpy(&hi, s + n - 8, 8);
        lo = n == 16 ? lo : lo << (8 * (16 - n));
    } else if (n >= 4) {
        uint32_t a, b;
        memcpy(&a, s, 4);
        memcpy(&b, s + n - 4, 4);
        hi = (uint64_t)b << 32 | (n == 4 ? 0 : (uint64_t)a << (8 * (8 - n)));
    } else {
        for (size_t i = 0; i < n; i++)
            hi |= (uint64_t)(unsigned char)s[i] << (8 * (8 - n + i));
    }
    return _mm_set_epi64x((long long)hi, (long long)lo);
}

int oc_num_f64(const char *s, size_t n, double *v)
{
    const bool minus = n && *s == '-';
    const size_t m = n - minus;

    if (m - 1 < 16 && oc_num_short_f64(load_tail(s + minus, m), m, minus, v))
        return OC_NUM_OK;
    return general(s, n, v);
}

#else /* no SSE2: the general way does it all */

int oc_num_f64(const char *s, size_t n, double *v) { return general(s, n, v); }

#endif

int oc_num_f64_padded(const char *s, size_t n, double *v)
{
    return oc_num_quick_f64(s, n, v) ? OC_NUM_OK : general(s, n, v);
}

/* ---- products and integers --------------------------------------------------------------------------------- */

int oc_num_scaled(const char *s, size_t n, const char *factor, double *v)
{
    struct decimal a, b;
    struct oc_num_big big;
    char text[1100];

    if (!read_decimal(s, n, &a) || !read_decimal(factor, strlen(factor), &b) || b.cut)
        return OC_NUM_BAD;
    const long e = (long)exact_digits(&a, &big) + b.exp10;
    oc_num_big_muladd(&big, b.digits, 0);
    size_t k = 0;
    text[k++] = a.minus != b.minus ? '-' : '+';
    k += oc_num_big_print(&big, text + k);
    text[k++] = 'e';
    k += oc_num_print_i64(text + k, e);
    return general(text, k, v);
}

static int long_i64(const char *s, size_t n, int64_t *v)
{
    const bool minus = n && *s == '-';
    const uint64_t most = (uint64_t)INT64_MAX + minus;
    uint64_t x = 0;
    bool over = false;
    size_t i = n && (*s == '-' || *s == '+');

    if (i == n)
        return OC_NUM_BAD;
    for (; i < n; i++) {
        if (!is_digit(s[i]))
            return OC_NUM_BAD;
        const uint64_t c = (uint64_t)(s[i] - '0');
        over |= x > (most - c) / 10;
        x = over ? x : x * 10 + c;
    }
    if (over)
        return OC_NUM_RANGE;
    *v = minus ? (int64_t)(0 - x) : (int64_t)x;
    return OC_NUM_OK;
}

int oc_num_i64(const char *s, size_t n, int64_t *v)
{
#ifdef __SSE2__
    const bool minus = n && *s == '-';
    const size_t m = n - minus;
    uint64_t digits;
    unsigned point;

    if (m - 1 < 16 && oc_num_sixteen(load_tail(s + minus, m), m, &digits, &point) && point == 16) {
        *v = minus ? -(int64_t)digits : (int64_t)digits;
        return OC_NUM_OK;
    }
#endif
    return long_i64(s, n, v);
}
