/*
 * chdb FORMAT QUERY - run a query in the ClickHouse engine of npm's @chdb/lib-linux-x64-gnu, result to stdout.
 *
 * For tests only: an independent reader and writer of Arrow streams.  The library is opened at run time; its path
 * is in CHDB_LIB.  Status 77 if it cannot be loaded here, 1 if the query fails.  With CHDB_REPEAT=N in the environment
 * the query runs N times, and the seconds of the fastest, without the start, go to stderr.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The entry points of its C interface that are used; connections and results are opaque. */
struct chdb {
    void **(*connect)(int argc, char **argv);
    void *(*query)(void *connection, const char *sql, const char *format);
    void (*close)(void **connection);
    char *(*buffer)(void *result);
    size_t (*length)(void *result);
    const char *(*error)(void *result);
};

/* Fill *address with the symbol; POSIX's way round the missing cast from object to function pointer. */
static int find(void *lib, const char *name, void *address)
{
    *(void **)address = dlsym(lib, name);
    return *(void **)address ? 0 : -1;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The query, as often as asked; the result of the last time. */
static void *repeated(const struct chdb *c, void *connection, const char *query, const char *format, int times)
{
    void *result = NULL;
    double best = 1e9;

    for (int i = 0; i < times || i == 0; i++) {
        const double start = now();
        result = c->query(connection, query, format);
        const double spent = now() - start;
        best = spent < best ? spent : best;
    }
    if (times > 0)
        fprintf(stderr, "%.6f\n", best);
    return result;
}

int main(int argc, char **argv)
{
    struct chdb c;
    const char *repeat = getenv("CHDB_REPEAT");
    const char *path = getenv("CHDB_LIB");
    char name[] = "clickhouse", threads[] = "--max_threads=1", *args[] = { name, threads, NULL };

    if (argc != 3) {
        fprintf(stderr, "usage: chdb FORMAT QUERY\n");
        return 2;
    }
    void *lib = path ? dlopen(path, RTLD_NOW) : NULL;
    if (!lib || find(lib, "chdb_connect", &c.connect) || find(lib, "chdb_query", &c.query)
        || find(lib, "chdb_close_conn", &c.close) || find(lib, "chdb_result_buffer", &c.buffer)
        || find(lib, "chdb_result_length", &c.length) || find(lib, "chdb_result_error", &c.error)) {
        fprintf(stderr, "chdb: %s\n", path ? dlerror() : "CHDB_LIB is not set");
        return 77;
    }
    void **connection = c.connect(2, args);
    if (!connection) {
        fprintf(stderr, "chdb: no connection\n");
        return 1;
    }
    void *result = repeated(&c, *connection, argv[2], argv[1], repeat ? atoi(repeat) : 0);
    const char *error = result ? c.error(result) : "no result";
    if (error) {
        fprintf(stderr, "chdb: %s\n", error);
        return 1;
    }
    const size_t n = c.length(result);
    if ((n && fwrite(c.buffer(result), 1, n, stdout) != n) || fflush(stdout) != 0) {
        perror("chdb");
        return 1;
    }
    c.close(connection);
    return 0;
}
