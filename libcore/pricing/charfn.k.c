/* charfn - the kernels of charfn.h: the transform M(s) and the integrand on a contour. */
#include "math/vcomplex.h"
#include "pricing/charfn_model.h"

/*
 * log M of Heston's variance: with beta = kappa - rho xi s, d = sqrt(beta^2 - xi^2 (s^2 - s)), w = (1 - e^(-d T)) / (2 d),
 * q = (s^2 - s) / (beta + d), y = xi^2 q w = (beta - d) w it is
 *     v0 (s^2 - s) w / (1 + y) + kappa theta (q T - 2 / xi^2 log(1 + y)),
 * which is the usual form, written so that neither small xi nor small d loses digits.
 */
V_FN vc heston(const struct charfn_model *m, vc s)
{
    const vd T = v_set(m->years), xi = v_set(m->m.xi), xi2 = v_set(m->m.xi * m->m.xi);
    const vc ss = c_mul(s, (vc){ s.r - v_set(1.0), s.i });
    const vd rx = v_set(m->m.rho) * xi;
    const vc beta = { v_fnma(rx, s.r, v_set(m->m.kappa)), -(rx * s.i) };
    const vc d = c_sqrt(c_sub(c_mul(beta, beta), c_scale(ss, xi2)));
    const vm flat = v_lt(c_norm(d), v_set(1e-200)), right = v_ge(beta.r, v_set(0.0));
    const vc em = c_expm1(c_scale(d, -T)), d2 = { v_sel(flat, v_set(1.0), d.r + d.r), d.i + d.i };
    vc w = c_div((vc){ -em.r, -em.i }, d2);

    w.r = v_sel(flat, T * v_set(0.5), w.r);
    w.i = v_sel(flat, v_set(0.0), w.i);
    /* beta + d, or beta - d where that is the sum that cancels nothing */
    const vc sum = { v_sel(right, beta.r + d.r, beta.r - d.r), v_sel(right, beta.i + d.i, beta.i - d.i) };
    const vc qr = c_div(ss, sum), ql = c_scale(sum, v_set(1.0) / xi2);
    const vc q = { v_sel(right, qr.r, ql.r), v_sel(right, qr.i, ql.i) };
    const vc y = c_scale(c_mul(q, w), xi2);
    const vc a = c_div(c_mul(ss, w), (vc){ v_set(1.0) + y.r, y.i });
    const vc l = c_scale(c_log1p(y), v_set(2.0) / xi2);
    const vd kt = v_set(m->m.kappa * m->m.theta), v0 = v_set(m->m.v0);

    return (vc){ v_fma(v0, a.r, kt * v_fms(q.r, T, l.r)), v_fma(v0, a.i, kt * v_fms(q.i, T, l.i)) };
}

V_FN vc constant(const struct charfn_model *m, vc s)
{
    const vd half = v_set(0.5 * m->m.volatility * m->m.volatility * m->years);

    return c_scale(c_mul(s, (vc){ s.r - v_set(1.0), s.i }), half);
}

/* E[e^(s J)] - 1 - s (E[e^J] - 1) of a jump's logarithm J */
V_FN vc jump(const struct charfn_model *m, vc s)
{
    const vd drift = v_set(m->drift), one = v_set(1.0);
    vc e;

    if (m->m.jumps == OC_CHARFN_NORMAL) {
        const vd mean = v_set(m->m.jump_mean), half = v_set(0.5 * m->m.jump_volatility * m->m.jump_volatility);
        const vc s2 = c_mul(s, s);
        e = c_expm1((vc){ v_fma(mean, s.r, half * s2.r), v_fma(mean, s.i, half * s2.i) });
    } else {
        const vd up = v_set(m->m.eta_up), down = v_set(m->m.eta_down), p = v_set(m->m.p_up);
        const vc a = c_div(s, (vc){ up - s.r, -s.i }), b = c_div(s, (vc){ down + s.r, s.i });
        e = (vc){ v_fms(p, a.r, (one - p) * b.r), v_fms(p, a.i, (one - p) * b.i) };
    }
    return (vc){ v_fnma(drift, s.r, e.r), v_fnma(drift, s.i, e.i) };
}

V_FN vc log_m(const struct charfn_model *m, vc s)
{
    vc l = m->m.diffusion == OC_CHARFN_HESTON ? heston(m, s) : constant(m, s);

    if (m->m.jumps != OC_CHARFN_NO_JUMPS)
        l = c_add(l, c_scale(jump(m, s), v_set(m->m.intensity * m->years)));
    return l;
}

void OC_K(oc_charfn_real_k)(const struct charfn_model *m, double k, size_t n, const double *w, double *g)
{
    const vd one = v_set(1.0);

    for (size_t i = 0; i < n; i += W) {
        const size_t left = n - i < (size_t)W ? n - i : (size_t)W;
        const vd s = v_ldn(w + i, left, 2.0);
        const vd l = log_m(m, (vc){ s, v_set(0.0) }).r;
        v_stn(g + i, left, v_fma(v_set(k), one - s, l) - v_log(s * (s - one)));
    }
}

struct place { vc s, along; };      /* s, and ds/dt over i width */

V_FN struct place on_contour(const struct charfn_contour *c, vd up)
{
    const vd one = v_set(1.0), half = v_set(0.5), bend = v_set(c->bend), width = v_set(c->width);
    const vd down = one / up, ch = (up + down) * half, sh = (up - down) * half;

    return (struct place){ { v_fma(width, bend * (ch - one), v_set(c->w)), width * sh }, { ch, -(bend * sh) } };
}

void OC_K(oc_charfn_line_k)(const struct charfn_model *m, double k, const struct charfn_contour *c, size_t n,
                            const double *e, double *out)
{
    const vd one = v_set(1.0), vk = v_set(k);

    for (size_t i = 0; i < n; i += W) {
        const size_t left = n - i < (size_t)W ? n - i : (size_t)W;
        const struct place p = on_contour(c, v_ldn(e + i, left, 1.0));
        const vc s = p.s, l = log_m(m, s), s1 = { s.r - one, s.i };
        const vc f = c_exp((vc){ v_fma(vk, one - s.r, l.r) - v_set(c->shift), v_fnma(vk, s.i, l.i) });
        v_stn(out + i, left, c_div(c_mul(f, p.along), c_mul(s, s1)).r);
    }
}

void OC_K(oc_charfn_size_k)(const struct charfn_model *m, double k, const struct charfn_contour *c, size_t n,
                            const double *e, double *out)
{
    const vd one = v_set(1.0);

    for (size_t i = 0; i < n; i += W) {
        const size_t left = n - i < (size_t)W ? n - i : (size_t)W;
        const struct place p = on_contour(c, v_ldn(e + i, left, 1.0));
        const vc s = p.s, l = m->m.diffusion == OC_CHARFN_HESTON ? heston(m, s) : constant(m, s);
        const vd more = c_norm(p.along) / c_norm(c_mul(s, (vc){ s.r - one, s.i }));
        v_stn(out + i, left, v_fma(v_set(k), one - s.r, l.r) - v_set(c->shift) + v_set(0.5) * v_log(more));
    }
}
