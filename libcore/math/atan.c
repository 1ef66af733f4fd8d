/* atan - see atan.h */
#include "math/atan.h"

#include "math/isa.h"

OC_K_DECLARE(void, oc_atan_k, (size_t n, const double *x, double *out));

void oc_atan_v(size_t n, const double *x, double *out)
{
    OC_K_PICK(oc_atan_k)(n, x, out);
}

double oc_atan(double x)
{
    double y;

    oc_atan_v(1, &x, &y);
    return y;
}

double oc_atan_asin(double x)
{
    /* At +-1 the quotient is infinite and the result pi/2; beyond, the square root of a negative number gives NaN. */
    return oc_atan(x / __builtin_sqrt((1.0 - x) * (1.0 + x)));
}
