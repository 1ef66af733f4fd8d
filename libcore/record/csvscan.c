/* csvscan - choice of the kernel: see csvscan.h. */
#include "record/csvscan.h"

#include <stdlib.h>
#include <string.h>

typedef void kernel(const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep, struct oc_csvscan *out);

kernel oc_csvscan_kernel_base;
#ifdef __x86_64__
kernel oc_csvscan_kernel_avx2, oc_csvscan_kernel_avx512;
#endif

enum { BASE, AVX2, AVX512, NISA };

static kernel *by_isa(int isa)
{
#ifdef __x86_64__
    const int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");

    if (isa == AVX512)
        return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
               && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") ? oc_csvscan_kernel_avx512 : NULL;
    if (isa == AVX2)
        return avx2 ? oc_csvscan_kernel_avx2 : NULL;
#endif
    return isa == BASE ? oc_csvscan_kernel_base : NULL;
}

static kernel *choose(void)
{
    static const char *const names[NISA] = { "base", "avx2", "avx512" };
    const char *forced = getenv("OC_ISA");
    int top = NISA - 1;

    for (int i = 0; forced && i < NISA; i++)
        if (strcmp(forced, names[i]) == 0)
            top = i;
    while (!by_isa(top))
        top--;
    return by_isa(top);
}

void oc_csvscan_split(const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep, struct oc_csvscan *out)
{
    static kernel *volatile chosen;         /* two threads that come first choose the same */
    kernel *k = chosen;

    if (!k)
        chosen = k = choose();
    k(text, from, to, delim, sep, out);
}

int oc_csvscan_split_by(int isa, const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep,
                        struct oc_csvscan *out)
{
    kernel *k = by_isa(isa);

    if (k)
        k(text, from, to, delim, sep, out);
    return k ? 0 : -1;
}
