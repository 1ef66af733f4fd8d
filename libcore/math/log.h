/*
 * log - log x and log(1 + x) over arrays and for one number, the same bits from each instruction set and from both forms.
 *
 *   in     n doubles, any values; out may be x itself
 *   out    oc_log: -infinity at 0, infinity at infinity; oc_log1p: -infinity at -1, keeps the sign of zero
 *   rows   NaN below 0 (log) and below -1 (log1p), and for NaN
 *   error  log <= 1.1 ulp, log1p <= 1.5 ulp, as measured against MPFR by tests/unit/math_log.c
 *   cost   no allocation
 *   source see math/vlog.h
 */
#ifndef OC_MATH_LOG_H
#define OC_MATH_LOG_H

#include <stddef.h>

void oc_log_v(size_t n, const double *x, double *out);
void oc_log1p_v(size_t n, const double *x, double *out);

/* One number, for set-up code, which must not call libm. */
double oc_log(double x);
double oc_log1p(double x);

#endif
