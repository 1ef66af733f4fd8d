/* check - see check.h. */
#include "app/check.h"

#include "base/nearest.h"
#include "base/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct row {
    const char *name;
    int tier;
    enum oc_severity severity;
    const char *kinds;
    double limit;
    const char *unit, *text;
} rows[] = {
#define CHECK(name, tier, severity, ...) { #name, tier, OC_SEVERITY_##severity, __VA_ARGS__ },
#include "app/checks.def"
#undef CHECK
};

static const char *const severities[] = { "ok", "warning", "failed" };

const char *oc_check_name(enum oc_check_id id) { return rows[id].name; }
int oc_check_tier(enum oc_check_id id) { return rows[id].tier; }
const char *oc_check_severity(enum oc_severity s) { return severities[s]; }

void oc_check_init(struct oc_checks *c)
{
    *c = (struct oc_checks){ .samples = OC_CHECK_SAMPLES };
    for (size_t i = 0; i < OC_CHECKS; i++)
        c->item[i] = (struct oc_checkitem){ .on = true, .severity = rows[i].severity, .limit = rows[i].limit,
                                            .drops = rows[i].severity == OC_SEVERITY_FAILED };
}

void oc_check_free(struct oc_checks *c)
{
    for (size_t i = 0; i < OC_CHECKS; i++) {
        free(c->item[i].sample);
        free(c->item[i].row);
    }
    free(c->pending.finding);
    free(c->pending.row);
}

/* ---- lists of the options ------------------------------------------------------------------------------------ */

enum oc_check_id oc_check_find(const char *s, size_t n)
{
    size_t i = 0;

    while (i < OC_CHECKS && (strlen(rows[i].name) != n || memcmp(rows[i].name, s, n) != 0))
        i++;
    return (enum oc_check_id)i;
}

static int find(const char *option, const char *s, size_t n, enum oc_check_id *id, struct oc_err *err)
{
    const char *names[OC_CHECKS];

    *id = oc_check_find(s, n);
    if (*id != OC_CHECKS)
        return 0;
    for (size_t i = 0; i < OC_CHECKS; i++)
        names[i] = rows[i].name;
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)n, s);
    const char *near = oc_nearest(word, OC_CHECKS, names);
    return oc_fail(err, OC_USAGE, "%s: '%s' is no check%s%s; see --list-checks", option, word, near ? "; did you mean " : "",
                   near ? near : "");
}

typedef int set_item(struct oc_checkitem *it, const char *value, size_t n, struct oc_err *err);

/* NAME=VALUE by commas. */
static int each_pair(struct oc_checks *c, const char *option, const char *list, set_item *set, struct oc_err *err)
{
    for (const char *p = list; *p; p += *p == ',') {
        const size_t n = strcspn(p, ",");
        const char *eq = memchr(p, '=', n);
        enum oc_check_id id;
        if (!eq)
            return oc_fail(err, OC_USAGE, "%s: '%.*s' is not CHECK=VALUE", option, (int)n, p);
        if (find(option, p, (size_t)(eq - p), &id, err) || set(&c->item[id], eq + 1, n - (size_t)(eq + 1 - p), err))
            return -1;
        p += n;
    }
    return 0;
}

static int set_limit(struct oc_checkitem *it, const char *s, size_t n, struct oc_err *err)
{
    double v;
    const bool percent = n && s[n - 1] == '%';
    const size_t m = n - percent;

    if (!m || oc_num_f64(s, m, &v) || v < 0)
        return oc_fail(err, OC_USAGE, "--set: '%.*s' is no limit: a number from 0 on, or a percentage", (int)n, s);
    it->limit = percent ? v / 100 : v;
    return 0;
}

static int set_severity(struct oc_checkitem *it, const char *s, size_t n, struct oc_err *err)
{
    for (size_t i = 0; i < 3; i++)
        if (strlen(severities[i]) == n && memcmp(severities[i], s, n) == 0) {
            it->severity = (enum oc_severity)i;
            it->drops = it->severity == OC_SEVERITY_FAILED;
            return 0;
        }
    return oc_fail(err, OC_USAGE, "--severity: '%.*s' is none of: ok warning failed", (int)n, s);
}

