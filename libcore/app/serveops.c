/* serveops - see serveops.h, and serve.h for the requests. */
#include "app/serveops.h"

#include "app/sessionrows.h"
#include "app/sessiontime.h"
#include "base/base64.h"

#include <string.h>


/* ---- members of a request ---------------------------------------------------------------------------------- */

static int fault(struct oc_service *v, const char *field, const char *why)
{
    v->field = field;
    return oc_fail(&v->err, OC_USAGE, "%s: %s", field, why);
}

static const char *text_of(struct oc_service *v, const char *name)
{
    const json_t *m = json_object_get(v->request, name);

    if (json_is_string(m))
        return json_string_value(m);
    fault(v, name, m ? "is no string" : "is missing");
    return NULL;
}

static const char *session_of(struct oc_service *v)
{
    const char *id = text_of(v, "session");

    if (!id || oc_session_id(id, strlen(id), &v->err) == 0)
        return id;
    v->field = "session";
    return NULL;
}

static int number_of(struct oc_service *v, const char *name, uint64_t initial, uint64_t *to)
{
    const json_t *m = json_object_get(v->request, name);

    *to = initial;
    if (!m || json_is_null(m))
        return 0;
    if (!json_is_integer(m) || json_integer_value(m) < 0)
        return fault(v, name, "is no whole number from 0");
    *to = (uint64_t)json_integer_value(m);
    return 0;
}

/* An object, empty where it is left out. */
static int object_of(struct oc_service *v, const char *name, bool wanted, json_t **to)
{
    json_t *m = json_object_get(v->request, name);

    *to = NULL;
    if (m ? !json_is_object(m) : wanted)
        return fault(v, name, m ? "is no object" : "is missing");
    *to = m ? json_deep_copy(m) : json_object();
    return *to ? 0 : oc_fail(&v->err, OC_MEMORY, "no memory for a request");
}

static int check_members(struct oc_service *v, const char *allowed)
{
    const char *name;
    json_t *m;

    json_object_foreach((json_t *)v->request, name, m)
        if (strcmp(name, "id") != 0 && strcmp(name, "op") != 0 && !oc_opt_in(allowed, name, strlen(name))) {
            v->field = name;
            return oc_fail(&v->err, OC_USAGE, "'%.60s' is no member of this request: it has %s", name, allowed);
        }
    return 0;
}

/* Text, or {"base64": "..."}, as base64 under a name in `files`. */
static int add_file(struct oc_service *v, const char *field, const char *name, const json_t *m, json_t *files)
{
    const json_t *coded = json_object_get(m, "base64");
    struct oc_buf b = { 0 };
    int rc = 0;

    if (json_is_string(m)) {
        oc_base64_put(&b, json_string_value(m), json_string_length(m));
        rc = b.failed || json_object_set_new(files, name, json_stringn(b.n ? b.p : "", b.n))
           ? oc_fail(&v->err, OC_MEMORY, "no memory for a file") : 0;
    } else if (json_is_string(coded) && json_object_size(m) == 1) {
        rc = oc_base64_get(&b, json_string_value(coded), json_string_length(coded)) ? fault(v, field, "is no base64")
           : json_object_set(files, name, (json_t *)coded);
    } else {
        rc = fault(v, field, "is neither a text nor {\"base64\": \"...\"}");
    }
    oc_buf_free(&b);
    return rc ? -1 : 0;
}

static int files_of(struct oc_service *v, json_t **files)
{
    json_t *given, *m;
    const char *name;
    int rc = object_of(v, "files", false, &given);

    *files = json_object();
    json_object_foreach(given, name, m) {
        if (rc == 0 && strcmp(name, "-") == 0)
            rc = fault(v, "files", "the chain has a member of its own");
        else if (rc == 0)
            rc = add_file(v, "files", name, m, *files);
    }
    json_decref(given);
    return rc;
}

/* ---- answers ------------------------------------------------------------------------------------------------ */

