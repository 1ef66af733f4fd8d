/*
 * checkgap - tier 4: stretches without data, by instrument, as gap records and as findings of `gap`; spacings that
 * contradict the interval.
 *
 * Bars.  Two bars follow each other when their instants are one interval apart.  A longer distance is a gap from the
 * instant at which the next bar should be to the one that is there; expected are the bars that overlap a session of the
 * calendar in it, for intervals of a day and more the sessions by date.  With end stamps (--stamp end) an instant is the
 * end of its bar. Ticks and quotes.  A distance above the limit of `gap` is a gap; expected is one record in each limit
 * of open time, and one in each session that lies in it whole.
 *
 * A gap in which nothing is expected has the class of what closed the market (holiday before weekend before early_close
 * before session_break) and the severity low.  Else it is halt, where a circuit breaker (--breaker) called one that ends
 * with it, five minutes more at most, or unknown, and severe by the open time it lacks: below 15 minutes low, an hour
 * medium, a day's session high, else critical (bars of days: one to four high, more critical).
 *
 * A stretch with one closure in it that lacks open time at its edges is told in parts, which touch: what lacks before, the
 * closure, what lacks behind (of ticks, edges from the limit of `gap` on).  One that lacks a whole session is one gap.
 *
 * A sequence of more bars than the limit of `interval`, each further from the one before than the interval, is a
 * finding: bars of another interval under this name.  So is each bar that is nearer.
 *
 * Rows that do not go on in the order of the stream are passed over, so each gap is told once.
 *
 * Memory: 40 bytes an instrument, and the gap records of a batch.
 */
#ifndef OC_APP_CHECKGAP_H
#define OC_APP_CHECKGAP_H

#include "app/checking.h"
#include "record/side.h"

#include <stdint.h>

struct oc_gapstate;

struct oc_gap {
    char symbol[48], interval[16];
    const char *class, *severity;
    int64_t start, end, expected;
};

struct oc_checkgap {
    struct oc_side *side;           /* --gaps; NULL: findings only */
    bool descending;                /* the newest row first */
    bool extended;                  /* open time includes the hours around the sessions (--hours extended) */
    uint32_t n;
    struct oc_gapstate *s;
    size_t ngap, capgap;
    struct oc_gap *gap;             /* of this batch, to be written */
    struct oc_session session;      /* the last one that was asked for */
    int64_t pre, after;             /* its ends with the hours around it */
    bool has_session;
    const int64_t *halt_until;      /* by row: end of the halt that a breaker had called before it; NULL: no breakers */
};

void oc_checkgap_rows(struct oc_checking *k, struct oc_checkgap *g);
/* Write the gaps of the batch; without any, the header. */
int oc_checkgap_write(struct oc_checkgap *g, const char *kind, struct oc_err *err);
int oc_checkgap_end(struct oc_checkgap *g, struct oc_checks *checks, struct oc_err *err);
/* The instrument, which has no interval, is over, and its number becomes another's. */
void oc_checkgap_forget(struct oc_checkgap *g, uint32_t id);
void oc_checkgap_free(struct oc_checkgap *g);

/* "1m", "5s", "1h", "1d", "1w" in ns; 0: not a time (tick:100, renko:1), or none that is known. */
int64_t oc_checkgap_interval(const char *s, size_t n);

#endif
