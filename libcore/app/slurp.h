/*
 * slurp - a small side file as one text, decompressed where it is compressed.
 */
#ifndef OC_APP_SLURP_H
#define OC_APP_SLURP_H

#include "base/buf.h"
#include "record/run.h"

/*
 * Append all of a file (- is stdin) to `out`.  OC_LIMIT above `most` bytes.  With --provenance its digest goes to io->side,
 * as from oc_each.
 */
int oc_slurp(const char *path, struct oc_io *io, size_t most, struct oc_buf *out, struct oc_err *err);

/*
 * The first bytes of a regular file, up to `most`, appended to `out`; 0 for a pipe, which cannot be read twice, 1 read, -1.
 */
int oc_slurp_head(const char *path, const struct oc_io *io, size_t most, struct oc_buf *out, struct oc_err *err);

#endif
