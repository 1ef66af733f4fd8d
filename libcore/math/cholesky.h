/*
 * cholesky - the lower triangular factor of a symmetric positive semi-definite matrix, A = L L^T.
 *
 *   in     n x n, row-major; only the lower triangle of a is read
 *   out    l: n x n, row-major, zeros above the diagonal; may be a itself
 *   rank   where the rest of a pivot is within 8 n 2^-53 of its diagonal element the pivot counts as 0: its column of L
 *          is 0, for which the rest of the column must vanish to the same measure.  A matrix whose semi-definiteness is
 *          only lost to rounding is so accepted, and L L^T differs from A by no more than that.
 *   fails  -1 with the row of the failing pivot in *pivot (NULL: not wanted): a diagonal element negative or not finite,
 *          a rest that is negative or a column that does not vanish.  Then A is not positive semi-definite: its leading
 *          block of *pivot + 1 rows, or a row below together with them.
 *   error  L L^T = A to 8 n 2^-53 sqrt(A_ii A_jj); only + - * / sqrt, so the same bits everywhere
 */
#ifndef OC_MATH_CHOLESKY_H
#define OC_MATH_CHOLESKY_H

#include <stddef.h>

int oc_cholesky(size_t n, const double *a, double *l, size_t *pivot);

#endif
