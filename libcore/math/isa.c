/* isa - see isa.h */
#include "math/isa.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = { "avx512", "avx2", "base" };

/* The choice, or -1 before the first call.  Two threads that find -1 compute the same value. */
static _Atomic int chosen = -1;

const char *oc_isa_name(enum oc_isa isa)
{
    return names[isa];
}

int oc_isa_has(enum oc_isa isa)
{
    if (isa == OC_ISA_BASE)
        return 1;
#if defined(__x86_64__)
    /* The levels v3 and v4 of the x86-64 psABI, by the features that compilers use unasked. */
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi")
        || !__builtin_cpu_supports("bmi2"))
        return 0;
    if (isa == OC_ISA_AVX2)
        return 1;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
    return 0;
#endif
}

/* Place of the word in names, or -1. */
static int word(const char *s)
{
    for (int i = OC_ISA_AVX512; i <= OC_ISA_BASE; i++)
        if (strcmp(s, names[i]) == 0)
            return i;
    return -1;
}

static enum oc_isa choose(void)
{
    const char *const s = getenv("OC_ISA");
    const int w = s ? word(s) : -1;
    enum oc_isa best = OC_ISA_AVX512;

    if (w >= 0 && oc_isa_has((enum oc_isa)w))
        return (enum oc_isa)w;
    while (!oc_isa_has(best))
        best++;
    return best;
}

enum oc_isa oc_isa(void)
{
    int c = atomic_load_explicit(&chosen, memory_order_relaxed);

    if (c < 0) {
        c = (int)choose();
        atomic_store_explicit(&chosen, c, memory_order_relaxed);
    }
    return (enum oc_isa)c;
}

int oc_isa_use(enum oc_isa isa)
{
    if (!oc_isa_has(isa))
        return -1;
    atomic_store_explicit(&chosen, (int)isa, memory_order_relaxed);
    return 0;
}

int oc_isa_check(struct oc_err *err)
{
    const char *const s = getenv("OC_ISA");

    if (!s || !*s)
        return 0;
    const int w = word(s);
    if (w < 0)
        return oc_fail(err, OC_USAGE, "OC_ISA=%.40s is not avx512, avx2 or base", s);
    if (!oc_isa_has((enum oc_isa)w))
        return oc_fail(err, OC_USAGE, "OC_ISA=%s: this processor lacks it", s);
    return 0;
}
