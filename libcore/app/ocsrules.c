/* ocsrules - see ocsrules.h. */
#include "app/ocsrules.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static int weekday(const struct oc_ocsplace *p, const json_t *v, unsigned *set)
{
    static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday" };
    const char *s = json_string_value(v);
    const size_t n = s ? strlen(s) : 0;

    for (unsigned i = 0; i < 5 && n >= 3; i++)
        if ((n == 3 || n == strlen(days[i])) && strncasecmp(s, days[i], n) == 0) {
            *set |= 1u << i;
            return 0;
        }
    return oc_ocsvalue_wrong(p, "this is none of Mon, Tue, Wed, Thu, Fri");
}

static int rule_id(const struct oc_ocsplace *p, const json_t *v, char *id, size_t size)
{
    if (oc_ocsvalue_text(p, v, id, size))
        return -1;
    for (const char *s = id; *s; s++)
        if (!((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') || *s == '_' || *s == '-'))
            return oc_ocsvalue_wrong(p, "a rule's name has letters, digits, _ and - only");
    return 0;
}

static int rule_kind(const struct oc_ocsplace *p, const json_t *v, enum oc_ocsjson_kind *kind)
{
    static const char *const kinds[] = { "daily", "weekly", "monthly", "yearly" };
    const char *s = json_string_value(v);

    for (int i = 0; s && i < 4; i++)
        if (strcmp(kinds[i], s) == 0) {
            *kind = (enum oc_ocsjson_kind)i;
            return 0;
        }
    return oc_ocsvalue_wrong(p, "this is none of daily, weekly, monthly, yearly");
}

static int weekdays(const struct oc_ocsplace *p, const json_t *v, unsigned *set)
{
    if (!json_is_array(v) || json_array_size(v) == 0)
        return oc_ocsvalue_wrong(p, "this is not a list of weekdays");
    for (size_t i = 0; i < json_array_size(v); i++)
        if (weekday(p, json_array_get(v, i), set))
            return -1;
    return 0;
}

static int rule_field(const struct oc_ocsplace *p, const char *key, const json_t *v, struct oc_ocsjson_rule *rule)
{
    static const char *const names[] = { "rule_id", "kind", "target_count", "weekdays", "weekday", "month" };
    uint64_t month = 0;

    if (strcmp(key, "rule_id") == 0)
        return rule_id(p, v, rule->id, sizeof rule->id);
    if (strcmp(key, "kind") == 0)
        return 0;
    if (strcmp(key, "target_count") == 0)
        return oc_ocsvalue_count(p, v, &rule->target_count) ? -1
             : rule->target_count                           ? 0
                                                            : oc_ocsvalue_wrong(p, "this is 0");
    if (strcmp(key, "weekdays") == 0 && rule->kind == OC_OCSJSON_WEEKLY)
        return weekdays(p, v, &rule->weekdays);
    if (strcmp(key, "weekday") == 0 && rule->kind >= OC_OCSJSON_MONTHLY)
        return weekday(p, v, &rule->weekdays);
    if (strcmp(key, "month") == 0 && rule->kind == OC_OCSJSON_YEARLY) {
        if (oc_ocsvalue_count(p, v, &month) || month < 1 || month > 12)
            return oc_ocsvalue_wrong(p, "this is not a month, 1 to 12");
        rule->month = (int)month;
        return 0;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(key, names[i]) == 0)
            return oc_ocsvalue_wrong(p, "a rule of this kind has no such field");
    return oc_ocsvalue_unknown(p, key, sizeof names / sizeof *names, names);
}

static int rule(const struct oc_ocsplace *p, json_t *v)
{
    struct oc_ocsjson_rule *rule = &p->r->rule[p->r->nrule];
    const char *key;
    json_t *value;
    const struct oc_ocsplace kind = oc_ocsvalue_below(p, "kind");

    *rule = (struct oc_ocsjson_rule){ .month = 12 };
    if (!json_is_object(v))
        return oc_ocsvalue_wrong(p, "this is not a rule");
    if (rule_kind(&kind, json_object_get(v, "kind"), &rule->kind))
        return -1;
    json_object_foreach(v, key, value) {
        const struct oc_ocsplace q = oc_ocsvalue_below(p, key);
        if (!json_is_null(value) && rule_field(&q, key, value, rule))
            return -1;
    }
    if (!*rule->id)
        return oc_ocsvalue_wrong(p, "the rule has no rule_id");
    if (!rule->target_count)
        return oc_ocsvalue_wrong(p, "the rule has no target_count");
    if (rule->kind != OC_OCSJSON_DAILY && !rule->weekdays)
        return oc_ocsvalue_wrong(p, "the rule has no weekday");
    for (size_t i = 0; i < p->r->nrule; i++)
        if (strcmp(p->r->rule[i].id, rule->id) == 0)
            return oc_ocsvalue_wrong(p, "two rules have this rule_id");
    p->r->nrule++;
    return 0;
}

int oc_ocsrules_read(const struct oc_ocsplace *p, json_t *v)
{
    if (!json_is_array(v) || json_array_size(v) == 0)
        return oc_ocsvalue_wrong(p, "this is not a list of rules");
    if (json_array_size(v) > OC_OCSJSON_RULES)
        return oc_ocsvalue_wrong(p, "these are more than 64 rules");
    for (size_t i = 0; i < json_array_size(v); i++) {
        char at[24];
        snprintf(at, sizeof at, "%zu", i);
        const struct oc_ocsplace q = oc_ocsvalue_below(p, at);
        if (rule(&q, json_array_get(v, i)))
            return -1;
    }
    return 0;
}
