/* switch - see switch.h */
#include "sim/switch.h"

#include "sim/jumps.h"
#include "sim/lanes.h"

#include "math/exp.h"
#include "math/log.h"

/*
 * Mean switches of a step, of a walk that always left at the highest rate.  Each takes two of the OC_JUMPS_NUMBERS: half of
 * what there is room for, since the switches of a step are Poisson and twice this mean is 180 deviations above it.
 */
enum { SWITCHES = OC_JUMPS_NUMBERS / 2 / 2 };

int oc_switch_fits(const struct oc_walk *w, const struct oc_switch *s, double dt, struct oc_err *err)
{
    double most = 0.0;

    for (size_t i = 0; i < s->n; i++)
        most = s->leave[i] > most ? s->leave[i] : most;
    if (most * dt <= SWITCHES)
        return 0;
    return oc_fail(err, OC_USAGE, "%s: a step of %g years has up to %g switches at a rate of %g, more than %d: take shorter "
                   "steps", w->process->name, dt, most * dt, most, SWITCHES);
}

void oc_switch_interval(const struct oc_switch *s, double dt, double *c)
{
    for (size_t i = 0; i < s->n; i++)
        c[i] = oc_exp(-s->leave[i] * dt);
}

/* The state that follows i. */
static size_t follow(const struct oc_switch *s, size_t i, double u)
{
    double left = u * s->leave[i];
    size_t last = i;

    for (size_t k = 0; k < s->n; k++) {
        if (k == i || s->rate[i][k] == 0.0)
            continue;
        last = k;
        if (left < s->rate[i][k])
            return k;
        left -= s->rate[i][k];
    }
    return last;                /* what is left is rounding */
}

struct integral { double variance, drift; };

/* From state i, which is left before dt is over: the first holding time comes from u, the others from rare numbers. */
static struct integral wander(const struct oc_walk *w, const struct oc_switch *s, const struct oc_place *place,
                              uint64_t path, double u, size_t *i)
{
    struct integral sum = { 0.0, 0.0 };
    double left = place->dt, hold = -oc_log(u) / s->leave[*i];

    for (uint64_t k = 0; hold < left; k += 2) {
        sum.variance += s->variance[*i] * hold;
        sum.drift += s->drift[*i] * hold;
        left -= hold;
        *i = follow(s, *i, oc_jumps_uniform(w, path, place->step, k));
        hold = s->leave[*i] > 0.0 ? -oc_log(oc_jumps_uniform(w, path, place->step, k + 1)) / s->leave[*i] : INFINITY;
    }
    sum.variance += s->variance[*i] * left;
    sum.drift += s->drift[*i] * left;
    return sum;
}

void oc_switch_step(const struct oc_walk *w, const struct oc_switch *s, const double *c, const struct oc_place *place,
                    size_t n, const double *z, const double *u, double *const state[])
{
    double variance[OC_LANES], drift[OC_LANES];

    for (size_t j = 0; j < n; j++) {
        size_t i = (size_t)state[1][j];
        struct integral sum = { s->variance[i] * place->dt, s->drift[i] * place->dt };
        if (u[j] > c[i])
            sum = wander(w, s, place, place->path + j, u[j], &i);
        variance[j] = sum.variance;
        drift[j] = sum.drift;
        state[1][j] = (double)i;
    }
    oc_lanes_log_own(n, 0.0, drift, variance, z, state[0]);
}

void oc_switch_show(const struct oc_switch *s, double base, size_t n, double *const state[], double *vol, double *regime)
{
    for (size_t j = 0; j < n; j++) {
        if (vol)
            vol[j] = sqrt(s->variance[(size_t)state[1][j]]);
        if (regime)
            regime[j] = base + state[1][j];
    }
}
