/* session - see session.h. */
#include "app/session.h"

#include "app/sessionwalk.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 10000 };     /* of a change that others overtake; each of them got further meanwhile */

static void enter(struct oc_session_row *s, const char *state) { snprintf(s->state, sizeof s->state, "%s", state); }
static bool is(const struct oc_session_row *s, const char *state) { return strcmp(s->state, state) == 0; }

int oc_session_get(const struct oc_sessiondesk *d, const char *id, struct oc_session_row *out, struct oc_err *err)
{
    const int rc = oc_sessions_get(d->store, id, out, err);

    return rc == 0 ? oc_fail(err, OC_ABSENT, "no session '%s' in %s", id, oc_sessions_name(d->store)) : rc < 0 ? -1 : 0;
}

/* ---- changes --------------------------------------------------------------------------------------------- */

/* Make s what it is to become.  spec is its plan, to be changed too. */
typedef int change_fn(void *ctx, const struct oc_sessiondesk *d, struct oc_session_row *s, json_t *spec, struct oc_err *err);

/* One attempt: 1 done, 0 somebody else was faster, -1. */
static int attempt(const struct oc_sessiondesk *d, const char *id, change_fn *fn, void *ctx, struct oc_session_row *s,
                   struct oc_err *err)
{
    if (oc_session_get(d, id, s, err))
        return -1;
    json_t *spec = oc_sessionplan_get(id, &s->spec, err);
    const uint64_t version = s->version;
    int rc = spec ? fn(ctx, d, s, spec, err) : -1;
    if (rc == 0)
        rc = oc_sessionplan_put(spec, &s->spec, err);
    json_decref(spec);
    s->version = version + 1;
    s->written = d->now;
    return rc ? -1 : oc_sessions_swap(d->store, s, version, err);
}

static int change(const struct oc_sessiondesk *d, const char *id, change_fn *fn, void *ctx, struct oc_session_row *out,
                  struct oc_err *err)
{
    for (int i = 0; i < TRIES; i++) {
        const int done = attempt(d, id, fn, ctx, out, err);
        if (done > 0)
            return 0;
        oc_session_free(out);
        if (done < 0)
            return -1;
    }
    return oc_fail(err, OC_RACE, "session '%s' is changed by others all the time", id);
}

/* ---- what a plan gives ------------------------------------------------------------------------------------- */

/* The state at step s->step into s->blob, seed, steps and names from the plan in force there. */
static int settle(const struct oc_sessiondesk *d, struct oc_session_row *s, json_t *spec, struct oc_err *err)
{
    struct oc_sessionwalk w = { .plans = d->plans, .spec = spec };
    const struct oc_stepper *plan;

    if (oc_sessionplan_at(d->plans, spec, s->step, &plan, err))
        return -1;
    if (plan->npaths > 1)
        return oc_fail(err, OC_USAGE, "a session walks one path");
    if (plan->steps < s->step)
        return oc_fail(err, OC_STATE, "%llu steps were served already: steps cannot be %llu", (unsigned long long)s->step,
                       (unsigned long long)plan->steps);
    if (plan->seed > INT64_MAX)
        return oc_fail(err, OC_USAGE, "seed: a session's is %lld at most, so that its record can show it",
                       (long long)INT64_MAX);
    s->steps = plan->steps;
    s->seed = plan->seed;
    json_object_set_new(spec, "symbol", json_string(plan->chain.symbol));
    json_object_set_new(spec, "model", json_string(plan->walks.walk[0].process->name));
    s->blob.n = 0;
    if (s->step == s->steps)
        return 0;
    int rc = oc_sessionwalk_at(&w, s, s->step, err);
    if (rc == 0)
        rc = oc_sessionwalk_put(&w, &s->blob, err);
    oc_sessionwalk_close(&w);
    return rc;
}

int oc_session_new(const struct oc_sessiondesk *d, const char *id, json_t *spec, int64_t ttl_s, struct oc_session_row *out,
                   struct oc_err *err)
{
    *out = (struct oc_session_row){ .version = 1, .written = d->now, .ttl_s = ttl_s };
    snprintf(out->id, sizeof out->id, "%s", id);
    enter(out, "Initialized");
    if (settle(d, out, spec, err) || oc_sessionplan_put(spec, &out->spec, err))
        return -1;
    const int done = oc_sessions_create(d->store, out, err);
    return done == 0 ? oc_fail(err, OC_STATE, "there is a session '%s' in %s already", id, oc_sessions_name(d->store))
                     : done < 0 ? -1 : 0;
}

/* ---- set --------------------------------------------------------------------------------------------------- */

struct setting { const json_t *set, *files; };

/* Of a walk that has begun; the rest is what it began with. */
static int check_settable(const json_t *set, struct oc_err *err)
{
    static const char may[] = "rate dividend-yield vol model params corr steps step seed smile surface stick spread ticks "
                              "curve dividends";
    const char *name;
    const json_t *v;

    json_object_foreach((json_t *)set, name, v)
        if (!oc_opt_in(may, name, strlen(name)))
            return oc_fail(err, OC_STATE, "%s is what the walk began with; reset the session, set it then. In mid-walk one "
                           "may set: %s", name, may);
    return 0;
}

