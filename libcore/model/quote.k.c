/*
 * quote - the kernel of quote.h.  A tick is units / scale (market/ticks.h): multiple i is i units / scale, rounded once, so
 * that prices are whole numbers until the last division; the nearest multiple is found first and moved by one where it lies
 * on the wrong side, so that rounding of x scale / units cannot matter.
 */
#include "math/vec.h"
#include "model/quote.h"

void OC_K(oc_quote_k)(const struct oc_ticks *ticks, const struct oc_quote_width *width, size_t n, const double *price,
                      const double *m, double *bid, double *ask, double *mid);

/* Ticks over one scale, so that prices are whole numbers of 1 / scale. */
struct steps { size_t n; double scale, units[OC_TICKS_MAX], below[OC_TICKS_MAX]; };

V_FN struct steps common(const struct oc_ticks *t)
{
    struct steps s = { .n = t->n, .scale = 1 };

    for (size_t i = 0; i < t->n; i++)
        s.scale = t->step[i].scale > s.scale ? t->step[i].scale : s.scale;
    for (size_t i = 0; i < t->n; i++) {
        s.units[i] = t->step[i].units * (s.scale / t->step[i].scale);
        s.below[i] = t->below[i];
    }
    return s;
}

/* The tick at a price, in 1 / scale. */
V_FN vd tick_at(const struct steps *s, vd price)
{
    vd units = v_set(s->units[s->n - 1]);

    for (size_t i = s->n - 1; i-- > 0;)
        units = v_sel(v_lt(price, v_set(s->below[i])), v_set(s->units[i]), units);
    return units;
}

/* The multiple at or below x (up: at or above), in 1 / scale. */
V_FN vd on_tick(const struct steps *s, vd x, int up)
{
    const vd units = tick_at(s, x), scale = v_set(s->scale), near = v_round(x * scale / units) * units, at = near / scale;

    return up ? v_sel(v_lt(at, x), near + units, near) : v_sel(v_gt(at, x), near - units, near);
}

V_FN void quote_sides(const struct steps *s, const struct oc_quote_width *w, vd price, vd m, vd *bid, vd *ask, vd *mid)
{
    const vd scale = v_set(s->scale), half_tick = tick_at(s, price) / scale * v_set(0.5);
    const vd wide = v_set(w->fixed) + v_set(w->proportional) * price + v_set(w->moneyness) * v_abs(m);
    const vd half = v_max(half_tick, wide * v_set(0.5)), low = price - half;
    const vd b = on_tick(s, v_sel(v_lt(low, v_set(0.0)), v_set(0.0), low), 0), a = on_tick(s, price + half, 1);

    *bid = b / scale;
    *ask = a / scale;
    *mid = (b + a) / (scale + scale);           /* the double nearest to the decimal in the middle */
}

void OC_K(oc_quote_k)(const struct oc_ticks *ticks, const struct oc_quote_width *width, size_t n, const double *price,
                      const double *m, double *bid, double *ask, double *mid)
{
    const struct steps s = common(ticks);
    const vd zero = v_set(0.0);
    vd b, a, c;
    size_t i = 0;

    for (; i + W <= n; i += W) {
        quote_sides(&s, width, v_ld(price + i), m ? v_ld(m + i) : zero, &b, &a, &c);
        v_st(bid + i, b);
        v_st(ask + i, a);
        v_st(mid + i, c);
    }
    if (i < n) {
        quote_sides(&s, width, v_ldn(price + i, n - i, 1.0), m ? v_ldn(m + i, n - i, 0.0) : zero, &b, &a, &c);
        v_stn(bid + i, n - i, b);
        v_stn(ask + i, n - i, a);
        v_stn(mid + i, n - i, c);
    }
}
