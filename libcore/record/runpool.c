/*
 * runpool - the loop with threads: one reads and cuts, N process, the caller's thread emits in block order.
 *
 * A ring of 2N + 2 slots; block k lives in slot k mod ring.  A slot goes FREE -> CUT -> DONE -> FREE, and each change
 * is made by the one thread whose turn it is, under one lock; a block is 256 KiB, so the lock is of no weight.
 * What cannot be read becomes a slot without a block, emitted after all blocks before it: the lowest error wins.
 * A block that is worked on takes a kit of memory, which it gives back when it has left: there are N + 1 of them, so the
 * reader may be far ahead, as blocks are small, but not the workers, as what they make of a block is large.
 * Only the reader can be cancelled, and only while it cuts: never inside the lock, which would stay locked.
 */
#include "record/runpriv.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdlib.h>
#include <string.h>

enum { FREE, CUT, DONE };

struct kit {
    struct oc_batch in, made, part;
    struct oc_buf text, rejects;
};

struct pool {
    struct oc_runner *run;
    struct oc_slot *slot;
    uint64_t nslot;
    struct kit *kit;        /* the free ones first; the one put back last is taken next */
    size_t nkit;            /* free ones */
    pthread_mutex_t lock;
    pthread_cond_t is_free, is_cut, is_done;
    uint64_t ncut;          /* slots handed on so far */
    uint64_t nblock;        /* of them those with a block: an error of the reader has none, and is the last */
    uint64_t nwork;         /* blocks taken by workers so far */
    bool end;               /* the reader has no more */
    bool stop;              /* the run is over: nobody needs to go on */
};

/* Wait for the slot of block k to be free; NULL when the run is over. */
static struct oc_slot *free_slot(struct pool *p, uint64_t k)
{
    struct oc_slot *s = &p->slot[k % p->nslot];

    pthread_mutex_lock(&p->lock);
    while (s->state != FREE && !p->stop)
        pthread_cond_wait(&p->is_free, &p->lock);
    const bool stop = p->stop;
    pthread_mutex_unlock(&p->lock);
    return stop ? NULL : s;
}

static void hand_on(struct pool *p, struct oc_slot *s, int state, bool end)
{
    pthread_mutex_lock(&p->lock);
    if (s) {
        s->state = state;
        p->ncut++;
        p->nblock += state == CUT;
    }
    p->end = end;
    pthread_cond_broadcast(&p->is_cut);
    pthread_cond_broadcast(&p->is_done);
    pthread_mutex_unlock(&p->lock);
}

static void read_all(struct pool *p)
{
    struct oc_slot *s;
    int was;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &was);
    for (uint64_t k = 0; (s = free_slot(p, k)); k++) {
        struct oc_err err = { 0 };
        pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &was);
        const int rc = oc_runner_cut(p->run, s, &err);
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &was);
        if (rc > 0) {
            hand_on(p, s, CUT, false);
            continue;
        }
        if (rc < 0) {
            s->rc = rc;
            s->err = err;
            s->relative = false;
            s->result = NULL;
            s->count = (struct oc_count){ 0 };
            s->rejects.n = 0;
        }
        hand_on(p, rc < 0 ? s : NULL, DONE, true);
        break;
    }
}

/*
 * The address sanitizer marks the edges of what lies on a stack, and a cancelled thread leaves the marks behind; the
 * sanitizer's own code trips over them when the thread ends.  Take them away, below this frame.
 */
static void leave_stack(void *unused)
{
    (void)unused;
#ifdef __SANITIZE_ADDRESS__
    enum { DEEP = 256 * 1024 };     /* more than a cut goes down */
    void __asan_unpoison_memory_region(const volatile void *p, size_t n);
    __asan_unpoison_memory_region((char *)__builtin_frame_address(0) - DEEP, DEEP);
#endif
}

static void *reader(void *arg)
{
    pthread_cleanup_push(leave_stack, NULL);
    read_all(arg);
    pthread_cleanup_pop(0);
    return NULL;
}

static void take_kit(struct pool *p, struct oc_slot *s)
{
    const struct kit *k = &p->kit[--p->nkit];

    s->in = k->in;
    s->made = k->made;
    s->part = k->part;
    s->text = k->text;
    s->rejects = k->rejects;
}

