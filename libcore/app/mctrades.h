/* mctrades - oc-mc trades: a trade log resampled */
#ifndef OC_APP_MCTRADES_H
#define OC_APP_MCTRADES_H

#include "app/mc.h"
#include "cli/opt.h"

struct oc_mc_trades {
    struct oc_mc_words *words;
    const char *method;                     /* --method permutation|bootstrap|stationary|block */
    double block;                           /* --block: (mean) length */
    double initial_balance;                 /* NaN: not given */
    const char *rules;                      /* --rules FILE or a name that ships */
    struct oc_words rule;                   /* --rule NAME=VALUE, repeated */
    double ruin;                            /* --ruin: drawdown that counts as ruin, a fraction */
    uint64_t ntrades;                       /* --trades: length of a resampled log; all bits set: as many as there are */
};

/* Is that text of --rules a path, rather than the name of rules that ship? */
bool oc_mc_trades_is_file(const char *rules);

#define OC_MC_TRADES_DEFAULT \
    .method = "stationary", .block = NAN, .initial_balance = NAN, .ruin = NAN, .ntrades = UINT64_MAX

#define OC_MC_TRADES_OPTS(t) \
    OC_SECTION("oc-mc trades"), \
    { "method", "HOW", "how trades are drawn (default stationary)", \
      OC_CHOICE(&(t)->method, "permutation bootstrap stationary block"), .of = "trades" }, \
    { "block", "N", "(mean) length of a block", OC_NUM(&(t)->block), .of = "trades" }, \
    { "initial-balance", "MONEY", "balance before the first trade", OC_NUM(&(t)->initial_balance), .of = "trades" }, \
    { "rules", "FILE", "trading rules; a name without / and . is one that ships", OC_STR(&(t)->rules), \
      .names_file = oc_mc_trades_is_file, .of = "trades" }, \
    { "rule", "NAME=VALUE", "one rule; repeated", OC_LIST(&(t)->rule), .of = "trades" }, \
    { "ruin", "DRAWDOWN", "drawdown that counts as ruin, a fraction", OC_RATE(&(t)->ruin), .of = "trades" }, \
    { "trades", "N", "trades of a resampled log (default as many as there are)", OC_U64(&(t)->ntrades), .of = "trades" }

int oc_mc_trades(struct oc_mc_trades *t, struct oc_err *err);

#endif
