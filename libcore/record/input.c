/*
 * input - see input.h.  Recognition reads at most one buffer ahead, and returns as soon as a live source has given
 * its first line.
 */
#include "record/input.h"

#include "base/words.h"
#include "record/archive.h"
#include "record/gather.h"
#include "record/runstats.h"

#include <stdlib.h>
#include <string.h>

/* What people feed by mistake, by its first bytes. */
static const struct { const char *magic; size_t n; const char *what; } foreign_magic[] = {
    { "\xff\xfe", 2, "UTF-16 text" }, { "\xfe\xff", 2, "UTF-16 text" }, { "PAR1", 4, "a Parquet file" },
    { "SQLite format 3", 15, "an SQLite database" }, { "PK\3\4", 4, "a ZIP archive (oc-ingest reads the members of one that is a file)" },
    { "\xfd" "7zXZ", 5, "xz-compressed" }, { "BZh", 3, "bzip2-compressed" }, { "FEA1", 4, "a Feather V1 file" },
    { "\x04\x22\x4d\x18", 4, "lz4-compressed" }, { "\x89HDF", 4, "an HDF5 file" }, { "%PDF", 4, "a PDF" },
};

static int refuse_foreign(const struct oc_reader *r, const char *name, struct oc_err *err)
{
    for (size_t i = 0; i < sizeof foreign_magic / sizeof *foreign_magic; i++)
        if (r->nahead >= foreign_magic[i].n && memcmp(r->ahead, foreign_magic[i].magic, foreign_magic[i].n) == 0) {
            oc_fail(err, OC_FORMAT, "this is %s, which is not read here", foreign_magic[i].what);
            return oc_at(err, name, 0, 0);
        }
    return 0;
}

/* Read behind what was read ahead already. */
static ptrdiff_t read_ahead(struct oc_input *in, struct oc_err *err)
{
    struct oc_reader *r = &in->r;
    const ptrdiff_t n = oc_source_read(r->src, in->ahead + r->nahead, sizeof in->ahead - r->nahead, err);

    if (n > 0 && r->tally)
        oc_tally_add(r->tally, in->ahead + r->nahead, (size_t)n);
    r->nahead += n > 0 ? (size_t)n : 0;
    return n;
}

enum { TELLING = 16 };      /* bytes that tell binary from text */

/* Does the input begin as no text does?  Only asked of its first bytes, so that chunks of a pipe do not matter. */
static bool begins_binary(const struct oc_input *in)
{
    return in->r.nahead >= TELLING && ((unsigned char)in->ahead[0] == 0xff || memchr(in->ahead, '\0', TELLING));
}

/*
 * The first line, or the first bytes of what is binary: formats are told by these alone, so that what an input is taken
 * for depends on its bytes and never on how they arrive.
 */
static int look_ahead(struct oc_input *in, struct oc_err *err)
{
    struct oc_reader *r = &in->r;

    r->ahead = in->ahead;
    while (r->nahead < sizeof in->ahead && !begins_binary(in)) {
        const ptrdiff_t n = read_ahead(in, err);
        if (n < 0)
            return -1;
        if (n == 0 || memchr(in->ahead + r->nahead - n, '\n', (size_t)n))
            break;
    }
    return 0;
}

static int recognise(struct oc_input *in, const struct oc_io *io, const char *name, struct oc_err *err)
{
    struct oc_reader *r = &in->r;
    int best = 0;

    if (r->nahead >= 3 && memcmp(r->ahead, "\xef\xbb\xbf", 3) == 0) {
        r->ahead += 3;
        r->nahead -= 3;
    }
    const char *made = oc_source_format(r->src);
    if (made && io->input_format && strcmp(made, io->input_format) != 0)
        return oc_fail(err, OC_USAGE, "--input-format is of text with lines: here the preset says what the input is");
    if (made)
        return (r->format = oc_format_find(made, err)) ? 0 : -1;
    if (io->input_format)
        return (r->format = oc_format_find(io->input_format, err)) ? 0 : -1;
    const char *const lf = memchr(r->ahead, '\n', r->nahead);
    const size_t line = lf ? (size_t)(lf - r->ahead) + 1 : r->nahead;
    for (size_t i = 0; oc_formats[i]; i++) {
        const int score = oc_formats[i]->sniff((const unsigned char *)r->ahead, oc_formats[i]->text ? line : r->nahead);
        if (score > best) {
            best = score;
            r->format = oc_formats[i];
        }
    }
    if (r->nahead == 0)
        oc_fail(err, OC_FORMAT, "the input is empty: not even a header line");
    else if (memchr(r->ahead, '\0', line) && !(best && !r->format->text))
        oc_fail(err, OC_FORMAT, "this is binary and no Arrow stream");
    else if (!best)
        oc_fail(err, OC_FORMAT, "neither CSV, TSV, JSON lines nor Arrow (-I names the format)");
    else
        return 0;
    return oc_at(err, name, 0, 0);
}

