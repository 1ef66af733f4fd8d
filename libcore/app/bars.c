/* bars - see bars.h */
#include "app/bars.h"

#include "app/barinput.h"
#include "app/barfeed.h"
#include "app/barout.h"
#include "app/barstate.h"
#include "app/tickmeta.h"
#include "base/time.h"
#include "cli/say.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- symbols -------------------------------------------------------------------------------------------------- */

struct oc_barsymbol *oc_bars_symbol(struct oc_bars *b, const char *name, size_t n, struct oc_err *err)
{
    const int32_t id = oc_symtab_id(&b->names, name, n);

    if (id < 0) {
        oc_fail(err, OC_MEMORY, "no memory for another symbol");
        return NULL;
    }
    if ((size_t)id < b->nsymbol)
        return b->symbol[id];
    if (b->nsymbol == b->capsymbol) {
        const size_t cap = b->capsymbol ? 2 * b->capsymbol : 16;
        struct oc_barsymbol **p = realloc(b->symbol, cap * sizeof *p);
        if (!p) {
            oc_fail(err, OC_MEMORY, "no memory for another symbol");
            return NULL;
        }
        b->symbol = p;
        b->capsymbol = cap;
    }
    struct oc_barsymbol *s = oc_barsymbol_new(&b->specs, name, n, (uint32_t)id, err);
    if (s) {
        s->adjust = oc_baradjust_of(b->adjust, name, n);
        b->symbol[b->nsymbol++] = s;
    }
    return s;
}

/* ---- the run -------------------------------------------------------------------------------------------------- */

static int make_dicts(struct oc_bars *b, struct oc_err *err)
{
    struct oc_symtab t = { 0 };
    bool ok = true;

    for (size_t i = 0; i < b->specs.n; i++)
        ok &= oc_symtab_id(&t, b->specs.v[i].name, strlen(b->specs.v[i].name)) >= 0;
    b->intervals = ok ? oc_symtab_dict(&t, err) : NULL;
    oc_symtab_clear(&t);
    for (int i = OC_BARPART_PRE; i <= OC_BARPART_AFTER; i++)
        ok &= oc_symtab_id(&t, oc_barclock_part_name[i], strlen(oc_barclock_part_name[i])) >= 0;
    b->parts = ok ? oc_symtab_dict(&t, err) : NULL;
    oc_symtab_clear(&t);
    for (int i = 0; oc_barmeta_regime[i]; i++)
        ok &= oc_symtab_id(&t, oc_barmeta_regime[i], strlen(oc_barmeta_regime[i])) >= 0;
    b->regimes = ok ? oc_symtab_dict(&t, err) : NULL;
    oc_symtab_free(&t);
    return b->intervals && b->parts && b->regimes ? 0 : oc_fail(err, OC_MEMORY, "no memory for the names of bars");
}

/* What kinds of bars can be made of the columns that there are. */
static int check_specs(const struct oc_bars *b, struct oc_err *err)
{
    for (size_t i = 0; i < b->specs.n; i++) {
        const struct oc_barspec *s = &b->specs.v[i];
        if (b->finer && !s->kind->from_bars)
            return oc_fail(err, OC_USAGE, "%s: only bars of time can be made of finer bars; this kind needs the ticks",
                           s->name);
        if (s->kind->needs_size && !b->has_size)
            return oc_fail(err, b->price ? OC_USAGE : OC_COLUMN, "%s: quotes have no size that was traded%s", s->name,
                           b->price ? "" : ": a column 'size' is missing");
    }
    return 0;
}

