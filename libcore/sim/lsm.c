/* lsm - see lsm.h */
#include "sim/lsm.h"

#include "math/exp.h"
#include "sim/lanes.h"
#include "sim/lsmjob.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { N = OC_LANES };

_Static_assert((int)OC_LANES == (int)OC_LSMFIT_CHUNK, "columns of walks are columns of the regression");

/* ---- what is asked ------------------------------------------------------------------------------------------- */

/* Processes whose law of S(t) / S(0) does not depend on S(0): the path's derivative is S(t) / S(0). */
static bool scales(const struct oc_process *p)
{
    static const char *const name[] = { "geometric_brownian", "jump_diffusion", "merton", "kou", "heston", "bates", "garch",
                                        "gjr", "telegraph", "regime", "rough_bergomi" };

    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (strcmp(p->name, name[i]) == 0)
            return true;
    return false;
}

static int check_claim(const struct oc_claim *c, size_t assets, struct oc_err *err)
{
    if (c->pay != OC_PAY_VANILLA && c->pay != OC_PAY_BASKET && c->pay != OC_PAY_BEST && c->pay != OC_PAY_WORST)
        return oc_fail(err, OC_USAGE, "early exercise is valued for vanilla, basket, best and worst pay-offs only");
    if (c->pay == OC_PAY_VANILLA && assets != 1)
        return oc_fail(err, OC_USAGE, "a vanilla option has one underlying, not %zu", assets);
    if (c->pay == OC_PAY_BASKET && !c->weight)
        return oc_fail(err, OC_USAGE, "a basket needs weights");
    if (assets < 1 || assets > OC_LSM_ASSETS)
        return oc_fail(err, OC_USAGE, "early exercise on %zu underlyings; it takes 1 to %d", assets, OC_LSM_ASSETS);
    if (c->exercises < 1 || !c->exercise || !(c->exercise[0] >= 0) || !(c->years > 0 && isfinite(c->years)))
        return oc_fail(err, OC_USAGE, "early exercise needs dates from now to expiry");
    for (size_t d = 1; d < c->exercises; d++)
        if (!(c->exercise[d] > c->exercise[d - 1]))
            return oc_fail(err, OC_USAGE, "exercise dates do not ascend: %g years follows %g", c->exercise[d],
                           c->exercise[d - 1]);
    if (c->exercise[c->exercises - 1] != c->years)
        return oc_fail(err, OC_USAGE, "the last exercise date, %g years, is not the expiry, %g",
                       c->exercise[c->exercises - 1], c->years);
    return 0;
}

static int check_how(const struct oc_lsm *m, struct oc_err *err)
{
    const struct oc_mc_how *h = &m->how;

    if (h->variance & (OC_VR_MOMENTS | OC_VR_IMPORTANCE))
        return oc_fail(err, OC_USAGE,
                       "early exercise takes antithetic paths and a control, no moment matching or importance "
                       "sampling");
    if (h->from == OC_DRAWS_SOBOL || h->multilevel)
        return oc_fail(err, OC_USAGE, "early exercise draws pseudo-random numbers on one level");
    for (int q = 0; q < OC_QUANTITIES; q++)
        if (h->want[q] && q != OC_PRICE && q != OC_DELTA)
            return oc_fail(err, OC_USAGE, "%s of early exercise is not computed; delta is", oc_quantity_name(q));
    if (h->want[OC_DELTA] && (m->assets != 1 || !scales(m->walk[0].process)))
        return oc_fail(err, OC_USAGE,
                       "delta of early exercise needs one underlying whose returns do not depend on its price");
    if (h->fit_paths > SIZE_MAX / sizeof(double) / m->dates / OC_LSMFIT_FEATURES
        || h->fit_paths * m->dates * m->basis.features * sizeof(double) > OC_LSM_MEMORY)
        return oc_fail(err, OC_LIMIT, "%llu fit paths on %zu exercise dates with %zu numbers of state are more than %zu MiB",
                       (unsigned long long)h->fit_paths, m->dates, m->basis.features, OC_LSM_MEMORY >> 20);
    return 0;
}

/* ---- copies --------------------------------------------------------------------------------------------------- */

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for early exercise"); }

static double *copy(size_t n, const double *from)
{
    double *const p = malloc((n ? n : 1) * sizeof *p);

    if (p && n)
        memcpy(p, from, n * sizeof *p);
    return p;
}

static int copy_claim(struct oc_lsm *m, const double *corr, struct oc_err *err)
{
    struct oc_claim *c = &m->claim;

    m->now = c->exercise[0] == 0;
    m->dates = c->exercises - m->now;
    m->years = copy(m->dates, c->exercise + m->now);
    m->discount = calloc(m->dates, sizeof *m->discount);
    m->step_of = calloc(m->dates, sizeof *m->step_of);
    m->rule = calloc(m->dates, sizeof *m->rule);
    if (!m->years || !m->discount || !m->step_of || !m->rule || (corr && !(m->corr = copy(m->assets * m->assets, corr)))
        || (c->weight && !(m->weight = copy(m->assets, c->weight))))
        return no_memory(err);
    for (size_t d = 0; d < m->dates; d++)
        m->discount[d] = oc_exp(-c->rate * m->years[d]);
    c->exercise = m->years;
    c->exercises = m->dates;
    c->weight = m->weight;
    return 0;
}

