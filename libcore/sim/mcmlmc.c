/* mcmlmc - see mcmlmc.h */
#include "sim/mcmlmc.h"

#include "math/exp.h"
#include "sim/mclevel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PILOT (UINT64_C(1) << 60)       /* path address of the pilot's first */

enum { PILOT_PATHS = 1024 };            /* a level: shares within some percent, which the cost feels to second order only */

/* ---- grids ------------------------------------------------------------------------------------------------- */

static int lay_grid(struct oc_mc *m, const struct oc_walk *w, struct oc_mclevel_grid *g, struct oc_err *err)
{
    const size_t k = w->process->nconst;

    g->constants = calloc(g->steps * (k ? k : 1), sizeof *g->constants);
    if (!g->constants)
        return oc_fail(err, OC_MEMORY, "no memory for %llu steps", (unsigned long long)g->steps);
    for (uint64_t i = 0; w->process->interval && i < g->steps; i++)
        w->process->interval(w, g->t[i], g->t[i + 1] - g->t[i], g->constants + i * k);
    const bool by_price = w->process->arithmetic || w->process->level;
    g->claim = (struct oc_laid_claim){ .claim = m->claim, .assets = 1, .spot = m->spot, .steps = g->steps, .t = g->t,
                                       .mark = g->mark, .walk = by_price ? w : NULL, .seed = m->how.seed };
    return 0;
}

/* Every step of `from` in two. */
static int bisect(const struct oc_mclevel_grid *from, struct oc_mclevel_grid *to, struct oc_err *err)
{
    to->steps = 2 * from->steps;
    to->t = calloc(to->steps + 1, sizeof *to->t);
    to->mark = calloc(to->steps + 1, 1);
    if (!to->t || !to->mark)
        return oc_fail(err, OC_MEMORY, "no memory for %llu steps", (unsigned long long)to->steps);
    for (uint64_t k = 0; k <= from->steps; k++) {
        to->t[2 * k] = from->t[k];
        to->mark[2 * k] = from->mark[k];
        if (k < from->steps)
            to->t[2 * k + 1] = from->t[k] + 0.5 * (from->t[k + 1] - from->t[k]);
    }
    return 0;
}

static double longest(const struct oc_mclevel_grid *g)
{
    double most = 0;

    for (uint64_t k = 0; k < g->steps; k++)
        most = fmax(most, g->t[k + 1] - g->t[k]);
    return most;
}

static int make_grids(struct oc_mc *m, struct oc_mlmc *l, struct oc_err *err)
{
    const double last = m->how.max_dt > 0 ? m->how.max_dt : fmin(OC_MCGRID_DT, m->claim.years / 4);
    struct oc_mcgrid first;

    if (oc_mcgrid_make(&first, &m->claim, 1, m->walks, m->claim.years / 4, err))
        return -1;
    l->grid[0] = (struct oc_mclevel_grid){ .steps = first.steps, .t = first.t, .mark = first.mark };
    l->nlevel = 1;
    while (longest(&l->grid[l->nlevel - 1]) > last * (1 + 1e-9)) {
        if (l->nlevel == OC_MLMC_LEVELS || l->grid[l->nlevel - 1].steps > OC_MCGRID_MAX / 2)
            return oc_fail(err, OC_LIMIT, "steps of %g years take more than %d levels", last, OC_MLMC_LEVELS);
        l->nlevel++;
        if (bisect(&l->grid[l->nlevel - 2], &l->grid[l->nlevel - 1], err))
            return -1;
    }
    return 0;
}

/* ---- levels of blocks -------------------------------------------------------------------------------------- */

/* Mean of a level's values by their control, and the variance of one; a control that does not vary is none. */
static double level_mean(const double *f, double *variance)
{
    const double n = f[OC_LEVEL_N], x = f[OC_LEVEL_X], y = f[OC_LEVEL_Y];
    const double yy = f[OC_LEVEL_YY] - y * y / n, xx = f[OC_LEVEL_XX] - x * x / n, xy = f[OC_LEVEL_XY] - x * y / n;
    const bool controlled = n > 2 && xx > 1e-12 * f[OC_LEVEL_XX];
    const double beta = controlled ? xy / xx : 0;

    *variance = fmax(yy - beta * xy, 0) / (n - 1 - controlled);
    return y / n - beta * (x / n);
}

