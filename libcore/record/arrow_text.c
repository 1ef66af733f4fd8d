/* arrow_text - see arrow_text.h. */
#include "record/arrow_text.h"

#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the texts of Arrow"); }

struct oc_arrow_texts *oc_arrow_text_keep(struct oc_arrow_texts *t)
{
    if (t)
        __atomic_add_fetch(&t->refs, 1, __ATOMIC_RELAXED);
    return t;
}

void oc_arrow_text_drop(struct oc_arrow_texts *t)
{
    if (t && __atomic_sub_fetch(&t->refs, 1, __ATOMIC_ACQ_REL) == 0) {
        oc_dict_drop(t->dict);
        free(t->null);
        free(t);
    }
}

int oc_arrow_text_valid(const struct oc_arrow_node *node, const struct oc_arrow_view *v, bool in_place,
                        struct oc_arena *arena, uint64_t **valid, struct oc_err *err)
{
    const size_t rows = (size_t)node->rows, words = oc_bit_words(rows), bytes = (rows + 7) / 8;
    size_t there = 0;

    *valid = NULL;
    if (node->nulls == 0)
        return 0;
    if (v->n < bytes)
        return oc_fail(err, OC_FORMAT, "an Arrow validity bitmap has %llu bytes where %zu are needed",
                       (unsigned long long)v->n, bytes);
    uint64_t *bits = (uint64_t *)(void *)v->p;
    if (!in_place || (uintptr_t)v->p % 64 != 0 || v->n < 8 * words) {
        bits = oc_arena_zero(arena, words, sizeof *bits);
        if (!bits)
            return no_memory(err);
        memcpy(bits, v->p, bytes);
    }
    if (rows % 64)
        bits[words - 1] &= (UINT64_C(1) << rows % 64) - 1;
    for (size_t i = 0; i < words; i++)
        there += (size_t)__builtin_popcountll(bits[i]);
    if (there != rows - (size_t)node->nulls)
        return oc_fail(err, OC_FORMAT, "an Arrow column claims %lld missing values, its bitmap says %zu",
                       (long long)node->nulls, rows - there);
    *valid = bits;
    return 0;
}

/* ---- utf8: int32 offsets; used as they are where they lie well and no missing row holds text --------------------- */

static int check_offsets(const int32_t *off, size_t rows, uint64_t bytes, struct oc_err *err)
{
    int32_t bad = off[0];

    for (size_t i = 0; i < rows; i++)
        bad |= off[i + 1] < off[i] ? INT32_MIN : 0;
    if (bad < 0 || (uint64_t)off[rows] > bytes)
        return oc_fail(err, OC_FORMAT, "text offsets of an Arrow column do not ascend, or pass its %llu bytes",
                       (unsigned long long)bytes);
    return 0;
}

/* Rows that are missing but hold text: what a batch must not show.  Text is copied without them. */
static int drop_missing(size_t rows, const uint64_t *valid, struct oc_arena *arena, int32_t **off, const char **chars,
                        struct oc_err *err)
{
    const int32_t *from = *off;
    size_t i = 0;

    while (i < rows && (oc_bit(valid, i) || from[i] == from[i + 1]))
        i++;
    if (i == rows)
        return 0;
    char *text = oc_arena_alloc(arena, (size_t)(from[rows] - from[0]));
    int32_t *to = oc_arena_alloc(arena, (rows + 1) * sizeof *to);
    if (!text || !to)
        return no_memory(err);
    to[0] = 0;
    for (i = 0; i < rows; i++) {
        const int32_t n = oc_bit(valid, i) ? from[i + 1] - from[i] : 0;
        memcpy(text + to[i], *chars + from[i], (size_t)n);
        to[i + 1] = to[i] + n;
    }
    *off = to;
    *chars = text;
    return 0;
}

static int too_short(uint64_t have, struct oc_err *err)
{
    return oc_fail(err, OC_FORMAT, "an Arrow text column has offsets of only %llu bytes", (unsigned long long)have);
}

static int read_utf8(size_t rows, const struct oc_arrow_view *v, struct oc_arena *arena, int32_t **off,
                     struct oc_err *err)
{
    if (v[0].n / 4 < rows + 1)
        return too_short(v[0].n, err);
    *off = (int32_t *)(void *)v[0].p;
    if ((uintptr_t)v[0].p % 64 != 0) {
        *off = oc_arena_alloc(arena, (rows + 1) * sizeof **off);
        if (!*off)
            return no_memory(err);
        memcpy(*off, v[0].p, (rows + 1) * sizeof **off);
    }
    return check_offsets(*off, rows, v[1].n, err);
}

