/* oc-bars - ticks, or finer bars, to bars of any kinds in one pass */
#include "app/barsopts.h"
#include "cli/prog.h"
#include "math/isa.h"

int main(int argc, char **argv)
{
    const char *calendar = NULL;
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_instants instants = { 0 };
    struct oc_bars bars = { .io = &io, .instants = &instants, .hours = "all", .price_word = "trade", .sign_word = "auto",
                            .round_lot = 100, .jumps.tolerance = 0.03 };
    struct oc_barask time = { &bars, &oc_barkind_time }, tick = { &bars, &oc_barkind_tick },
                     volume = { &bars, &oc_barkind_volume }, dollar = { &bars, &oc_barkind_dollar },
                     range = { &bars, &oc_barkind_range }, renko = { &bars, &oc_barkind_renko },
                     ticks_off = { &bars, &oc_barkind_tick_imbalance }, volume_off = { &bars, &oc_barkind_volume_imbalance };
    const struct oc_opt opts[] = {
        OC_SECTION("Bars, any number of each"),
        { "every", "TIME,...", "bars of time: seconds, minutes, hours that divide a day, 1d, 1w",
          OC_CALL(oc_barsopts_ask, &time), .repeats = true },
        { "tick", "N,...", "bars of N ticks", OC_CALL(oc_barsopts_ask, &tick), .repeats = true },
        { "volume", "N,...", "bars of a volume of N or more", OC_CALL(oc_barsopts_ask, &volume), .repeats = true },
        { "dollar", "N,...", "bars of money, price times size, of N or more", OC_CALL(oc_barsopts_ask, &dollar),
          .repeats = true },
        { "range", "X,...", "bars whose high - low reaches X", OC_CALL(oc_barsopts_ask, &range), .repeats = true },
        { "renko", "X,...", "bricks of height X", OC_CALL(oc_barsopts_ask, &renko), .repeats = true },
        { "tick-imbalance", "N|ewma[:N[:LOW:HIGH]],...",
          "bars of N ticks more on one side than on the other, or as many as is expected; "
          "ewma:N begins with a bar of N ticks (100); LOW:HIGH holds the expected number of ticks",
          OC_CALL(oc_barsopts_ask, &ticks_off), .repeats = true },
        { "volume-imbalance", "N|ewma[:N[:LOW:HIGH]],...", "the same of the volume", OC_CALL(oc_barsopts_ask, &volume_off),
          .repeats = true },
        { "list-kinds", NULL, "print the kinds of bars", OC_SHOW(oc_barsopts_list) },
        OC_SECTION("Ticks"),
        { "price", "OF", "what bars are of: trades, or quotes by mid, bid or ask (default trade)",
          OC_CHOICE(&bars.price_word, "trade mid bid ask") },
        { "classify", "HOW", "who began a trade: auto is side where the row has one, else lee-ready (default auto)",
          OC_CHOICE(&bars.sign_word, "auto side lee-ready tick") },
        { "interval", "TIME", "length of the bars that are read, where they do not say it", OC_STR(&bars.interval) },
        OC_SECTION("Time"),
        { "calendar", "ID", "sessions: a day is a session, and bars of time begin with it", OC_STR(&calendar) },
        { "align", "TO",
          "session: bars of time count from the opening; clock: from midnight (default session with --calendar)",
          OC_CHOICE(&bars.align, "session clock") },
        { "hours", "WHICH", "ticks that count, with --calendar: all, extended or regular (default all)",
          OC_CHOICE(&bars.hours, "all extended regular") },
        { "fill", NULL, "write bars of time without ticks too, flat at the last price; with --calendar in sessions",
          OC_FLAG(&bars.fill) },
        { "no-partial", NULL, "leave out the bars that the end of the input finds open", OC_FLAG(&bars.no_partial) },
        OC_SECTION("Metadata"),
        { "metadata", "TIER",
          "1: append spread, sign, return and the like to ticks; 2: spread, execution and classification of each bar; "
          "3: toxicity, impact and variance too",
          OC_U64(&bars.metadata) },
        { "round-lot", "SIZE", "smaller trades are odd lots (default 100)", OC_NUM(&bars.round_lot) },
        { "vpin", "V[:N]", "with --metadata 3: VPIN over N buckets of volume V (default N 50)", OC_STR(&bars.vpin) },
        { "delay", "TIME", "with --metadata 3: of the realised spread (default 5m)", OC_STR(&bars.delay) },
        OC_SECTION("Splits and dividends"),
        { "adjust", "FILE", "dividend records: prices and sizes before an ex-date as if after it",
          OC_FILE(&bars.adjust_path) },
        { "adjust-as", "WHAT", "prices: adjusted before bars are made; factor: a column adj_factor (default prices)",
          OC_CHOICE(&bars.adjust_as, "prices factor") },
        { "detect-jumps", "FILE", "write check records of days that look like a split which nobody adjusted for",
          OC_FILE(&bars.jumps_path) },
        { "jump-tolerance", "SHARE", "how near to a simple fraction (default 3%)", OC_RATE(&bars.jumps.tolerance) },
        OC_SECTION("Parts of a stream"),
        { "state", "FILE", "go on from there, and leave there what the next part goes on from; open bars are not written",
          OC_FILE(&bars.state) },
        { "last", NULL, "this is the last part: write the open bars too", OC_FLAG(&bars.last), .neutral = true },
        OC_IO_OPTS(&io),
        { 0 }
    };
    const struct oc_prog prog = { "oc-bars", "bars of any kinds from ticks or finer bars", opts };
    struct oc_err err = { 0 };

    int rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 0)
        rc = oc_isa_check(&err);
    if (rc == 0)
        rc = oc_instants_open(&instants, &io, calendar, &err);
    if (rc == 0)
        rc = oc_barsopts_open(&bars, &err);
    if (rc == 0)
        rc = oc_bars_run(&bars, &err);
    oc_bars_close(&bars);
    oc_instants_close(&instants);
    return oc_exit(&prog, rc, &err);
}
