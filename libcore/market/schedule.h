/*
 * schedule - which expiries are listed at an instant: rules such as daily, weekly, third Friday, quarterly, LEAPS.
 *
 * A rule names dates; the calendar rolls a date that is no session to the session before it; the settlement (PM, AM, HH:MM)
 * makes it an instant.  At instant t each rule lists its next target_count expiries with instant > t.  Several rules on one
 * instant make one expiry with all labels, in the order of the rules.
 *
 * Text form (--schedule), by commas:  RULE[:COUNT][@SETTLE][=LABEL]
 *   daily                  every session
 *   weekly[/fri[+mon..]]   these weekdays, Friday unless told
 *   monthly                third Friday
 *   month-last/fri         last such weekday of each month (OptionChain-Simulator's `monthly`)
 *   quarterly              third Friday of March, June, September, December;  quarter-end: last session of these months
 *   leaps                  third Friday of January
 *   year-last/fri/12       last such weekday of a month (its `yearly`)
 *   DATE                   that date, once
 * COUNT is 1 unless told; a label the rule's name, with - for / and +.  A weekday's rule that meets a holiday expires on
 * the session before, where two of its dates may meet: they are one expiry, and the next date counts.
 */
#ifndef OC_MARKET_SCHEDULE_H
#define OC_MARKET_SCHEDULE_H

#include "base/err.h"
#include "market/calendar.h"
#include "market/expiry.h"

#include <stddef.h>
#include <stdint.h>

enum { OC_RULE_MAX = 64, OC_EXPIRY_MAX = 4096 };

enum oc_rule_form {
    OC_RULE_DAILY, OC_RULE_WEEKLY, OC_RULE_THIRD, OC_RULE_MONTH_LAST, OC_RULE_QUARTERLY, OC_RULE_QUARTER_END, OC_RULE_LEAPS,
    OC_RULE_YEAR_LAST, OC_RULE_DATE
};

struct oc_rule {
    enum oc_rule_form form;
    unsigned weekdays;              /* bit 0 Sunday ... bit 6 Saturday */
    int32_t month;                  /* YEAR_LAST */
    int32_t date;                   /* DATE */
    int32_t settle;                 /* market/expiry.h */
    unsigned target_count;          /* >= 1 */
    char label[65];                 /* [A-Za-z0-9_-] */
};

struct oc_schedule {
    const struct oc_calendar *calendar;     /* borrowed */
    size_t n;
    struct oc_rule rule[OC_RULE_MAX];
};

struct oc_listed {
    int32_t date;                   /* as listed: rolled to a session */
    int32_t settle;
    int64_t expires_at;             /* ns UTC */
    uint64_t rules;                 /* bit i: rule i lists it */
};

/* settle: of rules that say nothing of it.  OC_USAGE with the place where the text is no schedule. */
int oc_schedule_parse(const char *text, int32_t settle, struct oc_schedule *s, struct oc_err *err);
/* Expiries with expires_at > now, ascending, at most OC_EXPIRY_MAX.  OC_DATA where the calendar ends. */
int oc_schedule_at(const struct oc_schedule *s, int64_t now, struct oc_listed *out, size_t *n, struct oc_err *err);

#endif
