/* lsmk - the kernels of lsm.k.c as their callers see them: OC_K_PICK(oc_lsm_NAME_k). */
#ifndef OC_SIM_LSMK_H
#define OC_SIM_LSMK_H

#include "math/isa.h"

#include <stddef.h>

OC_K_DECLARE(void, oc_lsm_range_k, (size_t n, double side, double strike, size_t features, const double *const feature[],
                                    double *low, double *high, double *count));
OC_K_DECLARE(void, oc_lsm_mask_k, (size_t n, double side, double strike, const double *x, double *mask));
OC_K_DECLARE(void, oc_lsm_powers_k, (size_t n, const double *x, double middle, double scale, unsigned powers,
                                     const double *mask, double *t));
OC_K_DECLARE(void, oc_lsm_product_k, (size_t n, const double *a, const double *b, double *out));
OC_K_DECLARE(void, oc_lsm_gram_k, (size_t n, size_t m, const double *const column[], double *sum));
OC_K_DECLARE(void, oc_lsm_decide_k, (size_t n, double side, double strike, double discount, const double *x, size_t terms,
                                     const double *const column[], const double *coef, const double *alive, double *take,
                                     double *got));
OC_K_DECLARE(void, oc_lsm_keep_k, (size_t n, const double *take, const double *from, double *into));
OC_K_DECLARE(void, oc_lsm_order_k, (size_t n, size_t assets, double sign, double *const price[]));
OC_K_DECLARE(void, oc_lsm_sum_k, (size_t n, size_t assets, const double *weight, double *const price[], double *out));

#endif