/* The level of each of the first n blocks. */
static unsigned char *assign(const struct oc_mlmc *l, uint64_t n, struct oc_err *err)
{
    unsigned char *const level = malloc(n ? n : 1);
    double count[OC_MLMC_LEVELS] = { 0 };

    if (!level)
        oc_fail(err, OC_MEMORY, "no memory for the levels of %llu blocks", (unsigned long long)n);
    for (uint64_t b = 0; level && b < n; b++) {
        size_t best = l->first;
        for (size_t i = best + 1; i < l->nlevel; i++)
            if (l->share[i] * (double)(b + 1) - count[i] > l->share[best] * (double)(b + 1) - count[best])
                best = i;
        if (b < l->nlevel - l->first)   /* each has one */
            best = l->first + (size_t)b;
        level[b] = (unsigned char)best;
        count[best]++;
    }
    return level;
}

struct job { const struct oc_mc *m; const unsigned char *level; };

static void *open_room(void *ctx, struct oc_err *err) { return oc_mclevel_open(((const struct job *)ctx)->m, err); }

static int one(void *ctx, void *room, uint64_t number, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct job *const j = ctx;

    (void)err;
    oc_mclevel_block(room, j->level[number], first, n, figures);
    return 0;
}

int oc_mcmlmc_blocks(const struct oc_mc *m, uint64_t paths, uint64_t from, uint64_t to, double *figures, struct oc_err *err)
{
    unsigned char *const level = assign(m->levels, to, err);
    struct job job = { m, level };
    const struct oc_blocks work = { .open = open_room, .close = oc_mclevel_close, .fn = one, .ctx = &job,
                                    .figures = OC_MLMC_FIGURES,
                                    .threads = m->how.threads };
    const size_t levels = m->levels->nlevel - m->levels->first;
    int rc = level ? 0 : -1;

    if (rc == 0 && paths < levels * OC_BLOCK)
        rc = oc_fail(err, OC_USAGE, "%zu levels take %zu paths at least, not %llu", levels, levels * OC_BLOCK,
                     (unsigned long long)paths);
    if (rc == 0)
        rc = oc_blocks(&work, paths, from, to, figures, err);
    free(level);
    return rc;
}

int oc_mcmlmc_value(const struct oc_mc *m, uint64_t blocks, const double *figures, struct oc_mc_value *out,
                    struct oc_err *err)
{
    const size_t k = m->levels->nlevel;
    unsigned char *const level = assign(m->levels, blocks, err);
    double *const own = calloc(blocks, OC_MLMC_FIGURES * sizeof *own);
    double value = 0, variance = 0;
    bool paid = false;

    if (!level || !own) {
        free(level);
        free(own);
        return oc_fail(err, OC_MEMORY, "no memory for the figures of a level");
    }
    for (size_t i = m->levels->first; i < k; i++) {
        double sum[OC_MLMC_FIGURES], each;
        uint64_t n = 0;
        for (uint64_t b = 0; b < blocks; b++)
            if (level[b] == i)
                memcpy(own + n++ * OC_MLMC_FIGURES, figures + b * OC_MLMC_FIGURES, OC_MLMC_FIGURES * sizeof *own);
        oc_blocks_total(n, OC_MLMC_FIGURES, own, sum);
        value += level_mean(sum, &each);
        variance += each / sum[OC_LEVEL_N];
        paid |= sum[OC_LEVEL_YY] > 0;
    }
    if (!paid)
        out->status = OC_ROW_NO_CONVERGENCE;    /* no path paid: that is no error to go by */
    out->value[OC_PRICE] = value;
    out->error[OC_PRICE] = sqrt(variance);
    out->freedom = INFINITY;
    free(level);
    free(own);
    return 0;
}

/* ---- opening ----------------------------------------------------------------------------------------------- */

static int check(const struct oc_mc *m, struct oc_err *err)
{
    const struct oc_process *const p = m->walks[0].process;

    if (m->assets != 1 || m->claim.weight)
        return oc_fail(err, OC_DATA, "levels are for one asset");
    if (p->exact || p->discrete || p->uniforms)
        return oc_fail(err, OC_DATA, "%s has no levels: %s", p->name,
                       p->exact      ? "its steps are exact, so one level is enough"
                       : p->discrete ? "its periods cannot be cut"
                                     : "its jumps are not those of shorter steps");
    if (oc_payoff_watches(&m->claim))
        return oc_fail(err, OC_DATA, "what is watched continuously has no levels here");
    if (m->how.from == OC_DRAWS_SOBOL || m->how.variance & ~(unsigned)(OC_VR_AUTO | OC_VR_CONTROL))
        return oc_fail(err, OC_USAGE, "levels take pseudo-random numbers, a control and no other variance reduction");
    for (int q = 0; q < OC_QUANTITIES && !m->how.lenient; q++)
        if (q != OC_PRICE && m->how.want[q])
            return oc_fail(err, OC_USAGE, "levels give a price and no %s", oc_quantity_name(q));
    return 0;
}

