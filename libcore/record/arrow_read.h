/*
 * arrow_read - an Arrow IPC stream or file, message by message: framing, schema, dictionaries, end.
 *
 * Stream:  messages, each FFFFFFFF, int32 metadata length, metadata (FlatBuffers Message), body; the end-of-stream
 *          marker FFFFFFFF 00000000 at the end, which is required.
 * File:    "ARROW1" 00 00, a stream, footer, int32 footer length, "ARROW1".
 *
 * It is read from front to back, so pipes will do.  Behind the end of a stream another one with the same columns may
 * follow (`cat a b`).
 */
#ifndef OC_RECORD_ARROW_READ_H
#define OC_RECORD_ARROW_READ_H

#include "record/arrow_body.h"
#include "record/arrow_bytes.h"
#include "record/arrow_file.h"
#include "record/arrow_text.h"
#include "record/arrow_type.h"
#include "record/format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_arrow_entry { int64_t id; struct oc_arrow_texts *texts; };    /* texts NULL: not sent yet */

struct oc_arrow_in {                /* struct oc_reader's state */
    struct oc_arrow_bytes bytes;
    size_t nfield;
    struct oc_arrow_field *field;
    size_t nentry;                  /* dictionaries, by id */
    struct oc_arrow_entry *entry;
    bool summed;                    /* every message of this stream carries a checksum */
    bool file;                      /* file layout */
    bool ended;
    uint64_t sequence;              /* of the next message in its stream */
    uint64_t start;                 /* offset of the stream or file in the input */
    struct oc_arrow_blocks blocks;  /* file layout: where messages lie, to hold the footer against */
    struct oc_block scratch;        /* body of a dictionary batch */
};

/* What a block keeps of its message (oc_block.extra). */
struct oc_arrow_message {
    struct oc_arrow_body body;
    size_t ntexts;
    struct oc_arrow_texts **texts;  /* per column: its dictionary at that point of the stream, or NULL */
};

/* The format's open, cut and close (struct oc_format). */
int oc_arrow_read_open(struct oc_reader *r, struct oc_err *err);
int oc_arrow_read_cut(struct oc_reader *r, struct oc_block *blk, struct oc_err *err);
void oc_arrow_read_block_free(struct oc_block *blk);
void oc_arrow_read_close(struct oc_reader *r);

#endif
