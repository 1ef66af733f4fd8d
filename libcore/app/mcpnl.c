/* mcpnl - see mcpnl.h: read the market and the book, walk to the horizon, say how profits are distributed. */
#include "app/mcpnl.h"

#include "app/plantext.h"
#include "app/pnlsim.h"
#include "app/statrows.h"
#include "base/num.h"
#include "base/time.h"
#include "math/norm.h"
#include "risk/perf.h"
#include "risk/tail.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_PATHS = 100000, LEVELS = 64 };

#define MEMORY ((uint64_t)4 << 30)      /* bytes of profits: all paths of all legs are kept */

struct pnl {
    const struct oc_mc_pnl *p;
    struct oc_mc_words *words;
    struct oc_legs legs;
    struct oc_bookmarket market;
    struct oc_bookleg *leg;
    struct oc_walks walks;
    struct oc_pnlsim sim;
    struct oc_calendar *calendar;
    double dt, z, level[LEVELS];
    size_t nlevel;
    uint64_t paths;
    double *figures, *total, *part;     /* of blocks; by path: of the book, of one leg */
    struct oc_tail tail;
    struct oc_statrows out;
    char run[OC_PLANTEXT_RUN];
    char notes[400];                    /* ids of the data that the figures depend on, for the metadata */
};

/* ---- options ------------------------------------------------------------------------------------------------------ */

static int read_levels(struct pnl *w, struct oc_err *err)
{
    const char *s = w->p->levels ? w->p->levels : "0.01,0.05,0.25,0.5,0.75,0.95,0.99";

    while (w->nlevel < LEVELS) {
        const size_t n = strcspn(s, ",");
        double *v = &w->level[w->nlevel++];
        if (oc_num_f64(s, n, v) != OC_NUM_OK || !(*v > 0 && *v < 1))
            return oc_fail(err, OC_USAGE, "--levels: '%.*s' is not between 0 and 1", (int)n, s);
        if (!s[n])
            return 0;
        s += n + 1;
    }
    return oc_fail(err, OC_USAGE, "--levels: more than %d", LEVELS);
}

static int read_options(struct pnl *w, struct oc_err *err)
{
    const struct oc_mc_words *words = w->words;

    if (!w->p->horizon)
        return oc_fail(err, OC_USAGE, "--horizon says when the profit is taken: 10d, or an instant");
    if (!words->walk.nmodel && !words->walk.params)
        return oc_fail(err, OC_USAGE,
                       "--model says how the underlying moves, such as geometric_brownian:volatility=20%%,drift=5%%");
    if (!(words->confidence > 0 && words->confidence < 1))
        return oc_fail(err, OC_USAGE, "--confidence: %g is not between 0 and 1", words->confidence);
    w->z = oc_norm_icdf(1 - (1 - words->confidence) / 2);
    w->paths = words->paths ? words->paths : DEFAULT_PATHS;
    if (words->antithetic && w->paths % 2)
        return oc_fail(err, OC_USAGE, "--paths: antithetic paths come in pairs; %llu is odd", (unsigned long long)w->paths);
    if (w->paths < 2)
        return oc_fail(err, OC_USAGE, "--paths: one path has no distribution");
    w->dt = NAN;
    if (words->step && oc_mc_duration("dt", words->step, &w->dt, err))
        return -1;
    return read_levels(w, err);
}

