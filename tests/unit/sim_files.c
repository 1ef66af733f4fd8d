/* historical and bootstrap: replay to the bit, causal volatility, the law of blocks, no look-ahead, what is refused. */
#include "sim/paths.h"
#include "test.h"
#include "walk_help.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PRICES = 41, STEPS = 40, PATHS = 20000 };

static double price[PRICES];

static void make_prices(void)
{
    uint64_t x = 5;

    price[0] = 100;
    for (int k = 1; k < PRICES; k++) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        price[k] = price[k - 1] * (0.97 + 0.06 * (double)(x >> 40) / (1 << 24));
    }
}

static struct oc_walk walk_of(const char *name, double a, double b)
{
    struct oc_err err;
    struct oc_walk w = { .spot = 100,
                         .dt = 1.0 / 252,
                         .steps = STEPS,
                         .seed = 7,
                         .data = { .nprice = PRICES, .price = price, .price_dt = 1.0 / 252 } };

    CHECK(oc_process_find(name, &w.process, &err) == 0, "%s", err.text);
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        w.par[i] = NAN;
    w.par[0] = a;
    w.par[1] = b;
    return w;
}

static void run(struct oc_walk *w, uint64_t paths, oc_paths_see *fn, void *ctx)
{
    walk_over(w, (struct oc_paths){ .steps = w->steps, .dt = w->dt, .draws = { .seed = 11 } }, paths, fn, ctx);
}

/* ---- historical ------------------------------------------------------------------------------------------- */

struct replay { const struct oc_walk *w; double factor, vol[PRICES]; };

static int see_replay(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct replay *q = ctx;
    double spot[OC_LANES], vol[OC_LANES];

    (void)err;
    oc_walk_spot(q->w, at->n, at->x[0], spot);
    q->w->process->show(q->w, at->n, at->state[0], vol, NULL, NULL);
    for (size_t j = 0; j < at->n; j++) {
        const double want = q->factor == 1 ? price[at->step] : q->factor == 0 ? q->w->data.price[at->step]
                                                                              : 250 * (price[at->step] / 100);
        CHECK(spot[j] == want, "step %d: %.17g, not %.17g", (int)at->step, spot[j], want);
    }
    q->vol[at->step] = vol[0];
    return 0;
}

static void historical(void)
{
    struct oc_walk w = walk_of("historical", NAN, NAN);
    struct replay q = { .w = &w, .factor = 1 }, part;

    test_begin("historical: an exact replay, its volatility causal");
    run(&w, 5, see_replay, &q);
    for (int k = 2; k < PRICES; k++) {
        double m = 0, ss = 0;
        for (int i = 1; i <= k; i++)
            m += log(price[i] / price[i - 1]) / k;
        for (int i = 1; i <= k; i++)
            ss += pow(log(price[i] / price[i - 1]) - m, 2);
        /* two ways to sum k squares */
        CHECK(fabs(q.vol[k] / sqrt(ss / (k - 1) * 252) - 1) < 1e-13, "volatility %d: %.17g", k, q.vol[k]);
    }
    CHECK(isnan(q.vol[0]) && isnan(q.vol[1]), "the first two have no volatility");
    /* what comes later does not matter: the same from a file that ends early */
    w = walk_of("historical", NAN, NAN);
    w.data.nprice = 11;
    w.steps = 10;
    part = (struct replay){ .w = &w, .factor = 1 };
    run(&w, 1, see_replay, &part);
    CHECK(memcmp(part.vol, q.vol, 11 * sizeof *q.vol) == 0, "volatility of a shorter file differs");
    /* later prices that are others: nothing before them changes, to the bit */
    static double other[PRICES];
    memcpy(other, price, sizeof other);
    for (int k = 11; k < PRICES; k++)
        other[k] *= 2;
    w = walk_of("historical", NAN, NAN);
    w.data.price = other;
    part = (struct replay){ .w = &w, .factor = 0 };
    run(&w, 1, see_replay, &part);
    CHECK(memcmp(part.vol, q.vol, 11 * sizeof *q.vol) == 0 && part.vol[11] != q.vol[11], "volatility knows what comes");
    /* equal returns have none, whatever their rounding */
    for (int k = 1; k < PRICES; k++)
        other[k] = other[k - 1] * (k < 20 ? 1.01 : 1.02);
    run(&w, 1, see_replay, &part);
    for (int k = 0; k < 20; k++)
        CHECK(isnan(part.vol[k]), "volatility %d of equal returns is %g", k, part.vol[k]);
    CHECK(part.vol[20] > 0, "%g", part.vol[20]);
    w = walk_of("historical", 1, NAN);
    w.spot = 250;
    part = (struct replay){ .w = &w, .factor = 2.5 };
    run(&w, 3, see_replay, &part);
    test_end();
}

static void refuse(struct oc_walk w, const char *why)
{
    struct oc_err err = { 0 };

    CHECK(oc_walk_open(&w, &err) == -1 && err.code == OC_USAGE && strstr(err.text, why), "'%s' has no '%s'", err.text, why);
}

