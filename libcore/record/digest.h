/*
 * digest - one number for the content of a stream: its kind, its columns in order, their values and what is missing.
 *
 * Framing and encoding do not count: a stream has the same digest as CSV, as Arrow, compressed or not, cut into
 * batches of any size.  Numbers count by value (771.60 is 771.6) where the column has a type in COLUMNS.md, and as
 * the text that the cell has in a foreign column (a number that came typed, by Arrow, as its shortest text).
 * An empty text is a missing one, since CSV cannot tell them apart.
 *
 * Definition, version 1.  SHA-256 over the lines `oc-digest 1`, `kind NAME` (`-`: none), `rows N`, and for each column
 * `NAME TYPE HEX`, each with a line feed; TYPE is t d f i b, or x for all text.  HEX is the SHA-256 over the column's
 * values, one after the other, integers and doubles with the low byte first:
 *     f        8 bytes, missing 7ff8000000000000 (-0 is not 0)
 *     t i      a byte 1 and 8 bytes of int64; missing a byte 0
 *     d        a byte 1 and 4 bytes of int32 (days since 1970-01-01); missing a byte 0
 *     b        a byte 1 true, 2 false, 0 missing
 *     x        4 bytes of length and the text; missing: length 0
 */
#ifndef OC_RECORD_DIGEST_H
#define OC_RECORD_DIGEST_H

#include "base/err.h"
#include "base/sha256.h"
#include "record/batch.h"
#include "record/schema.h"

struct oc_digest;

/* Of a stream with these columns (copied). */
struct oc_digest *oc_digest_new(const struct oc_schema *s, struct oc_err *err);
/* The batch has the columns of the schema; it is loaded whole.  Columns that are dropped do not count. */
int oc_digest_add(struct oc_digest *d, struct oc_batch *b, struct oc_err *err);
/* The digest of what was added so far. */
void oc_digest_hex(const struct oc_digest *d, char hex[OC_SHA256_HEX]);
void oc_digest_free(struct oc_digest *d);       /* NULL accepted */

#endif
