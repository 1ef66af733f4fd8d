/*
 * arrow - any bytes as an Arrow stream or file.  What decodes must be whole: every cell is looked at, and the rows,
 * written again by us, must come back as they were.
 *
 * The first byte chooses what the columns mean, so that conversions are reached; the rest is the input.  Checksums would
 * stop every mutation at the first message, so the corpus has streams without them.
 */
#include "../unit/arrow_help.h"

struct again { struct oc_buf first; struct writing w; bool begun, failed; };

static int local_utc(const void *zone, int64_t local, int64_t *utc, const char **why)
{
    (void)zone;
    *why = "is in a gap";
    *utc = local;
    return local % 1000 == 7 ? -1 : 0;
}

/* Every batch: its cells as text, and written again. */
static int rewrite(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct again *a = ctx;

    put_rows(&a->first, &(struct oc_batch){ .rows = b->rows, .ncol = b->ncol, .col = b->col }, err);
    if (!a->begun) {
        a->begun = true;
        a->failed = writing_open(&a->w, b->schema, false, false, 0, err) != 0;
    }
    if (!a->failed && writing_add(&a->w, b, err))
        a->failed = true;           /* text that is not UTF-8: a reader passes it on, the writer refuses it */
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum oc_type types[] = { OC_F64, OC_I64, OC_TIME, OC_DATE, OC_BOOL, OC_SYM, OC_TEXT };
    const struct oc_reading how = { .na = oc_cell_na, .nna = OC_CELL_NNA, .ts_unit = 1000, .local = local_utc };
    struct again a = { 0 };
    struct oc_buf second = { 0 };
    struct oc_err err = { 0 };

    if (size == 0)
        return 0;
    const enum oc_type t = types[data[0] % 7];
    const struct retype all[] = { { "x", t, NULL }, { "y", t, NULL }, { "f", OC_F64, "0.01" }, { NULL, 0, NULL } };
    const int rc = decode_as((const char *)data + 1, size - 1, NULL, &how, data[0] < 128 ? NULL : all, rewrite, &a, &err);
    if (a.begun) {
        const bool whole = writing_close(&a.w, !a.failed, &err) == 0 && !a.failed;
        if (rc == 0 && whole) {
            if (decode(a.w.mem.buf.p, a.w.mem.buf.n, put_rows, &second, &err) || second.n != a.first.n
                || memcmp(second.p, a.first.p, second.n) != 0) {
                fprintf(stderr, "does not come back: %s\n", err.text);
                abort();
            }
        }
        oc_buf_free(&a.w.mem.buf);
    }
    oc_buf_free(&a.first);
    oc_buf_free(&second);
    return 0;
}
