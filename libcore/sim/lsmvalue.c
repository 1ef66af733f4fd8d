/* lsmvalue - the figures of fresh paths that stop by the rule, and the value from all of them: see lsm.h */
#include "sim/lanes.h"
#include "sim/lsmjob.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = OC_LANES, WORLDS = 3 };     /* as it is; with the first price higher, lower, for delta */

#define NIL 1e-12          /* rates that are 0 but for rounding: a forward's, say; over 100 years 1e-10 of the price */
#define WILD 0.95          /* of the European value: a rule of less is none */

static const double bump[WORLDS] = { 0, OC_LSM_BUMP, -OC_LSM_BUMP };

/* A thread's columns: what the paths at hand have come to. */
struct room {
    const struct oc_lsm *m;
    struct oc_paths_room *paths;
    size_t date;
    bool over;                          /* all have stopped, in every world */
    double scratch[OC_LSM_ASSETS][N], column[OC_LSMFIT_FEATURES][N];
    double alive[WORLDS][N], cash[WORLDS][N], spot[WORLDS][N], when[WORLDS][N];     /* as struct oc_lsmfit_paths */
};

static void *room_open(void *ctx, struct oc_err *err)
{
    struct room *r = calloc(1, sizeof *r);

    if (!r) {
        oc_fail(err, OC_MEMORY, "no memory for paths");
        return NULL;
    }
    r->m = ctx;
    r->paths = oc_paths_room(&r->m->paths, err);
    if (!r->paths) {
        free(r);
        return NULL;
    }
    return r;
}

static void room_close(void *room)
{
    struct room *r = room;

    oc_paths_room_free(r->paths);
    free(r);
}

static size_t worlds(const struct oc_lsm *m) { return m->how.want[OC_DELTA] ? WORLDS : 1; }

static struct oc_lsmfit_paths paths_of(struct room *r, size_t i)
{
    return (struct oc_lsmfit_paths){ r->alive[i], r->cash[i], r->spot[i], r->when[i] };
}

/* Paths that are left at the last date end there, whether it pays or not. */
static void finish(size_t d, size_t n, const double *x, const struct oc_lsmfit_paths *p)
{
    for (size_t j = 0; j < n; j++)
        if (p->alive[j] > 0) {
            p->x[j] = x[j];
            p->when[j] = (double)d;
        }
}

static int see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct room *const r = ctx;
    const struct oc_lsm *const m = r->m;
    double *feature[OC_LSMFIT_FEATURES];

    (void)err;
    if (r->over || r->date == m->dates || at->step != m->step_of[r->date])
        return 0;
    const size_t d = r->date++;
    const struct oc_lsmfit_date date = oc_lsm_date(m, d);
    double left = 0;
    for (size_t f = 0; f < OC_LSMFIT_FEATURES; f++)
        feature[f] = r->column[f];
    oc_lsmstate_read(m, at->n, at->x, at->state, r->scratch[0], feature);
    for (size_t i = worlds(m); i-- > 0;) {
        double *const was = feature[0];
        if (i > 0) {                    /* returns do not depend on the price: the same path from another price */
            oc_lanes_affine(at->n, 0.0, 0.0, 1.0 + bump[i], was, r->scratch[0]);
            feature[0] = r->scratch[0];
        }
        const struct oc_lsmfit_paths p = paths_of(r, i);
        if (d + 1 == m->dates)
            finish(d, at->n, feature[0], &p);
        left += oc_lsmfit_stop(&date, d, at->n, (const double *const *)feature, &p);
        feature[0] = was;
    }
    r->over = !(left > 0);
    return 0;
}

/* What n paths got in a world, and their controls (0 without). */
static void outcome(struct room *r, size_t world, size_t n, double *value, double *control)
{
    const struct oc_lsmfit_paths p = paths_of(r, world);

    memcpy(value, p.cash, n * sizeof *value);
    oc_lanes_fill(n, 0.0, control);
    if (r->m->control)
        oc_lsm_controls(r->m, n, &p, control);
}

/* Means of pairs of neighbours; how many. */
static size_t pair(size_t n, double *x)
{
    for (size_t j = 0; j < n / 2; j++)
        x[j] = 0.5 * (x[2 * j] + x[2 * j + 1]);
    return n / 2;
}

/* n, v, v^2, c, c^2, v c of n units (paths, or pairs of them) into sum[0 .. 5]. */
static void add(const struct oc_lsm *m, size_t n, double *v, double *c, double *sum)
{
    size_t units = n;

    if (m->paths.antithetic) {
        pair(n, v);
        units = pair(n, c);
    }
    sum[0] += (double)units;
    for (size_t j = 0; j < units; j++) {
        sum[1] += v[j];
        sum[2] += v[j] * v[j];
        sum[3] += c[j];
        sum[4] += c[j] * c[j];
        sum[5] += v[j] * c[j];
    }
}

