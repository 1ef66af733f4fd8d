/*
 * blocks - see blocks.h
 *
 * Threads take blocks in ascending order, so when a block fails, all before it have been taken and are finished: the lowest
 * failure is known for certain, and the same for any number of threads.
 */
#include "sim/blocks.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MAX = 1024 };

struct run {
    const struct oc_blocks *job;
    uint64_t paths, from, to;
    double *out;
    _Atomic uint64_t next;          /* block to be taken */
    _Atomic uint64_t failed;        /* lowest block that failed so far; UINT64_MAX: none */
    pthread_mutex_t lock;           /* of the error */
    struct oc_err err;
};

static void report(struct run *r, uint64_t block, const struct oc_err *err)
{
    pthread_mutex_lock(&r->lock);
    if (block < atomic_load(&r->failed)) {
        atomic_store(&r->failed, block);
        r->err = *err;
    }
    pthread_mutex_unlock(&r->lock);
}

static int one(struct run *r, void *room, uint64_t block, struct oc_err *err)
{
    const uint64_t first = block * OC_BLOCK, left = r->paths - first;
    const size_t n = (size_t)(left < OC_BLOCK ? left : OC_BLOCK);

    return r->job->fn(r->job->ctx, room, block, first, n, r->out + (block - r->from) * r->job->figures, err);
}

/* A thread that gets no room fails the whole run. */
static void *work(void *arg)
{
    struct run *const r = arg;
    struct oc_err err = { 0 };
    void *room = NULL;

    if (r->job->open && !(room = r->job->open(r->job->ctx, &err))) {
        report(r, r->from, &err);
        return NULL;
    }
    for (;;) {
        const uint64_t block = atomic_fetch_add(&r->next, 1);
        if (block >= r->to || block > atomic_load(&r->failed))
            break;
        if (one(r, room, block, &err))
            report(r, block, &err);
    }
    if (r->job->close)
        r->job->close(room);
    return NULL;
}

static unsigned threads_for(const struct oc_blocks *job, uint64_t blocks)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t n = job->threads ? job->threads : cores > 0 ? (uint64_t)cores : 1;

    n = n < blocks ? n : blocks;
    return (unsigned)(n < THREADS_MAX ? n : THREADS_MAX);
}

int oc_blocks(const struct oc_blocks *job, uint64_t paths, uint64_t from, uint64_t to, double *out, struct oc_err *err)
{
    struct run r = { .job = job, .paths = paths, .from = from, .to = to, .out = out, .next = from, .failed = UINT64_MAX };
    pthread_t others[THREADS_MAX];
    unsigned started = 0;

    if (from > to || to > oc_blocks_of(paths))
        return oc_fail(err, OC_INTERNAL, "blocks %llu to %llu of %llu", (unsigned long long)from, (unsigned long long)to,
                       (unsigned long long)oc_blocks_of(paths));
    if (from == to)
        return 0;
    pthread_mutex_init(&r.lock, NULL);
    /* A thread that cannot be had is no failure: the others do its share. */
    for (unsigned n = threads_for(job, to - from); started + 1 < n; started++)
        if (pthread_create(&others[started], NULL, work, &r))
            break;
    work(&r);
    for (unsigned i = 0; i < started; i++)
        pthread_join(others[i], NULL);
    pthread_mutex_destroy(&r.lock);
    if (atomic_load(&r.failed) == UINT64_MAX)
        return 0;
    if (err)
        *err = r.err;
    return -1;
}

void oc_blocks_total(size_t n, size_t figures, const double *of_block, double *total)
{
    for (size_t i = 0; i < figures; i++) {
        double hi = 0.0, lo = 0.0;
        for (size_t b = 0; b < n; b++) {
            const double x = of_block[b * figures + i], sum = hi + x, part = sum - hi;
            lo += (hi - (sum - part)) + (x - part);     /* what the sum rounded off, exactly (Knuth's TwoSum) */
            hi = sum;
        }
        total[i] = hi + lo;
    }
}
