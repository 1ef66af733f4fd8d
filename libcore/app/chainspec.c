/* chainspec - the plan of a chain from its words: see chainspec.h. */
#include "app/chainspec.h"

#include "app/chainrequest.h"
#include "app/chainside.h"
#include "app/chainwords.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *oc_chain_plan_root(const struct oc_chain_plan *p, int32_t settle)
{
    return *p->root ? p->root : settle == OC_EXPIRY_AM ? p->root_am : p->root_pm;
}

static int missing(const char *what, const char *how, struct oc_err *err)
{
    return oc_fail(err, OC_USAGE, "the %s is missing: %s supplies it", what, how);
}

static int read_names(const struct oc_chain_words *w, struct oc_chain_plan *p, struct oc_err *err)
{
    if (!w->symbol || !*w->symbol)
        return missing("symbol", "--symbol", err);
    if (strlen(w->symbol) >= sizeof p->symbol)
        return oc_fail(err, OC_USAGE, "--symbol: '%s' is longer than %zu characters", w->symbol, sizeof p->symbol - 1);
    strcpy(p->symbol, w->symbol);
    if (isnan(w->spot))
        return missing("spot", "--spot", err);
    if (!(w->spot > 0 && isfinite(w->spot)))
        return oc_fail(err, OC_USAGE, "--spot: a price is above 0, not %g", w->spot);
    p->spot = w->spot;
    return 0;
}

static int read_schedule(const struct oc_chain_words *w, struct oc_chain_plan *p, struct oc_err *err)
{
    int32_t settle = OC_EXPIRY_PM;

    p->chain.schedule.calendar = p->calendar;
    if (p->chain.schedule.n)                    /* of a request */
        return 0;
    if (!w->schedule)
        return missing("schedule", "--schedule (such as weekly:4,monthly:6)", err);
    if (w->settle && oc_expiry_settle(w->settle, strlen(w->settle), &settle))
        return oc_fail(err, OC_USAGE, "--settle: '%s' is none of PM, AM, HH:MM", w->settle);
    return oc_schedule_parse(w->schedule, settle, &p->chain.schedule, err) ? oc_while(err, "--schedule") : 0;
}

static int read_smile(const struct oc_chain_words *w, struct oc_io *io, struct oc_chain_plan *p, bool request,
                      struct oc_err *err)
{
    struct oc_smile *s = &p->chain.smile;

    s->strict = p->strict;
    p->chain.vol = w->vol;
    if (w->surface && (w->smile || !isnan(w->vol)))
        return oc_fail(err, OC_USAGE, "--surface cannot stand with --%s", w->smile ? "smile" : "vol");
    if (!w->surface)
        return oc_chainwords_smile(w->smile ? w->smile : request ? "0,0" : NULL, w->vol, s, err);
    const struct oc_surface_of of = { .symbol = p->symbol, .calendar = p->calendar, .ts = p->ts,
                                      .root = { *p->root ? p->root : p->root_pm, *p->root ? "" : p->root_am } };
    return oc_surface_read(s, w->surface, &of, io, err);
}

static int read_options(const struct oc_chain_words *w, struct oc_chain_plan *p, struct oc_err *err)
{
    struct oc_chain_spec *s = &p->chain;

    s->sizes = w->sizes;
    s->by_forward = w->by_forward;
    s->rate = w->rate;
    s->dividend_yield = w->dividend_yield;
    return oc_chainwords_strikes(w->strikes, &s->ladder, err) || oc_chainwords_size(w->chain_size, &s->ladder, err)
           || oc_chainwords_pinned(w->ladder, &s->pinned, err) || oc_chainwords_spread(w->spread, &s->spread, err)
           || oc_ticks_parse(w->ticks ? w->ticks : "0.01", &s->ticks, err)
           || oc_chainwords_greeks(w->greeks, s->want, err) ? -1 : 0;
}

/* What the data was read by, for the metadata, behind what others noted. */
static void note(struct oc_io *io, struct oc_chain_plan *p)
{
    char own[sizeof p->notes];

    if (io->notes && io->notes != p->notes) {
        strcpy(own, p->notes);
        snprintf(p->notes, sizeof p->notes, "%.*s %.*s", 190, own, 190, io->notes);
    }
    io->notes = p->notes;
}

static int read_all(const struct oc_chain_words *words, struct oc_io *io, const struct oc_ocsjson *request,
                    struct oc_chain_plan *p,
                    struct oc_err *err)
{
    struct oc_chain_words w = *words;

    if (request && oc_chainrequest_fill(request, &w, p->ts, p, err))
        return -1;
    if (read_names(&w, p, err) || oc_chainside_roots(p, w.root, w.calendar, err) || read_schedule(&w, p, err)
        || read_options(&w, p, err) || read_smile(&w, io, p, request != NULL, err))
        return -1;
    if (request)
        oc_chainrequest_rest(request, words, p);
    /* a surface that was read is open; oc_smile_open does no harm to one that is */
    if (oc_smile_open(&p->chain.smile, err) || oc_chainside_curve(p, w.curve, io, err)
        || oc_chainside_dividends(p, w.dividends, io, err))
        return -1;
    note(io, p);
    p->chain.seed = io->seed;
    return oc_chain_check(&p->chain, err);
}

int oc_chain_plan(const struct oc_chain_words *w, struct oc_io *io, int64_t ts, struct oc_chain_plan *p, struct oc_err *err)
{
    struct oc_ocsjson request = { 0 };
    int rc = 0;

    *p = (struct oc_chain_plan){ .ts = ts, .strict = !w->allow_arbitrage, .frame = NAN };
    if (w->spec && oc_ocsjson_load(&request, w->spec, io, err))
        rc = -1;
    if (rc == 0 && ts == OC_CHAIN_NO_TS && !(w->spec && request.has_start))
        rc = missing("instant of the chain", "--ts", err);
    if (rc == 0 && ts == OC_CHAIN_NO_TS)
        p->ts = request.start_at;
    if (rc == 0)
        rc = read_all(w, io, w->spec ? &request : NULL, p, err);
    oc_ocsjson_free(&request);
    if (rc)
        oc_chain_plan_free(p);
    return rc;
}

void oc_chain_plan_free(struct oc_chain_plan *p)
{
    oc_smile_close(&p->chain.smile);
    oc_calendar_free(p->calendar);
    oc_curve_free(p->curve);
    free(p->dividend);
    *p = (struct oc_chain_plan){ 0 };
}
