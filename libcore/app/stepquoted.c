/* stepquoted - see stepquoted.h. */
#include "app/stepquoted.h"

#include "app/stepclock.h"
#include "base/time.h"
#include "math/log.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- quotes to words ------------------------------------------------------------------------------------- */

/* The dates of the quotes as a schedule; a settlement that is none of PM, AM is a time of day. */
static int write_dates(struct oc_stepopening *o)
{
    const struct oc_stepquotes *q = &o->quotes;

    if (q->nexpiry > OC_RULE_MAX)
        return oc_fail(o->err, OC_LIMIT,
                       "the chain has %zu expiries, and %d can walk: --where drops some, in a program before", q->nexpiry,
                       (int)OC_RULE_MAX);
    for (size_t i = 0; i < q->nexpiry; i++) {
        char date[OC_TIME_PRINT_MAX];
        const int32_t settle = q->expiry[i].settle;
        const size_t n = oc_time_print_date(date, q->expiry[i].date);
        oc_buf_printf(&o->dates, "%s%.*s@", i ? "," : "", (int)n, date);
        /* labels are the dates; two settlements on one date tell which */
        if (settle == OC_EXPIRY_PM)
            oc_buf_puts(&o->dates, "PM");
        else if (settle == OC_EXPIRY_AM)
            oc_buf_printf(&o->dates, "AM=%.*s-AM", (int)n, date);
        else
            oc_buf_printf(&o->dates, "%02d:%02d=%.*s-%02d%02d", (int)settle / 60, (int)settle % 60, (int)n, date,
                          (int)settle / 60, (int)settle % 60);
    }
    oc_buf_str(&o->dates);
    return o->dates.failed ? oc_fail(o->err, OC_MEMORY, "no memory for a chain") : 0;
}

/* One dividend yield for all expiries: the column's, else the option's, else that of the forwards, once rates are known. */
static int yield_of(struct oc_stepopening *o, double *yield)
{
    const struct oc_stepquotes *q = &o->quotes;
    double column = NAN;
    bool forward = false;

    for (size_t i = 0; i < q->nexpiry; i++) {
        const struct oc_stepexpiry *e = &q->expiry[i];
        if (!isnan(e->yield) && !isnan(column) && e->yield != column)
            return oc_fail(o->err, OC_DATA,
                           "dividend_yield: %.10g and %.10g in one chain; a walk has one drift: drop the column "
                           "and give --dividend-yield",
                           column, e->yield);
        if (!isnan(e->yield))
            column = e->yield;
        forward |= !isnan(e->forward);
    }
    if (!isnan(column))
        *yield = column;
    o->yield_later = isnan(*yield) && forward;
    if (o->yield_later)
        *yield = 0;
    return 0;
}

static int fill_words(struct oc_stepopening *o)
{
    const struct oc_stepquotes *q = &o->quotes;
    struct oc_chain_words *w = &o->words;
    unsigned size;
    double step;

    w->symbol = q->symbol;
    if (q->root[0])
        w->root = q->root;
    if (q->calendar[0])
        w->calendar = q->calendar;
    if (!isnan(q->spot))
        w->spot = q->spot;
    if (!(w->spot > 0))
        return oc_fail(o->err, OC_COLUMN, "the spot is missing: a column 'spot' or --spot supplies it");
    if (!w->schedule && write_dates(o))
        return -1;
    if (!w->schedule)
        w->schedule = o->dates.p;
    for (size_t i = 0; i < q->nexpiry; i++)
        if (!isnan(q->expiry[i].rate) && !w->curve)
            w->rate = q->expiry[i].rate;
    if (yield_of(o, &w->dividend_yield))
        return -1;
    oc_stepquotes_ladder(q, w->spot, &step, &size);
    o->strikes[oc_num_print_f64(o->strikes, step)] = '\0';
    snprintf(o->size, sizeof o->size, "%u", size);
    w->strikes = w->strikes ? w->strikes : o->strikes;
    w->chain_size = w->chain_size ? w->chain_size : o->size;
    w->ladder = w->ladder ? w->ladder : "pinned";
    return 0;
}

