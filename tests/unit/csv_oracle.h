/*
 * csv_oracle - what a CSV text means, said by libcsv alone, byte by byte; and what our reader makes of it, in the same
 * words.  For tests/unit/record_csv.c and tests/fuzz/csv.c.
 *
 * The words, one record a line of bytes: 'G' line number, cells (each length and text); or 'B' line number, raw record.
 * libcsv ends a row at a CR; where no LF follows, our dialect calls the record malformed and goes on to its LF, as it does
 * behind whatever libcsv refuses.
 */
#ifndef OC_TEST_CSV_ORACLE_H
#define OC_TEST_CSV_ORACLE_H

#include "base/buf.h"
#include "record/batch.h"
#include "record/csv.h"
#include "record/format.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum meaning { MEANS_RECORDS, MEANS_TRUNCATED, MEANS_NO_HEADER };

struct oracle {
    struct oc_buf words;        /* of the records behind the header */
    struct oc_buf cells;        /* of the record at hand */
    size_t ncells, columns;
    bool header, row, bad;      /* header: it was seen; row: libcsv ended a row with the last byte */
    uint64_t line, start_line;
};

static void put_size(struct oc_buf *b, uint64_t n) { oc_buf_put(b, &n, sizeof n); }

static void oracle_cell(void *p, size_t n, void *ctx)
{
    struct oracle *o = ctx;

    o->ncells++;
    put_size(&o->cells, n);
    oc_buf_put(&o->cells, p, n);
}

static void oracle_row(int c, void *ctx)
{
    (void)c;
    ((struct oracle *)ctx)->row = true;
}

