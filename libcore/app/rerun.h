/*
 * rerun - a command line that can be run again elsewhere: its words and the content of the files that they name.
 *
 * Words that cannot change a value (-o, -j, --stats, ...) are left out.  Files of options and operands are carried whole
 * (zstd, base64), the standard input among them; a file inside of a model's spec (historical:file=...) is known by its digest
 * and must be there again.
 */
#ifndef OC_APP_RERUN_H
#define OC_APP_RERUN_H

#include "base/buf.h"
#include "base/sha256.h"
#include "cli/prog.h"
#include "record/run.h"

enum { OC_RERUN_MAX = 8 << 20 };    /* bytes of carried content, compressed */

/* A shared option that is none of the run's, but of where and how its output is written, and of messages. */
bool oc_rerun_is_output(const struct oc_opt *o);

struct oc_rerun {
    char *dir;                      /* where files are put for the time of a run; NULL: none; removed by close */
    size_t nfile;
    char *words, *files;            /* JSON: see mcmerge.h; owned */
    char digest[OC_SHA256_HEX];     /* of program, version, words and contents */
    char **argv;                    /* of the run again; owned */
    int argc;
};

/*
 * Collect from a command line that oc_opt_parse() accepted.  leave: blank-separated names of further options that are not
 * kept.  The standard input, where it is an input (`reads` says that it is where no operand is), is read and becomes a file that io->input names from now on.
 * OC_LIMIT for more content than can be carried.
 */
int oc_rerun_collect(struct oc_rerun *r, const struct oc_prog *prog, int argc, char **argv, const char *leave, bool reads,
                     struct oc_io *io, struct oc_err *err);
/*
 * Put the files back and the words into r->argv: program, words, then `more` (n words), then the operands.  OC_DATA where a text
 * is damaged, or has words that are never collected, such as --output.
 */
int oc_rerun_restore(struct oc_rerun *r, const struct oc_prog *prog, const char *words, const char *files, size_t n,
                     char *const more[], struct oc_err *err);
void oc_rerun_close(struct oc_rerun *r);

#endif
