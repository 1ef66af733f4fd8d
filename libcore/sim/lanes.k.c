/*
 * lanes - the kernels of lanes.h: plain loops, which the compiler vectorises; contraction into fma is off, so each operation
 * rounds by itself and the bits are the same everywhere.
 */
#include "math/vec.h"

void OC_K(oc_lanes_add_k)(size_t n, double a, double b, const double *z, double *x);
void OC_K(oc_lanes_log_k)(size_t n, double drift, const double *v, const double *z, double *x);
void OC_K(oc_lanes_affine_k)(size_t n, double a, double c, double b, const double *z, double *x);
void OC_K(oc_lanes_sqrt_k)(size_t n, double scale, const double *x, double *out);
void OC_K(oc_lanes_pairs_k)(size_t n, unsigned odd, double one, const double *in, double *out);
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
