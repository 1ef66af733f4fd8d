/* presets - what oc-ingest prints about presets: --list-presets, and --show-map beside --preset. */
#ifndef OC_APP_PRESETS_H
#define OC_APP_PRESETS_H

#include "app/preset.h"

#include <stdio.h>

/* A line a preset, sorted: name, kind, title.  value is not used (the shape of an option's listing). */
int oc_presets_list(FILE *out, const char *value, struct oc_err *err);
/* A line a column: where it comes from and what is done to it.  Returns 1. */
int oc_presets_show(const struct oc_preset *p, FILE *out, struct oc_err *err);

#endif
