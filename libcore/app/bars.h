/*
 * bars - ticks, or finer bars, to bars of any number of kinds in one pass (oc-bars).
 *
 * Rows are put in groups by symbol within each batch; a group is a run (barrun.h) that every builder goes through in turn,
 * so the inner loops see one symbol and one kind.  Bars leave in the order of the records that close them, then by their
 * end, by the order of kinds on the command line.  What is open between two batches is in struct oc_barsymbol, and nothing
 * else is: so no figure depends on how the input was cut.
 */
#ifndef OC_APP_BARS_H
#define OC_APP_BARS_H

#include "app/barclock.h"
#include "app/barsymbol.h"
#include "app/barwhose.h"
#include "app/instants.h"
#include "record/run.h"
#include "record/symtab.h"

#include <stdio.h>

enum oc_barprice { OC_BARPRICE_TRADE, OC_BARPRICE_MID, OC_BARPRICE_BID, OC_BARPRICE_ASK };
enum oc_barsign { OC_BARSIGN_AUTO, OC_BARSIGN_SIDE, OC_BARSIGN_LEE_READY, OC_BARSIGN_TICK };

struct oc_bars {
    /* set by the program, or by oc_barsopts_open from the words */
    struct oc_io *io;
    struct oc_instants *instants;
    const char *align, *hours, *price_word, *sign_word;
    const char *interval;               /* of finer bars that do not say theirs */
    const char *state;                  /* --state FILE */
    int state_fd;                       /* of what was there, locked until the end; -1 there was nothing */
    bool last;                          /* --last */
    bool fill, no_partial;
    uint64_t metadata;                  /* 0, 1 columns of ticks, 2 and 3 figures of bars */
    double round_lot;
    const char *vpin, *delay;           /* words of --vpin and --delay */
    struct oc_barfactopts facts;
    const char *adjust_path, *adjust_as, *jumps_path;   /* --adjust, --adjust-as, --detect-jumps */
    struct oc_baradjust *adjust;
    struct oc_barjumps jumps;
    struct oc_side *jumps_side;
    bool factor_column;                 /* --adjust-as factor */
    /* found */
    struct oc_barspecs specs;
    struct oc_barclock clock;
    enum oc_barprice price;
    enum oc_barsign sign;
    bool finer;                         /* the input is bars */
    bool begun, has_symbol, has_size, has_quote, ended;
    bool needs_size;                    /* of the kinds asked for, one */
    bool has_trades, has_sides, has_money;      /* finer bars */
    int64_t covered_from, covered_to;   /* instants that the calendar knows */
    int64_t minute;                     /* part of the day of the minute seen last */
    enum oc_barpart minute_part;
    struct oc_barwhose whose;
    struct oc_symtab names;
    size_t nsymbol, capsymbol;
    struct oc_barsymbol **symbol;
    struct oc_dict *dict;               /* of the names, when it is of all */
    uint32_t ndict;
    struct oc_dict *intervals, *parts, *regimes;
    struct oc_barrows rows;
    uint64_t left_out;                  /* ticks outside --hours */
};

/* The symbol of that name, made when it is new; NULL without memory. */
struct oc_barsymbol *oc_bars_symbol(struct oc_bars *b, const char *name, size_t n, struct oc_err *err);
/* The run, and the state file after it. */
int oc_bars_run(struct oc_bars *b, struct oc_err *err);
void oc_bars_close(struct oc_bars *b);

#endif
