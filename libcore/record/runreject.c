/*
 * runreject - rows for --rejects: noted by the worker that finds them, written in block order, counted against
 * --max-rejects row by row.
 *
 * A noted row is a struct note and the end of its line in the file, from the comma behind the line number on: which
 * line of the file it is, is known when all blocks before have left.  A row from text is given verbatim; a row of a
 * binary stream, which has no text, as the CSV record that oc-cat would make of it.
 */
#include "record/runpriv.h"
#include "record/show.h"

#include <string.h>

struct note {
    uint64_t line;      /* of the block */
    uint32_t record;    /* number in the block, as it was read */
    uint32_t before;    /* rows of the result in front of it */
    uint32_t n;         /* bytes that follow */
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for rejected rows"); }

/* A cell of the reject file, always quoted: the row verbatim holds commas as a rule. */
static void put_cell(struct oc_buf *o, const char *s, size_t n)
{
    oc_buf_char(o, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            oc_buf_char(o, '"');
        oc_buf_char(o, s[i]);
    }
    oc_buf_char(o, '"');
}

/* What was read of a binary record, as CSV.  A column that was overwritten (--replace) is left empty. */
static int show_record(const struct oc_batch *in, uint32_t row, struct oc_buf *out)
{
    struct oc_buf cell = { 0 };

    for (size_t i = 0; i < in->schema->n; i++) {
        const struct oc_col *c = &in->col[i];
        if (i)
            oc_buf_char(out, ',');
        cell.n = 0;
        if (!(c->flags & OC_COL_COMPUTED))
            oc_show_cell(c, row, &cell);
        if (cell.n && (memchr(cell.p, '"', cell.n) || memchr(cell.p, ',', cell.n) || memchr(cell.p, '\n', cell.n)
                       || memchr(cell.p, '\r', cell.n)))
            put_cell(out, cell.p, cell.n);
        else
            oc_buf_put(out, cell.p, cell.n);
    }
    const bool failed = cell.failed || out->failed;
    oc_buf_free(&cell);
    return failed ? -1 : 0;
}

static int put_record(const struct oc_batch *in, uint32_t row, struct oc_buf *o)
{
    struct oc_buf text = { 0 };
    int rc = 0;

    if (in->sep && in->stride) {
        const uint32_t *sep = in->sep + (size_t)row * in->stride;
        put_cell(o, in->text + sep[0] + 1, sep[in->stride - 1] - sep[0] - 1);
    } else {
        rc = show_record(in, row, &text);
        put_cell(o, oc_buf_str(&text), text.n);
    }
    oc_buf_free(&text);
    return rc;
}

int oc_reject_add(const struct oc_runner *r, struct oc_slot *s, uint32_t record, uint32_t before,
                  const struct oc_bad *bad, const struct oc_batch *bad_in, struct oc_err *err)
{
    const struct oc_batch *in = &s->in;
    struct oc_buf *o = &s->rejects;
    const size_t at = o->n;
    struct note note = { .line = in->line ? in->line[record] : record, .before = before,
                         .record = s->number ? s->number[record] : record };

    oc_buf_put(o, &note, sizeof note);
    oc_buf_char(o, ',');
    if (bad->col != UINT32_MAX)
        put_cell(o, bad_in->col[bad->col].name, strlen(bad_in->col[bad->col].name));
    oc_buf_char(o, ',');
    put_cell(o, bad->reason, strlen(bad->reason));
    oc_buf_char(o, ',');
    if (r->io->rejects && put_record(in, record, o))
        return no_memory(err);
    oc_buf_char(o, ',');
    put_cell(o, r->io->prog, strlen(r->io->prog));
    oc_buf_puts(o, "\n");
    if (o->failed)
        return no_memory(err);
    note.n = (uint32_t)(o->n - at - sizeof note);
    memcpy(o->p + at, &note, sizeof note);
    return 0;
}

/* A share is judged when there are enough rows to speak of one, and at the end. */
static int too_many(const struct oc_runner *r, uint64_t rejected, uint64_t in, struct oc_err *err)
{
    if (rejected > r->io->max_rejects)
        return oc_fail(err, OC_LIMIT, "more rows were rejected than --max-rejects %llu",
                       (unsigned long long)r->io->max_rejects);
    if (in >= 1000 && (double)rejected > r->io->max_reject_share * (double)in)
        return oc_fail(err, OC_LIMIT, "%llu of %llu rows were rejected, more than --max-rejects allows",
                       (unsigned long long)rejected, (unsigned long long)in);
    return 0;
}

int oc_reject_limit(const struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    uint64_t rejected = 0;
    struct note note;

    for (size_t at = 0; at < s->rejects.n; at += sizeof note + note.n) {
        memcpy(&note, s->rejects.p + at, sizeof note);
        rejected++;
        const uint64_t in = r->count.in + note.record + 1;
        if (too_many(r, r->count.rejected + rejected, in, &s->err) == 0)
            continue;
        s->rc = -1;
        s->relative = true;
        oc_at(&s->err, s->in.file, note.line, 0);
        s->rejects.n = at + sizeof note + note.n;       /* the last one is told too */
        s->count.in = note.record + 1;
        s->count.rejected = rejected;
        s->count.out = note.before;
        s->count.excluded = s->count.in - s->count.out - rejected;
        if (oc_batch_slice(&s->part, s->result, 0, note.before, err))
            return -1;
        s->result = &s->part;
        s->text.n = 0;
        return r->format->encode(&r->writer, s->result, &s->text, err);
    }
    return 0;
}

int oc_reject_write(struct oc_runner *r, const struct oc_slot *s, struct oc_err *err)
{
    struct oc_buf text = { 0 };
    struct note note;

    for (size_t at = 0; at < s->rejects.n; at += sizeof note + note.n) {
        memcpy(&note, s->rejects.p + at, sizeof note);
        const char *rest = s->rejects.p + at + sizeof note, *column = rest + 2;     /* ,"column",... or ,,... */
        const char *end = rest[1] == '"' ? memchr(column, '"', note.n - 2) : NULL;
        if (r->io->rejects) {
            unsigned cell = 0;
            const uint64_t line = oc_source_place(s->input->r.src, s->input->line + note.line, &cell);
            put_cell(&text, s->in.file, strlen(s->in.file));
            oc_buf_printf(&text, ",%llu", (unsigned long long)line);
            oc_buf_put(&text, rest, note.n);
        }
        oc_stats_reject(&r->stats, column, end ? (size_t)(end - column) : 0);
    }
    const int rc = text.failed ? no_memory(err)
                   : text.n && r->io->rejects ? r->rejects.sink.write(&r->rejects.sink, text.p, text.n, err) : 0;
    oc_buf_free(&text);
    return rc;
}
