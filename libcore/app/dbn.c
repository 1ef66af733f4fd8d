/* dbn - see dbn.h: metadata, then records one behind the other, each with its length in its first byte. */
#include "app/dbn.h"

#include "app/dbnlayout.h"
#include "app/dbnmeta.h"
#include "base/time.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 64 * 1024, TYPES = 256, WORD = 4, LEAST = 16 };

/* What a column is made of, in one record type: a field, or something of ours. */
enum own { A_FIELD, RAW_SYMBOL, SYMBOL, DATASET, SCHEMA, INTERVAL, TS_OUT, NOTHING };
struct source { enum own own; const struct oc_dbn_field *field; };

struct type {
    struct oc_dbn_layout layout;
    struct source *source;          /* choices of column 0, choices of column 1, ... */
};

struct dbn {
    const struct oc_translate_how *how;
    struct oc_dbn_meta meta;
    bool begun;
    bool wanted[TYPES];             /* become rows */
    struct type *type[TYPES];       /* made when the first record of one comes */
    size_t choices;                 /* of all columns */
    unsigned char piece[PIECE];
    size_t at, n;
    bool eof;
    uint64_t records;               /* read so far, rows or not */
    struct oc_buf cell;
};

static int at_record(const struct dbn *d, const struct oc_translate *t, struct oc_err *err)
{
    return oc_translate_at(t, d->records + 1, 0, err);
}

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory to read DBN"); }

/* ---- columns ----------------------------------------------------------------------------------------------- */

static enum own own_of(const char *name)
{
    static const struct { const char *name; enum own own; } names[] = {
        { "raw_symbol", RAW_SYMBOL }, { "symbol", SYMBOL }, { "dataset", DATASET }, { "schema", SCHEMA },
        { "interval", INTERVAL }, { "ts_out", TS_OUT },
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].own;
    return NOTHING;
}

static struct source find_source(const struct oc_dbn_layout *l, const char *name)
{
    struct source s = { .own = A_FIELD, .field = oc_dbnlayout_field(l, name) };

    if (!s.field)
        s.own = own_of(name);
    return s;
}

/* A preset that asks for what no record type has is wrong, whatever the file. */
static int check_columns(struct dbn *d, struct oc_err *err)
{
    struct oc_dbn_layout l;

    for (size_t i = 0; i < d->how->n; i++)
        for (size_t k = 0; k < d->how->column[i].n; k++) {
            bool found = false;
            for (unsigned rtype = 0; rtype < TYPES && !found; rtype++)
                for (unsigned v = 1; d->wanted[rtype] && v <= 3 && !found; v++)
                    found = oc_dbnlayout_of(rtype, v, &l) && find_source(&l, d->how->column[i].name[k]).own != NOTHING;
            d->choices++;
            if (!found)
                return oc_fail(err, OC_FORMAT, "preset: no record type that %s reads has a field '%s'", d->how->preset,
                               d->how->column[i].name[k]);
        }
    return 0;
}

static struct type *make_type(struct dbn *d, unsigned rtype, struct oc_err *err)
{
    struct type *y = calloc(1, sizeof *y);
    size_t m = 0;

    if (!y || !(y->source = calloc(d->choices + 1, sizeof *y->source))) {
        free(y);
        no_memory(err);
        return NULL;
    }
    if (!oc_dbnlayout_of(rtype, d->meta.version, &y->layout)) {
        free(y->source);
        free(y);
        oc_fail(err, OC_FORMAT, "records of the type %s are not read here", oc_dbnlayout_name(rtype));
        return NULL;
    }
    for (size_t i = 0; i < d->how->n; i++)
        for (size_t k = 0; k < d->how->column[i].n; k++)
            y->source[m++] = find_source(&y->layout, d->how->column[i].name[k]);
    return d->type[rtype] = y;
}

/* ---- records ----------------------------------------------------------------------------------------------- */

static uint64_t field_of(const struct oc_dbn_layout *l, const char *name, const unsigned char *p)
{
    const struct oc_dbn_field *f = oc_dbnlayout_field(l, name);
    uint64_t v = 0;

    for (size_t i = f ? f->width : 0; i-- > 0;)
        v = v << 8 | p[f->at + i];
    return v;
}

/* The day that names are looked up for: of the receipt, where there is one, else of the event. */
static int32_t day_of(const struct oc_dbn_layout *l, const unsigned char *p)
{
    const uint64_t recv = field_of(l, "ts_recv", p), event = field_of(l, "ts_event", p);
    const uint64_t ts = oc_dbnlayout_field(l, "ts_recv") && recv != UINT64_MAX ? recv : event;

    return ts > INT64_MAX ? INT32_MAX : oc_time_date((int64_t)ts);
}

