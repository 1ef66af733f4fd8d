/* blocks of paths on threads: every block once, the lowest error, sums that keep their small parts */
#include "sim/blocks.h"
#include "test.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct job { uint64_t bad[2]; _Atomic int open, done; int no_room; };

static void *open_room(void *ctx, struct oc_err *err)
{
    struct job *const j = ctx;

    if (j->no_room) {
        oc_fail(err, OC_MEMORY, "no room");
        return NULL;
    }
    atomic_fetch_add(&j->open, 1);
    return ctx;
}
static void close_room(void *room) { atomic_fetch_sub(&((struct job *)room)->open, 1); }

static int fn(void *ctx, void *room, uint64_t block, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    struct job *const j = ctx;

    if (room != ctx || first != block * OC_BLOCK)
        return oc_fail(err, OC_INTERNAL, "room or first path of block %d", (int)block);
    atomic_fetch_add(&j->done, 1);
    for (int i = 0; i < 2; i++)
        if (block == j->bad[i])
            return oc_fail(err, OC_DATA, "block %d is bad", (int)block);
    figures[0] = (double)block;
    figures[1] = (double)n;
    return 0;
}

static void cover(unsigned threads, uint64_t paths, uint64_t from, uint64_t to)
{
    struct job job = { .bad = { UINT64_MAX, UINT64_MAX } };
    const struct oc_blocks b = { open_room, close_room, fn, &job, 2, threads };
    double *const out = calloc(2 * (to - from) + 2, sizeof *out);
    struct oc_err err = { 0 };

    CHECK(oc_blocks(&b, paths, from, to, out, &err) == 0, "%s", err.text);
    CHECK(job.open == 0 && job.done == (int)(to - from), "%d rooms left open, %d blocks done", job.open, job.done);
    for (uint64_t k = from; k < to; k++) {
        const double n = k + 1 < oc_blocks_of(paths) ? OC_BLOCK : (double)(paths - k * OC_BLOCK);
        CHECK(out[2 * (k - from)] == (double)k && out[2 * (k - from) + 1] == n, "block %d: %g with %g paths", (int)k,
              out[2 * (k - from)], out[2 * (k - from) + 1]);
    }
    CHECK(out[2 * (to - from)] == 0, "written behind the end");
    free(out);
}

static void errors(unsigned threads)
{
    struct job job = { .bad = { 90, 41 } };
    const struct oc_blocks b = { open_room, close_room, fn, &job, 2, threads };
    double out[200];
    struct oc_err err = { 0 };

    CHECK(oc_blocks(&b, 100 * OC_BLOCK, 0, 100, out, &err) == -1 && strcmp(err.text, "block 41 is bad") == 0,
          "%u threads: %s", threads,
          err.text);
    CHECK(job.open == 0, "%d rooms left open", job.open);
    job.no_room = 1;
    CHECK(oc_blocks(&b, 100 * OC_BLOCK, 0, 100, out, &err) == -1 && err.code == OC_MEMORY, "%s", err.text);
    CHECK(oc_blocks(&b, 100 * OC_BLOCK, 0, 101, out, &err) == -1 && err.code == OC_INTERNAL, "beyond the last block: %s",
          err.text);
}

int main(void)
{
    test_begin("sim_blocks every block once");
    for (unsigned threads = 0; threads < 6; threads++) {
        cover(threads, 100 * OC_BLOCK, 0, 100);
        cover(threads, 100 * OC_BLOCK - 1, 17, 100);
        cover(threads, 5, 0, 1);
        cover(threads, 5, 1, 1);
    }
    test_end();
    test_begin("sim_blocks the lowest error");
    for (unsigned threads = 1; threads < 6; threads++)
        for (int i = 0; i < 50; i++)
            errors(threads);
    test_end();
    test_begin("sim_blocks totals");
    const double of_block[] = { 1e16, 1, 3, 2, -1e16, 4, 1, 0x1p-60 };
    double total[2];
    oc_blocks_total(4, 2, of_block, total);
    CHECK(total[0] == 4 && total[1] == 7 + 0x1p-60, "%.17g %.17g", total[0], total[1]);
    oc_blocks_total(0, 2, of_block, total);
    CHECK(total[0] == 0 && total[1] == 0, "of nothing: %g %g", total[0], total[1]);
    test_end();
    return test_done();
}
