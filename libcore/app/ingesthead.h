/* ingesthead - the lines before the header of a vendor's file: cells like "Last: 3900.86". */
#ifndef OC_APP_INGESTHEAD_H
#define OC_APP_INGESTHEAD_H

#include "app/ingest.h"

struct oc_ingest_head {
    size_t n;
    const char **value;         /* per column of the preset: the canonical text of a head column, else NULL */
    struct oc_arena arena;
};

/*
 * An instant by the layouts of a column, to ns UTC.  0; -1 with the reason as a clause in *why.
 * Zones: an offset or a zone word in the text, else --tz, else the preset's `zone`.
 */
int oc_ingest_instant(const struct oc_ingest *g, const struct oc_preset_column *c, const char *s, size_t n, int64_t *ns,
                      const char **why);
/* The same for dates. */
int oc_ingest_date(const struct oc_preset_column *c, const char *s, size_t n, int32_t *days, const char **why);

#endif
