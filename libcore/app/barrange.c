/* barrange - bars that end with the tick with which high - low reaches X; no price is made up. */
#include "app/barfeed.h"

struct state { bool any; __int128 high, low; };     /* in units */

static void fresh(const struct oc_barfeed *f) { ((struct state *)f->state)->any = false; }

static size_t find(const struct oc_barfeed *f, size_t i)
{
    struct state *s = f->state;
    const __int128 *p = f->run->price;
    __int128 high = s->any ? s->high : p[i], low = s->any ? s->low : p[i];
    bool reached = false;

    for (; i < f->run->n && !reached; i++) {
        high = p[i] > high ? p[i] : high;
        low = p[i] < low ? p[i] : low;
        reached = high - low >= f->limit->narrow;
    }
    *s = (struct state){ .any = true, .high = high, .low = low };
    return reached ? i : f->run->n + 1;
}

static int feed(const struct oc_barfeed *f) { return oc_barfeed_by_ticks(f, find, fresh, NULL); }

static int rescale(void *state, int price, int size)
{
    struct state *s = state;

    (void)size;
    return oc_wide_scale128(&s->high, price) || oc_wide_scale128(&s->low, price) ? -1 : 0;
}

static void keep(struct oc_barkeep *k, void *state)
{
    struct state *s = state;

    oc_barkeep_bool(k, "any", &s->any);
    oc_barkeep_i128(k, "high", &s->high);
    oc_barkeep_i128(k, "low", &s->low);
    oc_barkeep_doubt(k, "low", s->high < s->low || s->high > (__int128)1 << 122 || s->low < -((__int128)1 << 122));
}

const struct oc_barkind oc_barkind_range = {
    .name = "range", .title = "a range of X or more", .state_size = sizeof(struct state), .unit = OC_BARLIMIT_PRICE,
    .read = oc_barfeed_read_limit, .feed = feed, .rescale = rescale, .keep = keep,
};
