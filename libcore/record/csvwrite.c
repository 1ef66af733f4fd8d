/*
 * csvwrite - batches as CSV or TSV: see csv.h.
 *
 * A batch is written by a plan of steps a row: neighbouring cells that leave as they came are one copy from the input
 * text; a value is printed; a cell of another dialect is decoded and quoted anew.
 */
#include "base/num.h"
#include "base/time.h"
#include "record/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COPY_STEP = 32 };    /* bytes a copy may write beyond its end */

/* ---- text -------------------------------------------------------------------------------------------------- */

static bool needs_quotes(const char *s, size_t n, char delim)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] == delim || s[i] == '"' || s[i] == '\n' || s[i] == '\r')
            return true;
    return false;
}

static void put_quoted(struct oc_buf *out, const char *s, size_t n)
{
    oc_buf_char(out, '"');
    for (const char *end = s + n; s < end;) {
        const char *q = memchr(s, '"', (size_t)(end - s));
        const char *to = q ? q + 1 : end;
        oc_buf_put(out, s, (size_t)(to - s));
        if (q)
            oc_buf_char(out, '"');
        s = to;
    }
    oc_buf_char(out, '"');
}

static void put_text(struct oc_buf *out, const char *s, size_t n, char delim)
{
    if (needs_quotes(s, n, delim))
        put_quoted(out, s, n);
    else
        oc_buf_put(out, s, n);
}

/* ---- the plan ---------------------------------------------------------------------------------------------- */

enum what { RAW, DECODE, VALUE };

struct step {
    enum what what;
    const struct oc_col *col;   /* RAW: the first of the run */
    const uint32_t *last;       /* RAW: sep entry behind the run's last cell in row 0 */
    bool plain;                 /* VALUE of a dictionary none of whose texts needs quotes */
    bool computed;              /* empty where the row is inactive */
};

struct plan {
    struct step *step;
    size_t n;
    char delim;
    bool same;                  /* raw cells are of the dialect that is written */
    struct oc_num_format number;
};

static bool plain_dict(const struct oc_dict *d, char delim)
{
    return !d || d->n == 0 || !needs_quotes(d->bytes + d->off[0], d->off[d->n] - d->off[0], delim);
}

/* Runs: the same text and table, and the column behind the last one of the step before. */
static bool continues(const struct step *s, const struct oc_col *c)
{
    return s->what == RAW && s->col->text == c->text && s->col->stride == c->stride && s->last == c->sep;
}

static int make_plan(const struct oc_writer *w, struct oc_batch *b, struct plan *p, struct oc_err *err)
{
    const struct oc_csvwriter *own = w->state;

    *p = (struct plan){ .delim = own->delim, .same = b->dialect == (own->delim == ',' ? OC_CELL_CSV : OC_CELL_TSV) };
    if (oc_num_format_read(w->number_format, &p->number))
        return oc_fail(err, OC_USAGE, "'%s' is no format of numbers", w->number_format);
    p->step = oc_arena_alloc(&b->arena, (b->ncol + 1) * sizeof *p->step);
    if (!p->step)
        return oc_fail(err, OC_MEMORY, "no memory to write a block");
    for (size_t i = 0; i < b->ncol; i++) {
        struct oc_col *c = &b->col[i];
        if (c->flags & OC_COL_DROPPED)
            continue;
        if (c->sep && c->factor && oc_load(b, c, err))
            return -1;
        const bool raw = c->sep && !c->factor;
        if (raw && p->same && p->n && continues(&p->step[p->n - 1], c)) {
            p->step[p->n - 1].last++;
            continue;
        }
        if (!raw && b->rows && !(c->flags & OC_COL_LOADED))
            return oc_fail(err, OC_INTERNAL, "column '%s' has neither cells nor values", c->name);
        struct step *s = &p->step[p->n++];
        *s = (struct step){ .what = !raw ? VALUE : p->same ? RAW : DECODE, .col = c };
        s->last = raw ? c->sep + 1 : NULL;
        s->plain = s->what == VALUE && c->type == OC_SYM && plain_dict(c->dict, p->delim);
        /* the status of a row that was passed over is told all the same */
        s->computed = (c->flags & OC_COL_COMPUTED) && strcmp(c->name, "status") != 0;
    }
    return 0;
}

/* ---- cells ------------------------------------------------------------------------------------------------- */

/* What is copied is short: steps of 32 bytes beyond its end cost less than a call. */
static inline void copy_run(struct oc_buf *out, const char *text, size_t from, size_t to)
{
    const size_t n = to - from;
    const char *s = text + from;

    if (oc_buf_room(out, n + COPY_STEP))
        return;
    char *p = out->p + out->n;
    if (n <= 256) {
        for (size_t i = 0; i < n; i += COPY_STEP)
            memcpy(p + i, s + i, COPY_STEP);
    } else {
        memcpy(p, s, n);
    }
    out->n += n;
}

static void put_number(struct oc_buf *out, double v, struct oc_num_format f)
{
    if (isnan(v) || oc_buf_room(out, OC_NUM_FORMAT_MAX))
        return;
    out->n += f.style == OC_NUM_SHORTEST ? oc_num_print_f64(out->p + out->n, v)
                                         : oc_num_print_format(out->p + out->n, v, f);
}

