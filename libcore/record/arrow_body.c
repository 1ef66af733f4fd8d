/*
 * arrow_body - see arrow_body.h.  What a message claims is compared with what is there before anything is
 * allocated or read: counts against the vector that holds them, extents against the body, decompressed sizes
 * against --max-batch.
 */
#include "record/arrow_body.h"
#include "record/arrow_lz4.h"
#include "record/arrow_type.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for an Arrow record batch"); }

/* The array p for n elements of a size, grown where it is too small; NULL: no memory (p is kept). */
static void *room(void *p, size_t had, size_t n, size_t size)
{
    return n <= had && p ? p : realloc(p, (n ? n : 1) * size);
}

static int read_nodes(struct oc_arrow_body *b, const struct oc_arrow_tab *t, struct oc_err *err)
{
    const struct oc_arrow_vec v = oc_arrow_fb_vector(t, ARROW_BATCH_NODES, 16);
    struct oc_arrow_node *node = room(b->node, b->nnode, v.n, sizeof *node);

    if (!node)
        return no_memory(err);
    b->node = node;
    b->nnode = v.n;
    for (size_t i = 0; i < v.n; i++) {
        node[i].rows = oc_arrow_fb_i64(t->fb, v.at + 16 * i);
        node[i].nulls = oc_arrow_fb_i64(t->fb, v.at + 16 * i + 8);
        if (node[i].rows < 0 || (uint64_t)node[i].rows != b->rows || node[i].nulls < 0 || node[i].nulls > node[i].rows)
            return oc_fail(err, OC_FORMAT, "Arrow column %zu has %lld rows with %lld missing in a batch of %llu", i + 1,
                           (long long)node[i].rows, (long long)node[i].nulls, (unsigned long long)b->rows);
    }
    return 0;
}

static int read_buffers(struct oc_arrow_body *b, const struct oc_arrow_tab *t, struct oc_err *err)
{
    const struct oc_arrow_vec v = oc_arrow_fb_vector(t, ARROW_BATCH_BUFFERS, 16);
    struct oc_arrow_buffer *buffer = room(b->buffer, b->nbuffer, v.n, sizeof *buffer);
    uint64_t end = 0;

    if (!buffer)
        return no_memory(err);
    b->buffer = buffer;
    b->nbuffer = v.n;
    b->disjoint = true;
    for (size_t i = 0; i < v.n; i++) {
        const int64_t at = oc_arrow_fb_i64(t->fb, v.at + 16 * i), n = oc_arrow_fb_i64(t->fb, v.at + 16 * i + 8);
        /* an empty buffer may claim any place: some writers leave an odd one there */
        buffer[i].at = n == 0 ? 0 : (uint64_t)at;
        buffer[i].n = (uint64_t)n;
        if (n == 0)
            continue;
        if (at < 0 || n < 0 || (uint64_t)at > b->bytes || (uint64_t)n > b->bytes - (uint64_t)at || at % 8 != 0)
            return oc_fail(err, OC_FORMAT, "Arrow buffer %zu (%lld bytes at %lld) does not lie in its body of %llu",
                           i + 1, (long long)n, (long long)at, (unsigned long long)b->bytes);
        b->disjoint = b->disjoint && buffer[i].at >= end;
        end = buffer[i].at + buffer[i].n;
    }
    return 0;
}

static int read_variadic(struct oc_arrow_body *b, const struct oc_arrow_tab *t, struct oc_err *err)
{
    const struct oc_arrow_vec v = oc_arrow_fb_vector(t, ARROW_BATCH_VARIADIC, 8);
    int64_t *variadic = room(b->variadic, b->nvariadic, v.n, sizeof *variadic);

    if (!variadic)
        return no_memory(err);
    b->variadic = variadic;
    b->nvariadic = v.n;
    for (size_t i = 0; i < v.n; i++) {
        variadic[i] = oc_arrow_fb_i64(t->fb, v.at + 8 * i);
        if (variadic[i] < 0 || (uint64_t)variadic[i] > b->nbuffer)
            return oc_fail(err, OC_FORMAT, "an Arrow batch claims %lld view buffers", (long long)variadic[i]);
    }
    return 0;
}

static int read_codec(struct oc_arrow_body *b, const struct oc_arrow_tab *t, struct oc_err *err)
{
    const struct oc_arrow_tab c = oc_arrow_fb_table(t, ARROW_BATCH_COMPRESSION);

    b->codec = -1;
    if (c.len == 0)
        return 0;
    const int64_t codec = oc_arrow_fb_int(&c, ARROW_COMPRESSION_CODEC, 1, 0);
    const int64_t method = oc_arrow_fb_int(&c, ARROW_COMPRESSION_METHOD, 1, 0);
    if ((codec != ARROW_LZ4 && codec != ARROW_ZSTD) || method != 0)
        return oc_fail(err, OC_FORMAT, "an Arrow batch is compressed by an unknown codec (%lld, method %lld)",
                       (long long)codec, (long long)method);
    b->codec = (int)codec;
    return 0;
}

