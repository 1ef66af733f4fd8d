/*
 * io_opts - the shared options as rows: see io_opts.h.
 *
 * Targets are offsets into struct oc_io.  What is not a plain variable there is read by a small function below.
 */
#include "cli/io_opts.h"

#include "base/num.h"
#include "cli/value.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char formats[] =
#define FORMAT(name) #name " "
#include "record/formats.def"
#undef FORMAT
    "";

/* ---- options that are more than a variable ---- */

static int set_on_error(void *ctx, const char *value, struct oc_err *err)
{
    static const struct { const char *word; enum oc_on_error what; } words[] = {
        { "stop", OC_ON_ERROR_STOP }, { "na", OC_ON_ERROR_NA }, { "skip", OC_ON_ERROR_SKIP }
    };
    struct oc_io *io = ctx;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(value, words[i].word) == 0) {
            io->on_error = words[i].what;
            return 0;
        }
    return oc_fail(err, OC_USAGE, "--on-error: '%s' is none of: stop na skip", value);
}

static int set_ts_unit(void *ctx, const char *value, struct oc_err *err)
{
    static const struct { const char *word; int64_t ns; } units[] = {
        { "s", 1000000000 }, { "ms", 1000000 }, { "us", 1000 }, { "ns", 1 }
    };
    struct oc_io *io = ctx;

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(value, units[i].word) == 0) {
            io->reading.ts_unit = units[i].ns;
            return 0;
        }
    return oc_fail(err, OC_USAGE, "--ts-unit: '%s' is none of: s ms us ns", value);
}

/* Words by commas; the empty cell is missing always and needs no word. */
static int set_na(void *ctx, const char *value, struct oc_err *err)
{
    struct oc_io *io = ctx;
    size_t n = 1;

    (void)err;
    for (const char *s = value; *s; s++)
        n += *s == ',';
    const char **words = oc_opt_alloc(n * sizeof *words);
    char *copy = strcpy(oc_opt_alloc(strlen(value) + 1), value), *rest = NULL;
    n = 0;
    for (char *w = strtok_r(copy, ",", &rest); w; w = strtok_r(NULL, ",", &rest))
        words[n++] = w;
    io->reading.na = words;
    io->reading.nna = n;
    return 0;
}

static int set_float(void *ctx, const char *value, struct oc_err *err)
{
    struct oc_io *io = ctx;
    struct oc_num_format f;

    if (oc_num_format_read(value, &f))
        return oc_fail(err, OC_USAGE, "--float: '%s' is none of: shortest fixed:N (N to %d) sig:N (N to 17)", value,
                       OC_NUM_DIGITS_MAX);
    io->number_format = f.style == OC_NUM_SHORTEST ? NULL : value;
    return 0;
}

static int set_max_rejects(void *ctx, const char *value, struct oc_err *err)
{
    struct oc_io *io = ctx;
    const char *why;
    bool percent;
    uint64_t n = 0;
    double share;

    if (oc_value_f64(value, &share, &percent, &why))
        return oc_fail(err, OC_USAGE, "--max-rejects: '%s' %s", value, why);
    if (percent ? share < 0 || share > 1 : oc_value_u64(value, &n, &why) != 0)
        return oc_fail(err, OC_USAGE, "--max-rejects: '%s' is neither a number of rows nor a share like 1%%", value);
    io->max_rejects = percent ? UINT64_MAX : n;
    io->max_reject_share = percent ? share : 1;
    return 0;
}

/* A plain decimal, "0.01" or "1e-2": it goes on as text and is applied exactly. */
static bool is_factor(const char *s)
{
    const char *why;
    double v;

    return *s && strspn(s, "0123456789.eE+-") == strlen(s) && oc_value_f64(s, &v, NULL, &why) == 0 && v != 0;
}

static void add_map(struct oc_io *io, struct oc_map m)
{
    if ((io->nmap & (io->nmap - 1)) == 0) {
        struct oc_map *more = oc_opt_alloc((io->nmap ? io->nmap * 2 : 1) * sizeof *more);
        if (io->nmap)
            memcpy(more, io->map, io->nmap * sizeof *more);
        io->map = more;
    }
    io->map[io->nmap++] = m;
}

