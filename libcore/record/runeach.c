/* runeach - oc_each, which reads records without a run around it, and what the two ways to read share: see run.h. */
#include "record/runpriv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int oc_runner_tally(const struct oc_io *io, const char *path, struct oc_tally **link, struct oc_tally **out,
                    struct oc_err *err)
{
    *out = NULL;
    if (!oc_run_digests(io))
        return 0;
    while (*link)
        link = &(*link)->next;
    if (!(*out = *link = calloc(1, sizeof **out)))
        return oc_fail(err, OC_MEMORY, "no memory for a digest");
    snprintf((*out)->name, sizeof (*out)->name, "%s", path && strcmp(path, "-") != 0 ? path : "stdin");
    oc_sha256_init(&(*out)->sha);
    return 0;
}

void oc_runner_plan(struct oc_buf *b, const struct oc_input *input)
{
    const struct oc_schema *in = &input->r.schema;

    oc_buf_printf(b, "input: %s, %s, kind %s\n", oc_source_name(input->r.src), input->r.format->name,
                  in->kind ? in->kind->name : "none");
    for (size_t i = 0; i < in->n; i++) {
        const bool renamed = strcmp(in->field[i].name, in->field[i].source) != 0;
        oc_buf_printf(b, "  %c %s%s%s\n", (char)in->field[i].type, in->field[i].name, renamed ? " <- " : "",
                      renamed ? in->field[i].source : "");
    }
}

/* Is it one of the inputs that the command line names, or standard input where it names none? */
static bool is_main(const struct oc_io *io, const char *path)
{
    for (size_t i = 0; i < io->ninput; i++)
        if (io->input[i] == path)
            return true;
    return !io->ninput && !path;
}

/* --dry-run of a program of jobs tells of the inputs too. */
static int keep_plan(struct oc_io *io, const struct oc_input *in, struct oc_err *err)
{
    struct oc_buf b = { 0 };

    if (io->plan_in)
        oc_buf_puts(&b, io->plan_in);
    oc_runner_plan(&b, in);
    (void)oc_buf_str(&b);
    free(io->plan_in);
    io->plan_in = b.p;
    return b.failed ? oc_fail(err, OC_MEMORY, "no memory for what is to be told") : 0;
}

static int each(struct oc_io *io, const char *path, const struct oc_work *work, oc_step *fn, void *ctx, struct oc_err *err)
{
    struct oc_block blk = { 0 };
    struct oc_batch b = { 0 };
    struct oc_tally *tally = NULL;
    struct oc_input *in = NULL;

    if (oc_runner_tally(io, path, &io->side, &tally, err) == 0)
        in = oc_input_open(io, path, work, NULL, tally, err);
    const bool main = is_main(io, path);
    int rc = !in || (main && io->dry_run && keep_plan(io, in, err)) ? -1 : 0;

    *(main ? &io->read_main : &io->read_side) = true;
    if (in && path == (io->ninput ? io->input[0] : NULL)) {     /* the main input: what is made of it goes on as it came */
        const char *chain = oc_schema_meta_get(&in->r.schema, "oc.chain");
        io->arrow_in = !in->r.format->text;
        free(io->chain_in);
        io->chain_in = chain ? strdup(chain) : NULL;
    }
    while (rc == 0 && (rc = in->r.format->cut(&in->r, &blk, err)) > 0) {
        rc = oc_input_parse(in, &blk, &b, err);
        if (rc == 0)
            rc = fn(ctx, &b, err);
        if (rc == 0 && b.nbad) {
            const struct oc_bad *first = b.bad;     /* they are in the order of columns */
            for (size_t i = 1; i < b.nbad; i++)
                if (b.bad[i].row < first->row)
                    first = &b.bad[i];
            rc = oc_fail(err, OC_DATA, "%s", first->reason);
            oc_at(err, b.file, in->line + (b.line ? b.line[first->row] : first->row), first->cell);
        }
        io->rows_in += main ? b.rows : 0;
        in->line += b.lines;
        blk.number++;
    }
    io->bytes_in += main && in ? oc_source_taken(in->r.src) : 0;
    if (rc && in && !err->file[0])
        oc_at(err, oc_source_name(in->r.src), err->line, err->column);
    if (rc) {
        oc_tally_free(io->side);
        io->side = NULL;
        free(io->plan_in);
        io->plan_in = NULL;
    }
    if (in && in->r.format->block_free)
        in->r.format->block_free(&blk);
    free(blk.p);
    oc_batch_free(&b);
    oc_input_free(in);
    return rc;
}

int oc_each(struct oc_io *io, const char *path, const char *kinds, oc_step *fn, void *ctx, struct oc_err *err)
{
    return each(io, path, &(struct oc_work){ .kinds = kinds }, fn, ctx, err);
}

int oc_each_partial(struct oc_io *io, const char *path, const char *kinds, oc_step *fn, void *ctx, struct oc_err *err)
{
    return each(io, path, &(struct oc_work){ .kinds = kinds, .partial = true }, fn, ctx, err);
}

void oc_each_digest(struct oc_io *io, struct oc_tally *more)
{
    struct oc_tally **end = &io->side;

    while (*end)
        end = &(*end)->next;
    *end = more;
}

int oc_each_beside(struct oc_io *io, const char *path, const char *kind, bool partial, oc_step *fn, void *ctx,
                   struct oc_err *err)
{
    struct oc_io beside = { .limits = io->limits, .max_window = io->max_window, .reading = io->reading, .prog = io->prog,
                            .provenance = io->provenance, .manifest = io->manifest };
    const int rc = each(&beside, path, &(struct oc_work){ .kinds = kind, .partial = partial }, fn, ctx, err);

    io->read_side = true;
    oc_each_digest(io, beside.side);
    return rc;
}
