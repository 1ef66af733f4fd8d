/* tzrule - the POSIX TZ rule that ends a zoneinfo file: "EST5EDT,M3.2.0,M11.1.0", "<-03>3", "IST-1GMT0,M10.5.0,M3.5.0/1". */
#ifndef OC_MARKET_TZRULE_H
#define OC_MARKET_TZRULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When a change happens: form 'M' month m, week (5 last), weekday (0 Sunday); 'J' day 1-365 without 29 February; 'n' 0-365. */
struct oc_tzrule_when { char form; int32_t month, week, day; int32_t seconds; };

struct oc_tzrule {
    bool has_dst;
    int32_t offset[2];                  /* seconds east of UTC: standard, daylight */
    char abbr[2][12];
    struct oc_tzrule_when change[2];    /* to standard, to daylight; wall clock of the time before */
};

/* 0, or -1 if the text (n bytes, no NUL) is not a rule of RFC 8536 section 3.3. */
int oc_tzrule_parse(const char *p, size_t n, struct oc_tzrule *out);

/* The instant [s since 1970] at which the rule changes to standard (which 0) or daylight (1) in a year. */
int64_t oc_tzrule_change(const struct oc_tzrule *rule, int32_t year, int which);

#endif
