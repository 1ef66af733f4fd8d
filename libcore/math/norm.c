/* norm - see norm.h */
#include "math/norm.h"

#include "math/isa.h"

OC_K_DECLARE(void, oc_norm_pdf_k, (size_t n, const double *x, double *out));
OC_K_DECLARE(void, oc_norm_cdf_k, (size_t n, const double *x, double *out));
OC_K_DECLARE(void, oc_norm_sf_k, (size_t n, const double *x, double *out));
OC_K_DECLARE(void, oc_norm_icdf_k, (size_t n, const double *p, double *out));
OC_K_DECLARE(void, oc_norm_both_k, (size_t n, const double *x, double *cdf, double *pdf));
OC_K_DECLARE(void, oc_norm_fast_k, (size_t n, const double *x, double *cdf, double *pdf));

void oc_norm_pdf_v(size_t n, const double *x, double *out)
{
    OC_K_PICK(oc_norm_pdf_k)(n, x, out);
}

void oc_norm_cdf_v(size_t n, const double *x, double *out)
{
    OC_K_PICK(oc_norm_cdf_k)(n, x, out);
}

void oc_norm_sf_v(size_t n, const double *x, double *out)
{
    OC_K_PICK(oc_norm_sf_k)(n, x, out);
}

void oc_norm_icdf_v(size_t n, const double *p, double *out)
{
    OC_K_PICK(oc_norm_icdf_k)(n, p, out);
}

void oc_norm_both_v(size_t n, const double *x, double *cdf, double *pdf)
{
    OC_K_PICK(oc_norm_both_k)(n, x, cdf, pdf);
}

void oc_norm_fast_v(size_t n, const double *x, double *cdf, double *pdf)
{
    OC_K_PICK(oc_norm_fast_k)(n, x, cdf, pdf);
}

double oc_norm_pdf(double x)
{
    double y;

    oc_norm_pdf_v(1, &x, &y);
    return y;
}

double oc_norm_cdf(double x)
{
    double y;

    oc_norm_cdf_v(1, &x, &y);
    return y;
}

double oc_norm_sf(double x)
{
    double y;

    oc_norm_sf_v(1, &x, &y);
    return y;
}

double oc_norm_icdf(double p)
{
    double y;

    oc_norm_icdf_v(1, &p, &y);
    return y;
}
