/*
 * isa - which instruction set the vector kernels run on, and how a module calls its kernel triple.
 *
 * A file NAME.k.c is compiled three times (see math/vec.h) and defines OC_K(f), that is f_avx512, f_avx2
 * and f_base, which give the same bits.  The module that owns the kernel declares and calls it so:
 *
 *     OC_K_DECLARE(void, oc_exp_k, (size_t n, const double *x, double *out));
 *     void oc_exp_v(size_t n, const double *x, double *out) { OC_K_PICK(oc_exp_k)(n, x, out); }
 *
 * The choice is made once, from the processor or from the environment variable OC_ISA.
 */
#ifndef OC_MATH_ISA_H
#define OC_MATH_ISA_H

#include "base/err.h"

enum oc_isa { OC_ISA_AVX512, OC_ISA_AVX2, OC_ISA_BASE };

/* The instruction set in use: the word of OC_ISA if it is good, else the best that the processor has.  Threads may call it. */
enum oc_isa oc_isa(void);

/* The word that OC_ISA takes: "avx512", "avx2", "base". */
const char *oc_isa_name(enum oc_isa isa);

/* 1 if this processor (and this build) can run it. */
int oc_isa_has(enum oc_isa isa);

/* For tests and benchmarks: use isa from now on in the whole process.  0, or -1 if oc_isa_has() denies it. */
int oc_isa_use(enum oc_isa isa);

/* 0, or -1 with OC_USAGE if OC_ISA holds an unknown word or asks for what the processor lacks.  For the start of a program. */
int oc_isa_check(struct oc_err *err);

#if defined(__x86_64__)
/* Declare the three variants of a kernel. */
#define OC_K_DECLARE(ret, name, args) ret name##_avx512 args; ret name##_avx2 args; ret name##_base args
/* The variant in use, as a function to be called. */
#define OC_K_PICK(name) (oc_isa() == OC_ISA_AVX512 ? name##_avx512 : oc_isa() == OC_ISA_AVX2 ? name##_avx2 : name##_base)
#else
#define OC_K_DECLARE(ret, name, args) ret name##_base args
#define OC_K_PICK(name) (name##_base)
#endif

#endif
