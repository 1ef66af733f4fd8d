/*
 * translate - see translate.h.  The places of records are kept in a queue from the moment a record is made until the loop
 * says that its block has left: some thousands at a time.  One thread makes records while another asks for places.
 */
#include "record/translate.h"

#include "base/buf.h"
#include "base/tempdir.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW = 1 << 27 };      /* of a zstd file that is read again: the first reading kept to the user's limit */

struct place { uint64_t line; uint32_t column; };

struct places {
    pthread_mutex_t lock;
    uint64_t first;             /* line of the CSV that place[off] is about */
    size_t off, n, cap;         /* place[off .. n) */
    struct place *place;
};

struct oc_translate {
    const struct oc_translator *of;
    void *state;
    struct oc_source *from;     /* borrowed: oc_source_wrap owns it */
    struct oc_source *again;    /* the file opened anew */
    FILE *spool;                /* or its bytes */
    bool started, second, ended, failed;
    struct oc_err later;        /* failed: told when what was made before is used up */
    struct oc_buf out;
    size_t at;                  /* out[at .. n) was not read yet */
    size_t row;                 /* where the record begins in out; cells of it */
    size_t cells;
    struct places places;
};

/* ---- places ------------------------------------------------------------------------------------------------ */

static int add_place(struct places *p, uint64_t line, uint64_t column, struct oc_err *err)
{
    int rc = 0;

    pthread_mutex_lock(&p->lock);
    if (p->n == p->cap && p->off > p->n / 2) {
        memmove(p->place, p->place + p->off, (p->n - p->off) * sizeof *p->place);
        p->n -= p->off;
        p->off = 0;
    }
    if (p->n == p->cap) {
        const size_t cap = p->cap ? 2 * p->cap : 1024;
        struct place *q = realloc(p->place, cap * sizeof *q);
        if (q) {
            p->place = q;
            p->cap = cap;
        } else {
            rc = oc_fail(err, OC_MEMORY, "no memory for the places of records");
        }
    }
    if (rc == 0)
        p->place[p->n++] = (struct place){ line, column > UINT32_MAX ? UINT32_MAX : (uint32_t)column };
    pthread_mutex_unlock(&p->lock);
    return rc;
}

static uint64_t place_of(void *state, uint64_t line, unsigned *column)
{
    struct places *p = &((struct oc_translate *)state)->places;
    uint64_t found = line;

    pthread_mutex_lock(&p->lock);
    if (p->off < p->n) {
        size_t i = line > p->first ? p->off + (size_t)(line - p->first) : p->off;
        if (i >= p->n)
            i = p->n - 1;
        found = p->place[i].line;
        *column = p->place[i].column;
    }
    pthread_mutex_unlock(&p->lock);
    return found;
}

/* The last place stays: the end of the input may be told by it. */
static void passed(void *state, uint64_t line)
{
    struct places *p = &((struct oc_translate *)state)->places;

    pthread_mutex_lock(&p->lock);
    while (p->first < line && p->off + 1 < p->n) {
        p->off++;
        p->first++;
    }
    pthread_mutex_unlock(&p->lock);
}

/* ---- what is made ------------------------------------------------------------------------------------------ */

void oc_translate_cell(struct oc_translate *t, const char *s, size_t n)
{
    bool quote = false;

    if (t->cells++)
        oc_buf_char(&t->out, ',');
    for (size_t i = 0; i < n && !quote; i++)
        quote = s[i] == ',' || s[i] == '"' || s[i] == '\n' || s[i] == '\r';
    if (!quote) {
        oc_buf_put(&t->out, s, n);
        return;
    }
    oc_buf_char(&t->out, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            oc_buf_char(&t->out, '"');
        oc_buf_char(&t->out, s[i]);
    }
    oc_buf_char(&t->out, '"');
}

int oc_translate_row(struct oc_translate *t, uint64_t line, uint64_t column, struct oc_err *err)
{
    struct oc_buf *o = &t->out;

    if (o->n == t->row)             /* a blank line would be no record */
        oc_buf_puts(o, "\"\"");
    oc_buf_char(o, '\n');
    if (o->failed)
        return oc_fail(err, OC_MEMORY, "no memory for a record");
    for (const char *p = o->p + t->row; (p = memchr(p, '\n', (size_t)(o->p + o->n - p))); p++)
        if (add_place(&t->places, line, column, err))
            return -1;
    t->row = o->n;
    t->cells = 0;
    return 0;
}

int oc_translate_header(struct oc_translate *t, const struct oc_translate_how *how, struct oc_err *err)
{
    for (size_t i = 0; i < how->n; i++)
        oc_translate_cell(t, how->column[i].header, strlen(how->column[i].header));
    return oc_translate_row(t, 1, 1, err);
}

int oc_translate_at(const struct oc_translate *t, uint64_t line, uint64_t column, struct oc_err *err)
{
    return oc_at(err, oc_source_name(t->from), line, column > UINT32_MAX ? UINT32_MAX : (unsigned)column);
}

const char *oc_translate_name(const struct oc_translate *t) { return oc_source_name(t->from); }

/* ---- what it is made of ------------------------------------------------------------------------------------ */