/* One NAME=COLUMN[*FACTOR] at *at (writable); moves *at behind it and the comma. */
static int one_map(struct oc_io *io, char **at, struct oc_err *err)
{
    char *name = *at, *column = strchr(name, '='), *end, *factor = NULL;

    if (!column || column == name || memchr(name, ',', (size_t)(column - name)))
        return oc_fail(err, OC_USAGE, "--map: '%s' is not NAME=COLUMN", name);
    *column++ = '\0';
    if (*column == '"') {
        end = strchr(++column, '"');
        if (!end || (end[1] && end[1] != ',' && end[1] != '*'))
            return oc_fail(err, OC_USAGE, "--map: %s: the quote before %s is not closed", name, column);
        *end++ = '\0';
        if (*end == '*')
            factor = end + 1;
        end += strcspn(end, ",");
    } else {
        end = column + strcspn(column, ",");
        factor = memrchr(column, '*', (size_t)(end - column));
        if (factor)
            *factor++ = '\0';
    }
    *at = *end ? end + 1 : end;
    *end = '\0';
    if (!*column)
        return oc_fail(err, OC_USAGE, "--map: %s= names no column", name);
    if (factor && !is_factor(factor))
        return oc_fail(err, OC_USAGE, "--map: %s: '%s' is no factor; a column name with a star or a comma stands in "
                       "double quotes", name, factor);
    add_map(io, (struct oc_map){ .name = name, .column = column, .factor = factor });
    return 0;
}

static int set_map(void *ctx, const char *value, struct oc_err *err)
{
    char *at = strcpy(oc_opt_alloc(strlen(value) + 1), value);

    do {
        if (one_map(ctx, &at, err))
            return -1;
    } while (*at);
    return 0;
}

/* ---- the rows ---- */

#define IO(what, field) .kind = (what), .off = offsetof(struct oc_io, field)

