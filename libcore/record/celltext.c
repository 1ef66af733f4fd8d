/* celltext - what a raw cell means: quotes of RFC 4180 undone, JSON values as text.  Declared in batch.h. */
#include "record/batch.h"
#include "record/jsontext.h"

#include <string.h>

/* A quoted cell without its quotes, doubled ones single.  Anything else, malformed cells too, is what it is. */
static const char *csv_text(const char *raw, size_t len, struct oc_buf *scratch, size_t *out_len)
{
    *out_len = len;
    if (len < 2 || raw[0] != '"' || raw[len - 1] != '"')
        return raw;
    const char *p = raw + 1, *const end = raw + len - 1, *q = memchr(p, '"', len - 2);
    if (!q) {
        *out_len = len - 2;
        return p;
    }
    scratch->n = 0;
    while (q) {
        oc_buf_put(scratch, p, (size_t)(q + 1 - p));
        p = q + 1 < end && q[1] == '"' ? q + 2 : q + 1;
        q = p < end ? memchr(p, '"', (size_t)(end - p)) : NULL;
    }
    oc_buf_put(scratch, p, (size_t)(end - p));
    *out_len = scratch->n;
    return scratch->p;
}

const char *oc_cell_text(enum oc_dialect d, const char *raw, size_t len, struct oc_buf *scratch, size_t *out_len,
                         bool *null)
{
    *null = false;
    if (d == OC_CELL_JSON)
        return oc_jsontext_decode(raw, len, scratch, out_len, null);
    return csv_text(raw, len, scratch, out_len);
}
