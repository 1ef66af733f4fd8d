/*
 * lsmdual - see lsmjob.h
 *
 * With L(k) what the rule makes the right worth at date k and Q(k) what it is worth to go on there, both discounted to time
 * 0, the martingale M grows by L(k) - Q(k-1) at date k; L = Q where the rule goes on, so it is base + L(k) - Q(0) with base
 * the sum of L - Q over the dates at which the rule would have stopped.  The largest of pay-off - M over the dates, in the
 * mean, added to Q(0), is above the value whatever the rule is.  Nobody exercises out of the money, so Q is only needed
 * where the path is in the money, and at the last date it is 0.  Q is estimated by inner walks; its noise only raises the
 * mean.
 */
#include "sim/lanes.h"
#include "sim/lsmjob.h"

#include <math.h>
#include <string.h>

enum { N = OC_LANES };

struct visit {
    const struct oc_lsm *m;
    struct oc_lsminner *inner;
    size_t date;                        /* the next one */
    double scratch[OC_LSM_ASSETS][N], column[OC_LSMFIT_FEATURES][N];
    double base[N], most[N];            /* sum of L - Q; largest pay-off - base - L */
};

static void one_date(struct visit *v, const struct oc_paths_at *at, size_t d)
{
    const struct oc_lsm *const m = v->m;
    const bool last = d + 1 == m->dates;
    const struct oc_lsmfit_date date = oc_lsm_date(m, d);
    double alive[N], take[N], got[N], *feature[OC_LSMFIT_FEATURES];

    for (size_t f = 0; f < OC_LSMFIT_FEATURES; f++)
        feature[f] = v->column[f];
    oc_lanes_fill(at->n, 1.0, alive);
    oc_lsmstate_read(m, at->n, at->x, at->state, v->scratch[0], feature);
    oc_lsmfit_decide(&date, at->n, (const double *const *)feature, alive, take, got);
    for (size_t j = 0; j < at->n; j++) {
        double gap = -v->base[j];       /* pay-off less martingale where the rule stops, or at the end */
        if (!last) {
            if (!(got[j] > 0))
                continue;
            const uint64_t number = (at->first + j - LSM_DUAL_FIRST) * m->dates + d;
            const double on = oc_lsminner_value(v->inner, d, at->state, j, number);
            if (take[j] > 0)
                v->base[j] += got[j] - on;
            else
                gap += got[j] - on;
        }
        v->most[j] = gap > v->most[j] ? gap : v->most[j];
    }
}

static int see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct visit *const v = ctx;

    (void)err;
    if (v->date < v->m->dates && at->step == v->m->step_of[v->date])
        one_date(v, at, v->date++);
    return 0;
}

int oc_lsmdual_paths(const struct oc_lsm *m, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    struct visit v = { .m = m };
    struct oc_paths_room *room = oc_paths_room(&m->plain, err);
    int rc = room && (v.inner = oc_lsminner_open(m, err)) ? 0 : -1;

    for (size_t done = 0; rc == 0 && done < n; done += N) {
        const size_t part = n - done < N ? n - done : N;
        v.date = 0;
        for (size_t j = 0; j < part; j++) {
            v.base[j] = 0;
            v.most[j] = -INFINITY;
        }
        rc = oc_paths_run(&m->plain, room, LSM_DUAL_FIRST + first + done, part, see, &v, err);
        for (size_t j = 0; rc == 0 && j < part; j++) {
            figures[LSM_DUALS] += 1;
            figures[LSM_U] += v.most[j];
            figures[LSM_UU] += v.most[j] * v.most[j];
        }
    }
    oc_lsminner_close(v.inner);
    oc_paths_room_free(room);
    return rc;
}
