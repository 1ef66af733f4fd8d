/*
 * black.k - the block kernel of black.h.
 *
 * Passes over 128 rows in the first-level cache, because the chain of one row is longer than the scheduler's window
 * (group.h): moneyness | three exponentials | two Mills ratios | price and first Greeks | the other Greeks if wanted.
 */
#include "pricing/black_block.h"

#if defined(OC_ISA_avx512)
#define GROUP_VECTORS 2     /* measured: two vectors of eight, or four of four, keep these passes out of the stack */
#endif
#include "pricing/group.h"
#include "pricing/tail.h"

#define INV_SQRT_2PI 0x1.9884533d43651p-2       /* 0.3989422804014327 */
#define FAR 1e8     /* beyond this d every density is 0; keeps the rationals finite */

/* 1 if all values of the group are equal, as times and rates are in a chain. */
V_FN int uniform(vg a, double first)
{
    vm same = v_eq(a.v[0], v_set(first));

    EACH same = m_and(same, v_eq(a.v[u], v_set(first)));
    return m_all(same);
}

/* sqrt(T); one for all rows of a chain. */
V_FN vg roots(const struct black_block *b, size_t i)
{
    vg root = g_ld(b->years + i);

    if (uniform(root, b->years[i])) {
        const vd r = v_sqrt(v_set(b->years[i]));
        EACH root.v[u] = r;
    } else {
        EACH root.v[u] = v_sqrt(root.v[u]);
    }
    return root;
}

/* All of W rows are in the kernel's domain; a NaN in any input has reached h or s or is in the side. */
V_FN vm in_domain(const struct black_block *b, size_t i, vd s, vd h)
{
    const vd A = v_ld(b->under + i), K = v_ld(b->strike + i), T = v_ld(b->years + i);
    const vd rate = v_max(v_abs(v_ld(b->rate + i)), v_abs(v_ld(b->yield + i)));
    const vm money = m_and(v_ge(v_min(A, K), v_set(1e-100)), v_le(v_max(A, K), v_set(1e100)));
    const vm size = m_and(v_ge(s, v_set(1e-70)), v_le(s, v_set(1e6)));     /* years <= 0 fails here, or in 0 / 0 */
    const vm near = m_and(v_lt(v_abs(h), v_set(1e70)), v_lt(rate * T, v_set(700.0)));

    return m_and(m_and(money, size), m_and(near, v_eq(v_abs(v_ld(b->side + i)), v_set(1.0))));
}

/* d1, d2, log moneyness, 1/s, sqrt(T); notes rows that the kernel must not answer. */
V_FN void pass_moneyness(struct black_block *b)
{
    vm good = v_eq(v_set(0.0), v_set(0.0));

    for (size_t i = 0; i < b->n; i += GROUP) {
        vg s = roots(b, i), x = g_logratio(g_ld(b->under + i), g_ld(b->strike + i)), h;

        g_st(b->root + i, s);
        EACH s.v[u] = v_ld(b->vol + i + u * W) * s.v[u];
        EACH {
            const vd cost = v_ld(b->rate + i + u * W) - v_ld(b->yield + i + u * W);
            x.v[u] = v_fma(cost, v_ld(b->years + i + u * W), x.v[u]);
        }
        g_st(b->x + i, x);
        EACH h.v[u] = v_set(1.0) / s.v[u];
        g_st(b->inv_s + i, h);
        EACH h.v[u] = x.v[u] * h.v[u];
        EACH v_st(b->d1 + i + u * W, v_fma(s.v[u], v_set(0.5), h.v[u]));
        EACH v_st(b->d2 + i + u * W, v_fma(s.v[u], v_set(-0.5), h.v[u]));
        EACH good = m_and(good, in_domain(b, i + (size_t)(u * W), s.v[u], h.v[u]));
    }
    b->bad = !m_all(good);
}

/* A discount factor that serves a whole chain: of which rate and time, and its value. */
struct factor {
    double rate, years;
    vd value;
};

/* e^{-rate T} of a group; in a chain the last factor, computed once. */
V_FN vg discount(const double *rate, const double *years, struct factor *last)
{
    const vg r = g_ld(rate), T = g_ld(years);
    vg a;

    if (uniform(r, rate[0]) && uniform(T, years[0])) {
        if (rate[0] != last->rate || years[0] != last->years) {
            last->rate = rate[0];
            last->years = years[0];
            last->value = v_exp_one(-(v_set(rate[0]) * v_set(years[0])));
        }
        EACH a.v[u] = last->value;
        return a;
    }
    EACH a.v[u] = -(r.v[u] * T.v[u]);
    return g_exp(a);
}

