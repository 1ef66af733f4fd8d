/*
 * exp - e^x and e^x - 1 over arrays and for one number, the same bits from each instruction set and from both forms.
 *
 *   in     n doubles, any values; out may be x itself
 *   out    oc_exp: 0 below -745.14, subnormal results where they are due, infinity above 709.79
 *          oc_expm1: -1 at -infinity, keeps the sign of zero
 *   rows   NaN gives NaN; nothing else does
 *   error  exp <= 1.1 ulp, expm1 <= 2 ulp, as measured against MPFR by tests/unit/math_exp.c
 *   cost   no allocation
 *   source see math/vexp.h
 */
#ifndef OC_MATH_EXP_H
#define OC_MATH_EXP_H

#include <stddef.h>

void oc_exp_v(size_t n, const double *x, double *out);
void oc_expm1_v(size_t n, const double *x, double *out);

/* One number, for set-up code, which must not call libm. */
double oc_exp(double x);
double oc_expm1(double x);

#endif
