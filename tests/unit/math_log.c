/* log and log1p against MPFR, and their bits */
#include "math/log.h"

#include "math_ref.h"

static double draw(size_t i)
{
    switch (i % 8) {
    case 0: return ref_any();
    case 1: return ref_uniform(0.5, 2.0);
    case 2: return 1.0 + (i & 8 ? 1.0 : -1.0) * ref_wide(-53.0, -2.0);     /* near 1, where log is small */
    case 3: return ref_wide(-1074.0, -1020.0);
    case 4: return ref_wide(-1022.0, 1023.0);
    case 5: return ref_uniform(0.7071, i & 16 ? 0.7072 : 0.75) * (i & 8 ? 2.0 : 1.0);    /* where the exponent is cut */
    case 6: return (i & 8 ? 1.0 : -1.0) * ref_wide(-60.0, -1.0);           /* log1p */
    default: return ref_uniform(-1.0, 1.0);
    }
}

static void exact_log(mpfr_t y, const mpfr_t x)
{
    mpfr_log(y, x, MPFR_RNDN);
}

static void exact_log1p(mpfr_t y, const mpfr_t x)
{
    mpfr_log1p(y, x, MPFR_RNDN);
}

int main(void)
{
    size_t n = ref_size(200000), m = ref_size(1000000);
    double *const x = ref_points(&n, draw), *const b = ref_points(&m, draw);

    test_begin("math_log error of log");
    ref_accuracy("log", oc_log_v, exact_log, n, x, 1.1);
    test_end();
    test_begin("math_log error of log1p");
    ref_accuracy("log1p", oc_log1p_v, exact_log1p, n, x, 1.5);
    test_end();
    test_begin("math_log same bits");
    ref_bits("log", oc_log_v, m, b);
    ref_bits("log1p", oc_log1p_v, m, b);
    test_end();
    test_begin("math_log single values");
    double y[2];
    for (size_t i = 0; i < 2000; i++) {
        oc_log_v(1, x + i, y);
        oc_log1p_v(1, x + i, y + 1);
        CHECK(ref_same(oc_log(x[i]), y[0]) && ref_same(oc_log1p(x[i]), y[1]), "at %a", x[i]);
    }
    test_end();
    free(x);
    free(b);
    mpfr_free_cache();
    return test_done();
}
