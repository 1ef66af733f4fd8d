/*
 * bartime - bars of a stretch of time: seconds to hours, days, weeks; from ticks, or from bars that are finer.
 *
 * A bar leaves when the first tick after it is read; one of finer bars as soon as one of them ends with it.
 */
#include "app/barfeed.h"

#include "base/num.h"
#include "base/time.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 1000000 };    /* bars that --fill puts into one gap */

/* Bars without ticks from where the last one ended up to the one that begins at `until`, with tick i. */
static int fill(const struct oc_barfeed *f, int64_t until, size_t i)
{
    const struct oc_baropen *o = f->open;
    int64_t at = o->floor, due;

    for (int n = 0; at < until && oc_barclock_due(f->clock, at, &due); n++) {
        const struct oc_barspan span = oc_barclock_span(f->clock, f->spec->step, due);
        if (span.start >= until)
            break;
        if (n == MOST)
            return oc_barfeed_limit(f, i, "--fill: more than %d empty bars of %s in one gap: is a calendar missing?", MOST,
                                    f->spec->name);
        if (span.start >= at && oc_barfeed_flat(f, span, o->c, f->run->record[i]))
            return -1;
        at = span.end;
    }
    return 0;
}

static int begin(const struct oc_barfeed *f, size_t i)
{
    const struct oc_barspan span = oc_barclock_span(f->clock, f->spec->step, f->run->ts[i]);

    if (f->fill && f->open->any && fill(f, span.start, i))
        return -1;
    oc_barfeed_start(f, i, span.start);
    f->open->end = span.end;
    return 0;
}

/* The first tick from i on that the open bar does not take, by doubling and halving. */
static size_t reach(const struct oc_barrun *run, size_t i, int64_t end)
{
    size_t low = i, step = 1;

    while (low + step < run->n && run->ts[low + step] < end) {
        low += step;
        step *= 2;
    }
    size_t high = low + step < run->n ? low + step : run->n;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (run->ts[middle] < end)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static int feed(const struct oc_barfeed *f)
{
    const struct oc_barrun *run = f->run;
    struct oc_baropen *o = f->open;

    for (size_t i = 0; i < run->n;) {
        if (o->open && run->ts[i] >= o->end && oc_barfeed_close(f, i, o->end, run->record[i], true))
            return -1;
        if (!o->open && begin(f, i))
            return -1;
        const size_t to = reach(run, i, o->end);
        if (oc_barfeed_take(f, i, to))
            return -1;
        if (run->end && run->end[to - 1] == o->end && oc_barfeed_close(f, to, o->end, run->record[to - 1], true))
            return -1;
        i = to;
    }
    return 0;
}

/* One name for one length: 60s is 1m. */
static void name(struct oc_barspec *s)
{
    const int64_t seconds = s->step / OC_TIME_SECOND;

    if (s->step <= 0)
        snprintf(s->name, sizeof s->name, "%s", s->step ? "1w" : "1d");
    else if (seconds % 3600 == 0)
        snprintf(s->name, sizeof s->name, "%lldh", (long long)seconds / 3600);
    else
        snprintf(s->name, sizeof s->name, seconds % 60 ? "%llds" : "%lldm",
                 (long long)(seconds % 60 ? seconds : seconds / 60));
}

/* 1s to 12h by whole divisors of a day, 1d, 1w. */
static int read(struct oc_barspec *s, const char *word, struct oc_err *err)
{
    static const struct {
        char letter;
        int64_t seconds;
    } unit[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 0 }, { 'w', -1 } };
    const size_t n = strlen(word);
    int64_t count = 0;

    for (size_t i = 0; i < sizeof unit / sizeof *unit && n > 1 && n < 10; i++) {
        if (word[n - 1] != unit[i].letter || oc_num_i64(word, n - 1, &count) != OC_NUM_OK || count < 1 || word[0] == '+'
            || word[0] == '0')
            continue;
        s->step = unit[i].seconds * OC_TIME_SECOND * count;
        if (unit[i].seconds <= 0 && count == 1)
            s->step = unit[i].seconds;
        if (unit[i].seconds > 0 && (count > 86400 || 86400 % (unit[i].seconds * count) != 0 || s->step >= OC_TIME_DAY))
            continue;
        if (unit[i].seconds <= 0 && count != 1)
            continue;
        name(s);
        return 0;
    }
    return oc_fail(err, OC_USAGE,
                   "--every: '%s' is no length of a bar: seconds, minutes or hours that divide a day (1s 5s 1m 5m 15m "
                   "30m 1h 4h), 1d or 1w",
                   word);
}

const struct oc_barkind oc_barkind_time = {
    .name = "time",
    .title = "a stretch of time: 1s 5s 1m 5m 15m 30m 1h 4h 1d 1w",
    .from_bars = true,
    .read = read,
    .feed = feed,
};
