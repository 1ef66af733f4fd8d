/*
 * The software fma of the baseline, and the other operations of vec.h in the baseline that are made of several instructions.
 * Reference: MPFR for a part of the cases, and for all the C library's fma, which MPFR checks at the same time.
 */
#define OC_ISA_base
#include "math/vec.h"

#include "math_ref.h"

static double sign(void) { return ref_random() & 1 ? 1.0 : -1.0; }

/* Few significant bits: products and sums that are exact or tie. */
static double coarse(double lo, double hi) { return sign() * ldexp((double)(ref_random() % 64), (int)ref_uniform(lo, hi)); }

static void draw(size_t i, double *a, double *b, double *c)
{
    *a = sign() * ref_uniform(0.5, 2.0);
    *b = sign() * ref_uniform(0.5, 2.0);
    switch (i % 14) {
    case 0: *c = sign() * ref_wide(-120.0, 120.0); break;
    case 1: *c = -(*a * *b); break;                                             /* all but the last bits cancel */
    case 2: *c = -(*a * *b) * (1.0 + ref_uniform(-4.0, 4.0) * 0x1p-52); break;
    case 3: *c = -(*a * *b) * (1.0 + sign() * ref_wide(-60.0, -1.0)); break;
    case 4: *a = coarse(-5.0, 5.0); *b = coarse(-60.0, 60.0); *c = coarse(-60.0, 60.0); break;
    case 5: *a *= ref_wide(-1074.0, 0.0); *b *= ref_wide(-60.0, 60.0); *c *= ref_wide(-1074.0, -900.0); break;
    case 6: *a *= ref_wide(-540.0, -430.0); *b *= ref_wide(-540.0, -430.0); *c = -(*a * *b); break;
    case 7: *a *= ref_wide(400.0, 1023.0); *b *= ref_wide(0.0, 620.0); *c = sign() * ref_wide(900.0, 1023.0); break;
    case 8: *a = ref_any(); *b = ref_any(); *c = ref_any(); break;
    case 9: *a = ref_specials[ref_random() % REF_SPECIALS]; *b = ref_specials[ref_random() % REF_SPECIALS];
        *c = ref_specials[ref_random() % REF_SPECIALS]; break;
    case 10: *a *= ref_wide(-1000.0, 0.0); *b = ldexp(1.0, (int)ref_uniform(-1000.0, 0.0)); *c = -*a * *b; break;
    case 11: case 12: {         /* a tie but for a last bit far below, which the rounding to odd must keep */
        const double far = ldexp(1.0, -(int)ref_uniform(50.0, 56.0));
        *a = 1.0 + sign() * ldexp(1.0, -(int)ref_uniform(1.0, 53.0));
        *b = sign() * (1.0 + sign() * ldexp(1.0, -(int)ref_uniform(1.0, 53.0)));
        *c = sign() * (i % 2 ? far : 1.0 + (double)(ref_random() % 4) * 0x1p-52);
        *b *= i % 2 ? 1.0 : far;
        break;
    }
    default: *c = sign() * ldexp(1.0, (int)ref_uniform(-110.0, 60.0));          /* next to a power of two: rounding to odd */
    }
}

/* The correctly rounded result in double, subnormal and overflow included. */
static double exact(double a, double b, double c)
{
    mpfr_t x, y, z;
    const mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();

    mpfr_inits2(53, x, y, z, (mpfr_ptr)0);
    mpfr_set_d(x, a, MPFR_RNDN);
    mpfr_set_d(y, b, MPFR_RNDN);
    mpfr_set_d(z, c, MPFR_RNDN);
    mpfr_set_emin(-1073);
    mpfr_set_emax(1024);
    const int t = mpfr_fma(x, x, y, z, MPFR_RNDN);
    mpfr_subnormalize(x, t, MPFR_RNDN);
    const double r = mpfr_get_d(x, MPFR_RNDN);
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
    mpfr_clears(x, y, z, (mpfr_ptr)0);
    return r;
}

static void check_fma(size_t n)
{
    for (size_t i = 0; i < n; i += W) {
        double a[W], b[W], c[W], r[W];
        for (size_t j = 0; j < W; j++)
            draw(i / W, &a[j], &b[j], &c[j]);
        v_st(r, v_fma(v_ld(a), v_ld(b), v_ld(c)));
        for (size_t j = 0; j < W; j++) {
            const double want = fma(a[j], b[j], c[j]);
            CHECK(ref_same(r[j], want), "fma(%a, %a, %a) = %a, not %a", a[j], b[j], c[j], r[j], want);
            if ((i / W) % 70 < 14) {
                const double mp = exact(a[j], b[j], c[j]);
                CHECK(ref_same(r[j], mp), "fma(%a, %a, %a) = %a, MPFR %a", a[j], b[j], c[j], r[j], mp);
            }
        }
    }
}

static void check_signs(void)
{
    const double a[] = { 2.0, 3.0 }, b[] = { 5.0, -7.0 }, c[] = { 1.0, 0.5 };
    double r[W];

    v_st(r, v_fms(v_ld(a), v_ld(b), v_ld(c)));
    CHECK(r[0] == 9.0 && r[1] == -21.5, "fms gives %g %g", r[0], r[1]);
    v_st(r, v_fnma(v_ld(a), v_ld(b), v_ld(c)));
    CHECK(r[0] == -9.0 && r[1] == 21.5, "fnma gives %g %g", r[0], r[1]);
}

static void check_integers(size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const int64_t k = (int64_t)ref_random() >> (13 + ref_random() % 50);
        const double x = ref_uniform(-0x1p50, 0x1p50) * ldexp(1.0, -(int)(ref_random() % 60));
        const unsigned s = 1 + (unsigned)(ref_random() % 63);
        double d[W];
        int64_t m[W];
        v_st(d, v_from_i(i_set(k)));
        CHECK(d[0] == (double)k, "from integer %lld: %a", (long long)k, d[0]);
        v_st(d, v_round(v_set(x)));
        CHECK(d[0] == nearbyint(x), "round(%a) = %a", x, d[0]);
        i_st(m, v_to_i(v_set(x)));
        CHECK(m[0] == llrint(x), "to integer %a: %lld", x, (long long)m[0]);
        i_st(m, i_sar(i_set(k), s));
        CHECK(m[0] == k >> s, "%lld >> %u = %lld", (long long)k, s, (long long)m[0]);
        i_st(m, i_shr(i_set(k), s));
        CHECK((uint64_t)m[0] == (uint64_t)k >> s, "%lld >>> %u = %lld", (long long)k, s, (long long)m[0]);
    }
}

int main(void)
{
    test_begin("math_fma software fma");
    check_fma(ref_size(6000000));
    test_end();
    test_begin("math_fma signs");
    check_signs();
    test_end();
    test_begin("math_fma integers and rounding");
    check_integers(ref_size(200000));
    test_end();
    mpfr_free_cache();
    return test_done();
}