static void put_sym(struct oc_buf *out, const struct plan *p, const struct step *s, size_t row)
{
    const struct oc_dict *d = s->col->dict;
    const uint32_t i = (uint32_t)s->col->i32[row];
    const char *t = d->bytes + d->off[i];
    const size_t n = d->off[i + 1] - d->off[i];

    if (s->plain)
        oc_buf_put(out, t, n);
    else
        put_text(out, t, n, p->delim);
}

static void put_value(struct oc_buf *out, const struct plan *p, const struct step *s, size_t row)
{
    const struct oc_col *c = s->col;

    if (c->type == OC_F64) {
        put_number(out, c->f64[row], p->number);
        return;
    }
    if (!oc_bit(c->valid, row) || oc_buf_room(out, OC_NUM_PRINT_MAX + OC_TIME_PRINT_MAX))
        return;
    switch (c->type) {
    case OC_F64: break;
    case OC_I64: out->n += oc_num_print_i64(out->p + out->n, c->i64[row]); break;
    case OC_TIME: out->n += oc_time_print(out->p + out->n, c->i64[row]); break;
    case OC_DATE: out->n += oc_time_print_date(out->p + out->n, c->i32[row]); break;
    case OC_BOOL: oc_buf_puts(out, oc_bit(c->bits, row) ? "true" : "false"); break;
    case OC_SYM: put_sym(out, p, s, row); break;
    case OC_TEXT: put_text(out, c->chars + c->i32[row], (size_t)(c->i32[row + 1] - c->i32[row]), p->delim); break;
    }
}

static void put_decoded(struct oc_buf *out, const struct plan *p, const struct oc_batch *b, const struct oc_col *c,
                        size_t row, struct oc_buf *scratch)
{
    size_t n;
    bool null;
    const char *raw = oc_cell(c, row, &n);
    const char *s = oc_cell_text(b->dialect, raw, n, scratch, &n, &null);

    if (!null)
        put_text(out, s, n, p->delim);
}

static void put_row(struct oc_buf *out, const struct plan *p, const struct oc_batch *b, size_t row,
                    struct oc_buf *scratch)
{
    const bool active = oc_bit(b->active, row);

    for (size_t i = 0; i < p->n; i++) {
        const struct step *s = &p->step[i];
        const struct oc_col *c = s->col;
        if (i)
            oc_buf_char(out, p->delim);
        switch (s->what) {
        case RAW: copy_run(out, c->text, c->sep[row * c->stride] + 1, s->last[row * c->stride]); break;
        case DECODE: put_decoded(out, p, b, c, row, scratch); break;
        case VALUE:
            if (active || !s->computed)
                put_value(out, p, s, row);
            break;
        }
    }
}

/* ---- interface --------------------------------------------------------------------------------------------- */

int oc_csvwrite_begin(struct oc_writer *w, char delim, struct oc_err *err)
{
    struct oc_csvwriter *own = w->state;
    struct oc_buf out = { 0 };

    own->delim = delim;
    for (size_t i = 0; i < w->schema.n; i++) {
        const char *name = w->schema.field[i].name;
        if (i)
            oc_buf_char(&out, delim);
        if (w->schema.n == 1 && !*name)
            oc_buf_puts(&out, "\"\"");
        put_text(&out, name, strlen(name), delim);
    }
    oc_buf_puts(&out, w->crlf ? "\r\n" : "\n");
    const int rc = out.failed ? oc_fail(err, OC_MEMORY, "no memory to write the header")
                              : oc_csvwrite_emit(w, NULL, &out, err);
    oc_buf_free(&out);
    return rc;
}

int oc_csvwrite_encode(const struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err)
{
    struct oc_buf scratch = { 0 };
    struct plan p;

    if (make_plan(w, b, &p, err))
        return -1;
    const bool lone = p.n == 1 && (p.step[0].what != RAW || p.step[0].last == p.step[0].col->sep + 1);
    for (size_t r = 0; r < b->rows && !out->failed; r++) {
        const size_t before = out->n;
        put_row(out, &p, b, r, &scratch);
        if (lone && out->n == before)       /* else the line would be blank, and skipped by who reads it */
            oc_buf_put(out, "\"\"", 2);
        if (w->crlf)
            oc_buf_char(out, '\r');
        oc_buf_char(out, '\n');
    }
    const bool failed = out->failed || scratch.failed;
    oc_buf_free(&scratch);
    return failed ? oc_fail(err, OC_MEMORY, "no memory to write a block") : 0;
}

int oc_csvwrite_emit(struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err)
{
    struct oc_csvwriter *own = w->state;

    (void)b;
    if (!out->n)
        return 0;
    own->began = true;
    return w->sink->write(w->sink, out->p, out->n, err);
}

int oc_csvwrite_finish(struct oc_writer *w, bool complete, struct oc_err *err)
{
    static const char mark[] = "\"!oc: output cut";     /* csvcut.c knows it by name; any reader refuses the open quote */
    const struct oc_csvwriter *own = w->state;

    return complete || !own->began ? 0 : w->sink->write(w->sink, mark, sizeof mark - 1, err);
}
