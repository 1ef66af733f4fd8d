/*
 * jsontext - JSON texts (RFC 8259): the end of a value, and strings to UTF-8 and back.  For jsonl.c and celltext.c.
 */
#ifndef OC_RECORD_JSONTEXT_H
#define OC_RECORD_JSONTEXT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum { OC_JSONTEXT_DEPTH = 64 };    /* arrays and objects within each other, at most */

/*
 * The byte behind the value that begins at p (no blank before it), or NULL: not JSON; *why says what is wrong, *at where.
 * Strings must be UTF-8 without control characters, escapes must be those of JSON and never \u0000.
 */
const char *oc_jsontext_value(const char *p, const char *end, const char **why, const char **at);
/* The same for a string; p is at its quote. */
const char *oc_jsontext_string(const char *p, const char *end, const char **why, const char **at);
static inline const char *oc_jsontext_blank(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
        p++;
    return p;
}

/* Is s a JSON number and nothing else? */
bool oc_jsontext_is_number(const char *s, size_t n);
/*
 * The text that a JSON value means: a string decoded (lone surrogates as U+FFFD), null as *null, anything else as it
 * stands.  Points into raw, or into scratch.
 */
const char *oc_jsontext_decode(const char *raw, size_t len, struct oc_buf *scratch, size_t *out_len, bool *null);
/* Text as a JSON string with quotes.  Bytes that are no UTF-8 become U+FFFD. */
void oc_jsontext_put(struct oc_buf *out, const char *s, size_t n);

#endif
