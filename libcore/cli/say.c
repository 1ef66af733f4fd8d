/* say - see say.h. */
#include "cli/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How this process speaks: what its options said, once, before any thread starts. */
static struct oc_saying saying = { .program = "oc" };

void oc_say_set(const struct oc_saying *how) { saying = *how; }

/* Length of the UTF-8 sequence at s, or 0 when it is none. */
static size_t utf8(const unsigned char *s)
{
    const size_t n = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : s[0] >= 0xe0 && s[0] < 0xf0 ? 3
                   : s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;

    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] >= 0xa0) || (s[0] == 0xf0 && s[1] < 0x90)
        || (s[0] == 0xf4 && s[1] >= 0x90))
        return 0;       /* overlong, surrogate, beyond U+10FFFF */
    return n;
}

void oc_say_json(struct oc_buf *out, const char *text)
{
    oc_buf_char(out, '"');
    for (const unsigned char *s = (const unsigned char *)text; *s;) {
        const size_t n = utf8(s);
        if (n == 0)
            oc_buf_puts(out, "\xef\xbf\xbd");
        else if (*s == '"' || *s == '\\')
            oc_buf_printf(out, "\\%c", *s);
        else if (*s == '\n')
            oc_buf_puts(out, "\\n");
        else if (*s < 0x20 || *s == 0x7f)
            oc_buf_printf(out, "\\u%04x", *s);
        else
            oc_buf_put(out, s, n);
        s += n ? n : 1;
    }
    oc_buf_char(out, '"');
}

/* One write a message, so that the lines of several programs in a pipe do not mix. */
static void put(struct oc_buf *line)
{
    oc_buf_char(line, '\n');
    for (size_t done = 0; done < line->n;) {
        const ssize_t n = write(STDERR_FILENO, line->p + done, line->n - done);
        if (n <= 0)
            break;      /* nobody listens: there is nowhere to say so */
        done += (size_t)n;
    }
    oc_buf_free(line);
}

void oc_say(enum oc_level level, const char *fmt, ...)
{
    static const char *const words[] = { "warning", "note", "debug" };
    struct oc_buf line = { 0 };
    char text[2048];
    va_list ap;

    if (level == OC_WARNING ? saying.quiet : saying.verbose < (int)level)
        return;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (saying.log_json) {
        oc_buf_puts(&line, "{\"program\":");
        oc_say_json(&line, saying.program);
        oc_buf_printf(&line, ",\"level\":\"%s\",\"text\":", words[level]);
        oc_say_json(&line, text);
        oc_buf_char(&line, '}');
    } else {
        oc_buf_printf(&line, "%s: %s: %s", saying.program, words[level], text);
    }
    put(&line);
}

static void error_json(struct oc_buf *line, const struct oc_err *err)
{
    oc_buf_puts(line, "{\"program\":");
    oc_say_json(line, saying.program);
    oc_buf_printf(line, ",\"code\":\"%s\",\"status\":%d", oc_err_name(err->code), oc_err_status(err->code));
    if (err->file[0]) {
        oc_buf_puts(line, ",\"file\":");
        oc_say_json(line, err->file);
    }
    if (err->line)
        oc_buf_printf(line, ",\"line\":%llu", (unsigned long long)err->line);
    if (err->column)
        oc_buf_printf(line, ",\"column\":%u", err->column);
    oc_buf_puts(line, ",\"text\":");
    oc_say_json(line, err->text);
    oc_buf_char(line, '}');
}

void oc_say_error(const struct oc_err *err)
{
    struct oc_buf line = { 0 };

    if (saying.errors_json) {
        error_json(&line, err);
        put(&line);
        return;
    }
    oc_buf_printf(&line, "%s: ", saying.program);
    if (err->file[0])
        oc_buf_puts(&line, err->file);
    if (err->line)
        oc_buf_printf(&line, "%s%llu", err->file[0] ? ":" : "", (unsigned long long)err->line);
    if (err->line && err->column)
        oc_buf_printf(&line, ":%u", err->column);
    if (err->file[0] || err->line)
        oc_buf_puts(&line, ": ");
    oc_buf_puts(&line, err->text);
    put(&line);
}
