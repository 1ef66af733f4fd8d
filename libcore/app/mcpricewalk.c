/* mcpricewalk - see mcpricewalk.h */
#include "app/mcpricewalk.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- the command line's ------------------------------------------------------------------------------------ */

/* A drift of its own, or none that a price can have: the walk is not one to price with. */
static int check_martingale(const struct oc_walk *w, struct oc_err *err)
{
    const int drift = oc_param_find(w->process->param, "drift", 5);

    if (!w->process->risk_neutral)
        return oc_fail(err, OC_USAGE, "--model: the discounted price of %s is no martingale, so it prices no options",
                       w->process->name);
    if (drift >= 0 && !isnan(w->par[drift]))
        return oc_fail(err, OC_USAGE,
                       "--model: options are priced with the drift of rate and dividend yield; %s has one of its own",
                       w->process->name);
    return 0;
}

int oc_mcpricewalk_check(const struct oc_mcpricewalk *w, bool any, struct oc_err *err)
{
    bool stepped = any, periods = any;
    const char *exact = "geometric_brownian";

    for (size_t i = 0; i < w->walks.n; i++) {
        const struct oc_process *const p = w->walks.walk[i].process;
        periods |= p->discrete;
        stepped |= !p->discrete && !p->exact;
        if (p->discrete || p->exact)
            exact = p->name;
        if (p->discrete && !(w->dt > 0))
            return oc_fail(err, OC_USAGE, "--model: %s walks by periods: --dt says how long they are", p->name);
        if (w->how->multilevel && p->uniforms)
            return oc_fail(err, OC_USAGE, "--multilevel: %s jumps, and its jumps are not those of shorter steps", p->name);
    }
    if (w->how->multilevel && !stepped)
        return oc_fail(err, OC_USAGE, "--multilevel: %s has no steps to refine", exact);
    if (w->p->max_dt && !stepped)
        return oc_fail(err, OC_USAGE, "--max-dt: %s takes no steps that could be shorter", exact);
    if (w->p->words->step && !periods)
        return oc_fail(err, OC_USAGE, "--dt is for processes that walk by periods; --max-dt limits the steps of others");
    return 0;
}

int oc_mcpricewalk_read(struct oc_mcpricewalk *w, const struct oc_mc_price *p, const struct oc_mc_how *how,
                        struct oc_err *err)
{
    struct oc_mc_words *const words = p->words;

    *w = (struct oc_mcpricewalk){ .p = p, .how = how, .dt = NAN };
    if (words->step && oc_mc_duration("dt", words->step, &w->dt, err))
        return -1;
    w->modelled = words->walk.nmodel > 0 || words->walk.params;
    if (!w->modelled)
        return oc_process_find("geometric_brownian", &w->process, err);
    words->walk.own_volatility = true;
    if (oc_walks_read(&w->walks, &words->walk, words->io, &w->dt, err))
        return -1;
    w->process = w->walks.walk[0].process;
    for (size_t i = 0; i < w->walks.n; i++)
        if (check_martingale(&w->walks.walk[i], err))
            return -1;
    for (size_t i = 1; i < w->walks.n && w->how->want_par; i++)
        if (w->walks.walk[i].process != w->process)
            return oc_fail(err, OC_USAGE, "--greeks params: %s and %s have different parameters", w->process->name,
                           w->walks.walk[i].process->name);
    return oc_mcpricewalk_check(w, false, err);
}

/* ---- a row's ------------------------------------------------------------------------------------------------ */

/* Text of the row's symbol; "" where there is none. */
static void symbol_of(struct oc_batch *b, size_t r, char *out, size_t size)
{
    struct oc_col *const c = oc_col(b, "symbol");

    *out = '\0';
    if (!c || c->type != OC_SYM || !(c->flags & OC_COL_LOADED) || !oc_bit(c->valid, r))
        return;
    const uint32_t *const off = c->dict->off + c->i32[r];
    snprintf(out, size, "%.*s", (int)(off[1] - off[0]), c->dict->bytes + off[0]);
}

/* Which of several walks is the asset's; the only one is everybody's. */
static int walk_of(const struct oc_mcpricewalk *w, const char *symbol, size_t *index)
{
    for (*index = 0; *index < w->walks.n; ++*index)
        if (w->walks.n == 1 || strcmp(w->walks.symbol[*index], symbol) == 0)
            return 0;
    return -1;
}

