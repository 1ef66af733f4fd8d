/* stepplan - see stepplan.h. */
#include "app/stepplan.h"

#include "app/plantext.h"

#include <math.h>
#include <string.h>

double oc_stepplan_rate(const struct oc_stepper *s, double from, double years)
{
    const struct oc_chain_spec *c = &s->chain.chain;

    return c->curve ? oc_curve_forward(c->curve, from, years) : c->rate;
}

double oc_stepplan_drift(const struct oc_stepper *s)
{
    return oc_stepplan_rate(s, 0, 1.0 / 365) - s->chain.chain.dividend_yield;
}

double oc_stepplan_growth(const struct oc_stepper *s, double from, double years)
{
    return (oc_stepplan_rate(s, from, years) - s->chain.chain.dividend_yield) * years;
}

bool oc_stepplan_drifts(const struct oc_stepper *s)
{
    const struct oc_walk *w = &s->walks.walk[0];
    const int i = oc_param_find(w->process->param, "drift", 5);
    const struct oc_simdata *d = &w->data;

    for (size_t k = 0; d->regime_drift && k < d->nregime; k++)
        if (!isnan(d->regime_drift[k]))
            return false;
    return d->regime_drift || (i >= 0 && isnan(w->par[i]));
}

/* ---- the text of the plan -------------------------------------------------------------------------------- */

/* A request's calendar is one of many by its zone; of a file the version says it. */
static void calendar(struct oc_buf *out, const struct oc_calendar *c)
{
    if (c)
        oc_buf_printf(out, "%s/%s%s%s", oc_calendar_id(c), oc_calendar_version(c),
                      strcmp(oc_calendar_id(c), "WEEKDAYS") ? "" : " zone=",
                      strcmp(oc_calendar_id(c), "WEEKDAYS") ? "" : oc_zone_name(oc_calendar_zone(c)));
    else
        oc_buf_char(out, '/');
}

static void schedule(struct oc_buf *out, const struct oc_schedule *s)
{
    oc_buf_puts(out, "\nschedule ");
    calendar(out, s->calendar);
    for (size_t i = 0; i < s->n; i++) {
        const struct oc_rule *r = &s->rule[i];
        oc_buf_printf(out, " %d:%u:%d:%d:%d:%u:%s", (int)r->form, r->weekdays, (int)r->month, (int)r->date, (int)r->settle,
                      r->target_count, r->label);
    }
}

static void smile(struct oc_buf *out, const struct oc_smile *s)
{
    oc_buf_printf(out, "\nsmile %s", s->model ? s->model->name : "");
    for (size_t i = 0; s->model && i < s->n; i++) {
        oc_plantext_number(out, "years", s->slice[i].years);
        oc_plantext_numbers(out, "p", oc_param_count(s->model->param), s->slice[i].p);
        oc_plantext_numbers(out, "k", s->slice[i].n, s->slice[i].k);
        oc_plantext_numbers(out, "v", s->slice[i].n, s->slice[i].v);
    }
}

static void curve(struct oc_buf *out, const struct oc_curve *c)
{
    double years, depth;

    for (size_t i = 0; c && oc_curve_node(c, i, &years, &depth); i++) {
        oc_plantext_number(out, "years", years);
        oc_plantext_number(out, "depth", depth);
    }
}

/* The sessions that a factor tape's clock goes by; a chain's schedule names its calendar anyway. */
static void clock_calendar(struct oc_buf *out, const struct oc_stepclock *c)
{
    if (c->how != OC_CLOCK_SESSIONS)
        return;
    oc_buf_puts(out, " calendar=");
    calendar(out, c->calendar);
}

static void ladder(struct oc_buf *out, const struct oc_stepper *s)
{
    const struct oc_chain_spec *c = &s->chain.chain;

    oc_buf_printf(out, "\nladder how=%d rule=%s size=%u pinned=%d", (int)c->ladder.how, c->ladder.listing.name,
                  c->ladder.size, c->pinned);
    oc_plantext_number(out, "step", c->ladder.step);
    oc_plantext_numbers(out, "listed", s->nlisted, s->listed);
    oc_buf_puts(out, "\nticks");
    for (size_t i = 0; i < c->ticks.n; i++) {
        oc_plantext_number(out, "below", c->ticks.below[i]);
        oc_plantext_number(out, "units", c->ticks.step[i].units);
        oc_plantext_number(out, "scale", c->ticks.step[i].scale);
    }
    oc_buf_puts(out, "\nspread");
    oc_plantext_number(out, "spread", c->spread.spread);
    oc_plantext_number(out, "proportional", c->spread.proportional);
    oc_plantext_number(out, "moneyness", c->spread.moneyness);
    oc_plantext_number(out, "tenor", c->spread.tenor);
}

static void plan_text(const struct oc_stepper *s, struct oc_buf *out)
{
    const struct oc_chain_spec *c = &s->chain.chain;

    oc_buf_printf(out, "oc-step 1\nsymbol %s root=%s", s->chain.symbol, s->chain.root);
    oc_plantext_number(out, "spot", s->chain.spot);
    oc_plantext_integer(out, "ts", s->chain.ts);
    oc_buf_printf(out, "\nwalk %s", s->walks.canonical ? s->walks.canonical : "");
    oc_plantext_integer(out, "seed", (int64_t)s->seed);
    oc_buf_printf(out, "\nclock how=%d", (int)s->clock.how);
    oc_plantext_integer(out, "step_ns", s->clock.step_ns);
    oc_plantext_number(out, "dt", s->dt);
    if (s->factors)
        clock_calendar(out, &s->clock);
    oc_buf_puts(out, "\nmarket");
    oc_plantext_number(out, "rate", c->rate);
    oc_plantext_number(out, "dividend_yield", c->dividend_yield);
    curve(out, c->curve);
    for (size_t i = 0; i < c->ndividend; i++) {
        oc_plantext_integer(out, "ex", c->dividend[i].ex);
        oc_plantext_number(out, "amount", c->dividend[i].amount);
    }
    if (!s->factors) {
        schedule(out, &c->schedule);
        ladder(out, s);
        oc_buf_printf(out, "\nstick %d by_forward=%d", (int)c->stick, c->by_forward);
        oc_plantext_number(out, "vol", c->vol);
        smile(out, &c->smile);
    }
    if (s->branch && *s->branch)
        oc_buf_printf(out, "\nbranch %s", s->branch);
    oc_buf_char(out, '\n');
}

int oc_stepplan_run(struct oc_stepper *s, struct oc_err *err)
{
    struct oc_buf text = { 0 };

    plan_text(s, &text);
    return oc_plantext_run(&text, s->run, err);
}
