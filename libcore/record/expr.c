/* expr - from text to a tree: a parser by recursive descent.  See expr.h for the language. */
#include "record/expr.h"

#include "record/exprnode.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_DEPTH = 100,        /* parentheses and signs within one another */
    MAX_HEIGHT = 1000,      /* of the tree: whoever walks it, in a thread too, has the stack for that */
    MAX_TEXT = 1 << 16
};

int oc_expr_fail(const struct oc_expr *e, size_t at, struct oc_err *err, const char *fmt, ...)
{
    char what[512];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    return oc_fail(err, OC_USAGE, "at character %zu of '%.300s': %s", at + 1, e->source, what);
}

static int no_memory(struct oc_expr_parser *ps) { return oc_fail(ps->err, OC_MEMORY, "no memory for an expression"); }

/* ---- parser: each rule returns its tree, or NULL with err ------------------------------------------------- */

static struct oc_expr_node *either(struct oc_expr_parser *ps);

static struct oc_expr_node *node(struct oc_expr_parser *ps, enum oc_expr_op op, size_t at, struct oc_expr_node *a,
                                 struct oc_expr_node *b)
{
    struct oc_expr_node *n = oc_arena_alloc(&ps->e->arena, sizeof *n);

    if (!n) {
        no_memory(ps);
        return NULL;
    }
    const unsigned ha = a ? a->height : 0, hb = b ? b->height : 0;
    *n = (struct oc_expr_node){ .op = op, .at = at, .a = a, .b = b, .height = 1 + (ha > hb ? ha : hb) };
    if (n->height <= MAX_HEIGHT)
        return n;
    oc_expr_fail(ps->e, at, ps->err, "more than %d operators in a row (a list: in (...))", MAX_HEIGHT);
    return NULL;
}

static bool is_word(const struct oc_expr_parser *ps, const char *word)
{
    return ps->token == OC_T_WORD && strcmp(ps->value.text, word) == 0;
}

static struct oc_expr_node *expected(struct oc_expr_parser *ps, const char *what)
{
    if (ps->token == OC_T_END)
        oc_expr_fail(ps->e, ps->at, ps->err, "%s is missing at the end", what);
    else
        oc_expr_fail(ps->e, ps->at, ps->err, "expected %s", what);
    return NULL;
}

static struct oc_expr_node *literal(struct oc_expr_parser *ps, enum oc_expr_op op)
{
    struct oc_expr_node *n = node(ps, op, ps->at, NULL, NULL);

    if (!n)
        return NULL;
    *n = ps->value;
    n->op = op;
    n->height = 1;
    n->class = op == OC_EXPR_NUMBER ? OC_EXPR_IS_NUMBER : op == OC_EXPR_DATE ? OC_EXPR_IS_DATE
             : op == OC_EXPR_TIME ? OC_EXPR_IS_TIME : op == OC_EXPR_TEXT ? OC_EXPR_IS_TEXT
             : op == OC_EXPR_TRUTH ? OC_EXPR_IS_TRUTH : OC_EXPR_UNBOUND;
    return oc_expr_advance(ps) ? NULL : n;
}

static struct oc_expr_node *parenthesis(struct oc_expr_parser *ps)
{
    if (ps->depth >= MAX_DEPTH) {
        oc_expr_fail(ps->e, ps->at, ps->err, "more than %d parentheses within one another", MAX_DEPTH);
        return NULL;
    }
    if (oc_expr_advance(ps))
        return NULL;
    ps->depth++;
    struct oc_expr_node *n = either(ps);
    ps->depth--;
    if (!n)
        return NULL;
    if (ps->token != OC_T_CLOSE)
        return expected(ps, "')'");
    return oc_expr_advance(ps) ? NULL : n;
}

static struct oc_expr_node *word(struct oc_expr_parser *ps)
{
    if (is_word(ps, "null"))
        return literal(ps, OC_EXPR_NULL);
    if (is_word(ps, "true") || is_word(ps, "false")) {
        ps->value.integer = is_word(ps, "true");
        return literal(ps, OC_EXPR_TRUTH);
    }
    const bool read = is_word(ps, "num");
    struct oc_expr_node *n = literal(ps, OC_EXPR_WORD);
    if (!n || !read || ps->token != OC_T_OPEN)
        return n;
    struct oc_expr_node *a = parenthesis(ps);
    return a ? node(ps, OC_EXPR_READ, n->at, a, NULL) : NULL;
}

static struct oc_expr_node *primary(struct oc_expr_parser *ps)
{
    switch (ps->token) {
    case OC_T_NUMBER: return literal(ps, OC_EXPR_NUMBER);
    case OC_T_DATE: return literal(ps, OC_EXPR_DATE);
    case OC_T_TIME: return literal(ps, OC_EXPR_TIME);
    case OC_T_STRING: return literal(ps, OC_EXPR_TEXT);
    case OC_T_COLUMN: return literal(ps, OC_EXPR_COLUMN);
    case OC_T_WORD: return word(ps);
    case OC_T_OPEN: return parenthesis(ps);
    default: return expected(ps, "a column or a value");
    }
}

/* Signs and exclamation marks in front count as depth: a long row of them must not exhaust the stack. */
static struct oc_expr_node *prefixed(struct oc_expr_parser *ps, enum oc_expr_op op,
                                     struct oc_expr_node *(*rule)(struct oc_expr_parser *))
{
    const size_t at = ps->at;

    if (ps->depth >= MAX_DEPTH) {
        oc_expr_fail(ps->e, at, ps->err, "more than %d signs within one another", MAX_DEPTH);
        return NULL;
    }
    if (oc_expr_advance(ps))
        return NULL;
    ps->depth++;
    struct oc_expr_node *a = rule(ps);
    ps->depth--;
    return a ? node(ps, op, at, a, NULL) : NULL;
}