static int begin(void *ctx, const struct oc_schema *in, struct oc_err *err)
{
    struct oc_bars *b = ctx;
    const bool bid = oc_schema_find(in, "bid") >= 0 && oc_schema_find(in, "ask") >= 0;

    b->finer = in->kind && strcmp(in->kind->name, "bar") == 0;
    b->has_symbol = oc_schema_find(in, "symbol") >= 0;
    oc_barwhose_begin(&b->whose, in);
    b->begun = true;
    if (b->finer && (b->price || b->sign))
        return oc_fail(err, OC_USAGE, "--price and --classify are of ticks, and the input is bars");
    if (b->finer && b->metadata)
        return oc_fail(err, OC_USAGE, "--metadata is of ticks, and the input is bars");
    if (!b->finer && b->interval)
        return oc_fail(err, OC_USAGE, "--interval says how long the bars of the input are, and the input is ticks");
    if (!b->finer && b->price == OC_BARPRICE_TRADE && b->metadata != 1 && oc_schema_find(in, "price") < 0)
        return oc_fail(err, OC_COLUMN, "the ticks have no column 'price': --price mid, bid or ask makes bars of quotes");
    if (!b->finer && b->price != OC_BARPRICE_TRADE && !bid)
        return oc_fail(err, OC_COLUMN, "--price %s needs the columns 'bid' and 'ask'", b->price_word);
    if (b->sign == OC_BARSIGN_SIDE && oc_schema_find(in, "side") < 0)
        return oc_fail(err, OC_COLUMN, "--classify side needs the column 'side'");
    if (!b->finer) {
        b->has_size = b->has_money = b->has_sides = b->price == OC_BARPRICE_TRADE && oc_schema_find(in, "size") >= 0;
        b->has_trades = true;
        b->has_quote = bid;
    } else {
        b->has_size = oc_schema_find(in, "volume") >= 0;
        b->has_money = b->has_size && (oc_schema_find(in, "dollar_volume") >= 0 || oc_schema_find(in, "vwap") >= 0);
        b->has_sides = b->has_size && oc_schema_find(in, "buy_volume") >= 0 && oc_schema_find(in, "sell_volume") >= 0;
        b->has_trades = oc_schema_find(in, "trades") >= 0;
    }
    if (check_specs(b, err) || make_dicts(b, err))
        return -1;
    return b->state ? oc_barstate_load(b, err) : 0;
}

/*
 * A builder that cannot go on.  The run ends at that record, after the bars that the records before it have closed; where
 * malformed records do not end it (--on-error), all of it fails.
 */
static int stop_at(const struct oc_barinput *x, const struct oc_barsymbol *s, const struct oc_barrun *run, size_t at,
                   struct oc_err *err)
{
    char why[sizeof x->in->bad->reason], when[OC_TIME_PRINT_MAX];

    if (x->bars->io->on_error != OC_ON_ERROR_STOP) {
        const int n = (int)oc_time_print(when, run->ts[at]);
        return oc_while(err, "%s, %.*s", s->name, n, when);
    }
    snprintf(why, sizeof why, "%.*s", (int)sizeof why - 1, err->text);
    return oc_bad_row(x->in, run->record[at], NULL, err, "%s", why);
}

static int feed_all(const struct oc_barinput *x, struct oc_barsymbol *s, const struct oc_barrun *run, struct oc_err *err)
{
    struct oc_bars *b = x->bars;

    for (size_t i = 0; run->n && i < b->specs.n; i++) {
        size_t at = 0;
        const struct oc_barfeed f = { .clock = &b->clock, .spec = &b->specs.v[i], .run = run, .limit = &s->limit[i],
                                      .open = &s->open[i], .state = s->state[i], .meta = s->meta ? s->meta[i] : NULL,
                                      .round_lot = b->round_lot, .price_places = s->price_places,
                                      .size_places = s->size_places, .fill = b->fill, .rows = &b->rows, .symbol = s->number,
                                      .number = (uint16_t)i, .limit_at = &at, .err = err };
        if (b->specs.v[i].kind->feed(&f) && (err->code != OC_LIMIT || stop_at(x, s, run, at, err)))
            return -1;
    }
    return 0;
}

