/* params - the walks: see params.h.  Each is drafted from its spec, then from the file, then checked as a whole. */
#include "app/params.h"

#include "app/corrs.h"
#include "app/ocsjson.h"
#include "app/paramrows.h"
#include "app/slurp.h"
#include "app/walkdraft.h"
#include "base/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct reading {
    const struct oc_walk_words *words;
    struct oc_io *io;               /* NULL: no files */
    size_t n;
    struct oc_walkdraft *draft;            /* [OC_ASSETS_MAX] */
    struct oc_paramrows rows;
    struct oc_ocsjson request;
    struct oc_corrs corrs;
    struct oc_err *err;
};

/* ---- drafts ----------------------------------------------------------------------------------------------- */

static struct oc_walkdraft *new_draft(struct reading *q, const char *model, const char *symbol)
{
    struct oc_walkdraft *d = &q->draft[q->n];

    if (q->n == OC_ASSETS_MAX) {
        oc_fail(q->err, OC_USAGE, "more than %d underlyings", OC_ASSETS_MAX);
        return NULL;
    }
    if (oc_walkdraft_open(d, model, symbol, q->err))
        return NULL;
    q->n++;
    return d;
}

static int from_spec(struct reading *q, const struct oc_spec *s)
{
    struct oc_walkdraft *d = new_draft(q, s->model, s->symbol ? s->symbol : "");

    for (size_t i = 0; d && i < s->n; i++)
        if (oc_walkdraft_text(d, s->param[i].name, s->param[i].value, q->err))
            return -1;
    return d ? 0 : -1;
}

/* Does a model's name, as a file writes it, mean this process? */
static bool means(const struct oc_process *p, const char *model)
{
    return strcmp(p->name, model) == 0 || oc_words_has(p->aliases, ' ', model, strlen(model));
}

static bool is_process(const char *model)
{
    for (size_t i = 0; oc_process_at(i); i++)
        if (means(oc_process_at(i), model))
            return true;
    return false;
}

/* ---- an OptionChain-Simulator request --------------------------------------------------------------------- */

static int from_request(struct reading *q)
{
    struct oc_ocsjson *r = &q->request;

    if (!*r->model)
        return oc_fail(q->err, OC_FORMAT, "the request has no method");
    if (q->n > 1)
        return oc_fail(q->err, OC_USAGE, "a request is of one underlying, --model names %zu", q->n);
    struct oc_walkdraft *d = q->n ? &q->draft[0] : new_draft(q, r->model, r->symbol);
    if (!d)
        return -1;
    if (!means(d->process, r->model))
        return oc_fail(q->err, OC_USAGE, "--model says %s, the request %s", d->process->name, r->model);
    if (*d->symbol && *r->symbol && strcmp(d->symbol, r->symbol) != 0)
        return oc_fail(q->err, OC_USAGE, "--model says %s, the request %s", d->symbol, r->symbol);
    if (!*d->symbol && oc_walkdraft_symbol(d, r->symbol, q->err))
        return -1;
    d->market = (struct oc_walk_market){ r->initial_price, r->risk_free_rate, r->dividend_yield };
    for (size_t i = 0; i < r->nparam; i++)
        if (oc_walkdraft_value(d, r->param[i].name, r->param[i].value, NAN, NAN, q->err))
            return -1;
    if (!r->nprice)
        return 0;
    if (d->data.nprice || d->data.file || !d->process->data || strcmp(d->process->data, "price") != 0)
        return oc_fail(q->err, OC_USAGE, "%s: prices are given twice, or it has none", d->process->name);
    d->data.price = r->price;
    d->data.nprice = d->data.capprice = r->nprice;
    r->price = NULL;
    const double periods = isnan(r->price_periods) ? r->time_frame : r->price_periods;
    return isnan(periods) ? 0 : oc_walkdraft_value(d, "timeframe", periods, NAN, NAN, q->err);
}

/* ---- param records ---------------------------------------------------------------------------------------- */

static bool is_corr(const struct oc_paramrow *r) { return !r->market && (*r->symbol2 || strcmp(r->name, "corr") == 0); }
/* Does the row speak of a model's own parameters? */
static bool is_own(const struct oc_paramrow *r) { return !r->market && !is_corr(r); }

/* A draft for each model and symbol of the file, where --model is silent. */
static int drafts_from_rows(struct reading *q)
{
    for (size_t i = 0; i < q->rows.n; i++) {
        const struct oc_paramrow *r = &q->rows.row[i], *before = i ? r - 1 : NULL;
        if (!is_own(r) || !is_process(r->model) || (before && is_own(before) && strcmp(before->model, r->model) == 0
                                                    && strcmp(before->symbol, r->symbol) == 0))
            continue;
        /* rows that belong to all symbols of the model come first; they make a walk only where no symbol follows */
        bool named = false;
        for (size_t k = i; !*r->symbol && k < q->rows.n && strcmp(q->rows.row[k].model, r->model) == 0; k++)
            named |= *q->rows.row[k].symbol && is_own(&q->rows.row[k]);
        if (!named && !new_draft(q, r->model, r->symbol))
            return -1;
    }
    return q->n ? 0 : oc_fail(q->err, OC_USAGE, "the file has parameters of no process; --model names one");
}