/* ---- opening the walks ---------------------------------------------------------------------------------------- */

/* The grid of a claim that is fixed at the exercise dates. */
static int make_grid(struct oc_lsm *m, const struct oc_walk *walks, struct oc_err *err)
{
    struct oc_claim c = m->claim;

    c.fixings = m->dates;
    c.fixing = m->years;
    if (oc_mcgrid_make(&m->grid, &c, m->assets, walks, m->how.max_dt, err))
        return -1;
    for (size_t d = 0, k = 1; d < m->dates; k++)
        if (m->grid.t[k] == m->years[d])
            m->step_of[d++] = k;
    return 0;
}

static int open_walks(struct oc_lsm *m, const struct oc_walk *walks, struct oc_err *err)
{
    m->walk = calloc(m->assets, sizeof *m->walk);
    if (!m->walk)
        return no_memory(err);
    for (; m->opened < m->assets; m->opened++) {
        m->walk[m->opened] = walks[m->opened];
        m->walk[m->opened].steps = m->grid.steps;
        m->walk[m->opened].asset = (unsigned)m->opened;
        m->walk[m->opened].seed = m->how.seed;
        if (oc_walk_open(&m->walk[m->opened], err))
            return -1;
        if (!oc_walk_prices(&m->walk[m->opened]))
            return oc_fail(err, OC_USAGE, "%s is no risk-neutral process and prices no options",
                           m->walk[m->opened].process->name);
    }
    return 0;
}

/* Step constants of all assets one behind the other, for inner walks. */
static int make_constants(struct oc_lsm *m, struct oc_err *err)
{
    for (size_t a = 0; a < m->assets; a++)
        m->constants_of_step += m->walk[a].process->nconst;
    if (m->how.dual_paths == 0)
        return 0;
    m->constants = calloc(m->grid.steps * m->constants_of_step + 1, sizeof *m->constants);
    if (!m->constants)
        return no_memory(err);
    double *c = m->constants;
    for (uint64_t k = 0; k < m->grid.steps; k++)
        for (size_t a = 0; a < m->assets; c += m->walk[a++].process->nconst)
            if (m->walk[a].process->interval)
                m->walk[a].process->interval(&m->walk[a], m->grid.t[k], m->grid.t[k + 1] - m->grid.t[k], c);
    return 0;
}

static int open_paths(struct oc_lsm *m, struct oc_err *err)
{
    m->plain = (struct oc_paths){ .assets = m->assets, .walk = m->walk, .corr = m->corr, .steps = m->grid.steps,
                                  .t = m->grid.t, .draws = { .from = m->how.from, .seed = m->how.seed } };
    m->paths = m->plain;
    m->paths.antithetic = m->how.variance & OC_VR_ANTITHETIC;
    return oc_paths_open(&m->plain, err) || oc_paths_open(&m->paths, err) ? -1 : 0;
}

/* ---- the fit ---------------------------------------------------------------------------------------------------- */

struct fit { struct oc_lsm *m; double *state; };

struct fit_room {
    const struct fit *fit;
    struct oc_paths_room *paths;
    size_t date, first;
    double scratch[OC_LSM_ASSETS][N];
};

static void *fit_open(void *ctx, struct oc_err *err)
{
    const struct fit *const f = ctx;
    struct fit_room *r = malloc(sizeof *r);

    if (!r || !(r->paths = oc_paths_room(&f->m->plain, err))) {
        free(r);
        no_memory(err);
        return NULL;
    }
    r->fit = f;
    return r;
}

static void fit_close(void *room)
{
    struct fit_room *r = room;

    oc_paths_room_free(r->paths);
    free(r);
}

static int fit_see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct fit_room *const r = ctx;
    const struct oc_lsm *const m = r->fit->m;
    double *feature[OC_LSMFIT_FEATURES] = { 0 };

    (void)err;
    if (r->date == m->dates || at->step != m->step_of[r->date])
        return 0;
    for (size_t f = 0; f < m->basis.features; f++)
        feature[f] = r->fit->state + (r->date * m->basis.features + f) * m->how.fit_paths + r->first;
    oc_lsmstate_read(m, at->n, at->x, at->state, r->scratch[0], feature);
    r->date++;
    return 0;
}

static int fit_block(void *ctx, void *room, uint64_t block, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct fit *const f = ctx;
    struct fit_room *const r = room;

    (void)block;
    *figures = 0;
    for (size_t i = 0; i < n; i += N) {
        r->date = 0;
        r->first = (size_t)first + i;
        if (oc_paths_run(&f->m->plain, r->paths, LSM_FIT_FIRST + r->first, n - i < N ? n - i : N, fit_see, r, err))
            return -1;
    }
    return 0;
}