static void refused(void)
{
    struct oc_walk w = walk_of("historical", NAN, NAN);

    test_begin("historical, bootstrap: what is refused");
    w.steps = PRICES;
    refuse(w, "40 steps, not 41");
    w.steps = 2;
    w.data.nprice = 2;
    refuse(w, "needs 3");
    w = walk_of("historical", NAN, NAN);
    w.spot = 101;
    refuse(w, "rescale=1");
    w = walk_of("historical", 0.5, NAN);
    refuse(w, "neither 0 nor 1");
    w = walk_of("historical", NAN, NAN);
    w.dt = 7.0 / 365;
    refuse(w, "no period");
    w = walk_of("bootstrap", 5, NAN);
    w.data.price_dt = 1.0 / 1638;
    refuse(w, "no period");
    refuse(walk_of("bootstrap", NAN, NAN), "block is missing");
    refuse(walk_of("bootstrap", 0.5, NAN), "outside");
    refuse(walk_of("bootstrap", 2.5, 1), "not whole");
    refuse(walk_of("bootstrap", 41, 1), "longer than the file");
    w = walk_of("bootstrap", 5, NAN);
    w.data.nprice = 2;
    refuse(w, "too few");
    test_end();
}

/* ---- bootstrap -------------------------------------------------------------------------------------------- */

enum { X, AT, LENGTH };

struct drawn {
    double r[STEPS], x[OC_LANES], at[OC_LANES], length[OC_LANES];
    uint64_t used[STEPS], ended[STEPS + 1], blocks, n;
    double sum;                             /* of the returns */
};

static int see_drawn(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct drawn *q = ctx;
    double *const *s = at->state[0];

    (void)err;
    for (size_t j = 0; j < at->n && at->step; j++) {
        const size_t i = (size_t)s[AT][j];
        CHECK(i < STEPS && s[X][j] == q->x[j] + q->r[i], "path %d step %d: x is not the return %zu further", (int)j,
              (int)at->step, i);
        CHECK(s[LENGTH][j] == 1 || (s[LENGTH][j] == q->length[j] + 1 && i == ((size_t)q->at[j] + 1) % STEPS),
              "a block is torn");
        /* lengths of the blocks that begin with step 1 alone: of others, long ones are cut by the end more often */
        if (s[LENGTH][j] == 1 && q->length[j] == (double)at->step - 1 && at->step > 1)
            q->ended[at->step - 1]++;
        q->blocks += s[LENGTH][j] == 1;
        q->used[i]++;
        q->sum += q->r[i];
        q->n++;
    }
    memcpy(q->x, s[X], at->n * sizeof *q->x);
    memcpy(q->at, s[AT], at->n * sizeof *q->at);
    memcpy(q->length, s[LENGTH], at->n * sizeof *q->length);
    return 0;
}

static void bootstrap(double block, double circular)
{
    struct oc_walk w = walk_of("bootstrap", block, circular);
    static struct drawn q;
    double mean = 0, var = 0;

    q = (struct drawn){ 0 };
    for (int k = 0; k < STEPS; k++) {
        q.r[k] = log(price[k + 1] / price[k]);
        mean += q.r[k] / STEPS;
    }
    /* the returns as the walk has them, one step each from the place before; they are libm's within some ulp */
    struct oc_err err;
    if (oc_walk_open(&w, &err) == 0) {
        for (int k = 0; k < STEPS; k++) {
            double x = 0, at = k == 0 ? STEPS - 1 : k - 1, len = 1, u0 = 1 - 0x1p-50, u1 = 0;
            const double *const u[] = { &u0, &u1 };
            double *const state[] = { &x, &at, &len };
            w.process->step(&w, NULL, NULL, 1, NULL, u, state);
            CHECK(fabs(x - q.r[k]) < 1e-16 + 4e-16 * fabs(x) && at == k, "return %d", k);
            q.r[k] = x;
        }
        oc_walk_close(&w);
    }
    for (int k = 0; k < STEPS; k++)
        var += (q.r[k] - mean) * (q.r[k] - mean) / STEPS;
    run(&w, PATHS, see_drawn, &q);
    const double n = (double)q.n, per = n / STEPS;
    /*
     * draws of one path hang together over a block: the error grows by the root of its mean length, doubled for its spread
     */
    const double wide = sqrt(2 * block);
    CHECK(fabs(q.sum / n - mean) < 4 * sqrt(var / n) * wide, "mean %.6g, not %.6g", q.sum / n, mean);
    for (int k = 0; k < STEPS; k++)
        CHECK(fabs((double)q.used[k] - per) < 4 * sqrt(per) * wide, "return %d was used %d times, not %.0f", k,
              (int)q.used[k], per);
    for (int k = 1; k < 8; k++) {
        const double p = circular == 1 ? k == (int)block : pow(1 - 1 / block, k - 1) / block;
        CHECK(fabs((double)q.ended[k] - PATHS * p) <= 4 * sqrt(PATHS * p * (1 - p)), "first blocks of %d: %d, not %.0f", k,
              (int)q.ended[k], PATHS * p);
    }
}

static void blocks(void)
{
    test_begin("bootstrap: stationary blocks are geometric, all returns alike");
    bootstrap(5, 0);
    test_end();
    test_begin("bootstrap: circular blocks have one length");
    bootstrap(4, 1);
    test_end();
}

/* The first k steps do not know what the walk is long, and antithetic or not the file is drawn from all over. */
struct head { uint64_t steps; double x; };

static int see_head(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct head *q = ctx;

    (void)err;
    if (at->step == q->steps)
        q->x = at->x[0][3];
    return 0;
}

static void heads(void)
{
    struct oc_walk w = walk_of("bootstrap", 5, 0);
    struct head a = { .steps = 7 }, b = { .steps = 7 };

    test_begin("bootstrap: a short walk is the head of a long one");
    run(&w, 10, see_head, &a);
    w = walk_of("bootstrap", 5, 0);
    w.steps = 7;
    run(&w, 4, see_head, &b);
    CHECK(a.x == b.x && a.x != 0, "%.17g and %.17g", a.x, b.x);
    test_end();
}

int main(void)
{
    make_prices();
    historical();
    refused();
    blocks();
    heads();
    return test_done();
}