static void put_source(struct dbn *d, const struct type *y, const struct source *s, const unsigned char *p)
{
    const uint32_t id = (uint32_t)field_of(&y->layout, "instrument_id", p);
    struct oc_buf *o = &d->cell;

    switch (s->own) {
    case A_FIELD: oc_dbnlayout_print(s->field, p, o); break;
    case RAW_SYMBOL: oc_buf_puts(o, oc_dbnmeta_find(&d->meta, id, day_of(&y->layout, p), true)); break;
    case SYMBOL: oc_buf_puts(o, oc_dbnmeta_find(&d->meta, id, day_of(&y->layout, p), false)); break;
    case DATASET: oc_buf_puts(o, d->meta.dataset); break;
    case SCHEMA: oc_buf_puts(o, oc_dbnlayout_name(p[1])); break;
    case INTERVAL: oc_buf_puts(o, oc_dbnlayout_interval(p[1])); break;
    case TS_OUT:
        if (d->meta.ts_out)
            oc_dbnlayout_print(&(struct oc_dbn_field){ "", OC_DBN_TIME, 8, (uint16_t)y->layout.size }, p, o);
        break;
    case NOTHING: break;
    }
}

static int put_row(struct dbn *d, const struct type *y, const unsigned char *p, struct oc_translate *t, struct oc_err *err)
{
    const struct source *s = y->source;

    for (size_t i = 0; i < d->how->n; i++) {
        const size_t n = d->how->column[i].n;
        d->cell.n = 0;
        for (size_t k = 0; k < n && d->cell.n == 0; k++)
            put_source(d, y, &s[k], p);
        s += n;
        oc_translate_cell(t, d->cell.n ? d->cell.p : "", d->cell.n);
    }
    return d->cell.failed ? no_memory(err) : oc_translate_row(t, d->records + 1, 0, err);
}

/* A definition or a mapping names an instrument from here on. */
static int learn(struct dbn *d, const struct type *y, const unsigned char *p, struct oc_err *err)
{
    const bool definition = p[1] == 0x13;
    const struct oc_dbn_field *f = oc_dbnlayout_field(&y->layout, definition ? "raw_symbol" : "stype_out_symbol");
    const struct oc_dbn_field *type = oc_dbnlayout_field(&y->layout, "stype_out");
    const char *name = (const char *)p + f->at;
    const size_t n = strnlen(name, f->width);
    const struct oc_dbn_name as = { .id = (uint32_t)field_of(&y->layout, "instrument_id", p), .from = INT32_MIN,
        .to = INT32_MAX,
                                    .name = name, .raw = !type || p[type->at] == OC_DBN_STYPE_RAW };

    return n ? oc_dbnmeta_add(&d->meta, as, n, err) : 0;
}

static int foreign(const struct dbn *d, unsigned rtype, struct oc_err *err)
{
    char reads[200] = "";

    for (size_t i = 0; i < d->how->nrecords; i++)
        snprintf(reads + strlen(reads), sizeof reads - strlen(reads), " %s", d->how->records[i]);
    if (!oc_dbnlayout_name(rtype))
        return oc_fail(err, OC_FORMAT, "a record of the unknown type 0x%02x", rtype);
    return oc_fail(err, OC_FORMAT, "a record of the type %s; the preset %s reads:%s", oc_dbnlayout_name(rtype),
                   d->how->preset,
                   reads);
}

static int told_error(const struct type *y, const unsigned char *p, struct oc_err *err)
{
    const struct oc_dbn_field *f = oc_dbnlayout_field(&y->layout, "err");

    return oc_fail(err, OC_DATA, "the gateway tells an error: %.*s", (int)strnlen((const char *)p + f->at, f->width),
                   (const char *)p + f->at);
}

/* A whole record of n bytes. */
static int record(struct dbn *d, const unsigned char *p, size_t n, struct oc_translate *t, struct oc_err *err)
{
    const unsigned rtype = p[1];
    const bool names = rtype == 0x13 || rtype == 0x16;

    if (rtype == 0x17)                      /* system: heartbeats and the like */
        return 0;
    if (!d->wanted[rtype] && !names && rtype != 0x15)
        return foreign(d, rtype, err);
    const struct type *y = d->type[rtype] ? d->type[rtype] : make_type(d, rtype, err);
    if (!y)
        return -1;
    const size_t want = y->layout.size + (d->meta.ts_out ? 8 : 0);
    if (n != want)
        return oc_fail(err, OC_FORMAT, "a record of the type %s with %zu bytes: version %u has %zu",
                       oc_dbnlayout_name(rtype), n,
                       d->meta.version, want);
    if (rtype == 0x15)
        return told_error(y, p, err);
    if (names && learn(d, y, p, err))
        return -1;
    return d->wanted[rtype] ? put_row(d, y, p, t, err) : 0;
}

/* ---- bytes ------------------------------------------------------------------------------------------------- */

