/*
 * store_sessions - what every store of sessions keeps: what was written is read again, one of many writers wins, a refused
 * write changes nothing, and a file that is damaged, foreign or full is refused by name.
 */
#include "store/session.h"

#include "test.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[] = "/tmp/oc-sessions-XXXXXX", url[128];

static struct oc_session_row make(const char *id, const char *spec, size_t blob)
{
    struct oc_session_row s = { .version = 1, .state = "Initialized", .steps = 100, .seed = UINT64_MAX, .written = -5,
                                .ttl_s = 60,
                            .parent = "p", .fork_step = 7 };

    strcpy(s.id, id);
    oc_buf_puts(&s.spec, spec);
    for (size_t i = 0; i < blob; i++)
        oc_buf_char(&s.blob, (char)i);
    return s;
}

static bool same(const struct oc_session_row *a, const struct oc_session_row *b)
{
    return strcmp(a->id, b->id) == 0 && a->version == b->version && strcmp(a->state, b->state) == 0 && a->step == b->step
        && a->steps == b->steps && a->seed == b->seed && a->written == b->written && a->ttl_s == b->ttl_s
        && strcmp(a->parent, b->parent) == 0 && a->fork_step == b->fork_step && a->spec.n == b->spec.n
        && a->blob.n == b->blob.n && a->last.n == b->last.n && (!a->spec.n || memcmp(a->spec.p, b->spec.p, a->spec.n) == 0)
        && (!a->blob.n || memcmp(a->blob.p, b->blob.p, a->blob.n) == 0)
        && (!a->last.n || memcmp(a->last.p, b->last.p, a->last.n) == 0);
}

static struct oc_sessions *opened(bool create)
{
    struct oc_err err = { 0 };
    struct oc_sessions *s = NULL;
    char id[OC_SESSION_ID + 1];

    CHECK(oc_sessions_open(url, create, &s, id, &err) == 0, "%s: %s", url, err.text);
    return s;
}

static int seen(void *ctx, const struct oc_session_row *s, struct oc_err *err)
{
    (void)err;
    strcat(strcat(ctx, s->id), " ");
    return 0;
}

static void round_trip(void)
{
    struct oc_err err = { 0 };
    struct oc_sessions *store = opened(true);
    struct oc_session_row a = make("b.1", "plan one", 300), b = make("a-2", "plan one", 0), got;
    char ids[200] = "";

    test_begin("sessions round trip");
    CHECK(oc_sessions_create(store, &a, &err) == 1, "create: %s", err.text);
    CHECK(oc_sessions_create(store, &a, &err) == 0, "the second session of one name");
    CHECK(oc_sessions_create(store, &b, &err) == 1, "create: %s", err.text);
    oc_sessions_close(store);
    store = opened(false);
    CHECK(oc_sessions_get(store, "b.1", &got, &err) == OC_SESSION_FOUND && same(&a, &got), "read again: %s", err.text);
    oc_session_free(&got);
    CHECK(oc_sessions_get(store, "none", &got, &err) == OC_SESSION_NONE, "a session that is not there");
    /* a change by its version; a stale one changes nothing */
    a.version = 2;
    a.step = 1;
    oc_buf_puts(&a.last, "state");
    a.spec.n = 0;
    oc_buf_puts(&a.spec, "plan two");
    CHECK(oc_sessions_swap(store, &a, 1, &err) == 1, "swap: %s", err.text);
    CHECK(oc_sessions_swap(store, &b, 9, &err) == 0, "swap of a version that is not there");
    a.step = 99;
    CHECK(oc_sessions_swap(store, &a, 1, &err) == 0, "swap of a version that is gone");
    a.step = 1;
    CHECK(oc_sessions_get(store, "b.1", &got, &err) == 1 && same(&a, &got), "after the swap: %s", err.text);
    oc_session_free(&got);
    CHECK(oc_sessions_get(store, "a-2", &got, &err) == 1 && same(&b, &got), "its neighbour keeps the plan: %s", err.text);
    oc_session_free(&got);
    CHECK(oc_sessions_list(store, seen, ids, &err) == 0 && strcmp(ids, "a-2 b.1 ") == 0, "list: '%s' %s", ids, err.text);
    CHECK(oc_sessions_remove(store, "b.1", 1, &err) == 0, "removal of a version that is gone");
    CHECK(oc_sessions_remove(store, "b.1", 2, &err) == 1, "removal: %s", err.text);
    CHECK(oc_sessions_remove(store, "b.1", 0, &err) == 0, "removal of what is gone");
    oc_sessions_close(store);
    oc_session_free(&a);
    oc_session_free(&b);
    test_end();
}

