/*
 * sessionfiles - the files that a plan's options name: taken into the plan, and given back under paths of memory.
 */
#ifndef OC_APP_SESSIONFILES_H
#define OC_APP_SESSIONFILES_H

#include "base/buf.h"
#include "base/err.h"
#include "cli/opt.h"

#include <jansson.h>

enum { OC_SESSIONFILES_MAX = 64 << 20 };    /* bytes of one file */

/* Take what the value of that option names, if it names a file, into `files`. */
int oc_sessionfiles_take(const struct oc_opt *o, const char *value, json_t *files, struct oc_err *err);
/* The main input under the name "-"; path NULL or "-": standard input. */
int oc_sessionfiles_take_input(const char *path, json_t *files, struct oc_err *err);

/* Files put into memory for the time that a stepper is opened. */
struct oc_sessionfiles { size_t n; struct { const char *name; int fd; char path[32]; } *file; };
int oc_sessionfiles_open(struct oc_sessionfiles *f, const json_t *files, struct oc_err *err);
void oc_sessionfiles_close(struct oc_sessionfiles *f);
/* The path of a file, or NULL where the plan does not carry it. */
const char *oc_sessionfiles_path(const struct oc_sessionfiles *f, const char *name);
/* Does that value of the option name a file, whole or inside of a model's spec?  By its spelling: none is looked for. */
bool oc_sessionfiles_named(const struct oc_opt *o, const char *value);
/*
 * An option's value with the path of memory in place of the name: the value itself where it names no file.  Owned by *room.
 */
const char *oc_sessionfiles_value(const struct oc_sessionfiles *f, const struct oc_opt *o, const char *value,
                                  struct oc_buf *room);
/* An error as if the files lay under their names. */
void oc_sessionfiles_rename(const struct oc_sessionfiles *f, struct oc_err *err);

#endif
