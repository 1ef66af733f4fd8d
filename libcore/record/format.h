/*
 * format - what a file format gives to the loop: a reader and a writer.
 *
 * The loop (run.c) calls open once for each input, then cut() for one numbered block after the other (in one
 * thread, in order), and parse() for each block (in any thread).  Writing: encode() for each batch in any thread,
 * emit() in block order.  A format is one file and one row in formats.def.
 */
#ifndef OC_RECORD_FORMAT_H
#define OC_RECORD_FORMAT_H

#include "base/buf.h"
#include "base/err.h"
#include "record/batch.h"
#include "record/schema.h"
#include "record/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

/* A piece of input that holds whole records (text) or one record batch (Arrow).  Owned by a slot; reused. */
struct oc_block {
    char *p;                    /* 64-byte aligned; text begins at p + 64, so that sep may point before it */
    size_t n, cap;              /* bytes of text (behind the 64), bytes allocated */
    uint64_t number;
    uint64_t rows;              /* Arrow: rows of the message */
    void *extra;                /* what the format keeps with a block; freed by block_free */
    struct oc_gather *gather;   /* of a binary input cut into whole chains (whole.h): the rows, in place of the message */
};

struct oc_limits {
    size_t max_record;          /* --max-record, 1 MiB */
    size_t max_batch;           /* --max-batch, 256 MiB: body of one foreign Arrow batch */
    size_t batch_rows;          /* --batch-rows; 0: by size */
    size_t block_bytes;         /* 256 KiB */
};

struct oc_tally;                /* record/runstats.h */

struct oc_reader {
    const struct oc_format *format;
    struct oc_source *src;
    const struct oc_limits *limits;
    struct oc_schema schema;    /* filled by open: fields as the input names them, kind if it is carried */
    const struct oc_reading *reading;
    struct oc_tally *tally;     /* digest of the bytes read, for --provenance; NULL: none wanted */
    bool crlf;                  /* text: lines end in CR LF (open sets it by the header line) */
    size_t least;               /* CSV, TSV: a record may have as few cells, the last ones are empty then; 0: all of them */
    uint64_t first_line;        /* line of the first record (open sets it; binary formats: 1, a line is a record) */
    void *state;                /* format->reader_size bytes, zeroed */
    /* bytes that were read ahead to recognise the format */
    char *ahead;
    size_t nahead;
};

struct oc_sink {                /* where bytes go: run.c's output */
    int (*write)(struct oc_sink *s, const void *p, size_t n, struct oc_err *err);
    /* The same for pieces, in one system call where possible; v is changed.  NULL: formats use write. */
    int (*writev)(struct oc_sink *s, struct iovec *v, int n, struct oc_err *err);
    bool regular;               /* a regular file: Arrow is cut at fixed row multiples */
};

struct oc_writer {
    const struct oc_format *format;
    struct oc_sink *sink;
    struct oc_schema schema;    /* of the output */
    const char *number_format;  /* --float: NULL shortest, "fixed:N", "sig:N" */
    bool crlf;                  /* text: line ends of the input file */
    bool file_layout;           /* Arrow: IPC file format (footer) instead of the stream */
    int zstd_level;             /* Arrow: 0 plain, > 0 compressed buffers */
    size_t fixed_rows;          /* Arrow into a regular file: rows of each batch; 0: as they come */
    void *state;
};

struct oc_format {
    const char *name;           /* "csv" */
    const char *suffixes;       /* ".csv .txt": chosen for -o by these */
    bool text;                  /* cells are text: the batch has sep, untouched cells are copied */
    /* 0..100: how sure the first bytes make us (UTF-8 BOM already skipped). */
    int (*sniff)(const unsigned char *p, size_t n);

    size_t reader_size;
    int (*open)(struct oc_reader *r, struct oc_err *err);
    /* 1: a block, 0: end of this input (complete), -1: error.  Never returns an empty block. */
    int (*cut)(struct oc_reader *r, struct oc_block *blk, struct oc_err *err);
    /* Fill the batch from the block; b is reset already and has the schema's columns.  Malformed rows go to b->bad. */
    int (*parse)(const struct oc_reader *r, struct oc_block *blk, struct oc_batch *b, struct oc_err *err);
    void (*block_free)(struct oc_block *blk);   /* extra; NULL when there is none */
    void (*reader_close)(struct oc_reader *r);

    size_t writer_size;
    int (*begin)(struct oc_writer *w, struct oc_err *err);                              /* header, schema */
    int (*encode)(const struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err);
    int (*emit)(struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err);
    /* complete: footer, end marker.  Not complete: make a reader notice (an unterminated quote, no marker). */
    int (*finish)(struct oc_writer *w, bool complete, struct oc_err *err);
    void (*writer_close)(struct oc_writer *w);
};

extern const struct oc_format *const oc_formats[];          /* NULL-terminated, from formats.def */
const struct oc_format *oc_format_find(const char *name, struct oc_err *err);
const struct oc_format *oc_format_by_suffix(const char *path);     /* NULL: none */

/* Room for n bytes of text behind the 64 that p keeps free in front; contents kept. */
int oc_block_reserve(struct oc_block *blk, size_t n, struct oc_err *err);
/* Bytes of the input, those read ahead first. */
ptrdiff_t oc_reader_read(struct oc_reader *r, void *p, size_t cap, struct oc_err *err);
bool oc_reader_idle(struct oc_reader *r);

#endif
