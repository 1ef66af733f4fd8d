/*
 * payoff_k - the kernels of payoff.k.c: declared once, called through the variant of the instruction set in use.
 */
#ifndef OC_SIM_PAYOFF_K_H
#define OC_SIM_PAYOFF_K_H

#include "math/isa.h"

#include <stddef.h>

OC_K_DECLARE(void, oc_payoff_vanilla_k, (size_t n, double side, double strike, double k, const double *s, double *out));
OC_K_DECLARE(void, oc_payoff_spread_k, (size_t n, double side, double k, const double *a, const double *b,
             double *out));
OC_K_DECLARE(void, oc_payoff_digital_k, (size_t n, double side, double strike, double k, int asset, const double *s,
             double *out));
OC_K_DECLARE(void, oc_payoff_add_k, (size_t n, const double *a, double *sum));
OC_K_DECLARE(void, oc_payoff_axpy_k, (size_t n, double k, const double *a, double *sum));
OC_K_DECLARE(void, oc_payoff_linear_k, (size_t n, double a, double k, const double *b, double *out));
OC_K_DECLARE(void, oc_payoff_dot_k, (size_t n, const double *a, const double *b, double *sum));
OC_K_DECLARE(void, oc_payoff_best_k, (size_t n, double sign, const double *a, double *best));
OC_K_DECLARE(void, oc_payoff_best3_k, (size_t n, double sign, double t, const double *a, const double *w,
             double *best, double *best_t, double *best_w));
OC_K_DECLARE(void, oc_payoff_hit_k, (size_t n, double sign, double level, double k, const double *s, double *alive,
             double *paid));
OC_K_DECLARE(void, oc_payoff_survive_k, (size_t n, const double *survive, const double *k, double *alive,
             double *paid));
OC_K_DECLARE(void, oc_payoff_return_k, (size_t n, double side, double moneyness, double low, double high,
             const double *s, double *start, double *sum));
OC_K_DECLARE(void, oc_payoff_clip_k, (size_t n, double k, double low, double high, const double *a, double *out));
OC_K_DECLARE(void, oc_payoff_cross_k, (size_t n, double sign, double h, double dt, const double *x0,
             const double *x1, const double *vol, double *out));
OC_K_DECLARE(void, oc_payoff_image_k, (size_t n, double m, double low, double width, double dt, const double *x0,
             const double *x1, const double *vol, double *straight, double *mirror));
OC_K_DECLARE(void, oc_payoff_within_k, (size_t n, double low, double high, double dt, const double *x0,
             const double *x1, const double *vol, double *sum));
OC_K_DECLARE(void, oc_payoff_extreme_k, (size_t n, double sign, double dt, const double *x0, const double *x1,
             const double *vol, const double *l, double *out));
OC_K_DECLARE(double, oc_payoff_total_k, (size_t n, const double *a, const double *b));

#endif
