/* prog - the way out: see prog.h. */
#include "cli/prog.h"

#include <errno.h>
#include <stdio.h>
#include <stdio_ext.h>

/* Flush and close stdout.  A descriptor that was never open matters only when something was printed. */
static int close_stdout(struct oc_err *err)
{
    const int pending = __fpending(stdout) > 0;

    if (fflush(stdout) != 0)
        return oc_fail_errno(err, OC_IO, "cannot write to stdout");
    if (ferror(stdout))
        return oc_fail(err, OC_IO, "cannot write to stdout");
    if (fclose(stdout) != 0 && (pending || errno != EBADF))
        return oc_fail_errno(err, OC_IO, "cannot write to stdout");
    return 0;
}

int oc_exit(const struct oc_prog *prog, int rc, const struct oc_err *err)
{
    struct oc_err late = { 0 };
    int status = 0;

    if (rc < 0) {
        struct oc_err silent = { .code = OC_INTERNAL, .text = "failed without a reason" };
        const struct oc_err *what = err->code == OC_OK ? &silent : err;
        oc_say_error(what);
        status = oc_err_status(what->code);
    }
    if (close_stdout(&late)) {
        if (rc >= 0)
            oc_say_error(&late);
        /* of two reasons the one that DESIGN.md puts first: 2, 77, 1, 75, 4, 3 */
        if (status == 0 || status == 3 || status == 4 || status == 75)
            status = oc_err_status(late.code);
    }
    (void)prog;
    oc_opt_free();
    return status;
}
