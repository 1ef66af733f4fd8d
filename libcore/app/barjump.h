/*
 * barjump - changes of price from one day to the next that look like a split nobody adjusted for (oc-bars --detect-jumps).
 *
 * A day is suspicious where the last price of the day before, divided by its own first or last price, is within a tolerance
 * of n:1 (2 to 10, 12, 15, 20, 25, 30, 40, 50, 100), 3:2, 5:2, 4:3 or 5:4, or of their reverses.  The last price is looked
 * at because a first tick may be a bad one.  Findings are check records `unadjusted-jump`, severity warning, value the
 * ratio, limit the tolerance; a real fall by half is found too.
 */
#ifndef OC_APP_BARJUMP_H
#define OC_APP_BARJUMP_H

#include "app/barclock.h"
#include "app/barkeep.h"
#include "app/barrun.h"
#include "record/side.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_barjump {             /* of a symbol */
    bool any, before;           /* a day is open; one was before it */
    int64_t start, end;         /* of the day; its first tick */
    double close;               /* of the day before */
    double first, last;
};

struct oc_barjump_found;
struct oc_barjumps { size_t n, cap; struct oc_barjump_found *v; double tolerance; };

int oc_barjump_run(struct oc_barjumps *all, struct oc_barjump *j, const struct oc_barclock *clock, const char *symbol,
                   const struct oc_barrun *run, struct oc_err *err);
/* The open day as it is. */
int oc_barjump_end(struct oc_barjumps *all, struct oc_barjump *j, const char *symbol, struct oc_err *err);
int oc_barjump_write(struct oc_barjumps *all, struct oc_side *to, struct oc_err *err);
void oc_barjump_keep(struct oc_barkeep *k, struct oc_barjump *j);
void oc_barjump_free(struct oc_barjumps *all);

#endif
