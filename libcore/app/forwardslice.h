/* forwardslice - the slices of a batch and their fits: the middle of oc-vol forward.  See forward.h. */
#ifndef OC_APP_FORWARDSLICE_H
#define OC_APP_FORWARDSLICE_H

#include "app/forward.h"

#include <stdint.h>

struct oc_forward_slice {
    size_t chain;                       /* number of its chain in the batch */
    size_t first;                       /* row */
    struct oc_term_slice terms;
    double years;
    char style;
    bool inverse;
    struct oc_parity_fit fit;
    double rate, rate_stderr;           /* zero rate to the expiry; NaN: none, or given */
    const char *reason, *rate_reason;   /* of status; NULL: none */
    const char *strikes;                /* of the outliers, joined by |, in the arena */
    size_t from, n;                     /* rows of the slice: order[from .. from + n) */
};

struct oc_forward_slices {
    size_t n;
    struct oc_forward_slice *slice;     /* in the order of their first rows */
    int32_t *of;                        /* per row: its slice; -1: it belongs to none */
    uint32_t *order;                    /* rows by slice, strike, side */
    uint64_t *outlier;                  /* rows whose pair is one */
    struct oc_term_rows terms;
};

/* Read the batch, which holds whole chains of these columns, and fit.  All memory is of its arena.  0, -1. */
int oc_forwardslice_fit(struct oc_forward *f, const char *columns, struct oc_batch *b, struct oc_forward_slices *out,
                        struct oc_err *err);

#endif
