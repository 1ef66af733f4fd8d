/*
 * session - where sessions live: one small interface, one file and one row of sessions.def for each kind of store.
 *
 * A session is a record with a version; every change is a compare-and-swap on the version, so of two writers one wins
 * and the other is told.  Times are the caller's (ns UTC); a store never reads a clock for what it hands out.
 */
#ifndef OC_STORE_SESSION_H
#define OC_STORE_SESSION_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_SESSION_ID = 64 };

struct oc_session_row {             /* not market/calendar.h's session of a trading day */
    char id[OC_SESSION_ID + 1];     /* [A-Za-z0-9._-]{1,64} */
    uint64_t version;               /* 1 at creation, one more with each change */
    char state[16];                 /* Initialized InProgress Modified Reinitialized Completed Error */
    uint64_t step, steps, seed;     /* step: the one that `next` serves */
    int64_t written;                /* of the last write, for the time to live; ns UTC */
    int64_t ttl_s;                  /* 0: for ever */
    char parent[OC_SESSION_ID + 1];
    uint64_t fork_step;
    struct oc_buf spec;             /* canonical text of the plan; owned */
    struct oc_buf blob;             /* state of the walk at `step` */
    struct oc_buf last;             /* state at the step served last, to serve it again; empty: none yet */
};

enum oc_session_get { OC_SESSION_NONE = 0, OC_SESSION_FOUND = 1 };

struct oc_sessions;                 /* an open store */

struct oc_session_store {
    const char *scheme;             /* "sqlite" */
    int (*open)(const char *rest, bool create, void **self, struct oc_err *err);
    void (*close)(void *self);
    int (*call)(void *self, const char *name, struct oc_err *err);     /* its name in messages */
    /* 1, 0, -1 */
    int (*get)(void *self, const char *id, struct oc_session_row *out, struct oc_err *err);
    /* 1; 0: the id exists; -1 */
    int (*create)(void *self, const struct oc_session_row *s, struct oc_err *err);
    /* 1; 0: version moved on; -1 */
    int (*swap)(void *self, const struct oc_session_row *s, uint64_t version, struct oc_err *err);
    /* 1; 0: not there, or not of that version; -1 */
    int (*remove)(void *self, const char *id, uint64_t version, struct oc_err *err);
    int (*list)(void *self, int (*see)(void *ctx, const struct oc_session_row *s, struct oc_err *err), void *ctx,
                struct oc_err *err);
};

/*
 * "sqlite:FILE#ID": the store opened, the id in id[] (empty where the URL has none; the last # counts).  OC_USAGE for
 * what is no such URL; with create a file that is not there is made.
 */
int oc_sessions_open(const char *url, bool create, struct oc_sessions **out, char id[OC_SESSION_ID + 1], struct oc_err *err);
void oc_sessions_close(struct oc_sessions *s);
/* The scheme and place without the id, for messages. */
const char *oc_sessions_name(const struct oc_sessions *s);
/* In messages the store is called so from now on: for those whose reader is not to learn where it lies. */
int oc_sessions_call(struct oc_sessions *s, const char *name, struct oc_err *err);
int oc_sessions_get(struct oc_sessions *s, const char *id, struct oc_session_row *out, struct oc_err *err);
int oc_sessions_create(struct oc_sessions *s, const struct oc_session_row *session, struct oc_err *err);
int oc_sessions_swap(struct oc_sessions *s, const struct oc_session_row *session, uint64_t version, struct oc_err *err);
/* version 0: whatever it is; else only while that is its version. */
int oc_sessions_remove(struct oc_sessions *s, const char *id, uint64_t version, struct oc_err *err);
int oc_sessions_list(struct oc_sessions *s, int (*see)(void *ctx, const struct oc_session_row *s, struct oc_err *err),
                     void *ctx, struct oc_err *err);
void oc_session_free(struct oc_session_row *s);
/* Is that an id?  OC_USAGE in words. */
int oc_session_id(const char *id, size_t n, struct oc_err *err);

extern const struct oc_session_store *const oc_session_stores[];    /* NULL-terminated, from sessions.def */

#endif
