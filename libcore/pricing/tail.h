/*
 * tail - rationals for the normal tail, to be inlined into kernels.
 *
 *   M(z) = Q(z) / phi(z)                   Mills' ratio
 *   J(z) = 1 - z M(z) = -M'(z)             so that phi(z) J(z) is the Bachelier price of distance z at unit deviation
 *
 *   tail_m / tail_q     M for 0 <= z <= 40; approximation error 1e-16, a few ulp as evaluated
 *   tail_mw / tail_w    M for -0.75 <= z <= 40, error 2e-17
 *   tail_jw / tail_w    J for the same z with the same denominator, error 1.2e-16 relative, also where J is small
 *   tail_mf, tail_jf / tail_f    the same pair at less work: M to 5e-15 (1 + z), J to 2e-14 (1 + z^2)
 *
 * All coefficients are positive, so nothing cancels for z >= 0, and beyond 40 each pair keeps to its asymptote
 * (1/z, 1/z^2), within 1e-13 for any z that does not overflow.
 * Source: interpolated in 80 to 90 digits at images of Chebyshev nodes, z = c (1+t) / (1-t) - a with c = 4 (2.5 for the
 * last), a = 0 or 3/4; for the wide pairs J is fitted with N(0) = Q(0) = 1 and M follows as
 * (Q - N) / (z Q) coefficient by coefficient.
 */
#ifndef OC_PRICING_TAIL_H
#define OC_PRICING_TAIL_H

static const double tail_m[] __attribute__((unused)) = {
    0x1.40d931ff62705p+0, 0x1.f25199d00ba3fp+0, 0x1.7ec0e15f58abbp+0, 0x1.75876c4f83118p-1, 0x1.f97561628e4f8p-3,
    0x1.e9cb78bba68d1p-5, 0x1.53d829765480fp-7, 0x1.46c1c57b55c16p-10, 0x1.8e149584982e6p-14, 0x1.db0bfa4d43be0p-19
};
static const double tail_q[] __attribute__((unused)) = {
    0x1.0000000000000p+0, 0x1.2cedfd1ef6ad2p+1, 0x1.48cdbbc29840fp+1, 0x1.b8de22f69edb7p+0, 0x1.92e20d15a1429p-1,
    0x1.0727aeb8eae19p-2, 0x1.f3f2aeb9e419dp-5, 0x1.56f4529c3bfb8p-7, 0x1.47af4b7931d8dp-10, 0x1.8e1495847a195p-14,
    0x1.db0bfa4d483b9p-19
};

static const double tail_mw[] __attribute__((unused)) = {
    0x1.40d931ff62705p+0, 0x1.1ae715290d40bp+1, 0x1.eec284ea30176p+0, 0x1.169a7caa7c35fp+0, 0x1.bd16f36dfae2bp-2,
    0x1.0781b97346c7dp-3, 0x1.d6e520fbefb7fp-6, 0x1.3d6c39710d050p-8, 0x1.3cd55ad33550ap-11, 0x1.bf5d1e8c631fap-15,
    0x1.942b0123126c5p-19, 0x1.64cf360062268p-24
};
static const double tail_jw[] __attribute__((unused)) = {
    0x1.0000000000000p+0, 0x1.4edb7c7c34f29p+0, 0x1.c04450d07852fp-1, 0x1.882fe1f6ed2ddp-2, 0x1.e97eb7d2fa46cp-4,
    0x1.c396170ea64c1p-6, 0x1.367cb546c1886p-8, 0x1.39ad04c6764fcp-11, 0x1.bdf84f590fca6p-15, 0x1.942b0122a89e9p-19,
    0x1.64cf360070f76p-24
};
static const double tail_w[] __attribute__((unused)) = {
    0x1.0000000000000p+0, 0x1.47da573dcbb17p+1, 0x1.8af8295d2b556p+1, 0x1.28673eb3f5b16p+1, 0x1.35326827abda6p+0,
    0x1.d95054dee5477p-2, 0x1.11359f1d7cd41p-3, 0x1.e0b28922236a7p-6, 0x1.40e82a0fbf249p-8, 0x1.3e6985d457f94p-11,
    0x1.c00f862763582p-15, 0x1.942b0123126c5p-19, 0x1.64cf360062268p-24
};

static const double tail_mf[] __attribute__((unused)) = {
    0x1.40d931ff626f6p+0, 0x1.e7df6df9e6eedp+0, 0x1.6f0540b3a1e8dp+0, 0x1.5e4f593523a64p-1, 0x1.ce74d35543ecep-3,
    0x1.b39662d127bb0p-5, 0x1.244d7d72fdff0p-7, 0x1.0de6c36e509abp-10, 0x1.38811a9cdd25ap-14, 0x1.5c62e859c2d28p-19
};
static const double tail_jf[] __attribute__((unused)) = {
    0x1.0000000000000p+0, 0x1.10ad1a2dd665cp+0, 0x1.2d100cda4f399p-1, 0x1.ab6fc46939380p-3, 0x1.a2eed114ba69ep-5,
    0x1.1f6b69209b398p-7, 0x1.0c8a63a6bac64p-10, 0x1.388119e4f34a2p-14, 0x1.5c62e87e9eceep-19
};
static const double tail_f[] __attribute__((unused)) = {
    0x1.0000000000000p+0, 0x1.28c326169c6a9p+1, 0x1.3f33ba338745cp+1, 0x1.a4733940c90fdp+0, 0x1.787e46466f4cep-1,
    0x1.e06b89e74da08p-3, 0x1.bbfab5ee5d913p-5, 0x1.26be7fa6c7e59p-7, 0x1.0e94f4e28fea1p-10, 0x1.38811a9cdd25ap-14,
    0x1.5c62e859c2d28p-19
};

/* numbers of coefficients */
enum { TAIL_MF = 10, TAIL_JF = 9, TAIL_F = 11, TAIL_M = 10, TAIL_Q = 11, TAIL_MW = 12, TAIL_JW = 11, TAIL_W = 13 };

#endif
