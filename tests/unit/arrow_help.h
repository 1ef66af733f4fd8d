/*
 * arrow_help - for the tests of the Arrow format: a sink and a reader in memory, and batches compared cell by cell.
 */
#ifndef ARROW_HELP_H
#define ARROW_HELP_H

#include "record/batch.h"
#include "record/cell.h"
#include "record/format.h"
#include "record/symtab.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

extern const struct oc_format oc_format_arrow;

/* ---- a sink in memory ---- */

struct mem { struct oc_sink sink; struct oc_buf buf; size_t calls; };

static int mem_write(struct oc_sink *s, const void *p, size_t n, struct oc_err *err)
{
    struct mem *m = (struct mem *)s;

    (void)err;
    m->calls++;
    oc_buf_put(&m->buf, p, n);
    return 0;
}

static int mem_writev(struct oc_sink *s, struct iovec *v, int n, struct oc_err *err)
{
    struct mem *m = (struct mem *)s;

    (void)err;
    m->calls++;
    for (int i = 0; i < n; i++)
        oc_buf_put(&m->buf, v[i].iov_base, v[i].iov_len);
    return 0;
}

/* ---- writing ---- */

struct writing { struct mem mem; struct oc_writer w; struct oc_buf out; };

static inline int writing_open(struct writing *x, const struct oc_schema *s, bool regular, bool file, int level,
                               struct oc_err *err)
{
    *x = (struct writing){ .mem.sink = { .write = mem_write, .writev = level ? NULL : mem_writev, .regular = regular } };
    x->w = (struct oc_writer){ .format = &oc_format_arrow, .sink = &x->mem.sink, .file_layout = file,
                               .zstd_level = level, .fixed_rows = regular };
    x->w.state = calloc(1, oc_format_arrow.writer_size);
    if (oc_schema_copy(&x->w.schema, s, err))
        return -1;
    return oc_format_arrow.begin(&x->w, err);
}

static inline int writing_add(struct writing *x, struct oc_batch *b, struct oc_err *err)
{
    x->out.n = 0;
    return oc_format_arrow.encode(&x->w, b, &x->out, err) || oc_format_arrow.emit(&x->w, b, &x->out, err) ? -1 : 0;
}

/* Ends the stream; the bytes stay in x->mem.buf. */
static inline int writing_close(struct writing *x, bool complete, struct oc_err *err)
{
    const int rc = oc_format_arrow.finish(&x->w, complete, err);

    oc_format_arrow.writer_close(&x->w);
    free(x->w.state);
    oc_schema_free(&x->w.schema);
    oc_buf_free(&x->out);
    return rc;
}

/* ---- reading ---- */

static const struct oc_limits test_limits = { .max_record = 1 << 20, .max_batch = 64 << 20, .block_bytes = 256 << 10 };

typedef int each(void *ctx, struct oc_batch *b, struct oc_err *err);

/* Columns of the reader get these types, by name, in place of the natural ones; ends with a NULL name. */
struct retype { const char *name; enum oc_type type; const char *factor; };

struct reading { struct oc_reader r; struct oc_block blk; struct oc_batch b; };

static inline int reading_blocks(struct reading *x, each *fn, void *ctx, struct oc_err *err)
{
    int rc;

    while ((rc = oc_format_arrow.cut(&x->r, &x->blk, err)) > 0) {
        if (oc_batch_reset(&x->b, &x->r.schema, err))
            return -1;
        x->b.reading = x->r.reading;
        if (oc_format_arrow.parse(&x->r, &x->blk, &x->b, err) || (fn && fn(ctx, &x->b, err)))
            return -1;
    }
    return rc;
}

/* Decode a whole input, from memory (path NULL) or a file.  The bytes are not changed. */
static inline int decode_as(const char *p, size_t n, const char *path, const struct oc_reading *how,
                            const struct retype *types, each *fn, void *ctx, struct oc_err *err)
{
    struct reading x = { .r = { .format = &oc_format_arrow, .limits = &test_limits, .reading = how } };
    char *copy = malloc(n + 1);
    int rc = -1;

    if (n)
        memcpy(copy, p, n);
    x.r.ahead = copy;
    x.r.nahead = n;
    x.r.state = calloc(1, oc_format_arrow.reader_size);
    x.r.src = oc_source_open(path ? path : "/dev/null", 8 << 20, err);
    if (x.r.src && oc_format_arrow.open(&x.r, err) == 0) {
        for (; types && types->name; types++) {
            const int i = oc_schema_find(&x.r.schema, types->name);
            if (i >= 0) {
                x.r.schema.field[i].type = types->type;
                x.r.schema.field[i].factor = types->factor ? strdup(types->factor) : NULL;
            }
        }
        rc = reading_blocks(&x, fn, ctx, err);
    }
    oc_batch_free(&x.b);
    oc_format_arrow.block_free(&x.blk);
    free(x.blk.p);
    oc_format_arrow.reader_close(&x.r);
    oc_schema_free(&x.r.schema);
    oc_source_close(x.r.src);
    free(x.r.state);
    free(copy);
    return rc;
}

static inline int decode(const char *p, size_t n, each *fn, void *ctx, struct oc_err *err)
{
    return decode_as(p, n, NULL, NULL, NULL, fn, ctx, err);
}

/* ---- cells as text, one line a row: what two streams are compared by ---- */

