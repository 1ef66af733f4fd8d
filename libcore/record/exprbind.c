/*
 * exprbind - columns and types of an expression: which words are columns, what goes with what.
 *
 * A bare word is a column where there is one of that name.  Else it is text on the right side of a comparison with
 * text; anywhere else it is a mistyped column.
 */
#include "record/expr.h"

#include "record/exprnode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct binder {
    struct oc_expr *e;
    const struct oc_schema *s;
    struct oc_err *err;
};

static const char *const class_names[] = {
    [OC_EXPR_UNBOUND] = "nothing", [OC_EXPR_IS_NUMBER] = "a number", [OC_EXPR_IS_DATE] = "a date",
    [OC_EXPR_IS_TIME] = "an instant", [OC_EXPR_IS_TEXT] = "text", [OC_EXPR_IS_TRUTH] = "true or false",
};

static enum oc_expr_class class_of(enum oc_type t)
{
    switch (t) {
    case OC_F64:
    case OC_I64: return OC_EXPR_IS_NUMBER;
    case OC_TIME: return OC_EXPR_IS_TIME;
    case OC_DATE: return OC_EXPR_IS_DATE;
    case OC_SYM:
    case OC_TEXT: return OC_EXPR_IS_TEXT;
    case OC_BOOL: return OC_EXPR_IS_TRUTH;
    }
    return OC_EXPR_UNBOUND;
}

static int unknown_column(const struct binder *b, const struct oc_expr_node *n)
{
    const char **names = malloc((b->s->n + 1) * sizeof *names);

    if (!names)
        return oc_fail(b->err, OC_MEMORY, "no memory for an expression");
    for (size_t i = 0; i < b->s->n; i++)
        names[i] = b->s->field[i].name;
    oc_kind_no_column(b->s->kind, n->text, b->s->n, names, b->err);
    free(names);
    return oc_while(b->err, "at character %zu of '%.200s'", n->at + 1, b->e->source);
}

/* A word or a name in backquotes becomes a column.  1: done, 0: there is none. */
static int as_column(const struct binder *b, struct oc_expr_node *n)
{
    const int i = oc_schema_find(b->s, n->text);

    if (i < 0)
        return 0;
    n->op = OC_EXPR_COLUMN;
    n->type = b->s->field[i].type;
    n->def = b->s->field[i].def;
    n->class = class_of(n->type);
    return 1;
}

static int bind(const struct binder *b, struct oc_expr_node *n);

static int bind_number(const struct binder *b, struct oc_expr_node *n)
{
    if (bind(b, n))
        return -1;
    if (n->class == OC_EXPR_IS_TEXT && n->op == OC_EXPR_COLUMN)
        return oc_expr_fail(b->e, n->at, b->err, "'%s' is text; num(%s) reads it as a number", n->text, n->text);
    if (n->class != OC_EXPR_IS_NUMBER)
        return oc_expr_fail(b->e, n->at, b->err, "%s where a number is needed", class_names[n->class]);
    return 0;
}

static int bind_truth(const struct binder *b, struct oc_expr_node *n)
{
    if (bind(b, n))
        return -1;
    if (n->class == OC_EXPR_IS_TRUTH)
        return 0;
    return oc_expr_fail(b->e, n->at, b->err, "%s where a condition is needed", class_names[n->class]);
}

/* COLUMN == null and COLUMN != null become conditions of one operand. */
static int bind_missing(const struct binder *b, struct oc_expr_node *n)
{
    if (n->op != OC_EXPR_EQ && n->op != OC_EXPR_NE)
        return oc_expr_fail(b->e, n->at, b->err, "null goes with == and != only");
    if (bind(b, n->a))
        return -1;
    if (n->a->op != OC_EXPR_COLUMN && n->a->class != OC_EXPR_IS_NUMBER)
        return oc_expr_fail(b->e, n->a->at, b->err, "null goes with a column or a number");
    n->op = n->op == OC_EXPR_EQ ? OC_EXPR_MISSING : OC_EXPR_PRESENT;
    n->class = OC_EXPR_IS_TRUTH;
    return 0;
}

/* A text beside a date or an instant is meant as one: expiry == '2024-01-19'. */
static int as_other_class(const struct binder *b, struct oc_expr_node *n, enum oc_expr_class want)
{
    if (n->op != OC_EXPR_TEXT || (want != OC_EXPR_IS_DATE && want != OC_EXPR_IS_TIME))
        return 0;
    if (want == OC_EXPR_IS_DATE ? oc_expr_as_date(n) : oc_expr_as_time(n))
        return oc_expr_fail(b->e, n->at, b->err, "'%s' is no %s", n->text,
                            want == OC_EXPR_IS_DATE ? "date (YYYY-MM-DD)" : "instant with Z or an offset");
    n->class = want;
    return 0;
}

