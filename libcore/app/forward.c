/* forward - see forward.h: the two outputs, and the run. */
#include "app/forward.h"

#include "app/forwardslice.h"
#include "record/symtab.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char columns[] = "run path step ts symbol";

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a chain"); }

/* ---- every quote ---------------------------------------------------------------------------------------------- */

static int append(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_forward_slices all;
    double *forward, *rate;

    if (oc_forwardslice_fit(ctx, columns, b, &all, err) || oc_add_f64(b, "forward", &forward, err)
        || oc_add_f64(b, "rate", &rate, err) || oc_add_status(b, err))
        return -1;
    for (size_t r = 0; r < b->rows; r++) {
        const struct oc_forward_slice *s = all.of[r] >= 0 ? &all.slice[all.of[r]] : NULL;
        forward[r] = s ? s->fit.forward : NAN;
        rate[r] = s ? s->rate : NAN;
        if (!s)
            continue;
        const char *reason = s->reason ? s->reason : oc_bit(all.outlier, r) ? "outlier" : NULL;
        if (reason && oc_status_add(b, r, "forward", reason, err))
            return -1;
        if (s->rate_reason && oc_status_add(b, r, "rate", s->rate_reason, err))
            return -1;
    }
    return 0;
}

/* ---- a record for every slice ------------------------------------------------------------------------------------ */

/* A text of each slice; NULL: none. */
typedef const char *text_of(const struct oc_forward_slice *s, char *buf, size_t size, size_t *n);

static const char *name_text(const struct oc_forward_slice *s, char *buf, size_t size, size_t *n)
{
    const bool root = s->terms.nroot > 0;

    *n = (size_t)snprintf(buf, size, "%.*s.forward", (int)(root ? s->terms.nroot : s->terms.nsymbol),
                          root ? s->terms.root : s->terms.nsymbol ? s->terms.symbol : "");
    return buf;
}

static const char *symbol_text(const struct oc_forward_slice *s, char *buf, size_t size, size_t *n)
{
    (void)buf, (void)size;
    *n = s->terms.nsymbol;
    return s->terms.symbol;
}

static const char *root_text(const struct oc_forward_slice *s, char *buf, size_t size, size_t *n)
{
    (void)buf, (void)size;
    *n = s->terms.nroot;
    return s->terms.root;
}

static const char *settle_text(const struct oc_forward_slice *s, char *buf, size_t size, size_t *n)
{
    const int32_t at = s->terms.settle;

    if (!s->terms.dated)
        return NULL;
    if (at < 0)
        *n = (size_t)snprintf(buf, size, "%s", at == -1 ? "PM" : "AM");
    else
        *n = (size_t)snprintf(buf, size, "%02d:%02d", at / 60, at % 60);
    return buf;
}

static int add_texts(const struct oc_forward_slices *all, struct oc_batch *out, const char *name, text_of *of,
                     struct oc_err *err)
{
    struct oc_symtab tab = { 0 };
    char buf[300];
    int32_t *index = oc_arena_zero(&out->arena, all->n + 1, sizeof *index), *v;
    uint64_t *valid;
    int rc = index ? 0 : no_memory(err);

    for (size_t k = 0; k < all->n && rc == 0; k++) {
        size_t n = 0;
        const char *s = of(&all->slice[k], buf, sizeof buf, &n);
        index[k] = s && n ? oc_symtab_id(&tab, s, n) : -1;
        if (s && n && index[k] < 0)
            rc = no_memory(err);
    }
    struct oc_dict *d = rc == 0 ? oc_symtab_dict(&tab, err) : NULL;
    if (!d || oc_add_sym(out, name, d, &v, &valid, err))
        rc = -1;
    oc_dict_drop(d);
    oc_symtab_free(&tab);
    for (size_t k = 0; k < all->n && rc == 0; k++) {
        v[k] = index[k] < 0 ? 0 : index[k];
        if (index[k] < 0)
            oc_bit_clear(valid, k);
    }
    return rc;
}

static int add_instants(const struct oc_forward_slices *all, struct oc_batch *out, struct oc_err *err)
{
    int64_t *ts;
    uint64_t *valid;

    if (oc_add_i64(out, "ts", OC_TIME, &ts, &valid, err))
        return -1;
    for (size_t k = 0; k < all->n; k++)
        if (!oc_terms_ts(&all->terms, all->slice[k].first, &ts[k]))
            oc_bit_clear(valid, k);
    return 0;
}

static int add_dates(const struct oc_forward_slices *all, struct oc_batch *out, struct oc_err *err)
{
    int32_t *date;

    if (oc_add_date(out, "date", &date, err))
        return -1;
    for (size_t k = 0; k < all->n; k++) {
        date[k] = all->slice[k].terms.dated ? all->slice[k].terms.expiry : 0;
        if (!all->slice[k].terms.dated && oc_batch_missing(out, oc_col(out, "date"), k, err))
            return -1;
    }
    return 0;
}

