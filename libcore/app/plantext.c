/* plantext - see plantext.h */
#include "app/plantext.h"

#include "base/num.h"
#include "base/sha256.h"

#include <math.h>
#include <stdio.h>

void oc_plantext_number(struct oc_buf *out, const char *name, double v)
{
    char text[OC_NUM_PRINT_MAX];

    oc_buf_printf(out, " %s=", name);
    if (isfinite(v))
        oc_buf_put(out, text, oc_num_print_f64(text, v));
}

void oc_plantext_integer(struct oc_buf *out, const char *name, int64_t v) { oc_buf_printf(out, " %s=%lld", name, (long long)v); }

void oc_plantext_numbers(struct oc_buf *out, const char *name, size_t n, const double *v)
{
    for (size_t i = 0; i < n; i++)
        oc_plantext_number(out, name, v[i]);
}

int oc_plantext_run(struct oc_buf *text, char run[OC_PLANTEXT_RUN], struct oc_err *err)
{
    char hex[OC_SHA256_HEX];
    const int failed = text->failed;

    oc_sha256_of(text->p, text->n, hex);
    snprintf(run, OC_PLANTEXT_RUN, "%.12s", hex);
    oc_buf_free(text);
    return failed ? oc_fail(err, OC_MEMORY, "no memory for the text of a plan") : 0;
}
