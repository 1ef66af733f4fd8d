/* diff - see diff.h.  Which columns are compared, and the walk over both streams in step. */
#include "app/diff.h"

#include "app/cat_pull.h"
#include "app/diff_report.h"
#include "app/diff_row.h"
#include "record/output.h"

#include <stdlib.h>
#include <string.h>

/* One side: its stream, the next row of its batch, the rows that wait. */
struct side {
    struct oc_cat_pull pull;
    size_t row;                 /* next one of the batch */
    bool ended;
    struct oc_diff_row now;
    struct oc_diff_hold hold;
};

struct diff {
    const struct oc_diff_spec *spec;
    struct side side[2];
    size_t n, nkey;
    struct oc_diff_column *cols, *keys;
    struct oc_diff_report report;
    struct oc_output out;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory to compare"); }

/* ---- columns ---------------------------------------------------------------------------------------------- */

static enum oc_diff_class class_of(enum oc_type t)
{
    switch (t) {
    case OC_F64: return OC_DIFF_NUMBER;
    case OC_SYM:
    case OC_TEXT: return OC_DIFF_TEXT;
    default: return OC_DIFF_INTEGER;
    }
}

/* The column as both sides have it; what is of different types is compared as text. */
static struct oc_diff_column column_of(const struct diff *d, int ia, int ib)
{
    const struct oc_field *a = ia < 0 ? NULL : &d->side[0].pull.schema.field[ia];
    const struct oc_field *b = ib < 0 ? NULL : &d->side[1].pull.schema.field[ib];
    const struct oc_field *one = a ? a : b;
    struct oc_diff_column c = { .name = one->name, .type = one->type, .class = class_of(one->type),
                                .foreign = !one->def, .at = { a ? (size_t)ia : SIZE_MAX, b ? (size_t)ib : SIZE_MAX } };

