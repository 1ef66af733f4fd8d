/*
 * check - the named checks of oc-validate: their table, what the options change of it, and what is found.
 *
 * A check is a row of checks.def.  Code that finds something calls oc_check_hit(); that counts, keeps the first ten samples
 * of each check, and drops the row where the check's severity is `failed`.  What is kept is bounded: the samples of each
 * check (--samples), or, where all are wanted, the findings of one batch, which are written in the order of its rows.
 */
#ifndef OC_APP_CHECK_H
#define OC_APP_CHECK_H

#include "base/err.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum oc_severity { OC_SEVERITY_OK, OC_SEVERITY_WARNING, OC_SEVERITY_FAILED };

enum oc_check_id {
#define CHECK(name, ...) OC_CHECK_##name,
#include "app/checks.def"
#undef CHECK
    OC_CHECKS
};

enum { OC_CHECK_SAMPLES = 10 };
#define OC_CHECK_ALL SIZE_MAX       /* of --samples */

/* One check record, as far as a finding has it: NAN, INT64_MIN, 0 and "" are absent. */
struct oc_finding {
    enum oc_check_id check;
    enum oc_severity severity;
    const char *band;               /* of constant storage, or NULL */
    char symbol[48];
    int64_t ts, end_ts;
    char file[256];
    int64_t line;
    const char *column;             /* of constant storage, or NULL */
    char key[112];
    double value, limit;
    int64_t count, rows;            /* of summaries; -1: absent */
    char message[200];
    char legs[256];                 /* of an arbitrage, "" else */
    double edge;
};

/* What is set and counted of one check. */
struct oc_checkitem {
    bool on;                        /* asked for, and of use for the kind that is read */
    bool drops;                     /* its rows leave the output */
    enum oc_severity severity;
    double limit;
    uint64_t rows, hits;
    size_t nsample, settled;        /* samples; those of batches before this one */
    size_t *row;                    /* of the samples of this batch, ascending */
    struct oc_finding *sample;      /* as many as are wanted, made at the first */
};

/* Where all findings are wanted: those of the batch under way. */
struct oc_checkpending { size_t n, cap; struct oc_finding *finding; size_t *row; };

struct oc_checks {
    struct oc_checkitem item[OC_CHECKS];
    size_t samples;                 /* of each check; OC_CHECK_ALL: every finding is pending until its batch is over */
    struct oc_checkpending pending;
    bool reasons;                   /* rows that leave want a reason in words: there is a file for them */
};

void oc_check_init(struct oc_checks *c);
void oc_check_free(struct oc_checks *c);
const char *oc_check_name(enum oc_check_id id);
int oc_check_tier(enum oc_check_id id);
const char *oc_check_severity(enum oc_severity s);

/*
 * --set CHECK=LIMIT[,...], --severity CHECK=WORD[,...], --only-checks and --skip CHECK|TIER[,...]: OC_USAGE for what
 * is none.
 */
int oc_check_set(struct oc_checks *c, const char *list, struct oc_err *err);
int oc_check_set_severity(struct oc_checks *c, const char *list, struct oc_err *err);
int oc_check_only(struct oc_checks *c, const char *list, struct oc_err *err);
int oc_check_skip(struct oc_checks *c, const char *list, struct oc_err *err);
/* --samples N|all */
int oc_check_samples(struct oc_checks *c, const char *value, struct oc_err *err);
/* --min-edge PRICE: the limit of tier 6 */
int oc_check_min_edge(struct oc_checks *c, const char *value, struct oc_err *err);
/* The check of that name, OC_CHECKS where there is none. */
enum oc_check_id oc_check_find(const char *s, size_t n);
/* Is it of use for records of the kind? */
bool oc_check_concerns(enum oc_check_id id, const char *kind);
/* Put out what does not concern the kind. */
void oc_check_kind(struct oc_checks *c, const char *kind);
/* --list-checks */
int oc_check_list(FILE *out, const char *value, struct oc_err *err);
/* A failed check with a hit? */
bool oc_check_failed(const struct oc_checks *c);
uint64_t oc_check_hits(const struct oc_checks *c, enum oc_severity s);

#endif
