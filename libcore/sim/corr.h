/*
 * corr - correlations of several underlyings: checked, and factored.
 */
#ifndef OC_SIM_CORR_H
#define OC_SIM_CORR_H

#include "base/err.h"

#include <stddef.h>

/*
 * Lower Cholesky factor of an n x n row-major correlation matrix into *factor, owned by the caller.  OC_USAGE naming the
 * pair (numbered from 1) where it is not symmetric with 1 on the diagonal, or not positive semi-definite; a singular matrix
 * will do.
 */
int oc_corr_factor(size_t n, const double *corr, double **factor, struct oc_err *err);

#endif
