/* csv - CSV as a format: recognition, the header, and the row of the table.  The rest: see csv.h. */
#include "record/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* ---- recognition ------------------------------------------------------------------------------------------- */

/* Text that a table may begin with: UTF-8 or Latin, no control characters. */
int oc_csv_sniff(const unsigned char *p, size_t n, char delim)
{
    size_t commas = 0, tabs = 0, i = 0;
    bool quoted = false;

    for (; i < n && (quoted || (p[i] != '\n' && p[i] != '\r')); i++) {
        if (p[i] < ' ' && p[i] != '\t' && !(quoted && (p[i] == '\n' || p[i] == '\r')))
            return 0;
        quoted ^= p[i] == '"';
        commas += !quoted && p[i] == ',';
        tabs += !quoted && p[i] == '\t';
    }
    for (; i < n; i++)
        if (p[i] < ' ' && p[i] != '\t' && p[i] != '\n' && p[i] != '\r')
            return 0;
    if (!n)
        return 0;
    const size_t mine = delim == ',' ? commas : tabs, other = delim == ',' ? tabs : commas;
    if (mine > other)
        return 60;
    return delim == ',' ? 20 : 0;       /* one column, or both: comma */
}

/* ---- header ------------------------------------------------------------------------------------------------ */

struct header {
    struct oc_schema *schema;
    struct oc_err *err;
    size_t ended;               /* line ends seen */
    bool failed;
};

static void on_name(void *p, size_t n, void *ctx)
{
    struct header *h = ctx;

    if (h->failed)
        return;
    char *name = malloc(n + 1);
    if (!name) {
        oc_fail(h->err, OC_MEMORY, "no memory for the header");
        h->failed = true;
        return;
    }
    memcpy(name, p, n);
    name[n] = '\0';
    h->failed = oc_schema_add(h->schema, name, NULL, NULL, OC_TEXT, h->err) != 0;
    free(name);
}

static void on_end(int c, void *ctx)
{
    (void)c;
    ((struct header *)ctx)->ended++;
}

static int never(unsigned char c)
{
    (void)c;
    return 0;
}

/* text[0 .. n) is the header record with its line feed. */
static int read_header(struct oc_reader *r, const char *text, size_t n, struct oc_err *err)
{
    struct oc_csv *csv = r->state;
    struct header h = { .schema = &r->schema, .err = err };
    struct csv_parser p;

    r->crlf = n > 1 && text[n - 2] == '\r';
    if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
        return oc_fail(err, OC_MEMORY, "no memory for the header");
    csv_set_delim(&p, (unsigned char)csv->delim);
    csv_set_space_func(&p, never);
    const size_t k = csv_parse(&p, text, n, on_name, on_end, &h);
    const int why = csv_error(&p);
    csv_free(&p);
    if (h.failed)
        return -1;
    if (k < n && why != CSV_EPARSE)
        return oc_fail(err, OC_MEMORY, "no memory for the header");
    if (k < n)
        return oc_fail(err, OC_FORMAT, "the header line has a quote where RFC 4180 allows none");
    if (h.ended != (r->crlf ? 2 : 1))     /* libcsv ends a row at each CR and LF */
        return oc_fail(err, OC_FORMAT, "the header line has a carriage return without a line feed");
    csv->columns = r->schema.n;
    return 0;
}

int oc_csv_open(struct oc_reader *r, char delim, struct oc_err *err)
{
    struct oc_csv *csv = r->state;
    size_t from = 0, to = 0;

    csv->delim = delim;
    if (r->first_line == 0)
        r->first_line = 1;
    if (oc_csvcut_first(r, &from, &to, err)) {
        if (err->line == 0)
            oc_at(err, oc_source_name(r->src), r->first_line, 0);
        return -1;
    }
    int rc = 0;
    if (memchr(csv->stash + from, '\0', to - from))
        rc = oc_fail(err, OC_FORMAT, "a NUL byte in the header: this is binary, or UTF-16");
    else
        rc = read_header(r, csv->stash + from, to - from, err);
    if (rc) {
        oc_at(err, oc_source_name(r->src), r->first_line, 0);
        return -1;
    }
    for (const char *p = csv->stash + from; p < csv->stash + to; p++)
        r->first_line += *p == '\n';
    csv->off = to;
    csv->line = r->first_line;
    return 0;
}

void oc_csv_close(struct oc_reader *r)
{
    struct oc_csv *csv = r->state;

    free(csv->stash);
    csv->stash = NULL;
    csv->off = csv->n = csv->cap = 0;
}

/* ---- the row of the table ---------------------------------------------------------------------------------- */

static int sniff(const unsigned char *p, size_t n) { return oc_csv_sniff(p, n, ','); }
static int open_comma(struct oc_reader *r, struct oc_err *err) { return oc_csv_open(r, ',', err); }
static int begin_comma(struct oc_writer *w, struct oc_err *err) { return oc_csvwrite_begin(w, ',', err); }

const struct oc_format oc_format_csv = {
    .name = "csv", .suffixes = ".csv .txt", .text = true, .sniff = sniff,
    .reader_size = sizeof(struct oc_csv), .open = open_comma, .cut = oc_csvcut_next, .parse = oc_csvparse_block,
    .reader_close = oc_csv_close,
    .writer_size = sizeof(struct oc_csvwriter), .begin = begin_comma, .encode = oc_csvwrite_encode,
    .emit = oc_csvwrite_emit, .finish = oc_csvwrite_finish,
};
