/* sincos - see sincos.h */
#include "math/sincos.h"

#include "math/isa.h"

OC_K_DECLARE(void, oc_sincos_k, (size_t n, const double *x, double *s, double *c));

void oc_sincos_v(size_t n, const double *x, double *s, double *c)
{
    OC_K_PICK(oc_sincos_k)(n, x, s, c);
}

double oc_sincos(double x, double *c)
{
    double s;

    oc_sincos_v(1, &x, &s, c);
    return s;
}
