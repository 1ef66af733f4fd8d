/*
 * qe - the kernel of qe.h
 *
 * With m and s2 the mean and variance of v' and q = 2 m^2 / s2 (Andersen's 2 / psi), the quadratic branch is
 *     b^2 = q - 1 + sqrt(q (q - 1)),   v' = a (b + z)^2,   a = m / (1 + b^2)
 *     correction  -A a b^2 / (1 - 2 A a) + log(1 - 2 A a) / 2,   if 1 - 2 A a > 0
 * and the exponential one, where q < 4/3,
 *     1 - p = 2 q / (2 + q),   beta = (1 - p) / m,   v' = log((1 - p) / (1 - U)) / beta if that is positive, else 0
 *     correction  -log(p + beta (1 - p) / (beta - A)),   if A < beta
 * with U = Phi(z), so that both branches come from one number.  The exponential branch is computed where a lane needs it.
 */
#include "sim/qe.h"

#include "math/vec.h"
#include "math/vlog.h"
#include "math/vnorm.h"

void OC_K(oc_qe_walk_k)(const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, double *x, double *v);

/* What a branch gives: v', and the correction where .good. */
struct next { vd v, correction; vm good; };

V_FN struct next quadratic(vd A, vd m, vd q, vd z)
{
    const vd one = v_set(1.0), t = q - one;
    const vd b2 = t + v_sqrt(q * t), b = v_sqrt(b2), w = b + z;
    /* 1 / (1 + b^2) and 1 / (1 - 2 A a) = (1 + b^2) / e by one division. */
    const vd s = one + b2, d = v_fnma(A + A, m, s);
    const vm good = v_gt(d, v_set(0.0));
    const vd e = v_sel(good, d, s), inverse = one / (s * e);
    const vd a = m * (e * inverse), log_g = v_log_mid(e * (e * inverse));

    return (struct next){ a * (w * w), v_fnma((A * m) * b2, s * inverse, v_set(0.5) * log_g), good };
}

V_FN struct next exponential(vd A, vd m, vd q, vd z)
{
    const vd one = v_set(1.0), two = v_set(2.0), zero = v_set(0.0);
    vd density;
    const vd rest = (q + q) / (two + q), beta = rest / m, above = v_norm_fast(-z, &density);
    const vd tail = v_log(rest / above) / beta;
    const vm good = v_lt(A, beta);
    const vd ratio = v_fma(rest, beta / v_sel(good, beta - A, one), one - rest);

    return (struct next){ v_sel(v_gt(tail, zero), tail, zero), -v_log(ratio), good };
}

V_FN void walk(const struct oc_qe_step *c, vd zx, vd zv, vd *x, vd *v)
{
    const vd was = *v, A = v_set(c->a), limit = v_set(4.0 / 3.0);
    const vd m = v_fma(was, v_set(c->decay), v_set(c->mean)), s2 = v_fma(was, v_set(c->s1), v_set(c->s0));
    const vd q = (m + m) * (m / s2);
    const vm first = v_ge(q, limit);
    struct next y = quadratic(A, m, v_sel(first, q, limit), zv);

    if (__builtin_expect(!m_all(first), 0)) {
        const struct next e = exponential(A, m, q, zv);
        y.v = v_sel(first, y.v, e.v);
        y.correction = v_sel(first, y.correction, e.correction);
        y.good = m_or(m_and(first, y.good), m_andnot(e.good, first));
    }
    /* The correction takes k0, k1 v and half of the noise's variance due to v with it. */
    const vd with = v_fnma(v_set(0.5 * c->k3), was, y.correction), without = v_fma(v_set(c->k1), was, v_set(c->k0));
    const vd part = v_sel(y.good, with, without);
    const vd noise = v_sqrt(v_set(c->k3) * (was + y.v)) * zx;

    *x = *x + ((v_set(c->drift) + part) + v_fma(v_set(c->k2), y.v, noise));
    *v = y.v;
}

void OC_K(oc_qe_walk_k)(const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, double *x, double *v)
{
    size_t i = 0;

    for (; i + W <= n; i += W) {
        vd xi = v_ld(x + i), vi_ = v_ld(v + i);
        walk(c, v_ld(zx + i), v_ld(zv + i), &xi, &vi_);
        v_st(x + i, xi);
        v_st(v + i, vi_);
    }
    if (i < n) {
        vd xi = v_ldn(x + i, n - i, 0.0), vi_ = v_ldn(v + i, n - i, 1.0);
        walk(c, v_ldn(zx + i, n - i, 0.0), v_ldn(zv + i, n - i, 0.0), &xi, &vi_);
        v_stn(x + i, n - i, xi);
        v_stn(v + i, n - i, vi_);
    }
}
