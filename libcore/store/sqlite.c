/*
 * sqlite - sessions in an SQLite file.
 *
 *   oc_session   a row a session; `sum` is a digest of all its other cells, so that a damaged row is refused
 *   oc_plan      the texts of plans by their digest: forks share one, and a step does not write it again
 *
 * The journal is a rollback journal, not a write-ahead log: sessions have many writers in processes of their own, which is
 * what SQLite's log had a bug with until 3.51.3; and a reader leaves no trace, not even a time of modification.
 * synchronous=FULL: what was printed as committed is on disk.  Every change is one BEGIN IMMEDIATE transaction (a read
 * that turns into a write could be refused at once, without waiting); others wait up to WAIT_MS.
 *
 * application_id marks the file as ours, user_version is the version of these tables.
 */
#include "store/session.h"

#include "base/sha256.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_MS = 60000, APPLICATION = 0x6f635374 /* "ocSt" */, LAYOUT = 1 };

struct file {
    sqlite3 *db;
    char *path;         /* as it is called in messages */
};

static const char tables[] =
    "CREATE TABLE oc_plan(digest TEXT PRIMARY KEY, text BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE oc_session(id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL, step INTEGER NOT NULL,"
    " steps INTEGER NOT NULL, seed INTEGER NOT NULL, written INTEGER NOT NULL, ttl_s INTEGER NOT NULL, parent TEXT NOT NULL,"
    " fork_step INTEGER NOT NULL, plan TEXT NOT NULL, blob BLOB NOT NULL, last BLOB NOT NULL, sum TEXT NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE INDEX oc_session_plan ON oc_session(plan);";

#define COLUMNS "id, version, state, step, steps, seed, written, ttl_s, parent, fork_step, plan, blob, last, sum"

/* ---- errors ---------------------------------------------------------------------------------------------- */

/* What SQLite says, as ours.  Extended codes say why an operation of the system failed. */
static int fail(const struct file *f, const char *doing, struct oc_err *err)
{
    const int code = sqlite3_errcode(f->db), more = sqlite3_extended_errcode(f->db);

    switch (code) {
    case SQLITE_NOTADB:
        return oc_fail(err, OC_FORMAT, "%s is no SQLite file", f->path);
    case SQLITE_CORRUPT:
        return oc_fail(err, OC_FORMAT, "%s is damaged: %s", f->path, sqlite3_errmsg(f->db));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return oc_fail(err, OC_TEMPORARY, "%s: %s: somebody else kept it locked for %d s", f->path, doing, WAIT_MS / 1000);
    case SQLITE_READONLY:
        return oc_fail(err, OC_IO, "%s: %s: the file or its folder cannot be written", f->path, doing);
    case SQLITE_FULL:
        return oc_fail(err, OC_IO, "%s: %s: no space left; nothing was changed", f->path, doing);
    case SQLITE_NOMEM:
        return oc_fail(err, OC_MEMORY, "%s: %s: no memory", f->path, doing);
    case SQLITE_CANTOPEN:
        return oc_fail(err, OC_IO, "%s cannot be opened: %s", f->path,
                       sqlite3_system_errno(f->db) ? strerror(sqlite3_system_errno(f->db)) : sqlite3_errmsg(f->db));
    default:
        return oc_fail(err, OC_IO, "%s: %s: %s (SQLite %d)", f->path, doing, sqlite3_errmsg(f->db), more);
    }
}

static int damaged(const struct file *f, const char *id, struct oc_err *err)
{
    return oc_fail(err, OC_FORMAT, "%s is damaged: session '%s' is not what was written", f->path, id);
}

static int run(const struct file *f, const char *sql, const char *doing, struct oc_err *err)
{
    return sqlite3_exec(f->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(f, doing, err);
}

static void roll_back(const struct file *f) { sqlite3_exec(f->db, "ROLLBACK", NULL, NULL, NULL); }

/* ---- opening --------------------------------------------------------------------------------------------- */

static int number(const struct file *f, const char *sql, int64_t *v, struct oc_err *err)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(f->db, sql, -1, &st, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    if (rc != SQLITE_ROW)
        fail(f, "opening", err);
    else
        *v = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return rc == SQLITE_ROW ? 0 : -1;
}

/* Ours, of this layout?  1: yes, 0: an empty file, -1: refused. */
static int look(const struct file *f, struct oc_err *err)
{
    int64_t application, layout, objects;

    if (number(f, "SELECT count(*) FROM sqlite_master", &objects, err)
        || number(f, "PRAGMA application_id", &application, err) || number(f, "PRAGMA user_version", &layout, err))
        return -1;
    if (!objects && !application)
        return 0;
    if (application != APPLICATION)
        return oc_fail(err, OC_FORMAT, "%s is an SQLite file of something else", f->path);
    if (layout != LAYOUT)
        return oc_fail(err, OC_FORMAT, "%s has tables of version %lld, this program knows %d", f->path, (long long)layout,
                       LAYOUT);
    return 1;
}

/* Tables into an empty file; somebody else may be doing the same. */
static int make(const struct file *f, struct oc_err *err)
{
    char marks[96];

    if (run(f, "BEGIN IMMEDIATE", "creating its tables", err))
        return -1;
    const int there = look(f, err);
    snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION, LAYOUT);
    if (there < 0 || (there == 0 && (run(f, tables, "creating its tables", err)
                                     || run(f, marks, "creating its tables", err)))
        || run(f, "COMMIT", "creating its tables", err)) {
        roll_back(f);
        return -1;
    }
    return 0;
}

