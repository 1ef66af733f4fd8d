/*
 * checkarbitrage - whole chains of quotes against static arbitrage: what model/arbitrage.h finds among executable quotes.
 *
 * A slice is what a chain has of one symbol, root, expiry, settlement, style and kind of price (forwardslice.h); calendar is
 * looked for among the slices of one symbol, root, style and kind.  Rows that a check failed or that cannot be read, and
 * quotes with the bid above the ask, take no part; of a contract that a chain has twice, the first row does.  Prices in
 * coin (`inverse`) are multiplied by the row's spot.
 *
 * Discount and forward.  `rate` and `forward` of the rows where all rows of the slice agree in them, else those of put-call
 * parity (model/parityforward.h, at least 4 pairs), for European slices.  American slices need neither; Bermudan ones are
 * held to be American, without calendar.
 * The forward's slack is how far it is from the tightest executable bounds, among the pairs of call and put that hold it:
 * so far off it may be.  Parity counts beyond it, calendar beyond what the slacks of both forwards may do to it.  What a
 * discount factor by parity may be off, three standard errors of the slope and at least what the spreads of two pairs leave
 * open, is taken off box, parity and vertical.
 *
 * The row that is told is the first leg: what is sold, the call of a parity.  value and edge are the net edge a unit.
 */
#ifndef OC_APP_CHECKARBITRAGE_H
#define OC_APP_CHECKARBITRAGE_H

#include "app/checking.h"
#include "app/forwardslice.h"
#include "model/arbitrage.h"

#include <stdbool.h>

#define OC_CHECKARBITRAGE_WHOLE "run path step ts symbol"   /* struct oc_work .whole */

struct oc_checkarbitrage {
    bool on;
    struct oc_forward f;            /* the fit, with the terms of contracts */
    struct oc_roots *roots;
    char notes[400];                /* ids of data, for the provenance */
};

/* With calendar (NULL: that of the row or root) and the roots' table. */
int oc_checkarbitrage_open(struct oc_checkarbitrage *a, struct oc_io *io, const struct oc_instants *instants,
                           const char *calendar,
                           struct oc_err *err);
void oc_checkarbitrage_rows(struct oc_checking *k, struct oc_checkarbitrage *a);
void oc_checkarbitrage_close(struct oc_checkarbitrage *a);

/* A chain's slices as model/arbitrage.h takes them, for who asks more than what is found. */
struct oc_arbitragegroup {
    size_t n, row;                  /* slices; first row */
    struct oc_arbitrage_slice *slice;
    double *doubt;                  /* of each slice's discount factor, an absolute number; 0: it is given */
    unsigned kinds;
};

/* All groups of a batch of whole chains, in its arena.  -1: k->rc and k->err say. */
int oc_checkarbitrage_groups(struct oc_checking *k, struct oc_checkarbitrage *a, struct oc_arbitragegroup **groups,
                             size_t *n);
/* How far the slice's forward is from executable bounds, by the pairs that hold it but `but` (SIZE_MAX: all); NAN: none. */
double oc_checkarbitrage_slack(const struct oc_arbitrage_slice *s, size_t but);
/* What a find's edge must exceed because forwards and discounts are not known exactly; currency. */
double oc_checkarbitrage_doubt(const struct oc_arbitragegroup *g, const struct oc_arbitrage_find *f);
/* The name of a row's contract: contract_symbol, else OSI or another form, else its key without blanks. */
void oc_checkarbitrage_contract(const struct oc_checking *k, size_t row, char *out, size_t size);

#endif
