/* sha256 - FIPS 180-4 digest, for content digests and provenance.  (No library among the dependencies has it.) */
#ifndef OC_BASE_SHA256_H
#define OC_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { OC_SHA256_BYTES = 32, OC_SHA256_HEX = 65 };

struct oc_sha256 {
    uint32_t h[8];
    uint64_t bytes;
    unsigned char block[64];
};

void oc_sha256_init(struct oc_sha256 *s);
void oc_sha256_add(struct oc_sha256 *s, const void *p, size_t n);
/* Digest of what was added so far; s itself can go on. */
void oc_sha256_digest(const struct oc_sha256 *s, unsigned char out[OC_SHA256_BYTES]);
/* The same as 64 hexadecimal digits and a NUL. */
void oc_sha256_hex(const struct oc_sha256 *s, char out[OC_SHA256_HEX]);
/* Of n bytes, 64 digits and a NUL; p may be NULL where n is 0. */
void oc_sha256_of(const void *p, size_t n, char out[OC_SHA256_HEX]);

#endif
