/*
 * rules - what a funded account must keep: limits of drawdown, loss and risk, a target, and when it counts as reached.
 *
 * Fed trade by trade; says after each whether the account has passed, has failed and by which rule, or goes on.  All
 * amounts are fractions of the balance at the start, so 1 is that balance.
 *
 *   profit_target     passed at a balance of 1 + target, once min_trades, min_days and consistency hold too; absent: passed
 *                     when the log ends without a failure
 *   max_drawdown      failed when the balance has fallen by this: from 1 (`drawdown_from = static`), as a fraction of 1, or
 *                     from its peak (`trailing`), as a fraction of the peak
 *   drawdown_at       `intraday`: looked at after each trade; `eod`: at the end of each day, of day-end balances and their
 *                     peak
 *   max_daily_loss    loss since the balance at the day's start, as a fraction of that balance; after each trade
 *   max_risk          largest share of the balance that a trade may risk; what counts as risk is the caller's matter
 *   min_trades, min_days    days are those with a trade
 *   consistency       the best day's profit is at most this share of the whole profit when the target counts as reached
 *   max_days          calendar days from the first trade; failed on the first trade beyond
 * Limits are reached with OC_RULES_SLACK to spare: a loss of 3 % computed from money may come out as 0.0299999999999999, and
 * is 3 %.
 */
#ifndef OC_RISK_RULES_H
#define OC_RISK_RULES_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What rounding may do to a balance after thousands of trades; no rule is stated so finely. */
#define OC_RULES_SLACK 1e-11

enum oc_breach {
    OC_BREACH_NONE, OC_BREACH_MAX_DRAWDOWN, OC_BREACH_MAX_DAILY_LOSS, OC_BREACH_MAX_RISK, OC_BREACH_MAX_DAYS,
    OC_BREACH_BLOWN, OC_BREACHES
};

struct oc_rules {
    double profit_target, max_drawdown, max_daily_loss, max_risk, consistency;      /* NaN: no such rule */
    bool trailing, eod;
    bool risk_by_notional;          /* max_risk is of quantity * entry price; else of the distance to the stop */
    uint32_t min_trades, min_days, max_days;    /* 0: no such rule */
    bool said_from, said_at, said_by;           /* drawdown_from, drawdown_at, risk_by were set by name */
};

#define OC_RULES_NONE { .profit_target = __builtin_nan(""), .max_drawdown = __builtin_nan(""), \
                        .max_daily_loss = __builtin_nan(""), .max_risk = __builtin_nan(""), \
                        .consistency = __builtin_nan("") }

enum oc_verdict { OC_GOES_ON, OC_PASSED, OC_FAILED };

/* The account so far; start with oc_rules_start(). */
struct oc_account {
    double balance, peak;           /* 1 at the start */
    double day_start, day_peak;     /* balance at the start of the day; peak of day-end balances */
    double best_day;                /* largest profit of a finished day */
    int64_t day, first_day;         /* of the last and first trade */
    uint32_t trades, days;
    enum oc_breach failed;
};

void oc_rules_start(struct oc_account *a);
/* One closed trade: its return on the balance, its day, its risk as a share of the balance (NaN: not known). */
enum oc_verdict oc_rules_trade(const struct oc_rules *r, struct oc_account *a, double ret, int64_t day, double risk);
/* The log is over: the last day ends; without a target what has not failed has passed. */
enum oc_verdict oc_rules_end(const struct oc_rules *r, struct oc_account *a);

/* "name = value" into *r; percentages are read.  OC_USAGE with the nearest name. */
int oc_rules_set(struct oc_rules *r, const char *name, const char *value, struct oc_err *err);
/* Lines of "name = value", # comments.  OC_FORMAT with file and line. */
int oc_rules_read(struct oc_rules *r, const char *path, const char *text, size_t n, struct oc_err *err);
/*
 * OC_USAGE: a limit of 0 or above 1 that can never hold, min_days above max_days, and what nothing uses: consistency without
 * profit_target, drawdown_from and drawdown_at without max_drawdown, risk_by without max_risk.
 */
int oc_rules_check(const struct oc_rules *r, struct oc_err *err);
bool oc_rules_any(const struct oc_rules *r);
const char *oc_rules_name(enum oc_breach id);

#endif
