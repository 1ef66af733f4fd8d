/*
 * model_chain - laws of whole chains over random specs: nothing lost, quotes on ticks round the price, no arbitrage that
 * could be traded, the same bits by parts, pinned strikes stay.  10,000 specs with OC_FULL, some less without.
 */
#include "model/chain.h"
#include "math/isa.h"
#include "math/philox.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct oc_calendar *cal;
static uint64_t draw_number;
static const int64_t start = INT64_C(1795208400) * 1000000000;     /* 2026-11-20T21:00:00Z, a Friday's close */
static const int64_t day = INT64_C(86400) * 1000000000;

static double uniform(double low, double high)
{
    return low + (high - low) * oc_philox_uniform_at(11, 77, 0, draw_number++);
}

static int pick(int n) { return (int)uniform(0, n); }

/* ---- random specs ---------------------------------------------------------------------------------------- */

struct world {
    struct oc_chain_spec spec;
    struct oc_chain_at at;
    struct oc_cash_dividend dividend[3];
    struct oc_chain_rows rows;
    bool plain;                         /* no rates, yields and dividends: calendars of equal strikes are comparable */
};

static void random_schedule(struct oc_chain_spec *s)
{
    static const char *const texts[] = { "daily:3", "weekly:3,monthly:2", "weekly/mon+wed+fri:4,monthly:2@AM",
                                         "quarterly:3,leaps:1",
                                         "daily:1@12:00,month-last/fri:2", "monthly:4,quarter-end:2" };
    struct oc_err err;

    s->schedule.calendar = cal;
    if (oc_schedule_parse(texts[pick(6)], OC_EXPIRY_PM, &s->schedule, &err))
        test_fail("%s", err.text);
}

static void random_ladder(struct oc_chain_spec *s, double spot)
{
    static const char *const rules[] = { "spx", "spxw", "equity", "weekly", "etf" };
    static const double steps[] = { 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10 };
    struct oc_err err;

    s->ladder = (struct oc_ladder){ .how = (enum oc_ladder_how)pick(3), .size = 1 + (unsigned)pick(40) };
    s->ladder.step = oc_ladder_snap(spot * steps[pick(9)] / 100);
    if (s->ladder.how == OC_LADDER_LISTED && oc_listing_find(rules[pick(5)], &s->ladder.listing, &err))
        test_fail("%s", err.text);
}

/* theta, rho, psi of one slice inside the conditions of no butterfly. */
static void essvi_slice(struct oc_slice *x, double years, double vol, double rho, double share)
{
    const double theta = vol * vol * years;
    double psi = share * 2 * sqrt(theta / (1 + fabs(rho)));

    *x = (struct oc_slice){ .years = years, .p = { theta, rho, psi } };
}

/* A smile free of arbitrage: `years` are those of the listed expiries. */
static void random_smile(struct oc_smile *m, size_t n, const struct oc_chain_slice *e)
{
    static const char *const names[] = { "flat", "ssvi", "essvi", "svi_natural", "sabr", "quadratic" };
    const double vol = exp(uniform(log(0.05), log(2))), rho = uniform(-0.9, 0.6), share = uniform(0.05, 0.95);
    const int which = pick(6);
    struct oc_err err;

    *m = (struct oc_smile){ .strict = true, .n = which == 2 || which == 3 ? n : 1 };
    m->slice = calloc(m->n, sizeof *m->slice);
    if (oc_smile_find(names[which], &m->model, &err))
        test_fail("%s", err.text);
    m->slice[0].years = NAN;
    if (which == 0)
        m->slice[0].p[0] = vol;
    else if (which == 1)
        memcpy(m->slice[0].p, (double[]){ NAN, rho, share * 2 / (1 + fabs(rho)), uniform(0.1, 0.5), vol },
               5 * sizeof(double));
    else if (which == 4)
        memcpy(m->slice[0].p, (double[]){ vol, 1, uniform(0.01, 0.5), rho, 0 }, 5 * sizeof(double));
    else if (which == 5)
        memcpy(m->slice[0].p, (double[]){ vol, uniform(-0.3, 0.1), uniform(0, 0.2) }, 3 * sizeof(double));
    for (size_t i = 0; (which == 2 || which == 3) && i < n; i++) {
        essvi_slice(&m->slice[i], e[i].years, vol < 1 ? vol : 1, rho, share);
        const struct oc_slice x = m->slice[i];
        if (which == 3)                 /* the same slice by natural parameters */
            memcpy(m->slice[i].p, (double[]){ 0, 0, x.p[1], x.p[0], x.p[2] / x.p[0] }, 5 * sizeof(double));
    }
    if (oc_smile_open(m, &err))
        test_fail("%s: %s", names[which], err.text);
}

