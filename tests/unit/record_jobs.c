/* record_jobs - programs that make records from nothing: order, threads, --where on what is made, the output's format */
#include "record/run.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCKS = 37, ROWS = 101 };

struct made { uint64_t fail_at; int live; };

static int job(void *ctx, uint64_t number, void **slot, struct oc_err *err)
{
    struct made *m = ctx;
    uint64_t *k = *slot ? *slot : malloc(sizeof *k);

    if (!*slot)
        __atomic_add_fetch(&m->live, 1, __ATOMIC_RELAXED);
    *slot = k;
    *k = number;
    if (number == m->fail_at)
        return oc_fail(err, OC_DATA, "job %llu", (unsigned long long)number);
    return number < BLOCKS;
}

static struct made now;

static void job_free(void *slot)
{
    __atomic_sub_fetch(&now.live, 1, __ATOMIC_RELAXED);
    free(slot);
}

static int make(void *ctx, struct oc_batch *b, struct oc_batch *out, struct oc_err *err)
{
    const uint64_t *k = b->job;
    double *spot;
    int64_t *step;

    (void)ctx;
    out->rows = k ? ROWS : 0;
    if (oc_add_i64(out, "step", OC_I64, &step, NULL, err) || oc_add_f64(out, "spot", &spot, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        step[i] = (int64_t)(*k * ROWS + i);
        spot[i] = 100.0 + (double)step[i] / 8;
    }
    return 0;
}

/* The output as text; err->code tells how the run ended. */
static char *run(struct oc_io *io, uint64_t fail_at, struct oc_err *err, size_t *n)
{
    static char path[] = "/tmp/oc-jobs-XXXXXX";
    const struct oc_work work = { .job = job, .job_free = job_free, .make = make, .make_kind = "factor", .ctx = &now };
    char *text = calloc(1, 1 << 20);
    FILE *f;

    strcpy(path + strlen(path) - 6, "XXXXXX");
    close(mkstemp(path));
    now = (struct made){ .fail_at = fail_at };
    io->output = path;
    io->prog = "test";
    *err = (struct oc_err){ 0 };
    oc_run(io, &work, err);
    f = fopen(path, "rb");
    *n = f ? fread(text, 1, (1 << 20) - 1, f) : 0;
    if (f)
        fclose(f);
    unlink(path);
    CHECK(now.live == 0, "%d jobs are not freed", now.live);
    return text;
}

static void same_bytes(void)
{
    struct oc_err err;
    size_t n, m;
    struct oc_io one = OC_IO_DEFAULT, many = OC_IO_DEFAULT;

    test_begin("jobs: rows in order, the same bytes with threads");
    many.threads = 3;
    one.output_format = many.output_format = "csv";
    char *a = run(&one, UINT64_MAX, &err, &n), *b = run(&many, UINT64_MAX, &err, &m);
    CHECK(err.code == OC_OK, "%s", err.text);
    CHECK(n == m && memcmp(a, b, n) == 0, "%zu bytes, %zu with threads", n, m);
    CHECK(strncmp(a, "step,spot\n0,100\n1,100.125\n", 26) == 0, "begins: %.40s", a);
    const char last[] = "\n3736,567\n";
    CHECK(n > sizeof last && strcmp(a + n - sizeof last + 1, last) == 0, "ends: %s", a + n - 20);
    CHECK(one.count.out == BLOCKS * ROWS, "%llu rows", (unsigned long long)one.count.out);
    free(a);
    free(b);
    test_end();
}

static void where(void)
{
    struct oc_err err;
    size_t n;
    struct oc_io io = OC_IO_DEFAULT;

    test_begin("jobs: --where is asked of what is made");
    io.output_format = "csv";
    io.where = "step >= 200 && spot < 125.3";
    char *a = run(&io, UINT64_MAX, &err, &n);
    CHECK(strcmp(a, "step,spot\n200,125\n201,125.125\n202,125.25\n") == 0, "%.60s", a);
    CHECK(io.count.excluded == BLOCKS * ROWS - 3, "%llu excluded", (unsigned long long)io.count.excluded);
    free(a);
    io.where = "strike > 3";
    free(run(&io, UINT64_MAX, &err, &n));
    CHECK(err.code == OC_COLUMN, "a column that is not there: %s", err.text);
    test_end();
}

static void formats(void)
{
    struct oc_err err;
    size_t n;
    struct oc_io io = OC_IO_DEFAULT;

    test_begin("jobs: the output is Arrow where the main input was");
    io.arrow_in = true;
    char *a = run(&io, UINT64_MAX, &err, &n);
    CHECK(err.code == OC_OK && n > 8 && memcmp(a, "\xff\xff\xff\xff", 4) == 0, "%zu bytes: %s", n, err.text);
    free(a);
    test_end();
}

static void failing(void)
{
    struct oc_err err;
    size_t n;
    struct oc_io io = OC_IO_DEFAULT;

    test_begin("jobs: an error of a job ends the run and leaves no file");
    io.threads = 2;
    io.output_format = "csv";
    char *a = run(&io, 5, &err, &n);
    CHECK(err.code == OC_DATA && strcmp(err.text, "job 5") == 0, "%s", err.text);
    CHECK(n == 0, "%zu bytes were left", n);
    free(a);
    test_end();
}

int main(void)
{
    same_bytes();
    where();
    formats();
    failing();
    return test_done();
}
