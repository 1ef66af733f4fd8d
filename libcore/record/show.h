/*
 * show - the text of a value: what a table, a digest and a comparison say of a cell, whatever stream it came from.
 *
 * One text for one value: numbers shortest, instants RFC 3339 in UTC, dates YYYY-MM-DD, true and false, text as it is
 * (words with one meaning in their one spelling, see oc_kind_word).
 */
#ifndef OC_RECORD_SHOW_H
#define OC_RECORD_SHOW_H

#include "base/buf.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stddef.h>

/* The column is loaded.  Is the value of that row missing?  An empty text is. */
bool oc_show_missing(const struct oc_col *c, size_t row);
/* Text of a text column, not NUL-terminated; NULL where it is missing. */
const char *oc_show_text(const struct oc_col *c, size_t row, size_t *len);
/* Append the text of any value; nothing where it is missing. */
void oc_show_cell(const struct oc_col *c, size_t row, struct oc_buf *out);

#endif
