/*
 * expreval - an expression over the columns of a batch.
 *
 * A condition is two bitmaps, the rows where it is true and those where it is false; a row in neither is one where
 * it is not known.  So `!` swaps them, `&&` is (and, or) of them, and a missing value is in neither from the start.
 */
#include "record/expr.h"

#include "record/cell.h"
#include "record/exprnode.h"
#include "record/show.h"

#include <math.h>
#include <string.h>

struct truth { uint64_t *yes, *no; };

struct run { struct oc_batch *b; struct oc_err *err; size_t n, words; };

static int no_memory(const struct run *r) { return oc_fail(r->err, OC_MEMORY, "no memory to evaluate an expression"); }

static int truth_new(const struct run *r, struct truth *t)
{
    t->yes = oc_arena_zero(&r->b->arena, r->words + 1, sizeof *t->yes);
    t->no = oc_arena_zero(&r->b->arena, r->words + 1, sizeof *t->no);
    return t->yes && t->no ? 0 : no_memory(r);
}

static struct oc_col *column(const struct run *r, const struct oc_expr_node *n)
{
    struct oc_col *c = oc_col(r->b, n->text);

    if (!c || c->type != n->type) {
        oc_fail(r->err, OC_INTERNAL, "column '%s' is not the one that was bound", n->text);
        return NULL;
    }
    return oc_load(r->b, c, r->err) ? NULL : c;
}

/* ---- numbers ---------------------------------------------------------------------------------------------- */

/* A column of numbers, or one number for all rows (step 0). */
struct numbers { const double *v; size_t step; };
struct integers { const int64_t *v; const uint64_t *valid; size_t step; };

static int numbers(const struct run *r, const struct oc_expr_node *n, struct numbers *out);

static int read_text(const struct run *r, const struct oc_col *c, double *v)
{
    const struct oc_reading reading = { .na = oc_cell_na, .nna = OC_CELL_NNA };

    for (size_t i = 0; i < r->n; i++) {
        size_t len = 0;
        const char *why = "is not a number", *s = oc_show_text(c, i, &len);
        const int got = s ? oc_cell_f64(&reading, s, len, &v[i], &why) : 0;
        if (got < 1)
            v[i] = NAN;
        if (got < 0 && oc_bad_row(r->b, i, c, r->err, "%s: '%.*s' %s", c->name, (int)(len < 40 ? len : 40), s, why))
            return -1;
    }
    return 0;
}

static int column_numbers(const struct run *r, const struct oc_expr_node *n, struct numbers *out)
{
    struct oc_col *c = column(r, n);

    if (!c)
        return -1;
    out->step = 1;
    out->v = c->f64;
    if (c->type == OC_F64)
        return 0;
    double *v = oc_arena_alloc(&r->b->arena, r->n * sizeof *v);
    if (!v)
        return no_memory(r);
    out->v = v;
    if (c->type != OC_I64)
        return read_text(r, c, v);
    for (size_t i = 0; i < r->n; i++)
        v[i] = oc_bit(c->valid, i) ? (double)c->i64[i] : (double)NAN;
    return 0;
}

static int arithmetic(const struct run *r, const struct oc_expr_node *n, struct numbers *out)
{
    struct numbers a, b = { 0 };
    double *v = oc_arena_alloc(&r->b->arena, (r->n + 1) * sizeof *v);

    if (!v)
        return no_memory(r);
    if (numbers(r, n->a, &a) || (n->b && numbers(r, n->b, &b)))
        return -1;
    switch (n->op) {
    case OC_EXPR_NEGATE:
        for (size_t i = 0; i < r->n; i++)
            v[i] = -a.v[i * a.step];
        break;
    case OC_EXPR_ADD:
        for (size_t i = 0; i < r->n; i++)
            v[i] = a.v[i * a.step] + b.v[i * b.step];
        break;
    case OC_EXPR_SUBTRACT:
        for (size_t i = 0; i < r->n; i++)
            v[i] = a.v[i * a.step] - b.v[i * b.step];
        break;
    case OC_EXPR_MULTIPLY:
        for (size_t i = 0; i < r->n; i++)
            v[i] = a.v[i * a.step] * b.v[i * b.step];
        break;
    default:
        for (size_t i = 0; i < r->n; i++)
            v[i] = a.v[i * a.step] / b.v[i * b.step];
        break;
    }
    *out = (struct numbers){ v, 1 };
    return 0;
}

