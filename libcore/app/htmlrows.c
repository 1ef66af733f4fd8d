/* htmlrows - see htmlrows.h: tags are told from text byte by byte; only tr, td, th and table mean something. */
#include "app/htmlrows.h"

#include "base/buf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PIECE = 16 * 1024, LONGEST = 1 << 16, CELLS = 256 };
enum where { TEXT, TAG, COMMENT };
enum stage { BEFORE, INSIDE, BEHIND };

struct html {
    const struct oc_translate_how *how;
    enum where where;
    enum stage stage;
    bool in_row, in_cell;
    struct oc_buf tag;              /* of the tag under way: its name and attributes */
    struct oc_buf row;              /* texts of the row's cells, one behind the other */
    size_t end[CELLS], n;           /* cell i ends at end[i] of row */
    unsigned span;                  /* of the cell under way */
    size_t width;                   /* cells of the headings */
    uint64_t line, column;          /* of the next byte */
    uint64_t row_line, row_column;
    char piece[PIECE];
};

static int fail_at(struct oc_translate *t, uint64_t line, uint64_t column, struct oc_err *err)
{
    return oc_translate_at(t, line, column, err);
}

/* ---- cells ------------------------------------------------------------------------------------------------- */

static size_t cell_start(const struct html *h, size_t i) { return i ? h->end[i - 1] : 0; }

static void put_utf8(struct oc_buf *o, unsigned long c)
{
    if (c < 0x80) {
        oc_buf_char(o, (char)c);
    } else if (c < 0x800) {
        oc_buf_char(o, (char)(0xc0 | c >> 6));
        oc_buf_char(o, (char)(0x80 | (c & 63)));
    } else if (c < 0x10000) {
        oc_buf_char(o, (char)(0xe0 | c >> 12));
        oc_buf_char(o, (char)(0x80 | (c >> 6 & 63)));
        oc_buf_char(o, (char)(0x80 | (c & 63)));
    } else {
        oc_buf_char(o, (char)(0xf0 | c >> 18));
        oc_buf_char(o, (char)(0x80 | (c >> 12 & 63)));
        oc_buf_char(o, (char)(0x80 | (c >> 6 & 63)));
        oc_buf_char(o, (char)(0x80 | (c & 63)));
    }
}

/* The entity that s[0] = '&' begins; its length, 0: it is none. */
static size_t entity(const char *s, size_t n, unsigned long *c)
{
    static const struct { const char *name; unsigned long c; } names[] = {
        { "&nbsp;", ' ' }, { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' },
    };
    char *end;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (n >= strlen(names[i].name) && memcmp(s, names[i].name, strlen(names[i].name)) == 0) {
            *c = names[i].c;
            return strlen(names[i].name);
        }
    char text[16] = "";
    memcpy(text, s, n < 15 ? n : 15);
    if (text[1] != '#')
        return 0;
    const bool hex = text[2] == 'x' || text[2] == 'X';
    *c = strtoul(text + 2 + hex, &end, hex ? 16 : 10);
    if (*c == 0xa0)
        *c = ' ';
    return *end == ';' && *c && *c < 0x110000 && end > text + 2 + hex ? (size_t)(end - text) + 1 : 0;
}

/* Undo entities and fold blanks in row[from .. row.n). */
static void tidy(struct html *h, size_t from)
{
    struct oc_buf out = { 0 };
    bool blank = false;

    for (size_t i = from; i < h->row.n;) {
        unsigned long c = (unsigned char)h->row.p[i];
        const size_t k = c == '&' ? entity(h->row.p + i, h->row.n - i, &c) : 0;
        i += k ? k : 1;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            blank = out.n != 0;
            continue;
        }
        if (blank)
            oc_buf_char(&out, ' ');
        blank = false;
        if (k)
            put_utf8(&out, c);
        else
            oc_buf_char(&out, (char)c);
    }
    h->row.failed |= out.failed;
    h->row.n = from;
    oc_buf_put(&h->row, out.p, out.n);
    oc_buf_free(&out);
}

