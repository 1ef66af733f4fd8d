/*
 * ingesttime - cells that are times, in the layouts of a preset.
 *
 * Zones: an offset or a zone word in the text, else --tz, else the preset's `zone`.  A local time that occurs twice (the
 * hour that autumn repeats) is the earlier instant; one that does not occur is refused.
 */
#ifndef OC_APP_INGESTTIME_H
#define OC_APP_INGESTTIME_H

#include "app/ingest.h"

/* All return 0, or -1 with the reason as a clause in *why. */

/* What the last instant of a column had: its date, and the difference to UTC in a quarter of an hour.  Zeroed at first. */
struct oc_ingesttime_memo { uint32_t date; int32_t days; bool known; int64_t quarter, offset; };

/*
 * oc_ingesttime_instant for the spellings that a layout of fixed widths has (two digits each, one blank), in a tenth of the
 * time; false: ask that function.
 */
bool oc_ingesttime_fixed(const struct oc_ingest *g, const struct oc_preset_column *c, const char *s, size_t n,
                         struct oc_ingesttime_memo *memo, int64_t *ns);

/* An instant by the layouts of a column, to ns UTC. */
int oc_ingesttime_instant(const struct oc_ingest *g, const struct oc_preset_column *c, const char *s, size_t n, int64_t *ns,
                          const char **why);
/* A date by the layouts of a column: the one that is written, whatever offset stands behind; of an epoch, that in UTC. */
int oc_ingesttime_date(const struct oc_preset_column *c, const char *s, size_t n, int32_t *days, const char **why);
/* A number of units behind local midnight of a day, as the wall clock shows it; day is YYYY-MM-DD or YYYYMMDD. */
int oc_ingesttime_clock(const struct oc_ingest *g, int64_t unit, const char *s, size_t n, const char *day, size_t nday,
                        int64_t *ns, const char **why);
/* Whole days behind the local date of an instant (RFC 3339), or behind a date. */
int oc_ingesttime_days(const struct oc_ingest *g, const char *s, size_t n, const char *from, size_t nfrom, int32_t *days,
                       const char **why);

#endif
