/*
 * barrenko - bricks of height X: a new one when the price is X beyond the end of the last, or 2 X back (then it begins X
 * back).
 *
 * The first brick begins at the first price.  open and close are the brick's edges; high and low are the highest and the
 * lowest of its edges and of what was traded while it was open.  The tick that completes a brick belongs to the one after
 * it, which holds its price: so no trade lies outside the brick that counts it, the volume-weighted price lies within low
 * and high, and the bricks that one tick jumps over are empty.
 */
#include "app/barfeed.h"

enum { MOST = 1000000 };    /* bricks of one tick */

struct state {
    bool begun;
    int8_t direction;       /* of the last brick: +1, -1, 0 none yet */
    __int128 edge;          /* its end, in units */
};

static double price_of(const struct oc_barfeed *f, __int128 units) { return oc_wide_decimal(units, f->price_places); }

/* The open brick, from `edge` on; tick i is the first that it may take. */
static void begin(const struct oc_barfeed *f, size_t i)
{
    struct oc_baropen *o = f->open;

    oc_barfeed_start(f, i, f->run->ts[i]);
    o->o = o->h = o->l = o->c = price_of(f, ((struct state *)f->state)->edge);
}

/* One brick towards the price of tick i, if it is due: 1, 0 none, -1. */
static int brick(const struct oc_barfeed *f, size_t i)
{
    struct state *s = f->state;
    struct oc_baropen *o = f->open;
    const __int128 x = f->limit->narrow, p = f->run->price[i];
    const __int128 up = s->edge + (s->direction < 0 ? 2 * x : x), down = s->edge - (s->direction > 0 ? 2 * x : x);

    if (p < up && p > down)
        return 0;
    const int8_t to = p >= up ? 1 : -1;
    const __int128 end = to > 0 ? up : down, start = end - to * x;
    const double a = price_of(f, start), b = price_of(f, end), high = a > b ? a : b, low = a > b ? b : a;
    o->o = a;
    o->c = b;
    o->h = high > o->h ? high : o->h;
    o->l = low < o->l ? low : o->l;
    if (oc_barfeed_close(f, i, f->run->ts[i], f->run->record[i], true))
        return -1;
    s->edge = end;
    s->direction = to;
    return 1;
}

static int feed(const struct oc_barfeed *f)
{
    struct state *s = f->state;
    const struct oc_barrun *run = f->run;

    for (size_t i = 0; i < run->n; i++) {
        int rc = 0;
        if (!s->begun) {
            s->begun = true;
            s->edge = run->price[i];
        }
        const __int128 far = (run->price[i] - s->edge) / f->limit->narrow;
        if (far > MOST || far < -MOST)
            return oc_barfeed_limit(f, i, "--renko: one price is more than %d bricks from the one before it", MOST);
        if (!f->open->open)
            begin(f, i);
        for (; (rc = brick(f, i)) > 0; begin(f, i))
            ;
        if (rc < 0 || oc_barfeed_take(f, i, i + 1))
            return -1;
    }
    return 0;
}

static int rescale(void *state, int price, int size)
{
    (void)size;
    return oc_wide_scale128(&((struct state *)state)->edge, price);
}

static void keep(struct oc_barkeep *k, void *state)
{
    struct state *s = state;

    oc_barkeep_bool(k, "begun", &s->begun);
    oc_barkeep_i8(k, "direction", &s->direction);
    oc_barkeep_i128(k, "edge", &s->edge);
    oc_barkeep_doubt(
        k, "edge", s->direction < -1 || s->direction > 1 || s->edge > (__int128)1 << 122 || s->edge < -((__int128)1 << 122));
}

const struct oc_barkind oc_barkind_renko = {
    .name = "renko", .title = "bricks of height X", .state_size = sizeof(struct state), .unit = OC_BARLIMIT_PRICE,
    .read = oc_barfeed_read_limit, .feed = feed, .rescale = rescale, .keep = keep,
};
