/* words - lists of words in one text: blank-separated in our tables, comma-separated on command lines. */
#ifndef OC_BASE_WORDS_H
#define OC_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Is word[n] one of the words of list, byte for byte?  NULL lists none; the empty word is never one. */
static inline bool oc_words_has(const char *list, char separator, const char *word, size_t n)
{
    const char stop[2] = { separator, '\0' };

    for (const char *p = list; p && *p;) {
        const size_t len = strcspn(p, stop);
        if (len == n && n && memcmp(p, word, n) == 0)
            return true;
        p += len + (p[len] == separator);
    }
    return false;
}

/* The next word of a comma-separated list, cut to size, into word; *list moves behind it.  false: there is none. */
static inline bool oc_words_next(const char **list, char *word, size_t size)
{
    const size_t n = strcspn(*list, ",");

    if (!**list)
        return false;
    snprintf(word, size, "%.*s", (int)(n < size ? n : size - 1), *list);
    *list += n + ((*list)[n] == ',');
    return true;
}

#endif
