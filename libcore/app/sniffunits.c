/* sniffunits - see sniffunits.h. */
#include "app/sniffunits.h"

#include "app/ingestcell.h"
#include "base/num.h"
#include "base/time.h"
#include "market/symbol.h"
#include "math/log.h"
#include "math/norm.h"
#include "market/zone.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column of numbers, or one of NaN where there is none. */
struct rows {
    size_t n;
    double *spot, *strike, *bid, *ask, *last, *iv, *theta, *vega;
    double *years, *side, *ratio;       /* ratio: n for the median */
    bool has_spot, has_iv;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a sample"); }

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_size);
    return n ? v[n / 2] : NAN;
}

/* The values of a column as doubles, rows that have none NaN; `there` is set where the column is there. */
static int take(struct oc_batch *b, const char *name, double **out, bool *there, struct oc_err *err)
{
    struct oc_col *c = oc_col(b, name);

    *out = oc_arena_alloc(&b->arena, (b->rows + 1) * sizeof **out);
    if (!*out)
        return no_memory(err);
    *there = c && c->type == OC_F64;
    if (*there && oc_load(b, c, err))
        return -1;
    for (size_t i = 0; i < b->rows; i++)
        (*out)[i] = *there ? c->f64[i] : NAN;
    return 0;
}

static int take_terms(struct oc_batch *b, struct rows *r, struct oc_err *err)
{
    struct oc_col *ts = oc_col(b, "ts"), *day = oc_col(b, "expiry"), *type = oc_col(b, "type");

    r->years = oc_arena_alloc(&b->arena, (b->rows + 1) * sizeof *r->years);
    r->side = oc_arena_alloc(&b->arena, (b->rows + 1) * sizeof *r->side);
    r->ratio = oc_arena_alloc(&b->arena, (b->rows + 1) * sizeof *r->ratio);
    if (!r->years || !r->side || !r->ratio)
        return no_memory(err);
    if ((ts && ts->type == OC_TIME && oc_load(b, ts, err)) || (day && day->type == OC_DATE && oc_load(b, day, err))
        || (type && type->type == OC_SYM && oc_load(b, type, err)))
        return -1;
    for (size_t i = 0; i < b->rows; i++) {
        const bool when = ts && day && ts->type == OC_TIME && day->type == OC_DATE && oc_bit(ts->valid, i) && oc_bit(day->valid, i);
        /* some hour of the afternoon: what is told here does not hang on it */
        r->years[i] = when ? ((double)day->i32[i] + 0.85 - (double)ts->i64[i] / (double)OC_TIME_DAY) / 365.0 : NAN;
        r->side[i] = NAN;
        if (type && type->type == OC_SYM && oc_bit(type->valid, i)) {
            const struct oc_dict *d = type->dict;
            size_t n;
            const char *w = oc_kind_word(type->def, d->bytes + d->off[type->i32[i]], d->off[type->i32[i] + 1] - d->off[type->i32[i]], &n);
            r->side[i] = n == 1 && *w == 'C' ? 1.0 : n == 1 && *w == 'P' ? -1.0 : NAN;
        }
    }
    return 0;
}

/* ---- Black's formula with rate 0 ------------------------------------------------------------------------------ */

struct greeks { double price, theta, vega; };

static struct greeks black(double side, double f, double k, double t, double v)
{
    const double s = v * sqrt(t), d1 = oc_log(f / k) / s + s / 2, d2 = d1 - s, phi = oc_norm_pdf(d1);

    return (struct greeks){ side * (f * oc_norm_cdf(side * d1) - k * oc_norm_cdf(side * d2)), -f * phi * v / (2 * sqrt(t)),
                            f * phi * sqrt(t) };
}

/* Rows near the money, not too near their end, where the figures below mean something. */
static bool usable(const struct rows *r, size_t i)
{
    const double x = r->strike[i] / r->spot[i];

    return x > 0.85 && x < 1.15 && r->years[i] > 0.01 && r->years[i] < 1 && !isnan(r->side[i]);
}

/* ---- what is told --------------------------------------------------------------------------------------------- */

/* The cell that a column is made of, and its factor: "IV" times 0.01. */
static void origin_of(const struct oc_ingest *g, const char *name, FILE *out)
{
    const struct oc_preset_column *c = oc_preset_rule(&g->preset, name, 0);
    const bool cell = c && c->source == OC_FROM_CELL;

    if (cell && c->times)
        fprintf(out, " (cell '%s' times %s)", c->from.word[0], c->times);
    else if (cell)
        fprintf(out, " (cell '%s'%s)", c->from.word[0], c->percent ? " less its %" : "");
}

