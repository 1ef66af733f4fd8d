/*
 * arrow_body - the body of a record batch or dictionary batch: what its metadata claims, checked, and its buffers.
 */
#ifndef OC_RECORD_ARROW_BODY_H
#define OC_RECORD_ARROW_BODY_H

#include "base/arena.h"
#include "base/err.h"
#include "record/arrow_fb.h"
#include "record/arrow_sum.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_arrow_node { int64_t rows, nulls; };
struct oc_arrow_buffer { uint64_t at, n; };         /* inside the body */

/* Metadata of one RecordBatch table.  Zeroed to begin with, reused, freed by oc_arrow_body_free(). */
struct oc_arrow_body {
    uint64_t rows;
    uint64_t bytes;                 /* of the body in the stream */
    size_t nnode, nbuffer, nvariadic;
    struct oc_arrow_node *node;
    struct oc_arrow_buffer *buffer;
    int64_t *variadic;
    int codec;                      /* ARROW_LZ4, ARROW_ZSTD, or -1 */
    bool disjoint;                  /* buffers in order and apart: one may be changed without touching another */
    /* checksum, when the stream carries them */
    bool summed;
    uint64_t sum, sequence;
    struct oc_arrow_sum head;       /* of the message's prefix and metadata */
};

/* A buffer, decompressed.  8 bytes behind a decompressed one, 64 behind the body, may be read. */
struct oc_arrow_view { unsigned char *p; uint64_t n; };

/*
 * Read the table.  Every buffer lies inside the body afterwards.  -1: OC_FORMAT, OC_MEMORY.
 */
int oc_arrow_body_read(struct oc_arrow_body *b, const struct oc_arrow_tab *t, uint64_t bytes, struct oc_err *err);
/* The body against the checksum; 0 when there is none. */
int oc_arrow_body_verify(const struct oc_arrow_body *b, const void *body, struct oc_err *err);
/*
 * The buffers (nbuffer of them, in the arena), decompressed into it where the body is compressed.  max: bytes above
 * which the decompressed whole is refused (OC_LIMIT).
 */
struct oc_arrow_view *oc_arrow_body_views(const struct oc_arrow_body *b, void *body, size_t max,
                                          struct oc_arena *arena, struct oc_err *err);
void oc_arrow_body_free(struct oc_arrow_body *b);

#endif
