/* stepper - see stepper.h. */
#include "app/stepper.h"

#include "app/stepmodel.h"
#include "app/stepplan.h"
#include "app/steprows.h"
#include "math/exp.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>


static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a walk"); }

static const struct oc_walk *walk_of(const struct oc_stepper *s) { return &s->walks.walk[0]; }

/* ---- what the walk shows --------------------------------------------------------------------------------- */

static int show(const struct oc_stepper *s, double *state, struct oc_step_seen *seen, struct oc_err *err)
{
    const struct oc_walk *w = walk_of(s);
    double *column[64] = { 0 }, **at = w->nstate <= 64 ? column : malloc(w->nstate * sizeof *at);

    if (!at)
        return no_memory(err);
    for (size_t i = 0; i < w->nstate; i++)
        at[i] = &state[i];
    *seen = (struct oc_step_seen){ .jumps = NAN, .regime = NAN };
    w->process->show(w, 1, at, &seen->volatility, &seen->jumps, &seen->regime);
    oc_walk_spot(w, 1, at[0], &seen->spot);
    if (at != column)
        free(at);
    return 0;
}

/* What the cash dividends after ts are worth then. */
static double dividends(const struct oc_stepper *s, int64_t ts)
{
    double sum = 0;

    for (size_t i = 0; i < s->chain.chain.ndividend; i++) {
        const struct oc_cash_dividend *d = &s->chain.chain.dividend[i];
        if (d->ex > ts)
            sum += d->amount * oc_exp(-oc_stepplan_growth(s, oc_stepclock_years(s->chain.ts, ts),
                                                          oc_stepclock_years(ts, d->ex)));
    }
    return sum;
}

int oc_step_see(const struct oc_stepper *s, const struct oc_step_state *st, struct oc_step_seen *seen, struct oc_err *err)
{
    if (show(s, st->state, seen, err))
        return -1;
    if (s->lifts)
        seen->spot *= oc_exp(st->state[st->nstate - 1]);
    seen->spot = st->spot_scale * (seen->spot + dividends(s, st->ts));
    seen->volatility *= st->vol_scale;
    if (!(seen->spot > 0 && isfinite(seen->spot)))
        return oc_fail(err, OC_DATA, "path %llu, step %llu: the spot is %g, of which no chain can be made",
                       (unsigned long long)st->path, (unsigned long long)st->step, seen->spot);
    if (!(seen->volatility >= 0 && isfinite(seen->volatility)) && !(s->late && isnan(seen->volatility)))
        return oc_fail(err, OC_DATA, "path %llu, step %llu: the volatility is %g", (unsigned long long)st->path,
                       (unsigned long long)st->step, seen->volatility);
    return 0;
}

/* ---- the plan -------------------------------------------------------------------------------------------- */

static int open_walk(struct oc_stepper *s, struct oc_err *err)
{
    struct oc_walk *w = &s->walks.walk[0];

    if (s->walks.n != 1)
        return oc_fail(err, OC_USAGE, "a chain walks by one model, and %zu are given", s->walks.n);
    if (s->walks.symbol[0][0] && strcmp(s->walks.symbol[0], s->chain.symbol))
        return oc_fail(err, OC_USAGE, "the model is that of %s, the chain that of %s", s->walks.symbol[0], s->chain.symbol);
    s->drift = oc_stepplan_drift(s);
    s->lifts = s->chain.chain.curve && oc_stepplan_drifts(s);
    s->base = s->chain.spot - dividends(s, s->chain.ts);
    if (!(s->base > 0))
        return oc_fail(err, OC_USAGE, "the cash dividends to come are worth %g, more than the spot of %g",
                       s->chain.spot - s->base, s->chain.spot);
    w->spot = s->base;
    w->drift = s->drift;
    w->dt = isnan(s->dt) ? oc_stepclock_years(0, s->clock.step_ns) : s->dt;
    w->steps = s->steps > 1 ? s->steps - 1 : 1;       /* 0 would be an open end */
    w->seed = s->seed;
    w->asset = 0;
    if (oc_walk_open(w, err))
        return -1;
    if (s->chain.chain.stick == OC_STICKY_MODEL && !s->factors && oc_stepmodel_check(w, err))
        return -1;
    s->paths = (struct oc_paths){ .assets = 1, .walk = w, .steps = w->steps, .dt = w->dt,
                                  .draws = { .from = OC_DRAWS_BOX_MULLER, .seed = s->seed } };
    return oc_paths_open(&s->paths, err);
}

