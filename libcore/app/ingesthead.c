/*
 * ingesthead - finds the header line of a vendor's file, and reads what the lines before it tell: see preset.h.
 * The head is a few lines of cells that no CSV reader could take for records; commas and quotes are all it needs.
 */
#include "app/ingesthead.h"

#include "app/ingestcell.h"
#include "app/ingestname.h"
#include "app/presetcolumn.h"
#include "app/presetnear.h"
#include "base/num.h"
#include "base/time.h"

#include <stdlib.h>
#include <string.h>

/* ---- the header line -------------------------------------------------------------------------------------- */

static bool is_separator(const struct oc_preset *p, char c)
{
    return c == ',' || c == '\t' || (p->separator && p->separator[1] == '\0' && c == p->separator[0]);
}

/* The next byte that counts: no quote, no blank at either side of a cell; separators are one.  0 at the end. */
static char next_byte(const struct oc_preset *p, const char **s, const char *end, bool *begin)
{
    while (*s < end && (**s == '"' || (**s == ' ' && *begin)))
        ++*s;
    if (*s < end && **s == ' ') {               /* blanks at the end of a cell */
        const char *t = *s;
        while (t < end && (*t == ' ' || *t == '"'))
            t++;
        if (t == end || is_separator(p, *t) || *t == '\r')
            *s = t;
    }
    if (*s == end || **s == '\r')
        return '\0';
    const char c = *(*s)++;
    *begin = is_separator(p, c);
    return *begin ? ',' : c;
}

static bool begins(const struct oc_preset *p, const char *want, const char *line, const char *end)
{
    const char *stop = want + strlen(want);
    bool b1 = true, b2 = true;
    char c;

    while ((c = next_byte(p, &want, stop, &b1)))
        if (next_byte(p, &line, end, &b2) != c)
            return false;
    return true;
}

bool oc_ingesthead_is(const struct oc_preset *p, const char *line, const char *end)
{
    for (size_t i = 0; i < p->header.n; i++)
        if (begins(p, p->header.word[i], line, end))
            return true;
    return false;
}

/* ---- cells before it ---------------------------------------------------------------------------------------- */

/* The next cell of a line: [a, b) without quotes around.  false at the end. */
static bool next_cell(const char **s, const char *end, const char **a, const char **b)
{
    if (*s > end)
        return false;
    if (*s < end && **s == '"') {
        *a = *s + 1;
        *b = memchr(*a, '"', (size_t)(end - *a));
        if (!*b)
            *b = end;
        *s = *b < end ? *b + 1 : end;
        while (*s < end && **s != ',')
            ++*s;
    } else {
        *a = *s;
        while (*s < end && **s != ',')
            ++*s;
        *b = *s;
    }
    ++*s;
    return true;
}

/* A number of the head without the separators of thousands; where it is none, NULL. */
static const char *number(const char *s, size_t n, struct oc_arena *arena)
{
    char *out = oc_arena_alloc(arena, n + 1);
    size_t k = 0;
    double v;

    for (size_t i = 0; out && i < n; i++)
        if (s[i] != ',' && s[i] != ' ')
            out[k++] = s[i];
    if (out)
        out[k] = '\0';
    return out && oc_num_f64(out, k, &v) == 0 ? out : NULL;
}

/* A head cell's text as a cell of the records. */
static const char *canonical(const struct oc_ingest *g, const struct oc_preset_column *c, const char *s, size_t n,
                             struct oc_arena *arena, struct oc_err *err)
{
    const bool plain = c->conv == OC_CONV_NONE && !c->strip && !c->part && !c->upper && !c->is.n && !c->suffixes && !c->percent && !c->exp;
    const char *text = plain && oc_ingestcell_numeric(g, c) ? number(s, n, arena) : oc_arena_copy(arena, s, n);

    if (!text) {
        oc_fail(err, OC_DATA, "%s: '%.*s' is not a number", c->name, (int)(n < 60 ? n : 60), s);
        return NULL;
    }
    return oc_ingestcell_fixed(g, c, text, arena, err);
}

