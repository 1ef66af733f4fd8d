/* chainrows - kernels of chainrows.c: log-moneyness; volatilities at a level, and whether each is one. */
#include "math/vec.h"
#include "math/vlog.h"

void OC_K(oc_chainrows_money_k)(size_t n, const double *strike, double base, double *k);
int OC_K(oc_chainrows_level_k)(size_t n, double level, double *vol);

/* k = log(strike / base) */
void OC_K(oc_chainrows_money_k)(size_t n, const double *strike, double base, double *k)
{
    size_t i = 0;

    for (; i + W <= n; i += W)
        v_st(k + i, v_log(v_ld(strike + i) / v_set(base)));
    if (i < n)
        v_stn(k + i, n - i, v_log(v_ldn(strike + i, n - i, base) / v_set(base)));
}

/* vol times level; 0 if all are above 0 and finite */
int OC_K(oc_chainrows_level_k)(size_t n, double level, double *vol)
{
    const vd zero = v_set(0.0), inf = v_set(__builtin_inf());
    int good = 1;
    size_t i = 0;

    for (; i + W <= n; i += W) {
        const vd v = v_ld(vol + i) * v_set(level);
        v_st(vol + i, v);
        good &= m_all(m_and(v_gt(v, zero), v_lt(v, inf)));
    }
    if (i < n) {
        const vd v = v_ldn(vol + i, n - i, 1.0) * v_set(level);
        v_stn(vol + i, n - i, v);
        good &= m_all(m_and(v_gt(v, zero), v_lt(v, inf)));
    }
    return !good;
}
