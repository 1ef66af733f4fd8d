/* exp - the kernels of exp.h */
#include "math/vexp.h"
#include "math/vmap.h"

void OC_K(oc_exp_k)(size_t n, const double *x, double *out);
void OC_K(oc_expm1_k)(size_t n, const double *x, double *out);

void OC_K(oc_exp_k)(size_t n, const double *x, double *out)
{
    /* One question per four vectors, whether all are in the common range, is a tenth faster than one per vector. */
    size_t i = 0;

    for (; i + 4 * W <= n; i += 4 * W) {
        const vd a = v_ld(x + i), b = v_ld(x + i + W), c = v_ld(x + i + 2 * W), d = v_ld(x + i + 3 * W);
        if (__builtin_expect(i_anyneg(vexp_far(a) | vexp_far(b) | vexp_far(c) | vexp_far(d)), 0)) {
            v_map(4 * W, x + i, out + i, 0.0, v_exp);
            continue;
        }
        v_st(out + i, v_exp_mid(a));
        v_st(out + i + W, v_exp_mid(b));
        v_st(out + i + 2 * W, v_exp_mid(c));
        v_st(out + i + 3 * W, v_exp_mid(d));
    }
    v_map(n - i, x + i, out + i, 0.0, v_exp);
}

void OC_K(oc_expm1_k)(size_t n, const double *x, double *out)
{
    v_map(n, x, out, 0.0, v_expm1);
}
