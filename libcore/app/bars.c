/* bars - see bars.h */
#include "app/bars.h"

#include "app/barinput.h"
#include "app/barfeed.h"
#include "app/barout.h"
#include "app/tickmeta.h"
#include "base/num.h"
#include "cli/say.h"
#include "cli/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what is asked for --------------------------------------------------------------------------------------- */

int oc_bars_list(FILE *out, const char *value, struct oc_err *err)
{
    (void)value;
    (void)err;
    for (size_t i = 0; oc_barkind_at(i); i++)
        fprintf(out, "%-17s %s%s\n", oc_barkind_at(i)->name, oc_barkind_at(i)->title,
                oc_barkind_at(i)->from_bars ? "; also from finer bars" : "");
    return 0;
}

static int ask_one(struct oc_bars *b, const struct oc_barkind *kind, const char *word, struct oc_err *err)
{
    struct oc_barspec s = { .kind = kind };

    if (b->specs.n == sizeof b->specs.v / sizeof *b->specs.v)
        return oc_fail(err, OC_USAGE, "more than %zu kinds of bars in one run", b->specs.n);
    if (kind->read(&s, word, err))
        return -1;
    for (size_t i = 0; i < b->specs.n; i++)
        if (strcmp(b->specs.v[i].name, s.name) == 0)
            return oc_fail(err, OC_USAGE, "bars of %s are asked for twice", s.name);
    b->specs.v[b->specs.n++] = s;
    return 0;
}

int oc_bars_ask(void *ctx, const char *value, struct oc_err *err)
{
    const struct oc_barask *ask = ctx;
    char word[64];

    for (const char *p = value;; p++) {
        const size_t n = strcspn(p, ",");
        if (n == 0 || n >= sizeof word)
            return oc_fail(err, OC_USAGE, "'%s' is no list of words by commas", value);
        memcpy(word, p, n);
        word[n] = 0;
        if (ask_one(ask->bars, ask->kind, word, err))
            return -1;
        p += n;
        if (!*p)
            return 0;
    }
}

static int choice(const char *word, const char *const *words)
{
    int i = 0;

    while (words[i] && strcmp(words[i], word) != 0)
        i++;
    return i;
}

/* --vpin V[:N] and --delay TIME. */
static int open_facts(struct oc_bars *b, struct oc_err *err)
{
    struct oc_barspec delay = { .kind = &oc_barkind_time };
    double v = 0;

    b->facts = (struct oc_barfactopts){ .tier = (int)b->metadata, .buckets = 50, .round_lot = b->round_lot };
    if ((b->vpin || b->delay) && b->metadata < 3)
        return oc_fail(err, OC_USAGE, "--vpin and --delay belong to --metadata 3");
    if (b->vpin) {
        const char *colon = strchr(b->vpin, ':');
        char word[64];
        const char *why;
        snprintf(word, sizeof word, "%.*s", colon ? (int)(colon - b->vpin) : (int)sizeof word, b->vpin);
        if (oc_value_f64(word, &v, NULL, &why) || !(v > 0) || oc_decimal_of(v, &b->facts.bucket) || b->facts.bucket.k > 15
            || (colon && (oc_num_i64(colon + 1, strlen(colon + 1), &b->facts.buckets) != OC_NUM_OK || b->facts.buckets < 1
                          || b->facts.buckets > OC_BARFACTS_BUCKETS)))
            return oc_fail(err, OC_USAGE, "--vpin: '%s' is not V or V:N, the volume of a bucket and how many (1 to %d)", b->vpin,
                           OC_BARFACTS_BUCKETS);
    }
    if (oc_barkind_time.read(&delay, b->delay ? b->delay : "5m", err) || delay.step <= 0)
        return oc_fail(err, OC_USAGE, "--delay: '%s' is no time: 1s, 30s, 5m, 1h", b->delay);
    b->facts.delay = delay.step;
    b->specs.facts = &b->facts;
    for (b->rows.nfigure = 0; oc_barmeta_cols[b->rows.nfigure].name; b->rows.nfigure++)
        ;
    return 0;
}

