/* walkdata - see walkdata.h. */
#include "app/walkdata.h"

#include "app/ocsjson.h"
#include "app/priceseries.h"
#include "base/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is(const struct oc_walkdata *d, const char *part) { return d->part && strcmp(d->part, part) == 0; }

void oc_walkdata_init(struct oc_walkdata *d, const char *part)
{
    *d = (struct oc_walkdata){ .part = part, .price_dt = NAN };
    for (int i = 0; i < OC_WALKDATA_REGIMES; i++) {
        d->regime_vol[i] = d->regime_drift[i] = NAN;
        for (int j = 0; j < OC_WALKDATA_REGIMES; j++)
            d->q[i][j] = NAN;
    }
}

void oc_walkdata_free(struct oc_walkdata *d)
{
    free(d->file);
    free(d->column);
    free(d->price);
    free(d->time);
    free(d->strike);
    free(d->point);
    oc_walkdata_init(d, NULL);
}

static const struct { const char *part, *names, *shown; } parts[] = {
    { "price", "file column prices timeframe price_dt", "file [column] | prices, [timeframe | price_dt]" },
    { "grid", "volatility years strikes", "volatility [years strikes]" },
    { "xi", "xi years", "xi [years]" },
    { "regime", "volatilityN driftN qNM", "volatilityN [driftN] [qNM]" },
};

static size_t part_index(const char *part)
{
    size_t i = 0;

    while (part && i < sizeof parts / sizeof *parts && strcmp(parts[i].part, part) != 0)
        i++;
    return part ? i : sizeof parts / sizeof *parts;
}

const char *oc_walkdata_names(const char *part)
{
    const size_t i = part_index(part);

    return i < sizeof parts / sizeof *parts ? parts[i].names : "";
}

const char *oc_walkdata_shown(const char *part)
{
    const size_t i = part_index(part);

    return i < sizeof parts / sizeof *parts ? parts[i].shown : "";
}

int oc_walkdata_number(const char *s, size_t n, double *v)
{
    const bool percent = n && s[n - 1] == '%';

    return (percent ? oc_num_scaled(s, n - 1, "0.01", v) : oc_num_f64(s, n, v)) == OC_NUM_OK ? 0 : -1;
}

static int twice(const char *name, struct oc_err *err) { return oc_fail(err, OC_USAGE, "'%s' is given twice", name); }

/* ---- one value -------------------------------------------------------------------------------------------- */

static int push(double **list, size_t *n, size_t *cap, double v, struct oc_err *err)
{
    if (*n == *cap) {
        const size_t more = *cap ? 2 * *cap : 64;
        double *p = realloc(*list, more * sizeof *p);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory for a list of numbers");
        *list = p;
        *cap = more;
    }
    (*list)[(*n)++] = v;
    return 0;
}

/* Numbers joined by |. */
static int list(const char *name, const char *text, double **out, size_t *n, size_t *cap, struct oc_err *err)
{
    if (*n)
        return twice(name, err);
    for (const char *p = text;; p++) {
        const size_t len = strcspn(p, "|");
        double v;
        if (oc_walkdata_number(p, len, &v))
            return oc_fail(err, OC_USAGE, "%s: '%.*s' is not a number", name, (int)(len < 40 ? len : 40), p);
        if (push(out, n, cap, v, err))
            return -1;
        p += len;
        if (!*p)
            return 0;
    }
}

static int add_point(struct oc_walkdata *d, double value, double years, double strike, struct oc_err *err)
{
    if (d->npoint == d->cappoint) {
        const size_t more = d->cappoint ? 2 * d->cappoint : 64;
        struct oc_walkdata_point *p = realloc(d->point, more * sizeof *p);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory for a grid");
        d->point = p;
        d->cappoint = more;
    }
    d->point[d->npoint++] = (struct oc_walkdata_point){ years, strike, value };
    return 0;
}

/* volatility=A|B|...: points without a place, which build() gives them. */
static int points(struct oc_walkdata *d, const char *name, const char *text, struct oc_err *err)
{
    double *v = NULL;
    size_t n = 0, cap = 0;
    int rc = d->npoint ? twice(name, err) : list(name, text, &v, &n, &cap, err);

    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = add_point(d, v[i], NAN, NAN, err);
    free(v);
    return rc;
}

static int keep(char **to, const char *name, const char *text, struct oc_err *err)
{
    if (*to)
        return twice(name, err);
    return (*to = strdup(text)) ? 0 : oc_fail(err, OC_MEMORY, "no memory for a name");
}

