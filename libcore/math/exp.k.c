/* exp - the kernels of exp.h */
#include "math/vexp.h"

void OC_K(oc_exp_k)(size_t n, const double *x, double *out);
void OC_K(oc_expm1_k)(size_t n, const double *x, double *out);

void OC_K(oc_exp_k)(size_t n, const double *x, double *out)
{
    size_t i = 0;

    for (; i + W <= n; i += W)
        v_st(out + i, v_exp(v_ld(x + i)));
    if (i < n)
        v_stn(out + i, n - i, v_exp(v_ldn(x + i, n - i, 0.0)));
}

void OC_K(oc_expm1_k)(size_t n, const double *x, double *out)
{
    size_t i = 0;

    for (; i + W <= n; i += W)
        v_st(out + i, v_expm1(v_ld(x + i)));
    if (i < n)
        v_stn(out + i, n - i, v_expm1(v_ldn(x + i, n - i, 0.0)));
}
