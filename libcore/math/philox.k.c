/*
 * philox - the kernels of philox.h: both numbers of one call for n paths, n <= 256, whose upper 32 bits are the same.
 *
 * Each step is a pass over two rows that stay in the first cache, four vectors side by side where there are as many: one
 * loop would be a chain too long for the processor to overlap.
 */
#include "math/vboxmuller.h"
#include "math/vphilox.h"

void OC_K(oc_philox_uniform_k)(uint64_t seed, unsigned stream, uint64_t call, uint64_t path, size_t n, double *a, double *b);
void OC_K(oc_philox_normal_k)(uint64_t seed, unsigned stream, uint64_t call, uint64_t path, size_t n, double *a, double *b);

enum { U = 4 };

static const int64_t iota[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };

/* Uniforms of vectors of paths p, p + W, ...: u vectors side by side, u a constant */
V_FN void draw(const struct vphilox *s, vi p, int u, vd *a, vd *b)
{
    vi x[U][4];

#pragma GCC unroll 4
    for (int i = 0; i < u; i++)
        vphilox_begin(s, i_add(p, i_set(i * W)), x[i]);
#pragma GCC unroll 8
    for (int k = 0; k < 8; k++) {
#pragma GCC unroll 4
        for (int i = 0; i < u; i++)
            vphilox_round(s, k, x[i]);
    }
#pragma GCC unroll 4
    for (int i = 0; i < u; i++) {
        a[i] = vphilox_uniform(x[i][0], x[i][1]);
        b[i] = vphilox_uniform(x[i][2], x[i][3]);
    }
}

void OC_K(oc_philox_uniform_k)(uint64_t seed, unsigned stream, uint64_t call, uint64_t path, size_t n, double *a, double *b)
{
    struct vphilox s;
    vi p = i_add(i_set((int64_t)path), i_ld(iota));
    vd x[U], y[U];
    size_t j = 0;

    vphilox_call(&s, seed, stream, call, (uint32_t)(path >> 32));
    for (; j + U * W <= n; j += U * W, p = i_add(p, i_set(U * W))) {
        draw(&s, p, U, x, y);
#pragma GCC unroll 4
        for (int i = 0; i < U; i++) {
            v_st(a + j + i * W, x[i]);
            v_st(b + j + i * W, y[i]);
        }
    }
    for (; j < n; j += W, p = i_add(p, i_set(W))) {
        const size_t left = n - j < W ? n - j : W;
        draw(&s, p, 1, x, y);
        v_stn(a + j, left, x[0]);
        v_stn(b + j, left, y[0]);
    }
}

/* a: uniforms to radii */
static void radii(size_t n, double *a)
{
    size_t j = 0;
    vd x[U];

    for (; j + U * W <= n; j += U * W) {
#pragma GCC unroll 4
        for (int i = 0; i < U; i++)
            x[i] = vboxmuller_radius(v_ld(a + j + i * W));
#pragma GCC unroll 4
        for (int i = 0; i < U; i++)
            v_st(a + j + i * W, x[i]);
    }
    for (; j < n; j += W) {
        const size_t left = n - j < W ? n - j : W;
        v_stn(a + j, left, vboxmuller_radius(v_ldn(a + j, left, 0.5)));
    }
}

/* a: radii, b: uniforms to the two normals */
static void turns(size_t n, double *a, double *b)
{
    size_t j = 0;
    vd x[U], y[U];

    for (; j + U * W <= n; j += U * W) {
#pragma GCC unroll 4
        for (int i = 0; i < U; i++)
            y[i] = vboxmuller_turn(v_ld(b + j + i * W), &x[i]);
#pragma GCC unroll 4
        for (int i = 0; i < U; i++) {
            const vd r = v_ld(a + j + i * W);
            v_st(a + j + i * W, r * x[i]);
            v_st(b + j + i * W, r * y[i]);
        }
    }
    for (; j < n; j += W) {
        const size_t left = n - j < W ? n - j : W;
        const vd r = v_ldn(a + j, left, 0.0);
        y[0] = vboxmuller_turn(v_ldn(b + j, left, 0.5), &x[0]);
        v_stn(a + j, left, r * x[0]);
        v_stn(b + j, left, r * y[0]);
    }
}

void OC_K(oc_philox_normal_k)(uint64_t seed, unsigned stream, uint64_t call, uint64_t path, size_t n, double *a, double *b)
{
    OC_K(oc_philox_uniform_k)(seed, stream, call, path, n, a, b);
    radii(n, a);
    turns(n, a, b);
}
