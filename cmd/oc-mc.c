/* oc-mc - Monte Carlo: values, paths, profit and loss, resampled trade logs; shards and their merge */
#include "app/mcmerge.h"
#include "app/mcpaths.h"
#include "app/mcpnl.h"
#include "app/mcprice.h"
#include "app/mctrades.h"
#include "cli/prog.h"
#include "math/isa.h"

#include <string.h>

int main(int argc, char **argv)
{
    const char *command = NULL;
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_instants instants = { 0 };
    struct oc_figures figures = { 0 };
    struct oc_mc_words w = { OC_MC_WORDS_DEFAULT, .io = &io, .instants = &instants, .figures = &figures };
    struct oc_mc_price price = { OC_MC_PRICE_DEFAULT, .words = &w };
    struct oc_mc_paths paths = { .words = &w };
    struct oc_mc_pnl pnl = { .words = &w, .stick = "strike" };
    struct oc_mc_trades trades = { OC_MC_TRADES_DEFAULT, .words = &w };
    const struct oc_opt opts[] = {
        { "price", "[FILE ...]", "value contracts by simulation", OC_COMMAND(&command), .max = 255 },
        { "paths", NULL, "write the walks themselves", OC_COMMAND(&command), .max = 0 },
        { "pnl", "[FILE ...]", "profit and loss of a book at a horizon, the market on the input", OC_COMMAND(&command),
          .max = 255 },
        { "trades", "[FILE ...]", "resample a trade log", OC_COMMAND(&command), .max = 255 },
        { "merge", "FILE ...", "one run from its shards, to the same bytes", OC_COMMAND(&command), .min = 1, .max = 255 },
        OC_MC_OPTS(&w), OC_MC_PRICE_OPTS(&price), OC_MC_PATHS_OPTS(&paths), OC_MC_PNL_OPTS(&pnl), OC_MC_TRADES_OPTS(&trades),
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
    if (rc == 0)
        rc = oc_mc_settle(&w, &err);
    if (rc == 0)
        rc = oc_instants_open(&instants, &io, w.calendar, &err);
    if (rc == 0 && w.shard)
        rc = oc_mc_shard(&rerun, &prog, w.shard, argc, argv, strcmp(command, "paths") != 0, w.paths, &io, &figures, &err);
    if (rc == 0 && strcmp(command, "price") == 0)
        rc = oc_mc_price(&price, &err);
    else if (rc == 0 && strcmp(command, "paths") == 0)
        rc = oc_mc_paths(&paths, &err);
    else if (rc == 0 && strcmp(command, "pnl") == 0)
        rc = oc_mc_pnl(&pnl, &err);
    else if (rc == 0)
        rc = oc_mc_trades(&trades, &err);
    if (rc == 0 && w.shard)
        rc = oc_mc_shard_write(&rerun, &io, &figures, &err);
    oc_rerun_close(&rerun);
    oc_figures_free(&figures);
    oc_instants_close(&instants);
    return oc_exit(&prog, rc, &err);
}
