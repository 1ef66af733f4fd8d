/*
 * tickmeta - columns of tier 1 appended to ticks (oc-bars --metadata 1): what a tick says of the one before and of its
 * quote.
 *
 *     spread, mid, spread_bps     of the quote that stands: the row's, else the symbol's last; ask - bid, its middle,
 *                                 spread / mid * 10000 (missing where mid is not above 0)
 *     effective_spread            2 |price - mid|, of trades
 *     trade_sign                  +1 bought, -1 sold, 0 not known: oc_barticks_sign
 *     dollar_volume               price * size
 *     log_return                  log(price / price before), both above 0
 *     tick_direction              +1 above the price before, -1 below, 0 the same
 *     volume_rate                 size / seconds since the price before; missing for the first, and at the same instant
 *     regular_session, extended_hours     by --calendar; missing without
 *     odd_lot                     size below --round-lot
 *
 * A row without a price has those of its quote; spread, mid and money are decimals rounded once.
 */
#ifndef OC_APP_TICKMETA_H
#define OC_APP_TICKMETA_H

#include "app/bars.h"

int oc_tickmeta_step(void *ctx, struct oc_batch *b, struct oc_err *err);

#endif