static int price_dt(struct oc_walkdata *d, const char *name, double dt, struct oc_err *err)
{
    if (!isnan(d->price_dt))
        return oc_fail(err, OC_USAGE, "the time between two prices is given twice, by timeframe and price_dt");
    if (!(dt > 0) || !isfinite(dt))
        return oc_fail(err, OC_USAGE, "%s is not above 0", name);
    d->price_dt = dt;
    return 0;
}

static int timeframe(struct oc_walkdata *d, const char *text, struct oc_err *err)
{
    double periods;

    if (oc_ocsjson_periods(text, strlen(text), &periods) && oc_walkdata_number(text, strlen(text), &periods))
        return oc_fail(err, OC_USAGE,
                       "timeframe '%.40s' is none of microsecond millisecond second minute hour day week month "
                       "quarter year, and no number of periods a year",
                       text);
    return price_dt(d, "timeframe", 1 / periods, err);
}

int oc_walkdata_text(struct oc_walkdata *d, const char *name, const char *text, struct oc_err *err)
{
    double v;
    int rc = 1;

    if (is(d, "price") && strcmp(name, "file") == 0)
        rc = keep(&d->file, name, text, err);
    else if (is(d, "price") && strcmp(name, "column") == 0)
        rc = keep(&d->column, name, text, err);
    else if (is(d, "price") && strcmp(name, "prices") == 0)
        rc = list(name, text, &d->price, &d->nprice, &d->capprice, err);
    else if (is(d, "price") && strcmp(name, "timeframe") == 0)
        rc = timeframe(d, text, err);
    else if ((is(d, "grid") && strcmp(name, "volatility") == 0) || (is(d, "xi") && strcmp(name, "xi") == 0))
        rc = points(d, name, text, err);
    else if ((is(d, "grid") || is(d, "xi")) && strcmp(name, "years") == 0)
        rc = list(name, text, &d->time, &d->ntime, &d->captime, err);
    else if (is(d, "grid") && strcmp(name, "strikes") == 0)
        rc = list(name, text, &d->strike, &d->nstrike, &d->capstrike, err);
    if (rc != 1)
        return rc ? -1 : 1;
    /* what is a plain number */
    return oc_walkdata_number(text, strlen(text), &v) == 0 ? oc_walkdata_value(d, name, v, NAN, NAN, err) : 0;
}

/* volatility3, drift3, q31: the number behind the word, from 0; -1: it is not this name. */
static int numbered(const char *name, const char *word, int digits, int *first, int *second)
{
    const size_t n = strlen(word);

    if (strncmp(name, word, n) != 0 || strlen(name) != n + (size_t)digits)
        return -1;
    *first = name[n] - '1';
    *second = digits > 1 ? name[n + 1] - '1' : 0;
    return *first >= 0 && *first < OC_WALKDATA_REGIMES && *second >= 0 && *second < OC_WALKDATA_REGIMES ? 0 : -1;
}

static int regime(struct oc_walkdata *d, const char *name, double value, struct oc_err *err)
{
    int i, j;
    double *to = NULL;

    if (numbered(name, "volatility", 1, &i, &j) == 0)
        to = &d->regime_vol[i];
    else if (numbered(name, "drift", 1, &i, &j) == 0)
        to = &d->regime_drift[i];
    else if (numbered(name, "q", 2, &i, &j) == 0 && i != j)
        to = &d->q[i][j];
    if (!to)
        return 0;
    if (!isnan(*to))
        return twice(name, err);
    if (!isfinite(value) || (name[0] != 'd' && value < 0))
        return oc_fail(err, OC_USAGE, "%s is %g, which is not 0 or more", name, value);
    *to = value;
    return 1;
}

int oc_walkdata_value(struct oc_walkdata *d, const char *name, double value, double years, double strike, struct oc_err *err)
{
    if (is(d, "regime"))
        return regime(d, name, value, err);
    if (is(d, "price") && strcmp(name, "price_dt") == 0)
        return price_dt(d, name, value, err) ? -1 : 1;
    if (is(d, "price") && strcmp(name, "timeframe") == 0)
        return price_dt(d, name, 1 / value, err) ? -1 : 1;
    if ((is(d, "grid") && strcmp(name, "volatility") == 0) || (is(d, "xi") && strcmp(name, "xi") == 0)) {
        if (is(d, "xi") && !isnan(strike))
            return oc_fail(err, OC_USAGE, "xi comes by expiry, not by strike");
        return add_point(d, value, years, strike, err) ? -1 : 1;
    }
    return 0;
}

