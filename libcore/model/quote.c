/* quote - see quote.h. */
#include "model/quote.h"

#include "math/isa.h"

OC_K_DECLARE(void, oc_quote_k, (const struct oc_ticks *ticks, const struct oc_quote_width *width, size_t n,
                                const double *price,
                                const double *m, double *bid, double *ask, double *mid));

void oc_quote_sides(const struct oc_ticks *ticks, const struct oc_quote_width *width, size_t n, const double *price,
                    const double *m, double *bid, double *ask, double *mid)
{
    OC_K_PICK(oc_quote_k)(ticks, width, n, price, m, bid, ask, mid);
}