/* Where nobody says what the smile is: the quotes' own, or none where the model makes it or nothing asks for it. */
static int choose_smile(struct oc_stepopening *o)
{
    struct oc_chain_words *w = &o->words;
    const bool none = !w->surface && !w->smile && isnan(w->vol), model = strcmp(o->p->stick, "model") == 0;

    o->column = (w->surface && strcmp(w->surface, "column") == 0) || (none && !model && !o->p->factors && o->quotes.n);
    if (o->column && !o->quotes.n)
        return oc_fail(o->err, OC_USAGE, "--surface column needs quotes to read");
    if (o->column && (w->smile || !isnan(w->vol)))
        return oc_fail(o->err, OC_USAGE, "--surface column cannot stand with --%s", w->smile ? "smile" : "vol");
    if (o->column && !o->quotes.has_iv)
        return oc_fail(o->err, OC_COLUMN,
                       "the input has no column 'iv': --surface or --vol gives volatilities, or oc-price --iv "
                       "before");
    o->smile_later = o->column || (none && (model || o->p->factors) && !w->spec);
    if (o->smile_later) {
        w->surface = NULL;
        w->vol = 1;
    }
    if (o->p->factors && !w->schedule && !w->spec)
        w->schedule = "daily";          /* asked for by every plan, read by none of factors */
    return 0;
}

int oc_stepquoted_words(struct oc_stepopening *o)
{
    return choose_smile(o) || (o->quotes.n && fill_words(o)) ? -1 : 0;
}

/* ---- what words cannot say ------------------------------------------------------------------------------- */

/* What is listed at the instant of an expiry of the quotes; NULL: it is over. */
static const struct oc_chain_slice *slice_of(const struct oc_chain_rows *list, const struct oc_stepexpiry *e)
{
    for (size_t j = 0; j < list->nslice; j++)
        if (list->slice[j].listed.expires_at == e->expires_at)
            return &list->slice[j];
    return NULL;
}

/* The rate of an expiry: of its rows, else of the options. */
static double rate_of(const struct oc_stepopening *o, const struct oc_stepexpiry *e, const struct oc_chain_slice *at)
{
    return !isnan(e->rate) ? e->rate : o->s->chain.curve ? at->rate : o->p->chain.rate;
}

/* A rate for each expiry becomes a curve, where they differ; expiries without one do not count where no option has it. */
static int set_rates(struct oc_stepopening *o, const struct oc_chain_rows *list)
{
    struct oc_curve_point point[OC_RULE_MAX];
    const struct oc_stepquotes *q = &o->quotes;
    struct oc_chain_plan *plan = &o->s->chain;
    bool differ = false;
    size_t n = 0;

    for (size_t i = 0; i < q->nexpiry; i++) {
        const struct oc_chain_slice *at = slice_of(list, &q->expiry[i]);
        const double rate = at ? rate_of(o, &q->expiry[i], at) : NAN;
        if (isnan(rate))
            continue;
        differ |= plan->curve ? !isnan(q->expiry[i].rate) : rate != plan->chain.rate;
        point[n++] = (struct oc_curve_point){ .years = at->years, .value = rate };
    }
    if (!differ || n == 0)
        return 0;
    oc_curve_free(plan->curve);
    plan->curve = NULL;
    plan->chain.curve = NULL;
    if (oc_curve_build(point, n, &plan->curve, o->err))
        return oc_while(o->err, "rate");
    plan->chain.curve = plan->curve;
    plan->chain.curve_from = plan->ts;
    return 0;
}

/*
 * The yield that all forwards agree on to 1e-6.  Where they disagree, a walk of one drift would not come to them, and which
 * to give up is the user's to say; where cash dividends are in them too, what is left for a yield is.
 */
static int set_yield(struct oc_stepopening *o, const struct oc_chain_rows *list)
{
    const struct oc_stepquotes *q = &o->quotes;
    struct oc_chain_spec *chain = &o->s->chain.chain;
    double low = HUGE_VAL, high = -HUGE_VAL;

    if (!o->yield_later)
        return 0;
    if (chain->ndividend)
        return oc_fail(o->err, OC_USAGE, "the dividend yield is missing: --dividend-yield supplies it; forwards do not tell "
                       "it from the cash of --dividends");
    for (size_t i = 0; i < q->nexpiry; i++) {
        const struct oc_stepexpiry *e = &q->expiry[i];
        const struct oc_chain_slice *at = slice_of(list, e);
        if (!at || isnan(e->forward))
            continue;
        const double implied = (isnan(e->rate) ? at->rate : e->rate) - oc_log(e->forward / o->words.spot) / at->years;
        low = implied < low ? implied : low;
        high = implied > high ? implied : high;
    }
    if (high - low > 1e-6)
        return oc_fail(o->err, OC_DATA,
                       "the forwards of the chain mean dividend yields from %.6g to %.6g; a walk has one drift: give "
                       "--dividend-yield, and --dividends for cash",
                       low, high);
    chain->dividend_yield = low <= high ? low : NAN;
    return oc_chain_check(chain, o->err);
}

