/* exprnode - the words and the tree behind expr.h, for exprscan.c, expr.c (parser), exprbind.c and expreval.c only. */
#ifndef OC_RECORD_EXPRNODE_H
#define OC_RECORD_EXPRNODE_H

#include "base/arena.h"
#include "record/expr.h"

enum oc_expr_op {
    /* values */
    OC_EXPR_NUMBER,     /* num; integer where `whole` */
    OC_EXPR_DATE,       /* integer: days */
    OC_EXPR_TIME,       /* integer: ns */
    OC_EXPR_TEXT,       /* text, quoted in the source */
    OC_EXPR_WORD,       /* text, bare: a column or a text, known when bound */
    OC_EXPR_NULL,
    OC_EXPR_TRUTH,      /* integer 0 or 1 */
    OC_EXPR_COLUMN,     /* text is its name, type its type */
    OC_EXPR_READ,       /* num(a) */
    OC_EXPR_NEGATE, OC_EXPR_ADD, OC_EXPR_SUBTRACT, OC_EXPR_MULTIPLY, OC_EXPR_DIVIDE,
    /* conditions */
    OC_EXPR_EQ, OC_EXPR_NE, OC_EXPR_LT, OC_EXPR_LE, OC_EXPR_GT, OC_EXPR_GE,
    OC_EXPR_IN,         /* b is a chain of OC_EXPR_EQ by `next` */
    OC_EXPR_MISSING, OC_EXPR_PRESENT,   /* a == null, a != null */
    OC_EXPR_NOT, OC_EXPR_AND, OC_EXPR_OR
};

/* What a node is worth once bound. */
enum oc_expr_class { OC_EXPR_UNBOUND, OC_EXPR_IS_NUMBER, OC_EXPR_IS_DATE, OC_EXPR_IS_TIME, OC_EXPR_IS_TEXT,
                     OC_EXPR_IS_TRUTH };

struct oc_expr_node {
    enum oc_expr_op op;
    enum oc_expr_class class;
    struct oc_expr_node *a, *b, *next;
    unsigned height;                /* of the tree under it */
    size_t at;                      /* place in the source, from 0 */
    double num;
    int64_t integer;
    bool whole;
    const char *text;               /* NUL-terminated */
    size_t len;
    enum oc_type type;              /* of the column */
    const struct oc_coldef *def;
};

struct oc_expr {
    struct oc_arena arena;
    const char *source;
    struct oc_expr_node *root;
};

enum oc_expr_token {
    OC_T_END, OC_T_WORD, OC_T_COLUMN, OC_T_STRING, OC_T_NUMBER, OC_T_DATE, OC_T_TIME,
    OC_T_EQ, OC_T_NE, OC_T_LT, OC_T_LE, OC_T_GT, OC_T_GE,       /* in the order of the nodes */
    OC_T_AND, OC_T_OR, OC_T_NOT, OC_T_OPEN, OC_T_CLOSE, OC_T_COMMA, OC_T_PLUS, OC_T_MINUS, OC_T_TIMES, OC_T_DIVIDE
};

struct oc_expr_parser {
    struct oc_expr *e;
    struct oc_err *err;
    const char *p;          /* next character */
    size_t at;              /* of the token */
    enum oc_expr_token token;
    struct oc_expr_node value;      /* of a literal or word */
    unsigned depth;
};

/* The next word into token and value.  -1: err. */
int oc_expr_advance(struct oc_expr_parser *ps);

/* OC_USAGE: "at character 7 of 'TEXT': ...".  Returns -1. */
int oc_expr_fail(const struct oc_expr *e, size_t at, struct oc_err *err, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* The text of a quoted or bare date or instant as a value: sets op and integer.  -1: it is none. */
int oc_expr_as_date(struct oc_expr_node *n);
int oc_expr_as_time(struct oc_expr_node *n);

#endif
