/* mcpricehow - see mcpricehow.h */
#include "app/mcpricehow.h"

#include "base/words.h"
#include "sim/lsm.h"
#include "sim/lsmfit.h"
#include "sim/mc.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static int read_variance(const char *list, unsigned *v, struct oc_err *err)
{
    static const struct { const char *word; unsigned bit; } words[] = {
        { "antithetic", OC_VR_ANTITHETIC }, { "control", OC_VR_CONTROL }, { "moments", OC_VR_MOMENTS },
        { "importance", OC_VR_IMPORTANCE }, { "auto", OC_VR_AUTO }, { "none", 0 },
    };
    const bool alone = !strchr(list, ',');
    char word[32];

    *v = 0;
    if (!*list)
        return oc_fail(err, OC_USAGE, "--variance: '' names nothing; none is without");
    while (oc_words_next(&list, word, sizeof word)) {
        size_t i = 0;
        while (i < 6 && strcmp(words[i].word, word) != 0)
            i++;
        if (i == 6 || (i >= 4 && !alone))
            return oc_fail(err, OC_USAGE,
                           "--variance: '%s' is none of antithetic, control, moments, importance, and auto or none "
                           "stand alone",
                           word);
        *v |= words[i].bit;
    }
    return 0;
}

/* Derivatives that are estimated by simulation. */
static const enum oc_quantity estimated[] = { OC_DELTA, OC_GAMMA, OC_VEGA, OC_THETA, OC_RHO, OC_PHI, OC_VANNA, OC_VOMMA,
                                              OC_DUAL_DELTA, OC_DUAL_GAMMA };
enum { ESTIMATED = sizeof estimated / sizeof *estimated, FIRST = 6 };

static int read_greeks(const char *list, struct oc_mc_how *how, struct oc_err *err)
{
    char word[32];

    if (!*list)
        return oc_fail(err, OC_USAGE, "--greeks: '' names nothing; none is without");
    while (oc_words_next(&list, word, sizeof word)) {
        const bool all = strcmp(word, "all") == 0, first = strcmp(word, "first") == 0;
        size_t i = 0;
        if (strcmp(word, "none") == 0)
            continue;
        if (strcmp(word, "params") == 0) {
            how->want_par = true;
            continue;
        }
        for (i = 0; (all && i < ESTIMATED) || (first && i < FIRST); i++)
            how->want[estimated[i]] = true;
        for (i = 0; !all && !first && i < ESTIMATED && strcmp(oc_quantity_name((int)estimated[i]), word) != 0;)
            i++;
        if (i == ESTIMATED && !all)
            return oc_fail(err, OC_USAGE,
                           "--greeks: '%s' is none of what is estimated by simulation: delta gamma vega theta rho phi "
                           "vanna vomma dual_delta dual_gamma, first, all, params",
                           word);
        if (!all && !first)
            how->want[estimated[i]] = true;
    }
    return 0;
}

static int choice(const char *word, const char *list)
{
    int k = 0;

    for (const char *p = list; *p; p += strspn(p, " "), k++) {
        const size_t n = strcspn(p, " ");
        if (strlen(word) == n && memcmp(p, word, n) == 0)
            return k;
        p += n;
    }
    return 0;
}

/* ---- how many ---------------------------------------------------------------------------------------------- */

static int read_paths(const struct oc_mc_price *p, struct oc_mc_how *h, struct oc_err *err)
{
    const struct oc_mc_words *const words = p->words;
    const bool by_error = !isnan(p->how.target_stderr), by_time = !isnan(p->how.seconds);

    h->paths = words->paths;
    h->target_stderr = by_error ? p->how.target_stderr : 0;
    h->seconds = by_time ? p->how.seconds : 0;
    if (by_error && !(h->target_stderr > 0))
        return oc_fail(err, OC_USAGE, "--target-stderr: %g is not above 0", h->target_stderr);
    if (by_time && !(h->seconds > 0))
        return oc_fail(err, OC_USAGE, "--time: %g is not above 0", h->seconds);
    if (h->paths && (by_error || by_time))
        return oc_fail(err, OC_USAGE, "--paths says how many; --target-stderr and --time would say it too");
    if (!h->paths && !by_error && !by_time)
        return oc_fail(err, OC_USAGE, "how many paths? --paths, --target-stderr or --time says it");
    if (by_time && words->io->manifest)
        return oc_fail(err, OC_USAGE, "--manifest: how far --time comes is not the same again; --paths is, with the number "
                       "in the column 'paths'");
    return h->paths ? 0 : oc_figures_fixed(words->figures, by_time ? "time" : "target-stderr", err);
}

/* An option's number, or what stands for it where it is not given. */
static int count(const char *option, uint64_t given, uint64_t none, uint64_t other, uint64_t least, uint64_t most,
                 uint64_t *out, struct oc_err *err)
{
    *out = given == none ? other : given;
    if (*out >= least && *out <= most)
        return 0;
    if (most == UINT64_MAX)
        return oc_fail(err, OC_USAGE, "--%s: %llu is below %llu, less than which is no answer", option,
                       (unsigned long long)given, (unsigned long long)least);
    return oc_fail(err, OC_USAGE, "--%s: %llu is not from %llu to %llu", option, (unsigned long long)given,
                   (unsigned long long)least, (unsigned long long)most);
}

