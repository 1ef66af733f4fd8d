/*
 * qe - a step of Heston's variance and log price by Andersen's quadratic-exponential scheme with martingale correction.
 *
 *     d log S = (drift - v / 2) dt + sqrt(v) dW,    dv = kappa (theta - v) dt + xi sqrt(v) dW',    dW dW' = rho dt
 *   variance  mean and variance of v(t + dt) given v(t) are exact; its law is the square of a shifted normal, or, where
 *             variance / mean^2 > 1.5, an atom at 0 and an exponential tail, from the same normal
 *   price     central weights 1/2 of the integrated variance; corrected so that e^(-drift t) S is a martingale exactly.  The
 *             correction needs a moment to exist, which it does for any v where oc_qe_exists says so: rho <= 0, or dt below
 *             about 1.2 / (rho xi).  A step that is made all the same goes without the correction where there is none
 *   error     of first order or better in dt, see Andersen; v's two moments have none
 *   source    Andersen, "Efficient simulation of the Heston stochastic volatility model" (2008), 3.2.4, 4.2, 4.3
 */
#ifndef OC_SIM_QE_H
#define OC_SIM_QE_H

#include <stdbool.h>
#include <stddef.h>

struct oc_qe { double kappa, theta, xi, rho; };

/* Constants of a step. */
struct oc_qe_step {
    double decay, mean;         /* E v' = mean + decay v */
    double s1, s0;              /* Var v' = s1 v + s0 */
    double drift;               /* of the log price, without -v / 2 */
    double k0, k1, k2, k3;      /* x' = x + drift + k0 + k1 v + k2 v' + sqrt(k3 (v + v')) z; k0 without correction */
    double a;                   /* k2 + k3 / 2 */
};
enum { OC_QE_CONST = sizeof(struct oc_qe_step) / sizeof(double) };

void oc_qe_interval(const struct oc_qe *q, double drift, double dt, struct oc_qe_step *c);

/* The correction exists whatever v is. */
bool oc_qe_exists(const struct oc_qe *q, double dt);

/* n paths: x and v in place.  zx drives the price, zv the variance; independent. */
void oc_qe_walk(const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, double *x, double *v);

#endif