V_FN void pass_exponentials(struct black_block *b)
{
    struct factor growth = { 0, 0, v_set(1.0) }, disc = growth;     /* e^0 */

    for (size_t i = 0; i < b->n; i += GROUP) {
        const vg d1 = g_ld(b->d1 + i), G = discount(b->yield + i, b->years + i, &growth);
        vg a, n;

        g_st(b->growth + i, G);
        g_st(b->disc + i, discount(b->rate + i, b->years + i, &disc));
        EACH a.v[u] = v_set(-0.5) * (d1.v[u] * d1.v[u]);
        n = g_exp(a);
        EACH v_st(b->density + i + u * W, n.v[u] * v_set(INV_SQRT_2PI) * G.v[u]);
    }
}

V_FN void pass_mills(struct black_block *b)
{
    for (size_t i = 0; i < b->n; i += GROUP) {
        const vg d1 = g_ld(b->d1 + i), d2 = g_ld(b->d2 + i);
        vg z, p, q;

        EACH z.v[u] = v_min(v_abs(d1.v[u]), v_set(FAR));
        p = g_poly(z, tail_m, TAIL_M);
        q = g_poly(z, tail_q, TAIL_Q);
        EACH v_st(b->m1 + i + u * W, p.v[u] / q.v[u]);
        EACH z.v[u] = v_min(v_abs(d2.v[u]), v_set(FAR));
        p = g_poly(z, tail_m, TAIL_M);
        q = g_poly(z, tail_q, TAIL_Q);
        EACH v_st(b->m2 + i + u * W, p.v[u] / q.v[u]);
    }
}

/* Price, delta, gamma, vega, theta, rho of W rows. */
V_FN void combine(struct black_block *b, size_t i, int forward_form)
{
    const vd zero = v_set(0.0);
    const vd w = v_ld(b->side + i), A = v_ld(b->under + i), d1 = v_ld(b->d1 + i), d2 = v_ld(b->d2 + i);
    const vd G = v_ld(b->growth + i), D = v_ld(b->disc + i), n1 = v_ld(b->density + i);
    const vd m1 = v_ld(b->m1 + i), m2 = v_ld(b->m2 + i), x = v_ld(b->x + i);
    const vd r = v_ld(b->rate + i), y = v_ld(b->yield + i), T = v_ld(b->years + i), inv = v_ld(b->inv_s + i);
    const vd E = A * n1, KD = v_ld(b->strike + i) * D, AG = A * G;

    /* G N(w d1), K D N(w d2): a tail below, the rest of the leg above */
    const vd t1 = n1 * m1, t2 = E * m2;
    const vd c1 = v_sel(v_ge(w * d1, zero), G - t1, t1), c2 = v_sel(v_ge(w * d2, zero), KD - t2, t2);

    const vd apart = v_abs(m1 - m2), both = m1 + m2, leg = v_sel(v_gt(x, zero), KD, AG);
    const vd otm = v_sel(v_gt(d1 * d2, zero), E * apart, v_fnma(E, both, leg));
    const vd price = v_sel(v_gt(w * x, zero), v_fma(w, AG - KD, otm), otm);
    const vd delta = w * c1 + zero, vol = v_ld(b->vol + i);     /* + 0: what vanishes is 0, for a put too */
    const vd gamma = n1 * inv / A, vega = E * v_ld(b->root + i);
    const vd theta = v_fma(r, price, -v_fma((r - y) * A, delta, v_set(0.5) * (E * inv) * (vol * vol))) + zero;
    const vd rho = w * T * c2 + zero;

    v_st(b->value[OC_PRICE] + i, price);
    v_st(b->value[OC_VEGA] + i, vega);
    v_st(b->value[OC_THETA] + i, theta);
    if (!forward_form) {
        v_st(b->value[OC_DELTA] + i, delta);
        v_st(b->value[OC_GAMMA] + i, gamma);
        v_st(b->value[OC_RHO] + i, rho);
    } else {
        const vd g = v_ld(b->scale + i);
        v_st(b->value[OC_DELTA] + i, g * delta);
        v_st(b->value[OC_GAMMA] + i, g * (g * gamma));
        v_st(b->value[OC_RHO] + i, v_sel(v_gt(v_ld(b->spot_form + i), zero), rho, zero - T * price));
    }
}

