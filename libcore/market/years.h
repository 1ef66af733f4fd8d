/*
 * years - the time between two instants in years, by day count (--day-count).
 *
 *   act/365     seconds / (365 x 86400), the default
 *   act/360, act/365.25
 *   act/act     ISDA: days in leap years / 366 + days in other years / 365, the day in progress by its seconds
 *   30/360      bond basis (ISDA 2006, 4.16(f)) of the dates, + the difference of the times of day / 360
 *   bus/252     sessions of a calendar / 252, the session in progress by the part that has passed
 * Dates are those of the calendar's zone where one is given, else of UTC.  Counts of dates (30/360, bus/252) agree with the
 * textbook where both instants are local midnights; between them all counts run with the clock, so that 0DTE has a time.
 */
#ifndef OC_MARKET_YEARS_H
#define OC_MARKET_YEARS_H

#include "base/err.h"
#include "market/calendar.h"

#include <stddef.h>
#include <stdint.h>

enum oc_years_count { OC_YEARS_ACT365, OC_YEARS_ACT360, OC_YEARS_ACT36525, OC_YEARS_ACTACT, OC_YEARS_30360, OC_YEARS_BUS252 };

/* A name of the list above, in either case.  OC_USAGE, with the list, if it is none. */
int oc_years_find(const char *name, enum oc_years_count *count, struct oc_err *err);
const char *oc_years_name(enum oc_years_count count);

/*
 * oc_years_column - n times from `from` to `to` [ns UTC] in years; negative where `to` is earlier.
 *   cal     for bus/252 required, for act/act and 30/360 the zone of the dates, or NULL
 *   error   act/365, act/360, act/365.25: correctly rounded between whole seconds up to 146 years apart, else <= 1 ulp;
 *           the others <= 3e-16 of a year + 1 ulp
 *   return  n, or the number of the first row without an answer (bus/252 outside the calendar) with err filled
 *   cost    act/365 1 ns a row
 */
size_t oc_years_column(enum oc_years_count count, const struct oc_calendar *cal, size_t n, const int64_t *from, const int64_t *to,
                       double *years, struct oc_err *err);

#endif
