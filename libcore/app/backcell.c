/* backcell - see backcell.h. */
#include "app/backcell.h"

#include "app/backtime.h"
#include "app/ingestcell.h"
#include "base/num.h"
#include "base/time.h"

#include <stdio.h>
#include <string.h>

/* The decimal text over the factor: a power of ten moves the point, another one divides. */
static int unscale(const char *factor, const char *s, size_t n, struct oc_buf *out)
{
    double f, v;
    char text[OC_NUM_PRINT_MAX];

    if (oc_num_f64(factor, strlen(factor), &f))
        return -1;
    for (int e = -12; e <= 12; e++) {
        char ten[8], moved[500];
        double t;
        snprintf(ten, sizeof ten, "1e%d", -e);
        size_t k = n;
        const char *from = s;
        if (oc_num_f64(ten, strlen(ten), &t) == 0 && t == f && n < 300 && oc_ingestcell_shift(&from, &k, e, moved)) {
            oc_buf_put(out, from, k);
            return 0;
        }
    }
    if (oc_num_f64(s, n, &v))
        return -1;
    oc_buf_put(out, text, oc_num_print_f64(text, v / f));
    return 0;
}

/* The instant or date of a text in our form. */
static int undo_time(const struct oc_ingest *g, const struct oc_backcell *cell, const char *s, size_t n, struct oc_buf *out)
{
    const struct oc_preset_column *c = cell->c;
    struct oc_stamp t;
    int32_t days;

    if (c->conv == OC_CONV_DATE) {
        if (oc_time_parse_date(s, n, &days) != n)
            return -1;
        oc_backtime_date(c->format.word[0], days, out);
        return 0;
    }
    if (oc_time_parse(s, n, &t) != n || !t.absolute)
        return -1;
    const int64_t ns = t.ns - c->shift;
    if (c->conv == OC_CONV_CLOCK) {
        oc_backtime_units(oc_backtime_clock(g, ns, &days), c->unit, out);
        return 0;
    }
    const size_t at = out->n;
    oc_backtime_instant(g, c->format.word[0], ns, out);
    for (size_t k = 0; c->source == OC_FROM_JOIN && k < cell->piece; k++) {      /* of a join, the piece between blanks */
        const char *blank = memchr(out->p + at, ' ', out->n - at);
        const size_t gone = blank ? (size_t)(blank - out->p) + 1 - at : out->n - at;
        memmove(out->p + at, out->p + at + gone, out->n - at - gone);
        out->n -= gone;
    }
    const char *blank = c->source == OC_FROM_JOIN ? memchr(out->p + at, ' ', out->n - at) : NULL;
    out->n = blank ? (size_t)(blank - out->p) : out->n;
    return 0;
}

/* Days from the local date of the instant in column `of` to the date. */
static int undo_days(const struct oc_ingest *g, const char *s, size_t n, const char *from, size_t nfrom, struct oc_buf *out)
{
    struct oc_stamp t;
    int32_t day, base;

    if (oc_time_parse_date(s, n, &day) != n || oc_time_parse(from, nfrom, &t) != nfrom || !t.absolute)
        return -1;
    (void)oc_backtime_clock(g, t.ns, &base);
    oc_buf_printf(out, "%d", day - base);
    return 0;
}

int oc_backcell_undo(const struct oc_ingest *g, const struct oc_backcell *cell, const char *s, size_t n, const char *of,
                     size_t nof, struct oc_buf *out)
{
    const struct oc_preset_column *c = cell->c;
    const size_t at = out->n;
    int rc = 0;

    if (!n) {
        if (c && c->none.n)
            oc_buf_puts(out, c->none.word[0]);
        return 0;
    }
    if (c && c->is.n) {
        for (size_t i = 0; i < c->is.n; i += 2)
            if (strlen(c->is.word[i + 1]) == n && memcmp(c->is.word[i + 1], s, n) == 0) {
                oc_buf_puts(out, c->is.word[i]);
                return 0;
            }
        return -1;
    }
    if (c && c->conv == OC_CONV_DAYS)
        rc = undo_days(g, s, n, of, nof, out);
    else if (c && c->conv != OC_CONV_NONE)
        rc = undo_time(g, cell, s, n, out);
    else if (c && c->times)
        rc = unscale(c->times, s, n, out);
    else if (c && c->percent)
        rc = unscale("0.01", s, n, out);
    else
        oc_buf_put(out, s, n);
    if (c && c->percent)
        oc_buf_char(out, '%');
    for (size_t i = at; c && g->preset.decimal_comma && oc_ingestcell_numeric(g, c) && i < out->n; i++)
        if (out->p[i] == '.')
            out->p[i] = ',';
    return rc;
}
