/*
 * sniff - which presets read a file, and what the file itself shows of its units: oc-ingest --sniff.
 *
 * Every preset that ships is tried on the first records (a block of some hundred kilobytes): its header must be there and its
 * cells must convert.  Of one that fits, the units are then held against the market in the file: see sniffunits.h.  Nothing is
 * decided here, only told.
 */
#ifndef OC_APP_SNIFF_H
#define OC_APP_SNIFF_H

#include "app/ingest.h"

#include <stdio.h>

/*
 * A report on each input of io, to out.  base: instants, reading, roots, --symbol and --set of the run; only: one preset that
 * is tried instead of all, or NULL.  OC_DATA when there is a file that no preset reads.
 */
int oc_sniff(const struct oc_io *io, const struct oc_ingest *base, const char *only, FILE *out, struct oc_err *err);

#endif
