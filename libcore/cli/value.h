/*
 * value - the text of an option's argument into its variable, and a variable back into canonical text.
 */
#ifndef OC_CLI_VALUE_H
#define OC_CLI_VALUE_H

#include "base/buf.h"
#include "base/err.h"
#include "cli/opt.h"

/* Store text in the row's variable.  -1: OC_USAGE, "--threads: 'x' is not a whole number". */
int oc_value_set(const struct oc_opt_row *row, const char *text, struct oc_err *err);
/* What the variable holds now, spelled one way only; nothing is appended where it holds none. */
void oc_value_text(const struct oc_opt_row *row, struct oc_buf *out);

/*
 * A whole number: digits, `_` between them, a decimal point or exponent if what results is whole, k M G Ki Mi Gi.
 * 0, or -1 with a reason.
 */
int oc_value_u64(const char *text, uint64_t *v, const char **why);
/* A decimal with the suffixes k M G and, where `percent` is not NULL, %; *percent says whether it was there. */
int oc_value_f64(const char *text, double *v, bool *percent, const char **why);

#endif
