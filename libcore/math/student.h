/*
 * student - how wide Student's law is.
 *
 *   oc_student_wide     t with P(|T| <= t) = confidence
 *   in     confidence in (0, 1); freedom: a whole number of degrees >= 1, or infinite, which is the normal law
 *   rows   NaN outside
 *   error  relative 1e-16 / (1 - confidence) and 4e-15, measured against the exact forms of 1 and 2 degrees: what the
 *          rounding of a probability near 1 leaves of its rest.  From 1e6 degrees on it is the normal law's z, short by
 *          (z^2 + 1) / (4 freedom) of it: 1.2e-6 at 0.95
 *   cost   100 steps of bisection, each of up to freedom / 2 products
 *   source Abramowitz and Stegun, 26.7.3 and 26.7.4
 */
#ifndef OC_MATH_STUDENT_H
#define OC_MATH_STUDENT_H

double oc_student_wide(double confidence, double freedom);

#endif
