/*
 * verify - see verify.h.  The file is one JSON object of ours; the reader below takes any JSON and picks the objects
 * that have "name", "bytes" and "sha256".
 */
#include "cli/verify.h"

#include "base/buf.h"
#include "base/readfile.h"
#include "base/sha256.h"
#include "record/archive.h"
#include "record/source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PROVENANCE_MAX = 16 << 20, DEPTH_MAX = 16 };

/* What one object says. */
struct entry { char name[512], sha[OC_SHA256_HEX]; uint64_t bytes; bool has_bytes; };

struct check {
    const char *p, *end;        /* what is left of the text */
    FILE *out;
    unsigned files, differing;
    struct oc_err unread;       /* the first file that could not be read */
    struct oc_archive_kept archive;
};

static void blanks(struct check *c)
{
    while (c->p < c->end && strchr(" \t\r\n", *c->p) && *c->p)
        c->p++;
}

static int code_point(const char *hex, unsigned *v)
{
    *v = 0;
    for (int i = 0; i < 4; i++) {
        const char *digit = hex[i] ? strchr("0123456789abcdef", hex[i] | 0x20) : NULL;
        if (!digit)
            return -1;
        *v = *v * 16 + (unsigned)(digit - "0123456789abcdef");
    }
    return 0;
}

/* A string, decoded into text; cut where it does not fit.  \u above 7f does not occur in what we write: refused. */
static int string(struct check *c, char *text, size_t size)
{
    size_t n = 0;

    if (c->p >= c->end || *c->p++ != '"')
        return -1;
    while (c->p < c->end && *c->p != '"') {
        char ch = *c->p++;
        if (ch == '\\') {
            static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
            unsigned v;
            if (c->p >= c->end)
                return -1;
            const char *at = *c->p ? strchr(from, *c->p) : NULL;
            if (at) {
                ch = to[at - from];
                c->p++;
            } else if (*c->p == 'u' && c->end - c->p > 4 && code_point(c->p + 1, &v) == 0 && v && v < 0x80) {
                ch = (char)v;
                c->p += 5;
            } else {
                return -1;
            }
        }
        if (n + 1 < size)
            text[n++] = ch;
    }
    if (size)
        text[n] = '\0';
    return c->p < c->end && *c->p++ == '"' ? 0 : -1;
}

/* Digest of a file's uncompressed content. */
static int digest(struct check *c, const char *path, char hex[OC_SHA256_HEX], uint64_t *bytes, struct oc_err *err)
{
    enum { CHUNK = 1 << 18 };
    struct oc_sha256 sha;
    struct oc_source *src = oc_archive_source(&c->archive, path, (size_t)1 << 27, err);
    char *chunk = malloc(CHUNK);
    ptrdiff_t n = -1;

    *bytes = 0;
    oc_sha256_init(&sha);
    if (src && !chunk)
        oc_fail(err, OC_MEMORY, "no memory for a digest");
    else if (src)
        while ((n = oc_source_read(src, chunk, CHUNK, err)) > 0) {
            oc_sha256_add(&sha, chunk, (size_t)n);
            *bytes += (uint64_t)n;
        }
    free(chunk);
    oc_source_close(src);
    oc_sha256_hex(&sha, hex);
    return n < 0 ? -1 : 0;
}

static void compare(struct check *c, const struct entry *e)
{
    char hex[OC_SHA256_HEX];
    struct oc_err err = { 0 };
    struct stat st;
    uint64_t bytes;

    const bool passing = strncmp(e->name, "/dev/fd/", 8) == 0 || (stat(e->name, &st) == 0 && !S_ISREG(st.st_mode));
    if (passing || strcmp(e->name, "stdin") == 0 || strcmp(e->name, "stdout") == 0) {
        fprintf(c->out, "skip %s: it was a pipe\n", e->name);
        return;
    }
    c->files++;
    if (digest(c, e->name, hex, &bytes, &err)) {
        fprintf(c->out, "unread %s: %s\n", e->name, err.text);
        if (!c->unread.code)
            c->unread = err;
    } else if (bytes != e->bytes) {
        fprintf(c->out, "differs %s: %" PRIu64 " bytes, were %" PRIu64 "\n", e->name, bytes, e->bytes);
        c->differing++;
    } else if (strcmp(hex, e->sha) != 0) {
        fprintf(c->out, "differs %s: sha256 %s, was %s\n", e->name, hex, e->sha);
        c->differing++;
    } else {
        fprintf(c->out, "ok %s\n", e->name);
    }
}

