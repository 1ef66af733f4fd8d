/* black76 - Black (1976): lognormal forward.  Without a forward in the row it is bsm, by the market rule of pricer.h. */
#include "pricing/black.h"
#include "pricing/iv.h"

static void implied(const struct oc_quotes *q, const double *prices, enum oc_accuracy accuracy, double *vol,
                    unsigned char *status)
{
    oc_iv_black_quotes(q, prices, accuracy, 0, vol, status);
}

const struct oc_pricer oc_pricer_black76 = {
    .name = "black76", .title = "Black (1976): lognormal forward", .exercise = "E", .params = "vol",
    .price = oc_black_price, .implied = implied,
};
