/*
 * stepquotes - the one snapshot that oc-step reads: what its rows say of the market, of what is listed, and of volatilities.
 *
 * All rows must be of one run, path, step, ts and symbol; the first row of a second snapshot is refused by its place.
 * Read are ts, symbol, root, contract_symbol, type, strike, expiry, settle, calendar, years, expires_at, spot, rate,
 * dividend_yield, forward, iv; the rest plays no part.  Cells of one column that must be equal (spot, calendar), or equal in
 * each expiry (rate, forward), are refused where they are not; so are texts that are longer than there is room for.
 */
#ifndef OC_APP_STEPQUOTES_H
#define OC_APP_STEPQUOTES_H

#include "app/terms.h"
#include "record/run.h"

#include <stddef.h>
#include <stdint.h>

/* years: as the row states it or its expires_at, else by the calendar of its own columns. */
struct oc_stepquote { int32_t expiry, settle; double side, strike, years, rate, yield, forward, iv; };

/* One expiry: rows [first, first + n), ascending strikes, call before put. */
struct oc_stepexpiry { int32_t date, settle; size_t first, n; double rate, yield, forward; int64_t expires_at; };

struct oc_stepquotes {
    int64_t ts;
    char symbol[32], calendar[32], root[32];    /* "" where the rows name none, or several (roots) */
    double spot;                                /* NaN: not given */
    size_t n, cap;
    struct oc_stepquote *row;                   /* sorted by expiry, settle, strike, side */
    size_t nexpiry;
    struct oc_stepexpiry *expiry;               /* rate, yield, forward NaN where not given; expires_at [ns UTC] 0: the
                                                   calendar, which is not known here, says it */
    bool has_iv;
};

/* From the main input.  t: calendars and roots for the terms; day_count is act/365. */
int oc_stepquotes_read(struct oc_stepquotes *q, struct oc_io *io, struct oc_terms *t, struct oc_err *err);
void oc_stepquotes_free(struct oc_stepquotes *q);

/* The step of the listed strikes round the spot, and how many regular ones every expiry has on both sides of it. */
void oc_stepquotes_ladder(const struct oc_stepquotes *q, double spot, double *step, unsigned *size);

#endif
