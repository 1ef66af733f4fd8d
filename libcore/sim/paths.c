/*
 * paths - see paths.h
 *
 * Random numbers are drawn for several steps at once, into columns that stay in the first cache: AHEAD columns of OC_LANES
 * doubles are 16 KiB.  As a number's address is its step and its path, how many are drawn at once does not show.
 */
#include "sim/paths.h"

#include "math/bridge.h"
#include "sim/corr.h"
#include "sim/lanes.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    AHEAD = 8,                  /* columns of random numbers drawn at once */
    TABLE_MAX = 1 << 16         /* doubles of step constants kept for a grid; longer grids compute them as they go */
};

/* What oc_paths_open finds out. */
struct plan {
    size_t nstate, nnormal, nuniform, nconst;       /* over all assets */
    size_t normals, uniforms;                       /* largest of one asset */
    uint64_t ahead;                                 /* steps drawn at once */
    bool steady;
    double *initial;                                /* [nstate] where every path begins */
    double *t;                                      /* grid of a uniform Sobol walk */
};

struct oc_paths_room {
    double *memory;             /* all columns, 64-byte aligned */
    double **column;            /* [nstate] */
    double *const **state;      /* [assets] into column */
    const double **x;           /* [assets] */
    double *weight;
    double **mixed;             /* [assets] first normals of a step, to be correlated */
    double *z, *u, *raw;        /* drawn ahead: asset after asset, then step, then number; raw: halves of
                                   pairs, Sobol's work */
    double *c;                  /* constants of one step */
    double c_dt;                /* length they were computed for; NaN: none, or they depend on t */
    double *point, *point_u;    /* Sobol: numbers of whole paths */
    uint64_t point_first, point_replicate;
    size_t point_n;             /* paths that point holds; 0: none */
};

static const struct plan *plan_of(const struct oc_paths *p) { return p->own; }

/* ---- opening ---------------------------------------------------------------------------------------- */
static int check_grid(const struct oc_paths *p, struct oc_err *err)
{
    if (p->steps > UINT32_MAX)
        return oc_fail(err, OC_USAGE, "%llu steps: a walk has less than 4294967296", (unsigned long long)p->steps);
    if (!p->t) {
        if (p->steps && !(p->dt > 0.0 && isfinite(p->dt)))
            return oc_fail(err, OC_USAGE, "a step of %g years is not above 0", p->dt);
        return 0;
    }
    if (p->t[0] != 0.0)
        return oc_fail(err, OC_USAGE, "the times of a walk begin at %g, not at 0", p->t[0]);
    return oc_bridge_grid((size_t)p->steps, p->t, err);
}

/*
 * Every process can make a step of dt years from t.  A period of a discrete process cannot be cut; the rounding of times is
 * no cut.
 */
static int check_step(const struct oc_paths *p, double t, double dt, struct oc_err *err)
{
    if (!(dt > 0.0 && dt <= OC_STEP_YEARS))
        return oc_fail(err, OC_USAGE, "a step of %g years is not above 0 and at most %d", dt, OC_STEP_YEARS);
    for (size_t a = 0; a < p->assets; a++) {
        const struct oc_walk *const w = &p->walk[a];
        if (w->process->discrete && !(fabs(dt - w->dt) <= 1e-9 * w->dt + 0x1p-50 * (t + dt)))
            return oc_fail(err, OC_USAGE, "%s walks by periods of %g years, not by steps of %g", w->process->name, w->dt,
                           dt);
        if (w->process->fits && w->process->fits(w, dt, err))
            return -1;
    }
    return 0;
}

static double time_of(const struct oc_paths *p, uint64_t k) { return p->t ? p->t[k] : (double)k * p->dt; }
static double length_of(const struct oc_paths *p, uint64_t k) { return p->t ? p->t[k + 1] - p->t[k] : p->dt; }

static int check_steps(const struct oc_paths *p, struct oc_err *err)
{
    const uint64_t differing = p->t || !p->steps ? p->steps : 1;

    for (uint64_t k = 0; k < differing; k++)
        if (check_step(p, time_of(p, k), length_of(p, k), err))
            return -1;
    return 0;
}