static int read_large(size_t rows, const struct oc_arrow_view *v, struct oc_arena *arena, int32_t **off,
                      struct oc_err *err)
{
    int64_t last = 0;

    if (v[0].n / 8 < rows + 1)
        return too_short(v[0].n, err);
    *off = oc_arena_alloc(arena, (rows + 1) * sizeof **off);
    if (!*off)
        return no_memory(err);
    for (size_t i = 0; i <= rows; i++) {
        int64_t o;
        memcpy(&o, v[0].p + 8 * i, sizeof o);
        if (o < last || (uint64_t)o > v[1].n)
            return oc_fail(err, OC_FORMAT, "text offsets of an Arrow column do not ascend, or pass its %llu bytes",
                           (unsigned long long)v[1].n);
        if (o > INT32_MAX)
            return oc_fail(err, OC_LIMIT, "an Arrow batch has more than 2 GiB of text in one column");
        (*off)[i] = (int32_t)o;
        last = o;
    }
    return 0;
}

/* ---- utf8 view: 16 bytes a row: length; up to 12 bytes of text, or 4 of it, buffer, offset ---------------------- */

/* Where the text of a view lies; NULL: outside. */
static const unsigned char *view_text(const unsigned char *entry, const struct oc_arrow_view *data, size_t ndata,
                                      uint32_t *n)
{
    int32_t len, buffer, at;

    memcpy(&len, entry, 4);
    memcpy(&buffer, entry + 8, 4);
    memcpy(&at, entry + 12, 4);
    *n = (uint32_t)len;
    if (len < 0)
        return NULL;
    if (len <= 12)
        return entry + 4;
    if (buffer < 0 || (size_t)buffer >= ndata || at < 0 || (uint64_t)at > data[buffer].n
        || (uint64_t)len > data[buffer].n - (uint64_t)at)
        return NULL;
    return data[buffer].p + at;
}

static int read_views(size_t rows, const uint64_t *valid, const struct oc_arrow_view *v, size_t nview,
                      size_t max, struct oc_arena *arena, int32_t **off, const char **chars, struct oc_err *err)
{
    uint64_t total = 0;
    uint32_t n;

    if (v[0].n / 16 < rows)
        return too_short(v[0].n, err);
    for (size_t i = 0; i < rows; i++) {
        if (!oc_bit(valid, i))
            continue;
        if (!view_text(v[0].p + 16 * i, v + 1, nview - 1, &n))
            return oc_fail(err, OC_FORMAT, "a text of an Arrow view column lies outside of its buffers");
        total += n;
        if (total > max || total > INT32_MAX)   /* views may share one text, so the body does not bound this */
            return oc_fail(err, OC_LIMIT, "an Arrow batch has more than %zu bytes of text in one column; --max-batch "
                           "allows more", max);
    }
    char *text = oc_arena_alloc(arena, (size_t)total);
    *off = oc_arena_alloc(arena, (rows + 1) * sizeof **off);
    if (!text || !*off)
        return no_memory(err);
    int32_t at = 0;
    for (size_t i = 0; i < rows; i++) {
        (*off)[i] = at;
        if (!oc_bit(valid, i))
            continue;
        const unsigned char *s = view_text(v[0].p + 16 * i, v + 1, nview - 1, &n);
        memcpy(text + at, s, n);
        at += (int32_t)n;
    }
    (*off)[rows] = at;
    *chars = text;
    return 0;
}

int oc_arrow_text_read(const struct oc_arrow_type *type, size_t rows, const uint64_t *valid,
                       const struct oc_arrow_view *view, size_t nview, size_t max, struct oc_arena *arena,
                       int32_t **off, const char **chars, struct oc_err *err)
{
    *chars = "";
    if (rows == 0) {                /* the offsets may be left out then */
        *off = oc_arena_zero(arena, 1, sizeof **off);
        return *off ? 0 : no_memory(err);
    }
    if (type->kind == OC_ARROW_UTF8_VIEW)
        return read_views(rows, valid, view, nview, max, arena, off, chars, err);
    if (type->kind == OC_ARROW_UTF8 ? read_utf8(rows, view, arena, off, err) : read_large(rows, view, arena, off, err))
        return -1;
    if (view[1].n)
        *chars = (const char *)view[1].p;
    return valid ? drop_missing(rows, valid, arena, off, chars, err) : 0;
}

