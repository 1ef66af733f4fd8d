/* barsopts - the words of oc-bars' options, and what of them can stand together. */
#ifndef OC_APP_BARSOPTS_H
#define OC_APP_BARSOPTS_H

#include "app/bars.h"

/* One more word of an option: bars of that kind, in the order of the calls.  ctx is a struct oc_barask. */
struct oc_barask { struct oc_bars *bars; const struct oc_barkind *kind; };
int oc_barsopts_ask(void *ctx, const char *value, struct oc_err *err);
/* The kinds, for --list-kinds. */
int oc_barsopts_list(FILE *out, const char *value, struct oc_err *err);
/* When all options are read: files are opened, words become settings. */
int oc_barsopts_open(struct oc_bars *b, struct oc_err *err);

#endif
