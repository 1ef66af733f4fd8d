/*
 * oc - front end: `oc price ...` runs `oc-price ...`; and what concerns the toolkit as a whole.
 *
 * A program is looked for beside oc itself, then in PATH.
 */
#include "cli/prog.h"
#include "app/reproduce.h"
#include "base/nearest.h"
#include "cli/verify.h"
#include "market/calendar.h"
#include "math/isa.h"
#include "record/kind.h"

#include <csv.h>
#include <dirent.h>
#include <errno.h>
#include <gsl/gsl_version.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { PROGRAMS_MAX = 64 };

/* ---- the programs ---- */

/* The directory that this program lies in, "" where the system does not say. */
static void own_directory(char dir[PATH_MAX])
{
    const ssize_t n = readlink("/proc/self/exe", dir, PATH_MAX - 1);

    dir[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(dir, '/');
    if (slash)
        *slash = '\0';
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Names of the programs beside this one, without "oc-", sorted.  Owned by the options' memory. */
static size_t find_programs(const char *names[PROGRAMS_MAX])
{
    char dir[PATH_MAX], path[PATH_MAX + 300];
    size_t n = 0;

    own_directory(dir);
    DIR *d = opendir(dir);
    for (struct dirent *e; d && n < PROGRAMS_MAX && (e = readdir(d));) {
        snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        if (strncmp(e->d_name, "oc-", 3) == 0 && strcspn(e->d_name, ".~") == strlen(e->d_name) && access(path, X_OK) == 0)
            names[n++] = strcpy(oc_opt_alloc(strlen(e->d_name)), e->d_name + 3);
    }
    if (d)
        closedir(d);
    qsort(names, n, sizeof *names, by_name);
    return n;
}

/* Become oc-NAME with the rest of the words.  Comes back only when there is none. */
static int run_program(const char *name, char **argv, struct oc_err *err)
{
    char dir[PATH_MAX], path[PATH_MAX + 300], program[256];
    const char *names[PROGRAMS_MAX];

    if (strchr(name, '/') || strlen(name) > 200)
        return oc_fail(err, OC_USAGE, "'%s' is no program's name", name);
    snprintf(program, sizeof program, "oc-%s", name);
    own_directory(dir);
    snprintf(path, sizeof path, "%s/%s", dir, program);
    argv[0] = program;
    execv(path, argv);
    if (errno == ENOENT || errno == ENOTDIR)
        execvp(program, argv);
    if (errno != ENOENT)
        return oc_fail_errno(err, OC_IO, "cannot run %s", program);
    const char *near = oc_nearest(name, find_programs(names), names);
    return oc_fail(err, OC_USAGE, "no program '%s' beside oc or in PATH%s%s%s", program, near ? "; did you mean oc " : "",
                   near ? near : "", near ? "?" : "");
}

/* What the program says of itself: the title in `PROGRAM --help=json`.  -1: it does not answer. */
static int program_title(const char *path, char *title, size_t size)
{
    char text[4096];
    size_t n = 0;
    int fd[2], status;

    title[0] = '\0';
    if (pipe(fd))
        return -1;
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(fd[1], STDOUT_FILENO);
        close(fd[0]);
        close(fd[1]);
        execl(path, path, "--help=json", (char *)NULL);
        _exit(127);
    }
    close(fd[1]);
    for (ssize_t got; pid > 0 && n < sizeof text - 1 && (got = read(fd[0], text + n, sizeof text - 1 - n)) > 0;)
        n += (size_t)got;
    close(fd[0]);       /* the rest of the answer is not wanted: the program may die of it */
    if (pid < 0 || waitpid(pid, &status, 0) < 0)
        return -1;
    text[n] = '\0';
    const char *at = strstr(text, "\"title\":\"");
    if (!at)
        return -1;
    at += strlen("\"title\":\"");
    snprintf(title, size, "%.*s", (int)strcspn(at, "\""), at);
    return 0;
}

static int list(struct oc_err *err)
{
    char dir[PATH_MAX], path[PATH_MAX + 300], title[160];
    const char *names[PROGRAMS_MAX];
    const size_t n = find_programs(names);

    own_directory(dir);
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/oc-%s", dir, names[i]);
        if (program_title(path, title, sizeof title))
            oc_say(OC_WARNING, "%s does not answer", path);
        else
            printf("oc-%-10s %s\n", names[i], title);
    }
    return n ? 0 : oc_fail(err, OC_IO, "no programs beside oc in %s", dir);
}

/* ---- doctor: one line a finding ---- */

