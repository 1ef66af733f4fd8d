/* schedule - the expiries that rules list at an instant: see schedule.h. */
#include "market/schedule.h"

#include "base/nearest.h"
#include "base/num.h"
#include "base/time.h"

#include <stdio.h>
#include <string.h>

/* ---- dates ----------------------------------------------------------------------------------------------- */

static int32_t third_friday(int32_t year, int32_t month)
{
    const int32_t first = oc_time_days(year, month, 1);

    return first + (11 - oc_time_weekday(first)) % 7 + 14;      /* Friday is weekday 4 of a week that begins on Monday */
}

/* The last day of a month that is one of the weekdays; bit 0 is Sunday. */
static int32_t last_weekday(int32_t year, int32_t month, unsigned weekdays)
{
    int32_t d = oc_time_days(year, month, oc_time_month_days(year, month));

    while (!(weekdays >> (oc_time_weekday(d) + 1) % 7 & 1))
        d--;
    return d;
}

/* The date that a rule names in a month; INT32_MIN: none. */
static int32_t in_month(const struct oc_rule *r, int32_t year, int32_t month)
{
    switch (r->form) {
    case OC_RULE_THIRD: return third_friday(year, month);
    case OC_RULE_QUARTERLY: return month % 3 == 0 ? third_friday(year, month) : INT32_MIN;
    case OC_RULE_LEAPS: return month == 1 ? third_friday(year, month) : INT32_MIN;
    case OC_RULE_MONTH_LAST: return last_weekday(year, month, r->weekdays);
    case OC_RULE_YEAR_LAST: return month == r->month ? last_weekday(year, month, r->weekdays) : INT32_MIN;
    case OC_RULE_QUARTER_END: return month % 3 == 0 ? last_weekday(year, month, 127) : INT32_MIN;
    case OC_RULE_DAILY:
    case OC_RULE_WEEKLY:
    case OC_RULE_DATE: break;
    }
    return INT32_MIN;
}

/* The first date from `from` on that the rule names, before it is rolled; INT32_MAX: none any more. */
static int32_t next_date(const struct oc_rule *r, int32_t from)
{
    if (r->form == OC_RULE_DAILY)
        return from;
    if (r->form == OC_RULE_DATE)
        return from <= r->date ? r->date : INT32_MAX;
    if (r->form == OC_RULE_WEEKLY) {
        while (!(r->weekdays >> (oc_time_weekday(from) + 1) % 7 & 1))
            from++;
        return from;
    }
    struct oc_civil c = oc_time_civil(from);
    for (;;) {
        const int32_t d = in_month(r, c.year, c.month);
        if (d >= from)
            return d;
        c.year += c.month == 12;
        c.month = c.month % 12 + 1;
    }
}

/* ---- expiries -------------------------------------------------------------------------------------------- */

/* Expiries of all rules as they are found, with room for the longest list. */
struct found { size_t n; struct oc_listed *out; };

/* Put an expiry in its place; one that is there takes the rule besides. */
static int insert(struct found *f, const struct oc_listed *e, struct oc_err *err)
{
    size_t i = f->n;

    while (i && f->out[i - 1].expires_at > e->expires_at)
        i--;
    if (i && f->out[i - 1].expires_at == e->expires_at) {
        f->out[i - 1].rules |= e->rules;
        return 0;
    }
    if (f->n == OC_EXPIRY_MAX)
        return oc_fail(err, OC_USAGE, "the schedule lists more than %d expiries", OC_EXPIRY_MAX);
    memmove(f->out + i + 1, f->out + i, (f->n - i) * sizeof *f->out);
    f->out[i] = *e;
    f->n++;
    return 0;
}

