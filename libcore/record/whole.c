/* whole - see whole.h. */
#include "record/whole.h"
#include "record/gather.h"
#include "record/input.h"
#include "record/show.h"
#include "record/wholekey.h"

#include <stdlib.h>
#include <string.h>

enum { FRONT = 64, POSITIONS = 1 << 30 };       /* text begins at FRONT of a block; positions in it have 32 bits */

struct oc_whole {
    const struct oc_schema *schema;
    const struct oc_limits *limits;
    size_t nkey, *key;              /* columns that a chain is equal in */
    struct oc_wholekeys *seen;      /* chains so far; NULL: they may come again */
    struct oc_block raw;            /* what the format has cut */
    const struct oc_format *format; /* of it */
    struct oc_batch scan;           /* its rows */
    const struct oc_input *input;
    uint64_t line;                  /* of the block's first line in the input */
    struct oc_buf text;             /* rows kept back: bytes of text */
    struct oc_gather *rows;         /* or values */
    bool open;                      /* a chain is under way; what is kept back without one are malformed rows */
    struct oc_buf last, now, scratch;       /* key of the chain, and of the row that is looked at */
    size_t begin;                   /* of the chain in the block, as size_before() says */
    size_t end;                     /* row of the block before which all chains are over */
    bool over;                      /* and there are such, or what is kept back is one */
    struct oc_err begun;            /* what to say if it is too large: where it begins, and its key */
    bool ended, failed;
    struct oc_err later;            /* failed: told when the chains before it have been cut */
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the rows of a chain"); }

struct oc_whole *oc_whole_new(const char *columns, bool again, const struct oc_schema *s, const struct oc_limits *limits,
                              struct oc_err *err)
{
    struct oc_whole *w = calloc(1, sizeof *w);

    if (!w || !(w->key = calloc(s->n + 1, sizeof *w->key)) || !(w->rows = oc_gather_new(s, err))
        || (!again && !(w->seen = oc_wholekeys_new(err)))) {
        no_memory(err);
        oc_whole_free(w);
        return NULL;
    }
    w->schema = s;
    w->limits = limits;
    for (const char *p = columns; *p; p += *p == ' ') {
        const size_t n = strcspn(p, " ");
        for (size_t i = 0; i < s->n; i++)
            if (strlen(s->field[i].name) == n && memcmp(s->field[i].name, p, n) == 0)
                w->key[w->nkey++] = i;
        p += n;
    }
    return w;
}

static void raw_free(struct oc_whole *w)
{
    if (w->format && w->format->block_free)
        w->format->block_free(&w->raw);
    w->raw.extra = NULL;
}

void oc_whole_free(struct oc_whole *w)
{
    if (!w)
        return;
    raw_free(w);
    free(w->raw.p);
    oc_batch_free(&w->scan);
    oc_buf_free(&w->text);
    oc_gather_free(w->rows);
    oc_buf_free(&w->last);
    oc_buf_free(&w->now);
    oc_buf_free(&w->scratch);
    oc_wholekeys_free(w->seen);
    free(w->key);
    free(w);
}

/* ---- sizes: bytes of text, or of values ---------------------------------------------------------------------- */

static bool is_text(const struct oc_whole *w) { return w->format->text; }

/* Of what comes before a row in the block, row rows being its end. */
static size_t size_before(const struct oc_whole *w, size_t row)
{
    const struct oc_batch *b = &w->scan;

    if (!is_text(w))
        return oc_gather_measure(b, 0, row);
    return row == b->rows ? w->raw.n : (size_t)b->sep[row * b->stride] + 1 - FRONT;
}

static size_t size_kept(const struct oc_whole *w) { return is_text(w) ? w->text.n : oc_gather_bytes(w->rows); }

static bool is_too_large(const struct oc_whole *w, size_t bytes)
{
    return bytes > w->limits->max_batch || (is_text(w) && bytes > POSITIONS);
}

/* ---- where chains begin -------------------------------------------------------------------------------------- */

static uint64_t line_of(const struct oc_whole *w, size_t row)
{
    return w->line + (w->scan.line ? w->scan.line[row] : row);
}

/* An error that names the chain by its first row and its key. */
static void describe(struct oc_whole *w, size_t row, enum oc_code code, const char *what, const char *how,
                     struct oc_err *err)
{
    struct oc_buf text = { 0 };

