/*
 * csvcut - blocks of whole records: see csv.h.
 *
 * Without quotes a block ends at its last line feed.  With them, the state machine below says which line feeds end
 * records; it looks only at quotes and their neighbours, and agrees with libcsv (which csvparse.c asks about every
 * record with a quote) on every input: tests/unit/record_csv.c and tests/fuzz/csv.c hold them against each other.
 */
#include "record/csv.h"
#include "record/csvscan.h"
#include "record/jsontext.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    FEW = 4096, READ = 64 * 1024,       /* steps of reading when rows are counted */
    MOST = 1 << 30                      /* positions are 32 bits */
};

/* A line feed at `lf` ends the record that began at c->end. */
static void take(struct oc_csvcut *c, const char *text, size_t lf)
{
    const size_t n = lf + 1 - c->end;

    if (c->max_record && n > c->max_record) {
        c->too_long = true;
        return;
    }
    const bool blank = n == 1 || (n == 2 && text[c->end] == '\r');
    c->rows += !blank;
    c->end = lf + 1;
    c->full = c->max_rows && c->rows == c->max_rows;
}

/* All line feeds in text[from .. to), which is outside quotes, or just the last one when nobody counts. */
static void take_lines(struct oc_csvcut *c, const char *text, size_t from, size_t to)
{
    if (!c->max_rows && !c->max_record) {
        const char *lf = to > from ? memrchr(text + from, '\n', to - from) : NULL;
        if (lf)
            c->end = (size_t)(lf - text) + 1;
        return;
    }
    while (from < to && !c->full && !c->too_long) {
        const char *lf = memchr(text + from, '\n', to - from);
        if (!lf)
            return;
        from = (size_t)(lf - text) + 1;
        take(c, text, from - 1);
    }
}

static size_t scan_plain(struct oc_csvcut *c, const char *text, size_t p, size_t n)
{
    const char *q = c->lines ? NULL : memchr(text + p, '"', n - p);
    const size_t at = q ? (size_t)(q - text) : n;

    take_lines(c, text, p, at);
    if (!q)
        return n;
    const char before = at ? text[at - 1] : '\n';
    const bool begins = before == c->delim || before == '\n' || before == '\r';
    c->state = begins ? OC_CSV_QUOTED : OC_CSV_SKIP;
    return at + 1;
}

/* Stays at a quote that is the last byte: what follows decides. */
static size_t scan_quoted(struct oc_csvcut *c, const char *text, size_t p, size_t n)
{
    const char *q = memchr(text + p, '"', n - p);

    if (!q)
        return n;
    const size_t at = (size_t)(q - text);
    if (at + 1 == n)
        return at;
    const char next = text[at + 1];
    if (next == '"')
        return at + 2;
    c->state = next == c->delim || next == '\n' || next == '\r' ? OC_CSV_PLAIN : OC_CSV_SKIP;
    return at + 1;
}

static size_t scan_skip(struct oc_csvcut *c, const char *text, size_t p, size_t n)
{
    const char *lf = memchr(text + p, '\n', n - p);

    if (!lf)
        return n;
    take(c, text, (size_t)(lf - text));
    c->state = OC_CSV_PLAIN;
    return (size_t)(lf - text) + 1;
}

/* In a quoted cell with a quote as the last byte there is: what follows decides, so it is not looked at yet. */
static bool waits(const struct oc_csvcut *c, const char *text, size_t n)
{
    return c->state == OC_CSV_QUOTED && c->scan + 1 == n && text[c->scan] == '"';
}

void oc_csvcut_scan(struct oc_csvcut *c, const char *text, size_t n)
{
    while (c->scan < n && !c->full && !c->too_long && !waits(c, text, n)) {
        const size_t p = c->scan;
        switch (c->state) {
        case OC_CSV_PLAIN: c->scan = scan_plain(c, text, p, n); break;
        case OC_CSV_QUOTED: c->scan = scan_quoted(c, text, p, n); break;
        case OC_CSV_SKIP: c->scan = scan_skip(c, text, p, n); break;
        }
    }
}

bool oc_csvcut_open(const struct oc_csvcut *c, const char *text, size_t n)
{
    const char *why = NULL, *at = NULL;

    if (c->lines) {                 /* a value that goes on where the input ends */
        const char *p = oc_jsontext_blank(text + c->end, text + n);
        return p < text + n && !oc_jsontext_value(p, text + n, &why, &at) && (at == text + n || *at == '"');
    }
    return c->state == OC_CSV_QUOTED && !waits(c, text, n);
}

