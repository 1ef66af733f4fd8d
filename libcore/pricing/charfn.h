/*
 * charfn - European values of models that are known by the transform of their logarithm: Heston, Merton, Kou, Bates.
 *
 *   X       log(S(T) / F), so E[e^X] = 1; M(s) = E[e^(s X)] for complex s
 *   k       log(K / F)
 *   value   undiscounted and per unit of forward: E[(e^X - e^k)^+] of a call, E[(e^k - e^X)^+] of a put
 *
 * Models are a diffusion (constant volatility, or Heston's variance) and jumps in the logarithm (none, normal as Merton's,
 * double exponential as Kou's); drifts are those of a martingale.  Bates is Heston with Merton's jumps.
 *   domain  years > 0; parameters as the fields say
 *   error   relative, of out-of-the-money values, small ones too: 1e-11, and 1e-10 in the worst of 100,000 random models, as
 *           measured by tests/unit/pricing_charfn.c
 *   rows    NaN where the integral does not settle to 1e-11 of itself; 0 for a value below 1e-290
 *   cost    some 5 us a value, no allocation; each row by itself
 *   source  the value as a contour integral: Lewis (2001); a contour through the saddle point for each strike: Lord and
 *           Kahl (2007), Andersen and Lake (2018); continuous logarithm of Heston's M: Lord and Kahl (2010); where Heston's
 *           M is finite: Andersen and Piterbarg (2007), proposition 3.1
 */
#ifndef OC_PRICING_CHARFN_H
#define OC_PRICING_CHARFN_H

#include "pricing/pricer.h"

#include <stddef.h>

enum oc_charfn_diffusion { OC_CHARFN_CONSTANT, OC_CHARFN_HESTON };
enum oc_charfn_jumps { OC_CHARFN_NO_JUMPS, OC_CHARFN_NORMAL, OC_CHARFN_DOUBLE_EXPONENTIAL };

struct oc_charfn {
    enum oc_charfn_diffusion diffusion;
    double volatility;                      /* constant: 1/sqrt(year), >= 0 */
    double v0, kappa, theta, xi, rho;       /* Heston: variance now >= 0; 1/year >= 0; variance >= 0; > 0; (-1, 1) */
    enum oc_charfn_jumps jumps;
    double intensity;                       /* jumps a year, >= 0 */
    double jump_mean, jump_volatility;      /* normal: of a jump's logarithm */
    double p_up, eta_up, eta_down;          /* double exponential: share upwards [0, 1]; > 1; > 0 */
};

/* value[n] for one expiry: side +1 call, -1 put.  Best on the side that is out of the money. */
void oc_charfn_value(const struct oc_charfn *m, double years, size_t n, const double *side, const double *k, double *value);

/* Black volatility [n] of the value out of the money; NaN where there is none, 0 where the value is below 1e-290. */
void oc_charfn_vol(const struct oc_charfn *m, double years, size_t n, const double *k, double *vol);

#endif
