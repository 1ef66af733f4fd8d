/*
 * time - dates and instants as text and as numbers; no time zones (market/zone.h), no layouts (base/timescan.h).
 *
 * An instant is an int64 of nanoseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX), so it spans
 * 1677-09-21T00:12:43.145224193Z to 2262-04-11T23:47:16.854775807Z (the least int64 is no instant).  A date is an
 * int32 of days since 1970-01-01 in the proleptic Gregorian calendar, years 0001 to 9999.
 * Texts need no NUL behind them and nothing outside [p, p + n) is read.
 */
#ifndef OC_BASE_TIME_H
#define OC_BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OC_TIME_SECOND INT64_C(1000000000)      /* ns */
#define OC_TIME_DAY    (86400 * OC_TIME_SECOND) /* ns */
#define OC_TIME_DATE_MIN (-719162)              /* 0001-01-01 */
#define OC_TIME_DATE_MAX 2932896                /* 9999-12-31 */
#define OC_TIME_PRINT_MAX 32                    /* room that oc_time_print() may use */

/* How much of an instant the text gave. */
enum oc_time_parts { OC_TIME_HAS_DATE, OC_TIME_HAS_MINUTE, OC_TIME_HAS_SECOND };

struct oc_stamp {
    int64_t ns;                 /* UTC where absolute; else the local wall clock, counted as if it were UTC */
    enum oc_time_parts parts;   /* a date alone has ns at its midnight */
    bool absolute;              /* an offset or Z was there */
};

struct oc_civil { int32_t year; int32_t month, day; };      /* month 1-12, day 1-31 */

int32_t oc_time_days(int32_t year, int32_t month, int32_t day);     /* of a civil date, years -30000 to 30000 */
struct oc_civil oc_time_civil(int32_t days);                        /* the inverse; nonsense, but no trap, outside */
bool oc_time_valid(int32_t year, int32_t month, int32_t day);       /* exists, and year in 1..9999 */
int32_t oc_time_weekday(int32_t days);                              /* 0 Monday ... 6 Sunday */
int32_t oc_time_month_days(int32_t year, int32_t month);            /* 28 to 31 */

/* The date an instant falls on in UTC, and the instant of a date's midnight in UTC (-1: outside int64 ns). */
int32_t oc_time_date(int64_t ns);
int oc_time_midnight(int32_t days, int64_t *ns);

/*
 * oc_time_parse - RFC 3339 and its usual relaxations, strictly checked:
 *     YYYY-MM-DD, YYYY-MM-DDTHH:MM, ...:SS, ...:SS.f (1 to 9 digits), each time with an optional Z, +HH:MM, +HHMM
 *     or +HH behind it; T may be t or one blank, Z may be z.
 *   return  characters consumed; the caller decides what may follow.  0: not a time, impossible (30 February,
 *           second 60, hour 24, a tenth digit) or outside int64 ns; oc_time_why() tells in words
 *   cost    10 ns for YYYY-MM-DDTHH:MM:SSZ
 */
size_t oc_time_parse(const char *p, size_t n, struct oc_stamp *out);

/* Why oc_time_parse() refused the text, as a clause without the text: "month 13 does not exist". */
const char *oc_time_why(const char *p, size_t n);

/* RFC 3339 in UTC with no fraction or the 1 to 9 digits that are needed.  Returns the length; no NUL is written. */
size_t oc_time_print(char out[OC_TIME_PRINT_MAX], int64_t ns);

/* YYYY-MM-DD, exactly 10 characters at p.  oc_time_parse_date returns 10, or 0 if it is no date. */
size_t oc_time_parse_date(const char *p, size_t n, int32_t *days);
/* Of a date in OC_TIME_DATE_MIN..OC_TIME_DATE_MAX; returns 10. */
size_t oc_time_print_date(char out[OC_TIME_PRINT_MAX], int32_t days);

#endif
