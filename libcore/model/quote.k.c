/*
 * quote - the kernel of quote.h.  A tick is units / scale (market/ticks.h): multiple i is i units / scale, rounded once; the
 * nearest multiple is found first and moved by one where it lies on the wrong side, so that rounding of x scale / units
 * cannot matter.
 */
#include "math/vec.h"
#include "model/quote.h"

void OC_K(oc_quote_k)(const struct oc_ticks *ticks, const struct oc_quote_width *width, size_t n, const double *price,
                      const double *m, double *bid, double *ask, double *mid);

/* Units and scale of the tick at a price. */
V_FN void tick_at(const struct oc_ticks *t, vd price, vd *units, vd *scale)
{
    *units = v_set(t->step[t->n - 1].units);
    *scale = v_set(t->step[t->n - 1].scale);
    for (size_t i = t->n - 1; i-- > 0;) {
        const vm low = v_lt(price, v_set(t->below[i]));
        *units = v_sel(low, v_set(t->step[i].units), *units);
        *scale = v_sel(low, v_set(t->step[i].scale), *scale);
    }
}

/* The multiple at or below x (up: at or above). */
V_FN vd on_tick(const struct oc_ticks *t, vd x, int up)
{
    vd units, scale;

    tick_at(t, x, &units, &scale);
    const vd i = v_round(x * scale / units), at = i * units / scale, one = v_set(1.0);
    if (up)
        return v_sel(v_lt(at, x), (i + one) * units / scale, at);
    return v_sel(v_gt(at, x), (i - one) * units / scale, at);
}

V_FN void quote_sides(const struct oc_ticks *t, const struct oc_quote_width *w, vd price, vd m, vd *bid, vd *ask, vd *mid)
{
    vd units, scale;

    tick_at(t, price, &units, &scale);
    const vd wide = v_set(w->fixed) + v_set(w->proportional) * price + v_set(w->moneyness) * v_abs(m);
    const vd half = v_max(units / scale, wide) * v_set(0.5), low = price - half;
    *bid = on_tick(t, v_sel(v_lt(low, v_set(0.0)), v_set(0.0), low), 0);
    *ask = on_tick(t, price + half, 1);
    *mid = (*bid + *ask) * v_set(0.5);
}

void OC_K(oc_quote_k)(const struct oc_ticks *ticks, const struct oc_quote_width *width, size_t n, const double *price,
                      const double *m, double *bid, double *ask, double *mid)
{
    const vd zero = v_set(0.0);
    vd b, a, c;
    size_t i = 0;

    for (; i + W <= n; i += W) {
        quote_sides(ticks, width, v_ld(price + i), m ? v_ld(m + i) : zero, &b, &a, &c);
        v_st(bid + i, b);
        v_st(ask + i, a);
        v_st(mid + i, c);
    }
    if (i < n) {
        quote_sides(ticks, width, v_ldn(price + i, n - i, 1.0), m ? v_ldn(m + i, n - i, 0.0) : zero, &b, &a, &c);
        v_stn(bid + i, n - i, b);
        v_stn(ask + i, n - i, a);
        v_stn(mid + i, n - i, c);
    }
}
