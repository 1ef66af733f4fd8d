/*
 * csvscan - where the delimiters and line ends of a text are, 64 bytes at a time.
 *
 * One kernel (csvscan.k.c) compiled for each instruction set; csvscan.c chooses once, OC_ISA=avx512|avx2|base forces one.
 * The positions are the same from all.
 */
#ifndef OC_RECORD_CSVSCAN_H
#define OC_RECORD_CSVSCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_csvscan {
    size_t nsep;        /* positions written: delimiters and line feeds */
    size_t nlf, ncr;    /* line feeds, carriage returns */
    uint64_t quotes;    /* not 0: there is a quote */
    uint64_t nuls;      /* not 0: there is a NUL */
};

/*
 * Positions of every delimiter and line feed in text[from .. to), in order, into sep (room for to - from + 64 entries).
 * from is a multiple of 64 and so is the address of text; up to 63 bytes behind `to` are read.
 */
void oc_csvscan_split(const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep, struct oc_csvscan *out);

/* Line feeds in text[from .. to); from and text as above. */
size_t oc_csvscan_lines(const char *text, uint32_t from, uint32_t to);

/* Positions by one kernel, for tests; -1 if this processor or build lacks it.  isa: 0 base, 1 avx2, 2 avx512. */
int oc_csvscan_split_by(int isa, const char *text, uint32_t from, uint32_t to, char delim, uint32_t *sep,
                        struct oc_csvscan *out);

/* The instruction set that was chosen, and whether one can be used here: 0 base, 1 avx2, 2 avx512. */
int oc_csvscan_isa(void);
bool oc_csvscan_has(int isa);

#endif
