/*
 * checkseries - tier 1, what a row says against the rows of its instrument before it: order, repeated quotes,
 * prices that are far away, volumes.
 *
 * Outlier.  A row's price (of a trade, else the middle of bid and ask; of a bar its high and low) is held against the
 * last good one of its instrument.  With r = log(price / that), m the median of the last 31 good returns, s the larger
 * of 1.4826 times their median distance from it and 0.6 times the mean distance (what counts where most returns are 0),
 * t the time since and T the median of the last 31 times, the row is an outlier where
 *     |r - m| > limit * s * w + 0.01 + (half the spread + 3 grains) / price,     1.5 at most,
 * with w = (2 + sqrt(x)) / 3, 1 at least, x the larger of t / T and, of bars, the volume by the median of the last 31,
 * and 1.5 (a factor of 4.5) while there are fewer than 8 returns.  The spread is that of the last good quote; a grain is the
 * smallest change between two good rows so far, which matters where a price has few steps.  An outlier enters neither
 * the windows nor the last price, so it cannot hide the next; when more than 10 in a row agree with each other by the
 * same measure, theirs is the new level, told as a jump.
 *
 * A quote that has the last good price between its sides and is no wider than the limit of `spread` is none, but is not
 * remembered: behind the close the middle of a wide quote says little.
 *
 * Level.  No row before them says whether the first rows of a stream are right.  Where rows that are far away agree while
 * fewer than 31 rows of the level have come, and are half as many as these, `level` names both: the first rows, which have
 * gone out, and the others, which have not.
 *
 * Doubt.  A row that only time allowed (a price behind a night, the first rows of a stream) is remembered with the one
 * before it, but not in the windows.  If the next row is back, within a quarter of the move, the doubtful one was an
 * outlier: it has gone out already, so that is told as a jump, but no good row is measured against it.
 *
 * Memory.  8 bytes an instrument for order, 1.8 kB where its price is followed, which is that of ticks and bars.
 */
#ifndef OC_APP_CHECKSERIES_H
#define OC_APP_CHECKSERIES_H

#include "app/checking.h"

struct oc_series;

struct oc_checkseries {
    uint32_t n;                     /* instruments with room */
    struct oc_series *s;
    uint32_t nnewest;               /* the same, of instants alone */
    int64_t *newest;                /* of the newest row, below 0 the oldest; INT64_MIN: none */
    bool descending;                /* --order descending: the newest row first */
};

void oc_checkseries_order(struct oc_checking *k, struct oc_checkseries *c);
void oc_checkseries_prices(struct oc_checking *k, struct oc_checkseries *c);    /* all from outlier to stale */
/* The instrument is over, and its number becomes another's. */
void oc_checkseries_forget(struct oc_checkseries *c, uint32_t id);
void oc_checkseries_free(struct oc_checkseries *c);

#endif
