/*
 * corr - see corr.h
 *
 * A pivot within rounding of 0 makes its column 0: the asset is a combination of those before it, which the rest of the
 * column must agree with.
 */
#include "sim/corr.h"

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

static int not_definite(size_t i, size_t j, struct oc_err *err)
{
    return oc_fail(err, OC_USAGE, "the correlations contradict each other (not positive semi-definite): that of underlyings "
                   "%zu and %zu does not go with the others", j + 1, i + 1);
}

/* Row i of the factor from the rows above. */
static int factor_row(size_t n, size_t i, const double *corr, double *l, struct oc_err *err)
{
    const double zero = 0x1p-46 * (double)n;        /* what n products round to, with a margin */
    double rest = 1.0;
    size_t worst = 0;

    for (size_t j = 0; j < i; j++) {
        double sum = corr[i * n + j];
        for (size_t k = 0; k < j; k++)
            sum -= l[i * n + k] * l[j * n + k];
        const double pivot = l[j * n + j];
        /* Under a pivot of 0 the sum is at most sqrt(zero) times the part that is left. */
        if (pivot == 0.0 && !(sum * sum <= zero))
            return not_definite(i, j, err);
        l[i * n + j] = pivot == 0.0 ? 0.0 : sum / pivot;
        rest -= l[i * n + j] * l[i * n + j];
        worst = fabs(l[i * n + j]) > fabs(l[i * n + worst]) ? j : worst;
    }
    if (!(rest >= -zero))
        return not_definite(i, worst, err);
    l[i * n + i] = rest <= zero ? 0.0 : sqrt(rest);
    return 0;
}

int oc_corr_factor(size_t n, const double *corr, double **factor, struct oc_err *err)
{
    double *const l = calloc(n * n, sizeof *l);

    *factor = NULL;
    if (!l)
        return oc_fail(err, OC_MEMORY, "no memory for the correlations of %zu underlyings", n);
    int rc = check_shape(n, corr, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = factor_row(n, i, corr, l, err);
    if (rc) {
        free(l);
        return rc;
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
