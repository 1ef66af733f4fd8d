/* log - the kernels of log.h */
#include "math/vlog.h"
#include "math/vmap.h"

void OC_K(oc_log_k)(size_t n, const double *x, double *out);
void OC_K(oc_log1p_k)(size_t n, const double *x, double *out);

void OC_K(oc_log_k)(size_t n, const double *x, double *out)
{
    v_map(n, x, out, 1.0, v_log);
}

void OC_K(oc_log1p_k)(size_t n, const double *x, double *out)
{
    v_map(n, x, out, 0.0, v_log1p);
}