/* The header cells with the names that --map gives them. */
struct header { size_t n; const char **name; const struct oc_kind *kind; };

static bool has_column(const void *ctx, const char *name, size_t len)
{
    const struct header *h = ctx;

    for (size_t i = 0; i < h->n; i++) {
        const struct oc_coldef *d = oc_kind_column_among(h->kind, h->name[i], h->n, h->name);
        if (d && strlen(d->name) == len && memcmp(d->name, name, len) == 0)
            return true;
    }
    return false;
}

/* Among the program's kinds, its own first, the one whose marks are all there; else the last, which asks for least. */
static const struct oc_kind *own_kind(struct header *h, const char *kinds, struct oc_err *err)
{
    for (const char *p = kinds; *p; p += *p == ' ') {
        char name[64];
        size_t len = strcspn(p, " ");
        memcpy(name, p, len < sizeof name ? len : sizeof name - 1);
        name[len < sizeof name ? len : sizeof name - 1] = '\0';
        p += len;
        h->kind = oc_kind_find(name, err);
        if (!h->kind || !oc_kind_lacks(h->kind->marks, has_column, h, &len))
            break;
    }
    return h->kind;
}

/* Rule 3 of COLUMNS.md: carried, or said by --kind, or the program's own, or found by the marks. */
static const struct oc_kind *choose_kind(const struct oc_schema *s, const struct oc_io *io, const char *kinds,
                                         struct oc_err *err)
{
    const struct oc_kind *k = s->kind;

    if (io->kind)
        k = oc_kind_find(io->kind, err);
    else if (!k && s->n) {
        struct header h = { .n = s->n, .name = malloc(s->n * sizeof *h.name) };
        if (!h.name) {
            oc_fail(err, OC_MEMORY, "no memory for %zu columns", s->n);
            return NULL;
        }
        for (size_t i = 0; i < s->n; i++) {
            h.name[i] = s->field[i].name;
            for (size_t m = 0; m < io->nmap; m++)
                if (strcmp(io->map[m].column, h.name[i]) == 0)
                    h.name[i] = io->map[m].name;
        }
        k = kinds ? own_kind(&h, kinds, err) : oc_kind_detect(h.n, h.name, err);
        free(h.name);
    }
    if (k && kinds && !oc_words_has(kinds, ' ', k->name, strlen(k->name))) {
        oc_fail(err, OC_COLUMN, "the input holds '%s' records; this program reads: %s", k->name, kinds);
        return NULL;
    }
    return k;
}

/* Columns of a later input in the order of the first one. */
static int same_columns(struct oc_input *in, const struct oc_schema *first, struct oc_err *err)
{
    const struct oc_schema *s = &in->r.schema;

    if (oc_schema_equal(s, first))
        return 0;
    in->order = malloc((s->n + 1) * sizeof *in->order);
    if (!in->order)
        return oc_fail(err, OC_MEMORY, "no memory for %zu columns", s->n);
    for (size_t i = 0; i < first->n; i++) {
        const int k = oc_schema_find(s, first->field[i].name);
        if (k < 0)
            return oc_fail(err, OC_COLUMN, "column '%s' of the first input is not in this one", first->field[i].name);
        if (s->field[k].type != first->field[i].type)
            return oc_fail(err, OC_COLUMN, "column '%s' is of another type than in the first input",
                           first->field[i].name);
        in->order[i] = (size_t)k;
    }
    for (size_t i = 0; i < s->n; i++)
        if (oc_schema_find(first, s->field[i].name) < 0)
            return oc_fail(err, OC_COLUMN, "column '%s' is not in the first input", s->field[i].name);
    return 0;
}

