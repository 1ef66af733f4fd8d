/*
 * ingesttext - text that is no plain CSV with a header line becomes it on its way to the reader: other separators, cells
 * between blanks, files without a header (`fields`), comments, a closing line (`end`).
 *
 * A line stays a line, so that messages name the line of the file: a comment becomes an empty line, which readers skip; where
 * a header is put in front, or lines before the file's own are left out, place() counts them back.  Plain CSV and TSV never
 * come here (lineends.c alone looks at them); a file that only lacks its header line passes behind that line as it is.
 */
#include "app/ingest.h"

#include "app/follow.h"
#include "app/ingestdoc.h"
#include "app/ingesthead.h"
#include "app/lineends.h"
#include "app/presetnear.h"
#include "base/buf.h"
#include "record/source.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 256 * 1024, LONGEST = 16 << 20, HEAD = 8192 };

struct text {
    const struct oc_preset *p;
    char separator;             /* ' ': blanks; ',' and tab: cells stay as they are */
    char *raw;                  /* raw[pos .. n): read, not rewritten */
    size_t pos, n, cap;
    struct oc_buf out;          /* out.p[given .. out.n): rewritten, not handed on */
    size_t given;
    bool eof, begun, pass;      /* pass: behind the header, bytes as they are */
    bool headed;                /* the header is out */
    bool quoted;                /* inside a quoted cell that goes over a line end */
    bool any, ended;            /* a line was there; the closing line was the last one */
    int64_t shift;              /* line of the file less line of the output */
};

/* ---- cells -------------------------------------------------------------------------------------------------- */

static void put_quoted(struct oc_buf *o, const char *s, size_t n)
{
    oc_buf_char(o, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            oc_buf_char(o, '"');
        oc_buf_char(o, s[i]);
    }
    oc_buf_char(o, '"');
}

static void put_plain(struct oc_buf *o, const char *s, size_t n)
{
    if (memchr(s, ',', n) || memchr(s, '"', n))
        put_quoted(o, s, n);
    else
        oc_buf_put(o, s, n);
}

/* The rest of a quoted cell from s on; returns behind its closing quote, or end with t->quoted set. */
static const char *put_rest(struct text *t, const char *s, const char *end)
{
    for (const char *p = s;; p++) {
        if (p >= end || (*p == '"' && (p + 1 == end || p[1] != '"'))) {
            const char *stop = p < end ? p + 1 : end;
            oc_buf_put(&t->out, s, (size_t)(stop - s));
            t->quoted = p >= end;
            return stop;
        }
        p += *p == '"';
    }
}