/* --horizon in years from the market's instant, by the day count. */
static int read_horizon(struct pnl *w, double *years, struct oc_err *err)
{
    const char *s = w->p->horizon;
    const size_t n = strlen(s);
    struct oc_stamp t;
    int64_t until;

    if (n > 4 && s[4] == '-') {
        if (oc_time_parse(s, n, &t) != n || !t.absolute)
            return oc_fail(err, OC_USAGE, "--horizon: '%s' is no instant with its offset, such as 2026-12-18T21:00:00Z", s);
        if (!w->market.has_ts)
            return oc_fail(err, OC_USAGE,
                           "--horizon: the market has no ts; --ts INSTANT supplies it, or a horizon like 10d");
        until = t.ns;
    } else {
        if (!n || !strchr("dhms", s[n - 1]))
            return oc_fail(err, OC_USAGE,
                           "--horizon: '%s' is neither a length of time with its unit, such as 10d, nor an instant", s);
        if (oc_mc_duration("horizon", s, years, err))
            return -1;
        if (!(*years < 200))
            return oc_fail(err, OC_USAGE, "--horizon: %g years are too far", *years);
        if (!w->market.has_ts)
            return 0;
        until = w->market.ts + (int64_t)floor(*years * 365 * 86400 + 0.5) * OC_TIME_SECOND;
    }
    if (w->words->calendar && oc_calendar_open(w->words->calendar, &w->calendar, err))
        return -1;
    if (oc_years_column(w->market.terms.day_count, w->calendar, 1, &w->market.ts, &until, years, err) != 1)
        return oc_while(err, "--horizon");
    return *years > 0 ? 0 : oc_fail(err, OC_USAGE, "--horizon: '%s' is not after the market's instant", s);
}

/* ---- walks -------------------------------------------------------------------------------------------------------- */

/* Does the process have a drift of its own? */
static bool has_drift(const struct oc_walk *w)
{
    const int i = oc_param_find(w->process->param, "drift", 5);

    return i >= 0 && !isnan(w->par[i]);
}

/* The underlying that walk i is of; assets of the market are renumbered as the walks are. */
static int join(struct pnl *w, size_t i, size_t *place, struct oc_err *err)
{
    struct oc_walk *walk = &w->walks.walk[i];
    const char *symbol = w->walks.symbol[i];
    const struct oc_bookmarket *m = &w->market;

    for (size_t a = 0; a < m->nasset; a++) {
        if (strcmp(m->asset[a].symbol, symbol) != 0 && !(w->walks.n == 1 && m->nasset == 1
                                                         && (!*symbol || !*m->asset[a].symbol)))
            continue;
        place[a] = i;
        walk->spot = m->asset[a].spot;
        walk->drift = m->asset[a].drift;
        if (!isnan(m->asset[a].also) && !has_drift(walk))
            return oc_fail(err, OC_DATA, "rows of the nearest expiry of %s have drifts of %.6g and %.6g (rate less yield): "
                           "the model's drift= says which", *symbol ? symbol : "the walk", m->asset[a].drift,
                           m->asset[a].also);
        walk->dt = w->dt;
        walk->seed = w->words->io->seed;
        if (isnan(walk->drift) && !has_drift(walk))
            return oc_fail(err, OC_USAGE, "%s has no drift: the model's drift=, or --rate and --dividend-yield", *symbol
                           ? symbol : "the walk");
        walk->drift = isnan(walk->drift) ? 0 : walk->drift;
        return 0;
    }
    if (!*symbol)
        return oc_fail(err, OC_USAGE, "--model: the book has %zu underlyings; SPEC@SYMBOL for each", m->nasset);
    return oc_fail(err, OC_USAGE, "--model: no leg of the book is on '%s'", symbol);
}

static int make_walks(struct pnl *w, struct oc_err *err)
{
    size_t place[OC_ASSETS_MAX];

    w->words->walk.has_ts = w->market.has_ts;
    w->words->walk.ts = w->market.ts;
    if (oc_walks_read(&w->walks, &w->words->walk, w->words->io, &w->dt, err))
        return -1;
    for (size_t a = 0; a < w->market.nasset; a++)
        place[a] = SIZE_MAX;
    for (size_t i = 0; i < w->walks.n; i++)
        if (join(w, i, place, err))
            return -1;
    for (size_t a = 0; a < w->market.nasset; a++)
        if (place[a] == SIZE_MAX)
            return oc_fail(err, OC_USAGE, "--model: none is for %s (SPEC@%s)", w->market.asset[a].symbol,
                           w->market.asset[a].symbol);
    for (size_t i = 0; i < w->legs.n; i++)
        w->leg[i].asset = place[w->leg[i].asset];
    return 0;
}

