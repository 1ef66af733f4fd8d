/* serve - see serve.h.  One request after the other: what runs at the same time runs as processes, on one store. */
#include "app/serve.h"

#include "app/serveops.h"
#include "app/sessiontime.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- one line --------------------------------------------------------------------------------------------- */

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

static json_t *parse(struct oc_service *v, const char *p, size_t n)
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

static void say_error(struct oc_service *v)
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
static void put_answer(struct oc_service *v, const json_t *id, bool ok, struct oc_buf *out)
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
static void answer(struct oc_service *v, const char *p, size_t n, bool clock, struct oc_buf *out)
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
        rc = oc_serveops_run(v);
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
    struct oc_service v = { .desk = d, .io = OC_IO_DEFAULT };
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
