/*
 * archive - see archive.h.  libarchive reads the central directory once and gives the members in the order in which they
 * lie; one handle an archive stays open between members, and only who asks for an earlier member begins anew.
 */
#include "record/archive.h"

#include "base/buf.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BLOCK = 64 * 1024 };

struct zip {
    char *path;
    struct archive *open;
    size_t at;                  /* headers read: the member that can be read is at - 1 */
};

struct oc_archives {
    size_t n, cap;
    struct member { char *name; struct zip *zip; size_t index; } *member;   /* of all archives, in the order of the inputs */
    size_t next;                /* the one after the last that was opened: as a rule the next */
    size_t nzip;
    struct zip **zip;
    const char **input;         /* of io, expanded; members' names are ours, others' are the caller's */
    const char **before;        /* of io, as it was */
    size_t nbefore;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for an archive"); }

static int refused(const struct zip *z, struct oc_err *err)
{
    const char *why = archive_error_string(z->open);

    oc_fail(err, OC_FORMAT, "damaged ZIP archive: %s", why ? why : "no reason is known");
    return oc_at(err, z->path, 0, 0);
}

static int reopen(struct zip *z, struct oc_err *err)
{
    if (z->open)
        archive_read_free(z->open);
    z->at = 0;
    z->open = archive_read_new();
    if (!z->open)
        return no_memory(err);
    archive_read_support_format_zip(z->open);
    return archive_read_open_filename(z->open, z->path, BLOCK) == ARCHIVE_OK ? 0 : refused(z, err);
}

/* The next header: 1, 0 there is none, -1. */
static int next_header(struct zip *z, struct archive_entry **entry, struct oc_err *err)
{
    const int rc = archive_read_next_header(z->open, entry);

    if (rc == ARCHIVE_EOF)
        return 0;
    if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
        return refused(z, err);
    z->at++;
    return 1;
}

/* ---- a member as a source ---------------------------------------------------------------------------------- */

struct reading { struct zip *zip; size_t index; bool ended; };

static ptrdiff_t read_member(void *ctx, void *p, size_t cap, struct oc_err *err)
{
    struct reading *r = ctx;

    if (r->ended)
        return 0;
    if (r->zip->at != r->index + 1)
        return oc_fail(err, OC_INTERNAL, "another member of the archive was opened before this one was read");
    const la_ssize_t n = archive_read_data(r->zip->open, p, cap);
    if (n < 0) {
        const char *why = archive_error_string(r->zip->open);
        return oc_fail(err, OC_FORMAT, "cannot be read from the ZIP archive: %s", why ? why : "no reason is known");
    }
    r->ended = n == 0;
    return n;
}

static const struct oc_source_pull as_source = { read_member, free };

static struct member *find(struct oc_archives *a, const char *path)
{
    for (size_t i = 0; path && i < a->n; i++) {
        struct member *m = &a->member[(a->next + i) % a->n];
        if (strcmp(m->name, path) == 0) {
            a->next = (size_t)(m - a->member) + 1;
            return m;
        }
    }
    return NULL;
}

struct oc_source *oc_archive_open(struct oc_archives *a, const char *path, size_t max_window, bool *found,
                                  struct oc_err *err)
{
    struct member *m = a ? find(a, path) : NULL;
    struct archive_entry *entry;