static void close_file(void *self)
{
    struct file *f = self;

    if (!f)
        return;
    sqlite3_close(f->db);
    free(f->path);
    free(f);
}

static int open_file(const char *rest, bool create, void **self, struct oc_err *err)
{
    struct file *f = calloc(1, sizeof *f);
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);

    if (!*rest) {
        free(f);
        return oc_fail(err, OC_USAGE, "sqlite: names no file");
    }
    /* SQLite's own names: :memory: would be gone with this process, and a file: may be so, or read-only, unlocked, ... */
    if (*rest == ':' || strncmp(rest, "file:", 5) == 0) {
        free(f);
        return oc_fail(err, OC_USAGE, "sqlite:%.80s: sessions live in a plain file (./%.80s, if it is called so)", rest, rest);
    }
    if (!f || !(f->path = strdup(rest))) {
        free(f);
        return oc_fail(err, OC_MEMORY, "no memory to open %s", rest);
    }
    int rc = sqlite3_open_v2(rest, &f->db, flags, NULL) == SQLITE_OK ? 0 : fail(f, "opening", err);
    if (rc == 0) {
        sqlite3_extended_result_codes(f->db, 0);
        sqlite3_busy_timeout(f->db, WAIT_MS);
        rc = run(f, "PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL", "opening", err);
    }
    if (rc == 0)
        rc = look(f, err);
    if (rc == 0 && !create)
        rc = oc_fail(err, OC_ABSENT, "%s holds no session", f->path);
    else if (rc == 0)
        rc = make(f, err);
    if (rc < 0) {
        close_file(f);
        return -1;
    }
    *self = f;
    return 0;
}

