/*
 * rough_bergomi - d log S = (drift - V / 2) dt + sqrt(V) dB,  V(t) = xi(t) exp(eta Y(t) - eta^2 Var Y(t) / 2),
 * Y(t) = sqrt(2 H) integral over (0, t) of (t - s)^(H - 1/2) dW(s), rho the correlation of B and W.
 *
 * The hybrid scheme with one exact cell (kappa = 1): over the last step the kernel's integral is drawn together with the
 * increment of W, over the earlier ones the kernel is its mean over each step.  The price moves by its Euler step with V at
 * the beginning, which keeps e^(-drift t) S a martingale; Var Y is that of the scheme, so that E[V(t)] = xi(t) at each step.
 *
 *   xi          forward variance, constant up to each of its times, and beyond the last
 *   state       x, V, then the increments of W so far: as many columns as steps, so their number must be known, and is at
 *               most
 *               OC_ROUGH_BERGOMI_STEPS.  A step k costs k multiplications: a walk grows with the square of its steps
 *   discrete    the kernel's weights are of steps of one length
 *   error       the strong order is H: at H = 0.02 the law of V at one instant is right, that of its average over time
 *               comes slowly; measured against published prices by tests/unit/sim_rough.c
 *   source      Bayer, Friz, Gatheral, "Pricing under rough volatility" (2016); Bennedsen, Lunde, Pakkanen, "Hybrid scheme
 *               for Brownian semistationary processes" (2017)
 */
#include "math/exp.h"
#include "math/isa.h"
#include "math/log.h"
#include "sim/lanes.h"

#include <stdlib.h>

enum { OC_ROUGH_BERGOMI_STEPS = 4096 };
enum { HURST, ETA, RHO, DRIFT };
enum { X, V, HISTORY };                     /* columns of the state */

OC_K_DECLARE(void, oc_rough_bergomi_k, (size_t n, size_t steps, const double *weight, double *const history[], double *y));

static const struct oc_param param[] = {
    { "hurst h", 0.0, 0.5, "(]", NAN, false, "", "roughness of the volatility; 1/2 is none" },
    { "eta", 0.0, INFINITY, "[)", NAN, false, "", "volatility of the volatility" },
    { "rho", -1.0, 1.0, "[]", NAN, false, "", "correlation of the price and its volatility" },
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" },
    { 0 }
};

struct own {
    double dw;                              /* sqrt(dt) */
    double cell_w, cell_own;                /* last cell's integral = cell_w * (normal of W) + cell_own * (third normal) */
    double scale;                           /* eta sqrt(2 H) */
    double *weight;                         /* [steps] of the increment k + 1 steps back, k >= 1 */
    double *mean;                           /* [steps + 1] log xi(t_k) - eta^2 Var Y(t_k) / 2 */
};

static double power(double x, double y) { return oc_exp(y * oc_log(x)); }

static double xi_at(const struct oc_simdata *d, double t)
{
    size_t i = 0;

    /* the rounding of k dt must not step beyond a time that is meant */
    while (i + 1 < d->nxi && t > d->xi_t[i] * (1 + 1e-12))
        i++;
    return d->xi[i];
}

static void fill(const struct oc_walk *w, struct own *o)
{
    const double a = w->par[HURST] - 0.5, h = w->dt, eta = w->par[ETA], two_h = 2.0 * w->par[HURST];
    const double cov = power(h, a + 1) / (a + 1), var = power(h, two_h) / two_h;
    double total = var, before = 1.0;       /* Var of the integral; k^(a + 1) */

    o->dw = sqrt(h);
    o->cell_w = cov / o->dw;
    o->cell_own = sqrt(fmax(var - cov * cov / h, 0.0));         /* 0 at H = 1/2 */
    o->scale = eta * sqrt(two_h);
    o->mean[0] = oc_log(w->data.xi[0]);
    for (uint64_t k = 1; k <= w->steps; k++) {
        o->mean[k] = oc_log(xi_at(&w->data, (double)k * h)) - 0.5 * eta * eta * two_h * total;
        if (k == w->steps)
            break;
        const double next = power((double)(k + 1), a + 1);
        o->weight[k] = (next - before) / (a + 1) * power(h, a);
        before = next;
        total += o->weight[k] * o->weight[k] * h;
    }
}

static void teardown(struct oc_walk *w)
{
    struct own *o = w->own;

    if (o) {
        free(o->weight);
        free(o->mean);
    }
    free(o);
}

static int setup(struct oc_walk *w, struct oc_err *err)
{
    if (w->steps == 0)
        return oc_fail(err, OC_USAGE, "rough_bergomi remembers its whole path: it needs the number of steps");
    if (w->steps > OC_ROUGH_BERGOMI_STEPS)
        return oc_fail(err, OC_USAGE, "rough_bergomi takes at most %d steps, not %llu", OC_ROUGH_BERGOMI_STEPS,
                       (unsigned long long)w->steps);
    for (size_t i = 0; i < w->data.nxi; i++)
        if (!(w->data.xi[i] > 0.0) || !isfinite(w->data.xi[i]))
            return oc_fail(err, OC_USAGE, "rough_bergomi: the forward variance xi is %g, not above 0", w->data.xi[i]);
    struct own *o = calloc(1, sizeof *o);
    w->own = o;
    if (o) {
        o->weight = calloc(w->steps + 1, sizeof *o->weight);
        o->mean = calloc(w->steps + 1, sizeof *o->mean);
    }
    if (!o || !o->weight || !o->mean)
        return oc_fail(err, OC_MEMORY, "no memory for rough_bergomi");
    w->nstate = HISTORY + (size_t)w->steps;
    fill(w, o);
    return 0;
}

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    (void)t;
    c[0] = oc_lanes_drift(w, DRIFT) * dt;
    c[1] = dt;
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, 0.0, state[X]);
    oc_lanes_fill(n, w->data.xi[0], state[V]);
    for (size_t k = HISTORY; k < w->nstate; k++)
        oc_lanes_fill(n, 0.0, state[k]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    const struct own *o = w->own;
    const size_t k = (size_t)place->step;
    const double rho = w->par[RHO], other = sqrt(1.0 - rho * rho);
    double integrated[OC_LANES] = { 0 }, y[OC_LANES], *const dw = state[HISTORY + k];

    (void)u;
    for (size_t j = 0; j < n; j++) {
        const double zw = rho * z[0][j] + other * z[1][j];
        integrated[j] = state[V][j] * c[1];
        dw[j] = o->dw * zw;
        y[j] = o->cell_w * zw + o->cell_own * z[2][j];
    }
    oc_lanes_log(n, c[0], integrated, z[0], state[X]);
    OC_K_PICK(oc_rough_bergomi_k)(n, k, o->weight, state + HISTORY, y);
    for (size_t j = 0; j < n; j++)
        y[j] = o->mean[k + 1] + o->scale * y[j];
    oc_exp_v(n, y, state[V]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)w, (void)jumps, (void)regime;
    if (vol)
        oc_lanes_sqrt(n, 1.0, state[V], vol);
}

const struct oc_process oc_process_rough_bergomi = {
    .name = "rough_bergomi", .aliases = "rbergomi", .title = "rough Bergomi (2016): hybrid scheme", .param = param,
    .data = "xi", .risk_neutral = true, .steady = true, .discrete = true, .normals = 3, .nconst = 2, .setup = setup,
    .teardown = teardown, .interval = interval, .begin = begin, .step = step, .show = show,
};