static int mismatch(const struct binder *b, const struct oc_expr_node *n)
{
    const struct oc_expr_node *x = n->a, *y = n->b;

    if (x->class == OC_EXPR_IS_TIME && y->class == OC_EXPR_IS_DATE)
        return oc_expr_fail(b->e, y->at, b->err, "an instant is compared with an instant: 2024-01-19T00:00Z");
    if (x->class == OC_EXPR_IS_TEXT && y->class == OC_EXPR_IS_NUMBER && x->op == OC_EXPR_COLUMN)
        return oc_expr_fail(b->e, n->at, b->err, "'%s' is text: num(%s) reads it as a number, a text is quoted",
                            x->text, x->text);
    return oc_expr_fail(b->e, n->at, b->err, "%s is compared with %s", class_names[x->class], class_names[y->class]);
}

static int bind_comparison(const struct binder *b, struct oc_expr_node *n)
{
    if (n->b->op == OC_EXPR_NULL)
        return bind_missing(b, n);
    if (n->a->op == OC_EXPR_NULL)
        return oc_expr_fail(b->e, n->a->at, b->err, "write null on the right: COLUMN == null");
    if (bind(b, n->a))
        return -1;
    if (n->b->op == OC_EXPR_WORD && !as_column(b, n->b)) {
        if (n->a->class != OC_EXPR_IS_TEXT)
            return unknown_column(b, n->b);
        n->b->op = OC_EXPR_TEXT;
        n->b->class = OC_EXPR_IS_TEXT;
    }
    if (bind(b, n->b) || as_other_class(b, n->b, n->a->class) || as_other_class(b, n->a, n->b->class))
        return -1;
    if (n->a->class != n->b->class)
        return mismatch(b, n);
    if (n->a->class == OC_EXPR_IS_TRUTH && n->op != OC_EXPR_EQ && n->op != OC_EXPR_NE)
        return oc_expr_fail(b->e, n->at, b->err, "true and false go with == and != only");
    if (n->b->op == OC_EXPR_TEXT && n->b->len == 0)
        return oc_expr_fail(b->e, n->b->at, b->err, "an empty text is a missing one: == null");
    if (n->a->op == OC_EXPR_COLUMN && n->b->op == OC_EXPR_TEXT)
        n->b->text = oc_kind_word(n->a->def, n->b->text, n->b->len, &n->b->len);
    n->class = OC_EXPR_IS_TRUTH;
    return 0;
}

static int bind_list(const struct binder *b, struct oc_expr_node *n)
{
    for (struct oc_expr_node *item = n->b; item; item = item->next) {
        if (item->b->op == OC_EXPR_NULL)
            return oc_expr_fail(b->e, item->b->at, b->err, "null is no item of a list: || COLUMN == null");
        if (bind_comparison(b, item))
            return -1;
    }
    n->class = OC_EXPR_IS_TRUTH;
    return 0;
}

static int bind(const struct binder *b, struct oc_expr_node *n)
{
    if (n->class != OC_EXPR_UNBOUND)
        return 0;
    switch (n->op) {
    case OC_EXPR_WORD:
    case OC_EXPR_COLUMN: return as_column(b, n) ? 0 : unknown_column(b, n);
    case OC_EXPR_NULL: return oc_expr_fail(b->e, n->at, b->err, "null goes with == and != only");
    case OC_EXPR_READ:
        if (bind(b, n->a))
            return -1;
        if (n->a->op != OC_EXPR_COLUMN
            || (n->a->class != OC_EXPR_IS_TEXT && n->a->class != OC_EXPR_IS_NUMBER))
            return oc_expr_fail(b->e, n->at, b->err, "num() takes a column of text");
        n->class = OC_EXPR_IS_NUMBER;
        return 0;
    case OC_EXPR_NEGATE:
        n->class = OC_EXPR_IS_NUMBER;
        return bind_number(b, n->a);
    case OC_EXPR_ADD:
    case OC_EXPR_SUBTRACT:
    case OC_EXPR_MULTIPLY:
    case OC_EXPR_DIVIDE:
        n->class = OC_EXPR_IS_NUMBER;
        return bind_number(b, n->a) || bind_number(b, n->b) ? -1 : 0;
    case OC_EXPR_IN: return bind_list(b, n);
    case OC_EXPR_NOT:
        n->class = OC_EXPR_IS_TRUTH;
        return bind_truth(b, n->a);
    case OC_EXPR_AND:
    case OC_EXPR_OR:
        n->class = OC_EXPR_IS_TRUTH;
        return bind_truth(b, n->a) || bind_truth(b, n->b) ? -1 : 0;
    default: return bind_comparison(b, n);
    }
}

int oc_expr_bind(struct oc_expr *e, const struct oc_schema *s, struct oc_err *err)
{
    const struct binder b = { e, s, err };

    return bind_truth(&b, e->root);
}
