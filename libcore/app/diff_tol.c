/* diff_tol - see diff_tol.h. */
#include "app/diff_tol.h"

#include "base/num.h"

#include <math.h>
#include <string.h>

enum way { EITHER, ABS, REL, ULP };
struct item { const char *name; size_t nname; enum way way; double value; };

/* The item at *at, which moves behind it. */
static int read_item(const char **at, struct item *it, struct oc_err *err)
{
    static const struct { const char *word; enum way way; } ways[] = { { "abs:", ABS }, { "rel:", REL }, { "ulp:", ULP } };
    const char *p = *at;
    const size_t n = strcspn(p, ",");
    const char *end = p + n, *equals = memchr(p, '=', n);

    *it = (struct item){ .way = EITHER };
    if (equals) {
        it->name = p;
        it->nname = (size_t)(equals - p);
        p = equals + 1;
    }
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (strncmp(p, ways[i].word, 4) == 0) {
            it->way = ways[i].way;
            p += 4;
            break;
        }
    if (p >= end || oc_num_f64(p, (size_t)(end - p), &it->value) || it->value < 0 || (equals && !it->nname))
        return oc_fail(err, OC_USAGE, "--tolerance: '%.*s' is not [COLUMN=][abs:|rel:|ulp:]NUMBER", (int)n, *at);
    *at = end + (*end == ',');
    return 0;
}

int oc_diff_tol_of(const char *spec, const char *column, struct oc_diff_tol *t, struct oc_err *err)
{
    struct oc_diff_tol all = { 0 }, own = { 0 };
    bool named = false;

    for (const char *p = spec ? spec : ""; *p;) {
        struct item it;
        if (read_item(&p, &it, err))
            return -1;
        const bool mine = it.name && strlen(column) == it.nname && memcmp(column, it.name, it.nname) == 0;
        if (it.name && !mine)
            continue;
        struct oc_diff_tol *to = mine ? &own : &all;
        named = named || mine;
        if (it.way == ABS || it.way == EITHER)
            to->abs = it.value;
        if (it.way == REL || it.way == EITHER)
            to->rel = it.value;
        if (it.way == ULP)
            to->ulp = it.value < 0x1p63 ? (uint64_t)it.value : UINT64_C(1) << 63;
    }
    *t = named ? own : all;
    return 0;
}

int oc_diff_tol_check(const char *spec, bool (*known)(const void *ctx, const char *name, size_t len), const void *ctx,
                      struct oc_err *err)
{
    for (const char *p = spec ? spec : ""; *p;) {
        struct item it;
        if (read_item(&p, &it, err))
            return -1;
        if (it.name && !known(ctx, it.name, it.nname))
            return oc_fail(err, OC_COLUMN, "--tolerance: '%.*s' is no column that both inputs have", (int)it.nname,
                           it.name);
    }
    return 0;
}

/* Doubles in their order as integers: sign and magnitude to two's complement. */
static int64_t place(double v)
{
    int64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

uint64_t oc_diff_tol_ulps(double a, double b)
{
    const int64_t x = place(a), y = place(b);

    return x > y ? (uint64_t)x - (uint64_t)y : (uint64_t)y - (uint64_t)x;
}

bool oc_diff_tol_within(const struct oc_diff_tol *t, double a, double b)
{
    if (a == b)
        return true;
    const double d = fabs(a - b), larger = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
    return d <= t->abs || d <= t->rel * larger || oc_diff_tol_ulps(a, b) <= t->ulp;
}
