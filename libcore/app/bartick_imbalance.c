/* bartick_imbalance - bars that end when so many more ticks were bought than sold, or sold than bought: barimbalance.h. */
#include "app/barimbalance.h"

static int feed(const struct oc_barfeed *f) { return oc_barimbalance_feed(f, false); }

const struct oc_barkind oc_barkind_tick_imbalance = {
    .name = "tick_imbalance", .title = "N more ticks bought than sold or sold than bought, or ewma",
    .state_size = sizeof(struct oc_barimbalance), .unit = OC_BARLIMIT_TICKS, .read = oc_barimbalance_read, .feed = feed,
    .keep = oc_barimbalance_keep,
};
