/*
 * cat - what oc-cat does besides copying records: digests, the rows of a reject file as they came, and what columns
 * there are.
 */
#ifndef OC_APP_CAT_H
#define OC_APP_CAT_H

#include "base/err.h"
#include "record/run.h"

#include <stdio.h>

/* A line `HEX  NAME` for each input (record/digest.h), to io->output or stdout. */
int oc_cat_digest(const struct oc_io *io, struct oc_err *err);
/* Of reject records the column `raw`, each with the line end it lost. */
int oc_cat_raw(const struct oc_io *io, struct oc_err *err);
/* A line `NAME<tab>TYPE<tab>UNIT<tab>SOURCE` for each column of the first input. */
int oc_cat_columns(const struct oc_io *io, struct oc_err *err);

/*
 * The columns of a kind as oc-columns(5) has them: a line `NAME<tab>TYPE<tab>NEED<tab>UNIT<tab>ALIASES<tab>MEANING`
 * each; kind NULL: a line `KIND<tab>MEANING` for each kind; "mdoc": the manual's tables of all kinds.
 */
int oc_cat_list_columns(FILE *out, const char *kind, struct oc_err *err);

#endif
