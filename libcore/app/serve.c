/* serve - see serve.h.  One request after the other: what runs at the same time runs as processes, on one store. */
#include "app/serve.h"

#include "app/sessionrows.h"
#include "app/sessiontime.h"
#include "base/base64.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct service {
    struct oc_sessiondesk *desk;
    struct oc_io io;                /* of answers: JSON lines, no files */
    const json_t *request;
    const char *field;              /* the member at fault, for the error */
    json_t *answer;
    struct oc_buf records;          /* JSON lines of the answer's array */
    const char *array;              /* its name; NULL: none */
    struct oc_err err;
};

/* ---- members of a request ---------------------------------------------------------------------------------- */

static int fault(struct service *v, const char *field, const char *why)
{
    v->field = field;
    return oc_fail(&v->err, OC_USAGE, "%s: %s", field, why);
}

static const char *text_of(struct service *v, const char *name)
{
    const json_t *m = json_object_get(v->request, name);

    if (json_is_string(m))
        return json_string_value(m);
    fault(v, name, m ? "is no string" : "is missing");
    return NULL;
}

static const char *session_of(struct service *v)
{
    const char *id = text_of(v, "session");

    if (!id || oc_session_id(id, strlen(id), &v->err) == 0)
        return id;
    v->field = "session";
    return NULL;
}

static int number_of(struct service *v, const char *name, uint64_t initial, uint64_t *to)
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
static int object_of(struct service *v, const char *name, bool wanted, json_t **to)
{
    json_t *m = json_object_get(v->request, name);

    *to = NULL;
    if (m ? !json_is_object(m) : wanted)
        return fault(v, name, m ? "is no object" : "is missing");
    *to = m ? json_deep_copy(m) : json_object();
    return *to ? 0 : oc_fail(&v->err, OC_MEMORY, "no memory for a request");
}

static int check_members(struct service *v, const char *allowed)
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
static int add_file(struct service *v, const char *field, const char *name, const json_t *m, json_t *files)
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

static int files_of(struct service *v, json_t **files)
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
static int answer_rows(struct service *v, struct oc_sessionrows *rows, bool all)
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

static int answer_session(struct service *v, int rc, struct oc_session_row *s)
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

static void answer_steps(struct service *v, uint64_t first, uint64_t n)
{
    json_object_set_new(v->answer, "first", json_integer((json_int_t)first));
    json_object_set_new(v->answer, "n", json_integer((json_int_t)n));
    v->array = "records";
}

/* ---- operations ----------------------------------------------------------------------------------------------- */

static int op_create(struct service *v)
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

static int steps(struct service *v, bool peek)
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

static int op_next(struct service *v) { return steps(v, false); }
static int op_peek(struct service *v) { return steps(v, true); }

static int op_set(struct service *v)
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

static int op_reset(struct service *v)
{
    struct oc_session_row s = { .version = 0 };
    const char *id = session_of(v);

    return answer_session(v, id ? oc_session_reset(v->desk, id, &s, &v->err) : -1, &s);
}

static int op_fork(struct service *v)
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

static int op_show(struct service *v)
{
    struct oc_session_row s = { .version = 0 };
    const char *id = session_of(v);

    return answer_session(v, id ? oc_session_get(v->desk, id, &s, &v->err) : -1, &s);
}

static int see(void *ctx, const struct oc_session_row *row, struct oc_err *err) { return oc_sessionrows_add(ctx, row, err); }

static int op_list(struct service *v)
{
    struct oc_sessionrows rows = { .n = 0 };

    if (oc_sessions_list(v->desk->store, see, &rows, &v->err) == 0)
        return answer_rows(v, &rows, true);
    oc_sessionrows_free(&rows);
    return -1;
}

static int op_export(struct service *v)
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

static int op_delete(struct service *v)
{
    const char *id = session_of(v);

    return id ? oc_session_remove(v->desk, id, &v->err) : -1;
}

static const struct operation { const char *name, *members; int (*run)(struct service *v); } operations[] = {
    { "create", "session options chain files ttl", op_create }, { "next", "session n expect_step", op_next },
    { "peek", "session n expect_step", op_peek }, { "set", "session set files", op_set }, { "reset", "session", op_reset },
    { "fork", "session as at shock", op_fork }, { "show", "session", op_show }, { "list", "", op_list },
    { "export", "session from_step to_step", op_export }, { "delete", "session", op_delete },
};

