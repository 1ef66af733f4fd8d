/*
 * validate - oc-validate: the checks over a stream, in their order, and what becomes of what they find.
 *
 * Good rows go on; rows that a failed check speaks of leave the output (record/batch.h: oc_drop_row).  Rows are looked
 * at in the order of the stream, one batch after the other, so nothing depends on threads or on where batches end.
 */
#ifndef OC_APP_VALIDATE_H
#define OC_APP_VALIDATE_H

#include "app/check.h"
#include "app/checkarbitrage.h"
#include "app/checkbreaker.h"
#include "app/checkequal.h"
#include "app/checkgap.h"
#include "app/checklocation.h"
#include "app/checkseries.h"
#include "app/checksession.h"
#include "app/checktrade.h"
#include "app/instants.h"
#include "app/rowkeys.h"
#include "record/run.h"
#include "record/side.h"

#include <stdbool.h>
#include <stdint.h>

enum { OC_VALIDATE_COLUMNS = 39 };

struct oc_validate {
    struct oc_io *io;
    const struct oc_instants *instants;
    const char *checks_file, *gaps_file, *location, *interval, *as_of_text, *order, *stamp, *hours;
    bool dedup, breaker;
    bool forgets;                   /* contracts that are over: nobody else keeps something by instrument */
    struct oc_checks checks;
    /* the rest is the module's own */
    int64_t as_of, step;
    const char *kind;
    struct oc_bindcol columns[OC_VALIDATE_COLUMNS + 1];
    struct oc_side *checks_side, *gaps_side;
    struct oc_rowkeys keys;
    const char *file;               /* of the last batch, and the line of the next */
    uint64_t line;
    uint64_t rows, left;            /* judged; of these: that leave the output */
    bool unjudged;                  /* it was told that rows name a calendar, which is not asked for */
    bool key_tells;                 /* the stream has what tells records of one instant apart */
    struct oc_checkequal equal;
    struct oc_checkseries series;
    struct oc_checksession session;
    struct oc_checkgap gap;
    struct oc_checklocation place;
    struct oc_checktrade trade;
    struct oc_checkbreaker halt;
    struct oc_checkarbitrage chain;
};

/* After the options are parsed and the instants opened: what the options name.  OC_USAGE. */
int oc_validate_open(struct oc_validate *v, struct oc_err *err);
/* The parts of struct oc_work. */
int oc_validate_begin(void *ctx, const struct oc_schema *in, struct oc_err *err);
int oc_validate_step(void *ctx, struct oc_batch *b, struct oc_err *err);
/* All checks over one batch, k empty but for .hit and .judged; what is found is counted and kept, nothing is written. */
int oc_validate_look(struct oc_validate *v, struct oc_batch *b, struct oc_checking *k, struct oc_err *err);
int oc_validate_finish(void *ctx, bool complete, struct oc_err *err);
/* What was found, in words, in one line; NUL-terminated text that the caller frees.  NULL: nothing, or no memory. */
char *oc_validate_summary(const struct oc_validate *v);
void oc_validate_close(struct oc_validate *v);

#endif
