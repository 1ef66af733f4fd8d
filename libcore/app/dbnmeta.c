/* dbnmeta - see dbnmeta.h.  Every count is held against the bytes that are there before anything is made of it. */
#include "app/dbnmeta.h"

#include "base/num.h"
#include "base/time.h"

#include <stdlib.h>
#include <string.h>

enum { FIXED = 100, LONGEST = 64 << 20, SYMBOL = 1024 };

struct cursor { const unsigned char *p, *end; };

static uint64_t load(const unsigned char *p, size_t n)
{
    uint64_t v = 0;

    while (n-- > 0)
        v = v << 8 | p[n];
    return v;
}

static int corrupt(struct oc_err *err, const char *what)
{
    return oc_fail(err, OC_FORMAT, "damaged DBN metadata: %s", what);
}

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the names of instruments"); }

int oc_dbnmeta_begin(struct oc_dbn_meta *m, const unsigned char first[OC_DBN_MAGIC], uint32_t *length, struct oc_err *err)
{
    if (memcmp(first, "DBN", 3) != 0)
        return oc_fail(err, OC_FORMAT, "this is no DBN file");
    m->version = first[3];
    if (m->version < 1 || m->version > 3)
        return oc_fail(err, OC_FORMAT, "DBN of version %u: versions 1 to 3 are read", m->version);
    *length = (uint32_t)load(first + 4, 4);
    if (*length < FIXED + 20)
        return corrupt(err, "it is too short");
    return *length > LONGEST ? oc_fail(err, OC_LIMIT, "DBN metadata of %u bytes: the most is %d", *length, LONGEST) : 0;
}

/* ---- names ------------------------------------------------------------------------------------------------- */

static size_t *slot_of(const struct oc_dbn_meta *m, uint32_t id)
{
    size_t i = (size_t)(id * UINT32_C(2654435761)) & (m->nslot - 1);

    while (m->slot[i] && m->name[m->slot[i] - 1].id != id)
        i = (i + 1) & (m->nslot - 1);
    return &m->slot[i];
}

/* Twice the room, all names put in anew. */
static int grow(struct oc_dbn_meta *m, struct oc_err *err)
{
    const size_t cap = m->cap ? 2 * m->cap : 256;
    struct oc_dbn_name *p = realloc(m->name, cap * sizeof *p);
    size_t *slot = calloc(2 * cap, sizeof *slot);

    if (p)
        m->name = p;
    if (!p || !slot) {
        free(slot);
        return no_memory(err);
    }
    free(m->slot);
    m->slot = slot;
    m->nslot = 2 * cap;
    m->cap = cap;
    for (size_t i = 0; i < m->n; i++)
        *slot_of(m, m->name[i].id) = i + 1;
    return 0;
}

int oc_dbnmeta_add(struct oc_dbn_meta *m, struct oc_dbn_name name, size_t len, struct oc_err *err)
{
    name.name = oc_arena_copy(&m->arena, name.name, len);
    if (!name.name)
        return no_memory(err);
    if (m->n == m->cap && grow(m, err))
        return -1;
    size_t *slot = slot_of(m, name.id);
    name.before = *slot;
    m->name[m->n++] = name;
    *slot = m->n;
    return 0;
}

const char *oc_dbnmeta_find(const struct oc_dbn_meta *m, uint32_t id, int32_t day, bool raw)
{
    const char *second = "";

    for (size_t i = m->nslot ? *slot_of(m, id) : 0; i; i = m->name[i - 1].before) {
        const struct oc_dbn_name *n = &m->name[i - 1];
        if (day < n->from || (day >= n->to && n->to != INT32_MAX))
            continue;
        if (n->raw == raw)
            return n->name;
        if (!raw && !*second)
            second = n->name;
    }
    return second;
}

/* ---- metadata ---------------------------------------------------------------------------------------------- */

