/*
 * jsondeltas - delta-coded series in JSON (Dukascopy's feed) as lines of CSV: the translator of `format json-deltas`.
 *
 * An object at the top has arrays of one length, and becomes as many records.  Columns are named by their arrays:
 *     times           sums of the array times `shift` (1 where there is none), on top of `timestamp`
 *     asks            sums times `multiplier` on top of `ask`: every array whose name is that of a number and an s
 *     askVolumes      other arrays: the values as they are
 * Sums are exact decimals.  Several objects, one behind the other, are read as they come.
 */
#ifndef OC_APP_JSONDELTAS_H
#define OC_APP_JSONDELTAS_H

#include "record/translate.h"

extern const struct oc_translator oc_jsondeltas_translator;

#endif
