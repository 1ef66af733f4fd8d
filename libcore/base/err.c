/* err - error records: see err.h.  Messages are cut at the size of the field, never an error themselves. */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct { const char *name; int status; } codes[] = {
    [OC_OK]         = { "ok", 0 },
    [OC_USAGE]      = { "usage", 2 },
    [OC_COLUMN]     = { "column", 2 },
    [OC_EXISTS]     = { "column-exists", 2 },
    [OC_AUTH]       = { "credentials-refused", 77 },
    [OC_IO]         = { "io", 1 },
    [OC_TRUNCATED]  = { "truncated", 1 },
    [OC_FORMAT]     = { "format", 1 },
    [OC_DATA]       = { "data", 1 },
    [OC_LIMIT]      = { "limit", 1 },
    [OC_MEMORY]     = { "memory", 1 },
    [OC_INTERNAL]   = { "internal", 1 },
    [OC_TEMPORARY]  = { "temporary", 75 },
    [OC_RULE]       = { "rule", 4 },
    [OC_MOVED]      = { "moved-on", 4 },
    [OC_STATE]      = { "state", 4 },
    [OC_RACE]       = { "lost-race", 75 },
    [OC_ABSENT]     = { "no-session", 1 },
    [OC_COMPLETED]  = { "completed", 3 },
    [OC_INCOMPLETE] = { "incomplete", 3 },
};

const char *oc_err_name(enum oc_code code) { return codes[code].name; }
int oc_err_status(enum oc_code code) { return codes[code].status; }

static void fill(struct oc_err *err, enum oc_code code, const char *fmt, va_list ap)
{
    err->code = code;
    err->file[0] = '\0';
    err->line = 0;
    err->column = 0;
    vsnprintf(err->text, sizeof err->text, fmt, ap);
}

int oc_fail(struct oc_err *err, enum oc_code code, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    fill(err, code, fmt, ap);
    va_end(ap);
    return -1;
}

int oc_fail_errno(struct oc_err *err, enum oc_code code, const char *fmt, ...)
{
    const int saved = errno;
    va_list ap;

    va_start(ap, fmt);
    fill(err, code, fmt, ap);
    va_end(ap);
    const size_t n = strlen(err->text);
    snprintf(err->text + n, sizeof err->text - n, ": %s", strerror(saved));
    return -1;
}

int oc_while(struct oc_err *err, const char *fmt, ...)
{
    char old[sizeof err->text];
    va_list ap;

    memcpy(old, err->text, sizeof old);
    va_start(ap, fmt);
    vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    const size_t n = strlen(err->text);
    snprintf(err->text + n, sizeof err->text - n, ": %.*s", (int)(sizeof old - 1), old);
    return -1;
}

int oc_at(struct oc_err *err, const char *file, uint64_t line, unsigned column)
{
    if (file)
        snprintf(err->file, sizeof err->file, "%s", file);
    err->line = line;
    err->column = column;
    return -1;
}
