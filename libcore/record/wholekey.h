/*
 * wholekey - the key of a chain as bytes, equal where the values are, and the memory of those that are over.
 *
 * The memory holds 32 bytes a chain.  When 2^20 are in it, those before the latest instant are forgotten, and from then on
 * no chain may go back behind that instant: more chains want rows in the order of time.
 */
#ifndef OC_RECORD_WHOLEKEY_H
#define OC_RECORD_WHOLEKEY_H

#include "base/buf.h"
#include "base/err.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Append the value of a cell, raw or loaded.  1, 0: missing (appended too), -1: unreadable.  *ts: set to an instant. */
int oc_wholekey_put(const struct oc_batch *b, const struct oc_col *c, size_t row, struct oc_buf *key,
                    struct oc_buf *scratch, int64_t *ts);
/* Are the cells of two rows the same to the byte (or value, where loaded)?  No: the keys decide. */
bool oc_wholekey_same(const struct oc_col *c, size_t a, size_t b);

struct oc_wholekeys;
struct oc_wholekeys *oc_wholekeys_new(struct oc_err *err);
enum { OC_WHOLEKEY_NEW, OC_WHOLEKEY_SEEN, OC_WHOLEKEY_FULL, OC_WHOLEKEY_BACK, OC_WHOLEKEY_MEMORY };
/* Take in the key of a chain that begins; ts INT64_MIN: it has none.  FULL, BACK: see above. */
int oc_wholekeys_add(struct oc_wholekeys *k, const void *key, size_t n, int64_t ts);
void oc_wholekeys_free(struct oc_wholekeys *k);

#endif
