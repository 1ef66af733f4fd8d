/*
 * quote - bids and asks on ticks from model prices, column-wise.
 *
 *   width  max(tick, fixed + proportional price + moneyness |m|)
 *   bid    the tick at or below price - width / 2, at least 0
 *   ask    the tick at or above price + width / 2
 * in    n rows: price >= 0; m = log(K/S), NULL: moneyness is 0
 * out   bid, ask; mid, the double nearest to the decimal half way between them
 * rows  bid <= price <= ask; both are ticks; ask > 0.  A price that is NaN gives NaN on both sides
 * cost  no allocation; the same bits from each instruction set; prices below 2^50 ticks
 */
#ifndef OC_MODEL_QUOTE_H
#define OC_MODEL_QUOTE_H

#include "market/ticks.h"

#include <stddef.h>

struct oc_quote_width { double fixed, proportional, moneyness; };

void oc_quote_sides(const struct oc_ticks *ticks, const struct oc_quote_width *width, size_t n, const double *price,
                    const double *m, double *bid, double *ask, double *mid);

#endif
