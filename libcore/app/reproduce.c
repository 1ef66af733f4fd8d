/*
 * reproduce - see reproduce.h.
 *
 * The command is run as it was, but for where it writes: a folder below TMPDIR, with the names that the outputs had, since
 * a suffix chooses a format.  It writes a manifest of its own there, which has the digests of what it read and wrote.
 */
#include "app/reproduce.h"

#include "app/firstdiff.h"
#include "app/manifestfile.h"
#include "base/tempdir.h"
#include "record/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WINDOW = 1 << 27 };       /* of a compressed input, as large as any that a run may have been told to take */

struct again {
    const struct oc_manifest *was;
    const char *programs;
    FILE *out;
    char place[PATH_MAX];           /* folder that the command runs in */
    char *dir;                      /* folder of what it writes; owned */
    unsigned differing;
    struct oc_archive_kept archive; /* whose members are compared */
};

bool oc_reproduce_knows(const char *path)
{
    json_t *root = json_load_file(path, 0, NULL);
    const bool is = json_object_get(root, "manifest") != NULL;

    json_decref(root);
    return is;
}

static const char *base_of(const char *name) { return strrchr(name, '/') ? strrchr(name, '/') + 1 : name; }
static bool is_pipe(const char *name) { return strcmp(name, "stdin") == 0 || strcmp(name, "stdout") == 0; }

/* Can that path be read as often as one likes?  A pipe, or a descriptor of another process, cannot. */
static bool is_lasting(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? S_ISREG(st.st_mode) : oc_archive_prefix(path) > 0;
}

/* What a shell writes for <(COMMAND): a name that means something else in each process. */
static bool is_passing(const char *name)
{
    return strncmp(name, "/dev/fd/", 8) == 0 || strncmp(name, "/proc/self/fd/", 14) == 0 || strcmp(name, "/dev/stdin") == 0;
}

/* A name as it is seen from `place`. */
static void path_in(const char *place, const char *name, char path[2 * PATH_MAX])
{
    snprintf(path, 2 * PATH_MAX, "%s%s%s", name[0] == '/' ? "" : place, name[0] == '/' ? "" : "/", name);
}

static bool all_there(const char *place, const struct oc_manifest_entry *e, size_t n)
{
    char path[2 * PATH_MAX];
    bool there = true;

    for (size_t i = 0; i < n; i++) {
        path_in(place, e[i].name, path);
        there &= is_pipe(e[i].name) || is_lasting(path);
    }
    return there;
}

/* Where names are looked up: beside the manifest, or where we are; where the outputs are too, if in one of them. */
static int find_place(struct again *a, const char *manifest, struct oc_err *err)
{
    const struct oc_manifest *m = a->was;
    const char *slash = strrchr(manifest, '/');

    snprintf(a->place, sizeof a->place, "%.*s", slash ? (int)(slash - manifest) + 1 : 1, slash ? manifest : ".");
    const bool beside = all_there(a->place, m->input, m->ninput), here = all_there(".", m->input, m->ninput);
    const bool outputs = all_there(a->place, m->output, m->noutput);
    if (here && (!beside || (!outputs && all_there(".", m->output, m->noutput))))
        strcpy(a->place, ".");
    char *full = realpath(a->place, NULL);
    if (!full)
        return oc_fail_errno(err, OC_IO, "%s", a->place);
    snprintf(a->place, sizeof a->place, "%s", full);
    free(full);
    return 0;
}

static void differs(struct again *a, const char *name, const char *why)
{
    fprintf(a->out, "differs %s: %s\n", name, why);
    a->differing++;
}

/* A file that is there against what the manifest says of it. */
static bool compare(struct again *a, const struct oc_manifest_entry *e, const char *hex, uint64_t bytes, const char *what)
{
    char why[256];

    if (bytes == e->bytes && strcmp(hex, e->sha256) == 0)
        return true;
    if (bytes != e->bytes)
        snprintf(why, sizeof why, "%s: %llu bytes, were %llu", what, (unsigned long long)bytes,
                 (unsigned long long)e->bytes);
    else
        snprintf(why, sizeof why, "%s: sha256 %s, was %s", what, hex, e->sha256);
    differs(a, e->name, why);
    return false;
}

