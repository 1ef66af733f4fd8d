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

/*
 * With R = m / s2, the mean of v' over its variance: the quadratic branch needs 2 A m < 1 + b^2, and 1 + b^2 >= 3/2 q = 3 m
 * R; the exponential one A m (2 + q) < 2 q = 4 m R, where q < 4/3.  So A < 1.2 R is enough in both, and R is least for v
 * without end, where it is kappa / (xi^2 (1 - e^(-kappa dt))).
 */
bool oc_qe_exists(const struct oc_qe *q, double dt)
{
    struct oc_qe_step c;

    oc_qe_interval(q, 0.0, dt, &c);
    return c.a < 1.2 * q->kappa / (q->xi * q->xi * -oc_expm1(-q->kappa * dt));
}

void oc_qe_walk(const struct oc_qe_step *c, size_t n, const double *zx, const double *zv, double *x, double *v)
{
    OC_K_PICK(oc_qe_walk_k)(c, n, zx, zv, x, v);
}
