/* bardollar - bars that end with the tick with which the money in them, price times size, reaches N. */
#include "app/barfeed.h"

/* Tick by tick: below a price of 0 the sum falls. */
static size_t find(const struct oc_barfeed *f, size_t i)
{
    const struct oc_wide goal = oc_wide_add(f->open->from.dollar, f->limit->wide);

    while (++i <= f->run->n)
        if (!oc_wide_negative(oc_wide_sub(f->run->sum[i].dollar, goal)))
            return i;
    return f->run->n + 1;
}

static int feed(const struct oc_barfeed *f) { return oc_barfeed_by_ticks(f, find, NULL, NULL); }

const struct oc_barkind oc_barkind_dollar = {
    .name = "dollar", .title = "money of N or more", .unit = OC_BARLIMIT_MONEY, .needs_size = true,
    .read = oc_barfeed_read_limit, .feed = feed,
};