/* ---- one line --------------------------------------------------------------------------------------------------- */

static int operate(struct service *v)
{
    const char *op = text_of(v, "op");

    if (!op)
        return -1;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].name, op) == 0)
            return check_members(v, operations[i].members) ? -1 : operations[i].run(v);
    return fault(v, "op", "is none of: create next peek set reset fork show list export delete");
}

/* Does the text nest deeper than a request may?  (The parser would recurse as deep.) */
static bool too_deep(const char *p, size_t n)
{
    bool string = false;
    int depth = 0;

    for (size_t i = 0; i < n; i++) {
        if (string && p[i] == '\\')
            i++;
        else if (p[i] == '"')
            string = !string;
        else if (!string && (p[i] == '[' || p[i] == '{') && ++depth > OC_SERVE_DEPTH)
            return true;
        else if (!string && (p[i] == ']' || p[i] == '}'))
            depth--;
    }
    return false;
}

static json_t *parse(struct service *v, const char *p, size_t n)
{
    json_error_t why;

    if (too_deep(p, n)) {
        oc_fail(&v->err, OC_FORMAT, "nested deeper than %d", OC_SERVE_DEPTH);
        return NULL;
    }
    json_t *request = json_loadb(p, n, JSON_REJECT_DUPLICATES, &why);
    if (!request)
        oc_fail(&v->err, OC_FORMAT, "no JSON: %.200s", why.text);
    else if (!json_is_object(request))
        oc_fail(&v->err, OC_FORMAT, "a request is an object");
    else
        return request;
    json_decref(request);
    return NULL;
}

static void say_error(struct service *v)
{
    json_t *e = json_object();
    struct oc_buf text = { 0 };

    if (v->err.file[0])
        oc_buf_printf(&text, "%s:%s", v->err.file, v->err.line ? "" : " ");
    if (v->err.file[0] && v->err.line)
        oc_buf_printf(&text, "%llu: ", (unsigned long long)v->err.line);
    oc_buf_puts(&text, v->err.text);
    json_object_set_new(e, "code", json_string(oc_err_name(v->err.code)));
    /* what a request quotes may be cut in the middle of a letter */
    if (json_object_set_new(e, "message", json_string(oc_buf_str(&text))))
        json_object_set_new(e, "message", json_string("something in the request"));
    if (v->field)
        json_object_set_new(e, "field", json_string(v->field));
    json_object_set_new(v->answer, "error", e);
    oc_buf_free(&text);
}

/* {"id": ..., "ok": ..., members, "records": [lines]} */
static void put_answer(struct service *v, const json_t *id, bool ok, struct oc_buf *out)
{
    json_t *head = json_object();
    const char *name;
    json_t *m;

    if (id)
        json_object_set(head, "id", (json_t *)id);
    json_object_set_new(head, "ok", json_boolean(ok));
    json_object_foreach(v->answer, name, m)
        json_object_set(head, name, m);
    char *text = json_dumps(head, JSON_COMPACT | JSON_ENCODE_ANY);
    oc_buf_puts(out, text ? text : "{\"ok\":false}");
    free(text);
    json_decref(head);
    if (ok && v->array) {
        out->n--;
        oc_buf_printf(out, ",\"%s\":[", v->array);
        for (size_t i = 0; i < v->records.n; i++)
            if (v->records.p[i] != '\n')
                oc_buf_char(out, v->records.p[i]);
            else if (i + 1 < v->records.n)
                oc_buf_char(out, ',');
        oc_buf_puts(out, "]}");
    }
    oc_buf_char(out, '\n');
}

/* Answer one line into `out`. */
static void answer(struct service *v, const char *p, size_t n, bool clock, struct oc_buf *out)
{
    v->err = (struct oc_err){ .code = OC_OK };
    v->field = v->array = NULL;
    v->records.n = 0;
    v->answer = json_object();
    json_t *request = parse(v, p, n);
    v->request = request;
    int rc = request ? 0 : -1;
    if (rc == 0 && clock)
        rc = oc_sessiontime_now(NULL, &v->desk->now, &v->err);
    if (rc == 0)
        rc = operate(v);
    if (rc)
        say_error(v);
    put_answer(v, json_object_get(request, "id"), rc == 0, out);
    json_decref(v->answer);
    json_decref(request);
}

