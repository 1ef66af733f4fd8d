/*
 * runstats - what a run tells about itself: --stats, --metrics, --provenance, progress on a terminal, SIGUSR1.
 */
#ifndef OC_RECORD_RUNSTATS_H
#define OC_RECORD_RUNSTATS_H

#include "base/err.h"
#include "base/sha256.h"
#include "record/run.h"

#include <stdbool.h>
#include <stdint.h>

/* Bytes that went by, counted and digested. */
struct oc_tally {
    char name[4096];    /* a path as it was given */
    const char *option; /* of a file beside the output, without dashes; else NULL */
    uint64_t bytes;
    struct oc_sha256 sha;
    struct oc_tally *next;
};

enum { OC_STATS_BUCKETS = 160, OC_STATS_REASONS = 32 };

/* Rejected rows by the column that was at fault. */
struct oc_reason { char column[64]; uint64_t rows; };

struct oc_stats {
    int64_t start_ns;                   /* monotonic */
    uint64_t bytes_in, bytes_out;
    uint64_t bucket[OC_STATS_BUCKETS];  /* seconds a block, logarithmic: quantiles without a list */
    struct oc_reason reason[OC_STATS_REASONS];  /* in the order of their first row; the last takes what is left */
    size_t nreason;
    struct oc_tally *inputs;            /* in order, for --provenance and --manifest */
    struct oc_tally output, rejects;
    bool digest;
    bool show;                          /* progress is wanted on this terminal */
    int64_t shown_ns;
};

int64_t oc_stats_clock(void);           /* monotonic nanoseconds */
void oc_stats_begin(struct oc_stats *s, const struct oc_io *io);
/* A block left: what it took, and the counts and bytes of input so far (for progress and SIGUSR1). */
void oc_stats_block(struct oc_stats *s, int64_t ns, const struct oc_count *c, uint64_t taken);
/* A row was rejected because of this column; n 0: of the record as a whole. */
void oc_stats_reject(struct oc_stats *s, const char *column, size_t n);
void oc_tally_add(struct oc_tally *t, const void *p, size_t n);
void oc_tally_free(struct oc_tally *list);      /* all of the list */
/* Write the files that were asked for.  status: exit status the run is going to have. */
int oc_stats_end(struct oc_stats *s, const struct oc_io *io, const struct oc_count *c, int status, struct oc_err *err);
void oc_stats_free(struct oc_stats *s);

#endif
