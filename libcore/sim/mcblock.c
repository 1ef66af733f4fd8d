/*
 * mcblock - a block of paths to its figures (mcpriv.h).
 *
 * A block of Sobol points holds as many points of each scrambling: with R of them, block b has points b 4096 / R and on of
 * every one.  Values are kept for the whole block, so that the sums over it have one shape: 32 lanes and a tree.
 */
#include "sim/mcadjoint.h"
#include "sim/mccontrol.h"
#include "sim/mcpriv.h"

#include "math/exp.h"
#include "math/log.h"
#include "sim/payoff_k.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct room {
    const struct oc_mc *m;
    struct oc_paths_room **paths;           /* [nsim] */
    struct oc_payoff_room **payoff;         /* [nview] */
    struct oc_mcadjoint *adjoint;           /* NULL: no column is had so */
    struct oc_payoff_room *shadow;          /* of the control that is a claim */
    struct oc_paths *copy;                  /* [nsim]: of this replicate */
    struct oc_walk *walk;                   /* [nsim * assets]: of this replicate */
    double *view, *column, *control;        /* [..][OC_BLOCK] */
    double **adjust;                        /* [nsim]: moment matching; NULL without */
    double weight[OC_LANES], vol[OC_LANES];
    /* of the run under way */
    size_t sim;
    size_t at;                              /* place of its first path in the block's columns */
    bool count;                             /* moment matching: the pass that takes the means */
};

void oc_mcblock_layout(struct oc_mc *m)
{
    const size_t c = m->ncontrol;

    m->groups = m->how.from == OC_DRAWS_SOBOL ? m->how.replicates : 1;
    m->figures = m->groups * (1 + c + c * (c + 1) / 2 + m->ncolumn * (2 + c));
}

/* ---- a thread's memory ------------------------------------------------------------------------------------- */

static double *columns(size_t n) { return aligned_alloc(64, (n ? n : 1) * OC_BLOCK * sizeof(double)); }

static int allocate(struct room *r, struct oc_err *err)
{
    const struct oc_mc *m = r->m;
    const bool moments = (m->how.variance & OC_VR_MOMENTS) != 0;

    r->paths = calloc(m->nsim, sizeof *r->paths);
    r->payoff = calloc(m->nview, sizeof *r->payoff);
    r->shadow = calloc(1, sizeof *r->shadow);
    r->copy = calloc(m->nsim, sizeof *r->copy);
    r->walk = calloc(m->nsim * m->assets, sizeof *r->walk);
    r->adjust = calloc(m->nsim, sizeof *r->adjust);
    r->view = columns(m->nview);
    r->column = columns(m->ncolumn);
    r->control = columns(m->ncontrol);
    bool short_of = !r->paths || !r->payoff || !r->shadow || !r->copy || !r->walk || !r->adjust || !r->view || !r->column
                    || !r->control;
    for (size_t i = 0; !short_of && i < m->nview; i++)
        short_of = !(r->payoff[i] = calloc(1, sizeof **r->payoff));
    for (size_t i = 0; !short_of && i < m->nsim; i++) {
        if (!(r->paths[i] = oc_paths_room(&m->sim[i].paths, err)))
            return -1;
        short_of = moments && !(r->adjust[i] = calloc((m->sim[i].grid.steps + 1) * m->assets, sizeof **r->adjust));
    }
    if (!short_of && m->view[0].payoff.gradient && !(r->adjoint = oc_mcadjoint_open(m, err)))
        return -1;
    return short_of ? oc_fail(err, OC_MEMORY, "no memory for a block of paths") : 0;
}

void *oc_mcblock_open(void *ctx, struct oc_err *err)
{
    struct room *const r = aligned_alloc(64, (sizeof *r + 63) & ~(size_t)63);

    if (!r) {
        oc_fail(err, OC_MEMORY, "no memory for a block of paths");
        return NULL;
    }
    memset(r, 0, sizeof *r);
    r->m = ctx;
    if (allocate(r, err)) {
        oc_mcblock_close(r);
        return NULL;
    }
    return r;
}