/* Inputs must be what they were, or it is another run. */
static void check_inputs(struct again *a)
{
    char path[2 * PATH_MAX], hex[OC_SHA256_HEX];
    struct oc_err err = { 0 };
    uint64_t bytes;

    for (size_t i = 0; i < a->was->ninput; i++) {
        const struct oc_manifest_entry *e = &a->was->input[i];
        if (is_pipe(e->name))
            continue;
        path_in(a->place, e->name, path);
        if (is_passing(e->name) || (access(path, F_OK) == 0 && !is_lasting(path)))
            differs(a, e->name, "an input that was a pipe: what came out of it is gone; --manifest of a run that reads a file, or "
                                "standard input, can be verified");
        else if (oc_manifestfile_digest_source(oc_archive_source(&a->archive, path, WINDOW, &err), hex, &bytes,
                                               &err))
            differs(a, e->name, "an input that is not there, or cannot be read");
        else if (compare(a, e, hex, bytes, "the input has changed"))
            fprintf(a->out, "ok %s\n", e->name);
    }
    oc_archive_drop(&a->archive);
}

/* ---- running it ------------------------------------------------------------------------------------------ */

/* In the child: become the program.  Comes back only if that fails. */
static void become(const struct again *a, char **argv, const char *program)
{
    char path[2 * PATH_MAX], log[2 * PATH_MAX];

    path_in(a->dir, "stdout", path);
    path_in(a->dir, "stderr", log);
    const int out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), said = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (out >= 0 && said >= 0 && dup2(out, 1) == 1 && dup2(said, 2) == 2 && chdir(a->place) == 0)
        execv(program, argv);
}

/* The command line: what was noted, behind the places of what it writes. */
static char **words_of(const struct again *a, char **owned)
{
    const struct oc_manifest *m = a->was;
    char **argv = calloc(m->nargument + m->noutput + 3, sizeof *argv);
    size_t n = 0, size = 0;

    for (size_t i = 0; i < m->noutput; i++)
        size += strlen(m->output[i].option) + strlen(base_of(m->output[i].name)) + strlen(a->dir) + 16;
    char *text = *owned = calloc(1, size + strlen(a->dir) + 64);
    if (!argv || !text) {
        free(argv);
        return NULL;
    }
    argv[n++] = (char *)m->program;
    argv[n++] = text;
    text += sprintf(text, "--manifest=%s/manifest", a->dir) + 1;
    for (size_t i = 0; i < m->noutput; i++) {
        const struct oc_manifest_entry *e = &m->output[i];
        if (is_pipe(e->name))
            continue;
        argv[n++] = text;
        text += sprintf(text, "--%s=%s/%s-%s", e->option, a->dir, e->option, base_of(e->name)) + 1;
    }
    memcpy(argv + n, m->argument, m->nargument * sizeof *argv);
    return argv;
}

/* What the command said on standard error, for the message: its first line. */
static void said(const struct again *a, char *line, size_t size)
{
    char path[2 * PATH_MAX];

    path_in(a->dir, "stderr", path);
    FILE *f = fopen(path, "r");
    if (!f || !fgets(line, (int)size, f))
        snprintf(line, size, "it said nothing");
    line[strcspn(line, "\n")] = '\0';
    if (f)
        fclose(f);
}

static int run(struct again *a, struct oc_err *err)
{
    char program[2 * PATH_MAX], line[512];
    char *owned = NULL, **argv = words_of(a, &owned);
    int status = -1;

    if (!argv) {
        free(owned);
        return oc_fail(err, OC_MEMORY, "no memory to run %s", a->was->program);
    }
    path_in(a->programs, a->was->program, program);
    fflush(a->out);
    const pid_t pid = fork();
    if (pid == 0) {
        become(a, argv, program);
        _exit(127);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    free(argv);
    free(owned);
    if (pid < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 127))
        return oc_fail(err, OC_IO, "cannot run %s", program);
    if (WIFEXITED(status) && WEXITSTATUS(status) == a->was->status)
        return 0;
    said(a, line, sizeof line);
    fprintf(a->out, "differs status: %s %d, was %d: %s\n", WIFEXITED(status) ? "it is" : "killed by signal",
            WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status), a->was->status, line);
    for (size_t i = 0; i < a->was->ninput; i++)
        if (is_pipe(a->was->input[i].name))
            fprintf(a->out, "  it read standard input, %llu bytes then: oc verify hands on its own\n",
                    (unsigned long long)a->was->input[i].bytes);
    a->differing++;
    return 1;
}

/* ---- what came out --------------------------------------------------------------------------------------- */

static const struct oc_manifest_entry *find(const struct oc_manifest_entry *list, size_t n, const char *option,
                                            size_t number)
{
    if (!option)
        return number < n ? &list[number] : NULL;
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].option, option) == 0)
            return &list[i];
    return NULL;
}

