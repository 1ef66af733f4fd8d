/*
 * depth - the kernel of depth.c: two calls of Philox a row, addressed by the bits of its strike.
 *
 * Word 3 of the counter has bit 0 set for calls; a word w of 32 bits gives u = (w + 1/2) 2^-32.
 */
#include "math/vec.h"
#include "math/vexp.h"
#include "math/vlog.h"
#include "math/vphilox.h"
#include "model/depth_block.h"

void OC_K(oc_depth_k)(const struct depth_block *b, size_t n, const double *side, const double *strike,
                      const double *log_money,
                      const double *vol, const double *bid, double *const out[4]);

/* The words of the counter (strike low, strike high, c2, c3), upper halves junk. */
V_FN void depth_words(const struct depth_block *b, vd strike, vi c2, vi c3, vi *x)
{
    x[0] = v_bits(strike);
    x[1] = i_shr(v_bits(strike), 32);
    x[2] = c2;
    x[3] = c3;
#pragma GCC unroll 10
    for (int i = 0; i < 10; i++) {
        const vi p = i_mulu32(x[0], i_set(VPHILOX_M0)), q = i_mulu32(x[2], i_set(VPHILOX_M1));

        x[0] = i_xor3(i_shr(q, 32), x[1], i_set(b->k0[i]));
        x[1] = q;
        x[2] = i_xor3(i_shr(p, 32), x[3], i_set(b->k1[i]));
        x[3] = p;
    }
}

/* floor(-mean log u) */
V_FN vd depth_figure(vi word, double scale, vd shape)
{
    const vd u = (v_from_i(word & i_set(0xffffffff)) + v_set(0.5)) * v_set(0x1p-32);
    const vd x = v_set(-scale) * shape * v_log_mid(u), r = v_round(x);

    return v_sel(v_gt(r, x), r - v_set(1.0), r);
}

V_FN void depth_rows(const struct depth_block *b, vd side, vd strike, vd money, vd vol, vd bid, vd *out)
{
    const vd zero = v_set(0.0), one = v_set(1.0);
    const vi call = i_sel(v_gt(side, zero), i_set(1), i_set(0));
    const vd shape = v_exp(-v_abs(money) / (vol * v_set(b->root))) / v_set(b->decay);
    vi x[4], own[4];

    depth_words(b, strike, i_set(b->step), i_set(b->high) | call, x);
    depth_words(b, strike, i_set(0), i_set(b->own) | call, own);
    out[0] = v_sel(v_gt(bid, zero), depth_figure(x[0], 60, shape) + one, zero);
    out[1] = depth_figure(x[1], 60, shape) + one;
    out[2] = depth_figure(x[2], 2000, shape);
    out[3] = depth_figure(own[3], 10000, shape);
}

void OC_K(oc_depth_k)(const struct depth_block *b, size_t n, const double *side, const double *strike,
                      const double *log_money,
                      const double *vol, const double *bid, double *const out[4])
{
    size_t i = 0;
    vd v[4];

    for (; i + W <= n; i += W) {
        depth_rows(b, v_ld(side + i), v_ld(strike + i), v_ld(log_money + i), v_ld(vol + i), v_ld(bid + i), v);
        for (int j = 0; j < 4; j++)
            v_st(out[j] + i, v[j]);
    }
    if (i < n) {
        const size_t m = n - i;
        depth_rows(b, v_ldn(side + i, m, 1.0), v_ldn(strike + i, m, 1.0), v_ldn(log_money + i, m, 0.0),
                   v_ldn(vol + i, m, 1.0),
                   v_ldn(bid + i, m, 0.0), v);
        for (int j = 0; j < 4; j++)
            v_stn(out[j] + i, m, v[j]);
    }
}