static void finding(int *missing, bool good, bool needed, const char *what, const char *detail)
{
    printf("%-7s %-14s %s\n", good ? "ok" : needed ? "missing" : "warn", what, detail);
    *missing += !good && needed;
}

static void look_at_processor(int *missing)
{
    struct oc_err err = { 0 };
    char text[sizeof err.text];

    if (oc_isa_check(&err)) {
        finding(missing, false, true, "processor", err.text);
        return;
    }
    snprintf(text, sizeof text, "%s in use; has%s%s%s; %ld cores", oc_isa_name(oc_isa()),
             oc_isa_has(OC_ISA_AVX512) ? " avx512" : "", oc_isa_has(OC_ISA_AVX2) ? " avx2" : "",
             oc_isa_has(OC_ISA_BASE) ? " base" : "", sysconf(_SC_NPROCESSORS_ONLN));
    finding(missing, true, true, "processor", text);
}

static void look_at_zones(int *missing)
{
    struct oc_zone *zone = NULL;
    struct oc_err err = { 0 };
    char text[128];

    if (oc_zone_open("America/New_York", &zone, &err)) {
        finding(missing, false, true, "time zones", err.text);
        return;
    }
    snprintf(text, sizeof text, "America/New_York is there, data %s", oc_zone_version(zone));
    finding(missing, true, true, "time zones", text);
    oc_zone_free(zone);
}

static void look_at_calendars(int *missing)
{
    static const char *const ids[] = { "XNYS", "XCBO", "CME_GLOBEX", "FX_24_5", "CRYPTO_24_7" };

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct oc_calendar *cal = NULL;
        struct oc_err err = { 0 };
        char text[sizeof err.text];
        const bool good = oc_calendar_open(ids[i], &cal, &err) == 0;
        if (good)
            snprintf(text, sizeof text, "%s %s, %s", ids[i], oc_calendar_version(cal), oc_calendar_title(cal));
        finding(missing, good, true, "calendar", good ? text : err.text);
        oc_calendar_free(cal);
    }
}

