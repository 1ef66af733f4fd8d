/*
 * diff_report - what a comparison found, as a summary for people or a list for programs.
 *
 * The summary holds counts, the largest differences by column, and the first samples; it is written at the end.  The
 * list is CSV, written as it comes: difference,column,key,a,b,abs,rel,ulp, where `difference` is value, only-a,
 * only-b, column-only-a, column-only-b or kind.
 */
#ifndef OC_APP_DIFF_REPORT_H
#define OC_APP_DIFF_REPORT_H

#include "app/diff_row.h"
#include "app/diff_tol.h"
#include "base/buf.h"
#include "base/err.h"
#include "record/format.h"

#include <stdbool.h>
#include <stdint.h>

enum { OC_DIFF_SAMPLES = 10 };

struct oc_diff_stat {
    struct oc_diff_tol tol;
    uint64_t differ;            /* cells */
    uint64_t only[2];           /* of them with a value on one side only */
    double max_abs, max_rel;    /* over pairs of numbers that differ */
    uint64_t max_ulp;
};

struct oc_diff_report {
    const char *name[2];        /* of the inputs */
    size_t n, nkey;
    const struct oc_diff_column *cols, *keys;
    struct oc_diff_stat *stat;  /* of each column */
    bool list;
    uint64_t rows[2], only[2], cells, schema;   /* schema: columns of one side, a kind that differs */
    struct oc_buf head;         /* summary: the schema's differences */
    struct oc_buf sample, only_sample[2];
    struct oc_buf out;          /* list: rows not yet written */
    struct oc_sink *sink;
    bool began;
};

/* Differences, as they are found.  key: the bytes of diff_row.h; of a comparison by position the number of the row. */
int oc_diff_report_schema(struct oc_diff_report *r, const char *what, const char *name, const char *a, const char *b,
                          struct oc_err *err);
int oc_diff_report_value(struct oc_diff_report *r, size_t column, const struct oc_buf *key, uint64_t row,
                         const struct oc_diff_value *a, const struct oc_diff_value *b, struct oc_err *err);
int oc_diff_report_only(struct oc_diff_report *r, int side, const char *key, size_t nkey, uint64_t row,
                        struct oc_err *err);
/* Write what is left.  0 where nothing differs, else -1 with OC_RULE and the counts. */
int oc_diff_report_end(struct oc_diff_report *r, struct oc_err *err);
void oc_diff_report_free(struct oc_diff_report *r);

/* The difference of two numbers, for the list and the largest ones: absolute, by the larger, in doubles between. */
struct oc_diff_gap { double abs, rel; uint64_t ulp; };

#endif
