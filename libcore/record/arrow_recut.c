/* arrow_recut - see arrow_recut.h. */
#include "record/arrow_recut.h"

#include <stdlib.h>
#include <string.h>

enum { BODY = 256 * 1024, ROWS_MIN = 64, ROWS_MAX = 16384 };

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for an Arrow record batch"); }

static size_t width(enum oc_type t)
{
    switch (t) {
    case OC_F64:
    case OC_I64:
    case OC_TIME: return 8;
    case OC_DATE:
    case OC_SYM: return 4;
    case OC_BOOL: return 1;
    case OC_TEXT: return 16;
    }
    return 8;
}

size_t oc_arrow_recut_rows(const struct oc_schema *s)
{
    size_t row = 0, rows = ROWS_MIN;

    for (size_t i = 0; i < s->n; i++)
        row += width(s->field[i].type);
    /* double while that comes nearer: |2 r w - B| < |r w - B|  is  3 r w < 2 B */
    while (rows < ROWS_MAX && 3 * rows * row < 2 * (size_t)BODY)
        rows *= 2;
    return rows;
}

int oc_arrow_recut_open(struct oc_arrow_recut *x, const struct oc_schema *s, size_t cap, bool plain, struct oc_err *err)
{
    *x = (struct oc_arrow_recut){ .cap = cap, .ncol = s->n };
    x->col = calloc(s->n + 1, sizeof *x->col);
    x->chars = calloc(s->n + 1, sizeof *x->chars);
    x->plain = calloc(s->n + 1, sizeof *x->plain);
    if (!x->col || !x->chars || !x->plain)
        return no_memory(err);
    for (size_t i = 0; i < s->n; i++) {
        struct oc_col *c = &x->col[i];
        x->plain[i] = plain && s->field[i].type == OC_SYM;
        *c = (struct oc_col){ .name = s->field[i].name, .type = x->plain[i] ? OC_TEXT : s->field[i].type,
                              .flags = OC_COL_LOADED };
        c->i64 = aligned_alloc(64, (8 * (cap + 1) + 63) / 64 * 64);
        c->valid = aligned_alloc(64, (cap / 8 + 63) / 64 * 64);
        if (!c->i64 || !c->valid)
            return no_memory(err);
    }
    oc_arrow_recut_empty(x);
    return 0;
}

void oc_arrow_recut_empty(struct oc_arrow_recut *x)
{
    x->rows = 0;
    for (size_t i = 0; i < x->ncol; i++) {
        x->chars[i].n = 0;
        memset(x->col[i].valid, 0xff, x->cap / 8);
        if (x->col[i].type == OC_TEXT)
            x->col[i].i32[0] = 0;
        if (x->col[i].type == OC_BOOL)
            memset(x->col[i].bits, 0, x->cap / 8);
    }
}

/* Bits that are clear at the source become clear (set: become set). */
static void copy_bits(uint64_t *to, size_t at, const uint64_t *bits, size_t from, size_t n, bool set)
{
    for (size_t i = 0; i < n; i++) {
        const bool bit = bits[(from + i) >> 6] >> ((from + i) & 63) & 1;
        if (bit && set)
            oc_bit_set(to, at + i);
        else if (!bit && !set)
            oc_bit_clear(to, at + i);
    }
}

static int append_text(struct oc_buf *chars, int32_t *off, const struct oc_col *c, size_t from, size_t n,
                       struct oc_err *err)
{
    const int32_t *o = c->i32 + from;

    oc_buf_put(chars, c->chars + o[0], (size_t)(o[n] - o[0]));
    if (chars->failed || chars->n > INT32_MAX)
        return no_memory(err);
    for (size_t i = 1; i <= n; i++)
        off[i] = off[0] + (o[i] - o[0]);
    return 0;
}

static int append_plain(struct oc_buf *chars, int32_t *off, const struct oc_col *c, size_t from, size_t n,
                        struct oc_err *err)
{
    const uint32_t *o = c->dict->off;

    for (size_t i = 0; i < n; i++) {
        const size_t k = (size_t)c->i32[from + i];
        if (oc_bit(c->valid, from + i))
            oc_buf_put(chars, c->dict->bytes + o[k], o[k + 1] - o[k]);
        if (chars->failed || chars->n > INT32_MAX)
            return no_memory(err);
        off[i + 1] = (int32_t)chars->n;
    }
    return 0;
}

int oc_arrow_recut_append(struct oc_arrow_recut *x, size_t i, const struct oc_col *c, size_t from, size_t n,
                          struct oc_arrow_dict *dict, struct oc_err *err)
{
    struct oc_col *to = &x->col[i];
    const size_t at = x->rows;

    if (c->valid && c->type != OC_F64)
        copy_bits(to->valid, at, c->valid, from, n, false);
    switch (c->type) {
    case OC_F64:
    case OC_I64:
    case OC_TIME: memcpy(to->i64 + at, c->i64 + from, 8 * n); return 0;
    case OC_DATE: memcpy(to->i32 + at, c->i32 + from, 4 * n); return 0;
    case OC_BOOL: copy_bits(to->bits, at, c->bits, from, n, true); return 0;
    case OC_TEXT: return append_text(&x->chars[i], to->i32 + at, c, from, n, err);
    case OC_SYM: break;
    }
    if (x->plain[i])
        return append_plain(&x->chars[i], to->i32 + at, c, from, n, err);
    const int32_t *index = oc_arrow_dict_map(dict, c, from, n, to->i32 + at, err);
    if (index && index != to->i32 + at)
        memcpy(to->i32 + at, index, 4 * n);
    return index ? 0 : -1;
}

void oc_arrow_recut_added(struct oc_arrow_recut *x, size_t n)
{
    x->rows += n;
    for (size_t i = 0; i < x->ncol; i++)
        x->col[i].chars = x->chars[i].p;        /* may have moved */
}

void oc_arrow_recut_free(struct oc_arrow_recut *x)
{
    for (size_t i = 0; x->col && i < x->ncol; i++) {
        free(x->col[i].i64);
        free(x->col[i].valid);
        oc_buf_free(&x->chars[i]);
    }
    free(x->col);
    free(x->chars);
    free(x->plain);
    *x = (struct oc_arrow_recut){ 0 };
}