static int random_world(struct world *w)
{
    static const char *const ticks[] = { "0.01", "0.05<3,0.10", "0.005", "0.01<3,0.05<20,0.1", "1", "0.25" };
    struct oc_err err;

    *w = (struct world){ .at = { .ts = start + (int64_t)uniform(0, 3e8) * 1000000000, .level = 1 } };
    w->at.spot = w->at.ref_spot = exp(uniform(log(2), log(20000)));
    w->plain = pick(4) == 0;
    w->spec.rate = w->plain ? 0 : uniform(-0.02, 0.1);
    w->spec.dividend_yield = w->plain ? 0 : uniform(-0.01, 0.06);
    w->spec.sizes = pick(2);
    w->spec.seed = (uint64_t)pick(1000);
    w->spec.want[OC_PRICE] = true;
    w->spec.spread = (struct oc_spread){ uniform(0, 0.3) * pick(2), uniform(0, 0.2) * pick(2), uniform(0, 1) * pick(2),
                                         uniform(0, 0.5) * pick(2) };
    for (size_t i = 0; !w->plain && i < 3 && pick(2); i++)
        w->dividend[w->spec.ndividend++] = (struct oc_cash_dividend){ start + (int64_t)uniform(-10, 400) * day,
                                                                       w->at.spot * uniform(0, 0.02) };
    w->spec.dividend = w->dividend;
    random_schedule(&w->spec);
    random_ladder(&w->spec, w->at.spot);
    if (oc_ticks_parse(ticks[pick(6)], &w->spec.ticks, &err))
        test_fail("%s", err.text);
    /* list with a flat smile for the expiries, then with the smile that has slices at them */
    struct oc_slice flat = { .years = NAN, .p = { 0.3 } };
    oc_smile_find("flat", &w->spec.smile.model, &err);
    w->spec.smile.n = 1;
    w->spec.smile.slice = &flat;
    if (oc_chain_list(&w->spec, &w->at, &w->rows, &err)) {
        if (!strstr(err.text, "above 0"))       /* a ladder coarser than the price */
            test_fail("%s", err.text);
        w->spec.smile.slice = NULL;
        w->spec.smile.n = 0;
        return -1;
    }
    random_smile(&w->spec.smile, w->rows.nslice, w->rows.slice);
    return oc_chain_check(&w->spec, &err) ? (test_fail("%s", err.text), -1) : 0;
}

static void drop(struct world *w)
{
    oc_chain_free(&w->rows);
    oc_smile_close(&w->spec.smile);
}

/* ---- laws ------------------------------------------------------------------------------------------------ */

static void complete(const struct world *w)
{
    const struct oc_chain_rows *r = &w->rows;
    const unsigned size = w->spec.ladder.size;
    size_t row = 0;

    CHECK(r->n == 2 * r->nladder && r->nslice > 0, "%zu rows of %zu strikes", r->n, r->nladder);
    for (size_t i = 0; i < r->nslice; i++) {
        const struct oc_chain_slice *e = &r->slice[i];
        const double *k = r->ladder + e->first;
        CHECK(e->n == 2 * size + 1 || e->n <= 2 * size, "%zu strikes of size %u", e->n, size);
        size_t above = 0;
        for (size_t j = 0; j < e->n; j++) {
            above += k[j] > w->at.spot;
            CHECK(k[j] > 0 && (j == 0 || k[j] > k[j - 1]), "strike %g", k[j]);
        }
        CHECK(above >= size, "%zu strikes above %g, not %u", above, w->at.spot, size);
        if (e->n < 2 * size + 1)        /* fewer only for want of room above 0 */
            CHECK(w->spec.ladder.how == OC_LADDER_LISTED || k[0] < 1.5 * (e->n > 1 ? k[1] - k[0] : k[0]), "cut at %g", k[0]);
        for (size_t j = 0; j < 2 * e->n; j++, row++)
            CHECK(r->strike[row] == k[j / 2] && r->side[row] == (j & 1 ? -1 : 1) && r->expiry[row] == i, "row %zu", row);
    }
}

