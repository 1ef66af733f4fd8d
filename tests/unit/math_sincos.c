/* sine and cosine against MPFR, and their bits */
#include "math/sincos.h"

#include "math_ref.h"

static double draw(size_t i)
{
    switch (i % 8) {
    case 0: return ref_any();
    case 1: return ref_uniform(-1.0, 1.0);
    case 2: return ref_uniform(-10.0, 10.0);
    case 3: return ref_uniform(-1e6, 1e6);
    case 4: return (i & 8 ? 1.0 : -1.0) * ref_wide(-60.0, 1023.0);
    case 5: return nearbyint(ref_uniform(-636000.0, 636000.0)) * 0x1.921fb54442d18p+0;      /* next to multiples of pi/2 */
    case 6: return nearbyint(ref_uniform(-100.0, 100.0)) * 0x1.921fb54442d18p+0 + ref_uniform(-0.001, 0.001);
    default: return nearbyint(ref_uniform(-100.0, 100.0)) * 0x1.921fb54442d18p-1;           /* where the multiple changes */
    }
}

static void sine(size_t n, const double *x, double *out)
{
    double *const c = malloc((n + 1) * sizeof *c);

    oc_sincos_v(n, x, out, c);
    free(c);
}

static void cosine(size_t n, const double *x, double *out)
{
    double *const s = malloc((n + 1) * sizeof *s);

    oc_sincos_v(n, x, s, out);
    free(s);
}

static void exact_sin(mpfr_t y, const mpfr_t x) { mpfr_sin(y, x, MPFR_RNDN); }
static void exact_cos(mpfr_t y, const mpfr_t x) { mpfr_cos(y, x, MPFR_RNDN); }

int main(void)
{
    size_t n = ref_size(100000), m = ref_size(1000000);
    double *const x = ref_points(&n, draw), *const b = ref_points(&m, draw);

    test_begin("math_sincos error");
    ref_accuracy("sin", sine, exact_sin, n, x, 1.0);
    ref_accuracy("cos", cosine, exact_cos, n, x, 1.0);
    test_end();
    test_begin("math_sincos same bits");
    ref_bits("sin", sine, m, b);
    ref_bits("cos", cosine, m, b);
    test_end();
    test_begin("math_sincos single values");
    for (size_t i = 0; i < 2000; i++) {
        double s, c, d;
        oc_sincos_v(1, x + i, &s, &c);
        CHECK(ref_same(oc_sincos(x[i], &d), s) && ref_same(c, d), "at %a", x[i]);
    }
    test_end();
    free(x);
    free(b);
    mpfr_free_cache();
    return test_done();
}