/* ---- the id of the run -------------------------------------------------------------------------------------------- */

static void leg_text(const struct oc_bookleg *l, struct oc_buf *out)
{
    oc_buf_printf(out, "\nleg asset=%zu", l->asset);
    oc_plantext_number(out, "units", l->units);
    oc_plantext_number(out, "side", l->side);
    oc_plantext_number(out, "strike", l->strike);
    oc_plantext_number(out, "years", l->years);
    oc_plantext_number(out, "rate", l->rate);
    oc_plantext_number(out, "yield", l->yield);
    oc_plantext_number(out, "iv", l->iv);
    oc_plantext_number(out, "entry", l->entry);
    oc_plantext_number(out, "now", l->now);
    oc_plantext_numbers(out, "k", l->nsmile, l->k);
    oc_plantext_numbers(out, "vol", l->nsmile, l->vol);
}

/* From the book as it was matched, the walks, and all that says how far and how often they go. */
static int name_run(struct pnl *w, struct oc_err *err)
{
    struct oc_buf text = { 0 };

    oc_buf_printf(&text, "oc-mc pnl 1\nwalks %s\nseed=%llu paths=%llu antithetic=%d delta=%d", w->walks.canonical,
                  (unsigned long long)w->words->io->seed, (unsigned long long)w->paths, w->words->antithetic,
                  w->sim.by_delta);
    oc_plantext_number(&text, "horizon", w->sim.horizon);
    oc_plantext_number(&text, "dt", w->dt);
    oc_plantext_number(&text, "confidence", w->words->confidence);
    for (size_t i = 0; i < w->walks.n; i++) {
        oc_plantext_number(&text, "spot", w->walks.walk[i].spot);
        oc_plantext_number(&text, "drift", w->walks.walk[i].drift);
    }
    for (size_t i = 0; i < w->legs.n; i++)
        leg_text(&w->leg[i], &text);
    return oc_plantext_run(&text, w->run, err);
}

/* ---- rows --------------------------------------------------------------------------------------------------------- */

static int row(struct pnl *w, const char *stat, const char *leg, double value, struct oc_stat s, struct oc_err *err)
{
    s.run = w->run;
    s.stat = stat;
    s.leg_id = leg;
    s.value = value;
    if (!isnan(s.error) && isnan(s.low) && isnan(s.high)) {
        s.low = value - w->z * s.error;
        s.high = value + w->z * s.error;
    }
    if (!isnan(s.low) || !isnan(s.high))
        s.confidence = w->words->confidence;
    s.paths = strcmp(stat, "value") == 0 ? -1 : (int64_t)w->paths;
    return oc_statrows_add(&w->out, &s, err);
}

static int tell_levels(struct pnl *w, struct oc_err *err)
{
    for (size_t i = 0; i < w->nlevel; i++) {
        struct oc_stat s = OC_STAT_NONE;
        s.level = w->level[i];
        const double q = oc_tail_quantile(&w->tail, w->level[i], w->z, &s.low, &s.high);
        if (row(w, "quantile", NULL, q, s, err))
            return -1;
    }
    return 0;
}

/* VaR and ES at a level, and what each leg adds to ES. */
static int tell_tail(struct pnl *w, double level, struct oc_err *err)
{
    struct oc_stat s = OC_STAT_NONE;

    s.level = level;
    const double loss = oc_tail_var(&w->tail, level, w->z, &s.low, &s.high);
    if (row(w, "var", NULL, loss, s, err))
        return -1;
    s.low = s.high = NAN;
    const double es = oc_tail_shortfall(&w->tail, level, &s.error);
    if (row(w, "es", NULL, es, s, err))
        return -1;
    for (size_t i = 0; i < w->legs.n; i++) {
        struct oc_stat share = OC_STAT_NONE;
        share.level = level;
        for (uint64_t j = 0; j < w->paths; j++)
            w->part[j] = w->figures[j / OC_BLOCK * oc_pnlsim_figures(&w->sim) + i * OC_BLOCK + j % OC_BLOCK];
        if (row(w, "es", w->leg[i].leg->id, oc_tail_share(&w->tail, level, w->part, 1), share, err))
            return -1;
    }
    return 0;
}

