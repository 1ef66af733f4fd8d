/*
 * mcmerge - shards of oc-mc and the run that they make up.
 *
 * A shard is an Arrow stream of records item, block, figure, value, with everything in its metadata that the run's last
 * part needs: the command's words, the content of every file that they name, the number of paths.  A merge checks that the
 * shards belong together and leave no hole, and then is the run itself, with figures that are read in place of computed:
 * so its output has the bytes of the run that was never cut.
 *
 *   oc.shard        "1"
 *   oc.shard.job    SHA-256 of all that the figures depend on but the number of paths: words, contents, seed, version
 *   oc.shard.part   "I/N after PATHS of PATHS": part, of how many, beyond which, of which total
 *   oc.shard.words  the words of the command line that can change a value, as a JSON list; files by their place in the next
 *   oc.shard.files  the files they name, as a JSON list of [name, bytes, content as zstd in base64]
 */
#ifndef OC_APP_MCMERGE_H
#define OC_APP_MCMERGE_H

#include "app/figures.h"
#include "app/rerun.h"
#include "cli/prog.h"

/*
 * Where the first operand is `merge`: read and check the shards, and put the words of their run into *argc, *argv, with the
 * output options of this command line.  Else nothing.  OC_DATA naming the shard for a foreign job or seed, an overlap, a hole.
 */
int oc_mc_merge(struct oc_rerun *r, const struct oc_prog *prog, int *argc, char ***argv, struct oc_figures *figures,
                struct oc_err *err);
/*
 * Of a merge, when the words of its run are parsed into io: --manifest and --provenance are of this command line (argc, argv
 * as they came) and of its shards, not of the run that they stand for.
 */
int oc_mc_merge_record(const struct oc_prog *prog, int argc, char **argv, struct oc_io *io, struct oc_err *err);

/*
 * --shard: remember the words and the files; stdin becomes a file.  reads: the command has a main input.  1 where the
 * output is that very shard already, whole: nothing to do.
 */
int oc_mc_shard(struct oc_rerun *r, const struct oc_prog *prog, const char *shard, int argc, char **argv, bool reads,
                uint64_t paths, struct oc_io *io, struct oc_figures *figures, struct oc_err *err);
/* Write what was computed. */
int oc_mc_shard_write(const struct oc_rerun *r, struct oc_io *io, const struct oc_figures *figures, struct oc_err *err);

#endif
