/*
 * rough_bergomi.k - y[j] += sum over i < steps of weight[steps - i] history[i][j], i ascending, with fma.
 *
 * Four vectors side by side, so that the chain of one hides behind the others; a lane's sum is its own.
 */
#include "math/vec.h"

void OC_K(oc_rough_bergomi_k)(size_t n, size_t steps, const double *weight, double *const history[], double *y);

void OC_K(oc_rough_bergomi_k)(size_t n, size_t steps, const double *weight, double *const history[], double *y)
{
    size_t j = 0;

    for (; j + 4 * W <= n; j += 4 * W) {
        vd a = v_ld(y + j), b = v_ld(y + j + W), c = v_ld(y + j + 2 * W), d = v_ld(y + j + 3 * W);
        for (size_t i = 0; i < steps; i++) {
            const vd g = v_set(weight[steps - i]);
            const double *const h = history[i] + j;
            a = v_fma(g, v_ld(h), a);
            b = v_fma(g, v_ld(h + W), b);
            c = v_fma(g, v_ld(h + 2 * W), c);
            d = v_fma(g, v_ld(h + 3 * W), d);
        }
        v_st(y + j, a);
        v_st(y + j + W, b);
        v_st(y + j + 2 * W, c);
        v_st(y + j + 3 * W, d);
    }
    for (; j < n; j += W) {
        const size_t left = n - j < W ? n - j : W;
        vd a = v_ldn(y + j, left, 0.0);
        for (size_t i = 0; i < steps; i++)
            a = v_fma(v_set(weight[steps - i]), v_ldn(history[i] + j, left, 0.0), a);
        v_stn(y + j, left, a);
    }
}
