/* buf - bytes that grow: formatted output, messages, rejected rows. */
#ifndef OC_BASE_BUF_H
#define OC_BASE_BUF_H

#include <stddef.h>
#include <string.h>

struct oc_buf {
    char *p;        /* owned; not NUL-terminated unless oc_buf_str() was called */
    size_t n, cap;
    int failed;     /* memory ran out once; what came after is lost.  Check once, at the end */
};

/* Room for n more bytes behind b->p + b->n.  -1 when memory is out. */
int oc_buf_grow(struct oc_buf *b, size_t n);
void oc_buf_free(struct oc_buf *b);
void oc_buf_printf(struct oc_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* NUL-terminate; "" where there is nothing. */
const char *oc_buf_str(struct oc_buf *b);

static inline int oc_buf_room(struct oc_buf *b, size_t n)
{
    return b->cap - b->n >= n ? 0 : oc_buf_grow(b, n);
}

static inline void oc_buf_put(struct oc_buf *b, const void *p, size_t n)
{
    if (n && oc_buf_room(b, n) == 0) {
        memcpy(b->p + b->n, p, n);
        b->n += n;
    }
}

static inline void oc_buf_char(struct oc_buf *b, char c)
{
    if (oc_buf_room(b, 1) == 0)
        b->p[b->n++] = c;
}

static inline void oc_buf_puts(struct oc_buf *b, const char *s) { oc_buf_put(b, s, strlen(s)); }

#endif
