/* Cholesky: the product gives the matrix back, lost ranks are kept, what is not semi-definite is refused by its row. */
#include "math/cholesky.h"

#include "math_ref.h"

enum { MOST = 24 };

/* Largest |L L^T - A| in units of sqrt(a_ii a_jj) n 2^-53; negative if something stands above the diagonal. */
static double residual(size_t n, const double *a, const double *l)
{
    double worst = 0.0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double s = -a[i * n + j];
            for (size_t k = 0; k < n; k++)
                s += l[i * n + k] * l[j * n + k];
            s = fabs(s) / (sqrt(a[i * n + i] * a[j * n + j]) * (double)n * 0x1p-53);
            worst = s > worst ? s : worst;
            if (j > i && l[i * n + j] != 0.0)
                return -1.0;
        }
    return worst;
}

/* A = B B^T of a random n x rank matrix B, exactly symmetric */
static void gram(size_t n, size_t rank, double *a)
{
    double b[MOST * MOST];

    for (size_t i = 0; i < n * rank; i++)
        b[i] = ref_uniform(-1.0, 1.0);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double s = 0.0;
            for (size_t k = 0; k < rank; k++)
                s += b[i * rank + k] * b[j * rank + k];
            a[i * n + j] = a[j * n + i] = s;
        }
}

static void products(void)
{
    double a[MOST * MOST], l[MOST * MOST];
    size_t pivot;

    test_begin("math_cholesky product");
    for (size_t n = 1; n <= MOST; n++)
        for (int round = 0; round < 20; round++) {
            gram(n, n, a);
            const int rc = oc_cholesky(n, a, l, &pivot);
            CHECK(rc == 0, "n %zu: refused at %zu", n, pivot);
            CHECK(rc || residual(n, a, l) <= 8.0, "n %zu: off by %g", n, residual(n, a, l));
            CHECK(oc_cholesky(n, a, a, NULL) == 0 && memcmp(a, l, n * n * sizeof *a) == 0, "in place differs");
        }
    test_end();
}

static void ranks(void)
{
    /* correlations of +1, -1; three assets in a plane; a row of zeros */
    static const double lost[][9] = {
        { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, { 1, -1, 1, -1, 1, -1, 1, -1, 1 }, { 1, .6, .8, .6, 1, 0, .8, 0, 1 },
        { 1, .5, .5, .5, 1, 1, .5, 1, 1 }, { 1, 0, .3, 0, 0, 0, .3, 0, 1 }, { 0, 0, 0, 0, 0, 0, 0, 0, 0 }
    };
    double l[9];
    size_t pivot;

    test_begin("math_cholesky lost ranks");
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        CHECK(oc_cholesky(3, lost[i], l, &pivot) == 0, "matrix %zu is refused at %zu", i, pivot);
        for (size_t r = 0; r < 9; r++) {
            double s = 0.0;
            for (size_t k = 0; k < 3; k++)
                s += l[r / 3 * 3 + k] * l[r % 3 * 3 + k];
            CHECK(fabs(s - lost[i][r]) <= 24 * 0x1p-53, "matrix %zu, %zu: %g", i, r, s);
        }
    }
    test_end();
}

static void refusals(void)
{
    static const struct { double a[9]; size_t pivot; } bad[] = {
        { { -1, 0, 0, 0, 1, 0, 0, 0, 1 }, 0 }, { { NAN, 0, 0, 0, 1, 0, 0, 0, 1 }, 0 }, { { 1, 0, 0, 0, INFINITY, 0, 0, 0,
                                                                                           1 }, 1 },
        { { 1, 1.01, 0, 1.01, 1, 0, 0, 0, 1 }, 1 }, { { 1, NAN, 0, NAN, 1, 0, 0, 0, 1 }, 1 },
        { { 1, 1, 0, 1, 1, .5, 0, .5, 1 }, 1 },                     /* equal assets, unequal correlations */
        { { 1, .9, .1, .9, 1, .9, .1, .9, 1 }, 2 }, { { 1, 1, 1, 1, 1, 1 - 1e-12, 1, 1 - 1e-12, 1 }, 1 },
        { { 1, -.6, -.6, -.6, 1, -.6, -.6, -.6, 1 }, 2 },
    };
    double l[9];

    test_begin("math_cholesky refusals");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t pivot = 99;
        CHECK(oc_cholesky(3, bad[i].a, l, &pivot) == -1, "matrix %zu is accepted", i);
        CHECK(pivot == bad[i].pivot, "matrix %zu: row %zu, not %zu", i, pivot, bad[i].pivot);
    }
    test_end();
}

int main(void)
{
    products();
    ranks();
    refusals();
    return test_done();
}