static int value(struct check *c, int depth, struct entry *member, const char *key);

static int object(struct check *c, int depth)
{
    struct entry e = { .bytes = 0 };
    char key[32];

    for (c->p++, blanks(c); c->p < c->end && *c->p != '}'; blanks(c)) {
        if (string(c, key, sizeof key))
            return -1;
        blanks(c);
        if (c->p >= c->end || *c->p++ != ':' || value(c, depth + 1, &e, key))
            return -1;
        blanks(c);
        if (c->p < c->end && *c->p == ',') {
            c->p++;
            blanks(c);
            if (c->p < c->end && *c->p == '}')
                return -1;
        } else if (c->p < c->end && *c->p != '}') {
            return -1;
        }
    }
    if (c->p >= c->end)
        return -1;
    c->p++;
    if (e.name[0] && e.sha[0] && e.has_bytes)
        compare(c, &e);
    return 0;
}

static int array(struct check *c, int depth)
{
    struct entry ignored = { .bytes = 0 };

    for (c->p++, blanks(c); c->p < c->end && *c->p != ']';) {
        if (value(c, depth + 1, &ignored, ""))
            return -1;
        blanks(c);
        if (c->p < c->end && *c->p == ',')
            c->p++;
        else if (c->p < c->end && *c->p != ']')
            return -1;
    }
    return c->p < c->end && *c->p++ == ']' ? 0 : -1;
}

static int value(struct check *c, int depth, struct entry *member, const char *key)
{
    blanks(c);
    if (depth > DEPTH_MAX || c->p >= c->end)
        return -1;
    if (*c->p == '{')
        return object(c, depth);
    if (*c->p == '[')
        return array(c, depth);
    if (*c->p == '"') {
        const int is_name = strcmp(key, "name") == 0, is_sha = strcmp(key, "sha256") == 0;
        return string(c, is_name ? member->name : is_sha ? member->sha : NULL,
                      is_name ? sizeof member->name : is_sha ? sizeof member->sha : 0);
    }
    const size_t n = strspn(c->p, "+-.0123456789eEtrufalsn");
    if (strcmp(key, "bytes") == 0) {
        member->bytes = strtoull(c->p, NULL, 10);
        member->has_bytes = true;
    }
    c->p += n;
    return n ? 0 : -1;
}

int oc_verify_run(const char *path, FILE *out, struct oc_err *err)
{
    struct oc_buf text = { 0 };

    if (oc_readfile(path, PROVENANCE_MAX, &text, err))
        return -1;
    struct check c = { .p = oc_buf_str(&text), .out = out };
    c.end = text.p + text.n;
    blanks(&c);
    const int bad = c.p >= c.end || *c.p != '{' || value(&c, 0, &(struct entry){ .bytes = 0 }, "");
    blanks(&c);
    const bool rest = c.p != c.end;
    oc_buf_free(&text);
    oc_archive_drop(&c.archive);
    if (bad || rest) {
        oc_fail(err, OC_FORMAT, "not a file of --provenance");
        return oc_at(err, path, 0, 0);
    }
    if (c.unread.code) {
        *err = c.unread;
        return -1;
    }
    if (c.differing)
        return oc_fail(err, OC_RULE, "%u of %u files differ from %s", c.differing, c.files, path);
    return c.files ? 0 : oc_fail(err, OC_DATA, "%s names no file: what it describes went through pipes", path);
}
