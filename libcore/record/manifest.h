/*
 * manifest - what one run was made of, so that it can be made again: program, version, arguments, seed, digests.
 *
 *     { "manifest": 1, "program": "oc-price", "version": "0.1.0", "arguments": ["--iv", "--", "in.csv"], "seed": 1,
 *       "data": "XNYS=...", "status": 0,
 *       "inputs":  [ { "name": "in.csv", "bytes": 9, "sha256": "..." } ],
 *       "outputs": [ { "option": "output", "name": "out.csv", "bytes": 9, "sha256": "..." } ] }
 *
 * arguments are the words of the command line as long options, the operands behind "--"; those that name outputs, and
 * those that only concern messages and threads, are left out (cli/arguments.h).  Digests of inputs are of uncompressed
 * content, digests of outputs of the bytes written.  No time, user, host, path of this machine or number of threads.
 */
#ifndef OC_RECORD_MANIFEST_H
#define OC_RECORD_MANIFEST_H

#include "base/err.h"
#include "record/runstats.h"

/* Write io->manifest, whole or not at all.  status: exit status the run is going to have. */
int oc_manifest_write(const struct oc_stats *s, const struct oc_io *io, int status, struct oc_err *err);

#endif