/* ---- the input ---------------------------------------------------------------------------------------------------- */

struct lines {
    struct oc_buf held;     /* bytes read; [0, done) are answered */
    size_t done, looked;
    bool skipping;          /* the rest of a line that is too long */
};

/* The next whole line.  1 it is there, 0 the input has ended, -1; *long_one: it was too long and is gone. */
static int next_line(struct lines *l, size_t max, const char **p, size_t *n, bool *long_one, struct oc_err *err)
{
    for (*long_one = false;;) {
        char *nl = l->held.n > l->looked ? memchr(l->held.p + l->looked, '\n', l->held.n - l->looked) : NULL;
        if (nl) {
            *p = l->held.p + l->done;
            *n = (size_t)(nl - *p);
            l->done = l->looked = (size_t)(nl - l->held.p) + 1;
            *long_one = l->skipping || *n > max;
            l->skipping = false;
            return 1;
        }
        if (l->done) {
            memmove(l->held.p, l->held.p + l->done, l->held.n - l->done);
            l->held.n -= l->done;
            l->done = 0;
        }
        if (l->held.n > max || l->skipping) {
            l->skipping = true;
            l->held.n = 0;
        }
        l->looked = l->held.n;
        if (oc_buf_room(&l->held, 1 << 16))
            return oc_fail(err, OC_MEMORY, "no memory for a request");
        const ssize_t got = read(STDIN_FILENO, l->held.p + l->held.n, 1 << 16);
        if (got < 0 && errno != EINTR)
            return oc_fail_errno(err, OC_IO, "cannot read standard input");
        l->held.n += got > 0 ? (size_t)got : 0;
        if (got == 0) {     /* a last line without its end is a request too */
            *p = l->held.p;
            *n = l->held.n;
            *long_one = l->skipping;
            l->held.n = l->looked = 0;
            const bool any = *n || l->skipping;
            l->skipping = false;
            return any;
        }
    }
}

static int write_all(struct oc_buf *b, struct oc_err *err)
{
    if (b->failed)
        return oc_fail(err, OC_MEMORY, "no memory for an answer");
    for (size_t at = 0; at < b->n;) {
        const ssize_t n = write(STDOUT_FILENO, b->p + at, b->n - at);
        if (n < 0 && errno != EINTR)
            return oc_fail_errno(err, OC_IO, "cannot write to standard output");
        at += n > 0 ? (size_t)n : 0;
    }
    b->n = 0;
    return 0;
}

static bool is_blank(const char *p, size_t n)
{
    while (n && (p[n - 1] == ' ' || p[n - 1] == '\t' || p[n - 1] == '\r'))
        n--;
    return n == 0;
}

int oc_serve_run(struct oc_sessiondesk *d, bool clock, const struct oc_io *io, struct oc_err *err)
{
    struct service v = { .desk = d, .io = OC_IO_DEFAULT };
    struct lines l = { .done = 0 };
    struct oc_buf out = { 0 };
    const char *p = NULL;
    size_t n = 0;
    bool long_one;
    int rc;

    v.io.prog = io->prog;
    v.io.output_format = "jsonl";
    v.io.progress = "never";
    v.io.no_provenance = true;
    v.io.number_format = io->number_format;
    while ((rc = next_line(&l, io->limits.max_record, &p, &n, &long_one, err)) > 0) {
        if (long_one)
            oc_buf_printf(&out, "{\"ok\":false,\"error\":{\"code\":\"limit\",\"message\":\"a request of more than %zu "
                          "bytes: see --max-record\"}}\n", io->limits.max_record);
        else if (!is_blank(p, n))
            answer(&v, p, n, clock, &out);
        if (write_all(&out, err)) {
            rc = -1;
            break;
        }
    }
    oc_buf_free(&out);
    oc_buf_free(&v.records);
    oc_buf_free(&l.held);
    return rc;
}
