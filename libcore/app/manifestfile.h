/*
 * manifestfile - a manifest (record/manifest.h) read from its file, strictly.
 */
#ifndef OC_APP_MANIFESTFILE_H
#define OC_APP_MANIFESTFILE_H

#include "base/err.h"
#include "base/sha256.h"

#include "record/source.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_manifest_entry {
    const char *option;             /* outputs: output, rejects, checks, gaps; else NULL */
    const char *name;
    uint64_t bytes;
    const char *sha256;             /* 64 hexadecimal digits */
};

struct oc_manifest {
    json_t *root;                   /* owns all texts */
    const char *program, *version, *data;
    size_t nargument;
    const char **argument;          /* owned */
    int status;
    size_t ninput, noutput;
    struct oc_manifest_entry *input, *output;   /* owned */
};

/* OC_FORMAT in words for what is none, or is one that this program must not run. */
int oc_manifestfile_read(const char *path, struct oc_manifest *m, struct oc_err *err);
void oc_manifestfile_free(struct oc_manifest *m);
/* Digest of a file's bytes as they lie there. */
int oc_manifestfile_digest(const char *path, char hex[OC_SHA256_HEX], uint64_t *bytes, struct oc_err *err);
/* The same of what a source gives, uncompressed; it is closed.  NULL: -1, with the err that is there. */
int oc_manifestfile_digest_source(struct oc_source *src, char hex[OC_SHA256_HEX], uint64_t *bytes, struct oc_err *err);

#endif
