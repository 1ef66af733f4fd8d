/*
 * verify - do the files that a --provenance file names still hold what it says?
 */
#ifndef OC_CLI_VERIFY_H
#define OC_CLI_VERIFY_H

#include "base/err.h"

#include <stdio.h>

/*
 * oc_verify_run - read the JSON of `--provenance`, digest the uncompressed content of each file it names (relative
 * names in the working directory) and print a line for each: `ok NAME`, `differs NAME: ...`, `skip NAME: ...` for
 * what went through a pipe.
 *   error   OC_RULE something differs; OC_IO a file cannot be read; OC_FORMAT no provenance; OC_DATA nothing in it is a file
 */
int oc_verify_run(const char *path, FILE *out, struct oc_err *err);

#endif
