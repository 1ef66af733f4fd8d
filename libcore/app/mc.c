/* mc - see mc.h */
#include "app/mc.h"

#include "base/num.h"

#include <math.h>
#include <string.h>

/* "a" or "a/b" */
static int ratio(const char *s, size_t n, double *v)
{
    const char *const slash = memchr(s, '/', n);
    const size_t head = slash ? (size_t)(slash - s) : n;
    double below = 1;

    if (oc_num_f64(s, head, v) != OC_NUM_OK || (slash && oc_num_f64(slash + 1, n - head - 1, &below) != OC_NUM_OK))
        return -1;
    *v /= below;
    return isfinite(*v) && *v > 0 ? 0 : -1;
}

int oc_mc_duration(const char *option, const char *text, double *years, struct oc_err *err)
{
    static const struct { char unit; double seconds; } units[] = { { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };
    size_t n = strlen(text);
    double seconds = 0;

    for (size_t i = 0; n && i < sizeof units / sizeof *units; i++)
        if (text[n - 1] == units[i].unit)
            seconds = units[i].seconds;
    n -= seconds > 0;
    if (ratio(text, n, years))
        return oc_fail(err, OC_USAGE, "--%s: '%s' is no length of time above 0: 1d, 6h, 30m, 15s, or years, 0.004 or 1/252",
                       option, text);
    if (seconds > 0)
        *years *= seconds / (365 * 86400.0);
    return 0;
}

int oc_mc_settle(struct oc_mc_words *w, struct oc_err *err)
{
    if (w->npaths == 0)
        return oc_fail(err, OC_USAGE, "--paths: 0 of them say nothing");
    if (w->figures->after && !w->shard)
        return oc_fail(err, OC_USAGE, "--after goes with --shard: of a run in one piece nothing is there yet");
    w->paths = w->npaths == UINT64_MAX ? 0 : w->npaths;
    w->walk.nmodel = w->model.n;
    w->walk.model = w->model.word;
    w->walk.ncorr = w->corr.n;
    w->walk.corr = w->corr.word;
    return 0;
}
