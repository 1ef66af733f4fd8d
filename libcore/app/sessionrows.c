/* sessionrows - see sessionrows.h. */
#include "app/sessionrows.h"

#include "app/sessionplan.h"
#include "app/sessionwalk.h"
#include "record/symtab.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS = 6, NUMBERS = 5 };

struct oc_sessionrow {
    char *text[TEXTS];          /* owned */
    int64_t number[NUMBERS];    /* INT64_MIN: missing */
    int64_t ts;
};

static const char *const texts[TEXTS] = { "session", "state", "symbol", "model", "parent", "spec" };
static const char *const numbers[NUMBERS] = { "step", "steps", "seed", "ttl_s", "fork_step" };

/* ---- the text of a plan ---------------------------------------------------------------------------------- */

static void quoted(struct oc_buf *b, const char *s)
{
    static const char harmless[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.,:/=_%@";
    const bool plain = *s && strspn(s, harmless) == strlen(s);

    oc_buf_puts(b, plain ? "" : "'");
    for (; *s; s++)
        oc_buf_printf(b, !plain && *s == '\'' ? "'\\''" : "%c", *s);
    oc_buf_puts(b, plain ? "" : "'");
}

static void option(struct oc_buf *b, const char *name, const json_t *v)
{
    size_t i;
    const json_t *one;

    if (json_is_array(v)) {
        json_array_foreach(v, i, one)
            option(b, name, one);
        return;
    }
    oc_buf_printf(b, "%s--%s%s", b->n ? " " : "", json_is_false(v) ? "no-" : json_is_null(v) ? "unset=" : "", name);
    if (json_is_string(v)) {
        oc_buf_char(b, '=');
        quoted(b, json_string_value(v));
    }
}

/* "--model=... --steps=250 [at 12: --rate=5%] [at 40: --shock vol=+10%]", in the order of names. */
static void spec_text(struct oc_buf *b, const json_t *spec)
{
    json_t *v;
    size_t i;
    const char *name;
    const json_t *change;
    json_t *sorted = NULL;
    char *text = json_dumps(json_object_get(spec, "options"), JSON_SORT_KEYS);

    sorted = text ? json_loads(text, 0, NULL) : NULL;
    free(text);
    json_object_foreach(sorted, name, v)
        option(b, name, v);
    json_decref(sorted);
    json_array_foreach(json_object_get(spec, "changes"), i, change) {
        struct oc_buf one = { 0 };
        json_object_foreach(json_object_get(change, "set"), name, v)
            option(&one, name, v);
        json_object_foreach(json_object_get(change, "shock"), name, v)
            oc_buf_printf(&one, "%s--shock=%s=%s", one.n ? " " : "", name, json_string_value(v));
        oc_buf_printf(b, "%s[at %lld: %s]", b->n ? " " : "", (long long)json_integer_value(json_object_get(change, "at")),
                      oc_buf_str(&one));
        oc_buf_free(&one);
    }
}

/* ---- the list -------------------------------------------------------------------------------------------- */

static char *copy_of(const char *s) { return strdup(s ? s : ""); }

int oc_sessionrows_add(struct oc_sessionrows *r, const struct oc_session_row *s, struct oc_err *err)
{
    json_t *spec = oc_sessionplan_get(s->id, &s->spec, err);
    struct oc_buf text = { 0 };
    uint64_t step;

    if (!spec)
        return -1;
    if (r->n == r->cap) {
        struct oc_sessionrow *more = realloc(r->v, (2 * r->cap + 8) * sizeof *more);
        if (!more) {
            json_decref(spec);
            return oc_fail(err, OC_MEMORY, "no memory for a list of sessions");
        }
        r->v = more;
        r->cap = 2 * r->cap + 8;
    }
    spec_text(&text, spec);
    struct oc_sessionrow *row = &r->v[r->n++];
    *row = (struct oc_sessionrow){
        .text = { copy_of(s->id), copy_of(s->state), copy_of(json_string_value(json_object_get(spec, "symbol"))),
                  copy_of(json_string_value(json_object_get(spec, "model"))), copy_of(s->parent),
                  copy_of(oc_buf_str(&text)) },
        .number = { (int64_t)s->step, (int64_t)s->steps, (int64_t)s->seed, s->ttl_s ? s->ttl_s : INT64_MIN,
                    s->parent[0] ? (int64_t)s->fork_step : INT64_MIN },
        .ts = INT64_MIN,
    };
    oc_sessionwalk_peek(&s->blob, &step, &row->ts);
    oc_buf_free(&text);
    json_decref(spec);
    for (size_t i = 0; i < TEXTS; i++)
        if (!row->text[i])
            return oc_fail(err, OC_MEMORY, "no memory for a list of sessions");
    return 0;
}

void oc_sessionrows_free(struct oc_sessionrows *r)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < TEXTS; k++)
            free(r->v[i].text[k]);
    free(r->v);
    *r = (struct oc_sessionrows){ .n = 0 };
}