/* Volatilities in percent are put right, so that the Greeks below can be told. */
static void tell_iv(const struct oc_ingest *g, struct rows *r, FILE *out)
{
    size_t n = 0, tried = 0, as_is = 0, hundredth = 0;

    for (size_t i = 0; i < r->n; i++)
        if (r->iv[i] > 0)
            r->ratio[n++] = r->iv[i];
    if (!n)
        return;
    const double middle = median(r->ratio, n);
    fprintf(out, "    vendor_iv");
    origin_of(g, "vendor_iv", out);
    fprintf(out, ": median %.4g of %zu", middle, n);
    for (size_t i = 0; i < r->n; i++) {
        const double mid = (r->bid[i] + r->ask[i]) / 2;
        if (!usable(r, i) || !(r->iv[i] > 0) || !(r->bid[i] > 0) || !(mid > 0)
            || r->side[i] * (r->strike[i] - r->spot[i]) < 0)           /* in the money every volatility gives the price */
            continue;
        tried++;
        as_is += fabs(black(r->side[i], r->spot[i], r->strike[i], r->years[i], r->iv[i]).price / mid - 1) < 0.5;
        hundredth += fabs(black(r->side[i], r->spot[i], r->strike[i], r->years[i], r->iv[i] / 100).price / mid - 1) < 0.5;
    }
    if (tried)
        fprintf(out, "; Black comes within half of the mid on %zu of %zu rows out of the money with it, on %zu with a hundredth", as_is, tried,
                hundredth);
    for (size_t i = 0; tried && hundredth >= 2 * as_is + 1 && i < r->n; i++)
        r->iv[i] /= 100;
    fprintf(out, ": %s\n", tried && as_is >= 2 * hundredth + 1 ? "a fraction" : tried && hundredth >= 2 * as_is + 1 ? "PERCENT"
                           : tried ? "not clear" : middle < 3 ? "looks like a fraction" : "looks like PERCENT");
}

/* Strikes in thousandths or hundredths are put right, so that the rest can be told. */
static void tell_strike(const struct oc_ingest *g, struct rows *r, FILE *out)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++)
        if (r->strike[i] > 0 && r->spot[i] > 0)
            r->ratio[n++] = r->strike[i] / r->spot[i];
    if (!n)
        return;
    const double m = median(r->ratio, n), unit = m > 200 && m < 5000 ? 1000 : m > 20 && m <= 200 ? 100 : 1;
    for (size_t i = 0; unit > 1 && i < r->n; i++)
        r->strike[i] /= unit;
    fprintf(out, "    strike");
    origin_of(g, "strike", out);
    fprintf(out, ": median of strike over spot %.4g: %s\n", m, m > 0.2 && m < 5 ? "both in one unit"
                 : unit == 1000 ? "strikes are TIMES 1000" : unit == 100 ? "strikes are TIMES 100" : "not clear");
}

/* When the rows are of: an epoch in another unit shows at once. */
static int tell_time(struct oc_batch *b, FILE *out, struct oc_err *err)
{
    struct oc_col *c = oc_col(b, "ts");
    char from[OC_TIME_PRINT_MAX], to[OC_TIME_PRINT_MAX];
    int64_t least = INT64_MAX, most = INT64_MIN;

    if (!c || c->type != OC_TIME)
        return 0;
    if (oc_load(b, c, err))
        return -1;
    for (size_t i = 0; i < b->rows; i++)
        if (oc_bit(c->valid, i)) {
            least = c->i64[i] < least ? c->i64[i] : least;
            most = c->i64[i] > most ? c->i64[i] : most;
        }
    if (least <= most)
        fprintf(out, "    ts: %.*s to %.*s\n", (int)oc_time_print(from, least), from, (int)oc_time_print(to, most), to);
    return 0;
}

/* The strike of the contract symbol beside the strike's cell. */
static void tell_symbol(const struct oc_batch *b, const struct rows *r, FILE *out)
{
    struct oc_col *c = oc_col(b, "contract_symbol");
    size_t same = 0, other = 0;
    struct oc_buf scratch = { 0 };

    for (size_t i = 0; c && c->sep && i < r->n; i++) {
        size_t n;
        bool null = false;
        struct oc_symbol s;
        const char *raw = oc_cell(c, i, &n), *p = oc_cell_text(b->dialect, raw, n, &scratch, &n, &null);
        if (null || oc_symbol_parse(p, n, &s) || isnan(r->strike[i]))
            continue;
        *(s.strike == r->strike[i] ? &same : &other) += 1;
    }
    oc_buf_free(&scratch);
    if (same + other)
        fprintf(out, "    strike: that of the contract symbol on %zu of %zu rows\n", same, same + other);
}

