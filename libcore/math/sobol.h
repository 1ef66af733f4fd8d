/*
 * sobol - quasi-random numbers as a pure function of (seed, replicate, path, dimension): Sobol points, Owen-scrambled.
 *
 * Point number `path` of the sequence in Gray-code order, as Joe and Kuo's program, QuantLib and SciPy give it, counted
 * from 0; point 0, the origin, takes part, since the first 2^m points are a net only with it.  32 digits, so 2^32 points.
 * A scrambling is addressed by (seed, replicate, path / 2^32): beyond 2^32 points another one begins by itself.
 *
 * Scrambling is nested (Owen 1995): digit k of a point is flipped or not as a hash of the digits before it tells, with a
 * key of 256 bits for each dimension from Philox; 20 more digits, which would all be 0, are the hash of the first 32.  So
 *     u = (52 digits + 1/2) 2^-52,  0 < u < 1,
 * is uniform, each elementary interval keeps exactly its share of points, and replicates are independent.
 * The hash is one of additions and multiplications modulo 2^32 on the digits in reversed order, where carries run from
 * each digit to the later ones only (Laine and Karras 2011; Burley 2020), every factor of which is a key.
 *   source  direction numbers D6: Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections" (2008)
 */
#ifndef OC_MATH_SOBOL_H
#define OC_MATH_SOBOL_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { OC_SOBOL_DIMENSIONS = 21201 };

struct oc_sobol;

/* The stream of Philox that keys are taken from; no asset of a simulation reaches it. */
#define OC_SOBOL_STREAM 0xffffu

/*
 * Direction numbers of the first `dimensions`, read from the data file sobol.tab.  NULL with OC_USAGE: 0 or more than
 * 21,201; OC_IO, OC_FORMAT: the file.  Constant from then on, shared by threads; owned by the caller.
 */
struct oc_sobol *oc_sobol_open(size_t dimensions, struct oc_err *err);
void oc_sobol_close(struct oc_sobol *s);
size_t oc_sobol_dimensions(const struct oc_sobol *s);

/* The 32 digits of a coordinate without scrambling, the first digit highest: coordinate = word / 2^32. */
uint32_t oc_sobol_word(const struct oc_sobol *s, uint32_t index, size_t dimension);

/* Keys of count dimensions from `first` on, of the scrambling that path `path` lies in. */
struct oc_sobol_key { uint32_t word[8]; };
void oc_sobol_keys(uint64_t seed, uint64_t replicate, uint64_t path, size_t first, size_t count, struct oc_sobol_key *key);

/*
 * Coordinates of n consecutive points: out[k * ld + j] is dimension first + k of point path + j, as uniforms or as normals
 * by inversion.  key[k]: of dimension first + k, for path.  The n points lie in one scrambling:
 * path / 2^32 == (path + n - 1) / 2^32.  ld >= n.
 */
void oc_sobol_uniform(const struct oc_sobol *s, const struct oc_sobol_key *key, uint64_t path, size_t n, size_t first,
                      size_t count, double *out, size_t ld);
void oc_sobol_normal(const struct oc_sobol *s, const struct oc_sobol_key *key, uint64_t path, size_t n, size_t first,
                     size_t count, double *out, size_t ld);

#endif
