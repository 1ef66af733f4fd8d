/* oc-mc - Monte Carlo: values, paths, profit and loss, resampled trade logs; shards and their merge */
#include "app/mcmerge.h"
#include "app/mcpaths.h"
#include "app/mcpnl.h"
#include "app/mcprice.h"
#include "app/mctrades.h"
#include "cli/prog.h"
#include "math/isa.h"

#include <limits.h>
#include <math.h>
#include <string.h>

int main(int argc, char **argv)
{
    const char *command = NULL, *shard = NULL;
    uint64_t npaths = UINT64_MAX, ntrades = UINT64_MAX;      /* not given */
    struct oc_words model = { 0 }, corr = { 0 };
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_instants instants = { 0 };
    struct oc_figures figures = { 0 };
    struct oc_mc_words w = { .spot = NAN, .rate = NAN, .dividend_yield = NAN, .confidence = 0.95, .io = &io,
                             .instants = &instants, .figures = &figures };
    struct oc_mc_price price = { .words = &w, .variance = "auto", .numbers = "pseudo", .greeks = "none",
                                 .greek_units = "textbook", .greeks_by = "auto", .exercise_dates = 50,
                                 .how = { .target_stderr = NAN, .seconds = NAN, .replicates = UINT_MAX, .basis = UINT_MAX,
                                          .fit_paths = UINT64_MAX, .dual_paths = UINT64_MAX, .dual_inner = UINT_MAX } };
    struct oc_mc_paths paths = { .words = &w };
    struct oc_mc_pnl pnl = { .words = &w, .stick = "strike", .multiplier = NAN };
    struct oc_mc_trades trades = { .words = &w, .method = "stationary", .block = NAN, .initial_balance = NAN, .ruin = NAN,
                                   .multiplier = NAN };
    const struct oc_opt opts[] = {
        { "price", "[FILE ...]", "value contracts by simulation", OC_COMMAND(&command), .max = 255 },
        { "paths", NULL, "write the walks themselves", OC_COMMAND(&command), .max = 0 },
        { "pnl", "[FILE ...]", "profit and loss of a book at a horizon, the market on the input", OC_COMMAND(&command),
          .max = 255 },
        { "trades", "[FILE ...]", "resample a trade log", OC_COMMAND(&command), .max = 255 },
        { "merge", "FILE ...", "one run from its shards, to the same bytes", OC_COMMAND(&command), .min = 1, .max = 255 },

        OC_SECTION("Model"),
        { "model", "SPEC", "process of an underlying, NAME[:PARAM=VALUE,...][@SYMBOL]; repeated for several, see --list-models",
          OC_LIST(&model), .of = "price paths pnl" },
        { "list-models", NULL, "print the processes and their parameters", OC_SHOW(oc_walks_list) },
        { "params", "FILE", "parameters that the spec leaves open: param records, or an OptionChain-Simulator request",
          OC_FILE(&w.walk.params), .of = "price paths pnl" },
        { "corr", "A,B=RHO", "correlation of two underlyings; repeated", OC_LIST(&corr), .of = "price paths pnl" },
        { "spot", "PRICE", "spot where the input has none", OC_NUM(&w.spot), .of = "price paths pnl" },
        { "rate", "RATE", "zero rate where the input has none, continuous, a year", OC_RATE(&w.rate), .of = "price paths pnl" },
        { "dividend-yield", "RATE", "dividend yield where the input has none", OC_RATE(&w.dividend_yield), .of = "price paths pnl" },
        { "calendar", "ID", "calendar of rows that name none and whose root is not listed", OC_STR(&w.calendar), .of = "price pnl" },
        { "day-count", "COUNT", "years between two instants (default act/365)",
          OC_CHOICE(&w.day_count, "act/365 act/360 act/365.25 act/act 30/360 bus/252"), .of = "price pnl" },

        OC_SECTION("Simulation"),
        { "paths", "N", "paths (default: trades 10000, pnl 100000; price and paths must be told)", OC_U64(&npaths) },
        { "dt", "STEP", "length of a step: 1d 6h 30m 15s of 365-day years, or years (1/252)", OC_STR(&w.step), .of = "price paths pnl" },
        { "antithetic", NULL, "paths in pairs of opposite normals", OC_FLAG(&w.antithetic), .of = "price paths pnl" },
        { "confidence", "P", "of intervals (default 0.95)", OC_NUM(&w.confidence), .of = "price pnl trades" },
        OC_SEED_OPT(&io),
        { "shard", "I/N", "compute the I-th of N parts (from 1) and write its figures for oc-mc merge", OC_STR(&shard),
          .neutral = true },
        { "after", "PATHS", "with --shard: an earlier run has these, compute those beyond", OC_U64(&figures.after),
          .neutral = true },

        OC_SECTION("oc-mc price"),
        { "target-stderr", "X", "paths until the standard error is X", OC_NUM(&price.how.target_stderr), .of = "price" },
        { "time", "SECONDS", "paths until the time is over; their number is in the output", OC_NUM(&price.how.seconds),
          .of = "price" },
        { "variance", "auto|none|LIST", "variance reduction: antithetic control moments importance, by commas (default auto)",
          OC_STR(&price.variance), .of = "price" },
        { "numbers", "KIND", "pseudo: Box-Muller; inversion; sobol: scrambled quasi-random (default pseudo)",
          OC_CHOICE(&price.numbers, "pseudo inversion sobol"), .of = "price" },
        { "order", "ORDER", "of the Sobol dimensions (default bridge)", OC_CHOICE(&price.order, "plain bridge pca"),
          .of = "price" },
        { "replicates", "N", "independent scramblings (default 16)", OC_UINT(&price.how.replicates), .of = "price" },
        { "multilevel", NULL, "multilevel Monte Carlo for processes that are stepped", OC_FLAG(&price.how.multilevel),
          .of = "price" },
        { "max-dt", "STEP", "longest step of processes without an exact transition", OC_STR(&price.max_dt), .of = "price" },
        { "greeks", "none|first|all|LIST", "Greeks to append, each with its standard error (default none)",
          OC_STR(&price.greeks), .of = "price" },
        { "greek-units", "UNITS", "textbook or market (default textbook)", OC_CHOICE(&price.greek_units, "textbook market"),
          .of = "price" },
        { "greeks-by", "HOW", "how Greeks are estimated (default auto)",
          OC_CHOICE(&price.greeks_by, "auto pathwise likelihood adjoint bump"), .of = "price" },
        { "basket", "FILE", "assets of baskets: symbol, spot, iv, dividend_yield, weight", OC_FILE(&price.basket),
          .of = "price" },
        { "exercise-dates", "N", "exercise dates a year that stand for American exercise, 10 a life at least (default 50)",
          OC_UINT(&price.exercise_dates), .of = "price" },
        { "basis", "N", "basis functions of the regression: powers of the price up to N - 1, from 2 to 12 (default 5)",
          OC_UINT(&price.how.basis), .of = "price" },
        { "fit-paths", "N", "paths of the regression, 1024 at least (default 32768)", OC_U64(&price.how.fit_paths), .of = "price" },
        { "upper-bound", NULL, "append the dual upper bound of early exercise", OC_FLAG(&price.upper), .of = "price" },
        { "dual-paths", "N", "outer paths of the upper bound, from 128, and 128 at most for each 4096 paths (default 1024)",
          OC_U64(&price.how.dual_paths), .of = "price" },
        { "dual-inner", "N", "inner paths of the upper bound, 16 at least (default 256)", OC_UINT(&price.how.dual_inner), .of = "price" },

        OC_SECTION("oc-mc paths"),
        { "steps", "N", "steps of a walk", OC_U64(&paths.steps), .of = "paths" },
        { "path-range", "A..B", "only these paths, B not included", OC_STR(&paths.path_range), .of = "paths" },
        { "step-range", "A..B", "only these steps, B not included", OC_STR(&paths.step_range), .of = "paths" },

        OC_SECTION("oc-mc pnl"),
        { "legs", "FILE", "the book: leg records", OC_FILE(&pnl.legs), .of = "pnl" },
        { "leg", "LEG", "a leg QTY:CONTRACT[@PRICE]; repeated", OC_LIST(&pnl.leg), .of = "pnl" },
        { "horizon", "TIME", "when the profit is taken: 10d, or an instant", OC_STR(&pnl.horizon), .of = "pnl" },
        { "stick", "HOW", "volatilities stay by strike or by delta (default strike)", OC_CHOICE(&pnl.stick, "strike delta"),
          .of = "pnl" },
        { "levels", "LIST", "quantiles by commas; those from 0.9 on are levels of VaR and ES too "
          "(default 0.01,0.05,0.25,0.5,0.75,0.95,0.99)", OC_STR(&pnl.levels), .of = "pnl" },
        { "multiplier", "X", "units a contract, where nothing else says it", OC_NUM(&pnl.multiplier),
          .of = "pnl trades" },
        { "as-european", NULL, "legs of American and Bermudan style count as European", OC_FLAG(&pnl.european), .of = "pnl" },

        OC_SECTION("oc-mc trades"),
        { "method", "HOW", "how trades are drawn (default stationary)",
          OC_CHOICE(&trades.method, "permutation bootstrap stationary block"), .of = "trades" },
        { "block", "N", "(mean) length of a block", OC_NUM(&trades.block), .of = "trades" },
        { "initial-balance", "MONEY", "balance before the first trade", OC_NUM(&trades.initial_balance), .of = "trades" },
        { "rules", "FILE", "trading rules; a name without / is one that ships", OC_STR(&trades.rules), .of = "trades" },
        { "rule", "NAME=VALUE", "one rule; repeated", OC_LIST(&trades.rule), .of = "trades" },
        { "ruin", "DRAWDOWN", "drawdown that counts as ruin, a fraction", OC_RATE(&trades.ruin), .of = "trades" },
        { "trades", "N", "trades of a resampled log (default as many as there are)", OC_U64(&ntrades), .of = "trades" },
        OC_IO_OPTS(&io), { 0 }
    };
    const struct oc_prog prog = { "oc-mc", "Monte Carlo values, paths, profit and loss, trade logs", opts };
    struct oc_err err = { 0 };
    struct oc_rerun rerun = { 0 };

    const int words = argc;
    char **const word = argv;
    int rc = oc_mc_merge(&rerun, &prog, &argc, &argv, &figures, &err);
    if (rc == 0)
        rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 0)
        rc = oc_isa_check(&err);
    if (rc == 0 && figures.mode == OC_FIGURES_MERGE)
        rc = oc_mc_merge_record(&prog, words, word, &io, &err);
    if (rc == 0 && !command)
        rc = oc_fail(&err, OC_USAGE, "say what to do: price, paths, pnl, trades or merge; see oc-mc --help");
    if (rc == 0 && (npaths == 0 || ntrades == 0))
        rc = oc_fail(&err, OC_USAGE, "--%s: 0 of them say nothing", npaths == 0 ? "paths" : "trades");
    w.paths = npaths == UINT64_MAX ? 0 : npaths;
    trades.trades = ntrades == UINT64_MAX ? 0 : ntrades;
    if (rc == 0 && figures.after && !shard)
        rc = oc_fail(&err, OC_USAGE, "--after goes with --shard: of a run in one piece nothing is there yet");
    if (rc == 0)
        rc = oc_instants_open(&instants, &io, w.calendar, &err);
    if (rc == 0 && shard)
        rc = oc_mc_shard(&rerun, &prog, shard, argc, argv, strcmp(command, "paths") != 0, w.paths, &io, &figures, &err);
    w.walk.nmodel = model.n;
    w.walk.model = model.word;
    w.walk.ncorr = corr.n;
    w.walk.corr = corr.word;
    if (rc == 0 && strcmp(command, "price") == 0)
        rc = oc_mc_price(&price, &err);
    else if (rc == 0 && strcmp(command, "paths") == 0)
        rc = oc_mc_paths(&paths, &err);
    else if (rc == 0 && strcmp(command, "pnl") == 0)
        rc = oc_mc_pnl(&pnl, &err);
    trades.multiplier = pnl.multiplier;
    if (rc == 0 && strcmp(command, "trades") == 0)
        rc = oc_mc_trades(&trades, &err);
    if (rc == 0 && shard)
        rc = oc_mc_shard_write(&rerun, &io, &figures, &err);
    oc_rerun_close(&rerun);
    oc_figures_free(&figures);
    oc_instants_close(&instants);
    return oc_exit(&prog, rc, &err);
}
