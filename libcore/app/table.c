/* table - see table.h. */
#include "app/table.h"

#include "app/cat_pull.h"
#include "base/num.h"
#include "record/output.h"
#include "record/show.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_ROWS = 1000, GAP = 2 };

struct table {
    size_t n;               /* columns */
    size_t *width;          /* characters */
    bool *right;            /* stands to the right: a type of numbers, or text that was nothing but numbers so far */
    bool *number;           /* the type says so */
    const char *format;     /* --float */
    size_t held;            /* rows in `cells` */
    struct oc_buf cells;    /* of the rows that are looked at: 4 bytes of length and the text, one after the other */
    struct oc_buf scratch, line;
    struct oc_output out;
};

/* Characters of UTF-8: every byte but those that continue one. */
static size_t characters(const char *s, size_t n)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        k += ((unsigned char)s[i] & 0xc0) != 0x80;
    return k;
}

/* The text of a cell: as the file has it, or printed. */
static void cell_text(struct table *t, const struct oc_batch *b, const struct oc_col *c, size_t row)
{
    struct oc_buf raw = { 0 };

    t->scratch.n = 0;
    if (c->sep && !c->factor) {
        size_t n;
        bool null = false;
        const char *s = oc_cell(c, row, &n);
        s = oc_cell_text(b->dialect, s, n, &raw, &n, &null);
        if (!null)
            oc_buf_put(&t->scratch, s, n);
    } else if (c->type == OC_F64 && t->format && !oc_show_missing(c, row)) {
        char text[OC_NUM_FORMAT_MAX];
        oc_buf_put(&t->scratch, text, oc_num_print(text, c->f64[row], t->format));
    } else {
        oc_show_cell(c, row, &t->scratch);
    }
    for (size_t i = 0; i < t->scratch.n; i++)       /* a line end or an escape would spoil the picture */
        if ((unsigned char)t->scratch.p[i] < ' ' || t->scratch.p[i] == 0x7f)
            t->scratch.p[i] = '.';
    oc_buf_free(&raw);
}

static void put_cell(struct table *t, size_t i, const char *s, size_t n)
{
    const size_t k = characters(s, n), fill = k < t->width[i] ? t->width[i] - k : 0;
    const size_t before = t->right[i] ? fill : 0, behind = t->right[i] || i + 1 == t->n ? 0 : fill;

    for (size_t j = 0; j < before + (i ? GAP : 0); j++)
        oc_buf_char(&t->line, ' ');
    oc_buf_put(&t->line, s, n);
    for (size_t j = 0; j < behind; j++)
        oc_buf_char(&t->line, ' ');
}

static void end_line(struct table *t)
{
    while (t->line.n && t->line.p[t->line.n - 1] == ' ')
        t->line.n--;
    oc_buf_char(&t->line, '\n');
}

static int flush(struct table *t, struct oc_err *err)
{
    if (t->line.failed || t->cells.failed || t->scratch.failed)
        return oc_fail(err, OC_MEMORY, "no memory for a table");
    const int rc = t->line.n ? t->out.sink.write(&t->out.sink, t->line.p, t->line.n, err) : 0;
    t->line.n = 0;
    return rc;
}

/* The rows that were looked at, under the header. */
static int put_held(struct table *t, const struct oc_schema *s, bool bold, struct oc_err *err)
{
    const char *p = t->cells.p;

    for (size_t i = 0; i < t->n; i++) {
        const size_t k = characters(s->field[i].name, strlen(s->field[i].name));
        t->width[i] = k > t->width[i] ? k : t->width[i];
        t->right[i] = t->right[i] && (t->number[i] || t->held);
    }
    if (bold)
        oc_buf_puts(&t->line, "\033[1m");
    for (size_t i = 0; i < t->n; i++)
        put_cell(t, i, s->field[i].name, strlen(s->field[i].name));
    if (bold)
        oc_buf_puts(&t->line, "\033[0m");
    end_line(t);
    for (size_t r = 0; r < t->held && !t->cells.failed; r++) {
        struct oc_buf *o = &t->line;
        for (size_t i = 0; i < t->n; i++) {
            uint32_t n;
            memcpy(&n, p, sizeof n);
            put_cell(t, i, p + sizeof n, n);
            p += sizeof n + n;
        }
        end_line(t);
        if (o->n > 64 * 1024 && flush(t, err))
            return -1;
    }
    return flush(t, err);
}