/* A Greek against Black's, by the factors that vendors use. */
static void tell_greek(const struct oc_ingest *g, const struct rows *r, const char *name, bool theta, FILE *out)
{
    static const struct { double ratio; const char *word; } thetas[] = {
        { 1, "per year" }, { 1 / 365.0, "per day of 365" }, { 1 / 252.0, "per day of 252" }, { -1, "per year, positive" },
    }, vegas[] = { { 1, "per 1.00 of volatility" }, { 0.01, "per 1 % of volatility" } };
    const double *v = theta ? r->theta : r->vega;
    size_t n = 0;
    const char *word = "no unit that is known";
    double best = 0.25;

    for (size_t i = 0; i < r->n; i++) {
        if (!usable(r, i) || !(r->iv[i] > 0) || isnan(v[i]) || v[i] == 0)
            continue;
        const struct greeks b = black(r->side[i], r->spot[i], r->strike[i], r->years[i], r->iv[i]);
        r->ratio[n++] = v[i] / (theta ? b.theta : b.vega);
    }
    if (n < 4)
        return;
    const double m = median(r->ratio, n);
    for (size_t i = 0; i < (theta ? sizeof thetas / sizeof *thetas : sizeof vegas / sizeof *vegas); i++) {
        const double ratio = theta ? thetas[i].ratio : vegas[i].ratio, off = m / ratio > 0 ? fabs(oc_log(m / ratio)) : 9;
        if (off < best) {
            best = off;
            word = theta ? thetas[i].word : vegas[i].word;
        }
    }
    fprintf(out, "    %s", name);
    origin_of(g, name, out);
    fprintf(out, ": median %.4g of Black's on %zu rows: %s\n", m, n, word);
}

/* Monday to Friday from a date to another. */
static int weekdays(int32_t from, int32_t to)
{
    int n = 0;

    for (int32_t d = from; d < to; d++)
        n += oc_time_weekday(d) < 5;
    return n;
}

static bool is_dte(const char *name)
{
    static const char *const words[] = { "dte", "days_to_expire", "days_to_expiry", "days_to_expiration", "daystoexpiration",
                                         "days to expiration", "daystoexpiry" };

    while (*name == ' ' || *name == '[')
        name++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncasecmp(name, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* Cells called dte beside expiry less date. */
static int tell_dte(const struct oc_ingest *g, struct oc_batch *in, struct oc_batch *b, FILE *out, struct oc_err *err)
{
    struct oc_col *ts = oc_col(b, "ts"), *day = oc_col(b, "expiry");
    struct oc_ingest_work w = { .g = g, .in = in };
    const struct oc_zone *z = g->reading->zone ? g->reading->zone : g->zone;

    if (!ts || !day || ts->type != OC_TIME || day->type != OC_DATE)
        return 0;
    if (oc_load(b, ts, err) || oc_load(b, day, err))
        return -1;
    for (uint32_t k = 0; k < in->ncol; k++) {
        size_t calendar = 0, week = 0, less = 0, fraction = 0, n = 0;
        for (size_t i = 0; is_dte(in->col[k].name) && i < b->rows; i++) {
            size_t len;
            double v;
            const char *s = oc_ingestcell_raw(&w, k, b->origin[i], &len);
            if (!oc_bit(ts->valid, i) || !oc_bit(day->valid, i) || oc_num_f64(s, len, &v))
                continue;
            const int32_t from = oc_time_date(z ? oc_zone_local(z, ts->i64[i]) : ts->i64[i]);
            n++;
            calendar += v == (double)(day->i32[i] - from);
            less += v == (double)(day->i32[i] - from - 1);
            week += v == (double)weekdays(from, day->i32[i]);
            fraction += v != floor(v) && fabs(v - (double)(day->i32[i] - from)) < 1.5;
        }
        if (n)
            fprintf(out, "    '%s': calendar days from the date to the expiry on %zu of %zu rows, one less on %zu, weekdays on %zu, "
                    "with a fraction of the day on %zu\n", in->col[k].name, calendar, n, less, week, fraction);
    }
    oc_ingestcell_free(&w);
    return 0;
}

int oc_sniffunits(const struct oc_ingest *g, struct oc_batch *in, struct oc_batch *made, FILE *out, struct oc_err *err)
{
    struct rows r = { .n = made->rows };
    bool there;

    if (take(made, "spot", &r.spot, &r.has_spot, err) || take(made, "strike", &r.strike, &there, err)
        || take(made, "bid", &r.bid, &there, err) || take(made, "ask", &r.ask, &there, err)
        || take(made, "vendor_iv", &r.iv, &r.has_iv, err) || take(made, "vendor_theta", &r.theta, &there, err)
        || take(made, "vendor_vega", &r.vega, &there, err) || take_terms(made, &r, err))
        return -1;
    if (tell_time(made, out, err))
        return -1;
    tell_symbol(made, &r, out);
    tell_strike(g, &r, out);
    tell_iv(g, &r, out);
    tell_greek(g, &r, "vendor_theta", true, out);
    tell_greek(g, &r, "vendor_vega", false, out);
    return tell_dte(g, in, made, out, err);
}
