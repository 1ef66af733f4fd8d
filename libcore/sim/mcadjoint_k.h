/*
 * mcadjoint_k - the reverse steps of mcadjoint.k.c.
 */
#ifndef OC_SIM_MCADJOINT_K_H
#define OC_SIM_MCADJOINT_K_H

#include "math/isa.h"
#include "sim/qe.h"

#include <stddef.h>

/*
 * A step of qe.h, reversed, n columns.  v, next: the variance before and after; xbar: derivative by x (which the step
 *                                       passes on);
 * vbar: by the variance, after the step on entry, before it on return; cbar[i * ld + j] += by constant i of the step.
 */
OC_K_DECLARE(void, oc_mcadjoint_qe_k,
             (const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, const double *v, const double *next,
              const double *xbar, double *vbar, double *cbar, size_t ld));
/* x' = x + (drift - vol^2 / 2) dt + vol sqrt(dt) z: dbar += xbar dt, sbar += xbar (sqrt(dt) z - vol dt) */
OC_K_DECLARE(void, oc_mcadjoint_gbm_k, (double vol, double dt, double root, size_t n, const double *z, const double *xbar,
             double *dbar, double *sbar));

#endif
