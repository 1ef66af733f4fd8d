/*
 * arrow_sum - the checksum that our Arrow streams carry in each message, fast enough for pipes.
 *
 * Data is taken as little-endian 64-bit words in eight lanes (word i belongs to lane i mod 8), padded with zeros to
 * 64 bytes.  Each lane keeps a = sum of its words and b = sum of all its partial a, modulo 2^64 (Fletcher's idea on
 * wide words).  Any change within one word changes a, an exchange of words changes b; the lanes, the length and a
 * sequence number are then mixed into 64 bits.  It detects damage, it is no defence against forgery.
 *
 * Sums of neighbouring pieces can be joined, so that columns are summed where they lie and in any thread.
 */
#ifndef OC_RECORD_ARROW_SUM_H
#define OC_RECORD_ARROW_SUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_arrow_sum {
    uint64_t a[8], b[8];
    uint64_t steps;         /* of 64 bytes */
};

/* Add n bytes, as if zeros followed up to a multiple of 64. */
void oc_arrow_sum_add(struct oc_arrow_sum *s, const void *p, size_t n);
/* The same for n doubles, found out in the same pass: is one of them NaN? */
bool oc_arrow_sum_add_f64(struct oc_arrow_sum *s, const double *p, size_t n);
/* Add a piece that was summed on its own and comes behind what s holds. */
void oc_arrow_sum_join(struct oc_arrow_sum *s, const struct oc_arrow_sum *piece);
/* The checksum: message number `sequence` of its stream. */
uint64_t oc_arrow_sum_final(const struct oc_arrow_sum *s, uint64_t sequence);

enum { OC_ARROW_SUM_DIGITS = 16 };
/* Lower-case hexadecimal, not terminated. */
void oc_arrow_sum_print(char digits[OC_ARROW_SUM_DIGITS], uint64_t sum);
/* -1 when the text is anything but 16 lower-case digits. */
int oc_arrow_sum_parse(const char *text, size_t n, uint64_t *sum);

#endif