/* A single walk without a symbol takes that of its rows, when they have but one. */
static int take_symbol(struct reading *q, struct oc_walkdraft *d)
{
    for (size_t i = 0; i < q->rows.n; i++) {
        const struct oc_paramrow *r = &q->rows.row[i];
        if (!*r->symbol || !is_own(r) || !means(d->process, r->model) || strcmp(d->symbol, r->symbol) == 0)
            continue;
        if (*d->symbol)
            return oc_fail(q->err, OC_USAGE, "the file has %s of two symbols, %s and %.31s: --model %s@SYMBOL takes one",
                           d->process->name, d->symbol, r->symbol, d->process->name);
        if (oc_walkdraft_symbol(d, r->symbol, q->err))
            return -1;
    }
    return 0;
}

/* A row of role market: of the walk's symbol or of all, whatever its model; those by expiry are no part of a walk. */
static void market(struct oc_walkdraft *d, const struct oc_paramrow *r)
{
    double *const to = strcmp(r->name, "spot") == 0 ? &d->market.spot : strcmp(r->name, "rate") == 0 ? &d->market.rate
                       : strcmp(r->name, "dividend_yield") == 0 ? &d->market.dividend_yield : NULL;

    if (to && !r->text && isnan(r->years) && !r->has_expiry && (!*r->symbol || strcmp(r->symbol, d->symbol) == 0))
        *to = r->value;
}

static int fill(struct reading *q, struct oc_walkdraft *d)
{
    for (size_t i = 0; i < q->rows.n; i++) {
        const struct oc_paramrow *r = &q->rows.row[i];
        double years;
        if (r->market)
            market(d, r);
        if (!is_own(r) || !means(d->process, r->model) || (*r->symbol && strcmp(r->symbol, d->symbol) != 0))
            continue;
        if (r->text && strcmp(r->name, "file") == 0)    /* who keeps or takes this file could not tell what else it stands for */
            return oc_fail(q->err, OC_USAGE, "%s: a file of parameters cannot name another file: --model %s:file=%.80s does",
                           d->process->name, d->process->name, r->text);
        if (oc_paramrows_years(r, q->words->calendar, q->words->has_ts, q->words->ts, &years, q->err)
            || (r->text ? oc_walkdraft_text(d, r->name, r->text, q->err)
                        : oc_walkdraft_value(d, r->name, r->value, years, r->strike, q->err)))
            return -1;
    }
    return 0;
}

static int from_rows(struct reading *q)
{
    if (q->n == 0 && drafts_from_rows(q))
        return -1;
    if (q->n == 1 && !*q->draft[0].symbol && take_symbol(q, &q->draft[0]))
        return -1;
    for (size_t i = 0; i < q->n; i++)
        if (fill(q, &q->draft[i]))
            return -1;
    for (size_t i = 0; i < q->rows.n; i++) {
        const struct oc_paramrow *r = &q->rows.row[i];
        if (is_corr(r)
            && oc_corrs_add(&q->corrs, r->symbol, strlen(r->symbol), r->symbol2, strlen(r->symbol2),
                            r->text ? NAN : r->value, q->err))
            return -1;
    }
    return 0;
}

static int from_text(struct reading *q, const char *path, const struct oc_buf *text)
{
    const char *name = strcmp(path, "-") == 0 ? "stdin" : path;

    return oc_ocsjson_read(&q->request, name, text->p ? text->p : "", text->n, q->err) || from_request(q) ? -1 : 0;
}

/* Records that came by a pipe, which was read to its end to see what it holds: once more from a file without a name. */
static int rows_again(struct reading *q, const char *path, const struct oc_buf *text)
{
    struct oc_io plain = *q->io;
    char name[40];
    const int fd = memfd_create("params", MFD_CLOEXEC);
    size_t done = 0;

    for (ssize_t n = 1; fd >= 0 && done < text->n && n > 0; done += n > 0 ? (size_t)n : 0)
        n = write(fd, text->p + done, text->n - done);
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    plain.provenance = NULL;                        /* its digest was taken already */
    plain.side = NULL;
    int rc = fd < 0 || done < text->n ? oc_fail_errno(q->err, OC_IO, "cannot keep the parameters")
                                      : oc_paramrows_read(&q->rows, name, &plain, q->err);
    if (fd >= 0)
        close(fd);
    if (rc)
        return oc_at(q->err, strcmp(path, "-") == 0 ? "stdin" : path, q->err->line, q->err->column);
    return from_rows(q);
}

