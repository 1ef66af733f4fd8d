/* corr - see corr.h */
#include "sim/corr.h"

#include "math/cholesky.h"
#include "sim/lanes.h"

#include <math.h>
#include <stdlib.h>

static int check_shape(size_t n, const double *corr, struct oc_err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (corr[i * n + i] != 1.0)
            return oc_fail(err, OC_USAGE, "the correlation of underlying %zu with itself is %g, not 1", i + 1,
                           corr[i * n + i]);
        for (size_t j = 0; j < i; j++) {
            if (!(fabs(corr[i * n + j]) <= 1.0))
                return oc_fail(err, OC_USAGE, "the correlation of underlyings %zu and %zu is %g, outside of [-1, 1]", j + 1,
                               i + 1,
                               corr[i * n + j]);
            if (corr[i * n + j] != corr[j * n + i])
                return oc_fail(err, OC_USAGE, "the correlation of underlyings %zu and %zu is both %g and %g", j + 1, i + 1,
                               corr[i * n + j], corr[j * n + i]);
        }
    }
    return 0;
}

/* corr[i][j] less what the columns before j of the factor explain */
static double rest(size_t n, const double *corr, const double *l, size_t i, size_t j)
{
    double sum = corr[i * n + j];

    for (size_t k = 0; k < j; k++)
        sum -= l[i * n + k] * l[j * n + k];
    return sum;
}

/*
 * The factor fails at row j.  Either those before explain more of it than there is: then it is the one with the largest part
 * in it; or nothing is left of it, and the correlation with a later one should be what those before make of it, and is not.
 */
static int not_definite(size_t n, const double *corr, const double *l, size_t j, struct oc_err *err)
{
    const bool too_much = rest(n, corr, l, j, j) < -0x1p-46 * (double)n;
    size_t other = too_much ? 0 : j + 1 < n ? j + 1 : 0;

    for (size_t k = 0; too_much && k < j; k++)
        other = fabs(l[j * n + k]) > fabs(l[j * n + other]) ? k : other;
    for (size_t i = j + 1; !too_much && i < n; i++)
        other = fabs(rest(n, corr, l, i, j)) > fabs(rest(n, corr, l, other, j)) ? i : other;
    return oc_fail(err, OC_USAGE, "the correlations contradict each other (not positive semi-definite): that of underlyings "
                   "%zu and %zu does not go with the others", (other < j ? other : j) + 1, (other < j ? j : other) + 1);
}

int oc_corr_factor(size_t n, const double *corr, double **factor, struct oc_err *err)
{
    double *const l = calloc(n * n, sizeof *l);

    *factor = NULL;
    if (!l)
        return oc_fail(err, OC_MEMORY, "no memory for the correlations of %zu underlyings", n);
    size_t pivot;
    if (check_shape(n, corr, err) || (oc_cholesky(n, corr, l, &pivot) && not_definite(n, corr, l, pivot, err))) {
        free(l);
        return -1;
    }
    *factor = l;
    return 0;
}

/* From the last asset back, as row a needs the normals before it as they were drawn. */
void oc_corr_mix(size_t assets, const double *factor, const struct oc_walk *walk, size_t n, double *const z[])
{
    for (size_t a = assets; a-- > 1;) {
        const double *const row = factor + a * assets;
        double own = row[a];                /* 1 where no other has a part */
        for (size_t b = 0; b < a; b++) {
            if (row[b] == 0.0)
                continue;
            oc_lanes_affine(n, 0.0, own, row[b], z[b], z[a]);
            own = 1.0;
        }
    }
    for (size_t a = 0; a < assets; a++)
        if (walk[a].process->residual) {
            const double rho = walk[a].par[walk[a].process->residual - 1];
            oc_lanes_turn(n, rho, sqrt((1.0 - rho) * (1.0 + rho)), z[a], z[a] + OC_LANES);
        }
}
