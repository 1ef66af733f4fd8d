/*
 * resample - a trade log drawn again: permutations and bootstraps of its fractional returns, block by block.
 *
 * Trade k of a path falls on the day of trade k of the log (beyond its end the rhythm begins anew), so rules by day have
 * the log's own pace; what is drawn is which trade stands there.  Draws are addressed by (seed, path, number) of stream
 * OC_STREAM(0, OC_FOR_OTHER): number k for bootstrap, permutation and block; 2k and 2k + 1 for stationary.
 *   permutation   the log's trades in another order (Fisher and Yates), without repetition
 *   bootstrap     each trade by itself, with repetition
 *   stationary    runs of the log, circular, of geometric length with mean `block` (Politis and Romano, 1994)
 *   block         runs of the log, circular, of length `block`
 */
#ifndef OC_RISK_RESAMPLE_H
#define OC_RISK_RESAMPLE_H

#include "base/err.h"
#include "risk/rules.h"

#include <stddef.h>
#include <stdint.h>

enum oc_resample_how { OC_PERMUTATION, OC_BOOTSTRAP, OC_STATIONARY, OC_BLOCKS };

/* A log in the order of closing. */
struct oc_tradelog {
    size_t n;
    double *ret;            /* pnl_net / balance before */
    double *risk;           /* share of the balance at risk; NaN: not known */
    int64_t *day;           /* since 1970, ascending */
    double years;           /* from the first opening to the last closing, > 0 */
};

struct oc_resample {
    const struct oc_tradelog *log;
    const struct oc_rules *rules;       /* NULL: none */
    enum oc_resample_how how;
    double block;
    size_t trades;                      /* of a path */
    double ruin;                        /* drawdown that counts as ruin; NaN: none */
    uint64_t seed;
};

/* What is kept of a path, in this order. */
enum oc_path_figure {
    OC_PATH_RETURN,         /* balance at the end - 1 */
    OC_PATH_DRAWDOWN, OC_PATH_LOSING,           /* largest fall; longest run of losses */
    OC_PATH_SHARPE, OC_PATH_SORTINO, OC_PATH_CALMAR,    /* NaN: none */
    OC_PATH_OUTCOME,        /* enum oc_verdict + 8 * enum oc_breach */
    OC_PATH_DAYS,           /* days with a trade until the verdict */
    OC_PATH_TRADES,         /* trades until the verdict */
    OC_PATH_RUIN,           /* 1: drawdown of `ruin` or more was seen */
    OC_PATH_FIGURES
};

/* OC_USAGE: a block length or a number of trades that the method cannot have. */
int oc_resample_check(const struct oc_resample *r, struct oc_err *err);
/* Paths first .. first + n - 1: figures[j * OC_PATH_FIGURES + f]. */
int oc_resample_paths(const struct oc_resample *r, uint64_t first, size_t n, double *figures, struct oc_err *err);
/* Have n paths that came from elsewhere outcomes that there are?  Who counts them goes by their numbers. */
bool oc_resample_is_sound(size_t n, const double *figures);

#endif
