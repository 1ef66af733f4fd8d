/* bridge - the kernels of bridge.c */
#include "math/vec.h"

void OC_K(oc_bridge_node_k)(size_t n, const double c[3], const double *left, const double *right, const double *z,
                            double *out);
void OC_K(oc_bridge_scale_k)(size_t n, double scale, const double *before, double *w);

/* out = c0 left + c1 right + c2 z */
void OC_K(oc_bridge_node_k)(size_t n, const double c[3], const double *left, const double *right, const double *z,
                            double *out)
{
    const vd a = v_set(c[0]), b = v_set(c[1]), s = v_set(c[2]);
    size_t j = 0;

    for (; j + W <= n; j += W)
        v_st(out + j, v_fma(s, v_ld(z + j), v_fma(b, v_ld(right + j), a * v_ld(left + j))));
    if (j < n) {
        const size_t m = n - j;
        const vd l = v_ldn(left + j, m, 0.0), r = v_ldn(right + j, m, 0.0);
        v_stn(out + j, m, v_fma(s, v_ldn(z + j, m, 0.0), v_fma(b, r, a * l)));
    }
}

/* w = scale (w - before) */
void OC_K(oc_bridge_scale_k)(size_t n, double scale, const double *before, double *w)
{
    const vd s = v_set(scale);
    size_t j = 0;

    for (; j + W <= n; j += W)
        v_st(w + j, s * (v_ld(w + j) - v_ld(before + j)));
    if (j < n)
        v_stn(w + j, n - j, s * (v_ldn(w + j, n - j, 0.0) - v_ldn(before + j, n - j, 0.0)));
}
