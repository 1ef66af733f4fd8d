/* lanes - see lanes.h */
#include "sim/lanes.h"

#include "math/isa.h"

OC_K_DECLARE(void, oc_lanes_add_k, (size_t n, double a, double b, const double *z, double *x));
OC_K_DECLARE(void, oc_lanes_log_k, (size_t n, double drift, const double *v, const double *z, double *x));
OC_K_DECLARE(void, oc_lanes_affine_k, (size_t n, double a, double c, double b, const double *z, double *x));
OC_K_DECLARE(void, oc_lanes_sqrt_k, (size_t n, double scale, const double *x, double *out));
OC_K_DECLARE(void, oc_lanes_pairs_k, (size_t n, unsigned odd, double one, const double *in, double *out));
OC_K_DECLARE(void, oc_lanes_shift_k, (size_t n, double s, double *z, double *weight));

void oc_lanes_fill(size_t n, double value, double *out)
{
    for (size_t j = 0; j < n; j++)
        out[j] = value;
}

void oc_lanes_add(size_t n, double a, double b, const double *z, double *x) { OC_K_PICK(oc_lanes_add_k)(n, a, b, z, x); }

void oc_lanes_log(size_t n, double drift, const double *v, const double *z, double *x)
{
    OC_K_PICK(oc_lanes_log_k)(n, drift, v, z, x);
}

void oc_lanes_affine(size_t n, double a, double c, double b, const double *z, double *x)
{
    OC_K_PICK(oc_lanes_affine_k)(n, a, c, b, z, x);
}

void oc_lanes_sqrt(size_t n, double scale, const double *x, double *out) { OC_K_PICK(oc_lanes_sqrt_k)(n, scale, x, out); }

void oc_lanes_absorb(size_t n, double spot, const double *was, double *x)
{
    for (size_t j = 0; j < n; j++)
        if (!(was[j] > -spot) || !(x[j] > -spot))
            x[j] = -spot;
}

void oc_lanes_pairs(size_t n, unsigned odd, double one, const double *in, double *out)
{
    OC_K_PICK(oc_lanes_pairs_k)(n, odd, one, in, out);
}

void oc_lanes_shift(size_t n, double s, double *z, double *weight) { OC_K_PICK(oc_lanes_shift_k)(n, s, z, weight); }
