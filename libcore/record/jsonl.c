/* jsonl - JSON lines as a format: recognition, columns from the first record, cells.  See jsonl.h. */
#include "record/jsonl.h"
#include "record/jsontext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRONT = 64 };            /* text begins there in a block */

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for JSON records"); }

static int sniff(const unsigned char *p, size_t n)
{
    const char *s = (const char *)p, *const end = s + n;

    s = oc_jsontext_blank(s, end);
    if (s == end || *s != '{')
        return 0;
    s = oc_jsontext_blank(s + 1, end);
    return s == end || *s == '"' || *s == '}' ? 80 : 0;
}

/* ---- one object -------------------------------------------------------------------------------------------- */

struct member { const char *key, *key_end, *value, *value_end; };

/*
 * The next member of the object: p is behind '{' or at what follows a value.  1: *m, and *p moved; 0: the object and the
 * line have ended; -1: why and at.
 */
static int next_member(const char **p, const char *end, bool first, struct member *m, const char **why, const char **at)
{
    const char *s = oc_jsontext_blank(*p, end);

    if (s < end && *s == '}') {
        s = oc_jsontext_blank(s + 1, end);
        if (s == end)
            return 0;
        *why = "text behind the object";
        *at = s;
        return -1;
    }
    if (!first) {
        if (s == end || *s != ',') {
            *why = "a value without a comma or bracket behind it";
            *at = s;
            return -1;
        }
        s = oc_jsontext_blank(s + 1, end);
    }
    *why = "a key that is no string";
    *at = m->key = s;
    if (s == end || *s != '"' || !(m->key_end = oc_jsontext_string(s, end, why, at)))
        return -1;
    s = oc_jsontext_blank(m->key_end, end);
    if (s == end || *s != ':') {
        *why = "a key without a colon";
        *at = s;
        return -1;
    }
    m->value = oc_jsontext_blank(s + 1, end);
    m->value_end = oc_jsontext_value(m->value, end, why, at);
    *p = m->value_end;
    return m->value_end ? 1 : -1;
}

/* ---- columns ----------------------------------------------------------------------------------------------- */

static uint32_t hash(const char *s, size_t n)
{
    uint32_t h = 2166136261U;       /* FNV-1a */

    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619U;
    return h ^ h >> 15;
}

/* The slot of the key: its column's, or the free one where it would go. */
static uint32_t *slot_of(const struct oc_jsonl *j, const struct oc_schema *s, const char *key, size_t n)
{
    for (size_t i = hash(key, n) & (j->slots - 1);; i = (i + 1) & (j->slots - 1)) {
        uint32_t *slot = &j->slot[i];
        if (!*slot || (strlen(s->field[*slot - 1].source) == n && memcmp(s->field[*slot - 1].source, key, n) == 0))
            return slot;
    }
}

static int grow(struct oc_jsonl *j, const struct oc_schema *s, struct oc_err *err)
{
    const size_t slots = j->slots ? 2 * j->slots : 64, n = s->n;
    uint32_t *slot = calloc(slots, sizeof *slot);
    char **raw = slot ? realloc(j->raw, slots / 2 * sizeof *raw) : NULL;

    if (raw)
        j->raw = raw;
    size_t *raw_len = raw ? realloc(j->raw_len, slots / 2 * sizeof *raw_len) : NULL;
    if (raw_len)
        j->raw_len = raw_len;
    else {
        free(slot);
        return no_memory(err);
    }
    free(j->slot);
    j->slot = slot;
    j->slots = slots;
    for (size_t i = 0; i < n; i++)
        *slot_of(j, s, s->field[i].source, strlen(s->field[i].source)) = (uint32_t)i + 1;
    return 0;
}

static int add_column(struct oc_jsonl *j, struct oc_schema *s, const struct member *m, struct oc_buf *scratch,
                      struct oc_err *err)
{
    size_t n;
    bool null;
    const char *key = oc_jsontext_decode(m->key, (size_t)(m->key_end - m->key), scratch, &n, &null);
    struct oc_buf name = { 0 };

