/*
 * runstep - one block through a program: parse, choose rows, step, judge malformed rows, encode.
 *
 * Malformed rows (b->bad) obey --on-error.  stop: the rows before the first of them are written and the run ends
 * with its position.  skip: they go to --rejects verbatim and are taken out.  na: they stay, computed cells are
 * missing and status names the column; a record whose cells cannot be told apart stops the run there too, since no
 * row could be kept.  A row that is malformed is never hidden by --where.
 */
#include "record/gather.h"
#include "record/runpriv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a block"); }

/* ---- which rows ------------------------------------------------------------------------------------------ */

static int apply_where(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    struct oc_batch *b = &s->in;
    const size_t before = b->rows;
    uint64_t *bits = oc_arena_zero(&b->arena, oc_bit_words(b->rows), sizeof *bits);

    if (!bits)
        return no_memory(err);
    if (oc_expr_eval(r->where, b, bits, err))
        return -1;
    for (size_t i = 0; i < b->nbad; i++)
        oc_bit_set(bits, b->bad[i].row);
    if (oc_batch_filter(b, bits, err))
        return -1;
    s->count.excluded += before - b->rows;
    if (before == b->rows)
        return 0;
    uint32_t *number = oc_arena_alloc(&b->arena, (b->rows + 1) * sizeof *number);
    if (!number)
        return no_memory(err);
    for (size_t i = 0, n = 0; i < before; i++)
        if (oc_bit(bits, i))
            number[n++] = (uint32_t)i;
    s->number = number;
    return 0;
}

static int apply_only(struct oc_runner *r, struct oc_batch *b, struct oc_err *err)
{
    uint64_t *bits = oc_arena_zero(&b->arena, oc_bit_words(b->rows), sizeof *bits);

    if (!bits)
        return no_memory(err);
    if (oc_expr_eval(r->only, b, bits, err))
        return -1;
    for (size_t i = 0; i < b->nbad; i++)
        oc_bit_set(bits, b->bad[i].row);
    b->active = bits;
    return 0;
}

/* ---- malformed rows -------------------------------------------------------------------------------------- */

static uint32_t origin(const struct oc_batch *b, uint32_t row) { return b->origin ? b->origin[row] : row; }

/* A record whose cells cannot be told apart, as against a row that a program found something missing in. */
static bool is_record(const struct oc_bad *bad) { return bad->col == UINT32_MAX && bad->cell; }

/* Order in which one row's faults are told: the record as a whole, then its cells from the left, then what is lacking. */
static uint64_t fault_rank(const struct oc_bad *bad)
{
    return bad->drop ? UINT64_MAX : is_record(bad) ? 0 : bad->cell ? bad->cell : UINT32_MAX;
}

/* What is told of a record: its first fault, and the batch whose columns that speaks of. */
struct fault { const struct oc_bad *bad; const struct oc_batch *of; bool drop; };

static void note_faults(const struct oc_batch *b, bool made, struct fault *first)
{
    for (size_t i = 0; i < b->nbad; i++) {
        struct fault *f = &first[made ? origin(b, b->bad[i].row) : b->bad[i].row];
        f->drop |= b->bad[i].drop;
        if (!f->bad || fault_rank(&b->bad[i]) < fault_rank(f->bad))
            *f = (struct fault){ &b->bad[i], b, f->drop };
    }
}

/* The faults of all records that were read, in an array by record; NULL without memory. */
static struct fault *find_faults(struct oc_slot *s)
{
    struct fault *first = oc_arena_zero(&s->in.arena, s->in.rows + 1, sizeof *first);

    if (first)
        note_faults(&s->in, false, first);
    if (first && s->result == &s->made)
        note_faults(&s->made, true, first);
    return first;
}

static uint64_t line_of(const struct oc_batch *in, uint32_t row) { return in->line ? in->line[row] : row; }

/* The run ends at this record: the result is what comes before it. */
static int stop_at(struct oc_slot *s, uint32_t record, const struct oc_bad *bad, struct oc_err *err)
{
    uint32_t n = record;

    s->rc = oc_fail(&s->err, OC_DATA, "%s", bad->reason);
    oc_at(&s->err, s->in.file, line_of(&s->in, record), bad->cell);
    s->relative = true;
    uint32_t without = 0;                   /* records before it that .make left out */
    if (s->result == &s->made) {            /* its rows are in the order of the records */
        without = s->made.excluded ? record : 0;
        for (n = 0; n < s->made.rows && origin(&s->made, n) < record; n++)
            without -= without && (!n || origin(&s->made, n) != origin(&s->made, n - 1));
    }
    s->count.in = s->number ? s->number[record] : record;
    s->count.excluded = s->count.in - record + without;
    if (oc_batch_slice(&s->part, s->result, 0, n, err))
        return -1;
    s->result = &s->part;
    return 0;
}

