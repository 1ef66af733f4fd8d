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

/*
 * What going on is worth to the paths i .. of a column: Clenshaw's sum of T_0 .. of u(x), or the functions that are there.
 */
V_FN vd worth(const struct oc_lsm_look *l, size_t i, size_t m, vd x)
{
    const vd one = v_set(1.0), zero = v_set(0.0);
    vd a = zero, b = zero;

    if (!l->single) {
        for (size_t t = 0; t < l->terms; t++)
            a = v_fma(v_set(l->coef[t]), v_ldn(l->column[t] + i, m, 0.0), a);
        return a;
    }
    const vd u = v_max(-one, v_min(one, (x - v_set(l->middle)) * v_set(l->scale))), u2 = u + u;
    for (size_t t = l->terms; t-- > 1;) {
        const vd next = v_fma(u2, a, v_set(l->coef[t]) - b);
        b = a;
        a = next;
    }
    return l->terms ? v_fma(u, a, v_set(l->coef[0]) - b) : zero;
}

/* The discounted pay-off, and where the rule takes it. */
V_FN vm takes(const struct oc_lsm_look *l, size_t i, size_t m, vd x, vd *pay)
{
    const vd h = v_set(l->side) * (x - v_set(l->strike)), zero = v_set(0.0);
    const vm in = v_gt(h, zero);

    *pay = v_sel(in, v_set(l->discount) * h, zero);
    return m_any(in) ? m_and(in, v_ge(*pay, worth(l, i, m, x))) : in;
}

/* take, got of oc_lsmfit_decide. */
void OC_K(oc_lsm_decide_k)(size_t n, const struct oc_lsm_look *l, const double *x, const double *alive, double *take,
                           double *got)
{
    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        vd pay;
        const vm yes = m_and(takes(l, i, m, v_ldn(x + i, m, l->strike), &pay), v_gt(v_ldn(alive + i, m, 0.0), v_set(0.0)));
        v_stn(take + i, m, v_sel(yes, v_set(1.0), v_set(0.0)));
        v_stn(got + i, m, pay);
    }
}

/* A date of the fit: what is exercised now replaces what came later. */
void OC_K(oc_lsm_update_k)(size_t n, const struct oc_lsm_look *l, const double *x, double *cash)
{
    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        vd pay;
        const vm yes = takes(l, i, m, v_ldn(x + i, m, l->strike), &pay);
        v_stn(cash + i, m, v_sel(yes, pay, v_ldn(cash + i, m, 0.0)));
    }
}

/* A date of fresh paths: see struct oc_lsmfit_paths.  The number that still walk. */
double OC_K(oc_lsm_stop_k)(size_t n, const struct oc_lsm_look *l, double date, const double *x, double *alive, double *cash,
                           double *spot, double *when)
{
    const vd zero = v_set(0.0), one = v_set(1.0);
    double lane[W], left = 0;
    vd sum = zero;

    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        const vd a = v_ldn(alive + i, m, 0.0), s = v_ldn(x + i, m, l->strike);
        const vm walks = v_gt(a, zero);
        vd pay;
        sum = sum + a;
        if (!m_any(walks))
            continue;
        const vm yes = m_and(takes(l, i, m, s, &pay), walks);
        if (!m_any(yes))
            continue;
        v_stn(alive + i, m, v_sel(yes, zero, a));
        v_stn(cash + i, m, v_sel(yes, pay, v_ldn(cash + i, m, 0.0)));
        v_stn(spot + i, m, v_sel(yes, s, v_ldn(spot + i, m, 0.0)));
        v_stn(when + i, m, v_sel(yes, v_set(date), v_ldn(when + i, m, 0.0)));
        sum = sum - v_sel(yes, one, zero);
    }
    v_st(lane, sum);
    for (int j = 0; j < W; j++)         /* whole numbers */
        left += lane[j];
    return left;
}

/*
 * One feature: sum[k] += sum of T_k(u) for k <= 2 P - 2, sum[2 P - 1 + k] += sum of T_k(u) y for k < P, over the paths in
 * the money.  They are all that the normal equations need, as 2 T_i T_j = T_(i+j) + T_|i-j|.
 */
V_FN void moments(size_t n, const struct oc_lsm_look *l, const double *x, const double *y, const size_t P, double *sum)
{
    const vd one = v_set(1.0), zero = v_set(0.0), mid = v_set(l->middle), by = v_set(l->scale);
    vd t[2 * OC_LSMFIT_POWERS - 1][PARTS], c[OC_LSMFIT_POWERS][PARTS];

    for (size_t k = 0; k < 2 * P - 1; k++)
        for (int p = 0; p < PARTS; p++)
            t[k][p] = zero;
    for (size_t k = 0; k < P; k++)
        for (int p = 0; p < PARTS; p++)
            c[k][p] = zero;
    for (size_t i = 0; i < n; i += LANES)
#pragma GCC unroll 4
        for (int p = 0; p < PARTS; p++) {
            const size_t at = i + (size_t)p * W, m = at >= n ? 0 : n - at < W ? n - at : W;
            const vd s = v_ldn(x + at, m, l->strike), v = v_ldn(y + at, m, 0.0);
            const vm in = v_gt(v_set(l->side) * (s - v_set(l->strike)), zero);
            const vd u = v_max(-one, v_min(one, (s - mid) * by)), u2 = u + u;
            vd a = v_sel(in, one, zero), b = v_sel(in, u, zero);
            t[0][p] = t[0][p] + a;
            c[0][p] = v_fma(a, v, c[0][p]);
#pragma GCC unroll 32
            for (size_t k = 1; k < 2 * P - 1; k++) {
                t[k][p] = t[k][p] + b;
                if (k < P)
                    c[k][p] = v_fma(b, v, c[k][p]);
                const vd next = v_fms(u2, b, a);
                a = b;
                b = next;
            }
        }
    for (size_t k = 0; k < 2 * P - 1; k++)
        sum[k] += fold(t[k]);
    for (size_t k = 0; k < P; k++)
        sum[2 * P - 1 + k] += fold(c[k]);
}

void OC_K(oc_lsm_moments_k)(size_t n, const struct oc_lsm_look *l, const double *x, const double *y, double *sum)
{
    switch (l->terms) {                 /* a constant each, so that the sums stay in registers */
    case 1: moments(n, l, x, y, 1, sum); break;
    case 2: moments(n, l, x, y, 2, sum); break;
    case 3: moments(n, l, x, y, 3, sum); break;
    case 4: moments(n, l, x, y, 4, sum); break;
    case 5: moments(n, l, x, y, 5, sum); break;
    case 6: moments(n, l, x, y, 6, sum); break;
    default: moments(n, l, x, y, l->terms, sum); break;
    }
}

void OC_K(oc_lsm_scale_k)(size_t n, double by, double *x)
{
    for (size_t i = 0; i < n; i += W) {
        const size_t m = n - i < W ? n - i : W;
        v_stn(x + i, m, v_set(by) * v_ldn(x + i, m, 0.0));
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
