/* barvolume_imbalance - bars that end when so much more was bought than sold, or sold than bought: barimbalance.h. */
#include "app/barimbalance.h"

static int feed(const struct oc_barfeed *f) { return oc_barimbalance_feed(f, true); }

static int rescale(void *state, int price, int size)
{
    (void)price;
    return oc_wide_scale128(&((struct oc_barimbalance *)state)->theta, size);
}

const struct oc_barkind oc_barkind_volume_imbalance = {
    .name = "volume_imbalance", .title = "N more bought than sold or sold than bought, in units of the size, or ewma",
    .state_size = sizeof(struct oc_barimbalance), .unit = OC_BARLIMIT_SIZE, .needs_size = true, .read = oc_barimbalance_read,
    .feed = feed, .rescale = rescale, .keep = oc_barimbalance_keep,
};
