/*
 * arrow_text - Arrow's three layouts of text (utf8, large utf8, utf8 view), and the dictionaries made of them.
 */
#ifndef OC_RECORD_ARROW_TEXT_H
#define OC_RECORD_ARROW_TEXT_H

#include "base/arena.h"
#include "base/err.h"
#include "record/arrow_body.h"
#include "record/arrow_type.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A dictionary as it was sent: counted, immutable, shared by the blocks that were cut while it was in force. */
struct oc_arrow_texts {
    int refs;
    struct oc_dict *dict;
    uint64_t *null;         /* entries that are missing; NULL: none.  Bit 1 is missing */
};

struct oc_arrow_texts *oc_arrow_text_keep(struct oc_arrow_texts *t);
void oc_arrow_text_drop(struct oc_arrow_texts *t);

/*
 * The validity of a column as a batch wants it: NULL where nothing is missing, else 64-byte aligned words, bits
 * behind the last row 0.  in_place: the buffer may be changed.  -1: the bitmap is too short or disagrees with `nulls`.
 */
int oc_arrow_text_valid(const struct oc_arrow_node *node, const struct oc_arrow_view *v, bool in_place,
                        struct oc_arena *arena, uint64_t **valid, struct oc_err *err);

/*
 * Text of `rows` rows: offsets (rows + 1, from 0 or more, ascending) into chars.  view: the field's buffers behind the
 * validity (nview of them).  Missing rows are empty.  Checked: offsets ascend and lie inside, so do views;
 * text made anew is at most `max` bytes (OC_LIMIT).
 */
int oc_arrow_text_read(const struct oc_arrow_type *type, size_t rows, const uint64_t *valid,
                       const struct oc_arrow_view *view, size_t nview, size_t max, struct oc_arena *arena,
                       int32_t **off, const char **chars, struct oc_err *err);

/*
 * A dictionary batch to texts (one reference, the caller's).  before: what it is appended to (a delta), or NULL.
 */
struct oc_arrow_texts *oc_arrow_text_dictionary(const struct oc_arrow_type *type, const struct oc_arrow_body *body,
                                                void *bytes, size_t max, const struct oc_arrow_texts *before,
                                                struct oc_err *err);

#endif