static int add_figures(const struct oc_forward_slices *all, struct oc_batch *out, struct oc_err *err)
{
    enum { N = 8 };
    static const char *const name[N] = { "forward", "discount", "zero_rate", "forward_low", "forward_high", "residual",
                                         "forward_stderr", "zero_rate_stderr" };
    double *years, *v[N];
    int64_t *pairs, *outliers;

    if (oc_add_f64(out, "years", &years, err))
        return -1;
    for (size_t i = 0; i < N; i++)
        if (oc_add_f64(out, name[i], &v[i], err))
            return -1;
    if (oc_add_i64(out, "pairs", OC_I64, &pairs, NULL, err) || oc_add_i64(out, "outliers", OC_I64, &outliers, NULL, err))
        return -1;
    for (size_t k = 0; k < all->n; k++) {
        const struct oc_forward_slice *s = &all->slice[k];
        const double figure[N] = { s->fit.forward, s->fit.discount, s->rate, s->fit.low, s->fit.high, s->fit.residual,
                                   s->fit.forward_stderr, s->rate_stderr };
        years[k] = s->years;
        for (size_t i = 0; i < N; i++)
            v[i][k] = figure[i];
        pairs[k] = (int64_t)s->fit.pairs;
        outliers[k] = (int64_t)s->fit.outliers;
    }
    return 0;
}

static int add_strikes(const struct oc_forward_slices *all, struct oc_batch *out, struct oc_err *err)
{
    size_t total = 0;
    int32_t *off;
    char *bytes;

    for (size_t k = 0; k < all->n; k++)
        total += strlen(all->slice[k].strikes);
    if (oc_add_text(out, "outlier_strikes", total, &off, &bytes, err))
        return -1;
    for (size_t k = 0; k < all->n; k++) {
        const size_t n = strlen(all->slice[k].strikes);
        memcpy(bytes + off[k], all->slice[k].strikes, n);
        off[k + 1] = off[k] + (int32_t)n;
        if (n == 0 && oc_batch_missing(out, oc_col(out, "outlier_strikes"), k, err))
            return -1;
    }
    return 0;
}

static int add_status(const struct oc_forward_slices *all, struct oc_batch *out, struct oc_err *err)
{
    if (oc_add_status(out, err))
        return -1;
    for (size_t k = 0; k < all->n; k++) {
        const struct oc_forward_slice *s = &all->slice[k];
        if (s->reason && oc_status_add(out, k, "forward", s->reason, err))
            return -1;
        if (s->rate_reason && oc_status_add(out, k, "rate", s->rate_reason, err))
            return -1;
    }
    return 0;
}

static int make(void *ctx, struct oc_batch *b, struct oc_batch *out, struct oc_err *err)
{
    struct oc_forward_slices all;

    if (oc_forwardslice_fit(ctx, columns, b, &all, err))
        return -1;
    uint32_t *origin = oc_arena_alloc(&out->arena, (all.n + 1) * sizeof *origin);
    if (!origin)
        return no_memory(err);
    for (size_t k = 0; k < all.n; k++)
        origin[k] = (uint32_t)all.slice[k].first;
    out->rows = all.n;
    out->origin = origin;
    return add_instants(&all, out, err) || add_texts(&all, out, "curve", name_text, err)
           || add_texts(&all, out, "symbol", symbol_text, err) || add_texts(&all, out, "root", root_text, err)
           || add_texts(&all, out, "settle", settle_text, err) || add_dates(&all, out, err) || add_figures(&all, out, err)
           || add_strikes(&all, out, err) || add_status(&all, out, err) ? -1 : 0;
}

/* ---- the run ------------------------------------------------------------------------------------------------------- */

static bool is_given(const struct oc_forward *f) { return !isnan(f->rate) || f->price.curve; }

static int check_vix(const struct oc_forward *f, struct oc_err *err)
{
    if (!is_given(f))
        return oc_fail(err, OC_USAGE, "--method vix has no discount factor of its own: --rate or --curve supplies it");
    if (strcmp(f->from, "mid") != 0)
        return oc_fail(err, OC_USAGE, "--method vix is of the mids: --from executable belongs to --method parity");
    if (!isnan(f->max_outliers))
        return oc_fail(err, OC_USAGE, "--method vix is one strike and knows no outliers: --max-outliers belongs to --method "
                       "parity");
    return 0;
}

/* What does not go together; and what is not given. */
static int check_options(struct oc_forward *f, struct oc_err *err)
{
    const bool vix = strcmp(f->method, "vix") == 0;

    if (vix && check_vix(f, err))
        return -1;
    if (strcmp(f->american, "use") == 0 && !is_given(f))
        return oc_fail(err, OC_USAGE, "--american use needs --rate or --curve: early exercise bends the slope of American "
                       "options, so it is no discount factor");
    f->max_outliers = isnan(f->max_outliers) ? 0.25 : f->max_outliers;
    if (!(f->max_outliers >= 0 && f->max_outliers <= 1))
        return oc_fail(err, OC_USAGE, "--max-outliers: %g is no share between 0 and 1", f->max_outliers);
    f->min_pairs = f->min_pairs == SIZE_MAX ? (vix ? 1 : 4) : f->min_pairs;
    if (f->min_pairs < (is_given(f) ? 1 : 3))
        return oc_fail(err, OC_USAGE, is_given(f) ? "--min-pairs: at least 1"
                                                  : "--min-pairs: a slope needs 3 strikes at least");
    return 0;
}

int oc_forward_run(struct oc_forward *f, struct oc_io *io, struct oc_err *err)
{
    struct oc_work work = { .kinds = "quote", .partial = true, .whole = columns, .ctx = f,
                            .recurs = strcmp(f->sorted_by, "none") == 0 };

    if (check_options(f, err))
        return -1;
    if (f->table) {
        work.make = make;
        work.make_kind = "curve";
    } else {
        work.step = append;
    }
    return oc_run(io, &work, err);
}
