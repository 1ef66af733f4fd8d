/* lines - a text taken line by line, each as a string of its own: small tables of ours. */
#ifndef OC_BASE_LINES_H
#define OC_BASE_LINES_H

#include <stddef.h>
#include <string.h>

/*
 * The line of text[n] at *at into line[size], without its end and with a NUL; *at moves behind it.  1: there is one, 0: no more,
 * -1: it does not fit.
 */
static inline int oc_lines_next(const char *text, size_t n, size_t *at, char *line, size_t size)
{
    if (*at >= n)
        return 0;
    const char *const end = memchr(text + *at, '\n', n - *at);
    const size_t len = end ? (size_t)(end - text) - *at : n - *at;

    if (len >= size)
        return -1;
    memcpy(line, text + *at, len);
    line[len] = '\0';
    *at += len + 1;
    return 1;
}

#endif
