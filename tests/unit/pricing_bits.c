/* the same bits from each instruction set, from any cut of the columns and at any alignment */
#include "pricing_ref.h"

static struct book first, again;
static double vol[2][BOOK];
static unsigned char status[2][BOOK];

/* A book with every kind of trouble in it: missing, infinite, negative, expired, sure, huge. */
static void spoil(struct book *b)
{
    static const double odd[] = { NAN, INFINITY, -INFINITY, 0.0, -0.0, -1.0, 1e-310, 1e308, 1e101, 1e-200 };
    double *const column[] = { b->side, b->spot, b->forward, b->strike, b->years, b->rate, b->yield, b->vol, b->shift };

    for (size_t i = 5; i < b->n; i += 7)
        column[(i / 7) % 9][i] = odd[(i / 63) % (sizeof odd / sizeof *odd)];
}

static void compare(const char *what, const char *model, const struct book *a, const struct book *b)
{
    for (size_t i = 0; i < a->n; i++) {
        CHECK(a->status[i] == b->status[i], "%s %s row %zu: %s, %s", what, model, i, oc_row_name(a->status[i]), oc_row_name(b->status[i]));
        for (int j = 0; j < OC_QUANTITIES; j++)
            CHECK(ref_bits(a->value[j][i]) == ref_bits(b->value[j][i]), "%s %s row %zu %s: %a, %a", what, model, i,
                  oc_quantity_name(j), a->value[j][i], b->value[j][i]);
    }
}

static void compare_vol(const char *what, const char *model, size_t n)
{
    for (size_t i = 0; i < n; i++)
        CHECK(status[0][i] == status[1][i] && ref_bits(vol[0][i]) == ref_bits(vol[1][i]), "%s %s implied row %zu: %s %a, %s %a", what,
              model, i, oc_row_name(status[0][i]), vol[0][i], oc_row_name(status[1][i]), vol[1][i]);
}

/* Prices to invert: the model's own, some of them moved out of the bounds or close to them. */
static void prices_of(const struct book *b, double *price)
{
    for (size_t i = 0; i < b->n; i++) {
        price[i] = b->value[OC_PRICE][i];
        if (i % 11 == 3)
            price[i] *= ref_uniform(-0.5, 3);
        if (i % 31 == 7)
            price[i] = b->strike[i];
        if (i % 101 == 9)
            price[i] = NAN;
    }
}

/* A row that is ok has every value (no elasticity of a price of 0); any other has none, but for the price at no volatility. */
static void complete(const struct oc_pricer *p, const struct book *b)
{
    for (size_t i = 0; i < b->n; i++)
        for (int j = 0; j < OC_QUANTITIES; j++) {
            const int none = isnan(b->value[j][i]), ok = b->status[i] == OC_ROW_OK;
            const int free = (j == OC_ELASTICITY && b->value[OC_PRICE][i] == 0)
                             || (j == OC_PRICE && b->status[i] == OC_ROW_OUT_OF_DOMAIN && b->value[j][i] == 0);
            CHECK(free || none != ok, "%s row %zu: %s with %s %g", p->name, i, oc_row_name(b->status[i]), oc_quantity_name(j),
                  b->value[j][i]);
        }
}

static void sets(const struct oc_pricer *p, size_t n)
{
    static double price[BOOK];

    book_random(&first, p, n, 8.0);
    spoil(&first);
    again = first;
    oc_isa_use(OC_ISA_BASE);
    book_price(&first, p);
    complete(p, &first);
    prices_of(&first, price);
    const struct oc_quotes q = book_quotes(&first, 0, n);
    for (int a = OC_IV_FULL; a <= OC_IV_FAST; a++) {
        oc_isa_use(OC_ISA_BASE);
        p->implied(&q, price, (enum oc_accuracy)a, vol[0], status[0]);
        for (int i = OC_ISA_AVX2; i >= OC_ISA_AVX512; i--) {
            if (oc_isa_use((enum oc_isa)i))
                continue;
            book_price(&again, p);
            compare(oc_isa_name((enum oc_isa)i), p->name, &first, &again);
            p->implied(&q, price, (enum oc_accuracy)a, vol[1], status[1]);
            compare_vol(oc_isa_name((enum oc_isa)i), p->name, n);
        }
    }
}

