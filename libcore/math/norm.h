/*
 * norm - the standard normal law over arrays and for one number, the same bits from each instruction set and both forms.
 *
 *   pdf    density phi(x) = e^(-x^2/2) / sqrt(2 pi)
 *   cdf    distribution P(X < x); sf = P(X > x): full relative accuracy in both tails, subnormal results included
 *   icdf   inverse of the cdf
 *
 *   in     n doubles, any values; out may be x itself (the two outputs of _both may not overlap)
 *   rows   NaN for NaN, and from icdf outside of [0, 1]; icdf gives -infinity at 0, infinity at 1
 *   error  pdf <= 2 ulp, cdf and sf <= 4 ulp, the fast form <= 8 ulp, icdf <= 4 ulp, as measured against MPFR by
 *          tests/unit/math_norm.c; subnormal results count in units of 2^-1074
 *   cost   no allocation
 *   source see math/vnorm.h and math/vicdf.h
 */
#ifndef OC_MATH_NORM_H
#define OC_MATH_NORM_H

#include <stddef.h>

void oc_norm_pdf_v(size_t n, const double *x, double *out);
void oc_norm_cdf_v(size_t n, const double *x, double *out);
void oc_norm_sf_v(size_t n, const double *x, double *out);
void oc_norm_icdf_v(size_t n, const double *p, double *out);

/* Distribution and density at the price of the first: the same bits as oc_norm_cdf_v and oc_norm_pdf_v. */
void oc_norm_both_v(size_t n, const double *x, double *cdf, double *pdf);

/* The same with a plainer evaluation: <= 8 ulp of the cdf, the density as oc_norm_pdf_v. */
void oc_norm_fast_v(size_t n, const double *x, double *cdf, double *pdf);

/* One number. */
double oc_norm_pdf(double x);
double oc_norm_cdf(double x);
double oc_norm_sf(double x);
double oc_norm_icdf(double p);

#endif
