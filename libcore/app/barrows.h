/*
 * barrows - bars that were closed, until they become columns.
 */
#ifndef OC_APP_BARROWS_H
#define OC_APP_BARROWS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_barrow {
    uint32_t record;            /* of the batch, that closed it */
    uint32_t symbol;
    uint16_t number;            /* of the spec */
    int8_t part;                /* enum oc_barpart */
    bool complete;
    int64_t ts, end;
    double open, high, low, close;
    double volume, vwap, dollar, buy, sell, spread;     /* NaN: missing */
    int64_t trades;             /* -1: missing */
};

struct oc_barrows {
    size_t n, cap;
    struct oc_barrow *v;
    uint32_t *order;            /* after oc_barrows_sort(): numbers of rows in the order of output */
    size_t caporder;
    size_t nfigure;             /* figures of each row (barmeta.h), set before the first */
    double *figure;             /* of row i from i * nfigure on; NaN at first */
    size_t capfigure;
};

/* A row to fill, or NULL without memory. */
struct oc_barrow *oc_barrows_add(struct oc_barrows *r, struct oc_err *err);
/* By the record that closed them, then by their end, then by symbol and spec. */
int oc_barrows_sort(struct oc_barrows *r, struct oc_err *err);
void oc_barrows_free(struct oc_barrows *r);

#endif