/* Rows of sessions as JSON: one under "session", or all as the array "sessions". */
static int answer_rows(struct oc_service *v, struct oc_sessionrows *rows, bool all)
{
    int rc = oc_sessionrows_write(rows, &v->io, &v->records, &v->err);

    if (rc == 0 && all) {
        v->array = "sessions";
    } else if (rc == 0) {
        json_t *one = json_loadb(v->records.p, v->records.n, JSON_DISABLE_EOF_CHECK, NULL);
        if (json_object_set_new(v->answer, "session", one))
            rc = oc_fail(&v->err, OC_INTERNAL, "the record of a session is no JSON");
        v->records.n = 0;
    }
    oc_sessionrows_free(rows);
    return rc;
}

static int answer_session(struct oc_service *v, int rc, struct oc_session_row *s)
{
    struct oc_sessionrows rows = { .n = 0 };

    if (rc == 0)
        rc = oc_sessionrows_add(&rows, s, &v->err);
    oc_session_free(s);
    if (rc == 0)
        return answer_rows(v, &rows, false);
    oc_sessionrows_free(&rows);
    return -1;
}

static void answer_steps(struct oc_service *v, uint64_t first, uint64_t n)
{
    json_object_set_new(v->answer, "first", json_integer((json_int_t)first));
    json_object_set_new(v->answer, "n", json_integer((json_int_t)n));
    v->array = "records";
}

/* ---- operations ----------------------------------------------------------------------------------------------- */

static int op_create(struct oc_service *v)
{
    struct oc_session_row s = { .version = 0 };
    const char *id = session_of(v);
    const json_t *chain = json_object_get(v->request, "chain"), *life = json_object_get(v->request, "ttl");
    json_t *options = NULL, *files = NULL;
    int64_t ttl = 0;

    int rc = id ? object_of(v, "options", true, &options) : -1;
    if (rc == 0)
        rc = files_of(v, &files);
    if (rc == 0 && chain)
        rc = add_file(v, "chain", "-", chain, files);
    if (rc == 0 && life)
        rc = !json_is_string(life) ? fault(v, "ttl", "is no text such as \"2h\"")
           : oc_sessiontime_span("ttl", json_string_value(life), &ttl, &v->err);
    json_t *spec = NULL;
    if (rc == 0)
        spec = json_pack("{s:i, s:O, s:O, s:[]}", "oc_session", 1, "options", options, "files", files, "changes");
    if (rc == 0)
        v->field = "options";
    if (rc == 0)
        rc = spec ? oc_sessionplan_check(v->desk->plans, spec, &v->err)
                  : oc_fail(&v->err, OC_MEMORY, "no memory for a session");
    if (rc == 0)
        rc = oc_session_new(v->desk, id, spec, ttl, &s, &v->err);
    if (rc && v->err.code == OC_STATE)
        v->field = "session";
    json_decref(spec);
    json_decref(options);
    json_decref(files);
    return answer_session(v, rc, &s);
}

static int steps(struct oc_service *v, bool peek)
{
    struct oc_served served;
    const char *id = session_of(v);
    uint64_t n, expect;

    if (!id || number_of(v, "n", 1, &n) || number_of(v, "expect_step", OC_SESSION_ANY, &expect))
        return -1;
    if (n == 0 || n > OC_SERVE_STEPS)
        return fault(v, "n", "is not from 1 to 10000");
    if (oc_session_serve(v->desk, id, n, expect, peek, &v->io, &v->records, &served, &v->err)) {
        const bool step = v->err.code == OC_MOVED || v->err.code == OC_RACE;
        v->field = v->err.code == OC_ABSENT ? "session" : step ? "expect_step" : NULL;
        return -1;
    }
    answer_steps(v, served.first, served.n);
    if (!peek)
        json_object_set_new(v->answer, "replayed", json_boolean(served.replayed));
    return 0;
}

static int op_next(struct oc_service *v) { return steps(v, false); }
static int op_peek(struct oc_service *v) { return steps(v, true); }

