/*
 * stepstate - any bytes as the state of a walk: as they are, and with the digest that makes them whole.  What is taken is
 * put back as the same bytes, and then walks on or is refused with words.
 */
#include "app/step.h"
#include "base/sha256.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct oc_stepper *stepper(void)
{
    static struct oc_stepper s;
    static const char *model = "heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7";
    static struct oc_io io = OC_IO_DEFAULT;
    static struct oc_instants instants = { .has_ts = true, .ts = INT64_C(1797541200000000000) };
    static const struct oc_step p = {
        .chain = { .symbol = "XYZ", .spot = 100, .vol = 0.2, .rate = 0.03, .dividend_yield = 0.01, .schedule = "weekly:2",
                   .strikes = "5", .chain_size = "1", .ladder = "pinned" },
        .model = { 1, &model }, .clock = "calendar", .stick = "delta", .greek_units = "textbook", .step = "1d", .steps = 30,
        .paths = 1, .to = UINT64_MAX, .dt = NAN, .io = &io, .instants = &instants };
    struct oc_err err = { 0 };

    if (!s.run[0] && oc_step_open(&p, &s, &err))
        abort();
    return &s;
}

static void one(const struct oc_stepper *s, const void *p, size_t n)
{
    struct oc_step_state st = { 0 };
    struct oc_chain_rows rows = { 0 };
    struct oc_buf again = { 0 };
    struct oc_err err = { 0 };

    if (oc_step_state_get(s, p, n, &st, &err)) {
        if (err.code != OC_FORMAT || !*err.text || st.state)
            abort();
        return;
    }
    if (oc_step_state_put(&st, &again) || again.n != n || memcmp(again.p, p, n))
        abort();
    struct oc_paths_room *room = oc_paths_room(&s->paths, &err);
    if (!room)
        abort();
    if (oc_step_chain(s, &st, &rows, &err) && !*err.text)
        abort();
    if (oc_step_advance(s, room, &st, &err) < 0 && !*err.text)
        abort();
    oc_paths_room_free(room);
    oc_chain_free(&rows);
    oc_step_state_free(&st);
    oc_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct oc_stepper *s = stepper();
    unsigned char sum[OC_SHA256_BYTES];
    struct oc_sha256 digest;

    one(s, data, size);
    if (size < 8)
        return 0;
    unsigned char *whole = malloc(size);
    if (!whole)
        abort();
    memcpy(whole, data, size);
    oc_sha256_init(&digest);
    oc_sha256_add(&digest, whole, size - 8);
    oc_sha256_digest(&digest, sum);
    memcpy(whole + size - 8, sum, 8);
    one(s, whole, size);
    free(whole);
    return 0;
}
