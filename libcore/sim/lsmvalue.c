/* lsmvalue - the figures of fresh paths that stop by the rule, and the value from all of them: see lsm.h */
#include "sim/lanes.h"
#include "sim/lsmjob.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = OC_LANES };

/* A thread's columns: what the paths at hand have come to. */
struct room {
    const struct oc_lsm *m;
    struct oc_paths_room *paths;
    size_t date;
    bool over;                          /* all have stopped */
    double scratch[OC_LSM_ASSETS][N], column[OC_LSMFIT_FEATURES][N];
    double alive[N], cash[N], spot[N], when[N];     /* as struct oc_lsmfit_paths */
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
    for (size_t f = 0; f < OC_LSMFIT_FEATURES; f++)
        feature[f] = r->column[f];
    oc_lsmstate_read(m, at->n, at->x, at->state, r->scratch[0], feature);
    r->over = !(oc_lsmfit_stop(&date, d, at->n, (const double *const *)feature,
                               &(struct oc_lsmfit_paths){ r->alive, r->cash, r->spot, r->when }) > 0);
    return 0;
}

/* Sums over n paths, or over pairs of neighbours. */
static void add(struct room *r, size_t n, double *figures)
{
    const struct oc_lsm *const m = r->m;
    const size_t step = m->paths.antithetic ? 2 : 1;
    double control[N] = { 0 };

    if (m->control)
        oc_lsm_controls(m, n, &(struct oc_lsmfit_paths){ r->alive, r->cash, r->spot, r->when }, control);
    for (size_t j = 0; j < n; j += step) {
        double v = r->cash[j], c = control[j], d = 0;
        for (size_t i = j; m->how.want[OC_DELTA] && i < j + step; i++)
            d += r->cash[i] > 0 ? m->claim.side * m->discount[(size_t)r->when[i]] * r->spot[i] / m->walk[0].spot : 0;
        if (step == 2) {
            v = 0.5 * (v + r->cash[j + 1]);
            c = 0.5 * (c + control[j + 1]);
            d *= 0.5;
        }
        figures[LSM_UNITS] += 1;
        figures[LSM_V] += v;
        figures[LSM_VV] += v * v;
        figures[LSM_C] += c;
        figures[LSM_CC] += c * c;
        figures[LSM_VC] += v * c;
        figures[LSM_D] += d;
        figures[LSM_DD] += d * d;
    }
}

static int block(void *ctx, void *room, uint64_t number, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct oc_lsm *const m = ctx;
    struct room *const r = room;

    memset(figures, 0, LSM_FIGURES * sizeof *figures);
    for (size_t i = 0; i < n; i += N) {
        const size_t part = n - i < N ? n - i : N;
        r->date = 0;
        r->over = false;
        oc_lanes_fill(part, 1.0, r->alive);
        oc_lanes_fill(part, 0.0, r->cash);
        oc_lanes_fill(part, 0.0, r->when);
        if (oc_paths_run(&m->paths, r->paths, first + i, part, see, r, err))
            return -1;
        add(r, part, figures);
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
                       (unsigned long long)((m->how.dual_paths - 1) / OC_LSM_DUAL_BLOCK * OC_BLOCK + 1), OC_LSM_DUAL_BLOCK, OC_BLOCK);
    return oc_blocks(&job, paths, from, to, figures, err);
}

/* Sum of squares about the mean, never below 0. */
static double about(double n, double sum, double squares)
{
    const double s = squares - sum * sum / n;

    return s > 0 ? s : 0;
}

static void lower(const struct oc_lsm *m, const double *t, struct oc_mc_value *out)
{
    const double n = t[LSM_UNITS], vv = about(n, t[LSM_V], t[LSM_VV]), cc = about(n, t[LSM_C], t[LSM_CC]);
    const double vc = t[LSM_VC] - t[LSM_V] * t[LSM_C] / n;
    double mean = t[LSM_V] / n, rest = vv;

    if (m->control && cc > 0) {
        mean -= vc / cc * (t[LSM_C] / n - m->control_value);
        rest = vv - vc * vc / cc > 0 ? vv - vc * vc / cc : 0;
    }
    out->value[OC_PRICE] = mean;
    out->error[OC_PRICE] = sqrt(rest / (n - 1) / n);
    if (m->how.want[OC_DELTA]) {
        out->value[OC_DELTA] = t[LSM_D] / n;
        out->error[OC_DELTA] = sqrt(about(n, t[LSM_D], t[LSM_DD]) / (n - 1) / n);
    }
}

static void upper(const double *t, struct oc_mc_value *out)
{
    const double n = t[LSM_DUALS];
    const double e = sqrt(about(n, t[LSM_U], t[LSM_UU]) / (n - 1) / n), v = out->error[OC_PRICE];

    out->upper = out->value[OC_PRICE] + t[LSM_U] / n;
    out->upper_error = sqrt(v * v + e * e);
}

/* Exercise at once where that is no less than what the fit (not these paths) says of going on. */
static void at_once(const struct oc_lsm *m, struct oc_mc_value *out)
{
    double pay = m->now_pay;

    if (!m->now || !(pay > 0))
        return;
    if (pay >= m->fit_value) {
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

int oc_lsm_value(const struct oc_lsm *m, uint64_t paths, uint64_t blocks, const double *figures, struct oc_mc_value *out,
                 struct oc_err *err)
{
    double t[LSM_FIGURES];

    *out = (struct oc_mc_value){ .upper = NAN, .upper_error = NAN, .paths = paths, .status = OC_ROW_OK };
    for (int q = 0; q < OC_QUANTITIES; q++)
        out->value[q] = out->error[q] = NAN;
    if (blocks != oc_blocks_of(paths))
        return oc_fail(err, OC_INTERNAL, "%llu blocks for %llu paths", (unsigned long long)blocks, (unsigned long long)paths);
    oc_blocks_total((size_t)blocks, LSM_FIGURES, figures, t);
    if (t[LSM_UNITS] < 2)
        return oc_fail(err, OC_USAGE, "early exercise needs two paths or pairs at least for a standard error");
    lower(m, t, out);
    if (t[LSM_DUALS] > 1)
        upper(t, out);
    at_once(m, out);
    return 0;
}
