/* published values (../shared/reference/values.csv) of the models that are here, each within its own tolerance */
#include "pricing_ref.h"

static const char *const groups[] = { "bsm-", "black76-", "bachelier-", "displaced-", "greek-", "greek60-", "ivround-" };

/* Split a CSV line in place (quoted cells, no doubled quotes inside); cells in cell[], how many. */
static int split(char *line, char **cell, int room)
{
    int n = 0;

    while (n < room && *line && *line != '\n') {
        const char end = *line == '"' ? '"' : ',';
        line += end == '"';
        cell[n++] = line;
        while (*line && *line != end && *line != '\n')
            line++;
        if (*line == '"')
            *line++ = 0;
        if (*line == ',' || *line == '\n')
            *line++ = 0;
    }
    return n;
}

/* The number of KEY=number in "a=1;b=2", else NaN. */
static double input(const char *text, const char *key)
{
    const size_t n = strlen(key);

    for (const char *p = text; p; p = strchr(p, ';') ? strchr(p, ';') + 1 : NULL)
        if (strncmp(p, key, n) == 0 && p[n] == '=')
            return strtod(p + n + 1, NULL);
    return NAN;
}

static void check(char **cell)
{
    static struct book b;
    const struct oc_pricer *p;
    struct oc_err err = { 0 };
    const char *const in = cell[4], *const name = strcmp(cell[2], "displaced-black") == 0 ? "displaced" : cell[2];
    const double want = strtod(cell[6], NULL), tolerance = strtod(cell[7], NULL);
    double got = NAN;

    if (oc_pricer_find(name, &p, &err)) {
        test_fail("%s: %s", cell[0], err.text);
        return;
    }
    b.n = 1;
    b.side[0] = strstr(in, "type=call") ? 1 : -1;
    b.spot[0] = input(in, "S");
    b.forward[0] = input(in, "F");
    b.strike[0] = input(in, "K");
    b.years[0] = input(in, "T");
    b.rate[0] = input(in, "r");
    b.yield[0] = input(in, "q");
    b.vol[0] = input(in, "vol");
    b.shift[0] = input(in, "shift");
    if (strcmp(cell[5], "implied_vol") == 0) {
        const struct oc_quotes q = book_quotes(&b, 0, 1);
        const double price = input(in, "price");
        p->implied(&q, &price, OC_IV_FULL, &got, b.status);
    } else {
        const int j = oc_quantity_find(cell[5]);
        book_price(&b, p);
        got = j < 0 ? NAN : b.value[j][0];
    }
    CHECK(b.status[0] == OC_ROW_OK, "%s: %s", cell[0], oc_row_name(b.status[0]));
    CHECK(fabs(got - want) <= tolerance, "%s %s %s: %.17g, not %.17g +- %g", cell[0], cell[5], in, got, want, tolerance);
}

int main(void)
{
    FILE *const f = fopen("../shared/reference/values.csv", "r");
    char line[4096], *cell[9];
    int n = 0;

    if (!f) {
        test_skip("pricing_values", "../shared/reference/values.csv is not there");
        return 0;
    }
    test_begin("pricing_values published");
    while (fgets(line, sizeof line, f))
        for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
            if (strncmp(line, groups[g], strlen(groups[g])) == 0 && split(line, cell, 9) >= 8) {
                check(cell);
                n++;
                break;
            }
    fclose(f);
    CHECK(n >= 40, "only %d rows found", n);
    test_end();
    printf("# %d published values\n", n);
    return test_done();
}
