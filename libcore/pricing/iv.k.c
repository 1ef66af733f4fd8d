/*
 * iv.k - Black's formula inverted, block by block.
 *
 * A price becomes the time value of the option out of the money, tv, and its complement gap = min(F, K) - tv, each
 * rounded once from exact inputs.  With x = |log F/K|, s the total volatility, h = x/s, t = s/2 and
 * E = min(F, K) phi(h - t),
 *      tv = E W,  W = M(h - t) - M(h + t)          (low:  tv < gap)
 *     gap = E W,  W = M(t - h) + M(t + h)          (high: the rest, where tv is too flat)
 * and log of either is solved in log s.  Neither needs an exponential, so nothing underflows, and all derivatives
 * are rational in h, t and W.
 *
 * Start: the Bachelier volatility by a rational, 6e-5, times a rational in its square and x^2 that turns it into
 * Black's, 1.6e-4 for s <= 4.8, x <= 8; both fitted in 40 digits.  Then Householder's step of order five: the error
 * of 2e-4 becomes 1e-18 or so, so that one step is enough but for extreme rows, which take more (others wait).
 * W of small t is a Taylor series in t with positive terms (derivatives of M at h), since the difference would cancel.
 */
#include "pricing/group.h"
#include "pricing/iv_block.h"
#include "pricing/tail.h"

#define SQRT_2PI 0x1.40d931ff62706p+1       /* 2.5066282746310002 */
#define SMALL_T 0.2     /* Taylor below; above, the difference of two M loses 3 bits at most */
#define SMALL_T_FAST 0.005
#define CLOSE 3e-4      /* a step in log s of that size leaves an error below 20 CLOSE^5 = 5e-17 */
#define CLOSE_FAST 1e-3
#define NEAR_BOUND 0.02 /* gap / min(F, K) below which the starting rational does not hold */
#define FAR_STRIKE 9.0   /* x above which it does not */
#define STEPS 12        /* more than any row needs, see tests/unit/pricing_iv.c */

/*
 * Bachelier: distance d of the strike in deviations, from tau = sqrt(log(1 + |F - K| / (2 tv))):
 * d = tau^2 P(tau) / Q(tau), relative error 6e-5 for all d in (0, 37); interpolated at Chebyshev nodes.
 */
static const double normal_p[] = {
    0x1.988447e04cf8bp-1, 0x1.43e3215b24be0p-5, 0x1.35d2fb1ebaa65p-1, -0x1.604521abd867ap-9, 0x1.2cc6c47c6652ep-8,
    0x1.eee3710d036c3p-5
};
static const double normal_q[] = {
    0x1.0000000000000p+0, 0x1.9569c02dbae40p-5, 0x1.427ff19ca80c5p+0, 0x1.7bd87243ca322p-7, 0x1.750efa769910fp-3,
    0x1.bf1f161f09441p-8, 0x1.5da63ee306c81p-5
};

/*
 * Black from Bachelier: s = v (1 + y N / D), v = x / d, y = v^2, X = x^2; weighted least squares over s <= 4.8, x <= 8,
 * maximum error 1.6e-4.  N and D are sums over powers of X of polynomials in y.
 */
static const double to_n0[] = { 0.04151592021584723, -0.009129816990558896, 0.0003804355823068967, 8.26305391627334e-06 };
static const double to_n1[] = { 0.0004491051545858722, -5.265133785026605e-05, 4.276163186779039e-07 };
static const double to_n2[] = { 1.0890774607843363e-06, -8.414572271430127e-08 };
static const double to_d0[] = { 1.0, -0.3100331079205312, 0.027989555769877793, -0.0006107911363798198 };
static const double to_d1[] = { 0.01877878523254206, -0.003949186042421531, 0.00018752764541161472 };
static const double to_d2[] = { 7.054762161080389e-05, -6.424635370276547e-06 };

static const double inv_factorial[] = {     /* 1/1!, 1/3!, ... 1/13! */
    1.0, 0x1.5555555555555p-3, 0x1.1111111111111p-7, 0x1.a01a01a01a01ap-13, 0x1.71de3a556c734p-19, 0x1.ae64567f544e4p-26,
    0x1.6124613a86d09p-33
};

