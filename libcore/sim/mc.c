/* mc - the job of a Monte Carlo value: see mc.h; its parts are in mcpriv.h. */
#include "sim/mc.h"

#include "sim/mccontrol.h"
#include "sim/mcgreeks.h"
#include "sim/mcmlmc.h"
#include "sim/mcpriv.h"
#include "sim/mcshift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- what goes together ------------------------------------------------------------------------------------ */

int oc_mc_check(const struct oc_mc_how *h, struct oc_err *err)
{
    const bool sobol = h->from == OC_DRAWS_SOBOL, moments = (h->variance & OC_VR_MOMENTS) != 0;
    const bool pairs = (h->variance & OC_VR_ANTITHETIC) != 0;
    const unsigned r = h->replicates;

    if (sobol && (r < 2 || r > 64 || (r & (r - 1))))
        return oc_fail(err, OC_USAGE, "%u scramblings: a power of 2 from 2 to 64 is what a block of points divides into", r);
    if (sobol && pairs)
        return oc_fail(err, OC_USAGE, "antithetic paths spoil the evenness of Sobol points");
    if (moments && (sobol || h->variance & OC_VR_IMPORTANCE))
        return oc_fail(err, OC_USAGE,
                       "moments are matched of pseudo-random paths of their own law: not with sobol or importance");
    if (moments && (h->greek_by == OC_GREEK_PATHWISE || h->greek_by == OC_GREEK_LIKELIHOOD))
        return oc_fail(err, OC_USAGE,
                       "paths matched in their moments have no pathwise or likelihood-ratio derivatives; bump has");
    if (!h->paths)
        return 0;
    if (h->paths < 2)
        return oc_fail(err, OC_USAGE, "%llu paths have no standard error", (unsigned long long)h->paths);
    if (moments && (h->paths % OC_BLOCK || h->paths < 2 * OC_BLOCK))
        return oc_fail(err, OC_USAGE,
                       "moments are matched block by block: paths must be a multiple of %d, and two blocks at least",
                       OC_BLOCK);
    if (pairs && (h->paths & 1 || h->paths < 4))
        return oc_fail(err, OC_USAGE, "%llu paths are not two pairs of antithetic ones", (unsigned long long)h->paths);
    if (sobol && h->paths % r)
        return oc_fail(err, OC_USAGE, "%llu paths do not divide among %u scramblings", (unsigned long long)h->paths, r);
    return 0;
}

/* The job's how for another number of paths. */
static int check_paths(const struct oc_mc *m, uint64_t paths, struct oc_err *err)
{
    struct oc_mc_how how = m->how;

    how.paths = paths;
    return paths ? oc_mc_check(&how, err) : oc_fail(err, OC_USAGE, "no paths have no value");
}

/* What how and this claim do not allow together. */
static int check_how(const struct oc_mc *m, struct oc_err *err)
{
    const struct oc_mc_how *h = &m->how;
    const bool moments = (h->variance & OC_VR_MOMENTS) != 0;

    if (oc_mc_check(h, err))
        return -1;
    if (h->variance & OC_VR_IMPORTANCE && m->assets != 1)
        return oc_fail(err, OC_DATA, "importance sampling is for one asset, not for %zu", m->assets);
    for (size_t a = 0; moments && a < m->assets; a++)
        if (m->walks[a].process->arithmetic || m->walks[a].process->level)
            return oc_fail(err, OC_DATA, "moments are matched of logarithms, by which %s does not walk",
                           m->walks[a].process->name);
    return 0;
}

/* Jumps between two times are no Brownian bridge, and periods have no between. */
static int check_bridge(const struct oc_mc *m, struct oc_err *err)
{
    for (size_t a = 0; oc_payoff_watches(&m->claim) && a < m->assets; a++) {
        const struct oc_process *const p = m->walks[a].process;
        if (p->discrete || p->uniforms || !p->show || p->arithmetic || p->level)
            return oc_fail(err, OC_DATA,
                           "%s is no diffusion of the logarithm, so nothing can be watched between two times: give "
                           "fixings (monitoring)",
                           p->name);
    }
    return 0;
}