    *found = m != NULL;
    if (!m)
        return NULL;
    struct zip *z = m->zip;
    if ((!z->open || z->at > m->index) && reopen(z, err))
        return NULL;
    while (z->at <= m->index) {
        const int rc = next_header(z, &entry, err);
        if (rc < 0)
            return NULL;
        if (rc == 0) {
            oc_fail(err, OC_DATA, "the archive changed while it was read");
            oc_at(err, z->path, 0, 0);
            return NULL;
        }
    }
    struct reading *r = malloc(sizeof *r);
    if (!r) {
        no_memory(err);
        return NULL;
    }
    *r = (struct reading){ .zip = z, .index = m->index };
    return oc_source_from(m->name, &as_source, r, max_window, err);
}

/* ---- expansion --------------------------------------------------------------------------------------------- */

static bool is_zip(const char *path)
{
    char first[4];
    struct stat st;

    if (strcmp(path, "-") == 0 || stat(path, &st) || !S_ISREG(st.st_mode))
        return false;
    FILE *f = fopen(path, "re");
    const bool yes = f && fread(first, 1, sizeof first, f) == sizeof first
                     && (memcmp(first, "PK\3\4", 4) == 0 || memcmp(first, "PK\5\6", 4) == 0);
    if (f)
        fclose(f);
    return yes;
}

size_t oc_archive_prefix(const char *path)
{
    size_t n = 0;

    for (const char *bang = strchr(path, '!'); bang && !n; bang = strchr(bang + 1, '!')) {
        char *file = strndup(path, (size_t)(bang - path));
        n = file && is_zip(file) ? strlen(file) : 0;
        free(file);
    }
    return n;
}

static int add_member(struct oc_archives *a, struct zip *z, struct archive_entry *entry, struct oc_err *err)
{
    const char *name = archive_entry_pathname(entry);
    struct oc_buf path = { 0 };

    if (!name)
        name = archive_entry_pathname_utf8(entry);
    if (!name) {
        oc_fail(err, OC_FORMAT, "member %zu of the archive has a name that cannot be read", z->at);
        return oc_at(err, z->path, 0, 0);
    }
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return 0;
    if (archive_entry_is_encrypted(entry)) {
        oc_fail(err, OC_FORMAT, "the member %s is encrypted", name);
        return oc_at(err, z->path, 0, 0);
    }
    if (a->n == a->cap) {
        const size_t cap = a->cap ? 2 * a->cap : 64;
        struct member *p = realloc(a->member, cap * sizeof *p);
        if (!p)
            return no_memory(err);
        a->member = p;
        a->cap = cap;
    }
    oc_buf_printf(&path, "%s!%s", z->path, name);
    oc_buf_str(&path);
    if (path.failed) {
        oc_buf_free(&path);
        return no_memory(err);
    }
    a->member[a->n++] = (struct member){ path.p, z, z->at - 1 };
    return 0;
}

static int list_members(struct oc_archives *a, const char *path, struct oc_err *err)
{
    struct zip *z = calloc(1, sizeof *z), **p = realloc(a->zip, (a->nzip + 1) * sizeof *p);
    const size_t before = a->n;
    struct archive_entry *entry;
    int rc;

    if (p)
        a->zip = p;
    if (!z || !p || !(z->path = strdup(path))) {
        free(z);
        return no_memory(err);
    }
    a->zip[a->nzip++] = z;
    if (reopen(z, err))
        return -1;
    while ((rc = next_header(z, &entry, err)) > 0)
        if (add_member(a, z, entry, err))
            return -1;
    archive_read_free(z->open);         /* a folder of archives must not hold as many files open */
    z->open = NULL;
    if (rc == 0 && a->n == before) {
        oc_fail(err, OC_FORMAT, "the ZIP archive has no members");
        rc = oc_at(err, path, 0, 0);
    }
    return rc;
}

/* Inputs and members in one list. */
static int list_inputs(struct oc_io *io, struct oc_archives *a, struct oc_err *err)
{
    size_t n = 0, m = 0;

    a->input = malloc((io->ninput + a->n) * sizeof *a->input);
    if (!a->input)
        return no_memory(err);
    for (size_t i = 0; i < io->ninput; i++) {
        if (m == a->n || strcmp(a->member[m].zip->path, io->input[i]) != 0)
            a->input[n++] = io->input[i];
        for (const struct zip *z = m < a->n ? a->member[m].zip : NULL;
             m < a->n && a->member[m].zip == z && strcmp(z->path, io->input[i]) == 0; m++)
            a->input[n++] = a->member[m].name;
    }
    a->before = io->input;
    a->nbefore = io->ninput;
    io->input = a->input;
    io->ninput = n;
    return 0;
}

int oc_archive_expand(struct oc_io *io, struct oc_err *err)
{
    for (size_t i = 0; i < io->ninput; i++) {
        if (!is_zip(io->input[i]))
            continue;
        if (!io->archives && !(io->archives = calloc(1, sizeof *io->archives)))
            return no_memory(err);
        if (list_members(io->archives, io->input[i], err))
            return -1;
    }
    return io->archives ? list_inputs(io, io->archives, err) : 0;
}

void oc_archive_close(struct oc_io *io)
{
    struct oc_archives *a = io->archives;

    if (!a)
        return;
    if (a->before) {
        io->input = a->before;
        io->ninput = a->nbefore;
    }
    for (size_t i = 0; i < a->n; i++)
        free(a->member[i].name);
    for (size_t i = 0; i < a->nzip; i++) {
        if (a->zip[i]->open)
            archive_read_free(a->zip[i]->open);
        free(a->zip[i]->path);
        free(a->zip[i]);
    }
    free(a->member);
    free(a->zip);
    free(a->input);
    free(a);
    io->archives = NULL;
}

/* ---- members by their paths, without a run ------------------------------------------------------------------- */

void oc_archive_drop(struct oc_archive_kept *k)
{
    oc_archive_close(&k->io);
    free((char *)(uintptr_t)k->path);
    k->path = NULL;
}

struct oc_source *oc_archive_source(struct oc_archive_kept *k, const char *path, size_t max_window, struct oc_err *err)
{
    struct stat st;
    const size_t n = stat(path, &st) == 0 ? 0 : oc_archive_prefix(path);
    bool found;

    if (!n)
        return oc_source_open(path, max_window, err);
    if (!k->path || strlen(k->path) != n || memcmp(k->path, path, n) != 0) {
        oc_archive_drop(k);
        if (!(k->path = strndup(path, n))) {
            no_memory(err);
            return NULL;
        }
        k->io = (struct oc_io){ .ninput = 1, .input = &k->path };
        if (oc_archive_expand(&k->io, err)) {
            oc_archive_drop(k);
            return NULL;
        }
    }
    struct oc_source *src = oc_archive_open(k->io.archives, path, max_window, &found, err);
    if (!found)
        oc_fail(err, OC_IO, "%s: the archive has no such member", path);
    return src;
}
