/*
 * paramrows - the param records of a file as one list, in the order of model, name and what they belong to.
 *
 * Records of role fit are left out, those of role market are marked.  Records of two times or two runs are refused: which is
 * meant is for the user to say.  So are two records of one parameter.
 */
#ifndef OC_APP_PARAMROWS_H
#define OC_APP_PARAMROWS_H

#include "base/arena.h"
#include "market/calendar.h"
#include "record/run.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_PARAMROWS_MAX = 1000000 };

/* Texts are "" where the record has none; they live in the list's arena. */
struct oc_paramrow {
    const char *model, *name, *symbol, *symbol2, *settle, *root;
    const char *text;               /* NULL: value is a number */
    double value;
    double years, strike;           /* NaN: none */
    bool market;                    /* of the market (spot, rate, ...), no parameter */
    bool has_expiry;
    int32_t expiry;
    uint64_t record;                /* its number in the file, from 1 */
};

struct oc_paramrows {
    size_t n, cap;
    struct oc_paramrow *row;        /* [n], owned */
    struct oc_arena arena;
    uint64_t seen;
    const char *run;                /* what all have in common */
    bool has_ts;
    int64_t ts;
};

/* From a file of records. */
int oc_paramrows_read(struct oc_paramrows *p, const char *path, struct oc_io *io, struct oc_err *err);
void oc_paramrows_free(struct oc_paramrows *p);

/*
 * Years of the slice that a row belongs to, as seen from ts: its `years`, else its `expiry` with `settle` (PM where it is
 * empty) in the calendar.  NaN: it belongs to all.  OC_USAGE, naming the option, where cal (NULL) or ts is lacking; OC_DATA
 * for an expiry that is over.
 */
int oc_paramrows_years(const struct oc_paramrow *row, const struct oc_calendar *cal, bool has_ts, int64_t ts, double *years,
                       struct oc_err *err);

#endif
