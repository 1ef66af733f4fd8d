/* rules - see rules.h */
#include "risk/rules.h"

#include "base/nearest.h"
#include "base/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- an account under rules --------------------------------------------------------------------------------------- */

void oc_rules_start(struct oc_account *a)
{
    *a = (struct oc_account){ .balance = 1, .peak = 1, .day_start = 1, .day_peak = 1 };
}

static enum oc_verdict fail(struct oc_account *a, enum oc_breach by)
{
    a->failed = by;
    return OC_FAILED;
}

/* False also where the rule is not set: a comparison with NaN. */
static bool too_low(const struct oc_rules *r, double balance, double peak)
{
    return (r->trailing ? (peak - balance) / peak : 1 - balance) >= r->max_drawdown - OC_RULES_SLACK;
}

/* The day of the last trade is over. */
static enum oc_verdict end_day(const struct oc_rules *r, struct oc_account *a)
{
    if (!a->trades)
        return OC_GOES_ON;
    const double profit = a->balance - a->day_start;
    a->best_day = profit > a->best_day ? profit : a->best_day;
    a->day_peak = a->balance > a->day_peak ? a->balance : a->day_peak;
    a->day_start = a->balance;
    return r->eod && too_low(r, a->balance, a->day_peak) ? fail(a, OC_BREACH_MAX_DRAWDOWN) : OC_GOES_ON;
}

/* Everything that a target needs besides the balance. */
static bool target_counts(const struct oc_rules *r, const struct oc_account *a)
{
    const double today = a->balance - a->day_start, best = today > a->best_day ? today : a->best_day;

    return a->balance - 1 >= r->profit_target - OC_RULES_SLACK && a->trades >= r->min_trades && a->days >= r->min_days
           && !(best > r->consistency * (a->balance - 1) + OC_RULES_SLACK);
}

enum oc_verdict oc_rules_trade(const struct oc_rules *r, struct oc_account *a, double ret, int64_t day, double risk)
{
    if (a->trades && day != a->day && end_day(r, a) == OC_FAILED)
        return OC_FAILED;
    if (!a->trades)
        a->first_day = day;
    a->days += !a->trades || day != a->day;
    a->day = day;
    a->trades++;
    if (r->max_days && day - a->first_day >= (int64_t)r->max_days)
        return fail(a, OC_BREACH_MAX_DAYS);
    if (risk > r->max_risk + OC_RULES_SLACK)
        return fail(a, OC_BREACH_MAX_RISK);
    a->balance *= 1 + ret;
    a->peak = a->balance > a->peak ? a->balance : a->peak;
    if (a->balance <= 0)
        return fail(a, OC_BREACH_BLOWN);
    if ((a->day_start - a->balance) / a->day_start >= r->max_daily_loss - OC_RULES_SLACK)
        return fail(a, OC_BREACH_MAX_DAILY_LOSS);
    if (!r->eod && too_low(r, a->balance, a->peak))
        return fail(a, OC_BREACH_MAX_DRAWDOWN);
    return target_counts(r, a) ? OC_PASSED : OC_GOES_ON;
}

enum oc_verdict oc_rules_end(const struct oc_rules *r, struct oc_account *a)
{
    if (end_day(r, a) == OC_FAILED)
        return OC_FAILED;
    return isnan(r->profit_target) && a->trades >= r->min_trades && a->days >= r->min_days ? OC_PASSED : OC_GOES_ON;
}

const char *oc_rules_name(enum oc_breach id)
{
    static const char *const names[OC_BREACHES] = {
        "none", "max_drawdown", "max_daily_loss", "max_risk", "max_days", "blown"
    };

    return id < OC_BREACHES ? names[id] : "none";
}

/* ---- texts --------------------------------------------------------------------------------------------------------- */

static const char *const rule_names[] = {
    "profit_target", "max_drawdown", "max_daily_loss", "max_risk", "consistency", "min_trades", "min_days", "max_days",
    "drawdown_from", "drawdown_at", "risk_by"
};
enum { FRACTIONS = 5, COUNTS = 8, RULES = 11 };

static int set_word(bool *flag, bool *said, const char *name, const char *value, const char *no, const char *yes,
                    struct oc_err *err)
{
    if (strcmp(value, no) != 0 && strcmp(value, yes) != 0)
        return oc_fail(err, OC_USAGE, "%s: '%s' is neither %s nor %s", name, value, no, yes);
    *flag = strcmp(value, yes) == 0;
    *said = true;
    return 0;
}

static int set_fraction(double *to, const char *name, const char *value, struct oc_err *err)
{
    const size_t n = strlen(value), digits = n - (n && value[n - 1] == '%');
    double v;

    if ((digits < n ? oc_num_scaled(value, digits, "0.01", &v) : oc_num_f64(value, n, &v)) != OC_NUM_OK || v < 0)
        return oc_fail(err, OC_USAGE, "%s: '%s' is no fraction: 0.05 or 5%%", name, value);
    *to = v;
    return 0;
}

