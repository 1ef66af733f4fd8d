/*
 * sessionserve - steps of a session as records: serve and export of session.h.
 *
 * A run of jobs, one a step, in one thread: the walk goes on between two of them.  What is served is held in memory
 * until it is committed; so a reader gets nothing that another could get too.
 */
#include "app/session.h"

#include "app/sessionwalk.h"

#include <string.h>

struct serving {
    struct oc_sessionwalk walk;
    struct oc_chain_rows rows;
    uint64_t n;             /* steps to make */
    uint64_t made;
    bool refused;           /* the chain of a step cannot be made, and never could */
};

static int job(void *ctx, uint64_t number, void **out, struct oc_err *err)
{
    struct serving *s = ctx;

    if (number >= s->n)
        return 0;
    if (number) {
        const int there = oc_sessionwalk_next(&s->walk, err);
        if (there <= 0)
            return there < 0 ? -1 : oc_fail(err, OC_INTERNAL, "a walk ends at step %llu, before its steps do",
                                            (unsigned long long)s->walk.st.step);
    }
    *out = s;
    return 1;
}

static int make(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err)
{
    struct serving *s = ctx;

    if (oc_step_rows(s->walk.stepper, in->job ? &s->walk.st : NULL, &s->rows, out, err)) {
        s->refused = in->job && (err->code == OC_DATA || err->code == OC_RULE || err->code == OC_USAGE);
        return -1;
    }
    s->made += in->job != NULL;
    return 0;
}

/* The records of n steps from where the walk stands. */
static int run(struct serving *s, struct oc_io *io, struct oc_buf *out, struct oc_err *err)
{
    struct oc_io one = *io;
    const struct oc_work work = { .job = job, .make = make, .make_kind = s->walk.stepper->factors ? "factor" : "quote",
                                  .into = out, .ctx = s };

    one.threads = 1;        /* the walk stands at one step at a time */
    one.ninput = 0;
    one.input = NULL;
    one.side = NULL;
    one.chain_in = NULL;
    one.arrow_in = false;
    one.read_main = true;   /* options of how records are read were the plan's */
    const int rc = oc_run(&one, &work, err);
    io->count = one.count;
    return rc;
}

static void close_serving(struct serving *s)
{
    oc_sessionwalk_close(&s->walk);
    oc_chain_free(&s->rows);
}

/* ---- committing ------------------------------------------------------------------------------------------- */

/* Behind what was served: the state that the session stands at then, or none where it ends or fails. */
static int go_on(struct serving *s, struct oc_session_row *to, struct oc_err *err)
{
    const char *state = "InProgress";
    int there = 0;

    to->blob.n = 0;
    if (to->step < to->steps && (there = oc_sessionwalk_next(&s->walk, err)) < 0 && !s->walk.refused)
        return -1;
    if (to->step == to->steps)
        state = "Completed";
    else if (there < 0)
        state = "Error";
    else if (there == 0)
        return oc_fail(err, OC_INTERNAL, "a walk ends before its %llu steps do", (unsigned long long)to->steps);
    else if (oc_sessionwalk_put(&s->walk, &to->blob, err))
        return -1;
    snprintf(to->state, sizeof to->state, "%s", state);
    return 0;
}

static int commit(const struct oc_sessiondesk *d, struct serving *s, struct oc_session_row *to, const struct oc_buf *begin,
                  struct oc_err *err)
{
    const uint64_t version = to->version;

    to->step += s->n;
    to->last.n = 0;
    oc_buf_put(&to->last, begin->p, begin->n);
    if (to->last.failed)
        return oc_fail(err, OC_MEMORY, "no memory for a session");
    if (go_on(s, to, err))
        return -1;
    to->version = version + 1;
    to->written = d->now;
    return oc_sessions_swap(d->store, to, version, err);
}

/* The very step that the session stands at fails: that is its state now.  The failure is told, not this. */
static void note_failure(const struct oc_sessiondesk *d, const struct serving *s, struct oc_session_row *to)
{
    struct oc_err ignored = { 0 };
    const uint64_t version = to->version;

    if (s->made || !(s->refused || s->walk.refused))
        return;
    snprintf(to->state, sizeof to->state, "Error");
    to->version = version + 1;
    to->written = d->now;
    oc_sessions_swap(d->store, to, version, &ignored);
}

/* ---- serving ------------------------------------------------------------------------------------------------ */

static int check_state(const struct oc_session_row *s, struct oc_err *err)
{
    if (strcmp(s->state, "Completed") == 0)
        return oc_fail(err, OC_COMPLETED, "session '%s' is completed: all its %llu steps are served", s->id,
                       (unsigned long long)s->steps);
    return 0;
}

