/*
 * ingest - a vendor's file to canonical records, as its preset says: see preset.h.
 *
 * Cells that need no change are copied as they are; what has to be computed (dates, instants, parts of a contract
 * symbol) is written as text and read again like any other cell, so that CSV to CSV prints no number anew.
 */
#ifndef OC_APP_INGEST_H
#define OC_APP_INGEST_H

#include "app/instants.h"
#include "app/preset.h"
#include "market/root.h"
#include "record/run.h"

struct oc_ingest {
    struct oc_preset preset;
    const struct oc_instants *instants;     /* --ts, --tz */
    const struct oc_reading *reading;
    const struct oc_roots *roots;           /* root -> underlying */
};

/* The three functions of struct oc_work; ctx is a struct oc_ingest. */
int oc_ingest_prelude(void *ctx, const char *name, const char *text, size_t n, size_t *skip, uint64_t *lines,
                      void **head, struct oc_err *err);
void oc_ingest_head_free(void *head);
int oc_ingest_make(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err);
/* The step without a preset. */
int oc_ingest_plain(void *ctx, struct oc_batch *b, struct oc_err *err);

#endif
