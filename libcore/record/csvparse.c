/*
 * csvparse - where the cells of a block lie: see csv.h.
 *
 * One vectorised pass lists all delimiters and line feeds.  A block without quotes whose list is as regular as a table is
 * done by copying it into rows.  Any other block is walked record by record: plain records still come from the list, and
 * one with a quote or a stray CR is given to libcsv, in pieces that end at a delimiter, LF or CR, so that the places where
 * libcsv ends a cell are known.
 */
#include "record/csv.h"
#include "record/csvscan.h"

#include <csv.h>
#include <stdio.h>
#include <string.h>

enum { FRONT = 64, SLACK = 64 };        /* text begins at FRONT of the block; the list of positions has SLACK behind */

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the cells of a block"); }

/* ---- regular blocks ---------------------------------------------------------------------------------------- */

/* Every record has its columns, no quote, no NUL, and all lines end alike. */
static bool is_regular(const char *text, const uint32_t *flat, const struct oc_csvscan *f, size_t columns)
{
    if (f->quotes || f->nuls || f->nsep != f->nlf * columns || (f->ncr && f->ncr != f->nlf))
        return false;
    uint32_t start = FRONT;
    for (size_t r = 0; r < f->nlf; r++) {
        const uint32_t lf = flat[(r + 1) * columns - 1];
        if (text[lf] != '\n' || (f->ncr && (lf == start || text[lf - 1] != '\r')) || lf == start + (f->ncr != 0))
            return false;               /* the last: a blank line, in a file of one column */
        start = lf + 1;
    }
    return true;
}

static int regular(struct oc_batch *b, const uint32_t *flat, const struct oc_csvscan *f, size_t columns,
                   struct oc_err *err)
{
    enum { STEP = 16 };                 /* entries copied at once, the surplus is overwritten by the next row */
    const size_t stride = columns + 1;
    uint32_t *sep = oc_arena_alloc(&b->arena, (f->nlf * stride + STEP) * sizeof *sep);

    if (!sep)
        return no_memory(err);
    b->sep = sep;
    b->stride = stride;
    b->rows = f->nlf;
    b->lines = f->nlf;
    const uint32_t cr = f->ncr != 0;
    uint32_t before = FRONT - 1;
    for (size_t r = 0; r < f->nlf; r++, sep += stride, flat += columns) {
        sep[0] = before;
        for (size_t i = 0; i < columns; i += STEP)
            memcpy(sep + 1 + i, flat + i, STEP * sizeof *sep);
        before = flat[columns - 1];
        sep[columns] = before - cr;
    }
    return 0;
}

/* ---- all other blocks -------------------------------------------------------------------------------------- */

struct walk {
    const char *text;
    uint32_t at, end;           /* the next record begins here; end of the text, which is behind a line feed */
    const uint32_t *flat;       /* delimiters and line feeds not yet passed */
    uint32_t quote, cr, nul;    /* the next of each from `at` on; `end` when there is none */
    size_t columns, least;
    uint32_t line;              /* of `at`, within the block */
    struct oc_batch *b;
    uint32_t *sep, *lines;      /* the table and the lines of its rows */
    size_t cap, most;           /* rows there is room for; entries at most */
    struct csv_parser csv;
    bool csv_ready;
    char delim;
};

/* A record while its cells are found. */
struct record {
    uint32_t *sep;
    size_t cells;
    size_t bad_cell;            /* from 1; 0 none yet */
    const char *why;
};

static uint32_t next_of(const struct walk *w, char c, uint32_t from)
{
    const char *p = from < w->end ? memchr(w->text + from, c, w->end - from) : NULL;

    return p ? (uint32_t)(p - w->text) : w->end;
}

/* Rows of a table are as many as regular records would be, until ragged ones need more. */
static int room(struct walk *w, const struct oc_limits *limits, struct oc_err *err)
{
    const size_t stride = w->columns + 2, rows = w->b->rows;

    if (rows < w->cap)
        return 0;
    const size_t cap = rows ? 2 * rows : (w->end - FRONT) / w->columns + 16;
    if (rows && cap > limits->max_batch / sizeof *w->sep / stride)
        return oc_fail(err, OC_LIMIT, "%zu malformed records of %zu columns in one block are more than --max-batch holds",
                       rows, w->columns);
    uint32_t *sep = oc_arena_alloc(&w->b->arena, cap * stride * sizeof *sep);
    uint32_t *lines = oc_arena_alloc(&w->b->arena, cap * sizeof *lines);
    if (!sep || !lines)
        return no_memory(err);
    if (rows) {
        memcpy(sep, w->sep, rows * stride * sizeof *sep);
        memcpy(lines, w->lines, rows * sizeof *lines);
    }
    w->sep = sep;
    w->lines = lines;
    w->cap = cap;
    return 0;
}