static void quotes(const struct world *w)
{
    const struct oc_chain_rows *r = &w->rows;
    const struct oc_ticks *t = &w->spec.ticks;

    for (size_t i = 0; i < r->n; i++) {
        const double price = r->value[OC_PRICE][i], bid = r->bid[i], ask = r->ask[i], tick = oc_ticks_size(t, price);
        CHECK(price >= 0 && bid >= 0 && bid <= price && price <= ask && ask > 0, "bid %g price %g ask %g", bid, price, ask);
        CHECK(oc_ticks_down(t, bid) == bid && oc_ticks_up(t, ask) == ask, "off ticks: %.17g %.17g", bid, ask);
        CHECK(fabs(r->mid[i] - (bid + ask) / 2) <= 1e-15 * ask, "mid %.17g of %.17g %.17g", r->mid[i], bid, ask);
        const double m = fabs(log(r->strike[i] / w->at.spot)),
            width = fmax(tick, w->spec.spread.spread + w->spec.spread.proportional * price
                         + w->spec.spread.moneyness * m + w->spec.spread.tenor * sqrt(r->years[i]));
        /* the documented width, rounded outwards by less than a tick on each side */
        const double most = width + tick + oc_ticks_size(t, ask);
        CHECK(ask - bid <= most * (1 + 1e-9) && (bid == 0 || ask - bid >= width * (1 - 1e-9)), "width %g, asked for %g",
              ask - bid, width);
        CHECK(bid > 0 || price - width / 2 < oc_ticks_size(t, 0) * (1 + 1e-9), "a bid of 0 at %g, width %g", price, width);
        if (w->spec.sizes)
            CHECK(r->ask_size[i] >= 1 && (r->bid_size[i] >= 1) == (bid > 0) && r->volume[i] >= 0 && r->open_interest[i] >= 0
                  && r->volume[i] == floor(r->volume[i]), "sizes of row %zu", i);
    }
}

/*
 * What could be traded: buying at asks, selling at bids.  The sums of a few quotes below 1e5 have an error below 1e-10.
 */
static void no_arbitrage(const struct world *w)
{
    const struct oc_chain_rows *r = &w->rows;

    for (size_t s = 0; s < r->nslice; s++) {
        const struct oc_chain_slice *e = &r->slice[s];
        const double D = exp(-e->rate * e->years), small = 1e-10 * (1 + e->forward);
        const size_t at = 2 * e->first;
        for (size_t j = 0; j < e->n; j++) {
            const size_t c = at + 2 * j, p = c + 1;
            const double k = r->strike[c], worth = D * (e->forward - k);
            CHECK(r->ask[c] - r->bid[p] >= worth - small && r->bid[c] - r->ask[p] <= worth + small, "parity at %g", k);
            if (j == 0)
                continue;
            const double width = k - r->strike[c - 2];
            CHECK(r->ask[c - 2] - r->bid[c] >= -small && r->ask[p] - r->bid[p - 2] >= -small, "vertical below 0 at %g", k);
            CHECK(r->bid[c - 2] - r->ask[c] <= D * width + small && r->bid[p] - r->ask[p - 2] <= D * width + small,
                  "vertical above its "
                  "width at %g", k);
            /* a box: long call spread and put spread pays the width */
            CHECK(r->ask[c - 2] - r->bid[c] + r->ask[p] - r->bid[p - 2] >= D * width - small, "box at %g", k);
            if (j + 1 == e->n)
                continue;
            const double next = r->strike[c + 2] - k;
            for (size_t side = 0; side < 2; side++)
                CHECK(r->ask[c - 2 + side] * next - r->bid[c + side] * (width + next) + r->ask[c + 2 + side] * width
                      >= -small * (width + next), "butterfly at %g", k);
        }
    }
}

/* Without carry a later option of the same strike is worth no less. */
static void calendar(const struct world *w)
{
    const struct oc_chain_rows *r = &w->rows;

    for (size_t s = 1; w->plain && s < r->nslice; s++) {
        const struct oc_chain_slice *a = &r->slice[s - 1], *b = &r->slice[s];
        for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
            const double x = r->ladder[a->first + i], y = r->ladder[b->first + j];
            const size_t p = 2 * (a->first + i), q = 2 * (b->first + j);
            if (x == y)
                CHECK(r->ask[q] >= r->bid[p] - 1e-9 && r->ask[q + 1] >= r->bid[p + 1] - 1e-9, "calendar at %g", x);
            i += x <= y;
            j += y <= x;
        }
    }
}

