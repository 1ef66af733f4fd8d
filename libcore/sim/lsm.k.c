/*
 * lsm - kernels of the regression on exercise dates (lsmfit.c).
 *
 * Columns hold OC_LSMFIT_CHUNK doubles.  Elementwise kernels are cut anywhere; sums over paths run in eight virtual lanes
 * whatever W is, and these are folded in one order.
 */
#include "math/vec.h"
#include "sim/lsmfit.h"
#include "sim/lsmk.h"

enum { LANES = 8, PARTS = LANES / W };

/* Least and greatest of each feature over the paths in the money, and how many these are; order does not matter. */
void OC_K(oc_lsm_range_k)(size_t n, double side, double strike, size_t features, const double *const feature[], double *low,
                          double *high, double *count)
{
    const vd s = v_set(side), k = v_set(strike), zero = v_set(0.0), one = v_set(1.0);
    vd lo[OC_LSMFIT_FEATURES], hi[OC_LSMFIT_FEATURES], c = zero;
    double lane[W];

    for (size_t f = 0; f < features; f++) {
        lo[f] = v_set(low[f]);
        hi[f] = v_set(high[f]);
    }
    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        const vm in = v_gt(s * (v_ldn(feature[0] + i, m, strike) - k), zero);
        c = c + v_sel(in, one, zero);
        for (size_t f = 0; f < features; f++) {
            const vd x = v_ldn(feature[f] + i, m, 0.0);
            lo[f] = v_sel(m_and(in, v_lt(x, lo[f])), x, lo[f]);
            hi[f] = v_sel(m_and(in, v_gt(x, hi[f])), x, hi[f]);
        }
    }
    for (size_t f = 0; f < features; f++) {
        v_st(lane, lo[f]);
        for (int j = 0; j < W; j++)
            low[f] = lane[j] < low[f] ? lane[j] : low[f];
        v_st(lane, hi[f]);
        for (int j = 0; j < W; j++)
            high[f] = lane[j] > high[f] ? lane[j] : high[f];
    }
    v_st(lane, c);
    for (int j = 0; j < W; j++)         /* whole numbers: exact in any order */
        *count += lane[j];
}

/* mask[j] = 1 in the money, 0 else; zeros behind n up to a multiple of LANES. */
void OC_K(oc_lsm_mask_k)(size_t n, double side, double strike, const double *x, double *mask)
{
    const vd s = v_set(side), k = v_set(strike), zero = v_set(0.0), one = v_set(1.0);
    const size_t end = (n + LANES - 1) / LANES * LANES;

    for (size_t i = 0; i < end; i += W) {
        const size_t m = i >= n ? 0 : n - i < W ? n - i : W;
        v_st(mask + i, v_sel(v_gt(s * (v_ldn(x + i, m, strike) - k), zero), one, zero));
    }
}

/* Rows T_0 .. T_(powers-1) of u(x), OC_LSMFIT_CHUNK apart, times the mask where there is one. */
void OC_K(oc_lsm_powers_k)(size_t n, const double *x, double middle, double scale, unsigned powers, const double *mask,
                           double *t)
{
    const vd mid = v_set(middle), by = v_set(scale), one = v_set(1.0);
    const size_t end = (n + LANES - 1) / LANES * LANES;

    for (size_t i = 0; i < end; i += W) {
        const size_t m = i >= n ? 0 : n - i < W ? n - i : W;
        const vd u = v_max(-one, v_min(one, (v_ldn(x + i, m, middle) - mid) * by)), u2 = u + u;
        const vd w = mask ? v_ld(mask + i) : one;
        /* The recurrence is linear, so the mask may enter at its start. */
        vd a = w, b = u * w;
        v_st(t + i, a);
        if (powers > 1)
            v_st(t + OC_LSMFIT_CHUNK + i, b);
        for (unsigned p = 2; p < powers; p++) {
            const vd next = v_fms(u2, b, a);
            v_st(t + p * OC_LSMFIT_CHUNK + i, next);
            a = b;
            b = next;
        }
    }
}

void OC_K(oc_lsm_product_k)(size_t n, const double *a, const double *b, double *out)
{
    const size_t end = (n + LANES - 1) / LANES * LANES;

    for (size_t i = 0; i < end; i += W)
        v_st(out + i, v_ld(a + i) * v_ld(b + i));
}