int oc_csvcut_fail_open(const struct oc_reader *r, const char *text, size_t n, struct oc_err *err)
{
    static const char mark[] = "\"!oc: output cut";

    const struct oc_csv *csv = r->state;
    const bool ours = n >= sizeof mark - 1 && memcmp(text, mark, sizeof mark - 1) == 0;

    oc_fail(err, OC_TRUNCATED, "unterminated %s at the end: %s", csv->lines ? ours ? "string" : "record" : "quoted field",
            ours ? "the oc program that wrote this failed" : "the input was cut");
    return oc_at(err, oc_source_name(r->src), 0, 0);
}

/* ---- bytes ------------------------------------------------------------------------------------------------- */

/* More bytes behind blk->n: what was put back first.  As oc_reader_read(). */
static ptrdiff_t refill(struct oc_reader *r, struct oc_block *blk, size_t cap, struct oc_err *err)
{
    struct oc_csv *csv = r->state;

    /* the cells that a short record lacks have positions behind it: as many as there are columns */
    if (oc_block_reserve(blk, blk->n + cap + csv->columns + 2, err))
        return -1;
    char *p = blk->p + 64 + blk->n;
    ptrdiff_t k;
    if (csv->off < csv->n) {
        k = (ptrdiff_t)(csv->n - csv->off < cap ? csv->n - csv->off : cap);
        memcpy(p, csv->stash + csv->off, (size_t)k);
        csv->off += (size_t)k;
    } else {
        k = oc_reader_read(r, p, cap, err);
    }
    if (k > 0)
        blk->n += (size_t)k;
    return k;
}

/* Put the block's bytes from `end` on back. */
static int unread(struct oc_csv *csv, struct oc_block *blk, size_t end, struct oc_err *err)
{
    const size_t n = blk->n - end;

    blk->n = end;
    if (csv->off < csv->n) {        /* the block has bytes of the stash alone, and these are its last ones */
        csv->off -= n;
        return 0;
    }
    if (n > csv->cap) {
        char *p = realloc(csv->stash, n);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory to carry %zu bytes", n);
        csv->stash = p;
        csv->cap = n;
    }
    if (n)
        memcpy(csv->stash, blk->p + 64 + end, n);
    csv->off = 0;
    csv->n = n;
    return 0;
}

/* ---- blocks ------------------------------------------------------------------------------------------------ */

static int too_long(const struct oc_reader *r, struct oc_err *err)
{
    return oc_fail(err, OC_LIMIT, "a record is longer than --max-record (%zu bytes)", r->limits->max_record);
}

static uint64_t lines_of(const struct oc_block *blk, const struct oc_csvcut *c)
{
    return oc_csvscan_lines(blk->p, 64, 64 + (uint32_t)c->end);
}

/*
 * The input ends for the reason in csv->later, in the record behind the last whole one: now if there is none, else at the
 * next call.
 */
static int end_later(struct oc_reader *r, const struct oc_block *blk, const struct oc_csvcut *c, struct oc_err *err)
{
    struct oc_csv *csv = r->state;

    csv->failed = true;
    if (!csv->later.line) {         /* what is translated knows the place in its document */
        unsigned column = 0;
        const uint64_t line = oc_source_place(r->src, csv->line + (c->end ? lines_of(blk, c) : 0), &column);
        oc_at(&csv->later, csv->later.file[0] ? NULL : oc_source_name(r->src), line, column);
    }
    if (c->end == 0)
        *err = csv->later;
    return c->end == 0 ? -1 : 0;
}

