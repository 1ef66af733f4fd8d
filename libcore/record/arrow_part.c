/* arrow_part - see arrow_part.h. */
#include "record/arrow_part.h"

#include <math.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for an Arrow record batch"); }

void oc_arrow_part_set(struct oc_arrow_piece *x, const void *p, size_t n)
{
    *x = (struct oc_arrow_piece){ .p = p, .n = n };
    if (n)
        oc_arrow_sum_add(&x->sum, p, n);
}

/* ---- UTF-8 ------------------------------------------------------------------------------------------------------- */

static bool ascii(const char *s, size_t n)
{
    uint64_t any = 0, w;
    size_t i = 0;

    for (; i + 8 <= n; i += 8) {
        memcpy(&w, s + i, 8);
        any |= w;
    }
    for (; i < n; i++)
        any |= (unsigned char)s[i];
    return (any & UINT64_C(0x8080808080808080)) == 0;
}

/* Bytes of the character at p, at least one there; 0: not UTF-8. */
static size_t character(const unsigned char *p, size_t n)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const size_t len = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;

    if (len < 2 || len > n)
        return len <= n ? len : 0;
    uint32_t c = p[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if (p[i] >> 6 != 2)
            return 0;
        c = c << 6 | (p[i] & 63u);
    }
    return c < least[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : len;
}

bool oc_arrow_part_utf8(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;

    if (ascii(s, n))
        return true;
    while (n) {
        const size_t len = character(p, n);
        if (len == 0)
            return false;
        p += len;
        n -= len;
    }
    return true;
}

/* Every row's text on its own, where the whole is not plain ASCII. */
static int check_text(const struct oc_col *c, const int32_t *off, const char *chars, size_t rows, struct oc_err *err)
{
    if (ascii(chars + off[0], (size_t)(off[rows] - off[0])))
        return 0;
    for (size_t i = 0; i < rows; i++) {
        const char *s = chars + off[i];
        const size_t n = (size_t)(off[i + 1] - off[i]);
        if (!oc_arrow_part_utf8(s, n))
            return oc_fail(err, OC_DATA, "column '%s': '%.*s' is not UTF-8, which Arrow requires", c->name,
                           (int)(n < 40 ? n : 40), s);
    }
    return 0;
}

/* ---- validity ---------------------------------------------------------------------------------------------------- */

/* Bits [from, from + rows) with zeros behind, and how many are set. */
static uint64_t *copy_bits(const uint64_t *bits, size_t from, size_t rows, struct oc_arena *a, size_t *set,
                           struct oc_err *err)
{
    const size_t words = oc_bit_words(rows);
    uint64_t *out = oc_arena_alloc(a, 8 * words);

    if (!out) {
        no_memory(err);
        return NULL;
    }
    memcpy(out, bits + from / 64, 8 * words);
    if (rows % 64)
        out[words - 1] &= (UINT64_C(1) << rows % 64) - 1;
    *set = 0;
    for (size_t i = 0; i < words; i++)
        *set += (size_t)__builtin_popcountll(out[i]);
    return out;
}

static int set_valid(const struct oc_col *c, size_t from, size_t rows, struct oc_arena *a, struct oc_arrow_part *x,
                     struct oc_err *err)
{
    size_t set;

    if (!c->valid)
        return 0;
    const uint64_t *bits = copy_bits(c->valid, from, rows, a, &set, err);
    if (!bits)
        return -1;
    x->nulls = rows - set;
    if (x->nulls)
        oc_arrow_part_set(&x->piece[0], bits, (rows + 7) / 8);
    return 0;
}

