/* arrow_send - see arrow_send.h. */
#include "record/arrow_send.h"
#include "record/arrow_meta.h"
#include "record/arrow_type.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { PREFIX = 8, IOV_CALL = 512 };

static const char zeros[64];

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for an Arrow message"); }

/* ---- to the sink ------------------------------------------------------------------------------------------------- */

int oc_arrow_send_raw(struct oc_arrow_out *o, const void *p, size_t n, struct oc_err *err)
{
    o->offset += n;
    return o->sink->write(o->sink, p, n, err);
}

static int add_iov(struct oc_arrow_out *o, const void *p, size_t n, struct oc_err *err)
{
    if (n == 0)
        return 0;
    if (o->niov == o->capiov) {
        const size_t cap = o->capiov ? 2 * o->capiov : 64;
        struct iovec *v = realloc(o->iov, cap * sizeof *v);
        if (!v)
            return no_memory(err);
        o->iov = v;
        o->capiov = cap;
    }
    o->iov[o->niov++] = (struct iovec){ .iov_base = (void *)p, .iov_len = n };
    o->offset += n;
    return 0;
}

/* All pieces, in one call where the sink can and their number allows. */
static int flush_iov(struct oc_arrow_out *o, struct oc_err *err)
{
    const size_t n = o->niov;

    o->niov = 0;
    if (o->sink->writev) {
        for (size_t i = 0; i < n; i += IOV_CALL)
            if (o->sink->writev(o->sink, o->iov + i, (int)(n - i < IOV_CALL ? n - i : IOV_CALL), err))
                return -1;
        return 0;
    }
    o->gather.n = 0;
    for (size_t i = 0; i < n; i++)
        oc_buf_put(&o->gather, o->iov[i].iov_base, o->iov[i].iov_len);
    return o->gather.failed ? no_memory(err) : o->sink->write(o->sink, o->gather.p, o->gather.n, err);
}

/* ---- metadata ---------------------------------------------------------------------------------------------------- */

/* A Message table around a header that is written next; slot[] gets its fields. */
static void begin_message(struct oc_buf *fb, int type, size_t slot[5])
{
    oc_buf_put(fb, zeros, 8);
    oc_arrow_fb_point(fb, 0, oc_arrow_fb_put_table(fb, "21o8o", slot));
    oc_arrow_fb_set(fb, slot[ARROW_MESSAGE_VERSION], 2, ARROW_V5);
    oc_arrow_fb_set(fb, slot[ARROW_MESSAGE_TYPE], 1, type);
}

/* Prefix and metadata together, padded to a multiple of 64. */
static void seal(struct oc_buf *out, struct oc_buf *fb)
{
    oc_arrow_fb_pad(fb, 64, 64 - PREFIX);
    const uint32_t prefix[2] = { UINT32_MAX, (uint32_t)fb->n };
    out->n = 0;
    oc_buf_put(out, prefix, sizeof prefix);
    oc_buf_put(out, fb->p, fb->n);
    out->failed |= fb->failed;
    oc_buf_free(fb);
}

/* The digits of a checksum of which the sum is complete. */
static void stamp(char *digits, const struct oc_arrow_sum *sum, uint64_t sequence)
{
    oc_arrow_sum_print(digits, oc_arrow_sum_final(sum, sequence));
}

int oc_arrow_send_schema(struct oc_arrow_out *o, const struct oc_arrow_layout *layout, struct oc_err *err)
{
    struct oc_buf fb = { 0 }, out = { 0 };
    struct oc_arrow_sum sum = { 0 };
    size_t slot[5], digits;

    begin_message(&fb, ARROW_IS_SCHEMA, slot);
    oc_arrow_fb_point(&fb, slot[ARROW_MESSAGE_HEADER], oc_arrow_schema_put(&fb, layout));
    oc_arrow_fb_point(&fb, slot[ARROW_MESSAGE_META], oc_arrow_meta_put_sum(&fb, &digits));
    seal(&out, &fb);
    if (out.failed) {
        oc_buf_free(&out);
        return no_memory(err);
    }
    oc_arrow_sum_add(&sum, out.p, out.n);
    stamp(out.p + PREFIX + digits, &sum, o->sequence++);
    const int rc = oc_arrow_send_raw(o, out.p, out.n, err);
    oc_buf_free(&out);
    return rc;
}

