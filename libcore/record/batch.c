/*
 * batch - columns over one arena: see batch.h.  The array of columns and the arena's block outlive a reset, so a
 * steady stream allocates nothing from block to block.
 */
#include "record/batch.h"

#include "base/words.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a batch of records"); }

static void drop_dicts(struct oc_batch *b)
{
    for (size_t i = 0; i < b->ncol; i++) {
        oc_dict_drop(b->col[i].dict);
        b->col[i].dict = NULL;
    }
}

static struct oc_col *column_new(struct oc_batch *b, struct oc_err *err)
{
    if (b->ncol == b->capcol) {
        const size_t cap = b->capcol ? 2 * b->capcol : 32;
        struct oc_col *c = realloc(b->col, cap * sizeof *c);
        if (!c) {
            no_memory(err);
            return NULL;
        }
        b->col = c;
        b->capcol = cap;
    }
    struct oc_col *c = &b->col[b->ncol++];
    *c = (struct oc_col){ 0 };
    return c;
}

int oc_batch_reset(struct oc_batch *b, const struct oc_schema *s, struct oc_err *err)
{
    drop_dicts(b);
    oc_arena_reset(&b->arena);
    b->schema = s;
    b->rows = b->ncol = b->nbad = b->capbad = 0;
    b->text = NULL;
    b->sep = b->line = NULL;
    b->stride = 0;
    b->lines = 0;
    b->active = NULL;
    b->bad = NULL;
    b->status = NULL;
    b->unanswered = 0;
    b->origin = NULL;
    b->excluded = 0;
    for (size_t i = 0; s && i < s->n; i++) {
        struct oc_col *c = column_new(b, err);
        if (!c)
            return -1;
        c->name = s->field[i].name;
        c->def = s->field[i].def;
        c->type = s->field[i].type;
        c->factor = s->field[i].factor;
    }
    return 0;
}

void oc_batch_free(struct oc_batch *b)
{
    drop_dicts(b);
    free(b->col);
    oc_arena_free(&b->arena);
    *b = (struct oc_batch){ 0 };
}

struct oc_col *oc_col(const struct oc_batch *b, const char *name)
{
    for (size_t i = 0; i < b->ncol; i++)
        if (!(b->col[i].flags & OC_COL_DROPPED) && strcmp(b->col[i].name, name) == 0)
            return &b->col[i];
    return NULL;
}

/* ---- computed columns ------------------------------------------------------------------------------------ */

bool oc_batch_listed(const char *list, const char *name) { return oc_words_has(list, ',', name, strlen(name)); }

/* The column that takes the name: a new one at the end, or the one that --replace gives up. */
static struct oc_col *column_add(struct oc_batch *b, const char *name, enum oc_type type, struct oc_err *err)
{
    const char *out = name;

    if (b->naming && b->naming->suffix && strcmp(name, "status") != 0) {
        const size_t n = strlen(name), m = strlen(b->naming->suffix);
        char *s = oc_arena_alloc(&b->arena, n + m + 1);
        if (!s) {
            no_memory(err);
            return NULL;
        }
        memcpy(s, name, n);
        memcpy(s + n, b->naming->suffix, m + 1);
        out = s;
    }
    struct oc_col *c = oc_col(b, out);
    if (c && !(b->naming && oc_batch_listed(b->naming->replace, out))) {
        oc_fail(err, OC_EXISTS, "column '%s' is in the input already: --suffix S names the new columns, "
                "--replace %s overwrites it", out, out);
        return NULL;
    }
    const double *before = NULL;
    if (c && b->active && c->type == OC_F64) {
        if (oc_load(b, c, err))
            return NULL;
        before = c->f64;
    }
    if (c)
        oc_dict_drop(c->dict);
    else if (!(c = column_new(b, err)))
        return NULL;
    const struct oc_kind *kind = b->schema ? b->schema->kind : NULL;
    *c = (struct oc_col){ .name = out, .type = type, .flags = OC_COL_COMPUTED | OC_COL_LOADED, .before = before,
                          .def = out == name && kind ? oc_kind_column(kind, name, strlen(name)) : NULL };
    return c;
}

int oc_add_f64(struct oc_batch *b, const char *name, double **v, struct oc_err *err)
{
    struct oc_col *c = column_add(b, name, OC_F64, err);

    if (!c)
        return -1;
    c->f64 = *v = oc_arena_alloc(&b->arena, b->rows * sizeof **v);
    return c->f64 ? 0 : no_memory(err);
}