static void put_kit(struct pool *p, struct oc_slot *s)
{
    p->kit[p->nkit++] = (struct kit){ s->in, s->made, s->part, s->text, s->rejects };
    s->in = s->made = s->part = (struct oc_batch){ 0 };
    s->text = s->rejects = (struct oc_buf){ 0 };
    s->result = NULL;
}

static void *worker(void *arg)
{
    struct pool *p = arg;

    for (;;) {
        pthread_mutex_lock(&p->lock);
        while (!p->stop && (p->nwork < p->nblock ? !p->nkit : !p->end))
            pthread_cond_wait(&p->is_cut, &p->lock);
        if (p->stop || p->nwork >= p->nblock) {
            pthread_mutex_unlock(&p->lock);
            return NULL;
        }
        struct oc_slot *s = &p->slot[p->nwork++ % p->nslot];
        take_kit(p, s);
        pthread_mutex_unlock(&p->lock);
        oc_runner_process(p->run, s);
        pthread_mutex_lock(&p->lock);
        s->state = DONE;
        pthread_cond_broadcast(&p->is_done);
        pthread_mutex_unlock(&p->lock);
    }
}

/* 1: the slot of block k is done, 0: there is no such block. */
static int done_slot(struct pool *p, uint64_t k)
{
    pthread_mutex_lock(&p->lock);
    while (!(k < p->ncut && p->slot[k % p->nslot].state == DONE) && !(p->end && k >= p->ncut))
        pthread_cond_wait(&p->is_done, &p->lock);
    const int got = k < p->ncut;
    pthread_mutex_unlock(&p->lock);
    return got;
}

static int emit_all(struct pool *p, struct oc_err *err)
{
    for (uint64_t k = 0; done_slot(p, k); k++) {
        struct oc_slot *s = &p->slot[k % p->nslot];
        if (oc_runner_emit(p->run, s, err))
            return -1;
        pthread_mutex_lock(&p->lock);
        s->state = FREE;
        put_kit(p, s);
        pthread_cond_broadcast(&p->is_free);
        pthread_cond_broadcast(&p->is_cut);
        pthread_mutex_unlock(&p->lock);
    }
    return 0;
}

/* Let ordered steps that wait for a turn go on, so that every worker comes home. */
static void release(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    pthread_cond_broadcast(&p->is_free);
    pthread_cond_broadcast(&p->is_cut);
    pthread_mutex_unlock(&p->lock);
}

int oc_runner_parallel(struct oc_runner *r, unsigned threads, struct oc_err *err)
{
    struct pool p = { .run = r, .nslot = 2 * (uint64_t)threads + 2, .lock = PTHREAD_MUTEX_INITIALIZER,
                      .is_free = PTHREAD_COND_INITIALIZER, .is_cut = PTHREAD_COND_INITIALIZER,
                      .is_done = PTHREAD_COND_INITIALIZER };
    pthread_t *id = calloc(threads + 1, sizeof *id);
    unsigned started = 0;
    int rc = 0;

    p.slot = calloc(p.nslot, sizeof *p.slot);
#ifdef __GLIBC__
    /* Large blocks go back to the system when they are outgrown; else each thread's heap keeps its own. */
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
    p.nkit = threads + 1;
    p.kit = calloc(p.nkit, sizeof *p.kit);
    r->threaded = true;
    if (!id || !p.slot || !p.kit)
        rc = oc_fail(err, OC_MEMORY, "no memory for %u threads", threads);
    for (; rc == 0 && started <= threads; started++)
        if (pthread_create(&id[started], NULL, started ? worker : reader, &p)) {
            rc = oc_fail(err, OC_IO, "cannot start a thread");
            break;
        }
    if (rc == 0)
        rc = emit_all(&p, err);
    release(&p);
    if (rc && started)
        pthread_cancel(id[0]);          /* it may sit in a read that nobody answers */
    for (unsigned i = 0; i < started; i++)
        pthread_join(id[i], NULL);
    for (uint64_t i = 0; p.slot && i < p.nslot; i++)
        oc_slot_free(&p.slot[i]);
    for (struct oc_slot none = { 0 }; p.kit && p.nkit;) {
        take_kit(&p, &none);
        oc_slot_free(&none);
    }
    free(p.kit);
    free(p.slot);
    free(id);
    return rc;
}