/* Time value, complement, which of them to solve for; notes rows that need the judgement of iv.c. */
V_FN void normalise(struct iv_block *b, size_t i, vg *tv, vg *distance, int normal)
{
    const vg w = g_ld(b->side + i), F = g_ld(b->forward + i), K = g_ld(b->strike + i), price = g_ld(b->price + i);
    const vg T = g_ld(b->years + i);
    vg x;
    vm good = v_eq(v_set(0.0), v_set(0.0));

    if (!normal)
        x = g_logratio(F, K);
    EACH {
        /* d + lost = F - K exactly */
        const vd d = F.v[u] - K.v[u], back = F.v[u] - d, lost = (F.v[u] - (d + back)) + (back - K.v[u]);
        const vm in_money = v_gt(w.v[u] * d, v_set(0.0));
        const vd low = v_min(F.v[u], K.v[u]), high = v_max(F.v[u], K.v[u]);
        const vd value = v_sel(in_money, v_fnma(w.v[u], lost, v_fnma(w.v[u], d, price.v[u])), price.v[u]);
        vd gap = v_sel(in_money, high, low) - price.v[u];
        if (normal)
            gap = v_set(1e100);
        const vm below = v_lt(value, gap);
        tv->v[u] = value;
        distance->v[u] = v_abs(d);
        v_st(b->x + i + u * W, normal ? v_abs(d) : v_abs(x.v[u]));
        v_st(b->target + i + u * W, v_sel(below, value, gap) * v_set(SQRT_2PI));
        v_st(b->sign + i + u * W, v_sel(below, v_set(1.0), v_set(-1.0)));
        v_st(b->low + i + u * W, normal ? v_set(1.0) : low);
        /* the smaller of value and gap tells on both; |d| also on missing and infinite F, K */
        const vm money = m_and(v_ge(low, v_set(normal ? -1e100 : 1e-100)), v_le(v_abs(d), v_set(1e100)));
        const vm known = m_and(v_ge(v_min(gap, value), v_set(1e-300)), v_eq(v_abs(w.v[u]), v_set(1.0)));
        const vm time = m_and(v_gt(T.v[u], v_set(0.0)), v_lt(T.v[u], v_set(1e100)));
        good = m_and(m_and(good, money), m_and(known, time));
    }
    b->bad |= !m_all(good);
}

/*
 * Start where the rational does not hold.  With g = target / min(F, K), w = h + t and z = h - t (low) or t - h (high),
 * w^2 - z^2 = 2x and g = Q(z) (1 -+ M(w) / M(z)).  z by Hastings' inverse (Abramowitz, Stegun 26.2.22, 3e-3) with
 * M(z) ~ 2 / (z + sqrt(z^2 + 4)), in two rounds.
 */
V_FN vd start_far(vd g, vd x, vd sign)
{
    const vd one = v_set(1.0), four = v_set(4.0), two = v_set(2.0);
    vd share = v_set(0.5), z = one, w = one;

    for (int k = 0; k < 2; k++) {
        vg q, l;
        EACH q.v[u] = v_max(v_min(g * share, v_set(0.5)), v_set(1e-300));
        EACH l.v[u] = one;
        l = g_logratio(l, q);
        const vd tau = v_sqrt(two * l.v[0]);
        const vd p = v_fma(tau, v_set(0.27061), v_set(2.30753));
        z = v_max(tau - p / v_fma(tau, v_fma(tau, v_set(0.04481), v_set(0.99229)), one), v_set(0.0));
        w = v_sqrt(v_fma(z, z, two * x));
        const vd over_z = z + v_sqrt(v_fma(z, z, four)), over_w = w + v_sqrt(v_fma(w, w, four));
        share = over_w / v_fnma(sign, over_z, over_w);
    }
    return v_fnma(sign, z, w);      /* 2t */
}

/* Rows where the rational does not hold: near the upper bound, or strikes far beyond all trade. */
V_FN vm is_far(vd target, vd low, vd x, vd sign)
{
    const vm near = m_and(v_lt(sign, v_set(0.0)), v_lt(target, v_set(NEAR_BOUND * SQRT_2PI) * low));

    return m_or(near, v_gt(x, v_set(FAR_STRIKE)));
}

