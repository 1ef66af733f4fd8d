/* Student's law against its closed forms at 1 and 2 degrees and printed quantiles at others. */
#include "math/student.h"
#include "math/norm.h"
#include "test.h"

#include <math.h>

int main(void)
{
    /* 0.975 quantiles; 20 digits of 1 and 2 from tan(pi 0.475) and 0.95 sqrt(2 / (1 - 0.95^2)) */
    static const struct { double freedom, wide, digits; } at[] = {
        { 1, 12.706204736174694, 1e-12 }, { 2, 4.302652729749464, 1e-12 }, { 3, 3.182446305283708, 1e-12 },
        { 7, 2.364624251592785, 1e-12 }, { 15, 2.131449545559323, 1e-6 }, { 31, 2.03951, 3e-6 }, { 63, 1.99834, 3e-6 },
    };

    test_begin("student");
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        const double t = oc_student_wide(0.95, at[i].freedom);
        CHECK(fabs(t / at[i].wide - 1) <= at[i].digits, "%g degrees: %.16g, not %.16g", at[i].freedom, t, at[i].wide);
    }
    /* far out, where the header says what is left: t = cot(pi p / 2) and (1 - p) sqrt(2 / (p (2 - p))) for p outside */
    for (double p = 0.5; p > 1e-10; p /= 8) {
        const double c = 1 - p, rest = 1 - c, slack = 1e-16 / rest + 4e-15;     /* rest: what c says of p */
        const double one = oc_student_wide(c, 1) * tan(1.57079632679489661923 * rest) - 1;
        const double two = oc_student_wide(c, 2) / (c * sqrt(2 / (rest * (1 + c)))) - 1;
        CHECK(fabs(one) <= slack && fabs(two) <= slack, "1 - %g: relative %.2g and %.2g, beyond %.2g", p, one, two, slack);
    }
    CHECK(oc_student_wide(0.95, INFINITY) == oc_norm_icdf(0.975), "the normal law is the limit");
    CHECK(isnan(oc_student_wide(1, 3)) && isnan(oc_student_wide(0.5, 0)), "outside there is nothing");
    test_end();
    return test_done();
}
