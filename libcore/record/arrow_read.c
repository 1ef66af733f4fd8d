/*
 * arrow_read - see arrow_read.h.  Here is the framing; what a schema and a batch say is in arrow_schema.c and
 * arrow_body.c, what becomes of the columns in arrow_values.c.
 */
#include "record/arrow_read.h"
#include "record/arrow_meta.h"
#include "record/arrow_schema.h"

#include <stdlib.h>
#include <string.h>

enum { META_MAX = 16 << 20, TAIL_MAX = 64 << 20, PREFIX = 8 };

/* A message whose metadata is staged and whose body is still to be read. */
struct message {
    struct oc_arrow_fb fb;
    struct oc_arrow_tab header;
    int64_t type;
    uint64_t at;                /* offset in the input */
    uint64_t body;
    size_t head;                /* bytes of prefix and metadata */
    bool summed;
    uint64_t stated;
    struct oc_arrow_sum sum;
};

/* The input has ended: what is staged are its last bytes. */
static int cut_off(const struct oc_arrow_in *in, struct oc_err *err)
{
    return oc_fail(err, OC_TRUNCATED, "the Arrow stream is cut after %llu bytes: no end-of-stream marker",
                   (unsigned long long)(in->bytes.offset - in->start + (in->bytes.n - in->bytes.at)));
}

static int damaged(const struct oc_arrow_in *in, const char *what, struct oc_err *err)
{
    return oc_fail(err, OC_FORMAT, "damaged Arrow stream: %s at byte %llu", what,
                   (unsigned long long)(in->bytes.offset - in->start));
}

/* ---- framing ----------------------------------------------------------------------------------------------------- */

/* The checksum that the metadata states; in its place come zeros, over which it was taken. */
static int take_sum(struct oc_arrow_in *in, const struct oc_arrow_tab *t, struct message *m, struct oc_err *err)
{
    unsigned char *head = in->bytes.p + in->bytes.at;
    size_t digits;
    const int found = oc_arrow_meta_sum(t, ARROW_MESSAGE_META, &m->stated, &digits);

    m->summed = found != 0;
    if (found < 0)
        return damaged(in, "a checksum that is none", err);
    if (m->type != ARROW_IS_SCHEMA && m->summed != in->summed)
        return damaged(in, in->summed ? "a message without a checksum" : "a checksum where none is expected", err);
    if (!m->summed)
        return 0;
    if (m->head % 64 != 0)
        return damaged(in, "metadata of a length that we do not write", err);
    memset(head + PREFIX + digits, '0', OC_ARROW_SUM_DIGITS);
    oc_arrow_sum_add(&m->sum, head, m->head);
    return 0;
}

static int read_metadata(struct oc_arrow_in *in, const struct oc_reader *r, struct message *m, struct oc_err *err)
{
    m->fb = (struct oc_arrow_fb){ .p = in->bytes.p + in->bytes.at + PREFIX, .n = m->head - PREFIX };
    const struct oc_arrow_tab t = oc_arrow_fb_root(&m->fb);
    const int64_t version = oc_arrow_fb_int(&t, ARROW_MESSAGE_VERSION, 2, 0);
    const int64_t body = oc_arrow_fb_int(&t, ARROW_MESSAGE_BODY, 8, 0);

    m->type = oc_arrow_fb_int(&t, ARROW_MESSAGE_TYPE, 1, 0);
    m->header = oc_arrow_fb_table(&t, ARROW_MESSAGE_HEADER);
    m->body = (uint64_t)body;
    if (take_sum(in, &t, m, err))
        return -1;
    if (m->fb.bad || m->header.len == 0)
        return damaged(in, "metadata that does not hold together", err);
    if (version != ARROW_V4 && version != ARROW_V5)
        return oc_fail(err, OC_FORMAT, "Arrow metadata of version V%lld is not read (V4 and V5 are)",
                       (long long)version + 1);
    if (body < 0 || body % 8 != 0 || (m->type == ARROW_IS_SCHEMA && body != 0))
        return damaged(in, "a body of impossible length", err);
    if (m->body > r->limits->max_batch)
        return oc_fail(err, OC_LIMIT, "an Arrow batch of %lld bytes; --max-batch allows %zu", (long long)body,
                       r->limits->max_batch);
    return 0;
}

enum next { NEXT_FAILED = -1, NEXT_END, NEXT_MESSAGE, NEXT_FOOTER };