static size_t put_batch(struct oc_buf *fb, struct oc_arrow_head *h, bool packed)
{
    size_t slot[4], codec[2];
    const size_t t = oc_arrow_fb_put_table(fb, packed ? "8ooo" : "8oo", slot);

    h->rows = slot[ARROW_BATCH_ROWS];
    const size_t nodes = oc_arrow_fb_put_vector(fb, h->nnode, 16);
    oc_arrow_fb_point(fb, slot[ARROW_BATCH_NODES], nodes);
    const size_t buffers = oc_arrow_fb_put_vector(fb, h->nbuffer, 16);
    oc_arrow_fb_point(fb, slot[ARROW_BATCH_BUFFERS], buffers);
    h->nodes = nodes + 4;
    h->buffers = buffers + 4;
    if (packed) {
        oc_arrow_fb_point(fb, slot[ARROW_BATCH_COMPRESSION], oc_arrow_fb_put_table(fb, "11", codec));
        oc_arrow_fb_set(fb, codec[ARROW_COMPRESSION_CODEC], 1, ARROW_ZSTD);
    }
    return t;
}

static size_t put_dictionary(struct oc_buf *fb, struct oc_arrow_head *h, int64_t id, bool packed)
{
    size_t slot[3];
    const size_t t = oc_arrow_fb_put_table(fb, "8o1", slot);

    oc_arrow_fb_set(fb, slot[ARROW_DICT_ID], 8, id);
    oc_arrow_fb_point(fb, slot[ARROW_DICT_DATA], put_batch(fb, h, packed));
    return t;
}

int oc_arrow_send_prepare(struct oc_arrow_head *h, size_t ncol, const unsigned npiece[], int64_t dictionary,
                          bool packed, struct oc_err *err)
{
    struct oc_buf fb = { 0 };
    size_t slot[5];

    h->nnode = ncol;
    h->nbuffer = 0;
    for (size_t i = 0; i < ncol; i++)
        h->nbuffer += npiece[i];
    begin_message(&fb, dictionary < 0 ? ARROW_IS_BATCH : ARROW_IS_DICTIONARY, slot);
    oc_arrow_fb_point(&fb, slot[ARROW_MESSAGE_HEADER],
                      dictionary < 0 ? put_batch(&fb, h, packed) : put_dictionary(&fb, h, dictionary, packed));
    oc_arrow_fb_point(&fb, slot[ARROW_MESSAGE_META], oc_arrow_meta_put_sum(&fb, &h->digits));
    h->body = slot[ARROW_MESSAGE_BODY];
    seal(&h->bytes, &fb);
    /* positions in the message, prefix included */
    h->rows += PREFIX;
    h->nodes += PREFIX;
    h->buffers += PREFIX;
    h->body += PREFIX;
    h->digits += PREFIX;
    return h->bytes.failed ? no_memory(err) : 0;
}

static void patch(struct oc_arrow_head *h, size_t at, uint64_t v) { memcpy(h->bytes.p + at, &v, sizeof v); }

/* Rows, nodes, buffers, body length and checksum of this message into its template. */
static uint64_t fill_head(struct oc_arrow_head *h, const struct oc_arrow_part *part, size_t rows, uint64_t sequence)
{
    struct oc_arrow_sum sum = { 0 }, body = { 0 };
    uint64_t at = 0;
    size_t k = 0;

    patch(h, h->rows, rows);
    for (size_t i = 0; i < h->nnode; i++) {
        patch(h, h->nodes + 16 * i, rows);
        patch(h, h->nodes + 16 * i + 8, part[i].nulls);
        for (unsigned j = 0; j < part[i].npiece; j++, k++) {
            const struct oc_arrow_piece *x = &part[i].piece[j];
            patch(h, h->buffers + 16 * k, at);
            patch(h, h->buffers + 16 * k + 8, x->n);
            oc_arrow_sum_join(&body, &x->sum);
            at += (x->n + 63) / 64 * 64;
        }
    }
    assert(k == h->nbuffer);
    patch(h, h->body, at);
    memset(h->bytes.p + h->digits, '0', OC_ARROW_SUM_DIGITS);
    oc_arrow_sum_add(&sum, h->bytes.p, h->bytes.n);
    oc_arrow_sum_join(&sum, &body);
    stamp(h->bytes.p + h->digits, &sum, sequence);
    return at;
}

