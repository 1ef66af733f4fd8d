/*
 * statrows - figures as `stat` records: a list that commands fill and that is written in one go.
 *
 * Columns are always the same: run, stat, source, leg_id, level, value, stderr, ci_low, ci_high, confidence, paths, count;
 * what does not apply is missing.
 */
#ifndef OC_APP_STATROWS_H
#define OC_APP_STATROWS_H

#include "base/err.h"
#include "record/run.h"

#include <stddef.h>
#include <stdint.h>

struct oc_stat {
    const char *run;                /* id of the simulation; texts are borrowed until the list is written, NULL: missing */
    const char *stat;
    const char *source;             /* "observed", "resampled", ... */
    const char *leg_id;
    double value, level, error, low, high, confidence;      /* NaN: missing */
    int64_t paths, count;           /* -1: missing */
};

#define OC_STAT_NONE { .value = NAN, .level = NAN, .error = NAN, .low = NAN, .high = NAN, .confidence = NAN, .paths = -1, .count = -1 }

struct oc_statrows { size_t n, cap; struct oc_stat *v; };

int oc_statrows_add(struct oc_statrows *s, const struct oc_stat *row, struct oc_err *err);
/* As the output of the run. */
int oc_statrows_write(const struct oc_statrows *s, struct oc_io *io, struct oc_err *err);
void oc_statrows_free(struct oc_statrows *s);

#endif
