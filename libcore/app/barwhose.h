/*
 * barwhose - of which run and path of a simulation the rows of oc-bars are: bars are of one.
 *
 * Columns `run` and `path` are part of a tick's key, so rows of two of them are not one stream of prices.  The first row
 * says which one it is, a row of another is malformed, and the bars carry what the input says.  Market data has neither.
 */
#ifndef OC_APP_BARWHOSE_H
#define OC_APP_BARWHOSE_H

#include "app/barkeep.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stdint.h>

struct oc_barwhose {
    bool has_run, has_path;     /* the input has the columns */
    bool known;                 /* a row was seen: */
    struct oc_buf run;          /* "" where its cell is empty */
    bool pathed;                /* its path is not empty: */
    int64_t path;
};

/* As columns of a batch; index and v NULL: absent. */
struct oc_barwhosecols { struct oc_symcol run; struct oc_intcol path; };

void oc_barwhose_begin(struct oc_barwhose *w, const struct oc_schema *in);
/* The rows of a batch but those of `bad`; those of another run or path are told.  -1: no memory. */
int oc_barwhose_check(struct oc_barwhose *w, const struct oc_barwhosecols *c, struct oc_batch *in, const uint64_t *bad,
                      struct oc_err *err);
/* The columns, in front of those of bars. */
int oc_barwhose_columns(const struct oc_barwhose *w, struct oc_batch *out, struct oc_err *err);
void oc_barwhose_keep(struct oc_barkeep *k, struct oc_barwhose *w);
void oc_barwhose_free(struct oc_barwhose *w);

#endif
