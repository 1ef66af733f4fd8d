/* sessionfiles - see sessionfiles.h. */
#include "app/sessionfiles.h"

#include "base/base64.h"
#include "base/readfile.h"
#include "model/spec.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- taking ---------------------------------------------------------------------------------------------- */

static int take(const char *path, const char *key, json_t *files, struct oc_err *err)
{
    struct oc_buf raw = { 0 }, text = { 0 };
    int rc = oc_readfile_input(path, OC_SESSIONFILES_MAX, &raw, err);

    if (rc == 0) {
        oc_base64_put(&text, raw.n ? raw.p : "", raw.n);
        if (text.failed || json_object_set_new(files, key, json_stringn(text.n ? text.p : "", text.n)))
            rc = oc_fail(err, OC_USAGE, "no memory for %s, or its name is not UTF-8", key);
    }
    oc_buf_free(&raw);
    oc_buf_free(&text);
    return rc;
}

/* "file=PATH" in a model's spec: where PATH begins and how long it is; NULL: none. */
static const char *inner_path(const struct oc_opt *o, const char *value, size_t *n)
{
    return strcmp(o->name, "model") == 0 ? oc_spec_place(value, "file", n) : NULL;
}

bool oc_sessionfiles_named(const struct oc_opt *o, const char *value)
{
    size_t n;

    return oc_opt_is_path(o, value) || inner_path(o, value, &n);
}

int oc_sessionfiles_take(const struct oc_opt *o, const char *value, json_t *files, struct oc_err *err)
{
    size_t n;
    const char *inner = inner_path(o, value, &n);

    if (strcmp(value, "-") == 0 && o->arg && strstr(o->arg, "FILE"))
        return oc_fail(err, OC_USAGE, "--%s: a session takes standard input for its chain only: name a file", o->name);
    if (oc_opt_is_path(o, value))
        return take(value, value, files, err);
    if (!inner)
        return 0;
    char *path = strndup(inner, n);
    const int rc = path ? take(path, path, files, err) : oc_fail(err, OC_MEMORY, "no memory for a path");
    free(path);
    return rc;
}

int oc_sessionfiles_take_input(const char *path, json_t *files, struct oc_err *err) { return take(path, "-", files, err); }

/* ---- giving back ----------------------------------------------------------------------------------------- */

static int put(int fd, const char *name, const json_t *content, struct oc_err *err)
{
    struct oc_buf raw = { 0 };
    int rc = 0;

    if (!json_is_string(content)
        || oc_base64_get(&raw, json_string_value(content), json_string_length(content)))
        rc = oc_fail(err, OC_FORMAT, "file '%s' of a session is no base64", name);
    if (rc == 0 && raw.failed)
        rc = oc_fail(err, OC_MEMORY, "no memory for %s", name);
    for (size_t at = 0; rc == 0 && at < raw.n;) {
        const ssize_t n = write(fd, raw.p + at, raw.n - at);
        if (n < 0 && errno != EINTR)
            rc = oc_fail_errno(err, OC_IO, "cannot keep %s in memory", name);
        at += n > 0 ? (size_t)n : 0;
    }
    oc_buf_free(&raw);
    return rc;
}

int oc_sessionfiles_open(struct oc_sessionfiles *f, const json_t *files, struct oc_err *err)
{
    const char *name;
    json_t *content;

    f->n = 0;
    f->file = calloc(json_object_size(files) + 1, sizeof *f->file);
    if (!f->file)
        return oc_fail(err, OC_MEMORY, "no memory for the files of a session");
    json_object_foreach((json_t *)files, name, content) {
        const int fd = memfd_create("session", MFD_CLOEXEC);
        if (fd < 0) {
            oc_fail_errno(err, OC_IO, "cannot keep %s in memory", name);
            oc_sessionfiles_close(f);
            return -1;
        }
        f->file[f->n].name = name;
        f->file[f->n].fd = fd;
        snprintf(f->file[f->n].path, sizeof f->file[f->n].path, "/proc/self/fd/%d", fd);
        f->n++;
        if (put(fd, name, content, err)) {
            oc_sessionfiles_close(f);
            return -1;
        }
    }
    return 0;
}

void oc_sessionfiles_close(struct oc_sessionfiles *f)
{
    for (size_t i = 0; i < f->n; i++)
        close(f->file[i].fd);
    free(f->file);
    *f = (struct oc_sessionfiles){ .n = 0 };
}

const char *oc_sessionfiles_path(const struct oc_sessionfiles *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->file[i].name, name) == 0)
            return f->file[i].path;
    return NULL;
}

const char *oc_sessionfiles_value(const struct oc_sessionfiles *f, const struct oc_opt *o, const char *value,
                                  struct oc_buf *room)
{
    const char *whole = oc_opt_is_path(o, value) ? oc_sessionfiles_path(f, value) : NULL;
    size_t n;
    const char *inner = inner_path(o, value, &n);

    if (whole || !inner)
        return whole ? whole : value;
    for (size_t i = 0; i < f->n; i++)
        if (strlen(f->file[i].name) == n && memcmp(f->file[i].name, inner, n) == 0) {
            room->n = 0;
            oc_buf_printf(room, "%.*s%s%s", (int)(inner - value), value, f->file[i].path, inner + n);
            return oc_buf_str(room);
        }
    return value;
}

static void replace(char *text, size_t size, const char *from, const char *to)
{
    struct oc_buf b = { 0 };
    const size_t n = strlen(from);

    for (const char *p = text; *p;) {
        if (strncmp(p, from, n) == 0 && (p[n] < '0' || p[n] > '9')) {
            oc_buf_puts(&b, to);
            p += n;
        } else {
            oc_buf_char(&b, *p++);
        }
    }
    snprintf(text, size, "%s", oc_buf_str(&b));
    oc_buf_free(&b);
}

void oc_sessionfiles_rename(const struct oc_sessionfiles *f, struct oc_err *err)
{
    for (size_t i = 0; i < f->n; i++) {
        const char *name = strcmp(f->file[i].name, "-") == 0 ? "stdin" : f->file[i].name;
        replace(err->text, sizeof err->text, f->file[i].path, name);
        replace(err->file, sizeof err->file, f->file[i].path, name);
    }
}
