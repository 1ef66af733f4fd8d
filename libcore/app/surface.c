/* surface - --surface SPEC|FILE of params.h: a smile model and its slices. */
#include "app/paramrows.h"
#include "app/params.h"
#include "app/walkdata.h"
#include "base/nearest.h"
#include "base/time.h"
#include "base/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void clear(struct oc_slice *s, double years)
{
    *s = (struct oc_slice){ .years = years };
    for (size_t i = 0; i < OC_SLICE_PARAMS; i++)
        s->p[i] = NAN;
}

static int unknown(const struct oc_smile_model *m, const char *name, struct oc_err *err)
{
    const size_t n = oc_param_count(m->param);
    char list[512] = "", words[OC_SLICE_PARAMS][32];
    const char *names[OC_SLICE_PARAMS];

    for (size_t i = 0, used = 0; i < n && i < OC_SLICE_PARAMS; i++) {
        snprintf(words[i], sizeof words[i], "%.*s", (int)strcspn(m->param[i].names, " "), m->param[i].names);
        names[i] = words[i];
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? " " : "", words[i]);
    }
    const char *near = oc_nearest(name, n < OC_SLICE_PARAMS ? n : OC_SLICE_PARAMS, names);
    return oc_fail(err, OC_USAGE, "%s has no parameter '%.60s'%s%s%s; it has: %s", m->name, name,
                   near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "", list);
}

static int give(const struct oc_smile_model *m, struct oc_slice *s, const char *name, double v, struct oc_err *err)
{
    const int i = oc_param_find(m->param, name, strlen(name));

    if (i < 0)
        return unknown(m, name, err);
    if (!isnan(s->p[i]))
        return oc_fail(err, OC_USAGE, "%s: the parameter %s is given twice", m->name, name);
    s->p[i] = v;
    return 0;
}

/* ---- MODEL:NAME=VALUE,... ------------------------------------------------------------------------------------ */

static int from_spec(struct oc_smile *s, const char *text, const struct oc_surface_of *of, struct oc_err *err)
{
    struct oc_spec spec;

    if (oc_spec_parse(text, &spec, err) || oc_smile_find(spec.model, &s->model, err))
        return -1;
    if (spec.symbol && *of->symbol && strcmp(spec.symbol, of->symbol) != 0)
        return oc_fail(err, OC_USAGE, "this is a surface of %s, the chain is of %s", spec.symbol, of->symbol);
    if (!(s->slice = malloc(sizeof *s->slice)))
        return oc_fail(err, OC_MEMORY, "no memory for a surface");
    s->n = 1;
    clear(s->slice, NAN);           /* for every expiry */
    for (size_t i = 0; i < spec.n; i++) {
        double v;
        if (oc_walkdata_number(spec.param[i].value, strlen(spec.param[i].value), &v))
            return oc_fail(err, OC_USAGE, "%s: %s is '%.60s', which is not a number", s->model->name, spec.param[i].name,
                           spec.param[i].value);
        if (give(s->model, s->slice, spec.param[i].name, v, err))
            return -1;
    }
    return 0;
}

/* ---- a file of records ---------------------------------------------------------------------------------------- */

static const struct oc_smile_model *smile_named(const char *name)
{
    for (size_t i = 0; oc_smile_at(i); i++)
        if (strcmp(oc_smile_at(i)->name, name) == 0)
            return oc_smile_at(i);
    return NULL;
}

/* Is a word of a record none, or one of those that are wanted? */
static bool among(const char *word, const char *one, const char *other)
{
    const bool any = (!one || !*one) && (!other || !*other);

    return !*word || any || (one && strcmp(word, one) == 0) || (other && strcmp(word, other) == 0);
}

/* The smile model of a record that counts; NULL: it does not. */
static const struct oc_smile_model *counts(const struct oc_paramrow *r, const struct oc_surface_of *of)
{
    if (r->market || !among(r->symbol, of->symbol, NULL) || !among(r->root, of->root[0], of->root[1]))
        return NULL;
    return smile_named(r->model);
}

static int nothing(const struct oc_paramrows *p, const struct oc_surface_of *of, struct oc_err *err)
{
    char list[256] = "";
    size_t used = 0;
    bool any = false, root = false;

    for (size_t i = 0; i < p->n; i++)       /* of the chain's own symbol: it is the root that is another */
        root |= !p->row[i].market && smile_named(p->row[i].model) && among(p->row[i].symbol, of->symbol, NULL);
    for (size_t i = 0; i < p->n; i++) {
        const struct oc_paramrow *r = &p->row[i];
        if (r->market || !smile_named(r->model) || (root && !among(r->symbol, of->symbol, NULL)))
            continue;
        const char *word = root ? r->root : r->symbol;
        any = true;
        if (used + strlen(word) + 2 < sizeof list && !oc_words_has(list, ' ', word, strlen(word)))
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used ? " " : "", word);
    }
    if (!any)
        return oc_fail(err, OC_USAGE, "the file has parameters of no smile model");
    const char *other = root && of->root[1] && strcmp(of->root[0], of->root[1]) ? of->root[1] : "";
    return oc_fail(err, OC_USAGE, "the file has surfaces of the %s %s, none of %s%s%s", root ? "roots" : "symbols", list,
                   root ? of->root[0] : of->symbol, *other ? " or " : "", other);
}

