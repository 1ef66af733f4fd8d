/* buf - see buf.h.  Doubling growth; the failure sticks, so that callers check once. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int oc_buf_grow(struct oc_buf *b, size_t n)
{
    size_t cap = b->cap ? b->cap : 256;

    if (n > SIZE_MAX / 4 || b->n > SIZE_MAX / 4) {
        b->failed = 1;
        return -1;
    }
    while (cap - b->n < n)
        cap *= 2;
    char *p = cap == b->cap ? b->p : realloc(b->p, cap);
    if (!p) {
        b->failed = 1;
        return -1;
    }
    b->p = p;
    b->cap = cap;
    return 0;
}

void oc_buf_free(struct oc_buf *b)
{
    free(b->p);
    *b = (struct oc_buf){ 0 };
}

void oc_buf_printf(struct oc_buf *b, const char *fmt, ...)
{
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    const int n = vsnprintf(NULL, 0, fmt, ap);
    if (n >= 0 && oc_buf_room(b, (size_t)n + 1) == 0) {
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
    va_end(ap);
}

const char *oc_buf_str(struct oc_buf *b)
{
    if (oc_buf_room(b, 1))
        return "";
    b->p[b->n] = '\0';
    return b->p;
}
