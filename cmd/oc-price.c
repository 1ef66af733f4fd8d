/* oc-price - append value, Greeks and implied volatility to every option */
#include "app/price.h"
#include "cli/prog.h"
#include "math/isa.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Ids of the data that values depend on, for the metadata. */
static void note(struct oc_io *io, const struct oc_roots *roots, char *buf, size_t size)
{
    snprintf(buf, size, "roots=%s%s%s", oc_root_version(roots), io->notes ? " " : "", io->notes ? io->notes : "");
    io->notes = buf;
}

int main(int argc, char **argv)
{
    const char *model = "auto", *greeks = "none", *units = "textbook", *delta = "spot", *day_count = "act/365";
    const char *curve = NULL, *accuracy = "full", *sides = NULL;
    bool price = false;
    char notes[400];
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_instants instants = { 0 };
    struct oc_roots *roots = NULL;
    struct oc_price p = { .terms = { .instants = &instants, .lock = PTHREAD_MUTEX_INITIALIZER }, .price_from = "mid",
                          .vol_from = "iv", .spot = NAN, .forward = NAN, .rate = NAN, .dividend_yield = NAN };
    const struct oc_opt opts[] = {
        { "model", "SPEC", "pricing model, see --list-models; auto is bsm for style E (default auto)", OC_STR(&model) },
        { "list-models", NULL, "print the models, the styles they price and the columns they need",
          OC_SHOW(oc_price_list) },
        { "greeks", "none|first|all|LIST", "Greeks to append: delta gamma vega theta rho phi, all 14, or names by commas "
          "(default none)", OC_STR(&greeks) },
        { "greek-units", "UNITS", "textbook: per year and per 1.00; market: theta_day, vega_pct, ... instead "
          "(default textbook)", OC_CHOICE(&units, "textbook market") },
        { "delta", "BY", "delta and gamma by the spot, or by the forward as delta_fwd and gamma_fwd (default spot)",
          OC_CHOICE(&delta, "spot forward") },
        { "price", NULL, "append the model's price; the default unless --iv is given", OC_FLAG(&price) },
        { "iv", NULL, "append the implied volatility, and compute the Greeks with it", OC_FLAG(&p.iv) },
        { "price-from", "COLUMN", "price that --iv inverts; mid is (bid + ask) / 2 with a bid of 0 counted (default mid)",
          OC_CHOICE(&p.price_from, "bid mid ask last mark price") },
        { "iv-sides", "LIST", "append iv_bid, iv_mid, iv_ask, iv_last too: names by commas", OC_STR(&sides) },
        { "accuracy", "HOW", "of implied volatilities: full is 5e-15 relative where the price allows, fast 1e-13 "
          "(default full)", OC_CHOICE(&accuracy, "full fast") },
        { "vol-from", "COLUMN", "volatility to price with (default iv)", OC_STR(&p.vol_from) },
        { "spot", "PRICE", "spot of rows that have none", OC_NUM(&p.spot) },
        { "forward", "PRICE", "forward of rows that have none", OC_NUM(&p.forward) },
        { "rate", "RATE", "zero rate of rows that have none, continuous, a year", OC_RATE(&p.rate) },
        { "curve", "FILE", "rates of rows that have none from curve records", OC_FILE(&curve), .conflicts = "rate" },
        { "dividend-yield", "RATE", "dividend yield of rows that have none, continuous, a year",
          OC_RATE(&p.dividend_yield) },
        { "calendar", "ID", "calendar of rows that name none and whose root is not listed", OC_STR(&p.terms.calendar) },
        { "day-count", "COUNT", "years between two instants (default act/365)",
          OC_CHOICE(&day_count, "act/365 act/360 act/365.25 act/act 30/360 bus/252") },
        OC_IO_OPTS(&io), { 0 }
    };
    const struct oc_prog prog = { "oc-price", "append value, Greeks and implied volatility to every option", opts };
    struct oc_err err = { 0 };

    int rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 0)
        rc = oc_isa_check(&err);
    p.want[OC_PRICE] = price || !p.iv;
    p.accuracy = strcmp(accuracy, "fast") == 0 ? OC_IV_FAST : OC_IV_FULL;
    p.market_units = strcmp(units, "market") == 0;
    if (rc == 0)
        rc = oc_price_model(&p, model, &err);
    if (rc == 0)
        rc = oc_price_greeks(&p, greeks, strcmp(delta, "forward") == 0, &err);
    if (rc == 0)
        rc = oc_price_sides(&p, sides, &err);
    if (rc == 0)
        rc = oc_years_find(day_count, &p.terms.day_count, &err);
    if (rc == 0)
        rc = oc_instants_open(&instants, &io, p.terms.calendar, &err);
    if (rc == 0)
        rc = oc_root_open(&roots, &err);
    p.terms.roots = roots;
    if (rc == 0)
        note(&io, roots, notes, sizeof notes);
    if (rc == 0)
        rc = oc_price_curve(&p, &io, curve, &err);
    if (rc == 0)
        rc = oc_run(&io, &(struct oc_work){ .kinds = "quote contract", .step = oc_price_step, .partial = true, .ctx = &p },
                    &err);
    oc_price_close(&p);
    oc_root_free(roots);
    oc_instants_close(&instants);
    return oc_exit(&prog, rc, &err);
}