static void look_at_system(int *missing)
{
    char text[256];
    long pipe_size = 0;
    FILE *f = fopen("/proc/sys/fs/pipe-max-size", "r");

    if (f) {
        if (fscanf(f, "%ld", &pipe_size) != 1)
            pipe_size = 0;
        fclose(f);
    }
    snprintf(text, sizeof text, "up to %ld KiB; 1024 are asked for", pipe_size / 1024);
    finding(missing, pipe_size >= 1 << 20, false, "pipes", pipe_size ? text : "size not known");
    const long pages = sysconf(_SC_AVPHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    snprintf(text, sizeof text, "%ld MiB free", pages / 1024 * page / 1024);
    finding(missing, pages / 1024 * page / 1024 >= 64, false, "memory", text);
    snprintf(text, sizeof text, "zstd %s, zlib %s, gsl %s, csv %d.%d.%d", ZSTD_versionString(), zlibVersion(), gsl_version,
             CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
    finding(missing, true, true, "libraries", text);
}

static int doctor(struct oc_err *err)
{
    const char *names[PROGRAMS_MAX];
    char text[512] = "";
    int missing = 0;

    finding(&missing, true, true, "version", OC_VERSION);
    const size_t n = find_programs(names);
    for (size_t i = 0; i < n && strlen(text) < sizeof text - 64; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%soc-%s", i ? " " : "", names[i]);
    finding(&missing, n > 0, true, "programs", n ? text : "none beside oc");
    look_at_processor(&missing);
    look_at_zones(&missing);
    look_at_calendars(&missing);
    look_at_system(&missing);
    return missing ? oc_fail(err, OC_IO, "%d of the things needed are missing", missing) : 0;
}

/* ---- columns: the table of a kind, or the kinds, as CSV ---- */

static void cells(const char *const cell[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *s = cell[i] ? cell[i] : "";
        const bool quote = strpbrk(s, ",\"\n") != NULL;
        printf("%s%s", i ? "," : "", quote ? "\"" : "");
        for (; *s; s++)
            printf(*s == '"' ? "\"\"" : "%c", *s);
        fputs(quote ? "\"" : "", stdout);
    }
    putchar('\n');
}

static int columns(const char *name, struct oc_err *err)
{
    if (!name) {
        cells((const char *const[]){ "kind", "title", "key", "marks" }, 4);
        const struct oc_kind *k;
        for (size_t i = 0; (k = oc_kind_at(i)); i++)
            cells((const char *const[]){ k->name, k->title, k->key, k->marks }, 4);
        return 0;
    }
    const struct oc_kind *kind = oc_kind_find(name, err);
    if (!kind)
        return -1;
    cells((const char *const[]){ "column", "type", "need", "unit", "aliases", "help" }, 6);
    const struct oc_coldef *c;
    for (size_t i = 0; (c = oc_kind_column_at(kind, i)); i++) {
        const char type[2] = { c->type, '\0' }, need[2] = { c->need, '\0' };
        cells((const char *const[]){ c->name, type, need, c->unit, c->aliases, c->help }, 6);
    }
    return 0;
}

/* ---- verify: what --manifest wrote is run again, what --provenance wrote is looked up ---- */

static int verify(const char *path, struct oc_err *err)
{
    char dir[PATH_MAX];

    own_directory(dir);
    return oc_reproduce_knows(path) ? oc_reproduce_run(path, dir, stdout, err) : oc_verify_run(path, stdout, err);
}

/* ---- completion: oc's own words, then what the program offers ---- */

static bool is_own(const struct oc_opt *opts, const char *word)
{
    for (; opts->kind != OC_OPT_END; opts++)
        if (opts->kind == OC_OPT_COMMAND && strcmp(opts->name, word) == 0)
            return true;
    return false;
}

/* oc --complete N oc price WORD...  is  oc-price --complete N-1 oc-price WORD... */
static int complete_program(int argc, char **argv, struct oc_err *err)
{
    char number[24], program[256];

    snprintf(number, sizeof number, "%ld", strtol(argv[2], NULL, 10) - 1);
    snprintf(program, sizeof program, "oc-%.200s", argv[4]);
    const char **words = oc_opt_alloc(((size_t)argc + 1) * sizeof *words);
    words[1] = "--complete";
    words[2] = number;
    words[3] = program;
    for (int i = 5; i < argc; i++)
        words[i - 1] = argv[i];
    return run_program(argv[4], (char **)words, err);
}

static void complete_names(const char *typed)
{
    char dir[PATH_MAX], path[PATH_MAX + 300], title[160];
    const char *names[PROGRAMS_MAX];
    const size_t n = find_programs(names);

    own_directory(dir);
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/oc-%s", dir, names[i]);
        if (strncmp(names[i], typed, strlen(typed)) == 0 && program_title(path, title, sizeof title) == 0)
            printf("%s\t%s\n", names[i], title);
    }
}

int main(int argc, char **argv)
{
    const char *command = NULL;
    struct oc_words words = { 0 };
    const struct oc_opt opts[] = {
        { "list", "", "the programs, each with what it does", OC_COMMAND(&command) },
        { "doctor", "", "what this toolkit finds on this machine; status 1 if something needed is missing",
          OC_COMMAND(&command) },
        { "columns", "[KIND]", "the kinds of records, or the columns of one, as CSV", OC_COMMAND(&command), .max = 1 },
        { "verify", "FILE", "run again what a --manifest file describes, and compare; or, of a --provenance file, compare the files it "
          "names; status 4 for a difference",
          OC_COMMAND(&command), .min = 1, .max = 1 },
        { "PROGRAM", "PROGRAM [WORD ...]", "run oc-PROGRAM with the words", OC_OPERANDS(&words), .max = 255 },
        { 0 }
    };
    const struct oc_prog prog = { "oc", "front end of the option-chain toolkit", opts };
    const bool completing = argc > 3 && strcmp(argv[1], "--complete") == 0;
    struct oc_err err = { 0 };
    int rc;

    if (argc > 1 && argv[1][0] != '-' && argv[1][0] && !is_own(opts, argv[1]))
        rc = run_program(argv[1], argv + 1, &err);
    else if (completing && atoi(argv[2]) > 1 && argc > 4 && argv[4][0] != '-' && !is_own(opts, argv[4]))
        rc = complete_program(argc, argv, &err);
    else
        rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 1 && completing && atoi(argv[2]) == 1)
        complete_names(argc > 4 ? argv[4] : "");
    if (rc == 0 && !command)
        rc = oc_fail(&err, OC_USAGE, "name a program, or one of list, doctor, columns, verify; see oc --help");
    else if (rc == 0 && strcmp(command, "list") == 0)
        rc = list(&err);
    else if (rc == 0 && strcmp(command, "doctor") == 0)
        rc = doctor(&err);
    else if (rc == 0 && strcmp(command, "verify") == 0)
        rc = verify(words.word[0], &err);
    else if (rc == 0)
        rc = columns(words.n ? words.word[0] : NULL, &err);
    return oc_exit(&prog, rc, &err);
}
