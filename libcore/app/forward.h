/*
 * forward - oc-vol forward: the forward and the discount factor of every expiry in a chain, by put-call parity.
 *
 * A slice is what a chain has of one symbol, root, expiry, settlement, style and kind of price (money or coin).  Its pairs
 * are the strikes above 0 with one call and one put, both with a bid above 0 and an ask not below it; rows that are
 * malformed, or left out by --only, take no part.  Prices in coin (`inverse`) are multiplied by the row's spot, as
 * everywhere; without a spot they give the forward, where the line crosses 0, and no rate.  Which fit is made of them:
 * model/parityforward.h.
 *
 * Reasons in status, of `forward`: few-pairs, american, expired, inconsistent (pairs that contradict each other),
 * out-of-domain; these have no number.  american with a number: --american use.  outlier: the row's own pair contradicts
 * the slice, which has its numbers from the others.  Of `rate`: out-of-domain, above 100 % a year either way, as an expiry
 * in some minutes may give, or no-spot; the forward is there.
 */
#ifndef OC_APP_FORWARD_H
#define OC_APP_FORWARD_H

#include "app/price.h"
#include "app/terms.h"
#include "model/parityforward.h"
#include "record/run.h"

#include <math.h>
#include <stdint.h>

struct oc_forward {
    struct oc_price price;              /* terms, and the curve of --curve */
    double rate;                        /* --rate; NaN: not given */
    const char *curve;                  /* --curve; read into price.curve */
    const char *from;                   /* --from: mid executable */
    const char *method;                 /* --method: parity vix */
    const char *american;               /* --american: use refuse */
    const char *sorted_by;              /* --sorted-by: chain none */
    size_t min_pairs;                   /* --min-pairs; SIZE_MAX: not given */
    double max_outliers;                /* --max-outliers, a share; NaN: not given */
    bool table;                         /* --table */
};

#define OC_FORWARD_DEFAULT .rate = NAN, .from = "mid", .method = "parity", .american = "refuse", .sorted_by = "chain", \
                           .min_pairs = SIZE_MAX, .max_outliers = NAN

/* The options, all of a struct oc_forward p. */
#define OC_FORWARD_OPTS(p) \
    { "from", "SIDES", "mid: a line through the mids; executable: the middle of the tightest bounds from bids and asks " \
      "(default mid)", OC_CHOICE(&(p)->from, "mid executable") }, \
    { "method", "HOW", "parity: all strikes; vix: the one where call and put are nearest, as Cboe does, which needs " \
      "--rate or --curve (default parity)", OC_CHOICE(&(p)->method, "parity vix") }, \
    { "rate", "RATE", "zero rate, continuous, a year, in place of the slope's discount factor", OC_RATE(&(p)->rate) }, \
    { "curve", "FILE", "zero rates by expiry from curve records, in place of the slope", OC_FILE(&(p)->curve), \
      .conflicts = "rate" }, \
    { "min-pairs", "N", "strikes with a call and a put that an answer needs (default 4; of vix 1)", \
      OC_SIZE(&(p)->min_pairs) }, \
    { "max-outliers", "SHARE", "of the pairs that may contradict the others (default 25%)", \
      OC_RATE(&(p)->max_outliers) }, \
    { "american", "HOW", "options of style A: refuse, or use the strikes within 10 % of the money, with --rate or " \
      "--curve, and say so in status (default refuse)", OC_CHOICE(&(p)->american, "use refuse") }, \
    { "table", NULL, "write a curve record for every expiry instead of the quotes", OC_FLAG(&(p)->table) }, \
    { "sorted-by", "HOW", "chain: rows of a chain stand together, else an error; none: every run of rows is a chain " \
      "(default chain)", OC_CHOICE(&(p)->sorted_by, "chain none") }

/* Check the options and run. */
int oc_forward_run(struct oc_forward *f, struct oc_io *io, struct oc_err *err);

#endif
