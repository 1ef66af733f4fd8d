/*
 * arrow_send - messages of an Arrow stream that we write.
 *
 * The metadata of a record batch is built once (struct oc_arrow_head) and patched for each one: rows, nodes, buffers,
 * body length, checksum.  Then prefix, metadata, column buffers and padding leave in one writev, without a copy of the
 * columns.  Prefix and metadata fill a multiple of 64 bytes, and so does each buffer.
 */
#ifndef OC_RECORD_ARROW_SEND_H
#define OC_RECORD_ARROW_SEND_H

#include "record/arrow_file.h"
#include "record/arrow_part.h"
#include "record/arrow_schema.h"
#include "record/format.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

struct oc_arrow_head {
    struct oc_buf bytes;                                /* prefix and metadata */
    size_t rows, nodes, buffers, body, digits;          /* where to patch */
    size_t nnode, nbuffer;
};

struct oc_arrow_out {
    struct oc_sink *sink;           /* borrowed */
    uint64_t offset, sequence;      /* bytes written, messages written */
    bool file;
    struct oc_arrow_blocks blocks;  /* file layout */
    void *zstd;                     /* ZSTD_CCtx, when buffers are compressed */
    int level;
    struct oc_buf packed, gather;
    size_t niov, capiov;
    struct iovec *iov;
};

/* Bytes as they are. */
int oc_arrow_send_raw(struct oc_arrow_out *o, const void *p, size_t n, struct oc_err *err);
int oc_arrow_send_schema(struct oc_arrow_out *o, const struct oc_arrow_layout *layout, struct oc_err *err);
/* A template for batches of these parts; dictionary: its id, or -1 for a record batch. */
int oc_arrow_send_prepare(struct oc_arrow_head *h, size_t ncol, const unsigned npiece[], int64_t dictionary,
                          bool packed, struct oc_err *err);
/* One message of `rows` rows; the parts' buffers are borrowed until it returns; compressed ones take their place. */
int oc_arrow_send_batch(struct oc_arrow_out *o, struct oc_arrow_head *h, struct oc_arrow_part *part, size_t rows,
                        bool dictionary, struct oc_err *err);
/* The end-of-stream marker, and the footer in the file layout. */
int oc_arrow_send_end(struct oc_arrow_out *o, const struct oc_arrow_layout *layout, struct oc_err *err);
void oc_arrow_send_free(struct oc_arrow_out *o);

#endif
