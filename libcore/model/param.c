/* param - see param.h */
#include "model/param.h"

#include "base/words.h"

#include <math.h>
#include <string.h>

int oc_param_find(const struct oc_param *table, const char *name, size_t len)
{
    for (int i = 0; table[i].names; i++)
        if (oc_words_has(table[i].names, ' ', name, len))
            return i;
    return -1;
}

size_t oc_param_count(const struct oc_param *table)
{
    size_t n = 0;

    while (table[n].names)
        n++;
    return n;
}

static bool inside(const struct oc_param *p, double x)
{
    return (p->ends[0] == '[' ? x >= p->low : x > p->low) && (p->ends[1] == ']' ? x <= p->high : x < p->high)
           && isfinite(x);
}

/*
 * Is it a volatility of a price?  One of a volatility (nu), whose unit is the same, is above 10 for options that expire
 * within the day.
 */
static bool is_volatility(const struct oc_param *p)
{
    return strcmp(p->unit, "1/sqrt(year)") == 0 && (strncmp(p->names, "vol", 3) == 0 || strncmp(p->names, "atm", 3) == 0);
}

int oc_param_check(const char *model, const struct oc_param *table, double *value, struct oc_err *err)
{
    for (size_t i = 0; table[i].names; i++) {
        const struct oc_param *p = &table[i];
        const int len = (int)strcspn(p->names, " ");
        if (isnan(value[i]))
            value[i] = p->initial;
        if (isnan(value[i]) && !p->optional)
            return oc_fail(err, OC_USAGE, "%s: the parameter %.*s is missing (%s)", model, len, p->names, p->help);
        if (!isnan(value[i]) && !inside(p, value[i]))
            return oc_fail(err, OC_USAGE, "%s: %.*s is %g, outside of %c%g, %g%c", model, len, p->names, value[i],
                           p->ends[0], p->low, p->high, p->ends[1]);
        if (is_volatility(p) && value[i] > OC_PARAM_VOLATILITY_MAX)
            return oc_fail(err, OC_USAGE, "%s: %.*s is %g, which is %g %%: write %g%% for percent", model, len, p->names,
                           value[i], 100 * value[i], value[i]);
    }
    return 0;
}
