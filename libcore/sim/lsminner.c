/*
 * lsminner - see lsmjob.h
 *
 * The loop of paths.c begins at time 0; this one begins anywhere.  Walks come in antithetic pairs, which halves the random
 * numbers and takes the odd part of the noise away; each is still right by itself, which is all that the bound needs.
 */
#include "sim/corr.h"
#include "sim/lanes.h"
#include "sim/lsmjob.h"

#include <stdlib.h>
#include <string.h>

enum { N = OC_LANES, AHEAD = 4 };

struct oc_lsminner {
    const struct oc_lsm *m;
    double *memory;
    double **column, *const **state;    /* [all columns], [assets] */
    const double **x;
    double *normal, *uniform;           /* [assets][AHEAD][OC_NORMAL_MAX or OC_UNIFORM_MAX][N] */
    double *raw, *scratch, *feature[OC_LSMFIT_FEATURES];
    double **mixed;                     /* [assets] first normals of a step, to be correlated */
};

static size_t columns(const struct oc_lsm *m)
{
    size_t n = 0;

    for (size_t a = 0; a < m->assets; a++)
        n += m->walk[a].nstate;
    return n;
}

struct oc_lsminner *oc_lsminner_open(const struct oc_lsm *m, struct oc_err *err)
{
    const size_t states = columns(m), normals = m->assets * AHEAD * OC_NORMAL_MAX,
        uniforms = m->assets * AHEAD * OC_UNIFORM_MAX;
    const size_t raw = AHEAD * (OC_NORMAL_MAX > OC_UNIFORM_MAX ? OC_NORMAL_MAX : OC_UNIFORM_MAX);
    struct oc_lsminner *w = calloc(1, sizeof *w);

    if (w) {
        w->m = m;
        w->column = calloc(states, sizeof *w->column);
        w->state = calloc(m->assets, sizeof *w->state);
        w->x = calloc(m->assets, sizeof *w->x);
        w->mixed = calloc(m->assets, sizeof *w->mixed);
        const size_t all = states + normals + uniforms + raw + m->assets + OC_LSMFIT_FEATURES;
        w->memory = aligned_alloc(64, all * N * sizeof *w->memory);
    }
    if (!w || !w->column || !w->state || !w->x || !w->mixed || !w->memory) {
        oc_lsminner_close(w);
        oc_fail(err, OC_MEMORY, "no memory for inner walks");
        return NULL;
    }
    for (size_t i = 0; i < states; i++)
        w->column[i] = w->memory + i * N;
    for (size_t a = 0, i = 0; a < m->assets; i += m->walk[a++].nstate) {
        w->state[a] = w->column + i;
        w->x[a] = w->column[i];
    }
    w->normal = w->memory + states * N;
    w->uniform = w->normal + normals * N;
    w->raw = w->uniform + uniforms * N;
    w->scratch = w->raw + raw * N;
    for (size_t f = 0; f < OC_LSMFIT_FEATURES; f++)
        w->feature[f] = w->scratch + (m->assets + f) * N;
    return w;
}

void oc_lsminner_close(struct oc_lsminner *w)
{
    if (!w)
        return;
    free(w->memory);
    free(w->column);
    free(w->state);
    free(w->x);
    free(w->mixed);
    free(w);
}

static double *normals_of(const struct oc_lsminner *w, size_t asset, size_t ahead)
{
    return w->normal + (asset * AHEAD + ahead) * OC_NORMAL_MAX * N;
}

static double *uniforms_of(const struct oc_lsminner *w, size_t asset, size_t ahead)
{
    return w->uniform + (asset * AHEAD + ahead) * OC_UNIFORM_MAX * N;
}

/* Numbers of n walks (pairs of addresses from `path` on) for steps step .. step + steps - 1. */
static void fetch(struct oc_lsminner *w, uint64_t path, size_t n, uint64_t step, size_t steps)
{
    const struct oc_lsm *const m = w->m;
    const size_t half = (n + 1) / 2;

    for (size_t a = 0; a < m->assets; a++) {
        const unsigned nz = m->walk[a].process->normals, nu = m->walk[a].process->uniforms;
        if (nz)
            oc_draws_normal(&m->plain.draws, m->walk[a].asset, path, half, step, steps, nz, w->raw, N);
        for (size_t k = 0; k < steps * nz; k++)
            oc_lanes_pairs(n, 0, 0.0, w->raw + k * N, normals_of(w, a, k / nz) + k % nz * N);
        if (nu)
            oc_draws_uniform(&m->plain.draws, m->walk[a].asset, path, half, step, steps, nu, w->raw, N);
        for (size_t k = 0; k < steps * nu; k++)
            oc_lanes_pairs(n, 0, 1.0, w->raw + k * N, uniforms_of(w, a, k / nu) + k % nu * N);
    }
}

