/* mcbasket - see mcbasket.h */
#include "app/mcbasket.h"

#include "base/num.h"
#include "record/run.h"
#include "record/runstats.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The cell of a column of no meaning here, as a number. */
static int number_of(struct oc_batch *b, const char *name, size_t r, double *v, struct oc_err *err)
{
    struct oc_col *const c = oc_col(b, name);

    *v = NAN;
    if (!c)
        return oc_fail(err, OC_COLUMN, "the basket has no column '%s'", name);
    if (oc_load(b, c, err))
        return -1;
    if (c->type == OC_F64) {
        *v = c->f64[r];
    } else if (c->type == OC_TEXT && oc_bit(c->valid, r)
               && oc_num_f64(c->chars + c->i32[r], (size_t)(c->i32[r + 1] - c->i32[r]), v) != OC_NUM_OK) {
        *v = NAN;
    }
    return isnan(*v) ? oc_bad_row(b, r, c, err, "%s: missing, or no number", name) : 0;
}

static int see(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_mcbasket *const k = ctx;
    struct oc_col *const symbol = oc_col(b, "symbol");

    if (!symbol || symbol->type != OC_SYM)
        return oc_fail(err, OC_COLUMN, "the basket has no column 'symbol'");
    if (oc_load(b, symbol, err))
        return -1;
    for (size_t r = 0; r < b->rows; r++) {
        if (k->n == OC_MCCLAIM_ASSETS)
            return oc_fail(err, OC_LIMIT, "more than %d assets", OC_MCCLAIM_ASSETS);
        const uint32_t *const off = symbol->dict->off + symbol->i32[r];
        snprintf(k->symbol[k->n], sizeof k->symbol[0], "%.*s", (int)(off[1] - off[0]), symbol->dict->bytes + off[0]);
        if (number_of(b, "spot", r, &k->spot[k->n], err) || number_of(b, "iv", r, &k->iv[k->n], err)
            || number_of(b, "dividend_yield", r, &k->yield[k->n], err) || number_of(b, "weight", r, &k->weight[k->n], err))
            return -1;
        k->n++;
    }
    return 0;
}

int oc_mcbasket_read(struct oc_mcbasket *k, struct oc_io *io, const char *path, struct oc_err *err)
{
    k->n = 0;
    const int rc = oc_each_beside(io, path, "contract", true, see, k, err);
    if (rc == 0 && k->n < 2)
        return oc_fail(err, OC_DATA, "--basket: %s has %zu assets, and a basket two or more", path, k->n);
    return rc ? oc_while(err, "--basket") : 0;
}

static size_t asset_of(const struct oc_mcbasket *k, const char *name, size_t n)
{
    size_t i = 0;

    while (i < k->n && (strlen(k->symbol[i]) != n || memcmp(k->symbol[i], name, n) != 0))
        i++;
    return i;
}

int oc_mcbasket_corr(struct oc_mcbasket *k, const char *text, struct oc_err *err)
{
    const char *const comma = strchr(text, ','), *const equals = comma ? strchr(comma, '=') : NULL;
    double rho;

    if (!equals || oc_num_f64(equals + 1, strlen(equals + 1), &rho) != OC_NUM_OK || !(rho >= -1 && rho <= 1))
        return oc_fail(err, OC_USAGE, "--corr: '%s' is not A,B=RHO with RHO from -1 to 1", text);
    const size_t a = asset_of(k, text, (size_t)(comma - text)), b = asset_of(k, comma + 1, (size_t)(equals - comma - 1));
    if (a == k->n || b == k->n || a == b)
        return oc_fail(err, OC_USAGE, "--corr: '%s' does not name two assets of the basket", text);
    k->corr[a * OC_MCCLAIM_ASSETS + b] = k->corr[b * OC_MCCLAIM_ASSETS + a] = rho;
    return 0;
}
