/*
 * pca - Brownian paths from independent normals in order of importance: principal components of the path.
 *
 * As bridge.h, but the normals go to the eigenvectors of the covariance min(t[i], t[j]), the largest eigenvalue first:
 * no other order puts more of the path's variance into the first numbers.  A full matrix, so `steps` operations a number.
 *   grid    ascending times; W(t[0]) = 0; at most 2,048 steps, none shorter than 1e-10 of the whole
 *   method  the inverse of the normalised increments' Gram matrix is tridiagonal, its eigenvectors are the map itself:
 *           implicit QL (Bowdler, Martin, Reinsch, Wilkinson 1968); the sign makes the first increment positive
 *   error   M M^T = I to 1e-15 steps
 *   bits    the same from each instruction set and for any n
 *   source  Glasserman, "Monte Carlo Methods in Financial Engineering" (2004), 3.1 and 5.5
 */
#ifndef OC_MATH_PCA_H
#define OC_MATH_PCA_H

#include "base/err.h"

#include <stddef.h>

enum { OC_PCA_STEPS = 2048 };

struct oc_pca;

/* t[0 .. steps]; OC_USAGE where it does not ascend, or has too many or too short steps.  Owned by the caller. */
struct oc_pca *oc_pca_open(size_t steps, const double *t, struct oc_err *err);
void oc_pca_close(struct oc_pca *p);

/* n columns: z[l * ldz + j] normal l by importance, out[k * ld + j] increment k.  The arrays do not overlap. */
void oc_pca_apply(const struct oc_pca *p, size_t n, const double *z, size_t ldz, double *out, size_t ld);

/* Variance that component l gives to the path: eigenvalue of the covariance of W(t[1]), ..., W(t[steps]) [years]. */
double oc_pca_variance(const struct oc_pca *p, size_t l);

#endif
