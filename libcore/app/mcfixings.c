/* mcfixings - see mcfixings.h */
#include "app/mcfixings.h"

#include "base/time.h"

#include <math.h>
#include <string.h>

enum { MOST = 1 << 20 };

/* Room for n times in *t.  1; 0: too many or none, which is noted of column `name`; -1. */
static int times(struct oc_mcclaim_rows *rows, size_t r, const char *name, int64_t n, double **t)
{
    if (n < 1 || n > MOST)
        return oc_bad_row(rows->in.b, r, oc_col(rows->in.b, name), rows->in.err,
                          "%s: %lld fixings of one claim, not 1 to %d", name, (long long)n, (int)MOST);
    *t = oc_arena_alloc(&rows->in.b->arena, (size_t)n * sizeof **t);
    return *t ? 1 : oc_fail(rows->in.err, OC_MEMORY, "no memory for %lld fixings", (long long)n);
}

int oc_mcfixings_between(struct oc_mcclaim_rows *rows, size_t r, const char *name, struct oc_claim *c, int64_t n,
                         double first, double last)
{
    double *t;
    const int rc = times(rows, r, name, n, &t);

    if (rc <= 0)
        return rc;
    for (int64_t i = 0; i < n; i++)
        t[i] = i + 1 == n ? last : first + (last - first) * ((double)i / (double)(n - 1));
    c->fixing = t;
    c->fixings = (size_t)n;
    return 0;
}

int oc_mcfixings_over(struct oc_mcclaim_rows *rows, size_t r, const char *name, struct oc_claim *c, int64_t n)
{
    return oc_mcfixings_between(rows, r, name, c, n, c->years / (double)n, c->years);
}

bool oc_mcfixings_dated(const struct oc_mcclaim_rows *rows, size_t r)
{
    const struct oc_col *const d = &rows->fixing_dates;

    return d->name && oc_bit(d->valid, r) && d->i32[r + 1] > d->i32[r];
}

/* ---- dates ------------------------------------------------------------------------------------------------- */

static int bad(struct oc_mcclaim_rows *rows, size_t r, const char *why)
{
    return oc_bad_row(rows->in.b, r, oc_col(rows->in.b, "fixing_dates"), rows->in.err, "fixing_dates: %s", why);
}

/* The cell's dates into *date, their number into *n.  1; 0: noted; -1. */
static int read_dates(struct oc_mcclaim_rows *rows, size_t r, int32_t **date, int64_t *n)
{
    const struct oc_col *const d = &rows->fixing_dates;
    const char *p = d->chars + d->i32[r], *const end = d->chars + d->i32[r + 1];

    *n = 1;
    for (const char *q = p; q < end; q++)
        *n += *q == '|';
    *date = oc_arena_alloc(&rows->in.b->arena, (size_t)*n * sizeof **date);
    if (!*date)
        return oc_fail(rows->in.err, OC_MEMORY, "no memory for %lld dates", (long long)*n);
    for (int64_t i = 0; i < *n; i++, p++) {
        const char *stop = memchr(p, '|', (size_t)(end - p));
        const size_t len = (size_t)((stop ? stop : end) - p);
        if (len != 10 || oc_time_parse_date(p, len, &(*date)[i]) != 10)
            return bad(rows, r, "not dates YYYY-MM-DD joined by |");
        if (i && (*date)[i] <= (*date)[i - 1])
            return bad(rows, r, "the dates do not ascend");
        p += len;
    }
    return 1;
}

int oc_mcfixings_dates(struct oc_mcclaim_rows *rows, size_t r, struct oc_claim *c, const char *name, int64_t count,
                       int64_t *done)
{
    int32_t *date;
    int64_t n;
    double *t;
    int rc = read_dates(rows, r, &date, &n);

    *done = 0;
    if (rc <= 0 || (rc = times(rows, r, "fixing_dates", n, &t)) <= 0)
        return rc;
    if (count >= 0 && count != n)
        return oc_bad_row(rows->in.b, r, oc_col(rows->in.b, name), rows->in.err,
                          "%s: contradicts fixing_dates, which are %lld", name, (long long)n);
    rc = oc_terms_dates(&rows->in.terms, r, "fixing_dates", (size_t)n, date, t);
    if (rc <= 0)
        return rc;
    while (*done < n && !(t[*done] > 0))
        ++*done;
    if (*done == n)
        return bad(rows, r, "none is to come");
    if (fabs(t[n - 1] - c->years) <= 1e-9 * c->years)
        t[n - 1] = c->years;            /* two ways to one instant */
    if (t[n - 1] > c->years)
        return bad(rows, r, "the last is after the expiry");
    c->fixing = t + *done;
    c->fixings = (size_t)(n - *done);
    return 1;
}