static int tell_profit(struct pnl *w, struct oc_err *err)
{
    struct oc_stat s = OC_STAT_NONE;
    uint64_t k = 0;

    for (uint64_t j = 0; j < w->paths; j++) {
        k += w->total[j] > 0;
        w->part[j] = w->total[j] > 0;
    }
    const double p = oc_tail_mean(w->paths, w->part, w->sim.paths.antithetic, &s.error);
    if (!w->sim.paths.antithetic)       /* pairs are no independent trials: their error gives the interval */
        oc_perf_wilson(k, w->paths, w->z, &s.low, &s.high);
    s.count = (int64_t)k;
    return row(w, "prob_profit", NULL, p, s, err);
}

static int tell_touches(struct pnl *w, struct oc_err *err)
{
    const size_t k = oc_pnlsim_figures(&w->sim), blocks = (size_t)oc_blocks_of(w->paths);
    double *t = malloc(k * sizeof *t);
    int rc = t ? 0 : oc_fail(err, OC_MEMORY, "no memory for the figures of a block");

    if (rc == 0)
        oc_blocks_total(blocks, k, w->figures, t);
    for (size_t i = 0; i < w->legs.n && rc == 0; i++) {
        const double *f = t + w->legs.n * OC_BLOCK + 3 * i, n = f[0], square = f[2] - f[1] * f[1] / n;
        struct oc_stat s = OC_STAT_NONE;
        if (w->leg[i].side == 0)
            continue;
        s.source = w->sim.bridged[w->leg[i].asset] ? "bridge" : "steps";
        s.error = n > 1 ? sqrt((square > 0 ? square : 0) / (n - 1) / n) : NAN;
        rc = row(w, "prob_touch", w->leg[i].leg->id, f[1] / n, s, err);
    }
    free(t);
    return rc;
}

static int tell(struct pnl *w, struct oc_err *err)
{
    struct oc_stat none = OC_STAT_NONE, s = OC_STAT_NONE;
    double now = 0;

    for (uint64_t j = 0; j < w->paths; j++) {
        const double *f = w->figures + j / OC_BLOCK * oc_pnlsim_figures(&w->sim) + j % OC_BLOCK;
        w->total[j] = 0;
        for (size_t i = 0; i < w->legs.n; i++)
            w->total[j] += f[i * OC_BLOCK];
    }
    for (size_t i = 0; i < w->legs.n; i++)
        now += w->leg[i].units * w->leg[i].now;
    const double mean = oc_tail_mean(w->paths, w->total, w->sim.paths.antithetic, &s.error);
    double plain;
    oc_tail_mean(w->paths, w->total, false, &plain);
    if (!isfinite(mean) || !isfinite(plain))
        return oc_fail(err, OC_DATA, "the profits are beyond the range of numbers");
    if (oc_tail_open(&w->tail, w->paths, w->total, w->sim.paths.antithetic, err) || row(w, "value", NULL, now, none, err)
        || row(w, "mean", NULL, mean, s, err) || row(w, "sd", NULL, plain * sqrt((double)w->paths), none, err)
            || tell_levels(w, err))
        return -1;
    for (size_t i = 0; i < w->nlevel; i++)
        if (w->level[i] >= 0.9 && tell_tail(w, w->level[i], err))
            return -1;
    return tell_profit(w, err) || tell_touches(w, err) ? -1 : 0;
}

/* ---- the run ------------------------------------------------------------------------------------------------------ */

