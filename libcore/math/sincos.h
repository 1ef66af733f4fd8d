/*
 * sincos - sine and cosine over arrays and for one number, the same bits from each instruction set and from both forms.
 *
 *   in     n doubles [radian], any values; s may be x, c may not overlap
 *   rows   NaN for infinity and NaN
 *   error  <= 1 ulp each, as measured against MPFR by tests/unit/math_sincos.c
 *   source see math/vsincos.h
 */
#ifndef OC_MATH_SINCOS_H
#define OC_MATH_SINCOS_H

#include <stddef.h>

void oc_sincos_v(size_t n, const double *x, double *s, double *c);

/* One number: returns the sine, the cosine in *c. */
double oc_sincos(double x, double *c);

#endif
