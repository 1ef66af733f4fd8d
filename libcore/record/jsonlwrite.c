/*
 * jsonlwrite - batches as JSON lines: see jsonl.h.
 *
 * Every record has all keys, a missing value as null.  A cell that came as JSON leaves as it came.  A cell of CSV is a
 * number where it is written as JSON writes one and its column is numeric or has no meaning here ("007" stays text),
 * true or false in a column of flags, null where it is empty, else a string.
 */
#include "base/num.h"
#include "base/time.h"
#include "record/jsonl.h"
#include "record/jsontext.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory to write JSON records"); }

int oc_jsonlwrite_begin(struct oc_writer *w, struct oc_err *err)
{
    struct oc_jsonlwriter *own = w->state;

    own->n = w->schema.n;
    own->lead = calloc(own->n + 1, sizeof *own->lead);
    if (!own->lead)
        return no_memory(err);
    for (size_t i = 0; i < own->n; i++) {
        struct oc_buf b = { 0 };
        const char *name = w->schema.field[i].name;
        oc_buf_char(&b, i ? ',' : '{');
        oc_jsontext_put(&b, name, strlen(name));
        oc_buf_char(&b, ':');
        oc_buf_str(&b);
        own->lead[i] = b.p;
        if (b.failed)
            return no_memory(err);
    }
    return 0;
}

static void put_null(struct oc_buf *out) { oc_buf_put(out, "null", 4); }

static void put_cell(struct oc_buf *out, const struct oc_batch *b, const struct oc_col *c, size_t row,
                     struct oc_buf *scratch)
{
    size_t n;
    bool null = false;
    const char *raw = oc_cell(c, row, &n);

    if (b->dialect == OC_CELL_JSON) {
        if (n)
            oc_buf_put(out, raw, n);
        else
            put_null(out);
        return;
    }
    const char *s = oc_cell_text(b->dialect, raw, n, scratch, &n, &null);
    const bool numeric = c->type == OC_F64 || c->type == OC_I64 || !c->def;
    const bool flag = c->type == OC_BOOL
                      && ((n == 4 && memcmp(s, "true", 4) == 0) || (n == 5 && memcmp(s, "false", 5) == 0));
    if (null || !n)
        put_null(out);
    else if (flag || (numeric && oc_jsontext_is_number(s, n)))
        oc_buf_put(out, s, n);
    else
        oc_jsontext_put(out, s, n);
}

/* An instant or a date between quotes. */
static void put_time(struct oc_buf *out, const struct oc_col *c, size_t row)
{
    char t[OC_TIME_PRINT_MAX];
    const size_t n = c->type == OC_TIME ? oc_time_print(t, c->i64[row]) : oc_time_print_date(t, c->i32[row]);

    oc_buf_char(out, '"');
    oc_buf_put(out, t, n);
    oc_buf_char(out, '"');
}

static void put_value(struct oc_buf *out, const struct oc_col *c, size_t row, struct oc_num_format f)
{
    char t[OC_NUM_FORMAT_MAX];

    if (c->type == OC_F64 ? isnan(c->f64[row]) : !oc_bit(c->valid, row)) {
        put_null(out);
        return;
    }
    switch (c->type) {
    case OC_F64: oc_buf_put(out, t, oc_num_print_format(t, c->f64[row], f)); break;
    case OC_I64: oc_buf_put(out, t, oc_num_print_i64(t, c->i64[row])); break;
    case OC_TIME:
    case OC_DATE: put_time(out, c, row); break;
    case OC_BOOL: oc_buf_puts(out, oc_bit(c->bits, row) ? "true" : "false"); break;
    case OC_SYM: {
        const uint32_t *off = c->dict->off + c->i32[row];
        oc_jsontext_put(out, c->dict->bytes + off[0], off[1] - off[0]);
        break;
    }
    case OC_TEXT:
        oc_jsontext_put(out, c->chars + c->i32[row], (size_t)(c->i32[row + 1] - c->i32[row]));
        break;
    }
}

static int load_scaled(struct oc_batch *b, struct oc_err *err)
{
    for (size_t i = 0; i < b->ncol; i++) {
        struct oc_col *c = &b->col[i];
        if (c->flags & OC_COL_DROPPED)
            continue;
        if (c->sep && c->factor && oc_load(b, c, err))
            return -1;
        if ((!c->sep || c->factor) && b->rows && !(c->flags & OC_COL_LOADED))
            return oc_fail(err, OC_INTERNAL, "column '%s' has neither cells nor values", c->name);
    }
    return 0;
}

int oc_jsonlwrite_encode(const struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err)
{
    const struct oc_jsonlwriter *own = w->state;
    struct oc_buf scratch = { 0 };
    struct oc_num_format f;

    if (oc_num_format_read(w->number_format, &f))
        return oc_fail(err, OC_USAGE, "'%s' is no format of numbers", w->number_format);
    if (load_scaled(b, err))
        return -1;
    for (size_t r = 0; r < b->rows && !out->failed; r++) {
        const bool active = oc_bit(b->active, r);
        size_t k = 0;
        for (size_t i = 0; i < b->ncol; i++) {
            const struct oc_col *c = &b->col[i];
            if (c->flags & OC_COL_DROPPED)
                continue;
            if (k == own->n)
                return oc_fail(err, OC_INTERNAL, "a block has more columns than the output");
            oc_buf_puts(out, own->lead[k++]);
            /* the status of a row that was passed over is told all the same */
            if (!active && (c->flags & OC_COL_COMPUTED) && strcmp(c->name, "status") != 0)
                put_null(out);
            else if (c->sep && !c->factor)
                put_cell(out, b, c, r, &scratch);
            else
                put_value(out, c, r, f);
        }
        oc_buf_put(out, k ? "}\n" : "{}\n", k ? 2 : 3);
    }
    const bool failed = out->failed || scratch.failed;
    oc_buf_free(&scratch);
    return failed ? no_memory(err) : 0;
}

int oc_jsonlwrite_emit(struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err)
{
    struct oc_jsonlwriter *own = w->state;

    (void)b;
    if (!out->n)
        return 0;
    own->began = true;
    return w->sink->write(w->sink, out->p, out->n, err);
}

int oc_jsonlwrite_finish(struct oc_writer *w, bool complete, struct oc_err *err)
{
    static const char mark[] = "\"!oc: output cut";     /* a string without an end; csvcut.c knows it by name */
    const struct oc_jsonlwriter *own = w->state;

    return complete || !own->began ? 0 : w->sink->write(w->sink, mark, sizeof mark - 1, err);
}

void oc_jsonlwrite_close(struct oc_writer *w)
{
    struct oc_jsonlwriter *own = w->state;

    for (size_t i = 0; own->lead && i < own->n; i++)
        free(own->lead[i]);
    free(own->lead);
    own->lead = NULL;
    own->n = 0;
}