static int check_assets(const struct oc_paths *p, struct plan *s, struct oc_err *err)
{
    s->steady = true;
    for (size_t a = 0; a < p->assets; a++) {
        const struct oc_walk *const w = &p->walk[a];
        const struct oc_process *const o = w->process;
        assert(o->normals <= OC_NORMAL_MAX && o->uniforms <= OC_UNIFORM_MAX && o->nconst <= OC_CONST_MAX && w->nstate >= 1);
        for (size_t b = 0; b < a; b++)
            if (p->walk[b].asset == w->asset)
                return oc_fail(err, OC_INTERNAL, "two walks are asset %u and would share their random numbers", w->asset);
        s->nstate += w->nstate;
        s->nnormal += o->normals;
        s->nuniform += o->uniforms;
        s->nconst += o->nconst;
        s->normals = o->normals > s->normals ? o->normals : s->normals;
        s->uniforms = o->uniforms > s->uniforms ? o->uniforms : s->uniforms;
        s->steady = s->steady && o->steady;
    }
    return 0;
}

/* A walk that draws no normal of its own cannot follow another. */
static int check_corr(const struct oc_paths *p, struct oc_err *err)
{
    for (size_t a = 0; p->corr && a < p->assets; a++)
        for (size_t b = 0; b < p->assets; b++)
            if (a != b && p->walk[a].process->normals == 0 && p->corr[a * p->assets + b] != 0.0)
                return oc_fail(err, OC_USAGE,
                               "%s draws no normal numbers and cannot be correlated (underlyings %zu and %zu)",
                               p->walk[a].process->name, a + 1, b + 1);
    return 0;
}

/* Even, so that two numbers of one call of Philox are not torn apart. */
static uint64_t steps_ahead(const struct plan *s)
{
    const size_t numbers = s->nnormal + s->nuniform;
    const size_t n = numbers ? AHEAD / numbers : AHEAD;

    return n < 2 ? 2 : n & ~(size_t)1;
}

static void constants(const struct oc_paths *p, double t, double dt, double *c)
{
    for (size_t a = 0; a < p->assets; c += p->walk[a++].process->nconst)
        if (p->walk[a].process->interval)
            p->walk[a].process->interval(&p->walk[a], t, dt, c);
}

/* The constants of every step, where they differ and are few enough to be kept. */
static int make_table(struct oc_paths *p, const struct plan *s, struct oc_err *err)
{
    if ((!p->t && s->steady) || !s->nconst || !p->steps || p->steps > TABLE_MAX / s->nconst)
        return 0;
    p->constants = malloc(p->steps * s->nconst * sizeof *p->constants);
    if (!p->constants)
        return oc_fail(err, OC_MEMORY, "no memory for the constants of %llu steps", (unsigned long long)p->steps);
    for (uint64_t k = 0; k < p->steps; k++)
        constants(p, time_of(p, k), length_of(p, k), p->constants + k * s->nconst);
    return 0;
}

static int make_initial(const struct oc_paths *p, struct plan *s, struct oc_err *err)
{
    double **const column = malloc(s->nstate * sizeof *column);

    s->initial = malloc(s->nstate * sizeof *s->initial);
    if (!column || !s->initial) {
        free(column);
        return oc_fail(err, OC_MEMORY, "no memory for a state of %zu numbers", s->nstate);
    }
    for (size_t i = 0; i < s->nstate; i++)
        column[i] = s->initial + i;
    for (size_t a = 0, i = 0; a < p->assets; i += p->walk[a++].nstate)
        oc_walk_begin(&p->walk[a], 1, column + i);
    free(column);
    return 0;
}

static int make_sobol(struct oc_paths *p, struct plan *s, struct oc_err *err)
{
    const double *t = p->t;

    if (p->draws.from != OC_DRAWS_SOBOL)
        return 0;
    if (!p->steps)
        return oc_fail(err, OC_USAGE, "quasi-random numbers need the number of steps");
    if (p->steps > SIZE_MAX / 4096 / (s->nnormal + s->nuniform + 1))
        return oc_fail(err, OC_LIMIT, "%llu steps are too many for quasi-random numbers", (unsigned long long)p->steps);
    if (!t) {
        s->t = malloc((p->steps + 1) * sizeof *s->t);
        if (!s->t)
            return oc_fail(err, OC_MEMORY, "no memory for %llu times", (unsigned long long)p->steps);
        for (uint64_t k = 0; k <= p->steps; k++)
            s->t[k] = time_of(p, k);
        t = s->t;
    }
    p->plan = oc_draws_plan(&p->draws, &(struct oc_draws_shape){ p->assets, p->steps, s->normals, s->uniforms, t }, err);
    return p->plan ? 0 : -1;
}

