/* stepmodel - see stepmodel.h. */
#include "app/stepmodel.h"

#include "math/exp.h"
#include "math/log.h"
#include "pricing/charfn.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Which of our forms a process is. */
static const struct form {
    const char *process;
    enum oc_charfn_diffusion diffusion;
    enum oc_charfn_jumps jumps;
} forms[] = {
    { "geometric_brownian", OC_CHARFN_CONSTANT, OC_CHARFN_NO_JUMPS },
    { "merton", OC_CHARFN_CONSTANT, OC_CHARFN_NORMAL },
    { "kou", OC_CHARFN_CONSTANT, OC_CHARFN_DOUBLE_EXPONENTIAL },
    { "heston", OC_CHARFN_HESTON, OC_CHARFN_NO_JUMPS },
    { "bates", OC_CHARFN_HESTON, OC_CHARFN_NORMAL },
};

static const struct form *form_of(const struct oc_walk *w)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].process, w->process->name) == 0)
            return &forms[i];
    return NULL;
}

static bool is_sabr(const struct oc_walk *w) { return strcmp(w->process->name, "sabr") == 0; }

int oc_stepmodel_check(const struct oc_walk *w, struct oc_err *err)
{
    if (form_of(w) || is_sabr(w))
        return 0;
    return oc_fail(err, OC_USAGE,
                   "--stick model: no option prices of %s are known here; geometric_brownian, merton, kou, heston, "
                   "bates and sabr have them, others walk with --stick delta or --stick strike",
                   w->process->name);
}

/* A parameter by its canonical name; 0 where the model has none of that name. */
static double par(const struct oc_walk *w, const char *name)
{
    const int i = oc_param_find(w->process->param, name, strlen(name));

    return i < 0 ? 0 : w->par[i];
}

static struct oc_charfn charfn(const struct oc_stepmodel *m, const struct form *f)
{
    const struct oc_walk *w = m->walk;
    const double now = m->volatility;

    return (struct oc_charfn){
        .diffusion = f->diffusion, .volatility = now, .v0 = now * now, .kappa = par(w, "kappa"), .theta = par(w, "theta"),
        .xi = par(w, "xi"), .rho = par(w, "rho"), .jumps = f->jumps, .intensity = par(w, "intensity"),
        .jump_mean = par(w, "jump_mean"), .jump_volatility = par(w, "jump_volatility"), .p_up = par(w, "p_up"),
        .eta_up = par(w, "eta_up"), .eta_down = par(w, "eta_down"),
    };
}

/*
 * Where the model's value is below 1e-290 of the forward no volatility can be read from it, and none matters: the farthest
 * strike towards the money that has one, to 1 / 1000 of the distance, lends its own.
 */
static double beyond(const struct oc_charfn *c, double years, double k)
{
    double in = 0, out = 1, vol = NAN;

    for (int i = 0; i < 10; i++) {
        const double mid = (in + out) / 2, at = k * mid;
        double v;
        oc_charfn_vol(c, years, 1, &at, &v);
        if (v == 0) {
            out = mid;
        } else {
            in = mid;
            vol = v;
        }
    }
    return vol;
}

/* Hagan's formula as model/sabr has it, with the alpha that gives the walk's volatility: alpha = volatility F^(1 - beta). */
static int sabr(const struct oc_stepmodel *m, double years, double forward, size_t n, const double *k, double *vol,
                struct oc_err *err)
{
    const struct oc_smile_model *model;
    struct oc_slice slice = { .years = years };
    static const char *const names[] = { "alpha", "beta", "nu", "rho", "shift" };

    if (oc_smile_find("sabr", &model, err))
        return -1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const int at = oc_param_find(model->param, names[i], strlen(names[i]));
        const double v = par(m->walk, names[i]);
        if (at >= 0)
            slice.p[at] = isnan(v) ? 0 : v;
    }
    const double spot = m->spot + (isnan(par(m->walk, "shift")) ? 0 : par(m->walk, "shift"));
    const int alpha = oc_param_find(model->param, "alpha", 5);
    /* the walk's volatility is that of log S; with a shift alpha (S + shift)^beta / S */
    slice.p[alpha] = m->volatility * m->spot * oc_exp(-par(m->walk, "beta") * oc_log(spot));
    model->vol(&slice, forward, n, k, vol);
    return 0;
}

int oc_stepmodel_vol(void *ctx, double years, double forward, size_t n, const double *k, double *vol, struct oc_err *err)
{
    const struct oc_stepmodel *m = ctx;
    const struct form *f = form_of(m->walk);

    if (!f) {
        assert(is_sabr(m->walk));
        if (sabr(m, years, forward, n, k, vol, err))
            return -1;
    } else if (f->diffusion == OC_CHARFN_CONSTANT && f->jumps == OC_CHARFN_NO_JUMPS) {
        for (size_t i = 0; i < n; i++)
            vol[i] = m->volatility;
    } else {
        const struct oc_charfn c = charfn(m, f);
        oc_charfn_vol(&c, years, n, k, vol);
        for (size_t i = 0; i < n; i++)
            if (vol[i] == 0)
                vol[i] = beyond(&c, years, k[i]);
    }
    for (size_t i = 0; i < n; i++)
        vol[i] *= m->scale;
    return 0;
}
