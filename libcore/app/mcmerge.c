/* mcmerge - see mcmerge.h */
#include "app/mcmerge.h"

#include "app/cat_pull.h"
#include "app/figurestore.h"
#include "base/readfile.h"
#include "cli/arguments.h"
#include "record/runstats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what a shard says of itself ---------------------------------------------------------------------------------- */

#define LAYOUT "1"

struct part { uint64_t index, count, after, paths; };

static int read_part(const char *text, struct part *p)
{
    char tail;

    return text && sscanf(text, "%" SCNu64 "/%" SCNu64 " after %" SCNu64 " of %" SCNu64 "%c", &p->index, &p->count, &p->after,
                          &p->paths, &tail) == 4 ? 0 : -1;
}

static void print_part(const struct part *p, char text[128])
{
    snprintf(text, 128, "%" PRIu64 "/%" PRIu64 " after %" PRIu64 " of %" PRIu64, p->index, p->count, p->after, p->paths);
}

/* Open a shard and check that it is one.  *job is borrowed from the schema. */
static int open_shard(struct oc_cat_pull *p, const struct oc_io *io, const char *const *path, struct part *part,
                      const char **job, struct oc_err *err)
{
    if (oc_cat_pull_open(p, io, 1, path, "stat", err))
        return -1;
    const char *layout = oc_schema_meta_get(&p->first->r.schema, "oc.shard");
    *job = oc_schema_meta_get(&p->first->r.schema, "oc.shard.job");
    if (layout && strcmp(layout, LAYOUT) != 0)
        return oc_fail(err, OC_DATA, "a shard of layout %.20s; this program knows " LAYOUT, layout);
    if (!layout || !*job || read_part(oc_schema_meta_get(&p->first->r.schema, "oc.shard.part"), part))
        return oc_fail(err, OC_DATA, "this is no shard of oc-mc");
    return 0;
}

/* ---- --shard ------------------------------------------------------------------------------------------------------ */

static int parse_shard(const char *text, struct oc_figures *f, struct oc_err *err)
{
    char tail;

    if (sscanf(text, "%" SCNu64 "/%" SCNu64 "%c", &f->index, &f->count, &tail) != 2 || !f->index || f->index > f->count
        || f->count > 1000000 || strspn(text, "0123456789/") != strlen(text))
        return oc_fail(err, OC_USAGE, "--shard: '%s' is not I/N with 1 <= I <= N <= 1000000", text);
    f->mode = OC_FIGURES_SHARD;
    return 0;
}

/* Is the output there, and is it this shard, whole?  Whatever else it is, it is going to be replaced. */
static bool is_there(const struct oc_io *io, const char *job, const struct part *want)
{
    struct oc_cat_pull p = { 0 };
    struct oc_err err = { 0 };
    struct part part;
    const char *there;
    int rc = io->output && access(io->output, R_OK) == 0 ? open_shard(&p, io, (const char *const *)&io->output, &part, &there, &err)
                                                        : -1;

    if (rc == 0 && (strcmp(there, job) != 0 || memcmp(&part, want, sizeof part) != 0))
        rc = -1;
    while (rc == 0 && (rc = oc_cat_pull_next(&p, &err)) > 0)
        rc = 0;
    oc_cat_pull_close(&p);
    return rc == 0;
}

int oc_mc_shard(struct oc_rerun *r, const struct oc_prog *prog, const char *shard, int argc, char **argv, bool reads,
                uint64_t paths, struct oc_io *io, struct oc_figures *figures, struct oc_err *err)
{
    struct oc_io look = OC_IO_DEFAULT;

    if (parse_shard(shard, figures, err))
        return -1;
    if (!paths)
        return oc_fail(err, OC_USAGE, "--shard wants --paths N, the paths of all shards together");
    if (io->output_format && strcmp(io->output_format, "arrow") != 0)
        return oc_fail(err, OC_USAGE, "a shard is Arrow; the format is chosen when the shards are merged");
    if (reads && oc_run_digests(io) && (!io->ninput || strcmp(io->input[0], "-") == 0))
        return oc_fail(err, OC_USAGE, "--manifest and --provenance of a shard want its input as a FILE, to be named again");
    if (oc_rerun_collect(r, prog, argc, argv, "shard after paths", reads, io, err))
        return -1;
    look.output = io->output;
    look.prog = io->prog;
    const struct part part = { figures->index, figures->count, figures->after, paths };
    if (!is_there(&look, r->digest, &part))
        return 0;
    oc_say(OC_WARNING, "%s: this shard is there already", io->output);
    return 1;
}

