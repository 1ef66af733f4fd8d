/*
 * htmlrows - the rows of a table in an HTML document as lines of CSV: the translator of presets with `format html TEXT`.
 *
 * TEXT is how the table's row of headings begins: its cells joined by commas.  The rows behind it are records until one has
 * another number of cells (a cell of colspan N counts as N, the last N - 1 empty), or an empty first cell, or the table
 * ends. All headings become columns, doubled ones too.  Tags are taken out of cells, entities are undone, blanks around them
 * do not count.  A document that ends before the table does is cut.
 */
#ifndef OC_APP_HTMLROWS_H
#define OC_APP_HTMLROWS_H

#include "record/translate.h"

extern const struct oc_translator oc_htmlrows_translator;

#endif
