/* sniff - see sniff.h.  A preset is tried with the very functions that ingest a file, so that what is told here holds there. */
#include "app/sniff.h"

#include "app/ingesthead.h"
#include "app/presets.h"
#include "app/sniffunits.h"
#include "record/input.h"

#include <stdlib.h>
#include <string.h>

/* A file while presets are tried on it. */
struct sniffing {
    const struct oc_io *io;
    const struct oc_ingest *base;
    const char *path;
    FILE *out;
    bool only;                  /* one preset is asked for: why it does not fit is told in any case */
    size_t fit;
    struct oc_buf *nears;       /* what the presets lack that nearly fit */
};

/* What a preset made of the first block. */
struct trial {
    struct oc_input *input;
    struct oc_block block;
    struct oc_batch in, made;
    size_t records, bad, columns;
    char why[200];
};

static void trial_free(struct trial *t)
{
    if (t->input && t->input->r.format && t->input->r.format->block_free)
        t->input->r.format->block_free(&t->block);
    free(t->block.p);
    oc_batch_free(&t->in);
    oc_batch_free(&t->made);
    oc_input_free(t->input);
}

/* Records with a cell that cannot be read, and the first reason. */
static void count_bad(struct trial *t, const struct oc_batch *b, bool *seen)
{
    for (size_t i = 0; i < b->nbad; i++) {
        const uint32_t record = b == &t->made && b->origin ? b->origin[b->bad[i].row] : b->bad[i].row;
        if (!t->bad++)
            snprintf(t->why, sizeof t->why, "%s", b->bad[i].reason);
        if (seen[record])
            t->bad--;
        seen[record] = true;
    }
}

/* The first block through the preset.  0; -1: it is no file for it, err tells. */
static int run(const struct oc_io *io, struct oc_ingest *g, const char *path, struct trial *t, struct oc_err *err)
{
    struct oc_io own = OC_IO_DEFAULT;
    struct oc_schema kind = { .kind = g->kind };
    const struct oc_work work = oc_ingest_as_work(g);

    own.reading = io->reading;
    own.max_window = io->max_window;
    own.limits.batch_rows = 2000;
    t->input = oc_input_open(&own, path, &work, NULL, NULL, err);
    if (!t->input)
        return -1;
    const int got = t->input->r.format->cut(&t->input->r, &t->block, err);
    if (got < 0 || (got && oc_input_parse(t->input, &t->block, &t->in, err)))
        return -1;
    if (!got && oc_batch_reset(&t->in, &t->input->r.schema, err))
        return -1;
    t->in.head = t->input->head;
    t->in.reading = &own.reading;
    if (oc_batch_reset(&t->made, &kind, err))
        return -1;
    t->made.schema = NULL;
    t->made.dialect = t->in.dialect;
    t->made.reading = &io->reading;
    t->in.reading = &io->reading;
    t->records = t->in.rows;
    t->made.schema = &kind;
    if (oc_ingest_make(g, &t->in, &t->made, err))
        return -1;
    for (size_t i = 0; i < t->made.ncol; i++)
        if (t->made.rows && oc_load(&t->made, &t->made.col[i], err))
            return -1;
    t->columns = t->made.ncol;
    bool *seen = oc_arena_zero(&t->made.arena, t->records + 1, sizeof *seen);
    if (!seen)
        return oc_fail(err, OC_MEMORY, "no memory for a sample");
    count_bad(t, &t->in, seen);
    count_bad(t, &t->made, seen);
    t->made.schema = NULL;
    return 0;
}

