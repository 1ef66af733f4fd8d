/* pnlsim - see pnlsim.h */
#include "app/pnlsim.h"

#include "math/exp.h"
#include "math/log.h"
#include "pricing/black.h"
#include "sim/lanes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = OC_LANES };

/* ---- opening ------------------------------------------------------------------------------------------------------ */

/* Prices that move continuously between two steps, by a volatility that show() tells. */
static bool continuous(const struct oc_process *p)
{
    static const char *const name[] = { "geometric_brownian", "heston", "sabr", "local_vol", "custom", "telegraph", "regime",
                                        "rough_bergomi" };

    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (strcmp(p->name, name[i]) == 0)
            return !p->arithmetic && p->show;
    return false;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The times at which the walk must stop: expiries before the horizon, the horizon, and days where strikes are watched. */
static int make_stops(struct oc_pnlsim *s, bool daily, size_t *count, struct oc_err *err)
{
    const double days = daily ? floor(s->horizon * 365) : 0;
    size_t n = 0;

    if (!(days < 1e6))
        return oc_fail(err, OC_LIMIT, "--horizon: %g years are too many to watch prices daily", s->horizon);
    s->years = malloc((s->n + (size_t)days + 1) * sizeof *s->years);
    if (!s->years)
        return oc_fail(err, OC_MEMORY, "no memory for the times of a walk");
    for (size_t i = 0; i < s->n; i++)
        if (s->leg[i].side != 0 && s->leg[i].years < s->horizon)
            s->years[n++] = s->leg[i].years;
    for (double d = 1; d <= days; d++)
        if (d / 365 < s->horizon)
            s->years[n++] = d / 365;
    s->years[n++] = s->horizon;
    qsort(s->years, n, sizeof *s->years, ascending);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (!*count || s->years[i] != s->years[*count - 1])
            s->years[(*count)++] = s->years[i];
    return 0;
}

static int make_grid(struct oc_pnlsim *s, size_t assets, const struct oc_walk *walks, double max_dt, struct oc_err *err)
{
    bool daily = false;
    size_t stops = 0;

    for (size_t a = 0; a < assets; a++) {
        s->bridged[a] = continuous(walks[a].process);
        daily = daily || (!s->bridged[a] && !walks[a].process->discrete);
    }
    for (size_t a = 0; a < assets; a++)
        daily = daily && !walks[a].process->discrete;       /* who walks by periods stops at those */
    if (make_stops(s, daily, &stops, err))
        return -1;
    const struct oc_claim c = { .years = s->horizon, .fixings = stops, .fixing = s->years };
    if (oc_mcgrid_make(&s->grid, &c, assets, walks, max_dt, err))
        return -1;
    for (size_t i = 0; i < s->n; i++) {
        s->until[i] = s->grid.steps;
        for (uint64_t k = 1; k < s->grid.steps && s->leg[i].side != 0; k++)
            if (s->grid.t[k] == s->leg[i].years)
                s->until[i] = k;
    }
    return 0;
}

/* The volatility that each walk starts with. */
static int start_vol(struct oc_pnlsim *s, struct oc_err *err)
{
    for (size_t a = 0; a < s->paths.assets; a++) {
        const struct oc_walk *w = &s->paths.walk[a];
        double *column = malloc(w->nstate * sizeof *column), **state = malloc(w->nstate * sizeof *state);
        if (!column || !state) {
            free(column);
            free(state);
            return oc_fail(err, OC_MEMORY, "no memory for a walk");
        }
        for (size_t i = 0; i < w->nstate; i++)
            state[i] = &column[i];
        s->vol[a] = NAN;
        oc_walk_begin(w, 1, state);
        if (w->process->show)
            w->process->show(w, 1, state, &s->vol[a], NULL, NULL);
        free(column);
        free(state);
    }
    return 0;
}

int oc_pnlsim_open(struct oc_pnlsim *s, size_t assets, const struct oc_walk *walks, const double *corr, bool antithetic,
                   uint64_t seed, double max_dt, struct oc_err *err)
{
    s->until = calloc(s->n, sizeof *s->until);
    s->bridged = calloc(assets, sizeof *s->bridged);
    s->vol = calloc(assets, sizeof *s->vol);
    if (!s->until || !s->bridged || !s->vol)
        return oc_fail(err, OC_MEMORY, "no memory for a book of %zu legs", s->n);
    if (make_grid(s, assets, walks, max_dt, err))
        return -1;
    s->walk = calloc(assets, sizeof *s->walk);
    if (!s->walk)
        return oc_fail(err, OC_MEMORY, "no memory for %zu walks", assets);
    for (; s->opened < assets; s->opened++) {
        s->walk[s->opened] = walks[s->opened];
        s->walk[s->opened].steps = s->grid.steps;
        if (oc_walk_open(&s->walk[s->opened], err))
            return -1;
    }
    s->paths = (struct oc_paths){ .assets = assets, .walk = s->walk, .corr = corr, .draws = { .seed = seed },
                                  .steps = s->grid.steps, .t = s->grid.t, .antithetic = antithetic };
    return oc_paths_open(&s->paths, err) || start_vol(s, err) ? -1 : 0;
}

void oc_pnlsim_close(struct oc_pnlsim *s)
{
    oc_paths_close(&s->paths);
    while (s->opened > 0)
        oc_walk_close(&s->walk[--s->opened]);
    free(s->walk);
    oc_mcgrid_free(&s->grid);
    free(s->years);
    free(s->until);
    free(s->bridged);
    free(s->vol);
}

/* ---- a thread's paths --------------------------------------------------------------------------------------------- */

struct room {
    const struct oc_pnlsim *s;
    struct oc_paths_room *paths;
    double *figures;                    /* of the block */
    size_t at;                          /* place of column 0 in the block */
    double (*away)[N];                  /* [legs] chance that the strike was not touched so far */
    double (*last)[N];                  /* [legs] distance from the strike at the step before */
    double (*vol)[N];                   /* [assets] volatility at the step before */
    double (*spot)[N];                  /* [assets] at this step */
};

static void *room_open(void *ctx, struct oc_err *err)
{
    const struct oc_pnlsim *s = ctx;
    struct room *r = calloc(1, sizeof *r);

    if (r) {
        r->s = s;
        r->away = calloc(s->n, sizeof *r->away);
        r->last = calloc(s->n, sizeof *r->last);
        r->vol = calloc(s->paths.assets, sizeof *r->vol);
        r->spot = calloc(s->paths.assets, sizeof *r->spot);
        r->paths = oc_paths_room(&s->paths, err);
        if (r->away && r->last && r->vol && r->spot && r->paths)
            return r;
        oc_paths_room_free(r->paths);
        free(r->away);
        free(r->last);
        free(r->vol);
        free(r->spot);
        free(r);
    }
    oc_fail(err, OC_MEMORY, "no memory for the paths of %zu legs", s->n);
    return NULL;
}

static void room_close(void *room)
{
    struct room *r = room;

    oc_paths_room_free(r->paths);
    free(r->away);
    free(r->last);
    free(r->vol);
    free(r->spot);
    free(r);
}

/*
 * Distance of the price from the strike, of the logarithm where the walk is one; its sign is what counts without a bridge.
 */
static void distance(const struct oc_walk *w, size_t n, double strike, const double *spot, double *out)
{
    if (w->process->arithmetic) {
        for (size_t j = 0; j < n; j++)
            out[j] = spot[j] - strike;
        return;
    }
    for (size_t j = 0; j < n; j++)
        out[j] = spot[j] / strike;
    oc_log_v(n, out, out);
}

/* A path that ends a step on the same side of the strike touched it with chance exp(-2 a b / (vol^2 dt)). */
static void watch(struct room *r, size_t i, const struct oc_paths_at *at)
{
    const struct oc_bookleg *g = &r->s->leg[i];
    const bool bridge = r->s->bridged[g->asset];
    const double dt = at->step ? r->s->grid.t[at->step] - r->s->grid.t[at->step - 1] : 0;
    double d[N], p[N];

    distance(&r->s->paths.walk[g->asset], at->n, g->strike, r->spot[g->asset], d);
    for (size_t j = 0; j < at->n && at->step; j++) {
        const double product = r->last[i][j] * d[j], v = r->vol[g->asset][j];
        p[j] = !(product > 0) ? 0 : bridge ? -2 * product / (v * v * dt) : -INFINITY;
    }
    if (at->step) {
        oc_exp_v(at->n, p, p);
        for (size_t j = 0; j < at->n; j++)
            r->away[i][j] *= 1 - p[j];
    } else {
        for (size_t j = 0; j < at->n; j++)
            r->away[i][j] = d[j] != 0;
    }
    memcpy(r->last[i], d, at->n * sizeof *d);
}

/* ---- profits ------------------------------------------------------------------------------------------------------ */

/* The volatility of the expiry's quotes at k: linear between them, flat beyond. */
static double on_smile(const struct oc_bookleg *g, double k)
{
    size_t low = 0, high = g->nsmile - 1;

    if (k <= g->k[0])
        return g->vol[0];
    if (k >= g->k[high])
        return g->vol[high];
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (g->k[middle] <= k)
            low = middle;
        else
            high = middle;
    }
    return g->vol[low] + (g->vol[high] - g->vol[low]) * ((k - g->k[low]) / (g->k[high] - g->k[low]));
}