/*
 * The volatility of a strike: that of the side out of the money, else of the other.  0, which is what a price at the
 * intrinsic value gives, says no more than an empty cell.  row: its one or two rows.
 */
static double iv_of(const struct oc_stepquote *row, size_t n, double forward)
{
    const bool call = row->strike >= forward;
    double iv = NAN;

    for (size_t i = 0; i < n; i++)
        if (row[i].iv > 0 && (isnan(iv) || (row[i].side > 0) == call))
            iv = row[i].iv;
    return iv;
}

static int set_slice(struct oc_stepopening *o, const struct oc_stepexpiry *e, const struct oc_chain_slice *at,
                     struct oc_slice *slice)
{
    const struct oc_stepquote *row = &o->quotes.row[e->first];

    *slice = (struct oc_slice){ .years = at->years,
                                .k = calloc(e->n + 1, sizeof(double)),
                                .v = calloc(e->n + 1, sizeof(double)) };
    if (!slice->k || !slice->v)
        return oc_fail(o->err, OC_MEMORY, "no memory for a smile");
    for (size_t i = 0, rows; i < e->n; i += rows) {
        rows = i + 1 < e->n && row[i + 1].strike == row[i].strike ? 2 : 1;
        const double iv = iv_of(row + i, rows, at->forward);
        if (isnan(iv))
            continue;
        slice->k[slice->n] = oc_log(row[i].strike / at->forward);
        slice->v[slice->n++] = iv;
    }
    if (slice->n == 0) {
        char date[OC_TIME_PRINT_MAX];
        const size_t n = oc_time_print_date(date, e->date);
        return oc_fail(o->err, OC_DATA, "no row of the expiry of %.*s has an iv", (int)n, date);
    }
    return 0;
}

static int set_smile(struct oc_stepopening *o, const struct oc_chain_rows *list)
{
    struct oc_smile *smile = &o->s->chain.chain.smile;

    if (o->smile_later)
        oc_smile_close(smile);      /* not strict: what a market quotes is taken as it is */
    if (!o->column)
        return 0;
    if (oc_smile_find("grid", &smile->model, o->err))
        return -1;
    smile->slice = calloc(o->quotes.nexpiry + 1, sizeof *smile->slice);
    if (!smile->slice)
        return oc_fail(o->err, OC_MEMORY, "no memory for a smile");
    for (size_t i = 0; i < o->quotes.nexpiry; i++) {
        const struct oc_stepexpiry *e = &o->quotes.expiry[i];
        const struct oc_chain_slice *at = slice_of(list, e);
        if (at && set_slice(o, e, at, &smile->slice[smile->n++]))
            return -1;
    }
    o->s->chain.chain.vol = NAN;
    return oc_smile_open(smile, o->err);
}

/* The quotes' strikes as the memory of pinned ladders: date, settle, step, count, strikes ascending. */
static int set_listed(struct oc_stepopening *o)
{
    const struct oc_stepquotes *q = &o->quotes;
    struct oc_stepper *s = o->s;

    if (!s->chain.chain.pinned)
        return 0;
    s->listed = calloc(4 * q->nexpiry + q->n + 1, sizeof *s->listed);
    if (!s->listed)
        return oc_fail(o->err, OC_MEMORY, "no memory for a chain");
    for (size_t i = 0; i < q->nexpiry; i++) {
        const struct oc_stepexpiry *e = &q->expiry[i];
        double *p = s->listed + s->nlisted, *strike = p + 4;
        for (size_t j = e->first; j < e->first + e->n; j++)
            if (j == e->first || q->row[j].strike != q->row[j - 1].strike)
                *strike++ = q->row[j].strike;
        p[0] = e->date;
        p[1] = e->settle;
        p[2] = NAN;
        p[3] = (double)(strike - p - 4);
        s->nlisted = (size_t)(strike - s->listed);
    }
    return 0;
}

