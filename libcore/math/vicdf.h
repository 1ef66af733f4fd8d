/*
 * vicdf - the inverse of the standard normal distribution in lanes, to be inlined into kernels.
 *
 *   v_norm_icdf(p)      any p: -infinity at 0, infinity at 1, NaN outside of [0, 1]; down to p = 2^-1074; <= 4 ulp
 *
 * Method: x = (2p - 1) g(w), w = -log(4 p (1 - p)), as in Giles, "Approximating the erfinv function" (2011), with
 * polynomials of our own: for w < 6.25 (0.0005 < p < 0.9995) g(0) + w times one in w - 3.125, beyond in sqrt(w), four pieces.  Interpolated at
 * Chebyshev nodes in 60 digits; the first coefficient is a sum of two doubles.  Measured in tests/unit/math_norm.c.
 */
#ifndef OC_MATH_VICDF_H
#define OC_MATH_VICDF_H

#include "math/vec.h"
#include "math/vlog.h"

#define VICDF_MID 6.25

/* g(w) = c[0] + c[1] + w (c[2] + c[3] t + c[4] t^2 ...), t = w - 3.125; c[0] + c[1] = g(0) = sqrt(pi/2) */
static const double vicdf_mid[] = {
    0x1.40d931ff62706p+0, -0x1.a6a0d6f814637p-54, 0x1.63a21d2dfce25p-2, -0x1.416a6363e70ebp-9, -0x1.fe15e2d499e71p-10,
    0x1.2d6c4167d0262p-12, -0x1.f6058819f9656p-18, -0x1.04f723d66e561p-18, 0x1.505123dbab512p-21, -0x1.2ee9582e8acf5p-27,
    -0x1.6318bc8be59c2p-27, 0x1.8d7328515812ep-30, 0x1.caa51a70d136cp-37, -0x1.f8688e17a099cp-36, 0x1.d0bdd57539773p-39,
    0x1.2c506eeb6537bp-43, -0x1.656bda932d396p-44, 0x1.08db7a165cbe2p-47, 0x1.6901c97ed38fap-51, -0x1.0455858ec4f15p-52,
    0x1.feda5ef9b99a0p-57, 0x1.ce8a44195cdadp-59, -0x1.29755465a432cp-61, -0x1.5ac8165434f89p-66, 0x1.b3cd7a46538d9p-68
};

/* g = c[0] + c[1] + c[2] t + c[3] t^2 ..., t = sqrt(w) - centre, for sqrt(w) below end (and from the end of the piece before) */
static const struct vicdf_piece {
    double end, centre, c[20];
} vicdf_far[] = {
    { 4.0, 3.25, {
        0x1.171f182e77876p+2, 0x1.49b497b3e4f42p-52, 0x1.6bf14fa6fc320p+0, 0x1.f1c95c5e74cdbp-8, -0x1.5bab4c39d9478p-8,
        0x1.cdd2bb95a3e0cp-9, -0x1.38f1f6d52d2a8p-9, 0x1.616921e971322p-10, -0x1.073e91f20a1f5p-11, 0x1.1d17431efb948p-15,
        0x1.950a8c22b2df5p-14, -0x1.18aeb78661f28p-14, 0x1.27ff3fad4d05ap-16, 0x1.15d3726c18d70p-18, -0x1.7cf2db9534a6cp-18,
        0x1.1bed344ba1452p-19, 0x1.bd333185dbc18p-26, -0x1.97e24cbed3337p-22, 0x1.1383e31c99615p-23, -0x1.29da4919d06a9p-31 } },
    { 6.5, 5.25, {
        0x1.cdd2a5effeac9p+2, -0x1.814e0f7935f6ap-53, 0x1.6dbacef4f1427p+0, -0x1.96cbc47603618p-12, -0x1.bd02722cea0f4p-13,
        0x1.471f5ae5a8779p-14, -0x1.4cb8803510507p-16, 0x1.27fe55c94758cp-18, -0x1.eb8360815faf9p-21, 0x1.8d9d3cfde8c58p-23,
        -0x1.5567e71aa6426p-25, 0x1.7b439b374d41bp-27, -0x1.3f49680bb83f5p-28, 0x1.41b0d197bba04p-29, -0x1.2350d6e765b8dp-30,
        0x1.0ecc0509733c7p-31, -0x1.1f0799fc808c1p-32, 0x1.6b03a212a312cp-34, 0x1.d1fc0281982fcp-39, -0x1.9edc2ff92efacp-38 } },
    { 13.0, 9.75, {
        0x1.b437332efe7fcp+3, 0x1.a1720672d3f65p-51, 0x1.6c43b6735dfe6p+0, -0x1.0de2ac7b34cb7p-11, 0x1.c80355b553eecp-16,
        -0x1.c0f25370c6cfep-21, -0x1.34a22b264dca2p-24, 0x1.607e36c19dba8p-26, -0x1.ba82108cbdfd9p-29, 0x1.d3c84c0cca38bp-32,
        -0x1.c7416c4ed1920p-35, 0x1.a5c1e5ef0558dp-38, -0x1.79504489dba56p-41, 0x1.4a372eb4ca50bp-44, -0x1.2265516cdb5f0p-47,
        0x1.ea732862d3beep-51, -0x1.4dd490bfb007cp-54, 0x1.15fd44e78c302p-57, -0x1.c842cd85cbf58p-60, 0x1.6d67257c222e1p-63 } },
    { 27.5, 20.25, {
        0x1.c897283a4dc9ap+4, 0x1.20f6417904937p-51, 0x1.6adfe03ea6065p+0, -0x1.f2d660fad0fb0p-14, 0x1.2cec93fc581f7p-18,
        -0x1.6d48d6fa7038bp-23, 0x1.b61e8c8350488p-28, -0x1.fd7b757e1b60dp-33, 0x1.1700fb8e5df44p-37, -0x1.0e931e773b153p-42,
        0x1.7a24d320c68d4p-48, 0x1.3204e71335935p-55, -0x1.08a87969e15e5p-56, 0x1.7d577a4b65214p-60, -0x1.d5dcf41e05624p-64,
        0x1.cf0feb04203dfp-68, -0x1.d5a18f768b30bp-73, 0x1.c2010d0a3ffefp-77, -0x1.57db6b25aff39p-79, 0x1.24e07f517bca2p-83 } },
};

