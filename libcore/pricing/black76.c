/* black76 - Black (1976): lognormal forward.  Without a forward in the row it is bsm, by the market rule of pricer.h. */
#include "pricing/black.h"

const struct oc_pricer oc_pricer_black76 = {
    .name = "black76", .title = "Black (1976): lognormal forward", .exercise = "E", .params = "vol",
    .price = oc_black_price,
};
