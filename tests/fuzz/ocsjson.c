/*
 * ocsjson - any bytes as a request: read or refused with words, never half of each; and as records or request by its first
 * bytes.
 */
#include "app/ocsjson.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct oc_ocsjson r;
    struct oc_err err = { 0 };

    (void)oc_ocsjson_is((const char *)data, size);
    if (oc_ocsjson_read(&r, "request", (const char *)data, size, &err)) {
        if (err.code != OC_FORMAT || !*err.text || strcmp(err.file, "request") != 0 || r.price)
            abort();
        return 0;
    }
    if (r.nparam > OC_OCSJSON_PARAMS || r.nrule > OC_OCSJSON_RULES || (r.nprice && !r.price) || r.version < 0
        || r.version > 2)
        abort();
    for (size_t i = 0; i < r.nprice; i++)
        if (!(r.price[i] > 0) || !isfinite(r.price[i]))
            abort();
    for (size_t i = 0; i < r.nparam; i++)
        if (!*r.param[i].name || !isfinite(r.param[i].value))
            abort();
    for (size_t i = 0; i < r.nrule; i++)
        if (!*r.rule[i].id || !r.rule[i].target_count || r.rule[i].month < 1 || r.rule[i].month > 12)
            abort();
    oc_ocsjson_free(&r);
    return 0;
}
