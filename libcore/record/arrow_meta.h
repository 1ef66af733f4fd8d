/*
 * arrow_meta - keys and values in Arrow's metadata, and the checksum that we keep under one of them.
 *
 * oc.sum     in the custom metadata of every message and of the footer: 16 hexadecimal digits (arrow_sum.h), taken
 *            over prefix, metadata with these digits as zeros, and body
 * oc.format  in the schema: "1", which says that every message has oc.sum
 */
#ifndef OC_RECORD_ARROW_META_H
#define OC_RECORD_ARROW_META_H

#include "base/err.h"
#include "record/arrow_fb.h"
#include "record/schema.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OC_ARROW_META_SUM    "oc.sum"
#define OC_ARROW_META_FORMAT "oc.format"
#define OC_ARROW_META_KIND   "oc.kind"

/* Write a vector of KeyValue tables; its position. */
size_t oc_arrow_meta_put(struct oc_buf *fb, size_t n, const struct oc_meta *pairs);
/* One with a checksum of zeros, whose digits begin at *digits. */
size_t oc_arrow_meta_put_sum(struct oc_buf *fb, size_t *digits);

/* Pair i of the KeyValue vector in a slot; false past the last one (or where it is misshapen: fb->bad). */
struct oc_arrow_pair { const char *key, *value; size_t nkey, nvalue; };
bool oc_arrow_meta_pair(const struct oc_arrow_tab *t, unsigned slot, size_t i, struct oc_arrow_pair *out);
bool oc_arrow_meta_is(const struct oc_arrow_pair *p, const char *key);

/*
 * The checksum in the vector of a slot.  1: *sum is what it says, *digits where it stands (inside the buffer);
 * 0: there is none; -1: there is one that is no checksum.
 */
int oc_arrow_meta_sum(const struct oc_arrow_tab *t, unsigned slot, uint64_t *sum, size_t *digits);

#endif
