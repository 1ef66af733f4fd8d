/*
 * sessionplan - what a session was made from, as one text, and the stepper that it means at a step.
 *
 *     { "oc_session": 1, "symbol": "SPX", "model": "heston",
 *       "options": { "model": ["heston:..."], "steps": "250", "seed": "42" },      as on the command line of oc-step
 *       "files":   { "spx.heston": "base64", "-": "base64" },                      what they name; "-" is the main input
 *       "changes": [ { "at": 12, "set": { "rate": "5%", "smile": null } }, { "at": 40, "shock": { "vol": "+10%" } } ] }
 *
 * The plan in force at step k is the options with all changes up to k: the walk goes from k - 1 to k by it, and its chain is
 * made by it.  A session carries its files, so it is itself whatever becomes of them.
 *
 * The options are those of the program's own table: they are put into its variables, and the program makes the stepper from
 * these as it does when it filters.
 */
#ifndef OC_APP_SESSIONPLAN_H
#define OC_APP_SESSIONPLAN_H

#include "app/stepper.h"
#include "cli/prog.h"

#include <jansson.h>

/* The program that sessions live in. */
struct oc_sessionhost {
    const struct oc_prog *prog;
    struct oc_io *io;
    /* A stepper from what the options and io->input say now; nothing is left open where it fails. */
    int (*open)(void *ctx, struct oc_stepper *s, struct oc_err *err);
    /* Do the options as they are now want the main input? */
    bool (*reads)(void *ctx);
    void *ctx;
};

struct oc_sessionplans;     /* steppers that are open */

/* Call it before oc_opt_parse(): it notes the defaults of all options.  NULL: out of memory. */
struct oc_sessionplans *oc_sessionplan_host(const struct oc_sessionhost *h);
void oc_sessionplan_close(struct oc_sessionplans *p);

/*
 * The options that a command line gives, and the content of the files they name, as the members "options" and "files" of
 * a new spec.  Options that are no part of a plan are not touched.
 */
json_t *oc_sessionplan_gather(struct oc_sessionplans *p, int argc, char **argv, struct oc_err *err);
/* Is there an option of a plan on that command line?  Its name, or NULL. */
const char *oc_sessionplan_given(struct oc_sessionplans *p, int argc, char **argv, struct oc_err *err);
/* NAME=VALUE into set[NAME] (lists add up), and what a file holds into files.  value NULL: null. */
int oc_sessionplan_value(struct oc_sessionplans *p, const char *name, const char *value, json_t *set, json_t *files,
                         struct oc_err *err);

/*
 * Checks the form of what somebody sent, options and files as above, and brings the options into it: a number becomes its
 * text, and one text a list where an option is repeated.  OC_USAGE.
 */
int oc_sessionplan_check(struct oc_sessionplans *p, json_t *spec, struct oc_err *err);
/* The stepper in force at a step; borrowed, good until EIGHT others were asked for. */
int oc_sessionplan_at(struct oc_sessionplans *p, const json_t *spec, uint64_t step, const struct oc_stepper **s,
                      struct oc_err *err);
/* Options in force at a step, new. */
json_t *oc_sessionplan_options(const json_t *spec, uint64_t step);
/* Product of the shocks at exactly that step. */
int oc_sessionplan_shock(const json_t *spec, uint64_t step, double *vol, double *spot, struct oc_err *err);
/* "+10%" is 1.1, "-5%" is 0.95.  OC_USAGE. */
int oc_sessionplan_factor(const char *name, const char *text, double *factor, struct oc_err *err);

/* Canonical text, and back. */
int oc_sessionplan_put(const json_t *spec, struct oc_buf *out, struct oc_err *err);
json_t *oc_sessionplan_get(const char *id, const struct oc_buf *text, struct oc_err *err);

#endif