static int resolve(struct oc_input *in, const struct oc_io *io, const struct oc_work *work,
                   const struct oc_schema *first, struct oc_err *err)
{
    struct oc_schema *s = &in->r.schema;

    if (!work->foreign) {
        const struct oc_kind *kind = choose_kind(s, io, work->kinds, err);
        if (!kind || oc_schema_resolve(s, kind, io->nmap, io->map, work->partial, err))
            return -1;
    }
    if (!first || (work->foreign && work->make && !io->where))      /* the program finds the cells itself */
        return 0;
    if (work->foreign && work->make && !oc_schema_equal(s, first))
        return oc_fail(err, OC_COLUMN, "this input has other columns than the first one, and --where was read by those: ingest "
                       "it by itself");
    return same_columns(in, first, err);
}

/* Until the buffer is full, or no more is there: 1 now, 0 ever, -1. */
static int fill_ahead(struct oc_input *in, struct oc_err *err)
{
    struct oc_reader *r = &in->r;

    memmove(in->ahead, r->ahead, r->nahead);
    r->ahead = in->ahead;
    while (r->nahead < sizeof in->ahead) {
        if (r->nahead && oc_source_idle(r->src))
            return 1;
        const ptrdiff_t n = read_ahead(in, err);
        if (n < 0 && r->nahead)     /* what was there before the fault is read first, however it came; the fault comes again */
            return 0;
        if (n <= 0)
            return (int)n;
    }
    return 0;
}

/*
 * The lines before the records: skipped, and remembered as the program wishes.  It is asked as soon as a live source has no
 * more to give for now, and again with more where that was not enough, so what it finds depends on the bytes alone.
 */
static int prelude(struct oc_input *in, const struct oc_work *work, uint64_t *lines, struct oc_err *err)
{
    struct oc_reader *r = &in->r;
    size_t skip;

    in->head_free = work->head_free;
    for (;;) {
        /* what is made of a document begins with its header line: to read on would only meet its errors too early */
        const int more = oc_source_format(r->src) ? 0 : fill_ahead(in, err);
        skip = 0;
        *lines = 0;
        if (more < 0)
            return -1;
        const int rc = work->prelude(work->ctx, oc_source_name(r->src), r->ahead, r->nahead, &skip, lines, &in->head, err);
        if (rc && (!more || err->code == OC_USAGE))
            return oc_at(err, oc_source_name(r->src), err->line, err->column);
        if (rc == 0 && (!more || memchr(r->ahead + skip, '\n', r->nahead - skip)))
            break;
        if (rc == 0 && in->head_free)
            in->head_free(in->head);
        in->head = NULL;
        if (read_ahead(in, err) < 0)
            return -1;
    }
    r->ahead += skip;
    r->nahead -= skip;
    return 0;
}

static void count_bytes(void *tally, const void *p, size_t n) { oc_tally_add(tally, p, n); }

/* The program's own source over the file's; the digest stays one of the file. */
static int translate(struct oc_input *in, const struct oc_work *work, struct oc_err *err)
{
    struct oc_source *file = in->r.src;

    if (in->r.tally)
        oc_source_watch(file, count_bytes, in->r.tally);
    if (work->translate(work->ctx, &in->r.src, err))
        return -1;
    if (in->r.src == file)
        oc_source_watch(file, NULL, NULL);
    else
        in->r.tally = NULL;
    return 0;
}

struct oc_input *oc_input_open(const struct oc_io *io, const char *path, const struct oc_work *work,
                               const struct oc_schema *first, struct oc_tally *tally, struct oc_err *err)
{
    struct oc_input *in = calloc(1, sizeof *in);
    uint64_t skipped = 0;

    if (!in) {
        oc_fail(err, OC_MEMORY, "no memory to open an input");
        return NULL;
    }
    in->r.limits = &io->limits;
    in->r.tally = tally;
    in->r.reading = &io->reading;
    in->r.least = work->least_cells;
    bool member = false;
    in->r.src = oc_archive_open(io->archives, path, io->max_window, &member, err);
    if (!member)
        in->r.src = oc_source_open(path, io->max_window, err);
    if (!in->r.src)
        goto fail;
    if (work->translate && translate(in, work, err))
        goto fail;
    const char *name = oc_source_name(in->r.src);
    if (look_ahead(in, err) || refuse_foreign(&in->r, name, err) || (work->prelude && prelude(in, work, &skipped, err)) || recognise(in, io, name, err))
        goto fail;
    in->r.state = calloc(1, in->r.format->reader_size + 1);
    if (!in->r.state) {
        oc_fail(err, OC_MEMORY, "no memory to read %s", name);
        goto fail;
    }
    in->r.first_line = 1;
    if (in->r.format->open(&in->r, err)) {
        if (!err->file[0])
            oc_at(err, name, err->line, err->column);
        goto fail;
    }
    in->line = in->first_line = in->r.first_line + skipped;
    if (resolve(in, io, work, first, err)) {
        oc_at(err, name, 0, 0);
        goto fail;
    }
    return in;
fail:
    oc_input_free(in);
    return NULL;
}