/* ---- own copies -------------------------------------------------------------------------------------------- */

static void *copy(const void *p, size_t bytes)
{
    void *const out = bytes && p ? malloc(bytes) : NULL;

    if (out)
        memcpy(out, p, bytes);
    return out;
}

static int keep(struct oc_mc *m, const struct oc_claim *c, const struct oc_walk *walks, const double *corr,
                struct oc_err *err)
{
    const size_t n = m->assets;

    m->claim = *c;
    m->claim.fixing = copy(c->fixing, c->fixings * sizeof *c->fixing);
    m->claim.weight = copy(c->weight, n * sizeof *c->weight);
    m->claim.exercise = NULL;
    m->claim.exercises = 0;
    m->walks = copy(walks, n * sizeof *walks);
    m->corr = copy(corr, n * n * sizeof *corr);
    m->sim = calloc(OC_MC_VIEWS, sizeof *m->sim);
    m->view = calloc(OC_MC_VIEWS, sizeof *m->view);
    if ((c->fixings && !m->claim.fixing) || (c->weight && !m->claim.weight) || !m->walks || (corr && !m->corr) || !m->sim
        || !m->view)
        return oc_fail(err, OC_MEMORY, "no memory for a claim");
    for (size_t a = 0; a < n; a++) {
        const struct oc_param *const p = walks[a].process->param;
        m->spot[a] = walks[a].spot;
        for (size_t i = 0; i < oc_param_count(p); i++)
            if (isnan(m->walks[a].par[i]))
                m->walks[a].par[i] = p[i].initial;
    }
    return 0;
}

/* ---- opening ----------------------------------------------------------------------------------------------- */

/* What auto stands for, once the first simulation is there. */
static void choose_variance(struct oc_mc *m)
{
    unsigned *const v = &m->how.variance;

    if (!(*v & OC_VR_AUTO))
        return;
    *v = OC_VR_CONTROL | (m->how.from == OC_DRAWS_SOBOL ? 0 : OC_VR_ANTITHETIC);
}

static int open_simulation(struct oc_mc *m, struct oc_err *err)
{
    const bool automatic = (m->how.variance & OC_VR_AUTO) != 0;
    size_t view;

    if (m->how.multilevel)
        return oc_mcmlmc_open(m, err);
    choose_variance(m);
    if (check_how(m, err) || check_bridge(m, err) || oc_mc_world(m, &(struct oc_mc_bump){ 0 }, &view, err))
        return -1;
    if (automatic && oc_mcshift_worth(m))
        m->how.variance |= OC_VR_IMPORTANCE;
    if (m->how.variance & OC_VR_IMPORTANCE && oc_mcshift_choose(m, err))
        return -1;
    oc_mccontrol_choose(m);
    if (oc_mcgreeks_plan(m, err))
        return -1;
    oc_mcblock_layout(m);
    return 0;
}

/* Early exercise has a delta and no other derivative; a lenient job goes without what is not there. */
static int open_early(struct oc_mc *m, const struct oc_claim *claim, const struct oc_walk *walks, const double *corr,
                      struct oc_err *err)
{
    struct oc_mc_how how = m->how;

    if (how.from == OC_DRAWS_SOBOL || how.multilevel || how.variance & (OC_VR_MOMENTS | OC_VR_IMPORTANCE))
        return oc_fail(err, OC_DATA, "early exercise is valued on pseudo-random paths of one level, their law as it is");
    for (int q = OC_DELTA + 1; how.lenient && q < OC_QUANTITIES; q++)
        how.want[q] = false;
    if (how.lenient)
        how.want_par = false;
    int rc = oc_lsm_open(claim, m->assets, walks, corr, &how, &m->lsm, err);
    if (rc && how.lenient && how.want[OC_DELTA] && err->code == OC_USAGE) {
        how.want[OC_DELTA] = false;
        *err = (struct oc_err){ 0 };
        rc = oc_lsm_open(claim, m->assets, walks, corr, &how, &m->lsm, err);
    }
    return rc;
}