int oc_paths_open(struct oc_paths *p, struct oc_err *err)
{
    struct plan *s = calloc(1, sizeof *s);

    p->chol = p->constants = NULL;
    p->plan = NULL;
    p->own = s;
    if (!s)
        return oc_fail(err, OC_MEMORY, "no memory for a walk");
    int rc = p->assets ? 0 : oc_fail(err, OC_USAGE, "a walk needs an underlying");
    if (rc == 0)
        rc = check_grid(p, err);
    if (rc == 0)
        rc = check_assets(p, s, err);
    if (rc == 0)
        rc = check_steps(p, err);
    if (rc == 0)
        rc = check_corr(p, err);
    s->ahead = p->draws.from == OC_DRAWS_SOBOL ? 1 : steps_ahead(s);
    if (rc == 0 && p->corr)
        rc = oc_corr_factor(p->assets, p->corr, &p->chol, err);
    if (rc == 0)
        rc = make_initial(p, s, err);
    if (rc == 0)
        rc = make_table(p, s, err);
    if (rc == 0)
        rc = make_sobol(p, s, err);
    if (rc)
        oc_paths_close(p);
    return rc;
}

void oc_paths_close(struct oc_paths *p)
{
    struct plan *const s = p ? p->own : NULL;

    if (!s)
        return;
    oc_draws_plan_free(p->plan);
    free(p->chol);
    free(p->constants);
    free(s->t);
    free(s->initial);
    free(s);
    p->chol = p->constants = NULL;
    p->plan = NULL;
    p->own = NULL;
}

/* ---- a thread's memory ------------------------------------------------------------------------------ */
/* `count` doubles, rounded up to whole cache lines, from the room's memory; measured first, with NULL memory. */
static double *take(double *memory, size_t *used, size_t count)
{
    double *const at = memory ? memory + *used : NULL;

    *used += (count + 7) & ~(size_t)7;
    return at;
}

/* Lay the room out; doubles it takes. */
static size_t lay_out(const struct oc_paths *p, struct oc_paths_room *r)
{
    const struct plan *const s = plan_of(p);
    const size_t most = s->normals > s->uniforms ? s->normals : s->uniforms;
    const size_t numbers = p->assets * p->steps * OC_LANES, work = p->plan ? oc_draws_work(p->plan) : 0;
    size_t used = 0;

    for (size_t i = 0; i < s->nstate; i++)
        r->column[i] = take(r->memory, &used, OC_LANES);
    r->weight = take(r->memory, &used, OC_LANES);
    r->z = take(r->memory, &used, s->ahead * s->nnormal * OC_LANES);
    r->u = take(r->memory, &used, s->ahead * s->nuniform * OC_LANES);
    const size_t pairs = p->antithetic ? s->ahead * most * OC_LANES : 0;
    r->raw = take(r->memory, &used, pairs > work ? pairs : work);
    r->c = take(r->memory, &used, s->nconst);
    r->point = take(r->memory, &used, p->plan ? numbers * s->normals : 0);
    r->point_u = take(r->memory, &used, p->plan ? numbers * s->uniforms : 0);
    return used;
}

struct oc_paths_room *oc_paths_room(const struct oc_paths *p, struct oc_err *err)
{
    const struct plan *const s = plan_of(p);
    struct oc_paths_room *const r = calloc(1, sizeof *r);

    if (r) {
        r->column = calloc(s->nstate, sizeof *r->column);
        r->state = calloc(p->assets, sizeof *r->state);
        r->x = calloc(p->assets, sizeof *r->x);
        r->mixed = calloc(p->assets, sizeof *r->mixed);
    }
    if (r && r->column && r->state && r->x && r->mixed)
        r->memory = aligned_alloc(64, lay_out(p, r) * sizeof *r->memory);
    if (!r || !r->memory) {
        oc_paths_room_free(r);
        oc_fail(err, OC_MEMORY, "no memory for %zu columns of paths", s->nstate);
        return NULL;
    }
    lay_out(p, r);
    r->c_dt = NAN;
    for (size_t a = 0, i = 0; a < p->assets; i += p->walk[a++].nstate) {
        r->state[a] = r->column + i;
        r->x[a] = r->column[i];
    }
    return r;
}

void oc_paths_room_free(struct oc_paths_room *r)
{
    if (!r)
        return;
    free(r->memory);
    free(r->column);
    free(r->state);
    free(r->x);
    free(r->mixed);
    free(r);
}

/* ---- random numbers --------------------------------------------------------------------------------- */
/* Which addresses n paths from `first` on use, and whether the first is the second of its pair. */
struct range { uint64_t first; size_t n; unsigned odd; };

static struct range addresses(const struct oc_paths *p, uint64_t first, size_t n)
{
    if (!p->antithetic)
        return (struct range){ first, n, 0 };
    return (struct range){ first / 2, (size_t)((first + n - 1) / 2 - first / 2 + 1), (unsigned)(first & 1) };
}

typedef void draw_fn(const struct oc_draws *d, unsigned asset, uint64_t path, size_t n, uint64_t step, size_t steps,
                     unsigned count, double *out, size_t ld);

