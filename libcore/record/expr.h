/*
 * expr - the small language of --where and --only: conditions on the columns of a row.
 *
 *     strike >= 4900 && (type == C || bid != null) && symbol in (SPX, 'BRK.B') && expiry < 2024-02-01
 *
 *   conditions   = == != < <= > >=, in (a, b, ...), && || !, parentheses, and a column of booleans by itself
 *   numbers      1e-3, 5% (0.05), 10k 2M 1G (10^3 10^6 10^9), 1_000; + - * / and parentheses; num(COLUMN) reads a
 *                column of text, a foreign one of a CSV file say, as numbers
 *   dates        2024-01-19; instants 2024-01-19T21:00Z, always with Z or an offset
 *   text         'SPX' or "SPX" (a quote within is doubled); on the right of a comparison and in a list also a bare
 *                word that is no column: type == C.  Compared byte by byte; `type` by its meaning (call is C)
 *   columns      by their canonical names; `Last Sale` in backquotes where the name is no word
 *   missing      COLUMN == null, COLUMN != null
 *
 * A comparison with a missing value is neither true nor false, and neither is what && || ! make of it unless the other
 * side decides (SQL's three values).  Only rows for which the whole is true pass: iv > 0.3 and !(iv > 0.3) both leave
 * out a row without iv.
 *
 * Parsed and bound once, then read only: any number of threads may evaluate one expression.
 */
#ifndef OC_RECORD_EXPR_H
#define OC_RECORD_EXPR_H

#include "base/err.h"
#include "record/batch.h"
#include "record/schema.h"

#include <stdint.h>

struct oc_expr;

/* NULL and OC_USAGE, with the place in the text, where it is no expression.  Owned by the caller. */
struct oc_expr *oc_expr_parse(const char *text, struct oc_err *err);
void oc_expr_free(struct oc_expr *e);       /* NULL accepted */

/*
 * Find the columns and check the types.  Errors: OC_COLUMN for a column that is not there, with the nearest name and
 * the list; OC_USAGE for types that do not go together.
 */
int oc_expr_bind(struct oc_expr *e, const struct oc_schema *s, struct oc_err *err);

/*
 * The rows of b that pass, as oc_bit_words(b->rows) words at bits (bits past the last row are 0).  Loads the columns
 * that are used and takes memory from the batch's arena; b is of the schema that was bound.
 * A text that num() cannot read is a missing value and an entry in b->bad, as an unreadable cell is.  -1: memory only.
 */
int oc_expr_eval(const struct oc_expr *e, struct oc_batch *b, uint64_t *bits, struct oc_err *err);

#endif