/*
 * The malformed rows that --on-error skips, and those that the program sorted out, of the records before `end`: whole
 * records go, so that of a record with two rows none stays alone.
 */
static int take_out(const struct oc_runner *r, struct oc_slot *s, const struct fault *fault, uint32_t end,
                    struct oc_err *err)
{
    struct oc_batch *in = &s->in, *out = s->result;
    const bool skip = r->io->on_error == OC_ON_ERROR_SKIP;
    uint64_t *keep = oc_arena_zero(&out->arena, oc_bit_words(out->rows), sizeof *keep);
    uint32_t row = 0, kept = 0;

    if (!keep)
        return no_memory(err);
    for (uint32_t record = 0; record < in->rows && record < end; record++) {    /* rows are in the order of the records */
        const struct fault *f = &fault[record];
        const bool goes = f->drop || (skip && f->bad);
        for (; row < out->rows && (out == in ? row : origin(out, row)) <= record; row++)
            if (!goes) {
                oc_bit_set(keep, row);
                kept++;
            }
        if (!goes)
            continue;
        if (oc_reject_add(r, s, record, kept, f->bad, f->of, err))
            return -1;
        s->count.rejected++;
        s->count.dropped += f->bad->drop;
    }
    return oc_batch_filter(out, keep, err);
}

/* A row that --only leaves out passes as it is: what was overwritten comes back. */
static void restore_row(struct oc_batch *b, size_t row)
{
    for (size_t i = 0; i < b->ncol; i++)
        if (b->col[i].before && b->col[i].type == OC_F64)
            b->col[i].f64[row] = b->col[i].before[row];
}

/* Computed cells of a row become missing. */
static int clear_row(struct oc_batch *b, size_t row, struct oc_err *err)
{
    for (size_t i = 0; i < b->ncol; i++) {
        struct oc_col *c = &b->col[i];
        if (!(c->flags & OC_COL_COMPUTED) || strcmp(c->name, "status") == 0)
            continue;
        if (oc_batch_missing(b, c, row, err))
            return -1;
    }
    return 0;
}

/* --on-error na: the malformed rows of the result that come before record `end`. */
static int keep_bad(struct oc_slot *s, struct oc_batch *b, uint32_t end, struct oc_err *err)
{
    uint64_t *seen = oc_arena_zero(&b->arena, oc_bit_words(b->rows), sizeof *seen);

    if (!seen)
        return no_memory(err);
    for (size_t i = 0; i < b->nbad; i++) {
        const struct oc_bad *bad = &b->bad[i];
        const char *name = bad->col == UINT32_MAX ? "row" : b->col[bad->col].name;
        if (bad->drop || (b == &s->in ? bad->row : origin(b, bad->row)) >= end)
            continue;
        if (oc_status_add(b, bad->row, name, "bad-input", err))
            return -1;
        if (oc_bit(seen, bad->row))
            continue;
        oc_bit_set(seen, bad->row);
        s->count.empty++;
        if (clear_row(b, bad->row, err))
            return -1;
    }
    return 0;
}

/*
 * The record at which the run ends; UINT32_MAX: none.  Under na that is one whose cells cannot be told apart, or one of
 * which no row could be made.
 */
static uint32_t end_record(const struct oc_slot *s, enum oc_on_error how, const struct fault *fault)
{
    const bool made = s->result == &s->made;

    for (uint32_t i = 0; how != OC_ON_ERROR_SKIP && i < s->in.rows; i++)
        if (fault[i].bad && !fault[i].bad->drop
            && (how == OC_ON_ERROR_STOP || is_record(fault[i].bad) || (made && fault[i].of == &s->in)))
            return i;
    return UINT32_MAX;
}

/* Malformed rows and the status of all rows; items of status are by row, so they are written before rows go. */
static int judge(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    const enum oc_on_error how = r->io->on_error;
    const bool bad = s->in.nbad || s->result->nbad;
    const struct fault *fault = bad ? find_faults(s) : NULL;

    if (bad && !fault)
        return no_memory(err);
    const uint32_t end = bad ? end_record(s, how, fault) : UINT32_MAX;
    if (bad && how == OC_ON_ERROR_NA && keep_bad(s, s->result, end, err))
        return -1;
    if (oc_status_finish(s->result, err))
        return -1;
    s->count.unanswered += s->result->unanswered;
    if (end != UINT32_MAX && stop_at(s, end, fault[end].bad, err))
        return -1;
    return bad ? take_out(r, s, fault, end, err) : 0;
}

