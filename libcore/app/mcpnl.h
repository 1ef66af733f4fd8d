/*
 * mcpnl - oc-mc pnl: the distribution of a book's profit at a horizon.
 *
 * The market is the main input (bookmarket.h), the book --legs and --leg (legs.h), the walk --model; pnlsim.h says how a leg
 * is revalued and tail.h what the figures are.  Stat records: value (the book's worth now), mean, sd, quantile, var, es (of
 * the book, and with leg_id the leg's share in it), prob_profit, prob_touch of each option's strike.
 */
#ifndef OC_APP_MCPNL_H
#define OC_APP_MCPNL_H

#include "app/mc.h"
#include "cli/opt.h"

struct oc_mc_pnl {
    struct oc_mc_words *words;
    const char *legs;                       /* --legs FILE */
    struct oc_words leg;                    /* --leg TEXT, repeated */
    const char *horizon;                    /* --horizon 10d | INSTANT */
    const char *stick;                      /* --stick strike|delta */
    const char *levels;                     /* --levels LIST of quantiles; VaR and ES at those from 0.9 on */
    bool european;                          /* --as-european: legs of other styles too */
};

#define OC_MC_PNL_OPTS(p) \
    OC_SECTION("oc-mc pnl"), \
    { "legs", "FILE", "the book: leg records", OC_FILE(&(p)->legs), .of = "pnl" }, \
    { "leg", "LEG", "a leg QTY:CONTRACT[@PRICE]; repeated", OC_LIST(&(p)->leg), .of = "pnl" }, \
    { "horizon", "TIME", "when the profit is taken: 10d, or an instant", OC_STR(&(p)->horizon), .of = "pnl" }, \
    { "stick", "HOW", "volatilities stay by strike or by delta (default strike)", OC_CHOICE(&(p)->stick, "strike delta"), \
      .of = "pnl" }, \
    { "levels", "LIST", "quantiles by commas; those from 0.9 on are levels of VaR and ES too " \
      "(default 0.01,0.05,0.25,0.5,0.75,0.95,0.99)", OC_STR(&(p)->levels), .of = "pnl" }, \
    { "multiplier", "X", "units a contract, where nothing else says it", OC_NUM(&(p)->words->multiplier), \
      .of = "pnl trades" }, \
    { "as-european", NULL, "legs of American and Bermudan style count as European", OC_FLAG(&(p)->european), .of = "pnl" }

int oc_mc_pnl(struct oc_mc_pnl *p, struct oc_err *err);

#endif
