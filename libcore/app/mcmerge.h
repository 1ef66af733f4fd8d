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
 *   oc.shard.files  the files they name, as a JSON list of [name, content in base64]
 */
#ifndef OC_APP_MCMERGE_H
#define OC_APP_MCMERGE_H

#include "app/figures.h"
#include "cli/prog.h"

/* What a sharded or merged run needs besides: its words again, its files as they were. */
struct oc_mc_rerun {
    char *dir;                      /* where the files are put for the time of the run; NULL: none */
    struct oc_buf words, files;     /* JSON of the metadata */
    char job[65];
    char **argv;                    /* of the merged run */
    int argc;
};

/*
 * Where the first operand is `merge`: read and check the shards, and put the words of their run into *argc, *argv, with the output
 * options of this command line.  Else nothing.  OC_DATA naming the shard for a foreign job or seed, an overlap that differs, a hole.
 */
int oc_mc_merge(struct oc_mc_rerun *r, const struct oc_prog *prog, int *argc, char ***argv, struct oc_figures *figures,
                struct oc_err *err);
/* --shard: remember the words and the files; stdin becomes a file.  1 where the shard is there already: nothing to do. */
int oc_shard_begin(struct oc_mc_rerun *r, const struct oc_prog *prog, const char *shard, int argc, char **argv, struct oc_io *io,
                   struct oc_figures *figures, struct oc_err *err);
int oc_shard_write(struct oc_mc_rerun *r, struct oc_io *io, struct oc_figures *figures, struct oc_err *err);
void oc_mc_rerun_close(struct oc_mc_rerun *r);

#endif