/* Doubles: NaN becomes a bit and a slot of 0. */
static int make_f64(const double *v, size_t rows, struct oc_arena *a, struct oc_arrow_part *x, struct oc_err *err)
{
    struct oc_arrow_piece *p = &x->piece[1];

    *p = (struct oc_arrow_piece){ .p = v, .n = 8 * rows };
    if (!oc_arrow_sum_add_f64(&p->sum, v, rows))
        return 0;
    uint64_t *bits = oc_arena_zero(a, oc_bit_words(rows), 8);
    double *out = oc_arena_alloc(a, 8 * rows);
    if (!bits || !out)
        return no_memory(err);
    for (size_t i = 0; i < rows; i++) {
        const bool there = !isnan(v[i]);
        bits[i >> 6] |= (uint64_t)there << (i & 63);
        out[i] = there ? v[i] : 0.0;
        x->nulls += !there;
    }
    oc_arrow_part_set(&x->piece[0], bits, (rows + 7) / 8);
    oc_arrow_part_set(p, out, 8 * rows);
    return 0;
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static int make_text(const struct oc_col *c, size_t from, size_t rows, struct oc_arena *a, struct oc_arrow_part *x,
                     struct oc_err *err)
{
    const int32_t *off = c->i32 + from;
    const char *chars = c->chars ? c->chars : "";

    if (check_text(c, off, chars, rows, err))
        return -1;
    oc_arrow_part_set(&x->piece[2], chars + off[0], (size_t)(off[rows] - off[0]));
    if (off[0] != 0) {
        int32_t *to = oc_arena_alloc(a, 4 * (rows + 1));
        if (!to)
            return no_memory(err);
        for (size_t i = 0; i <= rows; i++)
            to[i] = off[i] - off[0];
        off = to;
    }
    oc_arrow_part_set(&x->piece[1], off, 4 * (rows + 1));
    return 0;
}

/* A dictionary column written out. */
static int make_plain(const struct oc_col *c, size_t from, size_t rows, struct oc_arena *a, struct oc_arrow_part *x,
                      struct oc_err *err)
{
    const struct oc_dict *d = c->dict;
    int32_t *off = oc_arena_alloc(a, 4 * (rows + 1));
    uint64_t total = 0;

    if (!off)
        return no_memory(err);
    for (size_t i = 0; i < rows; i++) {
        const size_t k = (size_t)c->i32[from + i];
        off[i] = (int32_t)total;
        total += oc_bit(c->valid, from + i) ? d->off[k + 1] - d->off[k] : 0;
        if (total > INT32_MAX)
            return oc_fail(err, OC_LIMIT, "a batch has more than 2 GiB of text in column '%s'", c->name);
    }
    off[rows] = (int32_t)total;
    char *chars = oc_arena_alloc(a, total);
    if (!chars)
        return no_memory(err);
    for (size_t i = 0; i < rows; i++)
        if (oc_bit(c->valid, from + i))
            memcpy(chars + off[i], d->bytes + d->off[c->i32[from + i]], (size_t)(off[i + 1] - off[i]));
    if (check_text(c, off, chars, rows, err))
        return -1;
    oc_arrow_part_set(&x->piece[1], off, 4 * (rows + 1));
    oc_arrow_part_set(&x->piece[2], chars, total);
    return 0;
}

int oc_arrow_part_make(const struct oc_col *c, bool plain, size_t from, size_t rows, struct oc_arena *a,
                       struct oc_arrow_part *out, struct oc_err *err)
{
    size_t set;

    *out = (struct oc_arrow_part){ .npiece = c->type == OC_TEXT || (c->type == OC_SYM && plain) ? 3 : 2 };
    if (c->type == OC_F64)
        return make_f64(c->f64 + from, rows, a, out, err);
    if (set_valid(c, from, rows, a, out, err))
        return -1;
    switch (c->type) {
    case OC_I64:
    case OC_TIME: oc_arrow_part_set(&out->piece[1], c->i64 + from, 8 * rows); return 0;
    case OC_DATE: oc_arrow_part_set(&out->piece[1], c->i32 + from, 4 * rows); return 0;
    case OC_BOOL: {
        const uint64_t *bits = copy_bits(c->bits, from, rows, a, &set, err);
        if (bits)
            oc_arrow_part_set(&out->piece[1], bits, (rows + 7) / 8);
        return bits ? 0 : -1;
    }
    case OC_SYM: return plain ? make_plain(c, from, rows, a, out, err) : 0;
    case OC_TEXT: return make_text(c, from, rows, a, out, err);
    case OC_F64: break;
    }
    return 0;
}