int oc_check_set(struct oc_checks *c, const char *list, struct oc_err *err)
{
    return each_pair(c, "--set", list, set_limit, err);
}

int oc_check_set_severity(struct oc_checks *c, const char *list, struct oc_err *err)
{
    return each_pair(c, "--severity", list, set_severity, err);
}

/* Mark the checks that the list names, by name or by the number of their tier. */
static int mark(bool on[OC_CHECKS], const char *option, const char *list, struct oc_err *err)
{
    for (const char *p = list; *p; p += *p == ',') {
        const size_t n = strcspn(p, ",");
        enum oc_check_id id;
        if (n == 1 && *p >= '1' && *p <= '9') {
            for (size_t i = 0; i < OC_CHECKS; i++)
                on[i] |= rows[i].tier == *p - '0';
        } else if (find(option, p, n, &id, err)) {
            return -1;
        } else {
            on[id] = true;
        }
        p += n;
    }
    return 0;
}

int oc_check_only(struct oc_checks *c, const char *list, struct oc_err *err)
{
    bool on[OC_CHECKS] = { false };

    if (mark(on, "--only-checks", list, err))
        return -1;
    for (size_t i = 0; i < OC_CHECKS; i++)
        c->item[i].on = on[i];
    return 0;
}

int oc_check_skip(struct oc_checks *c, const char *list, struct oc_err *err)
{
    bool off[OC_CHECKS] = { false };

    if (mark(off, "--skip", list, err))
        return -1;
    for (size_t i = 0; i < OC_CHECKS; i++)
        c->item[i].on &= !off[i];
    return 0;
}

static bool concerns(const char *kinds, const char *kind)
{
    const size_t n = strlen(kind);

    for (const char *p = kinds; *p;) {
        const size_t m = strcspn(p, " ");
        if ((m == 1 && *p == '*') || (m == n && memcmp(p, kind, n) == 0))
            return true;
        p += m + (p[m] == ' ');
    }
    return false;
}

bool oc_check_concerns(enum oc_check_id id, const char *kind) { return concerns(rows[id].kinds, kind); }

int oc_check_samples(struct oc_checks *c, const char *value, struct oc_err *err)
{
    int64_t n;

    if (strcmp(value, "all") == 0) {
        c->samples = OC_CHECK_ALL;
        return 0;
    }
    if (oc_num_i64(value, strlen(value), &n) || n < 0 || n > 1000000)
        return oc_fail(err, OC_USAGE, "--samples: '%s' is no number from 0 to 1000000, nor all", value);
    c->samples = (size_t)n;
    return 0;
}

int oc_check_min_edge(struct oc_checks *c, const char *value, struct oc_err *err)
{
    double v;

    if (oc_num_f64(value, strlen(value), &v) || !(v >= 0))
        return oc_fail(err, OC_USAGE, "--min-edge: '%s' is no price from 0 on", value);
    for (size_t i = 0; i < OC_CHECKS; i++)
        c->item[i].limit = rows[i].tier == 6 ? v : c->item[i].limit;
    return 0;
}

void oc_check_kind(struct oc_checks *c, const char *kind)
{
    for (size_t i = 0; i < OC_CHECKS; i++)
        c->item[i].on &= concerns(rows[i].kinds, kind);
}

int oc_check_list(FILE *out, const char *value, struct oc_err *err)
{
    (void)value;
    (void)err;
    for (size_t i = 0; i < OC_CHECKS; i++) {
        const struct row *r = &rows[i];
        fprintf(out, "%s\ttier %d\t%s\t%s\t", r->name, r->tier, severities[r->severity], r->kinds);
        if (isnan(r->limit))
            fputs("-", out);
        else
            fprintf(out, "%.15g %s", r->limit, r->unit);
        fprintf(out, "\t%s\n", r->text);
    }
    return 0;
}

uint64_t oc_check_hits(const struct oc_checks *c, enum oc_severity s)
{
    uint64_t n = 0;

    for (size_t i = 0; i < OC_CHECKS; i++)
        n += c->item[i].on && c->item[i].severity == s ? c->item[i].hits : 0;
    return n;
}

bool oc_check_failed(const struct oc_checks *c) { return oc_check_hits(c, OC_SEVERITY_FAILED) > 0; }