/* Files of a change beside those that are there.  One name is one content: earlier steps were made from it. */
static int add_files(json_t *all, const json_t *more, bool replace, struct oc_err *err)
{
    const char *name;
    json_t *v;

    json_object_foreach((json_t *)more, name, v) {
        const json_t *had = json_object_get(all, name);
        if (had && !replace && !json_equal(had, v))
            return oc_fail(err, OC_STATE, "earlier steps were made from another '%s': give the file another name", name);
        json_object_set(all, name, v);
    }
    return 0;
}

/* What the chain's own columns say stands above the options: setting these would be without effect, so it is refused. */
static int check_effect(const struct oc_sessiondesk *d, const json_t *spec, uint64_t step, const json_t *set,
                        struct oc_err *err)
{
    static const char columns[] = "rate dividend-yield spot root calendar";
    json_t *now = json_pack("{s:o, s:O, s:[]}", "options", oc_sessionplan_options(spec, step), "files",
                            json_object_get(spec, "files"), "changes"), *v;
    const json_t *options = json_object_get(now, "options");
    const struct oc_stepper *plan;
    const char *name;
    char run[sizeof plan->run];
    int rc = now ? oc_sessionplan_at(d->plans, now, 0, &plan, err) : oc_fail(err, OC_MEMORY, "no memory for a plan");

    strcpy(run, rc ? "" : plan->run);
    json_object_foreach((json_t *)set, name, v) {
        const json_t *had = json_object_get(options, name);
        if (rc || !oc_opt_in(columns, name, strlen(name)) || json_equal(had, v) || (!had && json_is_null(v)))
            continue;
        json_t *other = json_deep_copy(now);
        json_array_append_new(json_object_get(other, "changes"), json_pack("{s:i, s:{s:O}}", "at", 0, "set", name, v));
        json_object_set_new(other, "options", oc_sessionplan_options(other, 0));
        json_object_set_new(other, "changes", json_array());
        rc = oc_sessionplan_at(d->plans, other, 0, &plan, err);
        if (rc == 0 && strcmp(plan->run, run) == 0)
            rc = oc_fail(err, OC_STATE, "%s: the chain that the session carries says it itself; leave the column out of "
                         "the chain (oc-cat --drop) to set it", name);
        json_decref(other);
    }
    json_decref(now);
    return rc;
}

/* A change at the end of the list; two at the same step are one. */
static int add_change(json_t *spec, uint64_t at, const json_t *set, struct oc_err *err)
{
    json_t *changes = json_object_get(spec, "changes"), *last = json_array_get(changes, json_array_size(changes) - 1);
    json_t *same = json_integer_value(json_object_get(last, "at")) == (json_int_t)at ? json_object_get(last, "set") : NULL;

    if (same ? json_object_update(same, (json_t *)set)
             : json_array_append_new(changes, json_pack("{s:I, s:o}", "at", (json_int_t)at, "set", json_deep_copy(set))))
        return oc_fail(err, OC_MEMORY, "no memory for a change");
    return 0;
}

/* Nothing was served yet: the session becomes as if it had begun so.  Only shocks stay changes. */
static int fold(json_t *spec, struct oc_err *err)
{
    json_t *options = oc_sessionplan_options(spec, 0), *left = json_array(), *change;
    size_t i;

    json_array_foreach(json_object_get(spec, "changes"), i, change)
        if (json_object_get(change, "shock"))
            json_array_append(left, change);
    return json_object_set_new(spec, "options", options) || json_object_set_new(spec, "changes", left)
         ? oc_fail(err, OC_MEMORY, "no memory for a change") : 0;
}

static int set_fn(void *ctx, const struct oc_sessiondesk *d, struct oc_session_row *s, json_t *spec, struct oc_err *err)
{
    const struct setting *c = ctx;
    const bool begun = s->step > 0;
    const uint64_t steps = s->steps;

    if ((begun && check_settable(c->set, err)) || check_effect(d, spec, s->step, c->set, err))
        return -1;
    if (add_files(json_object_get(spec, "files"), c->files, !begun, err) || add_change(spec, s->step, c->set, err))
        return -1;
    if (!begun && fold(spec, err))
        return -1;
    s->blob.n = 0;
    if (settle(d, s, spec, err))
        return -1;
    if (is(s, "Completed") && s->steps <= steps)
        return oc_fail(err, OC_STATE, "session '%s' is completed: only more steps can be set, or reset it", s->id);
    enter(s, s->step == s->steps ? "Completed" : "Modified");
    return 0;
}

int oc_session_set(const struct oc_sessiondesk *d, const char *id, const json_t *set, const json_t *files,
                   struct oc_session_row *out, struct oc_err *err)
{
    return change(d, id, set_fn, &(struct setting){ set, files }, out, err);
}

/* ---- reset --------------------------------------------------------------------------------------------------- */

