/*
 * vcomplex - complex numbers in lanes, to be inlined into kernels.
 *
 *   c_add c_sub c_mul c_div c_scale(a, x)
 *   c_sqrt(a)       principal value, real part >= 0
 *   c_expm1(a)      e^a - 1 without cancellation near 0
 *   c_log1p(a)      log(1 + a), principal value, keeps small a's digits
 *   c_exp(a)
 * No care is taken of overflow in squares: |a| below 1e150.
 */
#ifndef OC_MATH_VCOMPLEX_H
#define OC_MATH_VCOMPLEX_H

#include "math/vatan.h"
#include "math/vec.h"
#include "math/vexp.h"
#include "math/vlog.h"
#include "math/vsincos.h"

typedef struct { vd r, i; } vc;

V_FN vc c_add(vc a, vc b) { return (vc){ a.r + b.r, a.i + b.i }; }
V_FN vc c_sub(vc a, vc b) { return (vc){ a.r - b.r, a.i - b.i }; }
V_FN vc c_scale(vc a, vd x) { return (vc){ a.r * x, a.i * x }; }
V_FN vc c_mul(vc a, vc b) { return (vc){ v_fms(a.r, b.r, a.i * b.i), v_fma(a.r, b.i, a.i * b.r) }; }
V_FN vd c_norm(vc a) { return v_fma(a.r, a.r, a.i * a.i); }

V_FN vc c_div(vc a, vc b)
{
    const vd d = v_set(1.0) / c_norm(b);

    return (vc){ v_fma(a.r, b.r, a.i * b.i) * d, v_fms(a.i, b.r, a.r * b.i) * d };
}

V_FN vc c_sqrt(vc a)
{
    /* the larger of the two parts by a root, the other by division: no cancellation on either side */
    const vd zero = v_set(0.0), half = v_set(0.5);
    const vd big = v_sqrt((v_sqrt(c_norm(a)) + v_abs(a.r)) * half);
    const vd small = v_sel(v_gt(big, zero), v_abs(a.i) * half / big, zero);
    const vm right = v_ge(a.r, zero);

    return (vc){ v_sel(right, big, small), v_copysign(v_sel(right, small, big), a.i) };
}

V_FN vd c_arg(vc a)
{
    const vm steep = v_gt(v_abs(a.i), v_abs(a.r));
    const vd t = v_atan(v_sel(steep, a.r, a.i) / v_sel(steep, a.i, a.r));
    const vd pi = v_copysign(v_set(0x1.921fb54442d18p+1), a.i), half = v_copysign(v_set(0x1.921fb54442d18p+0), a.i);

    return v_sel(steep, half - t, v_sel(v_lt(a.r, v_set(0.0)), pi + t, t));
}

V_FN vc c_exp(vc a)
{
    vd c;
    const vd s = v_sincos(a.i, &c), e = v_exp(a.r);

    return (vc){ e * c, e * s };
}

V_FN vc c_expm1(vc a)
{
    vd c, ch;
    const vd s = v_sincos(a.i, &c), sh = v_sincos(a.i * v_set(0.5), &ch), m = v_expm1(a.r);

    /* e^x cos y - 1 = (e^x - 1) cos y - 2 sin^2(y / 2) */
    return (vc){ v_fms(m, c, (sh + sh) * sh), v_fma(m, s, s) };
}

V_FN vc c_log1p(vc a)
{
    const vd two = v_set(2.0);

    return (vc){ v_log1p(v_fma(a.r, a.r + two, a.i * a.i)) * v_set(0.5), c_arg((vc){ v_set(1.0) + a.r, a.i }) };
}

#endif