/* ---- the whole -------------------------------------------------------------------------------------------- */

/* Ascending and above 0. */
static int check_axis(const char *what, const double *v, size_t n, struct oc_err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!(v[i] > (i ? v[i - 1] : 0)) || !isfinite(v[i]))
            return oc_fail(err, OC_USAGE, "the %s are not above 0 and ascending: %g behind %g", what, v[i],
                           i ? v[i - 1] : 0.0);
    return 0;
}

static int by_place(const void *x, const void *y)
{
    const struct oc_walkdata_point *a = x, *b = y;

    return a->years != b->years ? (a->years > b->years) - (a->years < b->years)
                                : (a->strike > b->strike) - (a->strike < b->strike);
}

/* Give the points of a printed list their places: the product of the two axes, in order. */
static int place_list(struct oc_walkdata *d, const char *name, struct oc_err *err)
{
    const size_t nk = d->nstrike ? d->nstrike : 1, nt = d->ntime ? d->ntime : 1;

    if (check_axis("years", d->time, d->ntime, err) || check_axis("strikes", d->strike, d->nstrike, err))
        return -1;
    if (d->npoint != nk * nt)
        return oc_fail(err, OC_USAGE, "%s has %zu values for %zu times and %zu strikes", name, d->npoint, nt, nk);
    for (size_t i = 0; i < d->npoint; i++) {
        d->point[i].years = d->ntime ? d->time[i / nk] : 1;
        d->point[i].strike = d->nstrike ? d->strike[i % nk] : 1;
    }
    return 0;
}

/* Points with places: rectangular?  *nk strikes at each of *nt times. */
static int rectangle(const struct oc_walkdata *d, const char *name, size_t *nt, size_t *nk, struct oc_err *err)
{
    *nk = 1;
    while (*nk < d->npoint && d->point[*nk].years == d->point[0].years)
        ++*nk;
    *nt = d->npoint / *nk;
    for (size_t i = 0; i < d->npoint; i++) {
        const struct oc_walkdata_point *p = &d->point[i], *row = &d->point[i - i % *nk], *top = &d->point[i % *nk];
        if (i && by_place(p - 1, p) == 0)
            return oc_fail(err, OC_USAGE, "%s is given twice at %g years and strike %g", name, p->years, p->strike);
        if (p->strike != top->strike || p->years != row->years)
            return oc_fail(err, OC_USAGE, "%s is no full grid: at %g years it has no strike %g", name,
                           p->years != row->years ? row->years : p->years,
                           p->strike < top->strike ? p->strike : top->strike);
    }
    if (*nt * *nk != d->npoint)
        return oc_fail(err, OC_USAGE, "%s is no full grid: at %g years it has fewer strikes", name,
                       d->point[d->npoint - 1].years);
    return 0;
}

/* From records: all with places, or one without. */
static int place_records(struct oc_walkdata *d, const char *name, bool strikes, struct oc_err *err)
{
    for (size_t i = 0; i < d->npoint; i++) {
        struct oc_walkdata_point *p = &d->point[i];
        if (d->npoint == 1 && isnan(p->years))
            p->years = 1;
        if (!strikes || (d->npoint == 1 && isnan(p->strike)))
            p->strike = 1;
        if (isnan(p->years) || isnan(p->strike))
            return oc_fail(err, OC_USAGE, "%s: one of several values has no %s", name,
                           isnan(p->years) ? "expiry" : "strike");
    }
    qsort(d->point, d->npoint, sizeof *d->point, by_place);
    return 0;
}

static int build_points(struct oc_walkdata *d, const char *name, bool strikes, struct oc_simdata *out, void **owned,
                        struct oc_err *err)
{
    const bool listed =
        d->npoint && isnan(d->point[0].years) && isnan(d->point[0].strike) && (d->npoint > 1 || d->ntime || d->nstrike);
    size_t nt = 0, nk = 0;

