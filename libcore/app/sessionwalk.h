/*
 * sessionwalk - a session's walk at one of its steps, by the plans that were in force on the way.
 */
#ifndef OC_APP_SESSIONWALK_H
#define OC_APP_SESSIONWALK_H

#include "app/sessionplan.h"
#include "store/session.h"

struct oc_sessionwalk {
    struct oc_sessionplans *plans;      /* given */
    const json_t *spec;                 /* given */
    const struct oc_stepper *stepper;   /* of the plan in force at st.step; borrowed from the plans */
    struct oc_step_state st;
    struct oc_paths_room *room;
    const struct oc_stepper *room_of;
    bool refused;                       /* what failed was the walk itself, which would fail again in the same way */
};

/*
 * Stand at a step: from the states that the session keeps (`blob` at its step, `last` at an earlier one) or else from the
 * beginning.  Costs what lies in between.
 */
int oc_sessionwalk_at(struct oc_sessionwalk *w, const struct oc_session_row *s, uint64_t step, struct oc_err *err);
/* To the next step, by its plan.  1: there; 0: the plan ends here; -1. */
int oc_sessionwalk_next(struct oc_sessionwalk *w, struct oc_err *err);
/* The state as bytes, in place of what `out` holds. */
int oc_sessionwalk_put(const struct oc_sessionwalk *w, struct oc_buf *out, struct oc_err *err);
void oc_sessionwalk_close(struct oc_sessionwalk *w);

/* Instant and step of a state's bytes, without a plan; false where there is no state. */
bool oc_sessionwalk_peek(const struct oc_buf *state, uint64_t *step, int64_t *ts);

#endif