static int call(void *self, const char *name, struct oc_err *err)
{
    struct file *f = self;
    char *copy = strdup(name);

    if (!copy)
        return oc_fail(err, OC_MEMORY, "no memory for a name");
    free(f->path);
    f->path = copy;
    return 0;
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

/* Digest of everything in the row; lengths stand before contents, so that no two rows read alike. */
static void sum_of(const struct oc_session_row *s, const char *plan, char out[OC_SHA256_HEX])
{
    struct oc_sha256 sha;
    char head[512];

    const int n = snprintf(head, sizeof head, "%s %llu %s %llu %llu %llu %lld %lld %s %llu %s %zu %zu ", s->id,
                           (unsigned long long)s->version, s->state, (unsigned long long)s->step,
                           (unsigned long long)s->steps, (unsigned long long)s->seed, (long long)s->written,
                           (long long)s->ttl_s, s->parent, (unsigned long long)s->fork_step, plan, s->blob.n, s->last.n);
    oc_sha256_init(&sha);
    oc_sha256_add(&sha, head, (size_t)n);
    oc_sha256_add(&sha, s->blob.n ? s->blob.p : "", s->blob.n);
    oc_sha256_add(&sha, s->last.n ? s->last.p : "", s->last.n);
    oc_sha256_hex(&sha, out);
}

/* Text of column i into a field; -1: it does not fit. */
static int text_of(sqlite3_stmt *st, int i, char *to, size_t size)
{
    const char *p = (const char *)sqlite3_column_text(st, i);
    const size_t n = (size_t)sqlite3_column_bytes(st, i);

    if (!p || n >= size || memchr(p, '\0', n))
        return -1;
    memcpy(to, p, n);
    to[n] = '\0';
    return 0;
}

static void bytes_of(sqlite3_stmt *st, int i, struct oc_buf *to)
{
    const void *p = sqlite3_column_blob(st, i);

    to->n = 0;
    oc_buf_put(to, p, (size_t)sqlite3_column_bytes(st, i));
}

/* The row that the statement stands on; its last column is the plan's text.  Digests are checked. */
static int read_row(const struct file *f, sqlite3_stmt *st, struct oc_session_row *s, struct oc_err *err)
{
    char plan[OC_SHA256_HEX], sum[OC_SHA256_HEX], want[OC_SHA256_HEX];

    *s = (struct oc_session_row){ .version = (uint64_t)sqlite3_column_int64(st, 1) };
    if (text_of(st, 0, s->id, sizeof s->id) || text_of(st, 2, s->state, sizeof s->state)
        || text_of(st, 8, s->parent, sizeof s->parent) || text_of(st, 10, plan, sizeof plan)
        || text_of(st, 13, sum, sizeof sum))
        return damaged(f, s->id, err);
    s->step = (uint64_t)sqlite3_column_int64(st, 3);
    s->steps = (uint64_t)sqlite3_column_int64(st, 4);
    s->seed = (uint64_t)sqlite3_column_int64(st, 5);
    s->written = sqlite3_column_int64(st, 6);
    s->ttl_s = sqlite3_column_int64(st, 7);
    s->fork_step = (uint64_t)sqlite3_column_int64(st, 9);
    bytes_of(st, 11, &s->blob);
    bytes_of(st, 12, &s->last);
    bytes_of(st, 14, &s->spec);
    if (s->blob.failed || s->last.failed || s->spec.failed)
        return oc_fail(err, OC_MEMORY, "no memory for session '%s'", s->id);
    sum_of(s, plan, want);
    if (strcmp(sum, want) != 0)
        return damaged(f, s->id, err);
    oc_sha256_of(s->spec.p, s->spec.n, want);
    return strcmp(plan, want) == 0 ? 0 : damaged(f, s->id, err);
}

#define SELECT "SELECT s.id, version, state, step, steps, seed, written, ttl_s, parent, fork_step, plan, blob, last, sum, " \
               "p.text FROM oc_session s LEFT JOIN oc_plan p ON p.digest = s.plan "

static int get(void *self, const char *id, struct oc_session_row *out, struct oc_err *err)
{
    const struct file *f = self;
    sqlite3_stmt *st = NULL;
    int found = -1;

    *out = (struct oc_session_row){ .version = 0 };
    if (sqlite3_prepare_v2(f->db, SELECT "WHERE s.id = ?", -1, &st, NULL) != SQLITE_OK)
        return fail(f, "reading", err);
    sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
    const int rc = sqlite3_step(st);
    if (rc == SQLITE_DONE)
        found = 0;
    else if (rc != SQLITE_ROW)
        fail(f, "reading", err);
    else if (read_row(f, st, out, err) == 0)
        found = 1;
    sqlite3_finalize(st);
    if (found < 0)
        oc_session_free(out);
    return found;
}

static int list(void *self, int (*see)(void *ctx, const struct oc_session_row *s, struct oc_err *err), void *ctx,
                struct oc_err *err)
{
    const struct file *f = self;
    sqlite3_stmt *st = NULL;
    struct oc_session_row s = { .version = 0 };
    int rc, bad = 0;

    if (sqlite3_prepare_v2(f->db, SELECT "ORDER BY s.id", -1, &st, NULL) != SQLITE_OK)
        return fail(f, "reading", err);
    while (!bad && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        bad = read_row(f, st, &s, err) || see(ctx, &s, err);
        oc_session_free(&s);
    }
    if (!bad && rc != SQLITE_DONE)
        bad = fail(f, "reading", err);
    sqlite3_finalize(st);
    return bad ? -1 : 0;
}

/* ---- changes --------------------------------------------------------------------------------------------- */

/* One statement whose values are bound already.  The number of rows it changed, or -1; the statement is gone. */
static int change(const struct file *f, sqlite3_stmt *st, struct oc_err *err)
{
    const int rc = sqlite3_step(st);
    const int n = rc == SQLITE_DONE ? sqlite3_changes(f->db) : fail(f, "writing", err);

    sqlite3_finalize(st);
    return n;
}

static int prepare(const struct file *f, const char *sql, sqlite3_stmt **st, struct oc_err *err)
{
    return sqlite3_prepare_v2(f->db, sql, -1, st, NULL) == SQLITE_OK ? 0 : fail(f, "writing", err);
}

static void bind_bytes(sqlite3_stmt *st, int i, const struct oc_buf *b)
{
    sqlite3_bind_blob64(st, i, b->n ? b->p : "", b->n, SQLITE_STATIC);
}

static int put_plan(const struct file *f, const char *digest, const struct oc_buf *text, struct oc_err *err)
{
    sqlite3_stmt *st;

    if (prepare(f, "INSERT INTO oc_plan(digest, text) VALUES(?1, ?2) ON CONFLICT DO NOTHING", &st, err))
        return -1;
    sqlite3_bind_text(st, 1, digest, -1, SQLITE_STATIC);
    bind_bytes(st, 2, text);
    return change(f, st, err);
}

/* Plans that no session has any more. */
static int drop_plans(const struct file *f, struct oc_err *err)
{
    return run(f, "DELETE FROM oc_plan WHERE NOT EXISTS (SELECT 1 FROM oc_session WHERE plan = oc_plan.digest)",
               "writing", err);
}

/* The session's cells into ?1 .. ?14 (version ?2 is what the row is going to have). */
static void bind_row(sqlite3_stmt *st, const struct oc_session_row *s, const char *plan, const char *sum)
{
    sqlite3_bind_text(st, 1, s->id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(st, 2, (int64_t)s->version);
    sqlite3_bind_text(st, 3, s->state, -1, SQLITE_STATIC);
    sqlite3_bind_int64(st, 4, (int64_t)s->step);
    sqlite3_bind_int64(st, 5, (int64_t)s->steps);
    sqlite3_bind_int64(st, 6, (int64_t)s->seed);
    sqlite3_bind_int64(st, 7, s->written);
    sqlite3_bind_int64(st, 8, s->ttl_s);
    sqlite3_bind_text(st, 9, s->parent, -1, SQLITE_STATIC);
    sqlite3_bind_int64(st, 10, (int64_t)s->fork_step);
    sqlite3_bind_text(st, 11, plan, -1, SQLITE_STATIC);
    bind_bytes(st, 12, &s->blob);
    bind_bytes(st, 13, &s->last);
    sqlite3_bind_text(st, 14, sum, -1, SQLITE_STATIC);
}

/* The row of s by one statement (?15 is `version`) in a transaction of its own.  1 changed, 0 not, -1. */
static int write_row(const struct file *f, const char *sql, const struct oc_session_row *s, uint64_t version,
                     struct oc_err *err)
{
    char plan[OC_SHA256_HEX], sum[OC_SHA256_HEX];
    sqlite3_stmt *st = NULL;
    int n = -1;

    oc_sha256_of(s->spec.p, s->spec.n, plan);
    sum_of(s, plan, sum);
    if (run(f, "BEGIN IMMEDIATE", "writing", err))
        return -1;
    if (prepare(f, sql, &st, err) == 0) {
        bind_row(st, s, plan, sum);
        if (version)
            sqlite3_bind_int64(st, 15, (int64_t)version);
        n = change(f, st, err);
    }
    if (n > 0) {
        const int fresh = put_plan(f, plan, &s->spec, err);
        if (fresh < 0 || (fresh && drop_plans(f, err)) || run(f, "COMMIT", "writing", err))
            n = -1;
    }
    if (n <= 0)
        roll_back(f);
    return n;
}

static int create_row(void *self, const struct oc_session_row *s, struct oc_err *err)
{
    return write_row(self, "INSERT INTO oc_session(" COLUMNS ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
                     "?13, ?14) ON CONFLICT DO NOTHING", s, 0, err);
}

static int swap(void *self, const struct oc_session_row *s, uint64_t version, struct oc_err *err)
{
    return write_row(self, "UPDATE oc_session SET version = ?2, state = ?3, step = ?4, steps = ?5, seed = ?6, written = ?7, "
                     "ttl_s = ?8, parent = ?9, fork_step = ?10, plan = ?11, blob = ?12, last = ?13, sum = ?14 "
                     "WHERE id = ?1 AND version = ?15", s, version, err);
}

static int remove_row(void *self, const char *id, uint64_t version, struct oc_err *err)
{
    const struct file *f = self;
    sqlite3_stmt *st = NULL;
    int n = -1;

    if (run(f, "BEGIN IMMEDIATE", "writing", err))
        return -1;
    if (prepare(f, "DELETE FROM oc_session WHERE id = ?1 AND (?2 = 0 OR version = ?2)", &st, err) == 0) {
        sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
        sqlite3_bind_int64(st, 2, (int64_t)version);
        n = change(f, st, err);
    }
    if (n > 0 && (drop_plans(f, err) || run(f, "COMMIT", "writing", err)))
        n = -1;
    if (n <= 0)
        roll_back(f);
    return n;
}

const struct oc_session_store oc_sessions_sqlite = {
    .scheme = "sqlite", .open = open_file, .close = close_file, .get = get, .create = create_row, .swap = swap,
    .remove = remove_row, .list = list, .call = call,
};