static int reset_fn(void *ctx, const struct oc_sessiondesk *d, struct oc_session_row *s, json_t *spec, struct oc_err *err)
{
    (void)ctx;
    json_object_set_new(spec, "options", oc_sessionplan_options(spec, UINT64_MAX));
    json_object_set_new(spec, "changes", json_array());
    s->step = 0;
    s->blob.n = s->last.n = 0;
    enter(s, "Reinitialized");
    return settle(d, s, spec, err);
}

int oc_session_reset(const struct oc_sessiondesk *d, const char *id, struct oc_session_row *out, struct oc_err *err)
{
    return change(d, id, reset_fn, NULL, out, err);
}

/* ---- fork ---------------------------------------------------------------------------------------------------- */

/* Changes behind a step did not happen yet; a shock comes on top. */
static int cut_changes(json_t *spec, uint64_t at, const json_t *shock, struct oc_err *err)
{
    json_t *changes = json_object_get(spec, "changes");
    const char *name;
    json_t *v;
    double factor;

    for (size_t i = json_array_size(changes); i-- > 0;)
        if ((uint64_t)json_integer_value(json_object_get(json_array_get(changes, i), "at")) > at)
            json_array_remove(changes, i);
    json_object_foreach((json_t *)shock, name, v) {
        if (strcmp(name, "vol") != 0 && strcmp(name, "spot") != 0)
            return oc_fail(err, OC_USAGE, "shock: '%.40s' is neither vol nor spot", name);
        if (!json_is_string(v) || oc_sessionplan_factor(name, json_string_value(v), &factor, err))
            return json_is_string(v) ? -1 : oc_fail(err, OC_USAGE, "shock %s: wants a string such as +10%%", name);
    }
    if (shock && json_array_append_new(changes, json_pack("{s:I, s:O}", "at", (json_int_t)at, "shock", shock)))
        return oc_fail(err, OC_MEMORY, "no memory for a shock");
    return 0;
}

static int fork_of(const struct oc_sessiondesk *d, const struct oc_session_row *s, const char *id, json_t *spec, uint64_t at,
                   const json_t *shock, struct oc_session_row *out, struct oc_err *err)
{
    *out = (struct oc_session_row){ .version = 1, .step = at, .fork_step = at, .written = d->now, .ttl_s = s->ttl_s };
    snprintf(out->id, sizeof out->id, "%s", id);
    snprintf(out->parent, sizeof out->parent, "%s", s->id);
    if (cut_changes(spec, at, shock, err))
        return -1;
    /* a state of the original spares the way from the beginning; a shock would be missing in the one at this very step */
    const struct oc_buf *near = at == s->step && !shock ? &s->blob : &s->last;
    uint64_t step;
    int64_t ts;
    if (oc_sessionwalk_peek(near, &step, &ts) && step <= at && !(step == at && shock))
        oc_buf_put(&out->last, near->p, near->n);
    const int rc = settle(d, out, spec, err);
    out->last.n = 0;
    if (rc)
        return -1;
    enter(out, at == out->steps ? "Completed" : shock ? "Modified" : at ? "InProgress" : "Initialized");
    return oc_sessionplan_put(spec, &out->spec, err);
}

int oc_session_fork(const struct oc_sessiondesk *d, const char *id, struct oc_sessions *to, const char *to_id, uint64_t at,
                    const json_t *shock, struct oc_session_row *out, struct oc_err *err)
{
    struct oc_session_row s;

    *out = (struct oc_session_row){ .version = 0 };
    if (oc_session_get(d, id, &s, err))
        return -1;
    json_t *spec = oc_sessionplan_get(id, &s.spec, err);
    const uint64_t step = at == OC_SESSION_ANY ? s.step : at;
    int rc = spec ? 0 : -1;
    if (rc == 0 && step > s.step)
        rc = oc_fail(err, OC_STATE, "session '%s' stands at step %llu: it cannot be forked at %llu", id,
                     (unsigned long long)s.step, (unsigned long long)step);
    if (rc == 0 && is(&s, "Error") && step == s.step)
        rc = oc_fail(err, OC_STATE, "session '%s' has failed at step %llu: fork it at an earlier one", id,
                     (unsigned long long)step);
    if (rc == 0 && fork_of(d, &s, to_id, spec, step, shock && json_object_size(shock) ? shock : NULL, out, err))
        rc = -1;
    if (rc == 0) {
        const int done = oc_sessions_create(to, out, err);
        rc = done > 0 ? 0 : -1;
        if (done == 0)
            oc_fail(err, OC_STATE, "there is a session '%s' in %s already", to_id, oc_sessions_name(to));
    }
    json_decref(spec);
    oc_session_free(&s);
    return rc;
}

int oc_session_remove(const struct oc_sessiondesk *d, const char *id, struct oc_err *err)
{
    const int done = oc_sessions_remove(d->store, id, 0, err);

    return done == 0 ? oc_fail(err, OC_ABSENT, "no session '%s' in %s", id, oc_sessions_name(d->store)) : done < 0 ? -1 : 0;
}