/* The next message, up to its body. */
static enum next next_message(struct oc_reader *r, struct message *m, struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;
    uint32_t word;
    int32_t len;

    *m = (struct message){ .at = in->bytes.offset - in->start };
    const ptrdiff_t have = oc_arrow_bytes_stage(&in->bytes, r, PREFIX, err);
    if (have < PREFIX)
        return have < 0 ? NEXT_FAILED : cut_off(in, err);
    memcpy(&word, in->bytes.p + in->bytes.at, 4);
    memcpy(&len, in->bytes.p + in->bytes.at + 4, 4);
    if (word != UINT32_MAX)
        return in->file ? NEXT_FOOTER : damaged(in, "no message where one should begin", err);
    if (len == 0) {
        oc_arrow_bytes_skip(&in->bytes, PREFIX);
        return NEXT_END;
    }
    if (len < 12 || len > META_MAX || len % 8 != 0)
        return damaged(in, "metadata of impossible length", err);
    m->head = PREFIX + (size_t)len;
    const ptrdiff_t got = oc_arrow_bytes_stage(&in->bytes, r, m->head, err);
    if (got < 0 || (size_t)got < m->head)
        return got < 0 ? NEXT_FAILED : cut_off(in, err);
    return read_metadata(in, r, m, err) ? NEXT_FAILED : NEXT_MESSAGE;
}

/* The metadata is used up. */
static void past_metadata(struct oc_arrow_in *in, const struct message *m)
{
    oc_arrow_bytes_skip(&in->bytes, m->head);
    in->bytes.guess = m->head;
    in->sequence++;
}

static int note(struct oc_arrow_in *in, const struct message *m, bool dictionary, struct oc_err *err)
{
    if (!in->file)
        return 0;
    return oc_arrow_file_note(&in->blocks, (struct oc_arrow_block){ m->at, (uint32_t)m->head, m->body, dictionary },
                              err);
}

/* ---- beginning --------------------------------------------------------------------------------------------------- */

static void drop_entries(struct oc_arrow_in *in)
{
    for (size_t i = 0; i < in->nentry; i++)
        oc_arrow_text_drop(in->entry[i].texts);
    free(in->entry);
    in->entry = NULL;
    in->nentry = 0;
}

static size_t find_entry(const struct oc_arrow_in *in, int64_t id)
{
    size_t k = 0;

    while (k < in->nentry && in->entry[k].id != id)
        k++;
    return k;
}

/* A place for every dictionary of the schema. */
static int make_entries(struct oc_arrow_in *in, struct oc_err *err)
{
    drop_entries(in);
    in->entry = calloc(in->nfield + 1, sizeof *in->entry);
    if (!in->entry)
        return oc_fail(err, OC_MEMORY, "no memory for the dictionaries of an Arrow stream");
    for (size_t i = 0; i < in->nfield; i++) {
        struct oc_arrow_field *f = &in->field[i];
        if (!f->dictionary)
            continue;
        f->entry = find_entry(in, f->id);
        if (f->entry == in->nentry)
            in->entry[in->nentry++].id = f->id;
    }
    return 0;
}

static int check_schema_sum(struct oc_arrow_in *in, const struct message *m, bool ours, struct oc_err *err)
{
    if (m->summed != ours)
        return damaged(in, "a schema that has lost its checksum", err);
    if (m->summed && oc_arrow_sum_final(&m->sum, 0) != m->stated)
        return damaged(in, "a schema that does not agree with its checksum", err);
    in->summed = m->summed;
    return 0;
}

static int same_columns(const struct oc_arrow_in *in, size_t n, const struct oc_arrow_field *field, struct oc_err *err)
{
    for (size_t i = 0; i < n && i < in->nfield; i++)
        if (!oc_arrow_type_equal(&field[i], &in->field[i]))
            return oc_fail(err, OC_FORMAT, "an Arrow stream with other columns follows the first: '%s' (%s) where "
                           "'%s' (%s) was", field[i].name, oc_arrow_type_name(&field[i].type), in->field[i].name,
                           oc_arrow_type_name(&in->field[i].type));
    if (n != in->nfield)
        return oc_fail(err, OC_FORMAT, "an Arrow stream of %zu columns follows one of %zu", n, in->nfield);
    return 0;
}

/* npm's apache-arrow leaves it out of files: only their footer has it, behind all that needs it. */
static int no_schema(const struct oc_arrow_in *in, struct oc_err *err)
{
    if (in->file)
        return oc_fail(err, OC_FORMAT, "the Arrow file has no schema in front of its records, only in its footer; "
                       "such files are not read: write the stream format");
    return damaged(in, "no schema at the beginning", err);
}