    if (2 * (s->n + 1) > j->slots && grow(j, s, err))
        return -1;
    uint32_t *slot = slot_of(j, s, key, n);
    if (*slot)
        return oc_fail(err, OC_FORMAT, "the first record has the key '%.*s' twice", (int)(n < 100 ? n : 100), key);
    oc_buf_put(&name, key, n);
    int rc = oc_schema_add(s, oc_buf_str(&name), NULL, NULL, OC_TEXT, err);
    oc_buf_free(&name);
    if (rc)
        return -1;
    *slot = (uint32_t)s->n;
    j->raw_len[s->n - 1] = (size_t)(m->key_end - m->key);
    j->raw[s->n - 1] = malloc(j->raw_len[s->n - 1]);
    if (!j->raw[s->n - 1])
        return no_memory(err);
    memcpy(j->raw[s->n - 1], m->key, j->raw_len[s->n - 1]);
    j->csv.columns = s->n;
    return 0;
}

static int read_columns(struct oc_reader *r, const char *p, const char *end, struct oc_err *err)
{
    const char *why = "the line is no JSON object", *at = p;
    struct oc_buf scratch = { 0 };
    struct member m;
    int rc = -1;

    p = oc_jsontext_blank(p, end);
    if (p < end && *p == '{') {
        p++;
        for (bool first = true; (rc = next_member(&p, end, first, &m, &why, &at)) > 0; first = false)
            if (add_column(r->state, &r->schema, &m, &scratch, err)) {
                oc_buf_free(&scratch);
                return -1;
            }
    }
    oc_buf_free(&scratch);
    if (rc < 0)
        return oc_fail(err, OC_FORMAT, "the first record: %s", why);
    return r->schema.n ? 0 : oc_fail(err, OC_FORMAT, "the first record has no keys, so there are no columns");
}

static int open(struct oc_reader *r, struct oc_err *err)
{
    struct oc_jsonl *j = r->state;
    size_t from = 0, to = 0;

    j->csv.lines = true;
    if (r->first_line == 0)
        r->first_line = 1;
    if (oc_csvcut_first(r, &from, &to, err)) {
        if (err->line == 0)
            oc_at(err, oc_source_name(r->src), r->first_line, 0);
        return -1;
    }
    if (read_columns(r, j->csv.stash + from, j->csv.stash + to, err))
        return oc_at(err, oc_source_name(r->src), r->first_line, 0);
    j->csv.off = from;              /* it is a record too */
    j->csv.eof = false;
    j->csv.line = r->first_line;
    return 0;
}

static void reader_close(struct oc_reader *r)
{
    struct oc_jsonl *j = r->state;

    for (size_t i = 0; i < j->csv.columns; i++)
        free(j->raw[i]);
    free(j->raw);
    free(j->raw_len);
    free(j->slot);
    j->raw = NULL;
    j->raw_len = NULL;
    j->slot = NULL;
    j->csv.columns = 0;
    oc_csv_close(r);
}

/* ---- cells ------------------------------------------------------------------------------------------------- */

struct lines {
    const struct oc_reader *r;
    struct oc_batch *b;
    uint32_t *pair;             /* table of the cells */
    uint32_t *whole;            /* and of the lines */
    uint32_t *line;
    struct oc_buf scratch;
};

/* The member's column, or -1: unknown.  `guess` is the column behind the one before. */
static long column_of(struct lines *l, const struct member *m, size_t guess)
{
    const struct oc_jsonl *j = l->r->state;
    const size_t len = (size_t)(m->key_end - m->key);
    size_t n;
    bool null;

    if (guess < j->csv.columns && j->raw_len[guess] == len && memcmp(j->raw[guess], m->key, len) == 0)
        return (long)guess;
    const char *key = oc_jsontext_decode(m->key, len, &l->scratch, &n, &null);
    return (long)*slot_of(j, &l->r->schema, key, n) - 1;
}

/* The cells of the record text[at .. end).  0, or -1 with the reason: the row is malformed. */
static int read_record(struct lines *l, uint32_t at, uint32_t end, uint32_t *pair, char *reason, size_t room)
{
    const char *const text = l->b->text, *const stop = text + end;
    const char *p = oc_jsontext_blank(text + at, stop), *why = "no JSON object", *where = p;
    struct member m;
    size_t guess = 0;
    int rc = -1;

    if (p < stop && *p == '{') {
        p++;
        for (bool first = true; (rc = next_member(&p, stop, first, &m, &why, &where)) > 0; first = false) {
            const long c = column_of(l, &m, guess);
            const int n = (int)(m.key_end - m.key < 60 ? m.key_end - m.key : 60);
            if (c < 0) {
                snprintf(reason, room, "the key %.*s is not in the first record", n, m.key);
                return -1;
            }
            if (pair[2 * c] != at - 1) {
                snprintf(reason, room, "the key %.*s is there twice", n, m.key);
                return -1;
            }
            pair[2 * c] = (uint32_t)(m.value - text) - 1;
            pair[2 * c + 1] = (uint32_t)(m.value_end - text);
            guess = (size_t)c + 1;
        }
    }
    if (rc < 0)
        snprintf(reason, room, "%s at byte %td of the line", why, where - (text + at) + 1);
    return rc;
}

