/*
 * model_arbitrage - what is found among random quotes is what trying all trades finds; nothing is found around model prices.
 */
#include "model/arbitrage.h"
#include "test.h"

#include <math.h>
#include <string.h>

enum { STRIKES = 12, SLICES = 3 };

struct world {
    struct oc_arbitrage_strike strike[SLICES][STRIKES];
    struct oc_arbitrage_slice slice[SLICES];
};

static uint64_t state;

static double uniform(void)         /* xorshift64*: a test's own, in (0, 1) */
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return ((double)(state * UINT64_C(2685821657736338717) >> 12) + 0.5) * 0x1p-52;
}

static double cdf(double x) { return 0.5 * erfc(-x / sqrt(2.0)); }

static double black(int put, double f, double k, double d, double sd)
{
    const double a = log(f / k) / sd + sd / 2, c = d * (f * cdf(a) - k * cdf(a - sd));

    return put ? c - d * (f - k) : c;
}

/* Quotes on cents around prices of one volatility; `noise` spoils them. */
static void make(struct world *w, double noise, bool american)
{
    const bool carry = !american || noise > 0;      /* without any, exercise brings nothing: the price is the European one */
    const double q = carry * 0.03 * uniform(), r = carry * 0.06 * uniform(), vol = 0.1 + 0.4 * uniform();

    for (size_t k = 0; k < SLICES; k++) {
        struct oc_arbitrage_slice *s = &w->slice[k];
        const double years = 0.1 + 0.4 * (double)k;
        *s = (struct oc_arbitrage_slice){ years, 100 * exp((r - q) * years), american ? NAN : exp(-r * years), 0, american,
                                          STRIKES, w->strike[k] };
        for (size_t i = 0; i < STRIKES; i++) {
            struct oc_arbitrage_strike *t = &w->strike[k][i];
            t->strike = 70 + 5 * (double)i;
            for (int put = 0; put < 2; put++) {
                const double p = black(put, s->forward, t->strike, exp(-r * years), vol * sqrt(years));
                struct oc_arbitrage_quote *o = put ? &t->put : &t->call;
                const double off = noise * (uniform() - 0.5);
                o->bid = floor((p + off) * 100 - 0.5) / 100;
                o->ask = ceil((p + off) * 100 + 0.5) / 100;
                o->row = (uint32_t)((k * STRIKES + i) * 2 + (size_t)put);
                if (!(o->bid > 0) || uniform() < 0.1 * (noise > 0))
                    o->bid = NAN;
                if (uniform() < 0.05 * (noise > 0))
                    o->ask = NAN;
            }
        }
    }
}

/* ---- the largest edge of each kind at each row, by trying everything -------------------------------------- */

static double edge_of[OC_ARBITRAGE_KINDS][2 * SLICES * STRIKES];
static int told[OC_ARBITRAGE_KINDS][2 * SLICES * STRIKES];
static double want[OC_ARBITRAGE_KINDS][2 * SLICES * STRIKES];

static int keep(void *ctx, const struct oc_arbitrage_find *f, struct oc_err *err)
{
    const uint32_t row = f->leg[0].row;
    double flow = 0;

    (void)ctx;
    (void)err;
    told[f->kind][row]++;
    if (f->edge > edge_of[f->kind][row])
        edge_of[f->kind][row] = f->edge;
    for (size_t i = 0; i < f->n; i++)
        flow -= f->leg[i].quantity * f->leg[i].price;
    /* what two option legs alone bring in is the edge itself, but for the second half of vertical */
    if (f->kind == OC_ARBITRAGE_BUTTERFLY || f->kind == OC_ARBITRAGE_CALENDAR)
        CHECK(fabs(flow - f->edge) < 1e-9, "%s at row %u: legs bring %g, edge %g", oc_arbitrage_name(f->kind), row, flow,
              f->edge);
    return 0;
}

static void note(enum oc_arbitrage_kind kind, uint32_t row, double edge)
{
    if (edge > 1e-9 && edge > want[kind][row])
        want[kind][row] = edge;
}

static const struct oc_arbitrage_quote *quote(const struct oc_arbitrage_slice *s, int put, size_t i)
{
    return put ? &s->strike[i].put : &s->strike[i].call;
}

static void try_pairs(const struct oc_arbitrage_slice *s, int put)
{
    const double d = s->american ? 1 : s->discount;

    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < s->n; j++) {
            const struct oc_arbitrage_quote *a = quote(s, put, i), *b = quote(s, put, j);
            const bool dear = put ? s->strike[j].strike > s->strike[i].strike : s->strike[j].strike < s->strike[i].strike;
            if (i != j && dear)
                note(OC_ARBITRAGE_VERTICAL, a->row, a->bid - b->ask);
            if (i != j && !dear)
                note(OC_ARBITRAGE_VERTICAL, a->row, a->bid - b->ask - d * fabs(s->strike[i].strike - s->strike[j].strike));
            for (size_t m = j + 1; m < s->n; m++) {
                const double high = s->strike[m].strike, share = (high - s->strike[i].strike) / (high - s->strike[j].strike);
                if (j < i && i < m && !(a->bid > a->ask))
                    note(OC_ARBITRAGE_BUTTERFLY, a->row, a->bid - share * b->ask - (1 - share) * quote(s, put, m)->ask);
            }
        }
}

