/*
 * stepopen - a stepper from options and quotes: see step.h.
 *
 * What the quotes say is put into the words of oc-chain's options, and the plan is made from these as oc-chain makes it;
 * what words cannot say (the quotes' own volatilities, their strikes, a rate for each expiry) is put in afterwards.
 */
#include "app/step.h"

#include "app/stepquoted.h"
#include "base/time.h"
#include "cli/say.h"
#include "cli/value.h"

#include <math.h>
#include <string.h>

bool oc_step_reads(const struct oc_step *p) { return !p->chain.symbol && !p->chain.spec; }

/* ---- the walk -------------------------------------------------------------------------------------------- */

static int instant_of(const char *name, const char *text, const struct oc_io *io, int64_t *ns, struct oc_err *err)
{
    struct oc_instants in = { 0 };
    struct oc_io one = { .ts = text, .tz = io->tz };
    const int rc = oc_instants_open(&in, &one, NULL, err);

    *ns = in.ts;
    oc_instants_close(&in);
    if (rc && strncmp(err->text, "--ts: ", 6) == 0)     /* it reads as --ts does, but has a name of its own */
        memmove(err->text, err->text + 6, strlen(err->text + 6) + 1);
    return rc ? oc_while(err, "--%s", name) : 0;
}

static int start_of(const struct oc_stepopening *o, int64_t *ts)
{
    const struct oc_step *p = o->p;

    *ts = o->quotes.n ? o->quotes.ts : p->instants->has_ts ? p->instants->ts : OC_CHAIN_NO_TS;
    return p->start ? instant_of("start", p->start, p->io, ts, o->err) : 0;
}

static int set_seed(const struct oc_stepopening *o)
{
    const char *why;

    o->s->seed = o->s->chain.has_seed ? o->s->chain.seed : o->p->io->seed;
    if (o->p->seed && oc_value_u64(o->p->seed, &o->s->seed, &why))
        return oc_fail(o->err, OC_USAGE, "--seed: '%s' %s", o->p->seed, why);
    o->s->chain.chain.seed = o->s->seed;
    o->p->io->seed = o->s->seed;
    return 0;
}

/*
 * A request's time frame says how far the clock goes, its dt how far the walk does: where no exchange's hours lie between the
 * two (period.h has the bounds), one of them is not what is meant.  It is told and not refused, since requests are run
 * as they are; a session is not told again at each of its steps.
 */
static void check_frame(const struct oc_stepopening *o, double clock)
{
    const double dt = o->s->dt;

    if (isnan(o->s->chain.frame) || isnan(dt) || o->s->branch || (clock <= 1.5 * dt && clock >= dt / 6))
        return;
    oc_say(OC_WARNING, "a step is a time_frame of %g years on the clock, but dt moves its walk by %g years; --step says how far "
           "the clock goes", clock, dt);
}

