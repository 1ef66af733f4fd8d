/*
 * gather - rows of loaded batches, copied one behind the other: a chain of a binary input that spans several messages.
 *
 * Dictionary columns are numbered anew by the texts, so the batches may bring dictionaries of their own.
 */
#ifndef OC_RECORD_GATHER_H
#define OC_RECORD_GATHER_H

#include "base/err.h"
#include "record/batch.h"

#include <stddef.h>

struct oc_gather;

/* For batches of these columns.  NULL: no memory. */
struct oc_gather *oc_gather_new(const struct oc_schema *s, struct oc_err *err);
/* Copy rows [from, to) of a batch with all columns loaded, and what is noted as malformed in them. */
int oc_gather_add(struct oc_gather *g, const struct oc_batch *b, size_t from, size_t to, struct oc_err *err);
size_t oc_gather_rows(const struct oc_gather *g);
/* Bytes of the values, as a function of the rows alone. */
size_t oc_gather_bytes(const struct oc_gather *g);
/* Bytes that rows [from, to) of a batch would add. */
size_t oc_gather_measure(const struct oc_batch *b, size_t from, size_t to);
/* Fill b, which has just been reset with the schema, with the rows.  It borrows them from g. */
int oc_gather_give(const struct oc_gather *g, struct oc_batch *b, struct oc_err *err);
void oc_gather_empty(struct oc_gather *g);
void oc_gather_free(struct oc_gather *g);       /* NULL accepted */

#endif
