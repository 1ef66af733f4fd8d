/* mcadjoint - see mcadjoint.h */
#include "sim/mcadjoint.h"

#include "math/exp.h"
#include "sim/hestonpar.h"
#include "sim/lanes.h"
#include "sim/mcadjoint_k.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STATES = 2, NORMALS = 2 };
#define BY 1e-5             /* of a parameter: how far its differences go */

struct oc_mcadjoint {
    const struct oc_mc *m;
    bool heston;
    uint64_t steps;
    double *state;              /* [steps + 1][STATES][OC_LANES] */
    double *z;                  /* [steps][NORMALS][OC_LANES] */
    double *xbar; /* [steps + 1][OC_LANES]: the pay-off's gradient by the logarithm, then its sum from behind */
    double *half, *work, *whole;        /* drawn: pairs, Sobol's own */
    double vbar[OC_LANES], cbar[OC_QE_CONST][OC_LANES];
    double spot[OC_LANES], drift[OC_LANES], par[OC_PARAM_MAX][OC_LANES];      /* the results */
};

static bool is_heston(const struct oc_mc *m) { return strcmp(m->walks[0].process->name, "heston") == 0; }

/*
 * At an end of the domain a path has no derivative though its mean has one: sqrt((1 - rho^2) (v + v')) by rho at 1, sqrt(v)
 * by v at 0.  Taken as 0, as the kernel does, the mean is missed; near it the error is large, and says so.
 */
static bool inside(const struct oc_walk *w)
{
    return oc_hestonpar_v0(w) > 0 && fabs(w->par[OC_HESTON_RHO]) * (1 + BY) < 1;
}

bool oc_mcadjoint_has(const struct oc_mc *m)
{
    const bool lognormal = oc_mc_lognormal(&m->walks[0]) && m->view[0].payoff.vol > 0;

    return m->assets == 1 && (is_heston(m) ? inside(&m->walks[0]) : lognormal) && oc_payoff_gradient(&m->claim, 1)
           && !(m->how.variance & OC_VR_MOMENTS);
}

bool oc_mcadjoint_gives(const struct oc_mc *m, int quantity, size_t par)
{
    if (quantity < 0)
        return !isnan(m->walks[0].par[par]);
    return quantity == OC_DELTA || quantity == OC_RHO || quantity == OC_PHI || (quantity == OC_VEGA && !is_heston(m));
}

/* ---- a thread's memory ------------------------------------------------------------------------------------- */

struct oc_mcadjoint *oc_mcadjoint_open(const struct oc_mc *m, struct oc_err *err)
{
    struct oc_mcadjoint *const a = calloc(1, sizeof *a);
    const size_t steps = (size_t)m->sim[0].grid.steps, cell = OC_LANES * sizeof(double);
    const struct oc_paths *const p = &m->sim[0].paths;

    if (a) {
        a->m = m;
        a->heston = is_heston(m);
        a->steps = steps;
        a->state = malloc((steps + 1) * STATES * cell);
        a->z = malloc(steps * NORMALS * cell);
        a->xbar = malloc((steps + 1) * cell);
        a->half = malloc(NORMALS * cell);
        a->work = p->plan ? malloc((oc_draws_work(p->plan) + 1) * sizeof *a->work) : NULL;
        a->whole = p->plan ? malloc(steps * NORMALS * cell) : NULL;
    }
    if (!a || !a->state || !a->z || !a->xbar || !a->half || (p->plan && (!a->work || !a->whole))) {
        oc_mcadjoint_close(a);
        oc_fail(err, OC_MEMORY, "no memory for the reverse sweep over %zu steps", steps);
        return NULL;
    }
    return a;
}

void oc_mcadjoint_close(struct oc_mcadjoint *a)
{
    if (!a)
        return;
    free(a->state);
    free(a->z);
    free(a->xbar);
    free(a->half);
    free(a->work);
    free(a->whole);
    free(a);
}

static double *state_of(const struct oc_mcadjoint *a, uint64_t k, size_t i)
{
    return a->state + (k * STATES + i) * OC_LANES;
}
static double *normal_of(const struct oc_mcadjoint *a, uint64_t k, size_t i) { return a->z + (k * NORMALS + i) * OC_LANES; }

