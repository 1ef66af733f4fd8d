/*
 * svi - the kernels of svi.c and essvi.c: the square root of a hyperbola over time.
 *
 * The order of operations is that of the formulas in svi.h and essvi.h; the same bits from each instruction set.
 */
#include "math/vec.h"
#include "model/essvi.h"
#include "model/svi.h"

void OC_K(oc_svi_k)(const struct oc_svi *s, double years, size_t n, const double *k, double *vol);
void OC_K(oc_essvi_k)(const struct oc_essvi *s, double years, size_t n, const double *k, double *vol);

V_FN vd svi_vol(const struct oc_svi *s, double years, vd k)
{
    const vd x = k - v_set(s->m), r = v_sqrt(x * x + v_set(s->sigma * s->sigma));

    return v_sqrt((v_set(s->a) + v_set(s->b) * (v_set(s->rho) * x + r)) / v_set(years));
}

V_FN vd essvi_vol(const struct oc_essvi *s, double years, vd k)
{
    const vd x = v_set(s->psi / s->theta) * k, rho = v_set(s->rho), y = x + rho;
    const vd r = v_sqrt(y * y + v_set(1 - s->rho * s->rho));

    return v_sqrt(v_set(s->theta / 2) * (v_set(1.0) + rho * x + r) / v_set(years));
}

void OC_K(oc_svi_k)(const struct oc_svi *s, double years, size_t n, const double *k, double *vol)
{
    size_t i = 0;

    for (; i + W <= n; i += W)
        v_st(vol + i, svi_vol(s, years, v_ld(k + i)));
    if (i < n)
        v_stn(vol + i, n - i, svi_vol(s, years, v_ldn(k + i, n - i, 0.0)));
}

void OC_K(oc_essvi_k)(const struct oc_essvi *s, double years, size_t n, const double *k, double *vol)
{
    size_t i = 0;

    for (; i + W <= n; i += W)
        v_st(vol + i, essvi_vol(s, years, v_ld(k + i)));
    if (i < n)
        v_stn(vol + i, n - i, essvi_vol(s, years, v_ldn(k + i, n - i, 0.0)));
}
