/*
 * run - the filter loop: numbered blocks in, one step in any thread, blocks out in order.
 *
 * The loop owns reading, recognition, decompression, --where/--only, --on-error, --keep/--drop, threads, ordering,
 * flushing, -o, statistics and provenance.  A program gives it one function from batch to batch.
 */
#ifndef OC_RECORD_RUN_H
#define OC_RECORD_RUN_H

#include "base/err.h"
#include "record/batch.h"
#include "record/cell.h"
#include "record/format.h"
#include "record/schema.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum oc_on_error { OC_ON_ERROR_STOP, OC_ON_ERROR_NA, OC_ON_ERROR_SKIP };

/* Counts, for --stats and the row equation. */
struct oc_count {
    uint64_t in;            /* records read */
    uint64_t out;           /* records written */
    uint64_t rejected;      /* to --rejects, or nowhere where a step sorted them out and none is named */
    uint64_t dropped;       /* of these: well-formed, but sorted out (oc_drop_row) */
    uint64_t excluded;      /* by --where */
    uint64_t empty;         /* kept without values under --on-error na */
    uint64_t unanswered;    /* rows with a reason in status */
    uint64_t blocks;
};

/* What the options that every filter has say (CLI.md); filled by cli's table, defaults OC_IO_DEFAULT. */
struct oc_io {
    size_t ninput;
    const char **input;             /* files; none or "-": stdin */
    struct oc_archives *archives;   /* members among them (record/archive.h); NULL: none */
    const char *output;             /* NULL: stdout */
    const char *input_format;       /* NULL: recognised */
    const char *output_format;      /* NULL: by suffix, else Arrow if the input is Arrow, else CSV */
    bool force;                     /* -f: binary to a terminal */
    size_t nmap;
    struct oc_map *map;
    bool show_map;                  /* --show-map: print which columns come from where instead of running */
    const char *kind;               /* --kind */
    const char *suffix, *replace;   /* names of computed columns that are taken already */
    struct oc_reading reading;      /* --na --ts-unit --tz --at; local and at are set by app/ */
    const char *tz, *at, *ts;       /* texts of --tz, --at, --ts; app/ turns them into functions and columns */
    const char *number_format;      /* --float */
    enum oc_on_error on_error;
    const char *rejects;
    uint64_t max_rejects;           /* rows; UINT64_MAX: unlimited */
    double max_reject_share;        /* of the rows, 0..1; 1: unlimited */
    bool strict;
    const char *keep, *drop;        /* comma-separated */
    const char *where, *only;       /* expressions (record/expr.h) */
    struct oc_limits limits;
    size_t max_window;
    unsigned threads;               /* -j: 1; 0 all cores */
    uint64_t seed;
    const char *progress, *color;   /* auto always never */
    const char *stats, *metrics, *provenance, *manifest;
    bool no_provenance;
    int zstd_level;                 /* Arrow files: --compress */
    bool quiet;
    int verbose;
    const char *errors;             /* text json */
    const char *log_format;
    bool dry_run;
    const char *prog;               /* name of the program, for metadata and messages */
    const char *options;            /* canonical value-changing options, for metadata (set by cli) */
    struct oc_count count;          /* of the run, when oc_run has returned */
    size_t nargument;               /* --manifest: the command line in one spelling (set by cli) */
    const char **argument;
    bool manifested;                /* it was written */
    struct oc_tally *side;          /* digests of what oc_each read, for --provenance; oc_run takes them */
    struct oc_tally *instead;       /* the inputs of record, in place of all that is read (a merge); oc_run takes them */
    size_t nmeta;                   /* metadata of the program's own, besides the chain (set by app/) */
    const struct oc_meta *meta;
    bool arrow_in;                  /* what oc_each read from the main input was Arrow; for programs of jobs */
    char *chain_in;                 /* and the chain of programs it had come through; oc_run takes it */
    char *plan_in;                  /* --dry-run: format, kind and columns of it; oc_run takes it */
    uint64_t rows_in, bytes_in;     /* of it, so far; oc_run takes them */
    bool read_main, read_side;      /* it was read; other records were (the latter set by app/ too) */
    struct oc_side *sides;          /* files that are written beside the output (record/side.h) */
    struct oc_tally *beside;        /* digests of those that are written, for --provenance; oc_run takes them */
    const char *notes;              /* ids of calendar, preset, time-zone data: "name=id ..." (set by app/) */
};

#define OC_IO_DEFAULT { \
    .on_error = OC_ON_ERROR_STOP, .max_rejects = UINT64_MAX, .max_reject_share = 1, .threads = 1, .seed = 1, .max_window = (size_t)8 << 20, \
    .limits = { .max_record = (size_t)1 << 20, .max_batch = (size_t)256 << 20, .block_bytes = (size_t)256 << 10 }, \
    .reading = { .na = oc_cell_na, .nna = OC_CELL_NNA }, \
    .progress = "auto", .color = "auto", .errors = "text", .log_format = "text" }

/*
 * A step appends columns to the batch it is given.  It is called once with an empty batch before the first record,
 * so that the output's header is known, and then for every batch; several threads may be in it at once, with
 * different batches, unless .ordered is set, when it is called in block order, one at a time.
 */
