/*
 * root - see root.h.  The file is lines of words, # begins a comment:
 *     oc-roots 1 VERSION                                       first of all
 *     ROOT UNDERLYING SETTLE STYLE CALENDAR MULTIPLIER         "-": the multiplier is not known
 */
#include "market/root.h"

#include "base/buf.h"
#include "base/datadir.h"
#include "base/lines.h"
#include "base/readfile.h"
#include "market/expiry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FILE (1024 * 1024)

struct oc_roots {
    char version[24];
    struct oc_root *row;        /* in order of the names */
    size_t count, cap;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct oc_root *)a)->root, ((const struct oc_root *)b)->root);
}

/* A whole number with at most one point, all digits; false if it is not that. */
static bool multiplier(const char *w, double *out)
{
    double x = 0, scale = 1;
    bool point = false;
    size_t count = 0;

    for (; *w; w++) {
        if (*w == '.' && !point) {
            point = true;
            continue;
        }
        if (*w < '0' || *w > '9' || ++count > 15)
            return false;
        x = x * 10 + (*w - '0');
        scale *= point ? 10 : 1;
    }
    *out = x / scale;
    return x > 0;
}

static bool copy(char *out, size_t size, const char *w)
{
    const size_t n = strlen(w);

    if (n >= size)
        return false;
    memcpy(out, w, n + 1);
    return true;
}

static const char *read_row(struct oc_root *r, char *const *w)
{
    *r = (struct oc_root){ 0 };
    if (!copy(r->root, sizeof r->root, w[0]) || !copy(r->underlying, sizeof r->underlying, w[1])
        || !copy(r->calendar, sizeof r->calendar, w[4]))
        return "a name is too long";
    if (oc_expiry_settle(w[2], strlen(w[2]), &r->settle))
        return "the settlement is not AM, PM or HH:MM";
    if (strcmp(w[3], "E") != 0 && strcmp(w[3], "A") != 0)
        return "the style is not E or A";
    r->style = w[3][0];
    r->has_multiplier = strcmp(w[5], "-") != 0;
    if (r->has_multiplier && !multiplier(w[5], &r->multiplier))
        return "the multiplier is not a number above zero, nor -";
    return NULL;
}

static const char *read_line(struct oc_roots *t, char *line, bool *first)
{
    char *w[7], *save = NULL;
    int n = 0;

    line[strcspn(line, "#")] = '\0';
    for (char *p = strtok_r(line, " \t\r", &save); p && n < 7; p = strtok_r(NULL, " \t\r", &save))
        w[n++] = p;
    if (n == 0)
        return NULL;
    if (*first) {
        *first = false;
        return n == 3 && strcmp(w[0], "oc-roots") == 0 && strcmp(w[1], "1") == 0 && copy(t->version, sizeof t->version, w[2])
            ? NULL : "a table of roots begins with 'oc-roots 1 VERSION'";
    }
    if (n != 6)
        return "a row is ROOT UNDERLYING SETTLE STYLE CALENDAR MULTIPLIER";
    if (t->count == t->cap) {
        const size_t cap = t->cap ? 2 * t->cap : 128;
        struct oc_root *row = realloc(t->row, cap * sizeof *row);
        if (!row)
            return "out of memory";
        t->row = row;
        t->cap = cap;
    }
    return read_row(&t->row[t->count++], w);
}

/* Sort, and find a root that is given twice. */
static const char *finish(struct oc_roots *t)
{
    if (t->count == 0)
        return "it has no rows";
    qsort(t->row, t->count, sizeof *t->row, by_name);
    for (size_t i = 1; i < t->count; i++)
        if (by_name(&t->row[i - 1], &t->row[i]) == 0)
            return "a root is given twice";
    return NULL;
}

int oc_root_read(const char *path, const char *text, size_t n, struct oc_roots **roots, struct oc_err *err)
{
    struct oc_roots *t = calloc(1, sizeof *t);
    const char *why = t ? NULL : "out of memory";
    uint64_t number = 0;
    size_t at = 0;
    char line[512];
    bool first = true;

    for (int got = 1; !why && got; number += got != 0)
        if ((got = oc_lines_next(text, n, &at, line, sizeof line)))
            why = got < 0 ? "the line is too long" : read_line(t, line, &first);
    if (!why && (why = finish(t)))
        number = 0;
    if (why) {
        oc_fail(err, OC_FORMAT, "table of roots: %s", why);
        oc_root_free(t);
        return oc_at(err, path, number, 0);
    }
    *roots = t;
    return 0;
}

int oc_root_open(struct oc_roots **roots, struct oc_err *err)
{
    struct oc_buf text = { 0 };
    char path[2048];

    if (oc_datadir_find("roots.tab", path, sizeof path, err))
        return -1;
    int rc = oc_readfile(path, MAX_FILE, &text, err);
    if (rc == 0)
        rc = oc_root_read(path, text.p ? text.p : "", text.n, roots, err);
    oc_buf_free(&text);
    return rc;
}

void oc_root_free(struct oc_roots *roots)
{
    if (roots)
        free(roots->row);
    free(roots);
}

const struct oc_root *oc_root_find(const struct oc_roots *roots, const char *root, size_t n)
{
    struct oc_root key;

    if (n > 1 && (root[0] == '^' || root[0] == '$')) {
        root++;
        n--;
    }
    if (n == 0 || n >= sizeof key.root)
        return NULL;
    memcpy(key.root, root, n);
    key.root[n] = '\0';
    return bsearch(&key, roots->row, roots->count, sizeof *roots->row, by_name);
}

const struct oc_root *oc_root_other(void)
{
    static const struct oc_root other = { .calendar = "XNYS", .settle = OC_EXPIRY_PM, .style = 'A' };

    return &other;
}

const char *oc_root_version(const struct oc_roots *roots) { return roots->version; }
size_t oc_root_count(const struct oc_roots *roots) { return roots->count; }