/* --adjust and --detect-jumps. */
static int open_actions(struct oc_bars *b, struct oc_err *err)
{
    b->factor_column = b->adjust_as && strcmp(b->adjust_as, "factor") == 0;
    if (b->adjust_as && !b->adjust_path)
        return oc_fail(err, OC_USAGE, "--adjust-as belongs to --adjust");
    if ((b->adjust_path || b->jumps_path) && b->metadata == 1)
        return oc_fail(err, OC_USAGE, "--adjust and --detect-jumps are of bars");
    if (b->adjust_path && b->state)
        return oc_fail(err, OC_USAGE, "--adjust with --state: prices are adjusted by what comes later, which a part does not know");
    if (b->adjust_path && oc_baradjust_open(b->io, &b->clock, b->adjust_path, &b->adjust, err))
        return -1;
    return b->jumps_path ? oc_side_open(b->io, "--detect-jumps", b->jumps_path, "check", &b->jumps_side, err) : 0;
}

int oc_bars_open(struct oc_bars *b, struct oc_err *err)
{
    static const char *const prices[] = { "trade", "mid", "bid", "ask", NULL }, *const signs[] = { "auto", "side", "lee-ready", "tick", NULL },
                      *const hours[] = { "all", "extended", "regular", NULL };

    if (b->metadata == 1 && b->specs.n)
        return oc_fail(err, OC_USAGE, "--metadata 1 appends columns to ticks; bars are another run");
    if (b->metadata == 1 && (b->last || b->fill || b->no_partial || b->interval || b->align || strcmp(b->hours, "all") != 0
                             || strcmp(b->price_word, "trade") != 0))
        return oc_fail(err, OC_USAGE, "--price, --interval, --align, --hours, --fill, --no-partial and --last are of bars; --metadata 1 "
                                      "appends columns to ticks");
    if (b->metadata != 1 && !b->specs.n)
        return oc_fail(err, OC_USAGE, "which bars? --every 1m, --tick 100, --volume 10000, ...; see --list-kinds");
    if (b->metadata > 3)
        return oc_fail(err, OC_USAGE, "--metadata: tiers are 1, 2 and 3");
    if (b->io->only)
        return oc_fail(err, OC_USAGE, "--only is of programs that append to rows; --where chooses ticks");
    b->price = (enum oc_barprice)choice(b->price_word, prices);
    b->sign = (enum oc_barsign)choice(b->sign_word, signs);
    b->clock = (struct oc_barclock){ .calendar = b->instants->calendar,
                                     .zone = b->instants->calendar ? oc_calendar_zone(b->instants->calendar) : b->instants->zone,
                                     .hours = (enum oc_barhours)choice(b->hours, hours) };
    b->clock.by_session = b->align ? strcmp(b->align, "session") == 0 : b->clock.calendar != NULL;
    if (!b->clock.calendar && (b->clock.by_session || b->clock.hours))
        return oc_fail(err, OC_USAGE, "--align session and --hours need --calendar");
    if (b->last && !b->state)
        return oc_fail(err, OC_USAGE, "--last belongs to --state");
    if (b->no_partial && b->last)
        return oc_fail(err, OC_USAGE, "--last writes the open bars and --no-partial leaves them out");
    b->minute = INT64_MIN;
    b->needs_size = b->vpin != NULL;
    for (size_t i = 0; i < b->specs.n; i++)
        b->needs_size |= b->specs.v[i].kind->needs_size;
    if (open_actions(b, err))
        return -1;
    return b->metadata > 1 ? open_facts(b, err) : b->vpin || b->delay ? oc_fail(err, OC_USAGE, "--vpin and --delay belong to --metadata 3") : 0;
}

/* ---- symbols -------------------------------------------------------------------------------------------------- */

static struct oc_barsymbol *symbol_of(struct oc_bars *b, const char *name, size_t n, struct oc_err *err)
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

/* ---- the state file ------------------------------------------------------------------------------------------- */

