/* presets - what ships, for --list-presets and --sniff, and what one does, for --show-map. */
#ifndef OC_APP_PRESETS_H
#define OC_APP_PRESETS_H

#include "app/preset.h"

#include <stdio.h>

/* Every preset of the data folder, in the order of names, until fn returns other than 0, which is returned. */
int oc_presets_each(int (*fn)(void *ctx, const struct oc_preset *p, struct oc_err *err), void *ctx, struct oc_err *err);
/* One a line: name, kind, title.  value is not used: the form of an OC_SHOW option. */
int oc_presets_list(FILE *out, const char *value, struct oc_err *err);
/* Where each column comes from.  Returns 1: the run is over, as after --help. */
int oc_presets_show(const struct oc_preset *p, FILE *out, struct oc_err *err);

#endif
