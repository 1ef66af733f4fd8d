/* mcprice - oc-mc price: contracts valued by simulation, a row each */
#ifndef OC_APP_MCPRICE_H
#define OC_APP_MCPRICE_H

#include "app/mc.h"
#include "cli/opt.h"
#include "sim/claim.h"

#include <limits.h>

struct oc_mc_price {
    struct oc_mc_words *words;
    /* where they are not given: target_stderr, seconds NaN; replicates and the counts of early exercise all bits set */
    struct oc_mc_how how;
    const char *variance;               /* --variance auto|none|LIST */
    const char *numbers;                /* --numbers pseudo|inversion|sobol */
    const char *order;                  /* --order plain|bridge|pca; NULL: not given */
    const char *greeks, *greek_units, *greeks_by;
    const char *max_dt;                 /* --max-dt */
    const char *basket;                 /* --basket FILE */
    unsigned exercise_dates;            /* --exercise-dates a year, for American */
    bool upper;                         /* --upper-bound */
};

#define OC_MC_PRICE_DEFAULT \
    .variance = "auto", .numbers = "pseudo", .greeks = "none", .greek_units = "textbook", .greeks_by = "auto", \
    .exercise_dates = 50, \
    .how = { .target_stderr = NAN, .seconds = NAN, .replicates = UINT_MAX, .basis = UINT_MAX, .fit_paths = UINT64_MAX, \
             .dual_paths = UINT64_MAX, .dual_inner = UINT_MAX }

#define OC_MC_PRICE_OPTS(p) \
    OC_SECTION("oc-mc price"), \
    { "target-stderr", "X", "paths until the standard error is X", OC_NUM(&(p)->how.target_stderr), .of = "price" }, \
    { "time", "SECONDS", "paths until the time is over; their number is in the output", OC_NUM(&(p)->how.seconds), \
      .of = "price" }, \
    { "variance", "auto|none|LIST", "variance reduction: antithetic control moments importance, by commas (default auto)", \
      OC_STR(&(p)->variance), .of = "price" }, \
    { "numbers", "KIND", "pseudo: Box-Muller; inversion; sobol: scrambled quasi-random (default pseudo)", \
      OC_CHOICE(&(p)->numbers, "pseudo inversion sobol"), .of = "price" }, \
    { "order", "ORDER", "of the Sobol dimensions (default bridge)", OC_CHOICE(&(p)->order, "plain bridge pca"), \
      .of = "price" }, \
    { "replicates", "N", "independent scramblings (default 16)", OC_UINT(&(p)->how.replicates), .of = "price" }, \
    { "multilevel", NULL, "multilevel Monte Carlo for processes that are stepped", OC_FLAG(&(p)->how.multilevel), \
      .of = "price" }, \
    { "max-dt", "STEP", "longest step of processes without an exact transition", OC_STR(&(p)->max_dt), .of = "price" }, \
    { "greeks", "none|first|all|LIST", "Greeks to append, each with its standard error (default none)", \
      OC_STR(&(p)->greeks), .of = "price" }, \
    { "greek-units", "UNITS", "textbook or market (default textbook)", OC_CHOICE(&(p)->greek_units, "textbook market"), \
      .of = "price" }, \
    { "greeks-by", "HOW", "how Greeks are estimated (default auto)", \
      OC_CHOICE(&(p)->greeks_by, "auto pathwise likelihood adjoint bump"), .of = "price" }, \
    { "basket", "FILE", "assets of baskets: symbol, spot, iv, dividend_yield, weight", OC_FILE(&(p)->basket), \
      .of = "price" }, \
    { "exercise-dates", "N", "exercise dates a year that stand for American exercise, 10 a life at least (default 50)", \
      OC_UINT(&(p)->exercise_dates), .of = "price" }, \
    { "basis", "N", "basis functions of the regression: powers of the price up to N - 1, from 2 to 12 (default 5)", \
      OC_UINT(&(p)->how.basis), .of = "price" }, \
    { "fit-paths", "N", "paths of the regression, 1024 at least (default 32768)", OC_U64(&(p)->how.fit_paths), \
      .of = "price" }, \
    { "upper-bound", NULL, "append the dual upper bound of early exercise", OC_FLAG(&(p)->upper), .of = "price" }, \
    { "dual-paths", "N", "outer paths of the upper bound, from 128, and 128 at most for each 4096 paths (default 1024)", \
      OC_U64(&(p)->how.dual_paths), .of = "price" }, \
    { "dual-inner", "N", "inner paths of the upper bound, 16 at least (default 256)", OC_UINT(&(p)->how.dual_inner), \
      .of = "price" }

int oc_mc_price(struct oc_mc_price *p, struct oc_err *err);

#endif
