/* pricecall - see pricecall.h. */
#include "app/pricecall.h"

#include <math.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a block"); }

/* Rows of one model, gathered; or all rows as they lie. */
struct part { const struct oc_pricer *model; struct oc_quotes q; uint32_t *row; };

static int gather_one(struct oc_pricein *w, const struct part *part, const double *from, const double **to)
{
    double *v = NULL;

    *to = NULL;
    if (!from)
        return 0;
    if (!(v = oc_pricein_array(w)))
        return -1;
    for (size_t i = 0; i < part->q.n; i++)
        v[i] = from[part->row[i]];
    *to = v;
    return 0;
}

static int gather(struct oc_pricein *w, const double *vol, struct part *part)
{
    const struct oc_quotes *q = &w->q;

    part->row = oc_arena_alloc(&w->b->arena, w->b->rows * sizeof *part->row);
    if (!part->row)
        return no_memory(w->err);
    part->q.n = 0;
    for (size_t i = 0; i < w->b->rows; i++)
        if (w->model[i] == part->model)
            part->row[part->q.n++] = (uint32_t)i;
    return gather_one(w, part, q->side, &part->q.side) || gather_one(w, part, q->spot, &part->q.spot)
           || gather_one(w, part, q->forward, &part->q.forward) || gather_one(w, part, q->strike, &part->q.strike)
           || gather_one(w, part, q->years, &part->q.years) || gather_one(w, part, q->rate, &part->q.rate)
           || gather_one(w, part, q->dividend_yield, &part->q.dividend_yield)
           || gather_one(w, part, vol, &part->q.vol) || gather_one(w, part, q->shift, &part->q.shift) ? -1 : 0;
}

/* Do `call` for every model among the rows; arrays in `out` are scattered back. */
typedef void part_call(const struct oc_pricein *w, const struct part *part, const double *extra, double *const *out,
                       size_t nout, unsigned char *status);

static int scattered(struct oc_pricein *w, const struct oc_pricer *model, const double *vol, const double *extra,
                     part_call *call, double *const *out, size_t nout, unsigned char *status)
{
    struct part part = { .model = model };
    double *tmp[OC_QUANTITIES] = { 0 };
    const double *own = NULL;
    unsigned char *st = oc_arena_alloc(&w->b->arena, w->b->rows + 1);

    if (!st)
        return no_memory(w->err);
    if (gather(w, vol, &part) || gather_one(w, &part, extra, &own))
        return -1;
    for (size_t k = 0; k < nout; k++)
        if (out[k] && !(tmp[k] = oc_pricein_array(w)))
            return -1;
    call(w, &part, own, tmp, nout, st);
    for (size_t i = 0; i < part.q.n; i++) {
        status[part.row[i]] = st[i];
        for (size_t k = 0; k < nout; k++)
            if (out[k])
                out[k][part.row[i]] = tmp[k][i];
    }
    return 0;
}

static int each_model(struct oc_pricein *w, const double *vol, const double *extra, part_call *call, double *const *out,
                      size_t nout, unsigned char *status)
{
    bool unsupported = false;

    for (size_t i = 0; i < w->b->rows; i++)
        unsupported |= !w->model[i];
    if (w->only && !unsupported) {
        struct part part = { .model = w->only, .q = w->q };
        part.q.vol = vol;
        call(w, &part, extra, out, nout, status);
        return 0;
    }
    for (size_t i = 0; unsupported && i < w->b->rows; i++)
        if (!w->model[i]) {
            status[i] = OC_ROW_UNSUPPORTED;
            for (size_t k = 0; k < nout; k++)
                if (out[k])
                    out[k][i] = NAN;
        }
    for (size_t m = 0; oc_pricer_at(m); m++)
        if (scattered(w, oc_pricer_at(m), vol, extra, call, out, nout, status))
            return -1;
    return 0;
}

static void call_price(const struct oc_pricein *w, const struct part *part, const double *extra, double *const *out,
                       size_t nout, unsigned char *status)
{
    struct oc_results r = { .status = status };

    (void)w;
    (void)extra;
    memcpy(r.value, out, nout * sizeof *out);
    part->model->price(&part->q, &r);
}

static void call_iv(const struct oc_pricein *w, const struct part *part, const double *price, double *const *out,
                    size_t nout, unsigned char *status)
{
    (void)nout;
    part->model->implied(&part->q, price, w->p->accuracy, out[0], status);
}

int oc_pricecall_value(struct oc_pricein *w, const double *vol, double *const out[OC_QUANTITIES], unsigned char *status)
{
    return each_model(w, vol, NULL, call_price, out, OC_QUANTITIES, status);
}

int oc_pricecall_implied(struct oc_pricein *w, const double *price, double *iv, unsigned char *status)
{
    return each_model(w, NULL, price, call_iv, &iv, 1, status);
}
