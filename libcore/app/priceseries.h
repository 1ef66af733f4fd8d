/*
 * priceseries - a column of prices from a file of records: bars, factors, ticks, or any table with a column of prices.
 */
#ifndef OC_APP_PRICESERIES_H
#define OC_APP_PRICESERIES_H

#include "record/run.h"

/*
 * Prices [*n], owned by the caller, in the order of the file.  column NULL: the first there is of close, spot, price.
 * Refused: a missing price, two symbols, and times (column ts) that do not ascend, since a series the wrong way round looks
 * like any other.
 */
int oc_priceseries_read(const char *path, const char *column, struct oc_io *io, double **price, size_t *n,
                        struct oc_err *err);

#endif
