/* mcshift - see mcshift.h */
#include "sim/mcshift.h"

#include "math/exp.h"
#include "math/log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REACH = 8, PER_UNIT = 4, REFINE = 40 };      /* grid of m in -8 .. 8 by quarters, then golden sections */

struct line {
    const struct oc_mc *m;
    struct oc_payoff_room *room;
    double **state;             /* [nstate] columns of one path */
};

/* One step along the line; z[0] is the shift's normal. */
static void advance(const struct line *l, uint64_t k, double m)
{
    const struct oc_mc_sim *const s = &l->m->sim[0];
    const struct oc_walk *const w = s->walk;
    const double t = s->grid.t[k], dt = s->grid.t[k + 1] - t;
    double c[OC_CONST_MAX], zero[8] = { 0 }, half[8], z0[8];
    const double *z[OC_NORMAL_MAX], *u[OC_UNIFORM_MAX];

    for (size_t i = 0; i < 8; i++) {
        half[i] = 0.5;
        z0[i] = m * sqrt(dt / s->grid.t[s->grid.steps]);
    }
    for (size_t i = 0; i < OC_NORMAL_MAX; i++)
        z[i] = i ? zero : z0;
    for (size_t i = 0; i < OC_UNIFORM_MAX; i++)
        u[i] = half;
    if (w->process->interval)
        w->process->interval(w, t, dt, c);
    w->process->step(w, c, &(struct oc_place){ 0, k, t, dt }, 1, z, u, l->state);
}

/* log payoff - m^2 / 2; -infinity where it pays nothing. */
static double height(const struct line *l, double m)
{
    const struct oc_mc_sim *const s = &l->m->sim[0];
    const struct oc_laid_claim *const p = &l->m->view[0].payoff;
    double *const *const assets[1] = { l->state };
    const double *const x[1] = { l->state[0] };
    double vol[OC_LANES], value[OC_LANES];
    struct oc_paths_at at = { .n = 1, .state = assets, .x = x };

    oc_walk_begin(s->walk, 1, l->state);
    for (uint64_t k = 0; k <= s->grid.steps; k++) {
        at.step = k;
        at.t = s->grid.t[k];
        if (oc_payoff_watches(&p->claim))
            s->walk->process->show(s->walk, 1, l->state, vol, NULL, NULL);
        oc_payoff_see(p, l->room, &at, vol);
        if (k < s->grid.steps)
            advance(l, k, m);
    }
    oc_payoff_value(p, l->room, 1, value);
    return value[0] > 0 ? oc_log(value[0]) - 0.5 * m * m : -INFINITY;
}

static double search(const struct line *l)
{
    const double golden = 0.5 * (sqrt(5.0) - 1);
    double best = 0, top = height(l, 0);

    for (int i = -REACH * PER_UNIT; i <= REACH * PER_UNIT; i++) {
        const double m = (double)i / PER_UNIT, h = height(l, m);
        if (h > top) {
            top = h;
            best = m;
        }
    }
    if (!(top > -INFINITY))
        return 0;
    double a = best - 1.0 / PER_UNIT, b = best + 1.0 / PER_UNIT;
    for (int i = 0; i < REFINE; i++) {
        const double u = b - golden * (b - a), v = a + golden * (b - a);
        if (height(l, u) >= height(l, v))
            b = v;
        else
            a = u;
    }
    return 0.5 * (a + b);
}

static int make_shift(struct oc_mc *m, double size, struct oc_err *err)
{
    const struct oc_mcgrid *const g = &m->sim[0].grid;

    if (fabs(size) < 0.05)
        return 0;
    m->shift = malloc(g->steps * sizeof *m->shift);
    if (!m->shift)
        return oc_fail(err, OC_MEMORY, "no memory for the shift of a walk");
    for (uint64_t k = 0; k < g->steps; k++)
        m->shift[k] = size * sqrt((g->t[k + 1] - g->t[k]) / g->t[g->steps]);
    m->sim[0].paths.shift = m->shift;
    return 0;
}

int oc_mcshift_choose(struct oc_mc *m, struct oc_err *err)
{
    const struct oc_walk *const w = m->sim[0].walk;
    struct line l = { .m = m, .room = calloc(1, sizeof *l.room), .state = calloc(w->nstate, sizeof *l.state) };
    double *const cells = calloc(w->nstate, OC_LANES * sizeof *cells);
    int rc = -1;

    if (!l.room || !l.state || !cells) {
        oc_fail(err, OC_MEMORY, "no memory for one path");
    } else {
        for (size_t i = 0; i < w->nstate; i++)
            l.state[i] = cells + i * OC_LANES;
        rc = make_shift(m, search(&l), err);
    }
    free(l.room);
    free(l.state);
    free(cells);
    return rc;
}

bool oc_mcshift_worth(const struct oc_mc *m)
{
    const struct oc_claim *const c = &m->claim;
    const bool plain = c->pay == OC_PAY_VANILLA || c->pay == OC_PAY_DIGITAL_CASH || c->pay == OC_PAY_DIGITAL_ASSET
                       || c->pay == OC_PAY_ASIAN;

    if (m->assets != 1 || !plain || !oc_mc_lognormal(m->sim[0].walk) || !(c->strike > 0) || c->fixings_done > 0)
        return false;
    const double vol = oc_mc_vol(m->sim[0].walk) * sqrt(c->years);
    const double moneyness = oc_log(m->spot[0] / c->strike) + oc_mc_drift(m->sim[0].walk) * c->years;
    return c->side * moneyness < -2 * vol;
}