V_FN void start(struct iv_block *b, size_t i, vg tv, vg distance, int normal)
{
    const vg x = g_ld(b->x + i), low = g_ld(b->low + i), target = g_ld(b->target + i), sign = g_ld(b->sign + i);
    vg k, tau, l, p, q, v, s;
    int far = 0;

    EACH {                              /* log(1 + |F - K| / (2 tv)) */
        const vd twice = tv.v[u] + tv.v[u], sum = twice + distance.v[u], m = g_log_split(sum, twice, &k.v[u]);
        s.v[u] = (sum - m) / (sum + m);
    }
    l = g_log_join(k, s, group_log_coarse, 2);
    EACH tau.v[u] = v_sqrt(l.v[u]);
    p = g_poly(tau, normal_p, 6);
    q = g_poly(tau, normal_q, 7);
    EACH {                              /* at the money x / l has the limit 2 tv / min(F, K) */
        const vm at = v_lt(distance.v[u], v_set(1e-6) * tv.v[u]);
        v.v[u] = v_sel(at, tv.v[u] + tv.v[u], x.v[u]) * q.v[u] / (v_sel(at, low.v[u], l.v[u]) * p.v[u]);
    }
    if (normal) {
        g_st(b->total + i, v);
        return;
    }
    EACH {
        const vd y = v.v[u] * v.v[u], X = x.v[u] * x.v[u];
        const vd n = v_fma(v_fma(v_poly(y, to_n2, 2), X, v_poly(y, to_n1, 3)), X, v_poly(y, to_n0, 4));
        const vd d = v_fma(v_fma(v_poly(y, to_d2, 2), X, v_poly(y, to_d1, 3)), X, v_poly(y, to_d0, 4));
        s.v[u] = v.v[u] * (v_set(1.0) + y * n / v_max(d, v_set(1e-3)));
    }
    EACH far |= m_any(is_far(target.v[u], low.v[u], x.v[u], sign.v[u]));
    if (__builtin_expect(far, 0))
        EACH {
            const vd other = start_far(target.v[u] * v_set(1 / SQRT_2PI) / low.v[u], x.v[u], sign.v[u]);
            s.v[u] = v_sel(is_far(target.v[u], low.v[u], x.v[u], sign.v[u]), other, s.v[u]);
        }
    g_st(b->total + i, s);
}

/* W by the two ratios, over one denominator. */
V_FN vg gap_pair(vg h, vg t, vg sign, int fast)
{
    const double *const m = fast ? tail_mf : tail_mw, *const d = fast ? tail_f : tail_w;
    const int nm = fast ? TAIL_MF : TAIL_MW, nd = fast ? TAIL_F : TAIL_W;
    vg z, p1, q1, p2, q2;

    EACH z.v[u] = v_max(sign.v[u] * (h.v[u] - t.v[u]), v_set(-0.75));
    p1 = g_poly(z, m, nm);
    q1 = g_poly(z, d, nd);
    EACH z.v[u] = h.v[u] + t.v[u];
    p2 = g_poly(z, m, nm);
    q2 = g_poly(z, d, nd);
    EACH p2.v[u] = sign.v[u] * p2.v[u];
    EACH z.v[u] = v_fms(p1.v[u], q2.v[u], p2.v[u] * q1.v[u]) / (q1.v[u] * q2.v[u]);
    return z;
}

