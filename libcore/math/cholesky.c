/* cholesky - see cholesky.h */
#include "math/cholesky.h"

#include <float.h>
#include <math.h>

/* a[i][j] less what the columns before j of l explain */
static double rest(size_t n, double a, const double *l, size_t i, size_t j)
{
    for (size_t k = 0; k < j; k++)
        a -= l[i * n + k] * l[j * n + k];
    return a;
}

/* A column whose pivot vanishes: zeros, if the rest of it vanishes too.  limit: (8 n eps)^2 a_jj */
static int vanish(size_t n, const double *a, double *l, size_t j, double limit)
{
    for (size_t i = j + 1; i < n; i++) {
        const double r = rest(n, a[i * n + j], l, i, j);

        if (!(r * r <= limit * a[i * n + i]))
            return -1;
        l[i * n + j] = 0.0;
    }
    l[j * n + j] = 0.0;
    return 0;
}

static int column(size_t n, const double *a, double *l, size_t j)
{
    const double small = 4.0 * (double)n * DBL_EPSILON, diagonal = a[j * n + j];
    const double d = rest(n, diagonal, l, j, j);

    if (!(diagonal >= 0.0 && diagonal <= DBL_MAX) || !(d >= -small * diagonal))
        return -1;
    if (d <= small * diagonal)
        return vanish(n, a, l, j, small * small * diagonal);
    const double root = sqrt(d);
    for (size_t i = j + 1; i < n; i++)
        l[i * n + j] = rest(n, a[i * n + j], l, i, j) / root;
    l[j * n + j] = root;
    return 0;
}

int oc_cholesky(size_t n, const double *a, double *l, size_t *pivot)
{
    for (size_t j = 0; j < n; j++) {
        if (column(n, a, l, j)) {
            if (pivot)
                *pivot = j;
            return -1;
        }
        for (size_t i = 0; i < j; i++)
            l[i * n + j] = 0.0;
    }
    return 0;
}
