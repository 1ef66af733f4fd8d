/*
 * say - messages on stderr: warnings and notes on the way, the error at the end.
 *
 * Text is `oc-price: chain.csv:4711:7: bid: 'x' is not a number`; with --errors json the error is one JSON object a
 * line, {"program","code","status","file","line","column","text"}, and with --log-format json so is every other
 * message, {"program","level","text"}.  What was set by the options is kept for the process.
 */
#ifndef OC_CLI_SAY_H
#define OC_CLI_SAY_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

enum oc_level {
    OC_WARNING,     /* shown unless -q */
    OC_NOTE,        /* shown with -v */
    OC_DEBUG        /* shown with -vv */
};

struct oc_saying {
    const char *program;
    bool quiet;
    int verbose;
    bool errors_json, log_json;
};

void oc_say_set(const struct oc_saying *how);
void oc_say(enum oc_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The error, in the form that was chosen.  Shown with -q too. */
void oc_say_error(const struct oc_err *err);
/* A JSON string with its quotes.  Bytes that are not UTF-8 become U+FFFD. */
void oc_say_json(struct oc_buf *out, const char *text);

#endif
