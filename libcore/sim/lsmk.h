/* lsmk - the kernels of lsm.k.c as their callers see them: OC_K_PICK(oc_lsm_NAME_k). */
#ifndef OC_SIM_LSMK_H
#define OC_SIM_LSMK_H

#include "math/isa.h"

#include <stdbool.h>
#include <stddef.h>

/* A date as the deciding kernels see it. */
struct oc_lsm_look {
    double side, strike, discount;
    bool single;                    /* functions are T_0 .. of one feature, computed on the way; else they are columns */
    double middle, scale;
    size_t terms;                   /* 0: whatever is in the money is taken */
    const double *coef, *const *column;
};

OC_K_DECLARE(void, oc_lsm_range_k, (size_t n, double side, double strike, size_t features, const double *const feature[],
                                    double *low, double *high, double *count));
OC_K_DECLARE(void, oc_lsm_mask_k, (size_t n, double side, double strike, const double *x, double *mask));
OC_K_DECLARE(void, oc_lsm_powers_k, (size_t n, const double *x, double middle, double scale, unsigned powers,
                                     const double *mask, double *t));
OC_K_DECLARE(void, oc_lsm_product_k, (size_t n, const double *a, const double *b, double *out));
OC_K_DECLARE(void, oc_lsm_gram_k, (size_t n, size_t m, const double *const column[], double *sum));
OC_K_DECLARE(void, oc_lsm_decide_k, (size_t n, const struct oc_lsm_look *l, const double *x, const double *alive,
                                     double *take, double *got));
OC_K_DECLARE(void, oc_lsm_update_k, (size_t n, const struct oc_lsm_look *l, const double *x, double *cash));
OC_K_DECLARE(double, oc_lsm_stop_k, (size_t n, const struct oc_lsm_look *l, double date, const double *x, double *alive,
                                     double *cash, double *spot, double *when));
OC_K_DECLARE(void, oc_lsm_moments_k, (size_t n, const struct oc_lsm_look *l, const double *x, const double *y, double *sum));
OC_K_DECLARE(void, oc_lsm_scale_k, (size_t n, double by, double *x));
OC_K_DECLARE(void, oc_lsm_order_k, (size_t n, size_t assets, double sign, double *const price[]));
OC_K_DECLARE(void, oc_lsm_sum_k, (size_t n, size_t assets, const double *weight, double *const price[], double *out));

#endif