/* ---- dictionaries ------------------------------------------------------------------------------------------------ */

/* Offsets and bytes of `before` and then of the new ones, as one dictionary. */
static struct oc_dict *joined(const struct oc_dict *before, size_t rows, const int32_t *off, const char *chars,
                              struct oc_err *err)
{
    const uint32_t had = before ? before->n : 0, had_bytes = before ? before->off[had] : 0;
    const size_t bytes = (size_t)(off[rows] - off[0]);
    struct oc_dict *d = NULL;

    if (rows > INT32_MAX - had || bytes > INT32_MAX - had_bytes) {
        oc_fail(err, OC_LIMIT, "an Arrow dictionary has more than 2 GiB");
        return NULL;
    }
    const uint32_t n = had + (uint32_t)rows;
    uint32_t *o = malloc(((size_t)n + 1) * sizeof *o);
    char *text = malloc(had_bytes + bytes + 1);
    if (!o || !text) {
        no_memory(err);
        goto out;
    }
    o[0] = 0;
    if (had)
        memcpy(o, before->off, ((size_t)had + 1) * sizeof *o);
    for (size_t i = 1; i <= rows; i++)
        o[had + i] = had_bytes + (uint32_t)(off[i] - off[0]);
    if (had_bytes)
        memcpy(text, before->bytes, had_bytes);
    memcpy(text + had_bytes, chars + off[0], bytes);
    d = oc_dict_new(n, o, text, err);
out:
    free(o);
    free(text);
    return d;
}

/* The bits of missing entries, those of `before` first; NULL in *out when there are none. */
static int join_nulls(const struct oc_arrow_texts *before, size_t rows, const uint64_t *valid, uint64_t **out,
                      struct oc_err *err)
{
    const size_t had = before ? before->dict->n : 0;

    *out = NULL;
    if (!valid && !(before && before->null))
        return 0;
    uint64_t *bits = calloc(oc_bit_words(had + rows) + 1, sizeof *bits);
    if (!bits)
        return no_memory(err);
    for (size_t i = 0; before && before->null && i < had; i++)
        if (oc_bit(before->null, i))
            oc_bit_set(bits, i);
    for (size_t i = 0; valid && i < rows; i++)
        if (!oc_bit(valid, i))
            oc_bit_set(bits, had + i);
    *out = bits;
    return 0;
}

static int dictionary(const struct oc_arrow_type *type, const struct oc_arrow_body *body, void *bytes, size_t max,
                      const struct oc_arrow_texts *before, struct oc_arena *arena, struct oc_arrow_texts *t,
                      struct oc_err *err)
{
    const size_t wanted = type->kind == OC_ARROW_UTF8_VIEW ? 2 : 3;
    uint64_t *valid = NULL;
    int32_t *off = NULL;
    const char *chars = NULL;

    if (body->nnode != 1 || body->nbuffer < wanted || (wanted == 3 && body->nbuffer != 3) || body->rows > max / 4)
        return oc_fail(err, OC_FORMAT, "an Arrow dictionary of %llu entries has %zu columns and %zu buffers",
                       (unsigned long long)body->rows, body->nnode, body->nbuffer);
    const struct oc_arrow_view *v = oc_arrow_body_views(body, bytes, max, arena, err);
    if (!v || oc_arrow_text_valid(&body->node[0], &v[0], false, arena, &valid, err)
        || oc_arrow_text_read(type, (size_t)body->rows, valid, v + 1, body->nbuffer - 1, max, arena, &off, &chars,
                              err))
        return -1;
    t->dict = joined(before ? before->dict : NULL, (size_t)body->rows, off, chars, err);
    return t->dict ? join_nulls(before, (size_t)body->rows, valid, &t->null, err) : -1;
}

struct oc_arrow_texts *oc_arrow_text_dictionary(const struct oc_arrow_type *type, const struct oc_arrow_body *body,
                                                void *bytes, size_t max, const struct oc_arrow_texts *before,
                                                struct oc_err *err)
{
    struct oc_arrow_texts *t = calloc(1, sizeof *t);
    struct oc_arena arena = { 0 };

    if (!t) {
        no_memory(err);
        return NULL;
    }
    t->refs = 1;
    if (dictionary(type, body, bytes, max, before, &arena, t, err)) {
        oc_arrow_text_drop(t);
        t = NULL;
    }
    oc_arena_free(&arena);
    return t;
}
