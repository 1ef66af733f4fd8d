/*
 * sessionopts - the rows of oc-step's table that are about sessions, with a struct oc_sessionwords as their target.
 */
#ifndef OC_APP_SESSIONOPTS_H
#define OC_APP_SESSIONOPTS_H

#include "cli/opt.h"

struct oc_sessionwords {
    const char *command;            /* NULL: none, the program filters */
    const char *serve;              /* --serve STORE */
    uint64_t count;                 /* -n; 1 where it is not given */
    const char *expect_step, *as, *ttl, *older_than, *now;
    struct oc_words unset, shock;
};

#define OC_SESSION_OPTS(w) \
    OC_SECTION("Sessions"), \
    { "new", "STORE#ID [FILE]", "begin a session with the options of a walk; FILE or the input is its chain", \
      OC_COMMAND(&(w)->command), .min = 1, .max = 2 }, \
    { "next", "STORE#ID", "commit and write the step that the session stands at", OC_COMMAND(&(w)->command), .min = 1, \
      .max = 1 }, \
    { "peek", "STORE#ID", "write it, and change nothing", OC_COMMAND(&(w)->command), .min = 1, .max = 1 }, \
    { "set", "STORE#ID [OPTION=VALUE ...]", "change options from the step on that the session stands at", \
      OC_COMMAND(&(w)->command), .min = 1, .max = 255 }, \
    { "reset", "STORE#ID", "back to step 0, with the options as they are now", OC_COMMAND(&(w)->command), .min = 1, \
      .max = 1 }, \
    { "fork", "STORE#ID [STORE#ID]", "another session that goes on from this one, from step --at on", \
      OC_COMMAND(&(w)->command), .min = 1, .max = 2 }, \
    { "show", "STORE#ID", "what a session is, as a record", OC_COMMAND(&(w)->command), .min = 1, .max = 1 }, \
    { "ls", "STORE", "all sessions of a store", OC_COMMAND(&(w)->command), .min = 1, .max = 1 }, \
    { "export", "STORE#ID", "write steps again: --from-step to --to-step, or all that were served", \
      OC_COMMAND(&(w)->command), .min = 1, .max = 1 }, \
    { "rm", "STORE#ID", "remove a session", OC_COMMAND(&(w)->command), .min = 1, .max = 1 }, \
    { "gc", "STORE", "remove sessions that outlived their --ttl, or --older-than", OC_COMMAND(&(w)->command), .min = 1, \
      .max = 1 }, \
    { "count", "N", "so many steps at once, all or none committed (default 1)", OC_U64(&(w)->count), .letter = 'n', \
      .of = "next peek", .neutral = true }, \
    { "expect-step", "N", "only if the session stands at step N; next serves one again that was served last", \
      OC_STR(&(w)->expect_step), .of = "next peek", .neutral = true }, \
    { "unset", "OPTION", "as if the option were not given; repeated", OC_LIST(&(w)->unset), .of = "set", .neutral = true }, \
    { "as", "ID", "name of the new session in the same store", OC_STR(&(w)->as), .of = "fork", .neutral = true }, \
    { "shock", "vol=+P%|spot=-P%", "change the volatility or the spot, from that step on; repeated", \
      OC_LIST(&(w)->shock), .of = "fork", .neutral = true }, \
    { "ttl", "TIME", "gc may remove the session so long after its last change (2h, 7d; default never)", OC_STR(&(w)->ttl), \
      .of = "new", .neutral = true }, \
    { "older-than", "TIME", "remove sessions last changed so long ago, whatever their --ttl", OC_STR(&(w)->older_than), \
      .of = "gc", .neutral = true }, \
    { "now", "INSTANT", "the time written down for --ttl (default the clock's)", OC_STR(&(w)->now), .neutral = true }, \
    { "serve", "STORE", "answer requests, JSON lines on the input, until it ends", OC_STR(&(w)->serve), .neutral = true }

#endif
