/* bartick - bars of N ticks. */
#include "app/barfeed.h"

struct state { int64_t left; };

static void fresh(const struct oc_barfeed *f) { ((struct state *)f->state)->left = f->spec->step; }

static size_t find(const struct oc_barfeed *f, size_t i)
{
    struct state *s = f->state;
    const size_t rest = f->run->n - i;

    if ((uint64_t)s->left > rest) {
        s->left -= (int64_t)rest;
        return f->run->n + 1;
    }
    return i + (size_t)s->left;
}

static int feed(const struct oc_barfeed *f) { return oc_barfeed_by_ticks(f, find, fresh, NULL); }

static void keep(struct oc_barkeep *k, void *state)
{
    struct state *s = state;

    oc_barkeep_i64(k, "left", &s->left);
    oc_barkeep_doubt(k, "left", s->left < 0);
}

const struct oc_barkind oc_barkind_tick = {
    .name = "tick", .title = "N ticks", .state_size = sizeof(struct state), .read = oc_barfeed_read_count, .feed = feed,
    .keep = keep,
};
