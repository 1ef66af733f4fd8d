/* sessionwalk - see sessionwalk.h. */
#include "app/sessionwalk.h"

#include <string.h>

static uint64_t get64(const char *p)
{
    uint64_t v = 0;

    for (int i = 0; i < 8; i++)
        v |= (uint64_t)(unsigned char)p[i] << 8 * i;
    return v;
}

bool oc_sessionwalk_peek(const struct oc_buf *state, uint64_t *step, int64_t *ts)
{
    if (state->n < 32)
        return false;
    *step = get64(state->p + 16);       /* layout: stepper.h */
    *ts = (int64_t)get64(state->p + 24);
    return true;
}

/* Errors of memory and of the system are not the walk's. */
static int own_fault(struct oc_sessionwalk *w, const struct oc_err *err)
{
    w->refused = err->code != OC_MEMORY && err->code != OC_IO && err->code != OC_INTERNAL;
    return -1;
}

static int plan_at(struct oc_sessionwalk *w, uint64_t step, struct oc_err *err)
{
    return oc_sessionplan_at(w->plans, w->spec, step, &w->stepper, err);
}

/* Under the plan of another step: a state is plain numbers, but only of the same model. */
static int change_plan(struct oc_sessionwalk *w, uint64_t step, struct oc_err *err)
{
    const struct oc_process *before = w->stepper->walks.walk[0].process;
    struct oc_buf bytes = { 0 };

    int rc = oc_sessionwalk_put(w, &bytes, err) || plan_at(w, step, err) ? -1 : 0;
    oc_paths_room_free(w->room);
    w->room = NULL;
    w->room_of = NULL;
    if (rc == 0 && w->stepper->walks.walk[0].process != before)
        rc = oc_fail(err, OC_STATE, "a walk that has begun keeps its model: reset the session to change it");
    if (rc == 0)
        rc = oc_step_state_get(w->stepper, bytes.p, bytes.n, &w->st, err);
    oc_buf_free(&bytes);
    return rc;
}

static int take_shock(struct oc_sessionwalk *w, struct oc_err *err)
{
    double vol, spot;

    if (oc_sessionplan_shock(w->spec, w->st.step, &vol, &spot, err))
        return -1;
    w->st.vol_scale *= vol;
    w->st.spot_scale *= spot;
    return 0;
}

int oc_sessionwalk_next(struct oc_sessionwalk *w, struct oc_err *err)
{
    const uint64_t next = w->st.step + 1;
    const struct oc_stepper *before = w->stepper, *after;

    if (oc_sessionplan_at(w->plans, w->spec, next, &after, err))
        return -1;
    if (after != before && change_plan(w, next, err))
        return -1;
    if (w->room_of != w->stepper) {
        oc_paths_room_free(w->room);
        w->room = oc_paths_room(&w->stepper->paths, err);
        w->room_of = w->room ? w->stepper : NULL;
        if (!w->room)
            return -1;
    }
    const int rc = oc_step_advance(w->stepper, w->room, &w->st, err);
    if (rc < 0)
        return own_fault(w, err);
    return rc == 0 ? 0 : take_shock(w, err) ? -1 : 1;
}

static int begin(struct oc_sessionwalk *w, struct oc_err *err)
{
    if (plan_at(w, 0, err))
        return -1;
    if (oc_step_begin(w->stepper, 0, &w->st, err))
        return own_fault(w, err);
    return take_shock(w, err);
}

static int stand(struct oc_sessionwalk *w, const struct oc_buf *state, uint64_t step, struct oc_err *err)
{
    return plan_at(w, step, err) || oc_step_state_get(w->stepper, state->p, state->n, &w->st, err) ? -1 : 0;
}

int oc_sessionwalk_at(struct oc_sessionwalk *w, const struct oc_session_row *s, uint64_t step, struct oc_err *err)
{
    uint64_t blob, last;
    int64_t ts;
    int rc;

    if (oc_sessionwalk_peek(&s->blob, &blob, &ts) && blob <= step)
        rc = stand(w, &s->blob, blob, err);
    else if (oc_sessionwalk_peek(&s->last, &last, &ts) && last <= step)
        rc = stand(w, &s->last, last, err);
    else
        rc = begin(w, err);
    while (rc == 0 && w->st.step < step) {
        const int there = oc_sessionwalk_next(w, err);
        if (there == 0)
            rc = oc_fail(err, OC_STATE, "session '%s' has no step %llu", s->id, (unsigned long long)step);
        else if (there < 0)
            rc = -1;
    }
    return rc;
}

int oc_sessionwalk_put(const struct oc_sessionwalk *w, struct oc_buf *out, struct oc_err *err)
{
    out->n = 0;
    return oc_step_state_put(&w->st, out) ? oc_fail(err, OC_MEMORY, "no memory for the state of a walk") : 0;
}

void oc_sessionwalk_close(struct oc_sessionwalk *w)
{
    oc_step_state_free(&w->st);
    oc_paths_room_free(w->room);
    w->room = NULL;
    w->room_of = NULL;
}
