/*
 * wide - whole numbers of 256 bits, for sums that must not lose anything, and their quotients as doubles.
 *
 * Two's complement, four words of 64 bits, the lowest first.  Addition wraps; a caller that adds for long asks
 * oc_wide_fits() now and then: it turns false 2 bits before the end, long before anything is lost.
 */
#ifndef OC_BASE_WIDE_H
#define OC_BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

struct oc_wide { uint64_t w[4]; };

static inline struct oc_wide oc_wide_add(struct oc_wide a, struct oc_wide b)
{
    unsigned __int128 s = (unsigned __int128)a.w[0] + b.w[0];

    a.w[0] = (uint64_t)s;
    for (int i = 1; i < 4; i++) {
        s = (unsigned __int128)a.w[i] + b.w[i] + (uint64_t)(s >> 64);
        a.w[i] = (uint64_t)s;
    }
    return a;
}

static inline struct oc_wide oc_wide_neg(struct oc_wide a)
{
    return oc_wide_add((struct oc_wide){ { ~a.w[0], ~a.w[1], ~a.w[2], ~a.w[3] } }, (struct oc_wide){ { 1 } });
}

static inline struct oc_wide oc_wide_sub(struct oc_wide a, struct oc_wide b)
{
    uint64_t borrow = 0;

    for (int i = 0; i < 4; i++) {
        const unsigned __int128 d = (unsigned __int128)a.w[i] - b.w[i] - borrow;
        a.w[i] = (uint64_t)d;
        borrow = (uint64_t)(d >> 64) & 1;
    }
    return a;
}

static inline struct oc_wide oc_wide_from(__int128 v)
{
    const uint64_t sign = v < 0 ? UINT64_MAX : 0;

    return (struct oc_wide){ { (uint64_t)v, (uint64_t)((unsigned __int128)v >> 64), sign, sign } };
}

static inline bool oc_wide_negative(struct oc_wide a) { return a.w[3] >> 63; }
static inline bool oc_wide_zero(struct oc_wide a) { return !(a.w[0] | a.w[1] | a.w[2] | a.w[3]); }
static inline bool oc_wide_fits(struct oc_wide a) { return a.w[3] >> 61 == 0 || a.w[3] >> 61 == 7; }

/* a * b, exactly. */
struct oc_wide oc_wide_product(__int128 a, __int128 b);
/* a * 10^k.  -1 where that does not fit. */
int oc_wide_scale(struct oc_wide *a, int k);
/* The same for a narrower number. */
int oc_wide_scale128(__int128 *a, int k);

/*
 * oc_wide_ratio - the double nearest to n / (d * 10^k), ties to even.
 *   d > 0, 0 <= k <= 60; correctly rounded, so a mean of prices never leaves the range of the prices
 *   cost    some ns where numerator and denominator are below 2^53, 40 ns below 2^128 and 2^64, a microsecond beyond
 */
double oc_wide_ratio(struct oc_wide n, __int128 d, int k);
/* The same of narrower numbers: n / 10^k. */
double oc_wide_decimal(__int128 n, int k);

#endif