/* W of small t by its Taylor series: 2 sum of a[2k+1] t^(2k+1) / (2k+1)!, a[n] = |M^(n)(h)|. */
V_FN vg gap_series(vg h, vg t, int fast)
{
    const vg p = fast ? g_poly(h, tail_mf, TAIL_MF) : g_poly(h, tail_mw, TAIL_MW);
    const vg n = fast ? g_poly(h, tail_jf, TAIL_JF) : g_poly(h, tail_jw, TAIL_JW);
    const vg q = fast ? g_poly(h, tail_f, TAIL_F) : g_poly(h, tail_w, TAIL_W);
    const int terms = fast ? 4 : 7;
    vg a0, a1, t2, power, sum;

    EACH power.v[u] = v_set(1.0) / q.v[u];
    EACH a0.v[u] = p.v[u] * power.v[u];
    EACH a1.v[u] = n.v[u] * power.v[u];
    EACH t2.v[u] = t.v[u] * t.v[u];
    EACH sum.v[u] = a1.v[u];
    EACH power.v[u] = v_set(1.0);
#pragma GCC unroll 8
    for (int k = 1; k < terms; k++) {       /* M^(n+2) = h M^(n+1) + (n+1) M^(n) */
        EACH a0.v[u] = v_fnma(h.v[u], a1.v[u], v_set(2 * k - 1) * a0.v[u]);
        EACH a1.v[u] = v_fnma(h.v[u], a0.v[u], v_set(2 * k) * a1.v[u]);
        EACH power.v[u] = power.v[u] * t2.v[u];
        EACH sum.v[u] = v_fma(v_set(inv_factorial[k]) * power.v[u], a1.v[u], sum.v[u]);
    }
    EACH sum.v[u] = (t.v[u] + t.v[u]) * sum.v[u];
    return sum;
}

V_FN vm is_small(vd t, vd sign, int fast)
{
    return m_and(v_lt(t, v_set(fast ? SMALL_T_FAST : SMALL_T)), v_gt(sign, v_set(0.0)));
}

/* W of each row by what suits its t; both ways only in a group that has both. */
V_FN vg gap_any(vg h, vg t, vg sign, int fast)
{
    int small = 0, large = 0;
    vg pair = t, series = t;

    EACH {
        const vm m = is_small(t.v[u], sign.v[u], fast);
        small |= m_any(m);
        large |= !m_all(m);
    }
    if (small)
        series = gap_series(h, t, fast);
    if (large)
        pair = gap_pair(h, t, sign, fast);
    EACH pair.v[u] = v_sel(is_small(t.v[u], sign.v[u], fast), series.v[u], pair.v[u]);
    return pair;
}

/* Householder's step of order five for n = residual / slope and the ratios of the derivatives to the slope. */
V_FN vd householder(vd n, vd second, vd third, vd fourth)
{
    const vd one = v_set(1.0);
    const vd top = v_fma(n, v_fma(n * third, v_set(1.0 / 6), second), one);
    const vd c = v_fma(n * fourth, v_set(1.0 / 24), v_fma(second * second, v_set(0.25), third * v_set(1.0 / 3)));
    const vd bottom = v_fma(n, v_fma(n, c, v_set(1.5) * second), one);
    const vd step = n * top / bottom;

    return v_max(v_min(step, v_set(0.7)), v_set(-0.7));
}

/* The three problems and their shapes; constants in every call, so that each kernel keeps its own code only. */
enum shape { FULL, FAST, NORMAL };

/*
 * One step in log s for a group: new s in *s, the step in the result.  NORMAL is Bachelier's price s phi(h) J(h): the
 * same equations with t = 0, W = s J(h) and h = |F - K| / s.
 */