/* The number in column par_NAME of the row; NaN where there is none, which is malformed where the model needs it. */
static int par_cell(struct oc_batch *b, size_t r, const struct oc_param *p, const char *model, double *v, struct oc_err *err)
{
    const bool own = strcmp(model, "geometric_brownian") == 0 || strcmp(model, "merton") == 0;      /* volatility: iv */
    const bool needed = isnan(p->initial) && !p->optional && !(own && oc_param_find(p, "volatility", 10) == 0);
    char name[64];

    snprintf(name, sizeof name, "par_%.*s", (int)strcspn(p->names, " "), p->names);
    struct oc_col *const c = oc_col(b, name);
    *v = NAN;
    if (c && oc_load(b, c, err))
        return -1;
    if (!c || (c->type == OC_TEXT && !oc_bit(c->valid, r)) || (c->type == OC_TEXT && c->i32[r + 1] == c->i32[r])
        || (c->type == OC_F64 && isnan(c->f64[r])))
        return needed ? oc_bad_row(b, r, c ? c : oc_col(b, "model"), err, "%s: missing, and %s needs it", name, model) : 0;
    if (c->type == OC_F64)
        *v = c->f64[r];
    else if (c->type == OC_TEXT
             && oc_num_f64(c->chars + c->i32[r], (size_t)(c->i32[r + 1] - c->i32[r]), v) != OC_NUM_OK)
        return oc_bad_row(b, r, c, err, "%s: no number", name);
    return 0;
}

/*
 * The walk that the row's own columns describe: `model` with par_ columns, where there is no --model; without a model
 * geometric Brownian motion.  1; 0: the row is malformed and noted; -1.
 */
static int row_walk(const struct oc_mcpricewalk *w, struct oc_batch *b, size_t r, struct oc_walk *out, struct oc_err *err)
{
    struct oc_col *const c = oc_col(b, "model");
    struct oc_err why = { 0 };
    char name[64] = "";

    *out = (struct oc_walk){ .process = w->process };
    for (size_t k = 0; k < OC_PARAM_MAX; k++)
        out->par[k] = NAN;
    if (c && c->type == OC_SYM && oc_bit(c->valid, r)) {
        const uint32_t *const off = c->dict->off + c->i32[r];
        snprintf(name, sizeof name, "%.*s", (int)(off[1] - off[0]), c->dict->bytes + off[0]);
    }
    if (!*name || strcmp(name, "bsm") == 0)
        return 1;
    if (oc_process_find(name, &out->process, &why))
        return oc_bad_row(b, r, c, err, "model: %.100s", why.text);
    for (size_t k = 0; k < oc_param_count(out->process->param); k++)
        if (par_cell(b, r, &out->process->param[k], out->process->name, &out->par[k], err))
            return -1;
    return 1;
}

int oc_mcpricewalk_make(const struct oc_mcpricewalk *w, struct oc_batch *b, size_t r, const struct oc_mcclaim *c, size_t i,
                        struct oc_walk *out, size_t *index, struct oc_err *err)
{
    char symbol[64];

    symbol_of(b, r, symbol, sizeof symbol);
    *index = 0;
    if (w->modelled) {
        const char *const name = c->symbol[i] ? c->symbol[i] : symbol;
        if (walk_of(w, name, index))
            return oc_bad_row(b, r, oc_col(b, "symbol"), err, "symbol: no --model is for '%.40s'", name);
        *out = w->walks.walk[*index];
    } else {
        const size_t known = b->nbad;
        const int rc = row_walk(w, b, r, out, err);
        if (rc <= 0 || b->nbad != known)
            return rc < 0 ? -1 : 0;
    }
    const int vol = oc_param_find(out->process->param, "volatility", 10);
    const bool own = strcmp(out->process->name, "geometric_brownian") == 0 || strcmp(out->process->name, "merton") == 0;
    if (vol >= 0 && own && isnan(out->par[vol])) {
        out->par[vol] = c->iv[i];
        if (isnan(c->iv[i]))
            return oc_bad_row(b, r, oc_col(b, "iv"), err, "iv: missing (--model %s:volatility=V supplies it)",
                              out->process->name);
    }
    out->spot = c->spot[i];
    out->drift = c->drift[i];
    out->dt = w->dt;
    return 1;
}