/* ---- writing ------------------------------------------------------------------------------------------------------ */

enum { SHARD_ROWS = 8192 };

struct writing { const struct oc_figures *f; size_t run; uint64_t at; struct oc_dict *word; };
struct piece { struct oc_figurerun run; uint64_t from; size_t n; };     /* figures from .. from + n - 1 of a run */

static int next_piece(void *ctx, uint64_t number, void **job, struct oc_err *err)
{
    struct writing *w = ctx;
    struct piece *p = *job ? *job : malloc(sizeof *p);

    (void)number;
    if (!p)
        return oc_fail(err, OC_MEMORY, "no memory to write a shard");
    *job = p;
    while (oc_figurestore_at(w->f->own, w->run, &p->run) && w->at == p->run.n * p->run.k) {
        w->run++;
        w->at = 0;
    }
    if (!oc_figurestore_at(w->f->own, w->run, &p->run))
        return 0;
    const uint64_t left = p->run.n * p->run.k - w->at;
    p->from = w->at;
    p->n = left < SHARD_ROWS ? (size_t)left : SHARD_ROWS;
    w->at += p->n;
    return 1;
}

static int write_piece(void *ctx, struct oc_batch *b, struct oc_batch *out, struct oc_err *err)
{
    const struct writing *w = ctx;
    const struct piece *p = b->job;
    int64_t *item, *block, *figure;
    int32_t *word;
    double *value;

    out->rows = p ? p->n : 0;
    if (oc_add_sym(out, "stat", w->word, &word, NULL, err) || oc_add_f64(out, "value", &value, err)
        || oc_add_i64(out, "item", OC_I64, &item, NULL, err) || oc_add_i64(out, "block", OC_I64, &block, NULL, err)
        || oc_add_i64(out, "figure", OC_I64, &figure, NULL, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        const uint64_t k = p->from + i;
        word[i] = 0;
        value[i] = p->run.v[k];
        item[i] = (int64_t)p->run.item;
        block[i] = (int64_t)(p->run.block + k / p->run.k);
        figure[i] = (int64_t)(k % p->run.k);
    }
    return 0;
}

int oc_mc_shard_write(const struct oc_rerun *r, struct oc_io *io, const struct oc_figures *figures, struct oc_err *err)
{
    const struct part part = { figures->index, figures->count, figures->after, figures->paths };
    const uint32_t off[2] = { 0, 6 };
    struct writing w = { .f = figures, .word = oc_dict_new(1, off, "figure", err) };
    char text[128], digest[OC_SHA256_HEX];
    const struct oc_meta meta[] = {
        { "oc.shard", (char[]){ LAYOUT } }, { "oc.shard.job", digest }, { "oc.shard.part", text }, { "oc.shard.words", r->words },
        { "oc.shard.files", r->files },
    };
    struct oc_io out = OC_IO_DEFAULT;

    if (!w.word)
        return -1;
    print_part(&part, text);
    memcpy(digest, r->digest, sizeof digest);
    out.output = io->output;
    out.output_format = "arrow";
    out.force = io->force;
    out.prog = io->prog;
    out.options = io->options;
    out.notes = io->notes;
    out.stats = io->stats;
    out.metrics = io->metrics;
    out.provenance = io->provenance;
    out.manifest = io->manifest;
    out.nargument = io->nargument;
    out.argument = io->argument;
    out.seed = io->seed;
    out.side = io->side;
    io->side = NULL;
    out.progress = io->progress;
    out.quiet = io->quiet;
    out.meta = meta;
    out.nmeta = sizeof meta / sizeof *meta;
    const int rc = oc_run(&out, &(struct oc_work){ .job = next_piece, .job_free = free, .make = write_piece,
                                                   .make_kind = "stat", .ctx = &w }, err);
    io->manifested = out.manifested;
    oc_dict_drop(w.word);
    return rc;
}

/* ---- merge -------------------------------------------------------------------------------------------------------- */

struct merging {
    size_t n, nmore;
    const char **shard;
    char **more;                /* output options, for the run */
    bool help, quiet;
    uint64_t paths;
    char job[OC_SHA256_HEX];
    char *words, *files;
    struct part *part;
    uint64_t again;             /* blocks of shards that were there before */
};

static int see_word(void *ctx, const struct oc_opt_row *row, bool negated, const char *value, struct oc_err *err)
{
    struct merging *m = ctx;

    if (!row && value) {
        m->shard[m->n++] = value;
        return 0;
    }
    const enum oc_optkind kind = row ? row->opt->kind : OC_OPT_END;
    m->help |= !row || kind == OC_OPT_HELP || kind == OC_OPT_VERSION || kind == OC_OPT_SHOW;
    if (m->help)                /* the parser tells, of an unknown word too */
        return 0;
    if (!oc_rerun_is_output(row->opt))
        return oc_fail(err, OC_USAGE, "--%s belongs to the run, and its shards have it; merge takes options of output alone",
                       row->opt->name);
    if (strcmp(row->opt->name, "quiet") == 0)
        m->quiet = !negated;
    const size_t size = strlen(row->opt->name) + (value ? strlen(value) : 0) + 8;
    char *word = oc_opt_alloc(size);
    snprintf(word, size, "--%s%s%s%s", negated ? "no-" : "", row->opt->name, value ? "=" : "", value ? value : "");
    m->more[m->nmore++] = word;
    return 0;
}

/* The first operand. */
static int see_operand(void *ctx, const struct oc_opt_row *row, bool negated, const char *value, struct oc_err *err)
{
    const char **first = ctx;

    (void)negated, (void)err;
    if (!row && value && !*first)
        *first = value;
    return 0;
}

enum { RUN_BYTES = 1 << 20 };

/* Figures on their way into the store: consecutive blocks of an item, k each, as one run. */
struct loading {
    struct oc_figures *f;
    struct oc_buf now;
    uint64_t item, first, block;    /* first of the run; the one that is coming in */
    uint64_t n, blocks;             /* blocks of the run; of the shard */
    size_t k, at;                   /* figures of a block; of the one that is coming in so far */
    bool again;                     /* the same shard was here before: compared, not kept */
};

static int torn(const struct loading *l, struct oc_err *err)
{
    return oc_fail(err, OC_DATA, "the figures of item %" PRIu64 ", block %" PRIu64 " are torn", l->item, l->block);
}

static int end_block(struct loading *l, struct oc_err *err)
{
    if (l->n == 1)
        l->k = l->at;
    return l->n && l->at != l->k ? torn(l, err) : 0;
}

static int compare_run(const struct loading *l, struct oc_err *err)
{
    for (uint64_t b = 0; b < l->n; b++) {
        size_t k = 0;
        const double *had = oc_figurestore_get(l->f->own, l->item, l->first + b, &k);
        if (!had || k != l->k || memcmp(had, l->now.p + b * k * sizeof *had, k * sizeof *had) != 0)
            return oc_fail(err, OC_DATA, "this shard was given before, with other figures of item %" PRIu64 ", block %" PRIu64,
                           l->item, l->first + b);
    }
    return 0;
}

static int end_run(struct loading *l, struct oc_err *err)
{
    if (!l->n)
        return 0;
    if (l->again && compare_run(l, err))
        return -1;
    if (!l->again) {
        double *v = oc_figurestore_add(&l->f->own, l->item, l->first, l->n, l->k, err);
        if (!v)
            return -1;
        memcpy(v, l->now.p, l->now.n);
    }
    l->blocks += l->n;
    l->n = l->now.n = 0;
    return 0;
}

static int begin_block(struct loading *l, uint64_t item, uint64_t block, struct oc_err *err)
{
    const bool goes_on = l->n && item == l->item && block == l->block + 1 && l->now.n < RUN_BYTES;

    if (end_block(l, err) || (!goes_on && end_run(l, err)))
        return -1;
    l->first = goes_on ? l->first : block;
    l->item = item;
    l->block = block;
    l->n++;
    l->at = 0;
    return 0;
}

static int load_batch(struct loading *l, const struct oc_batch *b, struct oc_err *err)
{
    const struct oc_col *item = oc_col(b, "item"), *block = oc_col(b, "block"), *figure = oc_col(b, "figure"),
                        *value = oc_col(b, "value");

    if (!item || !block || !figure || !value || item->type != OC_I64 || block->type != OC_I64 || figure->type != OC_I64
        || value->type != OC_F64)
        return oc_fail(err, OC_DATA, "the columns are not those of a shard");
    for (size_t i = 0; i < b->rows; i++) {
        const uint64_t it = (uint64_t)item->i64[i], bl = (uint64_t)block->i64[i];
        if ((!l->n || it != l->item || bl != l->block) && begin_block(l, it, bl, err))
            return -1;
        if ((uint64_t)figure->i64[i] != l->at++ || it >> 40 || bl >> 50)
            return torn(l, err);
        oc_buf_put(&l->now, &value->f64[i], sizeof(double));
    }
    return l->now.failed ? oc_fail(err, OC_MEMORY, "no memory for a shard") : 0;
}

/* Is shard i one that came before, by what it says of itself? */
static bool is_again(const struct merging *m, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (memcmp(&m->part[k], &m->part[i], sizeof m->part[i]) == 0)
            return true;
    return false;
}

static int load_shard(struct merging *m, size_t i, const struct oc_io *io, struct oc_figures *f, struct oc_err *err)
{
    struct oc_cat_pull p = { 0 };
    struct loading l = { .f = f };
    const char *job = NULL;
    int rc = open_shard(&p, io, &m->shard[i], &m->part[i], &job, err), got;

    if (rc == 0 && i == 0) {
        snprintf(m->job, sizeof m->job, "%s", job);
        const char *words = oc_schema_meta_get(&p.first->r.schema, "oc.shard.words");
        const char *files = oc_schema_meta_get(&p.first->r.schema, "oc.shard.files");
        m->words = words ? strdup(words) : NULL;
        m->files = files ? strdup(files) : NULL;
        rc = m->words && m->files ? 0 : oc_fail(err, OC_DATA, "this is no shard of oc-mc");
    }
    if (rc == 0 && strcmp(job, m->job) != 0)
        rc = oc_fail(err, OC_DATA, "a shard of another run than %s: other options, seed, inputs or version", m->shard[0]);
    l.again = rc == 0 && is_again(m, i);
    while (rc == 0 && (got = oc_cat_pull_next(&p, err)) != 0)
        rc = got < 0 ? -1 : load_batch(&l, &p.batch, err);
    if (rc == 0)
        rc = end_block(&l, err) || end_run(&l, err) ? -1 : 0;
    m->again += l.again ? l.blocks : 0;
    if (rc == 0 && m->part[i].paths > m->paths)
        m->paths = m->part[i].paths;
    oc_buf_free(&l.now);
    oc_cat_pull_close(&p);
    if (rc && !err->file[0])
        oc_at(err, m->shard[i], 0, 0);
    return rc;
}

/* Every block of every item once at least, and no block that a smaller run left short. */
static int check_whole(const struct merging *m, const struct oc_figures *f, struct oc_err *err)
{
    uint64_t twice, items, blocks;
    size_t k;

    for (size_t i = 0; i < m->n; i++)
        if (m->part[i].paths < m->paths && m->part[i].paths % OC_BLOCK) {
            oc_fail(err, OC_DATA, "this shard is of a run of %" PRIu64 " paths, which is no multiple of %d, so none can be added",
                    m->part[i].paths, OC_BLOCK);
            return oc_at(err, m->shard[i], 0, 0);
        }
    if (oc_figurestore_check(f->own, &twice, &items, &blocks, err))
        return -1;
    if (twice)
        return oc_fail(err, OC_DATA, "shards overlap: blocks in two of them that are not the same shard: %" PRIu64, twice);
    if (m->again && !m->quiet)
        oc_say(OC_WARNING, "blocks that came again, with the same figures: %" PRIu64, m->again);
    if (blocks > oc_blocks_of(m->paths))
        return oc_fail(err, OC_DATA, "a shard holds block %" PRIu64 ", beyond the %" PRIu64 " paths", blocks - 1, m->paths);
    for (uint64_t item = 0; item < items; item++)
        for (uint64_t b = 0; b < oc_blocks_of(m->paths); b++)
            if (!oc_figurestore_get(f->own, item, b, &k))
                return oc_fail(err, OC_DATA, "no shard has block %" PRIu64 " of %" PRIu64 " (paths from %" PRIu64 ")", b,
                               oc_blocks_of(m->paths), b * OC_BLOCK);
    return 0;
}

static int merge(struct merging *m, struct oc_rerun *r, const struct oc_prog *prog, struct oc_figures *f, struct oc_err *err)
{
    struct oc_io io = OC_IO_DEFAULT;
    int rc = 0;

    io.prog = "oc-mc";
    for (size_t i = 0; i < m->n && rc == 0; i++)
        rc = load_shard(m, i, &io, f, err);
    if (rc == 0)
        rc = check_whole(m, f, err);
    if (rc)
        return -1;
    char *paths = oc_opt_alloc(40);
    snprintf(paths, 40, "--paths=%" PRIu64, m->paths);
    m->more[m->nmore++] = paths;
    f->mode = OC_FIGURES_MERGE;
    return oc_rerun_restore(r, prog, m->words, m->files, m->nmore, m->more, err);
}

int oc_mc_merge(struct oc_rerun *r, const struct oc_prog *prog, int *argc, char ***argv, struct oc_figures *figures,
                struct oc_err *err)
{
    const size_t words = (size_t)*argc + 4;
    struct merging m = { .shard = calloc(words, sizeof *m.shard), .more = calloc(words, sizeof *m.more),
                         .part = calloc(words, sizeof *m.part) };
    int rc = m.shard && m.more && m.part ? 0 : oc_fail(err, OC_MEMORY, "no memory for the words");
    const char *command = NULL;

    if (rc == 0)
        rc = oc_opt_walk(prog, *argc, *argv, see_operand, &command, err);
    const bool mine = rc == 0 && command && strcmp(command, "merge") == 0;
    oc_say_set(&(struct oc_saying){ .program = prog->name });
    if (mine)
        rc = oc_opt_walk(prog, *argc, *argv, see_word, &m, err);
    if (rc == 0 && mine && !m.help && m.n > 1) {
        memmove(m.shard, m.shard + 1, --m.n * sizeof *m.shard);
        rc = merge(&m, r, prog, figures, err);
        *argc = rc ? *argc : r->argc;
        *argv = rc ? *argv : r->argv;
    }
    free(m.shard);
    free(m.more);
    free(m.part);
    free(m.words);
    free(m.files);
    return rc;
}

/* ---- what is written down of a merge -------------------------------------------------------------------------------- */

struct recording { struct oc_tally **end; bool behind; };

/* Digests of the shards, in their order. */
static int record_shard(void *ctx, const struct oc_opt_row *row, bool negated, const char *value, struct oc_err *err)
{
    struct recording *r = ctx;
    struct oc_buf content = { 0 };

    (void)negated;
    if (row || !r->behind) {                /* the first operand is `merge` */
        r->behind |= !row;
        return 0;
    }
    struct oc_tally *t = calloc(1, sizeof *t);
    if (!t || oc_readfile(value, SIZE_MAX / 2, &content, err)) {
        free(t);
        oc_buf_free(&content);
        return err->code ? -1 : oc_fail(err, OC_MEMORY, "no memory for a digest");
    }
    snprintf(t->name, sizeof t->name, "%s", value);
    oc_sha256_init(&t->sha);
    oc_tally_add(t, content.p ? content.p : "", content.n);
    oc_buf_free(&content);
    *r->end = t;
    r->end = &t->next;
    return 0;
}

int oc_mc_merge_record(const struct oc_prog *prog, int argc, char **argv, struct oc_io *io, struct oc_err *err)
{
    struct recording r = { .end = &io->instead };

    if (!oc_run_digests(io))
        return 0;
    io->nargument = 0;
    return oc_arguments_note(prog, argc, argv, io, err) || oc_opt_walk(prog, argc, argv, record_shard, &r, err) ? -1 : 0;
}
