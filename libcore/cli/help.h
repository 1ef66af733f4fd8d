/*
 * help - what a table of options looks like: as text, as JSON, as mdoc for the manual, as metadata.
 */
#ifndef OC_CLI_HELP_H
#define OC_CLI_HELP_H

#include "cli/opt.h"

#include <stdio.h>

/* format: text, json or mdoc (the OPTIONS section of the manual). */
void oc_help_print(FILE *out, const struct oc_prog *prog, const struct oc_rows *rows, const char *format);

/*
 * The options that can change a value in the output and differ from their defaults, in the order of the table and
 * spelled one way only: "--greeks=all --rate=0.0125".  The value of a path is its argument word.  A word that a shell
 * would split is in single quotes.  Lives until oc_exit().
 */
const char *oc_help_options(const struct oc_rows *rows, const char *command);

#endif