static void correlate(struct oc_lsminner *w, size_t n, size_t ahead)
{
    const struct oc_paths *const p = &w->m->plain;

    for (size_t a = 0; p->chol && a < p->assets; a++)
        w->mixed[a] = normals_of(w, a, ahead);
    if (p->chol)
        oc_corr_mix(p->assets, p->chol, w->m->walk, n, w->mixed);
}

static void move(struct oc_lsminner *w, const struct oc_place *place, size_t n, size_t ahead)
{
    const double *c = w->m->constants + place->step * w->m->constants_of_step;

    correlate(w, n, ahead);
    for (size_t a = 0; a < w->m->assets; a++) {
        const struct oc_walk *const walk = &w->m->walk[a];
        const double *z[OC_NORMAL_MAX], *u[OC_UNIFORM_MAX];
        for (size_t i = 0; i < OC_NORMAL_MAX; i++)
            z[i] = normals_of(w, a, ahead) + i * N;
        for (size_t i = 0; i < OC_UNIFORM_MAX; i++)
            u[i] = uniforms_of(w, a, ahead) + i * N;
        walk->process->step(walk, c, place, n, z, u, w->state[a]);
        c += walk->process->nconst;
    }
}

/* Sum of what n walks get that start at the state, with the control at coefficient 1, by which each is right as well. */
static double chunk(struct oc_lsminner *w, size_t date, double *const *const state[], size_t j, uint64_t path, size_t n)
{
    const struct oc_lsm *const m = w->m;
    double alive[N], cash[N], x[N], when[N], control[N] = { 0 }, left = (double)n, sum = 0;

    for (size_t a = 0; a < m->assets; a++)
        for (size_t i = 0; i < m->walk[a].nstate; i++)
            oc_lanes_fill(n, state[a][i][j], w->state[a][i]);
    oc_lanes_fill(n, 1.0, alive);
    oc_lanes_fill(n, 0.0, cash);
    oc_lanes_fill(n, 0.0, x);
    oc_lanes_fill(n, 0.0, when);
    uint64_t from = m->step_of[date], to = from;    /* steps whose numbers are there: from .. to - 1 */
    size_t next = date + 1;
    for (uint64_t k = from; k < m->grid.steps && left > 0; k++) {
        if (k == to) {
            const uint64_t ahead = AHEAD - k % AHEAD;       /* to a multiple: calls of Philox are not torn apart */
            from = k;
            to = m->grid.steps - k < ahead ? m->grid.steps : k + ahead;
            fetch(w, path, n, from, (size_t)(to - from));
        }
        move(w, &(struct oc_place){ path, k, m->grid.t[k], m->grid.t[k + 1] - m->grid.t[k] }, n, (size_t)(k - from));
        if (k + 1 != m->step_of[next])
            continue;
        const struct oc_lsmfit_date d = oc_lsm_date(m, next);
        oc_lsmstate_read(m, n, w->x, (double *const *const *)w->state, w->scratch, w->feature);
        left = oc_lsmfit_stop(&d, next++, n, (const double *const *)w->feature,
                              &(struct oc_lsmfit_paths){ alive, cash, x, when });
    }
    if (m->control == LSM_EUROPEAN)
        oc_lsm_controls(m, n, &(struct oc_lsmfit_paths){ alive, cash, x, when }, control);
    for (size_t i = 0; i < n; i++)
        sum += cash[i] - control[i];
    return sum;
}

double oc_lsminner_value(struct oc_lsminner *w, size_t date, double *const *const state[], size_t j, uint64_t number)
{
    const size_t inner = w->m->how.dual_inner;
    const uint64_t first = LSM_INNER_FIRST + number * inner;
    const struct oc_lsm *const m = w->m;
    double sum = 0, mean = 0;

    for (size_t i = 0; i < inner; i += N)
        sum += chunk(w, date, state, j, first + i, inner - i < N ? inner - i : N);
    if (m->control == LSM_EUROPEAN) {
        double spot;
        oc_walk_spot(&m->walk[0], 1, &state[0][0][j], &spot);
        mean = m->discount[date] * oc_lsm_european(m, spot, m->claim.years - m->years[date]);
    }
    return mean + sum / (double)inner;
}