static int op_set(struct oc_service *v)
{
    struct oc_session_row s = { .version = 0 };
    const char *id = session_of(v);
    json_t *set = NULL, *files = NULL;

    int rc = id ? object_of(v, "set", true, &set) : -1;
    if (rc == 0)
        rc = files_of(v, &files);
    json_t *spec = rc == 0 ? json_pack("{s:O, s:O}", "options", set, "files", files) : NULL;
    if (rc == 0)
        v->field = "set";
    if (rc == 0)
        rc = spec ? oc_sessionplan_check(v->desk->plans, spec, &v->err)
                  : oc_fail(&v->err, OC_MEMORY, "no memory for a change");
    if (rc == 0)
        rc = oc_session_set(v->desk, id, set, files, &s, &v->err);
    if (rc && v->err.code == OC_ABSENT)
        v->field = "session";
    json_decref(spec);
    json_decref(set);
    json_decref(files);
    return answer_session(v, rc, &s);
}

static int op_reset(struct oc_service *v)
{
    struct oc_session_row s = { .version = 0 };
    const char *id = session_of(v);

    return answer_session(v, id ? oc_session_reset(v->desk, id, &s, &v->err) : -1, &s);
}

static int op_fork(struct oc_service *v)
{
    struct oc_session_row s = { .version = 0 };
    const char *id = session_of(v), *as = id ? text_of(v, "as") : NULL;
    json_t *shock = NULL;
    uint64_t at;
    int rc = id && as ? 0 : -1;

    if (rc == 0 && (rc = oc_session_id(as, strlen(as), &v->err)))
        v->field = "as";
    if (rc == 0)
        rc = number_of(v, "at", OC_SESSION_ANY, &at) || object_of(v, "shock", false, &shock) ? -1 : 0;
    if (rc == 0)
        rc = oc_session_fork(v->desk, id, v->desk->store, as, at, shock, &s, &v->err);
    json_decref(shock);
    return answer_session(v, rc, &s);
}

static int op_show(struct oc_service *v)
{
    struct oc_session_row s = { .version = 0 };
    const char *id = session_of(v);

    return answer_session(v, id ? oc_session_get(v->desk, id, &s, &v->err) : -1, &s);
}

static int see(void *ctx, const struct oc_session_row *row, struct oc_err *err) { return oc_sessionrows_add(ctx, row, err); }

static int op_list(struct oc_service *v)
{
    struct oc_sessionrows rows = { .n = 0 };

    if (oc_sessions_list(v->desk->store, see, &rows, &v->err) == 0)
        return answer_rows(v, &rows, true);
    oc_sessionrows_free(&rows);
    return -1;
}

static int op_export(struct oc_service *v)
{
    struct oc_session_row s;
    const char *id = session_of(v);
    uint64_t from, to;

    if (!id || oc_session_get(v->desk, id, &s, &v->err))
        return -1;
    const uint64_t served = s.step;
    oc_session_free(&s);
    if (number_of(v, "from_step", 0, &from) || number_of(v, "to_step", served ? served - 1 : 0, &to))
        return -1;
    if (!served && !json_object_get(v->request, "to_step"))
        return oc_fail(&v->err, OC_STATE, "session '%s' has served no step yet; to_step names one that it will", id);
    if (to < from || to - from >= OC_SERVE_STEPS)
        return fault(v, "to_step", "is before from_step, or more than 10000 steps from it");
    if (oc_session_export(v->desk, id, from, to + 1, &v->io, &v->records, &v->err))
        return -1;
    answer_steps(v, from, to - from + 1);
    return 0;
}

static int op_delete(struct oc_service *v)
{
    const char *id = session_of(v);

    return id ? oc_session_remove(v->desk, id, &v->err) : -1;
}

static const struct operation { const char *name, *members; int (*run)(struct oc_service *v); } operations[] = {
    { "create", "session options chain files ttl", op_create }, { "next", "session n expect_step", op_next },
    { "peek", "session n expect_step", op_peek }, { "set", "session set files", op_set }, { "reset", "session", op_reset },
    { "fork", "session as at shock", op_fork }, { "show", "session", op_show }, { "list", "", op_list },
    { "export", "session from_step to_step", op_export }, { "delete", "session", op_delete },
};

int oc_serveops_run(struct oc_service *v)
{
    const char *op = text_of(v, "op");

    if (!op)
        return -1;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].name, op) == 0)
            return check_members(v, operations[i].members) ? -1 : operations[i].run(v);
    return fault(v, "op", "is none of: create next peek set reset fork show list export delete");
}
