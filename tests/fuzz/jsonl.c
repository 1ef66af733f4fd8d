/*
 * jsonl - any text through the JSON lines reader: every cell lies in the block, and what the writer makes of the good
 * records is JSON again.  The first byte chooses the block size.
 */
#include "record/batch.h"
#include "record/format.h"
#include "record/jsontext.h"

#include <stdlib.h>
#include <string.h>

extern const struct oc_format oc_format_jsonl;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int check_json(struct oc_sink *s, const void *p, size_t n, struct oc_err *err)
{
    const char *at = p, *const end = at + n, *why, *where;

    (void)s;
    (void)err;
    while (at < end) {
        at = oc_jsontext_value(at, end, &why, &where);
        if (!at || *at++ != '\n')
            abort();
    }
    return 0;
}

static void check_cells(const struct oc_batch *b, const struct oc_block *blk, struct oc_buf *scratch)
{
    for (size_t r = 0; r < b->rows; r++)
        for (size_t c = 0; c < b->ncol; c++) {
            size_t len, n;
            bool null;
            const char *raw = oc_cell(&b->col[c], r, &len);
            if (raw < blk->p + 64 || len > blk->n || raw + len > blk->p + 64 + blk->n)
                abort();
            (void)oc_cell_text(b->dialect, raw, len, scratch, &n, &null);
            if (n > len)
                abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct oc_format *f = &oc_format_jsonl;
    const struct oc_limits limits = { .max_record = 1 << 16, .max_batch = 1 << 24, .block_bytes = size ? 1 + data[0] * 5U : 1 };
    struct oc_sink sink = { .write = check_json };
    struct oc_writer w = { .format = f, .sink = &sink };
    struct oc_err err = { 0 };
    struct oc_block blk = { 0 };
    struct oc_batch b = { 0 };
    struct oc_buf out = { 0 }, scratch = { 0 };
    char *text = malloc(size + 1);
    struct oc_reader r = { .format = f, .limits = &limits, .first_line = 1, .ahead = text, .nahead = size ? size - 1 : 0 };

    r.state = calloc(1, f->reader_size);
    w.state = calloc(1, f->writer_size);
    r.src = oc_source_open("/dev/null", 0, &err);
    if (!r.src || !text || !r.state || !w.state)
        abort();
    if (size)
        memcpy(text, data + 1, size - 1);
    if (f->open(&r, &err) == 0 && oc_schema_copy(&w.schema, &r.schema, &err) == 0 && f->begin(&w, &err) == 0) {
        while (f->cut(&r, &blk, &err) > 0) {
            if (oc_batch_reset(&b, &r.schema, &err))
                abort();
            if (f->parse(&r, &blk, &b, &err))
                break;                          /* more columns than --max-batch holds */
            check_cells(&b, &blk, &scratch);
            out.n = 0;
            if (f->encode(&w, &b, &out, &err) || f->emit(&w, &b, &out, &err))
                abort();
        }
    }
    f->writer_close(&w);
    f->reader_close(&r);
    oc_source_close(r.src);
    oc_schema_free(&r.schema);
    oc_schema_free(&w.schema);
    oc_batch_free(&b);
    oc_buf_free(&out);
    oc_buf_free(&scratch);
    free(r.state);
    free(w.state);
    free(blk.p);
    free(text);
    return 0;
}
