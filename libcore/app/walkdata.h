/*
 * walkdata - what a walk needs besides plain numbers, from texts and records: price series, grids, curves, regimes.
 *
 * By the part of oc_simdata that the process asks for (process->data):
 *   price     file=FILE [column=NAME] or prices=P|P|...; timeframe=day (a word, or periods a year; day where it is not
 *             given), or price_dt, years between two prices
 *   grid      volatility=V|V|... with years=T|T|... and strikes=K|K|..., the strikes of the first time first; one volatility
 *             without times and strikes is flat; as records: volatility by expiry or years, and strike, every pair of them
 *   xi        xi=X, or xi=X|X|... with years=T|T|...; as records: xi by expiry or years
 *   regime    volatilityN, driftN (none: the walk's), qNM a year from N to M, N and M from 1 to 9; a rate that is not given
 *             is 0
 * The lists by | are what oc_walkdata_print() writes, so that a printed walk can be read again.
 * The functions of walkdata.c (reading) and walkdata_print.c.
 */
#ifndef OC_APP_WALKDATA_H
#define OC_APP_WALKDATA_H

#include "base/buf.h"
#include "record/run.h"
#include "sim/process.h"

enum { OC_WALKDATA_REGIMES = 9, OC_WALKDATA_PRICES = 10000000 };

struct oc_walkdata_point { double years, strike, value; };     /* NaN: belongs to all */

/* Being gathered; start with oc_walkdata_init(). */
struct oc_walkdata {
    const char *part;               /* process->data; NULL: plain numbers only */
    char *file, *column;            /* owned */
    double price_dt;
    size_t nprice, ntime, nstrike, npoint, capprice, captime, capstrike, cappoint;
    double *price, *time, *strike;
    struct oc_walkdata_point *point;
    double regime_vol[OC_WALKDATA_REGIMES], regime_drift[OC_WALKDATA_REGIMES], q[OC_WALKDATA_REGIMES][OC_WALKDATA_REGIMES];
};

void oc_walkdata_init(struct oc_walkdata *d, const char *part);
void oc_walkdata_free(struct oc_walkdata *d);
/*
 * One name with its text, or with a number that belongs to years and strike (NaN: to all).  1 taken, 0 no name of this part,
 * -1.
 */
int oc_walkdata_text(struct oc_walkdata *d, const char *name, const char *text, struct oc_err *err);
int oc_walkdata_value(struct oc_walkdata *d, const char *name, double value, double years, double strike,
                      struct oc_err *err);
/* The names of a part, for messages; "" for none. */
const char *oc_walkdata_names(const char *part);
/* The same for a listing, what may be left out in brackets. */
const char *oc_walkdata_shown(const char *part);

/* Check that it is whole, read the file, and lay it out in one piece of memory, *owned. */
int oc_walkdata_build(struct oc_walkdata *d, struct oc_io *io, struct oc_simdata *out, void **owned, struct oc_err *err);
/* NAME=VALUE, ... as above, each with a comma before it. */
void oc_walkdata_print(const char *part, const struct oc_simdata *d, struct oc_buf *out);
/* ",NAME=" and the shortest text of a number. */
void oc_walkdata_print_number(struct oc_buf *out, const char *name, double v);

/* A number of n bytes; 4% is 0.04.  -1: none. */
int oc_walkdata_number(const char *s, size_t n, double *v);

#endif