static int bits_full(struct oc_batch *b, uint64_t **bits, struct oc_err *err)
{
    const size_t n = oc_bit_words(b->rows) * sizeof **bits;

    *bits = oc_arena_alloc(&b->arena, n);
    if (!*bits)
        return no_memory(err);
    memset(*bits, 0xff, n);
    return 0;
}

int oc_add_i64(struct oc_batch *b, const char *name, enum oc_type type, int64_t **v, uint64_t **valid,
               struct oc_err *err)
{
    assert(type == OC_I64 || type == OC_TIME);
    struct oc_col *c = column_add(b, name, type, err);

    if (!c)
        return -1;
    c->i64 = *v = oc_arena_zero(&b->arena, b->rows, sizeof **v);
    if (!c->i64)
        return no_memory(err);
    if (valid) {
        if (bits_full(b, valid, err))
            return -1;
        c->valid = *valid;
    }
    return 0;
}

int oc_add_bool(struct oc_batch *b, const char *name, uint64_t **bits, uint64_t **valid, struct oc_err *err)
{
    struct oc_col *c = column_add(b, name, OC_BOOL, err);

    if (!c)
        return -1;
    c->bits = *bits = oc_arena_zero(&b->arena, oc_bit_words(b->rows), sizeof **bits);
    if (!c->bits)
        return no_memory(err);
    if (valid) {
        if (bits_full(b, valid, err))
            return -1;
        c->valid = *valid;
    }
    return 0;
}

int oc_add_date(struct oc_batch *b, const char *name, int32_t **v, struct oc_err *err)
{
    struct oc_col *c = column_add(b, name, OC_DATE, err);

    if (!c)
        return -1;
    c->i32 = *v = oc_arena_zero(&b->arena, b->rows, sizeof **v);
    return c->i32 ? 0 : no_memory(err);
}

int oc_add_sym(struct oc_batch *b, const char *name, struct oc_dict *d, int32_t **index, uint64_t **valid,
               struct oc_err *err)
{
    struct oc_col *c = column_add(b, name, OC_SYM, err);

    if (!c)
        return -1;
    c->dict = oc_dict_keep(d);
    c->i32 = *index = oc_arena_zero(&b->arena, b->rows, sizeof **index);
    if (!c->i32)
        return no_memory(err);
    if (valid) {
        if (bits_full(b, valid, err))
            return -1;
        c->valid = *valid;
    }
    return 0;
}

int oc_add_text(struct oc_batch *b, const char *name, size_t nbytes, int32_t **off, char **bytes, struct oc_err *err)
{
    struct oc_col *c = column_add(b, name, OC_TEXT, err);

    if (!c)
        return -1;
    c->i32 = *off = oc_arena_zero(&b->arena, b->rows + 1, sizeof **off);
    c->chars = *bytes = oc_arena_alloc(&b->arena, nbytes + 1);
    return c->i32 && c->chars ? 0 : no_memory(err);
}

int oc_add_cells(struct oc_batch *b, const char *name, const char *text, const uint32_t *sep, size_t stride,
                 const char *factor, struct oc_err *err)
{
    struct oc_col *c = column_add(b, name, OC_TEXT, err);

    if (!c)
        return -1;
    c->flags = 0;
    c->type = c->def ? (enum oc_type)c->def->type : OC_TEXT;
    c->text = text;
    c->sep = sep;
    c->stride = stride;
    c->factor = factor;
    return 0;
}

int oc_batch_missing(struct oc_batch *b, struct oc_col *c, size_t row, struct oc_err *err)
{
    if (c->type == OC_F64) {
        c->f64[row] = NAN;
        return 0;
    }
    if (!c->valid && bits_full(b, &c->valid, err))
        return -1;
    oc_bit_clear(c->valid, row);
    return 0;
}

/* ---- malformed rows -------------------------------------------------------------------------------------- */

static int bad_add(struct oc_batch *b, size_t row, const struct oc_col *c, bool drop, struct oc_err *err, const char *fmt,
                   va_list ap)
{
    if (!oc_bit(b->active, row))
        return 0;
    if (b->nbad == b->capbad) {
        const size_t cap = b->capbad ? 2 * b->capbad : 16;
        struct oc_bad *p = oc_arena_alloc(&b->arena, cap * sizeof *p);
        if (!p)
            return no_memory(err);
        if (b->nbad)
            memcpy(p, b->bad, b->nbad * sizeof *p);
        b->bad = p;
        b->capbad = cap;
    }
    struct oc_bad *bad = &b->bad[b->nbad++];
    bad->row = (uint32_t)row;
    bad->col = c ? (uint32_t)(c - b->col) : UINT32_MAX;
    bad->cell = 0;
    bad->drop = drop;
    if (c && c->sep && b->sep && c->text == b->text && c->stride == b->stride
        && c->sep >= b->sep && c->sep < b->sep + b->stride)
        bad->cell = (uint32_t)(c->sep - b->sep) + 1;
    vsnprintf(bad->reason, sizeof bad->reason, fmt, ap);
    return 0;
}