/* The first difference, where what the first run wrote is still there. */
static void show_difference(struct again *a, const struct oc_manifest_entry *e, const char *made)
{
    char first[2 * PATH_MAX], second[2 * PATH_MAX], hex[OC_SHA256_HEX];
    struct oc_err err = { 0 };
    uint64_t bytes;

    path_in(a->place, e->name, first);
    path_in(a->dir, made, second);
    if (is_pipe(e->name) || is_passing(e->name) || !is_lasting(first)
        || oc_manifestfile_digest(first, hex, &bytes, &err) || strcmp(hex, e->sha256) != 0)
        fprintf(a->out, "  where cannot be told: what the first run wrote is not here\n");
    else
        oc_firstdiff_show(first, second, a->programs, a->dir, a->out);
}

static void check_outputs(struct again *a, const struct oc_manifest *now)
{
    for (size_t i = 0; i < a->was->noutput; i++) {
        const struct oc_manifest_entry *e = &a->was->output[i], *o = find(now->output, now->noutput, e->option, 0);
        if (!o) {
            differs(a, e->name, "it is not written any more");
        } else if (compare(a, e, o->sha256, o->bytes, "made again")) {
            fprintf(a->out, "ok %s\n", e->name);
        } else {
            show_difference(a, e, is_pipe(o->name) ? "stdout" : base_of(o->name));
        }
    }
}

/* The manifest that the second run wrote, against the first. */
static int check(struct again *a, struct oc_err *err)
{
    char path[2 * PATH_MAX];
    struct oc_manifest now;

    path_in(a->dir, "manifest", path);
    if (oc_manifestfile_read(path, &now, err))
        return -1;
    for (size_t i = 0; i < a->was->ninput; i++) {
        const struct oc_manifest_entry *e = &a->was->input[i], *o = find(now.input, now.ninput, NULL, i);
        if (!is_pipe(e->name))
            continue;
        if (!o)
            differs(a, e->name, "it is not read any more");
        else if (compare(a, e, o->sha256, o->bytes, "not the same as then"))
            fprintf(a->out, "ok %s\n", e->name);
    }
    if (strcmp(a->was->data, now.data) != 0)
        fprintf(a->out, "note data: %s, was %s\n", now.data, a->was->data);
    if (strcmp(a->was->version, now.version) != 0)
        fprintf(a->out, "note version: %s, was %s\n", now.version, a->was->version);
    check_outputs(a, &now);
    oc_manifestfile_free(&now);
    return 0;
}

/* Everything in the folder is ours and plain. */
static void sweep(const struct again *a)
{
    static const char *const fixed[] = { "manifest", "stdout", "stderr", "first.csv", "second.csv" };
    char path[2 * PATH_MAX], name[PATH_MAX];

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        path_in(a->dir, fixed[i], path);
        unlink(path);
    }
    for (size_t i = 0; i < a->was->noutput; i++) {
        snprintf(name, sizeof name, "%s-%s", a->was->output[i].option, base_of(a->was->output[i].name));
        path_in(a->dir, name, path);
        unlink(path);
    }
    rmdir(a->dir);
    free(a->dir);
}

static int again(struct again *a, const char *manifest, struct oc_err *err)
{
    if (find_place(a, manifest, err))
        return -1;
    check_inputs(a);
    if (a->differing)
        return 0;
    for (size_t i = 0; i < a->was->ninput; i++)
        if (is_pipe(a->was->input[i].name) && isatty(STDIN_FILENO))
            return oc_fail(err, OC_USAGE, "the run read standard input: give oc verify the same %llu bytes, oc verify %s <FILE",
                           (unsigned long long)a->was->input[i].bytes, manifest);
    if (!(a->dir = oc_tempdir(err)))
        return -1;
    int rc = run(a, err);
    if (rc == 0)
        rc = check(a, err);
    sweep(a);
    return rc < 0 ? -1 : 0;
}

int oc_reproduce_run(const char *path, const char *programs, FILE *out, struct oc_err *err)
{
    struct oc_manifest was;

    if (oc_manifestfile_read(path, &was, err))
        return -1;
    struct again a = { .was = &was, .programs = programs, .out = out };
    int rc = again(&a, path, err);
    if (rc == 0 && a.differing)
        rc = oc_fail(err, OC_RULE, "%s is not reproduced", path);
    oc_manifestfile_free(&was);
    return rc;
}