static void keep_names(struct oc_barkeep *k, const struct oc_bars *b)
{
    const struct { const char *name, *word; } option[] = {
        { "--price", b->price_word }, { "--classify", b->sign_word }, { "--hours", b->hours },
        { "--align", b->clock.by_session ? "session" : "clock" }, { "--fill", b->fill ? "yes" : "no" }, { "--interval", b->interval },
        { "--vpin", b->vpin }, { "--delay", b->delay }, { "zone-and-calendar", b->instants->notes },
    };
    char text[4096] = "";
    size_t n = 0;

    for (size_t i = 0; i < b->specs.n; i++)
        n += (size_t)snprintf(text + n, n < sizeof text ? sizeof text - n : 0, "%s%s", i ? " " : "", b->specs.v[i].name);
    oc_barkeep_same(k, "kinds", text);
    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        oc_barkeep_same(k, option[i].name, option[i].word ? option[i].word : "");
    snprintf(text, sizeof text, "%llu %g", (unsigned long long)b->metadata, b->round_lot);
    oc_barkeep_same(k, "--metadata and --round-lot", text);
    snprintf(text, sizeof text, "%s%s%s%s%s%s%s", b->finer ? "bars" : "ticks", b->has_symbol ? " symbol" : "", b->has_size ? " size" : "",
             b->has_money ? " money" : "", b->has_sides ? " sides" : "", b->has_trades ? " trades" : "", b->has_quote ? " quotes" : "");
    oc_barkeep_same(k, "input", text);
}

static int load_state(struct oc_bars *b, struct oc_err *err)
{
    struct oc_barkeep k = { .reading = true };
    int64_t n = 0;

    if (access(b->state, F_OK) != 0)
        return 0;                               /* the first part */
    int rc = oc_barkeep_load(&k, b->state, err);
    if (rc == 0) {
        keep_names(&k, b);
        oc_barkeep_i64(&k, "symbols", &n);
    }
    for (int64_t i = 0; rc == 0 && !k.bad && i < n; i++) {
        const char *name = "";
        size_t length = 0;
        oc_barkeep_text(&k, "symbol", &name, &length);
        struct oc_barsymbol *s = symbol_of(b, name, length, err);
        if (!s)
            rc = -1;
        else if (s->number != i)
            k.bad = true;
        else
            oc_barsymbol_keep(&k, s, &b->specs);
    }
    if (rc == 0 && (k.bad || k.at != k.end))
        rc = oc_fail(err, OC_USAGE, "--state: %s is of another run: %s", b->state, k.bad && k.why[0] ? k.why : "it holds something else");
    oc_barkeep_free(&k);
    return rc;
}

static int save(struct oc_bars *b, int rc, struct oc_err *err)
{
    struct oc_barkeep k;
    struct oc_err why = { 0 };
    int64_t n = (int64_t)b->nsymbol;

    if (!b->state || !b->ended || (rc && err->code != OC_INCOMPLETE))
        return rc;
    oc_barkeep_begin(&k);
    keep_names(&k, b);
    oc_barkeep_i64(&k, "symbols", &n);
    for (size_t i = 0; i < b->nsymbol; i++) {
        struct oc_barsymbol *s = b->symbol[i];
        const char *name = s->name;
        oc_barkeep_text(&k, "symbol", &name, &s->length);
        oc_barsymbol_keep(&k, s, &b->specs);
        if (memchr(s->name, '\n', s->length)) {
            oc_barkeep_free(&k);
            return oc_fail(err, OC_DATA, "--state: a symbol with a line end in it cannot be kept");
        }
    }
    const int saved = oc_barkeep_save(&k, b->state, &why);
    oc_barkeep_free(&k);
    if (saved)
        *err = why;
    return saved ? -1 : rc;
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
            return oc_fail(err, OC_USAGE, "%s: only bars of time can be made of finer bars; this kind needs the ticks", s->name);
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
    return b->state ? load_state(b, err) : 0;
}

static int feed_all(struct oc_bars *b, struct oc_barsymbol *s, const struct oc_barrun *run, struct oc_err *err)
{
    for (size_t i = 0; run->n && i < b->specs.n; i++) {
        const struct oc_barfeed f = { .clock = &b->clock, .spec = &b->specs.v[i], .run = run, .limit = &s->limit[i],
                                      .open = &s->open[i], .state = s->state[i], .meta = s->meta ? s->meta[i] : NULL,
                                      .round_lot = b->round_lot, .price_places = s->price_places,
                                      .size_places = s->size_places, .fill = b->fill, .rows = &b->rows, .symbol = s->number,
                                      .number = (uint16_t)i, .err = err };
        if (b->specs.v[i].kind->feed(&f))
            return -1;
    }
    return 0;
}

