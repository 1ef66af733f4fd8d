/*
 * arrow_fb - the little of FlatBuffers that Arrow's metadata needs: a bounds-checked reader and a writer.
 *
 * Layout (all little endian).  A table is an int32 (distance back to its vtable) and its inline fields; a vtable is
 * uint16 bytes of itself, uint16 bytes of the table, then for each slot a uint16 offset in the table (0: absent).
 * Tables, vectors and strings are reached by a uint32 distance forward from the place that refers to them; a vector
 * is a uint32 count and the elements, a string a vector of bytes and a NUL.
 *
 * The reader trusts nothing: every access is checked against the buffer, and one that falls outside sets `bad` and
 * gives the default.  Check `bad` once, after the descent.  Depth is bounded by the caller's own descent.
 */
#ifndef OC_RECORD_ARROW_FB_H
#define OC_RECORD_ARROW_FB_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- reading ---- */

struct oc_arrow_fb {
    const unsigned char *p;     /* borrowed */
    size_t n;                   /* below 2^31 */
    bool bad;                   /* an access fell outside, or was misshapen */
};

struct oc_arrow_tab {           /* a table; len 0: absent, every field has its default */
    struct oc_arrow_fb *fb;
    size_t at, vtable;
    size_t vtable_len, len;
};

struct oc_arrow_vec { size_t at, n; };     /* position of the first element, and their number */

/* The root table. */
struct oc_arrow_tab oc_arrow_fb_root(struct oc_arrow_fb *fb);
/* The field's value; `def` where it is absent. */
int64_t oc_arrow_fb_int(const struct oc_arrow_tab *t, unsigned slot, unsigned bytes, int64_t def);
struct oc_arrow_tab oc_arrow_fb_table(const struct oc_arrow_tab *t, unsigned slot);
/* A vector of elements of `size` bytes. */
struct oc_arrow_vec oc_arrow_fb_vector(const struct oc_arrow_tab *t, unsigned slot, size_t size);
/* Element i of a vector of tables (size 4). */
struct oc_arrow_tab oc_arrow_fb_element(struct oc_arrow_fb *fb, struct oc_arrow_vec v, size_t i);
/* Text of a string field, not terminated; NULL where it is absent. */
const char *oc_arrow_fb_string(const struct oc_arrow_tab *t, unsigned slot, size_t *len);
/* A signed integer at a position that a vector covers. */
int64_t oc_arrow_fb_i64(const struct oc_arrow_fb *fb, size_t at);
int32_t oc_arrow_fb_i32(const struct oc_arrow_fb *fb, size_t at);

/* ---- writing: front to back into a buf whose position 0 is a multiple of 8 in the message ---- */

/*
 * A table with zeroed fields, its vtable in front.  layout has one letter a slot: '1' '2' '4' '8' bytes, 'o' an
 * offset, '-' absent.  slot[i] gets the position of field i.  Returns the position of the table.
 */
size_t oc_arrow_fb_put_table(struct oc_buf *b, const char *layout, size_t slot[]);
/* A vector of n zeroed elements of `size` bytes (4: offsets, 8 and more: aligned to 8).  Returns its position. */
size_t oc_arrow_fb_put_vector(struct oc_buf *b, size_t n, size_t size);
size_t oc_arrow_fb_put_string(struct oc_buf *b, const char *s, size_t n);
/* Make the offset at `slot` refer to the object at `target`, which lies behind it. */
void oc_arrow_fb_point(struct oc_buf *b, size_t slot, size_t target);
void oc_arrow_fb_set(struct oc_buf *b, size_t slot, unsigned bytes, int64_t v);
/* Zero bytes up to the next position that is `rest` modulo `align`. */
void oc_arrow_fb_pad(struct oc_buf *b, size_t align, size_t rest);

#endif
