/*
 * table - records as columns side by side, for people.
 *
 * Widths come from the first 1,000 rows; a longer cell later on pushes what stands behind it.  So no more than those
 * rows are held, and the picture does not depend on how the stream was cut.  Numbers stand to the right.
 */
#ifndef OC_APP_TABLE_H
#define OC_APP_TABLE_H

#include "base/err.h"
#include "record/run.h"

/* All of io's inputs to io->output or stdout.  io->color decides whether the header is bold. */
int oc_table(const struct oc_io *io, struct oc_err *err);

#endif
