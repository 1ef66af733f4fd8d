/*
 * corr - correlations of several underlyings: checked, and factored.
 */
#ifndef OC_SIM_CORR_H
#define OC_SIM_CORR_H

#include "base/err.h"
#include "sim/process.h"

#include <stddef.h>

/*
 * Lower Cholesky factor of an n x n row-major correlation matrix into *factor, owned by the caller.  OC_USAGE naming the
 * pair (numbered from 1) where it is not symmetric with 1 on the diagonal, or not positive semi-definite; a singular matrix
 * will do (cholesky.h says within what rounding).
 */
int oc_corr_factor(size_t n, const double *corr, double **factor, struct oc_err *err);

/*
 * Independent normals of a step to correlated ones.  z[a]: the first normals [n] of asset a, its others OC_LANES apart;
 * NULL: it draws none, and its row of the factor is that of an independent asset.  What is correlated is the shocks of the
 * prices; a process that wants its residual and its variance's shock gets them from these.
 */
void oc_corr_mix(size_t assets, const double *factor, const struct oc_walk *walk, size_t n, double *const z[]);

#endif
