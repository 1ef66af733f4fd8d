/* priceopts - what the options of oc-price mean: the functions of price.h that read words and files. */
#include "app/price.h"

#include "base/nearest.h"
#include "base/time.h"
#include "base/words.h"
#include "record/runstats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int oc_price_model(struct oc_price *p, const char *text, struct oc_err *err)
{
    struct oc_spec spec;

    p->volatility = p->shift = NAN;
    if (!text || strcmp(text, "auto") == 0)
        return 0;
    if (oc_spec_parse(text, &spec, err))
        return oc_while(err, "--model");
    const bool any = strcmp(spec.model, "auto") == 0;
    if (!any && oc_pricer_find(spec.model, &p->model, err))
        return oc_while(err, "--model");
    if (spec.symbol)
        return oc_fail(err, OC_USAGE, "--model: @%s: one model prices all rows here", spec.symbol);
    const bool shifts = p->model && strstr(p->model->params, "shift");
    if (oc_spec_known(&spec, shifts ? "volatility vol sigma shift" : "volatility vol sigma", err)
        || oc_spec_number(&spec, "volatility vol sigma", &p->volatility, err) < 0
        || oc_spec_number(&spec, "shift", &p->shift, err) < 0)
        return oc_while(err, "--model");
    return 0;
}

int oc_price_greeks(struct oc_price *p, const char *list, bool forward, struct oc_err *err)
{
    char word[64];

    if (strcmp(list, "none") == 0)
        return 0;
    if (strcmp(list, "first") == 0)
        list = "delta,gamma,vega,theta,rho,phi";
    else if (strcmp(list, "all") == 0)
        list = "delta,gamma,vega,theta,rho,phi,vanna,vomma,charm,speed,zomma,color,veta,ultima";
    while (oc_words_next(&list, word, sizeof word)) {
        int k = oc_quantity_find(word);
        if (k < 0 || k == OC_PRICE) {
            const char *names[OC_QUANTITIES];
            size_t n = 0;
            for (int i = OC_PRICE + 1; i < OC_QUANTITIES; i++)
                names[n++] = oc_quantity_name(i);
            const char *near = oc_nearest(word, n, names);
            return oc_fail(err, OC_USAGE, "--greeks: '%s' is no Greek%s%s%s", word, near ? "; did you mean '" : "",
                           near ? near : "", near ? "'?" : "");
        }
        if (forward && (k == OC_DELTA || k == OC_GAMMA))
            k = k == OC_DELTA ? OC_DELTA_FWD : OC_GAMMA_FWD;
        p->want[k] = true;
    }
    return 0;
}

int oc_price_sides(struct oc_price *p, const char *list, struct oc_err *err)
{
    static const char *const names[OC_PRICE_SIDES] = { "bid", "mid", "ask", "last" };
    char word[64];

    while (list && oc_words_next(&list, word, sizeof word)) {
        int k = 0;
        while (k < OC_PRICE_SIDES && strcmp(names[k], word) != 0)
            k++;
        if (k == OC_PRICE_SIDES)
            return oc_fail(err, OC_USAGE, "--iv-sides: '%s' is none of bid, mid, ask, last", word);
        p->side[k] = true;
    }
    return 0;
}

/* ---- curves ---------------------------------------------------------------------------------------------- */

enum { CURVE_POINTS = 4096 };

struct points {
    const struct oc_price *p;
    char name[80], ts[OC_TIME_PRINT_MAX];   /* of the first point: curve, instant */
    size_t n;
    struct oc_curve_point point[CURVE_POINTS];
};

static int curve_years(struct points *all, struct oc_batch *b, const struct oc_col *years, const struct oc_col *date,
                       const struct oc_col *tenor, size_t r, double *out, struct oc_err *err)
{
    const struct oc_instants *in = all->p->terms.instants;

    if (years && !isnan(years->f64[r])) {
        *out = years->f64[r];
        return 0;
    }
    if (tenor && oc_bit(tenor->valid, r)) {
        const uint32_t *off = tenor->dict->off + tenor->i32[r];
        if (oc_curve_tenor(tenor->dict->bytes + off[0], off[1] - off[0], out) == 0)
            return 0;
        return oc_bad_row(b, r, tenor, err, "tenor: '%.*s' is no tenor", (int)(off[1] - off[0]),
                          tenor->dict->bytes + off[0]);
    }
    if (date && oc_bit(date->valid, r)) {
        int64_t ns = 0;
        if (!in->has_ts)
            return oc_fail(err, OC_USAGE, "its points are dates, so --ts has to say from when they count");
        if (oc_time_midnight(date->i32[r], &ns))
            return oc_bad_row(b, r, date, err, "date: outside the years 1678 to 2262");
        return oc_years_column(OC_YEARS_ACT365, NULL, 1, &in->ts, &ns, out, err) == 1 ? 0 : -1;
    }
    return oc_bad_row(b, r, NULL, err, "neither years, tenor nor date");
}

