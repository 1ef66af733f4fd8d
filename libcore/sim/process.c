/* process - the table of processes, and a walk's numbers checked against it. */
#include "sim/process.h"

#include "base/nearest.h"
#include "base/words.h"
#include "sim/lanes.h"

#include <math.h>
#include <string.h>

#define PROCESS(name) extern const struct oc_process oc_process_##name;
#include "sim/processes.def"
#undef PROCESS

#define PROCESS(name) &oc_process_##name,
static const struct oc_process *const processes[] = {
#include "sim/processes.def"
};
#undef PROCESS

enum { PROCESSES = sizeof processes / sizeof processes[0] };

const struct oc_process *oc_process_at(size_t i) { return i < PROCESSES ? processes[i] : NULL; }

int oc_process_find(const char *name, const struct oc_process **p, struct oc_err *err)
{
    const char *names[PROCESSES];

    for (size_t i = 0; i < PROCESSES; i++) {
        if (strcmp(processes[i]->name, name) == 0 || oc_words_has(processes[i]->aliases, ' ', name, strlen(name))) {
            *p = processes[i];
            return 0;
        }
        names[i] = processes[i]->name;
    }
    const char *near = oc_nearest(name, PROCESSES, names);
    return oc_fail(err, OC_USAGE, "there is no process '%s'%s%s%s", name, near ? "; did you mean '" : "", near ? near : "",
                   near ? "'?" : "; --list-models tells which there are");
}

/* The part of the data that the process asks for is there. */
static int check_data(const struct oc_walk *w, struct oc_err *err)
{
    const char *const part = w->process->data;
    const struct oc_simdata *const d = &w->data;

    if (!part)
        return 0;
    const bool there = strcmp(part, "price") == 0 ? d->price && d->nprice
                       : strcmp(part, "grid") == 0 ? d->vol && d->nt && d->nk
                       : strcmp(part, "xi") == 0 ? d->xi && d->nxi
                       : strcmp(part, "regime") == 0 && d->regime_vol && d->nregime;
    if (!there)
        return oc_fail(err, OC_USAGE, "%s: its data is missing (%s)", w->process->name, part);
    return 0;
}

int oc_walk_open(struct oc_walk *w, struct oc_err *err)
{
    const struct oc_process *const p = w->process;

    w->own = NULL;
    w->nstate = p->states ? p->states : 1;
    if (!(w->spot > 0.0) || !isfinite(w->spot))
        return oc_fail(err, OC_USAGE, "%s: the spot is %g, not a price above 0", p->name, w->spot);
    if (!isfinite(w->drift))
        return oc_fail(err, OC_USAGE, "%s: the drift is %g, not a number", p->name, w->drift);
    if (p->discrete && !(w->dt > 0.0 && isfinite(w->dt)))
        return oc_fail(err, OC_USAGE, "%s: its period (dt) is %g years, not above 0", p->name, w->dt);
    if (oc_param_check(p->name, p->param, w->par, err) || check_data(w, err))
        return -1;
    if (p->setup && p->setup(w, err)) {
        oc_walk_close(w);
        return -1;
    }
    return 0;
}

void oc_walk_begin(const struct oc_walk *w, size_t n, double *const state[])
{
    if (w->process->begin)
        w->process->begin(w, n, state);
    for (size_t i = 0; !w->process->begin && i < w->nstate; i++)
        oc_lanes_fill(n, 0.0, state[i]);
}

void oc_walk_close(struct oc_walk *w)
{
    if (w && w->own && w->process->teardown)
        w->process->teardown(w);
    if (w)
        w->own = NULL;
}

bool oc_walk_prices(const struct oc_walk *w)
{
    const int drift = oc_param_find(w->process->param, "drift", 5);

    if (!w->process->risk_neutral || (drift >= 0 && !isnan(w->par[drift]) && w->par[drift] != w->drift))
        return false;
    for (size_t i = 0; w->data.regime_drift && i < w->data.nregime; i++)
        if (!isnan(w->data.regime_drift[i]) && w->data.regime_drift[i] != w->drift)
            return false;
    return true;
}

void oc_walk_spot(const struct oc_walk *w, size_t n, const double *x, double *spot)
{
    if (w->process->level) {
        memcpy(spot, x, n * sizeof *spot);
        return;
    }
    if (w->process->arithmetic) {
        for (size_t j = 0; j < n; j++)
            spot[j] = w->spot + x[j];
        return;
    }
    oc_lanes_spot(n, w->spot, x, spot);
}
