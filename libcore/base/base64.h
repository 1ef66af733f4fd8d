/* base64 - bytes as text of RFC 4648 section 4, padded, for what has to travel inside a text. */
#ifndef OC_BASE_BASE64_H
#define OC_BASE_BASE64_H

#include "base/buf.h"

#include <stddef.h>

/* Appends to out, whose .failed tells of memory. */
void oc_base64_put(struct oc_buf *out, const void *p, size_t n);
/* The bytes of a text, appended to out; -1 if it is none: another letter, a length that is no multiple of 4, stray bits. */
int oc_base64_get(struct oc_buf *out, const char *text, size_t n);

#endif