void oc_mcadjoint_keep(struct oc_mcadjoint *a, const struct oc_paths_at *at)
{
    for (size_t i = 0; i < (a->heston ? 2 : 1); i++)
        memcpy(state_of(a, at->step, i), at->state[0][i], at->n * sizeof(double));
}

/* ---- the normals, once more -------------------------------------------------------------------------------- */

static void draw(struct oc_mcadjoint *a, const struct oc_paths *p, uint64_t first, size_t n)
{
    const size_t count = a->heston ? 2 : 1, paired = p->antithetic ? (n + 1) / 2 : n;
    const uint64_t from = p->antithetic ? first / 2 : first;

    if (p->plan)
        oc_draws_path(&p->draws, p->plan, from, paired, a->whole, NULL, a->work);
    for (uint64_t k = 0; k < a->steps; k++)
        for (size_t i = 0; i < count; i++) {
            double *const z = normal_of(a, k, i), *to = p->antithetic ? a->half + i * OC_LANES : z;
            if (p->plan)
                memcpy(to, a->whole + (i * a->steps + k) * paired, paired * sizeof *to);
            else if (i == 0)
                oc_draws_normal(&p->draws, p->walk[0].asset, from, paired, k, 1, (unsigned)count, to, OC_LANES);
            if (p->antithetic)
                oc_lanes_pairs(n, (unsigned)(first & 1), 0.0, to, z);
            for (size_t j = 0; p->shift && i == 0 && j < n; j++)
                z[j] += p->shift[k];
        }
}

/* ---- the pay-off's gradient -------------------------------------------------------------------------------- */

/* d value / d x_k at every step, x_k the logarithm: weight of the path times S_k. */
static void seed(struct oc_mcadjoint *a, const struct oc_payoff_room *r, size_t n)
{
    const struct oc_laid_claim *const p = &a->m->view[0].payoff;
    const struct oc_claim *const c = &p->claim;
    double s[OC_LANES];

    for (uint64_t k = 0; k <= a->steps; k++) {
        double *const out = a->xbar + k * OC_LANES;
        const bool fixing = (p->mark[k] & OC_MARK_FIXING) != 0, pay = (p->mark[k] & OC_MARK_PAY) != 0;
        if (!fixing && !pay) {
            memset(out, 0, n * sizeof *out);
            continue;
        }
        oc_exp_v(n, state_of(a, k, 0), s);
        for (size_t j = 0; j < n; j++) {
            const double now = p->spot[0] * s[j];
            out[j] = (fixing ? r->by_fixing[j] * (c->geometric && c->pay == OC_PAY_ASIAN ? 1 : now) : 0)
                     + (pay ? r->by_end[j] * now : 0);
            if (c->pay == OC_PAY_LOOKBACK_FIXED || c->pay == OC_PAY_LOOKBACK_FLOAT)
                out[j] = (fixing && r->best_t[j] == p->t[k] ? r->by_fixing[j] * now : 0) + (pay ? r->by_end[j] * now : 0);
        }
    }
}

/* ---- the sweep --------------------------------------------------------------------------------------------- */

static struct oc_qe model_of(const struct oc_walk *w)
{
    return (struct oc_qe){ w->par[OC_HESTON_KAPPA], w->par[OC_HESTON_THETA], w->par[OC_HESTON_XI], w->par[OC_HESTON_RHO] };
}

/*
 * What has gathered by the constants of steps of length dt goes to the parameters they are made of.  The constants are
 * smooth functions, so central differences of 1e-5 of a parameter give their derivatives to ten digits.
 */
static void flush(struct oc_mcadjoint *a, double dt, size_t n)
{
    static const enum oc_hestonpar which[4] = { OC_HESTON_KAPPA, OC_HESTON_THETA, OC_HESTON_XI, OC_HESTON_RHO };
    const struct oc_walk *const w = a->m->sim[0].walk;
    const struct oc_qe model = model_of(w);
    const double drift = oc_mc_drift(w);

    for (size_t p = 0; p < 4; p++) {
        struct oc_qe up = model, down = model;
        double *const of_up[4] = { &up.kappa, &up.theta, &up.xi, &up.rho };
        double *const of_down[4] = { &down.kappa, &down.theta, &down.xi, &down.rho };
        const double h = BY * (*of_up[p] != 0 ? fabs(*of_up[p]) : 1);
        struct oc_qe_step cu, cd;
        double u[OC_QE_CONST], d[OC_QE_CONST];
        *of_up[p] += h;
        *of_down[p] -= h;
        oc_qe_interval(&up, drift, dt, &cu);
        oc_qe_interval(&down, drift, dt, &cd);
        memcpy(u, &cu, sizeof cu);
        memcpy(d, &cd, sizeof cd);
        for (size_t i = 0; i < OC_QE_CONST; i++) {
            const double slope = (u[i] - d[i]) / (2 * h);
            for (size_t j = 0; slope != 0 && j < n; j++)
                a->par[which[p]][j] += slope * a->cbar[i][j];
        }
    }
    /* drift is the fifth constant, dt times the walk's */
    for (size_t j = 0; j < n; j++)
        a->drift[j] += dt * a->cbar[4][j];
    memset(a->cbar, 0, sizeof a->cbar);
}

