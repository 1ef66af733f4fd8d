/*
 * prog - what every program has: a name, a title, a table of options, and one way out.
 *
 *     int rc = oc_opt_parse(&prog, argc, argv, &err);
 *     if (rc == 0)
 *         rc = ...;
 *     return oc_exit(&prog, rc, &err);
 */
#ifndef OC_CLI_PROG_H
#define OC_CLI_PROG_H

#include "base/err.h"
#include "cli/io_opts.h"
#include "cli/opt.h"
#include "cli/say.h"

struct oc_prog {
    const char *name;               /* "oc-price" */
    const char *title;              /* one line, no capital, no full stop */
    const struct oc_opt *opts;      /* ends with { 0 } */
};

/*
 * The exit status of the run: rc < 0 is the failure that err describes, everything else is success unless stdout
 * cannot be flushed and closed.  Prints the message, once.  Call it last of all.
 */
int oc_exit(const struct oc_prog *prog, int rc, const struct oc_err *err);

#endif