static int feed_group(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, void *ctx,
                      struct oc_err *err)
{
    struct oc_bars *b = ctx;
    struct oc_barrun run;

    if (b->finer ? oc_barfiner_run(x, s, row, n, &run, err) : oc_barticks_run(x, s, row, n, &run, err))
        return -1;
    if (b->jumps_side && oc_barjump_run(&b->jumps, &s->jump, &b->clock, s->name, &run, err))
        return -1;
    return feed_all(x, s, &run, err);
}

/* Rows by symbol, each in its order: counted, then dealt out. */
static int by_symbol(struct oc_barinput *x, oc_barinput_group *fn, void *ctx, struct oc_err *err)
{
    struct oc_bars *b = x->bars;
    struct oc_batch *in = x->in;
    const struct oc_dict *d = x->symbol.dict;
    const uint32_t n = x->symbol.index ? d->n : 1;
    uint32_t *at = oc_arena_zero(&in->arena, (size_t)n + 1, sizeof *at),
             *row = oc_arena_alloc(&in->arena, (in->rows + 1) * sizeof *row);
    uint32_t *used = oc_arena_alloc(&in->arena, ((size_t)n + 1) * sizeof *used), nused = 0;

    if (!at || !row || !used)
        return oc_fail(err, OC_MEMORY, "no memory for the ticks of a block");
    for (size_t i = 0; i < in->rows; i++) {
        const uint32_t k = x->symbol.index ? (uint32_t)x->symbol.index[i] : 0;
        if (oc_bit(x->symbol.index ? x->symbol.valid : NULL, i) && at[k]++ == 0)
            used[nused++] = k;
    }
    for (uint32_t i = 0, sum = 0; i < nused; i++) {
        const uint32_t count = at[used[i]];
        at[used[i]] = sum;
        sum += count;
    }
    for (size_t i = 0; i < in->rows; i++)
        if (oc_bit(x->symbol.index ? x->symbol.valid : NULL, i))
            row[at[x->symbol.index ? (uint32_t)x->symbol.index[i] : 0]++] = (uint32_t)i;
    for (uint32_t i = 0, from = 0; i < nused; i++) {
        const uint32_t k = used[i], to = at[k];
        struct oc_barsymbol *s = x->symbol.index ? oc_bars_symbol(b, d->bytes + d->off[k], d->off[k + 1] - d->off[k], err)
                                                 : oc_bars_symbol(b, "", 0, err);
        if (!s || fn(x, s, row + from, to - from, ctx, err))
            return -1;
        from = to;
    }
    return 0;
}

/* What is told already. */
static int mark_bad(struct oc_barinput *x, struct oc_err *err)
{
    uint64_t *bits = x->in->nbad ? oc_arena_zero(&x->in->arena, oc_bit_words(x->in->rows), sizeof *bits) : NULL;

    if (x->in->nbad && !bits)
        return oc_fail(err, OC_MEMORY, "no memory for the ticks of a block");
    for (size_t i = 0; i < x->in->nbad; i++)
        oc_bit_set(bits, x->in->bad[i].row);
    x->bad = bits;
    return 0;
}

/* A row of no instant or no symbol belongs to no bar, and would be lost without a word. */
static int refuse_empty(struct oc_barinput *x, struct oc_err *err)
{
    struct oc_batch *in = x->in;

    for (size_t i = 0; (x->ts.valid || x->symbol.valid) && i < in->rows; i++) {
        const char *name = !oc_bit(x->ts.valid, i) ? "ts" : !oc_bit(x->symbol.valid, i) ? "symbol" : NULL;
        if (name && !(x->bad && oc_bit(x->bad, i)) && oc_bad_row(in, i, oc_col(in, name), err, "%s: is empty", name))
            return -1;
    }
    return 0;
}

