/*
 * runpriv - what the parts of the filter loop share: run.c (order of events), runeach.c (oc_each), runstep.c (one block),
 * runreject.c (rows for --rejects), runpool.c (threads), runstats.c (counts, metrics, provenance).  Nobody else includes it.
 */
#ifndef OC_RECORD_RUNPRIV_H
#define OC_RECORD_RUNPRIV_H

#include "record/expr.h"
#include "record/input.h"
#include "record/output.h"
#include "record/run.h"
#include "record/runstats.h"
#include "record/whole.h"

#include <pthread.h>

/* One block on its way: from cut to emitted. */
struct oc_slot {
    struct oc_block blk;
    struct oc_input *input;         /* NULL: no block but an error of the reader, in order */
    struct oc_batch in, made, part; /* read; written by .make; the rows before a malformed one */
    struct oc_batch *result;        /* what is written: &in, &made or &part */
    struct oc_buf text;             /* encoded */
    struct oc_buf rejects;          /* rows for --rejects, position of each still relative: see runreject.c */
    const uint32_t *number;         /* record of the block that row i of `in` is; NULL: --where took none out */
    struct oc_count count;
    uint64_t lines;                 /* of the block */
    int64_t ns;                     /* that it took to compute */
    int rc;
    struct oc_err err;              /* its line is relative to the block when `relative` */
    bool relative;
    int state;                      /* runpool.c */
};

struct oc_runner {
    struct oc_io *io;
    const struct oc_work *work;
    struct oc_naming naming;
    struct oc_expr *where, *only;
    struct oc_schema made;          /* kind of what .make writes, no fields: a batch starts from it */
    struct oc_input *first, *last;  /* inputs opened so far; last is being read */
    size_t next_input;
    struct oc_whole *whole;         /* cuts in place of the format; NULL: work->whole asks for none */
    const struct oc_format *format; /* of the output */
    struct oc_writer writer;
    struct oc_output out, rejects;
    struct oc_count count;
    uint64_t blocks;                /* cut so far */
    struct oc_stats stats;
    struct oc_input *emitting;      /* whose blocks go out now */
    uint64_t taken;                 /* bytes of the inputs before it */
    bool began;                     /* the header went out */
    /* ordered steps: number of the block whose turn it is */
    pthread_mutex_t turn_lock;
    pthread_cond_t turn_cond;
    uint64_t turn;
    bool threaded;
};

/* Read the next block, over the ends of inputs.  1, 0 at the end of all, -1. */
int oc_runner_cut(struct oc_runner *r, struct oc_slot *s, struct oc_err *err);
/* Everything between cut and emit, in any thread; the outcome is in the slot. */
void oc_runner_process(struct oc_runner *r, struct oc_slot *s);
/* The program's step or make on a batch, then what the library adds (masks, status, column choice). */
int oc_runner_step(struct oc_runner *r, struct oc_slot *s, struct oc_err *err);
/* --keep and --drop: the array of columns becomes what is written. */
int oc_runner_choose(const struct oc_io *io, struct oc_batch *b, struct oc_err *err);
/* In block order.  -1: the run is over, err is the error with its absolute position. */
int oc_runner_emit(struct oc_runner *r, struct oc_slot *s, struct oc_err *err);
/*
 * Note record `record` of s->in for --rejects: why, and how many rows of the result come before it.  bad_in: the
 * batch that `bad` is of.
 */
int oc_reject_add(const struct oc_runner *r, struct oc_slot *s, uint32_t record, uint32_t before,
                  const struct oc_bad *bad, const struct oc_batch *bad_in, struct oc_err *err);
/*
 * If the block holds a row that is one too many for --max-rejects, it ends with that row and s->rc is the error: so
 * what is written does not depend on where blocks end.  In block order, before the block is emitted.
 */
int oc_reject_limit(const struct oc_runner *r, struct oc_slot *s, struct oc_err *err);
/* Write the noted rows.  In block order. */
int oc_reject_write(struct oc_runner *r, const struct oc_slot *s, struct oc_err *err);
void oc_slot_free(struct oc_slot *s);

int oc_runner_sequential(struct oc_runner *r, struct oc_err *err);
int oc_runner_parallel(struct oc_runner *r, unsigned threads, struct oc_err *err);

/* Columns of a processed batch as an output schema. */
int oc_runner_schema(const struct oc_runner *r, const struct oc_batch *b, struct oc_schema *s, struct oc_err *err);

/* ---- run.c and runeach.c ---------------------------------------------------------------------------------- */

/* A digest for an input, at the end of a list in the order of inputs; *out NULL where none is wanted. */
int oc_runner_tally(const struct oc_io *io, const char *path, struct oc_tally **link, struct oc_tally **out,
                    struct oc_err *err);
/* Name, format, kind and columns of an input, for --dry-run. */
void oc_runner_plan(struct oc_buf *b, const struct oc_input *input);

#endif
