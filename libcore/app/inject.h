/*
 * inject - oc-validate --inject: plants faults into good records, and writes down where.
 *
 * SPEC is CHECK[=RATE][:SIZE] by commas: the share of records that are to get the fault (default .1%), and, of gap, the
 * records that it drops (default 3).  A whole number from 1 on in place of RATE is the SIZE.  `all` stands for every check
 * that can be planted in what is read; dup, out_of_order and tz for duplicate, order and tz_dst.
 *
 * What is planted.  A fault is due when the uniform of (seed, number of the check, number of the record) is below its rate;
 * it is planted at the first record from there on where it fits.  So the output is a function of records, options and seed,
 * whatever the batches.  A fault fits where no check speaks of the record as it came, where APART records of the instrument
 * have passed since its last fault (and since its first record), where the record has what the fault needs, and, in whole
 * chains, where the chain has no other fault.  The checks themselves run over the records, with the limits of this command
 * line, so that sizes are known to be past them:
 *
 *   ranges, sides, receipts, ratios   1.5 times the limit
 *   outlier         twice what is allowed there, at most 1.65 (log; 1.5 is always past)
 *   jump            a new level from there on, six times what is allowed; its first ten rows are outliers by definition
 *   volume          twice the limit
 *   stale           a quote is repeated until one and a half limits are over
 *   gap             bars: SIZE records of a session are dropped; else what comes within one and a half limits
 *   duplicate, conflict, order, interval, session_*, location_*      a record more, behind the one it is like or before it
 *   tz_dst          a week of an instrument is shifted by an hour, one in five at most; neither this nor gap where
 *                   arbitrage is planted too
 *   tz_shift        all weeks of an instrument, as local time read as UTC or by an hour; RATE is of instruments
 *   breaker_*       1.5 times the first level; with --breaker; price and volatility by one record that leaps, where
 *                   outlier, unit and jump are skipped, for those would have the record
 *   vertical, butterfly, box, parity, calendar      a quote moved up until its edge is twice --min-edge and 0.05
 *                   and 1 % of it and its spread; one in a chain; box, parity and calendar among European options
 *                   only where six strikes have all four sides
 *
 * Labels are check records: check, severity, symbol, ts (end_ts of what lasts), line of the record in the output, column,
 * row_key, value (what was planted) and legs (the contract, of quotes).  The band `safe` is of what need not be found: a
 * shifted week that is too short, and the thirty returns behind a leap, which may call again.
 *
 * Not planted: what concerns a file by its name (location, location_kind, location_asset), what no typed record can hold
 * (unreadable) and figures (signals).
 */
#ifndef OC_APP_INJECT_H
#define OC_APP_INJECT_H

#include "app/checking.h"
#include "app/validate.h"

#include <stdbool.h>
#include <stdint.h>

enum { OC_INJECT_APART = 40 };

/* Columns that faults write into; the arrays are the batch's own.  NULL: the stream has none. */
struct oc_injectcols {
    double *price, *size, *bid, *ask, *bid_size, *ask_size, *open, *high, *low, *close, *volume, *vwap, *open_interest, *iv,
        *vendor_iv, *strike, *stop, *target, *quantity, *open_price, *equity, *balance, *spot;
    struct { int64_t *v; uint64_t *valid; } ts, recv_ts;
    struct { int32_t *v; uint64_t *valid; } expiry;
};

/* A record of the output: one of the input, or one like it that is put in. */
struct oc_injectrow {
    uint32_t row;                   /* of the batch */
    bool retimed, renamed;          /* ts is another; symbol is another */
    int64_t ts;
    const char *column;             /* one number is another; NULL: none */
    double number;
};

enum oc_injectbusy { OC_INJECT_FREE, OC_INJECT_STALE, OC_INJECT_JUMP, OC_INJECT_GAP, OC_INJECT_LEAP };

struct oc_injecthalt;                   /* what the breakers know: injectbreaker */

/* What is remembered of an instrument. */
struct oc_injectplace {
    uint64_t seen, last;            /* records so far; at its last fault */
    enum oc_injectbusy busy;
    int64_t before;                 /* ts of the record before */
    double quote[4];                /* of the record before, as it is written; stale: that is repeated */
    int64_t since;                  /* stale: from when; gap: ts of the last record that stayed */
    int64_t first, until;           /* gap: ts of the first that is dropped; of ticks: drop up to here */
    uint64_t dropped;               /* gap */
    double scale;                   /* log factor on all prices since the last jump */
    int32_t agreeing;               /* jump: rows of the new level so far */
    struct oc_checkjudged judged;   /* jump: of its first row */
    int64_t judged_ts;
    int64_t week;                   /* local Monday of the week under way */
    uint64_t halves[6];             /* half hours of the week that have rows */
    bool shifted;
    int weeks;                      /* since the last shifted one */
    bool whole, as_utc, told;       /* all its weeks are: as local time read as UTC, else by an hour; one will be found */
    int64_t first_week;
    struct oc_injecthalt *halt;     /* NULL: no breaker is asked for */
    char symbol[48];
};

