/* barout - see barout.h */
#include "app/barout.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const struct oc_barrow *row_at(const struct oc_bars *b, size_t i) { return &b->rows.v[b->rows.order[i]]; }

static int add_number(const struct oc_bars *b, struct oc_batch *out, const char *name, size_t field, struct oc_err *err)
{
    double *v;

    if (oc_add_f64(out, name, &v, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++)
        memcpy(&v[i], (const char *)row_at(b, i) + field, sizeof *v);
    return 0;
}

static int add_time(const struct oc_bars *b, struct oc_batch *out, const char *name, size_t field, struct oc_err *err)
{
    int64_t *v;

    if (oc_add_i64(out, name, OC_TIME, &v, NULL, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++)
        memcpy(&v[i], (const char *)row_at(b, i) + field, sizeof *v);
    return 0;
}

static int add_symbol(struct oc_bars *b, struct oc_batch *out, struct oc_err *err)
{
    int32_t *v;

    if (!b->has_symbol)
        return 0;
    if (!b->dict || b->ndict != b->names.n) {
        oc_dict_drop(b->dict);
        b->ndict = b->names.n;
        if (!(b->dict = oc_symtab_dict(&b->names, err)))
            return -1;
    }
    if (oc_add_sym(out, "symbol", b->dict, &v, NULL, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++)
        v[i] = (int32_t)row_at(b, i)->symbol;
    return 0;
}

static int add_interval(struct oc_bars *b, struct oc_batch *out, struct oc_err *err)
{
    int32_t *v;

    if (oc_add_sym(out, "interval", b->intervals, &v, NULL, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++)
        v[i] = row_at(b, i)->number;
    return 0;
}

static int add_part(struct oc_bars *b, struct oc_batch *out, struct oc_err *err)
{
    uint64_t *valid;
    int32_t *v;

    if (!b->clock.calendar)
        return 0;
    if (oc_add_sym(out, "session_part", b->parts, &v, &valid, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        const int part = row_at(b, i)->part;
        v[i] = oc_barclock_part_name[part] ? part - OC_BARPART_PRE : 0;
        if (!oc_barclock_part_name[part])
            oc_bit_clear(valid, i);
    }
    return 0;
}

static int add_trades(struct oc_bars *b, struct oc_batch *out, struct oc_err *err)
{
    uint64_t *valid;
    int64_t *v;

    if (!b->has_trades)
        return 0;
    if (oc_add_i64(out, "trades", OC_I64, &v, &valid, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        v[i] = row_at(b, i)->trades;
        if (v[i] < 0) {
            v[i] = 0;
            oc_bit_clear(valid, i);
        }
    }
    return 0;
}

static int add_complete(struct oc_bars *b, struct oc_batch *out, struct oc_err *err)
{
    uint64_t *bits;

    if (oc_add_bool(out, "complete", &bits, NULL, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++)
        if (row_at(b, i)->complete)
            oc_bit_set(bits, i);
    return 0;
}

static int add_origins(struct oc_bars *b, struct oc_batch *out, struct oc_err *err)
{
    uint32_t *v = oc_arena_alloc(&out->arena, (out->rows + 1) * sizeof *v);

    if (!v)
        return oc_fail(err, OC_MEMORY, "no memory for %zu bars", out->rows);
    for (size_t i = 0; i < out->rows; i++)
        v[i] = row_at(b, i)->record;
    out->origin = v;
    return 0;
}

static double figure(const struct oc_bars *b, size_t i, size_t k)
{
    return b->rows.figure[b->rows.order[i] * b->rows.nfigure + k];
}

/* --adjust-as factor: one number must do for the whole bar. */
static int add_factor(const struct oc_bars *b, struct oc_batch *out, struct oc_err *err)
{
    double *v;

    if (oc_add_f64(out, "adj_factor", &v, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        const struct oc_barrow *r = row_at(b, i);
        const struct oc_barsymbol *s = b->symbol[r->symbol];
        const struct oc_barfactor f = oc_baradjust_at(s->adjust, r->ts), g = oc_baradjust_at(s->adjust, r->end - 1);
        if (f.cash != g.cash || f.split != g.split)
            return oc_fail(err, OC_DATA,
                           "%s: a bar of %s lies on both sides of an ex-date: --adjust-as prices adjusts before bars are "
                           "made",
                           s->name, b->specs.v[r->number].name);
        v[i] = oc_baradjust_price(f, 1);
    }
    return 0;
}

/* A count, or the number of a word. */
static int add_whole(struct oc_bars *b, struct oc_batch *out, size_t k, struct oc_err *err)
{
    const struct oc_barmetacol *c = &oc_barmeta_cols[k];
    uint64_t *valid;
    int64_t *v = NULL;
    int32_t *index = NULL;

    if (c->type == 's' ? oc_add_sym(out, c->name, b->regimes, &index, &valid, err)
                       : oc_add_i64(out, c->name, OC_I64, &v, &valid, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        const double x = figure(b, i, k);
        if (isnan(x))
            oc_bit_clear(valid, i);
        else if (v)
            v[i] = (int64_t)x;
        else
            index[i] = (int32_t)x;
    }
    return 0;
}

/* --metadata 2 and 3. */
static int add_figures(struct oc_bars *b, struct oc_batch *out, struct oc_err *err)
{
    for (size_t k = 0; k < b->rows.nfigure; k++) {
        const struct oc_barmetacol *c = &oc_barmeta_cols[k];
        double *v;
        if (c->tier > b->facts.tier || (strcmp(c->name, "vpin") == 0 && !b->facts.bucket.m))
            continue;
        if (c->type != 'f') {
            if (add_whole(b, out, k, err))
                return -1;
            continue;
        }
        if (oc_add_f64(out, c->name, &v, err))
            return -1;
        for (size_t i = 0; i < out->rows; i++)
            v[i] = figure(b, i, k);
    }
    return 0;
}

#define ADD(name, field) add_number(b, out, name, offsetof(struct oc_barrow, field), err)

int oc_barout_columns(struct oc_bars *b, struct oc_batch *out, bool origins, struct oc_err *err)
{
    out->rows = b->rows.n;
    if (origins && add_origins(b, out, err))
        return -1;
    if (oc_barwhose_columns(&b->whose, out, err) || add_symbol(b, out, err) || add_interval(b, out, err)
        || add_time(b, out, "ts", offsetof(struct oc_barrow, ts), err)
        || add_time(b, out, "end_ts", offsetof(struct oc_barrow, end), err) || ADD("open", open) || ADD("high", high)
        || ADD("low", low) || ADD("close", close))
        return -1;
    if (b->has_size && ADD("volume", volume))
        return -1;
    if (b->has_money && (ADD("vwap", vwap) || ADD("dollar_volume", dollar)))
        return -1;
    if (add_trades(b, out, err) || (b->has_sides && (ADD("buy_volume", buy) || ADD("sell_volume", sell))))
        return -1;
    if (b->has_quote && ADD("spread", spread))
        return -1;
    if (b->factor_column && add_factor(b, out, err))
        return -1;
    return add_part(b, out, err) || add_complete(b, out, err) || add_figures(b, out, err) ? -1 : 0;
}
