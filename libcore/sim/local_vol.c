/*
 * local_vol - d log S = (drift - s^2 / 2) dt + s dW, s = s(S, t) from a grid of strikes and times.
 *
 * Bilinear in log S and time, constant outside of the grid.  A step is the Euler step of log S with s at the price where it
 * begins and at the time half-way, so that e^(-drift t) S is a martingale for steps of any length.
 *
 *   state   x, and the time, at which the volatility shown is read off the grid
 *   error   weak order 1 in the step: the law is that of the grid up to about dt |ds/dlogS| s; a walk of few long steps is
 *           told by its price of a known smile, see tests/unit/sim_smile.c
 *   source  Dupire, "Pricing with a smile" (1994)
 */
#include "math/log.h"
#include "sim/lanes.h"

#include <stdlib.h>

enum { DRIFT };

static const struct oc_param param[] = {
    { "drift", -INFINITY, INFINITY, "()", NAN, true, "1/year", "growth of the expected price; else rate - dividend yield" },
    { 0 }
};

struct own { size_t nk; double k[]; };      /* log(strike / spot), ascending */

static int setup(struct oc_walk *w, struct oc_err *err)
{
    const struct oc_simdata *d = &w->data;
    struct own *o = malloc(sizeof *o + d->nk * sizeof o->k[0]);

    w->own = o;
    if (!o)
        return oc_fail(err, OC_MEMORY, "no memory for a grid of volatilities");
    o->nk = d->nk;
    for (size_t j = 0; j < d->nk; j++) {
        if (!(d->k[j] > 0.0) || !isfinite(d->k[j]) || (j && !(d->k[j] > d->k[j - 1])))
            return oc_fail(err, OC_USAGE, "local_vol: the strikes are not above 0 and ascending: %g", d->k[j]);
        o->k[j] = oc_log(d->k[j] / w->spot);
    }
    for (size_t i = 0; i < d->nt; i++)
        if (!(d->t[i] > (i ? d->t[i - 1] : 0.0)) || !isfinite(d->t[i]))
            return oc_fail(err, OC_USAGE, "local_vol: the times are not above 0 and ascending: %g", d->t[i]);
    for (size_t i = 0; i < d->nt * d->nk; i++)
        if (!(d->vol[i] > 0.0) || !isfinite(d->vol[i]))
            return oc_fail(err, OC_USAGE, "local_vol: a volatility is %g, not above 0", d->vol[i]);
    return 0;
}

static void teardown(struct oc_walk *w) { free(w->own); }

/* The place of v on an axis of n values: index i and weight, value = (1 - weight) [i] + weight [i + 1]; ends are flat. */
static size_t place_on(const double *axis, size_t n, double v, double *weight)
{
    size_t lo = 0, hi = n - 1;

    *weight = 0.0;
    if (!(v > axis[0]))
        return 0;
    if (v >= axis[n - 1])
        return n - 1;
    while (hi - lo > 1) {
        const size_t mid = (lo + hi) / 2;
        if (axis[mid] <= v)
            lo = mid;
        else
            hi = mid;
    }
    *weight = (v - axis[lo]) / (axis[hi] - axis[lo]);
    return lo;
}

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    c[2] = (double)place_on(w->data.t, w->data.nt, t + 0.5 * dt, &c[3]);
    c[0] = oc_lanes_drift(w, DRIFT) * dt;
    c[1] = dt;
}

/* Volatility at x between the rows of two times; the lines of one row are read together. */
static double vol_at(const struct oc_walk *w, const double *row, const double *next, double between, double x)
{
    const struct own *o = w->own;
    double v;
    const size_t j = place_on(o->k, o->nk, x, &v), r = j + (v > 0.0);
    const double a = row[j] + v * (row[r] - row[j]), b = next[j] + v * (next[r] - next[j]);

    return a + between * (b - a);
}

static void vols(const struct oc_walk *w, const double *c, size_t n, const double *x, double *vol)
{
    const size_t i = (size_t)c[2];
    const double *row = w->data.vol + i * w->data.nk, *next = c[3] > 0.0 ? row + w->data.nk : row;

    for (size_t j = 0; j < n; j++)
        vol[j] = vol_at(w, row, next, c[3], x[j]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    double v[OC_LANES];

    (void)u;
    vols(w, c, n, state[0], v);
    for (size_t j = 0; j < n; j++)
        v[j] = v[j] * v[j] * c[1];
    oc_lanes_log(n, c[0], v, z[0], state[0]);
    oc_lanes_fill(n, place->t + place->dt, state[1]);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    double c[4];

    (void)jumps, (void)regime;
    for (size_t j = 0; vol && j < n; j++) {
        if (j == 0 || state[1][j] != state[1][j - 1])
            interval(w, state[1][j], 0.0, c);
        vols(w, c, 1, state[0] + j, vol + j);
    }
}

const struct oc_process oc_process_local_vol = {
    .name = "local_vol", .aliases = "", .title = "local volatility from a grid of strikes and times", .param = param,
    .data = "grid", .risk_neutral = true, .normals = 1, .nconst = 4, .states = 2, .setup = setup, .teardown = teardown,
    .interval = interval, .step = step, .show = show,
};
