/*
 * diff_row - a row of a stream as the comparison sees it, and the rows that wait for their partner.
 */
#ifndef OC_APP_DIFF_ROW_H
#define OC_APP_DIFF_ROW_H

#include "base/buf.h"
#include "base/err.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the values of a column are compared. */
enum oc_diff_class { OC_DIFF_NUMBER, OC_DIFF_INTEGER, OC_DIFF_TEXT };

struct oc_diff_value {
    bool there;
    union { double f; int64_t i; struct { const char *s; size_t n; }; };
};

/* A column that both sides have, by its place in each. */
struct oc_diff_column {
    const char *name;
    enum oc_diff_class class;
    enum oc_type type;          /* to print values of the integer class */
    bool foreign;               /* texts that are numbers are compared as numbers */
    size_t at[2];
};

/* A key column; SIZE_MAX in `at` where a side lacks it. */
struct oc_diff_row {
    struct oc_diff_value *v;    /* of each column */
    struct oc_buf key;          /* equal bytes: equal keys */
    struct oc_buf text;         /* behind values that had to be printed */
};

/* What one row of a loaded batch says in these columns.  Values point into the batch or the row. */
int oc_diff_row_read(struct oc_diff_row *r, const struct oc_batch *b, size_t row, int side, size_t n,
                     const struct oc_diff_column *cols, size_t nkey, const struct oc_diff_column *keys,
                     struct oc_err *err);
void oc_diff_row_free(struct oc_diff_row *r);

/* A row that waits. */
struct oc_diff_held {
    struct oc_diff_held *bucket, *before, *after;   /* same slot; order of arrival */
    uint64_t hash;
    size_t nkey;
    const char *key;
    struct oc_diff_value v[];
};

struct oc_diff_hold {
    struct oc_diff_held **slot, *first, *last;
    size_t n, nslot;
};

/* Keep a copy of the row. */
int oc_diff_hold_add(struct oc_diff_hold *h, const struct oc_diff_row *r, size_t n, const struct oc_diff_column *cols,
                     struct oc_err *err);
/* Take out the oldest row of that key, the caller's to free(); NULL: none. */
struct oc_diff_held *oc_diff_hold_take(struct oc_diff_hold *h, const struct oc_buf *key);
void oc_diff_hold_free(struct oc_diff_hold *h);

/* The key bytes as text: `ts=2026-11-20T21:00:00Z strike=4900`, missing ones left out. */
void oc_diff_key_text(const char *key, size_t n, size_t nkey, const struct oc_diff_column *keys, struct oc_buf *out);
/* A value as text; nothing where it is missing. */
void oc_diff_value_text(const struct oc_diff_value *v, const struct oc_diff_column *c, struct oc_buf *out);

#endif
