/* side - see side.h.  A writer of its own on an output of its own; what a run's main output has of both, but no input. */
#include "record/side.h"

#include "record/format.h"
#include "record/output.h"
#include "record/runstats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct oc_side {
    struct oc_io *io;
    const char *option, *path;
    struct oc_schema kind;          /* no fields: batches start from it */
    struct oc_writer writer;
    struct oc_output out;
    struct oc_batch batch;
    struct oc_buf text;
    struct oc_tally *tally;         /* NULL: no digest is wanted */
    bool opened, began;
    struct oc_side *next;           /* of io->sides */
};

static bool same_file(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0 && strncmp(a, "/dev/", 5) != 0;
}

int oc_side_check(const struct oc_io *io, const char *option, const char *path, struct oc_err *err)
{
    const struct { const char *option, *path; } file[] = {
        { "--output", io->output }, { "--rejects", io->rejects }, { "--stats", io->stats }, { "--metrics", io->metrics },
        { "--provenance", io->provenance }, { "--manifest", io->manifest },
    };

    if (strcmp(path, "-") == 0)
        return oc_fail(err, OC_USAGE, "%s: standard output has the records: name a file", option);
    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
        if (same_file(file[i].path, path))
            return oc_fail(err, OC_USAGE, "%s and %s name the same file %s", file[i].option, option, path);
    for (const struct oc_side *s = io->sides; s; s = s->next)
        if (same_file(s->path, path))
            return oc_fail(err, OC_USAGE, "%s and %s name the same file %s", s->option, option, path);
    return 0;
}

static int open_tally(struct oc_side *s, struct oc_err *err)
{
    if (!oc_run_digests(s->io))
        return 0;
    if (!(s->tally = calloc(1, sizeof *s->tally)))
        return oc_fail(err, OC_MEMORY, "no memory for a digest");
    s->tally->option = s->option + 2;
    snprintf(s->tally->name, sizeof s->tally->name, "%s", s->path);
    oc_sha256_init(&s->tally->sha);
    return 0;
}

static int open_writer(struct oc_side *s, struct oc_err *err)
{
    const struct oc_format *by_name = oc_format_by_suffix(s->path);
    const char *dot = strrchr(s->path, '.');

    s->writer.format = by_name ? by_name : oc_format_find("csv", err);
    s->writer.state = s->writer.format ? calloc(1, s->writer.format->writer_size + 1) : NULL;
    if (!s->writer.state)
        return oc_fail(err, OC_MEMORY, "no memory for %s", s->path);
    s->writer.number_format = s->io->number_format;
    s->writer.zstd_level = s->io->zstd_level;
    s->writer.file_layout = dot && strcmp(dot, ".arrow") == 0;
    s->writer.schema.kind = s->kind.kind;
    return 0;
}

int oc_side_open(struct oc_io *io, const char *option, const char *path, const char *kind, struct oc_side **out,
                 struct oc_err *err)
{
    if (oc_side_check(io, option, path, err))
        return -1;
    struct oc_side *s = calloc(1, sizeof *s);
    if (!s)
        return oc_fail(err, OC_MEMORY, "no memory for %s", path);
    *s = (struct oc_side){ .io = io, .option = option, .path = path, .out.fd = -1, .next = io->sides };
    io->sides = s;
    *out = s;
    s->kind.kind = oc_kind_find(kind, err);
    return s->kind.kind && open_writer(s, err) == 0 ? open_tally(s, err) : -1;
}

struct oc_batch *oc_side_batch(struct oc_side *s, size_t rows, struct oc_err *err)
{
    if (oc_batch_reset(&s->batch, &s->kind, err))
        return NULL;
    s->batch.rows = rows;
    return &s->batch;
}

/* The file is made when the first record, or the header, is there to be written. */
static int begin(struct oc_side *s, struct oc_err *err)
{
    struct oc_writer *w = &s->writer;
    const struct oc_batch *b = &s->batch;

    for (size_t i = 0; i < b->ncol; i++)
        if (oc_schema_add(&w->schema, b->col[i].name, NULL, b->col[i].def, b->col[i].type, err))
            return -1;
    if (oc_output_open(&s->out, s->path, err))
        return oc_while(err, "%s", s->option);
    s->opened = true;
    s->out.tally = s->tally;
    w->sink = &s->out.sink;
    w->fixed_rows = s->out.sink.regular ? 1 : 0;
    s->began = true;
    return w->format->begin(w, err);
}

int oc_side_write(struct oc_side *s, struct oc_err *err)
{
    struct oc_writer *w = &s->writer;

    if (s->io->dry_run)
        return 0;
    if (!s->began && begin(s, err))
        return -1;
    if (s->batch.ncol != w->schema.n)
        return oc_fail(err, OC_INTERNAL, "%s: %zu columns where the first records had %zu", s->option, s->batch.ncol,
                       w->schema.n);
    s->text.n = 0;
    if (!s->batch.rows)
        return 0;
    return w->format->encode(w, &s->batch, &s->text, err) ? -1 : w->format->emit(w, &s->batch, &s->text, err);
}

static void forget(struct oc_side *s)
{
    struct oc_side **at = &s->io->sides;

    while (*at && *at != s)
        at = &(*at)->next;
    if (*at)
        *at = s->next;
    if (s->writer.state && s->writer.format->writer_close && s->began)
        s->writer.format->writer_close(&s->writer);
    free(s->writer.state);
    oc_schema_free(&s->writer.schema);
    oc_batch_free(&s->batch);
    oc_buf_free(&s->text);
    oc_tally_free(s->tally);
    free(s);
}

int oc_side_close(struct oc_side *s, bool complete, struct oc_err *err)
{
    struct oc_err later = { 0 };
    int rc = 0;

    if (!s)
        return 0;
    if (s->began && s->writer.format->finish(&s->writer, complete, err))
        rc = -1;
    if (s->opened && oc_output_close(&s->out, complete && rc == 0, rc ? &later : err))
        rc = -1;
    if (s->tally && s->opened && complete && rc == 0) {     /* in the order of closing */
        struct oc_tally **end = &s->io->beside;
        while (*end)
            end = &(*end)->next;
        *end = s->tally;
        s->tally = NULL;
    }
    forget(s);
    return rc;
}
