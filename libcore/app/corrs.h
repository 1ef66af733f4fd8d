/*
 * corrs - correlations between underlyings by their symbols: gathered in any order, then laid out as a matrix.
 */
#ifndef OC_APP_CORRS_H
#define OC_APP_CORRS_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

struct oc_corr { char a[32], b[32]; double rho; };
struct oc_corrs { size_t n, cap; struct oc_corr *pair; };

/* A pair; OC_USAGE where rho is not within [-1, 1], the symbols are the same, or the pair is there. */
int oc_corrs_add(struct oc_corrs *c, const char *a, size_t na, const char *b, size_t nb, double rho, struct oc_err *err);
/* A,B=RHO */
int oc_corrs_parse(struct oc_corrs *c, const char *text, struct oc_err *err);
/*
 * n x n, row-major, owned by the caller; pairs that are not named are 0.  NULL for one underlying.  OC_USAGE: no such
 * symbol.
 */
int oc_corrs_matrix(const struct oc_corrs *c, size_t n, char (*symbol)[32], double **matrix, struct oc_err *err);
/* " A,B=RHO" for each pair that is not 0. */
void oc_corrs_print(size_t n, const char (*symbol)[32], const double *matrix, struct oc_buf *out);
void oc_corrs_free(struct oc_corrs *c);

#endif