int oc_bad_row(struct oc_batch *b, size_t row, const struct oc_col *c, struct oc_err *err, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    const int rc = bad_add(b, row, c, false, err, fmt, ap);
    va_end(ap);
    return rc;
}

int oc_drop_row(struct oc_batch *b, size_t row, const char *column, struct oc_err *err, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    const int rc = bad_add(b, row, column ? oc_col(b, column) : NULL, true, err, fmt, ap);
    va_end(ap);
    return rc;
}

/* ---- fewer rows ------------------------------------------------------------------------------------------ */

static size_t rank(const uint64_t *bits, size_t n)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        k += oc_bit(bits, i);
    return k;
}

static int pack(struct oc_batch *b, const uint64_t *keep, const void *from, size_t width, void *out, struct oc_err *err)
{
    char *to = oc_arena_alloc(&b->arena, b->rows * width);
    size_t k = 0;

    if (!to)
        return no_memory(err);
    for (size_t i = 0; i < b->rows; i++)
        if (oc_bit(keep, i))
            memcpy(to + width * k++, (const char *)from + width * i, width);
    memcpy(out, &to, sizeof to);
    return 0;
}

static int pack_bits(struct oc_batch *b, const uint64_t *keep, uint64_t **bits, struct oc_err *err)
{
    uint64_t *to = NULL;
    size_t k = 0;

    if (!*bits)
        return 0;
    to = oc_arena_zero(&b->arena, oc_bit_words(b->rows), sizeof *to);
    if (!to)
        return no_memory(err);
    for (size_t i = 0; i < b->rows; i++)
        if (oc_bit(keep, i)) {
            if (oc_bit(*bits, i))
                oc_bit_set(to, k);
            k++;
        }
    *bits = to;
    return 0;
}

static int pack_text(struct oc_batch *b, const uint64_t *keep, struct oc_col *c, struct oc_err *err)
{
    const size_t total = (size_t)(c->i32[b->rows] - c->i32[0]);
    char *chars = oc_arena_alloc(&b->arena, total);
    int32_t *off = oc_arena_alloc(&b->arena, (b->rows + 1) * sizeof *off);
    int32_t n = 0;
    size_t k = 0;

    if (!chars || !off)
        return no_memory(err);
    for (size_t i = 0; i < b->rows; i++)
        if (oc_bit(keep, i)) {
            const int32_t len = c->i32[i + 1] - c->i32[i];
            off[k++] = n;
            memcpy(chars + n, c->chars + c->i32[i], (size_t)len);
            n += len;
        }
    off[k] = n;
    c->i32 = off;
    c->chars = chars;
    return 0;
}

static int pack_values(struct oc_batch *b, const uint64_t *keep, struct oc_col *c, struct oc_err *err)
{
    if (pack_bits(b, keep, &c->valid, err))
        return -1;
    switch (c->type) {
    case OC_F64: return pack(b, keep, c->f64, sizeof *c->f64, &c->f64, err);
    case OC_TIME:
    case OC_I64: return pack(b, keep, c->i64, sizeof *c->i64, &c->i64, err);
    case OC_DATE:
    case OC_SYM: return pack(b, keep, c->i32, sizeof *c->i32, &c->i32, err);
    case OC_BOOL: return pack_bits(b, keep, &c->bits, err);
    case OC_TEXT: return pack_text(b, keep, c, err);
    }
    return 0;
}

/* The record table itself is packed once, and columns that point into it follow; others have pairs of their own. */
static int pack_cells(struct oc_batch *b, const uint64_t *keep, const uint32_t *table, struct oc_col *c,
                      struct oc_err *err)
{
    if (table && c->stride == b->stride && c->sep >= table && c->sep < table + b->stride) {
        c->sep = b->sep + (c->sep - table);
        return 0;
    }
    uint32_t *to = oc_arena_alloc(&b->arena, 2 * b->rows * sizeof *to);
    size_t k = 0;
    if (!to)
        return no_memory(err);
    for (size_t i = 0; i < b->rows; i++)
        if (oc_bit(keep, i)) {
            to[2 * k] = c->sep[i * c->stride];
            to[2 * k++ + 1] = c->sep[i * c->stride + 1];
        }
    c->sep = to;
    c->stride = 2;
    return 0;
}

