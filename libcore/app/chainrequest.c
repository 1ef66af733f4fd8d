/* chainrequest - see chainrequest.h. */
#include "app/chainrequest.h"

#include "base/time.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int calendar(const char *head, const char *zone, const char *days, struct oc_calendar **cal, struct oc_err *err)
{
    char text[400];
    const int n = snprintf(text, sizeof text,
                           "oc-calendar 1\n%s\nversion v1\nzone %s\n"
                           "covers 1970-01-02 2199-12-31\nhours 1970-01-02 %s 00:00 24:00\n", head, zone, days);

    return oc_calendar_read("calendar of the request", text, (size_t)n, cal, err);
}

/* weekdays_v1: weekdays without holidays in the request's zone, the one calendar that requests know. */
static int weekdays(const struct oc_ocsjson *r, struct oc_calendar **cal, struct oc_err *err)
{
    if (*r->calendar && strcmp(r->calendar, "weekdays_v1") != 0)
        return oc_fail(err, OC_USAGE, "the calendar of the request is '%s', and requests are of weekdays_v1: --schedule and "
                       "--calendar supply another", r->calendar);
    return calendar("id WEEKDAYS\ntitle Weekdays without holidays", *r->timezone ? r->timezone : "UTC", "mon-fri", cal, err);
}

/* v1 knows days of 24 hours. */
static int every_day(struct oc_calendar **cal, struct oc_err *err)
{
    return calendar("id EVERYDAY\ntitle Every day", "UTC", "mon-sun", cal, err);
}

/* v2: rules by their names, all at one local time. */
static int rolling(const struct oc_ocsjson *r, int32_t settle, struct oc_schedule *s, struct oc_err *err)
{
    static const enum oc_rule_form forms[] = { OC_RULE_DAILY, OC_RULE_WEEKLY, OC_RULE_MONTH_LAST, OC_RULE_YEAR_LAST };

    if (r->nrule > OC_RULE_MAX)
        return oc_fail(err, OC_USAGE, "the request has %zu schedules, more than %d", r->nrule, OC_RULE_MAX);
    for (size_t i = 0; i < r->nrule; i++) {
        struct oc_rule *rule = &s->rule[i];
        if (r->rule[i].target_count < 1 || r->rule[i].target_count > OC_EXPIRY_MAX)
            return oc_fail(err, OC_USAGE, "target_count of '%s' is not from 1 to %d", r->rule[i].id, OC_EXPIRY_MAX);
        *rule = (struct oc_rule){ .form = forms[r->rule[i].kind], .weekdays = r->rule[i].weekdays << 1,
                                  .month = r->rule[i].month,
                                  .settle = settle, .target_count = (unsigned)r->rule[i].target_count };
        memcpy(rule->label, r->rule[i].id, sizeof rule->label);
    }
    s->n = r->nrule;
    return 0;
}

/* v1: one expiry some days of 24 hours away.  Expiries stand on whole minutes here. */
static int fixed(const struct oc_ocsjson *r, int64_t ts, struct oc_schedule *s, struct oc_err *err)
{
    const double days = r->days_to_expiration;

    if (!(days > 0 && days < 36500))
        return oc_fail(err, OC_USAGE, "days_to_expiration is %g, not from above 0 to 36500", days);
    const int64_t end = ts + (int64_t)floor(days * 86400 + 0.5) * OC_TIME_SECOND, day = oc_time_date(end);
    const int64_t left = end - day * OC_TIME_DAY;
    if (left % (60 * OC_TIME_SECOND) != 0)
        return oc_fail(err, OC_USAGE,
                       "the expiry of a request of version 1 falls days_to_expiration after --ts, which here is no "
                       "whole minute: --ts of whole minutes, or --schedule");
    s->n = 1;
    s->rule[0] = (struct oc_rule){ .form = OC_RULE_DATE, .date = (int32_t)day,
                                   .settle = (int32_t)(left / (60 * OC_TIME_SECOND)),
                                   .target_count = 1, .label = "expiry" };
    return 0;
}

/* Of rules that say nothing of it: --settle, else the request's time; its calendar's days are without hours of their own. */
static int settle_of(const struct oc_ocsjson *r, const struct oc_chain_words *w, int32_t *settle, struct oc_err *err)
{
    if (w->settle)
        return oc_expiry_settle(w->settle, strlen(w->settle), settle)
            ? oc_fail(err, OC_USAGE, "--settle: '%s' is none of PM, AM, HH:MM", w->settle) : 0;
    if (!r->has_clock)
        return oc_fail(err, OC_USAGE, "the request has no expiration_time: --settle HH:MM supplies it");
    if (r->expiration_time % 60)
        return oc_fail(err, OC_USAGE, "expiration_time is no whole minute");
    *settle = (int32_t)(r->expiration_time / 60);
    return 0;
}