    if (!d->npoint)
        return oc_fail(err, OC_USAGE, "the parameter %s is missing", name);
    if (!listed && (d->ntime || d->nstrike))
        return oc_fail(err, OC_USAGE, "years and strikes of %s are given beside values that have their own", name);
    if ((listed ? place_list(d, name, err) : place_records(d, name, strikes, err)) || rectangle(d, name, &nt, &nk, err))
        return -1;
    double *m = malloc((nt + nk + nt * nk) * sizeof *m);
    if (!m)
        return oc_fail(err, OC_MEMORY, "no memory for a grid");
    *owned = m;
    for (size_t i = 0; i < nt; i++)
        m[i] = d->point[i * nk].years;
    for (size_t j = 0; j < nk; j++)
        m[nt + j] = d->point[j].strike;
    for (size_t i = 0; i < nt * nk; i++) {
        m[nt + nk + i] = d->point[i].value;
        if (!(d->point[i].value > 0) || !isfinite(d->point[i].value))
            return oc_fail(err, OC_USAGE, "%s is %g at %g years, which is not above 0", name, d->point[i].value,
                           d->point[i].years);
    }
    if (check_axis("years", m, nt, err) || check_axis("strikes", m + nt, nk, err))
        return -1;
    if (strikes)
        *out = (struct oc_simdata){ .nt = nt, .nk = nk, .t = m, .k = m + nt, .vol = m + nt + nk };
    else
        *out = (struct oc_simdata){ .nxi = nt, .xi_t = m, .xi = m + nt + nk };
    return 0;
}

static int build_price(struct oc_walkdata *d, struct oc_io *io, struct oc_simdata *out, void **owned, struct oc_err *err)
{
    if (d->file && d->nprice)
        return oc_fail(err, OC_USAGE, "prices are given by a file and by themselves");
    if (d->column && !d->file)
        return oc_fail(err, OC_USAGE, "column is given without a file");
    if (d->file && !io)
        return oc_fail(err, OC_USAGE, "no files are read here");
    if (d->file && oc_priceseries_read(d->file, d->column, io, &d->price, &d->nprice, err))
        return oc_while(err, "file");
    if (!d->nprice)
        return oc_fail(err, OC_USAGE, "the parameter file is missing (prices, one a step)");
    for (size_t i = 0; i < d->nprice; i++)
        if (!(d->price[i] > 0) || !isfinite(d->price[i]))
            return oc_fail(err, OC_DATA, "price %zu is %g, which is not above 0", i + 1, d->price[i]);
    *owned = d->price;
    *out = (struct oc_simdata){ .nprice = d->nprice,
                                .price = d->price,
                                .price_dt = isnan(d->price_dt) ? 1.0 / 252 : d->price_dt };
    d->price = NULL;
    d->nprice = d->capprice = 0;
    return 0;
}

static int build_regime(struct oc_walkdata *d, struct oc_simdata *out, void **owned, struct oc_err *err)
{
    size_t n = 0;

    while (n < OC_WALKDATA_REGIMES && !isnan(d->regime_vol[n]))
        n++;
    if (n == 0)
        return oc_fail(err, OC_USAGE, "the parameter volatility1 is missing");
    for (size_t i = 0; i < OC_WALKDATA_REGIMES; i++) {
        bool spoken = i >= n && (!isnan(d->regime_vol[i]) || !isnan(d->regime_drift[i]));
        for (size_t j = 0; j < OC_WALKDATA_REGIMES; j++)
            spoken |= i >= n && (!isnan(d->q[i][j]) || !isnan(d->q[j][i]));
        if (spoken)
            return oc_fail(err, OC_USAGE, "regime %zu is spoken of, but volatility%zu is missing", i + 1, n + 1);
    }
    double *m = malloc((2 * n + n * n) * sizeof *m);
    if (!m)
        return oc_fail(err, OC_MEMORY, "no memory for the regimes");
    *owned = m;
    for (size_t i = 0; i < n; i++) {
        m[i] = d->regime_vol[i];
        m[n + i] = d->regime_drift[i];
        for (size_t j = 0; j < n; j++)
            m[2 * n + i * n + j] = i == j || isnan(d->q[i][j]) ? 0 : d->q[i][j];
    }
    *out = (struct oc_simdata){ .nregime = n, .regime_vol = m, .regime_drift = m + n, .regime_q = m + 2 * n };
    return 0;
}

int oc_walkdata_build(struct oc_walkdata *d, struct oc_io *io, struct oc_simdata *out, void **owned, struct oc_err *err)
{
    *out = (struct oc_simdata){ 0 };
    *owned = NULL;
    const int rc = !d->part            ? 0
                   : is(d, "price")  ? build_price(d, io, out, owned, err)
                   : is(d, "grid")   ? build_points(d, "volatility", true, out, owned, err)
                   : is(d, "xi")     ? build_points(d, "xi", false, out, owned, err)
                   : is(d, "regime") ? build_regime(d, out, owned, err)
                                     : oc_fail(err, OC_INTERNAL, "data '%s' is of no known part", d->part);
    if (rc) {
        free(*owned);
        *owned = NULL;
    }
    return rc;
}
