/* atan - the kernel of atan.h */
#include "math/vatan.h"
#include "math/vmap.h"

void OC_K(oc_atan_k)(size_t n, const double *x, double *out);

void OC_K(oc_atan_k)(size_t n, const double *x, double *out)
{
    v_map(n, x, out, 0.0, v_atan);
}
