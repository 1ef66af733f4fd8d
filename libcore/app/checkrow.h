/* checkrow - tier 1, what one row says by itself: required cells, ranges, the two sides of a quote, instants. */
#ifndef OC_APP_CHECKROW_H
#define OC_APP_CHECKROW_H

#include "app/checking.h"

#include <stdint.h>

/* Rows with unreadable cells leave as findings of `unreadable`, unless keep (--on-error na). */
void oc_checkrow_unreadable(struct oc_checking *k, bool keep);
void oc_checkrow_required(struct oc_checking *k);
void oc_checkrow_ranges(struct oc_checking *k);     /* price, size, quantity, iv, strike, ohlc, range, grid */
void oc_checkrow_sides(struct oc_checking *k);      /* crossed, locked, spread, wide, unquoted */
/* instant, future, late, expired.  as_of: INT64_MIN is not given. */
void oc_checkrow_instants(struct oc_checking *k, int64_t as_of);

#endif
