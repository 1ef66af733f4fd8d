/* backtime - instants and dates in the layouts of a preset: what app/ingesttime.c reads, written. */
#ifndef OC_APP_BACKTIME_H
#define OC_APP_BACKTIME_H

#include "app/ingest.h"
#include "base/buf.h"

/* Can the layout be written?  NULL, or why not, as a clause. */
const char *oc_backtime_check(const char *fmt);
/* An instant in the layout, by the clock of --tz, else of the preset's zone, else UTC. */
void oc_backtime_instant(const struct oc_ingest *g, const char *fmt, int64_t ns, struct oc_buf *out);
void oc_backtime_date(const char *fmt, int32_t days, struct oc_buf *out);
/* ns since midnight by that clock, and the date there. */
int64_t oc_backtime_clock(const struct oc_ingest *g, int64_t ns, int32_t *days);
/* A number of units, with the decimals that are needed. */
void oc_backtime_units(int64_t ns, int64_t unit, struct oc_buf *out);

#endif
