/* ingestname - what a file's name and the command line tell about its records: parts of `file` patterns, --set, --symbol. */
#ifndef OC_APP_INGESTNAME_H
#define OC_APP_INGESTNAME_H

#include "app/ingest.h"

/*
 * The part of a name by the first pattern that fits all of it; a {part} takes as little as fits, one byte at least, and one
 * that a column reads as a date takes what can be read so.
 * name: as messages show it; its folders and .zst .gz .zip are no part of it (of a member, those of the archive).
 * Returns the part in the arena, NULL where no pattern that fits has it, or *failed without memory.
 */
const char *oc_ingestname_part(const struct oc_ingest *g, const char *name, const char *part, struct oc_arena *arena,
                               bool *failed);
/* What --set NAME=TEXT (or --symbol) says, or NULL. */
const char *oc_ingestname_set(const struct oc_ingest *g, const char *name);
/* Does --set name only what the preset asks for? */
int oc_ingestname_check(const struct oc_ingest *g, struct oc_err *err);

#endif
