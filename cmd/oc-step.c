/* oc-step - walk an option chain: every step is a whole chain, from a snapshot or from options */
#include "app/chain.h"
#include "app/sessioncmd.h"
#include "app/step.h"
#include "cli/prog.h"
#include "math/isa.h"

#include <math.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_instants instants = { 0 };
    struct oc_step p = { .chain = { .spot = NAN, .vol = NAN, .rate = NAN, .dividend_yield = NAN }, .clock = "calendar",
                         .stick = "delta", .greek_units = "textbook", .paths = 1, .to = UINT64_MAX, .dt = NAN, .io = &io,
                         .instants = &instants };
    struct oc_sessionwords words = { .command = NULL };
    const struct oc_opt opts[] = {
        { "model", "SPEC", "how the spot walks: NAME:PARAMETER=VALUE,..., see --list-models", OC_LIST(&p.model) },
        { "params", "FILE", "param records, or an OptionChain-Simulator request, with what --model leaves open",
          OC_FILE(&p.params) },
        { "list-models", NULL, "print the processes and their parameters", OC_SHOW(oc_walks_list) },
        { "step", "TIME", "length of a step on the clock: 1d, 4h, 30m, 15s, 1w", OC_STR(&p.step) },
        { "steps", "N", "steps to serve, 0 to N - 1; step 0 is the chain as it is", OC_U64(&p.steps) },
        { "seed", "N", "seed of the random numbers (default 1, or that of the request)", OC_STR(&p.seed) },
        { "paths", "N", "walks, one after the other (default 1)", OC_U64(&p.paths) },
        { "start", "INSTANT", "instant of step 0 (default that of the chain)", OC_STR(&p.start) },
        { "clock", "HOW",
          "calendar: every instant counts; sessions: nights, weekends and holidays are skipped "
          "(default calendar)",
          OC_CHOICE(&p.clock, "calendar sessions") },
        { "dt", "YEARS", "years that the walk moves in a step (default what passes on the clock)", OC_NUM(&p.dt) },
        { "from-step", "N", "first step to print (default 0)", OC_U64(&p.from), .neutral = true },
        { "to-step", "N", "last step to print (default the last)", OC_U64(&p.to), .neutral = true },
        { "factors", NULL, "print the factor tape alone: spot and volatility of each step", OC_FLAG(&p.factors) },
        { "stick", "TO",
          "the smile moves with the spot (delta), stays at its strikes, or is the model's own (default delta)",
          OC_CHOICE(&p.stick, "delta strike model") },
        OC_SECTION("Chain"),
        { "surface", "SPEC|FILE|column",
          "smile model with parameters, param records, or the quotes' own iv (default column "
          "where quotes are read)",
          OC_STR(&p.chain.surface), .names_file = oc_surface_is_file },
        { "list-surfaces", NULL, "print the smile models and their parameters", OC_SHOW(oc_chain_surfaces) },
        { "vol", "VOL", "volatility at the money, 0.2 or 20%", OC_RATE(&p.chain.vol) },
        { "smile", "SKEW,CURVE", "with --vol: quadratic in log-moneyness", OC_STR(&p.chain.smile) },
        { "schedule", "RULES",
          "which expiries are listed, RULE[:COUNT][@SETTLE],... (default those of the quotes, until they "
          "expire)",
          OC_STR(&p.chain.schedule) },
        { "settle", "WHEN", "PM, AM or HH:MM of rules that say nothing (default PM)", OC_STR(&p.chain.settle) },
        { "calendar", "ID", "calendar of sessions, where the quotes have none (default that of the root, else XNYS)",
          OC_STR(&p.chain.calendar) },
        { "strikes", "STEP", "interval, auto, or a listing rule (default that of the quotes, else auto)",
          OC_STR(&p.chain.strikes) },
        { "chain-size", "N", "strikes on each side of the spot (default as the quotes have, else 30)",
          OC_STR(&p.chain.chain_size) },
        { "ladder", "HOW",
          "pinned: strikes once listed stay; rolling: they go with the spot (default pinned where quotes are "
          "read, else rolling)",
          OC_CHOICE(&p.chain.ladder, "rolling pinned") },
        { "spread", "WIDTH",
          "width of the quotes: a number, or spread=, proportional=, moneyness=, tenor= by commas (default 0)",
          OC_STR(&p.chain.spread) },
        { "ticks", "TICKS", "tick sizes: 0.01, or 0.05<3,0.10 (default 0.01)", OC_STR(&p.chain.ticks) },
        { "greeks", "none|first|all|LIST", "Greeks to append (default none)", OC_STR(&p.chain.greeks) },
        { "greek-units", "UNITS",
          "textbook: per year and per 1.00; market: theta_day, vega_pct, ... instead "
          "(default textbook)",
          OC_CHOICE(&p.greek_units, "textbook market") },
        { "sizes", NULL, "append sizes, volume and open interest", OC_FLAG(&p.chain.sizes) },
        { "forward", NULL, "price by the forward, and print it", OC_FLAG(&p.chain.by_forward) },
        { "symbol", "SYM", "make the chain from options; no input is read", OC_STR(&p.chain.symbol),
          .makes = true },
        { "spec", "FILE", "make chain and walk from an OptionChain-Simulator request; no input is read",
          OC_FILE(&p.chain.spec), .makes = true },
        { "root", "ROOT", "root of the contracts, where the quotes have none (default by symbol and settlement)",
          OC_STR(&p.chain.root) },
        { "spot", "PRICE", "spot where the quotes have none", OC_NUM(&p.chain.spot) },
        { "rate", "RATE", "zero rate where the quotes have none, continuous, a year", OC_RATE(&p.chain.rate) },
        { "curve", "FILE", "rates from curve records", OC_FILE(&p.chain.curve), .conflicts = "rate" },
        { "dividend-yield", "RATE", "dividend yield where the quotes have none, continuous, a year",
          OC_RATE(&p.chain.dividend_yield) },
        { "dividends", "FILE", "cash dividends from dividend records; the spot falls by them", OC_FILE(&p.chain.dividends) },
        { "allow-arbitrage", NULL, "take smiles that have static arbitrage", OC_FLAG(&p.chain.allow_arbitrage) },
        OC_SESSION_OPTS(&words),
        OC_IO_OPTS(&io), { 0 }
    };
    const struct oc_prog prog = { "oc-step", "walk an option chain, step by step", opts };
    struct oc_err err = { 0 };

    struct oc_sessionprog *sessions = oc_sessioncmd_host(&prog, &p, &words);

    int rc = sessions ? oc_opt_parse(&prog, argc, argv, &err) : oc_fail(&err, OC_MEMORY, "no memory to begin with");
    if (rc == 0)
        rc = oc_isa_check(&err);
    if (rc == 0 && oc_sessioncmd_asked(sessions)) {
        rc = oc_sessioncmd_run(sessions, argc, argv, &err);
    } else if (rc == 0) {
        rc = oc_instants_open(&instants, &io, p.chain.calendar, &err);
        if (rc == 0)
            rc = oc_step_run(&p, &err);
    }
    oc_sessioncmd_close(sessions);
    oc_instants_close(&instants);
    return oc_exit(&prog, rc, &err);
}
