/* student - see student.h */
#include "math/student.h"

#include "math/norm.h"
#include "math/sincos.h"

#include <math.h>

static const double half_pi = 1.57079632679489661923;

/* P(|T| <= t) by the angle, tan = t / sqrt(freedom): finite sums of powers of its cosine. */
static double within(double angle, unsigned freedom)
{
    double c, sum = 0, term;
    const double s = oc_sincos(angle, &c);

    if (freedom & 1) {
        term = s * c;
        for (unsigned k = 3; k <= freedom; k += 2, term *= c * c * (k - 3) / (k - 2))
            sum += term;
        return (angle + sum) / half_pi;
    }
    term = s;
    for (unsigned k = 2; k <= freedom; k += 2, term *= c * c * (k - 3) / (k - 2))
        sum += term;
    return sum;
}

double oc_student_wide(double confidence, double freedom)
{
    double low = 0, high = half_pi;

    if (!(confidence > 0 && confidence < 1) || !(freedom >= 1))
        return NAN;
    if (!(freedom < 1e6))
        return oc_norm_icdf(0.5 + 0.5 * confidence);        /* student.h says how near */
    for (int i = 0; i < 100; i++) {
        const double middle = 0.5 * (low + high);
        if (within(middle, (unsigned)freedom) < confidence)
            low = middle;
        else
            high = middle;
    }
    double c;
    const double s = oc_sincos(high, &c);
    return sqrt(freedom) * s / c;
}
