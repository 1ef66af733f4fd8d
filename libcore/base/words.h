/* words - lists of words in one text: blank-separated in our tables, comma-separated on command lines. */
#ifndef OC_BASE_WORDS_H
#define OC_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
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

#endif
