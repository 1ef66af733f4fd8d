/* barfeed - what the builders of bars have in common: open a bar, let ticks in, close it. */
#ifndef OC_APP_BARFEED_H
#define OC_APP_BARFEED_H

#include "app/barkind.h"

/* A bar whose first tick is number i of the run; ts its label. */
void oc_barfeed_start(const struct oc_barfeed *f, size_t i, int64_t ts);
/* Ticks [from, to) into high, low and close. */
int oc_barfeed_take(const struct oc_barfeed *f, size_t from, size_t to);
/*
 * The open bar ends at `end`, before tick `to` of the run; record is the one that says so.  From here on the builder has
 * none open.
 */
int oc_barfeed_close(const struct oc_barfeed *f, size_t to, int64_t end, uint32_t record, bool complete);
/* The same with the sums given: for the end of the input. */
int oc_barfeed_finish(const struct oc_barfeed *f, const struct oc_barsum *now, int64_t end, uint32_t record, bool complete);
/* A row of its own without ticks, all prices `price`. */
int oc_barfeed_flat(const struct oc_barfeed *f, struct oc_barspan span, double price, uint32_t record);

/* Tick i asks for more than there can be: OC_LIMIT.  The builder is of no use after it. */
int oc_barfeed_limit(const struct oc_barfeed *f, size_t i, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/*
 * Bars that end with a tick: find() looks at ticks from i on and gives the number behind the one that closes the bar, or
 * run->n + 1 where none does yet; it is called with the bar open and its state at tick i.  fresh() clears it for a new bar.
 */
typedef size_t oc_barfeed_find(const struct oc_barfeed *f, size_t i);
typedef void oc_barfeed_fresh(const struct oc_barfeed *f);
int oc_barfeed_by_ticks(const struct oc_barfeed *f, oc_barfeed_find *find, oc_barfeed_fresh *fresh, oc_barfeed_fresh *done);

/* Sums, for what adds up in several places. */
void oc_barfeed_minus(struct oc_barsum *s, const struct oc_barsum *a, const struct oc_barsum *b);      /* a - b */
void oc_barfeed_add(struct oc_barsum *s, const struct oc_barsum *b);        /* what oc_barfeed_equal compares */
bool oc_barfeed_equal(const struct oc_barsum *a, const struct oc_barsum *b);    /* volume, money, both sides and trades */

/* Words of options: a whole number above 0, a decimal above 0; and the name that `interval` has. */
int oc_barfeed_read_count(struct oc_barspec *s, const char *word, struct oc_err *err);
int oc_barfeed_read_limit(struct oc_barspec *s, const char *word, struct oc_err *err);

#endif