static int feed_group(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, void *ctx, struct oc_err *err)
{
    struct oc_bars *b = ctx;
    struct oc_barrun run;

    if (b->finer ? oc_barfiner_run(x, s, row, n, &run, err) : oc_barticks_run(x, s, row, n, &run, err))
        return -1;
    if (b->jumps_side && oc_barjump_run(&b->jumps, &s->jump, &b->clock, s->name, &run, err))
        return -1;
    return feed_all(b, s, &run, err);
}

/* Rows by symbol, each in its order: counted, then dealt out. */
static int by_symbol(struct oc_barinput *x, oc_barinput_group *fn, void *ctx, struct oc_err *err)
{
    struct oc_bars *b = x->bars;
    struct oc_batch *in = x->in;
    const struct oc_dict *d = x->symbol.dict;
    const uint32_t n = x->symbol.index ? d->n : 1;
    uint32_t *at = oc_arena_zero(&in->arena, (size_t)n + 1, sizeof *at), *row = oc_arena_alloc(&in->arena, (in->rows + 1) * sizeof *row);
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
        struct oc_barsymbol *s = x->symbol.index ? symbol_of(b, d->bytes + d->off[k], d->off[k + 1] - d->off[k], err)
                                                 : symbol_of(b, "", 0, err);
        if (!s || fn(x, s, row + from, to - from, ctx, err))
            return -1;
        from = to;
    }
    return 0;
}

/* Rows with a cell that cannot be read. */
static int find_bad(struct oc_barinput *x, struct oc_err *err)
{
    uint64_t *bits = x->in->nbad ? oc_arena_zero(&x->in->arena, oc_bit_words(x->in->rows), sizeof *bits) : NULL;

    if (x->in->nbad && !bits)
        return oc_fail(err, OC_MEMORY, "no memory for the ticks of a block");
    for (size_t i = 0; i < x->in->nbad; i++)
        oc_bit_set(bits, x->in->bad[i].row);
    x->bad = bits;
    return 0;
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
        const uint32_t k = d && oc_bit(x->symbol.valid, i) ? (uint32_t)x->symbol.index[i] : 0;
        f[i] = oc_baradjust_at(d ? oc_baradjust_of(x->bars->adjust, d->bytes + d->off[k], d->off[k + 1] - d->off[k])
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
            return oc_fail(err, OC_INTERNAL, "%s: the bars of %s do not add up to what was read", s->name, b->specs.v[i].name);
    }
    return 0;
}

static int end_symbol(struct oc_bars *b, struct oc_barsymbol *s, struct oc_err *err)
{
    for (size_t i = 0; i < b->specs.n; i++) {
        struct oc_baropen *o = &s->open[i];
        const struct oc_barfeed f = { .clock = &b->clock, .spec = &b->specs.v[i], .open = o, .meta = s->meta ? s->meta[i] : NULL, .price_places = s->price_places,
                                      .size_places = s->size_places, .rows = &b->rows, .symbol = s->number, .number = (uint16_t)i,
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
        if (check_sums(b, b->symbol[i], err) || (write && (end_symbol(b, b->symbol[i], err) || check_sums(b, b->symbol[i], err))))
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
    const struct oc_work bars = { .kinds = "tick bar", .make = make_bars, .make_kind = "bar", .begin = begin, .end = end_bars, .finish = finish,
                                  .ordered = true, .partial = true, .ctx = b };
    const struct oc_work ticks = { .kinds = "tick", .step = oc_tickmeta_step, .begin = begin, .ordered = true, .partial = true, .ctx = b };
    const int rc = oc_run(b->io, b->metadata == 1 ? &ticks : &bars, err);

    b->ended |= b->metadata == 1;
    if (rc == 0 && b->left_out)
        oc_say(OC_NOTE, "outside --hours %s, in no bar: %llu", b->hours, (unsigned long long)b->left_out);
    return save(b, rc, err);
}

void oc_bars_close(struct oc_bars *b)
{
    for (size_t i = 0; i < b->nsymbol; i++)
        oc_barsymbol_free(b->symbol[i], &b->specs);
    free(b->symbol);
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