/* "2010-12-18 AM", "2010-12-18 16:00" */
static const char *expiry_text(const struct oc_stepquotes *q, const struct oc_stepexpiry *e,
                               char text[2 * OC_TIME_PRINT_MAX])
{
    const int32_t date = q->row[e->first].expiry, settle = e->settle;
    const size_t n = oc_time_print_date(text, date);

    if (settle < 0)
        strcpy(text + n, settle == OC_EXPIRY_PM ? " PM" : " AM");
    else
        snprintf(text + n, OC_TIME_PRINT_MAX, " %02d:%02d", (int)settle / 60 % 100, (int)settle % 60);
    return text;
}

/*
 * A chain that walks goes by instants that its calendar gives.  Where a row says another, by years or expires_at, its
 * volatility is of another time: that is refused from a minute on, which is what expiries stand on.
 */
static int check_years(const struct oc_stepopening *o, const struct oc_stepexpiry *e)
{
    const struct oc_stepquotes *q = &o->quotes;
    const double years = oc_stepclock_years(q->ts, e->expires_at);
    char text[2 * OC_TIME_PRINT_MAX];

    for (size_t i = e->first; i < e->first + e->n; i++)
        if (!(fabs(q->row[i].years - years) * 365 * 1440 < 1))
            return oc_fail(o->err, OC_DATA, "the expiry %s is %.9g years away by the years or expires_at of strike %.10g, "
                           "and %.9g by the calendar %s, which a walk goes by: --calendar, or a column settle or calendar, "
                           "says another, or oc-cat -x drops the column", expiry_text(q, e, text), q->row[i].years,
                           q->row[i].strike, years, oc_calendar_id(o->s->chain.calendar));
    return 0;
}

/*
 * Dates that are no session stand for the one before, as in the calendar's expiries.  Two expiries of one instant are
 * refused: the chain would list one of them, with the strikes and volatilities of whom?
 */
static int roll_dates(struct oc_stepopening *o)
{
    const struct oc_stepquotes *q = &o->quotes;
    const struct oc_calendar *cal = o->s->chain.calendar;

    for (size_t i = 0; i < q->nexpiry; i++) {
        struct oc_stepexpiry *e = &q->expiry[i];
        if (oc_expiry_instant(cal, e->date, e->settle, &e->expires_at, o->err)
            || oc_calendar_step(cal, e->date, 0, &e->date, o->err) || check_years(o, e))
            return -1;
        for (size_t j = 0; j < i; j++)
            if (q->expiry[j].expires_at == e->expires_at) {
                char a[2 * OC_TIME_PRINT_MAX], b[2 * OC_TIME_PRINT_MAX];
                return oc_fail(o->err, OC_DATA, "the expiries %s and %s are one instant, and a chain lists one there "
                               "(oc-cat --where picks)", expiry_text(q, &q->expiry[j], a), expiry_text(q, e, b));
            }
    }
    return 0;
}

/* The expiries of the quotes at their instant: years and forwards as the chain has them. */
static int list_quotes(struct oc_stepopening *o, struct oc_chain_rows *list)
{
    struct oc_chain_spec spec = o->s->chain.chain;
    const struct oc_chain_at at = { .ts = o->quotes.ts, .spot = o->words.spot, .level = 1, .ref_spot = o->words.spot };

    spec.curve_from = at.ts;        /* with --start the walk's own years count from later on */
    spec.schedule = (struct oc_schedule){ .calendar = o->s->chain.calendar };
    if (oc_schedule_parse(o->dates.p, OC_EXPIRY_PM, &spec.schedule, o->err))
        return -1;
    spec.ladder = (struct oc_ladder){ .how = OC_LADDER_STEP, .step = o->words.spot };
    spec.pinned = false;
    return oc_chain_list(&spec, &at, list, o->err);
}

int oc_stepquoted_plan(struct oc_stepopening *o)
{
    struct oc_chain_rows list = { 0 };
    int rc = 0;

    if (o->quotes.n) {
        rc = (o->dates.n == 0 && write_dates(o)) || roll_dates(o) || list_quotes(o, &list) || set_rates(o, &list);
        /* the forwards are those of the rates, and of the yield that follows from them */
        rc = rc || list_quotes(o, &list) || set_yield(o, &list) || (o->yield_later && list_quotes(o, &list));
    }
    rc = rc || set_smile(o, &list) || (o->quotes.n && set_listed(o));
    oc_chain_free(&list);
    return rc ? -1 : 0;
}