/* Points of two curves, or of one at two times, make no curve. */
static int one_curve(struct points *all, const struct oc_col *name, const struct oc_col *ts, size_t r, struct oc_err *err)
{
    char curve[sizeof all->name] = "", at[sizeof all->ts] = "";

    if (name && oc_bit(name->valid, r)) {
        const uint32_t *off = name->dict->off + name->i32[r];
        snprintf(curve, sizeof curve, "%.*s", (int)(off[1] - off[0]), name->dict->bytes + off[0]);
    }
    if (ts && oc_bit(ts->valid, r))
        at[oc_time_print(at, ts->i64[r])] = '\0';
    if (all->n == 0) {
        memcpy(all->name, curve, sizeof curve);
        memcpy(all->ts, at, sizeof at);
    }
    if (strcmp(all->name, curve) != 0)
        return oc_fail(err, OC_DATA, "two curves, '%s' and '%s': oc-cat --where 'curve == ...' takes one", all->name, curve);
    if (strcmp(all->ts, at) != 0)
        return oc_fail(err, OC_DATA, "a curve at two times, %s and %s: oc-cat --where 'ts == ...' takes one", all->ts, at);
    return 0;
}

static int curve_batch(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct points *all = ctx;
    int rc = 0;
    const struct oc_col *years = oc_load_named(b, "years", OC_F64, &rc, err), *date = oc_load_named(b, "date", OC_DATE, &rc, err),
                        *tenor = oc_load_named(b, "tenor", OC_SYM, &rc, err), *zero = oc_load_named(b, "zero_rate", OC_F64, &rc, err),
                        *par = oc_load_named(b, "par_rate", OC_F64, &rc, err),
                        *disc = oc_load_named(b, "discount", OC_F64, &rc, err),
                        *freq = oc_load_named(b, "frequency", OC_I64, &rc, err), *ts = oc_load_named(b, "ts", OC_TIME, &rc, err),
                        *name = oc_load_named(b, "curve", OC_SYM, &rc, err);

    for (size_t r = 0; rc == 0 && r < b->rows; r++) {
        struct oc_curve_point pt = { .quote = OC_CURVE_ZERO, .value = NAN };
        if (one_curve(all, name, ts, r, err))
            return -1;
        if (all->n == CURVE_POINTS)
            return oc_fail(err, OC_LIMIT, "more than %d points", CURVE_POINTS);
        if (zero && !isnan(zero->f64[r])) {
            pt.value = zero->f64[r];
        } else if (disc && !isnan(disc->f64[r])) {
            pt.quote = OC_CURVE_DISCOUNT;
            pt.value = disc->f64[r];
        } else if (par && !isnan(par->f64[r])) {
            pt.quote = OC_CURVE_PAR;
            pt.value = par->f64[r];
            if (!freq || !oc_bit(freq->valid, r))
                rc = oc_bad_row(b, r, freq, err, "frequency: missing, which a par rate needs");
            else if (freq->i64[r] < 1 || freq->i64[r] > 12)
                rc = oc_bad_row(b, r, freq, err, "frequency: %lld is none of 1, 2, 3, 4, 6, 12", (long long)freq->i64[r]);
            else
                pt.frequency = (int32_t)freq->i64[r];
        } else {
            rc = oc_bad_row(b, r, NULL, err, "neither zero_rate, discount nor par_rate");
        }
        if (rc == 0)
            rc = curve_years(all, b, years, date, tenor, r, &pt.years, err);
        all->point[all->n++] = pt;
    }
    return rc;
}

int oc_price_curve(struct oc_price *p, struct oc_io *io, const char *path, struct oc_err *err)
{
    if (!path)
        return 0;
    struct points *all = calloc(1, sizeof *all);
    if (!all)
        return oc_fail(err, OC_MEMORY, "no memory for a curve");
    all->p = p;
    int rc = oc_each_beside(io, path, "curve", false, curve_batch, all, err);
    if (rc == 0 && (rc = oc_curve_build(all->point, all->n, &p->curve, err))) {
        oc_at(err, path, 0, 0);
        oc_tally_free(io->side);
        io->side = NULL;
    }
    free(all);
    return rc ? oc_while(err, "--curve") : 0;
}

int oc_price_list(FILE *out, const char *value, struct oc_err *err)
{
    (void)value;
    for (size_t i = 0; oc_pricer_at(i); i++) {
        const struct oc_pricer *m = oc_pricer_at(i);
        fprintf(out, "%-12s %-2s %-12s %s\n", m->name, m->exercise, m->params, m->title);
    }
    return ferror(out) ? oc_fail_errno(err, OC_IO, "cannot write to standard output") : 0;
}