FILE *oc_translate_scratch(struct oc_err *err)
{
    char *dir = oc_tempdir(err);
    struct oc_buf path = { 0 };

    if (!dir)
        return NULL;
    oc_buf_printf(&path, "%s/scratch", dir);
    const int fd = open(oc_buf_str(&path), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w+");
    if (!f)
        oc_fail_errno(err, OC_IO, "cannot make a file in %s", dir);
    if (fd >= 0)
        unlink(path.p);
    if (!f && fd >= 0)
        close(fd);
    rmdir(dir);
    oc_buf_free(&path);
    free(dir);
    return f;
}

static ptrdiff_t spool_read(struct oc_translate *t, void *p, size_t cap, struct oc_err *err)
{
    const size_t n = fread(p, 1, cap, t->spool);

    if (n == 0 && ferror(t->spool)) {
        oc_fail_errno(err, OC_IO, "cannot read what was spooled of it");
        return oc_translate_at(t, 0, 0, err);
    }
    return (ptrdiff_t)n;
}

ptrdiff_t oc_translate_read(struct oc_translate *t, void *p, size_t cap, struct oc_err *err)
{
    if (t->second)
        return t->again ? oc_source_read(t->again, p, cap, err) : spool_read(t, p, cap, err);
    const ptrdiff_t n = oc_source_read(t->from, p, cap, err);
    if (n > 0 && t->spool && fwrite(p, 1, (size_t)n, t->spool) != (size_t)n) {
        oc_fail_errno(err, OC_IO, "cannot spool it to be read again");
        return oc_translate_at(t, 0, 0, err);
    }
    return n;
}

int oc_translate_again(struct oc_translate *t, struct oc_err *err)
{
    t->second = true;
    if (!t->spool)
        return (t->again = oc_source_open(oc_source_name(t->from), WINDOW, err)) ? 0 : -1;
    if (fflush(t->spool) || fseeko(t->spool, 0, SEEK_SET)) {
        oc_fail_errno(err, OC_IO, "cannot read what was spooled of it");
        return oc_translate_at(t, 0, 0, err);
    }
    return 0;
}

/* ---- the source -------------------------------------------------------------------------------------------- */

/*
 * Work until something is made, or all is.  The header waits for the first record: of a file that is refused before it,
 * nothing is written, however its bytes arrive.
 */
static int fill(struct oc_translate *t)
{
    size_t header = 0;

    if (t->started)
        t->at = t->out.n = t->row = 0;
    else
        header = t->out.n;
    t->started = true;
    while (t->out.n == header && !t->ended && !t->failed) {
        const int rc = t->of->step(t->state, t, &t->later);
        t->ended = rc == 0;
        t->failed = rc < 0;
        if (t->failed)
            t->out.n = t->row;      /* not the record that was begun */
    }
    if (t->failed && t->out.n == header)
        t->out.n = 0;
    return t->out.n ? 1 : t->failed ? -1 : 0;
}

static ptrdiff_t read_made(void *state, struct oc_source *from, void *p, size_t cap, struct oc_err *err)
{
    struct oc_translate *t = state;

    (void)from;
    if (!t->started || t->at == t->out.n) {
        const int rc = fill(t);
        if (rc < 0)
            *err = t->later;
        if (rc <= 0)
            return rc;
    }
    const size_t n = t->out.n - t->at < cap ? t->out.n - t->at : cap;
    memcpy(p, t->out.p + t->at, n);
    t->at += n;
    return (ptrdiff_t)n;
}

static bool idle(void *state, struct oc_source *from)
{
    const struct oc_translate *t = state;

    return (!t->started || t->at == t->out.n) && !t->ended && !t->failed && !t->second && oc_source_idle(from);
}

static void close_it(void *state)
{
    struct oc_translate *t = state;

    if (t->state && t->of->close)
        t->of->close(t->state);
    free(t->state);
    oc_source_close(t->again);
    if (t->spool)
        fclose(t->spool);
    oc_buf_free(&t->out);
    free(t->places.place);
    pthread_mutex_destroy(&t->places.lock);
    free(t);
}

static const struct oc_source_via made = {
    .format = "csv", .read = read_made, .idle = idle, .place = place_of, .passed = passed, .close = close_it,
};

/* May the file be opened a second time, by its name? */
static bool reopens(const struct oc_source *s)
{
    return oc_source_size(s) != 0 && strcmp(oc_source_name(s), "stdin") != 0;
}

int oc_translate_open(struct oc_source **src, const struct oc_translator *of, const struct oc_translate_how *how, bool twice,
                      struct oc_err *err)
{
    struct oc_translate *t = calloc(1, sizeof *t);
    struct oc_source *from = *src;

    *src = NULL;
    if (!t) {
        oc_source_close(from);
        return oc_fail(err, OC_MEMORY, "no memory to translate a file");
    }
    pthread_mutex_init(&t->places.lock, NULL);
    t->of = of;
    t->from = from;
    t->places.first = 1;
    int rc = 0;
    if (!(t->state = calloc(1, of->state_size + 1)))
        rc = oc_fail(err, OC_MEMORY, "no memory to translate a file");
    if (rc == 0 && twice && !reopens(from) && !(t->spool = oc_translate_scratch(err)))
        rc = -1;
    if (rc == 0)
        rc = of->open(t->state, how, t, err);
    if (rc) {
        close_it(t);
        oc_source_close(from);
        return -1;
    }
    return (*src = oc_source_wrap(from, &made, t, err)) ? 0 : -1;
}