void oc_mcblock_close(void *room)
{
    struct room *const r = room;

    if (!r)
        return;
    for (size_t i = 0; r->paths && i < r->m->nsim; i++)
        oc_paths_room_free(r->paths[i]);
    for (size_t i = 0; r->payoff && i < r->m->nview; i++)
        free(r->payoff[i]);
    for (size_t i = 0; r->adjust && i < r->m->nsim; i++)
        free(r->adjust[i]);
    free(r->paths);
    free(r->payoff);
    free(r->shadow);
    oc_mcadjoint_close(r->adjoint);
    free(r->copy);
    free(r->walk);
    free(r->adjust);
    free(r->view);
    free(r->column);
    free(r->control);
    free(r);
}

/*
 * The simulations of a replicate: the points by its number, rare draws of the walks and draws of the pay-offs by
 * their own.
 */
static void replicate(struct room *r, size_t g)
{
    const struct oc_mc *m = r->m;

    for (size_t i = 0; i < m->nsim; i++) {
        struct oc_walk *const w = r->walk + i * m->assets;
        r->copy[i] = m->sim[i].paths;
        r->copy[i].draws.replicate = g;
        r->copy[i].walk = w;
        memcpy(w, m->sim[i].walk, m->assets * sizeof *w);
        for (size_t a = 0; a < m->assets; a++)
            w[a].seed += g * UINT64_C(0x9e3779b97f4a7c15);
    }
    for (size_t i = 0; i < m->nview; i++)
        r->payoff[i]->seed = m->view[i].payoff.seed + g * UINT64_C(0x9e3779b97f4a7c15);
}

/* ---- derivatives along the path of geometric Brownian motion ----------------------------------------------- */

/*
 * By the path: dS_k = S_k dS/S, S_k (W_k - vol t_k) dvol, S_k t_k ddrift; calendar time shortens the first step only, by
 * which every x_k loses m + vol W_1 / (2 t_1); gamma takes the second derivative on the density of the first step.
 */
static void pathwise(const struct room *r, int quantity, const struct oc_payoff_room *p, size_t n, const double *value,
                     double *out)
{
    const struct oc_laid_claim *o = &r->m->view[0].payoff;
    const double s = o->spot[0], t1 = o->t[1], k1 = 1 / (o->vol * sqrt(t1)), rate = o->claim.rate;

    for (size_t j = 0; j < n; j++)
        switch (quantity) {
        case OC_DELTA: out[j] = p->grad[j] / s; break;
        case OC_GAMMA: out[j] = p->grad[j] / (s * s) * (p->first_z[j] * k1 - 1); break;
        case OC_VEGA: out[j] = p->grad_w[j] - o->vol * p->grad_t[j]; break;
        case OC_RHO: out[j] = p->grad_t[j] - o->claim.years * value[j]; break;
        case OC_PHI: out[j] = -p->grad_t[j]; break;
        default: out[j] = rate * value[j] - p->grad[j] * (o->m + 0.5 * o->vol * p->first_z[j] / sqrt(t1)); break;
        }
}

/* By the density of the path. */
static void likelihood(const struct room *r, int quantity, const struct oc_payoff_room *p, size_t n, const double *value,
                       double *out)
{
    const struct oc_laid_claim *o = &r->m->view[0].payoff;
    const double s = o->spot[0], t1 = o->t[1], k1 = 1 / (s * o->vol * sqrt(t1)), rate = o->claim.rate,
                 years = o->claim.years;

    for (size_t j = 0; j < n; j++) {
        const double z = p->first_z[j], w = p->w[j] / o->vol;
        switch (quantity) {
        case OC_DELTA: out[j] = value[j] * z * k1; break;
        case OC_GAMMA: out[j] = value[j] * ((z * z - 1) * k1 * k1 - z * k1 / s); break;
        case OC_VEGA: out[j] = value[j] * p->score[j]; break;
        case OC_RHO: out[j] = value[j] * (w - years); break;
        case OC_PHI: out[j] = -value[j] * w; break;
        default: out[j] = value[j] * (rate - (z * z - 1) / (2 * t1) - z * o->m / (o->vol * sqrt(t1))); break;
        }
    }
}

/* ---- a run of up to 256 paths ------------------------------------------------------------------------------ */

