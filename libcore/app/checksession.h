/*
 * checksession - instants against the sessions of a calendar: which part of the day (tier 1), and whether a week's activity
 * fits the sessions as it is or only when shifted (tier 3).
 *
 * Shift.  Each row marks the half hour of its local week (the calendar's zone) in which it lies.  When the week is over,
 * the marks are held against the half hours in which the calendar is open (extended hours included) at every shift from
 * -14 to +14 hours; the shift with the fewest half hours that disagree, the smaller of two, is the week's.  A week with
 * fewer than 10 marks or 3 days of them, without a session, or at a shift that is not better than none by the limit and
 * does not halve the disagreement, says nothing against the rows.  Three weeks of four shifted: tz_shift, of local time
 * read as UTC where each shift is the zone's own offset; fewer: tz_dst.  Bars of four hours and more are not judged:
 * they do not say when the market was open.
 *
 * Memory.  100 bytes a symbol.
 */
#ifndef OC_APP_CHECKSESSION_H
#define OC_APP_CHECKSESSION_H

#include "app/checking.h"
#include "record/symtab.h"

#include <stdint.h>

struct oc_weeks;

enum { OC_CHECKSESSION_WORDS = 8 };

struct oc_checksession {
    /* the part that the last row lay in, and until when another row does */
    int64_t from, to;
    enum oc_calendar_part part;
    bool holiday;
    /* marks of the week by instrument */
    uint32_t n;
    struct oc_weeks *w;
    /* the half hours of the local week from `start` that are open, and those around it: see openings() */
    bool opened;
    int64_t start;
    uint64_t regular[OC_CHECKSESSION_WORDS], extended[OC_CHECKSESSION_WORDS];
    uint64_t born;                  /* instruments that there were */
    struct oc_symtab symbols;
    size_t nkept, capkept;
    struct oc_weeks *kept;          /* of instruments that are over, as far as they have something to tell */
};

/* Names an instant lies in, with the answer of the row before where it lies in the same stretch. */
void oc_checksession_parts(struct oc_checking *k, struct oc_checksession *c);
void oc_checksession_weeks(struct oc_checking *k, struct oc_checksession *c);
/* The instrument is over: its week is judged, and its number becomes another's. */
int oc_checksession_forget(struct oc_checksession *c, uint32_t id, const struct oc_checks *checks,
                           const struct oc_calendar *cal, struct oc_err *err);
/* At the end: weeks under way are judged, and findings are noted. */
int oc_checksession_end(struct oc_checksession *c, struct oc_checks *checks, const struct oc_calendar *cal,
                        struct oc_err *err);
void oc_checksession_free(struct oc_checksession *c);

/* The date of a bar of a day or more: of its instant at midnight UTC, else in the calendar's zone. */
int32_t oc_checksession_date(const struct oc_calendar *cal, int64_t ts);

#endif