/* The one smile model of the records that count, and the one symbol. */
static int choose(struct oc_smile *s, const struct oc_paramrows *p, const struct oc_surface_of *of, struct oc_err *err)
{
    const char *symbol = "";

    for (size_t i = 0; i < p->n; i++) {
        const struct oc_smile_model *m = counts(&p->row[i], of);
        if (!m)
            continue;
        if (s->model && m != s->model)
            return oc_fail(err, OC_USAGE,
                           "the file has two smile models, %s and %s (oc-cat --where 'model == ...' takes one)",
                           s->model->name, m->name);
        if (*symbol && *p->row[i].symbol && strcmp(symbol, p->row[i].symbol) != 0)
            return oc_fail(err, OC_USAGE,
                           "the file has surfaces of %.31s and %.31s (oc-cat --where 'symbol == ...' takes one)", symbol,
                           p->row[i].symbol);
        symbol = *symbol ? symbol : p->row[i].symbol;
        s->model = m;
    }
    return s->model ? 0 : nothing(p, of, err);
}

static int check_ts(const struct oc_paramrows *p, const struct oc_surface_of *of, struct oc_err *err)
{
    char then[OC_TIME_PRINT_MAX], now[OC_TIME_PRINT_MAX];

    if (!p->has_ts || p->ts <= of->ts)
        return 0;
    then[oc_time_print(then, p->ts)] = now[oc_time_print(now, of->ts)] = '\0';
    return oc_fail(err, OC_USAGE, "the file's surface is of %s, the chain of %s, which cannot know it (oc-cat -x ts, if it is "
                   "meant all the same)", then, now);
}

static int by_years(const void *a, const void *b)
{
    const double x = ((const struct oc_slice *)a)->years, y = ((const struct oc_slice *)b)->years;

    return (x > y) - (x < y);
}

/* The years of each record that counts into years[p->n]; NaN: all slices', or it does not count. */
static int read_years(const struct oc_smile *s, const struct oc_paramrows *p, const struct oc_surface_of *of, double *years,
                      struct oc_err *err)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct oc_paramrow *r = &p->row[i];
        years[i] = NAN;
        if (counts(r, of) != s->model)
            continue;
        if (r->text || !isnan(r->strike) || *r->symbol2)
            return oc_fail(err, OC_USAGE, "%s: %.60s is no number of a slice", s->model->name, r->name);
        if (oc_paramrows_years(r, of->calendar, true, of->ts, &years[i], err))
            return -1;
    }
    return 0;
}

/* A slice for each of the times, ascending, without parameters; of none, the one that stands for every expiry. */
static void begin_slices(struct oc_smile *s, size_t n, const double *years)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        if (!isnan(years[i]))
            clear(&s->slice[found++], years[i]);
    qsort(s->slice, found, sizeof *s->slice, by_years);
    s->n = 0;
    for (size_t i = 0; i < found; i++)
        if (i == 0 || s->slice[i].years != s->slice[s->n - 1].years)
            s->slice[s->n++] = s->slice[i];
    if (s->n == 0)
        clear(&s->slice[s->n++], NAN);
}

/* Rows of a slice first; then those of all slices, which must not meet them. */
static int give_rows(struct oc_smile *s, const struct oc_paramrows *p, const struct oc_surface_of *of, const double *years,
                     struct oc_err *err)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct oc_slice key = { .years = years[i] };
        if (!isnan(years[i]) && give(s->model, bsearch(&key, s->slice, s->n, sizeof key, by_years), p->row[i].name,
                                     p->row[i].value, err))
            return -1;
    }
    for (size_t i = 0; i < p->n; i++) {
        if (!isnan(years[i]) || counts(&p->row[i], of) != s->model)
            continue;
        for (size_t k = 0; k < s->n; k++)
            if (give(s->model, &s->slice[k], p->row[i].name, p->row[i].value, err))
                return -1;
    }
    return 0;
}

static int from_rows(struct oc_smile *s, const struct oc_paramrows *p, const struct oc_surface_of *of, struct oc_err *err)
{
    double *years = malloc((p->n + 1) * sizeof *years);
    int rc = -1;

    s->slice = malloc((p->n + 1) * sizeof *s->slice);
    if (!years || !s->slice) {
        oc_fail(err, OC_MEMORY, "no memory for a surface");
    } else if (read_years(s, p, of, years, err) == 0) {
        begin_slices(s, p->n, years);
        rc = give_rows(s, p, of, years, err);
    }
    free(years);
    return rc;
}

bool oc_surface_is_file(const char *text)
{
    const size_t len = strcspn(text, ":@");
    char name[64];

    snprintf(name, sizeof name, "%.*s", (int)(len < sizeof name ? len : sizeof name - 1), text);
    return text[len] != ':' && !smile_named(name) && strcmp(text, "column") != 0;
}

int oc_surface_read(struct oc_smile *s, const char *spec_or_file, const struct oc_surface_of *of, struct oc_io *io,
                    struct oc_err *err)
{
    struct oc_paramrows rows = { 0 };
    int rc;

    *s = (struct oc_smile){ .strict = s->strict };
    if (!oc_surface_is_file(spec_or_file)) {
        rc = from_spec(s, spec_or_file, of, err);
    } else {
        rc = oc_paramrows_read(&rows, spec_or_file, io, err);
        if (rc == 0 && (choose(s, &rows, of, err) || check_ts(&rows, of, err) || from_rows(s, &rows, of, err)))
            rc = err->file[0] ? -1 : oc_at(err, spec_or_file, 0, 0);
        oc_paramrows_free(&rows);
    }
    if (rc == 0)
        rc = oc_smile_open(s, err);
    if (rc == 0)
        return 0;
    oc_smile_close(s);
    *s = (struct oc_smile){ .strict = s->strict };
    return oc_while(err, "--surface");
}
