/*
 * sessioncmd - the sub-commands of oc-step that are about sessions.
 *
 * Whatever makes or changes a session writes its record (kind session, app/sessionrows.h); next, peek and export
 * write steps.
 */
#ifndef OC_APP_SESSIONCMD_H
#define OC_APP_SESSIONCMD_H

#include "app/sessionopts.h"
#include "app/step.h"
#include "cli/prog.h"

/*
 * Everything of sessions in the program `prog`, whose options fill `step` and `words`.  Make it before oc_opt_parse();
 * NULL: out of memory.
 */
struct oc_sessionprog *oc_sessioncmd_host(const struct oc_prog *prog, struct oc_step *step, struct oc_sessionwords *words);
void oc_sessioncmd_close(struct oc_sessionprog *s);
/* After oc_opt_parse(): does the command line ask for sessions? */
bool oc_sessioncmd_asked(const struct oc_sessionprog *s);
/* Do it.  Call oc_isa_check() before. */
int oc_sessioncmd_run(struct oc_sessionprog *s, int argc, char **argv, struct oc_err *err);

#endif
