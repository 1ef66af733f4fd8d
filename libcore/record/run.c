/*
 * run - the filter loop of DESIGN.md, "How a filter runs": see run.h.
 *
 * Order of events: expressions, first input, one step on an empty batch (which settles the
 * output's columns, so every wrong option is found before a byte is written), header, blocks, end.
 */
#include "record/runpriv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- before the first record ------------------------------------------------------------------------------ */

static const char *input_path(const struct oc_io *io, size_t i) { return io->ninput ? io->input[i] : NULL; }
static size_t input_count(const struct oc_runner *r) { return r->work->job || !r->io->ninput ? 1 : r->io->ninput; }

static int open_next(struct oc_runner *r, struct oc_err *err)
{
    struct oc_tally *tally = NULL;

    if (!r->work->job && oc_runner_tally(r->io, input_path(r->io, r->next_input), &r->stats.inputs, &tally, err))
        return -1;
    struct oc_input *in = r->work->job ? oc_input_jobs(r->io, r->work, err)
                                       : oc_input_open(r->io, input_path(r->io, r->next_input), r->work,
                                                       r->first ? &r->first->r.schema : NULL, tally, err);
    if (!in)
        return -1;
    if (r->last)
        r->last->next = in;
    else
        r->first = in;
    r->last = in;
    r->next_input++;
    return 0;
}

/* Two options that name one file: the later would replace the earlier.  Devices take both. */
static int check_files(const struct oc_io *io, struct oc_err *err)
{
    const struct { const char *option, *path; } file[] = {
        { "--output", io->output }, { "--rejects", io->rejects }, { "--stats", io->stats },
        { "--metrics", io->metrics }, { "--provenance", io->provenance },
        { "--manifest", io->manifest },
    };

    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
        for (size_t k = 0; k < i; k++)
            if (file[i].path && file[k].path && strcmp(file[i].path, file[k].path) == 0
                && strncmp(file[i].path, "/dev/", 5) != 0)
                return oc_fail(err, OC_USAGE, "%s and %s name the same file %s", file[k].option, file[i].option,
                               file[i].path);
    return 0;
}

/* Options of how records are read, where rows are made and nothing was read that they could be of. */
static int check_reading(const struct oc_io *io, struct oc_err *err)
{
    const char *main = io->nmap ? "map" : io->kind ? "kind" : io->input_format ? "input-format" : NULL;
    const char *cells = io->reading.na != oc_cell_na ? "na" : io->reading.ts_unit ? "ts-unit" : NULL;
    const char *name = !io->read_main && main ? main : !io->read_main && !io->read_side ? cells : NULL;

    return name ? oc_fail(err, OC_USAGE, "--%s says how records are read, and here none are", name) : 0;
}

static int check_options(struct oc_runner *r, struct oc_err *err)
{
    const struct oc_io *io = r->io;

    if (check_files(io, err))
        return -1;
    if (io->on_error == OC_ON_ERROR_SKIP && !io->rejects)
        return oc_fail(err, OC_USAGE, "--on-error skip wants --rejects FILE, where the rows go");
    if (io->rejects && io->on_error != OC_ON_ERROR_SKIP && !r->work->sorts_out)
        return oc_fail(err, OC_USAGE, "--rejects wants --on-error skip");
    if (r->work->job && (io->only || io->on_error != OC_ON_ERROR_STOP || io->suffix || io->replace))
        return oc_fail(err, OC_USAGE, "--only, --on-error, --suffix and --replace are of programs that append to records they "
                                      "read; here rows are made");
    if (r->work->job && check_reading(io, err))
        return -1;
    if (r->work->job && io->show_map)
        return oc_fail(err, OC_USAGE, "--show-map: rows are made here; oc-cat --show-map FILE shows how an input is read");
    r->naming = (struct oc_naming){ .suffix = io->suffix, .replace = io->replace };
    if (io->where && !(r->where = oc_expr_parse(io->where, err)))
        return oc_while(err, "--where");
    if (io->only && !(r->only = oc_expr_parse(io->only, err)))
        return oc_while(err, "--only");
    return 0;
}

static int choose_format(struct oc_runner *r, struct oc_err *err)
{
    const struct oc_io *io = r->io;

    if (io->output_format)
        r->format = oc_format_find(io->output_format, err);
    else if (io->output && oc_format_by_suffix(io->output))
        r->format = oc_format_by_suffix(io->output);
    else
        r->format = oc_format_find(r->first->r.format->text ? "csv" : "arrow", err);
    return r->format ? 0 : -1;
}

