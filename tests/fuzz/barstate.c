/*
 * barstate - any bytes as the state of a symbol of oc-bars, with the head and the digest that make them a file.  What is taken is
 * goes on with a tick, and is written again.
 */
#include "app/barsymbol.h"
#include "base/sha256.h"
#include "base/time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct oc_barspecs specs;
static struct oc_barfactopts facts = { .tier = 3, .bucket = { 100, 0 }, .buckets = 3, .delay = 5 * OC_TIME_SECOND, .round_lot = 100 };

static void open_specs(void)
{
    static const char *const word[] = { "1m", "3", "300", "3000", "0.5", "0.5", "3", "ewma:2" };
    struct oc_err err;

    for (size_t i = 0; specs.n < 8 && oc_barkind_at(i); i++) {
        specs.v[i].kind = oc_barkind_at(i);
        if (oc_barkind_at(i)->read(&specs.v[specs.n++], word[i], &err))
            abort();
    }
    specs.facts = &facts;
}

/* One more tick: any outcome, but in words. */
static void go_on(struct oc_barsymbol *s)
{
    static const struct oc_barclock clock;
    static const uint32_t record;
    const int64_t ts = s->last_ts;
    const int8_t sign = 1, part = OC_BARPART_NONE;
    const double p = 100;
    struct oc_barrows rows = { .nfigure = 30 };
    struct oc_barfact fact;
    struct oc_barsum sum[2] = { s->sum, s->sum };
    struct oc_err err = { 0 };
    __int128 price = 100;
    size_t at;

    if (oc_wide_scale128(&price, s->price_places) || ts > INT64_MAX / 2)
        return;
    sum[1].volume += 7;
    sum[1].dollar = oc_wide_add(sum[1].dollar, oc_wide_product(price, 7));
    sum[1].trades++;
    sum[1].buy += 7;
    oc_barfacts_mature(s->facts, s, ts);
    if (oc_barfacts_tick(s->facts, s, ts, price, 7, true, 1, &fact))
        abort();
    const struct oc_barrun run = { .n = 1, .ts = &ts, .open = &p, .high = &p, .low = &p, .close = &p, .price = &price, .sum = sum,
                                   .sign = &sign, .part = &part, .record = &record, .fact = &fact };
    for (size_t i = 0; i < specs.n; i++) {
        const struct oc_barfeed f = { .clock = &clock, .spec = &specs.v[i], .run = &run, .limit = &s->limit[i], .open = &s->open[i],
                                      .state = s->state[i], .meta = s->meta[i], .round_lot = 100, .price_places = s->price_places,
                                      .size_places = s->size_places, .rows = &rows, .number = (uint16_t)i, .limit_at = &at, .err = &err };
        if (specs.v[i].kind->feed(&f) && !*err.text)
            abort();
    }
    oc_barrows_free(&rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct oc_buf file = { 0 };
    struct oc_barkeep k, again;
    struct oc_sha256 sha;
    struct oc_err err = { 0 };
    char hex[OC_SHA256_HEX];

    if (!specs.n)
        open_specs();
    oc_buf_puts(&file, "oc-bars state 2\n");
    oc_buf_put(&file, data, size);
    oc_sha256_init(&sha);
    oc_sha256_add(&sha, file.p, file.n);
    oc_sha256_hex(&sha, hex);
    oc_buf_printf(&file, "sha256 %s\n", hex);
    struct oc_barsymbol *s = oc_barsymbol_new(&specs, "A", 1, 0, &err);
    if (!s || oc_barkeep_read(&k, "state", file.p, file.n, &err))
        abort();
    oc_barsymbol_keep(&k, s, &specs);
    if (!k.bad && k.at == k.end) {
        go_on(s);
        oc_barkeep_begin(&again);
        oc_barsymbol_keep(&again, s, &specs);
        oc_barkeep_free(&again);
    }
    oc_barkeep_free(&k);
    oc_barsymbol_free(s, &specs);
    oc_buf_free(&file);
    return 0;
}
