/* arrow_bytes - see arrow_bytes.h. */
#include "record/arrow_bytes.h"

#include <stdlib.h>
#include <string.h>

/* A body is given memory as its bytes arrive, so a length that lies costs nothing. */
enum { GROW = 16 << 20 };

static int reserve(struct oc_arrow_bytes *s, size_t need, struct oc_err *err)
{
    if (s->at && s->n - s->at < need) {
        memmove(s->p, s->p + s->at, s->n - s->at);
        s->n -= s->at;
        s->at = 0;
    }
    if (s->cap - s->at >= need)
        return 0;
    size_t cap = s->cap ? s->cap : 4096;
    while (cap - s->at < need)
        cap *= 2;
    unsigned char *p = realloc(s->p, cap);
    if (!p)
        return oc_fail(err, OC_MEMORY, "no memory for the metadata of an Arrow stream");
    s->p = p;
    s->cap = cap;
    return 0;
}

ptrdiff_t oc_arrow_bytes_stage(struct oc_arrow_bytes *s, struct oc_reader *r, size_t need, struct oc_err *err)
{
    if (s->n - s->at >= need)
        return (ptrdiff_t)(s->n - s->at);
    if (reserve(s, need > s->guess ? need : s->guess, err))
        return -1;
    while (s->n - s->at < need) {
        const size_t have = s->n - s->at, want = s->guess > need ? s->guess : need;
        const ptrdiff_t k = oc_reader_read(r, s->p + s->n, want - have, err);
        if (k < 0)
            return -1;
        if (k == 0)
            break;
        s->n += (size_t)k;
    }
    return (ptrdiff_t)(s->n - s->at);
}

void oc_arrow_bytes_skip(struct oc_arrow_bytes *s, size_t n)
{
    s->at += n;
    s->offset += n;
    if (s->at == s->n)
        s->at = s->n = 0;
}

/* What was read behind the body belongs to the next message. */
static int keep_tail(struct oc_arrow_bytes *s, const char *p, size_t n, struct oc_err *err)
{
    if (reserve(s, n, err))
        return -1;
    memcpy(s->p + s->n, p, n);
    s->n += n;
    return 0;
}

int oc_arrow_bytes_body(struct oc_arrow_bytes *s, struct oc_reader *r, struct oc_block *blk, size_t n,
                        struct oc_err *err)
{
    const size_t staged = s->n - s->at < n ? s->n - s->at : n;

    blk->n = 0;
    if (oc_block_reserve(blk, staged, err))
        return -1;
    memcpy(blk->p + 64, s->p + s->at, staged);
    blk->n = staged;
    oc_arrow_bytes_skip(s, staged);
    while (blk->n < n) {
        const size_t goal = n - blk->n > GROW ? blk->n + GROW : n;
        const size_t more = goal == n ? s->guess : 0;
        if (oc_block_reserve(blk, goal + more, err))
            return -1;
        const ptrdiff_t k = oc_reader_read(r, blk->p + 64 + blk->n, goal + more - blk->n, err);
        if (k < 0)
            return -1;
        if (k == 0)
            return oc_fail(err, OC_TRUNCATED, "the Arrow stream is cut: a message of %zu bytes ends after %zu", n,
                           blk->n);
        blk->n += (size_t)k;
        s->offset += (size_t)k;
    }
    if (blk->n > n) {
        s->offset -= blk->n - n;
        if (keep_tail(s, blk->p + 64 + n, blk->n - n, err))
            return -1;
        blk->n = n;
    }
    return 0;
}

void oc_arrow_bytes_free(struct oc_arrow_bytes *s)
{
    free(s->p);
    *s = (struct oc_arrow_bytes){ 0 };
}
