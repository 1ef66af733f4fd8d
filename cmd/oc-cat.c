/* oc-cat - copy records: convert, concatenate, select, filter; compare, digest, or show them as a table */
#include "app/cat.h"
#include "app/diff.h"
#include "app/instants.h"
#include "app/table.h"
#include "cli/prog.h"
#include "math/isa.h"
#include "record/run.h"

#include <string.h>

/* --ts: records without `ts` get one. */
static int stamp(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    const struct oc_instants *in = ctx;
    int64_t *ts;

    if (!in->has_ts)
        return 0;
    if (oc_col(b, "ts"))
        return oc_fail(err, OC_USAGE, "--ts: the records have a column ts; -x ts leaves it out, in a run before");
    if (oc_add_i64(b, "ts", OC_TIME, &ts, NULL, err))
        return -1;
    for (size_t i = 0; i < b->rows; i++)
        ts[i] = in->ts;
    return 0;
}

/* What only the copying of records heeds must not be given in vain. */
static int check_idle(const struct oc_io *io, const char *shape, struct oc_err *err)
{
    const struct { bool given; const char *name; } idle[] = {
        { io->on_error != OC_ON_ERROR_STOP, "on-error" }, { io->only != NULL, "only" }, { io->ts != NULL, "ts" },
        { io->stats != NULL, "stats" }, { io->metrics != NULL, "metrics" }, { io->dry_run, "dry-run" },
        { io->provenance != NULL, "provenance" }, { io->manifest != NULL, "manifest" }, { io->show_map, "show-map" },
        { io->output_format && strcmp(shape, "diff") != 0, "output-format" },
    };

    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++)
        if (idle[i].given)
            return oc_fail(err, OC_USAGE, "%s does not go with --%s: run oc-cat twice", shape, idle[i].name);
    return 0;
}

static int run(struct oc_io *io, const char *shape, struct oc_diff_spec *diff, struct oc_instants *in,
               struct oc_err *err)
{
    if (!shape)
        return oc_run(io, &(struct oc_work){ .step = stamp, .partial = true, .ctx = in }, err);
    if (check_idle(io, shape, err))
        return -1;
    if (strcmp(shape, "digest") == 0)
        return oc_cat_digest(io, err);
    if (strcmp(shape, "--table") == 0)
        return oc_table(io, err);
    if (strcmp(shape, "--raw") == 0)
        return oc_cat_raw(io, err);
    if (strcmp(shape, "--columns") == 0)
        return oc_cat_columns(io, err);
    diff->list = io->output_format != NULL;
    if (diff->list && strcmp(io->output_format, "csv") != 0)
        return oc_fail(err, OC_USAGE, "diff writes a summary, or -O csv");
    return oc_diff(io, diff, err);
}

static int list_kinds(FILE *out, const char *value, struct oc_err *err)
{
    (void)value;
    return oc_cat_list_columns(out, NULL, err);
}

int main(int argc, char **argv)
{
    const char *command = NULL, *calendar = NULL;
    bool table = false, raw = false, columns = false;
    struct oc_diff_spec diff = { 0 };
    struct oc_io io = OC_IO_DEFAULT;
    const struct oc_opt opts[] = {
        { "digest", "[FILE ...]", "print a digest of the content of each FILE, whatever its framing and encoding",
          OC_COMMAND(&command), .max = 255 },
        { "diff", "A B", "compare two streams by key; status 4 where they differ", OC_COMMAND(&command), .min = 2,
          .max = 2 },
        { "table", NULL, "show the records as a table, for people", OC_FLAG(&table) },
        { "raw", NULL, "of a file that --rejects wrote, give the rows back as they came", OC_FLAG(&raw) },
        { "columns", NULL, "print the columns of the input: name, type, unit, name in the file", OC_FLAG(&columns) },
        { "key", "COLS", "diff: columns by commas that make rows the same (default the kind's; '' by position)",
          OC_STR(&diff.key), .of = "diff" },
        { "tolerance", "SPEC", "diff: [COLUMN=][abs:|rel:|ulp:]NUMBER,... within which numbers count as equal",
          OC_STR(&diff.tolerance), .of = "diff" },
        { "list-kinds", NULL, "print the kinds of records", OC_SHOW(list_kinds) },
        { "list-columns", "KIND", "print the columns of a kind; KIND mdoc: all, as in oc-columns(5)",
          OC_SHOW(oc_cat_list_columns) },
        { "calendar", "ID", "sessions that --at open and close mean", OC_STR(&calendar) },
        OC_IO_OPTS(&io),
        { 0 }
    };
    const struct oc_prog prog = { "oc-cat", "convert, concatenate, select, compare and show records", opts };
    struct oc_instants instants = { 0 };
    struct oc_err err = { 0 };

    int rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 0)
        rc = oc_isa_check(&err);
    if (rc == 0 && table + raw + columns + (command != NULL) > 1)
        rc = oc_fail(&err, OC_USAGE, "one of digest, diff, --table, --raw and --columns at a time");
    if (rc == 0)
        rc = oc_instants_open(&instants, &io, calendar, &err);
    const char *shape = command ? command : table ? "--table" : raw ? "--raw" : columns ? "--columns" : NULL;
    if (rc == 0)
        rc = run(&io, shape, &diff, &instants, &err);
    oc_instants_close(&instants);
    return oc_exit(&prog, rc, &err);
}