/* The next target_count expiries of rule i; a date that is no session is the session before, so two dates may be one. */
static int list_rule(const struct oc_schedule *s, size_t i, int64_t now, struct found *f, struct oc_err *err)
{
    const struct oc_rule *r = &s->rule[i];
    int64_t last = now;
    unsigned count = 0;

    /* a settlement at 24:00 lies on the next day, and zones are up to a day apart */
    for (int32_t d = next_date(r, oc_time_date(now) - 2); d != INT32_MAX && count < r->target_count;
         d = next_date(r, d + 1)) {
        struct oc_listed e = { .settle = r->settle, .rules = UINT64_C(1) << i };
        if (r->form == OC_RULE_DAILY && !oc_calendar_is_session(s->calendar, d)) {
            int32_t reach[2];
            oc_calendar_covers(s->calendar, &reach[0], &reach[1]);
            if (d >= reach[0] && d <= reach[1])
                continue;
        }
        if (oc_calendar_step(s->calendar, d, 0, &e.date, err)
            || oc_expiry_instant(s->calendar, e.date, r->settle, &e.expires_at, err))
            return oc_while(err, "rule '%s'", r->label);
        if (e.expires_at <= last)
            continue;
        last = e.expires_at;
        count++;
        if (insert(f, &e, err))
            return -1;
    }
    return 0;
}

int oc_schedule_at(const struct oc_schedule *s, int64_t now, struct oc_listed *out, size_t *n, struct oc_err *err)
{
    struct found f = { .out = out };

    for (size_t i = 0; i < s->n; i++)
        if (list_rule(s, i, now, &f, err))
            return -1;
    *n = f.n;
    return 0;
}

/* ---- text ------------------------------------------------------------------------------------------------ */

static const char *const words[] = {
    "daily", "weekly", "monthly", "month-last", "quarterly", "quarter-end", "leaps", "year-last"
};
static const enum oc_rule_form forms[] = {
    OC_RULE_DAILY, OC_RULE_WEEKLY, OC_RULE_THIRD, OC_RULE_MONTH_LAST, OC_RULE_QUARTERLY, OC_RULE_QUARTER_END, OC_RULE_LEAPS,
    OC_RULE_YEAR_LAST
};
enum { WORDS = sizeof words / sizeof *words };

/* A piece of the text, [p, p + n). */
struct piece { const char *p; size_t n; };

static int refuse(struct piece rule, const char *why, struct oc_err *err)
{
    return oc_fail(err, OC_USAGE, "'%.*s': %s", (int)rule.n, rule.p, why);
}

/* Cut off what follows the first of a character; the piece ends before it.  False: the character is not there. */
static bool cut(struct piece *from, char at, struct piece *tail)
{
    const char *p = memchr(from->p, at, from->n);

    *tail = (struct piece){ 0 };
    if (!p)
        return false;
    *tail = (struct piece){ p + 1, from->n - (size_t)(p + 1 - from->p) };
    from->n = (size_t)(p - from->p);
    return true;
}

/* fri+mon as bits; 0: a word is none. */
static unsigned weekdays(struct piece text)
{
    static const char names[] = "sunmontuewedthufrisat";
    unsigned bits = 0;

    for (struct piece rest; text.p; text = rest) {
        unsigned day = 7;
        if (!cut(&text, '+', &rest))
            rest.p = NULL;
        for (unsigned i = 0; i < 7 && text.n == 3; i++)
            if (strncasecmp(text.p, names + 3 * i, 3) == 0)
                day = i;
        if (day == 7)
            return 0;
        bits |= 1u << day;
    }
    return bits;
}

/* What stands behind the slashes: weekdays, and a month. */
static int read_days(struct oc_rule *r, struct piece rule, struct piece days, struct piece month, struct oc_err *err)
{
    int64_t m = 0;
    const bool last = r->form == OC_RULE_MONTH_LAST || r->form == OC_RULE_YEAR_LAST;

    if (days.p && r->form != OC_RULE_WEEKLY && !last)
        return refuse(rule, "this rule takes no weekdays", err);
    if (!days.p && last)
        return refuse(rule, "a last weekday needs its name, as in month-last/fri and year-last/fri/12", err);
    r->weekdays = days.p ? weekdays(days) : r->form == OC_RULE_WEEKLY ? 1u << 5 : 0;
    if (days.p && !r->weekdays)
        return refuse(rule, "weekdays are sun mon tue wed thu fri sat, joined by +", err);
    if (!month.p != (r->form != OC_RULE_YEAR_LAST))
        return refuse(rule, month.p ? "this rule takes no month" : "the month is missing, as in year-last/fri/12", err);
    if (month.p && (oc_num_i64(month.p, month.n, &m) || m < 1 || m > 12))
        return refuse(rule, "a month is a number from 1 to 12", err);
    r->month = (int32_t)m;
    return 0;
}

