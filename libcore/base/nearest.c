/* nearest - see nearest.h. */
#include "base/nearest.h"

#include <string.h>

static char fold(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

/*
 * Edit distance with neighbours swapped counted as one, by rows of the usual table; case does not count.  Words
 * beyond 63 bytes are cut: a hint needs no more.
 */
static unsigned distance(const char *a, const char *b)
{
    enum { MAX = 64 };
    unsigned row[3][MAX + 1] = { 0 };
    const size_t na = strnlen(a, MAX - 1), nb = strnlen(b, MAX - 1);

    for (size_t j = 0; j <= nb; j++)
        row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= na; i++) {
        unsigned *now = row[i % 3];
        const unsigned *prev = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= nb; j++) {
            unsigned d = prev[j - 1] + (fold(a[i - 1]) != fold(b[j - 1]));
            d = d < prev[j] + 1 ? d : prev[j] + 1;
            d = d < now[j - 1] + 1 ? d : now[j - 1] + 1;
            if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1])
                && before[j - 2] + 1 < d)
                d = before[j - 2] + 1;
            now[j] = d;
        }
    }
    return row[na % 3][nb];
}

const char *oc_nearest(const char *word, size_t n, const char *const names[])
{
    const size_t len = strlen(word);
    const char *best = NULL;
    /* a third of the letters may be wrong, and always one */
    unsigned least = (unsigned)(len / 3 > 1 ? len / 3 : 1) + 1;

    for (size_t i = 0; i < n; i++) {
        const unsigned d = distance(word, names[i]);
        if (d < least) {
            least = d;
            best = names[i];
        }
    }
    return best;
}