static int from_pipe(struct reading *q, const char *path)
{
    struct oc_buf text = { 0 };
    int rc = oc_slurp(path, q->io, OC_OCSJSON_MAX, &text, q->err);

    if (rc == 0)
        rc = oc_ocsjson_is(text.p ? text.p : "", text.n) ? from_text(q, path, &text) : rows_again(q, path, &text);
    oc_buf_free(&text);
    return rc;
}

/* A request or records, by the first bytes. */
static int from_file(struct reading *q, const char *path)
{
    struct oc_buf head = { 0 };
    const int read = oc_slurp_head(path, q->io, 1 << 16, &head, q->err);
    const bool request = read > 0 && oc_ocsjson_is(head.p ? head.p : "", head.n);
    int rc;

    oc_buf_free(&head);
    if (read <= 0)
        rc = read < 0 ? -1 : from_pipe(q, path);
    else if (request)
        rc = oc_ocsjson_load(&q->request, path, q->io, q->err) || from_request(q) ? -1 : 0;
    else
        rc = oc_paramrows_read(&q->rows, path, q->io, q->err) || from_rows(q) ? -1 : 0;
    return rc && !q->err->file[0] ? oc_at(q->err, path, q->err->line, q->err->column) : rc;
}

/* ---- the walks -------------------------------------------------------------------------------------------- */

static int check_symbols(const struct reading *q)
{
    for (size_t i = 0; i < q->n && q->n > 1; i++) {
        if (!*q->draft[i].symbol)
            return oc_fail(q->err, OC_USAGE, "one of several underlyings has no symbol: --model %s:...@SYMBOL",
                           q->draft[i].process->name);
        for (size_t k = 0; k < i; k++)
            if (strcmp(q->draft[i].symbol, q->draft[k].symbol) == 0)
                return oc_fail(q->err, OC_USAGE, "%s has two walks, %s and %s: --model takes one", q->draft[i].symbol,
                               q->draft[k].process->name, q->draft[i].process->name);
    }
    return 0;
}

static int agree_dt(const struct reading *q, double *dt)
{
    for (size_t i = 0; i < q->n; i++) {
        const double own = q->draft[i].dt;
        if (!isnan(own) && !isnan(*dt) && own != *dt)
            return oc_fail(q->err, OC_USAGE, "%s: its dt is %.17g years a step, but elsewhere the step is %.17g",
                           q->draft[i].process->name, own, *dt);
        *dt = isnan(own) ? *dt : own;
    }
    return 0;
}

static void print(const struct oc_walks *w, struct oc_buf *out)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct oc_walk *walk = &w->walk[i];
        const struct oc_param *p = walk->process->param;
        const size_t from = out->n + (i > 0) + strlen(walk->process->name);
        if (i)
            oc_buf_char(out, ' ');
        oc_buf_puts(out, walk->process->name);
        for (size_t k = 0; p[k].names; k++) {
            char name[64];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(p[k].names, " "), p[k].names);
            if (!isnan(walk->par[k]))
                oc_walkdata_print_number(out, name, walk->par[k]);
        }
        oc_walkdata_print(walk->process->data, &walk->data, out);
        if (out->n > from && !out->failed)
            out->p[from] = ':';
        if (*w->symbol[i])
            oc_buf_printf(out, "@%s", w->symbol[i]);
    }
    oc_corrs_print(w->n, w->symbol, w->corr, out);
}

/* The domains; a volatility that the caller supplies is NaN before and after. */
static int check(struct reading *q, const struct oc_process *p, double *par)
{
    const int vol = oc_param_find(p->param, "volatility", 10);
    const bool later = q->words && q->words->own_volatility && strcmp(p->name, "geometric_brownian") == 0 && isnan(par[vol]);

    if (later)
        par[vol] = 1;
    const int rc = oc_param_check(p->name, p->param, par, q->err);
    if (later)
        par[vol] = NAN;
    return rc;
}

static int finish(struct reading *q, struct oc_walks *w)
{
    struct oc_buf text = { 0 };

    for (size_t i = 0; i < q->n; i++) {
        struct oc_walkdraft *d = &q->draft[i];
        struct oc_walk *walk = &w->walk[i];
        *walk = (struct oc_walk){ .process = d->process, .asset = (unsigned)i };
        memcpy(walk->par, d->par, sizeof walk->par);
        memcpy(w->symbol[i], d->symbol, sizeof w->symbol[i]);
        w->market[i] = d->market;
        w->n = i + 1;
        if (oc_walkdata_build(&d->data, q->io, &walk->data, &w->owned[i], q->err))
            return oc_while(q->err, "%s", d->process->name);
        if (check(q, d->process, walk->par))
            return -1;
    }
    if (oc_corrs_matrix(&q->corrs, w->n, w->symbol, &w->corr, q->err))
        return -1;
    print(w, &text);
    w->canonical = text.failed ? NULL : strdup(oc_buf_str(&text));
    oc_buf_free(&text);
    return w->canonical ? 0 : oc_fail(q->err, OC_MEMORY, "no memory for the text of the models");
}

