/* barfacts - see barfacts.h */
#include "app/barfacts.h"

#include "app/barsymbol.h"
#include "math/log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct waiting { int64_t due; double price, size; int8_t sign; };

struct oc_barfacts {
    const struct oc_barfactopts *o;
    /* VPIN: in units of the size */
    __int128 bucket, filled, balance;           /* length; of the open one: filled, bought - sold */
    __int128 imbalance[OC_BARFACTS_BUCKETS];    /* of the full ones, a ring */
    __int128 total;                             /* of them */
    int64_t full;                               /* filled so far */
    /* trades whose delay runs: a ring */
    struct waiting *wait;
    size_t first, n, cap;
    double realized, matured;                   /* of those that ended since the tick before */
};

struct oc_barfacts *oc_barfacts_new(const struct oc_barfactopts *o)
{
    struct oc_barfacts *f = calloc(1, sizeof *f);

    if (f)
        f->o = o;
    return f;
}

void oc_barfacts_free(struct oc_barfacts *f)
{
    if (f)
        free(f->wait);
    free(f);
}

int oc_barfacts_units(struct oc_barfacts *f, int size_places)
{
    f->bucket = f->o->bucket.m;
    return oc_wide_scale128(&f->bucket, size_places - f->o->bucket.k);
}

int oc_barfacts_rescale(struct oc_barfacts *f, int price, int size)
{
    int rc = oc_wide_scale128(&f->bucket, size) || oc_wide_scale128(&f->filled, size) || oc_wide_scale128(&f->balance, size)
          || oc_wide_scale128(&f->total, size);

    (void)price;
    for (size_t i = 0; rc == 0 && i < OC_BARFACTS_BUCKETS; i++)
        rc = oc_wide_scale128(&f->imbalance[i], size);
    return rc ? -1 : 0;
}

/* ---- VPIN ---------------------------------------------------------------------------------------------------- */

static void close_bucket(struct oc_barfacts *f, __int128 balance)
{
    __int128 *at = &f->imbalance[f->full++ % f->o->buckets];

    f->total -= *at;
    *at = balance < 0 ? -balance : balance;
    f->total += *at;
    f->filled = f->balance = 0;
}

static void fill_buckets(struct oc_barfacts *f, __int128 size, int8_t sign)
{
    __int128 part = f->bucket - f->filled < size ? f->bucket - f->filled : size;

    f->filled += part;
    f->balance += sign * part;
    size -= part;
    if (f->filled < f->bucket)
        return;
    close_bucket(f, f->balance);
    __int128 whole = size / f->bucket;
    size -= whole * f->bucket;
    for (whole = whole > f->o->buckets ? f->o->buckets : whole; whole > 0; whole--)     /* the ring holds no more */
        close_bucket(f, sign * f->bucket);
    f->filled = size;
    f->balance = sign * size;
}

static double vpin(const struct oc_barfacts *f)
{
    if (f->full < f->o->buckets)
        return NAN;
    return oc_wide_ratio(oc_wide_from(f->total), f->bucket * f->o->buckets, 0);
}

/* ---- realised spread ----------------------------------------------------------------------------------------- */

static int wait_for(struct oc_barfacts *f, struct waiting w)
{
    if (f->n == f->cap) {
        const size_t cap = f->cap ? 2 * f->cap : 64;
        struct waiting *p = malloc(cap * sizeof *p);
        if (!p)
            return -1;
        for (size_t i = 0; i < f->n; i++)
            p[i] = f->wait[(f->first + i) % f->cap];
        free(f->wait);
        f->wait = p;
        f->first = 0;
        f->cap = cap;
    }
    f->wait[(f->first + f->n++) % f->cap] = w;
    return 0;
}

static void mature(struct oc_barfacts *f, const struct oc_barsymbol *s, int64_t before)
{
    const double mid = s->quoted ? oc_wide_ratio(oc_wide_from(s->bid + s->ask), 2, s->price_places) : NAN;

    for (; f->n && f->wait[f->first].due < before; f->n--, f->first = (f->first + 1) % f->cap) {
        const struct waiting *w = &f->wait[f->first];
        if (!s->quoted)
            continue;
        f->realized += 2 * w->sign * (w->price - mid) * w->size;
        f->matured += w->size;
    }
}