static void end_cell(const struct walk *w, struct record *rec, uint32_t at)
{
    if (++rec->cells <= w->columns)
        rec->sep[rec->cells] = at;
}

/* The cell that is being read is wrong. */
static void bad_here(struct record *rec, const char *why)
{
    if (!rec->bad_cell) {
        rec->bad_cell = rec->cells + 1;
        rec->why = why;
    }
}

/* The row's part of the table is completed, and the row is told if it is malformed. */
static int end_record(struct walk *w, struct record *rec, uint32_t end, struct oc_err *err)
{
    struct oc_batch *b = w->b;
    const size_t n = w->columns;
    size_t have = rec->cells < n ? rec->cells : n;
    char ragged[80];

    if (rec->bad_cell && rec->bad_cell <= n) {      /* the bad cell holds the rest */
        have = rec->bad_cell;
        rec->sep[have] = end;
    } else if (!rec->bad_cell && (rec->cells > n || rec->cells < w->least)) {
        snprintf(ragged, sizeof ragged, "%zu cell%s where the header has %zu", rec->cells, rec->cells == 1 ? "" : "s", n);
        rec->why = ragged;
        rec->bad_cell = rec->cells;
    }
    for (size_t i = have; i < n; i++)               /* missing cells are empty */
        rec->sep[i + 1] = rec->sep[i] + 1;
    rec->sep[n + 1] = end;
    if (rec->why) {
        if (oc_bad_row(b, b->rows, NULL, err, "%s", rec->why))
            return -1;
        b->bad[b->nbad - 1].cell = (uint32_t)rec->bad_cell;
    }
    b->rows++;
    return 0;
}

/* No quote and no stray CR: cells end at the k delimiters of the list and before the line end. */
static int plain_record(struct walk *w, struct record *rec, size_t k, uint32_t end, struct oc_err *err)
{
    for (size_t i = 0; i < k; i++) {
        if (w->nul < w->flat[i])
            bad_here(rec, "a NUL byte");
        end_cell(w, rec, w->flat[i]);
    }
    if (w->nul < end)
        bad_here(rec, "a NUL byte");
    end_cell(w, rec, end);
    return end_record(w, rec, end, err);
}

/* ---- libcsv ------------------------------------------------------------------------------------------------ */

struct seen { unsigned cells, rows; };

static void on_cell(void *p, size_t n, void *ctx)
{
    (void)p;
    (void)n;
    ((struct seen *)ctx)->cells++;
}

static void on_row(int c, void *ctx)
{
    (void)c;
    ((struct seen *)ctx)->rows++;
}

static int never(unsigned char c)       /* blanks belong to the cell */
{
    (void)c;
    return 0;
}

