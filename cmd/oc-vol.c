/* oc-vol - what a chain says of its forwards */
#include "app/forward.h"
#include "cli/prog.h"
#include "math/isa.h"

#include <math.h>
#include <stdio.h>

/* Ids of the data that values depend on, for the metadata. */
static void note(struct oc_io *io, const struct oc_roots *roots, char *buf, size_t size)
{
    snprintf(buf, size, "roots=%s%s%s", oc_root_version(roots), io->notes ? " " : "", io->notes ? io->notes : "");
    io->notes = buf;
}

int main(int argc, char **argv)
{
    const char *command = NULL, *day_count = "act/365";
    char notes[400];
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_instants instants = { 0 };
    struct oc_roots *roots = NULL;
    struct oc_forward f = { OC_FORWARD_DEFAULT,
                            .price.terms = { .instants = &instants, .lock = PTHREAD_MUTEX_INITIALIZER } };
    struct oc_terms *terms = &f.price.terms;
    const struct oc_opt opts[] = {
        { "forward", "[FILE ...]", "forward and rate of every expiry by put-call parity, appended to its quotes",
          OC_COMMAND(&command), .max = 255 },
        OC_FORWARD_OPTS(&f),
        { "calendar", "ID", "calendar of rows that name none and whose root is not listed", OC_STR(&terms->calendar) },
        { "day-count", "COUNT", "years between two instants (default act/365)",
          OC_CHOICE(&day_count, "act/365 act/360 act/365.25 act/act 30/360 bus/252") },
        OC_IO_OPTS(&io), { 0 }
    };
    const struct oc_prog prog = { "oc-vol", "what a chain says of its forwards", opts };
    struct oc_err err = { 0 };

    int rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 0 && !command)
        rc = oc_fail(&err, OC_USAGE, "a command is needed: forward");
    if (rc == 0)
        rc = oc_isa_check(&err);
    if (rc == 0)
        rc = oc_years_find(day_count, &terms->day_count, &err);
    if (rc == 0)
        rc = oc_instants_open(&instants, &io, terms->calendar, &err);
    if (rc == 0)
        rc = oc_root_open(&roots, &err);
    terms->roots = roots;
    if (rc == 0)
        note(&io, roots, notes, sizeof notes);
    if (rc == 0)
        rc = oc_price_curve(&f.price, &io, f.curve, &err);
    if (rc == 0)
        rc = oc_forward_run(&f, &io, &err);
    oc_price_close(&f.price);
    oc_root_free(roots);
    oc_instants_close(&instants);
    return oc_exit(&prog, rc, &err);
}
