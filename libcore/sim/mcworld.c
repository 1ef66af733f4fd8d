/*
 * mcworld - simulations and views of a job: the world as given, and with a bump.
 *
 * A bump of the spot, the rate or the strike alone does not change the walk of a process whose logarithm does not know its
 * level (the exact ones), so it is only one more view of the same paths; any other one is a simulation of its own from the
 * same random numbers.
 */
#include "sim/mcpriv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool oc_mc_lognormal(const struct oc_walk *w) { return strcmp(w->process->name, "geometric_brownian") == 0; }

double oc_mc_vol(const struct oc_walk *w) { return w->par[oc_param_find(w->process->param, "volatility", 10)]; }

double oc_mc_drift(const struct oc_walk *w)
{
    const int i = oc_param_find(w->process->param, "drift", 5);

    return i >= 0 && !isnan(w->par[i]) ? w->par[i] : w->drift;
}

/* ---- simulations ------------------------------------------------------------------------------------------- */

/* The walks as the job was given them, changed and opened. */
static int open_walks(struct oc_mc *m, struct oc_mc_sim *s, const struct oc_walk *walks, const struct oc_mc_bump *b,
                      struct oc_err *err)
{
    s->walk = calloc(m->assets, sizeof *s->walk);
    if (!s->walk)
        return oc_fail(err, OC_MEMORY, "no memory for %zu walks", m->assets);
    for (size_t a = 0; a < m->assets; a++) {
        struct oc_walk *const w = &s->walk[a];
        *w = walks[a];
        w->asset = (unsigned)a;
        w->seed = m->how.seed;
        w->steps = s->grid.steps;
        w->spot *= 1 + b->spot;
        w->drift += b->drift;
        w->own = NULL;
        if (b->par)
            w->par[b->par - 1] += b->by;
        if (oc_walk_open(w, err)) {
            w->process = NULL;
            return -1;
        }
        if (!oc_walk_prices(w))
            return oc_fail(err, OC_USAGE,
                           "%s: its discounted price is no martingale (or its drift is a parameter), so it prices "
                           "no options",
                           w->process->name);
    }
    return 0;
}

/* Direction numbers: the first simulation's serve all that are no longer. */
static int open_sobol(struct oc_mc *m, struct oc_mc_sim *s, struct oc_err *err)
{
    struct oc_draws_shape shape = { .assets = m->assets, .steps = s->grid.steps };

    for (size_t a = 0; a < m->assets; a++) {
        const struct oc_process *const p = s->walk[a].process;
        shape.normals = p->normals > shape.normals ? p->normals : shape.normals;
        shape.uniforms = p->uniforms > shape.uniforms ? p->uniforms : shape.uniforms;
    }
    const size_t n = oc_draws_dimensions(&shape);
    if (m->sobol && oc_sobol_dimensions(m->sobol) >= n)
        return 0;
    if (m->sobol)
        return oc_fail(err, OC_USAGE, "a bump takes more steps than the claim; Sobol points cannot follow");
    m->sobol = oc_sobol_open(n, err);
    return m->sobol ? 0 : -1;
}

static int open_paths(struct oc_mc *m, struct oc_mc_sim *s, struct oc_err *err)
{
    if (m->how.from == OC_DRAWS_SOBOL && open_sobol(m, s, err))
        return -1;
    s->paths = (struct oc_paths){
        .assets = m->assets, .walk = s->walk, .corr = m->assets > 1 ? m->corr : NULL, .steps = s->grid.steps, .t = s->grid.t,
        .draws = { .from = m->how.from, .order = m->how.order, .seed = m->how.seed, .sobol = m->sobol },
        .antithetic = (m->how.variance & OC_VR_ANTITHETIC) != 0,
    };
    if (m->shift && s->grid.steps != m->sim[0].grid.steps)
        return oc_fail(err, OC_USAGE, "a bump changes the number of steps, which importance sampling cannot follow");
    s->paths.shift = m->shift;
    return oc_paths_open(&s->paths, err);
}

static int add_sim(struct oc_mc *m, const struct oc_walk *walks, const struct oc_claim *c, const struct oc_mc_bump *b,
                   size_t *index, struct oc_err *err)
{
    if (m->nsim == OC_MC_VIEWS)
        return oc_fail(err, OC_LIMIT, "more than %d simulations for one claim", OC_MC_VIEWS);
    struct oc_mc_sim *const s = &m->sim[m->nsim++];
    *index = m->nsim - 1;
    *s = (struct oc_mc_sim){ 0 };
    return oc_mcgrid_make(&s->grid, c, m->assets, walks, m->how.max_dt, err) || open_walks(m, s, walks, b, err)
           || open_paths(m, s, err) ? -1 : 0;
}

