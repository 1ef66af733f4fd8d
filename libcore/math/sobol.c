/*
 * sobol - see sobol.h.  The data file is lines of numbers, # begins a comment; its first line is "oc-sobol 1 DIMENSIONS".
 *
 * Direction numbers are held with their digits reversed, the first lowest, as the scrambling wants them.
 */
#include "math/sobol.h"

#include "base/datadir.h"
#include "math/isa.h"
#include "math/norm.h"
#include "math/philox.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 32, DEGREE = 18, TILE = 256 };

struct oc_sobol {
    size_t dimensions;
    uint32_t direction[][DIGITS];
};

OC_K_DECLARE(void, oc_sobol_uniform_k,
             (const uint32_t *direction, const uint32_t *key, uint32_t path, size_t n, double *out));

/* ---- the table ------------------------------------------------------------------------------------ */

static uint32_t reversed(uint32_t w)
{
    w = (w >> 1 & 0x55555555) | (w & 0x55555555) << 1;
    w = (w >> 2 & 0x33333333) | (w & 0x33333333) << 2;
    w = (w >> 4 & 0x0f0f0f0f) | (w & 0x0f0f0f0f) << 4;
    return __builtin_bswap32(w);
}

/* Numbers of a line, at most `most`; -1 if something else is in it or it is cut. */
static int numbers(const char *s, uint32_t *x, int most)
{
    int n = 0;

    while (*s && *s != '\n') {
        uint64_t v = 0;
        const char *const from = s;
        for (; *s >= '0' && *s <= '9' && v <= UINT32_MAX; s++)
            v = 10 * v + (uint64_t)(*s - '0');
        if (s == from || v > UINT32_MAX || n == most)
            return -1;
        x[n++] = (uint32_t)v;
        s += *s == ' ';
    }
    return *s == '\n' ? n : -1;
}

/* Directions of one dimension from a row A M1 ... Ms; false if it is not one. */
static int directions(const uint32_t *row, int n, uint32_t *v)
{
    const int s = n - 1;
    uint32_t w[DIGITS];

    if (s < 1 || row[0] >> (s - 1))
        return 0;
    for (int i = 0; i < s; i++) {
        if (!(row[1 + i] & 1) || row[1 + i] >> i >> 1)
            return 0;
        w[i] = row[1 + i] << (DIGITS - 1 - i);
    }
    for (int i = s; i < DIGITS; i++) {
        w[i] = w[i - s] ^ w[i - s] >> s;
        for (int k = 1; k < s; k++)
            if (row[0] >> (s - 1 - k) & 1)
                w[i] ^= w[i - k];
    }
    for (int i = 0; i < DIGITS; i++)
        v[i] = reversed(w[i]);
    return 1;
}

/* The next line that is no comment; NULL at the end. */
static char *next_line(FILE *f, char *line, int size)
{
    char *got;

    while ((got = fgets(line, size, f)) && *got == '#')
        ;
    return got;
}

/* Only as far as the dimensions asked for: most paths need few of the rows. */
static int read_table(struct oc_sobol *s, const char *path, FILE *f, struct oc_err *err)
{
    char line[256];
    uint32_t row[1 + DEGREE], last = 0;         /* polynomials ascend: a row that lost numbers does not pass for another */

    if (!next_line(f, line, sizeof line) || strncmp(line, "oc-sobol 1 ", 11) != 0)
        return oc_fail(err, OC_FORMAT, "%s: a table of direction numbers begins with 'oc-sobol 1 DIMENSIONS'", path);
    for (int i = 0; i < DIGITS; i++)            /* the first dimension has no polynomial: van der Corput */
        s->direction[0][i] = (uint32_t)1 << i;
    for (size_t d = 1; d < s->dimensions; d++) {
        if (!next_line(f, line, sizeof line))
            return ferror(f) ? oc_fail_errno(err, OC_IO, "cannot read %s", path)
                             : oc_fail(err, OC_FORMAT, "%s: the table ends at dimension %zu of %zu", path, d, s->dimensions);
        const int n = numbers(line, row, 1 + DEGREE);
        const int good = directions(row, n, s->direction[d]);
        const uint32_t polynomial = good ? (uint32_t)1 << (n - 1) | row[0] << 1 | 1 : 0;
        if (polynomial <= last)
            return oc_fail(err, OC_FORMAT, "%s: the row of dimension %zu is no polynomial with its direction numbers", path,
                           d + 1);
        last = polynomial;
    }
    return 0;
}