    for (size_t i = 0; i < w->nkey; i++) {
        const struct oc_col *c = &w->scan.col[w->key[i]];
        size_t n = 0;
        oc_buf_printf(&text, "%s%s ", i ? ", " : " (", c->name);
        const char *raw = c->flags & OC_COL_LOADED ? NULL : oc_cell(c, row, &n);
        if (raw)
            oc_buf_put(&text, raw, n < 40 ? n : 40);
        else
            oc_show_cell(c, row, &text);
    }
    if (w->nkey)
        oc_buf_char(&text, ')');
    oc_fail(err, code, "the chain%s that begins here %s: %s", oc_buf_str(&text), what, how);
    oc_at(err, oc_source_name(w->input->r.src), line_of(w, row), 0);
    oc_buf_free(&text);
}

static void describe_size(struct oc_whole *w, size_t row)
{
    static const char how[] = "a larger --max-batch takes it, unless the rows lack the column that tells chains apart (run, "
                              "path, step, ts, symbol)";

    describe(w, row, OC_LIMIT, "is larger than --max-batch allows", how, &w->begun);
}

/* The chain whose key is in w->now begins at this row.  false: it must not, and w->later says why. */
static bool begin_chain(struct oc_whole *w, size_t row, int64_t ts)
{
    const struct oc_buf was = w->last;
    const int what = w->seen ? oc_wholekeys_add(w->seen, w->now.p, w->now.n, ts) : OC_WHOLEKEY_NEW;

    w->last = w->now;
    w->now = was;
    w->open = true;
    describe_size(w, row);
    if (what == OC_WHOLEKEY_NEW)
        return true;
    if (what == OC_WHOLEKEY_SEEN)
        describe(w, row, OC_DATA, "was there before", "sort the rows so that those of a chain stand together, in one input, "
                 "or --sorted-by none takes each run of them for a chain", &w->later);
    else if (what == OC_WHOLEKEY_MEMORY)
        no_memory(&w->later);
    else
        describe(w, row, OC_LIMIT, "is one of too many to remember them all", "rows in the order of ts need no memory, "
                 "--sorted-by none asks for none", &w->later);
    w->failed = true;
    return false;
}

/* The key of a row.  false: it has none, because a cell of it is unreadable. */
static bool read_key(const struct oc_batch *b, size_t nkey, const size_t *key, size_t row, struct oc_buf *out,
                     struct oc_buf *scratch, int64_t *ts)
{
    out->n = 0;
    *ts = INT64_MIN;
    for (size_t i = 0; i < nkey; i++)
        if (oc_wholekey_put(b, &b->col[key[i]], row, out, scratch, ts) < 0)
            return false;
    return true;
}

static bool same_cells(const struct oc_batch *b, size_t nkey, const size_t *key, size_t row, size_t other)
{
    for (size_t i = 0; i < nkey; i++)
        if (!oc_wholekey_same(&b->col[key[i]], row, other))
            return false;
    return true;
}

static bool is_open_key(const struct oc_whole *w)
{
    return w->open && w->now.n == w->last.n && (!w->now.n || memcmp(w->now.p, w->last.p, w->now.n) == 0);
}

/* Rows that begin no chain; NULL: none such, or no memory. */
static uint64_t *find_passed(struct oc_batch *b, size_t nkey, const size_t *key, struct oc_err *err)
{
    uint64_t *bits = b->nbad ? oc_arena_zero(&b->arena, oc_bit_words(b->rows), sizeof *bits) : NULL;

    if (b->nbad && !bits)
        no_memory(err);
    for (size_t i = 0; bits && i < b->nbad; i++) {
        bool concerns = b->bad[i].col == UINT32_MAX;
        for (size_t k = 0; k < nkey; k++)
            concerns |= key[k] == b->bad[i].col;
        if (concerns)
            oc_bit_set(bits, b->bad[i].row);
    }
    return bits;
}

/* Which chains of the block are over, and what begins no chain that may be. */
static int find_chains(struct oc_whole *w, struct oc_err *err)
{
    struct oc_batch *const b = &w->scan;
    const uint64_t *passed = find_passed(b, w->nkey, w->key, err);
    size_t same = SIZE_MAX, kept = size_kept(w);        /* a row with the key; bytes of the open chain in earlier blocks */
    bool may = true;
    int64_t ts;

    if (b->nbad && !passed)
        return -1;
    w->begin = w->end = 0;
    w->over = false;
    for (size_t i = 0; i < b->rows && may; i++) {
        if ((passed && oc_bit(passed, i)) || (same != SIZE_MAX && same_cells(b, w->nkey, w->key, same, i))
            || !read_key(b, w->nkey, w->key, i, &w->now, &w->scratch, &ts))
            continue;
        same = i;
        if (is_open_key(w))
            continue;
        if (w->open) {
            if (is_too_large(w, kept + size_before(w, i) - w->begin))
                break;
            kept = 0;
            w->begin = size_before(w, i);
            w->end = i;
            w->over = true;
        }                               /* else malformed rows before the first chain are its own */
        may = begin_chain(w, i, ts);
    }
    if (may && is_too_large(w, kept + size_before(w, b->rows) - w->begin)) {
        w->failed = true;
        w->later = w->begun;
    }
    return w->now.failed || w->last.failed || w->scratch.failed ? no_memory(err) : 0;
}

/* ---- rows on their way --------------------------------------------------------------------------------------- */

/* What is kept back, and the first n bytes of the block, go out. */
static int hand_text(struct oc_whole *w, size_t n, struct oc_block *blk, struct oc_err *err)
{
    /* cells that a short record lacks have positions behind it */
    if (oc_block_reserve(blk, w->text.n + n + w->schema->n + 2, err))
        return -1;
    if (w->text.n)
        memcpy(blk->p + FRONT, w->text.p, w->text.n);
    if (n)
        memcpy(blk->p + FRONT + w->text.n, w->raw.p + FRONT, n);
    blk->n = w->text.n + n;
    w->text.n = 0;
    return 0;
}

static int hand_rows(struct oc_whole *w, size_t rows, struct oc_block *blk, struct oc_err *err)
{
    struct oc_gather *was = blk->gather;

    if (oc_gather_add(w->rows, &w->scan, 0, rows, err) || (!was && !(was = oc_gather_new(w->schema, err))))
        return -1;
    blk->gather = w->rows;
    w->rows = was;
    oc_gather_empty(w->rows);
    return 0;
}

static int keep_rows(struct oc_whole *w, struct oc_err *err)
{
    if (!is_text(w))
        return oc_gather_add(w->rows, &w->scan, w->end, w->scan.rows, err);
    const size_t at = w->over ? size_before(w, w->end) : 0;
    oc_buf_put(&w->text, w->raw.p + FRONT + at, w->raw.n - at);
    return w->text.failed ? no_memory(err) : 0;
}

/* As cut. */
static int hand_on(struct oc_whole *w, struct oc_block *blk, struct oc_err *err)
{
    if (w->over && (is_text(w) ? hand_text(w, size_before(w, w->end), blk, err) : hand_rows(w, w->end, blk, err)))
        return -1;
    if (!w->failed && keep_rows(w, err))
        return -1;
    return w->over;
}

/* The end of the input ends its chain. */
static int hand_last(struct oc_whole *w, struct oc_block *blk, struct oc_err *err)
{
    if (!size_kept(w))
        return 0;
    return (is_text(w) ? hand_text(w, 0, blk, err) : hand_rows(w, 0, blk, err)) ? -1 : 1;
}

static void begin_input(struct oc_whole *w, const struct oc_input *in)
{
    if (w->format != in->r.format)
        raw_free(w);
    w->format = in->r.format;
    w->input = in;
    w->line = in->line;
    w->ended = w->open = false;
}

int oc_whole_cut(struct oc_whole *w, struct oc_input *in, struct oc_block *blk, struct oc_err *err)
{
    if (w->input != in)
        begin_input(w, in);
    while (!w->ended && !w->failed) {
        w->raw.number = blk->number;
        int rc = w->format->cut(&in->r, &w->raw, err);
        w->ended = rc == 0;
        if (rc == 0)
            break;
        if (rc < 0 || oc_input_parse(in, &w->raw, &w->scan, err) || find_chains(w, err))
            return -1;
        rc = hand_on(w, blk, err);
        w->line += w->scan.lines;
        if (rc)
            return rc;
    }
    if (w->failed)
        *err = w->later;
    return w->failed ? -1 : hand_last(w, blk, err);
}

/* ---- in the step ----------------------------------------------------------------------------------------------- */

/* The columns of the batch that are named.  NULL: no memory. */
static size_t *find_columns(struct oc_batch *b, const char *columns, size_t *n)
{
    size_t *key = oc_arena_alloc(&b->arena, (b->ncol + 1) * sizeof *key);

    *n = 0;
    for (const char *p = columns; key && *p; p += *p == ' ') {
        const size_t len = strcspn(p, " ");
        for (size_t i = 0; i < b->ncol; i++)
            if (strlen(b->col[i].name) == len && memcmp(b->col[i].name, p, len) == 0)
                key[(*n)++] = i;
        p += len;
    }
    return key;
}

ptrdiff_t oc_whole_chains(struct oc_batch *b, const char *columns, size_t **first, struct oc_err *err)
{
    struct oc_buf last = { 0 }, now = { 0 }, scratch = { 0 };
    size_t nkey, *key = find_columns(b, columns, &nkey), *at = oc_arena_alloc(&b->arena, (b->rows + 2) * sizeof *at);
    size_t n = 0, same = SIZE_MAX;
    int64_t ts;

    if (!key || !at)
        return no_memory(err);
    const uint64_t *passed = find_passed(b, nkey, key, err);
    if (b->nbad && !passed)
        return -1;
    for (size_t i = 0; i < b->rows; i++) {
        if ((passed && oc_bit(passed, i)) || (same != SIZE_MAX && same_cells(b, nkey, key, same, i))
            || !read_key(b, nkey, key, i, &now, &scratch, &ts))
            continue;
        same = i;
        if (n && now.n == last.n && (!now.n || memcmp(now.p, last.p, now.n) == 0))
            continue;
        at[n] = n ? i : 0;
        n++;
        const struct oc_buf was = last;
        last = now;
        now = was;
    }
    if (n == 0 && b->rows)
        at[n++] = 0;
    at[n] = b->rows;
    *first = at;
    const bool failed = last.failed || now.failed || scratch.failed;
    oc_buf_free(&last);
    oc_buf_free(&now);
    oc_buf_free(&scratch);
    return failed ? no_memory(err) : (ptrdiff_t)n;
}
