/* bsm - Black, Scholes (1973) and Merton (1973): lognormal spot with a continuous yield. */
#include "pricing/black.h"
#include "pricing/iv.h"

static void implied(const struct oc_quotes *q, const double *prices, enum oc_accuracy accuracy, double *vol,
                    unsigned char *status)
{
    oc_iv_black_quotes(q, prices, accuracy, 0, vol, status);
}

const struct oc_pricer oc_pricer_bsm = {
    .name = "bsm", .title = "Black-Scholes-Merton (1973): lognormal spot", .exercise = "E", .params = "vol",
    .price = oc_black_price, .implied = implied,
};
