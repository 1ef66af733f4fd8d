/*
 * rowkeys - what tells records apart: a digest of all cells, one of the kind's key, and the instrument, of each row.
 *
 * Digests are of values, so CSV and Arrow agree, 3 equals 3.0, and `call` equals `C`; two words of 64 bits each, sums
 * over the columns of a mixing of (column, value).  An instrument is what a series is of: the contract in option
 * records, symbol and interval of bars, else the symbol (and what the run, path and account are, where there are such
 * columns).
 *
 * Contracts end: with `forget`, and where rows have `ts` and `expiry`, an instrument is over once two rows in a row lie on a
 * later date than its expiry and OC_ROWKEYS_AFTER days.  Its number is free from the next batch on, before which whoever
 * keeps something by it drops that (ended); the same contract later is a new instrument.  Two rows, because one may be
 * wrong.
 *
 * Memory: 36 to 80 bytes an instrument.
 */
#ifndef OC_APP_ROWKEYS_H
#define OC_APP_ROWKEYS_H

#include "base/err.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stdint.h>

enum { OC_ROWKEYS_AFTER = 7 };

struct oc_rowkeysslot { uint64_t h; uint32_t id; };     /* digest of the instrument, 0: empty */

struct oc_rowkeys {
    bool forget;
    uint32_t n;             /* numbers of instruments given so far */
    uint32_t live;          /* instruments that are not over */
    uint32_t nslot;
    struct oc_rowkeysslot *slot;
    int32_t *expiry;        /* by number; INT32_MAX: none */
    uint32_t capexpiry;
    uint32_t nended, nfree, capfree;
    uint32_t *ended, *free; /* over since the last call; free to be given again; the same room for both */
    int32_t date, before;   /* until when instruments are over; of the row before */
    uint64_t *hash, *key;   /* two words a row, in the batch's arena */
    uint32_t *instrument;
};

/* After the last use of a batch and before the next: what .ended names is dropped, and its numbers are free. */
void oc_rowkeys_dropped(struct oc_rowkeys *r);
/* Fill hash (where wanted), key and instrument of the batch, all of whose columns are loaded. */
int oc_rowkeys_fill(struct oc_rowkeys *r, struct oc_batch *b, bool contents, struct oc_err *err);
void oc_rowkeys_free(struct oc_rowkeys *r);

#endif