/* ---- jobs in place of records ------------------------------------------------------------------------------- */

struct job_reader { const struct oc_work *work; };      /* oc_reader.state */
struct job_block { void *job; void (*free)(void *job); };

static int job_cut(struct oc_reader *r, struct oc_block *blk, struct oc_err *err)
{
    const struct job_reader *j = r->state;

    if (!blk->extra && !(blk->extra = calloc(1, sizeof(struct job_block))))
        return oc_fail(err, OC_MEMORY, "no memory for a job");
    struct job_block *b = blk->extra;
    b->free = j->work->job_free;
    return j->work->job(j->work->ctx, blk->number, &b->job, err);
}

static int job_parse(const struct oc_reader *r, struct oc_block *blk, struct oc_batch *b, struct oc_err *err)
{
    (void)r, (void)err;
    b->job = ((struct job_block *)blk->extra)->job;
    return 0;
}

static void job_block_free(struct oc_block *blk)
{
    struct job_block *b = blk->extra;

    if (b && b->job && b->free)
        b->free(b->job);
    free(b);
    blk->extra = NULL;
}

/* Not among the formats that a file may have: it only lets jobs go through the loop as blocks do. */
static const struct oc_format jobs_as_text = {
    .name = "none", .text = true, .cut = job_cut, .parse = job_parse, .block_free = job_block_free,
}, jobs_as_values = {
    .name = "none", .text = false, .cut = job_cut, .parse = job_parse, .block_free = job_block_free,
};

struct oc_input *oc_input_jobs(const struct oc_io *io, const struct oc_work *work, struct oc_err *err)
{
    struct oc_input *in = calloc(1, sizeof *in);
    struct job_reader *j = calloc(1, sizeof *j);

    if (!in || !j) {
        free(in);
        free(j);
        oc_fail(err, OC_MEMORY, "no memory for jobs");
        return NULL;
    }
    j->work = work;
    in->r.format = io->arrow_in ? &jobs_as_values : &jobs_as_text;
    in->r.state = j;
    in->r.crlf = work->crlf;
    in->r.limits = &io->limits;
    in->r.reading = &io->reading;
    if (io->chain_in && oc_schema_meta(&in->r.schema, "oc.chain", io->chain_in, err)) {
        oc_input_free(in);
        return NULL;
    }
    return in;
}

int oc_input_parse(const struct oc_input *in, struct oc_block *blk, struct oc_batch *b, struct oc_err *err)
{
    if (oc_batch_reset(b, &in->r.schema, err))
        return -1;
    b->reading = in->r.reading;
    b->first_line = in->first_line;
    b->file = oc_source_name(in->r.src);
    b->number = blk->number;
    b->head = in->head;
    if (blk->gather && !in->r.format->text)
        return oc_gather_give(blk->gather, b, err);
    if (in->r.format->parse(&in->r, blk, b, err))
        return -1;
    if (!in->order)
        return 0;
    struct oc_col *c = oc_arena_alloc(&b->arena, b->ncol * sizeof *c);
    if (!c)
        return oc_fail(err, OC_MEMORY, "no memory for %zu columns", b->ncol);
    memcpy(c, b->col, b->ncol * sizeof *c);
    for (size_t i = 0; i < b->ncol; i++)
        b->col[i] = c[in->order[i]];
    for (size_t i = 0; i < b->nbad; i++)        /* what the format noted is about cells of its own order */
        for (size_t k = 0; b->bad[i].col != UINT32_MAX && k < b->ncol; k++)
            if (in->order[k] == b->bad[i].col) {
                b->bad[i].col = (uint32_t)k;
                break;
            }
    return 0;
}

void oc_input_free(struct oc_input *in)
{
    if (!in)
        return;
    if (in->r.state && in->r.format->reader_close)
        in->r.format->reader_close(&in->r);
    free(in->r.state);
    oc_source_close(in->r.src);
    oc_schema_free(&in->r.schema);
    if (in->head && in->head_free)
        in->head_free(in->head);
    free(in->order);
    free(in);
}
