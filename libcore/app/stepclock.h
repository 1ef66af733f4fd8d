/*
 * stepclock - the simulated clock: at which instants a walk is looked at.
 *
 *   calendar   every instant counts: a step is that much later
 *   sessions   nights, weekends and holidays are skipped.  Steps of whole days go from a session to the next, each at the
 *              distance from the close that the start has (at the close where the start lies in no session; at the
 *              opening of a half day that is too short).  Shorter steps count time within sessions: what is left of a
 *              step at a close goes on at the next opening
 *
 * Only the instants differ: the time that passes in between is that of the calendar, so a Monday's step has the variance
 * and the interest of three days, and forwards agree with those that the chain is priced with.
 */
#ifndef OC_APP_STEPCLOCK_H
#define OC_APP_STEPCLOCK_H

#include "base/err.h"
#include "market/calendar.h"

#include <stdint.h>

enum oc_clock { OC_CLOCK_CALENDAR, OC_CLOCK_SESSIONS };

struct oc_stepclock {
    enum oc_clock how;
    const struct oc_calendar *calendar;     /* sessions; borrowed */
    int64_t step_ns;
    int64_t to_close;                       /* set by open: from the start to its session's close */
};

/* "1d", "4h", "30m", "15s", "2w": a whole number of one unit, above 0.  OC_USAGE. */
int oc_stepclock_read(const char *text, int64_t *ns, struct oc_err *err);

/* Checks what is given and looks where the start lies.  OC_USAGE. */
int oc_stepclock_open(struct oc_stepclock *c, int64_t start, struct oc_err *err);

/* The instant after ts.  OC_DATA where the calendar or int64 ends. */
int oc_stepclock_next(const struct oc_stepclock *c, int64_t ts, int64_t *next, struct oc_err *err);

/* Years (365 days) from one instant to another. */
static inline double oc_stepclock_years(int64_t from, int64_t to) { return (double)(to - from) / 31536e12; }

#endif
