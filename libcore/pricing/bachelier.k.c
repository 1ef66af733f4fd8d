/*
 * bachelier.k - normal prices and Greeks by the forward.
 *
 * s = v sqrt(T), d = (F - K) / s, D = e^{-rT}; out of the money V = D s phi(d) J(|d|), J(z) = 1 - z Q(z) / phi(z) (tail.h),
 * in the money that plus D |F - K|.  J has its digits wherever it is small, so the tail loses none.
 */
#include "pricing/bachelier_block.h"
#include "pricing/group.h"
#include "pricing/tail.h"

#define INV_SQRT_2PI 0x1.9884533d43651p-2
#define FAR 1e8     /* beyond this d every density is 0; keeps the rationals finite */

/* The Greeks of W rows from discount D, density n = phi(d), distance z = |d|, ratios m = M(z), j = J(z). */
V_FN void greeks(struct bachelier_block *b, size_t i, vd D, vd n, vd m, vd j)
{
    const vd zero = v_set(0.0), one = v_set(1.0), half = v_set(0.5);
    const vd w = v_ld(b->side + i), F = v_ld(b->forward + i), T = v_ld(b->years + i), r = v_ld(b->rate + i);
    const vd vol = v_ld(b->vol + i), root = v_sqrt(T), s = vol * root, inv = one / s, inv_vol = one / vol;
    const vd distance = F - v_ld(b->strike + i), d = distance * inv, half_T = half / T, dd = d * d;
    const vm in_money = v_gt(w * distance, zero);
    const vd phi = D * n, tail = phi * m, cdf = v_sel(in_money, D - tail, tail);       /* D N(w d) */
    const vd otm = phi * (s * j), price = v_sel(in_money, v_fma(D * w, distance, otm), otm);
    const vd delta = w * cdf, gamma = phi * inv, vega = phi * root;
    double (*const out)[BACHELIER_ROWS] = b->value;

    v_st(out[OC_PRICE] + i, price);
    v_st(out[OC_DELTA] + i, delta);
    v_st(out[OC_GAMMA] + i, gamma);
    v_st(out[OC_VEGA] + i, vega);
    v_st(out[OC_THETA] + i, v_fma(r, price, -(vega * vol * half_T)));
    v_st(out[OC_VANNA] + i, -(phi * d * inv_vol));
    v_st(out[OC_VOMMA] + i, vega * dd * inv_vol);
    v_st(out[OC_CHARM] + i, v_fma(r, delta, phi * d * half_T));
    v_st(out[OC_SPEED] + i, -(gamma * d * inv));
    v_st(out[OC_ZOMMA] + i, gamma * (dd - one) * inv_vol);
    v_st(out[OC_COLOR] + i, gamma * v_fma(one - dd, half_T, r));
    v_st(out[OC_VETA] + i, vega * v_fnma(one + dd, half_T, r));
    v_st(out[OC_ULTIMA] + i, vega * dd * inv_vol * (dd - v_set(3.0)) * inv_vol);
    v_st(out[OC_ELASTICITY] + i, v_sel(in_money, F * delta / price, w * F * m / (s * j)));
    v_st(out[OC_DUAL_DELTA] + i, -delta);
    v_st(out[OC_DUAL_GAMMA] + i, gamma);
    v_st(out[OC_PROB_ITM] + i, cdf / D);
}

V_FN vm in_domain(struct bachelier_block *b, size_t i)
{
    const vd w = v_ld(b->side + i), F = v_ld(b->forward + i), K = v_ld(b->strike + i), T = v_ld(b->years + i);
    const vd s = v_ld(b->vol + i) * v_sqrt(T), rt = v_ld(b->rate + i) * T;
    const vm size = m_and(v_lt(v_abs(F), v_set(1e100)), v_lt(v_abs(K), v_set(1e100)));
    const vm dev = m_and(m_and(v_gt(s, v_set(0.0)), v_lt(s, v_set(1e100))), v_lt(v_abs((F - K) / s), v_set(1e70)));

    return m_and(m_and(size, dev), m_and(v_lt(v_abs(rt), v_set(700.0)), v_eq(v_abs(w), v_set(1.0))));
}

void OC_K(oc_bachelier_block)(struct bachelier_block *b);
void OC_K(oc_bachelier_block)(struct bachelier_block *b)
{
    vm good = v_eq(v_set(0.0), v_set(0.0));

    for (size_t i = 0; i < BACHELIER_ROWS; i += GROUP) {
        vg a, D, n, z, m, j, q;
        EACH a.v[u] = -(v_ld(b->rate + i + u * W) * v_ld(b->years + i + u * W));
        D = g_exp(a);
        EACH {
            const vd s = v_ld(b->vol + i + u * W) * v_sqrt(v_ld(b->years + i + u * W));
            z.v[u] = v_abs(v_ld(b->forward + i + u * W) - v_ld(b->strike + i + u * W)) * (v_set(1.0) / s);
            a.v[u] = v_set(-0.5) * (z.v[u] * z.v[u]);
            z.v[u] = v_min(z.v[u], v_set(FAR));
        }
        n = g_exp(a);
        m = g_poly(z, tail_mw, TAIL_MW);
        j = g_poly(z, tail_jw, TAIL_JW);
        q = g_poly(z, tail_w, TAIL_W);
        EACH good = m_and(good, in_domain(b, i + (size_t)(u * W)));
        EACH greeks(b, i + (size_t)(u * W), D.v[u], n.v[u] * v_set(INV_SQRT_2PI), m.v[u] / q.v[u], j.v[u] / q.v[u]);
    }
    b->bad = !m_all(good);
}
