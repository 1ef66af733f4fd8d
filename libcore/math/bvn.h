/*
 * bvn - the standard bivariate normal distribution, one point at a time, the same bits from each instruction set.
 *
 *   oc_bvn_cdf(h, k, r)     P(X < h, Y < k) for correlation r
 *   oc_bvn_sf(h, k, r)      P(X > h, Y > k)
 *
 *   domain h, k any, infinities too; -1 <= r <= 1; NaN for other r and for NaN
 *   error  absolute 1e-15, as measured against testdata/bvn.kat by tests/unit/math_bvn.c; small probabilities keep
 *          relative digits only as far as that goes
 *   source Genz, "Numerical computation of rectangular bivariate and trivariate normal and t probabilities" (2004),
 *          section 2.2-2.3: Plackett's integral for |r| < 0.925, Drezner and Wesolowsky's form as Genz corrects it beyond
 */
#ifndef OC_MATH_BVN_H
#define OC_MATH_BVN_H

double oc_bvn_cdf(double h, double k, double r);
double oc_bvn_sf(double h, double k, double r);

#endif
