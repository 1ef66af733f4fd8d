/* payoff_bridge - see payoff_bridge.h and, for the formulas, payoff.h. */
#include "sim/payoff_bridge.h"

#include "math/exp.h"
#include "math/log.h"
#include "math/norm.h"
#include "math/philox.h"
#include "sim/lanes.h"
#include "sim/payoff_k.h"

#include <math.h>
#include <string.h>

#define K(name) OC_K_PICK(oc_payoff_##name##_k)

/* Number k of the step's own uniforms, with their antithetic partners. */
static void uniforms(const struct oc_laid_claim *p, const struct oc_payoff_room *r, const struct oc_paths_at *at, unsigned k,
                     double *out)
{
    const unsigned stream = OC_STREAM(0, OC_FOR_OTHER);
    const uint64_t number = 4 * at->step + k;
    double half[OC_LANES / 2 + 1];

    if (!p->antithetic) {
        oc_philox_uniform(r->seed, stream, at->first, at->n, number, 1, out, at->n);
        return;
    }
    const unsigned odd = at->first & 1;
    const size_t n = (at->n + odd + 1) / 2;
    oc_philox_uniform(r->seed, stream, at->first / 2, n, number, 1, half, n);
    oc_lanes_pairs(at->n, odd, 1.0, half, out);
}

/* ---- extrema ----------------------------------------------------------------------------------------------- */

static void lookback(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at, double dt,
                     const double *x)
{
    const struct oc_claim *c = &p->claim;
    const double sign = (c->pay == OC_PAY_LOOKBACK_FIXED) == (c->side > 0) ? 1 : -1;
    double *const l = r->tmp[2], *const e = r->tmp[3];

    uniforms(p, r, at, 0, l);
    oc_log_v(at->n, l, l);
    K(extreme)(at->n, sign, dt, r->x, x, r->vol, l, e);
    K(best)(at->n, sign, e, r->best);
}

/* ---- barriers ---------------------------------------------------------------------------------------------- */

/*
 * Discount factors of the instants at which the bridges hit level h, for those that do: tau = t0 + dt y / (dt + y), y
 * inverse Gaussian with mean dt a / b and shape (a / vol)^2, a and b the distances of the ends.
 */
static void hit_discount(const struct oc_laid_claim *p, const struct oc_payoff_room *r, const struct oc_paths_at *at,
                         double h, double dt, const double *x, double *out)
{
    double normal[OC_LANES], choose[OC_LANES];

    uniforms(p, r, at, 1, normal);
    uniforms(p, r, at, 2, choose);
    oc_norm_icdf_v(at->n, normal, normal);
    for (size_t j = 0; j < at->n; j++) {
        const double a = fabs(r->x[j] - h), b = fmax(fabs(x[j] - h), 1e-300), mean = dt * a / b, shape = a / r->vol[j];
        const double k = mean * normal[j] * normal[j] / (2 * shape * shape), ratio = 1 / (1 + k + sqrt(2 * k + k * k));
        const double y = choose[j] * (1 + ratio) <= 1 ? mean * ratio : mean / ratio;
        const double part = y < dt * 0x1p60 ? y / (dt + y) : 1;
        out[j] = -p->claim.rate * (at->t - dt + dt * part);
    }
    oc_exp_v(at->n, out, out);
}

/* One barrier. */
static void single(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at, double dt,
                   const double *x)
{
    const struct oc_claim *c = &p->claim;
    const double sign = c->knock == OC_DOWN_OUT || c->knock == OC_DOWN_IN ? 1 : -1, h = oc_log(c->barrier / p->spot[0]);
    double *const survive = r->tmp[2], *const k = r->tmp[3];

    K(cross)(at->n, sign, h, dt, r->x, x, r->vol, survive);
    oc_expm1_v(at->n, survive, survive);
    K(linear)(at->n, 0.0, -1.0, survive, survive);
    if (c->rebate != 0 && !isnan(c->rebate) && !c->rebate_at_expiry && c->rate != 0)
        hit_discount(p, r, at, h, dt, x, k);
    else
        oc_lanes_fill(at->n, oc_exp(-c->rate * c->years), k);
    K(survive)(at->n, survive, k, r->alive, r->paid);
}

/*
 * Two barriers: sum over images, m = -M .. M.  The first left out is below e^(-2 (M - 1)^2 width^2 / (vol^2 dt)); with a
 * volatility that moves M = 12, for which a step beyond 8 width^2 counts as hit (survival below 1e-16).
 */
static void two_sided(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at, double dt,
                      const double *x)
{
    const struct oc_claim *c = &p->claim;
    const double low = oc_log(c->barrier / p->spot[0]), width = oc_log(c->barrier2 / c->barrier);
    int images = 12;
    double *const sum = r->tmp[2], straight[OC_LANES], mirror[OC_LANES];

    if (p->vol > 0) {
        const double enough = ceil(sqrt(20 * p->vol * p->vol * dt) / width) + 1;
        images = enough < 12 ? (int)enough : 12;
    }
    oc_lanes_fill(at->n, 0, sum);
    for (int m = -images; m <= images; m++) {
        K(image)(at->n, m, low, width, dt, r->x, x, r->vol, straight, mirror);
        oc_exp_v(at->n, straight, straight);
        oc_exp_v(at->n, mirror, mirror);
        K(add)(at->n, straight, sum);
        K(axpy)(at->n, -1.0, mirror, sum);
    }
    K(within)(at->n, low, low + width, dt, r->x, x, r->vol, sum);
    oc_lanes_fill(at->n, oc_exp(-c->rate * c->years), r->tmp[3]);
    K(survive)(at->n, sum, r->tmp[3], r->alive, r->paid);
}

void oc_payoff_bridge(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at,
                      const double *vol)
{
    double x[OC_LANES];

    K(linear)(at->n, r->adjust ? r->adjust[at->step] : 0, 1.0, at->x[0], x);
    if (at->step > 0) {
        const double dt = p->t[at->step] - p->t[at->step - 1];
        if (p->claim.pay == OC_PAY_BARRIER)
            single(p, r, at, dt, x);
        else if (p->claim.pay == OC_PAY_DOUBLE_BARRIER)
            two_sided(p, r, at, dt, x);
        else
            lookback(p, r, at, dt, x);
    }
    memcpy(r->x, x, at->n * sizeof *x);
    memcpy(r->vol, vol, at->n * sizeof *vol);
}
