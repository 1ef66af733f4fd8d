/* csvscan - choice of the kernel: see csvscan.h. */
#include "record/csvscan.h"

#include <stdlib.h>
#include <string.h>

typedef void split(const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep, struct oc_csvscan *out);
typedef size_t count(const char *text, uint32_t from, uint32_t to);

split oc_csvscan_kernel_base;
count oc_csvscan_count_base;
#ifdef __x86_64__
split oc_csvscan_kernel_avx2, oc_csvscan_kernel_avx512;
count oc_csvscan_count_avx2, oc_csvscan_count_avx512;
#endif

enum { BASE, AVX2, AVX512, NISA };

static const struct kernels { split *split; count *count; } kernels[NISA] = {
    [BASE] = { oc_csvscan_kernel_base, oc_csvscan_count_base },
#ifdef __x86_64__
    [AVX2] = { oc_csvscan_kernel_avx2, oc_csvscan_count_avx2 },
    [AVX512] = { oc_csvscan_kernel_avx512, oc_csvscan_count_avx512 },
#endif
};

/* NULL: not on this processor, or not in this build. */
static const struct kernels *by_isa(int isa)
{
#ifdef __x86_64__
    const int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    const int avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                       && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");

    if ((isa == AVX2 && !avx2) || (isa == AVX512 && !avx512))
        return NULL;
#endif
    return kernels[isa].split ? &kernels[isa] : NULL;
}

static const struct kernels *choose(void)
{
    static const char *const names[NISA] = { "base", "avx2", "avx512" };
    static const struct kernels *volatile chosen;   /* two threads that come first choose the same */
    const struct kernels *k = chosen;

    if (k)
        return k;
    const char *forced = getenv("OC_ISA");
    int top = NISA - 1;
    for (int i = 0; forced && i < NISA; i++)
        if (strcmp(forced, names[i]) == 0)
            top = i;
    while (!by_isa(top))
        top--;
    return chosen = by_isa(top);
}

void oc_csvscan_split(const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep, struct oc_csvscan *out)
{
    choose()->split(text, from, to, delim, sep, out);
}

size_t oc_csvscan_lines(const char *text, uint32_t from, uint32_t to) { return choose()->count(text, from, to); }

int oc_csvscan_split_by(int isa, const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep,
                        struct oc_csvscan *out)
{
    const struct kernels *k = by_isa(isa);

    if (!k)
        return -1;
    k->split(text, from, to, delim, sep, out);
    if (k->count(text, from, to) != out->nlf)
        out->nlf = SIZE_MAX;            /* the two must agree: no test takes this */
    return 0;
}

int oc_csvscan_isa(void) { return (int)(choose() - kernels); }
bool oc_csvscan_has(int isa) { return by_isa(isa) != NULL; }