/* Regression and dual bound. */
static int read_early(const struct oc_mc_price *p, struct oc_mc_how *h, struct oc_err *err)
{
    const struct oc_mc_how *const in = &p->how;
    uint64_t basis, inner;

    if (!p->exercise_dates || p->exercise_dates > 10000)
        return oc_fail(err, OC_USAGE, "--exercise-dates: %u a year is not from 1 to 10000", p->exercise_dates);
    if (!p->upper && (in->dual_paths != UINT64_MAX || in->dual_inner != UINT_MAX))
        return oc_fail(err, OC_USAGE, "--%s does nothing without --upper-bound",
                       in->dual_paths != UINT64_MAX ? "dual-paths" : "dual-inner");
    if (count("basis", in->basis, UINT_MAX, OC_LSM_BASIS, 2, OC_LSMFIT_POWERS, &basis, err)
        || count("fit-paths", in->fit_paths, UINT64_MAX, OC_LSM_FIT_PATHS, 1024, UINT64_MAX, &h->fit_paths, err)
        || count("dual-paths", in->dual_paths, UINT64_MAX, 1024, OC_LSM_DUAL_BLOCK, UINT64_MAX, &h->dual_paths, err)
        || count("dual-inner", in->dual_inner, UINT_MAX, OC_LSM_INNER, 16, 1 << 20, &inner, err))
        return -1;
    h->basis = (unsigned)basis;
    h->dual_inner = (unsigned)inner;
    if (!p->upper)
        h->dual_paths = 0;
    else if (h->paths && h->dual_paths > oc_blocks_of(h->paths) * OC_LSM_DUAL_BLOCK)
        return oc_fail(err, OC_USAGE, "--dual-paths: %llu of them need --paths %llu at least (%d beside each %d)",
                       (unsigned long long)h->dual_paths,
                       (unsigned long long)((h->dual_paths - 1) / OC_LSM_DUAL_BLOCK * OC_BLOCK + 1), OC_LSM_DUAL_BLOCK,
                       OC_BLOCK);
    return 0;
}

/* ---- what goes together ------------------------------------------------------------------------------------ */

/* What levels cannot be had with, whatever the process. */
static int check_levels(const struct oc_mc_how *h, struct oc_err *err)
{
    if (!h->multilevel)
        return 0;
    if (h->from == OC_DRAWS_SOBOL)
        return oc_fail(err, OC_USAGE, "--multilevel takes pseudo-random numbers, not --numbers sobol");
    if (h->variance & ~(unsigned)(OC_VR_AUTO | OC_VR_CONTROL))
        return oc_fail(err, OC_USAGE, "--multilevel: of --variance it takes control, auto or none");
    for (int q = OC_PRICE + 1; q < OC_QUANTITIES; q++)
        if (h->want[q])
            return oc_fail(err, OC_USAGE, "--greeks: --multilevel gives a price and no %s", oc_quantity_name(q));
    return h->want_par ? oc_fail(err, OC_USAGE, "--greeks: --multilevel gives a price and no derivative by parameters") : 0;
}

/* Everything wrong with the options alone is told before there is any output. */
static int check(const struct oc_mc_price *p, const struct oc_mc_how *h, struct oc_err *err)
{
    struct oc_mc_how how = *h;
    const bool sobol = h->from == OC_DRAWS_SOBOL;

    if (!sobol && (p->order || p->how.replicates != UINT_MAX))
        return oc_fail(err, OC_USAGE, "--%s does nothing without --numbers sobol", p->order ? "order" : "replicates");
    if (check_levels(h, err))
        return -1;
    if (h->variance & OC_VR_AUTO && !h->multilevel && !sobol)
        how.variance |= OC_VR_ANTITHETIC;       /* what auto stands for */
    return oc_mc_check(&how, err);
}

int oc_mcpricehow_read(const struct oc_mc_price *p, struct oc_mc_how *h, struct oc_err *err)
{
    const struct oc_mc_words *const words = p->words;

    *h = p->how;
    h->seed = words->io->seed;
    h->threads = words->io->threads;
    h->want[OC_PRICE] = true;
    h->lenient = true;
    h->from = (enum oc_draws_from)choice(p->numbers, "pseudo inversion sobol");
    h->order = (enum oc_draws_order)choice(p->order ? p->order : "bridge", "plain bridge pca");
    h->replicates = p->how.replicates == UINT_MAX ? 16 : p->how.replicates;
    h->greek_by = (enum oc_greek_by)choice(p->greeks_by, "auto pathwise likelihood adjoint bump");
    if (read_paths(p, h, err) || read_variance(p->variance, &h->variance, err) || read_greeks(p->greeks, h, err)
        || read_early(p, h, err))
        return -1;
    if (words->antithetic)
        h->variance = (h->variance & OC_VR_AUTO ? OC_VR_CONTROL : h->variance) | OC_VR_ANTITHETIC;
    if (p->max_dt && oc_mc_duration("max-dt", p->max_dt, &h->max_dt, err))
        return -1;
    if (!(words->confidence > 0 && words->confidence < 1))
        return oc_fail(err, OC_USAGE, "--confidence: %g is not between 0 and 1", words->confidence);
    return check(p, h, err);
}
