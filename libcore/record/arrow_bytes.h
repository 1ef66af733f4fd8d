/*
 * arrow_bytes - the input of an Arrow stream as messages want it: small pieces looked at where they lie, bodies read
 * straight into their block.
 *
 * A read for the rest of a body asks for a little more, the prefix and metadata of the next message, so that a message
 * costs one system call where the pipe holds it whole.  No read asks for what may not come: what is there is taken.
 */
#ifndef OC_RECORD_ARROW_BYTES_H
#define OC_RECORD_ARROW_BYTES_H

#include "base/err.h"
#include "record/format.h"

#include <stddef.h>
#include <stdint.h>

struct oc_arrow_bytes {
    unsigned char *p;       /* owned; staged bytes are p[at .. n) */
    size_t at, n, cap;
    size_t guess;           /* bytes of the last prefix and metadata */
    uint64_t offset;        /* of p[at] in the input */
};

/*
 * Stage at least `need` bytes.  Returns how many are staged (fewer than `need` only at the end of the input), -1 error.
 * They stay where they are until the next call.
 */
ptrdiff_t oc_arrow_bytes_stage(struct oc_arrow_bytes *s, struct oc_reader *r, size_t need, struct oc_err *err);
/* Staged bytes, of which `n` are used up now. */
void oc_arrow_bytes_skip(struct oc_arrow_bytes *s, size_t n);
/* n bytes into the block behind its first 64 (blk->n becomes n).  An input that ends before: OC_TRUNCATED. */
int oc_arrow_bytes_body(struct oc_arrow_bytes *s, struct oc_reader *r, struct oc_block *blk, size_t n,
                        struct oc_err *err);
void oc_arrow_bytes_free(struct oc_arrow_bytes *s);

#endif
