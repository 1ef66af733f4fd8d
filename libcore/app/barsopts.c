/* barsopts - see barsopts.h */
#include "app/barsopts.h"

#include "base/num.h"
#include "cli/value.h"

#include <stdio.h>
#include <string.h>

int oc_barsopts_list(FILE *out, const char *value, struct oc_err *err)
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

int oc_barsopts_ask(void *ctx, const char *value, struct oc_err *err)
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
            return oc_fail(err, OC_USAGE, "--vpin: '%s' is not V or V:N, the volume of a bucket and how many (1 to %d)",
                           b->vpin, OC_BARFACTS_BUCKETS);
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
        return oc_fail(err, OC_USAGE,
                       "--adjust with --state: prices are adjusted by what comes later, which a part does not know");
    if (b->adjust_path
        && oc_baradjust_open(b->io, &b->clock, b->price == OC_BARPRICE_TRADE, b->adjust_path, &b->adjust, err))
        return -1;
    if (b->jumps_path && oc_side_open(b->io, "--detect-jumps", b->jumps_path, "check", &b->jumps_side, err))
        return -1;
    return b->state ? oc_side_check(b->io, "--state", b->state, err) : 0;
}

int oc_barsopts_open(struct oc_bars *b, struct oc_err *err)
{
    static const char *const prices[] = { "trade", "mid", "bid", "ask", NULL },
                             *const signs[] = { "auto", "side", "lee-ready", "tick", NULL },
                             *const hours[] = { "all", "extended", "regular", NULL };

    if (b->metadata == 1 && b->specs.n)
        return oc_fail(err, OC_USAGE, "--metadata 1 appends columns to ticks; bars are another run");
    if (b->metadata == 1 && (b->last || b->fill || b->no_partial || b->interval || b->align || strcmp(b->hours, "all") != 0
                             || strcmp(b->price_word, "trade") != 0))
        return oc_fail(err, OC_USAGE,
                       "--price, --interval, --align, --hours, --fill, --no-partial and --last are of bars; --metadata 1 "
                       "appends columns to ticks");
    if (b->metadata != 1 && !b->specs.n)
        return oc_fail(err, OC_USAGE, "which bars? --every 1m, --tick 100, --volume 10000, ...; see --list-kinds");
    if (b->metadata > 3)
        return oc_fail(err, OC_USAGE, "--metadata: tiers are 1, 2 and 3");
    if (b->io->only)
        return oc_fail(err, OC_USAGE, "--only is of programs that append to rows; --where chooses ticks");
    b->price = (enum oc_barprice)choice(b->price_word, prices);
    b->sign = (enum oc_barsign)choice(b->sign_word, signs);
    b->clock =
        (struct oc_barclock){ .calendar = b->instants->calendar,
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
    if (b->clock.calendar) {
        int32_t from, to;
        oc_calendar_covers(b->clock.calendar, &from, &to);
        b->covered_from = oc_barclock_day(&b->clock, from);
        b->covered_to = oc_barclock_day(&b->clock, to + 1);
    }
    b->needs_size = b->vpin != NULL;
    for (size_t i = 0; i < b->specs.n; i++)
        b->needs_size |= b->specs.v[i].kind->needs_size;
    if (open_actions(b, err))
        return -1;
    return b->metadata > 1       ? open_facts(b, err)
           : b->vpin || b->delay ? oc_fail(err, OC_USAGE, "--vpin and --delay belong to --metadata 3")
                                 : 0;
}
