/*
 * wide - see wide.h.  A quotient is taken in one of three ways, all of which give the nearest double: both numbers are
 * doubles themselves and the processor's division rounds once; 128 by 64 bits, with at least 63 bits of quotient and a bit
 * that tells whether anything is left; the same by shifting and subtracting, for numbers of any size.
 */
#include "base/wide.h"

#include "base/decimal.h"

#include <assert.h>
#include <string.h>

typedef unsigned __int128 u128;

struct oc_wide oc_wide_product(__int128 a, __int128 b)
{
    const bool negative = (a < 0) != (b < 0);
    const u128 x = a < 0 ? -(u128)a : (u128)a, y = b < 0 ? -(u128)b : (u128)b;
    const uint64_t x0 = (uint64_t)x, x1 = (uint64_t)(x >> 64), y0 = (uint64_t)y, y1 = (uint64_t)(y >> 64);

    if (x1 == 0 && y1 == 0) {
        const u128 p = (u128)x0 * y0;
        const struct oc_wide r = { { (uint64_t)p, (uint64_t)(p >> 64) } };
        return negative ? oc_wide_neg(r) : r;
    }
    const u128 low = (u128)x0 * y0, m1 = (u128)x0 * y1, m2 = (u128)x1 * y0, high = (u128)x1 * y1;
    const u128 middle = (low >> 64) + (uint64_t)m1 + (uint64_t)m2;
    const u128 top = high + (m1 >> 64) + (m2 >> 64) + (middle >> 64);
    const struct oc_wide r = { { (uint64_t)low, (uint64_t)middle, (uint64_t)top, (uint64_t)(top >> 64) } };
    return negative ? oc_wide_neg(r) : r;
}

int oc_wide_scale(struct oc_wide *a, int k)
{
    const bool negative = oc_wide_negative(*a);
    struct oc_wide x = negative ? oc_wide_neg(*a) : *a;

    for (; k > 0; k--) {
        u128 carry = 0;
        for (int i = 0; i < 4; i++) {
            carry += (u128)x.w[i] * 10;
            x.w[i] = (uint64_t)carry;
            carry >>= 64;
        }
        if (carry || x.w[3] >> 61)
            return -1;
    }
    *a = negative ? oc_wide_neg(x) : x;
    return 0;
}

int oc_wide_scale128(__int128 *a, int k)
{
    const __int128 most = (__int128)1 << 122;

    for (; k > 0; k--) {
        if (*a > most / 10 || *a < -most / 10)
            return -1;
        *a *= 10;
    }
    return 0;
}

/* ---- quotients ------------------------------------------------------------------------------------------- */

static int bits128(u128 v)
{
    return v >> 64 ? 128 - __builtin_clzll((uint64_t)(v >> 64)) : v ? 64 - __builtin_clzll((uint64_t)v) : 0;
}

/* The double nearest to (q + something below 1, if more) * 2^e; q has at least 55 bits, or more is false. */
static double round_bits(u128 q, bool more, int e)
{
    const int n = bits128(q), drop = n > 53 ? n - 53 : 0;
    uint64_t m = (uint64_t)(q >> drop);

    if (drop) {
        const u128 rest = q & (((u128)1 << drop) - 1), half = (u128)1 << (drop - 1);
        if (rest > half || (rest == half && (more || m & 1)))
            m++;
    }
    const uint64_t bits = (uint64_t)(1023 + e + drop) << 52;   /* far from subnormal: sums have 10^-60 as their unit */
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return (double)m * scale;
}

enum { LIMBS = 16 };    /* of the shifting division: 256 bits by 128 + 200, and 66 of quotient */
struct big { uint64_t w[LIMBS]; };

static int big_bits(const struct big *a)
{
    for (int i = LIMBS - 1; i >= 0; i--)
        if (a->w[i])
            return 64 * i + 64 - __builtin_clzll(a->w[i]);
    return 0;
}

static void big_left(struct big *a, int n)
{
    const int words = n / 64, bits = n % 64;

    for (int i = LIMBS - 1; i >= 0; i--) {
        const uint64_t high = i >= words ? a->w[i - words] : 0, low = i > words ? a->w[i - words - 1] : 0;
        a->w[i] = bits ? high << bits | low >> (64 - bits) : high;
    }
}

static void big_half(struct big *a)
{
    for (int i = 0; i < LIMBS; i++)
        a->w[i] = a->w[i] >> 1 | (i + 1 < LIMBS ? a->w[i + 1] << 63 : 0);
}

static bool big_take(struct big *a, const struct big *b)       /* a -= b where that is not negative */
{
    struct big r;
    uint64_t borrow = 0;

    for (int i = 0; i < LIMBS; i++) {
        const u128 d = (u128)a->w[i] - b->w[i] - borrow;
        r.w[i] = (uint64_t)d;
        borrow = (uint64_t)(d >> 64) & 1;
    }
    if (!borrow)
        *a = r;
    return !borrow;
}

static double big_ratio(const uint64_t n[4], u128 d, int k)
{
    struct big a = { { n[0], n[1], n[2], n[3] } }, b = { { (uint64_t)d, (uint64_t)(d >> 64) } };
    u128 q = 0;

    for (; k > 0; k--) {
        u128 carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += (u128)b.w[i] * 10;
            b.w[i] = (uint64_t)carry;
            carry >>= 64;
        }
    }
    int shift = big_bits(&b) - big_bits(&a) + 65;       /* quotient of 65 or 66 bits */
    if (shift >= 0)
        big_left(&a, shift);
    else
        big_left(&b, -shift);
    big_left(&b, 66);
    for (int i = 0; i <= 66; i++) {
        q = q << 1 | big_take(&a, &b);
        big_half(&b);
    }
    return round_bits(q, big_bits(&a) != 0, -shift);
}

static u128 ten_power(int k)
{
    u128 p = 1;

    while (k-- > 0)
        p *= 10;
    return p;
}

double oc_wide_ratio(struct oc_wide n, __int128 d, int k)
{
    const bool negative = oc_wide_negative(n);
    const struct oc_wide x = negative ? oc_wide_neg(n) : n;
    double r;

    assert(d > 0 && k >= 0 && k <= 60);
    if (oc_wide_zero(x))
        return 0;
    const u128 low = (u128)x.w[1] << 64 | x.w[0];
    const bool small = !(x.w[2] | x.w[3]);
    if (small && low >> 53 == 0 && d == 1 && k <= 22) {
        r = (double)(uint64_t)low / oc_decimal_ten[k];
        return negative ? -r : r;
    }
    const u128 below = k <= 18 && d >> 63 == 0 ? (u128)d * ten_power(k) : ~(u128)0;
    if (small && below >> 64 == 0) {
        const uint64_t m = (uint64_t)below;
        if (low >> 53 == 0 && m >> 53 == 0) {
            r = (double)(uint64_t)low / (double)m;
        } else {
            const int shift = 128 - bits128(low);
            const u128 a = low << shift;
            r = round_bits(a / m, a % m != 0, -shift);
        }
    } else {
        r = big_ratio(x.w, (u128)d, k);
    }
    return negative ? -r : r;
}

double oc_wide_decimal(__int128 n, int k)
{
    if (n > -((__int128)1 << 53) && n < ((__int128)1 << 53) && k <= 22)
        return (double)(int64_t)n / oc_decimal_ten[k];
    return oc_wide_ratio(oc_wide_from(n), 1, k);
}