/* Rows that take no part: those with a cell that cannot be read, of no symbol, of another run. */
static int find_bad(struct oc_barinput *x, struct oc_err *err)
{
    if (mark_bad(x, err) || refuse_empty(x, err) || mark_bad(x, err)
        || oc_barwhose_check(&x->bars->whose, &x->whose, x->in, x->bad, err))
        return -1;
    return mark_bad(x, err);
}

int oc_bars_each_symbol(struct oc_barinput *x, oc_barinput_group *fn, void *ctx, struct oc_err *err)
{
    return find_bad(x, err) || by_symbol(x, fn, ctx, err) ? -1 : 0;
}

/* --adjust-as prices: the columns that count are those of an adjusted copy. */
static int adjust_input(struct oc_barinput *x, struct oc_err *err)
{
    const double **const price[] = { &x->price, &x->bid, &x->ask, &x->open, &x->high, &x->low, &x->close, &x->vwap };
    const double **const size[] = { &x->size, &x->volume, &x->buy, &x->sell };
    enum { PRICES = sizeof price / sizeof *price, SIZES = sizeof size / sizeof *size };
    const size_t n = x->in->rows;
    struct oc_barfactor *f = oc_arena_alloc(&x->in->arena, n * sizeof *f);

    if (!f)
        return oc_fail(err, OC_MEMORY, "no memory for adjusted prices");
    for (size_t i = 0; i < n; i++) {
        const struct oc_dict *d = x->symbol.dict;
        const bool named = d && oc_bit(x->symbol.valid, i);
        const uint32_t k = named ? (uint32_t)x->symbol.index[i] : 0;
        f[i] = oc_baradjust_at(named ? oc_baradjust_of(x->bars->adjust, d->bytes + d->off[k], d->off[k + 1] - d->off[k])
                                     : oc_baradjust_of(x->bars->adjust, "", 0), x->ts.v[i]);
    }
    for (int c = 0; c < PRICES + SIZES + 1; c++) {
        const double **column = c < PRICES ? price[c] : c < PRICES + SIZES ? size[c - PRICES] : &x->money;
        double *to = *column ? oc_arena_alloc(&x->in->arena, n * sizeof *to) : NULL;
        if (!*column)
            continue;
        if (!to)
            return oc_fail(err, OC_MEMORY, "no memory for adjusted prices");
        for (size_t i = 0; i < n; i++)
            to[i] = c < PRICES ? oc_baradjust_price(f[i], (*column)[i])
                  : c < PRICES + SIZES ? (*column)[i] * f[i].split : (*column)[i] * f[i].cash;
        *column = to;
    }
    return 0;
}

static int make_bars(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err)
{
    struct oc_bars *b = ctx;
    struct oc_barinput x = { .bars = b, .in = in };

    b->rows.n = 0;
    if (b->finer ? oc_barfiner_bind(&x, err) : oc_barticks_bind(&x, err))
        return -1;
    if (b->adjust && !b->factor_column && in->rows && adjust_input(&x, err))
        return -1;
    if (in->rows && oc_bars_each_symbol(&x, feed_group, b, err))
        return -1;
    if (oc_barrows_sort(&b->rows, err))
        return -1;
    return oc_barout_columns(b, out, true, err);
}

/* ---- the end -------------------------------------------------------------------------------------------------- */

/* Everything that came in is in a bar: a promise of our own. */
static int check_sums(const struct oc_bars *b, const struct oc_barsymbol *s, struct oc_err *err)
{
    for (size_t i = 0; i < b->specs.n; i++) {
        const struct oc_baropen *o = &s->open[i];
        struct oc_barsum all = o->closed;
        if (o->open) {
            struct oc_barsum rest;
            oc_barfeed_minus(&rest, &s->sum, &o->from);
            oc_barfeed_add(&all, &rest);
        }
        if (!oc_barfeed_equal(&all, &s->sum))
            return oc_fail(err, OC_INTERNAL, "%s: the bars of %s do not add up to what was read", s->name,
                           b->specs.v[i].name);
    }
    return 0;
}

