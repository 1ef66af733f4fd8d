/*
 * philox - random numbers as a pure function of (seed, stream, path, number): Philox 4x32-10.
 *
 * Nothing holds a generator's state.  One call of the function gives 128 bits, addressed so:
 *     key      seed, low word first
 *     counter  path low, path high, call low, stream << 16 | call high          (call < 2^48, stream < 2^16)
 * and holds two uniforms of 52 bits: u0 of words 0 (low) and 1, u1 of words 2 and 3, each
 *     u = ((w >> 12) + 1/2) 2^-52,       w = low | high << 32,     so 0 < u < 1 and never either
 * Number i of a stream is half i mod 2 of call i / 2.  Normals by Box-Muller are made from a whole call:
 *     number 2c = r cos(2 pi u1), 2c + 1 = r sin(2 pi u1), r = sqrt(-2 log u0)
 * by inversion each from the uniform of its own number.  The bits do not depend on the instruction set, on n or on
 * how a range is cut.
 * Stream 0xffff is that of the keys of scrambled Sobol points (sobol.h).
 *   error   uniforms exact; Box-Muller <= 4 ulp of r; inversion that of v_norm_icdf
 *   source  Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011)
 */
#ifndef OC_MATH_PHILOX_H
#define OC_MATH_PHILOX_H

#include <stddef.h>
#include <stdint.h>

/* The words of one call. */
void oc_philox(uint64_t seed, const uint32_t counter[4], uint32_t out[4]);

/*
 * Numbers first .. first + count - 1 of n consecutive paths: out[k * ld + j] is number first + k of path `path` + j.
 * ld >= n.  Cheapest where first and count are even and n is a multiple of 32.
 */
void oc_philox_uniform(uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count, double *out,
                       size_t ld);
void oc_philox_normal(uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count, double *out,
                      size_t ld);
void oc_philox_inverse(uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count, double *out,
                       size_t ld);

/* One number, for rare draws. */
double oc_philox_uniform_at(uint64_t seed, unsigned stream, uint64_t path, uint64_t number);
double oc_philox_normal_at(uint64_t seed, unsigned stream, uint64_t path, uint64_t number);

#endif