static int vols(const struct room *r, const struct oc_bookleg *g, size_t n, const double *level, double *vol,
                struct oc_err *err)
{
    const double now = r->s->vol[g->asset], *spot = r->spot[g->asset];
    double k[N] = { 0 };

    if (r->s->by_delta) {
        for (size_t j = 0; j < n; j++)
            k[j] = g->strike / spot[j];
        oc_log_v(n, k, k);
    }
    for (size_t j = 0; j < n; j++) {
        const double scale = isnan(now) ? 1 : level[j] / now;
        vol[j] = (r->s->by_delta ? on_smile(g, k[j]) : g->iv) * scale;
        if (!(vol[j] >= 0))
            return oc_fail(err, OC_DATA, "leg %s: no volatility at the horizon, at a price of %.6g", g->leg->id, spot[j]);
    }
    return 0;
}

static int revalue(const struct room *r, const struct oc_bookleg *g, size_t n, const double *level, double *value,
                   struct oc_err *err)
{
    double side[N], strike[N], years[N], rate[N], yield[N], vol[N];
    unsigned char status[N];

    if (vols(r, g, n, level, vol, err))
        return -1;
    oc_lanes_fill(n, g->side, side);
    oc_lanes_fill(n, g->strike, strike);
    oc_lanes_fill(n, g->years - r->s->horizon, years);
    oc_lanes_fill(n, g->rate, rate);
    oc_lanes_fill(n, g->yield, yield);
    oc_black_price(&(struct oc_quotes){ .n = n, .side = side, .spot = r->spot[g->asset], .strike = strike, .years = years,
                                        .rate = rate, .dividend_yield = yield, .vol = vol },
                   &(struct oc_results){ .value = { [OC_PRICE] = value }, .status = status });
    for (size_t j = 0; j < n; j++)
        if (isnan(value[j]))
            return oc_fail(err, OC_DATA, "leg %s: no value at the horizon, at a price of %.6g and volatility %.6g",
                           g->leg->id, r->spot[g->asset][j], vol[j]);
    return 0;
}

