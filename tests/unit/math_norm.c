/* the normal law against MPFR, and its bits */
#include "math/norm.h"

#include "math_ref.h"

static double draw(size_t i)
{
    switch (i % 8) {
    case 0: return ref_any();
    case 1: return ref_uniform(-1.0, 1.0);
    case 2: return ref_uniform(-8.5, 8.5);
    case 3: return ref_uniform(-38.6, -36.9);       /* subnormal results */
    case 4: return ref_uniform(-39.0, 0.0);
    case 5: return (i & 8 ? 1.0 : -1.0) * ref_wide(-60.0, 0.0);
    case 6: return ref_uniform(-4.0, 4.0);
    default: return ref_uniform(-0.5, 0.5);
    }
}

static double draw_p(size_t i)
{
    switch (i % 8) {
    case 0: return ref_any();
    case 1: case 2: return ref_uniform(0.0, 1.0);
    case 3: return 0.5 + (i & 8 ? 1.0 : -1.0) * ref_wide(-53.0, -2.0);
    case 4: return ref_wide(-1074.0, -2.0);
    case 5: return 1.0 - ref_wide(-53.0, -2.0);
    case 6: return ref_wide(-60.0, -2.0);
    default: return (i & 8) ? ref_uniform(0.00045, 0.00052) : ref_uniform(0.9995, 0.99955);     /* a seam */
    }
}

static void exact_pdf(mpfr_t y, const mpfr_t x)
{
    mpfr_t c;

    mpfr_init2(c, REF_BITS);
    mpfr_const_pi(c, MPFR_RNDN);
    mpfr_mul_2ui(c, c, 1, MPFR_RNDN);
    mpfr_sqrt(c, c, MPFR_RNDN);
    mpfr_sqr(y, x, MPFR_RNDN);
    mpfr_div_2ui(y, y, 1, MPFR_RNDN);
    mpfr_neg(y, y, MPFR_RNDN);
    mpfr_exp(y, y, MPFR_RNDN);
    mpfr_div(y, y, c, MPFR_RNDN);
    mpfr_clear(c);
}

static void exact_sf(mpfr_t y, const mpfr_t x)
{
    mpfr_set_ui(y, 2, MPFR_RNDN);
    mpfr_sqrt(y, y, MPFR_RNDN);
    mpfr_div(y, x, y, MPFR_RNDN);
    mpfr_erfc(y, y, MPFR_RNDN);
    mpfr_div_2ui(y, y, 1, MPFR_RNDN);
}

static void exact_cdf(mpfr_t y, const mpfr_t x)
{
    mpfr_t m;

    mpfr_init2(m, REF_BITS);
    mpfr_neg(m, x, MPFR_RNDN);
    exact_sf(y, m);
    mpfr_clear(m);
}

/*
 * Error of got = icdf(p) in ulp without an exact inverse: one Newton step from got, which is right to 2^-52, with an error of
 * 2^-104 of it, far below the 2^-53 that is measured.
 */
static double icdf_error(double p, double got)
{
    double e;
    mpfr_t x, q, f;

    if (!(p > 0.0 && p < 1.0)) {
        const double want = p == 0.0 ? -INFINITY : p == 1.0 ? INFINITY : NAN;
        return ref_same(got, want) ? 0.0 : INFINITY;
    }
    if (p == 0.5)
        return got == 0.0 ? 0.0 : INFINITY;
    mpfr_inits2(REF_BITS, x, q, f, (mpfr_ptr)0);
    mpfr_set_d(x, got, MPFR_RNDN);
    if (got < 0.0) {                            /* the smaller tail, so that nothing cancels */
        exact_cdf(q, x);
        mpfr_sub_d(q, q, p, MPFR_RNDN);
    } else {
        exact_sf(q, x);
        mpfr_add_d(q, q, p, MPFR_RNDN);
        mpfr_sub_ui(q, q, 1, MPFR_RNDN);
        mpfr_neg(q, q, MPFR_RNDN);
    }
    exact_pdf(f, x);
    mpfr_div(q, q, f, MPFR_RNDN);
    mpfr_sub(x, x, q, MPFR_RNDN);
    e = ref_error(x, got);
    mpfr_clears(x, q, f, (mpfr_ptr)0);
    return e;
}