/* When the last expiry of a schedule of dates is over: from then on chains are empty. */
static int find_over(struct oc_stepper *s, struct oc_err *err)
{
    const struct oc_schedule *c = &s->chain.chain.schedule;

    s->over = c->n ? INT64_MIN : INT64_MAX;
    for (size_t i = 0; i < c->n; i++) {
        int64_t end = INT64_MAX;
        if (c->rule[i].form == OC_RULE_DATE && oc_expiry_instant(c->calendar, c->rule[i].date, c->rule[i].settle, &end, err))
            return -1;
        s->over = end > s->over ? end : s->over;
    }
    if (s->over <= s->chain.ts)
        return oc_fail(err, OC_USAGE, "all expiries are over when the walk starts: --schedule lists others");
    return 0;
}

/* Automatic ladders ask a smile how wide a chain is: where the model makes the volatilities, a flat one of the start. */
static int flat_smile(struct oc_stepper *s, struct oc_err *err)
{
    struct oc_smile *m = &s->chain.chain.smile;

    if (m->model || s->chain.chain.stick != OC_STICKY_MODEL)
        return 0;
    if (oc_smile_find("flat", &m->model, err))
        return -1;
    m->slice = calloc(1, sizeof *m->slice);
    if (!m->slice)
        return no_memory(err);
    m->n = 1;
    m->slice[0].years = NAN;
    m->slice[0].p[0] = s->vol;
    return oc_smile_open(m, err);
}

/*
 * The first volatility of a walk that begins without one.  It is found by walking ahead, which only a replay may do: its path
 * is every path, and no step before that one makes use of it.
 */
static int first_volatility(struct oc_stepper *s, double *state, struct oc_err *err)
{
    const struct oc_walk *w = walk_of(s);
    struct oc_paths_room *room = oc_paths_room(&s->paths, err);
    struct oc_step_seen seen = { .volatility = NAN };
    int rc = room ? 0 : -1;

    for (uint64_t k = 0; rc == 0 && k < w->steps && isnan(seen.volatility); k++)
        rc = oc_paths_step(&s->paths, room, 0, k, (double)k * w->dt, w->dt, state, err) || show(s, state, &seen, err) ? -1 : 0;
    oc_paths_room_free(room);
    s->vol = seen.volatility;
    return rc;
}

/* What the walk shows at its start. */
static int look(struct oc_stepper *s, struct oc_err *err)
{
    const struct oc_process *p = walk_of(s)->process;
    double *state = calloc(oc_paths_state_size(&s->paths) + 1, sizeof *state);
    struct oc_step_seen seen;

    if (!state)
        return no_memory(err);
    oc_paths_begin(&s->paths, state);
    int rc = show(s, state, &seen, err);
    if (rc == 0) {
        s->vol = seen.volatility;
        s->has_jumps = !isnan(seen.jumps);
        s->has_regime = !isnan(seen.regime);
        s->late = isnan(s->vol) && !p->normals && !p->uniforms;
        rc = s->late ? first_volatility(s, state, err) : 0;
    }
    free(state);
    if (rc == 0 && !s->late && !(s->vol > 0 && isfinite(s->vol)) && !s->factors)
        return oc_fail(err, OC_USAGE, "%s starts at a volatility of %g: no later one can be put in relation to it", p->name,
                       s->vol);
    return rc;
}

