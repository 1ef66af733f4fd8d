/* firstdiff - the first line in which two outputs differ; binary ones are looked at as CSV, by oc-cat. */
#ifndef OC_APP_FIRSTDIFF_H
#define OC_APP_FIRSTDIFF_H

#include <stdio.h>

/*
 * Print "  line N: was ..." and "  line N: now ...", or at which byte they part where no line differs.
 * programs: folder of oc-cat; dir: a folder for first.csv and second.csv, which stay there.
 */
void oc_firstdiff_show(const char *first, const char *second, const char *programs, const char *dir, FILE *out);

#endif