static int open_walk(struct oc_mc *m, struct oc_mlmc *l, struct oc_err *err)
{
    l->walk = m->walks[0];
    l->walk.seed = m->how.seed;
    l->walk.steps = l->grid[l->nlevel - 1].steps;
    if (oc_walk_open(&l->walk, err)) {
        l->walk.process = NULL;
        return -1;
    }
    return oc_walk_prices(&l->walk)
               ? 0
               : oc_fail(err, OC_USAGE, "%s: its discounted price is no martingale, so it prices no options",
                         l->walk.process->name);
}

/* The price at the end, or the average: its mean is known on every grid, so that of a difference is 0. */
static void choose_control(struct oc_mc *m, struct oc_mlmc *l)
{
    const struct oc_claim *const c = &m->claim;
    const double discount = oc_exp(-c->rate * c->years), count = c->fixings_done + (double)c->fixings;
    const double past = c->fixings_done > 0 ? c->fixings_done * c->average_so_far : 0;
    double sum = past;

    if (!(m->how.variance & (OC_VR_AUTO | OC_VR_CONTROL)))
        return;
    l->average = c->pay == OC_PAY_ASIAN && !c->geometric;
    for (size_t i = 0; i < c->fixings; i++)
        sum += m->spot[0] * oc_exp(m->walks[0].drift * c->fixing[i]);
    l->control = l->average ? discount / count : discount;
    l->control_from = l->average ? l->control * past : 0;
    l->control_mean = l->average ? l->control * sum : discount * m->spot[0] * oc_exp(m->walks[0].drift * c->years);
}

/* The first level and the shares, from sqrt(variance * cost) of each: their sum is what an error of 1 costs. */
static void plan(struct oc_mlmc *l, const double *variance)
{
    const size_t n = l->nlevel;
    double least = INFINITY, sum = 0;

    for (size_t first = 0; first < n; first++) {
        double cost = sqrt(variance[0] * (double)l->grid[first].steps);     /* values vary alike on every level */
        for (size_t i = first + 1; i < n; i++)
            cost += sqrt(variance[i] * 1.5 * (double)l->grid[i].steps);
        if (cost < least) {
            least = cost;
            l->first = first;
        }
    }
    for (size_t i = l->first; i < n; i++) {
        const bool values = i == l->first;
        l->share[i] = sqrt(values ? variance[0] / (double)l->grid[i].steps : variance[i] / (1.5 * (double)l->grid[i].steps));
        sum += l->share[i];
    }
    for (size_t i = l->first; i < n; i++)
        l->share[i] = sum > 0 ? l->share[i] / sum : 1 / (double)(n - l->first);
}

/*
 * Variances by some paths of each level.  They fall by 4 a level at the fastest (strong order 1); a pilot that sees less, as
 * few paths pay, is not believed below a sixteenth.
 */
static int pilot(struct oc_mc *m, struct oc_mlmc *l, struct oc_err *err)
{
    void *const r = oc_mclevel_open(m, err);
    double variance[OC_MLMC_LEVELS];

    for (size_t i = 0; r && i < l->nlevel; i++) {
        double f[OC_MLMC_FIGURES];
        oc_mclevel_block(r, i, PILOT, PILOT_PATHS, f);
        level_mean(f, &variance[i]);
        if (i)
            variance[i] = fmax(variance[i], variance[i - 1] / 16);
    }
    if (r)
        plan(l, variance);
    oc_mclevel_close(r);
    return r ? 0 : -1;
}

int oc_mcmlmc_open(struct oc_mc *m, struct oc_err *err)
{
    struct oc_mlmc *const l = calloc(1, sizeof *l);

    if (!l)
        return oc_fail(err, OC_MEMORY, "no memory for levels");
    m->levels = l;
    if (check(m, err) || make_grids(m, l, err) || open_walk(m, l, err))
        return -1;
    for (size_t i = 0; i < l->nlevel; i++)
        if (lay_grid(m, &l->walk, &l->grid[i], err))
            return -1;
    choose_control(m, l);
    return pilot(m, l, err);
}

void oc_mcmlmc_close(struct oc_mlmc *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < OC_MLMC_LEVELS; i++) {
        free(l->grid[i].t);
        free(l->grid[i].mark);
        free(l->grid[i].constants);
    }
    if (l->walk.process)
        oc_walk_close(&l->walk);
    free(l);
}