/* Why: the step fails again as it did. */
static int say_failure(struct serving *g, const struct oc_session_row *s, struct oc_io *io, struct oc_err *err)
{
    struct oc_err why = { .code = OC_OK };
    struct oc_buf ignored = { 0 };

    if (oc_sessionwalk_at(&g->walk, s, s->step, &why) == 0) {
        g->n = 1;
        run(g, io, &ignored, &why);
    }
    oc_buf_free(&ignored);
    return oc_fail(err, OC_STATE, "session '%s' is in state Error, since step %llu cannot be made (%.600s): set, reset or "
                   "fork it", s->id, (unsigned long long)s->step, why.code ? why.text : "now it could");
}

/* What of a request is there to be served: from its first step so many, again or anew. */
static int aim(const struct oc_session_row *s, uint64_t n, uint64_t expect, bool peek, struct oc_served *v,
               struct oc_err *err)
{
    uint64_t last;
    int64_t ts;

    *v = (struct oc_served){ .first = s->step, .n = n };
    if (expect != OC_SESSION_ANY && expect != s->step) {
        if (peek || !oc_sessionwalk_peek(&s->last, &last, &ts) || expect < last || expect > s->step)
            return oc_fail(err, OC_MOVED, "session '%s' has moved on: it stands at step %llu, not at %llu", s->id,
                           (unsigned long long)s->step, (unsigned long long)expect);
        v->first = expect;
        v->replayed = true;
    } else if (check_state(s, err)) {
        return -1;
    }
    const uint64_t left = (v->replayed ? s->step : s->steps) - v->first;
    if (v->n > left)
        v->n = left;
    return 0;
}

/* One attempt.  1 done, 0 somebody else was faster, -1. */
static int serve(const struct oc_sessiondesk *d, const char *id, uint64_t n, uint64_t expect, bool peek, struct oc_io *io,
                 struct oc_buf *out, struct oc_served *v, struct oc_err *err)
{
    struct oc_session_row s;
    struct oc_buf begin = { 0 };

    out->n = 0;
    if (oc_session_get(d, id, &s, err))
        return -1;
    json_t *spec = oc_sessionplan_get(id, &s.spec, err);
    struct serving g = { .walk = { .plans = d->plans, .spec = spec } };
    int rc = spec ? aim(&s, n, expect, peek, v, err) : -1;
    if (rc == 0 && !v->replayed && strcmp(s.state, "Error") == 0)
        rc = say_failure(&g, &s, io, err);
    else if (rc == 0)
        rc = oc_sessionwalk_at(&g.walk, &s, v->first, err) || oc_sessionwalk_put(&g.walk, &begin, err) ? -1 : 0;
    g.n = v->n;
    const bool write = !peek && !v->replayed && !io->dry_run;
    if (rc == 0) {
        rc = run(&g, io, out, err);
        if (rc && write)
            note_failure(d, &g, &s);
    }
    if (rc == 0)
        rc = write ? commit(d, &g, &s, &begin, err) : 1;
    close_serving(&g);
    json_decref(spec);
    oc_buf_free(&begin);
    oc_session_free(&s);
    return rc;
}

int oc_session_serve(const struct oc_sessiondesk *d, const char *id, uint64_t n, uint64_t expect, bool peek,
                     struct oc_io *io, struct oc_buf *out, struct oc_served *served, struct oc_err *err)
{
    int done;

    if (n == 0)
        return oc_fail(err, OC_USAGE, "no step is asked for");
    while ((done = serve(d, id, n, expect, peek, io, out, served, err)) == 0)
        if (expect != OC_SESSION_ANY)
            return oc_fail(err, OC_RACE, "lost the race for step %llu of session '%s': somebody else changed it first",
                           (unsigned long long)expect, id);
    return done < 0 ? -1 : 0;
}

int oc_session_export(const struct oc_sessiondesk *d, const char *id, uint64_t from, uint64_t to, struct oc_io *io,
                      struct oc_buf *out, struct oc_err *err)
{
    struct oc_session_row s;

    if (oc_session_get(d, id, &s, err))
        return -1;
    json_t *spec = oc_sessionplan_get(id, &s.spec, err);
    struct serving g = { .walk = { .plans = d->plans, .spec = spec }, .n = to - from };
    int rc = spec ? 0 : -1;
    if (rc == 0 && (from >= to || to > s.steps))
        rc = oc_fail(err, OC_USAGE, "session '%s' has steps 0 to %llu: there are none from %llu to %llu", id,
                     (unsigned long long)s.steps - 1, (unsigned long long)from, (unsigned long long)to - 1);
    if (rc == 0)
        rc = oc_sessionwalk_at(&g.walk, &s, from, err);
    if (rc == 0)
        rc = run(&g, io, out, err);
    close_serving(&g);
    json_decref(spec);
    oc_session_free(&s);
    return rc;
}
