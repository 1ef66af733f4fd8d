/*
 * barimbalance - bars that end when buyers and sellers are out of balance: what the two kinds have in common.
 *
 * Source: M. Lopez de Prado, Advances in Financial Machine Learning (2018), chapter 2.  theta is the sum over the bar of b,
 * or of b times the size, where b is +1 for a tick that was bought and -1 for one that was sold.  The bar ends with the tick
 * with which |theta| >= the limit.  The limit is N, or what is expected of a bar: E[T] |E[b]|, or E[T] |E[b v]|, where both
 * means are exponentially weighted over the bars before,
 *     E <- E + 2 / (OC_BARIMBALANCE_SPAN + 1) (value of the bar - E),
 * the value being the bar's number of ticks, or theta by that number.  The first bar has as many ticks as ewma:N says
 * (100) and gives the first values.  Longer bars make a higher limit and shorter ones a lower: nothing in the book holds
 * E[T], and at a limit of 1 every tick is a bar.  ewma:N:LOW:HIGH keeps it between LOW and HIGH, as Hudson and Thames'
 * mlfinlab does.
 */
#ifndef OC_APP_BARIMBALANCE_H
#define OC_APP_BARIMBALANCE_H

#include "app/barfeed.h"

enum { OC_BARIMBALANCE_SPAN = 20, OC_BARIMBALANCE_FIRST = 100, OC_BARIMBALANCE_MOST = 1000000000 };  /* MOST: of N */

struct oc_barimbalance {
    __int128 theta;         /* in ticks, or in units of the size */
    int64_t ticks;          /* of the open bar */
    bool warm;              /* the first bar is closed */
    double length, mean;    /* E[T]; E[b] or E[b v] */
};

int oc_barimbalance_read(struct oc_barspec *s, const char *word, struct oc_err *err);
/* by_size: a tick counts its size; else 1. */
int oc_barimbalance_feed(const struct oc_barfeed *f, bool by_size);
void oc_barimbalance_keep(struct oc_barkeep *k, void *state);

#endif