/* Steps step .. step + steps - 1 of one asset: out[(k * count + i) * OC_LANES + j]. */
static void draw(const struct oc_paths *p, struct oc_paths_room *r, const struct oc_walk *w, uint64_t first, size_t n,
                 uint64_t step, size_t steps, unsigned count, double one, draw_fn *fn, double *out)
{
    const struct range a = addresses(p, first, n);

    if (!p->antithetic) {
        fn(&p->draws, w->asset, a.first, a.n, step, steps, count, out, OC_LANES);
        return;
    }
    fn(&p->draws, w->asset, a.first, a.n, step, steps, count, r->raw, OC_LANES);
    for (size_t i = 0; i < steps * count; i++)
        oc_lanes_pairs(n, a.odd, one, r->raw + i * OC_LANES, out + i * OC_LANES);
}

/* The columns of one step out of a whole path's: from[i][step], each of a.n numbers. */
static void cut(const struct oc_paths *p, const struct range *a, size_t n, uint64_t step, unsigned count, double one,
                const double *from, double *out)
{
    for (size_t i = 0; i < count; i++, out += OC_LANES) {
        const double *const in = from + (i * p->steps + step) * a->n;
        if (p->antithetic)
            oc_lanes_pairs(n, a->odd, one, in, out);
        else
            memcpy(out, in, n * sizeof *out);
    }
}

static void fetch_sobol(const struct oc_paths *p, struct oc_paths_room *r, uint64_t first, size_t n, uint64_t step)
{
    const struct plan *const s = plan_of(p);
    const struct range a = addresses(p, first, n);
    double *z = r->z, *u = r->u;

    if (r->point_n != a.n || r->point_first != a.first || r->point_replicate != p->draws.replicate) {
        oc_draws_path(&p->draws, p->plan, a.first, a.n, r->point, s->uniforms ? r->point_u : NULL, r->raw);
        r->point_first = a.first;
        r->point_n = a.n;
        r->point_replicate = p->draws.replicate;
    }
    for (size_t i = 0; i < p->assets; i++) {
        const struct oc_process *const o = p->walk[i].process;
        cut(p, &a, n, step, o->normals, 0.0, r->point + i * s->normals * p->steps * a.n, z);
        cut(p, &a, n, step, o->uniforms, 1.0, r->point_u + i * s->uniforms * p->steps * a.n, u);
        z += s->ahead * o->normals * OC_LANES;
        u += s->ahead * o->uniforms * OC_LANES;
    }
}

static void fetch(const struct oc_paths *p, struct oc_paths_room *r, uint64_t first, size_t n, uint64_t step, size_t steps)
{
    const struct plan *const s = plan_of(p);
    double *z = r->z, *u = r->u;

    if (p->plan) {
        fetch_sobol(p, r, first, n, step);
        return;
    }
    for (size_t a = 0; a < p->assets; a++) {
        const struct oc_walk *const w = &p->walk[a];
        const unsigned nz = w->process->normals, nu = w->process->uniforms;
        if (nz)
            draw(p, r, w, first, n, step, steps, nz, 0.0, oc_draws_normal, z);
        if (nu)
            draw(p, r, w, first, n, step, steps, nu, 1.0, oc_draws_uniform, u);
        z += s->ahead * nz * OC_LANES;
        u += s->ahead * nu * OC_LANES;
    }
}

/* Normal 0 of each asset in the ahead-th step drawn; NULL where the asset has none. */
static double *first_normal(const struct oc_paths *p, const struct oc_paths_room *r, size_t asset, size_t ahead)
{
    double *z = r->z;

    for (size_t a = 0; a < asset; a++)
        z += plan_of(p)->ahead * p->walk[a].process->normals * OC_LANES;
    return p->walk[asset].process->normals ? z + ahead * p->walk[asset].process->normals * OC_LANES : NULL;
}

/* Shift the independent first normals, then correlate them. */
static void shape(const struct oc_paths *p, struct oc_paths_room *r, size_t n, uint64_t step, size_t ahead)
{
    double *z;

    for (size_t a = 0; p->shift && a < p->assets; a++)
        if ((z = first_normal(p, r, a, ahead)))
            oc_lanes_shift(n, p->shift[a * p->steps + step], z, r->weight);
    for (size_t a = 0; p->chol && a < p->assets; a++)
        r->mixed[a] = first_normal(p, r, a, ahead);
    if (p->chol)
        oc_corr_mix(p->assets, p->chol, p->walk, n, r->mixed);
}

