/*
 * mc - what the commands of oc-mc share: the options of a simulation, and where its figures come from and go to.
 */
#ifndef OC_APP_MC_H
#define OC_APP_MC_H

#include "app/figures.h"
#include "app/instants.h"
#include "app/params.h"
#include "cli/io_opts.h"
#include "record/run.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

struct oc_mc_words {
    struct oc_walk_words walk;              /* --model --params --corr */
    double spot, rate, dividend_yield;      /* NaN: not given */
    const char *calendar, *day_count;
    struct oc_words model, corr;            /* as they come; walk points to them when they are settled */
    uint64_t npaths;                        /* --paths; all bits set: not given */
    uint64_t paths;                         /* the same, 0 where it is not given */
    const char *shard;                      /* --shard */
    double confidence;                      /* --confidence */
    const char *step;                       /* --dt: years, or 1d 1h 30m */
    bool antithetic;
    double multiplier;                      /* --multiplier; NaN: not given */
    struct oc_io *io;
    struct oc_instants *instants;
    struct oc_figures *figures;             /* computed here, in part for a shard, or read from shards */
};

#define OC_MC_WORDS_DEFAULT \
    .spot = NAN, .rate = NAN, .dividend_yield = NAN, .confidence = 0.95, .multiplier = NAN, .npaths = UINT64_MAX

/* The rows that the commands share: of the model, and of the simulation. */
#define OC_MC_OPTS(w) \
    OC_SECTION("Model"), \
    { "model", "SPEC", \
      "process of an underlying, NAME[:PARAM=VALUE,...][@SYMBOL]; repeated for several, see --list-models", \
      OC_LIST(&(w)->model), .of = "price paths pnl" }, \
    { "list-models", NULL, "print the processes and their parameters", OC_SHOW(oc_walks_list) }, \
    { "params", "FILE", "parameters that the spec leaves open: param records, or an OptionChain-Simulator request", \
      OC_FILE(&(w)->walk.params), .of = "price paths pnl" }, \
    { "corr", "A,B=RHO", "correlation of two underlyings; repeated", OC_LIST(&(w)->corr), .of = "price paths pnl" }, \
    { "spot", "PRICE", "spot where the input has none", OC_NUM(&(w)->spot), .of = "price paths pnl" }, \
    { "rate", "RATE", "zero rate where the input has none, continuous, a year", OC_RATE(&(w)->rate), \
      .of = "price paths pnl" }, \
    { "dividend-yield", "RATE", "dividend yield where the input has none", OC_RATE(&(w)->dividend_yield), \
      .of = "price paths pnl" }, \
    { "calendar", "ID", "calendar of rows that name none and whose root is not listed", OC_STR(&(w)->calendar), \
      .of = "price pnl" }, \
    { "day-count", "COUNT", "years between two instants (default act/365)", \
      OC_CHOICE(&(w)->day_count, "act/365 act/360 act/365.25 act/act 30/360 bus/252"), .of = "price pnl" }, \
    OC_SECTION("Simulation"), \
    { "paths", "N", "paths (default: trades 10000, pnl 100000; price and paths must be told)", OC_U64(&(w)->npaths) }, \
    { "dt", "STEP", "length of a step: 1d 6h 30m 15s of 365-day years, or years (1/252)", OC_STR(&(w)->step), \
      .of = "price paths pnl" }, \
    { "antithetic", NULL, "paths in pairs of opposite normals", OC_FLAG(&(w)->antithetic), .of = "price paths pnl" }, \
    { "confidence", "P", "of intervals (default 0.95)", OC_NUM(&(w)->confidence), .of = "price pnl trades" }, \
    OC_SEED_OPT((w)->io), \
    { "shard", "I/N", "compute the I-th of N parts (from 1) and write its figures for oc-mc merge", OC_STR(&(w)->shard), \
      .neutral = true }, \
    { "after", "PATHS", "with --shard: an earlier run has these, compute those beyond", OC_U64(&(w)->figures->after), \
      .neutral = true }

/* What only all words together show: OC_USAGE.  Sets walk and paths. */
int oc_mc_settle(struct oc_mc_words *w, struct oc_err *err);

/* "1d", "6h", "30m", "15s", "0.004" (years), "1/252" in years of 365 days; OC_USAGE where the text is none. */
int oc_mc_duration(const char *option, const char *text, double *years, struct oc_err *err);

#endif
