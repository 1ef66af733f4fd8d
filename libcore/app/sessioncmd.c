/* sessioncmd - see sessioncmd.h. */
#include "app/sessioncmd.h"

#include "app/session.h"
#include "app/sessionfiles.h"
#include "app/sessionrows.h"
#include "app/sessiontime.h"
#include "app/serve.h"
#include "cli/say.h"
#include "cli/value.h"
#include "record/output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct oc_sessionprog {
    const struct oc_prog *prog;
    struct oc_step *step;
    struct oc_sessionwords *words;
    struct oc_sessionplans *plans;
    int argc;
    char **argv;
    struct oc_sessiondesk desk;
    char id[OC_SESSION_ID + 1];
};

/* ---- the program as a host --------------------------------------------------------------------------------- */

static int open_plan(void *ctx, struct oc_stepper *s, struct oc_err *err)
{
    struct oc_step *step = ctx;
    struct oc_instants *before = step->instants, mine = { .has_ts = false };

    step->paths = 1;
    step->from = 0;
    step->to = UINT64_MAX;
    int rc = oc_instants_open(&mine, step->io, step->chain.calendar, err);
    step->instants = &mine;
    if (rc == 0)
        rc = oc_step_open(step, s, err);
    step->instants = before;
    oc_instants_close(&mine);
    return rc;
}

static bool reads(void *ctx) { return oc_step_reads(ctx); }

struct oc_sessionprog *oc_sessioncmd_host(const struct oc_prog *prog, struct oc_step *step, struct oc_sessionwords *words)
{
    struct oc_sessionprog *s = calloc(1, sizeof *s);
    const struct oc_sessionhost host = { .prog = prog, .io = step->io, .open = open_plan, .reads = reads, .ctx = step };

    if (!s)
        return NULL;
    *s = (struct oc_sessionprog){ .prog = prog, .step = step, .words = words, .plans = oc_sessionplan_host(&host) };
    words->count = 1;
    if (s->plans)
        return s;
    free(s);
    return NULL;
}

void oc_sessioncmd_close(struct oc_sessionprog *s)
{
    if (!s)
        return;
    oc_sessions_close(s->desk.store);
    oc_sessionplan_close(s->plans);
    free(s);
}

bool oc_sessioncmd_asked(const struct oc_sessionprog *s) { return s->words->command || s->words->serve; }

/* ---- what commands have in common ------------------------------------------------------------------------------ */

static int open_desk(struct oc_sessionprog *s, const char *url, bool create, bool wants_id, struct oc_err *err)
{
    s->desk.plans = s->plans;
    if (oc_sessiontime_now(s->words->now, &s->desk.now, err) || oc_sessions_open(url, create, &s->desk.store, s->id, err))
        return -1;
    if (wants_id && !s->id[0])
        return oc_fail(err, OC_USAGE, "'%s' names no session: %s#ID", url, url);
    if (!wants_id && s->id[0])
        return oc_fail(err, OC_USAGE, "'%s' names one session, and the whole store is meant", url);
    return 0;
}

static int write_row(struct oc_sessionprog *s, const struct oc_session_row *row, struct oc_err *err)
{
    struct oc_sessionrows rows = { .n = 0 };
    int rc = oc_sessionrows_add(&rows, row, err);

    if (rc == 0)
        rc = oc_sessionrows_write(&rows, s->step->io, NULL, err);
    oc_sessionrows_free(&rows);
    return rc;
}

/* Write the row of a session that was made or changed, and free it. */
static int told(struct oc_sessionprog *s, int rc, struct oc_session_row *row, struct oc_err *err)
{
    if (rc == 0)
        rc = write_row(s, row, err);
    oc_session_free(row);
    return rc;
}

static int read_step(const char *option, const char *text, uint64_t *step, struct oc_err *err)
{
    const char *why;

    *step = OC_SESSION_ANY;
    if (text && oc_value_u64(text, step, &why))
        return oc_fail(err, OC_USAGE, "--%s: '%s' %s", option, text, why);
    return 0;
}

/* ---- commands ---------------------------------------------------------------------------------------------------- */