int oc_stepper_open(struct oc_stepper *s, struct oc_err *err)
{
    if (s->steps == 0)
        return oc_fail(err, OC_USAGE, "no step is asked for: --steps N");
    if (oc_stepclock_open(&s->clock, s->chain.ts, err) || open_walk(s, err) || look(s, err))
        return -1;
    s->over = INT64_MAX;
    if (!s->factors && (flat_smile(s, err) || find_over(s, err)))
        return -1;
    if (!s->factors && oc_chain_check(&s->chain.chain, err))
        return -1;
    return oc_stepplan_run(s, err) || oc_steprows_open(s, err) ? -1 : 0;
}

void oc_stepper_close(struct oc_stepper *s)
{
    oc_steprows_close(s);
    oc_paths_close(&s->paths);
    oc_walk_close(&s->walks.walk[0]);
    oc_walks_free(&s->walks);
    oc_chain_plan_free(&s->chain);
    free(s->listed);
    *s = (struct oc_stepper){ 0 };
}

/* ---- the state ------------------------------------------------------------------------------------------- */

static int keep_pinned(struct oc_step_state *st, const double *pinned, size_t n, struct oc_err *err)
{
    if (n > st->cappinned) {
        double *more = realloc(st->pinned, n * sizeof *more);
        if (!more)
            return no_memory(err);
        st->pinned = more;
        st->cappinned = n;
    }
    if (n)
        memcpy(st->pinned, pinned, n * sizeof *pinned);
    st->npinned = n;
    return 0;
}

static int make_room(struct oc_step_state *st, size_t n, struct oc_err *err)
{
    if (st->state && st->nstate == n)
        return 0;
    free(st->state);
    st->state = calloc(n + 1, sizeof *st->state);
    st->nstate = n;
    return st->state ? 0 : no_memory(err);
}

int oc_step_copy(struct oc_step_state *to, const struct oc_step_state *from, struct oc_err *err)
{
    if (make_room(to, from->nstate, err) || keep_pinned(to, from->pinned, from->npinned, err))
        return -1;
    memcpy(to->state, from->state, from->nstate * sizeof *from->state);
    to->path = from->path;
    to->step = from->step;
    to->ts = from->ts;
    to->vol_scale = from->vol_scale;
    to->spot_scale = from->spot_scale;
    return 0;
}

void oc_step_state_free(struct oc_step_state *st)
{
    free(st->state);
    free(st->pinned);
    *st = (struct oc_step_state){ 0 };
}

/* ---- the chain of a state --------------------------------------------------------------------------------- */

/*
 * How far the smile is scaled.  Schemes of a variance reach 0 itself; a chain has no volatility of 0, so that counts as one
 * at which prices are the intrinsic values, to the last digit but within 1e-9 of the money.
 */
static double level_of(const struct oc_stepper *s, const struct oc_step_state *st, double volatility)
{
    const double least = 1e-9, level = isnan(volatility) ? st->vol_scale : volatility / s->vol;

    return level > least ? level : least;
}

/* ---- stepping -------------------------------------------------------------------------------------------- */

static int chain_at(const struct oc_stepper *s, const struct oc_step_state *st, struct oc_stepmodel *model,
                    struct oc_chain_at *at, struct oc_err *err)
{
    struct oc_step_seen seen;

    if (oc_step_see(s, st, &seen, err))
        return -1;
    *at = (struct oc_chain_at){
        .ts = st->ts, .spot = seen.spot, .level = level_of(s, st, seen.volatility), .ref_spot = s->chain.spot, .step = st->step
    };
    if (s->chain.chain.stick == OC_STICKY_MODEL) {
        /* the shocks of a session scale what the model says; the model itself knows nothing of them */
        *model = (struct oc_stepmodel){ walk_of(s), seen.volatility / st->vol_scale, seen.spot, st->vol_scale };
        at->level = 1;
        at->vol = oc_stepmodel_vol;
        at->ctx = model;
    }
    return 0;
}