static int begin(struct reading *q, struct oc_walks *w)
{
    *w = (struct oc_walks){ 0 };
    q->draft = calloc(OC_ASSETS_MAX, sizeof *q->draft);
    return q->draft ? 0 : oc_fail(q->err, OC_MEMORY, "no memory for the models");
}

static int end(struct reading *q, struct oc_walks *w, int rc)
{
    for (size_t i = 0; q->draft && i < OC_ASSETS_MAX; i++)
        oc_walkdata_free(&q->draft[i].data);
    free(q->draft);
    oc_paramrows_free(&q->rows);
    oc_ocsjson_free(&q->request);
    oc_corrs_free(&q->corrs);
    if (rc)
        oc_walks_free(w);
    return rc;
}

int oc_walks_read(struct oc_walks *w, const struct oc_walk_words *words, struct oc_io *io, double *dt, struct oc_err *err)
{
    struct reading q = { .words = words, .io = io, .err = err };
    struct oc_spec *spec = malloc(sizeof *spec);
    int rc = begin(&q, w);

    if (!spec)
        rc = oc_fail(err, OC_MEMORY, "no memory for the models");
    if (rc == 0 && !words->nmodel && !words->params)
        rc = oc_fail(err, OC_USAGE, "no walk is named: --model SPEC or --params FILE does");
    for (size_t i = 0; rc == 0 && i < words->nmodel; i++)
        if ((rc = oc_spec_parse(words->model[i], spec, err) ? -1 : from_spec(&q, spec)))
            oc_while(err, "--model");
    if (rc == 0 && words->params && (rc = from_file(&q, words->params)))
        oc_while(err, "--params");
    for (size_t i = 0; rc == 0 && i < words->ncorr; i++)
        if ((rc = oc_corrs_parse(&q.corrs, words->corr[i], err)))
            oc_while(err, "--corr");
    rc = rc || check_symbols(&q) || agree_dt(&q, dt) || finish(&q, w) ? -1 : 0;
    free(spec);
    return end(&q, w, rc);
}

/* Pieces of the canonical text: MODEL:...@SYMBOL, and A,B=RHO for the correlations, which alone have = without a colon. */
int oc_walks_parse(struct oc_walks *w, const char *canonical, struct oc_err *err)
{
    static const struct oc_walk_words none;
    struct reading q = { .words = &none, .err = err };
    struct oc_spec *spec = malloc(sizeof *spec);
    char *text = strdup(canonical), *rest = NULL;
    int rc = begin(&q, w);

    if (rc == 0 && (!text || !spec))
        rc = oc_fail(err, OC_MEMORY, "no memory for the models");
    for (char *p = rc ? NULL : strtok_r(text, " ", &rest); rc == 0 && p; p = strtok_r(NULL, " ", &rest))
        if (strchr(p, '=') && !strchr(p, ':'))
            rc = oc_corrs_parse(&q.corrs, p, err);
        else
            rc = oc_spec_cut(p, spec, err) ? -1 : from_spec(&q, spec);
    if (rc == 0 && q.n == 0)
        rc = oc_fail(err, OC_USAGE, "no walk is named");
    rc = rc || check_symbols(&q) || finish(&q, w) ? -1 : 0;
    free(spec);
    free(text);
    return end(&q, w, rc);
}

void oc_walks_free(struct oc_walks *w)
{
    for (size_t i = 0; i < OC_ASSETS_MAX; i++)
        free(w->owned[i]);
    free(w->corr);
    free(w->canonical);
    *w = (struct oc_walks){ 0 };
}

int oc_walks_list(FILE *out, const char *value, struct oc_err *err)
{
    (void)value;
    for (size_t i = 0; oc_process_at(i); i++) {
        const struct oc_process *p = oc_process_at(i);
        fprintf(out, "%-18s %s\n%-18s", p->name, p->title, "");
        for (size_t k = 0; p->param[k].names; k++)
            fprintf(out, p->param[k].optional || !isnan(p->param[k].initial) ? " [%.*s]" : " %.*s",
                    (int)strcspn(p->param[k].names, " "), p->param[k].names);
        fprintf(out, "%s%s\n", p->data ? " " : "", oc_walkdata_shown(p->data));
    }
    return ferror(out) ? oc_fail_errno(err, OC_IO, "cannot write to standard output") : 0;
}
