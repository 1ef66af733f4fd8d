/* walkdata_print - the data of a walk as the text that walkdata.c reads. */
#include "app/walkdata.h"
#include "base/num.h"

#include <math.h>
#include <string.h>

void oc_walkdata_print_number(struct oc_buf *out, const char *name, double v)
{
    char num[OC_NUM_PRINT_MAX];

    oc_buf_char(out, ',');
    oc_buf_puts(out, name);
    oc_buf_char(out, '=');
    oc_buf_put(out, num, oc_num_print_f64(num, v));
}

static void print_list(struct oc_buf *out, const char *name, const double *v, size_t n)
{
    char num[OC_NUM_PRINT_MAX];

    oc_walkdata_print_number(out, name, v[0]);
    for (size_t i = 1; i < n; i++) {
        oc_buf_char(out, '|');
        oc_buf_put(out, num, oc_num_print_f64(num, v[i]));
    }
}

static void print_regime(struct oc_buf *out, const struct oc_simdata *d)
{
    for (size_t i = 0; i < d->nregime; i++) {
        char name[] = "volatility0", drift[] = "drift0", q[] = "q00";
        name[sizeof name - 2] = drift[sizeof drift - 2] = q[1] = (char)('1' + i);
        oc_walkdata_print_number(out, name, d->regime_vol[i]);
        if (!isnan(d->regime_drift[i]))
            oc_walkdata_print_number(out, drift, d->regime_drift[i]);
        for (size_t j = 0; j < d->nregime; j++) {
            q[2] = (char)('1' + j);
            if (i != j && d->regime_q[i * d->nregime + j] != 0)
                oc_walkdata_print_number(out, q, d->regime_q[i * d->nregime + j]);
        }
    }
}

void oc_walkdata_print(const char *part, const struct oc_simdata *d, struct oc_buf *out)
{
    if (!part)
        return;
    if (strcmp(part, "price") == 0) {
        print_list(out, "prices", d->price, d->nprice);
        oc_walkdata_print_number(out, "price_dt", d->price_dt);
    } else if (strcmp(part, "grid") == 0) {
        print_list(out, "volatility", d->vol, d->nt * d->nk);
        print_list(out, "years", d->t, d->nt);
        print_list(out, "strikes", d->k, d->nk);
    } else if (strcmp(part, "xi") == 0) {
        print_list(out, "xi", d->xi, d->nxi);
        print_list(out, "years", d->xi_t, d->nxi);
    } else {
        print_regime(out, d);
    }
}
