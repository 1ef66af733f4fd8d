/* manifestfile - see manifestfile.h. */
#include "app/manifestfile.h"

#include "base/readfile.h"
#include "cli/arguments.h"
#include "record/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MANIFEST_MAX = 16 << 20 };

static const char *text_of(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

static int read_entries(const json_t *list, bool outputs, struct oc_manifest_entry **entry, size_t *n)
{
    *n = json_array_size(list);
    *entry = calloc(*n + 1, sizeof **entry);
    if (!json_is_array(list) || !*entry)
        return -1;
    for (size_t i = 0; i < *n; i++) {
        const json_t *o = json_array_get(list, i), *bytes = json_object_get(o, "bytes");
        struct oc_manifest_entry *e = &(*entry)[i];
        *e = (struct oc_manifest_entry){ .option = text_of(o, "option"), .name = text_of(o, "name"),
                                         .bytes = (uint64_t)json_integer_value(bytes), .sha256 = text_of(o, "sha256") };
        if (!e->name || !json_is_integer(bytes) || !e->sha256 || strlen(e->sha256) != OC_SHA256_HEX - 1
            || strspn(e->sha256, "0123456789abcdef") != OC_SHA256_HEX - 1)
            return -1;
        if (outputs && (!e->option || (strcmp(e->option, "output") != 0 && strcmp(e->option, "rejects") != 0
                                       && !oc_opt_in(oc_arguments_beside, e->option, strlen(e->option)))))
            return -1;
    }
    return 0;
}

/* Options first, each one that a manifest may have; "--"; then anything. */
static int read_arguments(const json_t *list, struct oc_manifest *m)
{
    bool operands = false;

    m->nargument = json_array_size(list);
    m->argument = calloc(m->nargument + 1, sizeof *m->argument);
    if (!json_is_array(list) || !m->argument)
        return -1;
    for (size_t i = 0; i < m->nargument; i++) {
        const char *word = m->argument[i] = json_string_value(json_array_get(list, i));
        if (!word || (!operands && strcmp(word, "--") != 0 && !oc_arguments_repeatable(word)))
            return -1;
        operands |= strcmp(word, "--") == 0;
    }
    return 0;
}

static bool is_program(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

    return name && strncmp(name, "oc-", 3) == 0 && name[3] && strspn(name + 3, letters) == strlen(name + 3);
}

static int read_members(struct oc_manifest *m)
{
    const json_t *status = json_object_get(m->root, "status");

    m->program = text_of(m->root, "program");
    m->version = text_of(m->root, "version");
    m->data = text_of(m->root, "data");
    m->status = (int)json_integer_value(status);
    if (json_integer_value(json_object_get(m->root, "manifest")) != 1 || !is_program(m->program) || !m->version || !m->data
        || !json_is_integer(status) || m->status < 0 || m->status > 4)
        return -1;
    return read_arguments(json_object_get(m->root, "arguments"), m)
        || read_entries(json_object_get(m->root, "inputs"), false, &m->input, &m->ninput)
        || read_entries(json_object_get(m->root, "outputs"), true, &m->output, &m->noutput) ? -1 : 0;
}

int oc_manifestfile_read(const char *path, struct oc_manifest *m, struct oc_err *err)
{
    struct oc_buf text = { 0 };
    json_error_t why;

    *m = (struct oc_manifest){ .root = NULL };
    if (oc_readfile(path, MANIFEST_MAX, &text, err))
        return -1;
    m->root = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &why);
    oc_buf_free(&text);
    if (!m->root)
        oc_fail(err, OC_FORMAT, "no JSON: %s", why.text);
    else if (!json_object_get(m->root, "manifest"))
        oc_fail(err, OC_FORMAT, "not a file of --manifest");
    else if (read_members(m))
        oc_fail(err, OC_FORMAT, "a manifest that --manifest did not write");
    else
        return 0;
    oc_manifestfile_free(m);
    return oc_at(err, path, 0, 0);
}

void oc_manifestfile_free(struct oc_manifest *m)
{
    json_decref(m->root);
    free(m->argument);
    free(m->input);
    free(m->output);
    *m = (struct oc_manifest){ .root = NULL };
}

/* The bytes as they lie in the file. */
static int digest_raw(const char *path, struct oc_sha256 *sha, uint64_t *bytes, struct oc_err *err)
{
    char chunk[1 << 15];
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = -1;

    while (fd >= 0 && (n = read(fd, chunk, sizeof chunk)) > 0) {
        oc_sha256_add(sha, chunk, (size_t)n);
        *bytes += (uint64_t)n;
    }
    if (n < 0)
        oc_fail_errno(err, OC_IO, "%s cannot be read", path);
    if (fd >= 0)
        close(fd);
    return n < 0 ? -1 : 0;
}

static int digest_plain(struct oc_source *src, struct oc_sha256 *sha, uint64_t *bytes, struct oc_err *err)
{
    char chunk[1 << 15];
    ptrdiff_t n = src ? 0 : -1;

    while (src && (n = oc_source_read(src, chunk, sizeof chunk, err)) > 0) {
        oc_sha256_add(sha, chunk, (size_t)n);
        *bytes += (uint64_t)n;
    }
    oc_source_close(src);
    return n < 0 ? -1 : 0;
}

int oc_manifestfile_digest_source(struct oc_source *src, char hex[OC_SHA256_HEX], uint64_t *bytes, struct oc_err *err)
{
    struct oc_sha256 sha;

    *bytes = 0;
    oc_sha256_init(&sha);
    if (digest_plain(src, &sha, bytes, err))
        return -1;
    oc_sha256_hex(&sha, hex);
    return 0;
}

int oc_manifestfile_digest(const char *path, char hex[OC_SHA256_HEX], uint64_t *bytes, struct oc_err *err)
{
    struct oc_sha256 sha;

    *bytes = 0;
    oc_sha256_init(&sha);
    if (digest_raw(path, &sha, bytes, err))
        return -1;
    oc_sha256_hex(&sha, hex);
    return 0;
}