/* Called once with an empty batch, so that the program says which columns it adds. */
static int empty_step(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    const struct oc_schema *in = &r->first->r.schema;

    s->input = r->first;
    if (r->work->make && !r->work->make_kind)
        r->made.kind = in->kind;
    if (r->work->begin && r->work->begin(r->work->ctx, in, err))
        return -1;
    if (r->where && !r->work->job && oc_expr_bind(r->where, in, err))
        return oc_while(err, "--where");
    if (r->only && oc_expr_bind(r->only, in, err))
        return oc_while(err, "--only");
    if (oc_batch_reset(&s->in, in, err))
        return -1;
    s->in.head = r->first->head;
    for (size_t i = 0; i < s->in.ncol; i++) {   /* no rows: every column counts as loaded */
        s->in.col[i].text = "";
        s->in.col[i].stride = 1;
    }
    s->in.reading = &r->io->reading;
    s->in.dialect = r->first->r.format->text ? OC_CELL_CSV : s->in.dialect;
    return oc_runner_step(r, s, err);
}

int oc_runner_schema(const struct oc_runner *r, const struct oc_batch *b, struct oc_schema *s, struct oc_err *err)
{
    const struct oc_schema *in = &r->first->r.schema;

    s->kind = r->work->make ? r->made.kind : in->kind;
    for (size_t i = 0; i < b->ncol; i++)
        if (oc_schema_add(s, b->col[i].name, NULL, b->col[i].def, b->col[i].type, err))
            return -1;
    for (size_t i = 0; i < in->nmeta; i++)
        if (oc_schema_meta(s, in->meta[i].key, in->meta[i].value, err))
            return -1;
    for (size_t i = 0; i < r->io->nmeta; i++)
        if (oc_schema_meta(s, r->io->meta[i].key, r->io->meta[i].value, err))
            return -1;
    if (r->io->no_provenance)
        return oc_schema_meta(s, "oc.chain", NULL, err);
    /* One line a program: name version options; seed and ids of data where they matter. */
    struct oc_buf line = { 0 };
    const char *before = oc_schema_meta_get(s, "oc.chain");
    if (before)
        oc_buf_printf(&line, "%s\n", before);
    oc_buf_printf(&line, "%s %s", r->io->prog, OC_VERSION);
    if (r->io->options && *r->io->options)
        oc_buf_printf(&line, " %s", r->io->options);
    if (r->io->notes && *r->io->notes)
        oc_buf_printf(&line, " [%s]", r->io->notes);
    const int rc = oc_schema_meta(s, "oc.chain", oc_buf_str(&line), err);
    oc_buf_free(&line);
    return rc;
}

/* Text for the user, in place of records. */
static int tell(struct oc_buf *b, struct oc_err *err)
{
    const int rc = b->failed ? oc_fail(err, OC_MEMORY, "no memory for what is to be told")
                   : fwrite(b->p, 1, b->n, stdout) == b->n && fflush(stdout) == 0
                       ? 0 : oc_fail_errno(err, OC_IO, "cannot write to standard output");

    oc_buf_free(b);
    return rc;
}

/* --show-map: the columns of the first input, by the names they have here. */
static int show_map(const struct oc_runner *r, struct oc_err *err)
{
    struct oc_buf b = { 0 };
    const struct oc_schema *in = &r->first->r.schema;

    for (size_t i = 0; i < in->n; i++) {
        const struct oc_field *f = &in->field[i];
        oc_buf_printf(&b, "%s\t%s '%s'%s%s%s\n", f->name, r->first->r.format->text ? "cell" : "column", f->source,
                      f->factor ? ", times " : "", f->factor ? f->factor : "", f->def ? "" : ", of no meaning here");
    }
    return tell(&b, err);
}

static int dry_run(const struct oc_runner *r, struct oc_err *err)
{
    struct oc_buf b = { 0 };
    const struct oc_schema *out = &r->writer.schema;

    oc_buf_printf(&b, "program: %s %s\noptions: %s\n", r->io->prog, OC_VERSION, r->io->options ? r->io->options : "");
    if (!r->work->job)
        oc_runner_plan(&b, r->first);
    else if (r->io->plan_in)
        oc_buf_puts(&b, r->io->plan_in);
    oc_buf_printf(&b, "output: %s, %s, kind %s\n", r->out.name, r->format->name, out->kind ? out->kind->name : "none");
    for (size_t i = 0; i < out->n; i++)
        oc_buf_printf(&b, "  %c %s\n", (char)out->field[i].type, out->field[i].name);
    return tell(&b, err);
}

