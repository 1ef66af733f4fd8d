/*
 * complete - candidates for the word under the cursor, for the shells' completions.
 *
 * `oc-price --complete N WORD...` prints a line for each candidate of WORD N (from 0, the program itself): the
 * candidate, a tab, what it is.  A first line ":files" says that file names fit as well.  The files in completions/
 * only carry this to bash, zsh and fish.
 */
#ifndef OC_CLI_COMPLETE_H
#define OC_CLI_COMPLETE_H

#include "base/err.h"
#include "cli/opt.h"

#include <stdio.h>

/* argv is N and the words.  Returns 1, or -1 with OC_USAGE when N is no word. */
int oc_complete(FILE *out, struct oc_rows *rows, int argc, char **argv, struct oc_err *err);

#endif