/* ---- records ----------------------------------------------------------------------------------------------- */

static int job(void *ctx, uint64_t number, void **out, struct oc_err *err)
{
    (void)err;
    *out = ctx;
    return number == 0;
}

static int add_texts(struct oc_batch *out, const struct oc_sessionrows *r, size_t n, size_t k, struct oc_err *err)
{
    struct oc_symtab tab = { 0 };
    int32_t *id = oc_arena_alloc(&out->arena, (n + 1) * sizeof *id), *index;
    int rc = id ? 0 : oc_fail(err, OC_MEMORY, "no memory for a column");

    for (size_t i = 0; rc == 0 && i < n; i++)
        if ((id[i] = oc_symtab_id(&tab, r->v[i].text[k], strlen(r->v[i].text[k]))) < 0)
            rc = oc_fail(err, OC_MEMORY, "no memory for texts");
    struct oc_dict *d = rc == 0 ? oc_symtab_dict(&tab, err) : NULL;
    if (!d || oc_add_sym(out, texts[k], d, &index, NULL, err))
        rc = -1;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        index[i] = id[i];
        if (!r->v[i].text[k][0])
            rc = oc_batch_missing(out, oc_col(out, texts[k]), i, err);
    }
    oc_dict_drop(d);
    oc_symtab_free(&tab);
    return rc;
}

static int add_numbers(struct oc_batch *out, const struct oc_sessionrows *r, size_t n, const char *name, enum oc_type type,
                       size_t at, struct oc_err *err)
{
    int64_t *v;

    if (oc_add_i64(out, name, type, &v, NULL, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        memcpy(&v[i], (const char *)&r->v[i] + at, sizeof *v);
        if (v[i] == INT64_MIN && oc_batch_missing(out, oc_col(out, name), i, err))
            return -1;
    }
    return 0;
}

static int add_spec(struct oc_batch *out, const struct oc_sessionrows *r, size_t n, struct oc_err *err)
{
    size_t total = 0;
    int32_t *off;
    char *bytes;

    for (size_t i = 0; i < n; i++)
        total += strlen(r->v[i].text[TEXTS - 1]);
    if (oc_add_text(out, "spec", total, &off, &bytes, err))
        return -1;
    total = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t len = strlen(r->v[i].text[TEXTS - 1]);
        off[i] = (int32_t)total;
        memcpy(bytes + total, r->v[i].text[TEXTS - 1], len);
        total += len;
    }
    off[n] = (int32_t)total;
    return 0;
}

static int make(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err)
{
    const struct oc_sessionrows *r = ctx;
    const size_t n = in->job ? r->n : 0;
    int rc = 0;

    out->rows = n;
#define NUMBER(k) rc == 0 ? add_numbers(out, r, n, numbers[k], OC_I64, offsetof(struct oc_sessionrow, number[k]), err) : -1
    for (size_t k = 0; rc == 0 && k < 2; k++)
        rc = add_texts(out, r, n, k, err);
    rc = NUMBER(0);
    rc = NUMBER(1);
    rc = NUMBER(2);
    for (size_t k = 2; rc == 0 && k < 4; k++)
        rc = add_texts(out, r, n, k, err);
    if (rc == 0)
        rc = add_numbers(out, r, n, "ts", OC_TIME, offsetof(struct oc_sessionrow, ts), err);
    rc = NUMBER(3);
    if (rc == 0)
        rc = add_texts(out, r, n, 4, err);
    rc = NUMBER(4);
#undef NUMBER
    return rc == 0 ? add_spec(out, r, n, err) : -1;
}

int oc_sessionrows_write(struct oc_sessionrows *r, struct oc_io *io, struct oc_buf *out, struct oc_err *err)
{
    struct oc_io one = *io;
    const struct oc_work work = { .job = job, .make = make, .make_kind = "session", .into = out, .ctx = r };

    one.ninput = 0;
    one.input = NULL;
    one.arrow_in = false;
    one.read_main = true;   /* options of how records are read were the plan's */
    const int rc = oc_run(&one, &work, err);
    io->count = one.count;
    return rc;
}
