/*
 * bootstrap - log returns of a file drawn anew in blocks, one a step: what was, in another order.
 *
 * Stationary: each step begins a new block with probability 1 / block, at a return that is drawn from all alike; else it
 * takes the return behind the last one, so that lengths are geometric with mean `block`.  Circular: blocks of exactly
 * `block` returns.  Behind the last return of the file comes the first.  The draws of a step are uniforms 0 (a new block?)
 * and 1 (where).
 *
 *   volatility  shown is that of all returns of the file; the drift is the file's own, so that nothing is priced by it
 *   period      see sim/period.h
 *   source      Politis, Romano, "The stationary bootstrap" (1994); circular blocks: Politis, Romano (1992)
 */
#include "math/log.h"
#include "sim/lanes.h"
#include "sim/period.h"

#include <stdlib.h>

enum { BLOCK, CIRCULAR };
enum { X, AT, LENGTH }; /* of the state: x, place of the last return, returns of its block so far, 0: none has begun */

static const struct oc_param param[] = {
    { "block", 1.0, INFINITY, "[)", NAN, false, "steps", "length of a block: the mean, or of circular ones each" },
    { "circular", 0.0, 1.0, "[]", 0.0, false, "", "1: blocks of one length; 0: of geometric length" },
    { 0 }
};

struct own { size_t n; double vol; double r[]; };

static int setup(struct oc_walk *w, struct oc_err *err)
{
    const struct oc_simdata *d = &w->data;
    double mean = 0.0, sum = 0.0;

    if (d->nprice < 3)
        return oc_fail(err, OC_USAGE, "bootstrap: %zu prices are too few, it needs 3", d->nprice);
    if (w->par[CIRCULAR] != 0.0 && w->par[CIRCULAR] != 1.0)
        return oc_fail(err, OC_USAGE, "bootstrap: circular is %g, neither 0 nor 1", w->par[CIRCULAR]);
    if (w->par[CIRCULAR] == 1.0 && w->par[BLOCK] != floor(w->par[BLOCK]))
        return oc_fail(err, OC_USAGE, "bootstrap: circular blocks of %g returns are not whole", w->par[BLOCK]);
    if (w->par[BLOCK] > (double)(d->nprice - 1))
        return oc_fail(err, OC_USAGE, "bootstrap: blocks of %g returns are longer than the file, which has %zu",
                       w->par[BLOCK], d->nprice - 1);
    if (oc_period_check(w, err))
        return -1;
    struct own *o = malloc(sizeof *o + (d->nprice - 1) * sizeof o->r[0]);
    w->own = o;
    if (!o)
        return oc_fail(err, OC_MEMORY, "no memory for %zu returns", d->nprice - 1);
    o->n = d->nprice - 1;
    for (size_t k = 0; k < o->n; k++) {
        o->r[k] = oc_log(d->price[k + 1] / d->price[k]);
        const double off = o->r[k] - mean;
        mean += off / (double)(k + 1);
        sum += off * (o->r[k] - mean);
    }
    o->vol = sqrt(sum / (double)(o->n - 1) / d->price_dt);
    return 0;
}

static void teardown(struct oc_walk *w) { free(w->own); }

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    const struct own *o = w->own;
    const double block = w->par[BLOCK], count = (double)o->n;
    const bool circular = w->par[CIRCULAR] == 1.0;

    (void)c, (void)place, (void)z;
    for (size_t j = 0; j < n; j++) {
        const bool anew = state[LENGTH][j] == 0.0 || (circular ? state[LENGTH][j] >= block : u[0][j] * block < 1.0);
        double at = anew ? floor(u[1][j] * count) : state[AT][j] + 1.0;
        at = at >= count ? 0.0 : at;                /* the file's end, or u count rounded up to count */
        state[AT][j] = at;
        state[LENGTH][j] = anew ? 1.0 : state[LENGTH][j] + 1.0;
        state[X][j] += o->r[(size_t)at];
    }
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)state, (void)jumps, (void)regime;
    if (vol)
        oc_lanes_fill(n, ((const struct own *)w->own)->vol, vol);
}

const struct oc_process oc_process_bootstrap = {
    .name = "bootstrap", .aliases = "", .title = "returns of a file drawn anew in blocks", .param = param, .data = "price",
    .steady = true, .discrete = true, .uniforms = 2, .states = 3, .setup = setup, .teardown = teardown, .step = step,
    .show = show,
};
