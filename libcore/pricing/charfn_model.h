/* charfn_model - what the kernels of charfn.k.c are told of a model: its numbers, ready for one expiry. */
#ifndef OC_PRICING_CHARFN_MODEL_H
#define OC_PRICING_CHARFN_MODEL_H

#include "math/isa.h"
#include "pricing/charfn.h"

struct charfn_model {
    struct oc_charfn m;
    double years;
    double drift;           /* E[e^J] - 1 of a jump's logarithm J */
};

/* g[i] = log |M(w)| + k (1 - w) - log(w (w - 1)) at real w[i], outside of [0, 1]: the logarithm of the integrand at u = 0 */
OC_K_DECLARE(void, oc_charfn_real_k, (const struct charfn_model *m, double k, size_t n, const double *w, double *g));

/*
 * s = w + width (i sinh t + bend (cosh t - 1)), a hyperbola with its vertex in w; bend 0: the vertical line.  At the vertex
 * log |M| + k (1 - w) is shift, and jumps is the part of the jumps in log M.
 */
struct charfn_contour { double w, width, bend, shift, jumps; };

/* out[i] = Re(M(s) e^(k (1 - s) - shift) / (s (s - 1)) (cosh t - i bend sinh t)) from e[i] = e^t */
OC_K_DECLARE(void, oc_charfn_line_k, (const struct charfn_model *m, double k, const struct charfn_contour *c, size_t n,
                                      const double *e, double *out));
/* log |M(s) e^(k (1 - s) - shift) / (s (s - 1)) dt/ds| without the jumps, there too */
OC_K_DECLARE(void, oc_charfn_size_k, (const struct charfn_model *m, double k, const struct charfn_contour *c, size_t n,
                                      const double *e, double *out));

#endif