/* 100 processes each move one session on by one: a hundred different steps, none lost. */
static void race(void)
{
    enum { WRITERS = 100 };
    struct oc_err err = { 0 };
    struct oc_session_row s = make("race", "plan", 50);
    struct oc_sessions *store = opened(true);
    bool had[WRITERS] = { false };
    int fd[2];

    test_begin("sessions 100 writers at once");
    CHECK(oc_sessions_create(store, &s, &err) == 1, "create: %s", err.text);
    oc_session_free(&s);
    oc_sessions_close(store);
    CHECK(pipe(fd) == 0, "pipe");
    for (int i = 0; i < WRITERS; i++) {
        if (fork() != 0)
            continue;
        store = opened(false);
        for (;;) {
            if (oc_sessions_get(store, "race", &s, &err) != 1)
                _exit(1);
            const uint64_t version = s.version++, step = s.step++;
            const int won = oc_sessions_swap(store, &s, version, &err);
            if (won < 0)
                _exit(2);
            if (won)
                _exit(write(fd[1], &step, sizeof step) == sizeof step ? 0 : 3);
            oc_session_free(&s);
        }
    }
    close(fd[1]);
    for (int status, i = 0; i < WRITERS; i++)
        CHECK(wait(&status) > 0 && status == 0, "a writer ended with %d", status);
    uint64_t step;
    int n = 0;
    while (read(fd[0], &step, sizeof step) == sizeof step && step < WRITERS) {
        CHECK(!had[step], "step %d twice", (int)step);
        had[step] = true;
        n++;
    }
    CHECK(n == WRITERS, "%d different steps", n);
    close(fd[0]);
    test_end();
}

static void write_text(const char *name, const char *text)
{
    FILE *f = fopen(name, "w");

    CHECK(f && fputs(text, f) >= 0, "writing %s", name);
    if (f)
        fclose(f);
}

static void refused(const char *what, enum oc_code code, const char *words)
{
    struct oc_err err = { 0 };
    struct oc_sessions *s = NULL;
    struct oc_session_row got = { .version = 0 };
    char id[OC_SESSION_ID + 1];
    int rc = oc_sessions_open(url, false, &s, id, &err);

    if (rc == 0)
        rc = oc_sessions_get(s, "race", &got, &err);
    CHECK(rc < 0 && err.code == code && strstr(err.text, words), "%s: %d, %s: %s", what, rc, oc_err_name(err.code),
          err.text);
    oc_session_free(&got);
    oc_sessions_close(s);
}

static void foreign(void)
{
    sqlite3 *db = NULL;

    test_begin("sessions foreign and damaged files");
    char other[80];
    snprintf(other, sizeof other, "%s.other", path);
    snprintf(url, sizeof url, "sqlite:%s", other);
    write_text(other, "strike,bid\n1,2\n3,4\n5,6\n7,8\n9,10\n11,12\n13,14\n15,16\n17,18\n19,20\n21,22\n");
    refused("a CSV file", OC_FORMAT, "no SQLite file");
    unlink(other);
    refused("no file", OC_IO, "cannot be opened");
    sqlite3_open(other, &db);
    sqlite3_exec(db, "CREATE TABLE notes(x)", NULL, NULL, NULL);
    sqlite3_close(db);
    refused("somebody's notes", OC_FORMAT, "something else");
    unlink(other);
    sqlite3_open(other, &db);
    sqlite3_exec(db, "PRAGMA user_version = 0", NULL, NULL, NULL);
    sqlite3_close(db);
    refused("an empty file", OC_ABSENT, "no session");
    unlink(other);
    /* one byte of the state, at rest, through SQLite itself and in the file */
    snprintf(url, sizeof url, "sqlite:%s", path);
    sqlite3_open(path, &db);
    sqlite3_exec(db, "UPDATE oc_session SET step = step + 1 WHERE id = 'race'", NULL, NULL, NULL);
    refused("a step that nobody wrote", OC_FORMAT, "damaged");
    sqlite3_exec(db, "UPDATE oc_session SET step = step - 1 WHERE id = 'race'; UPDATE oc_plan SET text = 'x'", NULL, NULL,
                 NULL);
    refused("a plan that nobody wrote", OC_FORMAT, "damaged");
    sqlite3_exec(db, "UPDATE oc_plan SET text = 'plan' WHERE EXISTS (SELECT 1 FROM oc_session WHERE plan = digest AND id = "
                 "'race');"
                 "PRAGMA user_version = 77", NULL, NULL, NULL);
    refused("a later layout", OC_FORMAT, "version 77");
    sqlite3_exec(db, "PRAGMA user_version = 1", NULL, NULL, NULL);
    sqlite3_close(db);
    test_end();
}

