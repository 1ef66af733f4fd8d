/* sincos - the kernel of sincos.h */
#include "math/vmap.h"
#include "math/vsincos.h"

void OC_K(oc_sincos_k)(size_t n, const double *x, double *s, double *c);

void OC_K(oc_sincos_k)(size_t n, const double *x, double *s, double *c)
{
    v_map2(n, x, s, c, 0.0, v_sincos);
}