/* The schema message; on the first stream r->schema is filled, on a later one it is compared. */
static int read_schema(struct oc_reader *r, const struct message *m, bool first, struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;
    struct oc_arrow_field *field = NULL;
    size_t n = 0;
    bool ours = false;

    if (m->type != ARROW_IS_SCHEMA)
        return no_schema(in, err);
    int rc = oc_arrow_schema_fields(&m->header, &n, &field, &ours, err);
    if (rc == 0)
        rc = check_schema_sum(in, m, ours, err);
    if (rc == 0 && !first)
        rc = same_columns(in, n, field, err);
    if (rc == 0 && first)
        rc = oc_arrow_schema_fill(&m->header, n, field, &r->schema, err);
    if (rc) {
        oc_arrow_schema_free(n, field);
        return rc;
    }
    if (first) {
        in->field = field;
        in->nfield = n;
    } else {                /* blocks of the first are still being parsed: nothing they look at changes */
        for (size_t i = 0; i < n; i++)
            in->field[i].id = field[i].id;
        oc_arrow_schema_free(n, field);
    }
    return make_entries(in, err);
}

/* From the first byte of a stream or file to behind its schema. */
static int begin_stream(struct oc_reader *r, bool first, struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;
    struct message m;

    in->start = in->bytes.offset;
    in->sequence = 0;
    in->summed = false;
    in->blocks.n = 0;
    const ptrdiff_t have = oc_arrow_bytes_stage(&in->bytes, r, PREFIX, err);
    if (have < PREFIX)
        return have < 0 ? -1 : cut_off(in, err);
    const unsigned char *p = in->bytes.p + in->bytes.at;
    in->file = memcmp(p, OC_ARROW_FILE_MAGIC, 6) == 0;
    if (in->file) {
        if (p[6] || p[7])
            return damaged(in, "bytes behind the magic that should be zero", err);
        oc_arrow_bytes_skip(&in->bytes, PREFIX);
    }
    const enum next what = next_message(r, &m, err);
    if (what == NEXT_FAILED)
        return -1;
    if (what != NEXT_MESSAGE)
        return no_schema(in, err);
    if (read_schema(r, &m, first, err))
        return -1;
    past_metadata(in, &m);
    return 0;
}

int oc_arrow_read_open(struct oc_reader *r, struct oc_err *err)
{
    r->first_line = 1;
    return begin_stream(r, true, err);
}

/* ---- dictionaries ------------------------------------------------------------------------------------------------ */

static const struct oc_arrow_field *field_of(const struct oc_arrow_in *in, int64_t id)
{
    for (size_t i = 0; i < in->nfield; i++)
        if (in->field[i].dictionary && in->field[i].id == id)
            return &in->field[i];
    return NULL;
}

static int take_texts(struct oc_reader *r, struct oc_arrow_entry *e, const struct oc_arrow_body *body, bool delta,
                      struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;
    const struct oc_arrow_field *f = field_of(in, e->id);

    if (oc_arrow_body_verify(body, in->scratch.p + 64, err))
        return -1;
    struct oc_arrow_texts *t = oc_arrow_text_dictionary(&f->type, body, in->scratch.p + 64, r->limits->max_batch,
                                                        delta ? e->texts : NULL, err);
    if (!t)
        return oc_while(err, "dictionary of Arrow column '%s'", f->name);
    oc_arrow_text_drop(e->texts);
    e->texts = t;
    return 0;
}

static int read_dictionary(struct oc_reader *r, struct message *m, struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;
    struct oc_arrow_body body = { .summed = m->summed, .sum = m->stated, .sequence = in->sequence, .head = m->sum };
    const int64_t id = oc_arrow_fb_int(&m->header, ARROW_DICT_ID, 8, 0);
    const bool delta = oc_arrow_fb_int(&m->header, ARROW_DICT_DELTA, 1, 0) != 0;
    const struct oc_arrow_tab data = oc_arrow_fb_table(&m->header, ARROW_DICT_DATA);
    const size_t k = find_entry(in, id);

    if (k == in->nentry)
        return damaged(in, "a dictionary of no column", err);
    int rc = oc_arrow_body_read(&body, &data, m->body, err);
    if (rc == 0 && m->fb.bad)
        rc = damaged(in, "metadata that does not hold together", err);
    if (rc == 0) {
        rc = note(in, m, true, err);
        past_metadata(in, m);
    }
    if (rc == 0)
        rc = oc_arrow_bytes_body(&in->bytes, r, &in->scratch, (size_t)m->body, err);
    if (rc == 0)
        rc = take_texts(r, &in->entry[k], &body, delta, err);
    oc_arrow_body_free(&body);
    return rc;
}

/* ---- record batches ---------------------------------------------------------------------------------------------- */

static void drop_texts(struct oc_arrow_message *x)
{
    for (size_t i = 0; i < x->ntexts; i++)
        oc_arrow_text_drop(x->texts[i]);
    x->ntexts = 0;
}

static struct oc_arrow_message *message_of(struct oc_block *blk, size_t nfield, struct oc_err *err)
{
    struct oc_arrow_message *x = blk->extra;