/* Any part is the same bits as the whole. */
static void parts(const struct world *w)
{
    struct oc_chain_rows part = { 0 };
    struct oc_err err;

    for (size_t from = 0; from < w->rows.n; from += 2 * (size_t)(1 + pick(90))) {
        const size_t n = w->rows.n - from < 130 ? w->rows.n - from : 130;
        if (oc_chain_part(&w->spec, &w->at, &w->rows, from, n, &part, &err)) {
            test_fail("%s", err.text);
            break;
        }
        CHECK(memcmp(part.value[OC_PRICE], w->rows.value[OC_PRICE] + from, n * sizeof(double)) == 0
              && memcmp(part.bid, w->rows.bid + from, n * sizeof(double)) == 0
              && memcmp(part.ask, w->rows.ask + from, n * sizeof(double)) == 0
              && memcmp(part.iv, w->rows.iv + from, n * sizeof(double)) == 0
              && memcmp(part.expiry, w->rows.expiry + from, n * sizeof(uint32_t)) == 0
              && (!w->spec.sizes || memcmp(part.open_interest, w->rows.open_interest + from, n * sizeof(double)) == 0),
              "rows %zu to %zu", from, from + n);
    }
    oc_chain_free(&part);
}

static void laws(void)
{
    const int count = getenv("OC_FULL") ? 10000 : 1000;
    int refused = 0, coarse = 0;
    struct oc_err err;

    test_begin("chain: nothing lost, quotes on ticks, no arbitrage to be traded, over random specs");
    for (int i = 0; i < count; i++) {
        struct world w;
        draw_number = (uint64_t)i * 1000;
        if (random_world(&w)) {
            coarse++;
        } else if (oc_chain_build(&w.spec, &w.at, &w.rows, &err)) {
            /* an expansion may have no volatility far out: said, not made up */
            CHECK(strcmp(w.spec.smile.model->name, "sabr") == 0 && strstr(err.text, "no volatility"), "spec %d: %s", i,
                  err.text);
            refused++;
        } else {
            const int sound = oc_chain_arbitrage(&w.spec, &w.at, &w.rows, &err) == 0;
            const char *name = w.spec.smile.model->name;
            /* these two models promise nothing; the others are made free of arbitrage above */
            CHECK(sound || strcmp(name, "sabr") == 0 || strcmp(name, "quadratic") == 0, "spec %d, %s: %s", i, name,
                  err.text);
            complete(&w);
            quotes(&w);
            parts(&w);
            refused += !sound;
            if (sound) {
                no_arbitrage(&w);
                calendar(&w);
            }
        }
        drop(&w);
    }
    CHECK(refused + coarse < count / 4, "%d of %d specs have arbitrage, %d no strikes: too few are left", refused, count,
          coarse);
    test_end();
}

/* ---- instruction sets ------------------------------------------------------------------------------------ */

static uint64_t mix(uint64_t h, const double *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t bits;
        memcpy(&bits, &v[i], sizeof bits);
        h = (h ^ bits) * UINT64_C(0x100000001b3);
    }
    return h;
}

static uint64_t columns_hash(const struct world *w)
{
    const struct oc_chain_rows *r = &w->rows;
    uint64_t h = mix(mix(mix(mix(1, r->value[OC_PRICE], r->n), r->bid, r->n), r->ask, r->n), r->iv, r->n);

    h = mix(h, r->mid, r->n);
    return w->spec.sizes ? mix(mix(mix(h, r->bid_size, r->n), r->volume, r->n), r->open_interest, r->n) : h;
}

static void instruction_sets(void)
{
    static const enum oc_isa all[] = { OC_ISA_AVX512, OC_ISA_AVX2, OC_ISA_BASE };
    const enum oc_isa before = oc_isa();
    uint64_t want[60];
    int tried = 0;
    struct oc_err err;

    test_begin("chain: the same bits from each instruction set");
    for (size_t j = 0; j < 3; j++) {
        if (oc_isa_use(all[j]))
            continue;
        for (int i = 0; i < 60; i++) {
            struct world w;
            draw_number = 1000 * (uint64_t)(i + 20000);
            const uint64_t h = random_world(&w) || oc_chain_build(&w.spec, &w.at, &w.rows, &err) ? 0 : columns_hash(&w);
            want[i] = tried ? want[i] : h;
            CHECK(h == want[i], "spec %d by %s", i, oc_isa_name(all[j]));
            drop(&w);
        }
        tried++;
    }
    oc_isa_use(before);
    CHECK(tried > 0, "no instruction set could be used");
    test_end();
}

