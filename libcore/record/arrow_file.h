/*
 * arrow_file - the footer of the Arrow file layout: where every message lies.  Written by us at the end; on reading
 * held against what was read.
 */
#ifndef OC_RECORD_ARROW_FILE_H
#define OC_RECORD_ARROW_FILE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OC_ARROW_FILE_MAGIC "ARROW1"

struct oc_arrow_block {
    uint64_t at;            /* offset of the message in the file */
    uint32_t head;          /* bytes of its prefix and metadata */
    uint64_t body;
    bool dictionary;
};

struct oc_arrow_blocks { struct oc_arrow_block *v; size_t n, cap; };

int oc_arrow_file_note(struct oc_arrow_blocks *b, struct oc_arrow_block x, struct oc_err *err);
void oc_arrow_file_free(struct oc_arrow_blocks *b);

/*
 * The tail of a file, all that follows its last message (or end-of-stream marker): footer, length, magic.
 * `summed`: the stream was ours, so the footer has a checksum.
 */
int oc_arrow_file_check(unsigned char *tail, size_t n, const struct oc_arrow_blocks *b, bool summed,
                        struct oc_err *err);
/* Append the tail to out; put_schema writes the Schema table and returns its position in the footer. */
void oc_arrow_file_tail(struct oc_buf *out, const struct oc_arrow_blocks *b,
                        size_t (*put_schema)(struct oc_buf *fb, const void *ctx), const void *ctx);

#endif
