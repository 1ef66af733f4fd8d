/*
 * num - numbers as text: exact in both directions, and the same for every locale, compiler and processor.
 *
 * Reading rounds correctly (to nearest, ties to even): a decimal of up to 15 digits in one division (Clinger 1990),
 * of up to 19 digits by one or two 64 x 64 bit products (Lemire, "Number parsing at a gigabyte per second", 2021),
 * the few that remain by exact integers of any size.
 * Printing is the shortest text that reads back to the same bits, and of those the nearest to the value
 * (Giulietti, "The Schubfach way to render doubles", 2021); fixed:N and sig:N round the exact binary value, ties to even.
 *
 * The functions of num.c (reading) and num_print.c (printing); neither touches errno nor allocates.
 */
#ifndef OC_BASE_NUM_H
#define OC_BASE_NUM_H

#include <stddef.h>
#include <stdint.h>

enum {
    OC_NUM_PAD = 16,        /* bytes that oc_num_f64_padded() may read before and behind the text */
    OC_NUM_PRINT_MAX = 32,  /* room for a shortest double or an int64 */
    OC_NUM_DIGITS_MAX = 99, /* largest N of fixed:N; sig:N goes to 17 */
    OC_NUM_FORMAT_MAX = 512 /* room for any number_format: 1e308 with fixed:99 has 409 characters */
};

enum { OC_NUM_OK = 0, OC_NUM_BAD = -1, OC_NUM_RANGE = -2 };

/*
 * oc_num_f64 - the double nearest to a decimal text of n bytes.
 *   text    [+-] digits [. digits] [(e|E) [+-] digits], at least one digit before the exponent; nothing around it;
 *           no hexadecimal, no infinity, no NaN, no separators of thousands
 *   return  OC_NUM_OK; OC_NUM_BAD: not a number; OC_NUM_RANGE: above the largest double (1e400).  A value below half
 *           the smallest subnormal is 0 (1e-400), as strtod gives it
 *   cost    6 to 8 ns up to 16 characters, 28 ns for 17 digits, on a Zen 4
 */
int oc_num_f64(const char *s, size_t n, double *v);
/* The same where OC_NUM_PAD bytes before s and behind s + n may be read (never used), as in a block of records. */
int oc_num_f64_padded(const char *s, size_t n, double *v);

/*
 * oc_num_scaled - the double nearest to the exact product of two decimals ("12.5" * "0.01"), rounded once.
 *   factor  NUL-terminated, at most 19 significant digits
 *   return  as oc_num_f64; OC_NUM_BAD too where the factor is no such number
 */
int oc_num_scaled(const char *s, size_t n, const char *factor, double *v);

/* Decimal integer of n bytes, [+-] digits.  As oc_num_f64; OC_NUM_RANGE outside int64. */
int oc_num_i64(const char *s, size_t n, int64_t *v);

/*
 * oc_num_print_f64 - shortest text of a finite double; returns its length, writes no NUL (nothing for NaN, infinity).
 *   buf     OC_NUM_PRINT_MAX bytes, all of which may be overwritten
 *   layout  1e-5 <= |v| < 1e16: plain (0.00012, 100, 4985.5); else d.ddde-7, 1e22; -0 for negative zero
 *   cost    25 to 33 ns on a Zen 4
 */
size_t oc_num_print_f64(char *buf, double v);
size_t oc_num_print_i64(char *buf, int64_t v);

/* How --float prints.  oc_num_format_read: NULL or "shortest", "fixed:N" (0..99), "sig:N" (1..17); -1: none of these. */
enum oc_num_style { OC_NUM_SHORTEST, OC_NUM_FIXED, OC_NUM_SIG };
struct oc_num_format { enum oc_num_style style; int digits; };
int oc_num_format_read(const char *text, struct oc_num_format *f);
/* buf has OC_NUM_FORMAT_MAX bytes.  fixed: exactly N decimals; sig: N digits at most, zeros at the end dropped. */
size_t oc_num_print_format(char *buf, double v, struct oc_num_format f);
/* The two in one; a number_format that is none prints shortest. */
size_t oc_num_print(char *buf, double v, const char *number_format);

#endif