typedef int oc_step(void *ctx, struct oc_batch *b, struct oc_err *err);

/*
 * A program whose rows are not the rows it reads (ingest, bars) gives .make instead: it fills `out`, an empty batch
 * to which it adds columns with the oc_make_ functions, from b.  The first call has b with no rows.
 */
typedef int oc_make(void *ctx, struct oc_batch *b, struct oc_batch *out, struct oc_err *err);

struct oc_source;

struct oc_work {
    const char *kinds;          /* blank-separated kinds this program reads, its own first; NULL: any kind */
    oc_step *step;
    oc_make *make;
    const char *make_kind;      /* kind of what .make writes; NULL: that of the input */
    /* more rows at the end of all input, into an empty batch like make's (NULL: none); called until it adds none */
    oc_make *end;
    /* called when the schema of the input is known and before the step's first call: a place to resolve --curve etc. */
    int (*begin)(void *ctx, const struct oc_schema *in, struct oc_err *err);
    /*
     * A program that makes records from nothing, or from what it has read with oc_each before (oc-chain, oc-step,
     * oc-mc), has jobs in place of inputs, and .make turns each into rows.  job is called in order by one thread: 1 there is
     * one, 0 that was the last, -1.  *job is the slot's: NULL at first, later what an earlier job left there, to be used again.  .make finds it as
     * b->job (NULL in its first call, which has no rows) and may run in several threads at once.  --where is asked of
     * the rows that are made; a block should be some thousand rows.
     */
    int (*job)(void *ctx, uint64_t number, void **job, struct oc_err *err);
    void (*job_free)(void *job);
    /*
     * An input that is no CSV yet: put a source in place of *src that makes it of the other's bytes (oc_source_wrap), or leave
     * it alone.  Called when the file is open and nothing is read of it; digests of the input are those of the file.
     */
    int (*translate)(void *ctx, struct oc_source **src, struct oc_err *err);
    /*
     * The first bytes of an input whose records begin further down: say how many to skip and the lines in them, and
     * hand out what is to be remembered of them; it comes back as b->head of that input's batches.  name: of the input.
     */
    int (*prelude)(void *ctx, const char *name, const char *text, size_t n, size_t *skip, uint64_t *lines, void **head,
                   struct oc_err *err);
    void (*head_free)(void *head);
    /*
     * Blank-separated names ("run path step ts symbol"): every batch that the step sees consists of whole chains, that is
     * of longest runs of rows equal in these columns (those that the input has); whole.h has the rules.  A chain that is
     * larger than --max-batch is refused, and so is one that comes again behind other rows or in another input, unless
     * .recurs is set (--sorted-by none).  Rows leave --where before the step; malformed ones (b->bad) are in the batch, so a
     * step that makes one figure of many rows leaves them out.  NULL: as formats cut.
     */
    const char *whole;
    bool recurs;
    bool ordered;
    /*
     * Called when the last record is out (complete) or the run has failed, before files appear under their names and before
     * counts and provenance are written: side files are closed here.  OC_RULE and OC_INCOMPLETE are verdicts that leave what
     * was written whole.
     */
    int (*finish)(void *ctx, bool complete, struct oc_err *err);
    bool sorts_out;             /* it drops rows that are well-formed but not good: --rejects needs no --on-error skip */
    bool partial;               /* required columns of the kind may lack: the step says itself what it needs */
    bool foreign;               /* columns get no meaning at all (oc-ingest) */
    size_t least_cells;         /* CSV, TSV: fewer cells than the header names, but as many, are a record; 0: all are wanted */
    bool crlf;                  /* of jobs: lines of text end in CR LF */
    struct oc_buf *into;        /* the output goes here, and -o only chooses its form: the caller writes it.  NULL: as usual */
    void *ctx;
};

/* Run to the end.  0, or -1 with err; err->code OC_INCOMPLETE when all was written but rows were lost or empty. */
int oc_run(struct oc_io *io, const struct oc_work *work, struct oc_err *err);

/* Are digests of what is read and written wanted? */
static inline bool oc_run_digests(const struct oc_io *io) { return io->provenance || io->manifest; }

/*
 * Read all inputs batch by batch without writing: digests, diffs, side inputs (curves, maps).  fn is called in
 * order in the caller's thread.  Any malformed row is an error here.  With --provenance the digest of the file goes to
 * io->side, and with the next oc_run into its provenance.
 */
int oc_each(struct oc_io *io, const char *path, const char *kinds, oc_step *fn, void *ctx, struct oc_err *err);

/* The same of records that lack columns which their kind requires: fn says itself what it needs. */
int oc_each_partial(struct oc_io *io, const char *path, const char *kinds, oc_step *fn, void *ctx, struct oc_err *err);
/*
 * The same of a file that an option names (--params, --legs, --curve): what says how the main input is read, such as --map
 * and --kind, does not concern it, the words of --na and units of time do.
 */
int oc_each_beside(struct oc_io *io, const char *path, const char *kind, bool partial, oc_step *fn, void *ctx,
                   struct oc_err *err);
/* Put the digests of what was read in another way (NULL: none was wanted) behind those of io->side. */
void oc_each_digest(struct oc_io *io, struct oc_tally *more);

#endif