static int pack_lines(struct oc_batch *b, const uint64_t *keep, struct oc_err *err)
{
    uint32_t *line = oc_arena_alloc(&b->arena, b->rows * sizeof *line);
    size_t k = 0;

    if (!line)
        return no_memory(err);
    for (size_t i = 0; i < b->rows; i++)
        if (oc_bit(keep, i))
            line[k++] = b->line ? b->line[i] : (uint32_t)i;
    b->line = line;
    return 0;
}

/* Malformed rows that stay are renumbered, the others are forgotten. */
static int pack_bad(struct oc_batch *b, const uint64_t *keep, struct oc_err *err)
{
    uint32_t *to = b->nbad ? oc_arena_alloc(&b->arena, b->rows * sizeof *to) : NULL;
    size_t k = 0;

    if (b->nbad && !to)
        return no_memory(err);
    for (uint32_t i = 0, n = 0; to && i < b->rows; i++) {
        to[i] = n;
        n += oc_bit(keep, i);
    }
    for (size_t i = 0; i < b->nbad; i++)
        if (oc_bit(keep, b->bad[i].row)) {
            b->bad[k] = b->bad[i];
            b->bad[k++].row = to[b->bad[i].row];
        }
    b->nbad = k;
    return 0;
}

int oc_batch_filter(struct oc_batch *b, const uint64_t *keep, struct oc_err *err)
{
    const size_t n = rank(keep, b->rows);
    const uint32_t *table = b->sep;

    if (n == b->rows)
        return 0;
    if (table && pack(b, keep, table, b->stride * sizeof *table, &b->sep, err))
        return -1;
    for (size_t i = 0; i < b->ncol; i++) {
        struct oc_col *c = &b->col[i];
        if (c->sep && pack_cells(b, keep, table, c, err))
            return -1;
        if (c->flags & OC_COL_LOADED && pack_values(b, keep, c, err))
            return -1;
    }
    if (pack_bits(b, keep, &b->active, err) || pack_lines(b, keep, err)
        || pack_bad(b, keep, err))
        return -1;
    b->rows = n;
    return 0;
}

/* Bits from a position that need not be a multiple of 64. */
static int slice_bits(struct oc_batch *to, uint64_t **bits, size_t from, size_t n, struct oc_err *err)
{
    if (!*bits)
        return 0;
    uint64_t *out = oc_arena_zero(&to->arena, oc_bit_words(n), sizeof *out);
    if (!out)
        return no_memory(err);
    for (size_t i = 0; i < n; i++)
        if (oc_bit(*bits, from + i))
            oc_bit_set(out, i);
    *bits = out;
    return 0;
}

int oc_batch_slice(struct oc_batch *to, const struct oc_batch *b, size_t from, size_t n, struct oc_err *err)
{
    if (oc_batch_reset(to, NULL, err))
        return -1;
    to->schema = b->schema;
    to->dialect = b->dialect;
    to->text = b->text;
    to->sep = b->sep ? b->sep + from * b->stride : NULL;
    to->stride = b->stride;
    to->line = b->line ? b->line + from : NULL;
    to->crlf = b->crlf;
    to->reading = b->reading;
    to->number = b->number;
    to->file = b->file;
    to->origin = b->origin ? b->origin + from : NULL;
    to->rows = n;
    to->active = b->active;
    if (slice_bits(to, &to->active, from, n, err))
        return -1;
    for (size_t i = 0; i < b->ncol; i++) {
        struct oc_col *c = column_new(to, err);
        if (!c)
            return -1;
        *c = b->col[i];
        oc_dict_keep(c->dict);
        if (c->sep)
            c->sep += from * c->stride;
        if (!(c->flags & OC_COL_LOADED))
            continue;
        if (slice_bits(to, &c->valid, from, n, err))
            return -1;
        switch (c->type) {
        case OC_F64: c->f64 += from; break;
        case OC_TIME:
        case OC_I64: c->i64 += from; break;
        case OC_DATE:
        case OC_SYM:
        case OC_TEXT: c->i32 += from; break;
        case OC_BOOL:
            if (slice_bits(to, &c->bits, from, n, err))
                return -1;
            break;
        }
    }
    return 0;
}