static int set_walk(struct oc_stepopening *o)
{
    const struct oc_step *p = o->p;
    struct oc_stepper *s = o->s;
    struct oc_walk_words w = s->chain.walk;

    if (p->model.n || p->params)
        w = (struct oc_walk_words){ .nmodel = p->model.n, .model = p->model.word, .params = p->params };
    if (!w.nmodel && !w.params)
        return oc_fail(o->err, OC_USAGE,
                       "no model is given: --model NAME:PARAMETER=VALUE,... or --params FILE says how the spot "
                       "walks");
    w.calendar = s->chain.calendar;
    w.has_ts = true;
    w.ts = s->chain.ts;
    s->dt = p->dt;
    if (oc_walks_read(&s->walks, &w, p->io, &s->dt, o->err))
        return -1;
    s->steps = p->steps ? p->steps : s->chain.has_steps ? s->chain.steps : 0;
    s->npaths = p->paths;
    s->factors = p->factors;
    s->market_units = strcmp(p->greek_units, "market") == 0;
    s->clock = (struct oc_stepclock){ .how = strcmp(p->clock, "sessions") ? OC_CLOCK_CALENDAR : OC_CLOCK_SESSIONS,
                                      .calendar = s->chain.calendar };
    const double dt = s->chain.has_dt ? s->chain.dt : s->dt;
    if (!p->step && isnan(dt) && !isnan(s->chain.frame))
        return oc_fail(o->err, OC_USAGE,
                       "the request's time_frame, %g a year, has no length on a clock: --step 1d (1h, 30m, ...) supplies it",
                       s->chain.frame);
    if (!p->step && isnan(dt))
        return oc_fail(o->err, OC_USAGE, "the length of a step is missing: --step 1d (1h, 30m, ...) supplies it");
    if (p->step)
        return oc_stepclock_read(p->step, &s->clock.step_ns, o->err) ? oc_while(o->err, "--step") : 0;
    /* a request's interval, else the years that the walk moves, to the second */
    const double seconds = floor(dt * 31536e3 + 0.5);
    if (!(seconds >= 1 && seconds < 9e9))
        return oc_fail(o->err, OC_USAGE, "a step of %g years is no time on a clock: --step 1d says how far it goes", dt);
    s->clock.step_ns = (int64_t)seconds * OC_TIME_SECOND;
    check_frame(o, dt);
    return 0;
}

/* A chain of options is refused for static arbitrage as oc-chain refuses it; what a market quotes is taken as it is. */
static int check_arbitrage(const struct oc_stepopening *o)
{
    const struct oc_stepper *s = o->s;
    const struct oc_chain_at at = { .ts = s->chain.ts, .spot = s->chain.spot, .level = 1, .ref_spot = s->chain.spot };
    struct oc_chain_rows list = { 0 };

    if (o->quotes.n || s->factors || s->chain.chain.stick == OC_STICKY_MODEL || !s->chain.strict)
        return 0;
    const int rc = oc_chain_list(&s->chain.chain, &at, &list, o->err)
                   || oc_chain_arbitrage(&s->chain.chain, &at, &list, o->err);
    oc_chain_free(&list);
    return rc ? -1 : 0;
}

static int open_all(struct oc_stepopening *o)
{
    const struct oc_step *p = o->p;
    int64_t ts;

    if (oc_step_reads(p)) {
        if (oc_root_open(&o->roots, o->err))
            return -1;
        o->terms = (struct oc_terms){ .instants = p->instants, .roots = o->roots, .calendar = p->chain.calendar,
                                      .lock = PTHREAD_MUTEX_INITIALIZER };
        if (oc_stepquotes_read(&o->quotes, p->io, &o->terms, o->err))
            return -1;
    } else if (p->io->ninput) {
        return oc_fail(o->err, OC_USAGE, "--%s describes the chain, so '%s' is not read", p->chain.spec ? "spec" : "symbol",
                       p->io->input[0]);
    }
    if (oc_stepquoted_words(o) || start_of(o, &ts))
        return -1;
    if (oc_chain_plan(&o->words, p->io, ts, &o->s->chain, o->err))
        return -1;
    o->s->chain.chain.stick = strcmp(p->stick, "strike") == 0 ? OC_STICKY_STRIKE
                              : strcmp(p->stick, "model") == 0 ? OC_STICKY_MODEL : OC_STICKY_DELTA;
    if (set_seed(o) || oc_stepquoted_plan(o) || set_walk(o))
        return -1;
    return oc_stepper_open(o->s, o->err) || check_arbitrage(o) ? -1 : 0;
}

int oc_step_open(const struct oc_step *p, struct oc_stepper *s, struct oc_err *err)
{
    struct oc_stepopening o = { .p = p, .s = s, .words = p->chain, .err = err };

    *s = (struct oc_stepper){ .branch = s->branch };
    const int rc = open_all(&o);
    if (rc)
        oc_stepper_close(s);
    oc_stepquotes_free(&o.quotes);
    oc_terms_close(&o.terms);
    oc_root_free(o.roots);
    oc_buf_free(&o.dates);
    return rc;
}
