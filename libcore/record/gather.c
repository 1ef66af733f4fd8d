/* gather - see gather.h.  Arrays grow in doubles, at multiples of 64 bytes with 64 behind, as batches promise them. */
#include "record/gather.h"
#include "record/symtab.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that grow, aligned. */
struct grown { char *p; size_t n, cap; };

struct column {
    enum oc_type type;
    struct grown value;         /* by type; OC_TEXT: offsets; OC_BOOL: words of bits */
    struct grown valid;         /* words of bits; n 0: all present */
    struct grown chars;         /* OC_TEXT */
    struct oc_symtab tab;       /* OC_SYM */
    struct oc_dict *last;       /* dictionary of the rows before, whose entry k is tab's map[k] (-1: not yet); kept */
    struct grown map;
};

struct oc_gather {
    size_t rows, bytes;
    size_t ncol;
    struct column *col;
    size_t nbad, capbad;
    struct oc_bad *bad;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the rows of a chain"); }

static int grow(struct grown *a, size_t n, struct oc_err *err)
{
    if (a->n + n + 64 <= a->cap)
        return 0;
    size_t cap = a->cap ? a->cap : 4096;
    while (cap < a->n + n + 64)
        cap *= 2;
    char *p = aligned_alloc(64, cap);
    if (!p)
        return no_memory(err);
    if (a->n)
        memcpy(p, a->p, a->n);
    free(a->p);
    a->p = p;
    a->cap = cap;
    return 0;
}

static int append(struct grown *a, const void *p, size_t n, struct oc_err *err)
{
    if (grow(a, n, err))
        return -1;
    if (n)
        memcpy(a->p + a->n, p, n);
    a->n += n;
    return 0;
}

/* Bits [from, from + n) behind the `have` that are there; from NULL: ones. */
static int append_bits(struct grown *a, size_t have, const uint64_t *bits, size_t from, size_t n, struct oc_err *err)
{
    const size_t words = oc_bit_words(have + n) * sizeof(uint64_t);

    if (words > a->n) {
        if (grow(a, words - a->n, err))
            return -1;
        memset(a->p + a->n, 0, words - a->n);
        a->n = words;
    }
    uint64_t *to = (uint64_t *)(void *)a->p;
    for (size_t i = 0; i < n; i++)
        if (oc_bit(bits, from + i))
            oc_bit_set(to, have + i);
    return 0;
}

/* ---- columns --------------------------------------------------------------------------------------------- */

static int same_dictionary(struct column *x, struct oc_dict *d, struct oc_err *err)
{
    if (x->last == d)
        return 0;
    x->map.n = 0;
    if (grow(&x->map, d->n * sizeof(int32_t), err))
        return -1;
    memset(x->map.p, 0xff, d->n * sizeof(int32_t));
    oc_dict_drop(x->last);
    x->last = oc_dict_keep(d);
    return 0;
}

static int add_sym(struct column *x, const struct oc_col *c, size_t from, size_t to, struct oc_err *err)
{
    if (grow(&x->value, (to - from) * sizeof(int32_t), err) || same_dictionary(x, c->dict, err))
        return -1;
    int32_t *out = (int32_t *)(void *)(x->value.p + x->value.n), *map = (int32_t *)(void *)x->map.p;
    for (size_t i = from; i < to; i++) {
        const int32_t k = c->i32[i];
        if (!oc_bit(c->valid, i)) {
            *out++ = 0;
            continue;
        }
        if (map[k] < 0)
            map[k] = oc_symtab_id(&x->tab, c->dict->bytes + c->dict->off[k], c->dict->off[k + 1] - c->dict->off[k]);
        if (map[k] < 0)
            return no_memory(err);
        *out++ = map[k];
    }
    x->value.n += (to - from) * sizeof(int32_t);
    return 0;
}

/* Offsets are kept without the closing one, which oc_gather_give needs and puts there. */
static int add_text(struct column *x, const struct oc_col *c, size_t from, size_t to, struct oc_err *err)
{
    const int32_t shift = (int32_t)x->chars.n - c->i32[from];
    const size_t n = (size_t)(c->i32[to] - c->i32[from]);

    if (x->chars.n + n > INT32_MAX)
        return oc_fail(err, OC_LIMIT, "the texts of one chain are larger than 2 GiB");
    if (grow(&x->value, (to - from + 1) * sizeof(int32_t), err) || append(&x->chars, c->chars + c->i32[from], n, err))
        return -1;
    int32_t *out = (int32_t *)(void *)(x->value.p + x->value.n);
    for (size_t i = from; i <= to; i++)
        *out++ = c->i32[i] + shift;
    x->value.n += (to - from) * sizeof(int32_t);
    return 0;
}

static int add_column(struct column *x, size_t have, const struct oc_col *c, size_t from, size_t to, struct oc_err *err)
{
    const size_t n = to - from;

    if ((c->valid || x->valid.n) && x->valid.n == 0 && append_bits(&x->valid, 0, NULL, 0, have, err))
        return -1;
    if ((c->valid || x->valid.n) && append_bits(&x->valid, have, c->valid, from, n, err))
        return -1;
    switch (c->type) {
    case OC_F64:
    case OC_TIME:
    case OC_I64: return append(&x->value, c->i64 + from, 8 * n, err);
    case OC_DATE: return append(&x->value, c->i32 + from, 4 * n, err);
    case OC_SYM: return add_sym(x, c, from, to, err);
    case OC_TEXT: return add_text(x, c, from, to, err);
    case OC_BOOL: return append_bits(&x->value, have, c->bits, from, n, err);
    }
    return 0;
}

/* ---- all ------------------------------------------------------------------------------------------------- */

struct oc_gather *oc_gather_new(const struct oc_schema *s, struct oc_err *err)
{
    struct oc_gather *g = calloc(1, sizeof *g);

