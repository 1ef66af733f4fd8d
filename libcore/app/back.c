/* back - see back.h.  A cell of the vendor's line knows the column that it was read by; backcell.c undoes it. */
#include "app/back.h"

#include "app/backcell.h"
#include "app/backtime.h"
#include "record/output.h"
#include "record/show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 512, FLUSH = 1 << 16 };

struct back {
    const struct oc_ingest *g;
    const struct oc_preset *p;
    char separator;
    size_t n;
    struct oc_backcell cell[MOST];
    struct oc_output out;
    struct oc_buf text, value, scratch;
    size_t pending;                         /* rows of the record that is not complete */
    char *kept[OC_PRESET_ROWS][MOST];       /* texts of its cells */
    bool crlf, begun, lines;                /* lines: one was put */
};

static int cannot(const struct back *b, const char *name, const char *why, struct oc_err *err)
{
    return oc_fail(err, OC_USAGE, "the preset %s cannot be written back: '%s' %s", b->p->name, name, why);
}

/* ---- which cells a line has --------------------------------------------------------------------------------------- */

static int add_cell(struct back *b, const char *name, size_t n, struct oc_err *err)
{
    if (b->n == MOST || n >= sizeof b->cell[0].name)
        return oc_fail(err, OC_LIMIT, "the preset %s has too many cells", b->p->name);
    struct oc_backcell *c = &b->cell[b->n];
    memcpy(c->name, name, n);
    c->name[n] = '\0';
    c->nth = 1;
    for (size_t i = 0; i < b->n; i++)
        c->nth += strcmp(b->cell[i].name, c->name) == 0;
    b->n++;
    return 0;
}

/* The names of the header as the preset writes it, which has to be the whole of it. */
static int take_names(struct back *b, struct oc_err *err)
{
    const char *s = b->p->header.n ? b->p->header.word[0] : "";

    for (size_t i = 0; i < b->p->fields.n; i++)
        if (add_cell(b, b->p->fields.word[i], strlen(b->p->fields.word[i]), err))
            return -1;
    if (b->p->fields.n)
        return 0;
    for (;;) {
        const char *stop = strchr(s, b->separator);
        const size_t n = stop ? (size_t)(stop - s) : strlen(s), quotes = *s == '"';
        if (add_cell(b, s + quotes, n - 2 * quotes, err))
            return -1;
        if (!stop)
            return 0;
        s = stop + 1;
    }
}

static bool is_name(const char *header, const struct oc_backcell *c)
{
    const size_t n = strlen(header);
    char nth[8];

    snprintf(nth, sizeof nth, "#%d", c->nth);
    if (c->nth > 1 && (n < 3 || strcmp(header + n - 2, nth) != 0))
        return false;
    const size_t m = c->nth > 1 ? n - 2 : n, k = strspn(c->name, " ");
    size_t len = strlen(c->name + k);
    while (len && c->name[k + len - 1] == ' ')
        len--;
    return m == len && memcmp(header, c->name + k, m) == 0;
}

static const char *why_not(const struct oc_preset_column *c)
{
    if (c->part || c->suffixes || c->strip || c->over || c->has_below || c->upper || c->first)
        return "is read by part, suffixes, strip, over, upper, first-of or none-below";
    for (size_t i = 1; i < c->is.n; i += 2)
        for (size_t k = 1; k < i; k += 2)
            if (strcmp(c->is.word[k], c->is.word[i]) == 0)
                return "is read by `is`, which makes one word of several";
    for (size_t i = 0; i < c->format.n && i < 1; i++)
        if (oc_backtime_check(c->format.word[i]))
            return oc_backtime_check(c->format.word[i]);
    if (c->source == OC_FROM_JOIN) {
        size_t blanks = 0;
        for (const char *s = c->format.n ? c->format.word[0] : ""; *s; s++)
            blanks += *s == ' ';
        if (c->conv != OC_CONV_TIME || blanks + 1 != c->from.n)
            return "is joined with others, and the layout does not tell where one ends";
    }
    return NULL;
}