static void conclude(struct room *r, size_t n, double *figures)
{
    const struct oc_lsm *const m = r->m;
    double v[WORLDS][N], c[WORLDS][N];
    const double by = 1 / (2 * OC_LSM_BUMP * m->walk[0].spot);

    for (size_t i = 0; i < worlds(m); i++)
        outcome(r, i, n, v[i], c[i]);
    add(m, n, v[0], c[0], figures + LSM_VALUE);
    if (!m->how.want[OC_DELTA])
        return;
    for (size_t j = 0; j < n; j++) {
        v[1][j] = (v[1][j] - v[2][j]) * by;
        c[1][j] = (c[1][j] - c[2][j]) * by;
    }
    add(m, n, v[1], c[1], figures + LSM_DELTA);
}

static void restart(struct room *r, size_t n)
{
    r->date = 0;
    r->over = false;
    for (size_t i = 0; i < worlds(r->m); i++) {
        oc_lanes_fill(n, 1.0, r->alive[i]);
        oc_lanes_fill(n, 0.0, r->cash[i]);
        oc_lanes_fill(n, 0.0, r->spot[i]);
        oc_lanes_fill(n, 0.0, r->when[i]);
    }
}

static int block(void *ctx, void *room, uint64_t number, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct oc_lsm *const m = ctx;
    struct room *const r = room;

    memset(figures, 0, LSM_FIGURES * sizeof *figures);
    for (size_t i = 0; i < n; i += N) {
        const size_t part = n - i < N ? n - i : N;
        restart(r, part);
        if (oc_paths_run(&m->paths, r->paths, first + i, part, see, r, err))
            return -1;
        conclude(r, part, figures);
    }
    const uint64_t dual = number * OC_LSM_DUAL_BLOCK, end = dual + OC_LSM_DUAL_BLOCK;
    const uint64_t last = end < m->how.dual_paths ? end : m->how.dual_paths;
    return dual < last ? oc_lsmdual_paths(m, dual, (size_t)(last - dual), figures, err) : 0;
}

int oc_lsm_blocks(const struct oc_lsm *m, uint64_t paths, uint64_t from, uint64_t to, double *figures, struct oc_err *err)
{
    const struct oc_blocks job = { .open = room_open, .close = room_close, .fn = block, .ctx = (void *)m,
                                   .figures = LSM_FIGURES, .threads = m->how.threads };
    const uint64_t blocks = oc_blocks_of(paths);

    if (m->paths.antithetic && paths % 2)
        return oc_fail(err, OC_USAGE, "antithetic paths come in pairs; %llu is odd", (unsigned long long)paths);
    if (m->how.dual_paths > blocks * OC_LSM_DUAL_BLOCK)
        return oc_fail(err, OC_USAGE, "%llu dual paths need %llu paths at least (%d beside each %d)",
                       (unsigned long long)m->how.dual_paths,
                       (unsigned long long)((m->how.dual_paths - 1) / OC_LSM_DUAL_BLOCK * OC_BLOCK + 1), OC_LSM_DUAL_BLOCK,
                           OC_BLOCK);
    return oc_blocks(&job, paths, from, to, figures, err);
}

/* Sum of squares about the mean, never below 0. */
static double about(double n, double sum, double squares)
{
    const double s = squares - sum * sum / n;

    return s > 0 ? s : 0;
}

/* Mean and its error from the sums of add(), by the control where it varies. */
static void estimate(const double *t, double control, double *value, double *error)
{
    const double n = t[0], vv = about(n, t[1], t[2]), cc = about(n, t[3], t[4]), vc = t[5] - t[1] * t[3] / n;
    const double rest = cc > 0 ? vv - vc * vc / cc : vv;

    *value = t[1] / n - (cc > 0 ? vc / cc * (t[3] / n - control) : 0);
    *error = rest > 0 ? sqrt(rest / (n - 1) / n) : 0;
}

static void lower(const struct oc_lsm *m, const double *t, struct oc_mc_value *out)
{
    const double spot = m->walk[0].spot, step = OC_LSM_BUMP * spot;
    double slope = 0;

    estimate(t + LSM_VALUE, m->control_value, &out->value[OC_PRICE], &out->error[OC_PRICE]);
    if (!m->how.want[OC_DELTA])
        return;
    if (m->control)
        slope = (oc_lsm_control_at(m, spot + step) - oc_lsm_control_at(m, spot - step)) / (2 * step);
    estimate(t + LSM_DELTA, slope, &out->value[OC_DELTA], &out->error[OC_DELTA]);
}

