/* log - see log.h */
#include "math/log.h"

#include "math/isa.h"

OC_K_DECLARE(void, oc_log_k, (size_t n, const double *x, double *out));
OC_K_DECLARE(void, oc_log1p_k, (size_t n, const double *x, double *out));

void oc_log_v(size_t n, const double *x, double *out)
{
    OC_K_PICK(oc_log_k)(n, x, out);
}

void oc_log1p_v(size_t n, const double *x, double *out)
{
    OC_K_PICK(oc_log1p_k)(n, x, out);
}

double oc_log(double x)
{
    double y;

    oc_log_v(1, &x, &y);
    return y;
}

double oc_log1p(double x)
{
    double y;

    oc_log1p_v(1, &x, &y);
    return y;
}