/* The output and its header. */
static int begin_output(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    struct oc_io *io = r->io;
    struct oc_writer *w = &r->writer;

    if (oc_runner_schema(r, s->result, &w->schema, err))
        return -1;
    if (!w->schema.n)
        return oc_fail(err, OC_USAGE, "no column is left to write");
    if (r->work->into)
        oc_output_memory(&r->out, r->work->into);
    else if (oc_output_open(&r->out, io->dry_run ? NULL : io->output, err))
        return -1;
    if (!r->format->text && r->out.terminal && !io->force && !io->dry_run)
        return oc_fail(err, OC_USAGE, "binary output to a terminal: redirect it, or -f to insist");
    if (io->manifest && !r->format->text && !r->out.sink.regular && !io->dry_run)
        return oc_fail(err, OC_USAGE, "--manifest wants -o FILE, or standard output in a file: how Arrow is cut on a pipe follows "
                       "the timing");
    if (r->stats.digest)
        r->out.tally = &r->stats.output;
    w->format = r->format;
    w->sink = &r->out.sink;
    w->number_format = io->number_format;
    w->crlf = r->first->r.crlf;
    w->zstd_level = io->zstd_level;
    const char *dot = io->output ? strrchr(io->output, '.') : NULL;
    w->file_layout = dot && strcmp(dot, ".arrow") == 0;
    w->fixed_rows = r->out.sink.regular ? 1 : 0;
    w->state = calloc(1, r->format->writer_size + 1);
    if (!w->state)
        return oc_fail(err, OC_MEMORY, "no memory for the output");
    if (io->dry_run)
        return 0;
    if (io->rejects && oc_output_open(&r->rejects, io->rejects, err))
        return -1;
    if (r->stats.digest)
        r->rejects.tally = &r->stats.rejects;
    if (io->rejects && r->rejects.sink.write(&r->rejects.sink, "file,line,column,reason,raw,program\n", 36, err))
        return -1;
    r->began = true;
    return r->format->begin(w, err);
}

/* ---- blocks ---------------------------------------------------------------------------------------------- */

int oc_runner_cut(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    for (;;) {
        struct oc_input *in = r->last;
        if (s->input && s->input->r.format != in->r.format && s->blk.extra) {
            if (s->input->r.format->block_free)
                s->input->r.format->block_free(&s->blk);
            s->blk.extra = NULL;
        }
        s->input = in;
        s->blk.number = r->blocks;
        const int rc = r->whole ? oc_whole_cut(r->whole, in, &s->blk, err) : in->r.format->cut(&in->r, &s->blk, err);
        if (rc < 0 && !err->file[0] && in->r.src)
            oc_at(err, oc_source_name(in->r.src), err->line, err->column);
        if (rc > 0)
            r->blocks++;
        if (rc != 0)
            return rc;
        in->ended = true;
        if (r->next_input >= input_count(r))
            return 0;
        if (open_next(r, err)) {
            if (err->code == OC_COLUMN || err->code == OC_USAGE)
                err->code = OC_DATA;            /* records are out already: no longer a wrong usage */
            return -1;
        }
    }
}

int oc_runner_emit(struct oc_runner *r, struct oc_slot *s, struct oc_err *err)
{
    const int64_t start = oc_stats_clock();
    struct oc_input *in = s->input;

    if (s->rejects.n && !s->rc && oc_reject_limit(r, s, err))
        return -1;
    if (s->result && s->result->ncol != r->writer.schema.n)
        return oc_fail(err, OC_INTERNAL, "a block has %zu columns where the header has %zu", s->result->ncol,
                       r->writer.schema.n);
    if (s->result && r->format->emit(&r->writer, s->result, &s->text, err))
        return -1;
    if (s->rejects.n && oc_reject_write(r, s, err))
        return -1;
    r->count.in += s->count.in;
    r->count.out += s->count.out;
    r->count.rejected += s->count.rejected;
    r->count.dropped += s->count.dropped;
    r->count.excluded += s->count.excluded;
    r->count.empty += s->count.empty;
    r->count.unanswered += s->count.unanswered;
    r->count.blocks += s->count.blocks;
    if (s->rc) {
        *err = s->err;
        if (s->relative)
            err->line = oc_source_place(in->r.src, err->line + in->line, &err->column);
        return -1;
    }
    in->line += s->lines;
    oc_source_passed(in->r.src, in->line);
    if (in != r->emitting) {
        r->taken += r->emitting ? oc_source_taken(r->emitting->r.src) : 0;
        r->emitting = in;
    }
    oc_stats_block(&r->stats, s->ns + oc_stats_clock() - start, &r->count, r->taken + oc_source_taken(in->r.src));
    return 0;
}