/* ---- step ------------------------------------------------------------------------------------------------ */

static void wait_turn(struct oc_runner *r, uint64_t number)
{
    pthread_mutex_lock(&r->turn_lock);
    while (r->turn != number)
        pthread_cond_wait(&r->turn_cond, &r->turn_lock);
    pthread_mutex_unlock(&r->turn_lock);
}

static void end_turn(struct oc_runner *r)
{
    pthread_mutex_lock(&r->turn_lock);
    r->turn++;
    pthread_cond_broadcast(&r->turn_cond);
    pthread_mutex_unlock(&r->turn_lock);
}

/* The batch that .make fills, in the dialect of what it reads. */
static int made_reset(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    if (oc_batch_reset(&s->made, &r->made, err))
        return -1;
    s->made.dialect = s->in.dialect;
    s->made.text = s->in.text;
    s->made.crlf = s->in.crlf;
    s->made.reading = s->in.reading;
    s->made.naming = &r->naming;
    s->made.file = s->in.file;
    s->made.head = s->in.head;
    return 0;
}

static int call(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    if (r->work->make)
        return r->work->make(r->work->ctx, &s->in, &s->made, err);
    return r->work->step ? r->work->step(r->work->ctx, &s->in, err) : 0;
}

/*
 * --where of a program of jobs: asked of what it made.  The first call, before the header, binds it to the columns
 * that there are.
 */
static int where_made(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    struct oc_batch *b = &s->made;
    struct oc_schema columns = { .kind = r->made.kind };
    int rc = 0;

    if (!r->began) {
        for (size_t i = 0; rc == 0 && i < b->ncol; i++)
            rc = oc_schema_add(&columns, b->col[i].name, NULL, b->col[i].def, b->col[i].type, err);
        if (rc == 0 && oc_expr_bind(r->where, &columns, err))
            rc = oc_while(err, "--where");
        oc_schema_free(&columns);
        return rc;
    }
    const size_t before = b->rows;
    uint64_t *bits = oc_arena_zero(&b->arena, oc_bit_words(b->rows), sizeof *bits);
    if (!bits)
        return no_memory(err);
    /* Items of status are by row, so they are written before rows go. */
    if (oc_status_finish(b, err) || oc_expr_eval(r->where, b, bits, err) || oc_batch_filter(b, bits, err))
        return -1;
    s->count.excluded += before - b->rows;
    return 0;
}

static int no_column(struct oc_batch *b, const char *option, const char *name, struct oc_err *err)
{
    const char **names = oc_arena_alloc(&b->arena, (b->ncol + 1) * sizeof *names);

    if (!names)
        return no_memory(err);
    for (size_t i = 0; i < b->ncol; i++) {
        names[i] = b->col[i].name;
        if (strcmp(names[i], name) == 0)        /* there, but dropped by the list itself */
            return oc_fail(err, OC_USAGE, "%s: column '%s' is named twice", option, name);
    }
    oc_kind_no_column(b->schema ? b->schema->kind : NULL, name, b->ncol, names, err);
    return oc_while(err, "%s", option);
}

/*
 * Of the batch's columns those in the list, in its order (keep), or those not in it.  OC_COL_DROPPED marks the
 * listed ones while the list is read; what goes gives back its dictionary.
 */
static int pick(struct oc_batch *b, const char *list, bool keep, struct oc_err *err)
{
    struct oc_col *out = oc_arena_alloc(&b->arena, b->ncol * sizeof *out);
    size_t n = 0;

    if (!out)
        return no_memory(err);
    for (const char *p = list; *p; p += *p == ',') {
        char name[256];
        const size_t len = strcspn(p, ",");
        snprintf(name, sizeof name, "%.*s", (int)len, p);
        p += len;
        struct oc_col *c = oc_col(b, name);
        if (!c)
            return no_column(b, keep ? "--keep" : "--drop", name, err);
        if (keep)
            out[n++] = *c;
        c->flags |= OC_COL_DROPPED;
    }
    for (size_t i = 0; i < b->ncol; i++) {
        const bool in = b->col[i].flags & OC_COL_DROPPED;
        if (in != keep)
            oc_dict_drop(b->col[i].dict);
        if (in != keep || keep)
            continue;
        out[n++] = b->col[i];
    }
    memcpy(b->col, out, n * sizeof *out);
    b->ncol = n;
    return 0;
}