    if (g && !(g->col = calloc(s->n + 1, sizeof *g->col))) {
        free(g);
        g = NULL;
    }
    if (!g) {
        no_memory(err);
        return NULL;
    }
    g->ncol = s->n;
    return g;
}

static int add_bad(struct oc_gather *g, const struct oc_bad *bad, size_t from, struct oc_err *err)
{
    if (g->nbad == g->capbad) {
        const size_t cap = g->capbad ? 2 * g->capbad : 16;
        struct oc_bad *p = realloc(g->bad, cap * sizeof *p);
        if (!p)
            return no_memory(err);
        g->bad = p;
        g->capbad = cap;
    }
    g->bad[g->nbad] = *bad;
    g->bad[g->nbad++].row = (uint32_t)(g->rows + bad->row - from);
    return 0;
}

size_t oc_gather_measure(const struct oc_batch *b, size_t from, size_t to)
{
    size_t bytes = 8 * b->ncol * (to - from);

    for (size_t i = 0; i < b->ncol; i++)
        if (b->col[i].type == OC_TEXT)
            bytes += (size_t)(b->col[i].i32[to] - b->col[i].i32[from]);
    return bytes;
}

int oc_gather_add(struct oc_gather *g, const struct oc_batch *b, size_t from, size_t to, struct oc_err *err)
{
    if (from == to)
        return 0;
    for (size_t i = 0; i < g->ncol; i++)
        if (add_column(&g->col[i], g->rows, &b->col[i], from, to, err))
            return -1;
    for (size_t i = 0; i < b->nbad; i++)
        if (b->bad[i].row >= from && b->bad[i].row < to && add_bad(g, &b->bad[i], from, err))
            return -1;
    g->bytes += oc_gather_measure(b, from, to);
    g->rows += to - from;
    return 0;
}

size_t oc_gather_rows(const struct oc_gather *g) { return g->rows; }
size_t oc_gather_bytes(const struct oc_gather *g) { return g->bytes; }

static int give_column(const struct column *x, struct oc_col *c, struct oc_err *err)
{
    c->flags = OC_COL_LOADED;
    c->valid = x->valid.n ? (uint64_t *)(void *)x->valid.p : NULL;
    c->f64 = (double *)(void *)x->value.p;
    if (c->type == OC_TEXT)
        c->chars = x->chars.n ? x->chars.p : "";
    if (c->type == OC_SYM)
        c->dict = oc_symtab_dict(&x->tab, err);
    return c->type == OC_SYM && !c->dict ? -1 : 0;
}

int oc_gather_give(const struct oc_gather *g, struct oc_batch *b, struct oc_err *err)
{
    b->rows = b->lines = g->rows;
    for (size_t i = 0; i < g->ncol; i++)
        if (give_column(&g->col[i], &b->col[i], err))
            return -1;
    for (size_t i = 0; i < g->nbad; i++) {
        const struct oc_bad *bad = &g->bad[i];
        if (oc_bad_row(b, bad->row, bad->col == UINT32_MAX ? NULL : &b->col[bad->col], err, "%s", bad->reason))
            return -1;
        b->bad[b->nbad - 1].cell = bad->cell;
    }
    return 0;
}

void oc_gather_empty(struct oc_gather *g)
{
    for (size_t i = 0; i < g->ncol; i++) {
        struct column *x = &g->col[i];
        x->value.n = x->valid.n = x->chars.n = 0;
        oc_symtab_clear(&x->tab);
        oc_dict_drop(x->last);
        x->last = NULL;
    }
    g->rows = g->bytes = g->nbad = 0;
}

void oc_gather_free(struct oc_gather *g)
{
    for (size_t i = 0; g && i < g->ncol; i++) {
        struct column *x = &g->col[i];
        oc_dict_drop(x->last);
        oc_symtab_free(&x->tab);
        free(x->value.p);
        free(x->valid.p);
        free(x->chars.p);
        free(x->map.p);
    }
    if (g) {
        free(g->col);
        free(g->bad);
    }
    free(g);
}
