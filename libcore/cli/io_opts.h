/*
 * io_opts - the options that every filter has (CLI.md), with a struct oc_io as their target.
 */
#ifndef OC_CLI_IO_OPTS_H
#define OC_CLI_IO_OPTS_H

#include "cli/opt.h"
#include "record/run.h"

/* One row of a program's table that stands for the whole group. */
#define OC_IO_OPTS(p)   { .kind = OC_OPT_IO, .io = (p) }
/* --seed, for programs that draw random numbers. */
#define OC_SEED_OPT(p)  { "seed", "N", "seed of the random numbers (default 1)", OC_U64(&(p)->seed) }

/* The group's rows; targets are offsets into struct oc_io. */
extern const struct oc_opt oc_io_opts[];

/* Environment that touches no number: NO_COLOR (the others are rows with .env). */
void oc_io_opts_environment(struct oc_io *io);
/* What only the whole command line shows: options that need one another. */
int oc_io_opts_check(const struct oc_io *io, struct oc_err *err);

#endif