/* Is the cell [a, b) the one that the column reads?  *skip: bytes of its prefix. */
static bool is_wanted(const struct oc_preset_column *c, const char *a, const char *b, uint64_t line, unsigned cell, size_t *skip)
{
    if (c->source != OC_FROM_HEAD)
        return false;
    *skip = 0;
    if (c->from.n == 2)
        return oc_preset_number(c->from.word[0]) == line && oc_preset_number(c->from.word[1]) == cell;
    *skip = strlen(c->from.word[0]);
    return *skip && (size_t)(b - a) >= *skip && memcmp(a, c->from.word[0], *skip) == 0;
}

static int read_cell(const struct oc_ingest *g, struct oc_ingest_head *h, const char *a, const char *b, uint64_t line, unsigned cell,
                     struct oc_err *err)
{
    for (size_t i = 0; i < g->preset.n; i++) {
        const struct oc_preset_column *c = &g->preset.column[i];
        size_t m;
        if (h->value[i] || !is_wanted(c, a, b, line, cell, &m))
            continue;
        if (strcmp(c->name, "ts") == 0 && g->instants->has_ts)      /* --ts stands above the file's own */
            continue;
        if (!(h->value[i] = canonical(g, c, a + m, (size_t)(b - a) - m, &h->arena, err)))
            return -1;
    }
    return 0;
}

/* ---- what stands nowhere in the records --------------------------------------------------------------------- */

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the head of a file"); }

/* The text of an `option` or `file` column, before its conversions; NULL: nothing says it. */
static const char *told(const struct oc_ingest *g, struct oc_ingest_head *h, const struct oc_preset_column *c, bool *failed)
{
    const char *set = oc_ingestname_set(g, c->name);

    struct oc_buf text = { 0 };
    bool all = c->source == OC_FROM_FILE;

    for (size_t i = 0; !set && all && i < c->from.n; i++) {
        const char *part = oc_ingestname_set(g, c->from.word[i]);
        part = part ? part : oc_ingestname_part(g, h->file, c->from.word[i], &h->arena, failed);
        all = part != NULL;
        if (part)
            oc_buf_printf(&text, "%s%s", i ? " " : "", part);
    }
    if (!set && all) {
        set = oc_arena_copy(&h->arena, oc_buf_str(&text), text.n);
        *failed |= !set;
    }
    *failed |= text.failed;
    oc_buf_free(&text);
    return set;
}

static int set_ts(const struct oc_ingest *g, struct oc_ingest_head *h, size_t i, struct oc_err *err)
{
    char text[OC_TIME_PRINT_MAX];

    h->value[i] = oc_arena_copy(&h->arena, text, oc_time_print(text, g->instants->ts));
    return h->value[i] ? 0 : no_memory(err);
}

static int missing(const struct oc_ingest *g, const struct oc_preset_column *c, struct oc_err *err)
{
    if (strcmp(c->name, "ts") == 0 && c->source == OC_FROM_OPTION)
        return oc_fail(err, OC_USAGE, "the file does not say when it was taken: --ts INSTANT does");
    if (c->source == OC_FROM_HEAD && c->from.n == 2)
        return oc_fail(err, OC_DATA, "%s: line %s before the header has no cell %s", c->name, c->from.word[0], c->from.word[1]);
    if (c->source == OC_FROM_HEAD)
        return oc_fail(err, OC_DATA, "%s: no cell before the header begins with '%s'", c->name, c->from.word[0]);
    if (strcmp(c->name, "symbol") == 0)
        return oc_fail(err, OC_USAGE, "%s does not say the symbol: --symbol TEXT does",
                       c->source == OC_FROM_FILE ? "the file's name" : "the file");
    if (c->source == OC_FROM_OPTION)
        return oc_fail(err, OC_USAGE, "the file does not say %s: --set %s=TEXT does", c->name, c->name);
    return oc_fail(err, OC_USAGE, "the file's name does not say %s (%s): --set %s=TEXT does", c->name, g->preset.file.word[0],
                   c->name);
}

