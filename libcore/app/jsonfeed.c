/*
 * jsonfeed - see jsonfeed.h.
 *
 * While yajl is inside a call-back, yajl_get_bytes_consumed() is the position behind the token in the piece that it was
 * given.  So a token begins at the first byte behind the token before it that is no blank and not the one comma or colon
 * that belongs there; where a piece ends inside a token, this place is noted before the next piece is read.  Errors lie where
 * their token begins, too: how far yajl got into it depends on how the bytes arrived.
 */
#include "app/jsonfeed.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

enum { PIECE = 64 * 1024, PREFIX = 4096 };

struct oc_jsonfeed {
    struct oc_translate *t;
    oc_jsonfeed_event *event;
    void *ctx;
    yajl_handle yajl;
    struct oc_err *err;         /* of the step under way */
    bool any;                   /* there was an event */
    bool lines, begun;          /* TEXT before values; the BOM was looked for */
    bool in_text;               /* lines: before the blank of this line */
    struct oc_buf text;         /* TEXT of the line */
    size_t values;              /* complete ones at the top, of the line or the file */
    int depth;
    char piece[PIECE];
    size_t fed, n;              /* piece[fed .. n) is to be parsed; places are relative to the whole piece */
    size_t base;                /* piece offset of what yajl was given */
    size_t mark;                /* behind the last token */
    char expect;                /* the comma or colon that belongs before the next token, and was not met; 0: none */
    bool pending;               /* the token began in an earlier piece, at: */
    uint64_t pending_line, pending_column;
    uint64_t line;              /* of piece[counted]; the line begins at column 1 - `before` */
    size_t counted;
    uint64_t column;            /* of piece[counted], from 1 */
    size_t quiet;               /* bytes since the last event */
};

/* ---- places ------------------------------------------------------------------------------------------------ */

/* Count lines to piece[to]; never goes back. */
static void count_to(struct oc_jsonfeed *f, size_t to)
{
    while (f->counted < to) {
        const char *lf = memchr(f->piece + f->counted, '\n', to - f->counted);
        if (!lf) {
            f->column += to - f->counted;
            f->counted = to;
            return;
        }
        f->line++;
        f->column = 1;
        f->counted = (size_t)(lf - f->piece) + 1;
    }
}

/* Where the token behind the mark begins, `end` where it does not yet; *expect: what is still to come before it. */
static size_t token_start(const struct oc_jsonfeed *f, size_t end, char *expect)
{
    size_t i = f->mark;

    *expect = f->expect;
    for (; i < end; i++) {
        if (*expect && f->piece[i] == *expect)
            *expect = '\0';
        else if (f->piece[i] != ' ' && f->piece[i] != '\t' && f->piece[i] != '\n' && f->piece[i] != '\r')
            break;
    }
    return i;
}

void oc_jsonfeed_place(struct oc_jsonfeed *f, uint64_t *line, uint64_t *column)
{
    char expect;

    if (!f->pending) {
        count_to(f, token_start(f, f->n, &expect));
        f->pending_line = f->line;
        f->pending_column = f->column;
    }
    *line = f->pending_line;
    *column = f->pending_column;
}

static int at_token(struct oc_jsonfeed *f, struct oc_err *err)
{
    uint64_t line, column;

    oc_jsonfeed_place(f, &line, &column);
    return oc_translate_at(f->t, line, column, err);
}

/* ---- events ------------------------------------------------------------------------------------------------ */

static int tell(struct oc_jsonfeed *f, enum oc_json_event e, const char *s, size_t n)
{
    int rc = 0;

    if (n > OC_JSON_TEXT)
        rc = oc_fail(f->err, OC_LIMIT, "a text of %zu bytes: the most is %d", n, OC_JSON_TEXT);
    else if (f->lines && f->depth == 0 && e != OC_JSON_END && f->values)
        rc = oc_fail(f->err, OC_FORMAT, "a second value on the line");
    else if (f->depth == OC_JSON_DEPTH && (e == OC_JSON_OBJECT || e == OC_JSON_ARRAY))
        rc = oc_fail(f->err, OC_LIMIT, "more than %d arrays and objects one in another", OC_JSON_DEPTH);
    else
        rc = f->event(f->ctx, e, s, n, f->err);
    if (rc && !f->err->line)
        at_token(f, f->err);
    f->any = true;
    f->depth += e == OC_JSON_OBJECT || e == OC_JSON_ARRAY ? 1 : e == OC_JSON_END ? -1 : 0;
    f->values += f->depth == 0;
    f->mark = f->base + yajl_get_bytes_consumed(f->yajl);
    f->expect = e == OC_JSON_KEY ? ':' : f->depth && e != OC_JSON_OBJECT && e != OC_JSON_ARRAY ? ',' : '\0';
    f->pending = false;
    return rc == 0;
}

