/* prices and all Greeks of every model against testdata/pricing.kat (60-digit derivatives), for each instruction set */
#include "pricing_ref.h"

enum { ROWS = 512, HEAD = 10 };

static struct book book;
static double want[OC_QUANTITIES][ROWS], condition[OC_QUANTITIES][ROWS];
static const struct oc_pricer *model[ROWS];

static double cell(const char *word) { return strcmp(word, "-") == 0 ? NAN : strtod(word, NULL); }

/* One line of the file into row i; 0, or -1 if it is not what the header says. */
static int parse(char *line, size_t i)
{
    struct oc_err err;
    char *word[HEAD + OC_QUANTITIES], *save = NULL;
    int n = 0;

    for (char *w = strtok_r(line, " \n", &save); w && n < HEAD + OC_QUANTITIES; w = strtok_r(NULL, " \n", &save))
        word[n++] = w;
    if (n != HEAD + OC_QUANTITIES || oc_pricer_find(word[0], &model[i], &err))
        return -1;
    double *const input[] = { book.side, book.spot, book.forward, book.strike, book.years, book.rate, book.yield, book.vol,
                              book.shift };
    for (int j = 0; j < 9; j++)
        input[j][i] = cell(word[1 + j]);
    for (int j = 0; j < OC_QUANTITIES; j++) {
        char *end;
        want[j][i] = strtod(word[HEAD + j], &end);
        if (*end != '/')
            return -1;
        condition[j][i] = strtod(end + 1, NULL);
    }
    return 0;
}

static int load(void)
{
    FILE *const f = fopen("testdata/pricing.kat", "r");
    static char line[8192];

    if (!f)
        return -1;
    while (book.n < ROWS && fgets(line, sizeof line, f))
        if (line[0] != '#' && parse(line, book.n++))
            book.n = ROWS + 1;
    fclose(f);
    return book.n > 300 && book.n <= ROWS ? 0 : -1;
}

/*
 * The bound: a quantity may be off by what 2 ulp in every input would do to it, plus 4 ulp of itself.  So many roundings
 * lie on the way (log, total volatility, its inverse, d, d^2, the exponentials); more would be a defect.
 */
static double bound(int j, size_t i)
{
    double scale = 2 * condition[j][i] + 4 * fabs(want[j][i]);

    if (j == OC_ELASTICITY)     /* a quotient by the price: has its relative error */
        scale += 2 * fabs(want[j][i]) * condition[OC_PRICE][i] / want[OC_PRICE][i];
    if (j == OC_RHO)            /* T (F V_F - V): as good as its two terms */
        scale += 4 * (fabs(want[OC_PHI][i]) + book.years[i] * want[OC_PRICE][i]);
    return 0x1p-52 * scale + 1e-307;
}

static void check(const char *isa)
{
    double worst[OC_QUANTITIES] = { 0 }, most = 0;
    char name[64];

    snprintf(name, sizeof name, "pricing_kat %s", isa);
    test_begin(name);
    for (size_t i = 0; i < book.n; i++) {
        const struct oc_quotes q = book_quotes(&book, i, 1);
        const struct oc_results r = book_results(&book, i);
        model[i]->price(&q, &r);
        CHECK(book.status[i] == OC_ROW_OK, "row %zu: %s", i, oc_row_name(book.status[i]));
        for (int j = 0; j < OC_QUANTITIES; j++) {
            const double e = fabs(book.value[j][i] - want[j][i]), rel = e / bound(j, i);
            CHECK(rel <= 1, "row %zu %s %s: %.17g, not %.17g: %.2g of the bound", i, model[i]->name, oc_quantity_name(j),
                  book.value[j][i], want[j][i], rel);
            worst[j] = rel > worst[j] ? rel : worst[j];
        }
        const double e = fabs(book.value[OC_PRICE][i] / want[OC_PRICE][i] - 1);
        most = e > most ? e : most;
    }
    test_end();
    printf("# %s: worst relative error of a price %.1e; shares of the bound:", isa, most);
    for (int j = 0; j < OC_QUANTITIES; j++)
        printf(" %s %.2f", oc_quantity_name(j), worst[j]);
    printf("\n");
}

int main(void)
{
    if (load()) {
        test_begin("pricing_kat");
        test_fail("testdata/pricing.kat is missing or not as its header says");
        return 1;
    }
    each_isa(check);
    return test_done();
}
