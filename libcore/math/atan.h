/*
 * atan - arc tangent and arc sine, the same bits from each instruction set and from array and single form.
 *
 *   in     n doubles, any values; out may be x itself
 *   out    [radian] in [-pi/2, pi/2]
 *   rows   NaN for NaN
 *   error  atan <= 2 ulp, asin <= 3 ulp, as measured against MPFR by tests/unit/math_atan.c
 *   source see math/vatan.h; asin x = atan(x / sqrt((1 - x) (1 + x)))
 */
#ifndef OC_MATH_ATAN_H
#define OC_MATH_ATAN_H

#include <stddef.h>

void oc_atan_v(size_t n, const double *x, double *out);

/* One number. */
double oc_atan(double x);

/* Arc sine; NaN outside of [-1, 1]. */
double oc_atan_asin(double x);

#endif