/* --schedule stands above the request's, on the calendar that it names, unless --calendar stands above that too. */
static int schedule(const struct oc_ocsjson *r, const struct oc_chain_words *w, int64_t ts, struct oc_chain_plan *p,
                    struct oc_err *err)
{
    int32_t settle;

    if (!w->schedule && w->calendar)
        return oc_fail(err, OC_USAGE, "--calendar beside a request needs --schedule: a request has its own calendar");
    if (w->schedule && (w->calendar || !*r->calendar))
        return 0;
    if (!w->schedule && r->nrule == 0)
        return isnan(r->days_to_expiration)
            ? oc_fail(err, OC_USAGE, "the request has neither schedules nor days_to_expiration: --schedule supplies them")
            : every_day(&p->calendar, err) || fixed(r, ts, &p->chain.schedule, err) ? -1 : 0;
    if (weekdays(r, &p->calendar, err) || settle_of(r, w, &settle, err))
        return -1;
    if (!w->schedule)
        return rolling(r, settle, &p->chain.schedule, err);
    return oc_schedule_parse(w->schedule, settle, &p->chain.schedule, err) ? oc_while(err, "--schedule") : 0;
}

static void number(double *option, double request)
{
    if (isnan(*option))
        *option = request;
}

int oc_chainrequest_fill(const struct oc_ocsjson *r, struct oc_chain_words *w, int64_t ts, struct oc_chain_plan *p,
                         struct oc_err *err)
{
    if (!w->symbol && *r->symbol)
        w->symbol = r->symbol;
    number(&w->spot, r->initial_price);
    number(&w->rate, w->curve ? NAN : r->risk_free_rate);
    number(&w->dividend_yield, r->dividend_yield);
    if (!w->surface)
        number(&w->vol, r->volatility);
    return schedule(r, w, ts, p, err) ? oc_while(err, "--spec") : 0;
}

/*
 * Seconds on the clock of a step: as told, else one time frame.  Its periods are those of a trading year, its steps are
 * looked at on a clock that runs day and night: a day is 24 hours.  NaN for frames that have no length of whole seconds.
 */
static double seconds_of(const struct oc_ocsjson *r)
{
    static const struct { double periods, seconds; } frame[] = {
        { 5896800, 1 }, { 98280, 60 }, { 1638, 3600 }, { 252, 86400 }, { 52, 7 * 86400 }
    };
    double seconds = NAN;

    if (r->has_interval)
        return (double)r->step_interval_seconds;
    for (size_t i = 0; i < sizeof frame / sizeof *frame; i++)
        if (r->time_frame == frame[i].periods)
            seconds = frame[i].seconds;
    return seconds;
}

void oc_chainrequest_rest(const struct oc_ocsjson *r, const struct oc_chain_words *w, struct oc_chain_plan *p)
{
    struct oc_chain_spec *s = &p->chain;

    if (!w->surface && !w->smile) {
        s->smile.slice[0].p[1] = isnan(r->skew_slope) ? -0.2 : r->skew_slope;
        s->smile.slice[0].p[2] = isnan(r->smile_curve) ? 0.1 : r->smile_curve;
    }
    if (!w->spread)
        s->spread.spread = isnan(r->spread) ? 0.01 : r->spread;
    if (!w->strikes && !isnan(r->strike_interval)) {
        s->ladder.how = OC_LADDER_STEP;
        s->ladder.step = r->strike_interval;
    }
    if (!w->chain_size && r->has_chain_size)
        s->ladder.size = r->chain_size < OC_LADDER_SIZE_MAX ? (unsigned)r->chain_size : OC_LADDER_SIZE_MAX + 1;
    if (*r->model)
        p->walk.params = w->spec;
    p->has_steps = r->has_steps;
    p->steps = r->steps;
    p->has_seed = r->has_seed;
    p->seed = r->seed;
    p->has_dt = r->has_interval || !isnan(r->time_frame);
    p->dt = seconds_of(r) / (365.0 * 86400);
    p->frame = r->has_interval ? NAN : r->time_frame;
}
