/* pricing_ref - what the pricing tests share: a table of rows, its columns as quotes, random books. */
#ifndef OC_PRICING_REF_H
#define OC_PRICING_REF_H

#include "math/isa.h"
#include "pricing/iv.h"
#include "pricing/pricer.h"
#include "test.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BOOK = 4096 };

/* Rows and room for every result. */
struct book {
    size_t n;
    double side[BOOK], spot[BOOK], forward[BOOK], strike[BOOK], years[BOOK], rate[BOOK], yield[BOOK], vol[BOOK], shift[BOOK];
    double value[OC_QUANTITIES][BOOK];
    unsigned char status[BOOK];
};

static uint64_t ref_state = 0x9e3779b97f4a7c15u;

/* Uniform in [a, b), the same numbers in every run (xorshift64*). */
static inline double ref_uniform(double a, double b)
{
    ref_state ^= ref_state >> 12;
    ref_state ^= ref_state << 25;
    ref_state ^= ref_state >> 27;
    return a + (b - a) * (double)((ref_state * 0x2545f4914f6cdd1du) >> 11) * 0x1p-53;
}

static inline struct oc_quotes book_quotes(const struct book *b, size_t start, size_t n)
{
    return (struct oc_quotes){ n, b->side + start, b->spot + start, b->forward + start, b->strike + start, b->years + start,
                               b->rate + start, b->yield + start, b->vol + start, b->shift + start };
}

static inline struct oc_results book_results(struct book *b, size_t start)
{
    struct oc_results r = { .status = b->status + start };

    for (int j = 0; j < OC_QUANTITIES; j++)
        r.value[j] = b->value[j] + start;
    return r;
}

static inline void book_price(struct book *b, const struct oc_pricer *p)
{
    const struct oc_quotes q = book_quotes(b, 0, b->n);
    const struct oc_results r = book_results(b, 0);

    p->price(&q, &r);
}

/*
 * n rows for model p: strikes within reach deviations of the forward, a third in forward form, a third of these with
 * a spot.  Rates, yields and scale as a desk meets them, wider at the edges.
 */
static inline void book_random(struct book *b, const struct oc_pricer *p, size_t n, double reach)
{
    const int normal = strcmp(p->name, "bachelier") == 0, shifted = strcmp(p->name, "displaced") == 0;

    b->n = n;
    for (size_t i = 0; i < n; i++) {
        const double T = exp(ref_uniform(-6, 2)), vol = exp(ref_uniform(-3, 0.3)), d = ref_uniform(-reach, reach);
        const double F = exp(ref_uniform(1, 8)), s = vol * sqrt(T), r = ref_uniform(-0.02, 0.08), y = ref_uniform(-0.01, 0.05);
        b->side[i] = ref_uniform(0, 1) < 0.5 ? 1 : -1;
        b->years[i] = T;
        b->rate[i] = r;
        b->shift[i] = shifted ? 0.5 * F : 0.0;
        b->vol[i] = normal ? vol * F : vol;
        b->strike[i] = normal ? F * (1 + d * s) : (F + b->shift[i]) * exp(d * s) - b->shift[i];
        b->forward[i] = i % 3 == 0 ? F : NAN;
        b->spot[i] = i % 9 == 0 ? NAN : F * exp((y - r) * T);
        b->yield[i] = i % 3 == 0 ? NAN : y;
    }
}

/* Do f for every instruction set that runs here, with its name; back to the best one. */
static inline void each_isa(void (*f)(const char *isa))
{
    for (int i = OC_ISA_BASE; i >= OC_ISA_AVX512; i--)
        if (oc_isa_use((enum oc_isa)i) == 0)
            f(oc_isa_name((enum oc_isa)i));
}

static inline uint64_t ref_bits(double x)
{
    uint64_t k;

    memcpy(&k, &x, sizeof k);
    return x != x ? UINT64_C(0x7ff8000000000000) : k;      /* which NaN is not promised */
}

static inline int full(void) { return getenv("OC_FULL") != NULL; }

#endif
