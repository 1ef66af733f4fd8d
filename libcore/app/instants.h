/*
 * instants - what --tz, --at and --ts mean, for a run: record/ reads cells, market/ knows zones, here they meet.
 */
#ifndef OC_APP_INSTANTS_H
#define OC_APP_INSTANTS_H

#include "base/err.h"
#include "market/calendar.h"
#include "market/zone.h"
#include "record/run.h"

#include <stdbool.h>
#include <stdint.h>

struct oc_instants {
    struct oc_zone *zone;           /* --tz */
    struct oc_calendar *calendar;   /* --calendar: --at open and close */
    struct oc_zone *at_zone;        /* of --at HH:MM@ZONE */
    int at;                         /* minutes from midnight; -1 open, -2 close */
    bool has_ts;                    /* --ts was given */
    int64_t ts;                     /* ns UTC */
    char notes[300];                /* "tz=America/New_York/2025b calendar=XCBO/2026.1" for the metadata */
};

/*
 * Open what the options name and hang it into io->reading; `in` must outlive the run.  calendar: id of --calendar,
 * which --at open and --at close need (NULL: not given).  OC_USAGE where a text means nothing.
 */
int oc_instants_open(struct oc_instants *in, struct oc_io *io, const char *calendar, struct oc_err *err);
void oc_instants_close(struct oc_instants *in);

#endif
