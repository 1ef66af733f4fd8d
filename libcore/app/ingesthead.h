/* ingesthead - an input's header line, and the lines before it: cells like "Last: 3900.86". */
#ifndef OC_APP_INGESTHEAD_H
#define OC_APP_INGESTHEAD_H

#include "app/ingest.h"
#include "app/ingestplan.h"

struct oc_ingest_head {
    const char *file;           /* borrowed */
    size_t n;
    const char **value;         /* per column of the preset: the text of a head column, an option or a file's part, else NULL */
    struct oc_ingest_plan *plan;    /* made at the first block, under g->lock */
    struct oc_arena arena;
};

/*
 * Does a line begin with one of the preset's headers?  Blanks around its cells and quotes do not matter.
 * text: as the preset has it, or with its separators already turned into commas.
 */
bool oc_ingesthead_is(const struct oc_preset *p, const char *line, const char *end);

#endif