const struct oc_opt oc_io_opts[] = {
    OC_SECTION("Input"),
    { "input-format", "FORMAT", "format of the input (default: recognised by its first bytes)",
      IO(OC_OPT_CHOICE, input_format), .choices = formats, .letter = 'I', .neutral = true },
    { "map", "NAME=COLUMN[*FACTOR],...", "read COLUMN of the file as NAME, times FACTOR, an exact decimal; a column "
      "name with a comma or a star stands in double quotes", OC_CALL(set_map, NULL), .letter = 'm', .repeats = true },
    { "show-map", NULL, "print which columns come from where, and end", IO(OC_OPT_FLAG, show_map), .neutral = true },
    { "kind", "KIND", "kind of the records, where header and program do not say it", IO(OC_OPT_STR, kind) },
    { "tz", "ZONE", "time zone of times without offset, such as America/New_York; without it they are errors",
      IO(OC_OPT_STR, tz) },
    { "ts-unit", "UNIT", "what a time that is a number counts since 1970; without it they are errors",
      OC_CALL(set_ts_unit, NULL), .choices = "s ms us ns" },
    { "at", "open|close|HH:MM@ZONE", "instant of a time that is a date alone; without it they are errors",
      IO(OC_OPT_STR, at) },
    { "ts", "INSTANT", "time of rows that have none, in RFC 3339", IO(OC_OPT_STR, ts) },
    { "na", "WORDS", "words by commas that mean missing in number and time columns "
      "(default NA,N/A,NaN,nan,null,NULL,-,--; the empty cell always does)", OC_CALL(set_na, NULL) },
    { "max-record", "BYTES", "refuse a longer record (default 1Mi)", IO(OC_OPT_SIZE, limits.max_record), .neutral = true },
    { "max-batch", "BYTES", "refuse a larger foreign Arrow batch, or whole chain (default 256Mi)", IO(OC_OPT_SIZE, limits.max_batch),
      .neutral = true },
    { "max-window", "BYTES", "refuse a larger zstd window (default 8Mi)", IO(OC_OPT_SIZE, max_window), .neutral = true },

    OC_SECTION("Rows"),
    { "where", "EXPR", "keep rows for which EXPR is true; the others do not appear", IO(OC_OPT_STR, where), .letter = 'w' },
    { "only", "EXPR", "compute rows for which EXPR is true; the others pass as they are", IO(OC_OPT_STR, only) },
    { "on-error", "stop|na|skip", "malformed input: stop, leave computed cells empty, or put the row into --rejects "
      "(default stop)", OC_CALL(set_on_error, NULL), .choices = "stop na skip", .initial = "stop" },
    { "rejects", "FILE", "where --on-error skip puts rows, verbatim, with position and reason", IO(OC_OPT_FILE, rejects),
      .neutral = true },
    { "max-rejects", "N|P%", "fail above so many rejected rows (default: no limit)", OC_CALL(set_max_rejects, NULL),
      .neutral = true },
    { "strict", NULL, "end with status 3 when a row has no answer", IO(OC_OPT_FLAG, strict), .neutral = true },

    OC_SECTION("Output"),
    { "output", "FILE", "write FILE instead of standard output, whole or not at all; its suffix chooses the format "
      "unless --output-format does", IO(OC_OPT_FILE, output), .letter = 'o', .neutral = true },
    { "output-format", "FORMAT", "format of the output (default csv; arrow when the record input is)",
      IO(OC_OPT_CHOICE, output_format), .choices = formats, .letter = 'O', .neutral = true },
    { "force", NULL, "write binary to a terminal", IO(OC_OPT_FLAG, force), .letter = 'f', .neutral = true },
    { "keep", "COLS", "columns by commas that the output has, in this order", IO(OC_OPT_STR, keep), .letter = 'k' },
    { "drop", "COLS", "columns by commas that the output has not", IO(OC_OPT_STR, drop), .letter = 'x' },
    { "suffix", "TEXT", "put TEXT behind the names of computed columns", IO(OC_OPT_STR, suffix), .conflicts = "replace" },
    { "replace", "COLS", "columns by commas that computed ones may overwrite", IO(OC_OPT_STR, replace) },
    { "float", "shortest|fixed:N|sig:N", "how computed numbers are printed (default shortest, which reads back exactly)",
      OC_CALL(set_float, NULL), .initial = "shortest" },
    { "compress", "LEVEL", "zstd level of the buffers of Arrow output; 0 is none (default 0)", IO(OC_OPT_INT, zstd_level),
      .neutral = true },
    { "provenance", "FILE", "write how the output was made, with digests of inputs and outputs, as JSON",
      IO(OC_OPT_FILE, provenance), .neutral = true },
    { "manifest", "FILE", "write what is needed to run this again and to see that it gives the same bytes: see oc verify",
      IO(OC_OPT_FILE, manifest), .neutral = true },
    { "no-provenance", NULL, "leave programs and options out of the Arrow schema", IO(OC_OPT_FLAG, no_provenance),
      .neutral = true, .conflicts = "provenance" },

    OC_SECTION("Running"),
    { "threads", "N", "threads that compute; 0 is one for each core; changes no byte (default 1)",
      IO(OC_OPT_UINT, threads), .letter = 'j', .neutral = true, .env = "OC_THREADS" },
    { "batch-rows", "N", "records in an internal batch; changes no byte (default: by size)",
      IO(OC_OPT_SIZE, limits.batch_rows), .neutral = true },
    { "dry-run", NULL, "read the header, print the plan, end", IO(OC_OPT_FLAG, dry_run), .neutral = true },

    OC_SECTION("Messages"),
    { "quiet", NULL, "no warnings", IO(OC_OPT_FLAG, quiet), .letter = 'q', .neutral = true },
    { "verbose", NULL, "tell what became of the records; twice, also what their values depend on", IO(OC_OPT_COUNT, verbose), .letter = 'v', .neutral = true },
    { "progress", "WHEN", "rows and rate on standard error (default auto: on a terminal, after 2 s)",
      IO(OC_OPT_CHOICE, progress), .choices = "auto always never", .neutral = true, .env = "OC_PROGRESS" },
    { "color", "WHEN", "colour on a terminal (default auto; NO_COLOR is never)", IO(OC_OPT_CHOICE, color),
      .choices = "auto always never", .neutral = true, .env = "OC_COLOR" },
    { "stats", "FILE", "write counts, times and peak memory as one JSON object", IO(OC_OPT_FILE, stats), .neutral = true },
    { "metrics", "FILE", "write the same as Prometheus text", IO(OC_OPT_FILE, metrics), .neutral = true },
    { "errors", "FORM", "the error as text or as a JSON object (default text)", IO(OC_OPT_CHOICE, errors),
      .choices = "text json", .neutral = true },
    { "log-format", "FORM", "the other messages as text or as JSON objects (default text)",
      IO(OC_OPT_CHOICE, log_format), .choices = "text json", .neutral = true },
    { 0 }
};

void oc_io_opts_environment(struct oc_io *io)
{
    const char *no = getenv("NO_COLOR");

    if (no && *no)
        io->color = "never";
}

int oc_io_opts_check(const struct oc_io *io, struct oc_err *err)
{
    if (io->on_error == OC_ON_ERROR_SKIP && !io->rejects)
        return oc_fail(err, OC_USAGE, "--on-error skip wants --rejects FILE, where the rows go");
    if (io->zstd_level > 19)
        return oc_fail(err, OC_USAGE, "--compress: %d is above 19", io->zstd_level);
    if (io->limits.max_record < 64 || io->limits.max_record > (size_t)1 << 30)
        return oc_fail(err, OC_USAGE, "--max-record: %zu is not between 64 and 1Gi", io->limits.max_record);
    return 0;
}