static int numbers(const struct run *r, const struct oc_expr_node *n, struct numbers *out)
{
    switch (n->op) {
    case OC_EXPR_NUMBER:
        *out = (struct numbers){ &n->num, 0 };
        return 0;
    case OC_EXPR_COLUMN: return column_numbers(r, n, out);
    case OC_EXPR_READ: return column_numbers(r, n->a, out);
    default: return arithmetic(r, n, out);
    }
}

/* ---- comparisons: the rows where a is below, equal to and above b ------------------------------------------ */

static void order(enum oc_expr_op op, size_t w, uint64_t below, uint64_t equal, uint64_t above, struct truth *t)
{
    const uint64_t known = below | equal | above;
    uint64_t yes = 0;

    switch (op) {
    case OC_EXPR_EQ: yes = equal; break;
    case OC_EXPR_NE: yes = below | above; break;
    case OC_EXPR_LT: yes = below; break;
    case OC_EXPR_LE: yes = below | equal; break;
    case OC_EXPR_GT: yes = above; break;
    default: yes = above | equal; break;
    }
    t->yes[w] = yes;
    t->no[w] = known & ~yes;
}

static int compare_numbers(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    struct numbers a, b;

    if (numbers(r, n->a, &a) || numbers(r, n->b, &b))
        return -1;
    for (size_t w = 0, i = 0; w < r->words; w++) {
        uint64_t below = 0, equal = 0, above = 0;
        for (unsigned k = 0; k < 64 && i < r->n; k++, i++) {
            const double x = a.v[i * a.step], y = b.v[i * b.step];
            below |= (uint64_t)(x < y) << k;
            equal |= (uint64_t)(x == y) << k;
            above |= (uint64_t)(x > y) << k;
        }
        order(n->op, w, below, equal, above, t);
    }
    return 0;
}

/* Can the node be compared as a whole number, exactly beyond 2^53 too?  Dates and instants always. */
static bool is_integer(const struct oc_expr_node *n)
{
    return n->class == OC_EXPR_IS_DATE || n->class == OC_EXPR_IS_TIME || (n->op == OC_EXPR_NUMBER && n->whole)
           || (n->op == OC_EXPR_COLUMN && n->type == OC_I64);
}

static int integers(const struct run *r, const struct oc_expr_node *n, struct integers *out)
{
    if (n->op != OC_EXPR_COLUMN) {
        *out = (struct integers){ &n->integer, NULL, 0 };
        return 0;
    }
    const struct oc_col *c = column(r, n);
    if (!c)
        return -1;
    *out = (struct integers){ c->i64, c->valid, 1 };
    if (c->type != OC_DATE)
        return 0;
    int64_t *v = oc_arena_alloc(&r->b->arena, r->n * sizeof *v);
    if (!v)
        return no_memory(r);
    for (size_t i = 0; i < r->n; i++)
        v[i] = c->i32[i];
    out->v = v;
    return 0;
}

static int compare_integers(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    struct integers a, b;

    if (integers(r, n->a, &a) || integers(r, n->b, &b))
        return -1;
    for (size_t w = 0, i = 0; w < r->words; w++) {
        const uint64_t valid = (a.valid ? a.valid[w] : UINT64_MAX) & (b.valid ? b.valid[w] : UINT64_MAX);
        uint64_t below = 0, equal = 0, above = 0;
        for (unsigned k = 0; k < 64 && i < r->n; k++, i++) {
            const int64_t x = a.v[i * a.step], y = b.v[i * b.step];
            below |= (uint64_t)(x < y) << k;
            equal |= (uint64_t)(x == y) << k;
            above |= (uint64_t)(x > y) << k;
        }
        order(n->op, w, below & valid, equal & valid, above & valid, t);
    }
    return 0;
}

