/*
 * arrow_recut - rows gathered until a message of a fixed number of them is full, so that the bytes of a file do not
 * depend on how the input was cut.
 */
#ifndef OC_RECORD_ARROW_RECUT_H
#define OC_RECORD_ARROW_RECUT_H

#include "base/err.h"
#include "record/arrow_dict.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_arrow_recut {
    size_t cap;             /* rows of a full message, a multiple of 64 */
    size_t rows;            /* gathered */
    size_t ncol;
    struct oc_col *col;     /* loaded columns over the memory below; a dictionary column has the stream's numbers */
    struct oc_buf *chars;   /* per column: text */
    bool *plain;            /* per column: a dictionary column that is gathered as text */
};

/* Rows of a message: the power of two nearest 256 KiB of body, from 64 to 16384.  Text counts as 16 bytes. */
size_t oc_arrow_recut_rows(const struct oc_schema *s);
/* For the columns of a schema; plain: dictionary columns as text. */
int oc_arrow_recut_open(struct oc_arrow_recut *x, const struct oc_schema *s, size_t cap, bool plain,
                        struct oc_err *err);
/* Append rows [from, from + n) of a loaded column as column i; n fits.  dict: of an OC_SYM column that is not plain. */
int oc_arrow_recut_append(struct oc_arrow_recut *x, size_t i, const struct oc_col *c, size_t from, size_t n,
                          struct oc_arrow_dict *dict, struct oc_err *err);
/* After all columns were appended, n rows more; and after a message was written, none. */
void oc_arrow_recut_added(struct oc_arrow_recut *x, size_t n);
void oc_arrow_recut_empty(struct oc_arrow_recut *x);
void oc_arrow_recut_free(struct oc_arrow_recut *x);

#endif