/* A write that the system refuses is told, and what was there is there. */
static void no_room(void)
{
    struct oc_err err = { 0 };
    struct oc_session_row s, again;
    struct oc_sessions *store = opened(false);

    test_begin("sessions refused writes lose nothing");
    CHECK(oc_sessions_get(store, "race", &s, &err) == 1, "get: %s", err.text);
    struct oc_session_row big = make("race", "plan", 3000000);
    big.version = s.version + 1;
    struct stat st;
    CHECK(stat(path, &st) == 0, "stat");
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit all, little;
    getrlimit(RLIMIT_FSIZE, &all);
    little = (struct rlimit){ (rlim_t)st.st_size + 100000, all.rlim_max };
    setrlimit(RLIMIT_FSIZE, &little);
    CHECK(oc_sessions_swap(store, &big, s.version, &err) == -1 && err.code == OC_IO, "a full disk: %s %s",
          oc_err_name(err.code),
          err.text);
    setrlimit(RLIMIT_FSIZE, &all);
    CHECK(oc_sessions_get(store, "race", &again, &err) == 1 && same(&s, &again), "after a full disk: %s", err.text);
    oc_session_free(&again);
    oc_sessions_close(store);

    /* a descriptor that cannot write: by SQLite's own means where the user is root, whom no mode stops */
    sqlite3 *db = NULL;
    chmod(path, 0444);
    if (access(path, W_OK) != 0) {
        store = opened(false);
        CHECK(oc_sessions_get(store, "race", &again, &err) == 1 && same(&s, &again), "read-only: %s", err.text);
        oc_session_free(&again);
        CHECK(oc_sessions_swap(store, &big, s.version, &err) == -1 && err.code == OC_IO, "a file that is read-only: %s",
              err.text);
        oc_sessions_close(store);
    }
    chmod(path, 0644);
    /* whole, by SQLite's own look */
    sqlite3_stmt *check;
    sqlite3_open(path, &db);
    CHECK(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &check, NULL) == SQLITE_OK
          && sqlite3_step(check) == SQLITE_ROW
          && strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0, "integrity");
    sqlite3_finalize(check);
    sqlite3_close(db);
    oc_session_free(&s);
    oc_session_free(&big);
    test_end();
}

static void urls(void)
{
    static const struct { const char *url, *words; } bad[] = {
        { "redis://x", "one of: sqlite" }, { "s.db", "one of: sqlite" }, { "sqlite:", "no file" },
        { "sqlite:s.db#", "no name of a session" }, { "sqlite:s.db#a/b", "no name of a session" },
        { "sqlite:s.db#aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "no name of a session" },
    };
    struct oc_sessions *s;
    char id[OC_SESSION_ID + 1];

    test_begin("sessions URLs");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct oc_err err = { 0 };
        CHECK(oc_sessions_open(bad[i].url, false, &s, id, &err) < 0 && err.code == OC_USAGE
              && strstr(err.text, bad[i].words),
              "%s: %s %s", bad[i].url, oc_err_name(err.code), err.text);
    }
    test_end();
}

int main(void)
{
    const int fd = mkstemp(path);

    test_begin("sessions");
    CHECK(fd >= 0, "no temporary file");
    close(fd);
    snprintf(url, sizeof url, "sqlite:%s", path);
    round_trip();
    race();
    foreign();
    snprintf(url, sizeof url, "sqlite:%s", path);
    no_room();
    urls();
    unlink(path);
    return test_done();
}