static int check_column(const struct oc_ingest *g, struct oc_ingest_head *h, size_t i, struct oc_err *err)
{
    const struct oc_preset_column *c = &g->preset.column[i];
    const bool own = c->source == OC_FROM_OPTION || c->source == OC_FROM_FILE || c->or_option;
    bool failed = false;

    if (!own && c->source != OC_FROM_HEAD)
        return 0;
    if (strcmp(c->name, "ts") == 0 && g->instants->has_ts)
        return set_ts(g, h, i, err);
    const char *text = own ? told(g, h, c, &failed) : NULL;
    if (failed)
        return no_memory(err);
    if (text && !(h->value[i] = oc_ingestcell_fixed(g, c, text, &h->arena, err)))
        return -1;
    if (h->value[i] || c->optional || c->or_option)
        return 0;
    if (!g->needs || c->source == OC_FROM_HEAD)
        return missing(g, c, err);
    /* days behind an unknown instant are days all the same */
    for (size_t k = 0; k < g->preset.n; k++)
        if (g->preset.column[k].conv == OC_CONV_DAYS && strcmp(g->preset.column[k].of, c->name) == 0)
            h->value[i] = "2000-01-01T00:00:00Z";
    if (strcmp(c->name, "ts") == 0 || strcmp(c->name, "symbol") == 0)
        oc_buf_printf(g->needs, " --%s", c->name);
    else
        oc_buf_printf(g->needs, " --set %s=", c->name);
    return 0;
}

static int no_header(const struct oc_ingest *g, const char *text, size_t n, struct oc_err *err)
{
    const struct oc_preset *p = &g->preset;
    char near[200] = "";

    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] > ' ') {
            oc_presetnear(p, text, n, near, sizeof near);
            return oc_fail(err, OC_FORMAT, "no line begins with '%.60s%s': this is no file for the preset %s%s",
                           p->header.word[0], strlen(p->header.word[0]) > 60 ? "..." : "", p->name, near);
        }
    return oc_fail(err, OC_FORMAT, "the input is empty: not even a header line");
}

/* Lines up to the header: their cells are read.  *line becomes the header's. */
static int find_header(const struct oc_ingest *g, struct oc_ingest_head *h, const char **line, const char *end, uint64_t *lines,
                       struct oc_err *err)
{
    const char *first = *line;

    for (;;) {
        if (*line >= end)
            return no_header(g, first, (size_t)(end - first), err);
        const char *nl = memchr(*line, '\n', (size_t)(end - *line)), *a, *b;
        const char *stop = nl ? nl - (nl > *line && nl[-1] == '\r') : end;
        if (oc_ingesthead_is(&g->preset, *line, stop))
            return 0;
        unsigned cell = 0;
        for (const char *s = *line; next_cell(&s, stop, &a, &b);)
            if (read_cell(g, h, a, b, *lines + 1, ++cell, err))
                return oc_at(err, NULL, *lines + 1, 0);
        *line = nl ? nl + 1 : end;
        ++*lines;
    }
}

int oc_ingest_prelude(void *ctx, const char *name, const char *text, size_t n, size_t *skip, uint64_t *lines,
                      void **head, struct oc_err *err)
{
    const struct oc_ingest *g = ctx;
    const char *end = text + n, *line = text;
    struct oc_ingest_head *h = calloc(1, sizeof *h);

    if (!h)
        return no_memory(err);
    *h = (struct oc_ingest_head){ .n = g->preset.n, .file = name };
    h->value = oc_arena_zero(&h->arena, h->n, sizeof *h->value);
    if (!h->value) {
        oc_ingest_head_free(h);
        return no_memory(err);
    }
    if (n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
        line += 3;
    /* a file with `fields` has its header from ingesttext.c: it is the first line, or in the place of the file's own */
    int rc = g->preset.header.n && !g->preset.fields.n ? find_header(g, h, &line, end, lines, err) : 0;
    for (size_t i = 0; i < h->n && rc == 0; i++)
        rc = check_column(g, h, i, err);
    if (rc) {
        oc_ingest_head_free(h);
        return -1;
    }
    *skip = (size_t)(line - text);
    *head = h;
    return 0;
}

void oc_ingest_head_free(void *head)
{
    struct oc_ingest_head *h = head;

    if (h) {
        oc_arena_free(&h->arena);
        free(h);
    }
}
