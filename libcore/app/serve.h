/*
 * serve - sessions as a service: requests as JSON lines on the input, an answer to each as a JSON line on the output.
 *
 *     {"id": 1, "op": "create", "session": "a", "options": {"model": ["heston:..."], "steps": "250"}, "chain": "..."}
 *     {"id": 1, "ok": true, "session": {"session": "a", "state": "Initialized", ...}}
 *     {"id": 2, "ok": false, "error": {"code": "no-session", "message": "...", "field": "session"}}
 *
 *     op       members besides id, op (? may be left out)         answers, besides id, ok
 *     create   session, options, chain?, files?, ttl?             session
 *     next     session, n?, expect_step?                          first, n, replayed, records
 *     peek     session, n?, expect_step?                          first, n, records
 *     set      session, set (null clears), files?                 session
 *     reset    session                                            session
 *     fork     session, as, at?, shock?                           session
 *     show     session                                            session
 *     list                                                        sessions
 *     export   session, from_step?, to_step?                      first, n, records
 *     delete   session                                            -
 *
 * id is any JSON value and comes back.  options are texts as on the command line, or numbers; arrays of strings, or one
 * string, for those that are repeated; true and false for switches.  files: what options name, text or {"base64": "..."}; chain: the snapshot,
 * in the same way.  No file of this machine can be named.  records are what oc-step -O jsonl writes.
 * A request that cannot be answered gets an error, and the next line is a new request.
 */
#ifndef OC_APP_SERVE_H
#define OC_APP_SERVE_H

#include "app/session.h"

#include <stdbool.h>

enum { OC_SERVE_STEPS = 10000, OC_SERVE_DEPTH = 64 };   /* steps of one answer; how deep a request may nest */

/* Until the input ends.  clock: read it for every request (else desk->now stands). */
int oc_serve_run(struct oc_sessiondesk *d, bool clock, const struct oc_io *io, struct oc_err *err);

#endif
