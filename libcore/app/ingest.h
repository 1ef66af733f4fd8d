/*
 * ingest - a vendor's file to canonical records, as its preset says: see preset.h and oc-presets(5).
 *
 * Cells that need no change are copied as they are; what has to be computed (dates, instants, parts of a contract
 * symbol) is written as text and read again like any other cell, so that CSV to CSV prints no number anew.
 *
 * Where what is:  ingesttext.c  other separators, files without a header line: rewritten before the reader sees them
 *                 ingestdoc.c   documents: the translator, and what is asked of it
 *                 ingesthead.c  finds the header line, reads what stands before it
 *                 ingestname.c  what the file's name and the command line tell
 *                 ingestplan.c  which cells of this input every column is made of
 *                 ingestcell.c  one cell through its conversions; ingesttime.c those that are times
 *                 ingest.c      a block of records to a block of rows
 */
#ifndef OC_APP_INGEST_H
#define OC_APP_INGEST_H

#include "app/instants.h"
#include "app/preset.h"
#include "base/buf.h"
#include "market/calendar.h"
#include "market/root.h"
#include "record/run.h"

#include <pthread.h>

struct oc_translate_how;

struct oc_ingest {
    struct oc_preset preset;
    const struct oc_instants *instants;     /* --ts, --tz */
    const struct oc_reading *reading;
    const struct oc_roots *roots;           /* root -> underlying */
    const char *symbol;                     /* --symbol; NULL: not given */
    size_t nset;
    const char *const *set;                 /* --set NAME=TEXT */
    bool follow;                            /* --follow: the file grows */
    struct oc_buf *needs;                   /* --sniff: options that lack are put here, and their columns are empty; else NULL */
    /* from here on oc_ingest_open()'s */
    const struct oc_kind *kind;
    struct oc_zone *zone;                   /* of the preset */
    const struct oc_translate_how *how;     /* of a document: what is asked of it (ingestdoc.c) */
    struct oc_calendar *calendar;           /* of its half days; NULL: it asks for none */
    pthread_mutex_t lock;
    size_t nshape;                          /* names of the output's columns, which the first input decides */
    const char **shape;
    struct oc_arena arena;
};

/* What a preset needs before the first input: its kind, its zone; and --set must name what the preset asks for. */
int oc_ingest_open(struct oc_ingest *g, struct oc_err *err);
void oc_ingest_close(struct oc_ingest *g);

/* All of them, and what else a run by the preset needs; g is open. */
struct oc_work oc_ingest_as_work(struct oc_ingest *g);

/* The functions of struct oc_work; ctx is a struct oc_ingest. */
int oc_ingest_translate(void *ctx, struct oc_source **src, struct oc_err *err);
int oc_ingest_prelude(void *ctx, const char *name, const char *text, size_t n, size_t *skip, uint64_t *lines,
                      void **head, struct oc_err *err);
void oc_ingest_head_free(void *head);
int oc_ingest_make(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err);
/* The step without a preset. */
int oc_ingest_plain(void *ctx, struct oc_batch *b, struct oc_err *err);

#endif
