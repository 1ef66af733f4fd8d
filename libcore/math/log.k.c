/* log - the kernels of log.h */
#include "math/vlog.h"

void OC_K(oc_log_k)(size_t n, const double *x, double *out);
void OC_K(oc_log1p_k)(size_t n, const double *x, double *out);

void OC_K(oc_log_k)(size_t n, const double *x, double *out)
{
    size_t i = 0;

    for (; i + W <= n; i += W)
        v_st(out + i, v_log(v_ld(x + i)));
    if (i < n)
        v_stn(out + i, n - i, v_log(v_ldn(x + i, n - i, 1.0)));
}

void OC_K(oc_log1p_k)(size_t n, const double *x, double *out)
{
    size_t i = 0;

    for (; i + W <= n; i += W)
        v_st(out + i, v_log1p(v_ld(x + i)));
    if (i < n)
        v_stn(out + i, n - i, v_log1p(v_ldn(x + i, n - i, 1.0)));
}
