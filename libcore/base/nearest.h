/* nearest - which of the words that there are was meant: hints behind errors. */
#ifndef OC_BASE_NEAREST_H
#define OC_BASE_NEAREST_H

#include <stddef.h>

/*
 * The one of n names nearest to `word`, by edit distance without regard to case; NULL when none is near: a third of the
 * letters of the word may be wrong, and always one.
 */
const char *oc_nearest(const char *word, size_t n, const char *const names[]);

#endif
