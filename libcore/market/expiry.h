/*
 * expiry - the instant at which an option of a given expiry date stops to exist.
 *
 * On a session: PM is the settlement at the closing prices (16:00 in New York, 13:00 on half days), AM the one at the opening
 * (09:30), HH:MM that local time whatever the hours.  A date that is no session stands for the session before it: monthly
 * options expired on Saturdays until February 2015, and a Good Friday's options trade and settle on Thursday.  When the exchange
 * closed at short notice it did the same for PM, but not always for AM: the VIX options of 2018-12-05 settled on the 6th.
 */
#ifndef OC_MARKET_EXPIRY_H
#define OC_MARKET_EXPIRY_H

#include "market/calendar.h"

/* How an expiry settles: one of these, or 0..1440, minutes from local midnight. */
enum { OC_EXPIRY_PM = -1, OC_EXPIRY_AM = -2 };

/* "PM", "AM" (either case) or "HH:MM" up to 24:00; -1 if the text is neither. */
int oc_expiry_settle(const char *p, size_t n, int32_t *settle);

/* The instant [ns UTC] of an expiry.  OC_DATA, saying why, where the calendar does not reach. */
int oc_expiry_instant(const struct oc_calendar *cal, int32_t date, int32_t settle, int64_t *ns, struct oc_err *err);

/*
 * Lookups remembered by date and settlement: rows of a chain share few expiries.  One per thread; start with
 * { .cal = calendar } and nothing to free.  The result is that of oc_expiry_instant(), always.
 */
struct oc_expiry_cache {
    const struct oc_calendar *cal;      /* borrowed */
    struct { int32_t date, settle; int64_t ns; bool known; } slot[256];
};

int oc_expiry_lookup(struct oc_expiry_cache *c, int32_t date, int32_t settle, int64_t *ns, struct oc_err *err);

/*
 * oc_expiry_column - n instants from dates and settlements; a settle of NULL means PM throughout.
 *   return  n, or the number of the first row without an answer (err is filled, rows from there on are not written)
 */
size_t oc_expiry_column(struct oc_expiry_cache *c, size_t n, const int32_t *date, const int32_t *settle, int64_t *ns,
                        struct oc_err *err);

#endif