int oc_runner_sequential(struct oc_runner *r, struct oc_err *err)
{
    struct oc_slot s = { 0 };
    int rc;

    while ((rc = oc_runner_cut(r, &s, err)) > 0) {
        oc_runner_process(r, &s);
        if (oc_runner_emit(r, &s, err)) {
            rc = -1;
            break;
        }
    }
    oc_slot_free(&s);
    return rc;
}

/* Rows that a program has left to say when all input is read. */
static int emit_end(struct oc_runner *r, struct oc_err *err)
{
    struct oc_slot s = { .input = r->first };
    int rc = 0;

    if (!r->work->end)
        return 0;
    do {
        rc = oc_batch_reset(&s.made, &r->made, err);
        s.made.naming = &r->naming;
        if (rc == 0)
            rc = r->work->end(r->work->ctx, NULL, &s.made, err);
        s.text.n = 0;
        if (rc == 0 && s.made.rows) {
            rc = oc_status_finish(&s.made, err);
            if (rc == 0)
                rc = oc_runner_choose(r->io, &s.made, err);
            if (rc == 0)
                rc = r->format->encode(&r->writer, &s.made, &s.text, err);
            if (rc == 0)
                rc = r->format->emit(&r->writer, &s.made, &s.text, err);
            r->count.out += s.made.rows;
        }
    } while (rc == 0 && s.made.rows);
    s.input = NULL;
    oc_slot_free(&s);
    return rc;
}

/* ---- the end --------------------------------------------------------------------------------------------- */

/* in = out + rejected + excluded, for a program that keeps its rows one to one. */
static int row_equation(const struct oc_runner *r, struct oc_err *err)
{
    const struct oc_count *c = &r->count;

    if (r->work->make || c->in == c->out + c->rejected + c->excluded)
        return 0;
    return oc_fail(err, OC_INTERNAL, "%llu records in, but %llu out, %llu rejected, %llu excluded",
                   (unsigned long long)c->in, (unsigned long long)c->out, (unsigned long long)c->rejected,
                   (unsigned long long)c->excluded);
}

static int incomplete(const struct oc_runner *r, struct oc_err *err)
{
    const struct oc_count *c = &r->count;

    if ((double)c->rejected > r->io->max_reject_share * (double)c->in)
        return oc_fail(err, OC_LIMIT, "%llu of %llu rows were rejected, more than --max-rejects allows",
                       (unsigned long long)c->rejected, (unsigned long long)c->in);
    if (c->rejected > c->dropped)
        return oc_fail(err, OC_INCOMPLETE, "malformed rows put into %s: %llu", r->io->rejects,
                       (unsigned long long)(c->rejected - c->dropped));
    if (c->empty)
        return oc_fail(err, OC_INCOMPLETE, "malformed rows kept without values: %llu", (unsigned long long)c->empty);
    if (r->io->strict && c->unanswered)
        return oc_fail(err, OC_INCOMPLETE, "rows without an answer (see status): %llu",
                       (unsigned long long)c->unanswered);
    return 0;
}

/* The program's last word.  A verdict leaves rc 0 and is kept in *verdict. */
static int program_finish(struct oc_runner *r, int rc, struct oc_err *verdict, struct oc_err *err)
{
    struct oc_err later = { 0 };

    if (!r->work->finish || r->work->finish(r->work->ctx, rc == 0 && r->began, &later) == 0 || rc)
        return rc;
    *(later.code == OC_RULE || later.code == OC_INCOMPLETE ? verdict : err) = later;
    return later.code == OC_RULE || later.code == OC_INCOMPLETE ? 0 : -1;
}

