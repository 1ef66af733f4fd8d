/* cellnum - the plain decimals of a column, by the kernel of this processor (cellnum.k.c). */
#ifndef OC_RECORD_CELLNUM_H
#define OC_RECORD_CELLNUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Cells of a column (text, sep, stride: see batch.h) that are decimals of up to 16 characters with at most one point and a
 * minus sign; an empty cell is NaN.  Rows with anything else are listed in `left` (room for `rows`) and hold NaN; their
 * number is returned.  16 bytes before a cell's end may be read.
 */
size_t oc_cellnum_f64(const char *text, const uint32_t *sep, size_t stride, size_t rows, double *out, uint32_t *left);
/* The same by one kernel, for tests; SIZE_MAX if this processor or build lacks it.  isa: 0 base, 1 avx2, 2 avx512. */
size_t oc_cellnum_f64_by(int isa, const char *text, const uint32_t *sep, size_t stride, size_t rows, double *out,
                         uint32_t *left);

#endif
