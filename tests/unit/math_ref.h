/*
 * math_ref - what the math tests share: random arguments, errors against MPFR in units in the last place, and the
 * two properties that every array function keeps: the same bits from each instruction set, and from any place in the array.
 */
#ifndef OC_MATH_REF_H
#define OC_MATH_REF_H

#include "math/isa.h"
#include "test.h"

#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { REF_BITS = 160 };    /* of the reference: 100 more than needed, so that its own error does not show */

static uint64_t ref_state = 1;

/* 64 random bits (SplitMix64; Steele, Lea, Flood 2014) */
static inline uint64_t ref_random(void)
{
    uint64_t z = ref_state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline double ref_uniform(double lo, double hi) { return lo + (hi - lo) * (double)(ref_random() >> 11) * 0x1p-53; }

/* Any double at all: NaN, infinities and subnormal numbers among them. */
static inline double ref_any(void)
{
    const uint64_t u = ref_random();
    double x;

    memcpy(&x, &u, sizeof x);
    return x;
}

/* A number between 2^lo and 2^hi, the exponent uniform. */
static inline double ref_wide(double lo, double hi)
{
    const double m = ref_uniform(1.0, 2.0);         /* one draw a statement: the same points from every compiler */

    return ldexp(m, (int)ref_uniform(lo, hi));
}

/* Ten times the points under make check-full. */
static inline size_t ref_size(size_t n) { return getenv("OC_FULL") ? 10 * n : n; }

static const double ref_specials[] = {
    0.0, -0.0, INFINITY, -INFINITY, NAN, -NAN, 1.0, -1.0, 0.5, -0.5, 2.0, 0x1p-1074, -0x1p-1074, 0x1p-1022, -0x1p-1022,
    0x1.fffffffffffffp-1023, 0x1.fffffffffffffp+1023, -0x1.fffffffffffffp+1023, 0x1.fffffffffffffp-1, 0x1.0000000000001p+0,
    -0x1.fffffffffffffp-1, -0x1.0000000000001p+0, 0x1p-53, -0x1p-53, 0x1p-54, 0x1p-27, -0x1p-27, 0x1p-540, 0x1p600,
    709.0, 709.78, 709.7827128933840, 709.7827128933841, 709.79, 710.0, 711.0, 1000.0, 708.0, -708.0, -708.3964185322641,
    -708.3964185322642, -708.39, -708.4, -740.0, -745.1332191019411, -745.1332191019412, -745.2, -746.0, -750.0, -751.0,
    37.0, -37.0, 37.5, -37.5, 38.0, -38.0, -38.4, -38.4674, -38.467405617144344, -38.48, 38.56, 38.6, -38.6, 39.0, -39.0,
    40.0, -40.0, 8.3, -8.3, 1e6, -1e6, 1000001.0, 1e22, 0x1.6ac5b262ca1ffp+849, 0x1.921fb54442d18p+0, 0x1.921fb54442d18p+1,
    0x1.921fb54442d18p-1, 0.41421356237309503, 2.414213562373095, 1e300, -1e300, 0.00048, 0.99952, 1e-17, 1e-19, 1e-300
};
enum { REF_SPECIALS = sizeof ref_specials / sizeof ref_specials[0] };

/*
 * Error of got against the exact y, in units of the last place of a double at y (2^-1074 where y is subnormal).
 * What must be exact (NaN, infinity, zero with its sign, overflow) is 0 or infinite.
 */
static inline double ref_error(const mpfr_t y, double got)
{
    mpfr_t d;

    if (mpfr_nan_p(y) || isnan(got))
        return mpfr_nan_p(y) && isnan(got) ? 0.0 : INFINITY;
    if (mpfr_zero_p(y))
        return got == 0.0 && (mpfr_signbit(y) != 0) == (signbit(got) != 0) ? 0.0 : INFINITY;
    if (mpfr_inf_p(y) || mpfr_get_exp(y) > 1024)
        return isinf(got) && (mpfr_sgn(y) > 0) == (got > 0.0) ? 0.0 : INFINITY;
    if (isinf(got))     /* right only if y is nearer to 2^1024 than to the largest double */
        return isinf(mpfr_get_d(y, MPFR_RNDN)) ? 0.0 : INFINITY;
    const long last = mpfr_get_exp(y) - 53 > -1074 ? mpfr_get_exp(y) - 53 : -1074;
    mpfr_init2(d, REF_BITS);
    mpfr_sub_d(d, y, got, MPFR_RNDN);
    mpfr_mul_2si(d, d, -last, MPFR_RNDN);
    const double e = fabs(mpfr_get_d(d, MPFR_RNDN));
    mpfr_clear(d);
    return e;
}

typedef void ref_array(size_t n, const double *x, double *out);
typedef void ref_exact(mpfr_t y, const mpfr_t x);

/* The worst error of f over x, printed and held against the bound that f's header states. */
static inline void ref_accuracy(const char *name, ref_array *f, ref_exact *exact, size_t n, const double *x, double bound)
{
    double *const y = malloc(n * sizeof *y), worst = 0.0, at = 0.0;
    mpfr_t a, b;

    mpfr_inits2(REF_BITS, a, b, (mpfr_ptr)0);
    f(n, x, y);
    for (size_t i = 0; i < n; i++) {
        mpfr_set_d(a, x[i], MPFR_RNDN);
        exact(b, a);
        const double e = ref_error(b, y[i]);
        CHECK(e <= bound, "%s(%a) = %a is off by %.3g ulp", name, x[i], y[i], e);
        if (e > worst) {
            worst = e;
            at = x[i];
        }
    }
    printf("# %s: worst error %.3f ulp at %a (%.17g) of %zu points, bound %.1f\n", name, worst, at, at, n, bound);
    mpfr_clears(a, b, (mpfr_ptr)0);
    free(y);
}

/* Back to the best instruction set of this machine. */
static inline void ref_best_isa(void)
{
    for (int i = OC_ISA_AVX512; oc_isa_use((enum oc_isa)i); i++)
        ;
}

/* Equal bits, or NaN in both: which NaN comes out is not promised (no record holds one). */
static inline int ref_same(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

/* f gives the same bits from each instruction set of this machine, and for every length and offset up to 40. */
static inline void ref_bits(const char *name, ref_array *f, size_t n, const double *x)
{
    double *const want = malloc(n * sizeof *want), *const got = malloc(n * sizeof *got);
    const enum oc_isa before = oc_isa();

    oc_isa_use(OC_ISA_BASE);
    f(n, x, want);
    for (int s = OC_ISA_AVX512; s <= OC_ISA_BASE; s++) {
        if (oc_isa_use((enum oc_isa)s))
            continue;
        f(n, x, got);
        for (size_t i = 0; i < n; i++)
            CHECK(ref_same(got[i], want[i]), "%s(%a): %s %a, base %a", name, x[i], oc_isa_name((enum oc_isa)s), got[i], want[i]);
        for (size_t start = 0; start < 1000; start += 37)
            for (size_t len = 0; len <= 40; len++) {
                got[len] = 12345.0;
                f(len, x + start, got);
                CHECK(got[len] == 12345.0, "%s of %zu values wrote behind its end", name, len);
                for (size_t i = 0; i < len; i++)
                    CHECK(ref_same(got[i], want[start + i]), "%s(%a) depends on its place: %s, %zu of %zu", name, x[start + i],
                        oc_isa_name((enum oc_isa)s), i, len);
            }
    }
    oc_isa_use(before);
    free(want);
    free(got);
}

/* Specials first, then n values of draw(i). */
static inline double *ref_points(size_t *n, double (*draw)(size_t i))
{
    double *const x = malloc((*n + REF_SPECIALS) * sizeof *x);

    memcpy(x, ref_specials, sizeof ref_specials);
    for (size_t i = 0; i < *n; i++)
        x[REF_SPECIALS + i] = draw(i);
    *n += REF_SPECIALS;
    return x;
}

#endif
