/* stepplan - see stepplan.h. */
#include "app/stepplan.h"

#include "base/num.h"
#include "base/sha256.h"
#include "math/exp.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double rate_at(const struct oc_stepper *s, double years)
{
    double rate = s->chain.chain.rate;

    if (s->chain.chain.curve)
        oc_curve_zero(s->chain.chain.curve, 1, &years, &rate);
    return rate;
}

double oc_stepplan_drift(const struct oc_stepper *s) { return rate_at(s, 1.0 / 365) - s->chain.chain.dividend_yield; }

double oc_stepplan_discount(const struct oc_stepper *s, double years) { return oc_exp(-rate_at(s, years) * years); }

/* ---- the text of the plan -------------------------------------------------------------------------------- */

static void number(struct oc_buf *out, const char *name, double v)
{
    char text[OC_NUM_PRINT_MAX];

    oc_buf_printf(out, " %s=", name);
    if (isfinite(v))
        oc_buf_put(out, text, oc_num_print_f64(text, v));
}

static void integer(struct oc_buf *out, const char *name, int64_t v) { oc_buf_printf(out, " %s=%lld", name, (long long)v); }

static void numbers(struct oc_buf *out, const char *name, size_t n, const double *v)
{
    for (size_t i = 0; i < n; i++)
        number(out, name, v[i]);
}

static void schedule(struct oc_buf *out, const struct oc_schedule *s)
{
    oc_buf_printf(out, "\nschedule %s/%s", s->calendar ? oc_calendar_id(s->calendar) : "",
                  s->calendar ? oc_calendar_version(s->calendar) : "");
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
        number(out, "years", s->slice[i].years);
        numbers(out, "p", oc_param_count(s->model->param), s->slice[i].p);
        numbers(out, "k", s->slice[i].n, s->slice[i].k);
        numbers(out, "v", s->slice[i].n, s->slice[i].v);
    }
}

/* A curve is told by its rates at a grid of times, which is all that a chain ever asks of it. */
static void curve(struct oc_buf *out, const struct oc_curve *c)
{
    for (int i = 1; c && i <= 400; i++) {
        const double years = i * i / 4000.0;
        double rate;
        oc_curve_zero(c, 1, &years, &rate);
        number(out, "zero", rate);
    }
}

static void ladder(struct oc_buf *out, const struct oc_stepper *s)
{
    const struct oc_chain_spec *c = &s->chain.chain;

    oc_buf_printf(out, "\nladder how=%d rule=%s size=%u pinned=%d", (int)c->ladder.how, c->ladder.listing.name,
                  c->ladder.size, c->pinned);
    number(out, "step", c->ladder.step);
    numbers(out, "listed", s->nlisted, s->listed);
    oc_buf_puts(out, "\nticks");
    for (size_t i = 0; i < c->ticks.n; i++) {
        number(out, "below", c->ticks.below[i]);
        number(out, "units", c->ticks.step[i].units);
        number(out, "scale", c->ticks.step[i].scale);
    }
    oc_buf_puts(out, "\nspread");
    number(out, "spread", c->spread.spread);
    number(out, "proportional", c->spread.proportional);
    number(out, "moneyness", c->spread.moneyness);
    number(out, "tenor", c->spread.tenor);
}

int oc_stepplan_text(const struct oc_stepper *s, struct oc_buf *out)
{
    const struct oc_chain_spec *c = &s->chain.chain;

    oc_buf_printf(out, "oc-step 1\nsymbol %s root=%s", s->chain.symbol, s->chain.root);
    number(out, "spot", s->chain.spot);
    integer(out, "ts", s->chain.ts);
    oc_buf_printf(out, "\nwalk %s", s->walks.canonical ? s->walks.canonical : "");
    integer(out, "seed", (int64_t)s->seed);
    oc_buf_printf(out, "\nclock how=%d", (int)s->clock.how);
    integer(out, "step_ns", s->clock.step_ns);
    number(out, "dt", s->dt);
    oc_buf_puts(out, "\nmarket");
    number(out, "rate", c->rate);
    number(out, "dividend_yield", c->dividend_yield);
    curve(out, c->curve);
    for (size_t i = 0; i < c->ndividend; i++) {
        integer(out, "ex", c->dividend[i].ex);
        number(out, "amount", c->dividend[i].amount);
    }
    if (!s->factors) {
        schedule(out, &c->schedule);
        ladder(out, s);
        oc_buf_printf(out, "\nstick %d by_forward=%d", (int)c->stick, c->by_forward);
        number(out, "vol", c->vol);
        smile(out, &c->smile);
    }
    if (s->branch && *s->branch)
        oc_buf_printf(out, "\nbranch %s", s->branch);
    oc_buf_char(out, '\n');
    return out->failed ? -1 : 0;
}

int oc_stepplan_run(struct oc_stepper *s, struct oc_err *err)
{
    struct oc_buf text = { 0 };
    struct oc_sha256 sum;
    char hex[OC_SHA256_HEX];

    const int rc = oc_stepplan_text(s, &text);
    oc_sha256_init(&sum);
    oc_sha256_add(&sum, text.p, text.n);
    oc_sha256_hex(&sum, hex);
    snprintf(s->run, sizeof s->run, "%.12s", hex);
    oc_buf_free(&text);
    return rc ? oc_fail(err, OC_MEMORY, "no memory for the text of a plan") : 0;
}
