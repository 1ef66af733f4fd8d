/*
 * back - canonical records in a vendor's layout again: oc-ingest --back, for presets that say `writes`.
 *
 * What a preset does to a cell is undone: names, order and separators of the cells, factors, words, layouts of dates and
 * instants in the preset's zone, decimal commas; cells under `rest` return to their places.  A cell that the preset did not
 * change comes back byte for byte.  What cannot be undone (parts, suffixes, conditions, heads) is refused by the preset's name
 * before anything is written; and what ingestion does not keep, such as zeros behind a number that was scaled or which of
 * several `none` words stood there, comes back in one form: the first word, the shortest number.
 */
#ifndef OC_APP_BACK_H
#define OC_APP_BACK_H

#include "app/ingest.h"

/* Records of the first input of io (standard input without one) to its -o.  g is open. */
int oc_back(struct oc_io *io, const struct oc_ingest *g, struct oc_err *err);

#endif