/* ---- the loop --------------------------------------------------------------------------------------- */
static void move(const struct oc_paths *p, struct oc_paths_room *r, const double *c, const struct oc_place *place, size_t n,
                 size_t ahead)
{
    const uint64_t wide = plan_of(p)->ahead;
    const double *z = r->z, *u = r->u;

    shape(p, r, n, place->step, ahead);
    for (size_t a = 0; a < p->assets; a++) {
        const struct oc_walk *const w = &p->walk[a];
        const struct oc_process *const o = w->process;
        const double *zs[OC_NORMAL_MAX], *us[OC_UNIFORM_MAX];
        for (size_t i = 0; i < o->normals; i++)
            zs[i] = z + (ahead * o->normals + i) * OC_LANES;
        for (size_t i = 0; i < o->uniforms; i++)
            us[i] = u + (ahead * o->uniforms + i) * OC_LANES;
        o->step(w, c, place, n, zs, us, r->state[a]);
        z += wide * o->normals * OC_LANES;
        u += wide * o->uniforms * OC_LANES;
        c += o->nconst;
    }
}

/* Constants of a step that begins at t, computed into the room unless they are there. */
static const double *constants_at(const struct oc_paths *p, struct oc_paths_room *r, double t, double dt)
{
    if (r->c_dt != dt) {
        constants(p, t, dt, r->c);
        r->c_dt = plan_of(p)->steady ? dt : NAN;
    }
    return r->c;
}

static void start(const struct oc_paths *p, struct oc_paths_room *r, size_t n)
{
    for (size_t i = 0; i < plan_of(p)->nstate; i++)
        oc_lanes_fill(n, plan_of(p)->initial[i], r->column[i]);
    oc_lanes_fill(n, 0.0, r->weight);
}

int oc_paths_run(const struct oc_paths *p, struct oc_paths_room *r, uint64_t first, size_t n, oc_paths_see *see, void *ctx,
                 struct oc_err *err)
{
    const struct plan *const s = plan_of(p);
    struct oc_paths_at at = { .first = first, .n = n, .state = (double *const *const *)r->state, .x = r->x,
                              .weight = r->weight };

    assert(n >= 1 && n <= OC_LANES);
    start(p, r, n);
    if (see(ctx, &at, err))
        return -1;
    for (uint64_t k = 0; k < p->steps; k++) {
        const double t = time_of(p, k), dt = length_of(p, k);
        const size_t ahead = (size_t)(k % s->ahead);
        if (ahead == 0)
            fetch(p, r, first, n, k, (size_t)(p->steps - k < s->ahead ? p->steps - k : s->ahead));
        const double *const c = p->constants ? p->constants + k * s->nconst : constants_at(p, r, t, dt);
        move(p, r, c, &(struct oc_place){ first, k, t, dt }, n, ahead);
        at.step = k + 1;
        at.t = time_of(p, k + 1);
        if (see(ctx, &at, err))
            return -1;
    }
    return 0;
}

/* ---- one path, step by step ------------------------------------------------------------------------- */
size_t oc_paths_state_size(const struct oc_paths *p) { return plan_of(p)->nstate; }

/* A state, asset after asset, as the first entries of the room's columns; and back. */
static void bring(const struct oc_paths *p, struct oc_paths_room *r, const double *state)
{
    for (size_t i = 0; i < plan_of(p)->nstate; i++)
        r->column[i][0] = state[i];
}

static void keep(const struct oc_paths *p, const struct oc_paths_room *r, double *state)
{
    for (size_t i = 0; i < plan_of(p)->nstate; i++)
        state[i] = r->column[i][0];
}

void oc_paths_begin(const struct oc_paths *p, double *state)
{
    memcpy(state, plan_of(p)->initial, plan_of(p)->nstate * sizeof *state);
}

int oc_paths_step(const struct oc_paths *p, struct oc_paths_room *r, uint64_t path, uint64_t k, double t, double dt,
                  double *state, struct oc_err *err)
{
    if (p->steps && k >= p->steps)
        return oc_fail(err, OC_INTERNAL, "step %llu of a walk of %llu", (unsigned long long)k, (unsigned long long)p->steps);
    if (k > UINT32_MAX || (r->c_dt != dt && check_step(p, t, dt, err)))
        return k > UINT32_MAX ? oc_fail(err, OC_USAGE, "step %llu: a walk has less than 4294967296",
                                        (unsigned long long)k) : -1;
    bring(p, r, state);
    oc_lanes_fill(1, 0.0, r->weight);
    fetch(p, r, path, 1, k, 1);
    move(p, r, constants_at(p, r, t, dt), &(struct oc_place){ path, k, t, dt }, 1, 0);
    keep(p, r, state);
    return 0;
}
