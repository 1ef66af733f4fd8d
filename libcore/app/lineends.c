/* lineends - see lineends.h.  Bytes are mended where they were read to; returns that end a piece wait for what follows. */
#include "app/lineends.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 8 };

struct ends {
    size_t held;                /* returns that ended the last piece */
    char piece[64];             /* for one who has less room than a line end may take: piece[given .. n) */
    size_t given, n;
};

/* Runs of 2 to MOST returns before a line feed become one; the bytes that are left. */
static size_t mend(char *p, size_t n)
{
    size_t from = 0, to = 0;

    for (const char *s; from < n && memchr(p + from, '\r', n - from) && (s = memmem(p + from, n - from, "\r\r", 2));) {
        const size_t at = (size_t)(s - p);
        size_t end = at + 2;
        while (end < n && p[end] == '\r')
            end++;
        const size_t keep = end < n && p[end] == '\n' && end - at <= MOST ? at + 1 : end;
        memmove(p + to, p + from, keep - from);
        to += keep - from;
        from = end;
    }
    if (to != from)
        memmove(p + to, p + from, n - from);
    return to + n - from;
}

/* The next mended bytes into text, which has room for more than MOST. */
static ptrdiff_t next_piece(struct ends *e, struct oc_source *from, char *text, size_t cap, struct oc_err *err)
{
    for (;;) {
        memset(text, '\r', e->held);
        const ptrdiff_t k = oc_source_read(from, text + e->held, cap - e->held, err);
        if (k < 0)
            return -1;
        size_t n = e->held + (size_t)k;
        e->held = 0;
        if (k == 0)
            return (ptrdiff_t)n;
        n = mend(text, n);
        while (e->held < n && text[n - 1 - e->held] == '\r')
            e->held++;
        if (e->held > MOST)             /* no line end, whatever follows */
            e->held = 0;
        if (n > e->held)
            return (ptrdiff_t)(n - e->held);
    }
}

static ptrdiff_t ends_read(void *state, struct oc_source *from, void *p, size_t cap, struct oc_err *err)
{
    struct ends *e = state;

    if (e->given == e->n && cap > MOST)
        return next_piece(e, from, p, cap, err);
    if (e->given == e->n) {
        const ptrdiff_t n = next_piece(e, from, e->piece, sizeof e->piece, err);
        if (n <= 0)
            return n;
        e->n = (size_t)n;
        e->given = 0;
    }
    const size_t k = e->n - e->given < cap ? e->n - e->given : cap;
    memcpy(p, e->piece + e->given, k);
    e->given += k;
    return (ptrdiff_t)k;
}

static bool ends_idle(void *state, struct oc_source *from)
{
    const struct ends *e = state;

    return e->given == e->n && oc_source_idle(from);
}

static const struct oc_source_via mended = { .read = ends_read, .idle = ends_idle, .close = free };

int oc_lineends_mend(struct oc_source **src, struct oc_err *err)
{
    struct ends *e = calloc(1, sizeof *e);

    if (!e) {
        oc_source_close(*src);
        *src = NULL;
        return oc_fail(err, OC_MEMORY, "no memory to read a file");
    }
    *src = oc_source_wrap(*src, &mended, e, err);
    return *src ? 0 : -1;
}
