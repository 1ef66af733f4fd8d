/* bsm - Black, Scholes (1973) and Merton (1973): lognormal spot with a continuous yield. */
#include "pricing/black.h"

const struct oc_pricer oc_pricer_bsm = {
    .name = "bsm", .title = "Black-Scholes-Merton (1973): lognormal spot", .exercise = "E", .params = "vol",
    .price = oc_black_price,
};