static int do_new(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    struct oc_session_row row = { .version = 0 };
    int64_t ttl = 0;

    if (s->words->ttl && oc_sessiontime_span("ttl", s->words->ttl, &ttl, err))
        return -1;
    if (s->step->paths != 1)
        return oc_fail(err, OC_USAGE, "--paths: a session walks one path");
    if (n > 1 && !oc_step_reads(s->step))
        return oc_fail(err, OC_USAGE, "the options describe the chain, so '%s' is not read", word[1]);
    json_t *spec = oc_sessionplan_gather(s->plans, s->argc, s->argv, err);
    int rc = spec ? 0 : -1;
    if (rc == 0 && oc_step_reads(s->step))
        rc = oc_sessionfiles_take_input(n > 1 ? word[1] : NULL, json_object_get(spec, "files"), err);
    if (rc == 0)
        rc = oc_session_new(&s->desk, s->id, spec, ttl, &row, err);
    json_decref(spec);
    return told(s, rc, &row, err);
}

/* What is handed out was committed by then: nothing else may go wrong but the writing itself. */
static int write_steps(struct oc_sessionprog *s, struct oc_output *o, uint64_t expect, bool peek, struct oc_err *err)
{
    struct oc_io *io = s->step->io;
    struct oc_buf out = { 0 };
    struct oc_served served;

    int rc = oc_session_serve(&s->desk, s->id, s->words->count, expect, peek, io, &out, &served, err);
    if (rc == 0 && served.replayed && served.n == 1)
        oc_say(OC_WARNING, "replayed step %llu", (unsigned long long)served.first);
    else if (rc == 0 && served.replayed)
        oc_say(OC_WARNING, "replayed steps %llu to %llu", (unsigned long long)served.first,
               (unsigned long long)(served.first + served.n - 1));
    if (rc == 0 && out.n)
        rc = o->sink.write(&o->sink, out.p, out.n, err);
    oc_buf_free(&out);
    return rc;
}

static int serve_steps(struct oc_sessionprog *s, bool peek, struct oc_err *err)
{
    struct oc_io *io = s->step->io;
    const struct oc_format *by_name = io->output_format ? oc_format_find(io->output_format, err) : NULL;
    const struct oc_format *format = by_name || !io->output ? by_name : oc_format_by_suffix(io->output);
    struct oc_output o;
    uint64_t expect;

    if ((io->output_format && !format) || read_step("expect-step", s->words->expect_step, &expect, err))
        return -1;
    if (oc_output_open(&o, io->dry_run ? NULL : io->output, err))
        return -1;
    int rc = 0;
    if (o.terminal && format && !format->text && !io->force)
        rc = oc_fail(err, OC_USAGE, "binary output to a terminal: redirect it, or -f to insist");
    if (rc == 0)
        rc = write_steps(s, &o, expect, peek, err);
    return oc_output_close(&o, rc == 0, err) ? -1 : rc;
}

static int do_next(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    (void)word, (void)n;
    return serve_steps(s, false, err);
}

static int do_peek(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    (void)word, (void)n;
    return serve_steps(s, true, err);
}

static int gather_set(struct oc_sessionprog *s, const char *const *word, size_t n, json_t *set, json_t *files,
                      struct oc_err *err)
{
    for (size_t i = 1; i < n; i++) {
        const char *equals = strchr(word[i], '=');
        char name[128];
        if (!equals || equals == word[i] || (size_t)(equals - word[i]) >= sizeof name)
            return oc_fail(err, OC_USAGE, "set: '%s' is not OPTION=VALUE", word[i]);
        snprintf(name, sizeof name, "%.*s", (int)(equals - word[i]), word[i]);
        if (oc_sessionplan_value(s->plans, name, equals + 1, set, files, err))
            return -1;
    }
    for (size_t i = 0; i < s->words->unset.n; i++) {
        if (json_object_get(set, s->words->unset.word[i]))
            return oc_fail(err, OC_USAGE, "--unset: '%s' is set as well", s->words->unset.word[i]);
        if (oc_sessionplan_value(s->plans, s->words->unset.word[i], NULL, set, files, err))
            return -1;
    }
    return json_object_size(set) ? 0 : oc_fail(err, OC_USAGE, "set: nothing to set: OPTION=VALUE, or --unset OPTION");
}

static int do_set(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    struct oc_session_row row = { .version = 0 };
    json_t *set = json_object(), *files = json_object();

    int rc = gather_set(s, word, n, set, files, err);
    if (rc == 0)
        rc = oc_session_set(&s->desk, s->id, set, files, &row, err);
    json_decref(set);
    json_decref(files);
    return told(s, rc, &row, err);
}

static int do_reset(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    struct oc_session_row row = { .version = 0 };

    (void)word, (void)n;
    return told(s, oc_session_reset(&s->desk, s->id, &row, err), &row, err);
}

