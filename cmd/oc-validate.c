/* oc-validate - good records on; what is wrong with the others as check and gap records */
#include "app/inject.h"
#include "app/score.h"
#include "app/validate.h"
#include "cli/prog.h"
#include "math/isa.h"

#include <stdlib.h>

static int set(void *c, const char *value, struct oc_err *err) { return oc_check_set(c, value, err); }
static int severity(void *c, const char *value, struct oc_err *err) { return oc_check_set_severity(c, value, err); }
static int only(void *c, const char *value, struct oc_err *err) { return oc_check_only(c, value, err); }
static int samples(void *c, const char *value, struct oc_err *err) { return oc_check_samples(c, value, err); }
static int min_edge(void *c, const char *value, struct oc_err *err) { return oc_check_min_edge(c, value, err); }
static int inject(void *in, const char *value, struct oc_err *err) { return oc_inject_spec(in, value, err); }
static int skip(void *c, const char *value, struct oc_err *err) { return oc_check_skip(c, value, err); }

/* Which of the three it is: checking, planting, scoring. */
static int modes(const struct oc_inject *in, const struct oc_score *s, struct oc_err *err)
{
    if (in->any != (in->labels_file != NULL))
        return oc_fail(err, OC_USAGE, "--inject SPEC and --labels FILE go together");
    if ((s->checks_file != NULL) != (s->truth_file != NULL))
        return oc_fail(err, OC_USAGE, "--score CHECKS and --truth LABELS go together");
    if (in->any && (s->checks_file || in->v->checks_file || in->v->gaps_file))
        return oc_fail(err, OC_USAGE, "--inject checks nothing: it stands without --checks, --gaps and --score");
    return 0;
}

static int records(struct oc_validate *v, struct oc_inject *in, const char *calendar, struct oc_err *err)
{
    struct oc_instants *instants = in->instants;

    if (oc_instants_open(instants, v->io, calendar, err) || oc_validate_open(v, err))
        return -1;
    v->forgets = !in->any;
    return in->any ? oc_inject_run(in, err)
           : oc_run(v->io, &(struct oc_work){ .begin = oc_validate_begin, .step = oc_validate_step,
                                              .finish = oc_validate_finish,
                    .ordered = true, .sorts_out = true, .partial = v->interval != NULL,
                    .whole = v->chain.on ? OC_CHECKARBITRAGE_WHOLE : NULL, .recurs = true, .ctx = v }, err);
}

int main(int argc, char **argv)
{
    const char *calendar = NULL;
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_instants instants = { 0 };
    struct oc_validate v = { .io = &io, .instants = &instants, .order = "ascending", .stamp = "start", .hours = "regular" };
    struct oc_inject in = { .io = &io, .v = &v, .instants = &instants };
    struct oc_score score = { .io = &io, .min_precision = 0.99 };
    const struct oc_opt opts[] = {
        { "checks", "FILE", "write what was found as check records: samples of each check, and a summary",
          OC_FILE(&v.checks_file), .neutral = true },
        { "samples", "N|all", "so many of each check in --checks; all: every finding, in the order of the rows (default 10)",
          OC_CALL(samples, &v.checks), .neutral = true },
        { "gaps", "FILE", "write stretches without data as gap records; wants --calendar", OC_FILE(&v.gaps_file),
          .neutral = true },
        { "list-checks", NULL, "print the checks: tier, severity, kinds, limit, what they say", OC_SHOW(oc_check_list) },
        { "only-checks", "LIST", "look for these alone: names or tiers (1 to 6) by commas", OC_CALL(only, &v.checks) },
        { "skip", "LIST", "leave these out: names or tiers by commas", OC_CALL(skip, &v.checks) },
        { "set", "CHECK=LIMIT,...", "limits in place of the defaults", OC_CALL(set, &v.checks), .repeats = true },
        { "severity", "CHECK=WORD,...", "ok, warning or failed; rows that a failed check speaks of leave the output",
          OC_CALL(severity, &v.checks), .repeats = true },
        { "dedup", NULL, "drop records that equal one of the same instant", OC_FLAG(&v.dedup) },
        { "breaker", NULL, "circuit-breaker bands as halts, in --checks", OC_FLAG(&v.breaker) },
        { "arbitrage", NULL, "read quotes by whole chains and look for arbitrage among executable quotes",
          OC_FLAG(&v.chain.on) },
        { "min-edge", "PRICE", "least edge of an arbitrage that is told, all kinds (default 0)",
          OC_CALL(min_edge, &v.checks) },
        { "location", "TEMPLATE", "what the path of a file says: KIND ASSET SYMBOL DATE ANY in it stand for that",
          OC_STR(&v.location) },
        { "calendar", "ID", "sessions: XNYS, XCBO, CME_GLOBEX, FX_24_5, CRYPTO_24_7, WEEKDAYS", OC_STR(&calendar) },
        { "hours", "WHICH", "open time of gaps: the regular sessions, or the hours around them too (default regular)",
          OC_CHOICE(&v.hours, "regular extended") },
        { "interval", "TIME", "interval of bars (1s 1m 5m 1h 1d 1w) in place of their own", OC_STR(&v.interval) },
        { "stamp", "WHICH", "ts is the start or the end of a bar (default start)", OC_CHOICE(&v.stamp, "start end") },
        { "order", "WHICH", "instants of an instrument are ascending, or descending in files that have the newest row first "
          "(default ascending)", OC_CHOICE(&v.order, "ascending descending") },
        { "inject", "SPEC", "plant faults instead: CHECK[=RATE][:SIZE] by commas, all; wants --labels", OC_CALL(inject, &in),
          .repeats = true },
        { "labels", "FILE", "where --inject says what it planted, as check records", OC_FILE(&in.labels_file),
          .neutral = true },
        OC_SEED_OPT(&io),
        { "score", "CHECKS", "hold findings of --samples all against --truth: precision and recall as stat records",
          OC_FILE(&score.checks_file) },
        { "truth", "LABELS", "the labels of --inject that --score compares with", OC_FILE(&score.truth_file) },
        { "min-precision", "SHARE", "what --score wants of each check, besides a recall of 1 (default 99%)",
          OC_RATE(&score.min_precision) },
        { "as-of", "TS", "no row may lie after this instant", OC_STR(&v.as_of_text) },
        OC_IO_OPTS(&io), { 0 }
    };
    const struct oc_prog prog = { "oc-validate",
                                 "good records on; what is wrong with the others as check and gap records", opts };
    struct oc_err err = { 0 };

    oc_check_init(&v.checks);
    int rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 0)
        rc = modes(&in, &score, &err);
    if (rc == 0)
        rc = oc_isa_check(&err);
    if (rc == 0 && score.checks_file)
        rc = oc_score_run(&score, &err);
    else if (rc == 0)
        rc = records(&v, &in, calendar, &err);
    char *found = score.checks_file ? NULL : in.any ? rc == 0 ? oc_inject_summary(&in) : NULL : oc_validate_summary(&v);
    if (found)
        oc_say(OC_WARNING, "%s", found);
    free(found);
    oc_inject_close(&in);
    oc_validate_close(&v);
    oc_instants_close(&instants);
    return oc_exit(&prog, rc, &err);
}