static void end_cell(struct html *h)
{
    if (!h->in_cell)
        return;
    h->in_cell = false;
    tidy(h, cell_start(h, h->n));
    for (unsigned i = 0; i < h->span && h->n < CELLS; i++)
        h->end[h->n++] = h->row.n;
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

/* Do the cells, joined by commas, begin so? */
static bool begins(const struct html *h, const char *text)
{
    struct oc_buf b = { 0 };

    for (size_t i = 0; i < h->n; i++) {
        if (i)
            oc_buf_char(&b, ',');
        oc_buf_put(&b, h->row.p + cell_start(h, i), h->end[i] - cell_start(h, i));
    }
    const bool yes = b.n >= strlen(text) && memcmp(b.p, text, strlen(text)) == 0;
    oc_buf_free(&b);
    return yes;
}

static int put_row(struct html *h, struct oc_translate *t, struct oc_err *err)
{
    for (size_t i = 0; i < h->n; i++)
        oc_translate_cell(t, h->row.p + cell_start(h, i), h->end[i] - cell_start(h, i));
    return oc_translate_row(t, h->row_line, h->row_column, err);
}

static int end_row(struct html *h, struct oc_translate *t, struct oc_err *err)
{
    end_cell(h);
    if (!h->in_row)
        return 0;
    h->in_row = false;
    if (h->row.failed)
        return oc_fail(err, OC_MEMORY, "no memory for a row");
    if (h->stage == BEFORE) {
        if (!h->n || !begins(h, h->how->records[0]))
            return 0;
        h->stage = INSIDE;
        h->width = h->n;
        return put_row(h, t, err);
    }
    if (h->stage == INSIDE && (h->n != h->width || h->end[0] == 0))
        h->stage = BEHIND;
    return h->stage == INSIDE ? put_row(h, t, err) : 0;
}

static void begin_row(struct html *h)
{
    h->in_row = true;
    h->row.n = h->n = 0;
    oc_buf_room(&h->row, 1);            /* empty cells point into it too */
    h->row_line = h->line;
    h->row_column = h->column > h->tag.n + 2 ? h->column - h->tag.n - 1 : 1;
}

static unsigned colspan(struct html *h)
{
    const char *s = strcasestr(oc_buf_str(&h->tag), "colspan");

    s = s ? strchr(s, '=') : NULL;
    while (s && (*s == '=' || *s == '"' || *s == '\'' || *s == ' '))
        s++;
    const unsigned long v = s ? strtoul(s, NULL, 10) : 1;
    return v < 1 ? 1 : v > CELLS ? CELLS : (unsigned)v;
}

static bool is_tag(const struct html *h, const char *name)
{
    const size_t n = strlen(name);

    return h->tag.n >= n && strncasecmp(h->tag.p, name, n) == 0 && (h->tag.n == n || !isalnum((unsigned char)h->tag.p[n]));
}

static int end_tag(struct html *h, struct oc_translate *t, struct oc_err *err)
{
    if (is_tag(h, "td") || is_tag(h, "th")) {
        end_cell(h);
        h->in_cell = h->in_row;
        h->span = colspan(h);
    } else if (is_tag(h, "/td") || is_tag(h, "/th")) {
        end_cell(h);
    } else if (is_tag(h, "tr") || is_tag(h, "/tr") || is_tag(h, "/table") || is_tag(h, "table")) {
        if (end_row(h, t, err))
            return -1;
        if (is_tag(h, "tr"))
            begin_row(h);
        if (is_tag(h, "/table") && h->stage == INSIDE)
            h->stage = BEHIND;
    } else if (is_tag(h, "br") && h->in_cell) {
        oc_buf_char(&h->row, ' ');
    }
    return 0;
}

/* ---- bytes ------------------------------------------------------------------------------------------------- */

static int take(struct html *h, char c, struct oc_translate *t, struct oc_err *err)
{
    if (h->where == TEXT && c == '<') {
        h->where = TAG;
        h->tag.n = 0;
    } else if (h->where == TEXT) {
        if (h->in_cell)
            oc_buf_char(&h->row, c);
    } else if (c == '>' && (h->where == TAG || (h->tag.n >= 2 && memcmp(h->tag.p + h->tag.n - 2, "--", 2) == 0))) {
        const bool comment = h->where == COMMENT || (h->tag.n && h->tag.p[0] == '!');
        h->where = TEXT;
        return comment ? 0 : end_tag(h, t, err);
    } else {
        oc_buf_char(&h->tag, c);
        if (h->where == TAG && h->tag.n == 3 && memcmp(h->tag.p, "!--", 3) == 0)
            h->where = COMMENT;
        if (h->where == COMMENT && h->tag.n > 1024) {       /* only its end matters */
            memmove(h->tag.p + 3, h->tag.p + h->tag.n - 2, 2);
            h->tag.n = 5;
        }
    }
    if (h->row.n > LONGEST || h->tag.n > LONGEST)
        return oc_fail(err, OC_LIMIT, "a row or tag of more than %d bytes", LONGEST);
    return h->tag.failed || h->row.failed ? oc_fail(err, OC_MEMORY, "no memory for a row") : 0;
}

static int end_document(struct html *h, struct oc_translate *t, struct oc_err *err)
{
    if (h->stage == BEHIND)
        return 0;
    if (h->stage == INSIDE)
        oc_fail(err, OC_TRUNCATED, "the document is cut: its table has no end");
    else
        oc_fail(err, OC_FORMAT, "no row of a table begins with '%.60s': this is no document for the preset %s",
                h->how->records[0], h->how->preset);
    return fail_at(t, h->line, h->column, err);
}

static int step_html(void *state, struct oc_translate *t, struct oc_err *err)
{
    struct html *h = state;
    const ptrdiff_t n = oc_translate_read(t, h->piece, sizeof h->piece, err);

    if (n < 0)
        return -1;
    if (n == 0)
        return end_document(h, t, err);
    for (ptrdiff_t i = 0; i < n; i++) {
        if (take(h, h->piece[i], t, err))
            return fail_at(t, h->line, h->column, err);
        h->line += h->piece[i] == '\n';
        h->column = h->piece[i] == '\n' ? 1 : h->column + 1;
    }
    return 1;
}

static int open_html(void *state, const struct oc_translate_how *how, struct oc_translate *t, struct oc_err *err)
{
    struct html *h = state;

    (void)t;
    h->how = how;
    h->line = h->column = 1;
    if (how->nrecords != 1)
        return oc_fail(err, OC_FORMAT, "preset %s: format html wants how the row of headings begins", how->preset);
    return 0;
}

static void close_html(void *state)
{
    struct html *h = state;

    oc_buf_free(&h->tag);
    oc_buf_free(&h->row);
}

const struct oc_translator oc_htmlrows_translator = {
    .state_size = sizeof(struct html), .open = open_html, .step = step_html, .close = close_html,
};
