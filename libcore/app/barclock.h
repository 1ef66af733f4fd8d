/*
 * barclock - which stretch of time an instant belongs to: seconds to hours, days and weeks, by sessions or by the clock.
 *
 * Without a calendar the clock is that of a zone (UTC if none): 1h bars begin on the full hour, 4h bars at 00:00, 04:00,
 * ..., 1d at midnight, 1w on Monday.  On the days when clocks are set a bar is an hour longer or shorter and none is lost.
 * With a calendar and align SESSION, bars within a session count from its opening and end with it at the latest; outside
 * they go by the clock of the calendar's zone, and no bar lies in two parts of the day.  A day is the date of a session:
 *     regular     [opening, close)
 *     extended    from the beginning of the early to the end of the late part
 *     all         from midnight, or from the opening where that is the evening before, to the same of the next date
 * A date without session is a day of its own under `all`.
 */
#ifndef OC_APP_BARCLOCK_H
#define OC_APP_BARCLOCK_H

#include "market/calendar.h"
#include "market/zone.h"

#include <stdbool.h>
#include <stdint.h>

enum oc_barpart { OC_BARPART_CLOSED, OC_BARPART_PRE, OC_BARPART_REGULAR, OC_BARPART_AFTER, OC_BARPART_NONE };
enum oc_barhours { OC_BARHOURS_ALL, OC_BARHOURS_EXTENDED, OC_BARHOURS_REGULAR };

struct oc_barclock {
    const struct oc_calendar *calendar;     /* NULL: none */
    const struct oc_zone *zone;             /* NULL: UTC */
    bool by_session;                        /* align to the opening */
    enum oc_barhours hours;                 /* which ticks count */
};

struct oc_barspan { int64_t start, end; };

extern const char *const oc_barclock_part_name[OC_BARPART_NONE + 1];    /* "pre" ...; NULL for closed and none */

/* The part of the day of an instant; NONE without a calendar. */
enum oc_barpart oc_barclock_part(const struct oc_barclock *c, int64_t ns);
/* Do ticks of that part count? */
bool oc_barclock_counts(const struct oc_barclock *c, enum oc_barpart part);
/*
 * The stretch of `step` ns (seconds to hours), of a day (step 0) or of a week (step -1) that an instant lies in:
 * start <= ns < end.
 */
struct oc_barspan oc_barclock_span(const struct oc_barclock *c, int64_t step, int64_t ns);
/* The first instant of a date under `all`. */
int64_t oc_barclock_day(const struct oc_barclock *c, int32_t date);
/* For --fill: the first instant from ns on at which a bar is due: ns itself, or the opening of a later session; false: none.
 */
bool oc_barclock_due(const struct oc_barclock *c, int64_t ns, int64_t *due);

#endif