static int gather_shock(struct oc_sessionprog *s, json_t *shock, struct oc_err *err)
{
    for (size_t i = 0; i < s->words->shock.n; i++) {
        const char *text = s->words->shock.word[i], *equals = strchr(text, '=');
        const size_t len = equals ? (size_t)(equals - text) : 0;
        if (!equals || (strncmp(text, "vol=", 4) != 0 && strncmp(text, "spot=", 5) != 0))
            return oc_fail(err, OC_USAGE, "--shock: '%s' is neither vol=+P%% nor spot=+P%%", text);
        if (json_object_get(shock, len == 3 ? "vol" : "spot"))
            return oc_fail(err, OC_USAGE, "--shock: %.*s is given twice", (int)len, text);
        if (json_object_set_new(shock, len == 3 ? "vol" : "spot", json_string(equals + 1)))
            return oc_fail(err, OC_USAGE, "--shock: '%s' is not UTF-8", text);
    }
    return 0;
}

static int do_fork(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    struct oc_session_row row = { .version = 0 };
    struct oc_sessions *other = NULL;
    char id[OC_SESSION_ID + 1] = "";
    uint64_t at;

    if ((n > 1) == (s->words->as != NULL))
        return oc_fail(err, OC_USAGE, "fork: where to: --as ID in the same store, or another STORE#ID");
    if (read_step("at", s->step->io->at, &at, err))
        return -1;
    if (s->words->as && oc_session_id(s->words->as, strlen(s->words->as), err))
        return -1;
    if (n > 1 && oc_sessions_open(word[1], true, &other, id, err))
        return -1;
    json_t *shock = json_object();
    int rc = n > 1 && !id[0] ? oc_fail(err, OC_USAGE, "'%s' names no session: %s#ID", word[1], word[1])
                             : gather_shock(s, shock, err);
    if (rc == 0)
        rc = oc_session_fork(&s->desk, s->id, other ? other : s->desk.store, other ? id : s->words->as, at, shock, &row,
                             err);
    json_decref(shock);
    oc_sessions_close(other);
    return told(s, rc, &row, err);
}

static int do_show(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    struct oc_session_row row = { .version = 0 };

    (void)word, (void)n;
    return told(s, oc_session_get(&s->desk, s->id, &row, err), &row, err);
}

static int see(void *ctx, const struct oc_session_row *row, struct oc_err *err) { return oc_sessionrows_add(ctx, row, err); }

static int do_ls(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    struct oc_sessionrows rows = { .n = 0 };

    (void)word, (void)n;
    int rc = oc_sessions_list(s->desk.store, see, &rows, err);
    if (rc == 0)
        rc = oc_sessionrows_write(&rows, s->step->io, NULL, err);
    oc_sessionrows_free(&rows);
    return rc;
}

static int do_export(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    struct oc_session_row row;
    const uint64_t last = s->step->to;

    (void)word, (void)n;
    if (oc_session_get(&s->desk, s->id, &row, err))
        return -1;
    const uint64_t served = row.step;
    oc_session_free(&row);
    if (last == UINT64_MAX && served == 0)
        return oc_fail(err, OC_STATE, "session '%s' has served no step yet; --to-step names one that it will", s->id);
    return oc_session_export(&s->desk, s->id, s->step->from, last == UINT64_MAX ? served : last + 1, s->step->io, NULL, err);
}

static int do_rm(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    (void)word, (void)n;
    return oc_session_remove(&s->desk, s->id, err);
}

/* ---- gc ------------------------------------------------------------------------------------------------------------ */

struct sweeping {
    int64_t now, older;             /* older: --older-than in seconds, where by_age */
    bool by_age;
    struct oc_sessionrows gone;
    size_t n, cap;
    struct { char id[OC_SESSION_ID + 1]; uint64_t version; } *v;
};

static int judge(void *ctx, const struct oc_session_row *row, struct oc_err *err)
{
    struct sweeping *w = ctx;
    const double age = ((double)w->now - (double)row->written) / 1e9;
    const bool over = w->by_age ? age >= (double)w->older : row->ttl_s && age >= (double)row->ttl_s;

    if (!over)
        return 0;
    if (w->n == w->cap) {
        void *more = realloc(w->v, (2 * w->cap + 8) * sizeof *w->v);
        if (!more)
            return oc_fail(err, OC_MEMORY, "no memory for a list of sessions");
        w->v = more;
        w->cap = 2 * w->cap + 8;
    }
    strcpy(w->v[w->n].id, row->id);
    w->v[w->n++].version = row->version;
    return oc_sessionrows_add(&w->gone, row, err);
}