static void sweep_heston(struct oc_mcadjoint *a, size_t n)
{
    const struct oc_walk *const w = a->m->sim[0].walk;
    const double *const t = a->m->sim[0].grid.t;
    const struct oc_qe model = model_of(w);
    struct oc_qe_step c;
    double last = NAN;

    memset(a->vbar, 0, sizeof a->vbar);
    for (uint64_t k = a->steps; k-- > 0;) {
        const double dt = t[k + 1] - t[k];
        if (dt != last) {
            if (last > 0)
                flush(a, last, n);
            oc_qe_interval(&model, oc_mc_drift(w), dt, &c);
            last = dt;
        }
        OC_K_PICK(oc_mcadjoint_qe_k)(&c, n, normal_of(a, k, 0), normal_of(a, k, 1), state_of(a, k, 1), state_of(a, k + 1, 1),
                                     a->xbar + (k + 1) * OC_LANES, a->vbar, a->cbar[0], OC_LANES);
        for (size_t j = 0; j < n; j++)
            a->xbar[k * OC_LANES + j] += a->xbar[(k + 1) * OC_LANES + j];
    }
    flush(a, last, n);
    for (size_t j = 0; j < n; j++) {
        a->par[OC_HESTON_V0][j] = a->vbar[j];
        a->par[OC_HESTON_VOLATILITY][j] = 2 * w->par[OC_HESTON_VOLATILITY] * a->vbar[j];
    }
}

static void sweep_lognormal(struct oc_mcadjoint *a, size_t n)
{
    const double *const t = a->m->sim[0].grid.t, vol = a->m->view[0].payoff.vol;
    const size_t par = (size_t)oc_param_find(a->m->walks[0].process->param, "volatility", 10);

    for (uint64_t k = a->steps; k-- > 0;) {
        const double dt = t[k + 1] - t[k];
        OC_K_PICK(oc_mcadjoint_gbm_k)
        (vol, dt, sqrt(dt), n, normal_of(a, k, 0), a->xbar + (k + 1) * OC_LANES, a->drift, a->par[par]);
        for (size_t j = 0; j < n; j++)
            a->xbar[k * OC_LANES + j] += a->xbar[(k + 1) * OC_LANES + j];
    }
}

void oc_mcadjoint_sweep(struct oc_mcadjoint *a, const struct oc_paths *p, const struct oc_payoff_room *r, uint64_t first,
                        size_t n)
{
    memset(a->par, 0, sizeof a->par);
    memset(a->drift, 0, sizeof a->drift);
    draw(a, p, first, n);
    seed(a, r, n);
    if (a->heston)
        sweep_heston(a, n);
    else
        sweep_lognormal(a, n);
    for (size_t j = 0; j < n; j++)          /* all logarithms move with that of the spot */
        a->spot[j] = a->xbar[j] / a->m->spot[0];
}

void oc_mcadjoint_column(const struct oc_mcadjoint *a, int quantity, size_t par, size_t n, const double *value, double *out)
{
    const double years = a->m->claim.years;
    const size_t vol = (size_t)oc_param_find(a->m->walks[0].process->param, "volatility", 10);

    for (size_t j = 0; j < n; j++)
        switch (quantity) {
        case -1: out[j] = a->par[par][j]; break;
        case OC_DELTA: out[j] = a->spot[j]; break;
        case OC_RHO: out[j] = a->drift[j] - years * value[j]; break;
        case OC_PHI: out[j] = -a->drift[j]; break;
        default: out[j] = a->par[vol][j]; break;
        }
}
