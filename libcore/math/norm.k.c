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