/* ---- views ------------------------------------------------------------------------------------------------- */

/* The claim under a bump; with a shift of time its fixings are the view's own. */
static int bump_claim(const struct oc_mc *m, const struct oc_mc_bump *b, struct oc_mc_view *v, struct oc_claim *c,
                      struct oc_err *err)
{
    *c = m->claim;
    c->rate += b->rate;
    c->strike += b->strike;
    c->years += b->years;
    if (b->years == 0 || !c->fixings)
        return 0;
    v->fixing = malloc(c->fixings * sizeof *v->fixing);
    if (!v->fixing)
        return oc_fail(err, OC_MEMORY, "no memory for %zu fixings", c->fixings);
    for (size_t i = 0; i < c->fixings; i++)
        v->fixing[i] = c->fixing[i] > 0 ? c->fixing[i] + b->years : c->fixing[i];
    c->fixing = v->fixing;
    return 0;
}

static void lay(const struct oc_mc *m, struct oc_mc_view *v, const struct oc_claim *c, const struct oc_mc_bump *b)
{
    const struct oc_mc_sim *const s = &m->sim[v->sim];

    for (size_t a = 0; a < m->assets; a++)
        v->spot[a] = m->spot[a] * (1 + b->spot);
    v->payoff = (struct oc_laid_claim){
        .claim = *c, .assets = m->assets, .spot = v->spot, .steps = s->grid.steps, .t = s->grid.t, .mark = s->grid.mark,
        .seed = m->how.seed, .antithetic = s->paths.antithetic,
    };
    for (size_t a = 0; a < m->assets; a++)
        if (s->walk[a].process->arithmetic || s->walk[a].process->level)
            v->payoff.walk = s->walk;
    if (m->assets == 1 && oc_mc_lognormal(&s->walk[0])) {
        v->payoff.vol = oc_mc_vol(&s->walk[0]);
        v->payoff.m = oc_mc_drift(&s->walk[0]) - 0.5 * v->payoff.vol * v->payoff.vol;
    }
}

/* Does the bump leave the paths of the first simulation as they are? */
static bool same_walk(const struct oc_mc *m, const struct oc_mc_bump *b)
{
    if (b->drift != 0 || b->years != 0 || b->par)
        return false;
    if (b->spot != 0)
        for (size_t a = 0; a < m->assets; a++)
            if (!m->walks[a].process->exact)
                return false;
    return m->nsim > 0;
}

static bool equal(const struct oc_mc_bump *a, const struct oc_mc_bump *b)
{
    return a->spot == b->spot && a->drift == b->drift && a->rate == b->rate && a->years == b->years && a->strike == b->strike
           && a->par == b->par && a->by == b->by;
}

int oc_mc_world(struct oc_mc *m, const struct oc_mc_bump *b, size_t *view, struct oc_err *err)
{
    for (size_t i = 0; i < m->nview; i++)
        if (equal(&m->view[i].bump, b)) {
            *view = i;
            return 0;
        }
    if (m->nview == OC_MC_VIEWS)
        return oc_fail(err, OC_LIMIT, "more than %d bumps for one claim", OC_MC_VIEWS);
    struct oc_mc_view *const v = &m->view[m->nview++];
    struct oc_claim c;
    *v = (struct oc_mc_view){ .bump = *b };
    if (bump_claim(m, b, v, &c, err))
        return -1;
    if (!same_walk(m, b) && add_sim(m, m->walks, &c, b, &v->sim, err))
        return -1;
    lay(m, v, &c, b);
    *view = m->nview - 1;
    return 0;
}

void oc_mc_worlds_back(struct oc_mc *m, size_t nsim, size_t nview)
{
    for (; m->nsim > nsim; m->nsim--) {
        struct oc_mc_sim *const s = &m->sim[m->nsim - 1];
        oc_paths_close(&s->paths);
        for (size_t a = 0; s->walk && a < m->assets; a++)
            if (s->walk[a].process)
                oc_walk_close(&s->walk[a]);
        free(s->walk);
        oc_mcgrid_free(&s->grid);
    }
    for (; m->nview > nview; m->nview--)
        free(m->view[m->nview - 1].fixing);
}

void oc_mc_worlds_close(struct oc_mc *m)
{
    oc_mc_worlds_back(m, 0, 0);
    free(m->sim);
    free(m->view);
    oc_sobol_close(m->sobol);
}