/* The pass that takes the means of e^x. */
static void count(struct room *r, const struct oc_paths_at *at)
{
    double e[OC_LANES];

    for (size_t a = 0; a < r->m->assets; a++) {
        oc_exp_v(at->n, at->x[a], e);
        r->adjust[r->sim][at->step * r->m->assets + a] += OC_K_PICK(oc_payoff_total_k)(at->n, e, NULL);
    }
}

static void along_the_path(struct room *r, const struct oc_paths_at *at, const double *value)
{
    const struct oc_mc *m = r->m;

    if (r->adjoint)
        oc_mcadjoint_sweep(r->adjoint, &r->copy[0], r->payoff[0], at->first, at->n);
    for (size_t q = 0; q < m->ncolumn; q++) {
        const struct oc_mc_column *const c = &m->column[q];
        double *const out = r->column + q * OC_BLOCK + r->at;
        if (c->by == OC_MC_PATHWISE)
            pathwise(r, c->quantity, r->payoff[0], at->n, value, out);
        else if (c->by == OC_MC_LIKELIHOOD)
            likelihood(r, c->quantity, r->payoff[0], at->n, value, out);
        else if (c->by == OC_MC_ADJOINT)
            oc_mcadjoint_column(r->adjoint, c->quantity, c->par, at->n, value, out);
    }
}

/* Values of the views on this simulation, and of what is computed from the claim itself. */
static void finish(struct room *r, const struct oc_paths_at *at)
{
    const struct oc_mc *m = r->m;
    const bool weighted = m->shift != NULL;

    if (weighted)
        oc_exp_v(at->n, at->weight, r->weight);
    for (size_t i = 0; i < m->nview; i++) {
        double *const out = r->view + i * OC_BLOCK + r->at;
        if (m->view[i].sim != r->sim)
            continue;
        oc_payoff_value(&m->view[i].payoff, r->payoff[i], at->n, out);
        if (i == 0)
            along_the_path(r, at, out);
        for (size_t j = 0; weighted && j < at->n; j++)
            out[j] *= r->weight[j];
    }
    if (r->sim != 0)
        return;
    for (size_t q = 0; weighted && q < m->ncolumn; q++)
        for (size_t j = 0; m->column[q].by != OC_MC_COMBINE && j < at->n; j++)
            r->column[q * OC_BLOCK + r->at + j] *= r->weight[j];
    for (size_t c = 0; c < m->ncontrol; c++) {
        double *const out = r->control + c * OC_BLOCK + r->at;
        oc_mccontrol_value(m, c, at, r->payoff[0], r->shadow, out);
        for (size_t j = 0; j < at->n; j++)
            out[j] = (weighted ? out[j] * r->weight[j] : out[j]) - m->control_mean[c];
    }
}

static int see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct room *const r = ctx;
    const struct oc_mc *m = r->m;
    const struct oc_walk *w = &m->sim[r->sim].walk[0];

    (void)err;
    if (r->count) {
        count(r, at);
        return 0;
    }
    const bool shadowed = m->shadowed && r->sim == 0;
    if (oc_payoff_watches(&m->claim) || shadowed)
        w->process->show(w, at->n, at->state[0], r->vol, NULL, NULL);
    for (size_t i = 0; i < m->nview; i++)
        if (m->view[i].sim == r->sim)
            oc_payoff_see(&m->view[i].payoff, r->payoff[i], at, r->vol);
    if (r->adjoint && r->sim == 0)
        oc_mcadjoint_keep(r->adjoint, at);
    if (shadowed)
        oc_payoff_see(&m->shadow, r->shadow, at, r->vol);
    if (at->step == m->sim[r->sim].grid.steps)
        finish(r, at);
    return 0;
}

/* All simulations of n paths from `first` on. */
static int walk(struct room *r, uint64_t first, size_t n, struct oc_err *err)
{
    for (size_t done = 0; done < n; done += OC_LANES) {
        r->at = done;
        for (r->sim = 0; r->sim < r->m->nsim; r->sim++)
            if (oc_paths_run(&r->copy[r->sim], r->paths[r->sim], first + done, n - done < OC_LANES ? n - done : OC_LANES,
                             see, r, err))
                return -1;
    }
    return 0;
}