static void try_boxes(const struct oc_arbitrage_slice *s)
{
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < s->n; j++) {
            const struct oc_arbitrage_strike *a = &s->strike[i], *b = &s->strike[j];
            if (i != j && !s->american)
                note(OC_ARBITRAGE_BOX, a->call.row,
                     a->call.bid - a->put.ask + s->discount * (a->strike - b->strike) - b->call.ask + b->put.bid);
        }
    for (size_t i = 0; i < s->n && !s->american; i++) {
        const struct oc_arbitrage_strike *a = &s->strike[i];
        const double worth = s->discount * (s->forward - a->strike);
        note(OC_ARBITRAGE_PARITY, a->call.row, a->call.bid - a->put.ask - worth);
        note(OC_ARBITRAGE_PARITY, a->call.row, worth - a->call.ask + a->put.bid);
    }
}

static void try_calendars(const struct world *w, int put)
{
    for (size_t k = 0; k < SLICES; k++)
        for (size_t l = k + 1; l < SLICES; l++)
            for (size_t i = 0; i < STRIKES; i++) {
                const struct oc_arbitrage_slice *s = &w->slice[k], *t = &w->slice[l];
                const struct oc_arbitrage_quote *q = quote(s, put, i);
                const double ratio = s->discount * s->forward / (t->discount * t->forward);
                const double strike = s->strike[i].strike * (t->forward / s->forward);
                if (s->american)
                    note(OC_ARBITRAGE_CALENDAR, q->row, q->bid - quote(t, put, i)->ask);
                for (size_t a = 0; a < STRIKES && !s->american; a++)
                    for (size_t b = a + 1; b < STRIKES; b++) {
                        const double share = (t->strike[b].strike - strike) / (t->strike[b].strike - t->strike[a].strike);
                        if (share >= 0 && share <= 1)
                            note(OC_ARBITRAGE_CALENDAR, q->row,
                                 q->bid - ratio * (share * quote(t, put, a)->ask + (1 - share) * quote(t, put, b)->ask));
                    }
            }
}

static void all_trades(double noise, bool american)
{
    struct world w;
    struct oc_err err = { 0 };
    size_t finds = 0;

    test_begin(american ? "American quotes: the finds are those of trying every trade"
                        : "the finds are those of trying every trade");
    state = 88172645463325252u;
    for (int world = 0; world < 400; world++) {
        make(&w, noise, american);
        memset(edge_of, 0, sizeof edge_of);
        memset(want, 0, sizeof want);
        memset(told, 0, sizeof told);
        for (size_t k = 0; k < SLICES; k++) {
            try_pairs(&w.slice[k], 0);
            try_pairs(&w.slice[k], 1);
            try_boxes(&w.slice[k]);
        }
        try_calendars(&w, 0);
        try_calendars(&w, 1);
        CHECK(oc_arbitrage_scan(SLICES, w.slice, ~0u, 1e-9, keep, NULL, &err) == 0, "%s", err.text);
        for (size_t kind = 0; kind < OC_ARBITRAGE_KINDS; kind++)
            for (size_t row = 0; row < 2 * SLICES * STRIKES; row++) {
                finds += want[kind][row] > 0;
                CHECK(fabs(edge_of[kind][row] - want[kind][row]) < 1e-9, "world %d, %s at row %zu: edge %.12g, by trial %.12g",
                      world, oc_arbitrage_name((enum oc_arbitrage_kind)kind), row, edge_of[kind][row], want[kind][row]);
            }
    }
    CHECK(finds > 1000, "only %zu finds: the test shows little", finds);
    test_end();
}

static int refuse(void *ctx, const struct oc_arbitrage_find *f, struct oc_err *err)
{
    (void)ctx;
    return oc_fail(err, OC_DATA, "%s", oc_arbitrage_name(f->kind));
}

static void clean(void)
{
    struct world w;
    struct oc_err err = { 0 };

    test_begin("nothing is found around prices of one volatility");
    state = 1;
    for (int world = 0; world < 2000; world++) {
        make(&w, 0, world % 2);
        CHECK(oc_arbitrage_scan(SLICES, w.slice, ~0u, 0, refuse, NULL, &err) == 0, "world %d: %s", world, err.text);
    }
    test_end();
}

int main(void)
{
    all_trades(1.0, false);
    all_trades(1.0, true);
    clean();
    return test_done();
}
