/*
 * period - does a step of the simulation fit the time between two prices of a file?
 *
 * A file of days has 252 prices a year, while a step of a calendar day lasts 1/365: the two differ by what exchanges are
 * closed.  A step that is longer than half again of the file's period, or shorter than a sixth of it (an hour of trading
 * against an hour of the clock is a 5.3rd), is another period altogether, and its returns would be told as those of the
 * wrong time.
 */
#ifndef OC_SIM_PERIOD_H
#define OC_SIM_PERIOD_H

#include "sim/process.h"

/* OC_USAGE, with both periods, where w->dt does not fit w->data.price_dt, or that is not above 0. */
static inline int oc_period_check(const struct oc_walk *w, struct oc_err *err)
{
    const double file = w->data.price_dt;

    if (!(file > 0.0))
        return oc_fail(err, OC_USAGE, "%s: the time between two prices is %g years, not above 0", w->process->name, file);
    if (w->dt > 1.5 * file || w->dt < file / 6.0)
        return oc_fail(err, OC_USAGE, "%s: a step of %g years is no period of a file with one price in %g years (timeframe)",
                       w->process->name, w->dt, file);
    return 0;
}

#endif
