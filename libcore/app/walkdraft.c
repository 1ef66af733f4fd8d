/* walkdraft - see walkdraft.h. */
#include "app/walkdraft.h"

#include "base/nearest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int oc_walkdraft_open(struct oc_walkdraft *d, const char *model, const char *symbol, struct oc_err *err)
{
    *d = (struct oc_walkdraft){ .dt = NAN, .market = { NAN, NAN, NAN } };
    if (oc_process_find(model, &d->process, err) || oc_walkdraft_symbol(d, symbol, err))
        return -1;
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        d->par[i] = NAN;
    oc_walkdata_init(&d->data, d->process->data);
    return 0;
}

/* A symbol must pass through the canonical text. */
int oc_walkdraft_symbol(struct oc_walkdraft *d, const char *symbol, struct oc_err *err)
{
    if (strlen(symbol) >= sizeof d->symbol || symbol[strcspn(symbol, " ,=@:\t\r\n")])
        return oc_fail(err, OC_USAGE,
                       "'%.60s' is no symbol of an underlying: at most %zu letters, none of them a blank , = @ :", symbol,
                       sizeof d->symbol - 1);
    memcpy(d->symbol, symbol, strlen(symbol) + 1);
    return 0;
}

static int unknown(const struct oc_walkdraft *d, const char *name, struct oc_err *err)
{
    enum { MOST = OC_PARAM_MAX + 8 };
    char text[MOST * 32] = "";
    const char *names[MOST];
    size_t n = 0, used = 0;
    const char *data = oc_walkdata_names(d->process->data);

    for (size_t i = 0; d->process->param[i].names; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%.*s ", (int)strcspn(d->process->param[i].names, " "),
                                 d->process->param[i].names);
    used += (size_t)snprintf(text + used, sizeof text - used, "%s%sdt", data, *data ? " " : "");
    char list[sizeof text];
    memcpy(list, text, sizeof list);
    for (char *rest = NULL, *p = strtok_r(text, " ", &rest); p && n < MOST; p = strtok_r(NULL, " ", &rest))
        names[n++] = p;
    const char *near = oc_nearest(name, n, names);
    return oc_fail(err, OC_USAGE, "%s has no parameter '%.60s'%s%s%s; it has: %s", d->process->name, name,
                   near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "", list);
}

static int give_dt(struct oc_walkdraft *d, double dt, struct oc_err *err)
{
    if (!isnan(d->dt))
        return oc_fail(err, OC_USAGE, "%s: dt is given twice", d->process->name);
    if (!(dt > 0) || !isfinite(dt))
        return oc_fail(err, OC_USAGE, "%s: dt is %g years, which is not above 0", d->process->name, dt);
    d->dt = dt;
    return 0;
}

/* A value that belongs to the slice and strike (NaN: to all). */
int oc_walkdraft_value(struct oc_walkdraft *d, const char *name, double value, double years, double strike,
                       struct oc_err *err)
{
    const int data = oc_walkdata_value(&d->data, name, value, years, strike, err);

    if (data)
        return data < 0 ? oc_while(err, "%s", d->process->name) : 0;
    if (strcmp(name, "dt") == 0)
        return give_dt(d, value, err);
    const int i = oc_param_find(d->process->param, name, strlen(name));
    if (i < 0)
        return unknown(d, name, err);
    if (!isnan(years) || !isnan(strike))
        return oc_fail(err, OC_USAGE, "%s: %s is one number, not one for each expiry or strike", d->process->name, name);
    if (!isnan(d->par[i]))
        return oc_fail(err, OC_USAGE, "%s: the parameter %s is given twice, by --model and --params or by two of its names",
                       d->process->name, name);
    d->par[i] = value;
    return 0;
}

int oc_walkdraft_text(struct oc_walkdraft *d, const char *name, const char *text, struct oc_err *err)
{
    double v;
    const int data = oc_walkdata_text(&d->data, name, text, err);

    if (data)
        return data < 0 ? oc_while(err, "%s", d->process->name) : 0;
    if (strcmp(name, "dt") != 0 && oc_param_find(d->process->param, name, strlen(name)) < 0)
        return unknown(d, name, err);
    if (oc_walkdata_number(text, strlen(text), &v))
        return oc_fail(err, OC_USAGE, "%s: %s is '%.60s', which is not a number", d->process->name, name, text);
    return oc_walkdraft_value(d, name, v, NAN, NAN, err);
}