void oc_barfacts_mature(struct oc_barfacts *f, const struct oc_barsymbol *s, int64_t ts) { mature(f, s, ts); }

/* ---- one tick ------------------------------------------------------------------------------------------------ */

static void say_quote(const struct oc_barsymbol *s, __int128 price, struct oc_barfact *out)
{
    const __int128 middle = s->bid + s->ask, off = 2 * price - middle;

    out->sided = s->sided;
    out->locked = s->sided && s->bid == s->ask;
    out->crossed = s->sided && s->bid > s->ask;
    if (!s->quoted)
        return;
    out->spread = s->ask - s->bid;
    out->bps = middle > 0 ? oc_wide_ratio(oc_wide_product(out->spread, 20000), middle, 0) : NAN;
    out->effective = oc_wide_decimal(off < 0 ? -off : off, s->price_places);
    out->place = price > s->bid && price < s->ask ? -1 : price < s->bid || price > s->ask ? 1 : 0;
}

int oc_barfacts_tick(struct oc_barfacts *f, const struct oc_barsymbol *s, int64_t ts, __int128 price, __int128 size,
                     bool sized, int8_t sign, struct oc_barfact *out)
{
    const int k = s->price_places;
    const double p = oc_wide_decimal(price, k);

    *out = (struct oc_barfact){
        .bps = NAN, .size = NAN, .effective = NAN, .change = NAN, .ret = NAN, .vpin = NAN, .sign = sign
    };
    say_quote(s, price, out);
    if (sized)
        out->size = oc_wide_decimal(size, s->size_places);
    if (s->priced) {
        out->change = oc_wide_decimal(price - s->price, k);
        if (price > 0 && s->price > 0)
            out->ret = price == s->price ? 0 : oc_log(p / oc_wide_decimal(s->price, k));
    }
    if (f->o->tier < 3)
        return 0;
    mature(f, s, ts + 1);           /* the quote of this row stands at its own instant */
    out->realized = f->realized;
    out->matured = f->matured;
    f->realized = f->matured = 0;
    if (sized && f->bucket) {
        fill_buckets(f, size, sign);
        out->vpin = vpin(f);
    }
    return sized && sign && ts <= INT64_MAX - f->o->delay
               ? wait_for(f, (struct waiting){ ts + f->o->delay, p, out->size, sign })
               : 0;
}

void oc_barfacts_keep(struct oc_barkeep *k, struct oc_barfacts *f)
{
    int64_t n = (int64_t)f->n;

    oc_barkeep_i128(k, "filled", &f->filled);
    oc_barkeep_i128(k, "balance", &f->balance);
    oc_barkeep_i64(k, "full", &f->full);
    oc_barkeep_doubt(k, "full",
                     f->full < 0 || f->full > INT64_MAX / 2 || f->filled < 0 || (f->filled && f->filled >= f->bucket)
                         || f->balance > f->filled || -f->balance > f->filled);
    for (int64_t i = 0; i < f->o->buckets && i < f->full; i++) {
        oc_barkeep_i128(k, "imbalance", &f->imbalance[i]);
        oc_barkeep_doubt(k, "imbalance", f->imbalance[i] < 0 || f->imbalance[i] > f->bucket);
        f->total += k->reading ? f->imbalance[i] : 0;
    }
    oc_barkeep_f64(k, "realized", &f->realized);
    oc_barkeep_f64(k, "matured", &f->matured);
    oc_barkeep_i64(k, "waiting", &n);
    for (int64_t i = 0; i < n && !k->bad; i++) {
        struct waiting w = { 0 };
        if (!k->reading)
            w = f->wait[(f->first + (size_t)i) % f->cap];
        oc_barkeep_i64(k, "due", &w.due);
        oc_barkeep_f64(k, "price", &w.price);
        oc_barkeep_f64(k, "size", &w.size);
        oc_barkeep_i8(k, "sign", &w.sign);
        oc_barkeep_doubt(k, "sign", w.sign < -1 || w.sign > 1 || isnan(w.price) || isnan(w.size));
        if (k->reading && !k->bad && wait_for(f, w))
            k->bad = true;
    }
}