/* Means of e^x over the block, turned into what makes them e^(drift t). */
static int match(struct room *r, uint64_t first, size_t n, struct oc_err *err)
{
    const struct oc_mc *m = r->m;

    if (!(m->how.variance & OC_VR_MOMENTS))
        return 0;
    for (size_t i = 0; i < m->nsim; i++)
        memset(r->adjust[i], 0, (m->sim[i].grid.steps + 1) * m->assets * sizeof **r->adjust);
    for (size_t i = 0; i < m->nview; i++)
        r->payoff[i]->adjust = r->adjust[m->view[i].sim];
    r->shadow->adjust = r->adjust[0];
    r->count = true;
    const int rc = walk(r, first, n, err);
    r->count = false;
    for (size_t i = 0; rc == 0 && i < m->nsim; i++)
        for (uint64_t k = 0; k <= m->sim[i].grid.steps; k++)
            for (size_t a = 0; a < m->assets; a++) {
                double *const c = &r->adjust[i][k * m->assets + a];
                *c = m->sim[i].walk[a].drift * m->sim[i].grid.t[k] - oc_log(*c / (double)n);
            }
    return rc;
}

/* ---- figures ----------------------------------------------------------------------------------------------- */

static double total(size_t n, const double *a, const double *b) { return OC_K_PICK(oc_payoff_total_k)(n, a, b); }

/* Columns that are combinations of views. */
static void combine(struct room *r, size_t n)
{
    const struct oc_mc *m = r->m;

    for (size_t q = 0; q < m->ncolumn; q++) {
        const struct oc_mc_column *c = &m->column[q];
        double *const out = r->column + q * OC_BLOCK;
        for (size_t j = 0; c->by == OC_MC_COMBINE && j < n; j++) {
            double sum = c->coef[0] * r->view[c->view[0] * OC_BLOCK + j];
            for (size_t i = 1; i < c->nterm; i++)
                sum += c->coef[i] * r->view[c->view[i] * OC_BLOCK + j];
            out[j] = sum;
        }
    }
}

/* Units: pairs of antithetic paths, or the whole block where its moments are matched. */
static size_t unite(const struct oc_mc *m, double *a, size_t n)
{
    if (m->how.variance & OC_VR_MOMENTS) {
        a[0] = total(n, a, NULL) / (double)n;
        return 1;
    }
    if (!(m->how.variance & OC_VR_ANTITHETIC))
        return n;
    for (size_t j = 0; j < n / 2; j++)
        a[j] = 0.5 * (a[2 * j] + a[2 * j + 1]);
    return n / 2;
}

static void reduce(struct room *r, size_t n, double *f)
{
    const struct oc_mc *m = r->m;
    size_t units = n;

    combine(r, n);
    for (size_t c = 0; c < m->ncontrol; c++)
        unite(m, r->control + c * OC_BLOCK, n);
    for (size_t q = 0; q < m->ncolumn; q++)
        units = unite(m, r->column + q * OC_BLOCK, n);
    *f++ = (double)units;
    for (size_t c = 0; c < m->ncontrol; c++)
        *f++ = total(units, r->control + c * OC_BLOCK, NULL);
    for (size_t c = 0; c < m->ncontrol; c++)
        for (size_t d = c; d < m->ncontrol; d++)
            *f++ = total(units, r->control + c * OC_BLOCK, r->control + d * OC_BLOCK);
    for (size_t q = 0; q < m->ncolumn; q++) {
        const double *const y = r->column + q * OC_BLOCK;
        *f++ = total(units, y, NULL);
        *f++ = total(units, y, y);
        for (size_t c = 0; c < m->ncontrol; c++)
            *f++ = total(units, y, r->control + c * OC_BLOCK);
    }
}

int oc_mcblock_run(void *ctx, void *room, uint64_t block, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    struct room *const r = room;
    const struct oc_mc *m = ctx;
    const size_t each = n / m->groups;

    (void)block;
    for (size_t g = 0; g < m->groups; g++) {
        replicate(r, g);
        if (match(r, first / m->groups, each, err) || walk(r, first / m->groups, each, err))
            return -1;
        reduce(r, each, figures + g * (m->figures / m->groups));
    }
    return 0;
}
