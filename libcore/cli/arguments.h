/*
 * arguments - the words of a command line in one spelling, for manifests: see record/manifest.h.
 */
#ifndef OC_CLI_ARGUMENTS_H
#define OC_CLI_ARGUMENTS_H

#include "cli/prog.h"

/*
 * Options of programs that name files of records written beside the output (record/side.h), by blanks: in a manifest they are
 * outputs, not words.
 */
extern const char oc_arguments_beside[];

/*
 * Fill io->argument: options in their order as --name, --no-name or --name=value, then "--" and the operands.  What names
 * outputs, or concerns messages, threads and memory alone, is left out.  OC_USAGE for a word that is not UTF-8.
 */
int oc_arguments_note(const struct oc_prog *prog, int argc, char **argv, struct oc_io *io, struct oc_err *err);
/* Is the word one that oc_arguments_note() writes, so that running it again writes nowhere else? */
bool oc_arguments_repeatable(const char *word);

#endif
