/*
 * dbn - Databento Binary Encoding, versions 1 to 3, as lines of CSV: the translator of presets with `format dbn`.
 *
 * Records of oc_translate_how are record types (trades, mbp-1, ohlcv-1m, definition, ...): each of them becomes a row;
 * another type of data in the file is refused by its name.  Columns are fields of the record types (dbnlayout.h), and
 *     raw_symbol     the contract's own name, from the file's mappings and definitions (for definitions: the field)
 *     symbol         what was asked for by the request that made the file (a parent, a continuous contract)
 *     dataset        of the metadata
 *     schema         name of the record's type;  interval: of a bar's type, 1s 1m 1h 1d
 *     ts_out         where the stream carries it
 * The place of a record is its number: a line of the messages is a record, as in other binary files.
 */
#ifndef OC_APP_DBN_H
#define OC_APP_DBN_H

#include "record/translate.h"

extern const struct oc_translator oc_dbn_translator;

#endif