struct oc_inject;

/* One record and its surroundings, as a fault sees it. */
struct oc_planting {
    struct oc_inject *in;
    struct oc_checking *k;
    struct oc_injectcols *c;
    struct oc_injectplace *place;
    size_t row;
    const char *column;             /* of the label */
    double value;
    bool ahead;                     /* the record that is put in stands before this one */
    bool more;                      /* a record is put in: this */
    struct oc_injectrow extra;
};

/* Plant the fault at the record.  false: it does not fit. */
typedef bool oc_injectfault(struct oc_planting *p, enum oc_check_id id);

struct oc_injectitem { bool asked; double rate, size; uint64_t due, planted; oc_injectfault *plant; };

struct oc_inject {
    struct oc_io *io;
    struct oc_instants *instants;   /* those of v */
    struct oc_validate *v;          /* limits and options; its --checks and --gaps are not used */
    const char *labels_file;
    struct oc_injectitem item[OC_CHECKS];
    /* the rest is the module's own */
    bool any, chains, rows, halts;  /* something is asked; arbitrage is; faults of single records are; breakers are */
    uint64_t number;                /* of the next record read */
    int64_t line;                   /* of the last record written */
    bool header;
    uint64_t faulty;                /* records that a check spoke of as they came */
    uint32_t nplace;
    struct oc_injectplace *place;
    struct oc_side *labels;
    struct oc_checkpending label;   /* of this batch; row: the record of the output */
    size_t nout, capout;
    struct oc_injectrow *out;
};

/* --inject SPEC; OC_USAGE. */
int oc_inject_spec(struct oc_inject *in, const char *spec, struct oc_err *err);
/* After the options are parsed and v is opened. */
int oc_inject_run(struct oc_inject *in, struct oc_err *err);
void oc_inject_close(struct oc_inject *in);
/* What was planted, in words; the caller frees.  NULL: no memory. */
char *oc_inject_summary(const struct oc_inject *in);

/* ---- between the files of the module ---- */

double oc_inject_uniform(const struct oc_inject *in, enum oc_check_id id, uint64_t record, uint64_t number);
static inline double oc_inject_limit(const struct oc_planting *p, enum oc_check_id id)
{
    return p->k->checks->item[id].limit;
}
/* The price on the grid, where one is asked for. */
double oc_inject_tick(const struct oc_planting *p, double price);
/* A label for the row of the batch; its record is the next one of the output, or, at = 1, the one behind that. */
int oc_inject_label(struct oc_inject *in, const struct oc_checking *k, enum oc_check_id id, size_t row, size_t at,
                    const char *column, double value, int64_t end_ts);
/* The fault of each check; NULL: it is not planted row by row. */
oc_injectfault *oc_injectrow_fault(enum oc_check_id id);
oc_injectfault *oc_injectlast_fault(enum oc_check_id id);
/* A record of an instrument with a fault under way.  1: it is dropped, 0: it stays, -1. */
int oc_injectlast_go_on(struct oc_planting *p);
/* Each record, before anything: its week. */
int oc_injectlast_week(struct oc_planting *p);
int oc_injectlast_end(struct oc_inject *in, struct oc_err *err);
/* Each record that is written, and which fault it has (OC_CHECKS: none), where a breaker is asked for. */
oc_injectfault *oc_injectbreaker_fault(enum oc_check_id id);
void oc_injectbreaker_row(struct oc_planting *p, enum oc_check_id planted);
int oc_injectbreaker_go_on(struct oc_planting *p);
int oc_injectbreaker_end(struct oc_inject *in, struct oc_injectplace *s, struct oc_err *err);
/* Of chain kinds, in rows [from, to), which are one chain: true where one was planted, at *row. */
bool oc_injectchain_plant(struct oc_planting *p, const struct oc_arbitragegroup *g, enum oc_check_id id, double u);
bool oc_injectchain_is(enum oc_check_id id);
/* The batch's records as the plan says. */
int oc_injectout_write(const struct oc_inject *in, struct oc_batch *b, struct oc_batch *out, struct oc_err *err);

#endif
