/*
 * num_print - printing of numbers: see num.h.
 *
 * Shortest: Schubfach.  The double c * 2^q and its two rounding borders are scaled by a power of ten from the table (one
 * 64 x 128 bit product each, rounded to odd so that comparisons stay exact), and the one or two candidates of 16 or
 * 17 digits inside the borders are compared.
 */
#include "base/num.h"
#include "base/num_big.h"
#include "base/num_pow.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

typedef unsigned __int128 u128;

static const char pairs[201] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657"
    "585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/* digits * 10^exp10, at most 17 digits */
struct dec { uint64_t digits; int exp10; };

/* ---- digits ------------------------------------------------------------------------------------------------ */

static const uint64_t tens[20] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
    1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
    1000000000000000000, UINT64_C(10000000000000000000)
};

/* Decimal digits of v; 1 for 0. */
static unsigned count_digits(uint64_t v)
{
    const uint64_t w = v | 1;               /* has as many: a power of ten is even, but for 1 */
    const unsigned t = (unsigned)(64 - __builtin_clzll(w)) * 1233 >> 12;        /* 1233 / 4096 = log10(2) */

    return t - (w < tens[t]) + 1;
}

static void put_pair(char *p, uint32_t v) { memcpy(p, pairs + 2 * v, 2); }

/* Exactly eight digits. */
static void put8(char *p, uint32_t v)
{
    const uint32_t a = v / 10000, b = v % 10000;

    put_pair(p, a / 100);
    put_pair(p + 2, a % 100);
    put_pair(p + 4, b / 100);
    put_pair(p + 6, b % 100);
}

/* A word whose lowest byte comes first. */
static void put_word(char *p, uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    memcpy(p, &v, 8);
}

/* n digits of v, which has no more. */
static void put_digits(char *p, uint64_t v, unsigned n)
{
    while (n > 8) {
        n -= 8;
        put8(p + n, (uint32_t)(v % 100000000));
        v /= 100000000;
    }
    uint32_t w = (uint32_t)v;
    for (; n > 1; w /= 100) {
        n -= 2;
        put_pair(p + n, w % 100);
    }
    if (n)
        *p = (char)('0' + w);
}

/* Eight digits of v as values 0..9, the first in the lowest byte: in halves, pairs, singles side by side. */
static inline uint64_t spread(uint32_t v)
{
    const uint64_t halves = v / 10000 | (uint64_t)(v % 10000) << 32;
    const uint64_t high = ((halves * 10486) >> 20) & UINT64_C(0x0000007f0000007f);      /* / 100, to 10^4 */
    const uint64_t quarters = high | (halves - 100 * high) << 16;
    const uint64_t tenths = ((quarters * 103) >> 10) & UINT64_C(0x000f000f000f000f);    /* / 10, to 10^2 */

    return tenths | (quarters - 10 * tenths) << 8;
}

/* ---- shortest ---------------------------------------------------------------------------------------------- */