static double mean_of(size_t n, const double *x)
{
    double part = 0, sum = 0;

    for (size_t i = 0; i < n; i++) {        /* by parts of a block: fewer roundings, one shape */
        part += x[i];
        if (i % OC_BLOCK == OC_BLOCK - 1 || i + 1 == n) {
            sum += part;
            part = 0;
        }
    }
    return sum / (double)n;
}

/*
 * Memory that is written once from end to end: by large pages, where a page fault each 4 KiB would cost as much as the
 * walks.
 */
static double *large(size_t bytes)
{
    const size_t page = (size_t)2 << 20, size = (bytes + page - 1) / page * page;
    double *const p = aligned_alloc(page, size);

    if (p)
        (void)madvise(p, size, MADV_HUGEPAGE);      /* advice: without it the pages are small */
    return p;
}

static int fit(struct oc_lsm *m, struct oc_err *err)
{
    const size_t n = (size_t)m->how.fit_paths, blocks = (size_t)oc_blocks_of(n);
    struct fit f = { .m = m, .state = large(n * m->dates * m->basis.features * sizeof *f.state) };
    double *const cash = malloc(n * sizeof *cash), *const figures = malloc(blocks * sizeof *figures);
    const struct oc_blocks job = { .open = fit_open, .close = fit_close, .fn = fit_block, .ctx = &f, .figures = 1,
                                   .threads = m->how.threads };

    int rc = f.state && cash && figures ? 0 : no_memory(err);
    if (rc == 0)
        rc = oc_blocks(&job, n, 0, blocks, figures, err);
    if (rc == 0) {
        const struct oc_lsmfit_given g = { .paths = n, .dates = m->dates, .state = f.state, .side = m->claim.side,
                                           .strike = m->claim.strike, .discount = m->discount, .basis = &m->basis };
        oc_lsmfit_induct(&g, m->rule, cash);
        m->fit_value = mean_of(n, cash);
    }
    free(f.state);
    free(cash);
    free(figures);
    return rc;
}

/* ---- opening ---------------------------------------------------------------------------------------------------- */

/* The pay-off at time 0. */
static double pay_now(const struct oc_lsm *m)
{
    double x = m->claim.pay == OC_PAY_BASKET ? 0 : m->walk[0].spot;

    for (size_t a = 0; a < m->assets; a++) {
        const double s = m->walk[a].spot;
        if (m->claim.pay == OC_PAY_BASKET)
            x = fma(m->weight[a], s, x);
        else if (m->claim.pay == OC_PAY_WORST ? s < x : s > x)
            x = s;
    }
    x = m->claim.side * (x - m->claim.strike);
    return x > 0 ? x : 0;
}

static int open_job(struct oc_lsm *m, const struct oc_walk *walks, const double *corr, struct oc_err *err)
{
    if (check_claim(&m->claim, m->assets, err) || copy_claim(m, corr, err))
        return -1;
    if (make_grid(m, walks, err) || open_walks(m, walks, err)
        || oc_lsmfit_basis(&m->basis, oc_lsmstate_features(m), m->how.basis, err) || check_how(m, err)
        || oc_lsm_control(m, err) || open_paths(m, err) || make_constants(m, err))
        return -1;
    m->now_pay = pay_now(m);
    return fit(m, err);
}

int oc_lsm_open(const struct oc_claim *claim, size_t assets, const struct oc_walk *walks, const double *corr,
                const struct oc_mc_how *how, struct oc_lsm **out, struct oc_err *err)
{
    struct oc_lsm *m = calloc(1, sizeof *m);

    *out = m;
    if (!m)
        return no_memory(err);
    m->claim = *claim;
    m->assets = assets;
    m->how = *how;
    m->how.fit_paths = how->fit_paths ? how->fit_paths : OC_LSM_FIT_PATHS;
    m->how.basis = how->basis ? how->basis : OC_LSM_BASIS;
    m->how.dual_inner = how->dual_inner ? how->dual_inner : OC_LSM_INNER;
    if (open_job(m, walks, corr, err)) {
        oc_lsm_close(m);
        *out = NULL;
        return -1;
    }
    return 0;
}

void oc_lsm_close(struct oc_lsm *m)
{
    if (!m)
        return;
    oc_paths_close(&m->paths);
    oc_paths_close(&m->plain);
    while (m->opened > 0)
        oc_walk_close(&m->walk[--m->opened]);
    oc_mcgrid_free(&m->grid);
    free(m->walk);
    free(m->weight);
    free(m->corr);
    free(m->years);
    free(m->discount);
    free(m->step_of);
    free(m->rule);
    free(m->constants);
    free(m->growth);
    free(m);
}

size_t oc_lsm_figures(const struct oc_lsm *m)
{
    (void)m;
    return LSM_FIGURES;
}