int oc_mc_open(const struct oc_claim *claim, size_t assets, const struct oc_walk *walks, const double *corr,
               const struct oc_mc_how *how, struct oc_mc **out, struct oc_err *err)
{
    *out = NULL;
    if (assets < 1 || assets > OC_MC_ASSETS)
        return oc_fail(err, OC_USAGE, "%zu assets: from 1 to %d are possible", assets, OC_MC_ASSETS);
    struct oc_mc *const m = calloc(1, sizeof *m);
    if (!m)
        return oc_fail(err, OC_MEMORY, "no memory for a claim");
    m->assets = assets;
    m->how = *how;
    int rc = oc_payoff_check(claim, assets, err);
    if (rc == 0 && claim->exercises)
        rc = open_early(m, claim, walks, corr, err);
    else if (rc == 0)
        rc = keep(m, claim, walks, corr, err) || open_simulation(m, err) ? -1 : 0;
    if (rc)
        oc_mc_close(m);
    else
        *out = m;
    return rc;
}

void oc_mc_close(struct oc_mc *m)
{
    if (!m)
        return;
    oc_lsm_close(m->lsm);
    oc_mcmlmc_close(m->levels);
    if (m->walks)
        oc_mc_worlds_close(m);
    free((double *)m->claim.fixing);
    free((double *)m->claim.weight);
    free(m->walks);
    free(m->corr);
    free(m->shift);
    free(m);
}

size_t oc_mc_figures(const struct oc_mc *m)
{
    return m->lsm ? oc_lsm_figures(m->lsm) : m->levels ? OC_MLMC_FIGURES : m->figures;
}

/* ---- running ----------------------------------------------------------------------------------------------- */

int oc_mc_blocks(const struct oc_mc *m, uint64_t paths, uint64_t from, uint64_t to, double *figures, struct oc_err *err)
{
    const struct oc_blocks job = { .open = oc_mcblock_open, .close = oc_mcblock_close, .fn = oc_mcblock_run,
                                   .ctx = (void *)m,
                                   .figures = m->figures, .threads = m->how.threads };

    if (m->lsm)
        return oc_lsm_blocks(m->lsm, paths, from, to, figures, err);
    if (m->levels)
        return oc_mcmlmc_blocks(m, paths, from, to, figures, err);
    return check_paths(m, paths, err) ? -1 : oc_blocks(&job, paths, from, to, figures, err);
}

int oc_mc_value(const struct oc_mc *m, uint64_t paths, uint64_t blocks, const double *figures, struct oc_mc_value *out,
                struct oc_err *err)
{
    const int early = m->lsm ? oc_lsm_value(m->lsm, paths, blocks, figures, out, err) : 0;
    if (m->lsm) {
        out->freedom = INFINITY;
        for (int i = 0; i < OC_PARAM_MAX; i++)
            out->par[i] = out->par_error[i] = NAN;
        return early;
    }
    *out = (struct oc_mc_value){ .upper = NAN, .upper_error = NAN, .paths = paths, .status = OC_ROW_OK };
    for (int q = 0; q < OC_QUANTITIES; q++)
        out->value[q] = out->error[q] = NAN;
    for (int i = 0; i < OC_PARAM_MAX; i++)
        out->par[i] = out->par_error[i] = NAN;
    if (m->levels)
        return oc_mcmlmc_value(m, blocks, figures, out, err);
    return check_paths(m, paths, err) ? -1 : oc_mcvalue_of(m, blocks, figures, out, err);
}

static double seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

enum {
    BLOCKS_FEW = 1 << 8,        /* 1e6 paths */
    BLOCKS_MAX = 1 << 24        /* 7e10 paths: an error that is not reached by then is not reached */
};