static int on_null(void *f) { return tell(f, OC_JSON_NULL, "", 0); }
static int on_word(void *f, int v) { return tell(f, OC_JSON_WORD, v ? "true" : "false", v ? 4 : 5); }
static int on_number(void *f, const char *s, size_t n) { return tell(f, OC_JSON_NUMBER, s, n); }
static int on_string(void *f, const unsigned char *s, size_t n) { return tell(f, OC_JSON_STRING, (const char *)s, n); }
static int on_key(void *f, const unsigned char *s, size_t n) { return tell(f, OC_JSON_KEY, (const char *)s, n); }
static int on_object(void *f) { return tell(f, OC_JSON_OBJECT, "", 0); }
static int on_array(void *f) { return tell(f, OC_JSON_ARRAY, "", 0); }
static int on_end(void *f) { return tell(f, OC_JSON_END, "", 0); }

static const yajl_callbacks callbacks = {
    .yajl_null = on_null, .yajl_boolean = on_word, .yajl_number = on_number, .yajl_string = on_string,
    .yajl_start_map = on_object, .yajl_map_key = on_key, .yajl_end_map = on_end,
    .yajl_start_array = on_array, .yajl_end_array = on_end,
};

/* ---- errors ------------------------------------------------------------------------------------------------ */

/* The reason in yajl's words: the first line of its message, without "parse error: ". */
static int malformed(struct oc_jsonfeed *f, struct oc_err *err)
{
    unsigned char *told = yajl_get_error(f->yajl, 0, NULL, 0);
    const char *s = told ? (const char *)told : "", *colon = strstr(s, ": ");
    const size_t n = strcspn(colon ? colon + 2 : s, "\n");

    oc_fail(err, OC_FORMAT, "this is no JSON: %.*s", (int)n, colon ? colon + 2 : s);
    if (told)
        yajl_free_error(f->yajl, told);
    return at_token(f, err);
}

static int cut(struct oc_jsonfeed *f, const char *what, struct oc_err *err)
{
    oc_fail(err, OC_TRUNCATED, "the document is cut: %s", what);
    count_to(f, f->n);
    return oc_translate_at(f->t, f->line, f->column, err);
}

/* ---- pieces ------------------------------------------------------------------------------------------------ */

static int parse(struct oc_jsonfeed *f, size_t from, size_t to, struct oc_err *err)
{
    f->base = from;
    f->err = err;
    switch (yajl_parse(f->yajl, (const unsigned char *)f->piece + from, to - from)) {
    case yajl_status_ok: return 0;
    case yajl_status_client_canceled: return -1;
    default: return malformed(f, err);
    }
}

/* A line: TEXT, a blank, a value. */
static int parse_lines(struct oc_jsonfeed *f, struct oc_err *err)
{
    while (f->fed < f->n) {
        char *p = f->piece + f->fed, *end = f->piece + f->n, *lf = memchr(p, '\n', (size_t)(end - p));
        if (f->in_text) {
            while (p < end && *p != ' ' && *p != '\n' && f->text.n < PREFIX)
                oc_buf_char(&f->text, *p++);
            f->mark = f->fed = (size_t)(p - f->piece);
            f->pending = false;
            if (p == end)
                return f->text.failed ? oc_fail(err, OC_MEMORY, "no memory for a line") : 0;
            const bool blank = *p == '\n' && (f->text.n == 0 || (f->text.n == 1 && f->text.p[0] == '\r'));
            if (*p != ' ' && !blank) {
                oc_fail(err, OC_FORMAT, "a line is a text, a blank and a JSON value; here is no blank");
                count_to(f, f->fed);
                return oc_translate_at(f->t, f->line, f->column, err);
            }
            f->mark = ++f->fed;
            f->in_text = blank;
            f->text.n = blank ? 0 : f->text.n;
            continue;
        }
        const size_t to = lf ? (size_t)(lf - f->piece) + 1 : f->n;
        if (parse(f, f->fed, to, err))
            return -1;
        f->fed = to;
        if (!lf)
            return 0;
        if (f->depth || !f->values) {
            oc_fail(err, OC_FORMAT, f->depth ? "the line ends inside its value" : "the line has no value");
            count_to(f, to - 1);
            return oc_translate_at(f->t, f->line, f->column, err);
        }
        f->in_text = true;
        f->text.n = f->values = 0;
    }
    return 0;
}

