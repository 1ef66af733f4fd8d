/* arena and buf: alignment, growth, reset. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "test.h"

#include <stdint.h>
#include <string.h>

static void arena(void)
{
    struct oc_arena a = { 0 };

    test_begin("arena aligns, keeps and resets");
    for (int round = 0; round < 3; round++) {
        unsigned char *last = NULL;
        for (size_t n = 1; n < 200000; n = n * 3 + 1) {
            unsigned char *p = oc_arena_alloc(&a, n);
            CHECK(p && (uintptr_t)p % 64 == 0, "n %zu: %p", n, (void *)p);
            memset(p, (int)(n & 255), n);
            CHECK(!last || last[0] == (((n - 1) / 3) & 255), "n %zu: older block changed", n);
            last = p;
        }
        oc_arena_reset(&a);
    }
    CHECK(oc_arena_zero(&a, SIZE_MAX / 2, 4) == NULL, "product overflow not refused");
    oc_arena_free(&a);
    test_end();
}

static void buf(void)
{
    struct oc_buf b = { 0 };

    test_begin("buf grows and formats");
    for (int i = 0; i < 1000; i++)
        oc_buf_printf(&b, "%d,", i);
    oc_buf_char(&b, '!');
    CHECK(b.n == 3891 && !b.failed, "n %zu", b.n);
    CHECK(strcmp(oc_buf_str(&b) + b.n - 5, "999,!") == 0, "tail %s", oc_buf_str(&b) + b.n - 5);
    oc_buf_free(&b);
    test_end();
}

static void err(void)
{
    struct oc_err e = { 0 };

    test_begin("err keeps context in front");
    oc_fail(&e, OC_DATA, "strike %g", 5.0);
    oc_while(&e, "row %d", 7);
    oc_at(&e, "x.csv", 4, 2);
    CHECK(strcmp(e.text, "row 7: strike 5") == 0 && e.line == 4 && oc_err_status(e.code) == 1, "%s", e.text);
    test_end();
}

int main(void)
{
    arena();
    buf();
    err();
    return test_done();
}
