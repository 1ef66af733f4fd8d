/* norm - the kernels of norm.h */
#include "math/vicdf.h"
#include "math/vmap.h"
#include "math/vnorm.h"

void OC_K(oc_norm_pdf_k)(size_t n, const double *x, double *out);
void OC_K(oc_norm_cdf_k)(size_t n, const double *x, double *out);
void OC_K(oc_norm_sf_k)(size_t n, const double *x, double *out);
void OC_K(oc_norm_icdf_k)(size_t n, const double *p, double *out);
void OC_K(oc_norm_both_k)(size_t n, const double *x, double *cdf, double *pdf);
void OC_K(oc_norm_fast_k)(size_t n, const double *x, double *cdf, double *pdf);

void OC_K(oc_norm_pdf_k)(size_t n, const double *x, double *out)
{
    v_map(n, x, out, 0.0, v_norm_pdf);
}

void OC_K(oc_norm_cdf_k)(size_t n, const double *x, double *out)
{
    v_map(n, x, out, 0.0, v_norm_cdf);
}

void OC_K(oc_norm_sf_k)(size_t n, const double *x, double *out)
{
    v_map(n, x, out, 0.0, v_norm_sf);
}

enum { BLOCK = 256, U = W == 8 ? 4 : 2 };        /* U: as registers allow */

/* w of BLOCK probabilities, U vectors side by side */
static void icdf_begin(const double *p, double *w)
{
    for (size_t i = 0; i < BLOCK; i += U * W) {
        vd x[U];
#pragma GCC unroll 4
        for (int k = 0; k < U; k++)
            x[k] = vicdf_w(v_ld(p + i + k * W));
#pragma GCC unroll 4
        for (int k = 0; k < U; k++)
            v_st(w + i + k * W, x[k]);
    }
}

/* The lanes of U vectors that are not near, in out. */
__attribute__((noinline)) static void icdf_far(const double *p, const double *w, double *out)
{
    for (size_t i = 0; i < U * W; i += W)
        if (i_anyneg(vicdf_far_lanes(v_ld(w + i))))
            v_st(out + i, vicdf_finish(v_ld(p + i), v_ld(w + i)));
}

/* out may be p, so what the rare lanes need of it is kept. */
static void icdf_end(const double *p, const double *w, double *out)
{
    double kept[U * W];

    for (size_t i = 0; i < BLOCK; i += U * W) {
        const double *const c = v_table(vicdf_mid);
        vd y[U];
        vi far = i_set(0);
#pragma GCC unroll 4
        for (int k = 0; k < U; k++) {
            const vd x = v_ld(w + i + k * W);
            y[k] = vicdf_near(vicdf_q(v_ld(p + i + k * W)), x, c);
            far = far | vicdf_far_lanes(x);
        }
        const int rare = i_anyneg(far);
        if (__builtin_expect(rare, 0))
            memcpy(kept, p + i, sizeof kept);
#pragma GCC unroll 4
        for (int k = 0; k < U; k++)
            v_st(out + i + k * W, y[k]);
        if (__builtin_expect(rare, 0))
            icdf_far(kept, w + i, out + i);
    }
}

void OC_K(oc_norm_icdf_k)(size_t n, const double *p, double *out)
{
    /* Two passes over a small buffer: in one, the chain of logarithm and polynomial is too long to be overlapped. */
    double w[BLOCK];

    for (; n >= BLOCK; n -= BLOCK, p += BLOCK, out += BLOCK) {
        icdf_begin(p, w);
        icdf_end(p, w, out);
    }
    v_map(n, p, out, 0.5, v_norm_icdf);
}

void OC_K(oc_norm_both_k)(size_t n, const double *x, double *cdf, double *pdf)
{
    v_map2(n, x, cdf, pdf, 0.0, v_norm_both);
}

void OC_K(oc_norm_fast_k)(size_t n, const double *x, double *cdf, double *pdf)
{
    v_map2(n, x, cdf, pdf, 0.0, v_norm_fast);
}
