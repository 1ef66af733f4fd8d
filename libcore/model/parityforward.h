/*
 * parityforward - forward and discount factor of one expiry from put-call parity: C - P = D (F - K).
 *
 * A pair is a call and a put of one strike.  Its middle y = C - P of the mids is known to within s, half the spreads of
 * both: a call bought and a put sold cost y + s, the reverse brings y - s.  So each pair bounds the forward from both sides,
 *     K + (y - s) / D <= F <= K + (y + s) / D,
 * and the fit is a line through the middles, D given or the slope:
 *   start     medians weighted by 1 / s: of the slopes between strikes i and i + n / 2 (Theil, the incomplete method), then
 *             of K + y / D.  Up to a quarter of wild pairs do no harm
 *   weights   1 / (s + e)^2, e a tenth of the median s, so that wide quotes count little and a locked one not everything,
 *             by 1 / (1 + (m / 0.25)^2), m = K / F - 1: deep strikes are quoted wide and late
 *   then      Tukey's bisquare, 4.685 robust deviations (1.4826 x the median of |residual| / (s + e)), repeated until the
 *             line stands still
 *   outlier   a pair whose executable sides do not hold the line, so that somebody could trade against it, and whose weight
 *             is 0 or which is more than 0.01 % of strike and price away (locked quotes miss it by their ticks)
 *   bounds    the tightest of the other pairs
 * All sums run in the order of the strikes, so the same pairs give the same bits.
 *
 * Sources: Theil (1950); Beaton, Tukey (1974), Technometrics 16; the single strike of --method vix: Cboe VIX white paper.
 */
#ifndef OC_MODEL_PARITYFORWARD_H
#define OC_MODEL_PARITYFORWARD_H

#include <stdbool.h>
#include <stddef.h>

struct oc_parity_pair { double strike, call_bid, call_ask, put_bid, put_ask; };     /* asks not below bids, all finite */

enum oc_parity_method {
    OC_PARITY_MID,          /* the line through the middles */
    OC_PARITY_EXECUTABLE,   /* the middle of the bounds, at the line's discount factor */
    OC_PARITY_VIX           /* the strike where the mids are nearest to each other; discount must be given */
};

struct oc_parity_how {
    enum oc_parity_method method;
    double discount;        /* NaN: the slope */
    double near;            /* only strikes with |K / F - 1| at or below it; infinity: all */
    size_t min_pairs;       /* at least 2 where the discount is the slope, else 1 */
    double max_outliers;    /* share of the pairs, 0 to 1 */
};

enum oc_parity_status {
    OC_PARITY_OK,
    OC_PARITY_FEW,          /* fewer than min_pairs, or all at one strike */
    OC_PARITY_DOMAIN,       /* a slope or a forward that is not above 0 */
    OC_PARITY_INCONSISTENT  /* more outliers than max_outliers, or bounds that exclude each other */
};

struct oc_parity_fit {
    double forward, discount;   /* NaN unless OC_PARITY_OK */
    double low, high;           /* executable bounds of the forward; NaN: none */
    double residual;            /* root mean square of y - D (F - K) by weight [price]; NaN where nothing is fitted */
    /* of the line, as if the errors of pairs knew nothing of each other; NaN: not fitted, or no pair to spare */
    double forward_stderr, discount_stderr;
    size_t pairs, outliers;     /* of the pairs: fitted, and among them named as outliers */
};

/* Doubles of workspace for n pairs. */
static inline size_t oc_parityforward_work(size_t n) { return 6 * n; }

/*
 * pair[n] ascending by strike, above 0, no strike twice; outlier[n] is written.  work: see above.
 */
enum oc_parity_status oc_parityforward_fit(const struct oc_parity_how *how, size_t n, const struct oc_parity_pair *pair,
                                           double *work, bool *outlier, struct oc_parity_fit *out);

#endif