static int csv_begin(struct walk *w, struct oc_err *err)
{
    if (w->csv_ready)
        return 0;
    /* every line end is told, so that a blank one within a malformed record is not missed */
    if (csv_init(&w->csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
        return no_memory(err);
    csv_set_delim(&w->csv, (unsigned char)w->delim);
    csv_set_space_func(&w->csv, never);
    csv_set_blk_size(&w->csv, 4096);
    w->csv_ready = true;
    return 0;
}

/* After a refusal: libcsv is in the middle of something. */
static void csv_end(struct walk *w)
{
    if (w->csv_ready)
        csv_free(&w->csv);
    w->csv_ready = false;
}

/* The list and the next CR, LF behind position p, which ends a cell or not. */
static void pass(struct walk *w, uint32_t p)
{
    while (w->flat[0] <= p && w->flat[0] < w->end) {
        w->line += w->text[w->flat[0]] == '\n';
        w->flat++;
    }
    if (w->cr <= p)
        w->cr = next_of(w, '\r', p + 1);
}

/* libcsv says where the cells and the record end; *next: behind its line feed. */
static int quoted_record(struct walk *w, struct record *rec, uint32_t *next, struct oc_err *err)
{
    uint32_t from = w->at, end;

    for (;;) {
        const uint32_t to = w->flat[0] < w->cr ? w->flat[0] : w->cr;    /* the next that can end a cell */
        struct seen seen = { 0 };
        if (to >= w->end)
            return oc_fail(err, OC_INTERNAL, "a block ends inside a record");
        if (csv_begin(w, err))
            return -1;
        const size_t n = csv_parse(&w->csv, w->text + from, to + 1 - from, on_cell, on_row, &seen);
        if (n < to + 1 - from) {
            if (csv_error(&w->csv) != CSV_EPARSE)
                return no_memory(err);
            const uint32_t at = from + (uint32_t)n;
            bad_here(rec, w->text[at] == '"' ? "a quote inside an unquoted cell" : "text behind a closing quote");
            csv_end(w);
            end = next_of(w, '\n', at);
            *next = end + 1;
            pass(w, end);
            if (w->text[end - 1] == '\r' && end - 1 > at)
                end--;
            break;
        }
        if (w->nul <= to)
            bad_here(rec, "a NUL byte");
        const char c = w->text[to];
        const bool stray = c == '\r' && seen.rows && w->text[to + 1] != '\n';
        if (stray)
            bad_here(rec, "a carriage return without a line feed");
        if (seen.cells)
            end_cell(w, rec, to);
        pass(w, to);
        from = to + 1;
        if (c == '\n' && seen.rows) {
            *next = from;
            end = to > w->at && w->text[to - 1] == '\r' ? to - 1 : to;
            break;
        }
    }
    return end_record(w, rec, end, err);
}

/* ---- the walk ---------------------------------------------------------------------------------------------- */

static int walk_record(struct walk *w, struct oc_err *err)
{
    struct record rec = { .sep = w->sep + w->b->rows * (w->columns + 2) };
    size_t k = 0;

    if (w->quote < w->at)
        w->quote = next_of(w, '"', w->at);
    if (w->nul < w->at)
        w->nul = next_of(w, '\0', w->at);
    if (w->cr < w->at)
        w->cr = next_of(w, '\r', w->at);
    while (w->text[w->flat[k]] != '\n')
        k++;
    const uint32_t lf = w->flat[k], start = w->at, line = w->line;
    const bool crlf = w->cr + 1 == lf;
    uint32_t next = lf + 1;
    if (lf - crlf == start) {                   /* blank */
        pass(w, lf);
        w->at = next;
        return 0;
    }
    rec.sep[0] = start - 1;
    int rc;
    if (w->quote < lf || (w->cr < lf && !crlf)) {
        rc = quoted_record(w, &rec, &next, err);
    } else {
        rc = plain_record(w, &rec, k, lf - crlf, err);
        w->flat += k + 1;
        w->line++;
    }
    w->lines[w->b->rows - (rc == 0)] = line;
    w->at = next;
    return rc;
}

static int walk_block(const struct oc_reader *r, struct walk *w, struct oc_err *err)
{
    struct oc_batch *b = w->b;
    int rc = 0;

    w->quote = next_of(w, '"', w->at);
    w->cr = next_of(w, '\r', w->at);
    w->nul = next_of(w, '\0', w->at);
    while (rc == 0 && w->at < w->end) {
        rc = room(w, r->limits, err);
        if (rc == 0)
            rc = walk_record(w, err);
    }
    csv_end(w);
    b->sep = w->sep;
    b->stride = w->columns + 2;
    b->line = w->lines;
    b->lines = w->line;
    return rc;
}

int oc_csvparse_block(const struct oc_reader *r, struct oc_block *blk, struct oc_batch *b, struct oc_err *err)
{
    const struct oc_csv *csv = r->state;
    const uint32_t end = FRONT + (uint32_t)blk->n;
    uint32_t *flat = oc_arena_alloc(&b->arena, (blk->n + SLACK) * sizeof *flat);
    struct oc_csvscan found;
    int rc;

    if (!flat)
        return no_memory(err);
    b->dialect = csv->delim == ',' ? OC_CELL_CSV : OC_CELL_TSV;
    b->text = blk->p;
    b->crlf = r->crlf;
    oc_csvscan_split(blk->p, FRONT, end, csv->delim, flat, &found);
    flat[found.nsep] = end;
    if (is_regular(blk->p, flat, &found, csv->columns)) {
        rc = regular(b, flat, &found, csv->columns, err);
    } else {
        struct walk w = { .text = blk->p, .at = FRONT, .end = end, .flat = flat, .columns = csv->columns,
                          .least = r->least && r->least < csv->columns ? r->least : csv->columns, .b = b,
                          .delim = csv->delim };
        rc = walk_block(r, &w, err);
    }
    for (size_t i = 0; i < b->ncol; i++) {
        b->col[i].text = b->text;
        b->col[i].sep = b->sep + i;
        b->col[i].stride = b->stride;
    }
    return rc;
}
