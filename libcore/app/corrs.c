/* corrs - see corrs.h. */
#include "app/corrs.h"

#include "app/walkdata.h"
#include "base/nearest.h"
#include "base/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int oc_corrs_add(struct oc_corrs *c, const char *a, size_t na, const char *b, size_t nb, double rho, struct oc_err *err)
{
    struct oc_corr pair = { .rho = rho };

    if (!na || !nb || na >= sizeof pair.a || nb >= sizeof pair.b)
        return oc_fail(err, OC_USAGE, "a correlation needs two symbols of 1 to %zu letters", sizeof pair.a - 1);
    memcpy(pair.a, a, na);
    memcpy(pair.b, b, nb);
    if (!(rho >= -1 && rho <= 1))
        return oc_fail(err, OC_USAGE, "the correlation of %s and %s is not within -1 and 1", pair.a, pair.b);
    if (strcmp(pair.a, pair.b) == 0)
        return oc_fail(err, OC_USAGE, "the correlation of %s with itself is 1", pair.a);
    for (size_t i = 0; i < c->n; i++)
        if ((strcmp(c->pair[i].a, pair.a) == 0 && strcmp(c->pair[i].b, pair.b) == 0)
            || (strcmp(c->pair[i].a, pair.b) == 0 && strcmp(c->pair[i].b, pair.a) == 0))
            return oc_fail(err, OC_USAGE, "the correlation of %s and %s is given twice", pair.a, pair.b);
    if (c->n == c->cap) {
        const size_t cap = c->cap ? 2 * c->cap : 16;
        struct oc_corr *more = realloc(c->pair, cap * sizeof *more);
        if (!more)
            return oc_fail(err, OC_MEMORY, "no memory for correlations");
        c->pair = more;
        c->cap = cap;
    }
    c->pair[c->n++] = pair;
    return 0;
}

int oc_corrs_parse(struct oc_corrs *c, const char *text, struct oc_err *err)
{
    const char *comma = strchr(text, ','), *eq = comma ? strchr(comma, '=') : NULL;
    double rho;

    if (!eq || oc_walkdata_number(eq + 1, strlen(eq + 1), &rho))
        return oc_fail(err, OC_USAGE, "'%.80s' is not A,B=RHO", text);
    return oc_corrs_add(c, text, (size_t)(comma - text), comma + 1, (size_t)(eq - comma - 1), rho, err);
}

static int index_of(size_t n, char (*symbol)[32], const char *name, struct oc_err *err)
{
    const char *names[64];

    for (size_t i = 0; i < n; i++) {
        if (strcmp(symbol[i], name) == 0)
            return (int)i;
        names[i < 64 ? i : 63] = symbol[i];
    }
    const char *near = oc_nearest(name, n < 64 ? n : 64, names);
    return oc_fail(err, OC_USAGE, "a correlation names %s, which no walk has%s%s%s", name, near ? "; did you mean " : "",
                   near ? near : "", near ? "?" : "");
}

int oc_corrs_matrix(const struct oc_corrs *c, size_t n, char (*symbol)[32], double **matrix, struct oc_err *err)
{
    *matrix = NULL;
    if (n == 1 && c->n)
        return oc_fail(err, OC_USAGE, "a correlation is given, but there is one underlying only");
    if (n == 1)
        return 0;
    double *m = calloc(n * n, sizeof *m);
    if (!m)
        return oc_fail(err, OC_MEMORY, "no memory for correlations");
    for (size_t i = 0; i < n; i++)
        m[i * n + i] = 1;
    for (size_t k = 0; k < c->n; k++) {
        const int i = index_of(n, symbol, c->pair[k].a, err), j = i < 0 ? -1 : index_of(n, symbol, c->pair[k].b, err);
        if (j < 0) {
            free(m);
            return -1;
        }
        m[(size_t)i * n + (size_t)j] = m[(size_t)j * n + (size_t)i] = c->pair[k].rho;
    }
    *matrix = m;
    return 0;
}

void oc_corrs_print(size_t n, const char (*symbol)[32], const double *matrix, struct oc_buf *out)
{
    char num[OC_NUM_PRINT_MAX];

    for (size_t i = 0; matrix && i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (matrix[i * n + j] != 0) {
                oc_buf_printf(out, " %s,%s=", symbol[i], symbol[j]);
                oc_buf_put(out, num, oc_num_print_f64(num, matrix[i * n + j]));
            }
}

void oc_corrs_free(struct oc_corrs *c)
{
    free(c->pair);
    *c = (struct oc_corrs){ 0 };
}