struct oc_sobol *oc_sobol_open(size_t dimensions, struct oc_err *err)
{
    char path[2300];

    if (dimensions < 1 || dimensions > OC_SOBOL_DIMENSIONS) {
        oc_fail(err, OC_USAGE,
                "a Sobol sequence of %zu dimensions: there are direction numbers for 1 to %d; take fewer steps, or "
                "pseudo-random numbers", dimensions, OC_SOBOL_DIMENSIONS);
        return NULL;
    }
    if (oc_datadir_find("sobol.tab", path, sizeof path, err))
        return NULL;
    FILE *const f = fopen(path, "re");
    struct oc_sobol *s = malloc(sizeof *s + dimensions * sizeof s->direction[0]);
    int rc = f ? 0 : oc_fail_errno(err, OC_IO, "cannot open %s", path);
    if (rc == 0 && !s)
        rc = oc_fail(err, OC_MEMORY, "out of memory for %zu dimensions", dimensions);
    if (rc == 0) {
        s->dimensions = dimensions;
        rc = read_table(s, path, f, err);
    }
    if (f)
        fclose(f);
    if (rc == 0)
        return s;
    free(s);
    return NULL;
}

void oc_sobol_close(struct oc_sobol *s)
{
    free(s);
}

size_t oc_sobol_dimensions(const struct oc_sobol *s)
{
    return s->dimensions;
}

/* ---- points --------------------------------------------------------------------------------------- */

uint32_t oc_sobol_word(const struct oc_sobol *s, uint32_t index, size_t dimension)
{
    uint32_t w = 0;

    for (uint32_t gray = index ^ index >> 1; gray; gray &= gray - 1)
        w ^= s->direction[dimension][__builtin_ctz(gray)];
    return reversed(w);
}

void oc_sobol_keys(uint64_t seed, uint64_t replicate, uint64_t path, size_t first, size_t count, struct oc_sobol_key *key)
{
    const uint32_t block = (uint32_t)(path >> 32);

    for (size_t k = 0; k < count; k++)
        for (uint32_t half = 0; half < 2; half++) {             /* a dimension and its half: 16 bits */
            const uint32_t counter[4] = {
                (uint32_t)replicate, (uint32_t)(replicate >> 32), (uint32_t)(first + k) << 1 | half | block << 16,
                OC_SOBOL_STREAM << 16 | block >> 16
            };
            oc_philox(seed, counter, key[k].word + 4 * half);
        }
}

void oc_sobol_uniform(const struct oc_sobol *s, const struct oc_sobol_key *key, uint64_t path, size_t n, size_t first,
                      size_t count, double *out, size_t ld)
{
    assert(first + count <= s->dimensions);
    for (size_t k = 0; k < count; k++)
        OC_K_PICK(oc_sobol_uniform_k)(s->direction[first + k], key[k].word, (uint32_t)path, n, out + k * ld);
}

void oc_sobol_normal(const struct oc_sobol *s, const struct oc_sobol_key *key, uint64_t path, size_t n, size_t first,
                     size_t count, double *out, size_t ld)
{
    assert(first + count <= s->dimensions);
    for (size_t k = 0; k < count; k++)
        for (size_t j = 0, m; j < n; j += m) {          /* a tile stays in the first cache for the inversion */
            double *const x = out + k * ld + j;
            m = n - j < TILE ? n - j : TILE;
            OC_K_PICK(oc_sobol_uniform_k)(s->direction[first + k], key[k].word, (uint32_t)(path + j), m, x);
            oc_norm_icdf_v(m, x, x);
        }
}
