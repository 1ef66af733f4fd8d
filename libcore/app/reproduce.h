/*
 * reproduce - `oc verify MANIFEST`: run again what a manifest describes, and say whether the same bytes come out.
 *
 * The inputs are looked for beside the manifest, or else in the working directory, and must have the digests they had;
 * standard input is handed on.  Outputs go to a folder of their own that is removed.  A manifest is not trusted: it can
 * name no program but one of this toolkit's, beside this one, and no place to write to.
 */
#ifndef OC_APP_REPRODUCE_H
#define OC_APP_REPRODUCE_H

#include "base/err.h"

#include <stdbool.h>
#include <stdio.h>

/* Is that file a manifest, rather than what --provenance writes? */
bool oc_reproduce_knows(const char *path);
/*
 * programs: the folder they lie in.  Prints a line for each file: `ok NAME`, `differs NAME: ...` and under it the first
 * difference where the first output is still there.
 *   error   OC_RULE something differs, an input has changed or is gone; OC_FORMAT no manifest; OC_IO the command cannot be
 *           run again
 */
int oc_reproduce_run(const char *path, const char *programs, FILE *out, struct oc_err *err);

#endif
