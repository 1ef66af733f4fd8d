/*
 * calendar - trading sessions of an exchange, from the versioned text files under data/calendars.
 *
 * A session is named by its local date and has an opening, a closing and two settlement instants (AM, PM).  Dates are days
 * since 1970 (base/time.h), instants int64 ns UTC.  A calendar covers a stated range of dates and knows nothing outside.
 * It is immutable and may be shared by threads; every question is answered in constant time.
 */
#ifndef OC_MARKET_CALENDAR_H
#define OC_MARKET_CALENDAR_H

#include "base/err.h"
#include "market/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_calendar;

struct oc_session {
    int32_t date;           /* its name; the opening may lie on the day before (futures, currencies) */
    bool early;             /* a half day */
    int64_t open, close;    /* ns UTC, open <= t < close */
    int64_t am, pm;         /* settlement at the opening and at the closing prices, ns UTC */
};

/*
 * oc_calendar_open - by id ("XNYS", "XCBO", "CME_GLOBEX", "FX_24_5", "CRYPTO_24_7"), or from a file where the name has a '/'.
 *   cal     owned by the caller, oc_calendar_free()
 *   error   OC_USAGE no such calendar; OC_FORMAT with file and line for a file that contradicts itself; OC_IO
 */
int oc_calendar_open(const char *name, struct oc_calendar **cal, struct oc_err *err);
void oc_calendar_free(struct oc_calendar *cal);

/* As oc_calendar_open from the text of a file; path is for messages. */
int oc_calendar_read(const char *path, const char *text, size_t n, struct oc_calendar **cal, struct oc_err *err);

const char *oc_calendar_id(const struct oc_calendar *cal);          /* "XNYS" */
const char *oc_calendar_version(const struct oc_calendar *cal);     /* "2026.1" */
const char *oc_calendar_title(const struct oc_calendar *cal);
const struct oc_zone *oc_calendar_zone(const struct oc_calendar *cal);
void oc_calendar_covers(const struct oc_calendar *cal, int32_t *first, int32_t *last);

/* False on holidays, weekends, and outside the range. */
bool oc_calendar_is_session(const struct oc_calendar *cal, int32_t date);

/* The session of a date.  OC_DATA if there is none, saying why. */
int oc_calendar_session(const struct oc_calendar *cal, int32_t date, struct oc_session *out, struct oc_err *err);

/* The k-th session after (k > 0) or before (k < 0) a date, which need be none itself; k = 0: the date or the one before it. */
int oc_calendar_step(const struct oc_calendar *cal, int32_t date, int32_t k, int32_t *out, struct oc_err *err);

/* Sessions in [from, to); negative if to < from.  Dates outside the range count as none. */
int32_t oc_calendar_count(const struct oc_calendar *cal, int32_t from, int32_t to);

/* The session that an instant lies in (open <= t < close): true and the session, or false between sessions. */
bool oc_calendar_at(const struct oc_calendar *cal, int64_t ns, struct oc_session *out);

/*
 * Trading around a session on the date that names it: [*pre, open) before and [close, *after) behind.  False where the calendar
 * lists none for that date; a session that is longer than both has empty ones.
 */
bool oc_calendar_extended(const struct oc_calendar *cal, const struct oc_session *s, int64_t *pre, int64_t *after);

enum oc_calendar_part { OC_PART_CLOSED, OC_PART_PRE, OC_PART_REGULAR, OC_PART_AFTER };

/* Where an instant lies; the session it is in or around, which is not written where it lies in neither. */
enum oc_calendar_part oc_calendar_part(const struct oc_calendar *cal, int64_t ns, struct oc_session *out);

/* The instant of a local time of day [minutes from midnight, may be negative or above 1440] on a date; -1 outside int64. */
int oc_calendar_instant(const struct oc_calendar *cal, int32_t date, int32_t minutes, int64_t *ns);

#endif
