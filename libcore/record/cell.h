/*
 * cell - how the text of a cell becomes a value: missing words, numbers, instants, dates, booleans.
 *
 * Blanks around a value are not part of it; only text keeps them.
 *
 * Numbers: what strtod reads in the C locale without hexadecimal, infinity or NaN.  A whole number may have a fraction of
 * zeros (12.0).  Booleans: true false 1 0.  Dates: YYYY-MM-DD.
 * 1e400 is refused, not infinity.  Instants: RFC 3339; a local time, a number or a date alone need the option
 * that says what they mean, else they are refused with that option's name.
 */
#ifndef OC_RECORD_CELL_H
#define OC_RECORD_CELL_H

#include "base/bind.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_reading {
    size_t nna;
    const char *const *na;      /* --na: words read as missing in numeric and time columns */
    int64_t ts_unit;            /* --ts-unit: nanoseconds in one; 0: a number is refused */
    /*
     * --tz: local nanoseconds (as if UTC) to UTC; 0 done, -1 refused with a reason (a time in a DST gap).
     * NULL: a time without offset is refused.  Set by app/, which knows zones; record/ does not.
     */
    int (*local)(const void *zone, int64_t local, int64_t *utc, const char **why);
    const void *zone;
    /* --at: a date alone to an instant; NULL: refused. */
    int (*at)(const void *ctx, int32_t date, int64_t *utc, const char **why);
    const void *at_ctx;
};

/* The words of --na when the option is not given. */
enum { OC_CELL_NNA = 8 };
extern const char *const oc_cell_na[OC_CELL_NNA];

/* One value: 1 read, 0 missing, -1 unreadable (why is set: a short reason without the cell's text). */
int oc_cell_f64(const struct oc_reading *r, const char *s, size_t n, double *v, const char **why);
int oc_cell_i64(const struct oc_reading *r, const char *s, size_t n, int64_t *v, const char **why);
int oc_cell_time(const struct oc_reading *r, const char *s, size_t n, int64_t *v, const char **why);
int oc_cell_date(const struct oc_reading *r, const char *s, size_t n, int32_t *v, const char **why);
int oc_cell_bool(const struct oc_reading *r, const char *s, size_t n, bool *v, const char **why);
/* The cell's decimal times the exact decimal `factor`, rounded once. */
int oc_cell_scaled(const struct oc_reading *r, const char *s, size_t n, const char *factor, double *v,
                   const char **why);

/*
 * All cells of a column (text, sep, stride: see batch.h), for the plain spellings only: a decimal number, an RFC 3339
 * instant in UTC, YYYY-MM-DD.  An empty cell is NaN in a column of doubles and left to the caller in the others.  Rows
 * that were not understood are listed in `left` (room for `rows`), NaN or 0 in out; their number is returned.  In a
 * column of doubles 16 bytes before and behind each cell are read (not used): text as a block of records holds it.
 */
size_t oc_cell_column_f64(const struct oc_reading *r, const char *text, const uint32_t *sep, size_t stride,
                          size_t rows, double *out, uint32_t *left);
size_t oc_cell_column_i64(const struct oc_reading *r, const char *text, const uint32_t *sep, size_t stride,
                          size_t rows, int64_t *out, uint32_t *left);
size_t oc_cell_column_time(const struct oc_reading *r, const char *text, const uint32_t *sep, size_t stride,
                           size_t rows, int64_t *out, uint32_t *left);
size_t oc_cell_column_date(const struct oc_reading *r, const char *text, const uint32_t *sep, size_t stride,
                           size_t rows, int32_t *out, uint32_t *left);

#endif