static int finish(struct oc_jsonfeed *f, struct oc_err *err)
{
    f->err = err;
    f->base = f->n;
    f->piece[0] = '\0';
    if (f->lines && !f->in_text && (f->depth || !f->values))
        return cut(f, "it ends inside a line", err);
    if (!f->any && !f->pending && !f->lines) {
        oc_fail(err, OC_FORMAT, "the input is empty: no JSON value");
        count_to(f, f->n);
        return oc_translate_at(f->t, f->line, f->column, err);
    }
    const yajl_status rc = yajl_complete_parse(f->yajl);
    if (rc == yajl_status_client_canceled)
        return -1;
    if (f->depth)
        return cut(f, "an object or array has no end", err);
    if (rc != yajl_status_ok)
        return f->pending || f->values ? cut(f, "a value has no end", err) : malformed(f, err);
    return 0;
}

/* The piece is used up: note where a token began that goes on in the next one. */
static void next_piece(struct oc_jsonfeed *f)
{
    char expect;
    const size_t start = token_start(f, f->n, &expect);

    f->quiet += f->mark ? 0 : f->n;
    if (!f->pending && start < f->n) {
        count_to(f, start);
        f->pending = true;
        f->pending_line = f->line;
        f->pending_column = f->column;
    }
    f->expect = expect;
    count_to(f, f->n);
    f->counted = f->mark = f->fed = f->n = 0;
}

int oc_jsonfeed_step(struct oc_jsonfeed *f, struct oc_err *err)
{
    next_piece(f);
    if (f->quiet > 2 * OC_JSON_TEXT && f->pending) {
        oc_fail(err, OC_LIMIT, "a text is longer than %d bytes", OC_JSON_TEXT);
        return oc_translate_at(f->t, f->pending_line, f->pending_column, err);
    }
    do {                            /* of the first piece, enough to see a BOM */
        const ptrdiff_t k = oc_translate_read(f->t, f->piece + f->n, sizeof f->piece - f->n, err);
        if (k < 0)
            return -1;
        if (k == 0)
            break;
        f->n += (size_t)k;
    } while (!f->begun && f->n < 3);
    if (f->n == 0)
        return finish(f, err);
    if (!f->begun && f->n >= 3 && memcmp(f->piece, "\xef\xbb\xbf", 3) == 0)
        f->fed = f->mark = f->counted = 3;
    f->begun = true;
    if (f->lines)
        return parse_lines(f, err) ? -1 : 1;
    if (parse(f, f->fed, f->n, err))
        return -1;
    if (f->mark)
        f->quiet = 0;
    return 1;
}

const char *oc_jsonfeed_line(const struct oc_jsonfeed *f, size_t *n)
{
    *n = f->text.n;
    return f->text.n ? f->text.p : "";
}

int oc_jsonfeed_again(struct oc_jsonfeed *f, struct oc_err *err)
{
    if (f->yajl)
        yajl_free(f->yajl);
    f->yajl = yajl_alloc(&callbacks, NULL, f);
    if (!f->yajl)
        return oc_fail(err, OC_MEMORY, "no memory to read JSON");
    yajl_config(f->yajl, yajl_allow_multiple_values, 1);
    f->begun = f->pending = f->any = false;
    f->in_text = f->lines;
    f->text.n = f->values = f->fed = f->n = f->mark = f->counted = f->quiet = 0;
    f->depth = 0;
    f->expect = '\0';
    f->line = f->column = 1;
    return 0;
}

struct oc_jsonfeed *oc_jsonfeed_open(struct oc_translate *t, bool lines, oc_jsonfeed_event *event, void *ctx,
                                     struct oc_err *err)
{
    struct oc_jsonfeed *f = calloc(1, sizeof *f);

    if (!f) {
        oc_fail(err, OC_MEMORY, "no memory to read JSON");
        return NULL;
    }
    f->t = t;
    f->lines = lines;
    f->event = event;
    f->ctx = ctx;
    if (oc_jsonfeed_again(f, err) == 0)
        return f;
    oc_jsonfeed_close(f);
    return NULL;
}

void oc_jsonfeed_close(struct oc_jsonfeed *f)
{
    if (!f)
        return;
    if (f->yajl)
        yajl_free(f->yajl);
    oc_buf_free(&f->text);
    free(f);
}