static void hold(struct table *t, const struct oc_batch *b, size_t row)
{
    for (size_t i = 0; i < t->n; i++) {
        double v;
        cell_text(t, b, &b->col[i], row);
        const uint32_t n = (uint32_t)t->scratch.n;
        const size_t k = n ? characters(t->scratch.p, n) : 0;
        oc_buf_put(&t->cells, &n, sizeof n);
        oc_buf_put(&t->cells, t->scratch.p, n);
        t->width[i] = k > t->width[i] ? k : t->width[i];
        if (!t->number[i] && n && oc_num_f64(t->scratch.p, n, &v))
            t->right[i] = false;
    }
    t->held++;
}

static void put_row(struct table *t, const struct oc_batch *b, size_t row)
{
    for (size_t i = 0; i < t->n; i++) {
        cell_text(t, b, &b->col[i], row);
        put_cell(t, i, t->scratch.n ? t->scratch.p : "", t->scratch.n);
    }
    end_line(t);
}

static int put_all(struct table *t, struct oc_cat_pull *p, bool bold, struct oc_err *err)
{
    bool began = false;
    int rc;

    while ((rc = oc_cat_pull_next(p, err)) > 0)
        for (size_t r = 0; r < p->batch.rows; r++) {
            if (!began && t->held < LOOK_ROWS) {
                hold(t, &p->batch, r);
                continue;
            }
            if (!began && put_held(t, &p->schema, bold, err))
                return -1;
            began = true;
            put_row(t, &p->batch, r);
            if (t->line.n > 64 * 1024 && flush(t, err))
                return -1;
        }
    if (rc == 0 && !began)
        rc = put_held(t, &p->schema, bold, err);
    return rc ? rc : flush(t, err);
}

static int prepare(struct table *t, const struct oc_schema *s, struct oc_err *err)
{
    t->n = s->n;
    t->width = calloc(s->n + 1, sizeof *t->width);
    t->right = calloc(s->n + 1, sizeof *t->right);
    t->number = calloc(s->n + 1, sizeof *t->number);
    if (!t->width || !t->right || !t->number)
        return oc_fail(err, OC_MEMORY, "no memory for a table");
    for (size_t i = 0; i < s->n; i++) {
        t->number[i] = s->field[i].type == OC_F64 || s->field[i].type == OC_I64;
        t->right[i] = t->number[i] || !s->field[i].def;
    }
    return 0;
}

int oc_table(const struct oc_io *io, struct oc_err *err)
{
    struct table t = { .format = io->number_format };
    struct oc_cat_pull p = { 0 };
    struct oc_err later = { 0 };

    if (oc_output_open(&t.out, io->output, err))
        return -1;
    const bool bold = strcmp(io->color, "always") == 0 || (strcmp(io->color, "auto") == 0 && t.out.terminal);
    int rc = oc_cat_pull_open(&p, io, io->ninput, io->input, NULL, err);
    if (rc == 0)
        rc = prepare(&t, &p.schema, err);
    if (rc == 0)
        rc = put_all(&t, &p, bold, err);
    oc_cat_pull_close(&p);
    if (oc_output_close(&t.out, rc == 0, rc ? &later : err))
        rc = -1;
    free(t.width);
    free(t.right);
    free(t.number);
    oc_buf_free(&t.cells);
    oc_buf_free(&t.scratch);
    oc_buf_free(&t.line);
    return rc;
}
