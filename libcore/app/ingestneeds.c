/* ingestneeds - see ingestneeds.h. */
#include "app/ingestneeds.h"

#include "record/cell.h"
#include "record/show.h"

#include <stdio.h>
#include <string.h>

enum { CHOICES = 8 };           /* columns of one item of a kind's needs */

/* Is the cell one of the words that mean missing where it is read? */
static bool is_na(const struct oc_batch *b, const struct oc_col *c, const char *s, size_t n)
{
    if (c->type == OC_SYM || c->type == OC_TEXT || c->type == OC_BOOL || !b->reading)
        return false;
    for (size_t i = 0; i < b->reading->nna; i++)
        if (strlen(b->reading->na[i]) == n && memcmp(b->reading->na[i], s, n) == 0)
            return true;
    return false;
}

static bool is_blank(const char *s, size_t n)
{
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t'))
        n--;
    return !n;
}

/* A raw cell that holds nothing; most are told by their first byte. */
static bool is_empty(const struct oc_batch *b, const struct oc_col *c, size_t row, struct oc_buf *scratch)
{
    size_t n;
    bool null = false;
    const char *s = oc_cell(c, row, &n);

    if (n && (unsigned char)(*s - '0') < 10)
        return false;
    s = oc_cell_text(b->dialect, s, n, scratch, &n, &null);
    return null || is_blank(s, n) || is_na(b, c, s, n);
}

static bool is_missing(const struct oc_batch *b, const struct oc_col *c, size_t row, struct oc_buf *scratch)
{
    size_t n;

    if (!(c->flags & OC_COL_LOADED))
        return c->sep && is_empty(b, c, row, scratch);
    if (oc_show_missing(c, row))
        return true;
    if (c->type != OC_SYM && c->type != OC_TEXT)
        return false;
    const char *s = oc_show_text(c, row, &n);
    return is_blank(s, n);
}

/* Rows in which all columns of one item ("strike|contract_symbol") are missing. */
static int check_item(struct oc_batch *b, const struct oc_kind *kind, const char *item, size_t len, struct oc_buf *scratch,
                      struct oc_err *err)
{
    const struct oc_col *c[CHOICES];
    size_t n = 0;

    for (size_t i = 0; i < len && n < CHOICES;) {
        const size_t m = strcspn(item + i, "| ");
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)m, item + i);
        if ((c[n] = oc_col(b, name)))
            n++;
        i += m + 1;
    }
    for (size_t row = 0; n && row < b->rows; row++) {
        size_t k = 0;
        while (k < n && is_missing(b, c[k], row, scratch))
            k++;
        if (k == n && oc_bad_row(b, row, c[0], err, "%s: is empty, and a %s must have it", c[0]->name, kind->name))
            return -1;
    }
    return scratch->failed ? oc_fail(err, OC_MEMORY, "no memory for a cell") : 0;
}

static bool is_listed(const char *list, const char *name, size_t n)
{
    for (const char *p = list ? list : ""; *p;) {
        const size_t m = strcspn(p, " ");
        if (m == n && memcmp(p, name, n) == 0)
            return true;
        p += m + (p[m] == ' ');
    }
    return false;
}

/* Has the item a column of the key? */
static bool identifies(const struct oc_kind *kind, const char *item, size_t len)
{
    for (size_t i = 0; i < len;) {
        const size_t m = strcspn(item + i, "| ");
        if (is_listed(kind->key, item + i, m) || is_listed(kind->key_else, item + i, m))
            return true;
        i += m + 1;
    }
    return false;
}

int oc_ingestneeds_check(struct oc_batch *b, const struct oc_kind *kind, bool symbol, struct oc_err *err)
{
    struct oc_buf scratch = { 0 };
    int rc = 0;

    if (symbol && !is_listed(kind->needs, "symbol", 6))
        rc = check_item(b, kind, "symbol", 6, &scratch, err);
    for (const char *p = kind->needs; *p && rc == 0;) {
        const size_t n = strcspn(p, " ");
        if (identifies(kind, p, n))
            rc = check_item(b, kind, p, n, &scratch, err);
        p += n + (p[n] == ' ');
    }
    oc_buf_free(&scratch);
    return rc;
}
