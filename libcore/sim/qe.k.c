/*
 * qe - the kernel of qe.h
 *
 * With m and s2 the mean and variance of v', q = 2 m^2 / s2 (Andersen's 2 / psi) and e = A m, the quadratic branch is
 *     b^2 = q - 1 + sqrt(q (q - 1)),  s = 1 + b^2,  v' = m / s (b + z)^2
 *     correction  -e b^2 / (s - 2 e) - atanh(e / (s - e)),   if s > 2 e
 * and the exponential one, where q < 4/3,
 *     beta = 2 q / (m (2 + q)),  v' = log(2 q / ((2 + q) Q(z))) / beta if that is positive, else 0
 *     correction  -2 atanh(q e / (2 (q - e))),   if 2 q > e (2 + q)
 * where Q(z) is the uniform 1 - U, so that both branches come from one number.  These are Andersen's formulas with the
 * logarithms of the corrections, which are near 0, written as atanh, and with their divisions put together: a step makes
 * four and three square roots.  The exponential branch is computed where a lane needs it.
 */
#include "sim/qe.h"

#include "math/vec.h"
#include "math/vlog.h"
#include "math/vnorm.h"

void OC_K(oc_qe_walk_k)(const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, double *x, double *v);

/* What a branch gives: v', and the correction -part - times atanh(w) where .good. */
struct next { vd v, part, w, times; vm good; };

/* Its series is short where |w| < 1/16; the rest is rare. */
V_FN vd atanh_small(vd w)
{
    static const double c[] = { 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13 };
    const vd one = v_set(1.0), w2 = w * w;
    const vd y = v_fma(w * w2, v_poly2(w2, w2 * w2, c, 6), w);

    if (__builtin_expect(i_anyneg(i_above(w, 0.0625)), 0))
        return v_sel(v_gt(v_abs(w), v_set(0.0625)), v_set(0.5) * v_log((one + w) / (one - w)), y);
    return y;
}

V_FN struct next quadratic(vd m, vd q, vd e, vd z)
{
    const vd one = v_set(1.0), t = q - one;
    const vd b2 = t + v_sqrt(q * t), b = v_sqrt(b2), s = one + b2, d = v_fnma(v_set(2.0), e, s);
    const vm good = v_gt(d, v_set(0.0));
    /* Without a correction e is of no use, and 0 keeps the division good. */
    const vd e1 = v_sel(good, e, v_set(0.0)), d1 = v_sel(good, d, s), f = s - e1;
    const vd df = d1 * f, inverse = one / (s * df), es = (e1 * s) * inverse, y = b + z;

    return (struct next){ ((m * df) * inverse) * (y * y), (es * f) * b2, es * d1, one, good };
}

/*
 * numerator / denominator = 1 / Q(z) up to e^(power), power 0 where z < 0.  There Q > 1/2 needs an exponential, but not
 * where q <= 2/3, since the atom at 0 is at least half of the law: 1, whose logarithm is below that of 2 q / (2 + q), gives
 * 0 as well.
 */
V_FN vd tail(vd z, vm less, vd *denominator, vd *power)
{
    const vd a = v_min(v_set(VNORM_FAR), v_abs(z)), a2 = a * a, half = v_set(0.5) * a2;
    const vd n = v_poly2(a, a2, vnorm_fast_n, 10), d = v_poly2(a, a2, vnorm_fast_d, 11);
    const vm left = v_lt(z, v_set(0.0)), both = m_and(left, less);

    *denominator = v_sel(left, d, n);
    if (m_any(both))
        *denominator = v_sel(both, v_fnma(v_exp_mid(-half), n, d), *denominator);
    *power = v_sel(left, v_set(0.0), half);
    return d;
}

V_FN struct next exponential(vm done, vd m, vd q, vd e, vd z)
{
    const vd zero = v_set(0.0), a = v_set(2.0) + q, b = q + q;
    const vm good = v_gt(v_fnma(e, a, b), zero);
    const vd e1 = v_sel(good, e, zero), g = v_set(2.0) * (q - e1);
    vd den, power;
    const vd num = tail(z, m_andnot(v_gt(q, v_set(2.0 / 3)), done), &den, &power);
    const vd ab = a * b, gd = g * den, inverse = v_set(1.0) / (ab * gd);
    const vd above = v_log_mid((b * b) * g * num * inverse) + power;
    const vd scale = (m * a) * (a * gd) * inverse;

    return (struct next){ v_max(zero, above) * scale, zero, (q * e1) * (ab * den) * inverse, v_set(2.0), good };
}

V_FN void walk(const struct oc_qe_step *c, vd zx, vd zv, vd *x, vd *v)
{
    const vd was = *v, limit = v_set(4.0 / 3.0);
    const vd m = v_fma(was, v_set(c->decay), v_set(c->mean)), s2 = v_fma(was, v_set(c->s1), v_set(c->s0));
    const vd q = (m + m) * (m / s2), e = v_set(c->a) * m;
    const vm first = v_ge(q, limit);
    struct next y = quadratic(m, v_sel(first, q, limit), e, zv);

    if (__builtin_expect(!m_all(first), 0)) {
        const struct next o = exponential(first, m, q, e, zv);
        y.v = v_sel(first, y.v, o.v);
        y.part = v_sel(first, y.part, o.part);
        y.w = v_sel(first, y.w, o.w);
        y.times = v_sel(first, y.times, o.times);
        y.good = m_or(m_and(first, y.good), m_andnot(o.good, first));
    }
    /* The correction takes k0, k1 v and half of the noise's variance due to v with it. */
    const vd correction = v_fma(y.times, atanh_small(y.w), v_fma(v_set(0.5 * c->k3), was, y.part));
    const vd without = v_fma(v_set(c->k1), was, v_set(c->k0));
    const vd part = v_sel(y.good, -correction, without);
    const vd noise = v_sqrt(v_set(c->k3) * (was + y.v)) * zx;

    *x = *x + ((v_set(c->drift) + part) + v_fma(v_set(c->k2), y.v, noise));
    *v = y.v;
}

void OC_K(oc_qe_walk_k)(const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, double *x, double *v)
{
    size_t i = 0;

    for (; i + W <= n; i += W) {
        vd xs = v_ld(x + i), vs = v_ld(v + i);
        walk(c, v_ld(zx + i), v_ld(zv + i), &xs, &vs);
        v_st(x + i, xs);
        v_st(v + i, vs);
    }
    if (i < n) {
        vd xs = v_ldn(x + i, n - i, 0.0), vs = v_ldn(v + i, n - i, 1.0);
        walk(c, v_ldn(zx + i, n - i, 0.0), v_ldn(zv + i, n - i, 0.0), &xs, &vs);
        v_stn(x + i, n - i, xs);
        v_stn(v + i, n - i, vs);
    }
}
