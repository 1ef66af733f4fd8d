/* lanes - see lanes.h */
#include "sim/lanes.h"

#include "math/isa.h"

OC_K_DECLARE(void, oc_lanes_add_k, (size_t n, double a, double b, const double *z, double *x));
OC_K_DECLARE(void, oc_lanes_log_k, (size_t n, double drift, const double *v, const double *z, double *x));
OC_K_DECLARE(void, oc_lanes_turn_k, (size_t n, double s, double c, double *a, double *b));
OC_K_DECLARE(void, oc_lanes_affine_k, (size_t n, double a, double c, double b, const double *z, double *x));
OC_K_DECLARE(void, oc_lanes_sqrt_k, (size_t n, double scale, const double *x, double *out));
OC_K_DECLARE(void, oc_lanes_log_own_k, (size_t n, double drift, const double *a, const double *v, const double *z,
                                        double *x));
OC_K_DECLARE(void, oc_lanes_square_k, (size_t n, double scale, const double *x, double *out));
OC_K_DECLARE(void, oc_lanes_price_k, (size_t n, double spot, double a, double c, double b, const double *z, double *x));
OC_K_DECLARE(void, oc_lanes_garch_k, (size_t n, double drift, const struct oc_lanes_garch *g, const double *z, double *x,
                                      double *h));
OC_K_DECLARE(void, oc_lanes_spot_k, (size_t n, double spot, const double *x, double *out));
OC_K_DECLARE(size_t, oc_lanes_above_k, (size_t n, double limit, const double *u, unsigned short *index));
OC_K_DECLARE(void, oc_lanes_fill_k, (size_t n, double value, double *out));
OC_K_DECLARE(void, oc_lanes_pairs_k, (size_t n, unsigned odd, double one, const double *in, double *out));
OC_K_DECLARE(void, oc_lanes_shift_k, (size_t n, double s, double *z, double *weight));

void oc_lanes_fill(size_t n, double value, double *out) { OC_K_PICK(oc_lanes_fill_k)(n, value, out); }

void oc_lanes_spot(size_t n, double spot, const double *x, double *out) { OC_K_PICK(oc_lanes_spot_k)(n, spot, x, out); }

size_t oc_lanes_above(size_t n, double limit, const double *u, unsigned short *index)
{
    return OC_K_PICK(oc_lanes_above_k)(n, limit, u, index);
}

void oc_lanes_add(size_t n, double a, double b, const double *z, double *x) { OC_K_PICK(oc_lanes_add_k)(n, a, b, z, x); }

void oc_lanes_log(size_t n, double drift, const double *v, const double *z, double *x)
{
    OC_K_PICK(oc_lanes_log_k)(n, drift, v, z, x);
}

void oc_lanes_turn(size_t n, double s, double c, double *a, double *b)
{
    OC_K_PICK(oc_lanes_turn_k)(n, s, c, a, b);
}

void oc_lanes_affine(size_t n, double a, double c, double b, const double *z, double *x)
{
    OC_K_PICK(oc_lanes_affine_k)(n, a, c, b, z, x);
}

void oc_lanes_sqrt(size_t n, double scale, const double *x, double *out) { OC_K_PICK(oc_lanes_sqrt_k)(n, scale, x, out); }

void oc_lanes_log_own(size_t n, double drift, const double *a, const double *v, const double *z, double *x)
{
    OC_K_PICK(oc_lanes_log_own_k)(n, drift, a, v, z, x);
}

void oc_lanes_square(size_t n, double scale, const double *x, double *out)
{
    OC_K_PICK(oc_lanes_square_k)(n, scale, x, out);
}

void oc_lanes_price(size_t n, double spot, double a, double c, double b, const double *z, double *x)
{
    OC_K_PICK(oc_lanes_price_k)(n, spot, a, c, b, z, x);
}

void oc_lanes_price_vol(size_t n, double spot, double sigma, const double *x, double *vol)
{
    for (size_t j = 0; j < n; j++)
        vol[j] = x[j] > -spot ? sigma / (spot + x[j]) : NAN;
}

void oc_lanes_garch(size_t n, double drift, const struct oc_lanes_garch *g, const double *z, double *x, double *h)
{
    OC_K_PICK(oc_lanes_garch_k)(n, drift, g, z, x, h);
}

void oc_lanes_pairs(size_t n, unsigned odd, double one, const double *in, double *out)
{
    OC_K_PICK(oc_lanes_pairs_k)(n, odd, one, in, out);
}

void oc_lanes_shift(size_t n, double s, double *z, double *weight) { OC_K_PICK(oc_lanes_shift_k)(n, s, z, weight); }