/* The last record, which may lack its line end. */
static int finish(struct oc_reader *r, struct oc_block *blk, struct oc_csvcut *c, struct oc_err *err)
{
    struct oc_csv *csv = r->state;
    char *text = blk->p + 64;

    csv->eof = true;
    if (c->end == blk->n)
        return 0;
    if (oc_csvcut_open(c, text, blk->n)) {
        oc_csvcut_fail_open(r, text + c->end, blk->n - c->end, &csv->later);
        return end_later(r, blk, c, err);
    }
    text[blk->n++] = '\n';          /* refill() has left room */
    c->end = blk->n;
    return 0;
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* Room for the next read: to the block's size, and for a record that is longer, in doubles, to the limit. */
static size_t next_room(const struct oc_reader *r, const struct oc_block *blk, const struct oc_csvcut *c)
{
    const size_t limit = smaller(r->limits->max_record, MOST);

    if (c->max_rows) {              /* in doubles: one row from a full stash should not copy all of it */
        const size_t step = blk->n < FEW ? FEW : smaller(blk->n, READ);
        return c->end ? step : smaller(step, limit - blk->n);
    }
    if (blk->n < r->limits->block_bytes)
        return r->limits->block_bytes - blk->n;
    return smaller(blk->n, limit - blk->n);
}

/* Whole records are there: are they enough, or would waiting for more hold them back? */
static bool enough(struct oc_reader *r, const struct oc_block *blk, const struct oc_csvcut *c)
{
    const struct oc_csv *csv = r->state;
    const size_t most = c->max_rows ? smaller(r->limits->max_batch, MOST) : r->limits->block_bytes;

    return c->end && (c->full || blk->n >= most || (csv->off == csv->n && oc_reader_idle(r)));
}

int oc_csvcut_next(struct oc_reader *r, struct oc_block *blk, struct oc_err *err)
{
    struct oc_csv *csv = r->state;
    const size_t limit = smaller(r->limits->max_record, MOST);
    struct oc_csvcut c = { .delim = csv->delim, .lines = csv->lines, .max_rows = r->limits->batch_rows,
                           .max_record = limit < r->limits->block_bytes || r->limits->batch_rows ? limit : 0 };

    if (csv->failed) {
        *err = csv->later;
        return -1;
    }
    blk->n = 0;
    while (!csv->eof && !enough(r, blk, &c)) {
        if (c.too_long || (!c.end && blk->n >= limit)) {
            too_long(r, &csv->later);
            if (end_later(r, blk, &c, err))
                return -1;
            break;
        }
        const ptrdiff_t k = refill(r, blk, next_room(r, blk, &c), &csv->later);
        if (k < 0) {
            if (end_later(r, blk, &c, err))
                return -1;
            break;
        }
        if (k == 0 && finish(r, blk, &c, err))
            return -1;
        if (k > 0)
            oc_csvcut_scan(&c, blk->p + 64, blk->n);
    }
    if (c.end == 0)
        return 0;
    assert(c.end <= blk->n);
    csv->line += lines_of(blk, &c);
    return unread(csv, blk, c.end, err) ? -1 : 1;
}

/* ---- the first record -------------------------------------------------------------------------------------- */

/* More bytes behind stash[0 .. n).  As read(). */
static ptrdiff_t more(struct oc_reader *r, struct oc_err *err)
{
    enum { STEP = 64 * 1024 };
    struct oc_csv *csv = r->state;

    if (csv->cap - csv->n < STEP) {
        const size_t cap = 2 * csv->cap + STEP + 1;
        char *p = realloc(csv->stash, cap);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory for the header");
        csv->stash = p;
        csv->cap = cap;
    }
    const ptrdiff_t k = oc_reader_read(r, csv->stash + csv->n, STEP - 1, err);     /* one byte left for a line feed */
    if (k > 0)
        csv->n += (size_t)k;
    return k;
}

int oc_csvcut_first(struct oc_reader *r, size_t *from, size_t *to, struct oc_err *err)
{
    struct oc_csv *csv = r->state;
    const char *first = csv->lines ? "one record" : "a header line";
    struct oc_csvcut c = { .delim = csv->delim, .lines = csv->lines, .max_rows = 1, .max_record = r->limits->max_record };

    /* blank lines do not count as rows, so the cut is full with the first record */
    while (!c.full && !csv->eof) {
        if (c.too_long || csv->n - c.end >= r->limits->max_record)
            return oc_fail(err, OC_LIMIT, "the first record is longer than --max-record (%zu bytes)",
                           r->limits->max_record);
        const ptrdiff_t k = more(r, err);
        if (k < 0)
            return -1;
        if (k == 0) {
            csv->eof = true;
            if (c.end == csv->n)
                return oc_fail(err, OC_FORMAT, "the input is empty: not even %s", first);
            if (oc_csvcut_open(&c, csv->stash, csv->n))
                return oc_csvcut_fail_open(r, csv->stash + c.end, csv->n - c.end, err);
            csv->stash[csv->n++] = '\n';
        }
        oc_csvcut_scan(&c, csv->stash, csv->n);
    }
    if (!c.full)
        return oc_fail(err, OC_FORMAT, "the input is empty: not even %s", first);
    for (size_t at = 0;;) {         /* the record is the last that was taken */
        const size_t blank = csv->stash[at] == '\n' ? 1 : csv->stash[at] == '\r' && csv->stash[at + 1] == '\n' ? 2 : 0;
        if (!blank) {
            *from = at;
            *to = c.end;
            return 0;
        }
        at += blank;
        r->first_line++;
    }
}
