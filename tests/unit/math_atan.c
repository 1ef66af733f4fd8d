/* arc tangent and arc sine against MPFR, and their bits */
#include "math/atan.h"

#include "math_ref.h"

static double draw(size_t i)
{
    switch (i % 4) {
    case 0: return ref_any();
    case 1: return ref_uniform(-3.0, 3.0);
    case 2: return ref_uniform(-1.0, 1.0);
    default: return (i & 8 ? 1.0 : -1.0) * ref_wide(-60.0, 60.0);
    }
}

static void exact_atan(mpfr_t y, const mpfr_t x) { mpfr_atan(y, x, MPFR_RNDN); }
static void exact_asin(mpfr_t y, const mpfr_t x) { mpfr_asin(y, x, MPFR_RNDN); }

static void asin_each(size_t n, const double *x, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = oc_atan_asin(x[i]);
}

int main(void)
{
    size_t n = ref_size(100000), m = ref_size(1000000), k = ref_size(30000);
    double *const x = ref_points(&n, draw), *const b = ref_points(&m, draw);

    test_begin("math_atan error");
    ref_accuracy("atan", oc_atan_v, exact_atan, n, x, 2.0);
    ref_accuracy("asin", asin_each, exact_asin, k, x, 3.0);
    test_end();
    test_begin("math_atan same bits");
    ref_bits("atan", oc_atan_v, m, b);
    ref_bits("asin", asin_each, 20000, b);
    test_end();
    free(x);
    free(b);
    mpfr_free_cache();
    return test_done();
}
