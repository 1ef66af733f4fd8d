/* barsymbol - see barsymbol.h */
#include "app/barsymbol.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int fits(int rc, const struct oc_barsymbol *s, struct oc_err *err)
{
    return rc ? oc_fail(err, OC_LIMIT, "%s: prices and sizes of so many decimals do not add up exactly any more", s->name)
              : 0;
}

static int set_limits(struct oc_barsymbol *s, const struct oc_barspecs *specs)
{
    for (size_t i = 0; i < specs->n; i++) {
        const struct oc_barspec *spec = &specs->v[i];
        const int places[] = { 0, s->price_places, s->size_places, s->price_places + s->size_places, 0 };
        struct oc_barlimit *l = &s->limit[i];
        l->narrow = spec->limit.m;
        l->wide = oc_wide_from(spec->limit.m);
        const int k = places[spec->kind->unit] - spec->limit.k;
        if (spec->kind->unit == OC_BARLIMIT_MONEY ? oc_wide_scale(&l->wide, k) : oc_wide_scale128(&l->narrow, k))
            return -1;
    }
    return 0;
}

static int rescale_sum(struct oc_barsum *s, int price, int size)
{
    return oc_wide_scale(&s->dollar, price + size) || oc_wide_scale128(&s->volume, size) || oc_wide_scale128(&s->buy, size)
        || oc_wide_scale128(&s->sell, size) || oc_wide_scale128(&s->spread, price) ? -1 : 0;
}

static int rescale(struct oc_barsymbol *s, const struct oc_barspecs *specs, int price, int size)
{
    int rc = rescale_sum(&s->sum, price, size) || oc_wide_scale128(&s->bid, price) || oc_wide_scale128(&s->ask, price)
          || oc_wide_scale128(&s->price, price);

    for (size_t i = 0; rc == 0 && i < specs->n; i++) {
        rc = rescale_sum(&s->open[i].from, price, size) || rescale_sum(&s->open[i].closed, price, size);
        if (rc == 0 && specs->v[i].kind->rescale)
            rc = specs->v[i].kind->rescale(s->state[i], price, size);
        if (rc == 0 && s->meta)
            rc = oc_barmeta_rescale(s->meta[i], price);
    }
    if (rc == 0 && s->facts)
        rc = oc_barfacts_rescale(s->facts, price, size);
    return rc ? -1 : 0;
}

int oc_barsymbol_places(struct oc_barsymbol *s, const struct oc_barspecs *specs, int price, int size, struct oc_err *err)
{
    const int dp = price > s->price_places ? price - s->price_places : 0,
              ds = size > s->size_places ? size - s->size_places : 0;

    if (!dp && !ds)
        return 0;
    if (fits(rescale(s, specs, dp, ds), s, err))
        return -1;
    s->price_places += dp;
    s->size_places += ds;
    return fits(set_limits(s, specs), s, err);
}

/* Decimals that the limits need. */
static void first_places(struct oc_barsymbol *s, const struct oc_barspecs *specs)
{
    for (size_t i = 0; i < specs->n; i++) {
        const int unit = specs->v[i].kind->unit, k = specs->v[i].limit.k;
        int *places = unit == OC_BARLIMIT_SIZE ? &s->size_places : &s->price_places;
        if (unit && unit != OC_BARLIMIT_TICKS && k > *places)
            *places = k;
    }
    if (specs->facts && specs->facts->bucket.k > s->size_places)
        s->size_places = specs->facts->bucket.k;
}

struct oc_barsymbol *oc_barsymbol_new(const struct oc_barspecs *specs, const char *name, size_t length, uint32_t number,
                                      struct oc_err *err)
{
    struct oc_barsymbol *s = calloc(1, sizeof *s);
    bool ok = s && (s->name = malloc(length + 1)) && (s->open = calloc(specs->n + 1, sizeof *s->open))
           && (s->limit = calloc(specs->n + 1, sizeof *s->limit)) && (s->state = calloc(specs->n + 1, sizeof *s->state));

    for (size_t i = 0; ok && i < specs->n; i++)
        ok = (s->state[i] = calloc(1, specs->v[i].kind->state_size + 1)) != NULL;
    if (ok && specs->facts) {
        ok = (s->facts = oc_barfacts_new(specs->facts)) && (s->meta = calloc(specs->n + 1, sizeof *s->meta));
        for (size_t i = 0; ok && i < specs->n; i++)
            ok = (s->meta[i] = oc_barmeta_new()) != NULL;
    }
    if (!ok) {
        oc_barsymbol_free(s, specs);
        oc_fail(err, OC_MEMORY, "no memory for another symbol");
        return NULL;
    }
    memcpy(s->name, name, length);
    s->name[length] = 0;
    s->length = length;
    s->number = number;
    s->part = OC_BARPART_NONE;
    s->finer = INT64_MIN;
    first_places(s, specs);
    if (fits(set_limits(s, specs), s, err) || (s->facts && oc_barfacts_units(s->facts, s->size_places))) {
        oc_barsymbol_free(s, specs);
        return NULL;
    }
    return s;
}

void oc_barsymbol_free(struct oc_barsymbol *s, const struct oc_barspecs *specs)
{
    if (!s)
        return;
    for (size_t i = 0; s->state && i < specs->n; i++)
        free(s->state[i]);
    for (size_t i = 0; s->meta && i < specs->n; i++)
        oc_barmeta_free(s->meta[i]);
    free(s->meta);
    oc_barfacts_free(s->facts);
    free(s->state);
    free(s->limit);
    free(s->open);
    free(s->name);
    free(s);
}

/* ---- the state file ---------------------------------------------------------------------------------------- */