/* ---- pinned ladders -------------------------------------------------------------------------------------- */

static void spec_plain(struct oc_chain_spec *s, const char *schedule, const char *ticks, double vol)
{
    struct oc_err err;

    *s = (struct oc_chain_spec){ .rate = 0.03, .dividend_yield = 0.01, .want = { [OC_PRICE] = true, [OC_DELTA] = true },
                                 .ladder = { .how = OC_LADDER_STEP, .step = 5, .size = 6 },
                                     .schedule = { .calendar = cal } };
    s->smile = (struct oc_smile){ .n = 1, .slice = calloc(1, sizeof *s->smile.slice), .strict = true };
    s->smile.slice[0] = (struct oc_slice){ .years = NAN, .p = { vol } };
    if (oc_schedule_parse(schedule, OC_EXPIRY_PM, &s->schedule, &err) || oc_ticks_parse(ticks, &s->ticks, &err)
        || oc_smile_find("flat", &s->smile.model, &err) || oc_smile_open(&s->smile, &err) || oc_chain_check(s, &err))
        test_fail("%s", err.text);
}

static bool has(const struct oc_chain_rows *r, int32_t date, double strike)
{
    for (size_t i = 0; i < r->nslice; i++)
        for (size_t j = 0; r->slice[i].listed.date == date && j < r->slice[i].n; j++)
            if (r->ladder[r->slice[i].first + j] == strike)
                return true;
    return false;
}

/* The memory of a ladder of two strikes with one number replaced: taken or refused, but never read on without an end. */
static const struct { size_t at; double value; bool good; } damaged[] = {
    { 2, 5, true }, { 4, 99.5, true },
    { 2, -5, false }, { 2, 0, false }, { 2, INFINITY, false }, { 3, 3, false }, { 3, 1.5, false }, { 3, NAN, false },
    { 3, -1, false }, { 4, NAN, false }, { 4, 0, false }, { 4, -1, false }, { 4, 100, false }, { 4, 101, false },
    { 5, NAN, false }, { 5, INFINITY, false }
};

static void pinned(int how)
{
    struct oc_chain_spec s;
    struct oc_chain_rows now = { 0 }, then = { 0 };
    struct oc_err err;

    spec_plain(&s, "weekly:3", "0.01", 0.4);
    s.pinned = true;
    s.ladder.how = (enum oc_ladder_how)how;
    draw_number = 5;
    double spot = 100;
    for (uint64_t step = 0; step < 30; step++, spot *= exp(uniform(-0.06, 0.06))) {
        const struct oc_chain_at at = { .ts = start + (int64_t)step * day, .spot = spot, .level = 1, .ref_spot = 100,
                                        .step = step };
        if (oc_chain_build(&s, &at, &now, &err)) {
            test_fail("%s", err.text);
            break;
        }
        for (size_t i = 0; i < then.nslice; i++)        /* what was listed and is not over is there */
            for (size_t j = 0; then.slice[i].listed.expires_at > at.ts && j < then.slice[i].n; j++)
                CHECK(has(&now, then.slice[i].listed.date, then.ladder[then.slice[i].first + j]),
                      "step %d: strike %g is gone",
                      (int)step, then.ladder[then.slice[i].first + j]);
        for (size_t i = 0; i < now.nslice; i++) {
            size_t above = 0;
            for (size_t j = 0; j < now.slice[i].n; j++)
                above += now.ladder[now.slice[i].first + j] > spot;
            CHECK(above >= 6, "%zu strikes above the spot", above);
        }
        /* memory is all that it takes: a fresh struct with it lists the same */
        struct oc_chain_rows other = { .pinned = malloc((now.npinned + 1) * sizeof(double)), .npinned = now.npinned,
                                       .cappinned = now.npinned };
        memcpy(other.pinned, now.pinned, now.npinned * sizeof(double));
        CHECK(oc_chain_build(&s, &at, &other, &err) == 0 && other.nladder == now.nladder
              && memcmp(other.ladder, now.ladder, now.nladder * sizeof(double)) == 0, "from memory at step %d", (int)step);
        oc_chain_free(&then);
        then = other;
    }
    const struct oc_chain_at at = { .ts = start, .spot = 100, .level = 1, .ref_spot = 100 };
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        double bad[6] = { (double)now.slice[0].listed.date, OC_EXPIRY_PM, NAN, 2, 95, 100 };
        struct oc_chain_rows other = { .pinned = malloc(sizeof bad), .npinned = 6, .cappinned = 6 };
        bad[damaged[i].at] = damaged[i].value;
        memcpy(other.pinned, bad, sizeof bad);
        CHECK(oc_chain_build(&s, &at, &other, &err) == (damaged[i].good ? 0 : -1)
              && (damaged[i].good || err.code == OC_FORMAT),
              "memory with %g at %zu", damaged[i].value, damaged[i].at);
        oc_chain_free(&other);
    }
    now.npinned = now.npinned > 3 ? now.npinned - 1 : 0;
    CHECK(oc_chain_build(&s, &at, &now, &err) == -1 && err.code == OC_FORMAT, "damaged memory was taken");
    oc_chain_free(&now);
    oc_chain_free(&then);
    oc_smile_close(&s.smile);
}

