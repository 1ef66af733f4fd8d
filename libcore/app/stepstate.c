/* stepstate - a state as bytes, and back: see stepper.h for the layout. */
#include "app/stepper.h"

#include "base/sha256.h"

#include <math.h>
#include <stdlib.h>

static const char magic[8] = "ocstate1";
enum { HEAD = 64, TAIL = 8 };

static void put64(struct oc_buf *out, uint64_t v)
{
    unsigned char b[8];

    for (int i = 0; i < 8; i++)
        b[i] = (unsigned char)(v >> 8 * i);
    oc_buf_put(out, b, 8);
}

static void put_double(struct oc_buf *out, double x)
{
    uint64_t v;

    memcpy(&v, &x, 8);
    put64(out, v);
}

static uint64_t get64(const unsigned char *p)
{
    uint64_t v = 0;

    for (int i = 0; i < 8; i++)
        v |= (uint64_t)p[i] << 8 * i;
    return v;
}

static double get_double(const unsigned char *p)
{
    const uint64_t v = get64(p);
    double x;

    memcpy(&x, &v, 8);
    return x;
}

static void check_sum(const void *p, size_t n, unsigned char out[OC_SHA256_BYTES])
{
    struct oc_sha256 sum;

    oc_sha256_init(&sum);
    oc_sha256_add(&sum, p, n);
    oc_sha256_digest(&sum, out);
}

int oc_step_state_put(const struct oc_step_state *st, struct oc_buf *out)
{
    const size_t from = out->n;
    unsigned char sum[OC_SHA256_BYTES];

    oc_buf_put(out, magic, sizeof magic);
    put64(out, st->path);
    put64(out, st->step);
    put64(out, (uint64_t)st->ts);
    put_double(out, st->vol_scale);
    put_double(out, st->spot_scale);
    put64(out, st->nstate);
    put64(out, st->npinned);
    for (size_t i = 0; i < st->nstate; i++)
        put_double(out, st->state[i]);
    for (size_t i = 0; i < st->npinned; i++)
        put_double(out, st->pinned[i]);
    if (out->failed)
        return -1;
    check_sum(out->p + from, out->n - from, sum);
    oc_buf_put(out, sum, TAIL);
    return out->failed ? -1 : 0;
}

static int damaged(struct oc_err *err, const char *what)
{
    return oc_fail(err, OC_FORMAT, "the state of a walk is damaged: %s", what);
}

int oc_step_state_get(const struct oc_stepper *s, const void *p, size_t n, struct oc_step_state *st, struct oc_err *err)
{
    const unsigned char *const b = p;
    unsigned char sum[OC_SHA256_BYTES];

    if (n < HEAD + TAIL || (n - HEAD - TAIL) % 8)
        return damaged(err, "it has no length that one can have");
    if (memcmp(b, magic, sizeof magic))
        return memcmp(b, magic, 7) ? damaged(err, "it does not begin as one")
                                   : oc_fail(err, OC_FORMAT, "the state of a walk is of a version that is not known here");
    check_sum(b, n - TAIL, sum);
    if (memcmp(sum, b + n - TAIL, TAIL))
        return damaged(err, "its digest is another");
    const uint64_t nstate = get64(b + 48), npinned = get64(b + 56), words = (n - HEAD - TAIL) / 8;
    if (nstate > words || npinned != words - nstate)
        return damaged(err, "its counts are not those of its length");
    if (nstate != oc_paths_state_size(&s->paths) + 1)
        return oc_fail(err, OC_FORMAT, "the state is of a walk of %llu numbers, and this model has %zu",
                       (unsigned long long)nstate, oc_paths_state_size(&s->paths) + 1);
    struct oc_step_state new = { .path = get64(b + 8), .step = get64(b + 16), .ts = (int64_t)get64(b + 24),
                                 .vol_scale = get_double(b + 32), .spot_scale = get_double(b + 40), .nstate = nstate,
                                 .npinned = npinned, .cappinned = npinned };
    if (new.path > INT64_MAX || new.step > INT64_MAX)
        return damaged(err, "its path or step is no number that one can have");
    if (!(new.vol_scale > 0 && isfinite(new.vol_scale) && new.spot_scale > 0 && isfinite(new.spot_scale)))
        return damaged(err, "its shocks are not above 0");
    new.state = calloc(nstate + 1, sizeof *new.state);
    new.pinned = calloc(npinned + 1, sizeof *new.pinned);
    if (!new.state || !new.pinned) {
        oc_step_state_free(&new);
        return oc_fail(err, OC_MEMORY, "no memory for the state of a walk");
    }
    for (size_t i = 0; i < nstate; i++)
        new.state[i] = get_double(b + HEAD + 8 * i);
    for (size_t i = 0; i < npinned; i++)
        new.pinned[i] = get_double(b + HEAD + 8 * (nstate + i));
    if (!oc_chain_is_pinned(new.pinned, npinned)) {
        oc_step_state_free(&new);
        return damaged(err, "its strikes are no ladders");
    }
    oc_step_state_free(st);
    *st = new;
    return 0;
}
