/*
 * checkbreaker - circuit-breaker bands as halt intervals: --breaker.
 *
 * By instrument, four measures with three levels each: the price against the last one of the session before (7, 13, 20
 * %); the standard deviation of the last 30 log returns (0.05, 0.08, 0.12); volume and spread against the mean of their
 * last 30 (3, 5, 10 times).  A level that is reached calls a halt of 15, 30, 60 minutes from the row on: a check record
 * with ts, end_ts and the band warning, danger or violation.  A measure calls the same or a lower level again only when
 * its halt is over, the price each level once a session.  --set moves the first level, the others in proportion.
 * Without a calendar a session is a UTC date.
 *
 * Memory: 900 bytes an instrument, with --breaker only.
 */
#ifndef OC_APP_CHECKBREAKER_H
#define OC_APP_CHECKBREAKER_H

#include "app/checking.h"
#include "record/side.h"

#include <stdint.h>

struct oc_breaker;

struct oc_checkbreaker {
    bool on;
    struct oc_side *side;           /* --checks; NULL: counted only */
    uint32_t n;
    struct oc_breaker **s;          /* by instrument, made at its first row */
    int64_t *halt_until;            /* by instrument */
    const int64_t *row_halt;        /* of the batch: what that was before each row; NULL: --breaker was not given */
    int64_t from, to;               /* session (or date) of the last row */
    int32_t date;
};

void oc_checkbreaker_rows(struct oc_checking *k, struct oc_checkbreaker *c);
/* The instrument is over, and its number becomes another's. */
void oc_checkbreaker_forget(struct oc_checkbreaker *c, uint32_t id);
void oc_checkbreaker_free(struct oc_checkbreaker *c);

#endif