/* At least n bytes at piece[at], n at most a piece: 1, 0 the file ends before, -1. */
static int want_bytes(struct dbn *d, size_t n, struct oc_translate *t, struct oc_err *err)
{
    if (d->n - d->at < n) {
        memmove(d->piece, d->piece + d->at, d->n - d->at);
        d->n -= d->at;
        d->at = 0;
    }
    while (d->n < n && !d->eof) {
        const ptrdiff_t k = oc_translate_read(t, d->piece + d->n, sizeof d->piece - d->n, err);
        if (k < 0)
            return -1;
        d->eof = k == 0;
        d->n += (size_t)k;
    }
    return d->n - d->at >= n;
}

static int cut(struct oc_translate *t, const char *what, struct oc_err *err)
{
    oc_fail(err, OC_TRUNCATED, "the file is cut in its %s", what);
    return oc_translate_at(t, 0, 0, err);
}

static int read_meta(struct dbn *d, struct oc_translate *t, struct oc_err *err)
{
    uint32_t length = 0;
    int rc = want_bytes(d, OC_DBN_MAGIC, t, err);

    if (rc < 0)
        return -1;
    if (rc == 0 && d->n == 0) {
        oc_fail(err, OC_FORMAT, "the input is empty: no DBN metadata");
        return oc_translate_at(t, 0, 0, err);
    }
    if (rc == 0 && memcmp(d->piece, "DBN", d->n < 3 ? d->n : 3) == 0)
        return cut(t, "metadata", err);
    if (oc_dbnmeta_begin(&d->meta, d->piece, &length, err))
        return oc_translate_at(t, 0, 0, err);
    d->at = OC_DBN_MAGIC;
    /* grows with what is there, not with what the length claims */
    struct oc_buf all = { 0 };
    while (all.n < length && (rc = want_bytes(d, 1, t, err)) > 0) {
        const size_t k = d->n - d->at < length - all.n ? d->n - d->at : length - all.n;
        oc_buf_put(&all, d->piece + d->at, k);
        d->at += k;
        if (all.failed)
            break;
    }
    if (all.failed)
        rc = no_memory(err);
    else if (rc >= 0 && all.n < length)
        rc = cut(t, "metadata", err);
    else if (rc >= 0 && (rc = oc_dbnmeta_read(&d->meta, (const unsigned char *)all.p, length, err)))
        oc_translate_at(t, 0, 0, err);
    oc_buf_free(&all);
    return rc < 0 ? -1 : 0;
}

/* ---- the translator ---------------------------------------------------------------------------------------- */

static int open_dbn(void *state, const struct oc_translate_how *how, struct oc_translate *t, struct oc_err *err)
{
    struct dbn *d = state;

    d->how = how;
    for (size_t i = 0; i < how->nrecords; i++) {
        const int rtype = oc_dbnlayout_rtype(how->records[i]);
        struct oc_dbn_layout l;
        if (rtype < 0 || !oc_dbnlayout_of((unsigned)rtype, 3, &l))
            return oc_fail(err, OC_FORMAT, "preset: DBN records of no type that is read: '%s'", how->records[i]);
        d->wanted[rtype] = true;
    }
    return check_columns(d, err) || oc_translate_header(t, how, err) ? -1 : 0;
}

static int step_dbn(void *state, struct oc_translate *t, struct oc_err *err)
{
    enum { MANY = 256 };
    struct dbn *d = state;

    if (!d->begun && read_meta(d, t, err))
        return -1;
    d->begun = true;
    for (int i = 0; i < MANY; i++) {
        int rc = want_bytes(d, LEAST, t, err);
        if (rc <= 0)
            return rc < 0 ? -1 : d->n == d->at ? 0 : (cut(t, "last record", err), at_record(d, t, err));
        const size_t n = (size_t)d->piece[d->at] * WORD;
        if (n < LEAST) {
            oc_fail(err, OC_FORMAT, "a record of %zu bytes: damaged DBN", n);
            return at_record(d, t, err);
        }
        if ((rc = want_bytes(d, n, t, err)) <= 0)
            return rc < 0 ? -1 : (cut(t, "last record", err), at_record(d, t, err));
        if (record(d, d->piece + d->at, n, t, err))
            return at_record(d, t, err);
        d->at += n;
        d->records++;
    }
    return 1;
}

static void close_dbn(void *state)
{
    struct dbn *d = state;

    for (size_t i = 0; i < TYPES; i++)
        if (d->type[i]) {
            free(d->type[i]->source);
            free(d->type[i]);
        }
    oc_dbnmeta_free(&d->meta);
    oc_buf_free(&d->cell);
}

const struct oc_translator oc_dbn_translator = {
    .state_size = sizeof(struct dbn), .open = open_dbn, .step = step_dbn, .close = close_dbn,
};