/* (g * c) / 2^128 of the 128-bit g, the bits below kept as one: comparisons with even numbers stay exact. */
static uint64_t round_to_odd(u128 g, uint64_t c)
{
    const u128 low = (u128)c * (uint64_t)g, high = (u128)c * (uint64_t)(g >> 64) + (uint64_t)(low >> 64);

    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* Inlined by force: 3 ns of 33 are the call's saved registers. */
static inline __attribute__((always_inline)) struct dec shortest(uint64_t bits)
{
    const uint64_t frac = bits & ((UINT64_C(1) << 52) - 1);
    const int e = (int)(bits >> 52 & 0x7ff);
    const uint64_t c = e ? frac | UINT64_C(1) << 52 : frac;
    const int q = (e ? e : 1) - 1075;

    if (q <= 0 && q > -53 && (c & ((UINT64_C(1) << -q) - 1)) == 0)      /* an integer below 2^53 */
        return (struct dec){ c >> -q, 0 };
    const bool even = !(c & 1), closer = frac == 0 && e > 1;            /* the lower neighbour is half as far */
    const int k = (q * 1262611 - (closer ? 524031 : 0)) >> 22;          /* floor(log10(2^q)), or of 3/4 of it */
    const int h = q + ((-k * 1741647) >> 19) + 1;                       /* floor(log2(10^-k)) */
    const uint64_t *p = oc_num_pow[-k - OC_NUM_POW_MIN];
    const u128 g = ((u128)p[0] << 64 | p[1]) + (k > 0 || k < -55);      /* the table truncates, this rounds up */
    const uint64_t vbl = round_to_odd(g, (4 * c - 2 + closer) << h), vb = round_to_odd(g, 4 * c << h),
                   vbr = round_to_odd(g, (4 * c + 2) << h);
    const uint64_t lower = vbl + !even, upper = vbr - !even, s = vb / 4;

    /* one digit less if exactly one of the two candidates is inside; half of all numbers, so select, do not branch */
    const uint64_t sp = s / 10;
    const bool down10 = lower <= 40 * sp, up10 = 40 * sp + 40 <= upper, less = (s >= 10) & (down10 != up10);
    const bool down = lower <= 4 * s, up = 4 * s + 4 <= upper;
    const uint64_t mid = 4 * s + 2;
    const bool nearer = (vb > mid) | ((vb == mid) & (int)(s & 1));
    const uint64_t full = s + (uint64_t)((down != up) ? up : nearer), mask = 0 - (uint64_t)less;
    return (struct dec){ (mask & (sp + up10)) | (~mask & full), k + less };
}

/* ---- layout ------------------------------------------------------------------------------------------------ */

static size_t put_exponent(char *p, int e)
{
    size_t n = 0;

    p[n++] = 'e';
    if (e < 0)
        p[n++] = '-';
    const unsigned v = (unsigned)(e < 0 ? -e : e), d = count_digits(v);
    put_digits(p + n, v, d);
    return n + d;
}

/* 17 digits as characters: the first one, eight, eight. */
struct chars { uint64_t first, front, back; };

static void put_chars(char *p, struct chars c)
{
    *p = (char)c.first;
    put_word(p + 1, c.front);
    put_word(p + 9, c.back);
}

/*
 * dd.ddd with `whole` digits, 1 to 16, before the point: the text and the text moved by one are blended in registers,
 * since reading back what was just stored in other pieces costs more than all the rest.
 */
static void put_pointed(char *p, struct chars c, unsigned whole)
{
    static const unsigned char low[32] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
    const uint64_t a0 = c.first | c.front << 8, a1 = c.front >> 56 | c.back << 8;
    const uint64_t b0 = a0 << 8, b1 = a0 >> 56 | a1 << 8;
    uint64_t m0, m1;

    memcpy(&m0, low + 16 - whole, 8);
    memcpy(&m1, low + 24 - whole, 8);
    put_word(p, (a0 & m0) | (b0 & ~m0));
    put_word(p + 8, (a1 & m1) | (b1 & ~m1));
    p[16] = (char)(c.back >> 48);
    p[17] = (char)(c.back >> 56);
    p[whole] = '.';
}

/* All 17 digits are made, zeros behind the significant ones, and written whole; the length says how many count. */
static size_t put_dec(char *p, struct dec d)
{
    const uint64_t zeros = UINT64_C(0x3030303030303030);

    if (d.digits == 0) {
        *p = '0';
        return 1;
    }
    /* what shortest() makes of most numbers has 15 to 17 digits: two comparisons are sooner done than the logarithm */
    const unsigned n = d.digits >= tens[14] ? 15U + (d.digits >= tens[15]) + (d.digits >= tens[16])
                                            : count_digits(d.digits);
    const int e = (int)n + d.exp10 - 1;             /* exponent of the first digit */
    const uint64_t v = d.digits * tens[17 - n], first = v / tens[16], rest = v % tens[16];
    const uint64_t front = spread((uint32_t)(rest / 100000000)), back = spread((uint32_t)(rest % 100000000));
    const unsigned count = back ? 17 - (unsigned)__builtin_clzll(back) / 8      /* significant digits */
                           : front ? 9 - (unsigned)__builtin_clzll(front) / 8 : 1;
    const struct chars c = { '0' + first, front | zeros, back | zeros };

    if (e < -5 || e >= 16) {                        /* d.ddde-7 */
        put_chars(p + 1, c);
        p[0] = p[1];
        p[1] = '.';
        const size_t m = count > 1 ? count + 1 : 1;
        return m + put_exponent(p + m, e);
    }
    if (e < 0) {                                    /* 0.00ddd */
        memcpy(p, "0.00000", 8);
        put_chars(p + 1 - e, c);
        return (size_t)(1 - e) + count;
    }
    if ((int)count <= e + 1) {
        put_chars(p, c);
        return (size_t)e + 1;
    }
    put_pointed(p, c, (unsigned)e + 1);
    return count + 1;
}

static uint64_t bits_of(double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return bits;
}

size_t oc_num_print_f64(char *buf, double v)
{
    const uint64_t bits = bits_of(v), mag = bits & ~(UINT64_C(1) << 63);

    if (mag >= UINT64_C(0x7ff) << 52)
        return 0;
    *buf = '-';
    const size_t minus = bits >> 63;
    return minus + put_dec(buf + minus, mag ? shortest(mag) : (struct dec){ 0, 0 });
}

size_t oc_num_print_i64(char *buf, int64_t v)
{
    const uint64_t mag = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    const unsigned n = count_digits(mag);

    *buf = '-';
    put_digits(buf + (v < 0), mag, n);
    return n + (v < 0);
}

/* ---- fixed and significant digits -------------------------------------------------------------------------- */

/* round(|v| * 10^s), ties to even, where 128 bits hold it. */
static bool scaled_short(uint64_t c, int q, int s, uint64_t *out)
{
    if (s < 0 || s > 19 || q >= 0 || q < -127)
        return false;
    const u128 x = (u128)c * tens[s], rest = x & (((u128)1 << -q) - 1), half = (u128)1 << (-q - 1);
    const u128 y = (x >> -q) + (rest > half || (rest == half && (x >> -q & 1)));
    *out = (uint64_t)y;
    return y >> 64 == 0;
}

static void scaled_big(uint64_t c, int q, int s, struct oc_num_big *b)
{
    oc_num_big_set(b, c);
    if (s >= 0) {
        oc_num_big_pow10(b, (unsigned)s);
        if (q >= 0)
            oc_num_big_shl(b, (unsigned)q);
        else
            oc_num_big_shr_round(b, (unsigned)-q);
        return;
    }
    /* c * 2^q / 10^-s with two bits more, the lower one of which says that digits were lost; then one rounding */
    bool sticky = false;
    unsigned down = 2;
    if (q >= 0)
        oc_num_big_shl(b, (unsigned)q);
    else
        down += (unsigned)-q;
    oc_num_big_shl(b, 2);
    for (int i = s; i < 0; i++)
        sticky |= oc_num_big_div(b, 10) != 0;
    if (sticky && !(b->n && (b->d[0] & 1)))
        oc_num_big_muladd(b, 1, 1);         /* even, so this sets its lowest bit */
    oc_num_big_shr_round(b, down);
}

static void unpack(double v, uint64_t *c, int *q)
{
    const uint64_t bits = bits_of(v), frac = bits & ((UINT64_C(1) << 52) - 1);
    const int e = (int)(bits >> 52 & 0x7ff);

    *c = e ? frac | UINT64_C(1) << 52 : frac;
    *q = (e ? e : 1) - 1075;
}

/* Digits with the point before the last `decimals` of them. */
static size_t put_point(char *buf, const char *digits, size_t n, size_t decimals)
{
    size_t k = 0;

    if (n <= decimals) {
        buf[k++] = '0';
        buf[k++] = '.';
        memset(buf + k, '0', decimals - n);
        k += decimals - n;
        memcpy(buf + k, digits, n);
        return k + n;
    }
    memcpy(buf, digits, n - decimals);
    k = n - decimals;
    if (decimals) {
        buf[k++] = '.';
        memcpy(buf + k, digits + n - decimals, decimals);
    }
    return k + decimals;
}

static size_t print_fixed(char *buf, double v, int decimals)
{
    uint64_t c, small;
    int q;
    char digits[OC_NUM_FORMAT_MAX];
    size_t n;

    unpack(v, &c, &q);
    if (scaled_short(c, q, decimals, &small)) {
        n = count_digits(small);
        put_digits(digits, small, (unsigned)n);
    } else {
        struct oc_num_big b;
        scaled_big(c, q, decimals, &b);
        n = oc_num_big_print(&b, digits);
    }
    *buf = '-';
    const size_t minus = signbit(v) ? 1 : 0;
    return minus + put_point(buf + minus, digits, n, (size_t)decimals);
}

static uint64_t scaled(uint64_t c, int q, int s)
{
    uint64_t small;

    if (scaled_short(c, q, s, &small))
        return small;
    struct oc_num_big b;
    scaled_big(c, q, s, &b);
    return b.n ? b.d[0] : 0;                /* 17 digits and one more fit */
}

static size_t print_sig(char *buf, double v, int digits)
{
    const size_t minus = signbit(v) ? 1 : 0;
    uint64_t c;
    int q;

    unpack(v, &c, &q);
    *buf = '-';
    if (!c)
        return minus + put_dec(buf + minus, (struct dec){ 0, 0 });
    /* floor(log10) of the power of two at or below v: right or one too small */
    int e = ((q + 63 - __builtin_clzll(c)) * 1262611) >> 22;
    uint64_t d = scaled(c, q, digits - 1 - e);
    if (d >= tens[digits])                  /* rounded again from the value, not from the rounded digits */
        d = scaled(c, q, digits - 1 - ++e);
    return minus + put_dec(buf + minus, (struct dec){ d, e - digits + 1 });
}

int oc_num_format_read(const char *text, struct oc_num_format *f)
{
    int64_t n;

    *f = (struct oc_num_format){ OC_NUM_SHORTEST, 0 };
    if (!text || strcmp(text, "shortest") == 0)
        return 0;
    if (strncmp(text, "fixed:", 6) == 0 && oc_num_i64(text + 6, strlen(text + 6), &n) == 0 && n >= 0
        && n <= OC_NUM_DIGITS_MAX) {
        *f = (struct oc_num_format){ OC_NUM_FIXED, (int)n };
        return 0;
    }
    if (strncmp(text, "sig:", 4) == 0 && oc_num_i64(text + 4, strlen(text + 4), &n) == 0 && n >= 1 && n <= 17) {
        *f = (struct oc_num_format){ OC_NUM_SIG, (int)n };
        return 0;
    }
    return -1;
}

size_t oc_num_print_format(char *buf, double v, struct oc_num_format f)
{
    if (f.style == OC_NUM_SHORTEST || !isfinite(v))
        return oc_num_print_f64(buf, v);
    return f.style == OC_NUM_FIXED ? print_fixed(buf, v, f.digits) : print_sig(buf, v, f.digits);
}

size_t oc_num_print(char *buf, double v, const char *number_format)
{
    struct oc_num_format f;

    (void)oc_num_format_read(number_format, &f);
    return oc_num_print_format(buf, v, f);
}
