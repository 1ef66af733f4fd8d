/* barimbalance - see barimbalance.h */
#include "app/barimbalance.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ":N" at *p, a number of ticks; false: there is none. */
static bool read_ticks(const char **p, int64_t *n)
{
    const size_t len = **p == ':' ? strcspn(*p + 1, ":") : 0;

    if (!len || oc_num_i64(*p + 1, len, n) != OC_NUM_OK || *n < 1 || *n > OC_BARIMBALANCE_MOST)
        return false;
    *p += 1 + len;
    return true;
}

/* ewma, ewma:N, ewma:N:LOW:HIGH. */
static int read_ewma(struct oc_barspec *s, const char *word, struct oc_err *err)
{
    const char *p = word + 4;
    int n = snprintf(s->name, sizeof s->name, "%s:ewma", s->kind->name);

    s->ewma = true;
    s->step = OC_BARIMBALANCE_FIRST;
    s->low = 1;
    s->high = INT64_MAX;
    const bool bare = !*p, first = !bare && read_ticks(&p, &s->step), bound = first && *p;
    if ((!bare && !first) || (bound && (!read_ticks(&p, &s->low) || !read_ticks(&p, &s->high) || *p || s->low > s->high)))
        return oc_fail(err, OC_USAGE, "'%s' is neither ewma nor ewma:N with N ticks in the first bar, nor ewma:N:LOW:HIGH",
                       word);
    n += snprintf(s->name + n, sizeof s->name - (size_t)n, ":%lld", (long long)s->step);
    if (bound)
        snprintf(s->name + n, sizeof s->name - (size_t)n, ":%lld:%lld", (long long)s->low, (long long)s->high);
    return 0;
}

int oc_barimbalance_read(struct oc_barspec *s, const char *word, struct oc_err *err)
{
    if (strncmp(word, "ewma", 4) == 0)
        return read_ewma(s, word, err);
    if (oc_barfeed_read_limit(s, word, err))
        return -1;
    return s->kind->unit == OC_BARLIMIT_TICKS && s->limit.k
               ? oc_fail(err, OC_USAGE, "'%s' is no whole number of ticks", word)
               : 0;
}

static double theta(const struct oc_barfeed *f, const struct oc_barimbalance *s, bool by_size)
{
    return oc_wide_decimal(s->theta, by_size ? f->size_places : 0);
}

static bool reached(const struct oc_barfeed *f, const struct oc_barimbalance *s, bool by_size)
{
    if (!f->spec->ewma)
        return s->theta >= f->limit->narrow || -s->theta >= f->limit->narrow;
    if (!s->warm)
        return s->ticks >= f->spec->step;
    return fabs(theta(f, s, by_size)) >= s->length * fabs(s->mean);
}

static size_t find(const struct oc_barfeed *f, size_t i, bool by_size)
{
    struct oc_barimbalance *s = f->state;
    const struct oc_barrun *run = f->run;

    for (; i < run->n; i++) {
        s->theta += run->sign[i] * (by_size ? run->sum[i + 1].volume - run->sum[i].volume : 1);
        s->ticks++;
        if (reached(f, s, by_size))
            return i + 1;
    }
    return run->n + 1;
}

static size_t find_ticks(const struct oc_barfeed *f, size_t i) { return find(f, i, false); }
static size_t find_sizes(const struct oc_barfeed *f, size_t i) { return find(f, i, true); }

static void fresh(const struct oc_barfeed *f)
{
    struct oc_barimbalance *s = f->state;

    s->theta = 0;
    s->ticks = 0;
}

/* What the closed bar says of the next. */
static void learn(const struct oc_barfeed *f, bool by_size)
{
    struct oc_barimbalance *s = f->state;
    const double alpha = 2.0 / (OC_BARIMBALANCE_SPAN + 1), length = (double)s->ticks, mean = theta(f, s, by_size) / length;

    s->length = s->warm ? s->length + alpha * (length - s->length) : length;
    if (f->spec->ewma)
        s->length = fmin(fmax(s->length, (double)f->spec->low), (double)f->spec->high);
    s->mean = s->warm ? s->mean + alpha * (mean - s->mean) : mean;
    s->warm = true;
}

static void learn_ticks(const struct oc_barfeed *f) { learn(f, false); }
static void learn_sizes(const struct oc_barfeed *f) { learn(f, true); }

int oc_barimbalance_feed(const struct oc_barfeed *f, bool by_size)
{
    return by_size ? oc_barfeed_by_ticks(f, find_sizes, fresh, learn_sizes)
                   : oc_barfeed_by_ticks(f, find_ticks, fresh, learn_ticks);
}

void oc_barimbalance_keep(struct oc_barkeep *k, void *state)
{
    struct oc_barimbalance *s = state;

    oc_barkeep_i128(k, "theta", &s->theta);
    oc_barkeep_i64(k, "ticks", &s->ticks);
    oc_barkeep_bool(k, "warm", &s->warm);
    oc_barkeep_f64(k, "length", &s->length);
    oc_barkeep_f64(k, "mean", &s->mean);
    oc_barkeep_doubt(k, "theta", s->theta > (__int128)1 << 122 || s->theta < -((__int128)1 << 122) || s->ticks < 0
                     || s->ticks > INT64_MAX / 2 || isnan(s->length) || isnan(s->mean));
}
