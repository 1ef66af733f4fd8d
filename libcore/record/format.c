/* format - the table of formats.def, and what every format needs from its block and its reader. */
#include "record/format.h"

#include "record/runstats.h"

#include <stdlib.h>
#include <string.h>

#define FORMAT(NAME) extern const struct oc_format oc_format_##NAME;
#include "record/formats.def"
#undef FORMAT

const struct oc_format *const oc_formats[] = {
#define FORMAT(NAME) &oc_format_##NAME,
#include "record/formats.def"
#undef FORMAT
    NULL
};

const struct oc_format *oc_format_find(const char *name, struct oc_err *err)
{
    char list[128] = "";
    size_t n = 0;

    for (size_t i = 0; oc_formats[i]; i++) {
        if (strcmp(oc_formats[i]->name, name) == 0)
            return oc_formats[i];
        const size_t m = strlen(oc_formats[i]->name);
        if (n + m + 2 < sizeof list) {
            list[n++] = ' ';
            memcpy(list + n, oc_formats[i]->name, m + 1);
            n += m;
        }
    }
    oc_fail(err, OC_USAGE, "'%s' is no format; formats are%s", name, list);
    return NULL;
}

static bool has_suffix(const char *path, const char *suffixes)
{
    const size_t n = strlen(path);

    for (const char *p = suffixes; *p;) {
        const size_t m = strcspn(p, " ");
        if (m && m < n && strncmp(path + n - m, p, m) == 0)
            return true;
        p += m + (p[m] == ' ');
    }
    return false;
}

const struct oc_format *oc_format_by_suffix(const char *path)
{
    for (size_t i = 0; oc_formats[i]; i++)
        if (has_suffix(path, oc_formats[i]->suffixes))
            return oc_formats[i];
    return NULL;
}

int oc_block_reserve(struct oc_block *blk, size_t n, struct oc_err *err)
{
    const size_t need = n + 192;            /* 64 in front, and a full vector may be read behind */

    if (n > SIZE_MAX / 4)
        return oc_fail(err, OC_LIMIT, "a block of %zu bytes", n);
    if (blk->cap >= need)
        return 0;
    size_t cap = blk->cap ? blk->cap : 4096;
    while (cap < need)
        cap *= 2;
    char *p = aligned_alloc(64, cap);
    if (!p)
        return oc_fail(err, OC_MEMORY, "no memory for a block of %zu bytes", n);
    memset(p, 0, 64);
    if (blk->p)
        memcpy(p + 64, blk->p + 64, blk->n);
    free(blk->p);
    blk->p = p;
    blk->cap = cap;
    return 0;
}

ptrdiff_t oc_reader_read(struct oc_reader *r, void *p, size_t cap, struct oc_err *err)
{
    if (r->nahead) {                        /* counted when it was read ahead */
        const size_t k = r->nahead < cap ? r->nahead : cap;
        memcpy(p, r->ahead, k);
        r->ahead += k;
        r->nahead -= k;
        return (ptrdiff_t)k;
    }
    const ptrdiff_t n = oc_source_read(r->src, p, cap, err);
    if (r->tally && n > 0)
        oc_tally_add(r->tally, p, (size_t)n);
    return n;
}

bool oc_reader_idle(struct oc_reader *r) { return r->nahead == 0 && oc_source_idle(r->src); }