static int compare_bytes(const char *a, size_t na, const char *b, size_t nb)
{
    const int d = memcmp(a, b, na < nb ? na : nb);

    return d ? d : (na > nb) - (na < nb);
}

enum { EMPTY = 2 };      /* an entry without text is a missing value */

/* Dictionary text beside one text: compared once for each entry. */
static int8_t *compare_dict(const struct run *r, const struct oc_col *c, const struct oc_expr_node *lit)
{
    int8_t *d = oc_arena_alloc(&r->b->arena, c->dict->n);

    for (uint32_t i = 0; d && i < c->dict->n; i++) {
        size_t len = c->dict->off[i + 1] - c->dict->off[i];
        const char *s = oc_kind_word(c->def, c->dict->bytes + c->dict->off[i], len, &len);
        const int k = compare_bytes(s, len, lit->text, lit->len);
        d[i] = len ? (int8_t)((k > 0) - (k < 0)) : EMPTY;
    }
    if (!d)
        no_memory(r);
    return d;
}

static int compare_text(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    const struct oc_col *a = n->a->op == OC_EXPR_COLUMN ? column(r, n->a) : NULL;
    const struct oc_col *b = n->b->op == OC_EXPR_COLUMN ? column(r, n->b) : NULL;
    const int8_t *known = NULL;

    if ((n->a->op == OC_EXPR_COLUMN && !a) || (n->b->op == OC_EXPR_COLUMN && !b))
        return -1;
    if (a && a->type == OC_SYM && !b && a->dict && a->dict->n <= r->n && !(known = compare_dict(r, a, n->b)))
        return -1;
    for (size_t w = 0, i = 0; w < r->words; w++) {
        uint64_t bits[3] = { 0 };
        for (unsigned k = 0; k < 64 && i < r->n; k++, i++) {
            size_t na = n->a->len, nb = n->b->len;
            if (known) {
                if (oc_bit(a->valid, i) && known[a->i32[i]] != EMPTY)
                    bits[known[a->i32[i]] + 1] |= UINT64_C(1) << k;
                continue;
            }
            const char *x = a ? oc_show_text(a, i, &na) : n->a->text;
            const char *y = b ? oc_show_text(b, i, &nb) : n->b->text;
            if (x && y) {
                const int d = compare_bytes(x, na, y, nb);
                bits[(d > 0) - (d < 0) + 1] |= UINT64_C(1) << k;
            }
        }
        order(n->op, w, bits[0], bits[1], bits[2], t);
    }
    return 0;
}

/* ---- conditions ------------------------------------------------------------------------------------------- */

static int condition(const struct run *r, const struct oc_expr_node *n, struct truth *t);

/* The rows where a value is there. */
static int present(const struct run *r, const struct oc_expr_node *n, uint64_t *out)
{
    const struct oc_col *c = n->op == OC_EXPR_COLUMN ? column(r, n) : NULL;
    struct numbers v = { 0 };

    if (n->op == OC_EXPR_COLUMN && !c)
        return -1;
    const bool number = n->class == OC_EXPR_IS_NUMBER && (!c || c->type == OC_F64);
    if (number && numbers(r, n, &v))
        return -1;
    for (size_t i = 0; i < r->n; i++) {
        size_t len;
        const bool there = number ? !isnan(v.v[i * v.step])
                         : n->class == OC_EXPR_IS_TEXT ? oc_show_text(c, i, &len) != NULL : oc_bit(c->valid, i);
        if (there)
            oc_bit_set(out, i);
    }
    return 0;
}