static struct oc_expr_node *factor(struct oc_expr_parser *ps)
{
    if (ps->token != OC_T_MINUS)
        return primary(ps);
    struct oc_expr_node *n = prefixed(ps, OC_EXPR_NEGATE, factor);
    if (!n || n->a->op != OC_EXPR_NUMBER)
        return n;
    n->a->num = -n->a->num;     /* a negative literal */
    n->a->integer = -n->a->integer;
    return n->a;
}

static struct oc_expr_node *product(struct oc_expr_parser *ps)
{
    struct oc_expr_node *n = factor(ps);

    while (n && (ps->token == OC_T_TIMES || ps->token == OC_T_DIVIDE)) {
        const enum oc_expr_op op = ps->token == OC_T_TIMES ? OC_EXPR_MULTIPLY : OC_EXPR_DIVIDE;
        const size_t at = ps->at;
        struct oc_expr_node *b = oc_expr_advance(ps) ? NULL : factor(ps);
        n = b ? node(ps, op, at, n, b) : NULL;
    }
    return n;
}

static struct oc_expr_node *sum(struct oc_expr_parser *ps)
{
    struct oc_expr_node *n = product(ps);

    while (n && (ps->token == OC_T_PLUS || ps->token == OC_T_MINUS)) {
        const enum oc_expr_op op = ps->token == OC_T_PLUS ? OC_EXPR_ADD : OC_EXPR_SUBTRACT;
        const size_t at = ps->at;
        struct oc_expr_node *b = oc_expr_advance(ps) ? NULL : product(ps);
        n = b ? node(ps, op, at, n, b) : NULL;
    }
    return n;
}

static struct oc_expr_node *list(struct oc_expr_parser *ps, struct oc_expr_node *left)
{
    struct oc_expr_node *in = node(ps, OC_EXPR_IN, ps->at, left, NULL);

    if (!in || oc_expr_advance(ps))
        return NULL;
    if (ps->token != OC_T_OPEN)
        return expected(ps, "'(' and a list behind in");
    struct oc_expr_node **tail = &in->b;
    do {
        const size_t at = ps->at;
        struct oc_expr_node *item = oc_expr_advance(ps) ? NULL : sum(ps);
        if (!item || !(*tail = node(ps, OC_EXPR_EQ, at, left, item)))
            return NULL;
        tail = &(*tail)->next;
    } while (ps->token == OC_T_COMMA);
    if (ps->token != OC_T_CLOSE)
        return expected(ps, "',' or ')'");
    return oc_expr_advance(ps) ? NULL : in;
}

static struct oc_expr_node *comparison(struct oc_expr_parser *ps)
{
    if (ps->token == OC_T_NOT)
        return prefixed(ps, OC_EXPR_NOT, comparison);
    struct oc_expr_node *n = sum(ps);
    if (n && is_word(ps, "in"))
        return list(ps, n);
    if (!n || ps->token < OC_T_EQ || ps->token > OC_T_GE)
        return n;
    const enum oc_expr_op op = OC_EXPR_EQ + (ps->token - OC_T_EQ);
    const size_t at = ps->at;
    struct oc_expr_node *b = oc_expr_advance(ps) ? NULL : sum(ps);
    if (b && ps->token >= OC_T_EQ && ps->token <= OC_T_GE)
        return expected(ps, "&& between two comparisons");
    return b ? node(ps, op, at, n, b) : NULL;
}

static struct oc_expr_node *both(struct oc_expr_parser *ps)
{
    struct oc_expr_node *n = comparison(ps);

    while (n && ps->token == OC_T_AND) {
        const size_t at = ps->at;
        struct oc_expr_node *b = oc_expr_advance(ps) ? NULL : comparison(ps);
        n = b ? node(ps, OC_EXPR_AND, at, n, b) : NULL;
    }
    return n;
}

static struct oc_expr_node *either(struct oc_expr_parser *ps)
{
    struct oc_expr_node *n = both(ps);

    while (n && ps->token == OC_T_OR) {
        const size_t at = ps->at;
        struct oc_expr_node *b = oc_expr_advance(ps) ? NULL : both(ps);
        n = b ? node(ps, OC_EXPR_OR, at, n, b) : NULL;
    }
    return n;
}

static struct oc_expr_node *whole(struct oc_expr_parser *ps)
{
    struct oc_expr_node *n = oc_expr_advance(ps) ? NULL : either(ps);

    if (!n || ps->token == OC_T_END)
        return n;
    if (is_word(ps, "and") || is_word(ps, "AND"))
        return expected(ps, "&& for and");
    if (is_word(ps, "or") || is_word(ps, "OR"))
        return expected(ps, "|| for or");
    return expected(ps, "an operator");
}

struct oc_expr *oc_expr_parse(const char *text, struct oc_err *err)
{
    struct oc_expr *e = calloc(1, sizeof *e);
    const size_t n = strnlen(text, MAX_TEXT);

    if (!e) {
        oc_fail(err, OC_MEMORY, "no memory for an expression");
        return NULL;
    }
    e->source = oc_arena_copy(&e->arena, text, n);
    struct oc_expr_parser ps = { .e = e, .err = err, .p = e->source };
    if (!e->source)
        no_memory(&ps);
    else if (n == MAX_TEXT)
        oc_fail(err, OC_USAGE, "an expression of more than %d bytes", MAX_TEXT - 1);
    else
        e->root = whole(&ps);
    if (!e->root) {
        oc_expr_free(e);
        return NULL;
    }
    return e;
}

void oc_expr_free(struct oc_expr *e)
{
    if (!e)
        return;
    oc_arena_free(&e->arena);
    free(e);
}
