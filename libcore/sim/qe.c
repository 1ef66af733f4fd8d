/* qe - see qe.h */
#include "sim/qe.h"

#include "math/exp.h"
#include "math/isa.h"

OC_K_DECLARE(void, oc_qe_walk_k, (const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, double *x,
                                  double *v));

void oc_qe_interval(const struct oc_qe *q, double drift, double dt, struct oc_qe_step *c)
{
    const double decay = oc_exp(-q->kappa * dt), lost = -oc_expm1(-q->kappa * dt), ratio = q->rho / q->xi;
    const double half = 0.5 * dt * (q->kappa * ratio - 0.5);

    c->decay = decay;
    c->mean = q->theta * lost;
    c->s1 = q->xi * q->xi * decay * lost / q->kappa;
    c->s0 = q->theta * q->xi * q->xi * lost * lost / (2.0 * q->kappa);
    c->drift = drift * dt;
    c->k0 = -ratio * q->kappa * q->theta * dt;
    c->k1 = half - ratio;
    c->k2 = half + ratio;
    c->k3 = 0.5 * dt * (1.0 - q->rho) * (1.0 + q->rho);
    c->a = c->k2 + 0.5 * c->k3;
}

void oc_qe_walk(const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, double *x, double *v)
{
    OC_K_PICK(oc_qe_walk_k)(c, n, zx, zv, x, v);
}
