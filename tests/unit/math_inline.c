/*
 * What kernels use inline and no array function shows: the Mills ratio, and the exponential of a sum.  Compiled here with
 * the baseline of vec.h, which gives the bits of the others (math_norm and math_exp compare them).
 */
#define OC_ISA_base
#include "math/vexp.h"
#include "math/vmap.h"
#include "math/vnorm.h"

#include "math_ref.h"

static double draw(size_t i)
{
    switch (i % 6) {
    case 0: return ref_uniform(0.0, 1.0);
    case 1: return ref_uniform(0.0, 8.0);
    case 2: return ref_uniform(0.0, 40.0);
    case 3: return ref_wide(-60.0, 6.0);
    case 4: return ref_uniform(38.9, 60.0);
    default: return ref_wide(5.0, 1022.0);
    }
}

static void mills(size_t n, const double *x, double *out) { v_map(n, x, out, 0.0, v_mills); }
static void mills_mid(size_t n, const double *x, double *out) { v_map(n, x, out, 0.0, v_mills_mid); }

/*
 * Q(x) / phi(x) = sqrt(pi/2) e^(x^2/2) erfc(x / sqrt 2).  Beyond 10^4, where that would leave MPFR's exponents, the first
 * terms (1 - 1/x^2 + 3/x^4) / x of the asymptotic series, right to 15/x^6 < 2e-23.
 */
static void exact_mills(mpfr_t y, const mpfr_t x)
{
    mpfr_t t;

    if (mpfr_cmp_ui(x, 10000) > 0) {
        mpfr_init2(t, REF_BITS);
        mpfr_sqr(t, x, MPFR_RNDN);
        mpfr_ui_div(t, 1, t, MPFR_RNDN);
        mpfr_mul_ui(y, t, 3, MPFR_RNDN);
        mpfr_sub_ui(y, y, 1, MPFR_RNDN);
        mpfr_mul(y, y, t, MPFR_RNDN);
        mpfr_add_ui(y, y, 1, MPFR_RNDN);
        mpfr_div(y, y, x, MPFR_RNDN);
        mpfr_clear(t);
        return;
    }
    mpfr_init2(t, 2 * REF_BITS);                    /* x^2 takes its digits from the exponential */
    mpfr_sqr(t, x, MPFR_RNDN);
    mpfr_div_2ui(t, t, 1, MPFR_RNDN);
    mpfr_exp(t, t, MPFR_RNDN);
    mpfr_sqrt_ui(y, 2, MPFR_RNDN);
    mpfr_div(y, x, y, MPFR_RNDN);
    mpfr_erfc(y, y, MPFR_RNDN);
    mpfr_mul(y, y, t, MPFR_RNDN);
    mpfr_const_pi(t, MPFR_RNDN);
    mpfr_div_2ui(t, t, 1, MPFR_RNDN);
    mpfr_sqrt(t, t, MPFR_RNDN);
    mpfr_mul(y, y, t, MPFR_RNDN);
    mpfr_clear(t);
}

static void check_mills(size_t n)
{
    double *const x = malloc((n + 3) * sizeof *x), *const mid = malloc(n * sizeof *mid);
    size_t m = 0;

    for (size_t i = 0; i < n; i++) {
        x[i] = draw(i);
        if (x[i] <= 39.0)
            mid[m++] = x[i];
    }
    x[n] = 0.0;
    x[n + 1] = 39.0;
    x[n + 2] = INFINITY;
    ref_accuracy("mills", mills, exact_mills, n + 3, x, 4.0);
    ref_accuracy("mills_mid", mills_mid, exact_mills, m, mid, 4.0);
    free(x);
    free(mid);
}

/* e^(h+l), the sum exact in MPFR; 1.1 ulp as v_exp, since l enters before the rounding that r has anyway */
static void check_sum(size_t n)
{
    double worst = 0.0;
    mpfr_t y;

    mpfr_init2(y, REF_BITS);
    for (size_t i = 0; i < n; i++) {
        const double h = i % 3 ? ref_uniform(-745.0, 709.7) : ref_uniform(-2.0, 2.0), l = h * ref_uniform(-1.0, 1.0) * 0x1p-50;
        double got[W];
        v_st(got, v_exp_sum(v_set(h), v_set(l)));
        mpfr_set_d(y, h, MPFR_RNDN);
        mpfr_add_d(y, y, l, MPFR_RNDN);
        mpfr_exp(y, y, MPFR_RNDN);
        const double e = ref_error(y, got[0]);
        CHECK(e <= 1.1, "e^(%a + %a) = %a is off by %.3g ulp", h, l, got[0], e);
        worst = e > worst ? e : worst;
    }
    mpfr_clear(y);
    printf("# exp_sum: worst error %.3f ulp of %zu points, bound 1.1\n", worst, n);
}

int main(void)
{
    test_begin("math_inline Mills ratio");
    check_mills(ref_size(10000));
    test_end();
    test_begin("math_inline exponential of a sum");
    check_sum(ref_size(30000));
    test_end();
    mpfr_free_cache();
    return test_done();
}