/* (2p - 1) (c[0] + c[1] + u (c[2] + c[3] t + ...)); q = 2p - 1, n entries in c */
V_FN vd vicdf_value(vd q, vd u, vd t, const double *c, int n)
{
    const vd r = v_fma(u, v_poly2(t, t * t, c + 2, n - 2), v_set(c[1]));

    return v_fma(q, v_set(c[0]), q * r);
}

/* y where |w| < 6.25, else what the tails and the special values need */
V_FN vd vicdf_tails(vd p, vd q, vd y)
{
    /* 4p does not underflow for subnormal p, and the logarithm takes subnormal numbers. */
    const vd zero = v_set(0.0), one = v_set(1.0), inf = v_set(__builtin_inf());
    const vd s = v_sqrt(-v_log((v_set(4.0) * p) * (one - p)));
    vd low = v_set(2.5);

    for (size_t j = 0; j < sizeof vicdf_far / sizeof vicdf_far[0]; j++) {
        const struct vicdf_piece *const f = &vicdf_far[j];
        const vm in = m_and(v_ge(s, low), v_lt(s, v_set(f->end)));
        if (m_any(in))
            y = v_sel(in, vicdf_value(q, s - v_set(f->centre), s - v_set(f->centre), f->c, 20), y);
        low = v_set(f->end);
    }
    y = v_sel(v_eq(p, zero), -inf, y);
    y = v_sel(v_eq(p, one), inf, y);
    return v_sel(m_and(v_ge(p, zero), v_le(p, one)), y, v_set(__builtin_nan("")));
}

/* w = -log(4 p (1 - p)) for the common path; something with |w| > 700 where p is not in (0, 1) or subnormal */
V_FN vd vicdf_w(vd p) { return -v_log_mid((v_set(4.0) * p) * (v_set(1.0) - p)); }

V_FN vd vicdf_q(vd p) { return v_fms(v_set(2.0), p, v_set(1.0)); }

/* The result where |w| < 6.25, q = 2p - 1, c = vicdf_mid */
V_FN vd vicdf_near(vd q, vd w, const double *c) { return vicdf_value(q, w, w - v_set(3.125), c, 25); }

/* Negative lanes where it is not: |w| >= 6.25, as bit patterns, or NaN */
V_FN vi vicdf_far_lanes(vd w) { return i_above(w, 0x1.8ffffffffffffp+2); }

/* The result from p and its w. */
V_FN vd vicdf_finish(vd p, vd w)
{
    const vd q = vicdf_q(p), y = vicdf_near(q, w, vicdf_mid);
    /* The tails begin where this ends: sqrt(w) >= 2.5 just where w >= 6.25, since 2.5^2 is exact and sqrt monotone. */
    const vm mid = v_lt(v_abs(w), v_set(VICDF_MID));

    if (__builtin_expect(!m_all(mid), 0))
        return v_sel(mid, y, vicdf_tails(p, q, y));
    return y;
}

V_FN vd v_norm_icdf(vd p) { return vicdf_finish(p, vicdf_w(p)); }

#endif
