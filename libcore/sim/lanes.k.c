/*
 * lanes - the kernels of lanes.h: plain loops, which the compiler vectorises; contraction into fma is off, so each operation
 * rounds by itself and the bits are the same everywhere.
 */
#include "math/vec.h"
#include "math/vexp.h"
#include "sim/lanes.h"

void OC_K(oc_lanes_add_k)(size_t n, double a, double b, const double *z, double *x);
void OC_K(oc_lanes_log_k)(size_t n, double drift, const double *v, const double *z, double *x);
void OC_K(oc_lanes_affine_k)(size_t n, double a, double c, double b, const double *z, double *x);
void OC_K(oc_lanes_turn_k)(size_t n, double s, double c, double *a, double *b);
void OC_K(oc_lanes_sqrt_k)(size_t n, double scale, const double *x, double *out);
void OC_K(oc_lanes_log_own_k)(size_t n, double drift, const double *a, const double *v, const double *z, double *x);
void OC_K(oc_lanes_square_k)(size_t n, double scale, const double *x, double *out);
void OC_K(oc_lanes_price_k)(size_t n, double spot, double a, double c, double b, const double *z, double *x);
void OC_K(oc_lanes_garch_k)(size_t n, double drift, const struct oc_lanes_garch *g, const double *z, double *x, double *h);
void OC_K(oc_lanes_pairs_k)(size_t n, unsigned odd, double one, const double *in, double *out);
void OC_K(oc_lanes_spot_k)(size_t n, double spot, const double *x, double *out);
size_t OC_K(oc_lanes_above_k)(size_t n, double limit, const double *u, unsigned short *index);
void OC_K(oc_lanes_fill_k)(size_t n, double value, double *out);
void OC_K(oc_lanes_shift_k)(size_t n, double s, double *z, double *weight);

void OC_K(oc_lanes_add_k)(size_t n, double a, double b, const double *restrict z, double *restrict x)
{
    for (size_t j = 0; j < n; j++)
        x[j] += a + b * z[j];
}

void OC_K(oc_lanes_log_k)(size_t n, double drift, const double *restrict v, const double *restrict z, double *restrict x)
{
    for (size_t j = 0; j < n; j++)
        x[j] += (drift - 0.5 * v[j]) + __builtin_sqrt(v[j]) * z[j];
}

void OC_K(oc_lanes_turn_k)(size_t n, double s, double c, double *restrict a, double *restrict b)
{
    for (size_t j = 0; j < n; j++) {
        const double was = a[j];
        a[j] = c * was - s * b[j];
        b[j] = s * was + c * b[j];
    }
}

void OC_K(oc_lanes_affine_k)(size_t n, double a, double c, double b, const double *restrict z, double *restrict x)
{
    for (size_t j = 0; j < n; j++)
        x[j] = (a + b * z[j]) + c * x[j];
}

void OC_K(oc_lanes_sqrt_k)(size_t n, double scale, const double *restrict x, double *restrict out)
{
    for (size_t j = 0; j < n; j++)
        out[j] = __builtin_sqrt(x[j]) * scale;
}

void OC_K(oc_lanes_log_own_k)(size_t n, double drift, const double *restrict a, const double *restrict v,
                              const double *restrict z, double *restrict x)
{
    for (size_t j = 0; j < n; j++)
        x[j] += ((drift + a[j]) - 0.5 * v[j]) + __builtin_sqrt(v[j]) * z[j];
}

void OC_K(oc_lanes_square_k)(size_t n, double scale, const double *restrict x, double *restrict out)
{
    for (size_t j = 0; j < n; j++)
        out[j] = scale * (x[j] * x[j]);
}

void OC_K(oc_lanes_price_k)(size_t n, double spot, double a, double c, double b, const double *restrict z,
                            double *restrict x)
{
    for (size_t j = 0; j < n; j++) {
        const double was = x[j], y = (a + b * z[j]) + c * was;
        const double kept = y > -spot ? y : -spot;
        x[j] = was > -spot ? kept : -spot;
    }
}

void OC_K(oc_lanes_garch_k)(size_t n, double drift, const struct oc_lanes_garch *g, const double *restrict z,
                            double *restrict x, double *restrict h)
{
    const double omega = g->omega, alpha = g->alpha, beta = g->beta, both = g->alpha + g->gamma;

    for (size_t j = 0; j < n; j++) {
        const double v = h[j], e = __builtin_sqrt(v) * z[j], a = z[j] < 0.0 ? both : alpha;
        x[j] += (drift - 0.5 * v) + e;
        h[j] = omega + (a * (e * e) + beta * v);
    }
}

void OC_K(oc_lanes_pairs_k)(size_t n, unsigned odd, double one, const double *restrict in, double *restrict out)
{
    if (n && odd) {
        *out++ = one - *in++;
        n--;
    }
    for (size_t m = 0; m < n / 2; m++) {
        out[2 * m] = in[m];
        out[2 * m + 1] = one - in[m];
    }
    if (n & 1)
        out[n - 1] = in[n / 2];
}

void OC_K(oc_lanes_shift_k)(size_t n, double s, double *restrict z, double *restrict weight)
{
    for (size_t j = 0; j < n; j++) {
        weight[j] -= s * z[j] + 0.5 * s * s;
        z[j] += s;
    }
}

/* The places of u above limit, in order; vectors without one cost a comparison. */
size_t OC_K(oc_lanes_above_k)(size_t n, double limit, const double *restrict u, unsigned short *restrict index)
{
    const vd l = v_set(limit);
    size_t count = 0;

    for (size_t i = 0; i < n; i += W) {
        if (n - i >= W && !m_any(v_gt(v_ld(u + i), l)))
            continue;
        for (size_t j = i; j < n && j < i + W; j++)
            if (u[j] > limit)
                index[count++] = (unsigned short)j;
    }
    return count;
}

void OC_K(oc_lanes_fill_k)(size_t n, double value, double *restrict out)
{
    for (size_t j = 0; j < n; j++)
        out[j] = value;
}

void OC_K(oc_lanes_spot_k)(size_t n, double spot, const double *x, double *out)
{
    const vd s = v_set(spot);
    size_t i = 0;

    for (; i + 4 * W <= n; i += 4 * W) {        /* one question for four vectors, as in exp.k.c */
        const vd a = v_ld(x + i), b = v_ld(x + i + W), c = v_ld(x + i + 2 * W), d = v_ld(x + i + 3 * W);
        if (__builtin_expect(i_anyneg(vexp_far(a) | vexp_far(b) | vexp_far(c) | vexp_far(d)), 0))
            break;
        v_st(out + i, s * v_exp_mid(a));
        v_st(out + i + W, s * v_exp_mid(b));
        v_st(out + i + 2 * W, s * v_exp_mid(c));
        v_st(out + i + 3 * W, s * v_exp_mid(d));
    }
    for (; i < n; i += W) {
        const size_t left = n - i < W ? n - i : W;
        v_stn(out + i, left, s * v_exp(v_ldn(x + i, left, 0.0)));
    }
}
