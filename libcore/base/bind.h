/*
 * bind - how a module that sees arrays says which columns it wants, without knowing what a stream is.
 *
 * A table of struct oc_bindcol describes the fields of a plain struct of pointers.  record/batch.h's oc_bind()
 * fills such a struct from a batch; a unit test fills it by hand.
 */
#ifndef OC_BASE_BIND_H
#define OC_BASE_BIND_H

#include <stddef.h>
#include <stdint.h>

/* The type letters of COLUMNS.md. */
enum oc_type {
    OC_TIME = 't',      /* int64_t, nanoseconds since 1970-01-01T00:00:00Z */
    OC_DATE = 'd',      /* int32_t, days since 1970-01-01 */
    OC_F64  = 'f',      /* double; NaN in memory is "not known", and never leaves the library */
    OC_I64  = 'i',      /* int64_t */
    OC_SYM  = 's',      /* dictionary text: int32_t index into a struct oc_dict */
    OC_TEXT = 'x',      /* text */
    OC_BOOL = 'b'       /* one bit a row */
};

enum oc_need {
    OC_REQUIRED = 'R',  /* absent column: an error that names it; an empty cell: bad input of that row */
    OC_OPTIONAL = 'o'   /* absent column: the pointer is NULL; an empty cell: NaN, or valid bit 0 */
};

struct oc_bindcol {
    const char *name;   /* canonical name of COLUMNS.md; NULL ends the table */
    enum oc_type type;
    enum oc_need need;
    size_t field;       /* offsetof the pointer (const double *, const int64_t *, const struct oc_symcol *, ...) */
};

#endif
