/*
 * vatan - arc tangent in lanes, to be inlined into kernels.
 *
 *   v_atan(x)           any x, pi/2 at infinity, NaN for NaN; <= 2 ulp
 *
 * Method: |x| is brought into [-tan(pi/8), tan(pi/8)] as t = |x|, (|x| - 1) / (|x| + 1) or -1 / |x| with the
 * offsets 0, pi/4, pi/2 in two parts; (atan t - t) / t^3 as degree 10 in t^2, interpolated at Chebyshev nodes in 60 digits,
 * error 6.7e-18; measured in tests/unit/math_atan.c.
 */
#ifndef OC_MATH_VATAN_H
#define OC_MATH_VATAN_H

#include "math/vec.h"

static const double vatan_p[] = {
    -0x1.5555555555555p-2, 0x1.999999999934ap-3, -0x1.24924924360cbp-3, 0x1.c71c7185314cbp-4, -0x1.745d0b26b83e7p-4,
    0x1.3b1262d95579ep-4, -0x1.10fa75382537fp-4, 0x1.dfe61e80903d2p-5, -0x1.a098bb6ba4941p-5, 0x1.41603647c7a7cp-5,
    -0x1.3a2b7a07caea8p-6
};

V_FN vd v_atan(vd x)
{
    const vd a = v_abs(x), one = v_set(1.0), zero = v_set(0.0);
    const vm mid = v_gt(a, v_set(0x1.a8279p-2)), big = v_gt(a, v_set(0x1.3504fp+1));
    const vd n = v_sel(big, -one, v_sel(mid, a - one, a)), d = v_sel(big, a, v_sel(mid, a + one, one));
    const vd hi = v_sel(big, v_set(0x1.921fb54442d18p+0), v_sel(mid, v_set(0x1.921fb54442d18p-1), zero));
    const vd lo = v_sel(big, v_set(0x1.1a62633145c07p-54), v_sel(mid, v_set(0x1.1a62633145c07p-55), zero));
    const vd t = n / d, z = t * t;
    const vd small = v_fma(z * t, v_poly2(z, z * z, vatan_p, 11), lo);
    /* hi + t is rounded; the rest of that sum counts where hi > 0. */
    const vd h = hi + t, r = t - (h - hi);

    return v_copysign(h + (r + small), x);
}

#endif