/* Close what is open; an error that is there already is the one that is told. */
static int finish(struct oc_runner *r, int rc, struct oc_err *err)
{
    struct oc_err later = { 0 }, verdict = { 0 };
    const bool writing = r->began;

    if (rc == 0)
        rc = row_equation(r, err);
    if (writing && r->format->finish(&r->writer, rc == 0, rc ? &later : err) && rc == 0)
        rc = -1;
    rc = program_finish(r, rc, &verdict, err);
    const bool whole = rc == 0;
    if (oc_output_close(&r->rejects, writing, rc ? &later : err) && rc == 0)
        rc = -1;
    if (r->out.fd >= 0) {
        r->stats.bytes_out = r->out.bytes;
        if (oc_output_close(&r->out, whole && writing, rc ? &later : err) && rc == 0)
            rc = -1;
    }
    for (const struct oc_input *in = r->first; in; in = in->next)
        r->stats.bytes_in += oc_source_taken(in->r.src);
    if (r->work->job) {         /* what they are made of was read before */
        r->count.in = r->io->rows_in;
        r->stats.bytes_in += r->io->bytes_in;
    }
    if (rc == 0)
        rc = incomplete(r, err);
    if (verdict.code && (rc == 0 || (err->code == OC_INCOMPLETE && verdict.code == OC_RULE))) {
        *err = verdict;
        rc = -1;
    }
    if (writing && oc_stats_end(&r->stats, r->io, &r->count, rc ? oc_err_status(err->code) : 0, rc ? &later : err)
        && rc == 0)
        rc = -1;
    r->io->manifested |= writing && rc == 0;
    return rc;
}

static void runner_free(struct oc_runner *r)
{
    if (r->writer.state && r->format->writer_close)
        r->format->writer_close(&r->writer);
    free(r->writer.state);
    oc_schema_free(&r->writer.schema);
    while (r->first) {
        struct oc_input *next = r->first->next;
        oc_input_free(r->first);
        r->first = next;
    }
    oc_whole_free(r->whole);
    oc_expr_free(r->where);
    oc_expr_free(r->only);
    oc_stats_free(&r->stats);
}

static unsigned thread_count(const struct oc_io *io)
{
    const long n = io->threads ? (long)io->threads : sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

static int run(struct oc_runner *r, struct oc_err *err)
{
    struct oc_slot empty = { 0 };
    int rc = check_options(r, err);

    if (rc == 0 && r->work->make_kind && !(r->made.kind = oc_kind_find(r->work->make_kind, err)))
        rc = -1;
    if (rc == 0)
        rc = open_next(r, err);
    if (rc == 0 && r->io->show_map)
        return show_map(r, err);
    if (rc == 0)
        rc = choose_format(r, err);
    if (rc == 0)
        rc = empty_step(r, &empty, err);
    if (rc == 0)
        rc = begin_output(r, &empty, err);
    oc_slot_free(&empty);
    if (rc || r->io->dry_run)
        return rc ? rc : dry_run(r, err);
    if (r->work->whole
        && !(r->whole = oc_whole_new(r->work->whole, r->work->recurs, &r->first->r.schema, &r->io->limits, err)))
        return -1;
    const unsigned threads = thread_count(r->io);
    rc = threads > 1 ? oc_runner_parallel(r, threads, err) : oc_runner_sequential(r, err);
    return rc ? rc : emit_end(r, err);
}

/* What oc_each left of the main input was this run's. */
static void forget_input(struct oc_io *io)
{
    free(io->chain_in);
    free(io->plan_in);
    io->chain_in = io->plan_in = NULL;
    io->rows_in = io->bytes_in = 0;
    io->read_main = io->read_side = false;
    oc_tally_free(io->beside);
    io->beside = NULL;
}

int oc_run(struct oc_io *io, const struct oc_work *work, struct oc_err *err)
{
    struct oc_runner r = { .io = io, .work = work, .out.fd = -1, .rejects.fd = -1,
                           .turn_lock = PTHREAD_MUTEX_INITIALIZER, .turn_cond = PTHREAD_COND_INITIALIZER };

    oc_stats_begin(&r.stats, io);
    int rc = run(&r, err);
    struct oc_tally **end = &r.stats.inputs;
    while (*end)
        end = &(*end)->next;
    *end = io->side;
    io->side = NULL;
    if (io->instead) {
        oc_tally_free(r.stats.inputs);
        r.stats.inputs = io->instead;
        io->instead = NULL;
    }
    rc = finish(&r, rc, err);
    forget_input(io);
    io->count = r.count;
    runner_free(&r);
    return rc;
}
