/*
 * arrow_write - see arrow_write.h.
 *
 * encode() runs in any thread: it loads the columns and makes their buffers (struct oc_arrow_part, in `out`).  emit()
 * runs in block order: it numbers the texts of dictionary columns, sends dictionaries that grew, and the messages.
 * Into a regular file rows are gathered first (arrow_recut.h), so there encode() only loads.
 */
#include "record/arrow_write.h"
#include "record/arrow_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 16384 };          /* of a message */

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory to write Arrow"); }

static bool numbered(const struct oc_arrow_writer *s, enum oc_type t) { return t == OC_SYM && !s->layout.plain; }

/* ---- beginning --------------------------------------------------------------------------------------------------- */

static int make_state(struct oc_writer *w, struct oc_err *err)
{
    struct oc_arrow_writer *s = w->state;
    const size_t n = w->schema.n;
    unsigned npiece[1] = { 3 };

    s->ncol = n;
    s->dict = calloc(n + 1, sizeof *s->dict);
    s->text = calloc(n + 1, sizeof *s->text);
    s->part = calloc(n + 1, sizeof *s->part);
    unsigned *pieces = malloc((n + 1) * sizeof *pieces);
    if (!s->dict || !s->text || !s->part || !pieces) {
        free(pieces);
        return no_memory(err);
    }
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        const enum oc_type t = w->schema.field[i].type;
        pieces[i] = t == OC_TEXT || (t == OC_SYM && s->layout.plain) ? 3 : 2;
        if (numbered(s, t))
            rc = oc_arrow_send_prepare(&s->text[i], 1, npiece, (int64_t)i, s->out.level > 0, err);
    }
    if (rc == 0)
        rc = oc_arrow_send_prepare(&s->batch, n, pieces, -1, s->out.level > 0, err);
    free(pieces);
    return rc;
}