V_FN vg step(const struct iv_block *b, size_t i, vg *s, enum shape shape)
{
    const vg x = g_ld(b->x + i), sign = g_ld(b->sign + i), target = g_ld(b->target + i), low = g_ld(b->low + i);
    vg inv, h, t, wide, flat, k, ratio, p, r, d;

    EACH inv.v[u] = v_set(1.0) / s->v[u];
    EACH h.v[u] = x.v[u] * inv.v[u];
    if (shape == NORMAL) {
        p = g_poly(h, tail_jw, TAIL_JW);
        r = g_poly(h, tail_w, TAIL_W);
        EACH wide.v[u] = s->v[u] * (p.v[u] / r.v[u]);
        EACH t.v[u] = v_set(0.0);
    } else {
        EACH t.v[u] = v_set(0.5) * s->v[u];
        wide = gap_any(h, t, sign, shape == FAST);
    }
    EACH flat.v[u] = sign.v[u] * (wide.v[u] * inv.v[u]);    /* 1 / p, p the slope of log target in log s */
    EACH {                                                  /* log(target / (low W)) and p by one division */
        const vd model = low.v[u] * wide.v[u], m = g_log_split(target.v[u], model, &k.v[u]);
        const vd sum = target.v[u] + m, w = v_set(1.0) / (sum * flat.v[u]);
        ratio.v[u] = (target.v[u] - m) * flat.v[u] * w;
        p.v[u] = sum * w;
    }
    r = g_log_join(k, ratio, group_log, 8);
    EACH {
        const vd z = h.v[u] - t.v[u], h2 = h.v[u] * h.v[u], t2 = t.v[u] * t.v[u], sum = h2 + t2, diff = h2 - t2;
        const vd rest = v_fma(v_set(0.5) * z, z, r.v[u]);
        /* dp = p a and da = -2 (h^2 + t^2) - p a, from which the ratios of the next derivatives to p */
        const vd a = (v_set(1.0) + diff) - p.v[u], da = -v_fma(p.v[u], a, sum + sum), third = v_fma(a, a, da);
        const vd fourth = v_fma(a, third + (da + da), v_fnma(p.v[u], third, v_set(4.0) * diff));
        d.v[u] = householder(rest * flat.v[u], a, third, fourth);
    }
    EACH {
        const vd e = d.v[u];        /* e^d - 1 to d^5: enough where d is small, a fair step elsewhere */
        const vd c = v_fma(e, v_fma(e, v_fma(e, v_set(1.0 / 120), v_set(1.0 / 24)), v_set(1.0 / 6)), v_set(0.5));
        s->v[u] = v_fma(s->v[u], v_fma(e * e, c, e), s->v[u]);
    }
    return d;
}

/* Volatility per year; in a chain all rows of a group have the same time, and one root and division serve them. */
V_FN void to_years(struct iv_block *b, size_t i, vg s)
{
    const vg T = g_ld(b->years + i);
    const vd first = v_set(b->years[i]), one = v_set(1.0);
    vm same = v_eq(first, T.v[0]);

    EACH same = m_and(same, v_eq(first, T.v[u]));
    if (m_all(same)) {
        const vd inv = one / v_sqrt(first);
        EACH v_st(b->vol + i + u * W, s.v[u] * inv);
    } else {
        EACH v_st(b->vol + i + u * W, s.v[u] * (one / v_sqrt(T.v[u])));
    }
}

/* All steps of a group, mostly one, then the volatility.  A row that is done keeps its value while others go on. */
V_FN void solve(struct iv_block *b, size_t i, enum shape shape)
{
    const vd close = v_set(shape == FAST ? CLOSE_FAST : CLOSE);
    vg s = g_ld(b->total + i), d;
    int busy = 1;

    EACH d.v[u] = v_set(1.0);
    for (int k = 0; busy && k < STEPS; k++) {
        vg next = s;
        const vg e = step(b, i, &next, shape);
        vm left = v_lt(close, v_set(0.0));
        EACH {
            const vm on = v_gt(v_abs(d.v[u]), close);
            s.v[u] = v_sel(on, next.v[u], s.v[u]);
            d.v[u] = v_sel(on, e.v[u], d.v[u]);
            left = m_or(left, v_gt(v_abs(d.v[u]), close));
        }
        busy = m_any(left);
    }
    b->bad |= busy;
    to_years(b, i, s);
    g_st(b->left + i, d);
}

V_FN void solve_all(struct iv_block *b, enum shape shape)
{
    b->bad = 0;
    b->close = shape == FAST ? CLOSE_FAST : CLOSE;
    for (size_t i = 0; i < IV_ROWS; i += GROUP) {
        vg tv, distance;
        normalise(b, i, &tv, &distance, shape == NORMAL);
        start(b, i, tv, distance, shape == NORMAL);
    }
    for (size_t i = 0; i < IV_ROWS; i += GROUP)
        solve(b, i, shape);
}

void OC_K(oc_iv_block)(struct iv_block *b);
void OC_K(oc_iv_block)(struct iv_block *b) { solve_all(b, FULL); }

void OC_K(oc_iv_block_fast)(struct iv_block *b);
void OC_K(oc_iv_block_fast)(struct iv_block *b) { solve_all(b, FAST); }

void OC_K(oc_iv_block_normal)(struct iv_block *b);
void OC_K(oc_iv_block_normal)(struct iv_block *b) { solve_all(b, NORMAL); }