/* The column that a cell is read by: one whose conversions can be undone. */
static int find_reader(struct back *b, struct oc_backcell *cell, struct oc_err *err)
{
    const char *why = "is read by no column, and there is no `rest`";

    for (size_t i = 0; i < b->p->n; i++) {
        const struct oc_preset_column *c = &b->p->column[i];
        for (size_t k = 0; k < c->from.n; k++) {
            if ((c->source != OC_FROM_CELL && c->source != OC_FROM_JOIN) || !is_name(c->from.word[k], cell))
                continue;
            if (!(why = why_not(c))) {
                cell->c = c;
                cell->piece = k;
                cell->row = c->row ? c->row - 1 : 0;
                snprintf(cell->column, sizeof cell->column, "%s", c->name);
                return 0;
            }
        }
    }
    if ((!b->p->rest && *cell->name) || strncmp(why, "is read by no", 13) != 0)
        return cannot(b, cell->name, why, err);
    const size_t at = (size_t)(cell - b->cell) + 1;
    if (!*cell->name && !b->p->rest)
        *cell->column = '\0';
    else if (!*cell->name)
        snprintf(cell->column, sizeof cell->column, "%scell%zu", b->p->rest, at);
    else if (cell->nth > 1)
        snprintf(cell->column, sizeof cell->column, "%s%s#%d", b->p->rest, cell->name, cell->nth);
    else
        snprintf(cell->column, sizeof cell->column, "%s%s", b->p->rest, cell->name);
    return 0;
}

static int plan(struct back *b, struct oc_err *err)
{
    const struct oc_preset *p = b->p;
    const char *s = p->separator ? p->separator : ",";

    if (!p->writes)
        return oc_fail(err, OC_USAGE, "the preset %s does not say that it can be written back (`writes`)", p->name);
    if (p->nwhen)
        return cannot(b, p->when[0].header, "decides which records are made", err);
    if (p->format)
        return cannot(b, p->format, "is no text with lines", err);
    for (size_t i = 0; i < p->n; i++)
        if (p->column[i].source == OC_FROM_HEAD)
            return cannot(b, p->column[i].name, "stands before the header", err);
    b->separator = s[1] ? ' ' : *s;
    if (take_names(b, err))
        return -1;
    for (size_t i = 0; i < b->n; i++)
        if (find_reader(b, &b->cell[i], err))
            return -1;
    return 0;
}

/* ---- lines ---------------------------------------------------------------------------------------------------------- */

static void put_cell(struct back *b, size_t i, const char *s, size_t n)
{
    const bool quote = memchr(s, b->separator, n) || memchr(s, '"', n) || memchr(s, '\n', n);

    if (i)
        oc_buf_char(&b->text, b->separator);
    if (!quote) {
        oc_buf_put(&b->text, s, n);
        return;
    }
    oc_buf_char(&b->text, '"');
    for (size_t k = 0; k < n; k++) {
        if (s[k] == '"')
            oc_buf_char(&b->text, '"');
        oc_buf_char(&b->text, s[k]);
    }
    oc_buf_char(&b->text, '"');
}

static int flush(struct back *b, size_t least, struct oc_err *err)
{
    if (b->text.failed || b->value.failed || b->scratch.failed)
        return oc_fail(err, OC_MEMORY, "no memory for the output");
    if (b->text.n < least)
        return 0;
    const int rc = b->out.sink.write(&b->out.sink, b->text.p, b->text.n, err);
    b->text.n = 0;
    return rc;
}

static void put_end(struct back *b) { oc_buf_puts(&b->text, b->crlf ? "\r\n" : "\n"); }

static int begin(struct back *b, const char *path, bool crlf, struct oc_err *err)
{
    b->begun = true;
    b->crlf = crlf;
    if (oc_output_open(&b->out, path, err))
        return -1;
    if (b->p->header.n) {
        oc_buf_puts(&b->text, b->p->header.word[0]);
        put_end(b);
    }
    return 0;
}

/* The text of a column's cell, as it stands where it may (raw), else decoded. */
static const char *text_of(struct back *b, struct oc_batch *in, struct oc_col *c, size_t row, bool *raw, size_t *n)
{
    bool null = false;

    if (c->sep && in->dialect == OC_CELL_CSV) {
        const char *s = oc_cell(c, row, n);
        *raw = b->separator == ',' && *n && *s == '"';
        return *raw ? s : oc_cell_text(in->dialect, s, *n, &b->scratch, n, &null);
    }
    b->scratch.n = 0;
    oc_show_cell(c, row, &b->scratch);
    *raw = false;
    *n = b->scratch.n;
    return oc_buf_str(&b->scratch);
}

/* The cells of one line from the rows of its records. */
static int put_line(struct back *b, struct oc_err *err)
{
    if (b->p->unended && b->lines)
        put_end(b);
    b->lines = true;
    for (size_t i = 0; i < b->n; i++) {
        char *s = b->kept[b->cell[i].row][i];
        if (*s == '\1')                 /* quoted by the vendor: verbatim */
            oc_buf_printf(&b->text, "%s%s", i ? "," : "", s + 1);
        else
            put_cell(b, i, s, strlen(s));
    }
    if (!b->p->unended)
        put_end(b);
    for (size_t k = 0; k < b->pending; k++)
        for (size_t i = 0; i < b->n; i++) {
            free(b->kept[k][i]);
            b->kept[k][i] = NULL;
        }
    b->pending = 0;
    return flush(b, FLUSH, err);
}

