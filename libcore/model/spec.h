/*
 * spec - a model and its parameters as a word of the command line: MODEL[:NAME=VALUE,...][@SYMBOL].
 *
 * Values are texts here; oc_spec_number() reads one, percentages included.  A name given twice is refused at once; which
 * names a model knows is the caller's to check with oc_spec_known().
 */
#ifndef OC_MODEL_SPEC_H
#define OC_MODEL_SPEC_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { OC_SPEC_MAX = 96 };      /* nine regimes: 9 volatilities, 9 drifts, 72 rates */

struct oc_spec {
    char text[1024];                /* the words below point into it, or into the text that oc_spec_cut() was given */
    const char *model;
    const char *symbol;             /* NULL: none */
    size_t n;
    struct { const char *name, *value; } param[OC_SPEC_MAX];
};

/* OC_USAGE with the place where the text is no spec. */
int oc_spec_parse(const char *text, struct oc_spec *out, struct oc_err *err);
/* Where the value of the parameter NAME stands in the text of a spec, *n bytes; NULL: it is not given. */
const char *oc_spec_place(const char *text, const char *name, size_t *n);
/* As oc_spec_parse of a text of any length, which is cut in place and must outlive *out. */
int oc_spec_cut(char *text, struct oc_spec *out, struct oc_err *err);
/* The value of a parameter; names: blank-separated, the canonical one first, then its aliases.  NULL: not given. */
const char *oc_spec_value(const struct oc_spec *s, const char *names);
/* The same as a number; 1 read, 0 not given, -1 OC_USAGE; given by two of the names is an error.  4% is 0.04. */
int oc_spec_number(const struct oc_spec *s, const char *names, double *v, struct oc_err *err);
/* -1, OC_USAGE with the list, when a parameter is given that is not among the blank-separated names. */
int oc_spec_known(const struct oc_spec *s, const char *names, struct oc_err *err);

#endif
