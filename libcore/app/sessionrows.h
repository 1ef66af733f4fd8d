/*
 * sessionrows - sessions as `session` records, for show, ls and whatever changes one.
 *
 * Columns are always the same: session, state, step, steps, seed, symbol, model, ts, ttl_s, parent, fork_step, spec.  step
 * is the one that `next` serves, ts its instant (missing where no step is left); spec is what the session was made from, as
 * options.
 * No clock is in them.
 */
#ifndef OC_APP_SESSIONROWS_H
#define OC_APP_SESSIONROWS_H

#include "record/run.h"
#include "store/session.h"

struct oc_sessionrow;
struct oc_sessionrows { size_t n, cap; struct oc_sessionrow *v; };

/* Copies what it shows. */
int oc_sessionrows_add(struct oc_sessionrows *r, const struct oc_session_row *s, struct oc_err *err);
/* As the output of the run, or into `out`. */
int oc_sessionrows_write(struct oc_sessionrows *r, struct oc_io *io, struct oc_buf *out, struct oc_err *err);
void oc_sessionrows_free(struct oc_sessionrows *r);

#endif
