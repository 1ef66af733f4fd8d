/*
 * student - how wide Student's law is.
 *
 *   oc_student_wide     t with P(|T| <= t) = confidence
 *   in     confidence in (0, 1); freedom: a whole number of degrees >= 1, or infinite, which is the normal law
 *   rows   NaN outside
 *   error  relative 1e-12 up to confidence 1 - 1e-9, against tables and the exact forms of 1 and 2 degrees
 *   cost   100 steps of bisection, each of up to freedom / 2 products
 *   source Abramowitz and Stegun, 26.7.3 and 26.7.4
 */
#ifndef OC_MATH_STUDENT_H
#define OC_MATH_STUDENT_H

double oc_student_wide(double confidence, double freedom);

#endif