int oc_rules_set(struct oc_rules *r, const char *name, const char *value, struct oc_err *err)
{
    double *const fraction[] = { &r->profit_target, &r->max_drawdown, &r->max_daily_loss, &r->max_risk, &r->consistency };
    uint32_t *const count[] = { &r->min_trades, &r->min_days, &r->max_days };
    char *end;
    int k = 0;

    while (k < RULES && strcmp(name, rule_names[k]) != 0)
        k++;
    if (k < FRACTIONS)
        return set_fraction(fraction[k], name, value, err);
    if (k < COUNTS) {
        const unsigned long v = strtoul(value, &end, 10);
        if (!*value || *end || strspn(value, "0123456789") != strlen(value) || v > 1000000)
            return oc_fail(err, OC_USAGE, "%s: '%s' is no number up to 1000000", name, value);
        *count[k - FRACTIONS] = (uint32_t)v;
        return 0;
    }
    switch (k) {
    case 8: return set_word(&r->trailing, &r->said_from, name, value, "static", "trailing", err);
    case 9: return set_word(&r->eod, &r->said_at, name, value, "intraday", "eod", err);
    case 10: return set_word(&r->risk_by_notional, &r->said_by, name, value, "stop", "notional", err);
    default: break;
    }
    const char *near = oc_nearest(name, RULES, rule_names);
    return oc_fail(err, OC_USAGE, "'%s' is no rule%s%s%s", name, near ? "; did you mean " : "", near ? near : "",
                   near ? "?" : "");
}

/* [p, e) without blanks at its ends, in buf; -1 where it does not fit. */
static int trimmed(const char *p, const char *e, char *buf, size_t size)
{
    while (p < e && strchr(" \t\r", *p))
        p++;
    while (e > p && strchr(" \t\r", e[-1]))
        e--;
    if ((size_t)(e - p) >= size)
        return -1;
    memcpy(buf, p, (size_t)(e - p));
    buf[e - p] = '\0';
    return 0;
}

static int read_line(struct oc_rules *r, const char *p, const char *e, struct oc_err *err)
{
    const char *hash = memchr(p, '#', (size_t)(e - p)), *end = hash ? hash : e;
    const char *eq = memchr(p, '=', (size_t)(end - p));
    char name[64], value[64];

    if (!eq) {
        if (trimmed(p, end, value, sizeof value) == 0 && !*value)
            return 0;
        return oc_fail(err, OC_FORMAT, "this is no line of the form name = value");
    }
    if (trimmed(p, eq, name, sizeof name) || trimmed(eq + 1, end, value, sizeof value))
        return oc_fail(err, OC_FORMAT, "a name or value of more than 63 letters");
    if (oc_rules_set(r, name, value, err)) {
        err->code = OC_FORMAT;
        return -1;
    }
    return 0;
}

int oc_rules_read(struct oc_rules *r, const char *path, const char *text, size_t n, struct oc_err *err)
{
    uint64_t line = 1;

    if (n && memchr(text, '\0', n)) {
        oc_fail(err, OC_FORMAT, "this is binary and no file of rules");
        return oc_at(err, path, 0, 0);
    }
    for (const char *p = text, *end = text + n; p < end; line++) {
        const char *lf = memchr(p, '\n', (size_t)(end - p)), *e = lf ? lf : end;
        if (read_line(r, p, e, err))
            return oc_at(err, path, line, 0);
        p = lf ? lf + 1 : end;
    }
    return 0;
}

/* A rule that nothing uses would look kept. */
static int check_use(const struct oc_rules *r, struct oc_err *err)
{
    const struct { bool said; double used; const char *name, *by; } of[] = {
        { !isnan(r->consistency), r->profit_target, "consistency", "profit_target" },
        { r->said_from, r->max_drawdown, "drawdown_from", "max_drawdown" },
        { r->said_at, r->max_drawdown, "drawdown_at", "max_drawdown" },
        { r->said_by, r->max_risk, "risk_by", "max_risk" },
    };

    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (of[i].said && isnan(of[i].used))
            return oc_fail(err, OC_USAGE, "%s has no effect without %s", of[i].name, of[i].by);
    return 0;
}

int oc_rules_check(const struct oc_rules *r, struct oc_err *err)
{
    const double limit[] = { r->max_drawdown, r->max_daily_loss, r->consistency };
    const char *const name[] = { "max_drawdown", "max_daily_loss", "consistency" };

    for (size_t i = 0; i < 3; i++)
        if (limit[i] <= 0 || limit[i] > 1)
            return oc_fail(err, OC_USAGE, "%s: %g is not within (0, 1]", name[i], limit[i]);
    if (r->profit_target <= 0)
        return oc_fail(err, OC_USAGE, "profit_target: %g is not above 0", r->profit_target);
    if (r->max_days && r->min_days > r->max_days)
        return oc_fail(err, OC_USAGE, "min_days %u is above max_days %u", r->min_days, r->max_days);
    return check_use(r, err);
}

bool oc_rules_any(const struct oc_rules *r)
{
    return !isnan(r->profit_target) || !isnan(r->max_drawdown) || !isnan(r->max_daily_loss) || !isnan(r->max_risk)
           || r->min_trades || r->min_days || r->max_days;
}
