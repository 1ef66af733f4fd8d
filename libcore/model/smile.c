/* smile - the table of models, slices in order, and what lies between them: see smile.h. */
#include "model/smile.h"

#include "base/nearest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMILE(name) extern const struct oc_smile_model oc_smile_##name;
#include "model/smiles.def"
#undef SMILE

#define SMILE(name) &oc_smile_##name,
static const struct oc_smile_model *const models[] = {
#include "model/smiles.def"
};
#undef SMILE

enum { MODELS = sizeof models / sizeof *models, BLOCK = 256 };

int oc_smile_find(const char *name, const struct oc_smile_model **m, struct oc_err *err)
{
    const char *names[MODELS];

    for (size_t i = 0; i < MODELS; i++) {
        if (strcmp(models[i]->name, name) == 0) {
            *m = models[i];
            return 0;
        }
        names[i] = models[i]->name;
    }
    const char *near = oc_nearest(name, MODELS, names);
    return oc_fail(err, OC_USAGE, "there is no smile '%s'%s%s%s", name, near ? "; did you mean '" : "",
                   near ? near : ": flat, quadratic, svi, svi_jw, svi_natural, ssvi, essvi, sabr", near ? "'?" : "");
}

const struct oc_smile_model *oc_smile_at(size_t i) { return i < MODELS ? models[i] : NULL; }

void oc_smile_line(size_t i, char *out, size_t size)
{
    const struct oc_smile_model *m = models[i];
    size_t n = (size_t)snprintf(out, size, "%-12s", m->name);

    for (const struct oc_param *p = m->param; p->names && n < size; p++)
        n += (size_t)snprintf(out + n, size - n, p->optional ? " [%.*s]" : " %.*s", (int)strcspn(p->names, " "), p->names);
    if (n < size)
        snprintf(out + n, size - n, "  %s", m->title);
}

/* ---- opening --------------------------------------------------------------------------------------------- */

static int by_years(const void *a, const void *b)
{
    const double x = ((const struct oc_slice *)a)->years, y = ((const struct oc_slice *)b)->years;

    return x < y ? -1 : x > y;
}

static int check_years(const struct oc_smile *s, struct oc_err *err)
{
    const char *name = s->model->name;

    if (s->n == 1 && isnan(s->slice[0].years))
        return s->model->any_time ? 0 : oc_fail(err, OC_USAGE, "%s: its parameters belong to an expiry: param records with "
                                                "expiry or years", name);
    for (size_t i = 0; i < s->n; i++)
        if (!(s->slice[i].years > 0 && isfinite(s->slice[i].years)))
            return oc_fail(err, OC_USAGE, "%s: a slice has %g years to expiry, not a time above 0", name, s->slice[i].years);
    qsort(s->slice, s->n, sizeof *s->slice, by_years);
    for (size_t i = 1; i < s->n; i++)
        if (s->slice[i].years == s->slice[i - 1].years)
            return oc_fail(err, OC_USAGE, "%s: two slices for %g years", name, s->slice[i].years);
    return 0;
}

/* Total variance must not fall with time at any k; looked for on 257 points, eight deviations to each side. */
static int check_calendar(const struct oc_smile *s, struct oc_err *err)
{
    enum { POINTS = 257 };
    double k[POINTS], v[2][POINTS];

    for (size_t i = 1; i < s->n; i++) {
        const struct oc_slice *a = &s->slice[i - 1], *b = &s->slice[i];
        const double reach = 8 * oc_smile_atm(s, b->years, 1) * sqrt(b->years);
        for (int j = 0; j < POINTS; j++)
            k[j] = reach * (j - POINTS / 2) / (POINTS / 2);
        s->model->vol(a, 1, POINTS, k, v[0]);
        s->model->vol(b, 1, POINTS, k, v[1]);
        for (int j = 0; j < POINTS; j++) {
            const double early = v[0][j] * v[0][j] * a->years, late = v[1][j] * v[1][j] * b->years;
            if (late < early * (1 - 1e-12))
                return oc_fail(err, OC_USAGE, "%s: calendar arbitrage: total variance falls from %g at %g years to %g at %g "
                               "years where log(K/F) is %g (--allow-arbitrage takes it)", s->model->name, early, a->years,
                               late, b->years, k[j]);
        }
    }
    return 0;
}

int oc_smile_open(struct oc_smile *s, struct oc_err *err)
{
    if (s->n == 0)
        return oc_fail(err, OC_USAGE, "%s: there are no parameters", s->model->name);
    for (size_t i = 0; i < s->n; i++)
        if (oc_param_check(s->model->name, s->model->param, s->slice[i].p, err))
            return -1;
    if (check_years(s, err))
        return -1;
    for (size_t i = 0; i < s->n; i++)
        if (s->model->check && s->model->check(&s->slice[i], s->strict, err))
            return isnan(s->slice[i].years) ? -1 : oc_while(err, "the slice at %g years", s->slice[i].years);
    /* sabr needs a forward, so that its calendar is a matter of the prices */
    return s->strict && strcmp(s->model->name, "sabr") != 0 ? check_calendar(s, err) : 0;
}

void oc_smile_close(struct oc_smile *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->slice[i].k);
        free(s->slice[i].v);
    }
    free(s->slice);
    *s = (struct oc_smile){ 0 };
}

/* ---- volatility ------------------------------------------------------------------------------------------- */

/* Linear in total variance at fixed k, a block at a time. */
static void mix(const struct oc_smile *s, const struct oc_slice *a, const struct oc_slice *b, double years, double forward,
                size_t n, const double *k, double *vol)
{
    const double share = (years - a->years) / (b->years - a->years);
    double early[BLOCK];

    for (size_t at = 0; at < n; at += BLOCK) {
        const size_t m = n - at < BLOCK ? n - at : BLOCK;
        s->model->vol(a, forward, m, k + at, early);
        s->model->vol(b, forward, m, k + at, vol + at);
        for (size_t i = 0; i < m; i++) {
            const double wa = early[i] * early[i] * a->years, wb = vol[at + i] * vol[at + i] * b->years;
            /* a volatility that is none stays none */
            vol[at + i] = early[i] > 0 && vol[at + i] > 0 ? sqrt((wa + share * (wb - wa)) / years) : NAN;
        }
    }
}

void oc_smile_vol(const struct oc_smile *s, double years, double forward, size_t n, const double *k, double *vol)
{
    const struct oc_smile_model *m = s->model;
    struct oc_slice own;
    size_t i = 0;

    if (isnan(s->slice[0].years)) {
        own = s->slice[0];
        own.years = years;
        m->vol(&own, forward, n, k, vol);
        return;
    }
    for (size_t end = s->n; i < end;) {         /* the first slice that is not before */
        const size_t mid = i + (end - i) / 2;
        if (s->slice[mid].years < years)
            i = mid + 1;
        else
            end = mid;
    }
    const struct oc_slice *a = i ? &s->slice[i - 1] : NULL, *b = i < s->n ? &s->slice[i] : NULL;
    if (b && b->years == years) {
        m->vol(b, forward, n, k, vol);
    } else if (m->between) {
        m->between(a, b, years, &own);
        m->vol(&own, forward, n, k, vol);
    } else if (a && b) {
        mix(s, a, b, years, forward, n, k, vol);
    } else {
        m->vol(a ? a : b, forward, n, k, vol);
    }
}

double oc_smile_atm(const struct oc_smile *s, double years, double forward)
{
    const double zero = 0;
    double vol;

    oc_smile_vol(s, years, forward, 1, &zero, &vol);
    return vol;
}
