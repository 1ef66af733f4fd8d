/* oc-chain - a whole option chain from a spec: expiries, strikes, volatilities, quotes on both sides */
#include "app/chain.h"
#include "cli/prog.h"
#include "math/isa.h"

#include <math.h>

int main(int argc, char **argv)
{
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_chain_run c = { .words = { .spot = NAN, .vol = NAN, .rate = NAN, .dividend_yield = NAN },
                              .greek_units = "textbook", .dialect = "quotes" };
    struct oc_chain_words *w = &c.words;
    const struct oc_opt opts[] = {
        { "symbol", "SYMBOL", "the underlying", OC_STR(&w->symbol), .makes = true },
        { "root", "ROOT", "root of all contracts; else by settlement from the root table (SPX AM, SPXW PM)",
          OC_STR(&w->root) },
        { "spot", "PRICE", "price of the underlying", OC_NUM(&w->spot) },
        { "rate", "RATE", "zero rate, continuous, a year", OC_RATE(&w->rate) },
        { "curve", "FILE", "zero rates by expiry from curve records", OC_FILE(&w->curve), .conflicts = "rate" },
        { "dividend-yield", "RATE", "dividend yield, continuous, a year", OC_RATE(&w->dividend_yield) },
        { "dividends", "FILE", "cash dividends from dividend records, besides the yield", OC_FILE(&w->dividends) },
        { "forward", NULL, "append the forward and price by it", OC_FLAG(&w->by_forward) },

        OC_SECTION("Expiries and strikes"),
        { "schedule", "RULES", "RULE[:COUNT][@SETTLE][=LABEL] by commas: daily, weekly/fri+mon, monthly, month-last/fri, "
          "quarterly, quarter-end, leaps, year-last/fri/12, a date", OC_STR(&w->schedule) },
        { "settle", "SETTLE", "PM, AM or HH:MM, of rules that say nothing of it (default PM)", OC_STR(&w->settle) },
        { "calendar", "ID", "calendar; else that of the root, else XNYS", OC_STR(&w->calendar) },
        { "strikes", "HOW", "an interval, auto, or a listing rule: spx spxw equity weekly etf (default auto)",
          OC_STR(&w->strikes) },
        { "chain-size", "N", "strikes on each side of the one at the money (default 30)", OC_STR(&w->chain_size) },

        OC_SECTION("Volatility and quotes"),
        { "vol", "VOL", "volatility of all strikes, or at the money with --smile", OC_RATE(&w->vol) },
        { "smile", "SKEW,CURVE", "vol (1 + SKEW m + CURVE m^2), m = log(strike / spot)", OC_STR(&w->smile) },
        { "surface", "SPEC|FILE", "smile model, NAME:PARAM=VALUE,... or param records, see --list-surfaces",
          OC_STR(&w->surface), .names_file = oc_surface_is_file,
          .conflicts = "vol smile" },
        { "list-surfaces", NULL, "print the smile models and their parameters", OC_SHOW(oc_chain_surfaces) },
        { "allow-arbitrage", NULL, "take parameters that allow static arbitrage", OC_FLAG(&w->allow_arbitrage) },
        { "spread", "SPREAD", "width of quotes, or spread=, proportional=, moneyness=, tenor= by commas (default 0: a tick)",
          OC_STR(&w->spread) },
        { "ticks", "TICKS", "prices that may be quoted, such as 0.05<3,0.10 (default 0.01)", OC_STR(&w->ticks) },
        { "sizes", NULL, "append bid_size, ask_size, volume, open_interest", OC_FLAG(&w->sizes) },
        OC_SEED_OPT(&io),
        { "greeks", "none|first|all|LIST", "Greeks to append: delta gamma vega theta rho phi, all 14, or names by commas "
          "(default none)", OC_STR(&w->greeks) },
        { "greek-units", "UNITS", "textbook: per year and per 1.00; market: theta_day, vega_pct, ... instead "
          "(default textbook)", OC_CHOICE(&c.greek_units, "textbook market") },
        { "contract-symbol", NULL, "append OSI names", OC_FLAG(&c.contract_symbol) },

        OC_SECTION("OptionChain-Simulator"),
        { "spec", "FILE", "a request of OptionChain-Simulator (JSON) in place of options; options stand above it",
          OC_FILE(&w->spec), .makes = true },
        { "dialect", "LAYOUT", "quotes, or ocs: the layout of its export, one row a strike (default quotes)",
          OC_CHOICE(&c.dialect, "quotes ocs") },
        OC_IO_OPTS(&io), { 0 }
    };
    const struct oc_prog prog = { "oc-chain", "a whole option chain from a spec", opts };
    struct oc_err err = { 0 };

    int rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 0)
        rc = oc_isa_check(&err);
    if (rc == 0)
        rc = oc_chain_open(&c, &io, &err);
    if (rc == 0)
        rc = oc_chain_write(&c, &io, &err);
    oc_chain_close(&c);
    return oc_exit(&prog, rc, &err);
}
