/* barvolume - bars that end with the tick with which their volume reaches N. */
#include "app/barfeed.h"

/* Volume does not fall from tick to tick, so the end is found by doubling and halving. */
static size_t find(const struct oc_barfeed *f, size_t i)
{
    const struct oc_barrun *run = f->run;
    const __int128 goal = f->open->from.volume + f->limit->narrow;
    size_t low = i + 1, step = 1, high;

    while (low <= run->n && run->sum[low].volume < goal) {
        low += step;
        step *= 2;
    }
    if (low > run->n && run->sum[run->n].volume < goal)
        return run->n + 1;
    high = low > run->n ? run->n : low;
    low = low - step / 2 > i ? low - step / 2 : i;      /* sum[low] is below the goal */
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (run->sum[middle].volume < goal)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static int feed(const struct oc_barfeed *f) { return oc_barfeed_by_ticks(f, find, NULL, NULL); }

const struct oc_barkind oc_barkind_volume = {
    .name = "volume", .title = "a volume of N or more", .unit = OC_BARLIMIT_SIZE, .needs_size = true,
    .read = oc_barfeed_read_limit, .feed = feed,
};
