/*
 * sessiontable - the option table of the program that sessions live in, and its variables: a plan's options are put there.
 */
#ifndef OC_APP_SESSIONTABLE_H
#define OC_APP_SESSIONTABLE_H

#include "app/sessionfiles.h"
#include "cli/prog.h"

struct oc_sessiontable;

/* Notes the defaults: call it before oc_opt_parse().  NULL: out of memory. */
struct oc_sessiontable *oc_sessiontable_open(const struct oc_prog *prog, struct oc_io *io);
void oc_sessiontable_close(struct oc_sessiontable *t);

/* The row of an option that is a part of what a session is made from, or NULL. */
struct oc_opt_row *oc_sessiontable_row(struct oc_sessiontable *t, const char *name);
/* OC_USAGE: no such option. */
int oc_sessiontable_unknown(const char *name, struct oc_err *err);

/*
 * All variables as the options say, the others at their defaults; the program's oc_io as well.  The texts that they point to
 * become a member of `options`, those of lists *words too (owned by the caller): both must outlive what is made from them.
 */
int oc_sessiontable_set(struct oc_sessiontable *t, json_t *options, const struct oc_sessionfiles *files, const char ***words,
                        struct oc_err *err);

#endif
