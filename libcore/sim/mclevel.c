/* mclevel - see mclevel.h */
#include "sim/mclevel.h"

#include "sim/payoff_k.h"

#include <stdlib.h>

/* ---- a thread's memory ------------------------------------------------------------------------------------- */

struct side { double *cell, **state; struct oc_payoff_room *payoff; };

struct room {
    const struct oc_mc *m;
    struct side fine, coarse;
    double z[2 * OC_NORMAL_MAX][OC_LANES], joined[OC_NORMAL_MAX][OC_LANES];
    double value[OC_BLOCK], control[OC_BLOCK], below[OC_LANES];
};

static void close_side(struct side *s)
{
    free(s->cell);
    free(s->state);
    free(s->payoff);
}

static int open_side(struct side *s, size_t nstate)
{
    s->cell = calloc(nstate, OC_LANES * sizeof *s->cell);
    s->state = calloc(nstate, sizeof *s->state);
    s->payoff = calloc(1, sizeof *s->payoff);
    for (size_t i = 0; s->cell && s->state && i < nstate; i++)
        s->state[i] = s->cell + i * OC_LANES;
    return s->cell && s->state && s->payoff ? 0 : -1;
}

void oc_mclevel_close(void *room)
{
    struct room *const r = room;

    if (!r)
        return;
    close_side(&r->fine);
    close_side(&r->coarse);
    free(r);
}

void *oc_mclevel_open(const struct oc_mc *m, struct oc_err *err)
{
    struct room *const r = calloc(1, sizeof *r);

    if (r)
        r->m = m;
    if (!r || open_side(&r->fine, m->levels->walk.nstate) || open_side(&r->coarse, m->levels->walk.nstate)) {
        oc_mclevel_close(r);
        oc_fail(err, OC_MEMORY, "no memory for a block of paths");
        return NULL;
    }
    return r;
}

/* ---- walking ----------------------------------------------------------------------------------------------- */

static void see(const struct oc_mclevel_grid *g, struct side *s, uint64_t first, size_t n, uint64_t k)
{
    double *const *const states[1] = { s->state };
    const double *const x[1] = { s->state[0] };
    const struct oc_paths_at at = { .first = first, .n = n, .step = k, .t = g->t[k], .state = states, .x = x };

    oc_payoff_see(&g->claim, s->payoff, &at, NULL);
}

static void step(const struct oc_mlmc *l, const struct oc_mclevel_grid *g, struct side *s, uint64_t first, size_t n,
                 uint64_t k, double (*normal)[OC_LANES])
{
    const struct oc_process *const p = l->walk.process;
    const double *z[OC_NORMAL_MAX], *u[OC_UNIFORM_MAX] = { NULL };

    for (size_t i = 0; i < p->normals; i++)
        z[i] = normal[i];
    p->step(&l->walk, g->constants + k * p->nconst, &(struct oc_place){ first, k, g->t[k], g->t[k + 1] - g->t[k] }, n, z, u,
            s->state);
    see(g, s, first, n, k + 1);
}

static void begin(const struct oc_mlmc *l, const struct oc_mclevel_grid *g, struct side *s, uint64_t first, size_t n)
{
    oc_walk_begin(&l->walk, n, s->state);
    see(g, s, first, n, 0);
}

/* The control of paths that have walked. */
static void control_of(const struct oc_mlmc *l, const struct side *s, size_t n, double *out)
{
    OC_K_PICK(oc_payoff_linear_k)(n, l->control_from, l->control, l->average ? s->payoff->sum : s->payoff->s, out);
}

/* n <= OC_LANES paths of a level: differences, or values on the first one, and their controls. */
static void run(struct room *r, size_t level, uint64_t first, size_t n, double *out, double *control)
{
    const struct oc_mlmc *const l = r->m->levels;
    const struct oc_mclevel_grid *const g = &l->grid[level], *const h = level > l->first ? &l->grid[level - 1] : NULL;
    const struct oc_draws draws = { .from = r->m->how.from,
                                    .seed = r->m->how.seed + (level + 1) * UINT64_C(0xd1b54a32d192ed03) };
    const unsigned normals = l->walk.process->normals;

    begin(l, g, &r->fine, first, n);
    if (h)
        begin(l, h, &r->coarse, first, n);
    for (uint64_t k = 0; k < g->steps; k++) {
        double (*const z)[OC_LANES] = r->z + (k & 1) * normals;
        oc_draws_normal(&draws, 0, first, n, k, 1, normals, z[0], OC_LANES);
        step(l, g, &r->fine, first, n, k, z);
        if (!h || !(k & 1))
            continue;
        for (size_t i = 0; i < normals; i++)
            for (size_t j = 0; j < n; j++)
                r->joined[i][j] = (r->z[i][j] + r->z[normals + i][j]) * 0.70710678118654752440;
        step(l, h, &r->coarse, first, n, k / 2, r->joined);
    }
    control_of(l, &r->fine, n, control);
    oc_payoff_value(&g->claim, r->fine.payoff, n, out);
    if (!h) {
        for (size_t j = 0; j < n; j++)
            control[j] -= l->control_mean;
        return;
    }
    control_of(l, &r->coarse, n, r->below);
    for (size_t j = 0; j < n; j++)
        control[j] -= r->below[j];
    oc_payoff_value(&h->claim, r->coarse.payoff, n, r->below);
    for (size_t j = 0; j < n; j++)
        out[j] -= r->below[j];
}

static double total(size_t n, const double *a, const double *b) { return OC_K_PICK(oc_payoff_total_k)(n, a, b); }

void oc_mclevel_block(void *room, size_t level, uint64_t first, size_t n, double *figures)
{
    struct room *const r = room;

    for (size_t done = 0; done < n; done += OC_LANES)
        run(r, level, first + done, n - done < OC_LANES ? n - done : OC_LANES, r->value + done, r->control + done);
    figures[OC_LEVEL_N] = (double)n;
    figures[OC_LEVEL_Y] = total(n, r->value, NULL);
    figures[OC_LEVEL_YY] = total(n, r->value, r->value);
    figures[OC_LEVEL_X] = total(n, r->control, NULL);
    figures[OC_LEVEL_XX] = total(n, r->control, r->control);
    figures[OC_LEVEL_XY] = total(n, r->value, r->control);
}
