/*
 * err - what went wrong, for the caller to act on and the user to read.
 *
 * A function that can fail returns 0 or -1 (or NULL) and fills the caller's struct oc_err.  libcore never
 * prints; cli's oc_exit() prints the message once and turns the code into the exit status.
 */
#ifndef OC_BASE_ERR_H
#define OC_BASE_ERR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Stable codes.  oc_err_name() gives the word that --errors json prints; oc-errors(7) lists them. */
enum oc_code {
    OC_OK = 0,
    OC_USAGE,           /* exit 2: wrong option or argument, nothing was written */
    OC_COLUMN,          /* exit 2: unknown, missing or doubled column */
    OC_EXISTS,          /* exit 2: a computed column has the name of one that is there */
    OC_AUTH,            /* exit 77: credentials refused */
    OC_IO,              /* exit 1: the system refused to open, read, write or close */
    OC_TRUNCATED,       /* exit 1: the input was cut */
    OC_FORMAT,          /* exit 1: not the format it should be, or hostile */
    OC_DATA,            /* exit 1: an unreadable cell, a ragged row, a missing input */
    OC_LIMIT,           /* exit 1: larger than a stated limit (--max-record, --max-batch, --max-rejects, ...) */
    OC_MEMORY,          /* exit 1: out of memory */
    OC_INTERNAL,        /* exit 1: a broken promise of our own, such as a row equation that does not hold */
    OC_TEMPORARY,       /* exit 75: a server is away or the run was interrupted; the same command resumes */
    OC_RULE,            /* exit 4: rules violated, or a difference found */
    OC_MOVED,           /* exit 4: a session stands at another step than the one expected */
    OC_STATE,           /* exit 4: the state that a session is in does not allow it */
    OC_RACE,            /* exit 75: somebody else changed the session first; the same command again resumes */
    OC_ABSENT,          /* exit 1: no session of that name */
    OC_COMPLETED,       /* exit 3: a session has served its last step */
    OC_INCOMPLETE       /* exit 3: done, but rows were rejected, left empty, or without an answer under --strict */
};

struct oc_err {
    enum oc_code code;
    char file[256];     /* input the error lies in; empty: none */
    uint64_t line;      /* from 1; 0: not known */
    unsigned column;    /* cell number from 1; 0: not known */
    char text[1024];    /* one sentence without a full stop */
};

/* Fill err (a deeper error that is there already is overwritten) and return -1. */
int oc_fail(struct oc_err *err, enum oc_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* As oc_fail, with ": " and the text of errno behind. */
int oc_fail_errno(struct oc_err *err, enum oc_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Put context in front of the text that is there: "context: text".  Returns -1. */
int oc_while(struct oc_err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* State the position.  file may be NULL (kept as it is).  Returns -1. */
int oc_at(struct oc_err *err, const char *file, uint64_t line, unsigned column);

const char *oc_err_name(enum oc_code code);     /* "usage", "unknown-column", ... */
int oc_err_status(enum oc_code code);           /* exit status of DESIGN.md */

#endif
