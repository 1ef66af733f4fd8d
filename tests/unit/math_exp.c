/* exp and expm1 against MPFR, and their bits */
#include "math/exp.h"

#include "math_ref.h"

static double draw(size_t i)
{
    switch (i % 8) {
    case 0: return ref_any();
    case 1: return i & 8 ? ref_uniform(-0.5, 0.5) : (i & 16 ? 1.0 : -1.0) * ref_uniform(0.34, 0.36);     /* 2^k changes */
    case 2: return ref_uniform(-2.0, 2.0);
    case 3: return ref_uniform(-40.0, 40.0);
    case 4: return ref_uniform(-746.0, 710.5);
    case 5: return ref_uniform(-746.0, -707.0);                 /* subnormal results */
    case 6: return ref_uniform(708.0, 710.0);                   /* up to the overflow */
    default: return (i & 8 ? 1.0 : -1.0) * ref_wide(-60.0, 2.0);
    }
}

static void exact_exp(mpfr_t y, const mpfr_t x) { mpfr_exp(y, x, MPFR_RNDN); }
static void exact_expm1(mpfr_t y, const mpfr_t x) { mpfr_expm1(y, x, MPFR_RNDN); }

int main(void)
{
    size_t n = ref_size(200000), m = ref_size(1000000);
    double *const x = ref_points(&n, draw), *const b = ref_points(&m, draw);

    test_begin("math_exp error of exp");
    ref_accuracy("exp", oc_exp_v, exact_exp, n, x, 1.1);
    test_end();
    test_begin("math_exp error of expm1");
    ref_accuracy("expm1", oc_expm1_v, exact_expm1, n, x, 2.0);
    test_end();
    test_begin("math_exp same bits");
    ref_bits("exp", oc_exp_v, m, b);
    ref_bits("expm1", oc_expm1_v, m, b);
    test_end();
    test_begin("math_exp single values");
    double y[2];
    for (size_t i = 0; i < 2000; i++) {
        oc_exp_v(1, x + i, y);
        oc_expm1_v(1, x + i, y + 1);
        CHECK(ref_same(oc_exp(x[i]), y[0]) && ref_same(oc_expm1(x[i]), y[1]), "at %a", x[i]);
    }
    CHECK(oc_exp(0.0) == 1.0 && oc_expm1(0.0) == 0.0, "e^0 = %a, less one %a", oc_exp(0.0), oc_expm1(0.0));
    test_end();
    free(x);
    free(b);
    mpfr_free_cache();
    return test_done();
}