/* Blocks done so far and their figures. */
struct progress { uint64_t blocks; double *figures; double began; };

static int extend(const struct oc_mc *m, struct progress *p, uint64_t blocks, struct oc_err *err)
{
    const size_t k = oc_mc_figures(m);
    double *const more = blocks > SIZE_MAX / sizeof *more / (k + 1) ? NULL : realloc(p->figures, blocks * k * sizeof *more);

    if (!more)
        return oc_fail(err, OC_MEMORY, "no memory for the figures of %llu blocks", (unsigned long long)blocks);
    p->figures = more;
    if (oc_mc_blocks(m, blocks * OC_BLOCK, p->blocks, blocks, more + p->blocks * k, err))
        return -1;
    p->blocks = blocks;
    return 0;
}

/*
 * Blocks to go on to, or 0: enough.  By the error: twice as many, whatever the clock says; an error that is none to go by
 * (no path has paid yet) is not believed before BLOCKS_FEW.  By the clock: twice as many while half of the time is left,
 * then what the rest holds at the pace so far.
 */
static uint64_t next(const struct oc_mc *m, const struct progress *p, const struct oc_mc_value *v)
{
    const struct oc_mc_how *const h = &m->how;
    const double used = seconds_now() - p->began, pace = used / (double)p->blocks;

    if (h->target_stderr > 0 && v->error[OC_PRICE] <= h->target_stderr && (!v->status || p->blocks >= BLOCKS_FEW))
        return 0;
    if (!(h->seconds > 0))
        return p->blocks * 2;
    if (used * 3 < h->seconds)
        return p->blocks * 2;
    const double rest = (h->seconds - used) / pace;
    return rest >= 1 ? p->blocks + (uint64_t)rest : 0;
}

static int run_open_end(const struct oc_mc *m, struct oc_mc_value *out, struct oc_err *err)
{
    struct progress p = { .began = seconds_now() };
    const uint64_t dual = (m->how.dual_paths + OC_LSM_DUAL_BLOCK - 1) / OC_LSM_DUAL_BLOCK;
    uint64_t blocks = m->levels ? 16 : m->lsm && dual > 2 ? dual : 2;   /* each level has to have one */
    int rc = 0;

    if (!(m->how.target_stderr > 0) && !(m->how.seconds > 0))
        return oc_fail(err, OC_USAGE, "how many paths? --paths, --target-stderr or --time says it");
    while (rc == 0 && blocks) {
        if (blocks > BLOCKS_MAX)
            rc = oc_fail(err, OC_LIMIT, "the standard error %g is not reached with %llu paths", m->how.target_stderr,
                         (unsigned long long)(p.blocks * OC_BLOCK));
        if (rc == 0)
            rc = extend(m, &p, blocks, err);
        if (rc == 0)
            rc = oc_mc_value(m, p.blocks * OC_BLOCK, p.blocks, p.figures, out, err);
        if (rc == 0)
            blocks = next(m, &p, out);
    }
    free(p.figures);
    return rc;
}

int oc_mc_run(struct oc_mc *m, struct oc_mc_value *out, struct oc_err *err)
{
    const uint64_t paths = m->how.paths, blocks = oc_blocks_of(paths);

    if (!paths)
        return run_open_end(m, out, err);
    double *const figures = blocks > SIZE_MAX / sizeof(double) / (oc_mc_figures(m) + 1)
                                ? NULL : malloc(blocks * oc_mc_figures(m) * sizeof *figures);
    if (!figures)
        return oc_fail(err, OC_MEMORY, "no memory for the figures of %llu blocks", (unsigned long long)blocks);
    const int rc = oc_mc_blocks(m, paths, 0, blocks, figures, err) || oc_mc_value(m, paths, blocks, figures, out, err) ? -1
                                                                                                                       : 0;
    free(figures);
    return rc;
}
