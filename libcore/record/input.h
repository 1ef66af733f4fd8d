/*
 * input - one input of a run: opened, recognised by its first bytes, its columns given their meaning.
 */
#ifndef OC_RECORD_INPUT_H
#define OC_RECORD_INPUT_H

#include "record/format.h"
#include "record/run.h"

struct oc_input {
    struct oc_reader r;
    char ahead[8192];
    size_t *order;          /* column i of the run is column order[i] of this input; NULL: the same */
    uint64_t first_line;    /* line of its first record */
    uint64_t line;          /* line of the next block's first record, advanced as blocks leave in order */
    unsigned pending;       /* blocks cut and not yet emitted */
    bool ended;             /* cut() has returned 0 */
    void *head;             /* of work->prelude */
    void (*head_free)(void *head);
    struct oc_input *next;
};

/*
 * Open path and resolve its schema.  `first` is the schema of the run's first input, NULL for that one itself; a
 * later one must have the same columns and is put in their order.  tally: counts and digests all bytes of it, from the
 * first one on (NULL: not wanted).
 */
struct oc_input *oc_input_open(const struct oc_io *io, const char *path, const struct oc_work *work,
                               const struct oc_schema *first, struct oc_tally *tally, struct oc_err *err);
/* The input of a program that has none: its blocks are the jobs of `work`. */
struct oc_input *oc_input_jobs(const struct oc_io *io, const struct oc_work *work, struct oc_err *err);
/* Parse a block of this input into b, columns in the run's order. */
int oc_input_parse(const struct oc_input *in, struct oc_block *blk, struct oc_batch *b, struct oc_err *err);
/* Close the file; the reader's state stays for blocks that are under way. */
void oc_input_free(struct oc_input *in);

#endif
