/* arrow_file - see arrow_file.h. */
#include "record/arrow_file.h"
#include "record/arrow_fb.h"
#include "record/arrow_meta.h"
#include "record/arrow_sum.h"
#include "record/arrow_type.h"

#include <stdlib.h>
#include <string.h>

int oc_arrow_file_note(struct oc_arrow_blocks *b, struct oc_arrow_block x, struct oc_err *err)
{
    if (b->n == b->cap) {
        const size_t cap = b->cap ? 2 * b->cap : 64;
        struct oc_arrow_block *v = realloc(b->v, cap * sizeof *v);
        if (!v)
            return oc_fail(err, OC_MEMORY, "no memory for the footer of an Arrow file");
        b->v = v;
        b->cap = cap;
    }
    b->v[b->n++] = x;
    return 0;
}

void oc_arrow_file_free(struct oc_arrow_blocks *b)
{
    free(b->v);
    *b = (struct oc_arrow_blocks){ 0 };
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* The Block vectors of the footer name every message of that sort, at its place. */
static bool blocks_agree(const struct oc_arrow_tab *footer, unsigned slot, const struct oc_arrow_blocks *b,
                         bool dictionary)
{
    const struct oc_arrow_vec v = oc_arrow_fb_vector(footer, slot, ARROW_FOOTER_BLOCK);
    size_t k = 0;

    for (size_t i = 0; i < b->n; i++) {
        if (b->v[i].dictionary != dictionary)
            continue;
        if (k == v.n)
            return false;
        const size_t at = v.at + ARROW_FOOTER_BLOCK * k++;
        const int64_t head = oc_arrow_fb_i32(footer->fb, at + 8);
        /* some writers do not count the 8 bytes in front of the metadata */
        if ((uint64_t)oc_arrow_fb_i64(footer->fb, at) != b->v[i].at
            || (head != b->v[i].head && head + 8 != b->v[i].head)
            || (uint64_t)oc_arrow_fb_i64(footer->fb, at + 16) != b->v[i].body)
            return false;
    }
    return k == v.n;
}

/* The checksum that we put into the footer, taken over it with the digits as zeros. */
static bool footer_sum_agrees(const struct oc_arrow_tab *footer, unsigned char *p, size_t n)
{
    struct oc_arrow_sum sum = { 0 };
    uint64_t stated;
    size_t digits;

    if (oc_arrow_meta_sum(footer, ARROW_FOOTER_META, &stated, &digits) != 1)
        return false;
    memset(p + digits, '0', OC_ARROW_SUM_DIGITS);
    oc_arrow_sum_add(&sum, p, n);
    return oc_arrow_sum_final(&sum, UINT64_MAX) == stated;
}

int oc_arrow_file_check(unsigned char *tail, size_t n, const struct oc_arrow_blocks *b, bool summed,
                        struct oc_err *err)
{
    const size_t magic = strlen(OC_ARROW_FILE_MAGIC);
    int32_t len;

    if (n < 4 + magic || memcmp(tail + n - magic, OC_ARROW_FILE_MAGIC, magic) != 0)
        return oc_fail(err, OC_TRUNCATED, "the Arrow file does not end in " OC_ARROW_FILE_MAGIC ": it is cut");
    memcpy(&len, tail + n - magic - 4, 4);
    if (len < 0 || (size_t)len != n - magic - 4)
        return oc_fail(err, OC_FORMAT, "the footer of an Arrow file claims %d bytes where %zu lie behind its records",
                       len, n - magic - 4);
    struct oc_arrow_fb fb = { .p = tail, .n = (size_t)len };
    const struct oc_arrow_tab footer = oc_arrow_fb_root(&fb);
    const bool agree = blocks_agree(&footer, ARROW_FOOTER_DICTS, b, true)
        && blocks_agree(&footer, ARROW_FOOTER_BATCHES, b, false)
        && (!summed || footer_sum_agrees(&footer, tail, fb.n));
    if (fb.bad || !agree)
        return oc_fail(err, OC_FORMAT, "the footer of an Arrow file does not agree with its records");
    return 0;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static size_t put_blocks(struct oc_buf *fb, const struct oc_arrow_blocks *b, bool dictionary)
{
    size_t n = 0, k = 0;

    for (size_t i = 0; i < b->n; i++)
        n += b->v[i].dictionary == dictionary;
    const size_t vec = oc_arrow_fb_put_vector(fb, n, ARROW_FOOTER_BLOCK);
    for (size_t i = 0; i < b->n; i++)
        if (b->v[i].dictionary == dictionary) {
            const size_t at = vec + 4 + ARROW_FOOTER_BLOCK * k++;
            oc_arrow_fb_set(fb, at, 8, (int64_t)b->v[i].at);
            oc_arrow_fb_set(fb, at + 8, 4, (int64_t)b->v[i].head);
            oc_arrow_fb_set(fb, at + 16, 8, (int64_t)b->v[i].body);
        }
    return vec;
}

void oc_arrow_file_tail(struct oc_buf *out, const struct oc_arrow_blocks *b,
                        size_t (*put_schema)(struct oc_buf *fb, const void *ctx), const void *ctx)
{
    struct oc_buf fb = { 0 };
    struct oc_arrow_sum sum = { 0 };
    size_t slot[5], digits = 0;

    oc_buf_put(&fb, "\0\0\0\0\0\0\0", 8);
    const size_t table = oc_arrow_fb_put_table(&fb, "2oooo", slot);
    oc_arrow_fb_point(&fb, 0, table);
    oc_arrow_fb_set(&fb, slot[ARROW_FOOTER_VERSION], 2, ARROW_V5);
    oc_arrow_fb_point(&fb, slot[ARROW_FOOTER_SCHEMA], put_schema(&fb, ctx));
    oc_arrow_fb_point(&fb, slot[ARROW_FOOTER_DICTS], put_blocks(&fb, b, true));
    oc_arrow_fb_point(&fb, slot[ARROW_FOOTER_BATCHES], put_blocks(&fb, b, false));
    oc_arrow_fb_point(&fb, slot[ARROW_FOOTER_META], oc_arrow_meta_put_sum(&fb, &digits));
    oc_arrow_fb_pad(&fb, 8, 0);
    if (!fb.failed) {
        char text[OC_ARROW_SUM_DIGITS];
        oc_arrow_sum_add(&sum, fb.p, fb.n);
        oc_arrow_sum_print(text, oc_arrow_sum_final(&sum, UINT64_MAX));
        memcpy(fb.p + digits, text, sizeof text);
    }
    const int32_t len = (int32_t)fb.n;
    oc_buf_put(out, fb.p, fb.n);
    oc_buf_put(out, &len, sizeof len);
    oc_buf_puts(out, OC_ARROW_FILE_MAGIC);
    out->failed |= fb.failed;
    oc_buf_free(&fb);
}
