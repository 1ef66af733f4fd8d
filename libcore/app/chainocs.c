/* chainocs - see chainocs.h. */
#include "app/chainocs.h"

#include <string.h>

size_t oc_chainocs_labels(const struct oc_schedule *s, uint64_t rules, char out[OC_CHAINOCS_LABELS])
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (!(rules >> i & 1))
            continue;
        const size_t len = strlen(s->rule[i].label);
        if (n)
            out[n++] = '|';
        memcpy(out + n, s->rule[i].label, len);
        n += len;
    }
    return n;
}

/* Every second of the chain's rows, from the call or the put. */
static int side(struct oc_batch *out, const char *name, const double *from, size_t first, struct oc_err *err)
{
    double *v;

    if (oc_add_f64(out, name, &v, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++)
        v[i] = from[2 * i + first];
    return 0;
}

/* step, simulated_at, symbol */
static int add_head(const struct oc_chaincols *c, const struct oc_chain_at *at, struct oc_batch *out, struct oc_err *err)
{
    int64_t *step, *ts;
    int32_t *index;

    if (oc_add_i64(out, "step", OC_I64, &step, NULL, err) || oc_add_i64(out, "simulated_at", OC_TIME, &ts, NULL, err)
        || oc_add_sym(out, "symbol", c->symbol, &index, NULL, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        step[i] = (int64_t)at->step;
        ts[i] = at->ts;
    }
    return 0;
}

/* expires_at, labels, days_to_expiration */
static int add_expiry(const struct oc_chaincols *c, const struct oc_chain_rows *list, const struct oc_chain_rows *r,
                      struct oc_batch *out, struct oc_err *err)
{
    const struct oc_schedule *s = &c->plan->chain.schedule;
    char text[OC_CHAINOCS_LABELS], *bytes;
    size_t total = 0, at = 0;
    int64_t *expires;
    int32_t *off;
    double *days;

    for (size_t i = 0; i < out->rows; i++)
        total += oc_chainocs_labels(s, list->slice[r->expiry[2 * i]].listed.rules, text);
    if (total > INT32_MAX)
        return oc_fail(err, OC_LIMIT, "the labels of a block take %zu bytes", total);
    if (oc_add_i64(out, "expires_at", OC_TIME, &expires, NULL, err) || oc_add_text(out, "labels", total, &off, &bytes, err)
        || oc_add_f64(out, "days_to_expiration", &days, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        const struct oc_chain_slice *e = &list->slice[r->expiry[2 * i]];
        expires[i] = e->listed.expires_at;
        days[i] = e->years * 365;
        off[i] = (int32_t)at;
        at += oc_chainocs_labels(s, e->listed.rules, text);
        memcpy(bytes + off[i], text, at - (size_t)off[i]);
    }
    off[out->rows] = (int32_t)at;
    return 0;
}

int oc_chainocs_fill(const struct oc_chaincols *c, const struct oc_chain_at *at, const struct oc_chain_rows *list,
                     const struct oc_chain_rows *r, struct oc_batch *out, struct oc_err *err)
{
    static const struct oc_chain_rows none = { 0 };
    const struct oc_chain_rows *v = r ? r : &none;

    out->rows = v->n / 2;
    return add_head(c, at, out, err) || add_expiry(c, list, v, out, err) || side(out, "strike", v->strike, 0, err)
           || side(out, "implied_volatility", v->iv, 0, err) || side(out, "call_bid", v->bid, 0, err)
           || side(out, "call_ask", v->ask, 0, err) || side(out, "call_mid", v->mid, 0, err)
           || side(out, "call_delta", v->value[OC_DELTA], 0, err) || side(out, "put_bid", v->bid, 1, err)
           || side(out, "put_ask", v->ask, 1, err) || side(out, "put_mid", v->mid, 1, err)
           || side(out, "put_delta", v->value[OC_DELTA], 1, err) || side(out, "gamma", v->value[OC_GAMMA], 0, err) ? -1 : 0;
}
