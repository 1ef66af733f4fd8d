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

/* -v: what became of the records; -vv: what the values depend on. */
static void tell_run(const struct oc_prog *prog)
{
    const struct oc_opt *o = prog->opts;

    while (o->kind != OC_OPT_END && o->kind != OC_OPT_IO)
        o++;
    if (o->kind == OC_OPT_END || !o->io->count.blocks)
        return;
    const struct oc_io *io = o->io;
    const struct oc_count *c = &io->count;
    oc_say(OC_NOTE, "%llu records in, %llu out, %llu excluded by --where, %llu rejected, %llu malformed and kept, "
           "%llu with a reason in status", (unsigned long long)c->in, (unsigned long long)c->out,
           (unsigned long long)c->excluded, (unsigned long long)c->rejected, (unsigned long long)c->empty,
           (unsigned long long)c->unanswered);
    oc_say(OC_DEBUG, "options: %s; data: %s", io->options && *io->options ? io->options : "none",
           io->notes && *io->notes ? io->notes : "none");
}

/* --manifest of a command that writes no records by the loop would be silently missing. */
static bool lacks_manifest(const struct oc_prog *prog)
{
    const struct oc_opt *o = prog->opts;

    while (o->kind != OC_OPT_END && o->kind != OC_OPT_IO)
        o++;
    return o->kind == OC_OPT_IO && o->io->manifest && !o->io->manifested && !o->io->dry_run && !o->io->show_map;
}

int oc_exit(const struct oc_prog *prog, int rc, const struct oc_err *err)
{
    struct oc_err late = { 0 };
    int status = 0;

    tell_run(prog);
    if (rc == 0 && lacks_manifest(prog))
        rc = oc_fail(&late, OC_USAGE, "--manifest: this command makes no records that could be made again: it was not written");
    if (late.code)
        err = &late;
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
    oc_opt_free();
    return status;
}
