/*
 * rowkeys - what tells records apart: a digest of all cells, one of the kind's key, and the instrument, of each row.
 *
 * Digests are of values, so CSV and Arrow agree, 3 equals 3.0, and `call` equals `C`; two words of 64 bits each, sums
 * over the columns of a mixing of (column, value).  An instrument is what a series is of: the contract in option
 * records, symbol and interval of bars, else the symbol (and what the run, path and account are, where there are such
 * columns).
 */
#ifndef OC_APP_ROWKEYS_H
#define OC_APP_ROWKEYS_H

#include "base/err.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stdint.h>

struct oc_rowkeys {
    uint32_t n;             /* instruments so far */
    uint32_t nslot;
    uint64_t *slot;         /* digest of the instrument; 0 empty */
    uint32_t *id;
    bool has_key;           /* the key tells records of one instant apart */
    uint64_t *hash, *key;   /* two words a row, in the batch's arena */
    uint32_t *instrument;
};

/* Fill hash (where wanted), key and instrument of the batch, all of whose columns are loaded. */
int oc_rowkeys_fill(struct oc_rowkeys *r, struct oc_batch *b, bool contents, struct oc_err *err);
void oc_rowkeys_free(struct oc_rowkeys *r);

#endif
