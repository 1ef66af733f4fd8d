/*
 * numbers - what reading and printing a number costs, beside the C library in the same run.  One line a figure: name,
 * value, unit, and the peer's value and ratio.  Each is the best of 15 passes over 100,000 texts in one buffer, as
 * they lie in a block of records.
 */
#include "base/num.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 100000, PASSES = 15, TEXT = 64 };

static char text[N * 32 + 2 * TEXT];
static size_t start[N + 1];
static double value[N], sink[N];
static int64_t isink[N];
static uint64_t state = 42;

static uint64_t rng(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void pass_read(void)
{
    for (size_t i = 0; i < N; i++)
        if (oc_num_f64_padded(text + start[i], start[i + 1] - start[i] - 1, &sink[i]))
            abort();
}

static void pass_safe(void)
{
    for (size_t i = 0; i < N; i++)
        if (oc_num_f64(text + start[i], start[i + 1] - start[i] - 1, &sink[i]))
            abort();
}

static void pass_strtod(void)
{
    for (size_t i = 0; i < N; i++)
        sink[i] = strtod(text + start[i], NULL);
}

static void pass_i64(void)
{
    for (size_t i = 0; i < N; i++)
        if (oc_num_i64(text + start[i], start[i + 1] - start[i] - 1, &isink[i]))
            abort();
}

static void pass_print(void)
{
    char *p = text;

    for (size_t i = 0; i < N; i++)
        p += oc_num_print_f64(p, value[i]);
}

static void pass_fixed(void)
{
    const struct oc_num_format f = { OC_NUM_FIXED, 4 };
    char buf[OC_NUM_FORMAT_MAX];

    for (size_t i = 0; i < N; i++)
        isink[i] = (int64_t)oc_num_print_format(buf, value[i], f);
}

static void pass_sig(void)
{
    const struct oc_num_format f = { OC_NUM_SIG, 6 };
    char buf[OC_NUM_FORMAT_MAX];

    for (size_t i = 0; i < N; i++)
        isink[i] = (int64_t)oc_num_print_format(buf, value[i], f);
}

static void pass_printf(void)
{
    char buf[TEXT];

    for (size_t i = 0; i < N; i++)
        isink[i] = snprintf(buf, sizeof buf, "%.17g", value[i]);
}

static void pass_iprint(void)
{
    char *p = text;

    for (size_t i = 0; i < N; i++)
        p += oc_num_print_i64(p, isink[i]);
}

static double best(void (*pass)(void))
{
    double least = 1e300;

    for (int i = 0; i < PASSES; i++) {
        const double t = now();
        pass();
        const double d = (now() - t) / N;
        least = d < least ? d : least;
    }
    return least;
}

static void line(const char *name, double ns, const char *peer, double peer_ns)
{
    if (peer)
        printf("%-44s %10.3g ns %s %.3g ns, ratio %.3g\n", name, ns, peer, peer_ns, peer_ns / ns);
    else
        printf("%-44s %10.3g ns\n", name, ns);
}

/* Texts one behind the other, a comma after each. */
static void fill(const char *format, double (*make)(void))
{
    size_t n = TEXT;

    for (size_t i = 0; i < N; i++) {
        start[i] = n;
        n += (size_t)sprintf(text + n, format, value[i] = make()) + 1;
        text[n - 1] = ',';
    }
    start[N] = n;
}

static double quote(void) { return (double)(rng() % 1000000) / (rng() % 2 ? 100 : 2000); }
static double whole(void) { return (double)(int64_t)(rng() >> (24 + rng() % 36)); }
static double computed(void) { return (double)(rng() >> 11) * 0x1p-53 * (rng() % 2 ? 1 : 300); }

int main(void)
{
    fill("%.7g", quote);
    line("numbers: read a quote (4985.5, 12.35)", best(pass_read), "strtod", best(pass_strtod));
    line("numbers: read a quote, nothing around it", best(pass_safe), NULL, 0);
    fill("%.17g", computed);
    line("numbers: read 17 digits", best(pass_read), "strtod", best(pass_strtod));
    fill("%.0f", whole);
    line("numbers: read an integer", best(pass_i64), NULL, 0);
    line("numbers: print an integer", best(pass_iprint), NULL, 0);
    fill("%.17g", computed);
    line("numbers: print 17 digits, shortest", best(pass_print), "printf", best(pass_printf));
    line("numbers: print fixed:4", best(pass_fixed), NULL, 0);
    line("numbers: print sig:6", best(pass_sig), NULL, 0);
    fill("%.7g", quote);
    line("numbers: print a quote, shortest", best(pass_print), "printf", best(pass_printf));
    return 0;
}