/* A cell that is not there is empty, in front of the line: no value begins there. */
static void no_cells(uint32_t *pair, size_t columns, uint32_t at)
{
    for (size_t i = 0; i < columns; i++) {
        pair[2 * i] = at - 1;
        pair[2 * i + 1] = at;
    }
}

static int read_line(struct lines *l, uint32_t at, uint32_t end, uint32_t number, struct oc_err *err)
{
    struct oc_batch *b = l->b;
    const size_t columns = ((const struct oc_jsonl *)l->r->state)->csv.columns;
    const char *p = b->text + at, *const stop = b->text + end;
    char reason[sizeof b->bad->reason];

    if (oc_jsontext_blank(p, stop) == stop)
        return 0;
    uint32_t *pair = l->pair + 2 * columns * b->rows;
    no_cells(pair, columns, at);
    l->whole[2 * b->rows] = at - 1;
    l->whole[2 * b->rows + 1] = end;
    l->line[b->rows] = number;
    if (read_record(l, at, end, pair, reason, sizeof reason)) {
        no_cells(pair, columns, at);
        if (oc_bad_row(b, b->rows, NULL, err, "%s", reason))
            return -1;
        b->bad[b->nbad - 1].cell = 1;       /* no record at all, as against one that lacks something */
    }
    b->rows++;
    return l->scratch.failed ? no_memory(err) : 0;
}

static int parse(const struct oc_reader *r, struct oc_block *blk, struct oc_batch *b, struct oc_err *err)
{
    const struct oc_jsonl *j = r->state;
    struct lines l = { .r = r, .b = b };
    const char *const text = blk->p;
    const uint32_t end = FRONT + (uint32_t)blk->n;
    size_t n = 0;
    int rc = 0;

    for (const char *p = text + FRONT; (p = memchr(p, '\n', (size_t)(text + end - p))); p++)
        n++;
    if (n && j->csv.columns > r->limits->max_batch / (2 * sizeof *l.pair) / n)
        return oc_fail(err, OC_LIMIT, "%zu records of %zu columns in one block are more than --max-batch holds", n,
                       j->csv.columns);
    l.pair = oc_arena_alloc(&b->arena, 2 * n * j->csv.columns * sizeof *l.pair);
    l.whole = oc_arena_alloc(&b->arena, 2 * n * sizeof *l.whole);
    l.line = oc_arena_alloc(&b->arena, n * sizeof *l.line);
    if (!l.pair || !l.whole || !l.line)
        return no_memory(err);
    b->dialect = OC_CELL_JSON;
    b->text = text;
    b->lines = n;
    uint32_t at = FRONT;
    for (uint32_t i = 0; i < n && rc == 0; i++) {
        const uint32_t lf = (uint32_t)((const char *)memchr(text + at, '\n', end - at) - text);
        rc = read_line(&l, at, lf > at && text[lf - 1] == '\r' ? lf - 1 : lf, i, err);
        at = lf + 1;
    }
    oc_buf_free(&l.scratch);
    b->sep = l.whole;
    b->stride = 2;
    b->line = l.line;
    for (size_t i = 0; i < b->ncol; i++) {
        b->col[i].text = text;
        b->col[i].sep = l.pair + 2 * i;
        b->col[i].stride = 2 * j->csv.columns;
    }
    return rc;
}

const struct oc_format oc_format_jsonl = {
    .name = "jsonl", .suffixes = ".jsonl .ndjson", .text = true, .sniff = sniff,
    .reader_size = sizeof(struct oc_jsonl), .open = open, .cut = oc_csvcut_next, .parse = parse,
    .reader_close = reader_close,
    .writer_size = sizeof(struct oc_jsonlwriter), .begin = oc_jsonlwrite_begin, .encode = oc_jsonlwrite_encode,
    .emit = oc_jsonlwrite_emit, .finish = oc_jsonlwrite_finish, .writer_close = oc_jsonlwrite_close,
};