    if (!x)
        blk->extra = x = calloc(1, sizeof *x);
    if (x) {
        drop_texts(x);
        struct oc_arrow_texts **texts = realloc(x->texts, (nfield + 1) * sizeof *texts);
        if (texts) {
            x->texts = texts;
            return x;
        }
    }
    oc_fail(err, OC_MEMORY, "no memory for an Arrow record batch");
    return NULL;
}

/* The dictionaries in force, for the block to keep. */
static void keep_texts(const struct oc_arrow_in *in, struct oc_arrow_message *x)
{
    for (size_t i = 0; i < in->nfield; i++)
        x->texts[i] = in->field[i].dictionary ? oc_arrow_text_keep(in->entry[in->field[i].entry].texts) : NULL;
    x->ntexts = in->nfield;
}

static int read_batch(struct oc_reader *r, struct message *m, struct oc_block *blk, struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;
    struct oc_arrow_message *x = message_of(blk, in->nfield, err);

    if (!x)
        return -1;
    x->body.summed = m->summed;
    x->body.sum = m->stated;
    x->body.sequence = in->sequence;
    x->body.head = m->sum;
    if (oc_arrow_body_read(&x->body, &m->header, m->body, err))
        return -1;
    if (m->fb.bad)
        return damaged(in, "metadata that does not hold together", err);
    if (oc_arrow_schema_fits(in->nfield, in->field, &x->body, r->limits->max_batch, err) || note(in, m, false, err))
        return -1;
    keep_texts(in, x);
    past_metadata(in, m);
    blk->rows = x->body.rows;
    return oc_arrow_bytes_body(&in->bytes, r, blk, (size_t)m->body, err);
}

/* ---- the end ----------------------------------------------------------------------------------------------------- */

/* All that follows the records of a file is its footer. */
static int read_footer(struct oc_reader *r, struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;
    size_t want = 4096;
    ptrdiff_t have;

    in->bytes.guess = 0;
    while ((have = oc_arrow_bytes_stage(&in->bytes, r, want, err)) >= (ptrdiff_t)want) {
        if (want > TAIL_MAX)
            return damaged(in, "more than a footer behind the records", err);
        want *= 2;
    }
    if (have < 0 || oc_arrow_file_check(in->bytes.p + in->bytes.at, (size_t)have, &in->blocks, in->summed, err))
        return -1;
    oc_arrow_bytes_skip(&in->bytes, (size_t)have);
    in->ended = true;
    return 0;
}

/* Behind the marker of a stream: the end of input (0), or another stream (1). */
static int after_stream(struct oc_reader *r, struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;

    if (in->file)
        return read_footer(r, err);
    in->bytes.guess = 0;
    const ptrdiff_t have = oc_arrow_bytes_stage(&in->bytes, r, 1, err);
    if (have < 0)
        return -1;
    if (have == 0) {
        in->ended = true;
        return 0;
    }
    return begin_stream(r, false, err) ? oc_while(err, "behind the end of an Arrow stream") : 1;
}

int oc_arrow_read_cut(struct oc_reader *r, struct oc_block *blk, struct oc_err *err)
{
    struct oc_arrow_in *in = r->state;

    while (!in->ended) {
        struct message m;
        const enum next what = next_message(r, &m, err);
        if (what == NEXT_FAILED)
            return -1;
        if (what != NEXT_MESSAGE) {
            if ((what == NEXT_FOOTER ? read_footer(r, err) : after_stream(r, err)) < 0)
                return -1;
        } else if (m.type == ARROW_IS_DICTIONARY) {
            if (read_dictionary(r, &m, err))
                return -1;
        } else if (m.type == ARROW_IS_BATCH) {
            if (read_batch(r, &m, blk, err))
                return -1;
            if (blk->rows)
                return 1;
            if (oc_arrow_body_verify(&((struct oc_arrow_message *)blk->extra)->body, blk->p + 64, err))
                return -1;
        } else {
            return damaged(in, "a message that is neither dictionary nor record batch", err);
        }
    }
    return 0;
}

void oc_arrow_read_block_free(struct oc_block *blk)
{
    struct oc_arrow_message *x = blk->extra;

    if (x) {
        drop_texts(x);
        oc_arrow_body_free(&x->body);
        free(x->texts);
        free(x);
    }
    blk->extra = NULL;
}

void oc_arrow_read_close(struct oc_reader *r)
{
    struct oc_arrow_in *in = r->state;

    drop_entries(in);
    oc_arrow_bytes_free(&in->bytes);
    oc_arrow_schema_free(in->nfield, in->field);
    oc_arrow_file_free(&in->blocks);
    free(in->scratch.p);
    in->field = NULL;
    in->nfield = 0;
    in->scratch = (struct oc_block){ 0 };
}