static void tell(struct sniffing *s, const struct oc_preset *p, const struct trial *t, const struct oc_buf *needs)
{
    fprintf(s->out, "  %s: %s: ", p->name, t->bad ? "fits in part" : "fits");
    if (p->fields.n && !p->header.n)
        fprintf(s->out, "%zu cells a line, and no header line to tell it by; ", p->fields.n);
    else if (p->header.n)
        fprintf(s->out, "the header is in line %llu; ", (unsigned long long)(t->input->line ? t->input->line - 1 : 0));
    fprintf(s->out, "%zu of the first %zu records are read, to %zu rows of kind %s\n", t->records - t->bad, t->records,
            t->made.rows, p->kind);
    if (t->bad)
        fprintf(s->out, "    not read: %s\n", t->why);
    if (needs->n)
        fprintf(s->out, "    the command line must say%.*s\n", (int)needs->n, needs->p);
}

/* One preset; its text is read again, because a run takes it. */
static int try(void *ctx, const struct oc_preset *p, struct oc_err *err)
{
    struct sniffing *s = ctx;
    struct oc_ingest g = *s->base;
    struct oc_buf needs = { 0 };
    struct trial t = { 0 };
    struct oc_err why = { 0 };

    g.needs = &needs;
    g.nset = 0;
    int rc = oc_preset_open(p->name, &g.preset, err);
    if (rc == 0)
        rc = oc_ingest_open(&g, err);
    if (rc == 0 && !g.zone && !g.reading->local && !(g.preset.zone))
        rc = oc_zone_open("UTC", &g.zone, err);     /* a local time is one: that --tz lacks is not what is asked here */
    if (rc == 0 && run(s->io, &g, s->path, &t, &why) == 0) {
        const bool fits = t.records ? 2 * t.bad < t.records : true;
        if (fits) {
            s->fit++;
            tell(s, &g.preset, &t, &needs);
            if (t.records)
                rc = oc_sniffunits(&g, &t.in, &t.made, s->out, err);
        } else if (g.preset.header.n) {
            oc_buf_printf(s->nears, "  %s: the header is there, but only %zu of %zu records can be read: %s\n", p->name,
                          t.records - t.bad, t.records, t.why);
        }
    } else if (rc == 0) {
        const char *mark = strstr(why.text, " of its ");
        if (s->only)
            oc_buf_printf(s->nears, "  %s: no: %s\n", p->name, why.text);
        else if (why.code == OC_COLUMN || (mark && strstr(why.text, "; line ")))
            oc_buf_printf(s->nears, "  %s: no, but near: %s\n", p->name, why.text);
    }
    trial_free(&t);
    oc_ingest_close(&g);
    oc_buf_free(&needs);
    return rc;
}

static int sniff_file(struct sniffing *s, const char *only, struct oc_err *err)
{
    const struct oc_preset named = { .name = only };
    struct oc_buf nears = { 0 };

    s->nears = &nears;
    s->fit = 0;
    fprintf(s->out, "%s\n", s->path);
    int rc = only ? try(s, &named, err) : oc_presets_each(try, s, err);
    if (rc == 0 && !s->fit && !nears.n)
        fprintf(s->out, "  no preset reads it, and none comes near\n");
    if (rc == 0 && !s->fit)
        fwrite(oc_buf_str(&nears), 1, nears.n, s->out);
    oc_buf_free(&nears);
    return rc;
}

int oc_sniff(const struct oc_io *io, const struct oc_ingest *base, const char *only, FILE *out, struct oc_err *err)
{
    struct sniffing s = { .io = io, .base = base, .out = out, .only = only != NULL };
    size_t without = 0;
    int rc = 0;

    if (!io->ninput)
        return oc_fail(err, OC_USAGE, "--sniff reads files more than once: name them");
    for (size_t i = 0; i < io->ninput && rc == 0; i++) {
        struct oc_source *there = oc_source_open(io->input[i], io->max_window, err);
        if (!there)
            return -1;
        oc_source_close(there);
        s.path = io->input[i];
        rc = sniff_file(&s, only, err);
        without += !s.fit;
    }
    if (rc == 0 && (fflush(out) || ferror(out)))
        return oc_fail_errno(err, OC_IO, "cannot write to standard output");
    if (rc == 0 && without)
        return oc_fail(err, OC_DATA, "%zu of %zu files are read by no preset", without, io->ninput);
    return rc;
}