int oc_arrow_write_begin(struct oc_writer *w, struct oc_err *err)
{
    struct oc_arrow_writer *s = w->state;

    s->out.sink = w->sink;
    s->out.level = w->zstd_level;
    s->out.file = w->file_layout;
    /* the file layout allows one dictionary a column, complete at once, which a pipe cannot know: text there */
    s->layout = (struct oc_arrow_layout){ &w->schema, w->file_layout };
    s->fixed = w->fixed_rows > 0 || w->sink->regular;
    w->fixed_rows = s->fixed ? oc_arrow_recut_rows(&w->schema) : 0;
    if (make_state(w, err))
        return -1;
    if (s->fixed && oc_arrow_recut_open(&s->recut, &w->schema, w->fixed_rows, s->layout.plain, err))
        return -1;
    if (s->out.file && oc_arrow_send_raw(&s->out, OC_ARROW_FILE_MAGIC "\0\0", 8, err))
        return -1;
    return oc_arrow_send_schema(&s->out, &s->layout, err);
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

/* A computed column has no value in a row that was not computed. */
static int blank_inactive(struct oc_batch *b, struct oc_col *c, struct oc_err *err)
{
    if (!b->active || !(c->flags & OC_COL_COMPUTED) || strcmp(c->name, "status") == 0)
        return 0;
    if (c->type == OC_F64) {
        for (size_t i = 0; i < b->rows; i++)
            c->f64[i] = oc_bit(b->active, i) ? c->f64[i] : (double)NAN;
        return 0;
    }
    uint64_t *valid = oc_arena_alloc(&b->arena, 8 * oc_bit_words(b->rows));
    if (!valid)
        return no_memory(err);
    for (size_t i = 0; i < oc_bit_words(b->rows); i++)
        valid[i] = (c->valid ? c->valid[i] : UINT64_MAX) & b->active[i];
    for (size_t i = 0; i < b->rows; i++) {
        if (oc_bit(valid, i))
            continue;
        if (c->type == OC_I64 || c->type == OC_TIME)
            c->i64[i] = 0;
        else if (c->type == OC_DATE || c->type == OC_SYM)
            c->i32[i] = 0;
        else if (c->type == OC_BOOL)
            oc_bit_clear(c->bits, i);
    }
    c->valid = valid;
    return 0;
}

/* The next column of the batch that is written, from *k on; NULL: none. */
static struct oc_col *next_col(const struct oc_batch *b, size_t *k)
{
    while (*k < b->ncol && b->col[*k].flags & OC_COL_DROPPED)
        ++*k;
    return *k < b->ncol ? &b->col[(*k)++] : NULL;
}

/* Column i of the output in this batch, loaded and masked. */
static int ready_col(const struct oc_writer *w, struct oc_batch *b, size_t i, size_t *k, struct oc_col **out,
                     struct oc_err *err)
{
    struct oc_col *c = *out = next_col(b, k);

    if (!c || c->type != w->schema.field[i].type)
        return oc_fail(err, OC_INTERNAL, "column %zu of a batch is not '%s' of the output", i + 1,
                       w->schema.field[i].name);
    return oc_load(b, c, err) || blank_inactive(b, c, err) ? -1 : 0;
}

static size_t messages(size_t rows) { return (rows + ROWS_MAX - 1) / ROWS_MAX; }

int oc_arrow_write_encode(const struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err)
{
    const struct oc_arrow_writer *s = w->state;
    const size_t n = s->fixed ? 0 : messages(b->rows);
    struct oc_col *c;
    size_t k = 0;

    if (b->rows == 0)
        return 0;
    if (oc_buf_room(out, (n * s->ncol + 1) * sizeof(struct oc_arrow_part)))
        return no_memory(err);
    struct oc_arrow_part *part = (struct oc_arrow_part *)(void *)out->p;
    for (size_t i = 0; i < s->ncol; i++) {
        if (ready_col(w, b, i, &k, &c, err))
            return -1;
        for (size_t m = 0; m < n; m++) {
            const size_t from = m * ROWS_MAX, rows = b->rows - from < ROWS_MAX ? b->rows - from : ROWS_MAX;
            if (oc_arrow_part_make(c, s->layout.plain, from, rows, &b->arena, &part[m * s->ncol + i], err))
                return -1;
        }
    }
    out->n = n * s->ncol * sizeof *part;
    if (next_col(b, &k))
        return oc_fail(err, OC_INTERNAL, "a batch has more columns than the output");
    return 0;
}

/* ---- messages ---------------------------------------------------------------------------------------------------- */

/* The whole dictionary of a column, as it stands. */
static int send_dictionary(struct oc_arrow_writer *s, size_t i, struct oc_err *err)
{
    static const uint32_t none[1];
    const struct oc_symtab *t = &s->dict[i].tab;
    struct oc_arrow_part part = { .npiece = 3 };

    oc_arrow_part_set(&part.piece[1], t->n ? t->off : none, 4 * ((size_t)t->n + 1));
    oc_arrow_part_set(&part.piece[2], t->bytes, t->nbytes);
    oc_arrow_dict_sent(&s->dict[i]);
    return oc_arrow_send_batch(&s->out, &s->text[i], &part, t->n, true, err);
}

static int send_grown(struct oc_arrow_writer *s, const struct oc_schema *schema, struct oc_err *err)
{
    for (size_t i = 0; i < s->ncol; i++)
        if (numbered(s, schema->field[i].type) && oc_arrow_dict_grown(&s->dict[i]) && send_dictionary(s, i, err))
            return -1;
    return 0;
}

/* One message as the batch has it: the numbers of its dictionary columns are made now, one column after the other. */
static int send_part(struct oc_writer *w, struct oc_batch *b, struct oc_arrow_part *part, size_t from, size_t rows,
                     struct oc_err *err)
{
    struct oc_arrow_writer *s = w->state;
    size_t k = 0;

    for (size_t i = 0; i < s->ncol; i++) {
        const struct oc_col *c = next_col(b, &k);
        if (!numbered(s, c->type))
            continue;
        int32_t *room = oc_arena_alloc(&b->arena, 4 * rows);
        if (!room)
            return no_memory(err);
        oc_arrow_dict_turn(&s->dict[i]);
        const int32_t *index = oc_arrow_dict_map(&s->dict[i], c, from, rows, room, err);
        if (!index)
            return -1;
        oc_arrow_part_set(&part[i].piece[1], index, 4 * rows);
    }
    return send_grown(s, &w->schema, err) || oc_arrow_send_batch(&s->out, &s->batch, part, rows, false, err) ? -1 : 0;
}

/* The gathered rows as a message. */
static int send_gathered(struct oc_writer *w, struct oc_err *err)
{
    struct oc_arrow_writer *s = w->state;
    struct oc_arrow_recut *x = &s->recut;

    oc_arena_reset(&s->arena);
    for (size_t i = 0; i < s->ncol; i++) {
        if (oc_arrow_part_make(&x->col[i], s->layout.plain, 0, x->rows, &s->arena, &s->part[i], err))
            return -1;
        if (numbered(s, x->col[i].type))
            oc_arrow_part_set(&s->part[i].piece[1], x->col[i].i32, 4 * x->rows);
    }
    if (send_grown(s, &w->schema, err) || oc_arrow_send_batch(&s->out, &s->batch, s->part, x->rows, false, err))
        return -1;
    oc_arrow_recut_empty(x);
    return 0;
}

/* Rows into the gathered ones, and messages out of those as they fill. */
static int gather(struct oc_writer *w, struct oc_batch *b, struct oc_err *err)
{
    struct oc_arrow_writer *s = w->state;
    struct oc_arrow_recut *x = &s->recut;

    for (size_t from = 0; from < b->rows; ) {
        const size_t left = b->rows - from, n = left < x->cap - x->rows ? left : x->cap - x->rows;
        size_t k = 0;
        for (size_t i = 0; i < s->ncol; i++) {
            if (x->rows == 0)
                oc_arrow_dict_turn(&s->dict[i]);
            if (oc_arrow_recut_append(x, i, next_col(b, &k), from, n, &s->dict[i], err))
                return -1;
        }
        oc_arrow_recut_added(x, n);
        from += n;
        if (x->rows == x->cap && send_gathered(w, err))
            return -1;
    }
    return 0;
}

int oc_arrow_write_emit(struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err)
{
    const struct oc_arrow_writer *s = w->state;
    struct oc_arrow_part *part = (struct oc_arrow_part *)(void *)out->p;

    if (b->rows == 0)
        return 0;
    if (s->fixed)
        return gather(w, b, err);
    for (size_t m = 0; m < messages(b->rows); m++) {
        const size_t from = m * ROWS_MAX, rows = b->rows - from < ROWS_MAX ? b->rows - from : ROWS_MAX;
        if (send_part(w, b, part + m * s->ncol, from, rows, err))
            return -1;
    }
    return 0;
}

int oc_arrow_write_finish(struct oc_writer *w, bool complete, struct oc_err *err)
{
    struct oc_arrow_writer *s = w->state;

    if (!s->out.sink)               /* nothing was begun */
        return 0;
    if (s->fixed && s->recut.rows && send_gathered(w, err))
        return -1;
    /* without the marker every reader of ours knows that the stream was cut */
    return complete ? oc_arrow_send_end(&s->out, &s->layout, err) : 0;
}

void oc_arrow_write_close(struct oc_writer *w)
{
    struct oc_arrow_writer *s = w->state;

    for (size_t i = 0; i < s->ncol; i++) {
        if (s->dict)
            oc_arrow_dict_free(&s->dict[i]);
        if (s->text)
            oc_buf_free(&s->text[i].bytes);
    }
    free(s->dict);
    free(s->text);
    free(s->part);
    oc_buf_free(&s->batch.bytes);
    oc_arrow_recut_free(&s->recut);
    oc_arrow_send_free(&s->out);
    oc_arena_free(&s->arena);
    *s = (struct oc_arrow_writer){ 0 };
}