static void put_separated(struct text *t, const char *s, const char *end)
{
    if (t->quoted)
        s = put_rest(t, s, end);
    while (!t->quoted) {
        const char *stop;
        if (s < end && *s == '"') {
            oc_buf_char(&t->out, '"');
            s = put_rest(t, s + 1, end);
        }
        stop = memchr(s, t->separator, (size_t)(end - s));
        stop = stop ? stop : end;
        if (t->out.n && t->out.p[t->out.n - 1] == '"' && s < stop)      /* more behind a closing quote: left to the reader */
            oc_buf_put(&t->out, s, (size_t)(stop - s));
        else if (s < stop)
            put_plain(&t->out, s, (size_t)(stop - s));
        if (stop == end)
            return;
        oc_buf_char(&t->out, ',');
        s = stop + 1;
        if (s == end)
            return;
    }
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static void put_between_blanks(struct text *t, const char *s, const char *end)
{
    for (bool first = true; s < end; first = false) {
        while (s < end && is_blank(*s))
            s++;
        const char *stop = s;
        while (stop < end && !is_blank(*stop))
            stop++;
        if (stop == s)
            return;
        if (!first)
            oc_buf_char(&t->out, ',');
        put_plain(&t->out, s, (size_t)(stop - s));
        s = stop;
    }
}

/* The same where nothing has to be quoted: one byte for another. */
static void put_simple(struct text *t, const char *s, const char *end)
{
    const size_t n = (size_t)(end - s);

    if (oc_buf_room(&t->out, n))
        return;
    char *to = t->out.p + t->out.n;
    for (size_t i = 0; i < n; i++)
        to[i] = s[i] == t->separator ? ',' : s[i];
    t->out.n += n;
}

static void put_line(struct text *t, const char *s, const char *end)
{
    if (t->separator == ',' || t->separator == '\t')
        oc_buf_put(&t->out, s, (size_t)(end - s));
    else if (t->separator == ' ')
        put_between_blanks(t, s, end);
    else if (!t->quoted && !memchr(s, ',', (size_t)(end - s)) && !memchr(s, '"', (size_t)(end - s)))
        put_simple(t, s, end);
    else
        put_separated(t, s, end);
}

/* ---- lines -------------------------------------------------------------------------------------------------- */

/* The names of `fields` as a header line. */
static void put_fields(struct text *t, bool crlf)
{
    for (size_t i = 0; i < t->p->fields.n; i++) {
        if (i)
            oc_buf_char(&t->out, t->separator == '\t' ? '\t' : ',');
        const char *name = t->p->fields.word[i];
        if (strpbrk(name, ",\"\t"))
            put_quoted(&t->out, name, strlen(name));
        else
            oc_buf_puts(&t->out, name);
    }
    oc_buf_puts(&t->out, crlf ? "\r\n" : "\n");
    t->headed = true;
}

static bool begins(const char *s, const char *end, const char *with)
{
    const size_t n = strlen(with);

    return (size_t)(end - s) >= n && memcmp(s, with, n) == 0;
}

static bool is_comment(const struct text *t, const char *s, const char *end)
{
    for (size_t i = 0; i < t->p->comment.n; i++)
        if (begins(s, end, t->p->comment.word[i]))
            return true;
    return false;
}

/* A line [s, stop) with its end [stop, next). */
static void take_line(struct text *t, const char *s, const char *stop, const char *next)
{
    if (!t->quoted) {
        t->any |= stop > s;
        if (t->p->end && begins(s, stop, t->p->end)) {
            t->ended = true;
            s = stop;
        } else if (stop > s) {
            t->ended = false;
            if (t->p->comment.n && is_comment(t, s, stop))
                s = stop;
        }
        if (!t->headed && t->p->fields.n) {             /* the file's own header is replaced, and all before it goes */
            if (s < stop && oc_ingesthead_is(t->p, s, stop))
                put_fields(t, next - stop == 2);
            else
                t->shift++;
            return;
        }
    }
    put_line(t, s, stop);
    oc_buf_put(&t->out, stop, (size_t)(next - stop));
}

/* Whole lines of what is there; at the end of input the last one too. */
static void take_lines(struct text *t)
{
    while (t->pos < t->n) {
        const char *s = t->raw + t->pos, *end = t->raw + t->n;
        const char *lf = memchr(s, '\n', (size_t)(end - s));
        if (!lf && !t->eof)
            return;
        const char *stop = lf ? lf - (lf > s && lf[-1] == '\r') : end;
        take_line(t, s, stop, lf ? lf + 1 : end);
        t->pos = (size_t)((lf ? lf + 1 : end) - t->raw);
    }
}

/* ---- bytes -------------------------------------------------------------------------------------------------- */

/* More raw bytes: > 0, 0 at the end, -1. */
static ptrdiff_t fill(struct text *t, struct oc_source *from, struct oc_err *err)
{
    if (t->pos) {
        memmove(t->raw, t->raw + t->pos, t->n - t->pos);
        t->n -= t->pos;
        t->pos = 0;
    }
    if (t->cap - t->n < CHUNK) {
        char *p = t->cap < LONGEST ? realloc(t->raw, 2 * t->cap + CHUNK) : NULL;
        if (!p)
            return t->cap < LONGEST ? oc_fail(err, OC_MEMORY, "no memory for a line")
                                    : oc_fail(err, OC_LIMIT, "a line is longer than %d bytes", LONGEST);
        t->raw = p;
        t->cap = 2 * t->cap + CHUNK;
    }
    const ptrdiff_t n = oc_source_read(from, t->raw + t->n, CHUNK, err);
    if (n > 0)
        t->n += (size_t)n;
    t->eof |= n == 0;
    return n;
}

/* The first bytes: without their mark, and with the header that the file lacks in front. */
static int begin(struct text *t, struct oc_source *from, struct oc_err *err)
{
    while (!t->eof && t->n < HEAD && !memchr(t->raw ? t->raw : "", '\n', t->n))
        if (fill(t, from, err) < 0)
            return -1;
    t->begun = true;
    if (t->n >= 3 && memcmp(t->raw, "\xef\xbb\xbf", 3) == 0)
        t->pos = 3;
    const char *lf = t->n ? memchr(t->raw, '\n', t->n) : NULL;
    if (t->pos < t->n && t->p->fields.n && !t->p->header.n) {
        put_fields(t, lf && lf > t->raw && lf[-1] == '\r');
        t->shift = -1;
        t->pass = (t->separator == ',' || t->separator == '\t') && !t->p->comment.n && !t->p->end;
    }
    if (t->pass)
        oc_buf_put(&t->out, t->raw + t->pos, t->n - t->pos);
    t->pos = t->pass ? t->n : t->pos;
    return t->out.failed ? oc_fail(err, OC_MEMORY, "no memory for a line") : 0;
}

static int at_end(const struct text *t, struct oc_err *err)
{
    char near[200] = "";

    if (t->any && t->p->fields.n && !t->headed) {
        oc_presetnear(t->p, t->raw ? t->raw : "", t->n, near, sizeof near);
        return oc_fail(err, OC_FORMAT, "no line begins with '%.60s': this is no file for the preset %s%s", t->p->header.word[0],
                       t->p->name, near);
    }
    if (t->any && t->p->end && !t->ended)
        return oc_fail(err, OC_TRUNCATED, "no line '%s' closes the file: it was cut", t->p->end);
    return 0;
}

static ptrdiff_t give(struct text *t, void *p, size_t cap)
{
    const size_t k = t->out.n - t->given < cap ? t->out.n - t->given : cap;

    memcpy(p, t->out.p + t->given, k);
    t->given += k;
    if (t->given == t->out.n)
        t->given = t->out.n = 0;
    return (ptrdiff_t)k;
}

static ptrdiff_t read_text(struct text *t, struct oc_source *from, void *p, size_t cap, struct oc_err *err)
{
    if (!t->begun && begin(t, from, err))
        return -1;
    while (t->given == t->out.n) {
        if (t->pass)
            return t->eof ? 0 : oc_source_read(from, p, cap, err);
        take_lines(t);
        if (t->out.failed)
            return oc_fail(err, OC_MEMORY, "no memory for a line");
        if (t->out.n)
            break;
        if (t->eof)
            return at_end(t, err);
        if (fill(t, from, err) < 0)
            return -1;
    }
    return give(t, p, cap);
}

static ptrdiff_t text_read(void *state, struct oc_source *from, void *p, size_t cap, struct oc_err *err)
{
    const ptrdiff_t n = read_text(state, from, p, cap, err);

    return n < 0 ? oc_at(err, oc_source_name(from), 0, 0) : n;
}

static bool text_idle(void *state, struct oc_source *from)
{
    const struct text *t = state;

    return t->given == t->out.n && !t->eof && !memchr(t->raw ? t->raw + t->pos : "", '\n', t->n - t->pos) && oc_source_idle(from);
}

static uint64_t text_place(void *state, uint64_t line, unsigned *column)
{
    const struct text *t = state;

    (void)column;
    return (uint64_t)((int64_t)line + t->shift);
}

static void text_close(void *state)
{
    struct text *t = state;

    free(t->raw);
    oc_buf_free(&t->out);
    free(t);
}

static const struct oc_source_via rewritten = {
    .read = text_read, .idle = text_idle, .place = text_place, .close = text_close,
};

int oc_ingest_translate(void *ctx, struct oc_source **src, struct oc_err *err)
{
    struct oc_ingest *g = ctx;
    const struct oc_preset *p = &g->preset;
    const char *s = p->separator ? p->separator : ",";

    if (p->format && g->follow)
        return oc_fail(err, OC_USAGE, "--follow is of text with lines, and the preset %s reads documents", p->name);
    if (g->follow && oc_follow_wrap(src, p->name ? p : NULL, err))
        return -1;
    if (p->format)
        return oc_ingestdoc_translate(g, src, err);
    if (oc_lineends_mend(src, err))
        return -1;
    if (!p->fields.n && !p->comment.n && !p->end && (*s == ',' || *s == '\t'))
        return 0;
    struct text *t = calloc(1, sizeof *t);
    if (!t)
        return oc_fail(err, OC_MEMORY, "no memory to read a file");
    t->p = p;
    t->separator = s[1] ? ' ' : *s;
    struct oc_source *via = oc_source_wrap(*src, &rewritten, t, err);
    *src = via;                 /* the file went with it, also when there was no memory */
    return via ? 0 : -1;
}
