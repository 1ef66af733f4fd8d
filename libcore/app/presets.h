/* presets - what oc-ingest prints about presets: --list-presets and --show-map. */
#ifndef OC_APP_PRESETS_H
#define OC_APP_PRESETS_H

#include "app/preset.h"
#include "record/run.h"

#include <stdio.h>

/* A line a preset, sorted: name, kind, title.  value is not used (the shape of an option's listing). */
int oc_presets_list(FILE *out, const char *value, struct oc_err *err);
/* A line a column: where it comes from and what is done to it; without a preset, what --map says.  Returns 1. */
int oc_presets_show(const struct oc_preset *p, const struct oc_io *io, FILE *out, struct oc_err *err);

#endif
