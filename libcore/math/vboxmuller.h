/*
 * vboxmuller - normals from uniforms of 52 bits, u = (m + 1/2) 2^-52, by Box and Muller (1958), to be inlined into kernels.
 *
 *   vboxmuller_radius(u)        sqrt(-2 log u), <= 2 ulp
 *   vboxmuller_turn(u, &c)      sin(2 pi u), and cos(2 pi u) in c; <= 2 ulp each
 *
 * Method: for the radius the logarithm of vlog.h without its care for the last bit, of which the square root halves the
 * error: u = 2^k m, s = (m - 1) / (m + 1), -2 log u = k (-2 ln 2) + s (-4 - 2 z P(z)), z = s^2.  For the turn
 * r = u - k/4 is exact, |r| <= 1/8, and sin(2 pi r) / r and (cos(2 pi r) - 1) / r^2 are polynomials in r^2, interpolated at
 * Chebyshev nodes in 60 digits: 3.2e-18 relative, 1.2e-19 absolute.  Measured in tests/unit/math_philox.c.
 */
#ifndef OC_MATH_VBOXMULLER_H
#define OC_MATH_VBOXMULLER_H

#include "math/vec.h"
#include "math/vlog.h"

static const double vboxmuller_log[] = {        /* -4, and vlog_p times -2 */
    -0x1.0000000000000p+2, -0x1.5555555555558p+0, -0x1.99999999952d7p-1, -0x1.2492492df281ap-1, -0x1.c71c62e3f11e6p-2,
    -0x1.7462b51cb66b1p-2, -0x1.39fe51a7c18f9p-2, -0x1.2b5900de53b32p-2
};
static const double vboxmuller_sin[] = {
    0x1.921fb54442d18p+2, -0x1.4abbce625be41p+5, 0x1.466bc677587f8p+6, -0x1.32d2cce2e5b19p+6, 0x1.50782fda12d96p+5,
    -0x1.e30071afc3e59p+3, 0x1.e3f38399551bfp+1
};
static const double vboxmuller_cos[] = {
    -0x1.3bd3cc9be45dep+4, 0x1.03c1f081b5ac0p+6, -0x1.55d3c7e3cb241p+6, 0x1.e1f5068688d5bp+5, -0x1.a6d1eef479be1p+4,
    0x1.f9ce245cada0bp+2, -0x1.b2f3eb054afcdp+0
};

V_FN vd vboxmuller_radius(vd u)
{
    vi k;
    const vd f = vlog_split(u, &k);
    const vd s = f / (f + v_set(2.0)), z = s * s;
    const vd y = s * v_poly2(z, z * z, vboxmuller_log, 8);

    return v_sqrt(v_fma(v_from_i(k), v_set(-0x1.62e42fefa39efp+0), y));
}

V_FN vd vboxmuller_turn(vd u, vd *c)
{
    const vd t = u + v_set(0x1.8p50);           /* the nearest quarter in its last place */
    const vd r = u - (t - v_set(0x1.8p50)), z = r * r, z2 = z * z;
    const vd sine = r * v_poly2(z, z2, vboxmuller_sin, 7);
    const vd cosine = v_fma(z, v_poly2(z, z2, vboxmuller_cos, 7), v_set(1.0));
    /* quarter k: cos is c -s -c s, sin is s c -s -c */
    const vi k = v_bits(t), top = i_set(INT64_MIN);
    const vm swap = i_eq(k & i_set(1), i_set(1));

    *c = v_unbits(v_bits(v_sel(swap, sine, cosine)) ^ (i_shl(i_add(k, i_set(1)), 62) & top));
    return v_unbits(v_bits(v_sel(swap, cosine, sine)) ^ (i_shl(k, 62) & top));
}

#endif
