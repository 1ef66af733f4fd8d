/* validatesum - what a run found, in one line: the last part of validate.h. */
#include "app/validate.h"

/* The checks of a severity that found something, by commas, behind `lead`. */
static void put_found(struct oc_buf *b, const struct oc_validate *v, enum oc_severity s, const char *lead)
{
    bool first = true;

    for (size_t i = 0; i < OC_CHECKS; i++) {
        const struct oc_checkitem *it = &v->checks.item[i];
        if (!it->on || !it->hits || it->severity != s)
            continue;
        oc_buf_printf(b, "%s %s %llu", first ? lead : ",", oc_check_name((enum oc_check_id)i), (unsigned long long)it->hits);
        first = false;
    }
}

char *oc_validate_summary(const struct oc_validate *v)
{
    const bool any = oc_check_hits(&v->checks, OC_SEVERITY_FAILED) || oc_check_hits(&v->checks, OC_SEVERITY_WARNING)
                     || oc_check_hits(&v->checks, OC_SEVERITY_OK);
    struct oc_buf b = { 0 };

    if (!any)
        return NULL;
    oc_buf_printf(&b, "%llu of %llu rows left out", (unsigned long long)v->left, (unsigned long long)v->rows);
    put_found(&b, v, OC_SEVERITY_FAILED, "; failed:");
    put_found(&b, v, OC_SEVERITY_WARNING, "; warnings:");
    put_found(&b, v, OC_SEVERITY_OK, "; ok:");
    if (b.failed) {
        oc_buf_free(&b);
        return NULL;
    }
    (void)oc_buf_str(&b);
    return b.p;
}
