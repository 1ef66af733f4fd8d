/* mcpricehow - see mcpricehow.h */
#include "app/mcpricehow.h"

#include "sim/mc.h"

#include <stdio.h>
#include <string.h>

static bool next_word(const char **list, char *word, size_t size)
{
    const size_t n = strcspn(*list, ",");

    if (!**list)
        return false;
    snprintf(word, size, "%.*s", (int)(n < size ? n : size - 1), *list);
    *list += n + ((*list)[n] == ',');
    return true;
}

static int read_variance(const char *list, unsigned *v, struct oc_err *err)
{
    static const struct { const char *word; unsigned bit; } words[] = {
        { "antithetic", OC_VR_ANTITHETIC }, { "control", OC_VR_CONTROL }, { "moments", OC_VR_MOMENTS },
        { "importance", OC_VR_IMPORTANCE }, { "auto", OC_VR_AUTO }, { "none", 0 },
    };
    const bool alone = !strchr(list, ',');
    char word[32];

    *v = 0;
    while (next_word(&list, word, sizeof word)) {
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

    while (next_word(&list, word, sizeof word)) {
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

int oc_mcpricehow_read(const struct oc_mc_price *p, struct oc_mc_how *h, struct oc_err *err)
{
    const struct oc_mc_words *const words = p->words;

    *h = p->how;
    h->paths = words->paths;
    h->seed = words->io->seed;
    h->threads = words->io->threads;
    h->want[OC_PRICE] = true;
    h->lenient = true;
    h->from = (enum oc_draws_from)choice(p->numbers, "pseudo inversion sobol");
    h->order = (enum oc_draws_order)choice(p->order, "plain bridge pca");
    h->greek_by = (enum oc_greek_by)choice(p->greeks_by, "auto pathwise likelihood adjoint bump");
    if (read_variance(p->variance, &h->variance, err) || read_greeks(p->greeks, h, err))
        return -1;
    if (words->antithetic)
        h->variance = (h->variance & OC_VR_AUTO ? OC_VR_CONTROL : h->variance) | OC_VR_ANTITHETIC;
    if (p->max_dt && oc_mc_duration("max-dt", p->max_dt, &h->max_dt, err))
        return -1;
    if (h->paths && (h->target_stderr > 0 || h->seconds > 0))
        return oc_fail(err, OC_USAGE, "--paths says how many; --target-stderr and --time would say it too");
    if (!h->paths && !(h->target_stderr > 0) && !(h->seconds > 0))
        return oc_fail(err, OC_USAGE, "how many paths? --paths, --target-stderr or --time says it");
    if (!(words->confidence > 0 && words->confidence < 1))
        return oc_fail(err, OC_USAGE, "--confidence: %g is not between 0 and 1", words->confidence);
    if (!h->paths && oc_figures_fixed(words->figures, h->seconds > 0 ? "time" : "target-stderr", err))
        return -1;
    if (oc_mc_check(h, err))
        return -1;
    if (!p->upper)
        h->dual_paths = 0;
    else if (!h->dual_paths)
        h->dual_paths = 1024;
    return 0;
}