static void accuracy_icdf(size_t n, const double *p)
{
    double *const y = malloc(n * sizeof *y), worst = 0.0, at = 0.0;

    oc_norm_icdf_v(n, p, y);
    for (size_t i = 0; i < n; i++) {
        const double e = icdf_error(p[i], y[i]);
        CHECK(e <= 4.0, "icdf(%a) = %a is off by %.3g ulp", p[i], y[i], e);
        if (e > worst) {
            worst = e;
            at = p[i];
        }
    }
    printf("# icdf: worst error %.3f ulp at %a (%.17g) of %zu points, bound 4.0\n", worst, at, at, n);
    free(y);
}

/* The pairs, as array functions of one output. */
static void both_cdf(size_t n, const double *x, double *out)
{
    double *const d = malloc((n + 1) * sizeof *d);

    oc_norm_both_v(n, x, out, d);
    free(d);
}

static void both_pdf(size_t n, const double *x, double *out)
{
    double *const d = malloc((n + 1) * sizeof *d);

    oc_norm_both_v(n, x, d, out);
    free(d);
}

static void fast_cdf(size_t n, const double *x, double *out)
{
    double *const d = malloc((n + 1) * sizeof *d);

    oc_norm_fast_v(n, x, out, d);
    free(d);
}

static void fast_pdf(size_t n, const double *x, double *out)
{
    double *const d = malloc((n + 1) * sizeof *d);

    oc_norm_fast_v(n, x, d, out);
    free(d);
}

static void single(size_t n, const double *x)
{
    double *const y = malloc(n * sizeof *y), *const z = malloc(n * sizeof *z);

    oc_norm_cdf_v(n, x, y);
    both_cdf(n, x, z);
    for (size_t i = 0; i < n; i++)
        CHECK(ref_same(y[i], z[i]) && ref_same(y[i], oc_norm_cdf(x[i])) && ref_same(y[i], oc_norm_sf(-x[i])), "cdf at %a", x[i]);
    oc_norm_pdf_v(n, x, y);
    both_pdf(n, x, z);
    for (size_t i = 0; i < n; i++)
        CHECK(ref_same(y[i], z[i]) && ref_same(y[i], oc_norm_pdf(x[i])), "pdf at %a", x[i]);
    fast_pdf(n, x, z);
    for (size_t i = 0; i < n; i++)
        CHECK(ref_same(y[i], z[i]), "pdf of the fast form at %a", x[i]);
    oc_norm_icdf_v(n, x, y);
    for (size_t i = 0; i < n; i++)
        CHECK(ref_same(y[i], oc_norm_icdf(x[i])), "icdf at %a", x[i]);
    free(y);
    free(z);
}

int main(void)
{
    size_t n = ref_size(20000), m = ref_size(1000000), k = ref_size(10000), l = ref_size(1000000);
    double *const x = ref_points(&n, draw), *const b = ref_points(&m, draw);
    double *const p = ref_points(&k, draw_p), *const q = ref_points(&l, draw_p);

    test_begin("math_norm error of pdf");
    ref_accuracy("pdf", oc_norm_pdf_v, exact_pdf, n, x, 2.0);
    test_end();
    test_begin("math_norm error of cdf");
    ref_accuracy("cdf", oc_norm_cdf_v, exact_cdf, n, x, 4.0);
    test_end();
    test_begin("math_norm error of sf");
    ref_accuracy("sf", oc_norm_sf_v, exact_sf, n, x, 4.0);
    test_end();
    test_begin("math_norm error of the fast form");
    ref_accuracy("fast cdf", fast_cdf, exact_cdf, n, x, 8.0);
    test_end();
    test_begin("math_norm error of icdf");
    accuracy_icdf(k, p);
    test_end();
    test_begin("math_norm same bits");
    ref_bits("cdf", both_cdf, m, b);
    ref_bits("pdf", both_pdf, m, b);
    ref_bits("sf", oc_norm_sf_v, m, b);
    ref_bits("fast cdf", fast_cdf, m, b);
    ref_bits("icdf", oc_norm_icdf_v, l, q);
    test_end();
    test_begin("math_norm single values and pairs");
    single(3000, x);
    single(3000, p);
    test_end();
    free(x);
    free(b);
    free(p);
    free(q);
    mpfr_free_cache();
    return test_done();
}