static void keep_sum(struct oc_barkeep *k, struct oc_barsum *s)
{
    oc_barkeep_wide(k, "dollar", &s->dollar);
    oc_barkeep_i128(k, "volume", &s->volume);
    oc_barkeep_i128(k, "buy", &s->buy);
    oc_barkeep_i128(k, "sell", &s->sell);
    oc_barkeep_i128(k, "spread", &s->spread);
    oc_barkeep_i64(k, "quoted", &s->quoted);
    oc_barkeep_i64(k, "trades", &s->trades);
    oc_barkeep_i64(k, "parts", &s->parts);
    oc_barkeep_i64(k, "unfinished", &s->unfinished);
    oc_barkeep_i64(k, "unsized", &s->unsized);
    oc_barkeep_i64(k, "unpaid", &s->unpaid);
    oc_barkeep_i64(k, "unsided", &s->unsided);
    oc_barkeep_i64(k, "uncounted", &s->uncounted);
}

static bool far(__int128 v) { return v > (__int128)1 << 122 || v < -((__int128)1 << 122); }
static bool narrow(__int128 v) { return v >= 0 && v >> 120 == 0; }

/* Sums only grow; `before` is a sum that was reached earlier, or what is left of this one. */
static void doubt_sum(struct oc_barkeep *k, const struct oc_barsum *s, const struct oc_barsum *before)
{
    const int64_t now[] = { s->quoted, s->trades, s->unfinished, s->unsized, s->unpaid, s->unsided, s->uncounted };
    const int64_t then[] = { before->quoted, before->trades,  before->unfinished, before->unsized,
                             before->unpaid, before->unsided, before->uncounted };

    for (size_t i = 0; i < sizeof now / sizeof *now; i++)
        oc_barkeep_doubt(k, "a count", then[i] < 0 || now[i] < then[i] || now[i] > INT64_MAX / 4);
    oc_barkeep_doubt(k, "a sum",
                     !narrow(s->volume) || !narrow(before->volume) || before->volume > s->volume || !narrow(s->spread)
                         || !narrow(before->spread) || !narrow(s->buy) || !narrow(before->buy) || !narrow(s->sell)
                         || !narrow(before->sell) || !oc_wide_fits(s->dollar) || !oc_wide_fits(before->dollar));
}

static void keep_open(struct oc_barkeep *k, struct oc_baropen *o, const struct oc_barsum *sum)
{
    oc_barkeep_bool(k, "open", &o->open);
    oc_barkeep_bool(k, "any", &o->any);
    oc_barkeep_i64(k, "ts", &o->ts);
    oc_barkeep_i64(k, "end", &o->end);
    oc_barkeep_i64(k, "last", &o->last);
    oc_barkeep_i64(k, "floor", &o->floor);
    oc_barkeep_f64(k, "o", &o->o);
    oc_barkeep_f64(k, "h", &o->h);
    oc_barkeep_f64(k, "l", &o->l);
    oc_barkeep_f64(k, "c", &o->c);
    oc_barkeep_i8(k, "part", &o->part);
    keep_sum(k, &o->from);
    keep_sum(k, &o->closed);
    doubt_sum(k, sum, &o->from);
    doubt_sum(k, sum, &o->closed);
    oc_barkeep_doubt(k, "part", o->part < 0 || o->part > OC_BARPART_NONE);
    oc_barkeep_doubt(k, "a price", o->open && (isnan(o->o) || isnan(o->h) || isnan(o->l) || isnan(o->c)));
    oc_barkeep_doubt(k, "end", o->last == INT64_MAX || o->ts == INT64_MAX);
}

void oc_barsymbol_keep(struct oc_barkeep *k, struct oc_barsymbol *s, const struct oc_barspecs *specs)
{
    struct oc_err err;

    oc_barkeep_int(k, "price_places", &s->price_places);
    oc_barkeep_int(k, "size_places", &s->size_places);
    if (s->price_places < 0 || s->price_places > OC_DECIMAL_PLACES + 1 || s->size_places < 0
        || s->size_places > OC_DECIMAL_PLACES)
        k->bad = true;
    else if (k->reading && (set_limits(s, specs) || (s->facts && oc_barfacts_units(s->facts, s->size_places))))
        k->bad = fits(-1, s, &err);
    keep_sum(k, &s->sum);
    oc_barkeep_bool(k, "any", &s->any);
    oc_barkeep_i64(k, "last_ts", &s->last_ts);
    oc_barkeep_bool(k, "sided", &s->sided);
    oc_barkeep_bool(k, "quoted", &s->quoted);
    oc_barkeep_i128(k, "bid", &s->bid);
    oc_barkeep_i128(k, "ask", &s->ask);
    oc_barkeep_bool(k, "priced", &s->priced);
    oc_barkeep_i128(k, "price", &s->price);
    oc_barkeep_i64(k, "price_ts", &s->price_ts);
    oc_barkeep_i8(k, "direction", &s->direction);
    oc_barkeep_i8(k, "part", &s->part);
    doubt_sum(k, &s->sum, &(struct oc_barsum){ .volume = 0 });
    oc_barkeep_doubt(k, "direction or part",
                     s->direction < -1 || s->direction > 1 || s->part < 0 || s->part > OC_BARPART_NONE);
    oc_barkeep_doubt(k, "a price", far(s->bid) || far(s->ask) || far(s->price));
    oc_barkeep_i64(k, "finer", &s->finer);
    oc_barjump_keep(k, &s->jump);
    if (s->facts)
        oc_barfacts_keep(k, s->facts);
    for (size_t i = 0; i < specs->n; i++) {
        oc_barkeep_same(k, "bars", specs->v[i].name);
        keep_open(k, &s->open[i], &s->sum);
        if (specs->v[i].kind->keep)
            specs->v[i].kind->keep(k, s->state[i]);
        if (s->meta)
            oc_barmeta_keep(k, s->meta[i]);
    }
}
