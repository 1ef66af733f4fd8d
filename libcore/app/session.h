/*
 * session - simulations that can be stopped, resumed, changed, forked and replayed: what may be done to one, and when.
 *
 *     state          after            next      set       reset   fork
 *     Initialized    new, fork        yes       yes       yes     yes
 *     InProgress     next             yes       yes       yes     yes
 *     Modified       set, a shock     yes       yes       yes     yes
 *     Reinitialized  reset            yes       yes       yes     yes
 *     Completed      the last next    no        more      yes     yes       more: only if it adds steps
 *     Error          a step failed    no        yes       yes     earlier
 *
 * N steps are served as 0 .. N - 1: `next` serves the step that the session stands at, then it stands at the one after it.
 * Everything is one compare-and-swap: what loses the race has changed nothing.  `next` hands out nothing that is not
 * committed.
 * What was committed last can be had again (`expect`), to the byte: the session keeps the state that it began with.
 * The clock (desk.now) is written down for the time to live and reaches nothing else.
 */
#ifndef OC_APP_SESSION_H
#define OC_APP_SESSION_H

#include "app/sessionplan.h"
#include "store/session.h"

#define OC_SESSION_ANY UINT64_MAX       /* no step is expected */

struct oc_sessiondesk {
    struct oc_sessions *store;
    struct oc_sessionplans *plans;
    int64_t now;                        /* ns UTC */
};

/* All fill *out, which the caller frees.  OC_ABSENT: no such session; OC_STATE: not in this state, or the id is taken. */
int oc_session_get(const struct oc_sessiondesk *d, const char *id, struct oc_session_row *out, struct oc_err *err);
/* spec: of oc_sessionplan_gather(), checked; symbol and model are added to it. */
int oc_session_new(const struct oc_sessiondesk *d, const char *id, json_t *spec, int64_t ttl_s, struct oc_session_row *out,
                   struct oc_err *err);
/* set: an object of values, null clears; files: content of what they name. */
int oc_session_set(const struct oc_sessiondesk *d, const char *id, const json_t *set, const json_t *files,
                   struct oc_session_row *out, struct oc_err *err);
int oc_session_reset(const struct oc_sessiondesk *d, const char *id, struct oc_session_row *out, struct oc_err *err);
/*
 * A session `to_id` of the store `to` from the step `at` on (OC_SESSION_ANY: where it stands); shock: { "vol": "+10%" } or
 * NULL.
 */
int oc_session_fork(const struct oc_sessiondesk *d, const char *id, struct oc_sessions *to, const char *to_id, uint64_t at,
                    const json_t *shock, struct oc_session_row *out, struct oc_err *err);
int oc_session_remove(const struct oc_sessiondesk *d, const char *id, struct oc_err *err);

/* What a call of oc_session_serve() has handed out. */
struct oc_served { uint64_t first, n; bool replayed; };

/*
 * Up to n steps, from the one that the session stands at, as records into `out` in the form that io says; committed unless
 * `peek`.  Fewer where the session ends.
 *   expect   a step: OC_MOVED where the session stands at another, unless that step was served last (by several at once:
 *            among the last), when it is served again; OC_RACE where another was faster.  OC_SESSION_ANY: no matter which
 *   error    OC_COMPLETED: all steps are served; OC_STATE; of the walk itself: the session is in state Error then
 */
int oc_session_serve(const struct oc_sessiondesk *d, const char *id, uint64_t n, uint64_t expect, bool peek,
                     struct oc_io *io, struct oc_buf *out, struct oc_served *served, struct oc_err *err);
/* Steps from .. to - 1, straight to where io says (out NULL) or into `out`.  Nothing is changed. */
int oc_session_export(const struct oc_sessiondesk *d, const char *id, uint64_t from, uint64_t to, struct oc_io *io,
                      struct oc_buf *out, struct oc_err *err);

#endif