/* ---- single facts ---------------------------------------------------------------------------------------- */

static void facts(void)
{
    struct oc_chain_spec s;
    struct oc_chain_rows r = { 0 }, q = { 0 };
    struct oc_err err;
    struct oc_chain_at at = { .ts = start, .spot = 100, .level = 1, .ref_spot = 100 };

    test_begin("chain: sticky strike keeps a strike's volatility, sticky delta a moneyness's; the level scales both");
    spec_plain(&s, "monthly:1", "0.01", 0.2);
    oc_smile_find("quadratic", &s.smile.model, &err);
    memcpy(s.smile.slice[0].p, (double[]){ 0.2, -0.5, 0.3 }, 3 * sizeof(double));
    s.pinned = true;
    oc_chain_build(&s, &at, &r, &err);
    const double v90 = r.iv[2 * 4], atm = r.iv[2 * 6];
    CHECK(r.strike[8] == 90 && atm == 0.2, "strike %g, at the money %g", r.strike[8], atm);
    at.spot = 90;
    at.level = 1.5;
    s.stick = OC_STICKY_STRIKE;
    CHECK(oc_chain_build(&s, &at, &q, &err) == 0 && q.strike[12] == 90 && fabs(q.iv[12] - 1.5 * v90) < 1e-15,
          "sticky strike: %g, %g",
          q.iv[12], v90);
    s.stick = OC_STICKY_DELTA;
    CHECK(oc_chain_build(&s, &at, &q, &err) == 0 && q.strike[12] == 90 && fabs(q.iv[12] - 1.5 * atm) < 1e-15,
          "sticky delta: %g",
          q.iv[12]);
    oc_chain_free(&r);
    oc_chain_free(&q);
    test_end();

    test_begin("chain: a dividend leaves the forwards of the expiries behind it, and prices are those of the forward");
    at = (struct oc_chain_at){ .ts = start, .spot = 100, .level = 1, .ref_spot = 100 };
    const struct oc_cash_dividend cash = { start + 40 * day, 3 };
    oc_schedule_parse("monthly:3", OC_EXPIRY_PM, &s.schedule, &err);
    s.pinned = false;
    s.dividend = &cash;
    s.ndividend = 1;
    oc_chain_build(&s, &at, &r, &err);
    const double t0 = r.slice[0].years, t1 = r.slice[1].years;
    CHECK(fabs(r.slice[0].forward - 100 * exp(0.02 * t0)) < 1e-11, "before it: %.15g", r.slice[0].forward);
    CHECK(fabs(r.slice[1].forward - (100 - 3 * exp(-0.02 * 40 / 365)) * exp(0.02 * t1)) < 1e-11, "behind it: %.15g",
          r.slice[1].forward);
    for (size_t i = 0; i < r.n; i += 2)
        CHECK(fabs(r.value[OC_PRICE][i] - r.value[OC_PRICE][i + 1]
                   - exp(-r.rate[i] * r.years[i]) * (r.forward[i] - r.strike[i])) < 1e-11,
              "parity at %g", r.strike[i]);
    const struct oc_cash_dividend ruin = { start + 10 * day, 101 };
    s.dividend = &ruin;
    CHECK(oc_chain_build(&s, &at, &r, &err) == -1 && err.code == OC_DATA && strstr(err.text, "dividends"), "%s", err.text);
    s.ndividend = 0;
    oc_chain_free(&r);
    test_end();

    test_begin("chain: volume and open interest fall away from the money; open interest is the contract's own");
    oc_schedule_parse("monthly:1", OC_EXPIRY_PM, &s.schedule, &err);
    s.ladder = (struct oc_ladder){ .how = OC_LADDER_STEP, .step = 0.05, .size = 900 };
    s.sizes = true;
    oc_chain_build(&s, &at, &r, &err);
    double near = 0, far = 0;
    for (size_t i = 0; i < r.n; i++) {
        const double d = fabs(log(r.strike[i] / 100)) / (0.2 * sqrt(t0));
        near += d < 0.5 ? r.volume[i] : 0;
        far += d > 2.0 && d < 2.5 ? r.volume[i] : 0;
    }
    CHECK(near > 3 * far && far > 0, "volume %g near the money, %g two deviations out", near, far);
    at.step = 1;
    oc_chain_build(&s, &at, &q, &err);
    size_t moved = 0;
    for (size_t i = 0; i < r.n; i++)
        moved += q.volume[i] != r.volume[i];
    CHECK(moved > r.n / 2, "volume of the next step is the same in %zu rows", r.n - moved);
    CHECK(memcmp(q.open_interest, r.open_interest, r.n * sizeof(double)) == 0, "open interest of a contract changed");
    oc_chain_free(&r);
    oc_chain_free(&q);
    oc_smile_close(&s.smile);
    test_end();
}

