/*
 * sniffunits - what the rows of a file show of the units in it, by comparing them with each other and with Black's formula.
 *
 *   volatility   fraction or percent: which of both gives the mid of bid and ask back
 *   strike       against the spot, and against the strike in the contract symbol
 *   theta, vega  against Black's with the row's own volatility, rate 0, near the money: per year or day, per 1.00 or per 1 %
 *   days         cells called dte and the like against expiry less date
 *
 * Rough on purpose: a rate of 0 and the spot for the forward tell a factor of 100 or of 365 from 1 and nothing finer.
 */
#ifndef OC_APP_SNIFFUNITS_H
#define OC_APP_SNIFFUNITS_H

#include "app/ingest.h"

#include <stdio.h>

/* One line for each thing that can be told of the rows in `made`, of records in `in` (its origin tells which). */
int oc_sniffunits(const struct oc_ingest *g, struct oc_batch *in, struct oc_batch *made, FILE *out, struct oc_err *err);

#endif
