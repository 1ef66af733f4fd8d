/* ticks - see ticks.h. */
#include "market/ticks.h"

#include "base/num.h"

#include <math.h>
#include <string.h>

struct oc_step_size oc_ticks_decimal(double step)
{
    for (double scale = 1; scale <= 1e9; scale *= 10) {
        const double units = floor(step * scale + 0.5);
        if (units >= 1 && units < 0x1p53 && units / scale == step)
            return (struct oc_step_size){ units, scale };
    }
    return (struct oc_step_size){ step, 1 };
}

double oc_ticks_index(struct oc_step_size s, double x)
{
    double i = floor(x * s.scale / s.units);

    if (!(fabs(i) < 0x1p52))            /* neighbours cannot be told apart */
        return i;
    while (oc_ticks_multiple(s, i) > x)
        i--;
    while (oc_ticks_multiple(s, i + 1) <= x)
        i++;
    return i;
}

/* Is x a whole multiple of the step, as a decimal? */
static int divides(struct oc_step_size s, double x) { return oc_ticks_multiple(s, floor(x * s.scale / s.units + 0.5)) == x; }

static int bad(const char *text, const char *why, struct oc_err *err)
{
    return oc_fail(err, OC_USAGE, "--ticks: '%s': %s (TICK, or TICK<PRICE,...,TICK such as 0.05<3,0.10)", text, why);
}

int oc_ticks_parse(const char *text, struct oc_ticks *t, struct oc_err *err)
{
    double low = 0;

    *t = (struct oc_ticks){ 0 };
    for (const char *p = text;;) {
        const size_t len = strcspn(p, ","), size = strcspn(p, "<,");
        double tick, below = INFINITY;
        if (t->n == OC_TICKS_MAX)
            return bad(text, "more than 8 ticks", err);
        if (oc_num_f64(p, size, &tick) || !(tick > 0 && tick < 1e9))
            return bad(text, "a tick is a number above 0", err);
        if (size < len && (oc_num_f64(p + size + 1, len - size - 1, &below) || !(below > low && below < 1e15)))
            return bad(text, "limits are numbers, ascending", err);
        if ((size < len) != (p[len] == ','))
            return bad(text, "every tick but the last has a limit", err);
        const struct oc_step_size s = oc_ticks_decimal(tick);
        if (s.scale == 1 && s.units != floor(s.units))
            return bad(text, "a tick has up to nine decimals", err);
        if (!divides(s, low) || (isfinite(below) && !divides(s, below)))
            return bad(text, "a limit is a multiple of the ticks on both sides of it", err);
        t->step[t->n] = s;
        t->below[t->n++] = low = below;
        if (!p[len])
            return 0;
        p += len + 1;
    }
}

static struct oc_step_size step_of(const struct oc_ticks *t, double price)
{
    size_t i = 0;

    while (i + 1 < t->n && !(price < t->below[i]))
        i++;
    return t->step[i];
}

double oc_ticks_size(const struct oc_ticks *t, double price) { return oc_ticks_multiple(step_of(t, price), 1); }

double oc_ticks_down(const struct oc_ticks *t, double price)
{
    const struct oc_step_size s = step_of(t, price);
    const double i = floor(price * s.scale / s.units + 0.5), x = oc_ticks_multiple(s, i);

    return x > price ? oc_ticks_multiple(s, i - 1) : x;
}

double oc_ticks_up(const struct oc_ticks *t, double price)
{
    const struct oc_step_size s = step_of(t, price);
    const double i = floor(price * s.scale / s.units + 0.5), x = oc_ticks_multiple(s, i);

    return x < price ? oc_ticks_multiple(s, i + 1) : x;
}