static int do_gc(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err)
{
    struct sweeping w = { .now = s->desk.now, .by_age = s->words->older_than != NULL };

    (void)word, (void)n;
    if (w.by_age && oc_sessiontime_span("older-than", s->words->older_than, &w.older, err))
        return -1;
    int rc = oc_sessions_list(s->desk.store, judge, &w, err);
    /* one that was changed meanwhile stays: its time begins anew */
    for (size_t i = 0; rc == 0 && i < w.n && !s->step->io->dry_run; i++)
        if (oc_sessions_remove(s->desk.store, w.v[i].id, w.v[i].version, err) < 0)
            rc = -1;
    s->step->io->dry_run = false;       /* what would go is listed all the same */
    if (rc == 0)
        rc = oc_sessionrows_write(&w.gone, s->step->io, NULL, err);
    oc_sessionrows_free(&w.gone);
    free(w.v);
    return rc;
}

/* ---- which ----------------------------------------------------------------------------------------------------------- */

static const struct command {
    const char *name;
    bool create, wants_id;
    bool changes;               /* at once: there is nothing that --dry-run could print instead */
    int (*run)(struct oc_sessionprog *s, const char *const *word, size_t n, struct oc_err *err);
} commands[] = {
    { "new", true, true, true, do_new }, { "next", false, true, false, do_next }, { "peek", false, true, false, do_peek },
    { "set", false, true, true, do_set }, { "reset", false, true, true, do_reset }, { "fork", false, true, true, do_fork },
    { "show", false, true, false, do_show }, { "ls", false, false, false, do_ls },
    { "export", false, true, false, do_export }, { "rm", false, true, true, do_rm }, { "gc", false, false, false, do_gc },
};

static int check_plan_options(struct oc_sessionprog *s, struct oc_err *err)
{
    const char *given = oc_sessionplan_given(s->plans, s->argc, s->argv, err);
    const bool forking = s->words->command && strcmp(s->words->command, "fork") == 0;

    if (!given || (s->words->command && strcmp(s->words->command, "new") == 0) || (forking && strcmp(given, "at") == 0))
        return 0;
    return oc_fail(err, OC_USAGE, "--%s is given to a session by `new', or later by `set STORE#ID %s=VALUE'", given, given);
}

/* Options of the output that would fail when the session is changed already. */
static int check_output(struct oc_sessionprog *s, struct oc_err *err)
{
    struct oc_sessionrows none = { .n = 0 };
    struct oc_buf ignored = { 0 };
    struct oc_io io = *s->step->io;

    io.dry_run = false;
    io.stats = io.metrics = io.provenance = io.rejects = NULL;
    const int rc = oc_sessionrows_write(&none, &io, &ignored, err);
    oc_buf_free(&ignored);
    return rc;
}

int oc_sessioncmd_run(struct oc_sessionprog *s, int argc, char **argv, struct oc_err *err)
{
    const struct oc_io *io = s->step->io;
    const char *const *word = io->input;
    const size_t n = io->ninput;

    s->argc = argc;
    s->argv = argv;
    if (check_plan_options(s, err))
        return -1;
    if (io->manifest)
        return oc_fail(err, OC_USAGE, "--manifest is of runs that read files: what a session was made from is in its record");
    if (s->words->serve) {
        if (s->words->command || n)
            return oc_fail(err, OC_USAGE, "--serve answers requests of the input: '%s' cannot stand with it",
                           s->words->command ? s->words->command : word[0]);
        if (io->dry_run)
            return oc_fail(err, OC_USAGE, "--dry-run: a service answers what it is asked");
        if (open_desk(s, s->words->serve, true, false, err) || oc_sessions_call(s->desk.store, "the store", err))
            return -1;
        return oc_serve_run(&s->desk, s->words->now == NULL, s->step->io, err);
    }
    const struct command *c = commands;
    while (strcmp(c->name, s->words->command) != 0)
        c++;
    if (io->dry_run && c->changes)
        return oc_fail(err, OC_USAGE, "--dry-run: %s changes the session, or does nothing", c->name);
    if ((c->changes || c->run == do_gc) && check_output(s, err))
        return -1;
    return open_desk(s, word[0], c->create, c->wants_id, err) || c->run(s, word, n, err) ? -1 : 0;
}
