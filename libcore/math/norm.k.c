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

void OC_K(oc_norm_icdf_k)(size_t n, const double *p, double *out)
{
    /* Two passes over a small buffer: in one, the chain of logarithm and polynomial is too long for the processor to overlap. */
    enum { BLOCK = 256 };
    double w[BLOCK];

    for (; n >= BLOCK; n -= BLOCK, p += BLOCK, out += BLOCK) {
        for (size_t i = 0; i < BLOCK; i += W)
            v_st(w + i, vicdf_w(v_ld(p + i)));
        for (size_t i = 0; i < BLOCK; i += W)
            v_st(out + i, vicdf_finish(v_ld(p + i), v_ld(w + i)));
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
