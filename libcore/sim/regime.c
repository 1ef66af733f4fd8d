/*
 * regime - volatility and drift of one of N states, between which a Markov chain in continuous time moves.
 *
 * State i has volatilityI and driftI (the walk's drift where it has none) and goes to state j at rate qIJ a year.  It begins
 * in the state `start`, from 1.  Holding times are drawn themselves, so variance and drift over a step are exact, moves
 * within it included.  It prices options where all drifts are the walk's.
 *   source  Hamilton (1989); in continuous time: Buffington, Elliott (2002)
 */
#include "sim/lanes.h"
#include "sim/switch.h"

#include <stdlib.h>

enum { START };

static const struct oc_param param[] = {
    { "start", 1.0, OC_SWITCH_MAX, "[]", 1.0, false, "", "state at the start, from 1" },
    { 0 }
};

/* State i of the data, checked. */
static int read_state(const struct oc_walk *w, size_t i, struct oc_switch *s, struct oc_err *err)
{
    const struct oc_simdata *const d = &w->data;
    const double vol = d->regime_vol[i], drift = d->regime_drift ? d->regime_drift[i] : NAN;

    if (!(vol >= 0.0 && isfinite(vol)))
        return oc_fail(err, OC_USAGE, "regime: volatility%zu is %g, outside of [0, inf)", i + 1, vol);
    if (isinf(drift))
        return oc_fail(err, OC_USAGE, "regime: drift%zu is %g, not a number", i + 1, drift);
    s->variance[i] = vol * vol;
    s->drift[i] = isnan(drift) ? w->drift : drift;
    for (size_t j = 0; j < s->n; j++) {
        const double q = i == j ? 0.0 : d->regime_q[i * s->n + j];
        if (!(q >= 0.0 && q <= 1e4))
            return oc_fail(err, OC_USAGE, "regime: q%zu%zu is %g, outside of [0, 10000]", i + 1, j + 1, q);
        s->rate[i][j] = q;
        s->leave[i] += q;
    }
    return 0;
}

static int setup(struct oc_walk *w, struct oc_err *err)
{
    const size_t n = w->data.nregime;
    int rc = 0;

    if (n > OC_SWITCH_MAX)
        return oc_fail(err, OC_USAGE, "regime: %zu states; %d are possible", n, OC_SWITCH_MAX);
    if (!w->data.regime_q)
        return oc_fail(err, OC_USAGE, "regime: the rates q12, q21, ... are missing");
    if (w->par[START] != floor(w->par[START]) || w->par[START] > (double)n)
        return oc_fail(err, OC_USAGE, "regime: start is %g, no state of 1 to %zu", w->par[START], n);
    struct oc_switch *const s = w->own = calloc(1, sizeof *s);
    if (!s)
        return oc_fail(err, OC_MEMORY, "no memory for a walk");
    s->n = n;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = read_state(w, i, s, err);
    return rc;
}

static void teardown(struct oc_walk *w) { free(w->own); }

static int fits(const struct oc_walk *w, double dt, struct oc_err *err) { return oc_switch_fits(w, w->own, dt, err); }

static void interval(const struct oc_walk *w, double t, double dt, double *c)
{
    (void)t;
    oc_switch_interval(w->own, dt, c);
}

static void begin(const struct oc_walk *w, size_t n, double *const state[])
{
    oc_lanes_fill(n, 0.0, state[0]);
    oc_lanes_fill(n, w->par[START] - 1.0, state[1]);
}

static void step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[])
{
    oc_switch_step(w, w->own, c, place, n, z[0], u[0], state);
}

static void show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)jumps;
    oc_switch_show(w->own, 1.0, n, state, vol, regime);
}

const struct oc_process oc_process_regime = {
    .name = "regime", .aliases = "", .title = "states of volatility and drift that switch", .param = param, .data = "regime",
    .risk_neutral = true, .steady = true, .exact = true, .normals = 1, .uniforms = 1, .nconst = OC_SWITCH_MAX,
    .states = 2, .setup = setup, .teardown = teardown, .fits = fits, .interval = interval, .begin = begin, .step = step,
    .show = show,
};
