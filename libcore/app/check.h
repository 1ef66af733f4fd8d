/*
 * check - the named checks of oc-validate: their table, what the options change of it, and what is found.
 *
 * A check is a row of checks.def.  Code that finds something calls oc_check_hit(); that counts, keeps the first ten samples
 * of each check, and drops the row where the check's severity is `failed`.  What is kept is bounded: ten samples a check.
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
};

/* What is set and counted of one check. */
struct oc_checkitem {
    bool on;                        /* asked for, and of use for the kind that is read */
    bool drops;                     /* its rows leave the output */
    enum oc_severity severity;
    double limit;
    uint64_t rows, hits;
    size_t nsample, settled;        /* samples; those of batches before this one */
    size_t row[OC_CHECK_SAMPLES];   /* of the samples of this batch, ascending */
    struct oc_finding *sample;      /* OC_CHECK_SAMPLES of them, made at the first */
};

struct oc_checks { struct oc_checkitem item[OC_CHECKS]; };

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
/* Put out what does not concern the kind. */
void oc_check_kind(struct oc_checks *c, const char *kind);
/* --list-checks */
int oc_check_list(FILE *out, const char *value, struct oc_err *err);
/* A failed check with a hit? */
bool oc_check_failed(const struct oc_checks *c);
uint64_t oc_check_hits(const struct oc_checks *c, enum oc_severity s);

#endif
