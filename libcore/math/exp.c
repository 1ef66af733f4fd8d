/* exp - see exp.h */
#include "math/exp.h"

#include "math/isa.h"

OC_K_DECLARE(void, oc_exp_k, (size_t n, const double *x, double *out));
OC_K_DECLARE(void, oc_expm1_k, (size_t n, const double *x, double *out));

void oc_exp_v(size_t n, const double *x, double *out)
{
    OC_K_PICK(oc_exp_k)(n, x, out);
}

void oc_expm1_v(size_t n, const double *x, double *out)
{
    OC_K_PICK(oc_expm1_k)(n, x, out);
}

double oc_exp(double x)
{
    double y;

    oc_exp_v(1, &x, &y);
    return y;
}

double oc_expm1(double x)
{
    double y;

    oc_expm1_v(1, &x, &y);
    return y;
}