V_FN void pass_combine(struct black_block *b)
{
    if (b->scale)
        for (size_t i = 0; i < b->n; i += W)
            combine(b, i, 1);
    else
        for (size_t i = 0; i < b->n; i += W)
            combine(b, i, 0);
}

/* The Greeks after rho, of W rows.  Formulas as in Haug (2007), chapter 2, in the variables of black.h. */
V_FN void more(struct black_block *b, size_t i)
{
    const vd zero = v_set(0.0), one = v_set(1.0), half = v_set(0.5);
    const vd w = v_ld(b->side + i), A = v_ld(b->under + i), K = v_ld(b->strike + i);
    const vd d1 = v_ld(b->d1 + i), d2 = v_ld(b->d2 + i), G = v_ld(b->growth + i), D = v_ld(b->disc + i);
    const vd n1 = v_ld(b->density + i), m1 = v_ld(b->m1 + i), m2 = v_ld(b->m2 + i), inv = v_ld(b->inv_s + i);
    const vd r = v_ld(b->rate + i), y = v_ld(b->yield + i), T = v_ld(b->years + i), vol = v_ld(b->vol + i);
    const vd inv_vol = one / vol, inv_T = one / T, inv_A = one / A, cost = r - y, E = A * n1;
    const vd g = b->scale ? v_ld(b->scale + i) : one, free = b->scale ? v_ld(b->spot_form + i) : one;
    const vd t1 = n1 * m1, c1 = v_sel(v_ge(w * d1, zero), G - t1, t1);
    const vd phi_K = E / K, t2 = phi_K * m2, p2 = v_sel(v_ge(w * d2, zero), D - t2, t2);   /* D N(w d2) */
    const vd vega = E * v_ld(b->root + i), gamma = n1 * inv * inv_A, d12 = d1 * d2;
    const vd vomma = vega * d12 * inv_vol, price = v_ld(b->value[OC_PRICE] + i);
    const vd bend = v_fma(cost, inv, -(half * d2 * inv_T));     /* d d1 / dT */
    const vd both = v_fma(d1, d1, d2 * d2);

    v_st(b->value[OC_PHI] + i, zero - w * A * T * c1 * free);
    v_st(b->value[OC_VANNA] + i, zero - n1 * d2 * inv_vol * g);
    v_st(b->value[OC_VOMMA] + i, vomma + zero);
    v_st(b->value[OC_CHARM] + i, v_fma(w * y, c1, -(n1 * bend)) * g + zero);
    v_st(b->value[OC_SPEED] + i, zero - gamma * inv_A * v_fma(d1, inv, one) * g * g * g);
    v_st(b->value[OC_ZOMMA] + i, gamma * (d12 - one) * inv_vol * g * g + zero);
    v_st(b->value[OC_COLOR] + i, gamma * (y + v_fma(half, inv_T, d1 * bend)) * g * g + zero);
    v_st(b->value[OC_VETA] + i, vega * (y + v_fma(d1, bend, -(half * inv_T))) + zero);
    v_st(b->value[OC_ULTIMA] + i, zero - vega * inv_vol * inv_vol * v_fma(d12, one - d12, both));
    v_st(b->value[OC_DUAL_DELTA] + i, zero - w * p2);
    v_st(b->value[OC_DUAL_GAMMA] + i, phi_K * inv / K);
    v_st(b->value[OC_PROB_ITM] + i, p2 / D);

    /* A delta / V; out of the money E cancels, so that the ratio lives where the price underflows */
    const vm tails = m_and(v_le(w * v_ld(b->x + i), zero), v_gt(d12, zero));
    const vd fine = w * m1 / v_abs(m1 - m2), plain = w * c1 * A / price;
    v_st(b->value[OC_ELASTICITY] + i, v_sel(tails, fine, plain));

    /* by the forward: A e^{(r-y)T} */
    const vd f = D / G;
    v_st(b->value[OC_DELTA_FWD] + i, w * c1 * f + zero);
    v_st(b->value[OC_GAMMA_FWD] + i, gamma * f * f);
}

void OC_K(oc_black_block)(struct black_block *b);
void OC_K(oc_black_block)(struct black_block *b)
{
    pass_moneyness(b);
    pass_exponentials(b);
    pass_mills(b);
    pass_combine(b);
    if (b->more)
        for (size_t i = 0; i < b->n; i += W)
            more(b, i);
}
