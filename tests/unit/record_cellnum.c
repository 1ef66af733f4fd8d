/*
 * cellnum: every kernel reads what base/num reads, to the same bits, and passes on what it does not understand: random
 * cells of digits, points and signs, real spellings, and every length from 0 to 20.
 */
#include "base/num.h"
#include "record/cellnum.h"
#include "test.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 4096, PAD = 64 };

static uint64_t state = 1;

static uint64_t rnd(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

/* A cell of 0 to 20 characters; most are numbers. */
static size_t cell(char *out)
{
    static const char odd[] = "0123456789.-+eE \"x";
    const size_t n = rnd() % 21, point = rnd() % 24;

    for (size_t i = 0; i < n; i++)
        out[i] = i == point ? '.' : (char)('0' + rnd() % 10);
    if (n && rnd() % 4 == 0)
        out[0] = '-';
    if (n && rnd() % 8 == 0)
        out[rnd() % n] = odd[rnd() % (sizeof odd - 1)];
    return n;
}

/* What every kernel must understand: a minus, then up to 16 digits of which one may be a point. */
static bool plain(const char *s, size_t n)
{
    size_t points = 0, digits = 0;

    if (n && *s == '-') {
        s++;
        n--;
    }
    for (size_t i = 0; i < n; i++) {
        points += s[i] == '.';
        digits += s[i] >= '0' && s[i] <= '9';
    }
    return n <= 16 && points <= 1 && digits && points + digits == n;
}

static void check(int isa, const char *text, const uint32_t *sep)
{
    static double out[ROWS];
    static uint32_t left[ROWS];
    const size_t k = oc_cellnum_f64_by(isa, text, sep, 1, ROWS, out, left);
    size_t at = 0;

    for (size_t i = 0; i < ROWS; i++) {
        const char *s = text + sep[i] + 1;
        const size_t n = sep[i + 1] - sep[i] - 1;
        double want = NAN;
        const bool passed_on = at < k && left[at] == i;
        at += passed_on;
        CHECK(passed_on == (n && !plain(s, n)), "isa %d: '%.*s' is %s", isa, (int)n, s, passed_on ? "passed on" : "taken");
        if (passed_on || !n) {
            CHECK(isnan(out[i]), "isa %d: '%.*s' gives %g", isa, (int)n, s, out[i]);
            continue;
        }
        CHECK(oc_num_f64(s, n, &want) == 0 && memcmp(&want, &out[i], sizeof want) == 0, "isa %d: '%.*s' is %.17g, not %.17g",
              isa, (int)n, s, out[i], want);
    }
    CHECK(at == k, "isa %d: the list is not in order", isa);
}

int main(void)
{
    static char text[PAD + ROWS * 24 + PAD];
    static uint32_t sep[ROWS + 1];
    const int rounds = getenv("OC_FULL") ? 2000 : 40;
    static const char *const names[] = { "cellnum: base", "cellnum: avx2", "cellnum: avx512" };

    for (int isa = 0; isa < 3; isa++) {
        uint32_t none = 0;
        double d;
        if (oc_cellnum_f64_by(isa, text + PAD, &none, 1, 0, &d, &none) == SIZE_MAX) {
            test_skip(names[isa], "not on this processor");
            continue;
        }
        test_begin(names[isa]);
        for (int round = 0; round < rounds; round++) {
            uint32_t at = PAD;
            for (int i = 0; i < ROWS; i++) {
                sep[i] = at;
                text[at++] = ',';
                at += (uint32_t)cell(text + at);
            }
            sep[ROWS] = at;
            text[at] = ',';
            check(isa, text, sep);
        }
        test_end();
    }
    return test_done();
}