/* ---- compression ------------------------------------------------------------------------------------------------- */

/* Each buffer becomes its size and a zstd frame, behind one another in o->packed. */
static int pack(struct oc_arrow_out *o, struct oc_arrow_part *part, size_t n, struct oc_err *err)
{
    o->packed.n = 0;
    for (size_t i = 0; i < n; i++)
        for (unsigned j = 0; j < part[i].npiece; j++) {
            struct oc_arrow_piece *x = &part[i].piece[j];
            const uint64_t size = x->n;
            const size_t bound = ZSTD_compressBound(x->n);
            if (x->n == 0)
                continue;
            oc_buf_put(&o->packed, &size, sizeof size);
            if (oc_buf_room(&o->packed, bound))
                return no_memory(err);
            const size_t got = ZSTD_compressCCtx(o->zstd, o->packed.p + o->packed.n, bound, x->p, x->n, o->level);
            if (ZSTD_isError(got))
                return oc_fail(err, OC_INTERNAL, "zstd: %s", ZSTD_getErrorName(got));
            o->packed.n += got;
            x->n = got + sizeof size;
        }
    size_t at = 0;                  /* only now does o->packed stay where it is */
    for (size_t i = 0; i < n; i++)
        for (unsigned j = 0; j < part[i].npiece; j++) {
            struct oc_arrow_piece *x = &part[i].piece[j];
            oc_arrow_part_set(x, o->packed.p + at, x->n);
            at += x->n;
        }
    return 0;
}

/* ---- messages ---------------------------------------------------------------------------------------------------- */

int oc_arrow_send_batch(struct oc_arrow_out *o, struct oc_arrow_head *h, struct oc_arrow_part *part, size_t rows,
                        bool dictionary, struct oc_err *err)
{
    const uint64_t at = o->offset;

    if (o->level > 0 && !o->zstd && !(o->zstd = ZSTD_createCCtx()))
        return no_memory(err);
    if (o->level > 0 && pack(o, part, h->nnode, err))
        return -1;
    const uint64_t body = fill_head(h, part, rows, o->sequence++);
    if (add_iov(o, h->bytes.p, h->bytes.n, err))
        return -1;
    for (size_t i = 0; i < h->nnode; i++)
        for (unsigned j = 0; j < part[i].npiece; j++) {
            const struct oc_arrow_piece *x = &part[i].piece[j];
            if (add_iov(o, x->p, x->n, err) || add_iov(o, zeros, (64 - x->n % 64) % 64, err))
                return -1;
        }
    if (o->file
        && oc_arrow_file_note(&o->blocks, (struct oc_arrow_block){ at, (uint32_t)h->bytes.n, body, dictionary }, err))
        return -1;
    return flush_iov(o, err);
}

int oc_arrow_send_end(struct oc_arrow_out *o, const struct oc_arrow_layout *layout, struct oc_err *err)
{
    const uint32_t marker[2] = { UINT32_MAX, 0 };
    struct oc_buf out = { 0 };

    oc_buf_put(&out, marker, sizeof marker);
    if (o->file)
        oc_arrow_file_tail(&out, &o->blocks, oc_arrow_schema_put, layout);
    const int rc = out.failed ? no_memory(err) : oc_arrow_send_raw(o, out.p, out.n, err);
    oc_buf_free(&out);
    return rc;
}

void oc_arrow_send_free(struct oc_arrow_out *o)
{
    oc_arrow_file_free(&o->blocks);
    ZSTD_freeCCtx(o->zstd);
    oc_buf_free(&o->packed);
    oc_buf_free(&o->gather);
    free(o->iov);
    *o = (struct oc_arrow_out){ 0 };
}
