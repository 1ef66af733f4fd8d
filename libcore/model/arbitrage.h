/*
 * arbitrage - trades that win for certain among the quotes of one chain: bought at the ask, sold at the bid.
 *
 *   vertical    a call above one of a lower strike, a put above one of a higher, or a spread above the discounted distance of
 *               its strikes
 *   butterfly   a bid above the mix of two asks around it that pays at least as much
 *   box         calls and puts of two strikes whose fixed payment costs less, or brings more, than its discounted value
 *   parity      a call less a put against discount (forward - strike)
 *   calendar    a bid above the ask of what expires later and is worth at least as much at the first expiry
 *
 * A quote is tested against the best counterpart that there is, so a row is told once a check.  Each trade is scaled to one
 * unit of what is sold (of the pair, for a box).
 *   shape    slices in the order of their expiry, strikes of a slice ascending and distinct
 *   units    prices and strikes in currency; a side that is not there, or a bid of 0, is NaN; years ACT/365
 *   domain   European slices: the discount is needed for the second half of vertical and for box, both it and the forward
 *            for parity and calendar; where one is NaN those are left out.  American slices: vertical with discount 1,
 *            butterfly, and calendar at equal strikes; box and parity are no arbitrage there.  Calendar assumes carry in
 *            proportion to the price: cash dividends between two expiries may make a find of their size
 *   sure     a crossed quote (bid above its own ask) is no find here; an edge counts where it exceeds min_edge and rounding
 *            (1e-12 of the prices involved)
 *   cost     linear in quotes, and in pairs of slices for calendar; one allocation
 */
#ifndef OC_MODEL_ARBITRAGE_H
#define OC_MODEL_ARBITRAGE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_arbitrage_quote { double bid, ask; uint32_t row; };       /* row: the caller's name for it */

struct oc_arbitrage_strike { double strike; struct oc_arbitrage_quote call, put; };

struct oc_arbitrage_slice {
    double years, forward, discount;    /* NaN: not known */
    double slack;                       /* what the forward may be off, in currency; parity counts beyond it */
    bool american;
    size_t n;
    const struct oc_arbitrage_strike *strike;
};

enum oc_arbitrage_kind {
    OC_ARBITRAGE_VERTICAL, OC_ARBITRAGE_BUTTERFLY, OC_ARBITRAGE_BOX, OC_ARBITRAGE_PARITY, OC_ARBITRAGE_CALENDAR,
    OC_ARBITRAGE_KINDS
};

enum { OC_ARBITRAGE_LEGS = 4 };
#define OC_ARBITRAGE_FORWARD UINT32_MAX     /* a leg that is the forward itself */

struct oc_arbitrage_leg { double quantity, price; uint32_t row; };      /* > 0 bought at the ask */

struct oc_arbitrage_find {
    enum oc_arbitrage_kind kind;
    size_t slice, later;                    /* of calendar: both; else the same */
    double edge;                            /* currency a unit, > min_edge */
    size_t n;
    struct oc_arbitrage_leg leg[OC_ARBITRAGE_LEGS];     /* the row that is told first, in leg[0] */
};

/* "vertical" */
const char *oc_arbitrage_name(enum oc_arbitrage_kind kind);

/*
 * All finds of one chain, in the order of slices, kinds, sides and strikes.  kinds: bits 1 << kind of what is looked for.
 * 0, or -1: found said so, or memory.
 */
int oc_arbitrage_scan(size_t n, const struct oc_arbitrage_slice *slice, unsigned kinds, double min_edge,
                      int (*found)(void *ctx, const struct oc_arbitrage_find *find, struct oc_err *err), void *ctx,
                      struct oc_err *err);

#endif