/* Pinned ladders remember the strikes of every step, so they are listed as the walk goes, whether rows are made or not. */
static int remember(const struct oc_stepper *s, struct oc_step_state *st, struct oc_err *err)
{
    struct oc_chain_rows list = { 0 };
    struct oc_stepmodel model;
    struct oc_chain_at at;

    if (!s->chain.chain.pinned || s->factors || st->ts >= s->over)
        return 0;
    if (chain_at(s, st, &model, &at, err))
        return -1;
    list.pinned = st->pinned;
    list.npinned = st->npinned;
    list.cappinned = st->cappinned;
    const int rc = oc_chain_list(&s->chain.chain, &at, &list, err);
    st->pinned = list.pinned;
    st->npinned = list.npinned;
    st->cappinned = list.cappinned;
    list.pinned = NULL;
    list.npinned = list.cappinned = 0;
    oc_chain_free(&list);
    return rc ? oc_while(err, "path %llu, step %llu", (unsigned long long)st->path, (unsigned long long)st->step) : 0;
}

int oc_step_begin(const struct oc_stepper *s, uint64_t path, struct oc_step_state *st, struct oc_err *err)
{
    if (make_room(st, oc_paths_state_size(&s->paths) + 1, err) || keep_pinned(st, s->listed, s->nlisted, err))
        return -1;
    st->path = path;
    st->step = 0;
    st->ts = s->chain.ts;
    st->vol_scale = st->spot_scale = 1;
    oc_paths_begin(&s->paths, st->state);
    st->state[st->nstate - 1] = 0;
    return remember(s, st, err);
}

int oc_step_advance(const struct oc_stepper *s, struct oc_paths_room *room, struct oc_step_state *st, struct oc_err *err)
{
    int64_t next;

    if (st->step + 1 >= s->steps)
        return 0;
    if (oc_stepclock_next(&s->clock, st->ts, &next, err))
        return oc_while(err, "step %llu", (unsigned long long)st->step + 1);
    /* a walk with steps of its own length counts these; else time is what passes on the clock */
    const bool own = !isnan(s->dt) || walk_of(s)->process->discrete;
    const double dt = own ? walk_of(s)->dt : oc_stepclock_years(st->ts, next);
    const double t = own ? (double)st->step * walk_of(s)->dt : oc_stepclock_years(s->chain.ts, st->ts);
    if (oc_paths_step(&s->paths, room, st->path, st->step, t, dt, st->state, err))
        return -1;
    if (s->lifts)
        st->state[st->nstate - 1] += oc_stepplan_growth(s, t, dt) - s->drift * dt;
    st->step++;
    st->ts = next;
    return remember(s, st, err) ? -1 : 1;
}

int oc_step_chain(const struct oc_stepper *s, const struct oc_step_state *st, struct oc_chain_rows *rows, struct oc_err *err)
{
    struct oc_stepmodel model;
    struct oc_chain_at at;

    if (chain_at(s, st, &model, &at, err))
        return -1;
    if (st->ts >= s->over) {
        rows->n = rows->nslice = rows->nladder = 0;
        return 0;
    }
    if (s->chain.chain.pinned) {
        if (rows->cappinned < st->npinned) {
            double *more = realloc(rows->pinned, st->npinned * sizeof *more);
            if (!more)
                return no_memory(err);
            rows->pinned = more;
            rows->cappinned = st->npinned;
        }
        memcpy(rows->pinned, st->pinned, st->npinned * sizeof *st->pinned);
        rows->npinned = st->npinned;
    }
    if (oc_chain_build(&s->chain.chain, &at, rows, err))
        return oc_while(err, "path %llu, step %llu", (unsigned long long)st->path, (unsigned long long)st->step);
    return 0;
}

int oc_step_rows(const struct oc_stepper *s, const struct oc_step_state *st, struct oc_chain_rows *rows,
                 struct oc_batch *out, struct oc_err *err)
{
    if (st && !s->factors && oc_step_chain(s, st, rows, err))
        return -1;
    return oc_step_fill(s, st ? 1 : 0, st, rows, out, err);
}
