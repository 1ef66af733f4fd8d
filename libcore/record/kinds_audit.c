/* kinds_audit - what programs say of data and of their work: checks, gaps, tasks, sessions, rejects. */
#include "record/kinds.h"

const struct oc_coldef oc_kinds_audit_check[] = {
    { "check", 's', 'R', "", "", "name of the check" },
    { "severity", 's', 'R', "", "", "ok warning failed" },
    { "band", 's', 'o', "", "", "rules: safe warning danger violation" },
    { "tier", 'i', 'o', "", "", "tier of the check" },
    { "end_ts", 't', 'o', "UTC", "", "end of a halt" },
    { "file", 'x', 'o', "", "", "input it lies in" },
    { "line", 'i', 'o', "", "", "line, from 1" },
    { "column", 's', 'o', "", "", "column" },
    { "row_key", 'x', 'o', "", "", "key of the row" },
    { "value", 'f', 'o', "", "", "what was found" },
    { "limit", 'f', 'o', "", "", "what is allowed" },
    { "count", 'i', 'o', "", "", "summary: times seen" },
    { "rows", 'i', 'o', "", "", "summary: rows looked at" },
    { "message", 'x', 'o', "", "", "in words" },
    { "legs", 'x', 'o', "", "", "arbitrage: legs in text form joined by a blank; a label of a quote: its contract" },
    { "edge", 'f', 'o', "currency", "", "arbitrage: net edge a unit after both sides' spreads" },
    { 0 }
};

const struct oc_coldef oc_kinds_audit_gap[] = {
    { "symbol", 's', 'R', "", "underlying_symbol underlying ticker", "the instrument" },
    { "start_ts", 't', 'R', "UTC", "", "first instant without data" },
    { "end_ts", 't', 'R', "UTC", "", "first instant with data again" },
    { "interval", 's', 'R', "", "", "interval of the bars" },
    { "record_kind", 's', 'R', "", "", "kind of the records" },
    { "expected", 'i', 'R', "", "", "records that should be there" },
    { "found", 'i', 'R', "", "", "records that are there" },
    { "gap_class", 's', 'R', "", "", "holiday weekend early_close halt session_break unknown" },
    { "severity", 's', 'R', "", "", "low medium high critical" },
    { 0 }
};

const struct oc_coldef oc_kinds_audit_task[] = {
    { "task_id", 's', 'R', "", "", "id, from type, symbol, kind, interval, start and end" },
    { "task_type", 's', 'R', "", "", "what to do" },
    { "task_state", 's', 'R', "", "", "planned running done failed dead" },
    { "record_kind", 's', 'o', "", "", "kind of the records" },
    { "interval", 's', 'o', "", "", "interval of the bars" },
    { "start_ts", 't', 'o', "UTC", "", "start" },
    { "end_ts", 't', 'o', "UTC", "", "end" },
    { "attempts", 'i', 'o', "", "", "times tried" },
    { "priority", 'i', 'o', "", "", "order of work" },
    { "rows", 'i', 'o', "", "", "records got" },
    { "hash", 'x', 'o', "", "", "digest of the records" },
    { "owner", 's', 'o', "", "", "who works on it" },
    { "error", 'x', 'o', "", "", "why it failed" },
    { "created_at", 't', 'o', "UTC", "", "planned" },
    { "updated_at", 't', 'o', "UTC", "", "last change" },
    { "lease_until", 't', 'o', "UTC", "", "end of the lease" },
    { 0 }
};

const struct oc_coldef oc_kinds_audit_session[] = {
    { "session", 's', 'R', "", "", "id of the session" },
    { "state", 's', 'R', "", "", "state of the session" },
    { "steps", 'i', 'o', "", "", "steps in all" },
    { "seed", 'i', 'o', "", "", "seed of the random numbers" },
    { "model", 's', 'o', "", "", "model that moves it" },
    { "spec", 'x', 'o', "", "", "what it was made from" },
    { "ttl_s", 'i', 'o', "seconds", "", "time to live" },
    { "parent", 's', 'o', "", "", "session it was forked from" },
    { "fork_step", 'i', 'o', "", "", "step at which it was forked" },
    { 0 }
};

const struct oc_coldef oc_kinds_audit_reject[] = {
    { "file", 'x', 'o', "", "", "input the row came from" },
    { "line", 'i', 'o', "", "", "its line, from 1" },
    { "column", 's', 'o', "", "", "column at fault" },
    { "reason", 's', 'R', "", "", "why it was rejected" },
    { "raw", 'x', 'R', "", "", "the row verbatim" },
    { "program", 's', 'o', "", "", "who rejected it" },
    { 0 }
};
