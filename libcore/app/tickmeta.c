/* tickmeta - see tickmeta.h */
#include "app/tickmeta.h"

#include "app/barinput.h"
#include "base/time.h"
#include "math/log.h"

#include <math.h>

/* The columns of one batch; a bit of `known` for each cell of those that are no numbers. */
struct columns {
    double *spread, *mid, *bps, *effective, *money, *ret, *rate;
    int64_t *sign, *direction;
    uint64_t *sign_known, *direction_known, *extended, *extended_known, *regular, *regular_known, *odd, *odd_known;
};

static int add_columns(struct oc_batch *in, struct columns *c, struct oc_err *err)
{
    if (oc_add_f64(in, "spread", &c->spread, err) || oc_add_f64(in, "mid", &c->mid, err)
        || oc_add_f64(in, "spread_bps", &c->bps, err) || oc_add_f64(in, "effective_spread", &c->effective, err)
        || oc_add_i64(in, "trade_sign", OC_I64, &c->sign, &c->sign_known, err)
        || oc_add_f64(in, "dollar_volume", &c->money, err) || oc_add_f64(in, "log_return", &c->ret, err)
        || oc_add_i64(in, "tick_direction", OC_I64, &c->direction, &c->direction_known, err)
        || oc_add_f64(in, "volume_rate", &c->rate, err)
        || oc_add_bool(in, "extended_hours", &c->extended, &c->extended_known, err)
        || oc_add_bool(in, "odd_lot", &c->odd, &c->odd_known, err)
        || oc_add_bool(in, "regular_session", &c->regular, &c->regular_known, err))
        return -1;
    return 0;
}

/* Nothing known of a row yet. */
static void clear(struct columns *c, size_t r)
{
    double *const number[] = { c->spread, c->mid, c->bps, c->effective, c->money, c->ret, c->rate };
    uint64_t *const known[] = { c->sign_known, c->direction_known, c->extended_known, c->regular_known, c->odd_known };

    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        number[i][r] = NAN;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        oc_bit_clear(known[i], r);
}

static void set(uint64_t *bits, uint64_t *known, size_t r, bool value)
{
    oc_bit_set(known, r);
    if (value)
        oc_bit_set(bits, r);
}

static void say_quote(const struct oc_barsymbol *s, struct columns *c, size_t r)
{
    const int k = s->price_places;

    if (!s->sided)
        return;
    c->spread[r] = oc_wide_decimal(s->ask - s->bid, k);
    c->mid[r] = oc_wide_ratio(oc_wide_from(s->bid + s->ask), 2, k);
    if (s->bid + s->ask > 0)
        c->bps[r] = oc_wide_ratio(oc_wide_product(s->ask - s->bid, 20000), s->bid + s->ask, 0);
}

static void say_trade(struct oc_bars *b, struct oc_barsymbol *s, const struct oc_bartick *t, int64_t ts, struct columns *c)
{
    const size_t r = t->row;
    const int k = s->price_places;
    const __int128 price = t->price, off = 2 * price - s->bid - s->ask;
    const __int128 before = s->price;
    const bool priced = s->priced;

    c->sign[r] = oc_barticks_sign(b, s, t, price);
    oc_bit_set(c->sign_known, r);
    if (s->sided)
        c->effective[r] = oc_wide_decimal(off < 0 ? -off : off, k);
    if (b->has_size && t->size >= 0) {
        c->money[r] = oc_wide_ratio(oc_wide_product(price, t->size), 1, k + s->size_places);
        set(c->odd, c->odd_known, r, oc_wide_decimal(t->size, s->size_places) < b->round_lot);
    }
    if (priced) {
        oc_bit_set(c->direction_known, r);
        c->direction[r] = price > before ? 1 : price < before ? -1 : 0;
    }
    if (priced && price > 0 && before > 0)
        c->ret[r] = price == before ? 0 : oc_log(oc_wide_decimal(price, k) / oc_wide_decimal(before, k));
    if (priced && b->has_size && t->size >= 0 && ts > s->price_ts)
        c->rate[r] = oc_wide_decimal(t->size, s->size_places) / ((double)(ts - s->price_ts) / (double)OC_TIME_SECOND);
    s->priced = true;
    s->price = price;
    s->price_ts = ts;
}

static int say_symbol(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, struct columns *c,
                      struct oc_err *err)
{
    struct oc_bartick *t = oc_arena_alloc(&x->in->arena, n * sizeof *t);
    size_t kept;

    if (!t)
        return oc_fail(err, OC_MEMORY, "no memory for the ticks of a block");
    if (oc_barticks_read(x, s, row, n, t, &kept, err))
        return -1;
    for (size_t i = 0; i < kept; i++) {
        const size_t r = t[i].row;
        const int64_t ts = x->ts.v[r];
        const enum oc_barpart part = oc_barinput_part(x->bars, ts);
        s->any = true;
        s->last_ts = ts;
        if (t[i].quote)
            oc_barticks_quote(s, &t[i]);
        if (part != OC_BARPART_NONE) {
            set(c->regular, c->regular_known, r, part == OC_BARPART_REGULAR);
            set(c->extended, c->extended_known, r, part == OC_BARPART_PRE || part == OC_BARPART_AFTER);
        }
        say_quote(s, c, r);
        if (t[i].trade)
            say_trade(x->bars, s, &t[i], ts, c);
    }
    return 0;
}


static int each(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, void *ctx, struct oc_err *err)
{
    return say_symbol(x, s, row, n, ctx, err);
}

int oc_tickmeta_step(void *ctx, struct oc_batch *in, struct oc_err *err)
{
    struct oc_barinput x = { .bars = ctx, .in = in };
    struct columns c = { 0 };

    if (oc_barticks_bind(&x, err) || add_columns(in, &c, err))
        return -1;
    for (size_t r = 0; r < in->rows; r++)
        clear(&c, r);
    return in->rows ? oc_bars_each_symbol(&x, each, &c, err) : 0;
}