static int take_row(struct back *b, struct oc_batch *in, struct oc_col **col, struct oc_col **of, size_t row, struct oc_err *err)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct oc_backcell *cell = &b->cell[i];
        size_t n = 0, nof = 0;
        bool raw = false, plain;
        char base[64] = "";
        if (of[i]) {
            const char *s = text_of(b, in, of[i], row, &plain, &nof);
            nof = nof < sizeof base ? nof : 0;
            memcpy(base, s, nof);
        }
        const char *s = col[i] ? text_of(b, in, col[i], row, &raw, &n) : "";
        b->value.n = 0;
        if (raw && (!cell->c || cell->c->conv == OC_CONV_NONE)) {
            oc_buf_char(&b->value, '\1');
            oc_buf_put(&b->value, s, n);
        } else if (oc_backcell_undo(b->g, cell, s, n, base, nof, &b->value)) {
            oc_fail(err, OC_DATA, "%s: '%.*s' is nothing that the preset %s makes", cell->column, (int)(n < 40 ? n : 40), s, b->p->name);
            return oc_at(err, in->file, 0, 0);
        }
        if (!(b->kept[b->pending][i] = strdup(oc_buf_str(&b->value))))
            return oc_fail(err, OC_MEMORY, "no memory for a record");
    }
    return ++b->pending == b->p->rows ? put_line(b, err) : 0;
}

struct reading { struct back *b; const struct oc_io *io; };

static int take_batch(void *ctx, struct oc_batch *in, struct oc_err *err)
{
    struct reading *r = ctx;
    struct back *b = r->b;
    struct oc_col *col[MOST], *of[MOST];

    if (!b->begun && begin(b, r->io->output, in->crlf, err))
        return -1;
    for (size_t i = 0; i < b->n; i++) {
        const struct oc_preset_column *c = b->cell[i].c;
        col[i] = *b->cell[i].column ? oc_col(in, b->cell[i].column) : NULL;
        of[i] = c && c->conv == OC_CONV_DAYS ? oc_col(in, c->of) : NULL;
        if (!*b->cell[i].column)
            continue;
        if (!col[i])
            return oc_fail(err, OC_COLUMN, "the records lack the column %s, which is the cell '%s' of the preset %s",
                           b->cell[i].column, b->cell[i].name, b->p->name);
        if (!(col[i]->sep && in->dialect == OC_CELL_CSV) && oc_load(in, col[i], err))
            return -1;
        if (of[i] && !(of[i]->sep && in->dialect == OC_CELL_CSV) && oc_load(in, of[i], err))
            return -1;
    }
    for (size_t row = 0; row < in->rows; row++)
        if (take_row(b, in, col, of, row, err))
            return -1;
    return 0;
}

int oc_back(struct oc_io *io, const struct oc_ingest *g, struct oc_err *err)
{
    struct back *b = calloc(1, sizeof *b);
    struct reading r = { .b = b, .io = io };

    if (!b)
        return oc_fail(err, OC_MEMORY, "no memory to write a file back");
    b->g = g;
    b->p = &g->preset;
    int rc = io->ninput > 1 ? oc_fail(err, OC_USAGE, "--back writes one file of one input") : plan(b, err);
    if (rc == 0)
        rc = oc_each_partial(io, io->ninput ? io->input[0] : NULL, g->preset.kind, take_batch, &r, err);
    if (rc == 0 && !b->begun)
        rc = begin(b, io->output, false, err);
    if (rc == 0 && b->pending)
        rc = oc_fail(err, OC_DATA, "the last record has %zu of its %u rows", b->pending, b->p->rows);
    if (rc == 0 && b->p->end) {
        oc_buf_puts(&b->text, b->p->end);
        put_end(b);
    }
    if (rc == 0)
        rc = flush(b, 1, err);
    struct oc_err later;
    if (b->begun && oc_output_close(&b->out, rc == 0, rc ? &later : err))
        rc = -1;
    for (size_t k = 0; k < OC_PRESET_ROWS; k++)
        for (size_t i = 0; i < b->n; i++)
            free(b->kept[k][i]);
    free(io->chain_in);                 /* no run follows that would take them */
    free(io->plan_in);
    io->chain_in = io->plan_in = NULL;
    oc_buf_free(&b->text);
    oc_buf_free(&b->value);
    oc_buf_free(&b->scratch);
    free(b);
    return rc;
}
