/*
 * listing - see listing.h.  The file is lines of words, # begins a comment:
 *     oc-strikes 1 VERSION                 first of all
 *     NAME DAYS NEAR BELOW STEP    "-" for any: at most DAYS to expiry, |strike / spot - 1| <= NEAR, strike < BELOW
 */
#include "market/listing.h"

#include "base/buf.h"
#include "base/datadir.h"
#include "base/lines.h"
#include "base/readfile.h"
#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FILE (256 * 1024)

static bool limit(const char *w, double *v)
{
    if (strcmp(w, "-") == 0) {
        *v = INFINITY;
        return true;
    }
    return oc_num_f64(w, strlen(w), v) == OC_NUM_OK && *v > 0;
}

/* One row into l where it has the name; NULL or what is wrong. */
static const char *read_row(struct oc_listing *l, const char *name, char *const *w)
{
    struct oc_listing_row row;
    double step;

    if (!limit(w[1], &row.days) || !limit(w[2], &row.near) || !limit(w[3], &row.below))
        return "days, nearness and limit are numbers above 0, or -";
    if (!limit(w[4], &step) || !(step < 1e9))
        return "a step is a number above 0 and below 1e9";
    row.step = oc_ticks_decimal(step);
    if (strcmp(w[0], name) != 0)
        return NULL;
    if (l->n == OC_LISTING_ROWS)
        return "a rule has at most 32 rows";
    l->row[l->n++] = row;
    return NULL;
}

static const char *read_line(struct oc_listing *l, const char *name, char *line, bool *first, char *names, size_t size)
{
    char *w[6], *save = NULL;
    int n = 0;

    line[strcspn(line, "#")] = '\0';
    for (char *p = strtok_r(line, " \t\r", &save); p && n < 6; p = strtok_r(NULL, " \t\r", &save))
        w[n++] = p;
    if (n == 0)
        return NULL;
    if (*first) {
        *first = false;
        return n == 3 && strcmp(w[0], "oc-strikes") == 0 && strcmp(w[1], "1") == 0
            ? NULL : "a table of strikes begins with 'oc-strikes 1 VERSION'";
    }
    if (n != 5)
        return "a row is NAME DAYS NEAR BELOW STEP";
    const size_t used = strlen(names), len = strlen(w[0]);
    const bool again = used >= len && strcmp(names + used - len, w[0]) == 0;
    if (!again && used + len + 2 < size)
        sprintf(names + used, "%s%s", used ? " " : "", w[0]);
    return read_row(l, name, w);
}

/* The least step of a rule, which must divide all others; NULL or what is wrong. */
static const char *finish(struct oc_listing *l)
{
    const struct oc_listing_row *last = &l->row[l->n - 1];

    if (!isinf(last->days) || !isinf(last->near) || !isinf(last->below))
        return "the last row of the rule does not fit every strike";
    l->least = l->row[0].step;
    for (size_t i = 1; i < l->n; i++)
        if (oc_ticks_multiple(l->row[i].step, 1) < oc_ticks_multiple(l->least, 1))
            l->least = l->row[i].step;
    for (size_t i = 0; i < l->n; i++) {
        const double step = oc_ticks_multiple(l->row[i].step, 1);
        if (step > 10000 * oc_ticks_multiple(l->least, 1))
            return "a step of the rule is more than 10000 times the least";
        if (oc_ticks_multiple(l->least, oc_ticks_index(l->least, step)) != step)
            return "the steps of the rule are no multiples of the least of them";
    }
    return NULL;
}

int oc_listing_read(const char *path, const char *text, size_t n, const char *name, struct oc_listing *l, struct oc_err *err)
{
    const char *why = NULL;
    char names[400] = "";
    uint64_t number = 0;
    size_t at = 0;
    char line[512];
    bool first = true;

    *l = (struct oc_listing){ 0 };
    snprintf(l->name, sizeof l->name, "%s", name);
    for (int got = 1; !why && got; number += got != 0)
        if ((got = oc_lines_next(text, n, &at, line, sizeof line)))
            why = got < 0 ? "the line is too long" : read_line(l, name, line, &first, names, sizeof names);
    if (why) {
        oc_fail(err, OC_FORMAT, "table of strikes: %s", why);
        return oc_at(err, path, number, 0);
    }
    if (l->n == 0)
        return oc_fail(err, OC_USAGE, "there is no listing rule '%s'; there are %s", name, names);
    if ((why = finish(l))) {
        oc_fail(err, OC_FORMAT, "table of strikes: '%s': %s", name, why);
        return oc_at(err, path, 0, 0);
    }
    return 0;
}

int oc_listing_find(const char *name, struct oc_listing *l, struct oc_err *err)
{
    struct oc_buf text = { 0 };
    char path[4096];
    int rc = oc_datadir_find("strikes.tab", path, sizeof path, err);

    if (rc == 0)
        rc = oc_readfile(path, MAX_FILE, &text, err);
    if (rc == 0)
        rc = oc_listing_read(path, text.p, text.n, name, l, err);
    oc_buf_free(&text);
    return rc;
}

struct oc_step_size oc_listing_step(const struct oc_listing *l, double spot, double days, double strike)
{
    size_t i = 0;

    while (i + 1 < l->n && !(days <= l->row[i].days && fabs(strike - spot) <= l->row[i].near * spot
                             && strike < l->row[i].below))
        i++;
    return l->row[i].step;
}

double oc_listing_next(const struct oc_listing *l, double spot, double days, double price, bool up)
{
    double i = oc_ticks_index(l->least, price);

    if (!up && oc_ticks_multiple(l->least, i) == price)
        i--;
    for (i += up; i > 0; i += up ? 1 : -1) {
        const double k = oc_ticks_multiple(l->least, i);
        const struct oc_step_size s = oc_listing_step(l, spot, days, k);
        if (oc_ticks_multiple(s, oc_ticks_index(s, k)) == k)
            return k;
    }
    return 0;
}
