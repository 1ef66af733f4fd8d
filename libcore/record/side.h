/*
 * side - records that a program writes beside its main output, into a file that an option names: checks, gaps, arbitrage.
 *
 * The form follows the suffix (.csv .tsv .jsonl .arrow .arrows; CSV where there is none of these).  The file appears whole
 * or not at all, when the program closes it in its .finish, and is counted in --provenance.
 *
 *     oc_side_open(io, "--gaps", path, "gap", &s, err);
 *     struct oc_batch *b = oc_side_batch(s, rows, err);        oc_add_sym(b, "symbol", ...); ...
 *     oc_side_write(s, err);                                   the first one, often without rows, decides the columns
 *     oc_side_close(s, complete, err);
 */
#ifndef OC_RECORD_SIDE_H
#define OC_RECORD_SIDE_H

#include "base/err.h"
#include "record/batch.h"
#include "record/run.h"

#include <stdbool.h>
#include <stddef.h>

struct oc_side;

/*
 * Before oc_run.  option is the one that named the file, "--gaps", which cli/arguments.c must know as such; kind that of the records.  OC_USAGE where another option names
 * the same file, or the file is standard output, which the records have.
 */
int oc_side_open(struct oc_io *io, const char *option, const char *path, const char *kind, struct oc_side **s,
                 struct oc_err *err);
/* The same check for a file that a program writes by itself. */
int oc_side_check(const struct oc_io *io, const char *option, const char *path, struct oc_err *err);
/* An empty batch of that many rows: add columns of the kind with the oc_add_ functions.  NULL and err without memory. */
struct oc_batch *oc_side_batch(struct oc_side *s, size_t rows, struct oc_err *err);
/* Write the batch.  Columns must be those of the first one. */
int oc_side_write(struct oc_side *s, struct oc_err *err);
/* complete: the file appears; else nothing is left of it.  Frees s; NULL accepted. */
int oc_side_close(struct oc_side *s, bool complete, struct oc_err *err);

#endif
