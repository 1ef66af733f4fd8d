/*
 * step - the records of a stepper, block by block: see step.h.
 *
 * The walk goes on in one thread, which is cheap; a job is a few of its states, whose chains other threads make.  No job
 * depends on how many steps or paths there are, so the first n steps are the same whatever follows.
 */
#include "app/step.h"

#include <stdlib.h>

enum { BLOCK_ROWS = 4096 };

struct running {
    const struct oc_step *p;
    struct oc_stepper s;
    struct oc_paths_room *room;
    size_t states;                  /* of a job */
    struct oc_step_state now;
    uint64_t path;
    bool walking;                   /* now is a state of path */
    bool failed;                    /* the state after those of the job before has failed, with err */
    struct oc_err err;
};

struct job {
    size_t n, cap;
    struct oc_step_state *st;
    struct oc_chain_rows *rows;
};

static void job_free(void *p)
{
    struct job *j = p;

    if (!j)
        return;
    for (size_t i = 0; i < j->cap; i++) {
        oc_step_state_free(&j->st[i]);
        oc_chain_free(&j->rows[i]);
    }
    free(j->st);
    free(j->rows);
    free(j);
}

static struct job *job_new(size_t cap, struct oc_err *err)
{
    struct job *j = calloc(1, sizeof *j);

    if (j) {
        j->st = calloc(cap, sizeof *j->st);
        j->rows = calloc(cap, sizeof *j->rows);
        j->cap = j->st && j->rows ? cap : 0;
    }
    if (j && j->cap)
        return j;
    job_free(j);
    oc_fail(err, OC_MEMORY, "no memory for the steps of a walk");
    return NULL;
}

/* To the next state that is printed.  1; 0: there is none. */
static int next_state(struct running *r, struct oc_err *err)
{
    const struct oc_step *p = r->p;

    while (r->path < r->s.npaths) {
        int there = 1;
        if (!r->walking) {
            if (oc_step_begin(&r->s, r->path, &r->now, err))
                return -1;
            r->walking = true;
        } else {
            there = r->now.step < p->to ? oc_step_advance(&r->s, r->room, &r->now, err) : 0;
        }
        while (there > 0 && r->now.step < p->from)
            there = oc_step_advance(&r->s, r->room, &r->now, err);
        if (there)
            return there;
        r->walking = false;
        r->path++;
    }
    return 0;
}

static int job(void *ctx, uint64_t number, void **slot, struct oc_err *err)
{
    struct running *r = ctx;
    struct job *j = *slot ? *slot : job_new(r->states, err);

    (void)number;
    *slot = j;
    if (!j)
        return -1;
    j->n = 0;
    for (int there = 1; !r->failed && there && j->n < j->cap; j->n += (size_t)there) {
        there = next_state(r, &r->err);
        r->failed = there < 0 || (there && oc_step_copy(&j->st[j->n], &r->now, &r->err));
        if (r->failed)
            break;
    }
    /* what is behind the last step that could be made waits for the next call: the steps before it are written */
    if (j->n)
        return 1;
    *err = r->failed ? r->err : *err;
    return r->failed ? -1 : 0;
}

static int make(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err)
{
    const struct oc_stepper *s = &((struct running *)ctx)->s;
    struct job *j = in->job;

    if (!j)
        return oc_step_fill(s, 0, NULL, NULL, out, err);
    for (size_t i = 0; i < j->n && !s->factors; i++)
        if (oc_step_chain(s, &j->st[i], &j->rows[i], err))
            return -1;
    return oc_step_fill(s, j->n, j->st, j->rows, out, err);
}

/* How many states make a block of some thousand rows, from the chain of the first. */
static int size_jobs(struct running *r, struct oc_err *err)
{
    struct oc_chain_rows rows = { 0 };
    size_t each = 1;
    int rc = oc_step_begin(&r->s, 0, &r->now, err);

    if (rc == 0 && !r->s.factors) {
        rc = oc_step_chain(&r->s, &r->now, &rows, err);
        each = rows.n ? rows.n : 1;
    }
    oc_chain_free(&rows);
    r->states = each < BLOCK_ROWS ? BLOCK_ROWS / each : 1;
    return rc;
}

static int run(struct running *r, struct oc_err *err)
{
    const struct oc_step *p = r->p;

    if (p->from > p->to)
        return oc_fail(err, OC_USAGE, "--from-step %llu is behind --to-step %llu", (unsigned long long)p->from,
                       (unsigned long long)p->to);
    if (p->paths == 0)
        return oc_fail(err, OC_USAGE, "--paths 0 walks nowhere");
    if (oc_step_open(p, &r->s, err))
        return -1;
    if (p->from >= r->s.steps)
        return oc_fail(err, OC_USAGE, "--from-step %llu: the last step is %llu", (unsigned long long)p->from,
                       (unsigned long long)r->s.steps - 1);
    if (p->to != UINT64_MAX && p->to >= r->s.steps)
        return oc_fail(err, OC_USAGE, "--to-step %llu: the last step is %llu", (unsigned long long)p->to,
                       (unsigned long long)r->s.steps - 1);
    r->room = oc_paths_room(&r->s.paths, err);
    if (!r->room || size_jobs(r, err))
        return -1;
    const struct oc_work work = { .job = job, .job_free = job_free, .make = make, .ctx = r,
                                  .make_kind = p->factors ? "factor" : "quote" };
    return oc_run(p->io, &work, err);
}

int oc_step_run(const struct oc_step *p, struct oc_err *err)
{
    struct running r = { .p = p };
    const int rc = run(&r, err);

    oc_step_state_free(&r.now);
    oc_paths_room_free(r.room);
    oc_stepper_close(&r.s);
    return rc;
}