/* --replace must name columns, else it is a slip of the pen. */
static int check_replace(const char *list, struct oc_batch *b, struct oc_err *err)
{
    for (const char *p = list; *p; p += *p == ',') {
        char name[256];
        const size_t len = strcspn(p, ",");
        snprintf(name, sizeof name, "%.*s", (int)len, p);
        p += len;
        if (!oc_col(b, name))
            return no_column(b, "--replace", name, err);
    }
    return 0;
}

/* --keep and --drop: the array of columns is what is written, in this order. */
int oc_runner_choose(const struct oc_io *io, struct oc_batch *b, struct oc_err *err)
{
    if (io->replace && check_replace(io->replace, b, err))
        return -1;
    if (io->keep && pick(b, io->keep, true, err))
        return -1;
    return io->drop ? pick(b, io->drop, false, err) : 0;
}

/*
 * A binary output holds values, not cells: every column that is written is read now, so that what cannot be read is
 * judged like any other malformed cell.  What --keep and --drop leave out is not looked at.
 */
static int load_written(const struct oc_runner *r, struct oc_batch *b, struct oc_err *err)
{
    for (size_t i = 0; !r->format->text && i < b->ncol; i++) {
        const char *name = b->col[i].name;
        if ((r->io->keep && !oc_batch_listed(r->io->keep, name)) || (r->io->drop && oc_batch_listed(r->io->drop, name)))
            continue;
        if (b->rows && oc_load(b, &b->col[i], err))
            return -1;
    }
    return 0;
}

int oc_runner_step(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    s->result = r->work->make ? &s->made : &s->in;
    s->in.naming = &r->naming;
    if (r->work->make && made_reset(r, s, err))
        return -1;
    if (call(r, s, err))
        return -1;
    s->count.excluded += s->made.excluded;
    if (r->work->job && r->where && where_made(r, s, err))
        return -1;
    struct oc_batch *b = s->result;
    if (r->io->on_error == OC_ON_ERROR_NA && oc_add_status(b, err))
        return -1;
    for (size_t i = 0; b->active && i < b->rows; i++) {
        if (oc_bit(b->active, i))
            continue;
        if (clear_row(b, i, err))
            return -1;
        restore_row(b, i);
    }
    if (load_written(r, b, err))
        return -1;
    if (judge(r, s, err))
        return -1;
    s->result->active = NULL;       /* what was not computed is missing by now, or what it was before */
    return oc_runner_choose(r->io, s->result, err);
}

static int process(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    if (oc_input_parse(s->input, &s->blk, &s->in, err))
        return -1;
    s->lines = s->in.lines;
    s->count.in = s->in.rows;
    if (r->where && !r->work->job && apply_where(r, s, err))
        return -1;
    if (r->only && apply_only(r, &s->in, err))
        return -1;
    if (r->work->ordered && r->threaded)
        wait_turn(r, s->blk.number);
    return oc_runner_step(r, s, err);
}

void oc_runner_process(struct oc_runner *r, struct oc_slot *s)
{
    struct oc_err err = { 0 };

    const int64_t start = oc_stats_clock();
    s->rc = 0;
    s->relative = false;
    s->text.n = s->rejects.n = 0;
    s->count = (struct oc_count){ .blocks = 1 };
    s->lines = 0;
    s->number = NULL;
    s->result = &s->in;
    int rc = process(r, s, &err);
    if (r->work->ordered && r->threaded) {
        wait_turn(r, s->blk.number);    /* also when it failed before its turn */
        end_turn(r);
    }
    if (rc == 0)
        rc = r->format->encode(&r->writer, s->result, &s->text, &err);
    if (rc == 0)
        s->count.out = s->result->rows;
    if (rc) {                           /* an error of the whole block: nothing of it is written */
        s->rc = rc;
        s->err = err;
        s->relative = s->err.line != 0;
        s->result = NULL;
        if (!s->err.file[0])
            oc_at(&s->err, oc_source_name(s->input->r.src), s->err.line, s->err.column);
    }
    s->ns = oc_stats_clock() - start;
}

void oc_slot_free(struct oc_slot *s)
{
    if (s->input && s->input->r.format->block_free)
        s->input->r.format->block_free(&s->blk);
    free(s->blk.p);
    oc_gather_free(s->blk.gather);
    oc_batch_free(&s->in);
    oc_batch_free(&s->made);
    oc_batch_free(&s->part);
    oc_buf_free(&s->text);
    oc_buf_free(&s->rejects);
}
