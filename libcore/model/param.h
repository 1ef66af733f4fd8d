/*
 * param - the parameters of a model as a table: names, domain, default; for smiles and processes alike.
 */
#ifndef OC_MODEL_PARAM_H
#define OC_MODEL_PARAM_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* One parameter.  A model's table ends with a NULL name. */
struct oc_param {
    const char *names;      /* canonical name, then aliases, blank-separated */
    double low, high;       /* domain; infinite: unbounded */
    const char *ends;       /* "[]", "()", "[)", "(]": whether the ends belong to it */
    double initial;         /* where it is not given; NaN: it must be given, unless .optional */
    bool optional;          /* NaN stays where it is not given: the model derives it or does without */
    const char *unit;       /* "1/year", "1/sqrt(year)", "" */
    const char *help;       /* one line */
};

enum { OC_PARAM_VOLATILITY_MAX = 10 };     /* a volatility above is in percent */

/* Index of a name or alias, or -1. */
int oc_param_find(const struct oc_param *table, const char *name, size_t len);
size_t oc_param_count(const struct oc_param *table);
/*
 * Fill NaN by the defaults and check the domains.  OC_USAGE: "MODEL: NAME VALUE is outside of (LOW, HIGH)".  Volatilities
 * above OC_PARAM_VOLATILITY_MAX are refused with the remedy: they are in percent.
 */
int oc_param_check(const char *model, const struct oc_param *table, double *value, struct oc_err *err);

#endif
