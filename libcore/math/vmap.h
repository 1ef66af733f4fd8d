/*
 * vmap - the loop of a kernel that maps an array through one function of lanes; the rest behind the last full
 * vector goes through the same function, so that a value's bits do not depend on its place.
 */
#ifndef OC_MATH_VMAP_H
#define OC_MATH_VMAP_H

#include "math/vec.h"

/* out[i] = f(x[i]); lanes behind the end compute f(pad), which should be cheap.  out may be x. */
V_FN void v_map(size_t n, const double *x, double *out, double pad, vd (*f)(vd))
{
    size_t i = 0;

    for (; i + W <= n; i += W)
        v_st(out + i, f(v_ld(x + i)));
    if (i < n)
        v_stn(out + i, n - i, f(v_ldn(x + i, n - i, pad)));
}

/* a[i] = f(x[i], &b[i]) */
V_FN void v_map2(size_t n, const double *x, double *a, double *b, double pad, vd (*f)(vd, vd *))
{
    size_t i = 0;
    vd second;

    for (; i + W <= n; i += W) {
        const vd first = f(v_ld(x + i), &second);
        v_st(a + i, first);
        v_st(b + i, second);
    }
    if (i < n) {
        const vd first = f(v_ldn(x + i, n - i, pad), &second);
        v_stn(a + i, n - i, first);
        v_stn(b + i, n - i, second);
    }
}

#endif