/* The book in pieces of changing size, so that rows meet other neighbours, other lanes and other alignments. */
static void cuts(const struct oc_pricer *p, size_t n)
{
    static double price[BOOK];
    static const size_t sizes[] = { 1, 2, 3, 7, 31, 32, 33, 127, 128, 129, 5, 300 };

    book_random(&first, p, n, 8.0);
    spoil(&first);
    again = first;
    book_price(&first, p);
    prices_of(&first, price);
    const struct oc_quotes whole = book_quotes(&first, 0, n);
    p->implied(&whole, price, OC_IV_FULL, vol[0], status[0]);
    size_t at = 0;
    for (size_t k = 0; at < n; k++) {
        const size_t m = sizes[k % 12] < n - at ? sizes[k % 12] : n - at;
        const struct oc_quotes q = book_quotes(&again, at, m);
        const struct oc_results r = book_results(&again, at);
        p->price(&q, &r);
        p->implied(&q, price + at, OC_IV_FULL, vol[1] + at, status[1] + at);
        at += m;
    }
    compare("cut", p->name, &first, &again);
    compare_vol("cut", p->name, n);
}

/* Chains: runs of rows with one time, rate and yield share their discount factors; row by row they cannot. */
static void chains(const struct oc_pricer *p, size_t n)
{
    static double price[BOOK];

    book_random(&first, p, n, 8.0);
    for (size_t i = 0, left = 0, head = 0; i < n; i++, left--) {
        if (left == 0) {
            left = (size_t)ref_uniform(1, 200);
            head = i;
        }
        first.years[i] = first.years[head];
        first.rate[i] = ref_uniform(0, 1) < 0.995 ? first.rate[head] : -first.rate[head];
        first.yield[i] = ref_uniform(0, 1) < 0.995 ? 0.01 : 0.0;
        first.forward[i] = head % 3 ? NAN : first.forward[i];
        first.spot[i] = first.strike[i];
    }
    again = first;
    book_price(&first, p);
    prices_of(&first, price);
    const struct oc_quotes whole = book_quotes(&first, 0, n);
    p->implied(&whole, price, OC_IV_FULL, vol[0], status[0]);
    for (size_t i = 0; i < n; i++) {
        const struct oc_quotes q = book_quotes(&again, i, 1);
        const struct oc_results r = book_results(&again, i);
        p->price(&q, &r);
        p->implied(&q, price + i, OC_IV_FULL, vol[1] + i, status[1] + i);
    }
    compare("chain", p->name, &first, &again);
    compare_vol("chain", p->name, n);
}

/* Fewer quantities, and columns that are absent instead of NaN, change nothing in what is left. */
static void columns(const struct oc_pricer *p, size_t n)
{
    book_random(&first, p, n, 8.0);
    for (size_t i = 0; i < n; i++) {
        first.forward[i] = NAN;
        first.spot[i] = 100;
        first.yield[i] = 0.01;
    }
    again = first;
    book_price(&first, p);
    struct oc_quotes q = book_quotes(&again, 0, n);
    q.forward = NULL;
    if (strcmp(p->name, "displaced") != 0)
        q.shift = NULL;
    for (int j = 0; j < OC_QUANTITIES; j++) {       /* each by itself */
        struct oc_results r = { .status = again.status };
        r.value[j] = again.value[j];
        p->price(&q, &r);
    }
    compare("columns", p->name, &first, &again);
}

int main(void)
{
    const size_t n = BOOK;

    for (size_t m = 0; oc_pricer_at(m); m++) {
        const struct oc_pricer *const p = oc_pricer_at(m);
        char name[80];
        snprintf(name, sizeof name, "pricing_bits %s", p->name);
        test_begin(name);
        for (int round = 0; round < (full() ? 20 : 1); round++) {
            sets(p, n);
            cuts(p, n);
            chains(p, n);
            columns(p, n);
        }
        test_end();
    }
    return test_done();
}