static int end_symbol(struct oc_bars *b, struct oc_barsymbol *s, struct oc_err *err)
{
    for (size_t i = 0; i < b->specs.n; i++) {
        struct oc_baropen *o = &s->open[i];
        const struct oc_barfeed f = { .clock = &b->clock,
                                      .spec = &b->specs.v[i],
                                      .open = o,
                                      .meta = s->meta ? s->meta[i] : NULL,
                                      .price_places = s->price_places,
                                      .size_places = s->size_places,
                                      .rows = &b->rows,
                                      .symbol = s->number,
                                      .number = (uint16_t)i,
                                      .err = err };
        const bool by_clock = f.spec->kind == &oc_barkind_time;
        const int64_t end = by_clock ? o->end : o->last + 1;
        if (!o->open)
            continue;
        if (oc_barfeed_finish(&f, &s->sum, end, 0, false))
            return -1;
    }
    return 0;
}

static int end_jumps(struct oc_bars *b, struct oc_err *err)
{
    for (size_t i = 0; (!b->state || b->last) && i < b->nsymbol; i++)
        if (oc_barjump_end(&b->jumps, &b->symbol[i]->jump, b->symbol[i]->name, err))
            return -1;
    return oc_barjump_write(&b->jumps, b->jumps_side, err);
}

static int finish(void *ctx, bool complete, struct oc_err *err)
{
    struct oc_bars *b = ctx;
    struct oc_side *s = b->jumps_side;

    b->jumps_side = NULL;
    return oc_side_close(s, complete, err);
}

static int end_bars(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err)
{
    struct oc_bars *b = ctx;
    const bool write = !b->no_partial && (!b->state || b->last);

    (void)in;
    b->rows.n = 0;
    for (size_t i = 0; !b->ended && i < b->nsymbol; i++)
        if (check_sums(b, b->symbol[i], err)
            || (write && (end_symbol(b, b->symbol[i], err) || check_sums(b, b->symbol[i], err))))
            return -1;
    if (!b->ended && b->jumps_side && end_jumps(b, err))
        return -1;
    b->ended = true;
    if (oc_barrows_sort(&b->rows, err))
        return -1;
    return b->rows.n ? oc_barout_columns(b, out, false, err) : 0;
}

int oc_bars_run(struct oc_bars *b, struct oc_err *err)
{
    const struct oc_work bars = { .kinds = "tick bar",
                                  .make = make_bars,
                                  .make_kind = "bar",
                                  .begin = begin,
                                  .end = end_bars,
                                  .finish = finish,
                                  .ordered = true,
                                  .partial = true,
                                  .ctx = b };
    const struct oc_work ticks = {
        .kinds = "tick", .step = oc_tickmeta_step, .begin = begin, .ordered = true, .partial = true, .ctx = b
    };
    b->state_fd = -1;
    const int rc = oc_run(b->io, b->metadata == 1 ? &ticks : &bars, err);

    b->ended |= b->metadata == 1;
    if (rc == 0 && b->left_out)
        oc_say(OC_NOTE, "outside --hours %s, in no bar: %llu", b->hours, (unsigned long long)b->left_out);
    return oc_barstate_save(b, rc, err);
}

void oc_bars_close(struct oc_bars *b)
{
    for (size_t i = 0; i < b->nsymbol; i++)
        oc_barsymbol_free(b->symbol[i], &b->specs);
    free(b->symbol);
    oc_barwhose_free(&b->whose);
    oc_symtab_free(&b->names);
    oc_dict_drop(b->dict);
    oc_dict_drop(b->intervals);
    oc_dict_drop(b->parts);
    oc_dict_drop(b->regimes);
    oc_barrows_free(&b->rows);
    oc_baradjust_free(b->adjust);
    oc_barjump_free(&b->jumps);
    oc_side_close(b->jumps_side, false, &(struct oc_err){ 0 });
}
