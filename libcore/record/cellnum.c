/* cellnum - choice of the kernel: see cellnum.h. */
#include "record/cellnum.h"

#include "record/csvscan.h"

typedef size_t f64(const char *text, const uint32_t *sep, size_t stride, size_t rows, double *out, uint32_t *left);

f64 oc_cellnum_f64_base;
#ifdef __x86_64__
f64 oc_cellnum_f64_avx2, oc_cellnum_f64_avx512;
#endif

static f64 *const kernels[] = { oc_cellnum_f64_base,
#ifdef __x86_64__
                                oc_cellnum_f64_avx2, oc_cellnum_f64_avx512
#endif
};

size_t oc_cellnum_f64(const char *text, const uint32_t *sep, size_t stride, size_t rows, double *out, uint32_t *left)
{
    return kernels[oc_csvscan_isa()](text, sep, stride, rows, out, left);
}

size_t oc_cellnum_f64_by(int isa, const char *text, const uint32_t *sep, size_t stride, size_t rows, double *out,
                         uint32_t *left)
{
    return oc_csvscan_has(isa) ? kernels[isa](text, sep, stride, rows, out, left) : SIZE_MAX;
}