V_FN double fold(const vd *part)
{
    double x[LANES];

    for (int p = 0; p < PARTS; p++)
        v_st(x + p * W, part[p]);
    return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

/* sum[i (i + 1) / 2 + j] += columns i and j, j <= i < m; four at a time share the loads of column i. */
void OC_K(oc_lsm_gram_k)(size_t n, size_t m, const double *const column[], double *sum)
{
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j <= i; j += 4) {
            const double *const a = column[i], *b[4];
            vd acc[4][PARTS];
            for (size_t q = 0; q < 4; q++) {
                b[q] = column[j + q <= i ? j + q : i];
                for (int p = 0; p < PARTS; p++)
                    acc[q][p] = v_set(0.0);
            }
            for (size_t k = 0; k < n; k += LANES)
                for (int p = 0; p < PARTS; p++) {
                    const vd x = v_ld(a + k + p * W);
                    acc[0][p] = v_fma(x, v_ld(b[0] + k + p * W), acc[0][p]);
                    acc[1][p] = v_fma(x, v_ld(b[1] + k + p * W), acc[1][p]);
                    acc[2][p] = v_fma(x, v_ld(b[2] + k + p * W), acc[2][p]);
                    acc[3][p] = v_fma(x, v_ld(b[3] + k + p * W), acc[3][p]);
                }
            for (size_t q = 0; q < 4 && j + q <= i; q++)
                sum[i * (i + 1) / 2 + j + q] += fold(acc[q]);
        }
}

/* take, got of oc_lsmfit_decide: going on is worth the sum of coef times column. */
void OC_K(oc_lsm_decide_k)(size_t n, double side, double strike, double discount, const double *x, size_t terms,
                           const double *const column[], const double *coef, const double *alive, double *take, double *got)
{
    const vd s = v_set(side), k = v_set(strike), d = v_set(discount), zero = v_set(0.0), one = v_set(1.0);

    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        const vd h = s * (v_ldn(x + i, m, strike) - k), pay = d * h;
        vd on = zero;
        for (size_t t = 0; t < terms; t++)
            on = v_fma(v_set(coef[t]), v_ldn(column[t] + i, m, 0.0), on);
        const vm yes = m_and(m_and(v_gt(h, zero), v_ge(pay, on)), v_gt(v_ldn(alive + i, m, 0.0), zero));
        v_stn(take + i, m, v_sel(yes, one, zero));
        v_stn(got + i, m, v_sel(v_gt(h, zero), pay, zero));
    }
}

/* into[j] = from[j] where take[j] is not 0. */
void OC_K(oc_lsm_keep_k)(size_t n, const double *take, const double *from, double *into)
{
    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        const vm yes = v_gt(v_ldn(take + i, m, 0.0), v_set(0.0));
        v_stn(into + i, m, v_sel(yes, v_ldn(from + i, m, 0.0), v_ldn(into + i, m, 0.0)));
    }
}

/*
 * The underlying value and what describes the state besides, from the prices of several assets (in place of price[], which
 * is scratch): by order of size for the best and the worst, the weighted sum and then the single prices for a basket.
 */
void OC_K(oc_lsm_order_k)(size_t n, size_t assets, double sign, double *const price[])
{
    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        for (size_t a = 0; a + 1 < assets; a++)
            for (size_t b = a + 1; b < assets; b++) {
                const vd x = v_ldn(price[a] + i, m, 0.0), y = v_ldn(price[b] + i, m, 0.0), s = v_set(sign);
                const vm swap = v_lt(s * x, s * y);
                v_stn(price[a] + i, m, v_sel(swap, y, x));
                v_stn(price[b] + i, m, v_sel(swap, x, y));
            }
    }
}

void OC_K(oc_lsm_sum_k)(size_t n, size_t assets, const double *weight, double *const price[], double *out)
{
    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        vd sum = v_set(0.0);
        for (size_t a = 0; a < assets; a++)
            sum = v_fma(v_set(weight[a]), v_ldn(price[a] + i, m, 0.0), sum);
        v_stn(out + i, m, sum);
    }
}