static inline void put_cell(struct oc_buf *o, const struct oc_col *c, size_t i)
{
    uint64_t bits;

    if (c->type == OC_F64 ? isnan(c->f64[i]) : !oc_bit(c->valid, i)) {
        oc_buf_puts(o, "~,");
        return;
    }
    switch (c->type) {
    case OC_F64:
        memcpy(&bits, &c->f64[i], 8);
        oc_buf_printf(o, "%016llx,", (unsigned long long)bits);
        break;
    case OC_I64:
    case OC_TIME: oc_buf_printf(o, "%lld,", (long long)c->i64[i]); break;
    case OC_DATE: oc_buf_printf(o, "%d,", c->i32[i]); break;
    case OC_BOOL: oc_buf_puts(o, oc_bit(c->bits, i) ? "true," : "false,"); break;
    case OC_SYM:
        oc_buf_put(o, c->dict->bytes + c->dict->off[c->i32[i]], c->dict->off[c->i32[i] + 1] - c->dict->off[c->i32[i]]);
        oc_buf_char(o, ',');
        break;
    case OC_TEXT:
        oc_buf_put(o, c->chars + c->i32[i], (size_t)(c->i32[i + 1] - c->i32[i]));
        oc_buf_char(o, ',');
        break;
    }
}

/* An `each` that appends the batch to a struct oc_buf; malformed cells are told as "! reason". */
static inline int put_rows(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_buf *o = ctx;

    (void)err;
    for (size_t i = 0; i < b->rows; i++) {
        for (size_t k = 0; k < b->ncol; k++)
            put_cell(o, &b->col[k], i);
        oc_buf_char(o, '\n');
    }
    for (size_t i = 0; i < b->nbad; i++)
        oc_buf_printf(o, "! %s\n", b->bad[i].reason);
    return 0;
}

/* ---- generated batches: one column of each type, values a function of the row's number in the stream ---- */

static inline uint64_t mix(uint64_t x)
{
    x = (x + 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
    x ^= x >> 31;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 29;
}

static inline int all_types(struct oc_schema *s, struct oc_err *err)
{
    static const struct { const char *name; enum oc_type type; } col[] = {
        { "ts", OC_TIME }, { "symbol", OC_SYM }, { "expiry", OC_DATE }, { "bid", OC_F64 }, { "ask", OC_F64 },
        { "step", OC_I64 }, { "flag", OC_BOOL }, { "note", OC_TEXT }, { "root", OC_SYM }, { "full", OC_I64 },
    };

    for (size_t i = 0; i < sizeof col / sizeof *col; i++)
        if (oc_schema_add(s, col[i].name, NULL, NULL, col[i].type, err))
            return -1;
    return oc_schema_meta(s, "oc.test", "a value", err);
}

static inline void make_text(struct oc_col *c, struct oc_batch *b, size_t from, size_t rows, bool nulls)
{
    static const char *const some[] = { "", "t", "text", "text-\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x93\x88 up" };
    char *chars = oc_arena_alloc(&b->arena, rows * 24);
    int32_t at = 0;

    for (size_t i = 0; i < rows; i++) {
        const uint64_t h = mix(from + i + 7777);
        c->i32[i] = at;
        if (nulls && h % 5 == 0)
            oc_bit_clear(c->valid, i);
        else
            at += sprintf(chars + at, "%s%s", some[h % 6], h % 3 ? "" : "z");
    }
    c->i32[rows] = at;
    c->chars = chars;
}

/* Rows [from, from + rows) of the stream; symbols: how many texts `symbol` has. */
static inline int make_batch(struct oc_batch *b, const struct oc_schema *s, size_t from, size_t rows, uint64_t symbols,
                             bool nulls, struct oc_err *err)
{
    if (oc_batch_reset(b, s, err))
        return -1;
    b->rows = rows;
    for (size_t k = 0; k < s->n; k++) {
        struct oc_col *c = &b->col[k];
        struct oc_symtab tab = { 0 };
        const bool full = strcmp(c->name, "full") == 0;
        c->flags |= OC_COL_LOADED;
        c->i64 = oc_arena_zero(&b->arena, rows + 1, 8);
        if (c->type != OC_F64 && nulls && !full) {
            c->valid = oc_arena_alloc(&b->arena, 8 * oc_bit_words(rows));
            memset(c->valid, 0xff, 8 * oc_bit_words(rows));
        }
        if (c->type == OC_TEXT)
            make_text(c, b, from, rows, nulls);
        for (size_t i = 0; i < rows && c->type != OC_TEXT; i++) {
            const uint64_t h = mix((from + i) * 31 + k);
            char text[32];
            if (c->valid && h % 7 == 0) {
                oc_bit_clear(c->valid, i);
                continue;
            }
            switch (c->type) {
            case OC_F64: c->f64[i] = nulls && h % 7 == 0 ? (double)NAN : (double)(int64_t)h / 1024; break;
            case OC_DATE: c->i32[i] = (int32_t)(h % 40000); break;
            case OC_BOOL: if (h & 8) oc_bit_set(c->bits, i); break;
            case OC_SYM:
                snprintf(text, sizeof text, "S%llu", (unsigned long long)(h % (k == 1 ? symbols : 3)));
                c->i32[i] = oc_symtab_id(&tab, text, strlen(text));
                break;
            default: c->i64[i] = (int64_t)(h >> 1); break;
            }
        }
        if (c->type == OC_SYM && !(c->dict = oc_symtab_dict(&tab, err)))
            return -1;
        oc_symtab_free(&tab);
    }
    return 0;
}

#endif