    if (a && b && a->type != b->type) {
        const bool numbers = (a->type == OC_F64 && b->type == OC_I64) || (a->type == OC_I64 && b->type == OC_F64);
        c.class = numbers ? OC_DIFF_NUMBER : OC_DIFF_TEXT;
        c.foreign = true;
    }
    return c;
}

static int add_key(struct diff *d, const char *name, size_t len, bool wanted, struct oc_err *err)
{
    char text[256];

    if (len >= sizeof text)
        return oc_fail(err, OC_COLUMN, "--key: a name of %zu bytes", len);
    memcpy(text, name, len);
    text[len] = '\0';
    const int a = oc_schema_find(&d->side[0].pull.schema, text), b = oc_schema_find(&d->side[1].pull.schema, text);
    if (a < 0 && b < 0)
        return wanted ? oc_fail(err, OC_COLUMN, "--key: neither input has a column '%s'", text) : 0;
    for (size_t i = 0; i < d->nkey; i++)
        if (strcmp(d->keys[i].name, text) == 0)
            return oc_fail(err, OC_USAGE, "--key: '%s' twice", text);
    d->keys[d->nkey++] = column_of(d, a, b);
    return 0;
}

static int add_keys(struct diff *d, const char *list, const char *separator, bool wanted, struct oc_err *err)
{
    size_t most = 1;

    for (const char *p = list; *p; p++)
        most += *p == *separator;
    d->nkey = 0;
    free(d->keys);
    d->keys = calloc(most, sizeof *d->keys);
    if (!d->keys)
        return no_memory(err);
    for (const char *p = list; *p; p += *p == *separator) {
        const size_t n = strcspn(p, separator);
        if (n && add_key(d, p, n, wanted, err))
            return -1;
        p += n;
    }
    return 0;
}

/* --key, else the kind's where both sides are of one kind; none of its columns there: by position. */
static int choose_keys(struct diff *d, struct oc_err *err)
{
    const struct oc_kind *kind = d->side[0].pull.schema.kind;

    if (d->spec->key)
        return add_keys(d, d->spec->key, ",", true, err);
    if (kind != d->side[1].pull.schema.kind || !kind)
        return 0;
    if (add_keys(d, kind->key, " ", false, err))
        return -1;
    return d->nkey || !kind->key_else ? 0 : add_keys(d, kind->key_else, " ", false, err);
}

static bool is_key(const struct diff *d, const char *name)
{
    for (size_t i = 0; i < d->nkey; i++)
        if (strcmp(d->keys[i].name, name) == 0)
            return true;
    return false;
}

static int choose_columns(struct diff *d, struct oc_err *err)
{
    const struct oc_schema *a = &d->side[0].pull.schema, *b = &d->side[1].pull.schema;

    if (a->kind != b->kind
        && oc_diff_report_schema(&d->report, "kind", "", a->kind ? a->kind->name : "none",
                                 b->kind ? b->kind->name : "none", err))
        return -1;
    d->cols = calloc(a->n + 1, sizeof *d->cols);
    if (!d->cols)
        return no_memory(err);
    for (size_t i = 0; i < a->n; i++) {
        const int k = oc_schema_find(b, a->field[i].name);
        if (k < 0 && oc_diff_report_schema(&d->report, "column-only-a", a->field[i].name, a->field[i].name, "", err))
            return -1;
        if (k >= 0 && !is_key(d, a->field[i].name))
            d->cols[d->n++] = column_of(d, (int)i, k);
    }
    for (size_t i = 0; i < b->n; i++)
        if (oc_schema_find(a, b->field[i].name) < 0
            && oc_diff_report_schema(&d->report, "column-only-b", b->field[i].name, "", b->field[i].name, err))
            return -1;
    return 0;
}

static bool known_column(const void *ctx, const char *name, size_t len)
{
    const struct diff *d = ctx;

    for (size_t i = 0; i < d->n; i++)
        if (strlen(d->cols[i].name) == len && memcmp(d->cols[i].name, name, len) == 0)
            return true;
    return false;
}

static int prepare(struct diff *d, struct oc_err *err)
{
    struct oc_diff_report *r = &d->report;

    if (choose_keys(d, err) || choose_columns(d, err) || oc_diff_tol_check(d->spec->tolerance, known_column, d, err))
        return -1;
    r->stat = calloc(d->n + 1, sizeof *r->stat);
    d->side[0].now.v = calloc(d->n + 1, sizeof *d->side[0].now.v);
    d->side[1].now.v = calloc(d->n + 1, sizeof *d->side[1].now.v);
    if (!r->stat || !d->side[0].now.v || !d->side[1].now.v)
        return no_memory(err);
    for (size_t i = 0; i < d->n; i++)
        if (oc_diff_tol_of(d->spec->tolerance, d->cols[i].name, &r->stat[i].tol, err))
            return -1;
    r->n = d->n;
    r->cols = d->cols;
    r->nkey = d->nkey;
    r->keys = d->keys;
    return 0;
}

/* ---- rows ------------------------------------------------------------------------------------------------- */

/* The next row of a side into .now.  1, 0 at its end, -1. */
static int next_row(struct diff *d, int k, struct oc_err *err)
{
    struct side *s = &d->side[k];

    if (s->ended)
        return 0;
    if (s->row == s->pull.batch.rows) {
        const int rc = oc_cat_pull_next(&s->pull, err);
        s->ended = rc == 0;
        if (rc < 1)
            return rc;
        s->row = 0;
    }
    if (oc_diff_row_read(&s->now, &s->pull.batch, s->row++, k, d->n, d->cols, d->nkey, d->keys, err))
        return -1;
    d->report.rows[k]++;
    return 1;
}

static int compare(struct diff *d, const struct oc_buf *key, const struct oc_diff_value *a,
                   const struct oc_diff_value *b, struct oc_err *err)
{
    for (size_t i = 0; i < d->n; i++)
        if (oc_diff_report_value(&d->report, i, key, d->report.rows[0] - 1, &a[i], &b[i], err))
            return -1;
    return 0;
}

/* A row whose partner is not beside it: the other side holds it, or it is held itself. */
static int offer(struct diff *d, int k, struct oc_err *err)
{
    struct side *s = &d->side[k];
    struct oc_diff_held *other = oc_diff_hold_take(&d->side[!k].hold, &s->now.key);

    if (!other)
        return oc_diff_hold_add(&s->hold, &s->now, d->n, d->cols, err);
    const struct oc_diff_value *a = k ? other->v : s->now.v, *b = k ? s->now.v : other->v;
    const int rc = compare(d, &s->now.key, a, b, err);
    free(other);
    return rc;
}

static bool beside(const struct diff *d)
{
    const struct oc_buf *a = &d->side[0].now.key, *b = &d->side[1].now.key;

    return a->n == b->n && (a->n == 0 || memcmp(a->p, b->p, a->n) == 0) && !d->side[0].hold.n && !d->side[1].hold.n;
}

static int by_key(struct diff *d, struct oc_err *err)
{
    for (;;) {
        const int a = next_row(d, 0, err), b = a < 0 ? -1 : next_row(d, 1, err);
        if (a < 0 || b < 0)
            return -1;
        if (!a && !b)
            break;
        int rc = 0;
        if (a && b && beside(d))
            rc = compare(d, &d->side[0].now.key, d->side[0].now.v, d->side[1].now.v, err);
        else if ((a && offer(d, 0, err)) || (b && offer(d, 1, err)))
            rc = -1;
        if (rc)
            return rc;
    }
    for (int k = 0; k < 2; k++)
        for (const struct oc_diff_held *e = d->side[k].hold.first; e; e = e->after)
            if (oc_diff_report_only(&d->report, k, e->key, e->nkey, 0, err))
                return -1;
    return 0;
}

static int by_position(struct diff *d, struct oc_err *err)
{
    for (;;) {
        const int a = next_row(d, 0, err), b = a < 0 ? -1 : next_row(d, 1, err);
        if (a < 0 || b < 0)
            return -1;
        if (!a && !b)
            return 0;
        const int only = !a;
        if (a && b ? compare(d, &d->side[0].now.key, d->side[0].now.v, d->side[1].now.v, err)
                   : oc_diff_report_only(&d->report, only, "", 0, d->report.rows[only] - 1, err))
            return -1;
    }
}

int oc_diff(const struct oc_io *io, const struct oc_diff_spec *spec, struct oc_err *err)
{
    struct diff d = { .spec = spec, .report = { .name = { io->input[0], io->input[1] }, .list = spec->list } };
    int rc = -1;

    if (strcmp(io->input[0], "-") == 0 && strcmp(io->input[1], "-") == 0)
        return oc_fail(err, OC_USAGE, "both inputs are standard input");
    if (oc_output_open(&d.out, io->output, err))
        return -1;
    d.report.sink = &d.out.sink;
    for (int k = 0; k < 2; k++)
        if (oc_cat_pull_open(&d.side[k].pull, io, 1, &io->input[k], NULL, err))
            goto end;
    if (prepare(&d, err) == 0 && (d.nkey ? by_key(&d, err) : by_position(&d, err)) == 0)
        rc = oc_diff_report_end(&d.report, err);
end:
    for (int k = 0; k < 2; k++) {
        oc_cat_pull_close(&d.side[k].pull);
        oc_diff_row_free(&d.side[k].now);
        oc_diff_hold_free(&d.side[k].hold);
    }
    oc_diff_report_free(&d.report);
    free(d.cols);
    free(d.keys);
    struct oc_err later = { 0 };
    const bool whole = rc == 0 || err->code == OC_RULE;     /* a report of differences is a whole file */
    if (oc_output_close(&d.out, whole, &later) && whole) {
        *err = later;
        rc = -1;
    }
    return rc;
}
