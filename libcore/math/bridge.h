/*
 * bridge - Brownian paths from independent normals in order of importance: the end first, then middles (Brownian bridge).
 *
 * An orthogonal map of `steps` normals to the increments (W(t[k+1]) - W(t[k])) / sqrt(t[k+1] - t[k]) of a Brownian motion:
 * what comes out is again independent and of variance 1, but the first numbers tell most of the path.
 *   grid    any ascending times; W(t[0]) = 0
 *   order   the end; then always the interval whose best inner time has the largest conditional variance
 *           (t - l)(r - t) / (r - l), ties to the earlier; for 2^m equal steps the halves, quarters, ... of Glasserman 3.1
 *   error   M M^T = I to 4e-16 sqrt(T / smallest step), at least 1e-15
 *   bits    the same from each instruction set and for any n
 *   source  Glasserman, "Monte Carlo Methods in Financial Engineering" (2004), 3.1 and 5.5
 */
#ifndef OC_MATH_BRIDGE_H
#define OC_MATH_BRIDGE_H

#include "base/err.h"

#include <stddef.h>

struct oc_bridge;

/* t[0 .. steps]; OC_USAGE where it does not ascend or is not finite.  Owned by the caller. */
struct oc_bridge *oc_bridge_open(size_t steps, const double *t, struct oc_err *err);
void oc_bridge_close(struct oc_bridge *b);

/* n columns: z[l * ldz + j] normal l by importance, out[k * ld + j] increment k.  The arrays do not overlap. */
void oc_bridge_apply(const struct oc_bridge *b, size_t n, const double *z, size_t ldz, double *out, size_t ld);

/* t[0 .. steps] as a grid of times: 0, or -1 with OC_USAGE. */
int oc_bridge_grid(size_t steps, const double *t, struct oc_err *err);

#endif
