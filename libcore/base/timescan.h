/* timescan - times in the layouts of other people's files, told by a format; English words whatever the locale. */
#ifndef OC_BASE_TIMESCAN_H
#define OC_BASE_TIMESCAN_H

#include "base/time.h"

/* What a layout gave. */
struct oc_scanned {
    struct oc_stamp stamp;      /* as of oc_time_parse() */
    const char *zone;           /* the zone word of %Z, in the text (borrowed); NULL without one */
    size_t zone_len;
    int32_t date;               /* as it is written, before an offset is taken off; of %s, in UTC */
};

/*
 * oc_timescan_read - read a time in the layout fmt.
 *   fmt     %Y four digits; %y two (69-99 are 19xx, POSIX); %m %d %e %H %I %M %S one or two digits; %f the 1 to 9 digits
 *           of a fraction, %6f exactly 6; %p AM or PM; %a %A a weekday, short or long (must agree with the date); %b %B a month, short or
 *           long; %s seconds since 1970; %z Z, +HH:MM, +HHMM or +HH; %Z a zone word such as EDT, GMT-5 or
 *           America/New_York, left to market/zone; %% itself.  A blank stands for any number of blanks but none, other
 *           characters for themselves, letters in either case.
 *           Needs %s, or year, month and day; %p needs %I, %I needs %p.
 *   return  characters consumed (the caller decides what may follow); 0 if the text does not fit the layout, its fields
 *           contradict, or the instant is outside int64 ns.  fmt is ours: a bad one is refused by oc_timescan_check()
 */
size_t oc_timescan_read(const char *fmt, const char *p, size_t n, struct oc_scanned *out);

/* NULL if fmt can be used, else what is wrong with it, as a clause. */
const char *oc_timescan_check(const char *fmt);

#endif