static void upper(const double *t, struct oc_mc_value *out)
{
    const double n = t[LSM_DUALS];
    const double e = sqrt(about(n, t[LSM_U], t[LSM_UU]) / (n - 1) / n), v = out->error[OC_PRICE];

    out->upper = out->value[OC_PRICE] + t[LSM_U] / n;
    out->upper_error = sqrt(v * v + e * e);
}

/* To wait for the expiry is a rule too, of a value that is known: the price and its slope. */
static void to_expiry(const struct oc_lsm *m, double value, struct oc_mc_value *out)
{
    const double spot = m->walk[0].spot, years = m->claim.years, step = OC_LSM_BUMP * spot;

    out->status = OC_ROW_OK;
    out->value[OC_PRICE] = value;
    out->error[OC_PRICE] = 0;
    if (!m->how.want[OC_DELTA])
        return;
    out->value[OC_DELTA] = (oc_lsm_european(m, spot + step, years) - oc_lsm_european(m, spot - step, years)) / (2 * step);
    out->error[OC_DELTA] = 0;
}

/*
 * A right to exercise early is worth no less than the option without it.  Nothing is to be had early of a call that pays no
 * dividends while money earns, nor of a put where it is the other way round: then that is the value, and its bound.  Else a
 * rule that is worse than to wait is not followed; one that is worse by much is wild (polynomials of a volatility above
 * 1.5), and what is to be had early stays unknown.
 */
static void by_european(const struct oc_lsm *m, struct oc_mc_value *out)
{
    if (!oc_lsm_has_european(m))
        return;
    const double rate = m->claim.rate, yield = rate - m->walk[0].drift;
    const double value = oc_lsm_european(m, m->walk[0].spot, m->claim.years);
    const double price = out->value[OC_PRICE], error = out->error[OC_PRICE];
    const bool never = m->claim.side > 0 ? rate >= -NIL && yield <= NIL : rate <= NIL && yield >= -NIL;

    if (!never && price + 4 * error < WILD * value)
        out->status = OC_ROW_NO_CONVERGENCE;
    else if (never || price + 4 * error < value)
        to_expiry(m, value, out);
    if (never && !isnan(out->upper)) {
        out->upper = value;
        out->upper_error = 0;
    }
}

/* Exercise at once where that is no less than what the fit (not these paths) says of going on. */
static void at_once(const struct oc_lsm *m, struct oc_mc_value *out)
{
    double pay = m->now_pay;

    if (!m->now || !(pay > 0))
        return;
    if (pay >= m->fit_value) {
        out->status = OC_ROW_OK;
        out->value[OC_PRICE] = pay;
        out->error[OC_PRICE] = 0;
        if (m->how.want[OC_DELTA]) {
            out->value[OC_DELTA] = m->claim.side;
            out->error[OC_DELTA] = 0;
        }
    }
    if (out->upper < pay) {
        out->upper = pay;
        out->upper_error = 0;
    }
}

static bool still(const struct oc_lsm *m)
{
    for (size_t a = 0; a < m->assets; a++) {
        const int vol = oc_param_find(m->walk[a].process->param, "volatility", 10);
        if (strcmp(m->walk[a].process->name, "geometric_brownian") != 0 || m->walk[a].par[vol] != 0)
            return false;
    }
    return true;
}

int oc_lsm_value(const struct oc_lsm *m, uint64_t paths, uint64_t blocks, const double *figures, struct oc_mc_value *out,
                 struct oc_err *err)
{
    double t[LSM_FIGURES];

    *out = (struct oc_mc_value){ .upper = NAN, .upper_error = NAN, .paths = paths, .status = OC_ROW_OK };
    for (int q = 0; q < OC_QUANTITIES; q++)
        out->value[q] = out->error[q] = NAN;
    if (blocks != oc_blocks_of(paths))
        return oc_fail(err, OC_INTERNAL, "%llu blocks for %llu paths", (unsigned long long)blocks,
                       (unsigned long long)paths);
    oc_blocks_total((size_t)blocks, LSM_FIGURES, figures, t);
    if (t[LSM_VALUE] < 2)
        return oc_fail(err, OC_USAGE, "early exercise needs two paths or pairs at least for a standard error");
    lower(m, t, out);
    if (t[LSM_VALUE + 2] == 0 && !still(m))
        out->status = OC_ROW_NO_CONVERGENCE;        /* no path paid: that is no error to go by */
    if (t[LSM_DUALS] > 1)
        upper(t, out);
    by_european(m, out);
    at_once(m, out);
    return 0;
}
