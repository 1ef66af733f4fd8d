/*
 * output - where the records go: stdout, or a file that appears whole or not at all.
 */
#ifndef OC_RECORD_OUTPUT_H
#define OC_RECORD_OUTPUT_H

#include "base/err.h"
#include "record/format.h"

#include <stdbool.h>
#include <stdint.h>

struct oc_output {
    struct oc_sink sink;        /* first: format code sees only this */
    int fd;
    char *path, *temp;          /* -o FILE; NULL: stdout, or a device that is written directly */
    const char *name;           /* for messages */
    uint64_t bytes;
    struct oc_tally *tally;     /* digest of what is written, for --provenance; NULL: none wanted */
    bool terminal;
    bool failed;                /* a write did: what there is is not whole */
    int slot;                   /* place in the list of files that a signal has to remove */
    struct oc_buf *memory;      /* bytes go here and nowhere else; NULL: to fd */
};

/* path NULL: stdout.  A pipe is raised to 1 MiB. */
int oc_output_open(struct oc_output *o, const char *path, struct oc_err *err);
/* An output into memory, cut as a regular file is.  Needs no close. */
void oc_output_memory(struct oc_output *o, struct oc_buf *to);
/* complete: flush to disk and rename; else the temporary file is removed.  Errors of close count. */
int oc_output_close(struct oc_output *o, bool complete, struct oc_err *err);

#endif
