/*
 * pca - the kernels of pca.c.  A product of matrices, in blocks of rows and vectors held in registers; each element is one
 * chain of fma over the components in order, so the blocks do not show in the bits.
 */
#include "math/vec.h"

struct oc_pca_turn { size_t row; double c, s; };        /* as in pca.c */

void OC_K(oc_pca_turn_k)(size_t n, double *vector, size_t ld, size_t turns, const struct oc_pca_turn *turn);
void OC_K(oc_pca_apply_k)(size_t steps, const double *map, size_t n, const double *z, size_t ldz, double *out, size_t ld);

enum { U = 4, ROWS = W == 8 ? 4 : 2, STRIP = 128 };

/* x, y = c x - s y, s x + c y; no fma, which is slow in software, and this is most of the work of the eigenvectors */
V_FN void turn_vector(double *x, double *y, size_t m, vd c, vd s)
{
    const vd a = m < W ? v_ldn(x, m, 0.0) : v_ld(x), b = m < W ? v_ldn(y, m, 0.0) : v_ld(y);

    if (m < W) {
        v_stn(x, m, c * a - s * b);
        v_stn(y, m, s * a + c * b);
    } else {
        v_st(x, c * a - s * b);
        v_st(y, s * a + c * b);
    }
}

/* All turns on a strip of columns at a time: those of a sweep stay in the second cache. */
void OC_K(oc_pca_turn_k)(size_t n, double *vector, size_t ld, size_t turns, const struct oc_pca_turn *turn)
{
    for (size_t j = 0; j < n; j += STRIP) {
        const size_t columns = n - j < STRIP ? n - j : STRIP;
        for (size_t k = 0; k < turns; k++) {
            double *const x = vector + turn[k].row * ld + j;
            const vd c = v_set(turn[k].c), s = v_set(turn[k].s);
            size_t i = 0;
            for (; i + W <= columns; i += W)
                turn_vector(x + i, x + ld + i, W, c, s);
            if (i < columns)
                turn_vector(x + i, x + ld + i, columns - i, c, s);
        }
    }
}

/* rows x u vectors of the product, both constants; m < W columns of one vector */
V_FN void block(size_t steps, const double *map, int rows, int u, size_t m, const double *z, size_t ldz, double *out,
                size_t ld)
{
    vd sum[ROWS][U];

#pragma GCC unroll 4
    for (int k = 0; k < rows; k++) {
#pragma GCC unroll 4
        for (int i = 0; i < u; i++)
            sum[k][i] = v_set(0.0);
    }
    for (size_t l = 0; l < steps; l++, z += ldz) {
        vd x[U];
#pragma GCC unroll 4
        for (int i = 0; i < u; i++)
            x[i] = m ? v_ldn(z, m, 0.0) : v_ld(z + i * W);
#pragma GCC unroll 4
        for (int k = 0; k < rows; k++) {
            const vd a = v_set(map[(size_t)k * steps + l]);
#pragma GCC unroll 4
            for (int i = 0; i < u; i++)
                sum[k][i] = v_fma(a, x[i], sum[k][i]);
        }
    }
#pragma GCC unroll 4
    for (int k = 0; k < rows; k++) {
#pragma GCC unroll 4
        for (int i = 0; i < u; i++) {
            if (m)
                v_stn(out + (size_t)k * ld, m, sum[k][i]);
            else
                v_st(out + (size_t)k * ld + i * W, sum[k][i]);
        }
    }
}

V_FN void columns(size_t steps, const double *map, int u, size_t m, const double *z, size_t ldz, double *out, size_t ld)
{
    size_t k = 0;

    for (; k + ROWS <= steps; k += ROWS)
        block(steps, map + k * steps, ROWS, u, m, z, ldz, out + k * ld, ld);
    for (; k < steps; k++)
        block(steps, map + k * steps, 1, u, m, z, ldz, out + k * ld, ld);
}

void OC_K(oc_pca_apply_k)(size_t steps, const double *map, size_t n, const double *z, size_t ldz, double *out, size_t ld)
{
    size_t j = 0;

    for (; j + U * W <= n; j += U * W)
        columns(steps, map, U, 0, z + j, ldz, out + j, ld);
    for (; j + W <= n; j += W)
        columns(steps, map, 1, 0, z + j, ldz, out + j, ld);
    if (j < n)
        columns(steps, map, 1, n - j, z + j, ldz, out + j, ld);
}