static const unsigned char *take(struct cursor *c, uint64_t n)
{
    const unsigned char *p = c->p;

    if ((uint64_t)(c->end - c->p) < n)
        return NULL;
    c->p += n;
    return p;
}

/* A day as YYYYMMDD. */
static int read_day(uint32_t ymd, int32_t *day, struct oc_err *err)
{
    const int32_t y = (int32_t)(ymd / 10000), m = (int32_t)(ymd / 100 % 100), d = (int32_t)(ymd % 100);

    if (!oc_time_valid(y, m, d))
        return corrupt(err, "a mapping begins or ends on no day");
    *day = oc_time_days(y, m, d);
    return 0;
}

static int add_interval(struct oc_dbn_meta *m, const char *asked, const unsigned char *p, struct oc_err *err)
{
    const char *out = (const char *)p + 8;
    const size_t n = strnlen(asked, m->symbol_len), k = strnlen(out, m->symbol_len);
    const bool ids_out = m->stype_out == OC_DBN_STYPE_ID, ids_in = m->stype_in == OC_DBN_STYPE_ID;
    int32_t from = 0, to = 0;
    int64_t id;

    if (!ids_out && !ids_in)
        return 0;                       /* no instrument is named by it */
    if (k == 0)
        return 0;                       /* it had none in these days */
    if (read_day((uint32_t)load(p, 4), &from, err) || read_day((uint32_t)load(p + 4, 4), &to, err))
        return -1;
    if (oc_num_i64(ids_out ? out : asked, ids_out ? k : n, &id) || id < 0 || id > UINT32_MAX)
        return corrupt(err, "a mapping to no instrument");
    const struct oc_dbn_name name = { .id = (uint32_t)id, .from = from, .to = to, .name = ids_out ? asked : out,
                                      .raw = (ids_out ? m->stype_in : m->stype_out) == OC_DBN_STYPE_RAW };
    return oc_dbnmeta_add(m, name, ids_out ? n : k, err);
}

static int read_mapping(struct oc_dbn_meta *m, struct cursor *c, struct oc_err *err)
{
    const unsigned char *asked = take(c, m->symbol_len), *count = take(c, 4);

    if (!asked || !count)
        return corrupt(err, "its mappings are cut");
    for (uint64_t i = load(count, 4); i; i--) {
        const unsigned char *p = take(c, 8 + m->symbol_len);
        if (!p)
            return corrupt(err, "its mappings are cut");
        if (add_interval(m, (const char *)asked, p, err))
            return -1;
    }
    return 0;
}

int oc_dbnmeta_read(struct oc_dbn_meta *m, const unsigned char *p, size_t n, struct oc_err *err)
{
    const unsigned char *types = p + (m->version == 1 ? 50 : 42), *count = NULL;
    struct cursor c = { p + FIXED, p + n };

    memcpy(m->dataset, p, 16);
    m->stype_in = types[0];
    m->stype_out = types[1];
    m->ts_out = types[2] != 0;
    m->symbol_len = m->version == 1 ? 22 : (size_t)load(types + 3, 2);
    if (m->symbol_len < 2 || m->symbol_len > SYMBOL)
        return corrupt(err, "symbols of no sensible length");
    if (load(take(&c, 4), 4) != 0)
        return corrupt(err, "it defines a schema of its own, which is not read");
    for (int list = 0; list < 3; list++)        /* symbols, partly found, not found */
        if (!(count = take(&c, 4)) || !take(&c, load(count, 4) * m->symbol_len))
            return corrupt(err, "its symbols are cut");
    if (!(count = take(&c, 4)))
        return corrupt(err, "its mappings are cut");
    for (uint64_t i = load(count, 4); i; i--)
        if (read_mapping(m, &c, err))
            return -1;
    return 0;
}

void oc_dbnmeta_free(struct oc_dbn_meta *m)
{
    free(m->name);
    free(m->slot);
    oc_arena_free(&m->arena);
}