static int oracle_no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void oracle_begin(struct csv_parser *p, char delim)
{
    if (csv_init(p, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
        abort();
    csv_set_delim(p, (unsigned char)delim);
    csv_set_space_func(p, oracle_no_space);
}

/* The record text[from .. to), without its line end.  false: it was a header that cannot be one. */
static bool oracle_record(struct oracle *o, const char *text, size_t from, size_t to)
{
    bool ok = true;

    if (memchr(text + from, '\0', to - from))
        o->bad = true;
    if (!o->bad && to == from) {
        /* blank */
    } else if (!o->header) {
        ok = !o->bad;
        o->header = true;
        o->columns = o->ncells;
    } else if (o->bad || o->ncells != o->columns) {
        oc_buf_char(&o->words, 'B');
        put_size(&o->words, o->start_line);
        put_size(&o->words, to - from);
        oc_buf_put(&o->words, text + from, to - from);
    } else {
        oc_buf_char(&o->words, 'G');
        put_size(&o->words, o->start_line);
        oc_buf_put(&o->words, o->cells.p, o->cells.n);
    }
    o->cells.n = o->ncells = 0;
    o->bad = false;
    o->start_line = o->line;
    return ok;
}

static size_t oracle_line_end(const char *text, size_t lf, size_t above)
{
    return lf > above && text[lf - 1] == '\r' ? lf - 1 : lf;
}

static enum meaning oracle_read(const char *text, size_t n, char delim, struct oc_buf *words)
{
    struct oracle o = { .line = 1, .start_line = 1 };
    struct csv_parser p;
    size_t start = 0, i = 0;
    enum meaning m = MEANS_RECORDS;

    oracle_begin(&p, delim);
    while (i < n && m == MEANS_RECORDS) {
        o.row = false;
        if (csv_parse(&p, text + i, 1, oracle_cell, oracle_row, &o) != 1) {
            const char *lf = memchr(text + i, '\n', n - i);
            const size_t end = lf ? (size_t)(lf - text) : n;
            o.bad = true;
            o.line++;
            if (!oracle_record(&o, text, start, oracle_line_end(text, end, i + 1)))
                m = MEANS_NO_HEADER;
            start = i = end + 1;
            csv_free(&p);
            oracle_begin(&p, delim);
            continue;
        }
        const char c = text[i++];
        o.line += c == '\n';
        if (c == '\r' && o.row && i < n && text[i] != '\n')
            o.bad = true;
        if (c == '\n' && o.row) {
            if (!oracle_record(&o, text, start, oracle_line_end(text, i - 1, start)))
                m = MEANS_NO_HEADER;
            start = i;
        }
    }
    if (m == MEANS_RECORDS && start < n) {
        if (csv_fini(&p, oracle_cell, oracle_row, &o))
            m = MEANS_TRUNCATED;
        else if (!oracle_record(&o, text, start, oracle_line_end(text, n, start)))
            m = MEANS_NO_HEADER;
    }
    csv_free(&p);
    if (!o.header)
        m = MEANS_NO_HEADER;
    oc_buf_free(&o.cells);
    *words = o.words;
    return m;
}

/* ---- our reader, in the same words ---- */

struct csv_case {
    const struct oc_format *format;
    size_t block_bytes, batch_rows, max_record;
};

static bool is_bad_row(const struct oc_batch *b, size_t row)
{
    for (size_t i = 0; i < b->nbad; i++)
        if (b->bad[i].row == row && b->bad[i].col == UINT32_MAX)
            return true;
    return false;
}

/* The rows of a batch; abort() where a cell lies outside the block. */
static void batch_words(const struct oc_batch *b, const struct oc_block *blk, uint64_t first_line, struct oc_buf *words)
{
    struct oc_buf scratch = { 0 };

    for (size_t r = 0; r < b->rows; r++) {
        const uint32_t *sep = b->sep + r * b->stride;
        const bool bad = is_bad_row(b, r);
        oc_buf_char(words, bad ? 'B' : 'G');
        put_size(words, first_line + (b->line ? b->line[r] : r));
        if (bad) {
            put_size(words, sep[b->stride - 1] - sep[0] - 1);
            oc_buf_put(words, b->text + sep[0] + 1, sep[b->stride - 1] - sep[0] - 1);
        }
        for (size_t i = 0; i < b->ncol; i++) {
            size_t len, n;
            bool null;
            const char *raw = oc_cell(&b->col[i], r, &len);
            if (len > blk->n || (len && (raw < blk->p + 64 || raw + len > blk->p + 64 + blk->n)))
                abort();
            const char *s = oc_cell_text(b->dialect, raw, len, &scratch, &n, &null);
            if (bad)
                continue;
            put_size(words, n);
            oc_buf_put(words, s, n);
        }
    }
    oc_buf_free(&scratch);
}

static enum meaning reader_read(const struct csv_case *cc, const char *text, size_t n, struct oc_buf *words,
                                struct oc_err *err)
{
    const struct oc_limits limits = { .max_record = cc->max_record, .max_batch = (size_t)64 << 20,
                                      .batch_rows = cc->batch_rows, .block_bytes = cc->block_bytes };
    char *copy = malloc(n + 1);
    struct oc_reader r = { .format = cc->format, .limits = &limits, .first_line = 1, .ahead = copy, .nahead = n };
    struct oc_block blk = { 0 };
    struct oc_batch b = { 0 };
    enum meaning m = MEANS_RECORDS;
    int rc = 0;

    memcpy(copy, text, n);
    r.state = calloc(1, cc->format->reader_size);
    r.src = oc_source_open("/dev/null", 0, err);
    if (!r.src || !r.state || !copy)
        abort();
    if (cc->format->open(&r, err)) {
        m = MEANS_NO_HEADER;
    } else {
        uint64_t line = r.first_line;
        while ((rc = cc->format->cut(&r, &blk, err)) > 0) {
            if (oc_batch_reset(&b, &r.schema, err) || cc->format->parse(&r, &blk, &b, err))
                abort();
            batch_words(&b, &blk, line, words);
            line += b.lines;
        }
        if (rc < 0)
            m = MEANS_TRUNCATED;
    }
    cc->format->reader_close(&r);
    free(r.state);
    free(copy);
    free(blk.p);
    oc_batch_free(&b);
    oc_schema_free(&r.schema);
    oc_source_close(r.src);
    return m;
}

#endif