int oc_arrow_body_read(struct oc_arrow_body *b, const struct oc_arrow_tab *t, uint64_t bytes, struct oc_err *err)
{
    const int64_t rows = oc_arrow_fb_int(t, ARROW_BATCH_ROWS, 8, 0);

    if (t->len == 0 || rows < 0)
        return oc_fail(err, OC_FORMAT, "an Arrow batch without a header, or of %lld rows", (long long)rows);
    b->rows = (uint64_t)rows;
    b->bytes = bytes;
    return read_nodes(b, t, err) || read_buffers(b, t, err) || read_variadic(b, t, err) || read_codec(b, t, err)
        ? -1 : 0;
}

int oc_arrow_body_verify(const struct oc_arrow_body *b, const void *body, struct oc_err *err)
{
    struct oc_arrow_sum sum = b->head;

    if (!b->summed)
        return 0;
    if (b->bytes)
        oc_arrow_sum_add(&sum, body, b->bytes);
    if (oc_arrow_sum_final(&sum, b->sequence) != b->sum)
        return oc_fail(err, OC_FORMAT, "Arrow message %llu does not agree with its checksum: the stream is damaged",
                       (unsigned long long)b->sequence + 1);
    return 0;
}

/* ---- decompression: 8 bytes of decompressed size (-1: stored as it is) and the frame --------------------------- */

static int64_t claimed_size(const struct oc_arrow_buffer *x, const unsigned char *body)
{
    int64_t n;

    memcpy(&n, body + x->at, sizeof n);
    return n == -1 ? (int64_t)x->n - 8 : n;
}

/* All sizes are known to be honest in sum before a byte is allocated. */
static int check_sizes(const struct oc_arrow_body *b, const unsigned char *body, size_t max, struct oc_err *err)
{
    uint64_t total = 0;

    for (size_t i = 0; i < b->nbuffer; i++) {
        if (b->buffer[i].n == 0)
            continue;
        if (b->buffer[i].n < 8)
            return oc_fail(err, OC_FORMAT, "a compressed Arrow buffer of %llu bytes has no size in front",
                           (unsigned long long)b->buffer[i].n);
        const int64_t n = claimed_size(&b->buffer[i], body);
        if (n < 0)
            return oc_fail(err, OC_FORMAT, "a compressed Arrow buffer claims %lld bytes", (long long)n);
        if ((uint64_t)n > max || total > max - (uint64_t)n)
            return oc_fail(err, OC_LIMIT, "an Arrow batch decompresses to more than %zu bytes; --max-batch allows more",
                           max);
        total += (uint64_t)n;
    }
    return 0;
}

static int unpack(int codec, unsigned char *to, size_t n, const unsigned char *from, size_t len, struct oc_err *err)
{
    if (codec == ARROW_LZ4)
        return oc_arrow_lz4_unpack(to, n, from, len)
            ? oc_fail(err, OC_FORMAT, "an lz4 buffer of an Arrow batch is damaged") : 0;
    const size_t got = ZSTD_decompress(to, n, from, len);
    if (ZSTD_isError(got))
        return oc_fail(err, OC_FORMAT, "a zstd buffer of an Arrow batch is damaged: %s", ZSTD_getErrorName(got));
    if (got != n)
        return oc_fail(err, OC_FORMAT, "a zstd buffer of an Arrow batch has %zu bytes where %zu were stated", got, n);
    return 0;
}

static int view_packed(const struct oc_arrow_body *b, unsigned char *body, const struct oc_arrow_buffer *x,
                       struct oc_arrow_view *v, struct oc_arena *arena, struct oc_err *err)
{
    const size_t n = (size_t)claimed_size(x, body);
    int64_t stored;

    memcpy(&stored, body + x->at, sizeof stored);
    *v = (struct oc_arrow_view){ oc_arena_alloc(arena, n), n };
    if (!v->p)
        return no_memory(err);
    if (stored == -1) {             /* copied, since it need not be aligned */
        memcpy(v->p, body + x->at + 8, n);
        return 0;
    }
    return unpack(b->codec, v->p, n, body + x->at + 8, (size_t)x->n - 8, err);
}

struct oc_arrow_view *oc_arrow_body_views(const struct oc_arrow_body *b, void *body, size_t max,
                                          struct oc_arena *arena, struct oc_err *err)
{
    struct oc_arrow_view *v = oc_arena_zero(arena, b->nbuffer, sizeof *v);
    unsigned char *bytes = body;

    if (!v) {
        no_memory(err);
        return NULL;
    }
    if (b->codec >= 0 && check_sizes(b, bytes, max, err))
        return NULL;
    for (size_t i = 0; i < b->nbuffer; i++) {
        const struct oc_arrow_buffer *x = &b->buffer[i];
        if (x->n == 0)
            continue;
        if (b->codec < 0)
            v[i] = (struct oc_arrow_view){ bytes + x->at, x->n };
        else if (view_packed(b, bytes, x, &v[i], arena, err))
            return NULL;
    }
    return v;
}

void oc_arrow_body_free(struct oc_arrow_body *b)
{
    free(b->node);
    free(b->buffer);
    free(b->variadic);
    *b = (struct oc_arrow_body){ 0 };
}
