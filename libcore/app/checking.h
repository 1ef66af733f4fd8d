/*
 * checking - a batch as the checks see it: its columns, which instrument each row is of, and how to say what is wrong.
 *
 * A check is a function void f(struct oc_checking *k) that goes over the columns of one batch; what it must remember
 * from one batch to the next lies in the state of its own file, by instrument.  Rows come in the order of the stream,
 * and what a check says of a row may depend on rows before it only, and on whether an earlier check failed the row
 * (oc_checking_good), never on where batches end.
 */
#ifndef OC_APP_CHECKING_H
#define OC_APP_CHECKING_H

#include "app/check.h"
#include "market/calendar.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stdint.h>

/* Columns by the names of the records; NULL (.index NULL, .v NULL) where the stream has none. */
struct oc_checkcols {
    const double *price, *size, *bid, *ask, *bid_size, *ask_size, *open, *high, *low, *close, *volume, *vwap, *open_interest,
        *strike, *iv, *vendor_iv, *last, *mark, *spot, *stop, *target, *quantity, *open_price, *equity, *balance,
        *dollar_volume, *buy_volume, *sell_volume;
    struct oc_intcol ts, recv_ts, open_ts, trades;
    struct oc_daycol expiry;
    struct oc_symcol symbol, type, side, interval, currency, calendar;
};

/* How the price and the volume of a row were judged: see checkseries.h. */
struct oc_checkjudged {
    double base, deviation, usual, least;   /* log price expected, limit * s, T [ns], what is allowed in any case */
    double allowed;                 /* of this row's log price from base; 0: not judged */
    double volume;                  /* median before it; 0: not judged */
};

struct oc_checking {
    struct oc_checks *checks;
    struct oc_batch *b;
    size_t n;
    struct oc_checkcols c;
    const char *kind;
    bool fresh;                     /* the first batch of its input */
    uint64_t line;                  /* of the batch's first line, in its input */
    const uint32_t *instrument;     /* of each row, from 0; UINT32_MAX never */
    uint32_t instruments;           /* in all, so far */
    const uint64_t *hash;           /* two words a row: of the content; NULL where nobody needs it */
    const uint64_t *key;            /* of the kind's key; NULL where it has no row that tells records apart */
    uint64_t *failed;               /* bit of each row: failed, unreadable, or left out by --only */
    const int64_t *step;            /* interval of each row's bar [ns], 0: not a time; NULL: not bars */
    bool end_stamped;               /* instants of bars are their ends */
    const struct oc_calendar *calendar;     /* NULL: none */
    /* for who plants faults: rows that a check speaks of are marked here and nothing else is done; NULL: not asked */
    uint64_t *hit;
    struct oc_checkjudged *judged;  /* by row, zero where a price or volume was not judged; NULL: not asked */
    const char *legs;               /* of the arbitrage that is being told; NULL: none */
    double edge;
    int rc;                         /* -1: memory, err says */
    struct oc_err *err;
};

static inline bool oc_checking_on(const struct oc_checking *k, enum oc_check_id id) { return k->checks->item[id].on; }
static inline double oc_checking_limit(const struct oc_checking *k, enum oc_check_id id)
{
    return k->checks->item[id].limit;
}
/* Room for so many instruments, a quarter more than were there at least. */
static inline uint32_t oc_checking_room(uint32_t wanted, uint32_t had)
{
    return wanted > had + had / 4 ? wanted : had + had / 4;
}
/* Nothing was said against the row so far. */
static inline bool oc_checking_good(const struct oc_checking *k, size_t row) { return !oc_bit(k->failed, row); }

/* Years 1900 to 2199: whatever is added to such an instant, or taken between two, fits. */
static inline bool oc_checking_sane(int64_t ts)
{
    return ts >= -INT64_C(2208988800000000000) && ts < INT64_C(7258118400000000000);
}

/* The first instant of what the row is about: a bar that is stamped at its end began an interval before. */
static inline int64_t oc_checking_start(const struct oc_checking *k, size_t row)
{
    return k->c.ts.v[row] - (k->end_stamped && k->step ? k->step[row] : 0);
}

/* The check looks at the batch's rows: they count as seen. */
static inline void oc_checking_seen(struct oc_checking *k, enum oc_check_id id, size_t rows)
{
    k->checks->item[id].rows += rows;
}

/*
 * Row `row` has what the check looks for.  column, of constant storage, is the one at fault (NULL: none); value and
 * limit NAN where there is none.  The text is made for samples and dropped rows only.
 */
void oc_check_hit(struct oc_checking *k, enum oc_check_id id, size_t row, const char *column, double value, double limit,
                  const char *fmt, ...) __attribute__((format(printf, 7, 8)));
/* A finding of its own, come upon at a row (SIZE_MAX: at none): counted, kept among the samples, drops nothing. */
void oc_check_note(struct oc_checks *c, enum oc_check_id id, size_t row, const struct oc_finding *f, struct oc_err *err);
/* Of what is told as it happens, beyond samples: pending, or written to side (NULL: not) at once. */
struct oc_side;
int oc_check_tell(struct oc_checks *c, struct oc_side *side, size_t row, const struct oc_finding *f, struct oc_err *err);
/* One more pending; row: its place in the order. */
int oc_check_pend(struct oc_checkpending *p, size_t row, const struct oc_finding *f, struct oc_err *err);
/* What is pending, in the order of rows, to side. */
int oc_check_flush(struct oc_checkpending *p, struct oc_side *side, struct oc_err *err);
/* A batch begins: samples of it go behind those that there are. */
void oc_check_settle(struct oc_checks *c);
/* A finding without anything, and one with place and key of a row. */
struct oc_finding oc_checking_blank(void);
struct oc_finding oc_checking_finding(const struct oc_checking *k, size_t row);

#endif