static int read_name(struct oc_rule *r, struct piece rule, struct piece name, struct oc_err *err)
{
    struct piece days, month;
    char word[64];

    if (oc_time_parse_date(name.p, name.n, &r->date) == 10 && name.n == 10) {
        r->form = OC_RULE_DATE;
        return 0;
    }
    if (cut(&name, '/', &days))
        cut(&days, '/', &month);
    else
        month = days;
    for (int i = 0; i < WORDS; i++)
        if (strlen(words[i]) == name.n && memcmp(words[i], name.p, name.n) == 0) {
            r->form = forms[i];
            return read_days(r, rule, days, month, err);
        }
    snprintf(word, sizeof word, "%.*s", (int)name.n, name.p);
    const char *near = oc_nearest(word, WORDS, words);
    return oc_fail(err, OC_USAGE, "'%.*s' is no rule of a schedule%s%s%s", (int)rule.n, rule.p,
                   near ? "; did you mean '" : "",
                   near ? near : ": daily, weekly, monthly, month-last, quarterly, quarter-end, leaps, year-last, or a date",
                   near ? "'?" : "");
}

/* The label given, or the name of the rule with - for what a label may not have. */
static int read_label(struct oc_rule *r, struct piece rule, struct piece label, struct piece name, struct oc_err *err)
{
    const struct piece from = label.p ? label : name;

    if (from.n == 0 || from.n >= sizeof r->label)
        return refuse(rule, "a label has 1 to 64 characters", err);
    for (size_t i = 0; i < from.n; i++) {
        const char c = from.p[i];
        const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!good && label.p)
            return refuse(rule, "a label consists of letters, digits, _ and -", err);
        r->label[i] = good ? c : '-';
    }
    r->label[from.n] = '\0';
    return 0;
}

static int read_rule(struct oc_rule *r, struct piece rule, int32_t settle, struct oc_err *err)
{
    struct piece name = rule, label, when, count;
    int64_t n = 1;

    cut(&name, '=', &label);
    const bool at = cut(&name, '@', &when), counted = cut(&name, ':', &count);
    *r = (struct oc_rule){ .settle = settle };
    if (read_name(r, rule, name, err) || read_label(r, rule, label, name, err))
        return -1;
    if (counted && (oc_num_i64(count.p, count.n, &n) || n < 1 || n > OC_EXPIRY_MAX))
        return oc_fail(err, OC_USAGE, "'%.*s': a count is a number from 1 to %d", (int)rule.n, rule.p, OC_EXPIRY_MAX);
    if (r->form == OC_RULE_DATE && counted && n != 1)
        return refuse(rule, "a date is one expiry", err);
    r->target_count = (unsigned)n;
    if (at && oc_expiry_settle(when.p, when.n, &r->settle))
        return refuse(rule, "a settlement is PM, AM or HH:MM", err);
    return 0;
}

int oc_schedule_parse(const char *text, int32_t settle, struct oc_schedule *s, struct oc_err *err)
{
    struct piece rule = { text, strlen(text) };

    s->n = 0;
    for (struct piece rest; rule.p; rule = rest) {
        if (!cut(&rule, ',', &rest))
            rest.p = NULL;
        if (rule.n == 0)
            return oc_fail(err, OC_USAGE,
                           "a rule is empty: RULE[:COUNT][@SETTLE][=LABEL] by commas, as in weekly:4,monthly:6");
        if (s->n == OC_RULE_MAX)
            return oc_fail(err, OC_USAGE, "a schedule has at most %d rules", OC_RULE_MAX);
        if (read_rule(&s->rule[s->n], rule, settle, err))
            return -1;
        for (size_t i = 0; i < s->n; i++)
            if (strcmp(s->rule[i].label, s->rule[s->n].label) == 0)
                return oc_fail(err, OC_USAGE, "two rules have the label '%s': =LABEL behind a rule names it",
                               s->rule[i].label);
        s->n++;
    }
    return 0;
}