static void arbitrage(void)
{
    struct oc_chain_spec s;
    struct oc_chain_rows r = { 0 };
    struct oc_err err;
    const struct oc_chain_at at = { .ts = start, .spot = 100, .level = 1, .ref_spot = 100 };

    test_begin("chain: planted arbitrage is found: butterfly, vertical, calendar");
    spec_plain(&s, "monthly:2", "0.01", 0.2);
    s.ladder = (struct oc_ladder){ .how = OC_LADDER_STEP, .step = 1, .size = 60 };
    oc_smile_find("quadratic", &s.smile.model, &err);
    memcpy(s.smile.slice[0].p, (double[]){ 0.2, -0.2, 0.1 }, 3 * sizeof(double));
    CHECK(oc_chain_list(&s, &at, &r, &err) == 0 && oc_chain_arbitrage(&s, &at, &r, &err) == 0, "the simulator's default: %s",
          err.text);
    memcpy(s.smile.slice[0].p, (double[]){ 0.4, -0.2, -60 }, 3 * sizeof(double));
    CHECK(oc_chain_arbitrage(&s, &at, &r, &err) == -1 && strstr(err.text, "butterfly"), "a frown: %s", err.text);
    memcpy(s.smile.slice[0].p, (double[]){ 0.4, 12, 20 }, 3 * sizeof(double));
    CHECK(oc_chain_arbitrage(&s, &at, &r, &err) == -1 && strstr(err.text, "arbitrage"), "a wall: %s", err.text);
    oc_smile_close(&s.smile);
    s.smile = (struct oc_smile){ .n = 2, .slice = calloc(2, sizeof *s.smile.slice) };
    oc_smile_find("flat", &s.smile.model, &err);
    s.smile.slice[0] = (struct oc_slice){ .years = r.slice[0].years, .p = { 0.3 } };
    s.smile.slice[1] = (struct oc_slice){ .years = r.slice[1].years, .p = { 0.1 } };
    CHECK(oc_smile_open(&s.smile, &err) == 0 && oc_chain_arbitrage(&s, &at, &r, &err) == -1 && strstr(err.text, "calendar"),
          "%s",
          err.text);
    oc_chain_free(&r);
    oc_smile_close(&s.smile);
    test_end();
}

int main(void)
{
    struct oc_err err;

    if (oc_calendar_open("XCBO", &cal, &err)) {
        printf("not ok chain: %s\n", err.text);
        return 1;
    }
    laws();
    instruction_sets();
    test_begin("chain: pinned strikes stay until they expire, and their memory is all it takes");
    pinned(OC_LADDER_STEP);
    pinned(OC_LADDER_AUTO);
    test_end();
    facts();
    arbitrage();
    oc_calendar_free(cal);
    return test_done();
}