static void note(struct pnl *w)
{
    struct oc_io *io = w->words->io;

    snprintf(w->notes, sizeof w->notes, "roots=%s%s%s", oc_root_version(w->market.roots), io->notes ? " " : "",
             io->notes ? io->notes : "");
    io->notes = w->notes;
}

static int read_book(struct pnl *w, struct oc_err *err)
{
    if (w->words->multiplier <= 0)
        return oc_fail(err, OC_USAGE, "--multiplier: %g is not above 0", w->words->multiplier);
    if (oc_legs_read(&w->legs, w->words->io, w->p->legs, &w->p->leg, err) || oc_bookmarket_read(&w->market, w->words, err))
        return -1;
    note(w);
    w->leg = calloc(w->legs.n, sizeof *w->leg);
    if (!w->leg)
        return oc_fail(err, OC_MEMORY, "no memory for %zu legs", w->legs.n);
    return oc_bookmarket_match(&w->market, &w->legs, w->words->multiplier, w->p->european, w->leg, err);
}

static int simulate(struct pnl *w, struct oc_err *err)
{
    const bool discrete = w->walks.walk[0].process->discrete;

    w->sim = (struct oc_pnlsim){ .n = w->legs.n, .leg = w->leg, .by_delta = strcmp(w->p->stick, "delta") == 0,
                                 .threads = w->words->io->threads };
    for (size_t i = 0; i < w->legs.n && w->sim.by_delta; i++)
        if (!isnan(w->leg[i].twice))
            return oc_fail(err, OC_DATA, "leg %s: --stick delta: the market has the strike %.10g of its expiry twice, with "
                           "other volatilities", w->leg[i].leg->id, w->leg[i].twice);
    if (read_horizon(w, &w->sim.horizon, err)
        || oc_pnlsim_open(&w->sim, w->walks.n, w->walks.walk, w->walks.corr, w->words->antithetic, w->words->io->seed,
                          discrete || isnan(w->dt) ? 0 : w->dt, err))
        return -1;
    const uint64_t k = oc_pnlsim_figures(&w->sim), blocks = oc_blocks_of(w->paths);
    if (blocks > MEMORY / sizeof(double) / k)
        return oc_fail(err, OC_LIMIT, "--paths: the profits of %zu legs on %llu paths take more than %llu MiB", w->legs.n,
                       (unsigned long long)w->paths, (unsigned long long)(MEMORY >> 20));
    w->figures = malloc(blocks * k * sizeof *w->figures);
    w->total = malloc(w->paths * sizeof *w->total);
    w->part = malloc(w->paths * sizeof *w->part);
    if (!w->figures || !w->total || !w->part)
        return oc_fail(err, OC_MEMORY, "no memory for %llu paths", (unsigned long long)w->paths);
    return oc_figures_get(w->words->figures, 0, w->paths, k, oc_pnlsim_blocks, &w->sim, w->figures, err);
}

int oc_mc_pnl(struct oc_mc_pnl *p, struct oc_err *err)
{
    struct pnl w = { .p = p, .words = p->words };
    const char *const notes = p->words->io->notes;

    int rc = read_options(&w, err) || read_book(&w, err) || make_walks(&w, err) ? -1 : 0;
    const int whole = rc == 0 ? simulate(&w, err) : -1;
    rc = whole < 0 ? -1 : 0;
    if (whole == 1)
        rc = name_run(&w, err) || tell(&w, err) || oc_statrows_write(&w.out, w.words->io, err) ? -1 : 0;
    p->words->io->notes = notes;
    oc_statrows_free(&w.out);
    oc_tail_close(&w.tail);
    oc_pnlsim_close(&w.sim);
    oc_walks_free(&w.walks);
    oc_bookmarket_free(&w.market, w.legs.n, w.leg);
    oc_calendar_free(w.calendar);
    oc_legs_free(&w.legs);
    free(w.leg);
    free(w.figures);
    free(w.total);
    free(w.part);
    return rc;
}
