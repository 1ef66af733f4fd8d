/*
 * checklocation - tier 2: does the place of a file say what is in it?
 *
 * A template is a path in which the words KIND ASSET SYMBOL DATE ANY stand for what a file's path has there, the rest
 * for itself: KIND/ASSET/SYMBOL/DATE, tick_data/ASSET/SYMBOL/DATE, ANY/SYMBOL_DATE_quotes.  It is held against the end
 * of the path, folder by folder; .csv, .gz and other suffixes of records fall away from the file's name where the
 * template has none.  A DATE is YYYYMMDD or YYYY-MM-DD, and is that of the rows in the zone of the calendar (or --tz,
 * else UTC).  KIND is the kind of the records, alone or before _ or s (tick, ticks, tick_data).  ASSET is one of: equity
 * stock index option future forex fx crypto etf bond; options lie under option, and nothing else does.  SYMBOL has no
 * case.
 */
#ifndef OC_APP_CHECKLOCATION_H
#define OC_APP_CHECKLOCATION_H

#include "app/checking.h"
#include "market/zone.h"

#include <stdint.h>

struct oc_checklocation {
    const char *template;           /* NULL: not asked for */
    const struct oc_zone *zone;     /* NULL: UTC */
    char symbol[64];                /* of the file under way; empty: the template has none */
    bool dated;
    int32_t date;
    int64_t from, to;               /* instants of the date */
};

/* OC_USAGE for a template without a word. */
int oc_checklocation_open(struct oc_checklocation *l, const char *template, const struct oc_zone *zone, struct oc_err *err);
void oc_checklocation_rows(struct oc_checking *k, struct oc_checklocation *l);

#endif