/* What a leg is worth where it ends: at its expiry or at the horizon. */
static int settle(struct room *r, size_t i, size_t n, const double *level, struct oc_err *err)
{
    const struct oc_bookleg *g = &r->s->leg[i];
    const double *spot = r->spot[g->asset];
    double value[N];

    if (g->side == 0) {
        memcpy(value, spot, n * sizeof *value);
    } else if (g->years > r->s->horizon) {
        if (revalue(r, g, n, level, value, err))
            return -1;
    } else {
        for (size_t j = 0; j < n; j++) {
            const double h = g->side * (spot[j] - g->strike);
            value[j] = h > 0 ? h : 0;
        }
    }
    for (size_t j = 0; j < n; j++) {
        double *const profit = &r->figures[i * OC_BLOCK + r->at + j];
        *profit = g->units * (value[j] - g->entry);
        if (!isfinite(*profit))
            return oc_fail(err, OC_DATA, "leg %s: its profit is no finite number, at a price of %.6g", g->leg->id, spot[j]);
    }
    return 0;
}

static int see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct room *r = ctx;
    const struct oc_pnlsim *s = r->s;

    for (size_t a = 0; a < s->paths.assets; a++)
        oc_walk_spot(&s->paths.walk[a], at->n, at->x[a], r->spot[a]);
    for (size_t i = 0; i < s->n; i++)
        if (s->leg[i].side != 0 && at->step <= s->until[i])
            watch(r, i, at);
    for (size_t a = 0; a < s->paths.assets; a++)
        if (s->paths.walk[a].process->show)
            s->paths.walk[a].process->show(&s->paths.walk[a], at->n, at->state[a], r->vol[a], NULL, NULL);
    for (size_t i = 0; i < s->n; i++)
        if (at->step && at->step == s->until[i] && settle(r, i, at->n, r->vol[s->leg[i].asset], err))
            return -1;
    return 0;
}

static void sum_touches(struct room *r, size_t n)
{
    const struct oc_pnlsim *s = r->s;
    const size_t step = s->paths.antithetic ? 2 : 1;

    for (size_t i = 0; i < s->n; i++) {
        double *f = r->figures + s->n * OC_BLOCK + 3 * i;
        for (size_t j = 0; j + step <= n && s->leg[i].side != 0; j += step) {
            const double p = step == 2 ? 1 - 0.5 * (r->away[i][j] + r->away[i][j + 1]) : 1 - r->away[i][j];
            f[0] += 1;
            f[1] += p;
            f[2] += p * p;
        }
    }
}

static int block(void *ctx, void *room, uint64_t number, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct oc_pnlsim *s = ctx;
    struct room *r = room;

    (void)number;
    memset(figures, 0, oc_pnlsim_figures(s) * sizeof *figures);
    r->figures = figures;
    for (r->at = 0; r->at < n; r->at += N) {
        const size_t part = n - r->at < N ? n - r->at : N;
        if (oc_paths_run(&s->paths, r->paths, first + r->at, part, see, r, err))
            return -1;
        sum_touches(r, part);
    }
    return 0;
}

int oc_pnlsim_blocks(void *sim, uint64_t paths, uint64_t from, uint64_t to, double *out, struct oc_err *err)
{
    struct oc_pnlsim *s = sim;
    const struct oc_blocks job = { .open = room_open, .close = room_close, .fn = block, .ctx = s,
                                   .figures = oc_pnlsim_figures(s), .threads = s->threads };

    return oc_blocks(&job, paths, from, to, out, err);
}
