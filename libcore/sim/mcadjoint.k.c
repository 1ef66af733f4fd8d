/*
 * mcadjoint - reverse steps: see mcadjoint.h.  The names are those of qe.k.c, a letter's derivative has `bar` behind it.
 */
#include "math/vec.h"
#include "sim/mcadjoint_k.h"

/* Partial derivatives of v' by m (v' / m in both) and q, and of the correction by e and q, in one branch. */
struct slopes { vd v_q, c_e, c_q; vm good; };

/*
 * v' = m / s (b + z)^2, correction e b2 / (s - 2 e) - log(1 - 2 e / s) / 2, with s = 1 + b2, b2 = t + sqrt(q t), t = q - 1.
 */
V_FN struct slopes quadratic(vd m, vd q, vd e, vd z, vd next)
{
    const vd one = v_set(1.0), two = v_set(2.0), t = q - one, root = v_sqrt(q * t), b2 = t + root, b = v_sqrt(b2),
             s = one + b2;
    const vd b2_q = one + (two * q - one) / (two * root);
    const vm good = v_gt(s - two * e, v_set(0.0));
    const vd d = v_sel(good, s - two * e, s), d2 = d * d;
    const vd v_b2 = m * (b + z) / (s * b) - next / s;
    const vd c_b2 = e / d - e * b2 / d2 - e / (s * d);

    return (struct slopes){ v_b2 * b2_q, b2 * s / d2 + one / d, c_b2 * b2_q, good };
}

/* v' = L m (2 + q) / (2 q) with L = log(2 q / ((2 + q) Q)) above 0, correction log(N1 / N2). */
V_FN struct slopes exponential(vd m, vd q, vd e, vd next)
{
    const vd zero = v_set(0.0), two = v_set(2.0), a = two + q, b = q + q;
    const vd n2 = b - e * a, n1 = b - e * (two - q);
    const vm good = v_gt(n2, zero);
    const vd safe = v_sel(good, n2, v_set(1.0)), scale = m * a / b, l = next / scale;
    const vd v_q = scale * two / (q * a) - l * m / (q * q);

    return (struct slopes){ v_sel(v_gt(next, zero), v_q, zero), (q - two) / n1 + a / safe, (two + e) / n1 - (two - e) / safe,
                            good };
}

V_FN struct slopes choose(vm first, struct slopes x, struct slopes y)
{
    return (struct slopes){ v_sel(first, x.v_q, y.v_q), v_sel(first, x.c_e, y.c_e), v_sel(first, x.c_q, y.c_q),
                            m_or(m_and(first, x.good), m_andnot(y.good, first)) };
}

/* cbar in the order of struct oc_qe_step */
enum { DECAY, MEAN, S1, S0, DRIFT, K0, K1, K2, K3, A, CONSTANTS };

V_FN vd back(const struct oc_qe_step *c, vd zx, vd zv, vd v, vd next, vd xbar, vd vbar, vd *cbar)
{
    const vd zero = v_set(0.0), half = v_set(0.5), two = v_set(2.0), limit = v_set(4.0 / 3.0);
    const vd m = v_fma(v, v_set(c->decay), v_set(c->mean)), s2 = v_fma(v, v_set(c->s1), v_set(c->s0));
    const vd q = two * m * (m / s2), e = v_set(c->a) * m;
    const vm first = v_ge(q, limit);
    struct slopes d = quadratic(m, v_sel(first, q, limit), e, zv, next);

    if (!m_all(first))
        d = choose(first, d, exponential(m, q, e, next));
    /* x' = x + drift + part + k2 v' + noise, noise = sqrt(k3 (v + v')) zx */
    const vd sum = v + next, size = v_sqrt(v_set(c->k3) * sum);
    const vd by_noise = v_sel(v_gt(size, zero), xbar * zx * half / v_sel(v_gt(size, zero), size, v_set(1.0)), zero);
    const vd good = v_sel(d.good, xbar, zero), without = xbar - good;
    const vd nbar = vbar + xbar * v_set(c->k2) + by_noise * v_set(c->k3);
    cbar[DRIFT] = xbar;
    cbar[K0] = without;
    cbar[K1] = without * v;
    cbar[K2] = xbar * next;
    cbar[K3] = by_noise * sum - half * good * v;
    /* part = -(correction + k3 v / 2), or k0 + k1 v */
    vd out = by_noise * v_set(c->k3) - half * v_set(c->k3) * good + without * v_set(c->k1);
    const vd ebar = zero - good * d.c_e, qbar = nbar * d.v_q - good * d.c_q;
    cbar[A] = ebar * m;
    const vd mbar = nbar * (next / m) + ebar * v_set(c->a) + qbar * two * q / m, sbar = zero - qbar * q / s2;
    cbar[MEAN] = mbar;
    cbar[DECAY] = mbar * v;
    cbar[S0] = sbar;
    cbar[S1] = sbar * v;
    return out + mbar * v_set(c->decay) + sbar * v_set(c->s1);
}

void OC_K(oc_mcadjoint_qe_k)(const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, const double *v,
                             const double *next, const double *xbar, double *vbar, double *cbar, size_t ld)
{
    vd k[CONSTANTS];

    for (size_t i = 0; i < n; i += W) {
        const size_t w = n - i < W ? n - i : W;
        const vd y = back(c, v_ldn(zx + i, w, 0.0), v_ldn(zv + i, w, 0.0), v_ldn(v + i, w, 1.0), v_ldn(next + i, w, 1.0),
                          v_ldn(xbar + i, w, 0.0), v_ldn(vbar + i, w, 0.0), k);
        v_stn(vbar + i, w, y);
        for (size_t j = 0; j < CONSTANTS; j++)
            v_stn(cbar + j * ld + i, w, v_ldn(cbar + j * ld + i, w, 0.0) + k[j]);
    }
}

void OC_K(oc_mcadjoint_gbm_k)(double vol, double dt, double root, size_t n, const double *z, const double *xbar,
                              double *dbar, double *sbar)
{
    for (size_t j = 0; j < n; j++) {
        dbar[j] += xbar[j] * dt;
        sbar[j] += xbar[j] * (root * z[j] - vol * dt);
    }
}