static int missing(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    uint64_t *there = n->op == OC_EXPR_PRESENT ? t->yes : t->no;
    uint64_t *gone = n->op == OC_EXPR_PRESENT ? t->no : t->yes;

    if (present(r, n->a, there))
        return -1;
    for (size_t w = 0; w < r->words; w++)
        gone[w] = ~there[w];
    return 0;
}

static int flags(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    if (n->op == OC_EXPR_TRUTH) {
        memset(n->integer ? t->yes : t->no, 0xff, r->words * sizeof *t->yes);
        return 0;
    }
    const struct oc_col *c = column(r, n);
    if (!c)
        return -1;
    for (size_t w = 0; w < r->words; w++) {
        const uint64_t valid = c->valid ? c->valid[w] : UINT64_MAX;
        t->yes[w] = c->bits[w] & valid;
        t->no[w] = ~c->bits[w] & valid;
    }
    return 0;
}

/* a && b, a || b, and a == b of two conditions. */
static int join(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    struct truth a, b;

    if (condition(r, n->a, &a) || condition(r, n->b, &b))
        return -1;
    for (size_t w = 0; w < r->words; w++) {
        const uint64_t same = (a.yes[w] & b.yes[w]) | (a.no[w] & b.no[w]);
        const uint64_t differ = (a.yes[w] & b.no[w]) | (a.no[w] & b.yes[w]);
        switch (n->op) {
        case OC_EXPR_AND: t->yes[w] = a.yes[w] & b.yes[w]; t->no[w] = a.no[w] | b.no[w]; break;
        case OC_EXPR_OR: t->yes[w] = a.yes[w] | b.yes[w]; t->no[w] = a.no[w] & b.no[w]; break;
        case OC_EXPR_EQ: t->yes[w] = same; t->no[w] = differ; break;
        default: t->yes[w] = differ; t->no[w] = same; break;
        }
    }
    return 0;
}

/* Any of the items: as a chain of ||. */
static int in_list(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    memset(t->no, 0xff, r->words * sizeof *t->no);
    for (const struct oc_expr_node *item = n->b; item; item = item->next) {
        struct truth one;
        if (condition(r, item, &one))
            return -1;
        for (size_t w = 0; w < r->words; w++) {
            t->yes[w] |= one.yes[w];
            t->no[w] &= one.no[w];
        }
    }
    return 0;
}

static int compare(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    if (n->a->class == OC_EXPR_IS_TRUTH)
        return join(r, n, t);
    if (n->a->class == OC_EXPR_IS_TEXT)
        return compare_text(r, n, t);
    return is_integer(n->a) && is_integer(n->b) ? compare_integers(r, n, t) : compare_numbers(r, n, t);
}

static int condition(const struct run *r, const struct oc_expr_node *n, struct truth *t)
{
    struct truth a;

    if (n->op == OC_EXPR_NOT) {
        if (condition(r, n->a, &a))
            return -1;
        *t = (struct truth){ a.no, a.yes };
        return 0;
    }
    if (truth_new(r, t))
        return -1;
    switch (n->op) {
    case OC_EXPR_COLUMN:
    case OC_EXPR_TRUTH: return flags(r, n, t);
    case OC_EXPR_AND:
    case OC_EXPR_OR: return join(r, n, t);
    case OC_EXPR_IN: return in_list(r, n, t);
    case OC_EXPR_MISSING:
    case OC_EXPR_PRESENT: return missing(r, n, t);
    default: return compare(r, n, t);
    }
}

int oc_expr_eval(const struct oc_expr *e, struct oc_batch *b, uint64_t *bits, struct oc_err *err)
{
    const struct run r = { b, err, b->rows, oc_bit_words(b->rows) };
    struct truth t;

    if (condition(&r, e->root, &t))
        return -1;
    memcpy(bits, t.yes, r.words * sizeof *bits);
    if (r.n % 64)
        bits[r.words - 1] &= (UINT64_C(1) << r.n % 64) - 1;
    return 0;
}
